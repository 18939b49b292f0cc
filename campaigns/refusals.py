"""The rows of a file that were refused, as they stood in it, with the reasons; nothing that could name a person.

Put right and imported again, the spreadsheet brings those rows in and takes no other away.
"""

import datetime as dt
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from campaigns.exports.reading import TextTable, read_tables
from campaigns.privacy import NOT_SHOWN, personal_columns, personal_text
from campaigns.problems import Problem, Severity
from campaigns.receipts import Kind, Receipt, WindowSource

WIDEST = 60
_NO_SHEET = re.compile(r"[\[\]:*?/\\']")
_ELSEWHERE = frozenset({WindowSource.PREAMBLE, WindowSource.FILE_NAME, WindowSource.ANSWER})

Row = tuple[int, tuple[str, ...], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRows:
    """Headers, and for each refused row its line in the file, its cells, and what was wrong with it.

    `others` are the rows that were not refused, where a newer file replaces all of an older one. `window` is the
    first and the last day of the figures where the rows do not say them.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    others: tuple[Row, ...] = ()
    window: tuple[dt.date, dt.date] | None = None


def refused_rows(data: bytes, receipt: Receipt, problems: Sequence[Problem]) -> RefusedRows:
    """The rows of a file with an error, from the file itself; the cells of columns with personal data are left out.

    Of a file with several tables the header is that of the first; rows of the others keep the order of their cells.
    """
    wrong: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.severity == Severity.ERROR and problem.row is not None:
            wrong.setdefault(problem.row, []).append(problem)
    tables = read_tables(data, receipt.file_name).tables
    headers = frozenset(header for table in tables for header in table.header)
    replacing = not receipt.identified and receipt.kind == Kind.ENGAGEMENT
    found = sorted((row for table in tables for row in _rows(table, headers, wrong, replacing)), key=lambda row: row[0])
    refused = tuple(row for row in found if row[2])
    return RefusedRows(
        header=tables[0].header if tables else (),
        rows=refused,
        others=tuple(row for row in found if not row[2]) if refused else (),
        window=receipt.window if receipt.window_source in _ELSEWHERE else None,
    )


def _rows(
    table: TextTable, headers: frozenset[str], wrong: Mapping[int, Sequence[Problem]], replacing: bool
) -> list[Row]:
    """The refused rows of a table, or all of them where a newer file replaces the older one."""
    lines = table.lines.to_pylist()
    reasons = [
        # A row of another sheet may have the same number: its problem names a column of that sheet.
        tuple(found for found in wrong.get(line, ()) if found.column in table.header or found.column not in headers)
        for line in lines
    ]
    places = [at for at, found in enumerate(reasons) if found or replacing]
    if not any(reasons):
        return []
    columns = [[str(cell) for cell in column.to_pylist()] for column in table.columns]
    personal = personal_columns(dict(zip(table.header, columns, strict=True)))
    shown = [personal[header] is None for header in table.header]
    return [
        (
            lines[at],
            tuple(_shown(column[at], show) for column, show in zip(columns, shown, strict=True)),
            reasons[at],
        )
        for at in places
    ]


def _shown(cell: str, show: bool) -> str:
    return cell if not cell.strip() or (show and not personal_text(cell)) else NOT_SHOWN


def refused_workbook(
    sheets: Mapping[str, RefusedRows],
    *,
    say: Callable[[Problem], str],
    heads: tuple[str, str],
    right_to_left: bool = False,
) -> bytes:
    """A spreadsheet with a sheet for each file: why a row is left out, its line in the file, and its cells as text.

    `heads` stand above the reason and the line; `say` turns a problem into a sentence. Days that the rows do not say
    stand above the table, where they are read again.
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
        top = 0
        if refused.window is not None:
            sheet.write_string(0, 0, " - ".join(day.isoformat() for day in refused.window))
            top = 2
        for column, text in enumerate((*heads, *refused.header)):
            sheet.write_string(top, column, text, bold)
        for at, (line, cells, reasons) in enumerate((*refused.rows, *refused.others), top + 1):
            sheet.write_string(at, 0, "\n".join(map(say, reasons)), wrapped)
            sheet.write_number(at, 1, line)
            for column, cell in enumerate(cells, 2):
                sheet.write_string(at, column, cell)
        sheet.set_column(0, 0, WIDEST)
        sheet.set_column(2, len(refused.header) + 2, 18)
        sheet.freeze_panes(top + 1, 0)
    book.close()
    return content.getvalue()
