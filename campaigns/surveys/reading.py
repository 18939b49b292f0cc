"""Respondent-level surveys as form software and statisticians export them: what was asked, and what was answered.

A bad row never stops a file, and nothing that could name a person leaves this module.
"""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, BinaryIO

import pyarrow as pa

from campaigns.brand_lift import STORED, Counts, read_counts
from campaigns.counting import Counted
from campaigns.exports.formats import is_brand_lift, is_outcome_series
from campaigns.exports.reading import Document, read_tables
from campaigns.privacy import Personal, discreet_problems, personal, personal_columns
from campaigns.problems import Problem, Severity
from campaigns.questionnaire import Codebook, Question, standard_field
from campaigns.receipts import ColumnReading, Kind, Receipt, WindowSource
from campaigns.rows import ANSWER_SCHEMA
from campaigns.survey_marks import is_repeated, platform_of
from campaigns.surveys.answers import Answers, listed
from campaigns.surveys.forms import Sheet, leave_out_versions, sheet_of
from campaigns.surveys.outcome_series import STORED as STORED_BY_PERIOD
from campaigns.surveys.outcome_series import PeriodCounts, read_outcome_series
from campaigns.surveys.statistics import Variable, kind_of, read_variables
from campaigns.vocabulary import Platform

CHOICES = 20  # a column with more different answers is not shown as one to choose from
_CHOICE_LENGTH = 120
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
    facts: dict[str, Any] = {"file_name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    if (kind := kind_of(data)) is not None:
        variables, problems = read_variables(data, kind)
        if not variables:
            return _nothing(problems, facts)
        return _survey(_of_statisticians(variables, problems), name, codebook, key, countries, facts)
    document = read_tables(data, name)
    facts |= {"encoding": document.encoding, "delimiter": document.delimiter}
    if not document.tables:
        return _nothing(document.problems, facts)
    if all(is_repeated(table.header) for table in document.tables):
        return _nothing((*document.problems, Problem("repeats_alone", Severity.ERROR)), facts)
    if is_brand_lift(document.tables[0]):
        return _platform_study(document, name, codebook, facts)
    if is_outcome_series(document.tables[0]):
        counts = read_outcome_series(document.tables[0], codebook=codebook, survey=survey_name(name))
        return _counts(document, counts, facts, platform=Platform.OUTCOME_SERIES, stored=STORED_BY_PERIOD)
    sheet = sheet_of(document)
    sheet.problems[:0] = document.problems
    return _survey(sheet, name, codebook, key, countries, facts)


def _of_statisticians(variables: Sequence[Variable], problems: Sequence[Problem]) -> Sheet:
    """Columns as they stand, each row under the number that the software of statisticians gives it."""
    rows = len(variables[0].cells)
    return Sheet(
        columns={variable.name: variable.cells for variable in variables},
        lines=list(range(1, rows + 1)),
        header_line=None,
        read=rows,
        labels={variable.name: variable.label for variable in variables if variable.label},
        codes={variable.name: variable.codes for variable in variables if variable.codes},
        problems=list(problems),
    )


def _survey(
    sheet: Sheet,
    name: str,
    codebook: Codebook | None,
    key: bytes | None,
    countries: Sequence[str],
    facts: Mapping[str, Any],
) -> Survey:
    platform, window = platform_of(tuple(sheet.columns)), _window(sheet.columns)
    if not sheet.lines and not any(problem.code == "empty_export" for problem in sheet.problems):
        sheet.problems.append(Problem("empty_export", Severity.WARNING))
    elif sheet.lines and window is None:
        sheet.problems.append(Problem("no_window_in_file", Severity.WARNING))
    leave_out_versions(sheet)
    columns, problems = sheet.columns, sheet.problems
    reasons = _personal(sheet, (*countries, *(codebook.countries if codebook else ())))
    for header in codebook.kept if codebook else ():
        if reasons.get(header) == Personal.FREE_TEXT and codebook and codebook.kept[header].strip():
            reasons[header] = None
    # Of an outcome only whether the answer counts is stored, so that its words may be anything.
    dropped = tuple(
        header
        for header, reason in reasons.items()
        if reason is not None and (codebook is None or not codebook.is_outcome(header))
    )
    problems += [_said_of(header, reasons[header], sheet.header_line) for header in dropped]
    answers, identified, counted = ANSWER_SCHEMA.empty_table(), True, {}
    if codebook is not None:
        withheld = {header for header, reason in reasons.items() if reason is not None}
        reading = Answers(columns, sheet.lines, withheld=withheld, key=key, codes=sheet.codes)
        answers, identified = reading.read(codebook, survey=survey_name(name)), reading.identified(codebook)
        problems += reading.problems
        counted = reading.counted
    return Survey(
        answers=answers,
        questions=tuple(_question(header, sheet, reasons[header]) for header in columns),
        problems=discreet_problems(listed(problems)),
        receipt=Receipt(
            **facts,
            kind=Kind.SURVEY if sheet.lines else Kind.NOTHING,
            platform=platform,
            report="survey_answers",
            level="survey_response",
            window=window,
            window_source=WindowSource.COLUMN if window else WindowSource.NONE,
            grain="window",
            identified=identified,
            rows_read=sheet.read,
            other_rows_set_aside=sheet.tags,
            columns=tuple(_reading(header, codebook, reasons[header], counted) for header in columns),
            dropped=dropped,
        ),
    )


def _personal(sheet: Sheet, countries: Sequence[str]) -> dict[str, Personal | None]:
    """Why each column must not be stored, by its name or by its label."""
    reasons = personal_columns(sheet.columns, countries=countries)
    for header, label in sheet.labels.items():
        if reasons[header] is None:
            reasons[header] = personal(label, sheet.columns[header], countries=countries)
    return reasons


def _platform_study(document: Document, name: str, codebook: Codebook | None, facts: Mapping[str, Any]) -> Survey:
    """The counts of a platform's own study as answers."""
    outcomes = None if codebook is None else codebook.outcomes
    counts = read_counts(document.tables[0], outcomes=outcomes, survey=survey_name(name))
    return _counts(document, counts, facts, platform=Platform.BRAND_LIFT, stored=STORED)


def _counts(
    document: Document,
    counts: Counts | PeriodCounts,
    facts: Mapping[str, Any],
    *,
    platform: Platform,
    stored: Set[str],
) -> Survey:
    """A table of counts in our own columns, of which nothing is left to say."""
    table = document.tables[0]
    return Survey(
        answers=counts.answers,
        questions=(),
        problems=discreet_problems(listed((*document.problems, *counts.problems))),
        receipt=Receipt(
            **facts,
            kind=Kind.SURVEY if table.num_rows else Kind.NOTHING,
            platform=platform,
            report=str(platform),
            level="survey_response",
            window=counts.window,
            window_source=WindowSource.COLUMN if counts.window else WindowSource.NONE,
            grain="window",
            identified=False,
            rows_read=table.num_rows,
            columns=tuple(
                ColumnReading(header=header, field=field, stored=field in stored)
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


def _bytes(file: str | Path | bytes | BinaryIO, name: str | None) -> tuple[bytes, str]:
    if isinstance(file, bytes):
        return file, name or "survey"
    if isinstance(file, str | Path):
        return Path(file).read_bytes(), name or Path(file).name
    file.seek(0)
    return file.read(), name or PurePath(str(getattr(file, "name", "survey"))).name


def _nothing(problems: Sequence[Problem], facts: Mapping[str, Any]) -> Survey:
    return Survey(
        answers=ANSWER_SCHEMA.empty_table(),
        questions=(),
        problems=discreet_problems(problems),
        receipt=Receipt(**facts, kind=Kind.NOTHING, platform=Platform.UNKNOWN, report="survey_answers"),
    )


def _said_of(header: str, reason: Personal | None, line: int | None) -> Problem:
    """What is said of a column that is not stored. Belief, descent and health should not have been asked at all."""
    if reason == Personal.SENSITIVE:
        return Problem("sensitive_column", Severity.ERROR, row=line, column=header)
    return Problem("personal_data_columns", Severity.WARNING, row=line, column=header)


def _question(header: str, sheet: Sheet, reason: Personal | None) -> Question:
    counts = Counter(cell.strip() for cell in sheet.columns[header])
    blank = counts.pop("", 0) + counts.pop("n/a", 0)
    repeated = 2 * len(counts) <= counts.total() and standard_field(header) != "respondent"
    to_choose = (
        reason is None and repeated and len(counts) <= CHOICES and max(map(len, counts), default=0) < _CHOICE_LENGTH
    )
    return Question(
        header=header,
        label=sheet.labels.get(header, ""),
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


def _reading(
    header: str, codebook: Codebook | None, reason: Personal | None, counted: Mapping[str, Counted]
) -> ColumnReading:
    field = None if codebook is None else codebook.field_of(header)
    found = counted.get(header)
    told = found is not None and reason is None and len(found.counts) + len(found.others) <= CHOICES
    return ColumnReading(
        header=header,
        field=field,
        stored=field is not None and field != "consent",
        reading=reason or "",
        counts=found.counts if found and told else (),
        others=found.others if found and told else (),
    )
