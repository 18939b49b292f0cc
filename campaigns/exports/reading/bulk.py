"""The quick way for large plain CSV files: Arrow's reader, every column as text with a dictionary.

It declines (None) whatever is not one plain rectangle with a cell's text on one line; the csv module then reads it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

from campaigns.exports.reading.arrays import whole

LARGE = 3 << 20
BLOCK = 4 << 20
POOL = pa.system_memory_pool()  # the default pool's huge pages can cost more time to clear than reading takes
TEXT = pa.dictionary(pa.int32(), pa.string())
Rows = Sequence[tuple[int, list[str]]]


def read_large(data: bytes, delimiter: str, head: Rows, counts: Callable[[str], bool]) -> dict[str, Any] | None:
    """The fields of a text table, or None where the file is not one plain rectangle.

    Columns of plain digits whose header `counts` are read as whole numbers at once.
    """
    if not head:
        return None
    width = Counter(len(cells) for _, cells in head).most_common(1)[0][0]
    start = next((at for at, (_, cells) in enumerate(head) if len(cells) == width), None)
    if start is None or width < 2 or any("\n" in cell for _, cells in head[: start + 1] for cell in cells):
        return None
    line, header = head[start]
    sample = [cells for _, cells in head[start + 1 : start + 200] if len(cells) == width]
    digits = {
        at
        for at, title in enumerate(header)
        if counts(title) and all(cells[at].isdigit() or not cells[at] for cells in sample)
    }
    table = _read(data, delimiter, line, width, digits) or (
        _read(data, delimiter, line, width, set()) if digits else None
    )
    if table is None:
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


def _read(data: bytes, delimiter: str, skip: int, width: int, digits: set[int]) -> pa.Table | None:
    names = [str(at) for at in range(width)]
    try:
        return csv.read_csv(
            pa.BufferReader(data),
            # One thread: a second would take more processor time from other people's pages than it saves here.
            read_options=csv.ReadOptions(skip_rows=skip, column_names=names, block_size=BLOCK, use_threads=False),
            parse_options=csv.ParseOptions(delimiter=delimiter, newlines_in_values=False),
            convert_options=csv.ConvertOptions(
                column_types={name: pa.int64() if at in digits else TEXT for at, name in enumerate(names)},
                strings_can_be_null=False,
                null_values=[""],
            ),
            memory_pool=POOL,
        )
    except pa.ArrowInvalid:
        return None
