"""One row for each campaign: what it changed, how sure we are, what it cost; on a phone each row is a card."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views import page
from views.charts import interval_svg
from views.palette import in_dark
from views.wording import (
    Words,
    certainty_label,
    cost_label,
    country_name,
    delivery_only,
    reason_sentence,
    term,
    verdict_label,
)
from views.wording.disclosing import shown_certainty, shown_estimate
from views.wording.figures import share_label
from views.wording.verdicts import by_guardrail, change_label

WIDTHS = (2.4, 2.4, 1.5, 1.7, 1.6, 1.6)


def show_rows(asked: Sequence[Evaluation], words: Words, *, limit: int) -> None:
    """One row a campaign that asked people, on one axis of `limit` people in a hundred to each side."""
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
                place.caption(directions(words))
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
        estimate = shown_estimate(evaluation, page.profile())
        if estimate is not None and campaign.outcome is not None:
            drawn = interval_svg(estimate, campaign.outcome.smallest_important, words, limit=limit)
            with cells[1].container(key=f"drawn-{campaign.id}", gap=None):
                st.caption(directions(words))
                st.image(
                    in_dark(drawn) if page.is_dark() else drawn,
                    width="stretch",
                    alt=change_label(estimate, words.in_files),
                )
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


def directions(words: Words) -> str:
    """Which side of the drawn axis is better: worse stands on the left in every language, as it is drawn."""
    worse, better = (f"\u2068{said}\u2069" for said in (words("worse ←"), words("→ better")))
    return f"\u2066{worse} 0 {better}\u2069"


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


def show_unasked(unasked: Sequence[Evaluation], words: Words) -> None:
    """Campaigns that were only seen, one row each: how often, and that nobody was asked."""
    for evaluation in unasked:
        with st.container(key=f"row-{evaluation.campaign.id}"):
            name, said = st.columns([2, 3], vertical_alignment="center")
            link_to(evaluation, name, words)
            said.markdown(delivery_only(evaluation, words))
