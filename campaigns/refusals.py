"""The rows of a file that were refused, as they stood in it, with the reasons; nothing that could name a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.exports.reading import TextTable, read_tables
from campaigns.privacy import personal_columns
from campaigns.problems import Problem, Severity

NOT_SHOWN = "(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRows:
    """Headers, and for each refused row its line in the file, its cells, and what was wrong with it."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...], tuple[Problem, ...]], ...]


def refused_rows(data: bytes, name: str, problems: Sequence[Problem]) -> RefusedRows:
    """The rows of a file with an error, from the file itself; the cells of columns with personal data are left out.

    Of a file with several tables the header is that of the first; rows of the others keep the order of their cells.
    """
    wrong: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.severity == Severity.ERROR and problem.row is not None:
            wrong.setdefault(problem.row, []).append(problem)
    tables = read_tables(data, name).tables
    found = [row for table in tables for row in _rows(table, wrong)]
    return RefusedRows(header=tables[0].header if tables else (), rows=tuple(sorted(found, key=lambda row: row[0])))


def _rows(table: TextTable, wrong: dict[int, list[Problem]]) -> list[tuple[int, tuple[str, ...], tuple[Problem, ...]]]:
    places = [at for at, line in enumerate(table.lines.to_pylist()) if line in wrong]
    if not places:
        return []
    columns = [[str(cell) for cell in column.to_pylist()] for column in table.columns]
    reasons = personal_columns(dict(zip(table.header, columns, strict=True)))
    shown = [reasons[header] is None for header in table.header]
    lines = table.lines.to_pylist()
    return [
        (
            lines[at],
            tuple(column[at] if show else NOT_SHOWN * bool(column[at].strip())
                  for column, show in zip(columns, shown, strict=True)),
            tuple(wrong[lines[at]]),
        )
        for at in places
    ]  # fmt: skip
