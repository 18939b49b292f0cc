"""A program of its own, so that a hostile spreadsheet ends no other: workbook in, its visible sheets as JSON out."""

import datetime as dt
import io
import json
import re
import sys
import zipfile
from decimal import Decimal

MEMORY = 1_500 << 20  # bytes of address space
SECONDS = 30


def limit() -> None:
    """Keep this process within its memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text(value: object) -> str:
    """A cell as a person would have typed it into a CSV file."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        return format(Decimal(repr(value)), "f") if abs(value) < 2**53 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


_SHEET = re.compile(rb'<sheet\b[^>]*?\br:id="([^"]+)"')
_TARGET = re.compile(rb"<Relationship\b[^>]*>")
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def unvalued(data: bytes) -> list[dict[tuple[int, int], str]]:
    """For each sheet of an xlsx file, the cells (row, column from 0) that hold an error, or a formula without a value.

    The reader gives such cells as empty, which they are not.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
        book = parts.read("xl/workbook.xml")
        relations = parts.read("xl/_rels/workbook.xml.rels")
    except (zipfile.BadZipFile, KeyError):
        return []
    targets = {}
    for relation in _TARGET.findall(relations):
        place = re.search(rb'\bTarget="/?(?:xl/)?([^"]+)"', relation)
        key = re.search(rb'\bId="([^"]+)"', relation)
        if place and key:
            targets[key[1]] = "xl/" + place[1].decode()
    found = []
    for key in _SHEET.findall(book):
        try:
            sheet = parts.read(targets[key])
        except KeyError:
            sheet = b""
        found.append(_unvalued_in(sheet) if b't="e"' in sheet or b"<f" in sheet else {})
    return found


def _unvalued_in(sheet: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for attributes, body in _CELL.findall(sheet):
        place = _PLACE.search(attributes)
        if place is None:
            continue
        if b't="e"' in attributes:
            value = re.search(rb"<v>(.*?)</v>", body)
            shown = value[1].decode() if value else "#VALUE!"
        elif b"<f" in body and not re.search(rb"<v[^>]*>[^<]", body) and b't="str"' not in attributes:
            shown = "=?"
        else:
            continue
        column = 0
        for letter in place[1]:
            column = column * 26 + letter - 64
        found[int(place[2]) - 1, column - 1] = shown
    return found


def main() -> None:
    """Read the workbook; write what its sheets hold, and how many were not read because they are hidden."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    limit()
    data = sys.stdin.buffer.read()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    without = unvalued(data)
    visible = {sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible}
    hidden = len(workbook.sheet_names) - len(visible) if visible else 0
    sheets = []
    for at, name in enumerate(workbook.sheet_names):
        if visible and name not in visible:
            continue
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        cells = [[text(cell) for cell in row] for row in rows]
        for (row, column), shown in (without[at] if at < len(without) else {}).items():
            if row < len(cells) and column < len(cells[row]) and not cells[row][column]:
                cells[row][column] = shown
        sheets.append((name, cells))
    sys.stdout.buffer.write(json.dumps([sheets, hidden]).encode())


if __name__ == "__main__":
    main()
