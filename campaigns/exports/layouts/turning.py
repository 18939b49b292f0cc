"""How a table of another shape becomes an ordinary one: a new header over new rows, with the lines they stand on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from campaigns.exports.headers import Meaning
from campaigns.exports.reading import TextTable
from campaigns.exports.reading.arrays import encoded, whole

Line = tuple[int, Sequence[str]]


def of(field: str, language: str = "en") -> Meaning:
    return Meaning(field, language)


def rows_of(table: TextTable) -> list[tuple[int, list[str]]]:
    columns = [column.to_pylist() for column in table.columns]
    return [(line, list(cells)) for line, *cells in zip(table.lines.to_pylist(), *columns, strict=True)]


def turned(source: TextTable, header: Sequence[str], rows: Sequence[Line]) -> TextTable:
    columns = list(zip(*(cells for _, cells in rows), strict=True)) if rows else [()] * len(header)
    return replace(
        source,
        header=tuple(header),
        columns=tuple(encoded(column) for column in columns),
        lines=whole(np.array([line for line, _ in rows], dtype=np.int64)),
    )
