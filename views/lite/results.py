"""The plain page of all campaigns: the answer, one row a campaign, and what was only seen."""

import datetime as dt
from collections.abc import Mapping, Sequence

from campaigns.privacy import Profile
from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views.answers.filters import Filter, filters
from views.charts import axis_limit, interval_caption, interval_svg
from views.lite.frame import RESULTS, Place, address, campaign_path, document, listed, paragraphs
from views.lite.tables import table
from views.markup import Html, element, together
from views.tables import NOTHING, not_measured_table
from views.wording import Words, certainty_label, cost_label, country_name, verdict_label
from views.wording.disclosing import shown_certainty, shown_cost, shown_estimate
from views.wording.figures import intended_label
from views.wording.summary import headline_sentences
from views.wording.verdicts import by_guardrail, change_label

A_PAGE = 40  # campaigns; more would not come through a slow line at once


def results_page(
    found: Sequence[Evaluation],
    words: Words,
    *,
    asked_for: Mapping[str, str],
    profile: Profile | None,
    today: dt.date,
) -> str:
    """All campaigns that the filters in the address let through, `A_PAGE` at a time."""
    offered = filters(words)
    chosen = {filter_.name: asked_for[filter_.name] for filter_ in offered if asked_for.get(filter_.name)}
    passed = [
        evaluation
        for evaluation in found
        if all(filter_.name not in chosen or chosen[filter_.name] in filter_.has(evaluation) for filter_ in offered)
    ]
    number = asked_for.get("page", "1")
    first = A_PAGE * (max(1, int(number)) - 1) if number.isascii() and number.isdigit() else 0
    ordered = sorted(passed, key=lambda evaluation: evaluation.verdict.finding == Finding.NOT_MEASURED)
    shown = ordered[first : first + A_PAGE]
    asked = [evaluation for evaluation in shown if evaluation.verdict.finding != Finding.NOT_MEASURED]
    unasked = [evaluation for evaluation in shown if evaluation.verdict.finding == Finding.NOT_MEASURED]
    answer, *others = headline_sentences(passed, words) if passed or not found else [_none_fits(words)]
    return document(
        words("Which campaigns raised awareness of the dangers of migrant smuggling?"),
        element("div", element("p", answer), class_="answer"),
        listed(others),
        _choose(found, offered, chosen, words) if found else None,
        _answers(asked, words, profile, limit=axis_limit(passed)) if asked else None,
        _not_measured(unasked, words) if unasked else None,
        _further(first, len(ordered), chosen, words),
        words=words,
        place=Place(path=RESULTS, full="/results", chosen=chosen),
        today=today,
        simulated=any(evaluation.campaign.example for evaluation in found),
    )


def _none_fits(words: Words) -> str:
    return words("No campaign fits these filters.")


def _choose(found: Sequence[Evaluation], offered: Sequence[Filter], chosen: Mapping[str, str], words: Words) -> Html:
    """The filters as a form that needs no script."""
    lists = []
    for filter_ in offered:
        values = sorted({value for evaluation in found for value in filter_.has(evaluation)}, key=filter_.shown)
        options = [
            element("option", filter_.shown(value), value=value, selected=value == chosen.get(filter_.name))
            for value in values
        ]
        choice = element("select", element("option", words("All"), value=""), *options, name=filter_.name)
        lists.append(element("label", filter_.label, choice))
    form = element(
        "form",
        element("input", type="hidden", name="lang", value=words.language),
        *lists,
        element("button", words("Show")),
        method="get",
        action=RESULTS,
    )
    return element("details", element("summary", words("Choose campaigns")), form, open=bool(chosen))


def _answers(asked: Sequence[Evaluation], words: Words, profile: Profile | None, *, limit: int) -> Html:
    heads = (
        words("Campaign"),
        words("Change per 100 people"),
        words("What we say"),
        words("How sure we are"),
        words("Cost per extra aware person"),
        words("Reached who was meant"),
    )
    scale = words(
        "The surest first. Each drawing runs from {low} to {high} people in every 100: worse ← 0 → better.",
        low=words.per_hundred(-limit / 100, change=True),
        high=words.per_hundred(limit / 100, change=True),
    )
    return together(
        table(scale, heads, [_row(evaluation, heads, words, profile, limit) for evaluation in asked], cards=True),
        element("p", interval_caption(words), class_="soft"),
    )


def _row(evaluation: Evaluation, heads: tuple[str, ...], words: Words, profile: Profile | None, limit: int) -> Html:
    campaign, certainty = evaluation.campaign, shown_certainty(evaluation)
    estimate = shown_estimate(evaluation, profile)
    drawn = None
    if estimate is not None and campaign.outcome is not None:
        drawn = Html(interval_svg(estimate, campaign.outcome.smallest_important, words, limit=limit))
    harm = evaluation.verdict.finding == Finding.BACKFIRED and by_guardrail(evaluation)
    cells: tuple[tuple[str | None, ...], ...] = (
        (verdict_label(evaluation, words), _aside(words("to something that must not get worse")) if harm else None),
        (certainty_label(certainty, words),),
        (cost_label(shown_cost(evaluation, profile), words),),
        (intended_label(evaluation, words),),
    )
    return element(
        "tr",
        _name(evaluation, words, role="rowheader"),
        element(
            "td",
            drawn,
            change_label(estimate, words) if estimate else NOTHING,
            class_="drawn",
            role="cell",
            data_label=heads[1],
        ),
        *(
            element("td", element("span", *cell), role="cell", data_label=head)
            for head, cell in zip(heads[2:], cells, strict=True)
        ),
        role="row",
    )


def _name(evaluation: Evaluation, words: Words, *, role: str | None = None) -> Html:
    campaign = evaluation.campaign
    countries = words.listed(country_name(code, words) for code in campaign.audience.countries)
    return element(
        "th",
        element("a", words.text(campaign.title), href=address(campaign_path(campaign.id), words)),
        _aside(countries),
        scope="row",
        role=role,
    )


def _aside(said: str) -> Html:
    return element("small", said)


def _not_measured(unasked: Sequence[Evaluation], words: Words) -> Html:
    frame = not_measured_table(unasked, words)
    figures = frame.iloc[:, 2:]  # the title and its countries are one cell here
    heads = (words("Campaign"), *(str(name) for name in figures.columns))
    rows = [
        element("tr", _name(evaluation, words), *(element("td", str(cell)) for cell in cells))
        for evaluation, cells in zip(unasked, figures.itertuples(index=False), strict=True)
    ]
    return together(
        element("h2", words("Seen, effect not measured")),
        paragraphs(
            words("Views are not awareness: nobody was asked, so these campaigns cannot be compared with the others.")
        ),
        table(words("What the platforms counted"), heads, rows),
    )


def _further(first: int, total: int, chosen: Mapping[str, str], words: Words) -> Html | None:
    """The ways to the campaigns before and after these."""
    number = first // A_PAGE + 1
    before = address(RESULTS, words, {**chosen, "page": str(number - 1)}) if first else None
    after = address(RESULTS, words, {**chosen, "page": str(number + 1)}) if first + A_PAGE < total else None
    if before is None and after is None:
        return None
    return element(
        "nav",
        element("a", words("Campaigns before these"), href=before, rel="prev") if before else None,
        element("a", words("More campaigns"), href=after, rel="next") if after else None,
        aria_label=words("Further campaigns"),
    )
