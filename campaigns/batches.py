"""Batches: the rows of one import, immutable in a Parquet file of their own. Nothing here ever loses or halves one.

A batch is written under a temporary name, synced, renamed, and made visible by one transaction; what a crash leaves
behind is at most a file that no ledger names.
"""

import datetime as dt
import hashlib
import json
import os
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from campaigns.changes import Changes, changes
from campaigns.current import batch_path, part_of
from campaigns.problems import Problem, Severity
from campaigns.receipts import Kind, Receipt, Upload
from campaigns.rows import ANSWER_SCHEMA, ENGAGEMENT_SCHEMA
from campaigns.safekeeping import Damage, backup, check, control, sweep
from campaigns.serialising import encode
from campaigns.store import Batch, Status, Store

__all__ = [
    "Batch", "Changes", "Damage", "NothingToStoreError", "Status", "SurveyReading", "UndecidedError",
    "assign", "backup", "check", "plan", "redo", "save_batch", "sweep", "undo",
]  # fmt: skip

SCHEMAS = {Kind.ENGAGEMENT: ENGAGEMENT_SCHEMA, Kind.SURVEY: ANSWER_SCHEMA}


class SurveyReading(Protocol):
    """What `save_batch` needs of a survey."""

    @property
    def answers(self) -> pa.Table: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...
    @property
    def receipt(self) -> Receipt: ...


class UndecidedError(ValueError):
    """A file has errors or open questions that no person has decided about."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} undecided: {', '.join(sorted({problem.code for problem in problems}))}")
        self.problems = problems


class NothingToStoreError(ValueError):
    """A file holds no row that could be stored."""

    def __init__(self, receipt: Receipt, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{receipt.file_name!r} holds no row that could be stored")
        self.receipt = receipt
        self.problems = problems


def plan(store: Store, reading: Upload | SurveyReading, *, campaign: str | None) -> Changes:
    """What storing a file would change, for the person who confirms it."""
    rows = _rows(reading)
    stored = store.batches(campaign)
    counting = any(batch.status == Status.ACTIVE for batch in stored)
    if campaign is None or rows.num_rows == 0 or not counting:
        return Changes(new=rows.num_rows, replaced=0, differing=0, unchanged=0)
    batch = _describe(reading, rows, campaign=campaign, person="-")
    same_file = [other for other in stored if other.sha256 == batch.sha256]
    if any(other.status == Status.ACTIVE and _same_receipt(other, batch) for other in same_file):
        return Changes(new=0, replaced=0, differing=0, unchanged=rows.num_rows)
    incoming = part_of(batch, campaign, "(SELECT *, NULL AS campaign FROM incoming)")
    return changes(store, incoming, rows, superseded={other.id for other in same_file})


def save_batch(
    store: Store,
    reading: Upload | SurveyReading,
    *,
    campaign: str | None,
    person: str,
    keep_good_rows: bool = False,
) -> Batch:
    """Store what was read of a file. The same file again changes nothing; read in another way, it replaces itself."""
    rows = _rows(reading)
    holding_up = {Severity.QUESTION} if keep_good_rows else {Severity.QUESTION, Severity.ERROR}
    if undecided := tuple(problem for problem in reading.problems if problem.severity in holding_up):
        raise UndecidedError(undecided)
    if reading.receipt.kind == Kind.NOTHING or rows.num_rows == 0:
        raise NothingToStoreError(reading.receipt, tuple(reading.problems))
    if campaign is not None:
        store.campaign(campaign)
    sweep(store)
    problems = (*reading.problems, *plan(store, reading, campaign=campaign).problems)
    return _commit(store, _describe(reading, rows, campaign=campaign, person=person), rows, problems)


def assign(store: Store, batch_id: str, *, campaign: str, person: str) -> Batch:
    """Let the figures of a batch count for another campaign, as a new batch; the old one counts no longer."""
    old = store.batch(batch_id)
    store.campaign(campaign)
    if old.kind == Kind.SURVEY:
        raise ValueError("answers are read by the questions of a campaign: import the file again with that campaign")
    if old.campaign == campaign:
        return old
    rows = pq.read_table(batch_path(store, old.id)).drop_columns("campaign").cast(SCHEMAS[old.kind])
    now = dt.datetime.now(dt.UTC)
    new = replace(old, id=secrets.token_hex(6), campaign=campaign, status=Status.ACTIVE, saved_at=now, saved_by=person)
    return _commit(store, new, rows, store.problems(old), instead=old)


def _commit(
    store: Store, batch: Batch, rows: pa.Table, problems: tuple[Problem, ...], *, instead: Batch | None = None
) -> Batch:
    """Write the rows of a batch, then make them count in one transaction."""
    path = batch_path(store, batch.id)
    temporary = path.with_suffix(".temporary")
    try:
        batch = replace(batch, parquet_sha256=_write(rows, batch.campaign, temporary))
        with store.writing():
            if instead is not None and store.batch(instead.id).status == Status.ACTIVE:
                store.set_status(instead.id, Status.UNDONE, person=batch.saved_by)
            for other in store.batches(batch.campaign):
                if _same_reading(other) == _same_reading(batch):
                    return _activate(store, other, person=batch.saved_by)
            temporary.replace(path)  # inside the transaction: nobody can take the file for an orphan
            _sync(path.parent)
            return _insert(store, batch, problems)
    finally:
        temporary.unlink(missing_ok=True)


def undo(store: Store, batch_id: str, *, person: str) -> Batch:
    """Let a batch count no longer. It stays, and `redo` brings it back."""
    with store.writing():
        if store.batch(batch_id).status == Status.ACTIVE:
            store.set_status(batch_id, Status.UNDONE, person=person)
        return store.batch(batch_id)


def redo(store: Store, batch_id: str, *, person: str) -> Batch:
    """Let a batch count again, in the place it had; another reading of the same file counts no longer."""
    with store.writing():
        return _activate(store, store.batch(batch_id), person=person)


def _rows(reading: Upload | SurveyReading) -> pa.Table:
    return reading.rows if isinstance(reading, Upload) else reading.answers


def _describe(reading: Upload | SurveyReading, rows: pa.Table, *, campaign: str | None, person: str) -> Batch:
    receipt = reading.receipt
    schema = SCHEMAS[receipt.kind]
    for wanted, given in zip(schema, rows.schema, strict=True):
        kind = given.type.value_type if pa.types.is_dictionary(given.type) else given.type
        if (given.name, kind) != (wanted.name, wanted.type):
            raise TypeError(f"column {given.name!r} is {kind}, must be {wanted.name!r} {wanted.type}")
    return Batch(
        id=secrets.token_hex(6),
        number=2**62,  # newer than any; the ledger gives the real one
        campaign=campaign,
        kind=receipt.kind,
        platform=receipt.platform,
        report=receipt.report,
        file_name=receipt.file_name,
        sha256=receipt.sha256,
        parquet_sha256="",
        rows=rows.num_rows,
        window=_window(receipt, rows),
        identified=receipt.identified,
        control=control(rows, receipt.kind),
        status=Status.ACTIVE,
        saved_at=dt.datetime.now(dt.UTC),
        saved_by=person,
        receipt_json=json.dumps(encode(receipt), ensure_ascii=False),
    )


def _window(receipt: Receipt, rows: pa.Table) -> tuple[dt.date, dt.date] | None:
    """From the first day to the last of the file and of its rows; None where a row has none."""
    if receipt.kind == Kind.SURVEY:
        return receipt.window
    start, end = rows["window_start"], rows["window_end"]
    if start.null_count or end.null_count or rows.num_rows == 0:
        return None
    days = [pc.min(start).as_py(), pc.max(end).as_py(), *(receipt.window or ())]
    return min(days), max(days)


def _write(rows: pa.Table, campaign: str | None, path: Path) -> str:
    places = pa.nulls(rows.num_rows, pa.int32()) if campaign is None else np.zeros(rows.num_rows, np.int32)
    column = pa.DictionaryArray.from_arrays(places, pa.array([campaign or ""], pa.string()))
    whole = [field.name for field in rows.schema if pa.types.is_integer(field.type) or pa.types.is_date(field.type)]
    with path.open("xb") as file:
        pq.write_table(
            rows.append_column("campaign", column),
            file,
            compression="snappy",  # after these encodings there is little left that others would make smaller
            use_dictionary=[name for name in [*rows.schema.names, "campaign"] if name not in whole],
            column_encoding=dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
            write_statistics=["window_start", "window_end"],
            row_group_size=131_072,  # so that both cores of a small machine read at once
            store_schema=False,
        )
        file.flush()
        os.fsync(file.fileno())
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _insert(store: Store, batch: Batch, problems: tuple[Problem, ...]) -> Batch:
    row = {field: getattr(batch, field) for field in batch.__slots__ if field not in ("number", "window")}
    first, last = batch.window or (None, None)
    after = {"campaign": batch.campaign, "file_name": batch.file_name, "sha256": batch.sha256, "rows": batch.rows}
    _retire_other_readings(store, batch, person=batch.saved_by)
    store.ledger.table("batches").insert(
        row
        | {
            "first_day": first and first.isoformat(),
            "last_day": last and last.isoformat(),
            "identified": int(batch.identified),
            "control": json.dumps(batch.control),
            "saved_at": batch.saved_at.isoformat(),
        }
    )
    store.ledger.conn.executemany(
        "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)",
        [(batch.id, p.code, p.severity, p.row, p.column, p.value) for p in problems],
    )
    store.record(person=batch.saved_by, action="save_batch", subject=batch.id, after=after)
    return store.batch(batch.id)


def _same_receipt(one: Batch, other: Batch) -> bool:
    """Whether one file was read in one way, as far as its receipt tells."""
    same_name = replace(other.receipt, file_name=one.file_name)
    return (one.control, one.rows, one.window, one.receipt) == (other.control, other.rows, other.window, same_name)


def _same_reading(batch: Batch) -> tuple[str | None, str, str]:
    return batch.campaign, batch.sha256, batch.parquet_sha256


def _activate(store: Store, batch: Batch, *, person: str) -> Batch:
    if batch.status == Status.ACTIVE:
        return batch
    if batch.campaign is not None:
        store.campaign(batch.campaign)
    _retire_other_readings(store, batch, person=person)
    store.set_status(batch.id, Status.ACTIVE, person=person)
    return store.batch(batch.id)


def _retire_other_readings(store: Store, batch: Batch, *, person: str) -> None:
    for other in store.batches():
        if (other.sha256, other.campaign, other.status) == (batch.sha256, batch.campaign, Status.ACTIVE):
            store.set_status(other.id, Status.UNDONE, person=person)
