"""Where studies are and where none is: a grid of marks whose shape is the design and whose filling says whose it is."""

import pandas as pd
import plotly.graph_objects as go

from campaigns.records import Design
from metrics.gaps import Entry, GapMap, Measured, Origin, Way
from views.charts.picture import Picture, figure, label
from views.palette import BAND, BETTER, CATEGORIES, GRID, INK, PAPER, SOFT_INK
from views.wording.language import Words
from views.wording.studies import MEASURED, ORIGINS, gaps_sentence, row_name
from views.wording.terms import term

HEAD, RIM = 64, 8  # pixels: the names of the columns, and the edge below
NAME, BOX, COUNT, FIRST, STEP = 13, 24, 35, 54, 17  # in a row, from its top: name, cells, counts, first line of marks
FOOT = 16  # from the last line of marks to the next row
ACROSS, LINES = 3, 4  # marks of one cell
ASIDE = 0.28  # from mark to mark, where a column is 1
SHAPES: dict[Design, tuple[str, str]] = {
    Design.RANDOMISED: ("circle", "●"),
    Design.CLUSTER_RANDOMISED: ("square", "■"),
    Design.DIFFERENCE_IN_DIFFERENCES: ("diamond", "◆"),
    Design.INTERRUPTED_SERIES: ("star", "★"),
    Design.MATCHED: ("hexagon", "⬢"),
    Design.BEFORE_AFTER: ("triangle-up", "▲"),
    Design.AFTER_ONLY: ("triangle-down", "▼"),
}
OWN = CATEGORIES[2]
Part = dict[str, object]  # of a figure, as Plotly takes it


def gaps_chart(found: GapMap, words: Words, *, simulated: bool = False) -> Picture:
    """One mark a study; `simulated` where the own campaigns are example data, which the caption then says."""
    heights = [_height(max(len(found.cell(way, measured)) for measured in Measured)) for way in found.rows]
    tops = [sum(heights[:row]) for row in range(len(heights))]
    drawn = figure(words, height=HEAD + sum(heights) + RIM)
    boxes, written = list[Part](), list[Part]()
    for way, top, height in zip(found.rows, tops, heights, strict=True):
        name = f"<b>{label(row_name(way, words.in_files))}</b>"
        written.append(_written(-0.48, top + NAME, name) | {"xanchor": "left"})
        for column, measured in enumerate(Measured):
            entries = found.cell(way, measured)
            boxes.append(_box(column, top, height, empty=not entries))
            written.append(_written(column, top + COUNT, words.number(len(entries)), INK if entries else SOFT_INK))
            written += _draw_marks(drawn, entries, words, column=column, top=top)
    drawn.update_layout(shapes=boxes, annotations=written)  # at once: each addition checks all before it again
    drawn.update_xaxes(
        range=[-0.5, len(Measured) - 0.5],
        tickvals=list(range(len(Measured))),
        ticktext=[_column_name(measured, place, words.in_files) for place, measured in enumerate(Measured)],
        tickangle=0,
        side="top",
        showgrid=False,
        ticks="",
        showline=False,
        tickfont={"size": 12, "color": INK},
    )
    drawn.update_yaxes(range=[sum(heights), 0], visible=False, automargin=False)
    drawn.update_layout(margin={"l": 2, "r": 2, "t": HEAD, "b": RIM})
    return Picture(
        figure=drawn,
        title=words("Where there are studies, and where none"),
        alt=_alt(found, words.in_files),
        table=_table(found, words.in_files),
        caption=_caption(found, words, simulated=simulated),
    )


def _height(studies: int) -> int:
    """Of a row whose fullest cell has so many studies."""
    return FIRST + STEP * (min(max(-(-studies // ACROSS), 1), LINES) - 1) + FOOT


def _column_name(measured: Measured, place: int, words: Words) -> str:
    """Every second name stands above its neighbours, so that none overlap on a telephone."""
    name = label(words(MEASURED[measured])).replace(", ", ",<br>")
    return name if place % 2 else name + "<br>│"


def _box(column: int, top: float, height: float, *, empty: bool) -> Part:
    across = {"type": "rect", "x0": column - 0.48, "x1": column + 0.48, "y0": top + BOX, "y1": top + height - 4}
    line = {"color": SOFT_INK if empty else GRID, "width": 1, "dash": "dot"}
    return {**across, "layer": "below", "fillcolor": PAPER if empty else BAND, "line": line}


def _written(x: float, y: float, text: str, colour: str = INK) -> Part:
    return {"x": x, "y": y, "text": text, "showarrow": False, "yanchor": "middle", "font": {"color": colour}}


def _draw_marks(drawn: go.Figure, entries: tuple[Entry, ...], words: Words, *, column: int, top: float) -> list[Part]:
    """One mark a study, as far as there is room; what stands in place of the others is returned."""
    room = ACROSS * LINES
    shown = entries if len(entries) <= room else entries[: room - 1]
    for place, entry in enumerate(shown):
        line, at = divmod(place, ACROSS)
        beside = min(ACROSS, len(entries) - line * ACROSS)
        name = f"{label(entry.name, longest=60)}<br>{label(term(entry.design, words.in_files))}"
        drawn.add_scatter(
            x=[column + ASIDE * (at - (beside - 1) / 2)], y=[top + FIRST + STEP * line], mode="markers",
            marker=_look(entry), text=[name], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    if len(shown) == len(entries):
        return []
    return [_written(column + ASIDE, top + FIRST + STEP * (LINES - 1), "…")]  # the count above says how many


def _look(entry: Entry) -> dict[str, object]:
    symbol, _ = SHAPES[entry.design]
    if entry.origin == Origin.OWN:
        return {"symbol": f"{symbol}-open-dot", "size": 11, "color": OWN, "line": {"color": OWN, "width": 2}}
    filling = BETTER if entry.origin == Origin.PUBLISHED else PAPER
    return {"symbol": symbol, "size": 11, "color": filling, "line": {"color": BETTER, "width": 2}}


def _caption(found: GapMap, words: Words, *, simulated: bool) -> str:
    designs = {entry.design for entry in found.entries}
    shapes = " · ".join(f"{sign} {term(design, words)}" for design, (_, sign) in SHAPES.items() if design in designs)
    ours_alone = not any(isinstance(row, Way) for row in found.rows)
    said = [
        words("One mark is one campaign of your own; publications seldom say what the message was or who spoke.")
        if ours_alone
        else words(
            "One mark is one study; a study that measured several things stands in several columns. Filled: published. "
            "Hollow: published, on another subject than migration. Hollow with a dot: own campaigns."
        ),
        words("Shapes: {shapes}.", shapes=shapes) if shapes else "",
        words("Feeling informed counts with beliefs; what people say they do counts with intention."),
        words.plural(
            "{n} study counted only views, clicks or sales: it measured nobody's awareness and is not in the map.",
            "{n} studies counted only views, clicks or sales: they measured nobody's awareness and are not in the map.",
            found.delivery_only,
        )
        if found.delivery_only
        else "",
        words.plural(
            "{n} study measured something that has no column here.",
            "{n} studies measured something that has no column here.",
            found.unplaced,
        )
        if found.unplaced
        else "",
        words("The own campaigns are example data: simulated.") if simulated else "",
    ]
    return " ".join(sentence for sentence in said if sentence)


def _alt(found: GapMap, words: Words) -> str:
    most = max(
        ((way, measured) for way in found.rows for measured in Measured), key=lambda cell: len(found.cell(*cell))
    )
    if not found.entries:
        return gaps_sentence(found, words)
    fullest = words(
        "Most studies ({n}) are of: {way}, {outcome}.",
        n=words.number(len(found.cell(*most))),
        way=row_name(most[0], words),
        outcome=words(MEASURED[most[1]]),
    )
    return f"{gaps_sentence(found, words)} {fullest}"


def _table(found: GapMap, words: Words) -> pd.DataFrame:
    """One row a way and origin, so that every cell of the table is one count."""
    usual = Origin.PUBLISHED if any(isinstance(row, Way) for row in found.rows) else Origin.OWN
    return pd.DataFrame(
        [
            {
                words("Way") if isinstance(way, Way) else words("Message or messenger"): row_name(way, words),
                words("Whose"): words(ORIGINS[origin]),
                **{
                    words(MEASURED[measured]): sum(entry.origin == origin for entry in found.cell(way, measured))
                    for measured in Measured
                },
            }
            for way in found.rows
            for origin in Origin
            if origin == usual
            or any((e.row, e.origin) == (way, origin) for e in found.entries)
            or any((e.row, e.origin) == (way, origin) for e in found.entries)
        ]
    )
