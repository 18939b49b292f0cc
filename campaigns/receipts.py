"""What reading a file gave: its rows, its problems, and a receipt that says in plain terms how it was read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa

from campaigns.problems import Problem, Severity


class Kind(StrEnum):
    """What the rows of a file are."""

    ENGAGEMENT = "engagement"
    SURVEY = "survey"
    NOTHING = "nothing"  # nothing in it can be stored


class WindowSource(StrEnum):
    """Where the first and last day came from."""

    COLUMN = "column"
    PREAMBLE = "preamble"
    FILE_NAME = "file_name"
    ANSWER = "answer"  # a person said so
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReading:
    """How one column of the file was understood."""

    header: str  # as the sender wrote it
    field: str | None  # a column of the stored rows, a ratio of the metric dictionary, or None: not understood
    stored: bool
    reading: str = ""  # code of the one decision for the column: decimal_point, decimal_comma, day_first …
    example: str = ""
    counts: tuple[str, ...] = ()  # of an outcome: the answers of the file that count, or the range of numbers
    others: tuple[str, ...] = ()  # its other answers, which do not count; those in neither are no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How a file was read, each line of it correctable before anything is stored."""

    file_name: str
    sha256: str
    size: int  # bytes
    kind: Kind
    platform: str
    report: str  # code: ads_by_campaign, daily_series, post_level, survey_answers …
    level: str | None = None
    language: str | None = None  # of the headers, BCP 47
    encoding: str | None = None
    delimiter: str | None = None
    layout: str = ""  # the same for every file with the same columns
    sheets: tuple[str, ...] = ()  # of a workbook
    window: tuple[dt.date, dt.date] | None = None
    window_source: WindowSource = WindowSource.NONE
    grain: str | None = None  # day, week, month, window, lifetime
    currency: str | None = None
    breakdowns: tuple[str, ...] = ()
    identified: bool = True  # False: names are all that tells rows apart, so a re-export replaces the whole window
    rows_read: int = 0
    totals_set_aside: int = 0
    other_rows_set_aside: int = 0  # description rows, tag rows, footers
    censored: int = 0  # cells such as "<1" or "< 10%", stored as missing
    columns: tuple[ColumnReading, ...] = ()
    totals: Mapping[str, int | None] = field(default_factory=dict)  # stored metric → sum, None where not additive
    dropped: tuple[str, ...] = ()  # headers of columns that hold personal data: never the values


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An export as read.

    `rows` has the columns of `campaigns.rows.ENGAGEMENT_SCHEMA`, in its order; in a large file texts are dictionaries.
    """

    rows: pa.Table
    problems: tuple[Problem, ...]
    receipt: Receipt

    @property
    def undecided(self) -> tuple[Problem, ...]:
        """What keeps the file from being stored until a person decides."""
        return tuple(p for p in self.problems if p.severity in (Severity.ERROR, Severity.QUESTION))

    @property
    def refused(self) -> bool:
        """Whether the file holds nothing that could be stored."""
        return self.receipt.kind == Kind.NOTHING or self.rows.num_rows == 0
