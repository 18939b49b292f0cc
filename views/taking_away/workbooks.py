"""Tables as spreadsheets that others can work with: real tables with a header, notes beside them, no formula."""

import io
import re
from collections.abc import Iterable
from numbers import Real

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_range

from views.tables import inert, is_missing
from views.taking_away.notes import Notes
from views.wording.language import Words

WIDEST, NARROWEST = 60, 9  # letters
STYLE = "Table Style Light 1"  # bands of grey: nothing hangs on colour
FIRST = 2  # the row of the headers; above it the title, and a blank


def xlsx(title: str, table: pd.DataFrame, notes: Notes, words: Words) -> bytes:
    """One table with its title, and a second sheet with its notes; right to left in Arabic."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "comments": "\n".join(f"{label}: {text}" for label, text in notes)})
        bold, wrapping = book.add_format({"bold": True, "font_size": 14}), book.add_format({"text_wrap": True})
        wrapping.set_align("top")
        told = pd.DataFrame(list(notes), columns=[words("What"), words("Note")])
        for name, heading, content in (
            (words("Figures"), title, table),
            (words("Notes"), words("Notes"), told),
        ):
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
            if words.right_to_left:
                sheet.right_to_left()
            sheet.write_string(0, 0, str(inert(heading)), bold)
            _write(sheet, content, wrapping)
            sheet.freeze_panes(FIRST + 1, 0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(FIRST)
    return buffer.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, table: pd.DataFrame, wrapping: xlsxwriter.format.Format) -> None:
    headers = _headers(table.columns)
    if not headers:
        return
    rows = [list(row) for row in table.astype(object).itertuples(index=False)]
    area = xl_range(FIRST, 0, FIRST + max(len(rows), 1), len(headers) - 1)  # a table has a row at least
    sheet.add_table(area, {"columns": [{"header": name} for name in headers], "style": STYLE, "autofilter": bool(rows)})
    for place, row in enumerate(rows, start=FIRST + 1):
        for column, value in enumerate(row):
            _write_cell(sheet, place, column, value, wrapping)
    for column, name in enumerate(headers):
        longest = max([len(name) + 3, *(len(str(row[column])) for row in rows if not is_missing(row[column]))])
        sheet.set_column(column, column, min(max(longest, NARROWEST), WIDEST))


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, wrapping: xlsxwriter.format.Format
) -> None:
    if is_missing(value):
        sheet.write_blank(row, column, None)
    elif isinstance(value, bool) or not isinstance(value, Real):
        sheet.write_string(row, column, str(inert(str(value))), wrapping)
    else:
        sheet.write_number(row, column, float(value))


def _headers(names: Iterable[object]) -> list[str]:
    """Headers as a spreadsheet's table takes them: none empty, none twice."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        text = str(inert(str(name))).strip() or f"{number}"
        while text.casefold() in (other.casefold() for other in found):
            text = f"{text} {number}"
        found.append(text)
    return found
