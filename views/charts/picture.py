"""What every picture consists of, the look they share, and how Plotly speaks the reader's language."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape as html_escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel import Locale
from babel.dates import get_day_names, get_month_names

from views.palette import CATEGORIES, GRID, INK, PAPER, SOFT_INK
from views.wording.escaping import plain
from views.wording.language import Words

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK SC', sans-serif"

_ARABIC = re.compile("[\u0620-\u06ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure and what must stand beside it.

    `title` and `caption` are Markdown, `alt` is plain text that says what was found, `table` holds the same figures
    with translated headers. Show the figure with `theme=None`, or Streamlit puts its own colours over ours.
    """

    figure: go.Figure
    title: str
    alt: str
    table: pd.DataFrame
    caption: str


TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": CATEGORIES,
        "margin": {"l": 12, "r": 16, "t": 16, "b": 44},
        "showlegend": False,
        "hoverlabel": {"bgcolor": PAPER, "font": {"family": FONT, "color": INK}},
        "xaxis": {
            "gridcolor": GRID,
            "zeroline": False,
            "linecolor": SOFT_INK,
            "ticks": "outside",
            "tickcolor": SOFT_INK,
            "automargin": True,
            "fixedrange": True,
            "title": {"font": {"size": 14}, "standoff": 6},
        },
        "yaxis": {"gridcolor": GRID, "zeroline": False, "automargin": True, "fixedrange": True},
    }
)


def figure(words: Words, *, height: int) -> go.Figure:
    """An empty figure with our look and the language's separators, as high as `height` pixels."""
    return go.Figure(layout={"template": TEMPLATE, "height": height, "separators": separators(words)})


def as_read(drawn: go.Figure, words: Words) -> go.Figure:
    """The figure with each line of its text running as the language does, whatever letter or digit it begins with."""
    if not words.right_to_left:
        return drawn
    made = go.Figure(drawn)
    made.for_each_annotation(lambda note: note.update(text=_from_the_right(note.text)))
    for each_axis in (made.for_each_xaxis, made.for_each_yaxis):
        each_axis(
            lambda axis: axis.update(
                ticktext=_from_the_right(axis.ticktext), title_text=_from_the_right(axis.title.text)
            )
        )
    made.for_each_trace(lambda trace: trace.update(text=_from_the_right(trace.text)) if "text" in trace else None)
    return made


def _from_the_right(said: Any) -> Any:
    if isinstance(said, str):
        lines = said.split("<br>")
        return "<br>".join(f"\u2067{line}\u2069" if _ARABIC.search(line) else line for line in lines)
    return said if said is None else [_from_the_right(part) for part in said]


def separators(words: Words) -> str:
    """The language's decimal and grouping marks, as Plotly takes them."""
    symbols = words.locale.number_symbols["latn"]
    return str(symbols["decimal"]) + str(symbols["group"])


def label(text: object, *, longest: int = 200) -> str:
    """Text from people as a label of a figure, where Plotly would read some tags."""
    return html_escape(plain(text, longest=longest), quote=False)


def wrapped(text: str, *, width: int, lines: int = 2) -> str:
    """`text` as a label of at most `lines` lines of about `width` letters, cut with an ellipsis."""
    rows: list[str] = [""]
    for word in plain(text, longest=10 * width).split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    shown = [plain(row, longest=width) for row in rows[:lines]]
    if len(rows) > lines:
        shown[-1] = shown[-1].rstrip("… ")[: width - 1] + "…"
    return "<br>".join(html_escape(row, quote=False) for row in shown)


def plot_config(words: Words, *, file_name: str, image: str = "png") -> dict[str, Any]:
    """Plotly's settings: one button that saves the picture (`image` png or svg), and the reader's months and days."""
    if image not in ("png", "svg"):
        raise ValueError(f"image is {image!r}, must be png or svg")
    return {
        "displaylogo": False,
        "responsive": True,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": image, "scale": 3 if image == "png" else 1, "filename": file_name},
        "locale": words.language,
        "locales": {words.language: _plotly_locale(words)},
    }


@cache
def _plotly_locale(words: Words) -> dict[str, Any]:
    locale: Locale = words.locale
    symbols = locale.number_symbols["latn"]
    days = [6, 0, 1, 2, 3, 4, 5]  # Plotly's week starts on Sunday
    return {
        "moduleType": "locale",
        "name": words.language,
        "dictionary": {
            "Download plot as a PNG": words("Save the picture (PNG)"),
            "Download plot": words("Save the picture"),
        },
        "format": {
            "days": [get_day_names("wide", locale=locale)[day] for day in days],
            "shortDays": [get_day_names("abbreviated", locale=locale)[day] for day in days],
            "months": [get_month_names("wide", "stand-alone", locale)[month] for month in range(1, 13)],
            "shortMonths": [get_month_names("abbreviated", "format", locale)[month] for month in range(1, 13)],
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "date": "%Y-%m-%d" if words.language == "zh" else "%d/%m/%Y",
            "periods": ["AM", "PM"],
        },
    }
