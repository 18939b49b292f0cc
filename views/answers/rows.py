"""One row for each campaign: what it changed, how sure we are, what it cost; on a phone each row is a card."""

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views import page
from views.charts import interval_svg
from views.markup import Html, element, together
from views.palette import in_dark
from views.wording import (
    Words,
    certainty_label,
    cost_label,
    country_name,
    delivery_only,
    reason_sentence,
    verdict_label,
)
from views.wording.disclosing import shown_certainty, shown_cost, shown_estimate
from views.wording.figures import intended_label
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
    plain = words.in_files
    with st.container(key=f"row-{campaign.id}"):
        name, change, said, sure, cost, meant = st.columns(WIDTHS, vertical_alignment="center")
        first = name.container(key=f"cell-0-{campaign.id}", gap=None)
        link_to(evaluation, first, words)
        first.caption(words.listed(country_name(code, words) for code in campaign.audience.countries))
        change.html(together(cell(heads[1], *changed(evaluation, plain, limit), kind="drawn")))
        harm = evaluation.verdict.finding == Finding.BACKFIRED and by_guardrail(evaluation)
        aside = element("small", plain("to something that must not get worse")) if harm else None
        said.html(together(cell(heads[2], verdict_label(evaluation, plain), aside)))
        certainty = shown_certainty(evaluation)
        with sure.container(key=f"cell-3-{campaign.id}", gap=None):
            st.caption(heads[3])
            with st.popover(certainty_label(certainty, words) if certainty else words("Why?"), type="tertiary"):
                reasons = [
                    reason_sentence(reason, words, campaign=campaign, profile=page.profile())
                    for reason in evaluation.verdict.reasons
                ]
                st.markdown(page.bullets(reasons))
        paid = shown_cost(evaluation, page.profile())
        cost.html(together(cell(heads[4], cost_label(paid, plain), known=paid.estimate is not None)))
        meant.html(together(cell(heads[5], intended_label(evaluation, plain), known=bool(evaluation.audience))))


def cell(head: str, *content: str | None, kind: str = "", known: bool = True) -> Html:
    """A cell as one element, of which a page of many rows has many; what it is called is shown on a telephone."""
    kinds = " ".join(filter(None, ("cell", kind, None if known else "unknown")))
    return element("div", element("small", head, class_="cell-head"), element("div", *content), class_=kinds)


def changed(evaluation: Evaluation, words: Words, limit: int) -> tuple[str, ...]:
    """The change, drawn and written; a dash where none may be shown."""
    estimate, outcome = shown_estimate(evaluation, page.profile()), evaluation.campaign.outcome
    if estimate is None or outcome is None:
        return ("—",)
    drawing = interval_svg(estimate, outcome.smallest_important, words, limit=limit)
    written = change_label(estimate, words)
    picture = quote(in_dark(drawing) if page.is_dark() else drawing, safe=" /:=',;()")
    return (
        element("small", directions(words), class_="directions"),
        element("img", src=f"data:image/svg+xml,{picture}", alt=written),
        element("span", written),
    )


def directions(words: Words) -> str:
    """Which side of the drawn axis is better: worse stands on the left in every language, as it is drawn."""
    worse, better = (f"\u2068{said}\u2069" for said in (words("worse ←"), words("→ better")))
    return f"\u2066{worse} 0 {better}\u2069"


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
