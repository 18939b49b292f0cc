"""From drafts to the stored rows: rows that nothing tells apart, repeats, and the table in its order of columns."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from campaigns.exports.reading.arrays import Codes, Whole, flags, whole
from campaigns.exports.rows.days import Days, day
from campaigns.exports.rows.drafts import Draft
from campaigns.exports.values.windows import Window
from campaigns.problems import Severity
from campaigns.rows import ENGAGEMENT_SCHEMA, STORED_METRICS

_EPOCH = day(0)
MANY = 50_000


def give_window(draft: Draft, window: Window | None) -> None:
    """Rows that name no days of their own happened in the window of the report."""
    if window is None or "window_start" in draft.arrays:
        return
    for name, bound in zip(("window_start", "window_end"), window, strict=True):
        days = np.full(draft.size, (bound - _EPOCH).days, dtype=np.int32)
        draft.arrays[name] = whole(days, kind=pa.date32())


def _days(draft: Draft, name: str) -> Days:
    array = draft.arrays[name]
    return np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array)]


def row_keys(draft: Draft) -> Whole:
    """One number a row, the same for two rows that nothing tells apart."""
    keys = np.zeros(draft.size, dtype=np.int64)
    spans = 1
    for codes in _key_columns(draft):
        span = int(codes.max(initial=0)) + 1
        if spans * span >= 2**62:
            keys = np.unique(keys, return_inverse=True)[1].astype(np.int64)
            spans = int(keys.max(initial=0)) + 1
        if span > 1:
            keys *= span
            keys += codes
            spans *= span
    return keys


def _key_columns(draft: Draft) -> list[Codes]:
    columns = list(draft.keys.values())
    if "window_start" in draft.arrays and draft.size:
        first, last = _days(draft, "window_start"), _days(draft, "window_end")
        columns += [first - first.min(), last - first]
    return columns


def ordinals(keys: Whole) -> Whole:
    """For each row, how many rows before it have the same key."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    counts = np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))
    result = np.zeros(len(keys), dtype=np.int64)
    result[order] = counts
    return result


def number_rows(draft: Draft) -> None:
    """Give rows that nothing tells apart an ordinal; in a typed table with ids they are repeats or contradictions."""
    draft.arrays["ordinal"] = whole(np.zeros(draft.size, dtype=np.int32), kind=pa.int32())
    if not draft.size:
        return
    keys = row_keys(draft)
    ordered = np.sort(keys)
    if (ordered[1:] != ordered[:-1]).all():
        return
    if draft.typed:
        keys = np.where(draft.wrong, -1 - np.arange(draft.size), keys)  # rows refused already contradict nothing
        _repeats(draft, keys, np.flatnonzero(ordinals(keys)))
        return
    counts = ordinals(keys)
    again = np.flatnonzero(counts)
    draft.arrays["ordinal"] = whole(counts, kind=pa.int32())
    if not any(p.code == "no_year_in_dates" for p in draft.problems):
        line = int(draft.lines[again[0]])
        draft.say("rows_not_distinct", Severity.WARNING, row=line, value=str(len(again)))


def _repeats(draft: Draft, keys: Whole, again: NDArray[np.int64]) -> None:
    """The same row twice is stored once; two rows of one key with other figures contradict each other."""
    if not len(again):
        return
    first: dict[int, tuple[tuple[int, bool], ...]] = {}
    repeated: list[int] = []
    contrary: list[int] = []
    later = set(again.tolist())
    for row in np.flatnonzero(np.isin(keys, keys[again])):
        figures = tuple((int(values[row]), bool(blank[row])) for values, blank in draft.figures.values())
        known = first.setdefault(int(keys[row]), figures)
        if row in later:
            (repeated if figures == known else contrary).append(int(row))
    if repeated:
        rows = np.array(repeated)
        draft.wrong[rows] = True
        draft.mark("rows_repeated", Severity.WARNING, rows, None)
    if contrary:
        draft.fault("rows_conflict", np.array(contrary), None)


def table_of(draft: Draft) -> pa.Table:
    """The rows that can be stored. The texts of many rows stay as dictionaries: to write them out costs most."""
    arrays = []
    many = draft.size >= MANY
    nothing = {kind: pa.nulls(draft.size, kind) for kind in dict.fromkeys(ENGAGEMENT_SCHEMA.types)}
    for column in ENGAGEMENT_SCHEMA:
        if column.name == "row":
            array = whole(draft.lines)
        elif column.name in STORED_METRICS and column.name in draft.figures:
            array = whole(*draft.figures[column.name])
        else:
            array = draft.arrays.get(column.name)
        if array is None:
            array = nothing[column.type]
        elif pa.types.is_dictionary(array.type) and not many:
            array = array.dictionary_decode()
        arrays.append(array)
    table = pa.Table.from_arrays(arrays, names=ENGAGEMENT_SCHEMA.names)
    return table.filter(flags(~draft.wrong)) if draft.wrong.any() else table


def no_rows() -> pa.Table:
    return pa.Table.from_arrays([pa.nulls(0, column.type) for column in ENGAGEMENT_SCHEMA], schema=ENGAGEMENT_SCHEMA)


def all_rows(drafts: Sequence[Draft]) -> pa.Table:
    tables = [table_of(draft) for draft in drafts]
    if len({tuple(table.schema.types) for table in tables}) > 1:
        tables = [table.cast(ENGAGEMENT_SCHEMA) for table in tables]
    return pa.concat_tables(tables) if tables else no_rows()
