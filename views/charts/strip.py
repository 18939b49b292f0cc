"""Groups of people as a strip of cells: their part of those meant, of what was shown, and what changed in each."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from metrics.estimates import Estimate
from metrics.quantiles import middle_half
from views.charts.axis import band_shape, draw_interval
from views.charts.marks import limit_around
from views.charts.picture import Picture, figure, wrapped
from views.palette import BETTER, GRID, INK, OUTLINE, SOFT_INK
from views.reaching.found import Reached, Row
from views.wording.language import Words
from views.wording.reached import (
    BREAKDOWN_TITLES,
    group_name,
    group_phrase,
    index_label,
    index_range,
    left_out_sentence,
    share_range,
    standing_label,
    to_meant_sentence,
)
from views.wording.terms import term
from views.wording.verdicts import change_label

ROW, HEAD, FOOT = 40, 46, 44  # pixels
CORNER = 26  # pixels above, where the button that saves the picture is
CELLS = ((0.30, 0.45), (0.47, 0.62))  # of the width: those meant, what was shown
WIDE_CELLS = ((0.34, 0.64), (0.67, 0.97))  # where no change is shown beside them
EFFECT = (0.68, 1.0)
Cells = tuple[tuple[float, float], tuple[float, float]]
DARKEST = 0.55  # how much of the colour the largest share gets: letters on it stay readable
ROWS = 12  # groups that get a row; the smallest others are told by the table
LETTERS = 13  # of a name on one line: what a telephone shows


def strip_chart(found: Reached, smallest_important: float | None, words: Words) -> Picture | None:
    """One row a group: two cells, the darker the larger the share, and the range of what changed.

    `smallest_important` is that of the campaign's primary outcome, None where there is none.
    """
    rows = _drawn(found.rows)
    if not rows:
        return None
    effects = [row.effect for row in rows if row.effect is not None]
    full = HEAD + ROW * len(rows)
    foot = FOOT if effects else CORNER // 2
    drawn = figure(words, height=full + foot + CORNER)
    largest = max(share.value for row in rows for share in (row.part.intended, row.part.reached) if share)
    shapes: list[dict[str, Any]] = []
    cells = CELLS if effects else WIDE_CELLS
    notes = _heads(cells, words, effects=bool(effects))
    for place, row in enumerate(rows):
        top = HEAD + ROW * place
        shapes += [_rule(top), *_cells(row, cells, top, largest)]
        notes += _texts(row, cells, found.breakdown, top, words)
    limit = _limit(effects)
    if effects and smallest_important is not None:
        for place, row in enumerate(rows):
            if row.effect is not None:
                shapes.append(
                    band_shape(smallest_important, limit=limit, y0=HEAD + ROW * place, y1=HEAD + ROW * (place + 1))
                )
    drawn.update_layout(shapes=shapes, annotations=notes, margin={"l": 4, "r": 12, "t": CORNER, "b": foot})
    _effects(drawn, rows, smallest_important, words, limit=limit, full=full)
    drawn.update_yaxes(range=[full, 0], visible=False, automargin=False)
    return Picture(
        figure=drawn,
        title=words(BREAKDOWN_TITLES[found.breakdown]),
        alt=_alt(found, words.in_files),
        table=strip_table(found, words.in_files),
        caption=_caption(found, words, effects=bool(effects)),
    )


def strip_table(found: Reached, words: Words) -> pd.DataFrame:
    """The same figures, with ranges and the index; every group."""
    yes_or_no = {True: words("yes"), False: words("no"), None: words("not known")}
    return pd.DataFrame(
        [
            {
                words("Group"): group_name(row.group, found.breakdown, words),
                words("Meant for them"): yes_or_no[row.meant],
                words("Share of those meant"): words.percent(row.part.intended.value) if row.part.intended else "—",
                words("Share of what was shown"): words.percent(row.part.reached.value) if row.part.reached else "—",
                words("Range by day"): share_range(row.part.reached, words),
                words("Index"): index_label(row.part.index, words),
                words("Range of the index"): index_range(row.part.conf_low, row.part.conf_high, words),
                words("What that says"): standing_label(row.part, words, meant=row.meant)
                if found.asked and found.shown
                else "—",
                words("Change per 100 people"): change_label(row.effect, words) if row.effect else "—",
            }
            for row in found.rows
        ]
    )


def _drawn(rows: Sequence[Row]) -> list[Row]:
    """Those meant, and the largest of the others."""
    if len(rows) <= ROWS:
        return list(rows)
    others = sorted(
        (row for row in rows if row.meant is not True),
        key=lambda row: -(row.part.reached.value if row.part.reached else 0),
    )
    kept = others[: max(0, ROWS - sum(row.meant is True for row in rows))]
    return [row for row in rows if row.meant is True or row in kept]


def _limit(effects: Sequence[Estimate]) -> int:
    """Around all estimates and their middle halves; a range that is longer ends in an arrow."""
    return limit_around([100 * size for estimate in effects for size in middle_half(estimate)] or [0.0])


def _rule(top: float) -> dict[str, Any]:
    across = {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": top, "y1": top}
    return {**across, "line": {"color": GRID, "width": 1}, "layer": "below"}


def _cells(row: Row, cells: Cells, top: float, largest: float) -> list[dict[str, Any]]:
    shapes = []
    for (left, right), share in zip(cells, (row.part.intended, row.part.reached), strict=True):
        at = {"type": "rect", "xref": "paper", "yref": "y", "x0": left, "x1": right, "y0": top + 4, "y1": top + ROW - 4}
        colour = OUTLINE if row.meant is False else BETTER
        if share is not None:
            shapes.append({**at, "fillcolor": colour, "opacity": DARKEST * share.value / largest, "line": {"width": 0}})
        if share is not None or row.meant is not False:
            shapes.append({**at, "line": {"color": colour, "width": 1}, "fillcolor": "rgba(0,0,0,0)"})
    return shapes


def _heads(cells: Cells, words: Words, *, effects: bool) -> list[dict[str, Any]]:
    heads = [
        (0.0, "left", words("Group")),
        (sum(cells[0]) / 2, "center", words("of those<br>meant")),
        (sum(cells[1]) / 2, "center", words("of what<br>was shown")),
    ]
    if effects:
        heads.append((sum(EFFECT) / 2, "center", words("change per 100<br>worse ← 0 → better")))
    return [
        _text(x, 0, said, anchor=anchor, color=SOFT_INK, size=12) | {"yanchor": "top", "align": anchor}
        for x, anchor, said in heads
    ]


def _texts(row: Row, cells: Cells, breakdown: str, top: float, words: Words) -> list[dict[str, Any]]:
    middle = top + ROW / 2
    name = group_name(row.group, breakdown, words.in_files)
    if row.meant is False:
        said = (
            f"{wrapped(name, width=LETTERS + 2, lines=1)}<br><span style='font-size:12px'>{words('not meant')}</span>"
        )
    else:
        said = f"<b>{wrapped(name, width=LETTERS)}</b>" if row.meant else wrapped(name, width=LETTERS)
    texts = [_text(0.0, middle, said, anchor="left") | {"align": "left"}]
    for (left, right), share in zip(cells, (row.part.intended, row.part.reached), strict=True):
        said = words.percent(share.value) if share else ("–" if row.meant is not False else "")
        texts.append(_text((left + right) / 2, middle, said, anchor="center"))
    return texts


def _text(x: float, y: float, said: str, *, anchor: str, color: str = INK, size: int = 14) -> dict[str, Any]:
    at = {"x": x, "xref": "paper", "xanchor": anchor, "y": y, "yref": "y", "yanchor": "middle"}
    return {**at, "text": said, "showarrow": False, "font": {"color": color, "size": size}}


def _effects(
    drawn: go.Figure,
    rows: Sequence[Row],
    smallest_important: float | None,
    words: Words,
    *,
    limit: int,
    full: float,
) -> None:
    known = [(place, row.effect) for place, row in enumerate(rows) if row.effect is not None]
    marks = [-limit, 0, limit]
    drawn.update_xaxes(
        domain=list(EFFECT),
        range=[-1.12 * limit, 1.12 * limit],
        tickvals=marks,
        ticktext=[words.per_hundred(mark / 100, change=True) for mark in marks],
        visible=bool(known),
        showgrid=False,
    )
    if not known or smallest_important is None:
        drawn.add_scatter(x=[0], y=[0], mode="markers", marker={"opacity": 0}, hoverinfo="skip")
        return
    drawn.add_shape(type="line", x0=0, x1=0, y0=HEAD, y1=full, line={"color": SOFT_INK, "width": 1.5}, layer="below")
    for place, effect in known:
        draw_interval(drawn, effect, smallest_important, words, limit=limit, y=HEAD + ROW * (place + 0.5))


def _alt(found: Reached, words: Words) -> str:
    said = [to_meant_sentence(found.to_meant, found.breakdown, words)] if found.to_meant else []
    said += [left_out_sentence(row.part, found.breakdown, words) for row in found.rows if found.compared]
    if not any(said) and found.shown:
        said = [
            words(
                "{group}: {share} of what was shown.",
                group=group_phrase(row.group, found.breakdown, words),
                share=words.percent(row.part.reached.value),
            )
            for row in _drawn(found.rows)
            if row.part.reached
        ]
    elif not found.shown:
        said = [words("No export says who was shown this.")]
    said += [
        words(
            "{group}: {change} in every 100.",
            group=group_phrase(row.group, found.breakdown, words),
            change=change_label(row.effect, words),
        )
        for row in _drawn(found.rows)
        if row.effect is not None
    ]
    return " ".join(part for part in said if part)


def _caption(found: Reached, words: Words, *, effects: bool) -> str:
    said = [words("The stronger its colour, the larger the share; bold: those meant; grey: others.")]
    if found.asked:
        said.append(words("Those meant: {people} people asked in the survey.", people=words.number(found.asked)))
    if found.population:
        sources = words.listed(words.text(source, longest=120) for source in found.population)
        said.append(words("Those meant: everybody of the ages, sexes and countries meant ({source}).", source=sources))
    if found.shown:
        said.append(
            words(
                "What was shown: {basis}, by {platforms}.",
                basis=term(found.shown.basis, words, kind="Basis"),
                platforms=words.listed(term(platform, words, kind="Platform") for platform in found.shown.platforms),
            )
        )
    if effects:
        said.append(words("Groups in which few people answered are not shown. Being shown it is not knowing more."))
    return " ".join(said)
