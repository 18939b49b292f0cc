"""The rows of a file that were refused, as they stood in it, with the reasons; nothing that could name a person."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from campaigns.exports.reading import TextTable, read_tables
from campaigns.privacy import NOT_SHOWN, personal_columns
from campaigns.problems import Problem, Severity

WIDEST = 60
_NO_SHEET = re.compile(r"[\[\]:*?/\\']")


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


def refused_workbook(
    sheets: Mapping[str, RefusedRows],
    *,
    say: Callable[[Problem], str],
    heads: tuple[str, str],
    right_to_left: bool = False,
) -> bytes:
    """A spreadsheet with a sheet for each file: why a row is left out, its line in the file, and its cells as text.

    `heads` stand above the reason and the line; `say` turns a problem into a sentence.
    """
    import xlsxwriter  # takes longer to load than most imports need

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for number, (title, refused) in enumerate(sheets.items(), 1):
        name = _NO_SHEET.sub(" ", title)
        sheet = book.add_worksheet(name[:31] if len(sheets) == 1 else f"{number} {name}"[:31])
        if right_to_left:
            sheet.right_to_left()
        for column, text in enumerate((*heads, *refused.header)):
            sheet.write_string(0, column, text, bold)
        for at, (line, cells, reasons) in enumerate(refused.rows, 1):
            sheet.write_string(at, 0, "\n".join(map(say, reasons)), wrapped)
            sheet.write_number(at, 1, line)
            for column, cell in enumerate(cells, 2):
                sheet.write_string(at, column, cell)
        sheet.set_column(0, 0, WIDEST)
        sheet.set_column(2, len(refused.header) + 2, 18)
        sheet.freeze_panes(1, 0)
    book.close()
    return content.getvalue()
