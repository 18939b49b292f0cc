"""The Parquet file of a batch: its rows as accepted, and what is known of them without reading it again."""

import datetime as dt
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from campaigns.receipts import Kind
from campaigns.rows import ANSWER_SCHEMA, ENGAGEMENT_SCHEMA, STORED_METRICS
from campaigns.safekeeping import control

SCHEMAS = {Kind.ENGAGEMENT: ENGAGEMENT_SCHEMA, Kind.SURVEY: ANSWER_SCHEMA}
GROUP = 131_072  # rows, so that both cores of a small machine read at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How many rows there are, the sum of each figure in them, and the days they cover; None where a row names none."""

    rows: int
    control: dict[str, int]
    days: tuple[dt.date, dt.date] | None


def summary_of(rows: pa.Table, kind: Kind) -> Summary:
    """The summary of rows that have the columns of their kind, in its order."""
    for wanted, given in zip(SCHEMAS[kind], rows.schema, strict=True):
        found = given.type.value_type if pa.types.is_dictionary(given.type) else given.type
        if (given.name, found) != (wanted.name, wanted.type):
            raise TypeError(f"column {given.name!r} is {found}, must be {wanted.name!r} {wanted.type}")
    return Summary(rows=rows.num_rows, control=control(rows, kind), days=_days(rows, kind))


def joined(parts: Iterable[Summary]) -> Summary:
    """The summary of all parts together."""
    found = list(parts)
    names = dict.fromkeys(name for part in found for name in part.control)
    days = [part.days for part in found]
    known = [pair for pair in days if pair is not None]
    return Summary(
        rows=sum(part.rows for part in found),
        control={name: sum(part.control.get(name, 0) for part in found) for name in names},
        days=(min(first for first, _ in known), max(last for _, last in known)) if known and None not in days else None,
    )


def _days(rows: pa.Table, kind: Kind) -> tuple[dt.date, dt.date] | None:
    if kind == Kind.SURVEY:
        return None
    start, end = rows["window_start"], rows["window_end"]
    if start.null_count or end.null_count or rows.num_rows == 0:
        return None
    return pc.min(start).as_py(), pc.max(end).as_py()


def without_empty_figures(rows: pa.Table) -> pa.Table:
    """The rows without the figures that none of them has: a file need not say so row by row."""
    empty = [name for name in rows.column_names if name in STORED_METRICS and rows[name].null_count == rows.num_rows]
    return rows.drop_columns(empty)


def read_rows(file: Path | pa.BufferReader, kind: Kind) -> pa.Table:
    """The rows of a batch as they were written, with all columns of their kind."""
    stored = pq.read_table(file)
    columns = [
        stored[field.name].cast(field.type)
        if field.name in stored.column_names
        else pa.nulls(stored.num_rows, field.type)
        for field in SCHEMAS[kind]
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMAS[kind])


def write_rows(tables: Iterable[pa.Table], kind: Kind, campaign: str | None, path: Path) -> str:
    """Write rows to a new file, to the disk itself; returns its sha256."""
    names = [*SCHEMAS[kind].names, "campaign"]
    whole = [field.name for field in SCHEMAS[kind] if pa.types.is_integer(field.type) or pa.types.is_date(field.type)]
    with path.open("xb") as file:
        writer = None
        for rows in tables:
            table = rows.append_column("campaign", _constant(campaign, rows.num_rows))
            if writer is not None and table.schema != writer.schema:
                table = table.cast(writer.schema)  # a small part has its texts plain
            if writer is None:
                writer = pq.ParquetWriter(
                    file,
                    table.schema,
                    compression="snappy",  # after these encodings there is little left that others would make smaller
                    use_dictionary=[name for name in names if name not in whole],
                    column_encoding=dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
                    write_statistics=["window_start", "window_end", *STORED_METRICS],
                    store_schema=False,
                )
            writer.write_table(table, row_group_size=GROUP)
        if writer is not None:
            writer.close()
        file.flush()
        os.fsync(file.fileno())
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def empty_figures(files: Iterable[Path]) -> frozenset[str]:
    """The figures that no row of these files has, as far as the files say so."""
    return frozenset(STORED_METRICS).difference(*map(_filled, files))


def _filled(file: Path) -> frozenset[str]:
    """The columns of which some piece may hold more than missing values."""
    metadata = pq.read_metadata(file)
    pieces = (
        metadata.row_group(at).column(i) for at in range(metadata.num_row_groups) for i in range(metadata.num_columns)
    )
    filled = set()
    for piece in pieces:
        said = piece.statistics
        if said is None or not said.has_null_count or said.null_count < piece.num_values:
            filled.add(piece.path_in_schema)
    return frozenset(filled)


def _constant(campaign: str | None, rows: int) -> pa.DictionaryArray:
    places = pa.nulls(rows, pa.int32()) if campaign is None else np.zeros(rows, np.int32)
    return pa.DictionaryArray.from_arrays(places, pa.array([campaign or ""], pa.string()))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last, where the system needs that said."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
