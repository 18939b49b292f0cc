"""What a report consists of, before it is set as PDF or written for Word. All text is plain and in one language."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from views.wording.language import Words


class Tone(StrEnum):
    """How loudly a paragraph speaks."""

    PLAIN = "plain"
    ANSWER = "answer"  # what the reader must take away
    SMALL = "small"  # how to read it, where it is from


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title of a section (level 2) or of a part of one (level 3); the report's own title is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One or more sentences."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """Sentences of equal weight."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A cell with a small drawing (SVG without text) above its text; `alt` says what the drawing shows."""

    svg: str
    alt: str
    text: str


Cell = str | Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under one row of headers; `widths` are shares of the page's width, one a column."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows) or len(self.widths) != len(self.header):
            raise ValueError(f"the rows of {self.caption!r} do not have its {len(self.header)} columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture (PNG) with its caption; `alt` says what was found."""

    png: bytes
    alt: str
    caption: str


Block = Heading | Paragraph | Bullets | Table | Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report. `kicker` stands above the title, `foot` on every page."""

    title: str
    kicker: str
    foot: str
    day: dt.date
    words: Words
    blocks: tuple[Block, ...]
