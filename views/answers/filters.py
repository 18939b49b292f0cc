"""Which campaigns a page shows: by country, audience, platform, year, message, organisation and design."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from campaigns.records import Campaign, Sex
from metrics.evaluation import Evaluation
from views.address import choose
from views.wording import Words, country_name, term
from views.wording.language import msgid

YOUNG, GROWN = 35, 30  # years: nobody older, nobody younger is meant
AUDIENCES: dict[str, str] = {
    "women": msgid("Women"),
    "men": msgid("Men"),
    "young": msgid("Young people, up to 35"),
    "grown": msgid("Adults from 30"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One list to choose from: its name in the address, what a campaign has of it, and how each is called."""

    name: str
    label: str
    has: Callable[[Evaluation], Collection[str]]
    shown: Callable[[str], str]


def audiences(campaign: Campaign) -> tuple[str, ...]:
    """The groups of people that a campaign is meant for, by its record."""
    meant = campaign.audience
    belongs = {
        "women": Sex.FEMALE in meant.sexes,
        "men": Sex.MALE in meant.sexes,
        "young": meant.age_high is not None and meant.age_high <= YOUNG,
        "grown": meant.age_low is not None and meant.age_low >= GROWN,
    }
    return tuple(name for name, true in belongs.items() if true)


def years(campaign: Campaign) -> tuple[str, ...]:
    """The years in which a campaign ran."""
    return tuple(str(year) for year in range(campaign.start.year, campaign.end.year + 1))


def filters(words: Words) -> tuple[Filter, ...]:
    """All filters, the ones used most first."""
    plain = words.in_files  # options of a list are shown letter by letter
    return (
        Filter(
            name="country",
            label=words("Country of origin"),
            has=lambda found: found.campaign.audience.countries,
            shown=lambda code: country_name(code, plain),
        ),
        Filter(
            name="audience",
            label=words("Meant for"),
            has=lambda found: audiences(found.campaign),
            shown=lambda name: plain(AUDIENCES[name]),
        ),
        Filter(
            name="platform",
            label=words("Platform"),
            has=lambda found: found.delivery.platforms,
            shown=lambda name: term(name, plain, kind="Platform"),
        ),
        Filter(name="year", label=words("Year"), has=lambda found: years(found.campaign), shown=str),
        Filter(
            name="message",
            label=words("Message"),
            has=lambda found: (str(found.campaign.message.frame),),
            shown=lambda name: term(name, plain, kind="Frame"),
        ),
        Filter(
            name="organisation",
            label=words("Organisation"),
            has=lambda found: (found.campaign.organisation,),
            shown=plain.text,
        ),
        Filter(
            name="design",
            label=words("How it was measured"),
            has=lambda found: (str(found.campaign.study.design),),
            shown=lambda name: term(name, plain, kind="Design"),
        ),
    )


USUAL = 4  # filters that are always in sight; the others are one click away


def filtered(found: Sequence[Evaluation], words: Words) -> list[Evaluation]:
    """The campaigns that the filters in the address let through, below the lists to choose from."""
    offered = filters(words)
    usual = st.container(key="filters", horizontal=True, vertical_alignment="bottom")
    wished = [_choose(filter_, found, words, place=usual) for filter_ in offered[:USUAL]]
    further = usual.popover(words("More filters"), key="filters-more", width="stretch")
    wished += [_choose(filter_, found, words, place=further) for filter_ in offered[USUAL:]]
    return [
        evaluation
        for evaluation in found
        if all(wish is None or wish in filter_.has(evaluation) for filter_, wish in zip(offered, wished, strict=True))
    ]


def chosen_filters(words: Words) -> list[tuple[str, str]]:
    """The filters that are set, each with its label and what is chosen, for whoever takes figures away."""
    return [
        (filter_.label, filter_.shown(wish))
        for filter_ in filters(words.in_files)
        if (wish := st.query_params.get(filter_.name))
    ]


def _choose(filter_: Filter, found: Iterable[Evaluation], words: Words, *, place: DeltaGenerator) -> str | None:
    options = sorted({value for evaluation in found for value in filter_.has(evaluation)}, key=filter_.shown)
    with place:
        return choose(filter_.label, options, name=filter_.name, shown=filter_.shown, placeholder=words("All"))
