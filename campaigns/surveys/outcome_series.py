"""Figures by week or month to answers: of each period, how many were asked and how many count, or how often it was.

A share stands for the answers of people, one row each; calls and the like for one row a period with their number.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from campaigns.exports.formats import OUTCOME_SERIES_TEMPLATE
from campaigns.exports.headers import meaning, normalised
from campaigns.exports.reading import TextTable
from campaigns.exports.values.dates import Period as Days
from campaigns.exports.values.dates import decide_order, period
from campaigns.filled_tables import FilledTable, filled_table
from campaigns.privacy import folded
from campaigns.problems import Problem
from campaigns.questionnaire import ARMS, Codebook
from campaigns.records import Arm, Outcome, Unit, Wave
from campaigns.rows import ANSWER_SCHEMA
from campaigns.surveys.places import first_level
from campaigns.vocabulary import OUTCOME_SERIES

NEEDED = ("date", "question", "counting")
STORED = frozenset({*NEEDED, "arm", "answers", "region"})
_KINDS = {column.name: column.type for column in ANSWER_SCHEMA}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCounts:
    """What such a table holds. `fields` says what each header means, None where that is not known."""

    answers: pa.Table
    problems: tuple[Problem, ...]
    window: tuple[dt.date, dt.date] | None
    fields: dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One row that can be read; `people` is None where times were counted."""

    line: int
    day: dt.date
    question: str
    counted: int
    people: int | None
    arm: str
    place: str | None


def read_outcome_series(table: TextTable, *, codebook: Codebook | None, survey: str) -> PeriodCounts:
    """The answers that a table of figures by period stands for; none without the codebook of a campaign."""
    reading = filled_table(table, OUTCOME_SERIES_TEMPLATE, needed=NEEDED)
    lines = _lines(reading) if set(NEEDED) <= set(reading.cells) else []
    reading.warn_of_notes()
    asked = [] if codebook is None else _matched(reading, lines, codebook.outcomes)
    parts = [_rows(outcome, line, codebook, survey) for outcome, line in asked if codebook is not None]
    days = [line.day for line in lines]
    return PeriodCounts(
        answers=pa.concat_tables(parts).combine_chunks() if parts else ANSWER_SCHEMA.empty_table(),
        problems=tuple(reading.problems),
        window=(min(days), max(days)) if days else None,
        fields=reading.fields,
    )


def _lines(reading: FilledTable) -> list[_Line]:
    days = _days(reading)
    counted = reading.numbers("counting")
    written = reading.cells.get("answers", [""] * len(counted))
    people = reading.numbers("answers", optional=True) if "answers" in reading.cells else [None] * len(counted)
    arms = reading.coded("arm", _arm, "answer_unknown")
    places = reading.coded("region", first_level, "place_too_fine")
    found = []
    for row, (question, day) in enumerate(zip(reading.cells["question"], days, strict=True)):
        number, asked = counted[row], people[row]
        if not question:
            reading.fault("value_missing", row, "question")
        elif day is None or number is None or (written[row] and asked is None) or not (arms[row][0] and places[row][0]):
            continue  # said of the cell already
        elif asked is not None and number > asked:
            reading.fault("counting_exceeds_answers", row, "counting", str(number))
        else:
            line = reading.table.lines[row].as_py()
            found.append(
                _Line(line=line, day=day, question=question, counted=number, people=asked,
                      arm=arms[row][1] or Arm.CAMPAIGN, place=places[row][1])
            )  # fmt: skip
    return found


def _days(reading: FilledTable) -> list[dt.date | None]:
    cells = reading.cells["date"]
    order = decide_order(cells).order
    read: list[Days | None] = [period(cell, order) for cell in cells]
    for row, (cell, found) in enumerate(zip(cells, read, strict=True)):
        if found is None or found.yearless:
            reading.fault("date_not_readable" if cell else "value_missing", row, "date", cell)
    return [None if found is None or found.yearless else found.first for found in read]


def _arm(word: str) -> str | None:
    found = meaning(normalised(word), "template_arm")
    return found.field if found else ARMS.get(folded(word))


def _matched(reading: FilledTable, lines: Sequence[_Line], outcomes: Sequence[Outcome]) -> list[tuple[Outcome, _Line]]:
    """Each row with its outcome by id, column or the question's words; people are needed where people are counted."""
    known = {folded(word): outcome for outcome in outcomes for word in (outcome.question, outcome.column, outcome.id)}
    rows = {line: row for row, line in enumerate(reading.table.lines.to_pylist())}
    found = []
    for line in lines:
        outcome, row = known.get(folded(line.question)), rows[line.line]
        if outcome is None:
            reading.fault("question_not_of_campaign", row, "question", line.question)
        elif outcome.unit == Unit.PEOPLE and not line.people:
            reading.fault("people_asked_missing", row, "counting", str(line.counted))
        else:
            found.append((outcome, line))
    return found


def _rows(outcome: Outcome, line: _Line, codebook: Codebook, survey: str) -> pa.Table:
    first = codebook.period.first_day(line.day)
    rows = 1 if outcome.unit == Unit.TIMES else line.people or 0
    fixed: dict[str, object] = {
        "survey": f"{OUTCOME_SERIES}{survey}",
        "arm": line.arm,
        "wave": Wave.AFTER if codebook.start is None or line.day >= codebook.start else Wave.BEFORE,
        "period": first,
        "place": line.place,
        "outcome": outcome.id,
        "row": line.line,
    }
    columns = {name: pa.array([fixed.get(name)] * rows, kind) for name, kind in _KINDS.items()}
    columns["respondent"] = pa.array([f"{line.line}-{person}" for person in range(1, rows + 1)], pa.string())
    ones = [line.counted] if outcome.unit == Unit.TIMES else [1] * line.counted + [0] * (rows - line.counted)
    columns["value"] = pa.array(ones, pa.int64())
    return pa.table(columns)
