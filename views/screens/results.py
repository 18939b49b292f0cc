"""All campaigns: which raised awareness, how sure we are, and at what cost."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from campaigns.records import Design
from campaigns.store import open_store
from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views import page
from views.address import choose
from views.charts import axis_limit, interval_chart, interval_svg
from views.charts.picture import Picture
from views.evaluations import evaluations
from views.tables import answer_figures, not_measured_table
from views.wording import (
    Words,
    certainty_label,
    cost_label,
    country_name,
    delivery_only,
    how_to_read,
    reason_sentence,
    term,
    verdict_label,
)
from views.wording.disclosing import STANDARD, shown_certainty, shown_estimate
from views.wording.figures import share_label
from views.wording.summary import headline_sentences
from views.wording.verdicts import by_guardrail, change_label

WIDTHS = (2.4, 2.4, 1.5, 1.7, 1.6, 1.6)


def filtered(found: tuple[Evaluation, ...], words: Words) -> list[Evaluation]:
    """The campaigns that the filters in the address let through."""
    plain = words.in_files  # options of a list are shown letter by letter
    countries = sorted(
        {code for evaluation in found for code in evaluation.campaign.audience.countries},
        key=lambda code: country_name(code, plain),
    )
    platforms = sorted({name for evaluation in found for name in evaluation.delivery.platforms})
    designs = [str(design) for design in Design if any(e.campaign.study.design == design for e in found)]
    first, second, third = st.columns(3)
    with first:
        country = choose(
            words("Country of origin"),
            countries,
            name="country",
            shown=lambda code: country_name(code, plain),
            placeholder=words("All"),
        )
    with second:
        platform = choose(
            words("Platform"),
            platforms,
            name="platform",
            shown=lambda name: term(name, plain, kind="Platform"),
            placeholder=words("All"),
        )
    with third:
        design = choose(
            words("How it was measured"),
            designs,
            name="design",
            shown=lambda name: term(name, plain, kind="Design"),
            placeholder=words("All"),
        )
    return [
        evaluation
        for evaluation in found
        if country in (None, *evaluation.campaign.audience.countries)
        and platform in (None, *evaluation.delivery.platforms)
        and design in (None, evaluation.campaign.study.design)
    ]


def show_rows(asked: list[Evaluation], words: Words) -> None:
    """One row a campaign that asked people; on a phone each row is a card whose cells say what they are."""
    heads = (
        words("Campaign"),
        words("Change per 100 people"),
        words("What we say"),
        words("How sure we are"),
        words("Cost per extra aware person"),
        words("Reached who was meant"),
    )
    with st.container(key="row-heads"):
        for place, head in zip(st.columns(WIDTHS, vertical_alignment="bottom"), heads, strict=True):
            place.caption(head)
            if head == heads[1]:
                place.caption(words("worse ← 0 → better"))
    limit = axis_limit(asked)
    for evaluation in asked:
        show_row(evaluation, heads, limit, words)


def show_row(evaluation: Evaluation, heads: tuple[str, ...], limit: int, words: Words) -> None:
    """The answer of one campaign."""
    campaign = evaluation.campaign
    with st.container(key=f"row-{campaign.id}"):
        places = st.columns(WIDTHS, vertical_alignment="center")
        known = (True, True, True, True, evaluation.cost.estimate is not None, bool(evaluation.audience))
        cells = [
            place.container(key=f"cell-{number if shown else 'unknown'}-{number}-{campaign.id}", gap=None)
            for number, (place, shown) in enumerate(zip(places, known, strict=True))
        ]
        for cell, head in zip(cells[1:], heads[1:], strict=True):
            cell.caption(head)
        link_to(evaluation, cells[0], words)
        cells[0].caption(words.listed(country_name(code, words) for code in campaign.audience.countries))
        estimate = shown_estimate(evaluation, STANDARD)
        if estimate is not None and campaign.outcome is not None:
            drawn = interval_svg(estimate, campaign.outcome.smallest_important, words, limit=limit)
            with cells[1].container(key=f"drawn-{campaign.id}", gap=None):
                st.caption(words("worse ← 0 → better"))
                st.image(drawn, width="stretch", alt=change_label(estimate, words.in_files))
        cells[1].markdown(change_label(estimate, words) if estimate is not None else "—")
        cells[2].markdown(verdict_label(evaluation, words))
        if evaluation.verdict.finding == Finding.BACKFIRED and by_guardrail(evaluation):
            cells[2].caption(words("to something that must not get worse"))
        certainty = shown_certainty(evaluation)
        with cells[3].popover(certainty_label(certainty, words) if certainty else words("Why?"), type="tertiary"):
            reasons = [reason_sentence(reason, words, campaign=campaign) for reason in evaluation.verdict.reasons]
            st.markdown(page.bullets(reasons))
        cells[4].markdown(cost_label(evaluation.cost, words))
        cells[5].markdown(reached(evaluation, words))


def reached(evaluation: Evaluation, words: Words) -> str:
    """How much of the delivery went to whom it was meant for, by what is known of them."""
    if not evaluation.audience:
        return words("not known")
    return words.listed(
        words(
            "{breakdown}: {share}",
            breakdown=term(share.breakdown, words, kind="breakdown"),
            share=share_label(share, words),
        )
        for share in evaluation.audience
    )


def link_to(evaluation: Evaluation, place: DeltaGenerator, words: Words) -> None:
    """The campaign's title, leading to its page."""
    campaign = evaluation.campaign
    place.page_link("screens/campaign.py", label=words.text(campaign.title), query_params={"campaign": campaign.id})


def show_not_measured(unasked: list[Evaluation], words: Words) -> None:
    """Campaigns that were only seen: kept apart, because views are not awareness."""
    st.header(words("Seen, effect not measured"), anchor=False)
    st.markdown(
        words("Views are not awareness: nobody was asked, so these campaigns cannot be compared with the others.")
    )
    for evaluation in unasked:
        campaign = evaluation.campaign
        with st.container(key=f"row-{campaign.id}"):
            name, said = st.columns([2, 3], vertical_alignment="center")
            link_to(evaluation, name, words)
            said.markdown(delivery_only(evaluation, words))
    table = not_measured_table(unasked, words)
    with st.expander(words("The same figures as a table")):
        page.show_table(table, words)
        page.offer_csv(table, words, name="not-measured", notes=page.notes_of(unasked, words.in_files))


@st.cache_resource(show_spinner=False, max_entries=32)
def intervals(key: tuple[object, ...], _asked: list[Evaluation], _words: Words) -> Picture:
    """The picture of all ranges, drawn once for each choice, language and state of the store."""
    return interval_chart(_asked, _words)


words = page.reader_words()
with open_store() as store, st.spinner(words("Working out the results")):
    state = (str(store.folder), store.version)
    found = evaluations(store)
question = words("Which campaigns raised awareness of the dangers of migrant smuggling?")
if not found:
    page.headline(question, *headline_sentences(found, words))
    with open_store() as store:
        page.offer_example(store, words)
    st.stop()

answer = st.container()
chosen = filtered(found, words)
with answer:
    first, *others = headline_sentences(chosen, words) if chosen else [words("No campaign fits these filters.")]
    page.headline(question, first)
    st.markdown(page.bullets(others))
asked = [evaluation for evaluation in chosen if evaluation.verdict.finding != Finding.NOT_MEASURED]
unasked = [evaluation for evaluation in chosen if evaluation.verdict.finding == Finding.NOT_MEASURED]
notes = page.notes_of(chosen, words.in_files)
if asked:
    show_rows(asked, words)
    page.offer_csv(answer_figures(asked, words), words, name="results", notes=notes)
if unasked:
    show_not_measured(unasked, words)
if asked:
    key = (*state, words.language, *(evaluation.campaign.id for evaluation in asked))
    page.show_picture(intervals(key, asked, words), words, name="intervals", notes=notes)
with st.expander(words("How do we know?")):
    st.markdown(how_to_read(words))
    st.page_link("screens/help.py", label=words("Methods, words and definitions"))
page.choose_image_format(words)
