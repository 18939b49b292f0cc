"""The change for every hundred people, one row a campaign, with its intervals."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views.charts.axis import band_shape, change_axis, draw_interval, zero_line
from views.charts.marks import axis_limit
from views.charts.picture import Picture, figure, wrapped
from views.palette import GRID, WORSE
from views.tables import answer_figures
from views.wording.disclosing import STANDARD, Profile, shown_certainty, shown_estimate
from views.wording.language import Words
from views.wording.summary import headline
from views.wording.verdicts import by_guardrail, certainty_label, change_label, verdict_label

LETTERS = 44  # of a title on one line: what a telephone shows
LINE, PADDING, STRIP, HEAD = 19, 12, 30, 34  # pixels: a line of text, a row's rim, its interval, the row of directions
IN_ALT = 8  # campaigns that the alternative text names


def interval_chart(
    evaluations: Sequence[Evaluation], words: Words, *, profile: Profile | None = STANDARD, limit: int | None = None
) -> Picture:
    """Change for every hundred people, in the order given; campaigns that asked nobody are not in it.

    `limit` is what the axis shows to each side of zero, to share it with another picture.
    """
    asked = [evaluation for evaluation in evaluations if evaluation.verdict.finding != Finding.NOT_MEASURED]
    limit = limit or axis_limit(asked)
    labels = [_row_label(evaluation, words.in_files) for evaluation in asked]
    strips = [STRIP if shown_estimate(evaluation, profile) else 0 for evaluation in asked]
    heights = [PADDING + LINE * (label.count("<br>") + 1) + strip for label, strip in zip(labels, strips, strict=True)]
    full = HEAD + sum(heights)
    drawn = figure(words, height=full + 56)
    top, shapes, annotations = HEAD, list[dict[str, Any]](), list[dict[str, Any]]()
    for evaluation, label, height in zip(asked, labels, heights, strict=True):
        shapes += _row(drawn, evaluation, words, profile=profile, limit=limit, top=top, height=height)
        at = {"x": 0, "xref": "paper", "xanchor": "left", "y": top + PADDING / 2, "yref": "y", "yanchor": "top"}
        annotations.append({**at, "text": label, "align": "left", "showarrow": False})
        top += height
    drawn.update_layout(shapes=shapes, annotations=annotations)  # at once: each addition checks all before it again
    zero_line(drawn, words, y0=HEAD - 8, y1=full, at=4)
    drawn.update_yaxes(range=[full, 0], visible=False, automargin=False)
    change_axis(drawn, words, limit=limit)
    return Picture(
        figure=drawn,
        title=words("Change for every 100 people, by campaign"),
        alt=_alt(asked, words.in_files, profile),
        table=answer_figures(asked, words, profile=profile),
        caption=_caption(asked, words),
    )


def interval_caption(words: Words) -> str:
    """How to read an interval."""
    return words(
        "● better, ◆ worse, ○ too small to matter or not to be told from zero. The mark is the estimate; the true "
        "change lies on the thick line as likely as not, and on the thin line with 95 in 100 certainty, if the "
        "comparison is fair. Grey: changes too small to matter. An open arrow: the line goes on."
    )


def _caption(evaluations: Sequence[Evaluation], words: Words) -> str:
    if not any(by_guardrail(evaluation) for evaluation in evaluations):
        return interval_caption(words)
    harm = words("Where the words say harm, something that must not get worse did: the campaign's own page says what.")
    return f"{interval_caption(words)} {harm}"


def _row_label(evaluation: Evaluation, words: Words) -> str:
    title = wrapped(evaluation.campaign.title, width=LETTERS)
    said = verdict_label(evaluation, words)
    if certainty := shown_certainty(evaluation):
        said = f"{said}  {certainty_label(certainty, words)}"
    if evaluation.verdict.finding == Finding.BACKFIRED:
        said = f'<span style="color:{WORSE}">◆</span> {said}'
    return f"<b>{title}</b><br>{said}"


def _row(
    drawn: go.Figure,
    evaluation: Evaluation,
    words: Words,
    *,
    profile: Profile | None,
    limit: int,
    top: float,
    height: float,
) -> list[dict[str, Any]]:
    """Draw the interval of one row; returns the shapes that lie under it."""
    estimate, outcome = shown_estimate(evaluation, profile), evaluation.campaign.outcome
    rule = {
        "type": "line",
        "x0": 0,
        "x1": 1,
        "xref": "paper",
        "y0": top,
        "y1": top,
        "line": {"color": GRID, "width": 1},
    }
    if estimate is None or outcome is None:
        return [rule]
    y = top + height - STRIP / 2 - 3
    draw_interval(drawn, estimate, outcome.smallest_important, words, limit=limit, y=y)
    return [rule, band_shape(outcome.smallest_important, limit=limit, y0=top, y1=top + height)]


def _alt(evaluations: Sequence[Evaluation], words: Words, profile: Profile | None) -> str:
    said = [headline(evaluations, words)]
    for evaluation in evaluations[:IN_ALT]:
        estimate = shown_estimate(evaluation, profile)
        said.append(
            words(
                "{campaign}: {verdict}, {change}.",
                campaign=words.text(evaluation.campaign.title, longest=80),
                verdict=verdict_label(evaluation, words),
                change=change_label(estimate, words) if estimate else words("no figures"),
            )
        )
    return " ".join(said)
