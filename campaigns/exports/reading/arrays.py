"""Arrow arrays from and to numpy through their buffers.

`pyarrow.array` and `to_numpy` import pandas, which costs more than reading most files does.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


def _validity(missing: Mask | None) -> Any:
    if missing is None or not missing.any():
        return None
    return pa.py_buffer(np.packbits(~missing, bitorder="little"))


def whole(values: NDArray[Any], missing: Mask | None = None, kind: Any = None) -> pa.Array:
    """An array of whole numbers; `kind` is int64 unless said otherwise (int32, date32)."""
    kind = kind or pa.int64()
    data = np.ascontiguousarray(values, dtype=np.int32 if kind.bit_width == 32 else np.int64)
    return pa.Array.from_buffers(kind, len(data), [_validity(missing), pa.py_buffer(data)])


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


def numbers_of(column: pa.Int64Array | pa.DoubleArray) -> tuple[NDArray[Any], Mask]:
    """The values of a column of numbers, and which are missing."""
    kind = np.float64 if pa.types.is_floating(column.type) else np.int64
    values = np.frombuffer(column.buffers()[1], dtype=kind)[column.offset : column.offset + len(column)]
    if not column.null_count:
        return values, np.zeros(len(column), dtype=np.bool_)
    bits = np.unpackbits(np.frombuffer(column.buffers()[0], dtype=np.uint8), bitorder="little")
    return values, bits[column.offset : column.offset + len(column)] == 0
