"""A table that a person filled in by one of our templates: cells by field, and what is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from campaigns.exports.headers import meaning, normalised
from campaigns.exports.reading import TextTable
from campaigns.exports.values.numbers import Sign, decide, fractional, number
from campaigns.privacy import personal_text
from campaigns.problems import Problem, Severity

MOST = 1_000_000  # people of one row: a study asks thousands


@dataclass(slots=True, kw_only=True)
class FilledTable:
    """Its columns by field; `fields` says what each header means, None where that is not known."""

    table: TextTable
    fields: dict[str, str | None]
    cells: dict[str, list[str]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fault(
        self, code: str, row: int, name: str, value: str | None = None, severity: Severity = Severity.ERROR
    ) -> None:
        """Say what is wrong with a cell."""
        line = self.table.lines[row].as_py()
        self.problems.append(Problem(code, severity, row=line, column=self.headers[name], value=value or None))

    def numbers(self, name: str, *, optional: bool = False) -> list[int | None]:
        """Whole numbers of people or times; what cannot be read is said, and an empty cell unless it is optional."""
        cells = self.cells[name]
        sign = decide(cells, integers=True).sign or Sign.POINT
        found: list[int | None] = []
        for row, cell in enumerate(cells):
            value = number(cell, sign)
            code = (
                None if optional and not cell
                else "value_missing" if not cell
                else "number_not_readable" if value is None
                else "number_negative" if value < 0
                else "number_not_whole" if fractional(value)
                else "number_too_large" if value > MOST
                else None
            )  # fmt: skip
            if code is not None:
                self.fault(code, row, name, cell)
            found.append(int(value) if code is None and value is not None else None)
        return found

    def coded(self, name: str, read: Callable[[str], str | None], code: str) -> list[tuple[bool, str | None]]:
        """What the cells of a column that may be lacking or empty mean, and whether each could be read."""
        found = []
        for row, cell in enumerate(self.cells.get(name, [""] * self.table.num_rows)):
            value = read(cell) if cell else None
            if cell and value is None:
                self.fault(code, row, name, cell)
            found.append((not cell or value is not None, value))
        return found

    def warn_of_notes(self) -> None:
        """Free text is never stored; whoever wrote a person into it is told."""
        for row, cell in enumerate(self.cells.get("text", ())):
            if personal_text(cell):
                self.fault("personal_text_not_stored", row, "text", severity=Severity.WARNING)


def filled_table(table: TextTable, template: str, *, needed: Sequence[str]) -> FilledTable:
    """The columns of a template in a table; what it needs and lacks is said among the problems."""
    meanings = {header: meaning(normalised(header), template) for header in table.header}
    found = FilledTable(
        table=table, fields={header: None if known is None else known.field for header, known in meanings.items()}
    )
    for header, column in zip(table.header, table.columns, strict=True):
        if (name := found.fields[header]) is not None and name not in found.cells:
            found.cells[name] = [str(cell).strip() for cell in column.to_pylist()]
            found.headers[name] = header
    lacking = [name for name in needed if name not in found.cells]
    row = table.header_line
    found.problems += [Problem("column_missing", Severity.ERROR, row=row, column=name) for name in lacking]
    if not table.num_rows:
        found.problems.append(Problem("empty_export", Severity.WARNING))
    return found
