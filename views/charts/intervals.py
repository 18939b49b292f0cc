"""The change for every hundred people, one row a campaign, with its intervals; their average and its range below."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from metrics.bodies import Body
from metrics.evaluation import Evaluation
from metrics.pooling import Pooled
from metrics.verdicts import Finding
from views.charts.axis import band_shape, change_axis, draw_interval, zero_line
from views.charts.marks import axis_limit
from views.charts.picture import Picture, figure, wrapped
from views.palette import GRID, INK, SOFT_INK, WORSE
from views.tables import answer_figures
from views.wording.disclosing import STANDARD, Profile, shown_certainty, shown_estimate
from views.wording.language import Words
from views.wording.summary import headline
from views.wording.verdicts import by_guardrail, certainty_label, change_label, verdict_label

LETTERS = 44  # of a title on one line: what a telephone shows
LINE, PADDING, STRIP, HEAD = 19, 12, 30, 34  # pixels: a line of text, a row's rim, its interval, the row of directions
DIAMOND = 8  # pixels, half of its height
IN_ALT = 8  # campaigns that the alternative text names


def interval_chart(
    evaluations: Sequence[Evaluation],
    words: Words,
    *,
    profile: Profile | None = STANDARD,
    limit: int | None = None,
    body: Body | None = None,
) -> Picture:
    """Change for every hundred people, in the order given; campaigns that asked nobody are not in it.

    `limit` is what the axis shows to each side of zero, to share it with another picture. `body` is what they show
    together: it stands below them, as their average and as the range of a similar campaign.
    """
    asked = [evaluation for evaluation in evaluations if evaluation.verdict.finding != Finding.NOT_MEASURED]
    limit = limit or axis_limit(asked)
    labels = [_row_label(evaluation, words.in_files) for evaluation in asked]
    strips = [STRIP if shown_estimate(evaluation, profile) else 0 for evaluation in asked]
    heights = [PADDING + LINE * (label.count("<br>") + 1) + strip for label, strip in zip(labels, strips, strict=True)]
    pooled = body.pooled if body else None
    together = _summary_rows(pooled, words.in_files) if pooled else []
    full = HEAD + sum(heights) + len(together) * (PADDING + LINE + STRIP)
    drawn = figure(words, height=full + 56)
    top, shapes, annotations = HEAD, list[dict[str, Any]](), list[dict[str, Any]]()
    for evaluation, label, height in zip(asked, labels, heights, strict=True):
        shapes += _row(drawn, evaluation, words, profile=profile, limit=limit, top=top, height=height)
        annotations.append({**_at(top), "text": label})
        top += height
    for text, low, high in together:
        shapes += _summary(drawn, pooled, low, high, limit=limit, top=top)
        annotations.append({**_at(top), "text": f"<b>{text}</b>"})
        top += PADDING + LINE + STRIP
    drawn.update_layout(shapes=shapes, annotations=annotations)  # at once: each addition checks all before it again
    zero_line(drawn, words, y0=HEAD - 8, y1=full, at=4)
    drawn.update_yaxes(range=[full, 0], visible=False, automargin=False)
    change_axis(drawn, words, limit=limit)
    return Picture(
        figure=drawn,
        title=words("Change for every 100 people, by campaign"),
        alt=_alt(asked, words.in_files, profile),
        table=answer_figures(asked, words, profile=profile),
        caption=_caption(asked, words, together=bool(together)),
    )


def _at(top: float) -> dict[str, Any]:
    """Where the words of a row stand."""
    at = {"x": 0, "xref": "paper", "xanchor": "left", "y": top + PADDING / 2, "yref": "y", "yanchor": "top"}
    return {**at, "align": "left", "showarrow": False}


def _summary_rows(pooled: Pooled, words: Words) -> list[tuple[str, float, float]]:
    """What stands below the campaigns, with its range."""
    rows = [(words("All together: their average"), pooled.conf_low, pooled.conf_high)]
    if pooled.prediction_low is not None and pooled.prediction_high is not None:
        rows.append((words("What a similar campaign could expect"), pooled.prediction_low, pooled.prediction_high))
    return rows


def _summary(
    drawn: go.Figure, pooled: Pooled | None, low: float, high: float, *, limit: int, top: float
) -> list[dict[str, Any]]:
    """Draw the average as a diamond as wide as its range, or the range of a similar campaign as a bracket."""
    y, middle = top + PADDING + LINE + STRIP / 2 - 3, 100 * pooled.estimate if pooled else 0.0
    ends = [max(-limit, min(limit, 100 * end)) for end in (low, high)]
    look = {"color": INK, "width": 2}
    if pooled and (low, high) == (pooled.conf_low, pooled.conf_high):
        drawn.add_scatter(
            x=[ends[0], middle, ends[1], middle, ends[0]], y=[y, y - DIAMOND, y, y + DIAMOND, y], mode="lines",
            fill="toself", fillcolor=INK, line=look, hoverinfo="skip",
        )  # fmt: skip
    else:
        drawn.add_scatter(
            x=ends, y=[y, y], mode="lines+markers", line={**look, "dash": "dot"}, hoverinfo="skip",
            marker={"symbol": "line-ns", "size": 14, "line": look},
        )  # fmt: skip
    return [_rule(top, color=SOFT_INK if pooled and low == pooled.conf_low else GRID)]


def _rule(top: float, *, color: str = GRID) -> dict[str, Any]:
    across = {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": top, "y1": top}
    return {**across, "line": {"color": color, "width": 1}}


def interval_caption(words: Words) -> str:
    """How to read an interval."""
    return words(
        "● better, ◆ worse, ○ too small to matter or not to be told from zero. The mark is the estimate; the true "
        "change lies on the thick line as likely as not, and on the thin line with 95 in 100 certainty, if the "
        "comparison is fair. Grey: changes too small to matter. An open arrow: the line goes on."
    )


def _caption(evaluations: Sequence[Evaluation], words: Words, *, together: bool) -> str:
    said = [interval_caption(words)]
    if together:
        said.append(
            words(
                "Black diamond: the average, as wide as its 95 % range. Dotted line: where the true change of a "
                "similar campaign lies with 95 in 100 certainty."
            )
        )
    if any(by_guardrail(evaluation) for evaluation in evaluations):
        said.append(
            words("Where the words say harm, something that must not get worse did: the campaign's own page says what.")
        )
    return " ".join(said)


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
    rule = _rule(top)
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
