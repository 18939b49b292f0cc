"""The axis that pictures of change share: people in every hundred, zero, directions, and an interval upon it."""

from typing import Any

import plotly.graph_objects as go

from metrics.estimates import Estimate
from metrics.quantiles import middle_half
from views.charts.marks import mark_of
from views.palette import BAND, INK, PAPER, SOFT_INK
from views.wording.language import Words
from views.wording.verdicts import change_label


def change_axis(drawn: go.Figure, words: Words, *, limit: int) -> None:
    """People in every hundred from `-limit` to `limit`, whatever the data."""
    marks = [-limit, -limit // 2, 0, limit // 2, limit]
    drawn.update_xaxes(
        range=[-1.06 * limit, 1.06 * limit],
        tickvals=marks,
        ticktext=[words.per_hundred(mark / 100, change=True) for mark in marks],
        title_text=words("people in every 100"),
    )


def zero_line(drawn: go.Figure, words: Words, *, y0: float, y1: float, at: float) -> None:
    """No change, from `y0` to `y1`, and above it (at `at`) which side is better."""
    drawn.add_shape(type="line", x0=0, x1=0, y0=y0, y1=y1, line={"color": SOFT_INK, "width": 1.5}, layer="below")
    for said, anchor, shift in ((words("worse ←"), "right", -10), (words("→ better"), "left", 10)):
        drawn.add_annotation(
            x=0, y=at, text=said, showarrow=False, xanchor=anchor, yanchor="top", xshift=shift, font={"color": INK}
        )


def band(drawn: go.Figure, smallest_important: float, *, limit: int, y0: float, y1: float) -> None:
    """Changes too small to matter."""
    drawn.add_shape(band_shape(smallest_important, limit=limit, y0=y0, y1=y1))


def band_shape(smallest_important: float, *, limit: int, y0: float, y1: float) -> dict[str, Any]:
    """The shape that `band` draws."""
    end = min(100 * smallest_important, limit)
    across = {"type": "rect", "x0": -end, "x1": end, "y0": y0, "y1": y1}
    return {**across, "fillcolor": BAND, "line": {"width": 0}, "layer": "below"}


def draw_interval(
    drawn: go.Figure, estimate: Estimate, smallest_important: float, words: Words, *, limit: int, y: float
) -> None:
    """Thin 95 % line, thick 50 % line and mark; an open arrow where the line runs past the axis."""
    mark = mark_of(estimate, smallest_important)
    for (low, high), width in (((estimate.conf_low, estimate.conf_high), 2), (middle_half(estimate), 7)):
        ends = [max(-limit, min(limit, 100 * end)) for end in (low, high)]
        drawn.add_scatter(x=ends, y=[y, y], mode="lines", line={"color": mark.line, "width": width}, hoverinfo="skip")
    for end, symbol, beyond in (
        (-limit, "triangle-left", 100 * estimate.conf_low < -limit),
        (limit, "triangle-right", 100 * estimate.conf_high > limit),
    ):
        if beyond:
            look = {"symbol": symbol, "size": 12, "color": PAPER, "line": {"color": mark.line, "width": 2}}
            drawn.add_scatter(x=[end], y=[y], mode="markers", marker=look, hoverinfo="skip", cliponaxis=False)
    drawn.add_scatter(
        x=[100 * estimate.estimate],
        y=[y],
        mode="markers",
        marker={"symbol": mark.symbol, "size": 14, "color": mark.fill, "line": {"color": mark.line, "width": 2.5}},
        text=[change_label(estimate, words.in_files)],
        hovertemplate="%{text}<extra></extra>",
    )
