"""Counts of a platform's own study to answers: of each question and group, how many answered and how many count.

The platform drew who could not see the campaign and asked both groups; it gives numbers of people and nobody's answers.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from campaigns.exports.breakdowns import country
from campaigns.exports.formats import BRAND_LIFT_TEMPLATE
from campaigns.exports.headers import meaning, normalised
from campaigns.exports.reading import TextTable
from campaigns.exports.values.dates import decide_order, period
from campaigns.exports.values.numbers import Sign, decide, fractional, number
from campaigns.privacy import folded, personal_text
from campaigns.problems import Problem, Severity
from campaigns.records import Arm, Outcome, Wave
from campaigns.rows import ANSWER_SCHEMA
from campaigns.vocabulary import PLATFORM_STUDY

NEEDED = ("question", "arm", "answers", "counting")
STORED = frozenset({*NEEDED, "country"})
MOST = 1_000_000  # people of one group: a study asks thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a table of counts holds. `fields` says what each header means, None where that is not known."""

    answers: pa.Table
    problems: tuple[Problem, ...]
    window: tuple[dt.date, dt.date] | None
    fields: dict[str, str | None]


@dataclass(slots=True, kw_only=True)
class _Group:
    """One row that can be read."""

    line: int
    question: str
    arm: Arm
    answers: int
    counting: int
    country: str | None


@dataclass(slots=True, kw_only=True)
class _Reading:
    table: TextTable
    cells: dict[str, list[str]] = field(default_factory=dict)  # by field
    headers: dict[str, str] = field(default_factory=dict)  # by field
    problems: list[Problem] = field(default_factory=list)

    def fault(self, code: str, row: int, name: str, value: str | None = None) -> None:
        line = self.table.lines[row].as_py()
        self.problems.append(Problem(code, Severity.ERROR, row=line, column=self.headers[name], value=value or None))


def read_counts(table: TextTable, *, outcomes: Sequence[Outcome] | None, survey: str) -> Counts:
    """The answers that a table of counts stands for, one a person; none without the `outcomes` of a campaign.

    Rows that nothing is known to be wrong with stay, but a question of which one group lacks compares nothing.
    """
    meanings = {header: meaning(normalised(header), BRAND_LIFT_TEMPLATE) for header in table.header}
    fields = {header: None if found is None else found.field for header, found in meanings.items()}
    reading = _Reading(table=table)
    for header, column in zip(table.header, table.columns, strict=True):
        if (name := fields[header]) is not None and name not in reading.cells:
            reading.cells[name] = [str(cell).strip() for cell in column.to_pylist()]
            reading.headers[name] = header
    lacking = [name for name in NEEDED if name not in reading.cells]
    reading.problems += [
        Problem("column_missing", Severity.ERROR, row=table.header_line, column=name) for name in lacking
    ]
    if not table.num_rows:
        reading.problems.append(Problem("empty_export", Severity.WARNING))
    groups = [] if lacking else _both_asked(reading, _groups(reading))
    _warn_of_notes(reading)
    window = _window(reading)
    asked = [] if outcomes is None else _matched(reading, groups, outcomes)
    return Counts(
        answers=_answers(asked, f"{PLATFORM_STUDY}{survey}"),
        problems=tuple(reading.problems),
        window=window,
        fields=fields,
    )


def _groups(reading: _Reading) -> list[tuple[int, _Group]]:
    totals, counting = _numbers(reading, "answers"), _numbers(reading, "counting")
    lines = reading.table.lines.to_pylist()
    countries = reading.cells.get("country", [""] * len(lines))
    groups = []
    for row, (question, word) in enumerate(zip(reading.cells["question"], reading.cells["arm"], strict=True)):
        arm = meaning(normalised(word), "template_arm")
        if not question:
            reading.fault("value_missing", row, "question")
        elif arm is None:
            reading.fault("answer_unknown" if word else "value_missing", row, "arm", word)
        elif (people := totals[row]) is None or (counted := counting[row]) is None:
            continue  # said of the cell already
        elif people == 0:
            reading.fault("nobody_answered", row, "answers")
        elif counted > people:
            reading.fault("counting_exceeds_answers", row, "counting", str(counted))
        else:
            code = country(countries[row]) if countries[row] else None
            if countries[row] and code is None:
                reading.fault("country_not_known", row, "country", countries[row])
                continue
            found = _Group(
                line=lines[row],
                question=question,
                arm=Arm(arm.field),
                answers=people,
                counting=counted,
                country=code,
            )
            groups.append((row, found))
    return groups


def _numbers(reading: _Reading, name: str) -> list[int | None]:
    """Numbers of people; where none can be read it is said why."""
    cells = reading.cells[name]
    sign = decide(cells, integers=True).sign or Sign.POINT
    found: list[int | None] = []
    for row, cell in enumerate(cells):
        value = number(cell, sign)
        code = (
            "value_missing" if not cell
            else "number_not_readable" if value is None
            else "number_negative" if value < 0
            else "number_not_whole" if fractional(value)
            else "number_too_large" if value > MOST
            else None
        )  # fmt: skip
        if code is not None:
            reading.fault(code, row, name, cell)
        found.append(int(value) if code is None and value is not None else None)
    return found


def _both_asked(reading: _Reading, groups: Sequence[tuple[int, _Group]]) -> list[tuple[int, _Group]]:
    """Questions with one row for each group (of each country): a second one is a contradiction, a lacking one too."""
    often = Counter((folded(group.question), group.country, group.arm) for _, group in groups)
    kept = []
    for row, group in groups:
        question = folded(group.question)
        if often[question, group.country, group.arm] > 1:
            reading.fault("rows_conflict", row, "arm")
        elif any(often[question, group.country, arm] != 1 for arm in Arm):
            reading.fault("group_lacking", row, "arm", group.question)
        else:
            kept.append((row, group))
    return kept


def _matched(
    reading: _Reading, groups: Sequence[tuple[int, _Group]], outcomes: Sequence[Outcome]
) -> list[tuple[str, _Group]]:
    """Each group with the outcome that its question asks about, by id, by column or by the question's words."""
    known = {folded(word): outcome.id for outcome in outcomes for word in (outcome.question, outcome.column)}
    known |= {folded(outcome.id): outcome.id for outcome in outcomes}
    asked: list[tuple[str, _Group]] = []
    for row, group in groups:
        outcome = known.get(folded(group.question))
        if outcome is None:
            reading.fault("question_not_of_campaign", row, "question", group.question)
        elif any(other == outcome and folded(had.question) != folded(group.question) for other, had in asked):
            reading.fault("rows_conflict", row, "question")  # asked in other words further up
        else:
            asked.append((outcome, group))
    return asked


def _warn_of_notes(reading: _Reading) -> None:
    for line, cell in zip(reading.table.lines.to_pylist(), reading.cells.get("text", ()), strict=False):
        if personal_text(cell):
            column = reading.headers["text"]
            reading.problems.append(Problem("personal_text_not_stored", Severity.WARNING, row=line, column=column))


def _window(reading: _Reading) -> tuple[dt.date, dt.date] | None:
    """From the first day to the last; none where a day is missing or can be read in two ways, which is said."""
    bounds = []
    for name in ("window_start", "window_end"):
        cells = reading.cells.get(name, [])
        order = decide_order(cells).order
        for row, cell in enumerate(cells):
            found = period(cell, order)
            if found is None or found.yearless:
                code = "date_not_readable" if cell else "value_missing"
                line = reading.table.lines[row].as_py()
                problem = Problem(code, Severity.WARNING, row=line, column=reading.headers[name], value=cell or None)
                reading.problems.append(problem)
                return None
            bounds.append(found)
        if not cells:
            return None
    first, last = min(found.first for found in bounds), max(found.last for found in bounds)
    return first, last


def _answers(asked: Sequence[tuple[str, _Group]], survey: str) -> pa.Table:
    """One row a person, the answers that count first."""
    parts = []
    for outcome, group in asked:
        people = group.answers
        fixed: dict[str, object] = {
            "survey": survey,
            "arm": group.arm,
            "wave": Wave.AFTER,
            "country": group.country,
            "outcome": outcome,
            "row": group.line,
        }
        columns = {name: pa.array([fixed.get(name)] * people, kind) for name, kind in _KINDS.items()}
        columns["respondent"] = pa.array([f"{group.line}-{person}" for person in range(1, people + 1)])
        columns["value"] = pa.array([1] * group.counting + [0] * (people - group.counting), pa.int64())
        parts.append(pa.table(columns))
    return pa.concat_tables(parts).combine_chunks() if parts else ANSWER_SCHEMA.empty_table()


_KINDS = {column.name: column.type for column in ANSWER_SCHEMA}
