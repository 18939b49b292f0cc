"""Respondent-level surveys as KoboToolbox exports them: what was asked, and with a codebook what was answered.

A bad row never stops a file, and nothing that could name a person leaves this module.
"""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

import pyarrow as pa

from campaigns.answers import Answers, listed
from campaigns.brand_lift import STORED, read_counts
from campaigns.exports.formats import is_brand_lift
from campaigns.exports.reading import Document, TextTable, read_tables
from campaigns.privacy import Personal, discreet_problems, personal_columns
from campaigns.problems import Problem, Severity
from campaigns.questionnaire import Codebook, Question, standard_field
from campaigns.receipts import ColumnReading, Kind, Receipt, WindowSource
from campaigns.rows import ANSWER_SCHEMA
from campaigns.vocabulary import Platform

CHOICES = 20  # a column with more different answers is not shown as one to choose from
_CHOICE_LENGTH = 120
_SOFTWARE = ({"_uuid"}, {"_submission_time"}, {"__version__"}, {"_id", "_index"})  # any of these sets
# What an export, a browser or a person adds to a name: a date, a time, a number in brackets, "copy".
_ADDED = re.compile(
    r"[ _-]*(\(\d{1,3}\)|\b(copy|copie|copia)|\d{4}[-_]?\d\d[-_]?\d\d([-_ T]*\d\d[-_:h]?\d\d([-_:]?\d\d)?)?)$",
    re.IGNORECASE,
)
_DAYS = (("start", "end", "today"), ("date",), ("_submission_time", "SubmissionDate"))  # the best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey as read. `answers` has the columns of `campaigns.rows.ANSWER_SCHEMA`, and no row without a codebook."""

    answers: pa.Table
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    receipt: Receipt

    @property
    def undecided(self) -> tuple[Problem, ...]:
        """What keeps the file from being stored until a person decides."""
        return tuple(p for p in self.problems if p.severity in (Severity.ERROR, Severity.QUESTION))

    @property
    def refused(self) -> bool:
        """Whether the file holds nothing that could be stored."""
        return self.receipt.kind == Kind.NOTHING or self.answers.num_rows == 0


def read_survey(
    file: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    codebook: Codebook | None = None,
    key: bytes | None = None,
    countries: Sequence[str] = (),
) -> Survey:
    """What a survey file holds.

    Without a codebook its questions are listed, so that `campaigns.questionnaire.codebook_for` can make one. With `key`
    a respondent is the same person in every file read with it; without, a number within this file. Telephone numbers in
    their national form are recognised for the codebook's countries and for `countries`.
    """
    data, name = _bytes(file, name)
    document = read_tables(data, name)
    if not document.tables:
        return _nothing(document, data, name)
    table = document.tables[0]
    if is_brand_lift(table):
        return _platform_study(document, data, name, codebook)
    problems = list(document.problems)
    if len(document.tables) > 1:
        # Repeat groups: several rows a person, in sheets of their own.
        problems.append(Problem("stacked_tables", Severity.WARNING, value=str(len(document.tables))))
    columns, lines, tags = _columns(table, problems)
    countries = (*countries, *(codebook.countries if codebook else ()))
    reasons = personal_columns(columns, countries=countries)
    # Of an outcome only whether the answer counts is stored, so that its words may be anything.
    dropped = tuple(
        header
        for header, reason in reasons.items()
        if reason is not None and (codebook is None or not codebook.is_outcome(header))
    )
    problems += [_said_of(header, reasons[header], table.header_line) for header in dropped]
    window = _window(columns)
    if not lines:
        problems.append(Problem("empty_export", Severity.WARNING))
    elif window is None:
        problems.append(Problem("no_window_in_file", Severity.WARNING))
    answers, identified = ANSWER_SCHEMA.empty_table(), True
    if codebook is not None:
        withheld = {header for header, reason in reasons.items() if reason is not None}
        reading = Answers(columns, lines, withheld=withheld, key=key)
        answers, identified = reading.read(codebook, survey=survey_name(name)), reading.identified(codebook)
        problems += reading.problems
    return Survey(
        answers=answers,
        questions=tuple(_question(header, cells, reasons[header]) for header, cells in columns.items()),
        problems=discreet_problems(listed(problems)),
        receipt=Receipt(
            file_name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            kind=Kind.SURVEY if lines else Kind.NOTHING,
            platform=platform_of(table.header),
            report="survey_answers",
            level="survey_response",
            encoding=document.encoding,
            delimiter=document.delimiter,
            window=window,
            window_source=WindowSource.COLUMN if window else WindowSource.NONE,
            grain="window",
            identified=identified,
            rows_read=len(lines),
            other_rows_set_aside=tags,
            columns=tuple(_reading(header, codebook, reasons[header]) for header in columns),
            dropped=dropped,
        ),
    )


def _platform_study(document: Document, data: bytes, name: str, codebook: Codebook | None) -> Survey:
    """The counts of a platform's own study as answers; of its columns nothing is left to say."""
    table = document.tables[0]
    outcomes = None if codebook is None else codebook.outcomes
    counts = read_counts(table, outcomes=outcomes, survey=survey_name(name))
    return Survey(
        answers=counts.answers,
        questions=(),
        problems=discreet_problems(listed((*document.problems, *counts.problems))),
        receipt=Receipt(
            file_name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            kind=Kind.SURVEY if table.num_rows else Kind.NOTHING,
            platform=Platform.BRAND_LIFT,
            report="brand_lift",
            level="survey_response",
            encoding=document.encoding,
            delimiter=document.delimiter,
            window=counts.window,
            window_source=WindowSource.COLUMN if counts.window else WindowSource.NONE,
            grain="window",
            identified=False,
            rows_read=table.num_rows,
            columns=tuple(
                ColumnReading(header=header, field=field, stored=field in STORED)
                for header, field in counts.fields.items()
            ),
        ),
    )


def survey_name(file_name: str) -> str:
    """The survey that a file is an export of: exported again it is the same, whatever time or number was added.

    >>> survey_name("Endline_-_all_versions_-_2026-04-02-09-15-00.csv"), survey_name("Endline (2).csv")
    ('Endline_-_all_versions', 'Endline')
    """
    stem = PurePath(file_name).stem
    while (shorter := _ADDED.sub("", stem)) not in ("", stem):
        stem = shorter
    return stem


def platform_of(headers: Sequence[str]) -> str:
    """Whose form software wrote the file, by the columns that it adds."""
    return Platform.KOBOTOOLBOX if any(marks <= set(headers) for marks in _SOFTWARE) else Platform.UNKNOWN


def _bytes(file: str | Path | bytes | BinaryIO, name: str | None) -> tuple[bytes, str]:
    if isinstance(file, bytes):
        return file, name or "survey"
    if isinstance(file, str | Path):
        return Path(file).read_bytes(), name or Path(file).name
    file.seek(0)
    return file.read(), name or PurePath(str(getattr(file, "name", "survey"))).name


def _nothing(document: Document, data: bytes, name: str) -> Survey:
    return Survey(
        answers=ANSWER_SCHEMA.empty_table(),
        questions=(),
        problems=discreet_problems(document.problems),
        receipt=Receipt(
            file_name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            kind=Kind.NOTHING,
            platform=Platform.UNKNOWN,
            report="survey_answers",
            encoding=document.encoding,
            delimiter=document.delimiter,
        ),
    )


def _columns(table: TextTable, problems: list[Problem]) -> tuple[dict[str, list[str]], list[int], int]:
    """The cells of each column without tag rows (HXL: every filled cell begins with #), and how many those were."""
    cells = [column.to_pylist() for column in table.columns]
    lines = table.lines.to_pylist()
    rows = [
        row
        for row in range(len(lines))
        if not (filled := [column[row] for column in cells if column[row].strip()])
        or not all(cell.startswith("#") for cell in filled)
    ]
    columns: dict[str, list[str]] = {}
    for header, column in zip(table.header, cells, strict=True):
        if header in columns:
            problems.append(Problem("duplicate_headers", Severity.WARNING, column=header))
        else:
            columns[header] = [column[row] for row in rows]
    return columns, [lines[row] for row in rows], len(lines) - len(rows)


def _said_of(header: str, reason: Personal | None, line: int) -> Problem:
    """What is said of a column that is not stored. Belief, descent and health should not have been asked at all."""
    if reason == Personal.SENSITIVE:
        return Problem("sensitive_column", Severity.ERROR, row=line, column=header)
    return Problem("personal_data_columns", Severity.WARNING, row=line, column=header)


def _question(header: str, cells: Sequence[str], reason: Personal | None) -> Question:
    counts = Counter(cell.strip() for cell in cells)
    blank = counts.pop("", 0) + counts.pop("n/a", 0)
    repeated = 2 * len(counts) <= counts.total() and standard_field(header) != "respondent"
    to_choose = (
        reason is None and repeated and len(counts) <= CHOICES and max(map(len, counts), default=0) < _CHOICE_LENGTH
    )
    return Question(
        header=header,
        answers=tuple(counts.most_common()) if to_choose else (),
        distinct=len(counts),
        blank=blank,
        personal=reason,
    )


def _window(columns: Mapping[str, Sequence[str]]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of interviews, by the clock of whoever asked; else when answers were sent."""
    for names in _DAYS:
        days = [day for name in names for cell in columns.get(name, ()) if (day := _day(cell)) is not None]
        if days:
            return min(days), max(days)
    return None


def _day(cell: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell.strip()[:10])
    except ValueError:
        return None


def _reading(header: str, codebook: Codebook | None, reason: Personal | None) -> ColumnReading:
    field = None if codebook is None else codebook.field_of(header)
    return ColumnReading(
        header=header, field=field, stored=field is not None and field != "consent", reading=reason or ""
    )
