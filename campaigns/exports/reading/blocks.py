"""Rows of cells to tables: where each begins, its title and header, and the rows that fit under it."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from campaigns.exports.reading.arrays import encoded, whole
from campaigns.exports.reading.document import CELL, COLUMNS, Row, TextTable
from campaigns.problems import Problem, Severity

EXCEL_RUN = 16  # lines in a row whose last columns are blank lose their delimiters when Excel saves them
HEADER_WITHIN = 12  # lines of a block
LONGEST_NAME = 60  # what is longer describes a column
_BARE_NUMBER = re.compile(r"\s*\d[\d.,]{0,20}\s*%?\s*")


def tables_in(rows: Sequence[Row]) -> tuple[list[TextTable], list[Problem]]:
    """The tables that stand one below the other, each with the lines above its header."""
    tables: list[TextTable] = []
    problems: list[Problem] = []
    for block in cut(rows):
        start = header_at(block)
        line, header = block[start]
        header = _trimmed(header)
        if len(header) > COLUMNS:
            problems.append(Problem("too_many_columns", Severity.ERROR, row=line, value=str(len(header))))
            continue
        above = [" ".join(cell for cell in cells if cell.strip()) for _, cells in block[:start]]
        title = above[-1] if above else ""
        table, wrong = _table(header, block[start + 1 :], title=title, preamble=tuple(above), header_line=line)
        tables.append(table)
        problems += wrong
    return tables, problems


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _trimmed(cells: Sequence[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return list(cells[:end])


def _number_like(cell: str) -> bool:
    return any(character.isdigit() for character in cell)


def cut(rows: Sequence[Row]) -> list[list[Row]]:
    """Blocks of rows: a new one begins after a blank line where a title or another header follows."""
    blocks: list[list[Row]] = []
    current: list[Row] = []
    blank = False
    for at, (line, cells) in enumerate(rows):
        if not any(map(str.strip, cells)):
            blank = True
            continue
        if blank and len(current) > 1 and _begins(cells, rows[at + 1][1] if at + 1 < len(rows) else [], current):
            blocks.append(current)
            current = []
        blank = False
        current.append((line, cells))
    return [*blocks, current] if current else blocks


def _begins(cells: Sequence[str], following: Sequence[str], current: Sequence[Row]) -> bool:
    """Whether a row after a blank line is the title or the header of another table."""
    if not any(_filled(row) > 1 for _, row in current[1:]) and _filled(current[-1][1]) > 1:
        return False  # only a preamble so far
    if len(current) == 2 and _filled(current[0][1]) == 1 and _filled(current[1][1]) == 1 and len(cells) > 1:
        return False
    if _filled(cells) == 1:
        return _filled(following) > 0
    numbers_before = any(_number_like(cell) for cell in current[-1][1])
    return numbers_before and not any(_number_like(cell) for cell in cells)


def header_at(block: Sequence[Row]) -> int:
    """The first row that fills at least half of the usual width; with one cell a line, the second line."""
    widths = Counter(_filled(cells) for _, cells in block if not cells[0].startswith("#"))
    usual = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))[0] if widths else 1
    fitting = [
        at
        for at, (_, cells) in enumerate(block[:HEADER_WITHIN])
        if _filled(cells) >= max(2, (usual + 1) // 2) and not cells[0].startswith("#")
    ]
    if not fitting:
        return 1 if len(block) > 2 else 0
    # "Total followers on 3 June:,1204" may stand above the header: a header holds no bare number.
    found = next((at for at in fitting if not any(_BARE_NUMBER.fullmatch(cell) for cell in block[at][1])), fitting[0])
    return found + 1 if found + 1 in fitting and _groups(block[found][1], block[found + 1][1]) else found


def _groups(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row names groups of columns, each over its first one, and the names of all columns stand below it."""
    groups, names = _trimmed(cells), [cell.strip() for cell in _trimmed(below)]
    gaps = any(not cell.strip() for cell in groups)
    return gaps and len(names) >= len(groups) and all(cell[:1].isalpha() and len(cell) < LONGEST_NAME for cell in names)


def _rejoined(cells: list[str]) -> list[str]:
    """A place and its share, where a spreadsheet has torn the place's name at its commas."""
    full = _trimmed(cells)
    if len(full) > 2 and full[-1].rstrip().endswith("%") and not any(cell.endswith("%") for cell in full[:-1]):
        return [", ".join(cell.strip() for cell in full[:-1]), full[-1]]
    return cells


def _like_a_row(line: str, width: int) -> bool:
    """Whether a line inside a cell is a row that stray quotation marks swallowed, and no list in a text."""
    cells = max((line.split(delimiter) for delimiter in ",;\t"), key=len)
    return len(cells) >= width - 1 and sum(cell.strip().replace(".", "", 1).isdecimal() for cell in cells) >= 3


def misfit(line: int, cells: Sequence[str], header: Sequence[str]) -> Problem | None:
    """What keeps a row from being read under its header."""
    width = len(header)
    for at, cell in enumerate(cells):
        column = header[at] if at < width else None
        if len(cell) > CELL:
            return Problem("cell_too_long", Severity.ERROR, row=line, column=column)
        if "\n" in cell and width > 4 and any(_like_a_row(inner, width) for inner in cell.split("\n")[1:-1]):
            return Problem("rows_swallowed", Severity.ERROR, row=line, column=column)
    if len(cells) < width:
        return Problem("cells_missing", Severity.ERROR, row=line, value=str(width - len(cells)))
    if any(cell.strip() for cell in cells[width:]):
        return Problem("cells_surplus", Severity.ERROR, row=line, value=str(len(cells) - width))
    return None


def _table(
    header: list[str], rows: Sequence[Row], *, title: str, preamble: tuple[str, ...], header_line: int
) -> tuple[TextTable, list[Problem]]:
    width = len(header)
    kept: list[Row] = []
    notes: list[str] = []
    problems: list[Problem] = []
    lengths = Counter(len(cells) for _, cells in rows)
    left_out = {length for length, count in lengths.items() if 1 < length < width and count >= EXCEL_RUN}
    if left_out:
        problems.append(Problem("cells_left_out", Severity.WARNING, value=str(sum(lengths[n] for n in left_out))))
    for line, original in rows:
        cells = _rejoined(original) if width == 2 else original
        if len(cells) in left_out:
            cells = [*cells, *[""] * (width - len(cells))]
        if len(cells) == 1 and width > 1:
            notes.append(cells[0])
        elif (problem := misfit(line, cells, header)) is not None:
            problems.append(problem)
        else:
            kept.append((line, cells[:width]))
    columns = zip(*(cells for _, cells in kept), strict=True) if kept else [()] * width
    return TextTable(
        title=title,
        preamble=preamble,
        header=tuple(header),
        header_line=header_line,
        columns=tuple(encoded(column) for column in columns),
        lines=whole(np.array([line for line, _ in kept], dtype=np.int64)),
        notes=tuple(notes),
    ), problems
