"""Exports with one quirk each, written here so that the quirk is seen; all names and numbers are invented."""

import csv
import io
from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

META = ("Campaign name", "Campaign ID", "Impressions", "Amount spent (EUR)", "Reporting starts", "Reporting ends")
GOOGLE = ("Day", "Campaign", "Campaign ID", "Impr.", "Clicks", "Cost", "Currency code")
MARCH = ("2026-03-01", "2026-03-31")


def delimited(*rows: Sequence[str], delimiter: str = ",", end: str = "\n") -> str:
    """Rows as a program writes them: quoted where a cell needs it."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def advertisements(*cells: str, header: Sequence[str] = META, delimiter: str = ",", spend: str = "5.50") -> str:
    """A report of one campaign a cell, which is what stands under the impressions."""
    rows = [(f"Two roads {at}", f"1202{at}", cell, spend, *MARCH) for at, cell in enumerate(cells, 1)]
    return delimited(header, *rows, delimiter=delimiter)


def spending(*cells: str, delimiter: str = ",") -> str:
    """A report of one campaign a cell, which is what stands under the money."""
    rows = [(f"Two roads {at}", f"1202{at}", "10", cell, *MARCH) for at, cell in enumerate(cells, 1)]
    return delimited(META, *rows, delimiter=delimiter)


def days(*cells: str) -> str:
    """A report of one day a cell: ten times shown each."""
    return delimited(GOOGLE, *((cell, "Two roads", "7", "10", "1", "2.50", "EUR") for cell in cells))


def workbook(
    sheets: dict[str, Sequence[Sequence[object]]],
    *,
    hidden: Sequence[str] = (),
    change: Callable[[Worksheet], None] = lambda _: None,
) -> bytes:
    """A workbook in which cells may hold formulas without a value, and sheets may be hidden."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
        change(sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
