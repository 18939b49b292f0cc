"""Who was reached by each platform and message, two messages compared with one audience, and what people say."""

import itertools
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from campaigns.records import Audience, Campaign
from campaigns.store import Store
from metrics.estimates import Estimate, NotEstimable
from metrics.reached import BREAKDOWNS, Share, Standardised, share_to_meant, standardised_difference
from views import page
from views.address import choose
from views.reaching.gathering import asked_and_meant, by_source, messages, said_to_have_seen, seen_question
from views.wording.language import Words, msgid
from views.wording.reached import group_name, index_label, index_range, share_range
from views.wording.reasons import caution_sentence, refusal_sentence
from views.wording.terms import metric_name, term

RESULTS = ("link_clicks", "video_p100", "thruplay", "clicks_all")  # what messages may be compared by
MOST = 40  # messages in the table: the largest
CROSSED = ("age", "sex")


def show_sources(store: Store, campaign: Campaign, words: Words, notes: page.Notes) -> None:
    """For each platform and message, how much of what it showed went to those meant."""
    table = sources_table(by_source(store, campaign), messages(store, campaign), campaign.audience, words)
    if table.empty:
        return
    st.header(words("Which platform and which message reached those meant?"), anchor=False)
    page.show_table(table, words)
    st.caption(
        words(
            "Share of what was shown that went to those meant, among people of whom the platform knows it; in brackets "
            "its range on days like these."
        )
    )
    page.offer_csv(table, words, name=f"{campaign.id}-sources", notes=notes)


def sources_table(
    platforms: Sequence[tuple[str, dict[str, Share]]], shown: pd.DataFrame, audience: Audience, words: Words
) -> pd.DataFrame:
    """One row a platform, and one a message of it where exports tell messages apart."""
    words = words.in_files
    rows: list[tuple[str, str, int | None, dict[str, Share]]] = [
        (term(platform, words, kind="Platform"), words("all messages"), _times(shown, platform), shares)
        for platform, shares in platforms
    ]
    largest = shown.groupby(["platform", "message"])["impressions"].sum().sort_values(ascending=False).head(MOST)
    for platform, message in largest.index if len(largest) > 1 else ():
        own = shown[(shown["platform"] == platform) & (shown["message"] == message)]
        shares = {
            breakdown: share
            for breakdown in CROSSED
            if (share := share_to_meant(audience, breakdown, (cells := cells_of(own, breakdown)), cells)) is not None
        }
        name = words.text(message, longest=60)
        rows.append((term(platform, words, kind="Platform"), name, int(own["impressions"].sum()), shares))
    several = len(largest) > 1
    known = [breakdown for breakdown in BREAKDOWNS if any(breakdown in shares for *_, shares in rows)]
    return pd.DataFrame(
        [
            {
                words("Platform"): platform,
                words("Message"): message,
                **{
                    term(breakdown, words, kind="breakdown"): _cell(shares.get(breakdown), words) for breakdown in known
                },
                **(
                    {metric_name("impressions", words): "—" if times is None else words.number(times)}
                    if several
                    else {}
                ),
            }
            for platform, message, times, shares in rows
        ]
    )


def _times(shown: pd.DataFrame, platform: str) -> int | None:
    """How often messages that are told apart were shown on a platform."""
    times = shown.loc[shown["platform"] == platform, "impressions"].sum()
    return int(times) or None


def cells_of(shown: pd.DataFrame, breakdown: str) -> pd.DataFrame:
    """Times shown by day and value of one breakdown."""
    cells = shown.rename(columns={breakdown: "value"})
    return cells.groupby(["platform", "day", "value"])[["impressions"]].sum().reset_index()


def _cell(share: Share | None, words: Words) -> str:
    if share is None:
        return "—"
    said, spread = words.percent(share.value), share_range(share, words)
    return _with_range(said, "" if spread == "—" else spread, words)


def show_messages(store: Store, campaign: Campaign, words: Words, notes: page.Notes) -> None:
    """Two messages of one platform, chosen by the reader, compared as if both had been shown to the same people."""
    st.header(words("Which of two messages was delivered better?"), anchor=False)
    st.markdown(
        words(
            "**Delivery performance, not the effect of a message.** A platform shows each message to whom it thinks "
            "will click. Here both are weighed to the same ages and sexes; what else differs between their audiences "
            "stays."
        )
    )
    shown = messages(store, campaign)
    pairs = _pairs(shown)
    if not pairs:
        st.markdown(words("This needs an export by day, advertisement, age and sex that holds two messages."))
        return
    names = [" · ".join(pair) for pair in pairs]
    platforms = {platform for platform, _ in pairs}

    def shown_as(name: str) -> str:
        platform, message = pairs[names.index(name)]
        title = words.in_files.text(message, longest=60)
        return title if len(platforms) == 1 else f"{term(platform, words.in_files, kind='Platform')} · {title}"

    first = choose(words("First message"), names, name="message", shown=shown_as, usual=names[0])
    others = [name for name in names if name != first and name.split(" · ")[0] == (first or "").split(" · ")[0]]
    second = choose(words("Second message"), others, name="other", shown=shown_as, usual=others[0])
    results = [name for name in RESULTS if shown[name].gt(0).any()]
    if not results or first is None or second is None:
        st.markdown(words("No export of these messages holds clicks or completed views."))
        return
    counted = choose(
        words("Compared by"), results, name="by", shown=lambda name: metric_name(name, words), usual=results[0]
    )
    sides = [_side(shown, pairs[names.index(name)], counted or results[0]) for name in (first, second)]
    found = standardised_difference(*sides, by=CROSSED)
    if isinstance(found, NotEstimable):
        st.warning(refusal_sentence(found.reason, words))
        return
    _say(found, counted or results[0], words)
    page.show_table(messages_table(found, words), words)
    page.offer_csv(messages_table(found, words), words, name=f"{campaign.id}-messages", notes=notes)


def _pairs(shown: pd.DataFrame) -> list[tuple[str, str]]:
    """Messages of platforms that showed two or more, the most shown first."""
    times = shown.groupby(["platform", "message"])["impressions"].sum().sort_values(ascending=False)
    pairs = [(str(platform), str(message)) for platform, message in times.index]
    several = {one for (one, _), (other, _) in itertools.combinations(pairs, 2) if one == other}
    return [pair for pair in pairs if pair[0] in several]


def _side(shown: pd.DataFrame, pair: tuple[str, str], counted: str) -> pd.DataFrame:
    own = shown[(shown["platform"] == pair[0]) & (shown["message"] == pair[1])]
    own = own[~own["sex"].isin(["U"])]
    return own.rename(columns={counted: "numerator", "impressions": "denominator"})


def _say(found: Standardised, counted: str, words: Words) -> None:
    difference = found.difference
    said = [
        words("Their audiences differ noticeably.")
        if found.balance.noticeable
        else words("Their audiences are much alike.")
    ]
    if isinstance(difference, NotEstimable):
        said.append(refusal_sentence(difference.reason, words))
    else:
        said.append(difference_sentence(difference, counted, words))
        said += [caution_sentence(caution, words) for caution in difference.cautions]
    page.paragraph(*said)


def difference_sentence(difference: Estimate, counted: str, words: Words) -> str:
    """What is left of the difference, in results for every 1,000 times shown."""
    metric = metric_name(counted, words)
    middle, low, high = (
        words.number(abs(1000 * size), 2) for size in (difference.estimate, difference.conf_low, difference.conf_high)
    )
    if difference.conf_low <= 0 <= difference.conf_high:
        return words(
            "With one audience they cannot be told apart: for every 1,000 times shown the first had between {fewer} "
            "fewer and {more} more ({metric}).",
            fewer=low,
            more=high,
            metric=metric,
        )
    if difference.conf_low > 0:
        return words(
            "With one audience the first had {middle} more for every 1,000 times shown ({metric}; between {low} and "
            "{high} more).",
            middle=middle,
            low=low,
            high=high,
            metric=metric,
        )
    return words(
        "With one audience the first had {middle} fewer for every 1,000 times shown ({metric}; between {low} and "
        "{high} fewer).",
        middle=middle,
        low=high,
        high=low,
        metric=metric,
    )


ROWS = (msgid("As they were"), msgid("With the audience of both"))


def messages_table(found: Standardised, words: Words) -> pd.DataFrame:
    """Results for every 1,000 times shown, before and after the audiences are made alike."""
    words = words.in_files
    difference = found.difference
    ranges = ""
    if isinstance(difference, Estimate):
        low, high = words.number(1000 * difference.conf_low, 2), words.number(1000 * difference.conf_high, 2)
        ranges = words("{low} to {high}", low=low, high=high)
    return pd.DataFrame(
        [
            {
                words("For every 1,000 times shown"): words(label),
                words("First message"): words.number(1000 * first, 2),
                words("Second message"): words.number(1000 * second, 2),
                words("Difference"): _with_range(words.number(1000 * (first - second), 2), spread, words),
            }
            for label, first, second, spread in zip(ROWS, found.a, found.b, ("", ranges), strict=True)
        ]
    )


def _with_range(said: str, spread: str, words: Words) -> str:
    return words("{estimate} ({range})", estimate=said, range=spread) if spread else said


_MEANT: dict[str, str] = {
    "sex": msgid("{share} of {people} people asked on the campaign's side are of the sex that was meant ({range})."),
    "age": msgid("{share} of {people} people asked on the campaign's side are of the ages that were meant ({range})."),
    "country": msgid(
        "{share} of {people} people asked on the campaign's side are of the countries that were meant ({range})."
    ),
    "language": msgid(
        "{share} of {people} people asked on the campaign's side speak a language that was meant ({range})."
    ),
}
_ALL_MEANT: dict[str, str] = {
    "sex": msgid("All {people} people asked on the campaign's side are of the sex that was meant, or nearly all."),
    "age": msgid("All {people} people asked on the campaign's side are of the ages that were meant, or nearly all."),
    "country": msgid(
        "All {people} people asked on the campaign's side are of the countries that were meant, or nearly all."
    ),
    "language": msgid(
        "All {people} people asked on the campaign's side speak a language that was meant, or nearly all."
    ),
}


def asked_sentences(store: Store, campaign: Campaign, words: Words) -> list[str]:
    """By what people said of themselves, how many of those asked are among those meant."""
    found = asked_and_meant(store, campaign, page.profile())
    return [
        words(_ALL_MEANT[breakdown], people=words.number(people))
        if share is None
        else words(
            _MEANT[breakdown],
            share=words.percent(share.value),
            people=words.number(people),
            range=share_range(share, words),
        )
        for breakdown, (share, people) in found.items()
    ]


def show_said(store: Store, campaign: Campaign, words: Words, notes: page.Notes) -> None:
    """What people who were asked say: who they are, and who of them saw the campaign."""
    st.header(words("Who says that they saw it?"), anchor=False)
    st.markdown(page.bullets(asked_sentences(store, campaign, words)))
    found, seen = said_to_have_seen(store, campaign, page.profile()), seen_question(campaign)
    if seen is None or not found:
        st.markdown(
            words(
                "People were not asked whether they saw it, or too few were. The questionnaire that this tracker makes "
                "asks: only that tells whether those reached are those meant, and not just users of the platform."
            )
        )
        return
    compared = {breakdown: people for breakdown, people in found.items() if len(people) > 1}
    rows = [
        {
            words("Group"): group_name(one.group, breakdown, words.in_files),
            words("People asked"): words.number(one.asked),
            words("Say that they saw it"): words.percent(one.share),
            words("Index"): index_label(one.index, words),
            words("Range of the index"): index_range(one.conf_low, one.conf_high, words),
        }
        for breakdown, people in (compared or found).items()
        for one in people
    ]
    st.markdown(words("The question was: “{question}”", question=words.text(seen.question)))
    table = pd.DataFrame(rows)
    page.show_table(table, words)
    st.caption(
        words(
            "Index: a group's share of those who say they saw it, divided by its share of those asked. Groups of few "
            "people are not shown."
        )
    )
    page.offer_csv(table, words, name=f"{campaign.id}-seen", notes=notes)
