"""The quick way for large plain CSV files: Arrow's reader, every column as text with a dictionary.

It declines (None) whatever is not one plain rectangle with a cell's text on one line; the csv module then reads it.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from campaigns.exports.reading.arrays import whole
from campaigns.exports.reading.document import CELL, COLUMNS, Row

LARGE = 3 << 20
BLOCK = 16 << 20
POOL = pa.system_memory_pool()  # the default pool's huge pages can cost more time to clear than reading takes
TEXT = pa.dictionary(pa.int32(), pa.string())
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,8})?", re.ASCII)


class Written(StrEnum):
    """How the figures under a header are written, as far as the header alone can tell."""

    COUNT = "count"
    DECIMAL = "decimal"


def read_large(
    data: bytes, delimiter: str, head: Sequence[Row], written: Callable[[str], Written | None]
) -> dict[str, Any] | None:
    """The fields of a text table, or None where the file is not one plain rectangle.

    Columns whose headers are `written` as figures are read as numbers at once, if their first cells are plain ones.
    """
    if not head:
        return None
    width = Counter(len(cells) for _, cells in head).most_common(1)[0][0]
    start = next((at for at, (_, cells) in enumerate(head) if len(cells) == width), None)
    if (
        start is None
        or not 2 <= width <= COLUMNS
        or any("\n" in cell for _, cells in head[: start + 1] for cell in cells)
    ):
        return None
    line, header = head[start]
    sample = [cells for _, cells in head[start + 1 : start + 200] if len(cells) == width]
    kinds = [_kind(written(title), [cells[at] for cells in sample]) for at, title in enumerate(header)]
    table = _read(data, delimiter, line, kinds)
    if table is None and any(kind is not TEXT for kind in kinds):
        table = _read(data, delimiter, line, [TEXT] * width)
    if table is None or any(_longest(column) > CELL for column in table.columns):
        return None
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if lines != line + table.num_rows:
        return None
    above = tuple(" ".join(cell for cell in cells if cell.strip()) for _, cells in head[:start])
    return {
        "title": above[-1] if above else "",
        "preamble": above,
        "header": tuple(header),
        "header_line": line,
        "columns": tuple(
            column.unify_dictionaries(memory_pool=POOL).combine_chunks(memory_pool=POOL) for column in table.columns
        ),
        "lines": whole(np.arange(line + 1, line + 1 + table.num_rows, dtype=np.int64)),
    }


def _longest(column: pa.ChunkedArray) -> int:
    if not pa.types.is_dictionary(column.type):
        return 0
    return max((pc.max(pc.binary_length(chunk.dictionary)).as_py() or 0 for chunk in column.chunks), default=0)


def _kind(written: Written | None, cells: Sequence[str]) -> pa.DataType:
    """The type a column is read as: numbers only where no other reading of its cells is possible."""
    filled = [cell for cell in cells if cell]
    if written == Written.COUNT and all(cell.isdecimal() for cell in filled):
        return pa.int64()
    if written == Written.DECIMAL and all(_DECIMAL.fullmatch(cell) for cell in filled):
        # Three digits after each point could be thousands.
        return pa.float64() if any("." in cell and len(cell.partition(".")[2]) != 3 for cell in filled) else TEXT
    return TEXT


def _read(data: bytes, delimiter: str, skip: int, kinds: Sequence[pa.DataType]) -> pa.Table | None:
    names = [str(at) for at in range(len(kinds))]
    try:
        return csv.read_csv(
            pa.BufferReader(data),
            # One thread: a second would take more processor time from other people's pages than it saves here.
            read_options=csv.ReadOptions(skip_rows=skip, column_names=names, block_size=BLOCK, use_threads=False),
            parse_options=csv.ParseOptions(delimiter=delimiter, newlines_in_values=False),
            convert_options=csv.ConvertOptions(
                column_types=dict(zip(names, kinds, strict=True)),
                strings_can_be_null=False,
                null_values=[""],
            ),
            memory_pool=POOL,
        )
    except pa.ArrowInvalid:
        return None
