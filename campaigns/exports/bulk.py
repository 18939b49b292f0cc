"""The quick way for large plain CSV files: Arrow's reader, every column as text with a dictionary.

It declines (None) whatever is not one plain rectangle with a cell's text on one line; the csv module then reads it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

from campaigns.exports.arrays import whole

LARGE = 3 << 20
BLOCK = 16 << 20


def read_large(data: bytes, delimiter: str, head: Sequence[tuple[int, list[str]]]) -> dict[str, Any] | None:
    """The fields of a text table, or None where the file is not one plain rectangle."""
    width = Counter(len(cells) for _, cells in head).most_common(1)[0][0]
    start = next((at for at, (_, cells) in enumerate(head) if len(cells) == width), None)
    if start is None or width < 2 or any("\n" in cell for _, cells in head[: start + 1] for cell in cells):
        return None
    line, header = head[start]
    names = [str(number) for number in range(width)]
    try:
        table = csv.read_csv(
            pa.BufferReader(data),
            read_options=csv.ReadOptions(skip_rows=line, column_names=names, block_size=BLOCK),
            parse_options=csv.ParseOptions(delimiter=delimiter, newlines_in_values=False),
            convert_options=csv.ConvertOptions(
                column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in names},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
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
        "columns": tuple(column.combine_chunks() for column in table.unify_dictionaries().columns),
        "lines": whole(np.arange(line + 1, line + 1 + table.num_rows, dtype=np.int64)),
    }
