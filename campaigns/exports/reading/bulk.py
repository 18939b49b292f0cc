"""The quick way for large plain CSV files: Arrow's reader, every column as text.

It declines (None) whatever is not one plain rectangle with a cell's text on one line; the csv module then reads it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from csv import reader as csv_reader
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from campaigns.exports.reading.arrays import Mask, bytes_of, codes_of, offsets_of, whole
from campaigns.exports.reading.blocks import EXCEL_RUN, cut, header_at, misfit
from campaigns.exports.reading.document import CELL, COLUMNS, Row, TextTable
from campaigns.problems import Problem

LARGE = 3 << 20
ODD = 1_000  # rows that do not fit their header; a file with more of them is no plain rectangle
BLOCK = 16 << 20
TEXT = pa.dictionary(pa.int32(), pa.string())
POINT = ord(".")
WHOLE_DIGITS = {False: 15, True: 9}  # before the point, without and with decimals: exact as binary numbers
DECIMALS = 6
LOST = ("\ufffd", "\ufffe", "\uffff")


class Written(StrEnum):
    """How the figures under a header are written, as far as the header alone can tell."""

    COUNT = "count"
    DECIMAL = "decimal"


def damaged(data: bytes) -> bool:
    """Whether a file holds what must be spoken of, or what Arrow may cut otherwise than the csv module does."""
    if b'"' in data and any(mark in data and mark + b'"' in data for mark in (b"\\", b"=")):
        return True
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return True
    return not data.isascii() and any(mark.encode() in data for mark in LOST)


def read_large(
    data: bytes, delimiter: str, head: Sequence[Row], written: Callable[[str], Written | None]
) -> tuple[TextTable, tuple[Problem, ...]] | None:
    """The table and what is wrong with rows that do not fit it; None where the file is not one plain rectangle.

    Columns whose headers are `written` as figures have no dictionary, if all of their cells are plain figures.
    """
    blocks = cut(head)
    if len(blocks) != 1 or len(blocks[0]) < 2:
        return None
    (block,) = blocks
    start = header_at(block)
    line, header = block[start]
    width = len(header)
    if not 2 <= width <= COLUMNS or not header[-1].strip():
        return None
    if any("\n" in cell for _, cells in block[: start + 1] for cell in cells):
        return None
    kinds = [written(title) for title in header]
    odd: list[Row] = []
    table = _read(data, delimiter, line, [pa.string() if kind else TEXT for kind in kinds], odd)
    if table is None:
        return None
    last = line + table.num_rows + len(odd)
    if data.find(b'"', _after(data, line)) >= 0 and last != data.count(b"\n") + (not data.endswith(b"\n")):
        return None  # cells of several lines
    notes = tuple(cells[0] for _, cells in odd if len(cells) == 1)
    problems = [misfit(at, cells, header) for at, cells in odd if len(cells) > 1]
    if None in problems or _lacks_ends(odd, width):
        return None
    columns = [_column(column, kind) for column, kind in zip(table.columns, kinds, strict=True)]
    if any(_longest(column) > CELL for column in columns):
        return None
    kept = _filled_rows(columns, table.num_rows)
    if kept is None or (odd and kept < table.num_rows):
        return None
    above = tuple(" ".join(cell for cell in cells if cell.strip()) for _, cells in block[:start])
    lines = np.delete(np.arange(line + 1, last + 1), [at - line - 1 for at, _ in odd])
    found = TextTable(
        title=above[-1] if above else "",
        preamble=above,
        header=tuple(header),
        header_line=line,
        columns=tuple(column if kept == table.num_rows else _first(column, kept) for column in columns),
        lines=whole(lines[:kept]),
        notes=notes,
    )
    return found, tuple(problem for problem in problems if problem is not None)


def _after(data: bytes, line: int) -> int:
    """Where the line after this one begins."""
    at = 0
    for _ in range(line):
        at = data.find(b"\n", at) + 1
    return at


def _lacks_ends(odd: Sequence[Row], width: int) -> bool:
    """Whether so many rows of one length are too short that a spreadsheet may have left their blank ends out."""
    return any(1 < length < width and count >= EXCEL_RUN for length, count in Counter(len(c) for _, c in odd).items())


def _column(column: pa.ChunkedArray, kind: Written | None) -> pa.DictionaryArray | pa.StringArray:
    if kind is None:
        return column.unify_dictionaries().combine_chunks()
    texts = column.combine_chunks()
    if _plain(texts, decimals=kind == Written.DECIMAL):
        return texts
    return pc.dictionary_encode(texts)


def _plain(column: pa.StringArray, *, decimals: bool) -> bool:
    """Whether all filled cells are of Western digits, few enough to be read exactly, and one decimal point."""
    offsets, data = offsets_of(column), bytes_of(column)
    if not len(data) or data.tobytes().translate(None, b"0123456789." if decimals else b"0123456789"):
        return False
    digits = np.diff(offsets)
    if decimals:
        points = np.flatnonzero(data == POINT).astype(np.int32) + offsets[0]
        cells = np.searchsorted(offsets, points, side="right") - 1
        before = points - offsets[cells]
        after = offsets[cells + 1] - points - 1
        if len(cells) and ((np.diff(cells) == 0).any() or before.min() == 0 or after.max() > DECIMALS):
            return False
        digits[cells] = before
    return int(digits.max()) <= WHOLE_DIGITS[decimals]


def _longest(column: pa.DictionaryArray | pa.StringArray) -> int:
    if not pa.types.is_dictionary(column.type):
        return 0
    return pc.max(pc.binary_length(column.dictionary)).as_py() or 0


def _filled_rows(columns: Sequence[pa.DictionaryArray | pa.StringArray], rows: int) -> int | None:
    """How many rows there are before blank ones at the end; None where there are others, which may part two tables."""
    blank: Mask = np.ones(rows, dtype=np.bool_)
    for column in sorted(columns, key=_entries):
        blank &= _blank(column)
        if not blank.any():
            return rows
    last = int(np.flatnonzero(~blank)[-1]) + 1 if not blank.all() else 0
    return last if blank[last:].all() and not blank[:last].any() else None


def _first(column: pa.DictionaryArray | pa.StringArray, rows: int) -> pa.DictionaryArray | pa.StringArray:
    """The first rows of a column, with no other's cell in its dictionary."""
    if not pa.types.is_dictionary(column.type):
        return column[:rows]
    return pc.dictionary_encode(column[:rows].dictionary_decode())


def _entries(column: pa.DictionaryArray | pa.StringArray) -> int:
    return len(column.dictionary) if pa.types.is_dictionary(column.type) else 0


def _blank(column: pa.DictionaryArray | pa.StringArray) -> Mask:
    if not pa.types.is_dictionary(column.type):
        empty: Mask = np.diff(offsets_of(column)) == 0
        return empty
    entries = column.dictionary.to_pylist()
    return np.fromiter((not entry.strip() for entry in entries), np.bool_, len(entries))[codes_of(column)]


def _read(data: bytes, delimiter: str, skip: int, kinds: Sequence[pa.DataType], odd: list[Row]) -> pa.Table | None:
    """The rows that have a cell for each column; others are added to `odd`, unless they are many."""
    names = [str(at) for at in range(len(kinds))]

    def set_aside(row: csv.InvalidRow) -> str:
        if len(row.text) > CELL:
            return "error"
        cells = next(csv_reader([row.text], delimiter=delimiter), [])
        odd.append((row.number, cells))
        return "skip" if len(cells) == row.actual_columns and len(odd) <= ODD else "error"

    try:
        return csv.read_csv(
            pa.BufferReader(data),
            # One thread: a second would take more processor time from other people's pages than it saves here.
            read_options=csv.ReadOptions(skip_rows=skip, column_names=names, block_size=BLOCK, use_threads=False),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=False, ignore_empty_lines=False, invalid_row_handler=set_aside
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict(zip(names, kinds, strict=True)),
                strings_can_be_null=False,
                check_utf8=not data.isascii(),
            ),
        )
    except pa.ArrowInvalid:
        return None
