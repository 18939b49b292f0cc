"""Arrow arrays from and to numpy through their buffers.

`pyarrow.array` and `to_numpy` import pandas, which costs more than reading most files does.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

# The huge pages of the usual pool can cost more time to clear than reading takes.
pa.set_memory_pool(pa.system_memory_pool())


def _validity(missing: Mask | None) -> Any:
    if missing is None or not missing.any():
        return None
    return pa.py_buffer(np.packbits(~missing, bitorder="little"))


def whole(values: NDArray[Any], missing: Mask | None = None, kind: Any = None) -> pa.Array:
    """An array of whole numbers; `kind` is int64 unless said otherwise (int32, date32)."""
    kind = kind or pa.int64()
    data = np.ascontiguousarray(values, dtype=np.int32 if kind.bit_width == 32 else np.int64)
    return pa.Array.from_buffers(kind, len(data), [_validity(missing), pa.py_buffer(data)])


def flags(mask: Mask) -> pa.BooleanArray:
    """An array of yes and no."""
    return pa.Array.from_buffers(pa.bool_(), len(mask), [None, pa.py_buffer(np.packbits(mask, bitorder="little"))])


def texts(values: Sequence[str | None]) -> pa.StringArray:
    """An array of texts; None is missing."""
    parts = [(value or "").encode() for value in values]
    offsets = np.zeros(len(parts) + 1, dtype=np.int32)
    np.cumsum([len(part) for part in parts], out=offsets[1:])
    missing = np.fromiter((value is None for value in values), dtype=np.bool_, count=len(parts))
    buffers = [_validity(missing), pa.py_buffer(offsets), pa.py_buffer(b"".join(parts))]
    return pa.Array.from_buffers(pa.string(), len(parts), buffers)


def encoded(values: Sequence[str]) -> pa.DictionaryArray:
    """Texts as a dictionary array."""
    places: dict[str, int] = {}
    codes = np.fromiter((places.setdefault(value, len(places)) for value in values), dtype=np.int32, count=len(values))
    return pa.DictionaryArray.from_arrays(whole(codes, kind=pa.int32()), texts(list(places)))


def codes_of(column: pa.DictionaryArray) -> Codes:
    """The dictionary indices of a column that has no missing entries."""
    indices = column.indices
    if not len(indices):
        return np.zeros(0, dtype=np.int32)
    return np.frombuffer(indices.buffers()[1], dtype=np.int32)[indices.offset : indices.offset + len(indices)]


def spread(values: Sequence[str | None], codes: Codes) -> pa.DictionaryArray:
    """The text of each row, from one value a dictionary entry and each row's index into them."""
    none = np.array([value is None for value in values], dtype=np.bool_)
    missing = none[codes] if none.any() else None
    return pa.DictionaryArray.from_arrays(whole(codes, missing, pa.int32()), texts([value or "" for value in values]))


def offsets_of(column: pa.StringArray) -> Codes:
    """Where each text begins in the bytes of the column, and where the last one ends."""
    if not len(column):
        return np.zeros(1, dtype=np.int32)
    return np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset : column.offset + len(column) + 1]


def bytes_of(column: pa.StringArray) -> NDArray[np.uint8]:
    """The bytes of all texts of a column, one after the other."""
    offsets = offsets_of(column)
    data = column.buffers()[2] if len(column) else None
    return np.frombuffer(data or b"", dtype=np.uint8)[offsets[0] : offsets[-1]]


def first_filled(column: pa.StringArray) -> str:
    """The first text of a column that is not empty."""
    filled = np.flatnonzero(np.diff(offsets_of(column)))
    return str(column[int(filled[0])]) if len(filled) else ""


def numbers_of(column: pa.StringArray, kind: Any) -> tuple[NDArray[Any], Mask]:
    """The numbers (int64, float64) that a column of plain figures holds, and which of its cells are empty."""
    offsets = offsets_of(column)
    missing = np.diff(offsets) == 0
    data = column.buffers()[2] or pa.py_buffer(b"")
    filled = pa.Array.from_buffers(pa.string(), len(column), [_validity(missing), pa.py_buffer(offsets), data])
    numbers = pc.cast(filled, kind)
    if numbers.null_count:
        numbers = numbers.fill_null(0)
    values = np.frombuffer(numbers.buffers()[1], dtype=np.float64 if kind == pa.float64() else np.int64)
    return values[numbers.offset : numbers.offset + len(numbers)], missing
