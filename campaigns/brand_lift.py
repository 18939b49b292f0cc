"""Counts of a platform's own study to answers: of each question and group, how many answered and how many count.

The platform drew who could not see the campaign and asked both groups; it gives numbers of people and nobody's answers.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from campaigns.exports.breakdowns import country
from campaigns.exports.formats import BRAND_LIFT_TEMPLATE
from campaigns.exports.headers import meaning, normalised
from campaigns.exports.reading import TextTable
from campaigns.exports.values.dates import decide_order, period
from campaigns.filled_tables import FilledTable, filled_table
from campaigns.privacy import folded
from campaigns.problems import Problem, Severity
from campaigns.records import Arm, Outcome, Wave
from campaigns.rows import ANSWER_SCHEMA
from campaigns.vocabulary import PLATFORM_STUDY

NEEDED = ("question", "arm", "answers", "counting")
STORED = frozenset({*NEEDED, "country"})


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


def read_counts(table: TextTable, *, outcomes: Sequence[Outcome] | None, survey: str) -> Counts:
    """The answers that a table of counts stands for, one a person; none without the `outcomes` of a campaign.

    Rows that nothing is known to be wrong with stay, but a question of which one group lacks compares nothing.
    """
    reading = filled_table(table, BRAND_LIFT_TEMPLATE, needed=NEEDED)
    groups = _both_asked(reading, _groups(reading)) if set(NEEDED) <= set(reading.cells) else []
    reading.warn_of_notes()
    window = _window(reading)
    asked = [] if outcomes is None else _matched(reading, groups, outcomes)
    return Counts(
        answers=_answers(asked, f"{PLATFORM_STUDY}{survey}"),
        problems=tuple(reading.problems),
        window=window,
        fields=reading.fields,
    )


def _groups(reading: FilledTable) -> list[tuple[int, _Group]]:
    totals, counting = reading.numbers("answers"), reading.numbers("counting")
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


def _both_asked(reading: FilledTable, groups: Sequence[tuple[int, _Group]]) -> list[tuple[int, _Group]]:
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
    reading: FilledTable, groups: Sequence[tuple[int, _Group]], outcomes: Sequence[Outcome]
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


def _window(reading: FilledTable) -> tuple[dt.date, dt.date] | None:
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
