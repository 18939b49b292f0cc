"""A table on its way to stored rows: its cells by field, what has been read, and what was wrong with it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.exports.formats import MAPPED, METRIC_FIELDS, Recognised, written, written_as
from campaigns.exports.headers import NOT_STORED, looks_like, misleading, normalised
from campaigns.exports.reading.arrays import Codes, Mask, Whole
from campaigns.exports.settings import Settings
from campaigns.exports.values.columns import Cells, cells_of
from campaigns.problems import Problem, Severity

LISTED = 50  # problems of one kind in one column that are listed one by one


@dataclass(slots=True)
class Draft:
    """The state of reading one table. Rows are counted from 0; `lines` are their lines in the file."""

    found: Recognised
    settings: Settings
    lines: Whole
    columns: list[Cells]
    cells: dict[str, Cells]  # the first column of each field
    wrong: Mask
    figures: dict[str, tuple[Whole, Mask]] = field(default_factory=dict)
    arrays: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Codes] = field(default_factory=dict)  # what tells rows apart, as numbers
    readings: dict[str, str] = field(default_factory=dict)  # header → how it was read
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    currencies: set[str] = field(default_factory=set)
    personal: set[str] = field(default_factory=set)  # headers nobody knows, whose cells say something of persons
    signs: tuple[Cells, Mapping[int, str]] | None = None  # amounts that name their own currency
    identified: bool = True
    level: str = ""
    grain: str | None = None
    named_days: bool = False  # the rows name days of their own

    @property
    def size(self) -> int:
        return len(self.lines)

    @property
    def platform(self) -> str:
        return self.found.format.platform

    @property
    def typed(self) -> bool:
        return self.found.format.typed

    def say(self, code: str, severity: Severity, **where: Any) -> None:
        self.problems.append(Problem(code, severity, **where))

    def fault(self, code: str, rows: NDArray[np.int64], header: str | None, cells: Cells | None = None) -> None:
        """Rows that cannot be stored, each named with what stands in its cell."""
        self.wrong[rows] = True
        self.mark(code, Severity.ERROR, rows, header, cells)

    def mark(
        self, code: str, severity: Severity, rows: NDArray[np.int64], header: str | None, cells: Cells | None = None
    ) -> None:
        """One problem a row, and beyond the first fifty only their number."""
        for row in rows[:LISTED]:
            value = cells.text(row)[:80] if cells else None
            self.problems.append(Problem(code, severity, int(self.lines[row]), header, value))
        if len(rows) > LISTED:
            self.problems.append(Problem(f"{code}_more", severity, column=header, value=str(len(rows) - LISTED)))

    def keep(self, rows: Mask) -> None:
        """Go on with these rows alone."""
        if rows.all():
            return
        self.lines = self.lines[rows]
        self.wrong = self.wrong[rows]
        self.columns = [cells.kept(rows) for cells in self.columns]
        self.cells = {name: cells.kept(rows) for name, cells in self.cells.items()}
        self.figures = {name: (values[rows], blank[rows]) for name, (values, blank) in self.figures.items()}
        if self.signs is not None:
            amounts, signs = self.signs
            self.signs = amounts.kept(rows), signs


def draft_of(found: Recognised, settings: Settings) -> Draft:
    """A draft of a recognised table, with a warning for headers that occur twice."""
    table = found.table
    columns = [
        cells_of(header, column, figures=meaning is not None and written_as(meaning.field) == written(header))
        for header, column, meaning in zip(table.header, table.columns, found.meanings, strict=True)
    ]
    cells: dict[str, Cells] = {}
    again: list[str] = []
    for column, meaning in zip(columns, found.meanings, strict=True):
        if meaning is not None and cells.setdefault(meaning.field, column) is not column:
            again += [column.header] if meaning.field not in NOT_STORED else []
    lines = np.frombuffer(table.lines.buffers()[1], dtype=np.int64)[table.lines.offset :][: table.num_rows]
    draft = Draft(found, settings, lines, columns, cells, np.zeros(table.num_rows, dtype=np.bool_))
    draft.level = found.format.level
    if found.rivals:
        draft.say("platform_unknown", Severity.WARNING, value=", ".join((found.format.platform, *found.rivals)))
    for header in table.header:
        if misleading(header):
            reads = looks_like(header)
            draft.say("header_misleading", Severity.ERROR, row=table.header_line, column=header, value=reads)
    if found.format.report == MAPPED:
        for header in again:
            draft.say("mapped_twice", Severity.ERROR, row=table.header_line, column=header)
    _twice(draft, [normalised(header) for header in table.header])
    return draft


def _twice(draft: Draft, headers: Sequence[str]) -> None:
    """Say which headers occur twice; two of one figure that differ leave no way to choose."""
    first: dict[str, int] = {}
    for at, header in enumerate(headers):
        if not header:
            continue
        if header not in first:
            first[header] = at
            continue
        column, original = draft.columns[at], draft.columns[first[header]]
        meaning = draft.found.meanings[at]
        line = draft.found.table.header_line
        draft.say("duplicate_headers", Severity.WARNING, row=line, column=column.header)
        if meaning is not None and meaning.field in METRIC_FIELDS and not _same(column, original):
            draft.say("headers_conflict", Severity.ERROR, row=line, column=column.header)


def _same(a: Cells, b: Cells) -> bool:
    rows = len(a.codes if a.figures is None else a.figures)
    return all(a.text(row).strip() == b.text(row).strip() for row in range(rows))
