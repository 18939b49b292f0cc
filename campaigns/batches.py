"""Batches: the rows of one import, immutable in a Parquet file of their own. Nothing here ever loses or halves one.

A batch is written under a temporary name, synced, renamed, and made visible by one transaction; what a crash leaves
behind is at most a file that no ledger names.
"""

import datetime as dt
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from campaigns.batch_files import (
    Summary,
    joined,
    read_rows,
    summary_of,
    sync_folder,
    without_empty_figures,
    write_rows,
)
from campaigns.changes import Changes, changes
from campaigns.current import batch_path, part_of
from campaigns.exports.parts import Parts
from campaigns.problems import Problem, Severity
from campaigns.receipts import Kind, Receipt, Upload
from campaigns.safekeeping import Damage, backup, check, sweep
from campaigns.serialising import encode
from campaigns.store import Batch, Status, Store

__all__ = [
    "Batch", "Changes", "Damage", "NothingToStoreError", "Status", "SurveyReading", "UndecidedError",
    "already_stored", "assign", "backup", "check", "plan", "redo", "save_batch", "save_parts", "sweep", "undo",
]  # fmt: skip


NEWEST = 2**62  # the number of a batch that has none yet


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


def already_stored(store: Store, sha256: str) -> tuple[Batch, ...]:
    """The batches that count and were made of this very file, known by its bytes before anything of it is read."""
    return tuple(batch for batch in store.batches(sha256=sha256) if batch.status == Status.ACTIVE)


def plan(store: Store, reading: Upload | SurveyReading, *, campaign: str | None) -> Changes:
    """What storing a file would change, for the person who confirms it."""
    rows = _rows(reading)
    stored = store.batches(campaign)
    counting = any(batch.status == Status.ACTIVE for batch in stored)
    if campaign is None or rows.num_rows == 0 or not counting:
        return Changes(new=rows.num_rows, replaced=0, differing=0, unchanged=0)
    batch = _describe(reading.receipt, summary_of(rows, reading.receipt.kind), campaign=campaign, person="-")
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
    _demand_decided(reading.problems, keep_good_rows=keep_good_rows)
    if reading.receipt.kind == Kind.NOTHING or rows.num_rows == 0:
        raise NothingToStoreError(reading.receipt, tuple(reading.problems))
    if campaign is not None:
        store.campaign(campaign)
    sweep(store)
    problems = (*reading.problems, *plan(store, reading, campaign=campaign).problems)
    summary = summary_of(rows, reading.receipt.kind)
    return _commit(store, _describe(reading.receipt, summary, campaign=campaign, person=person), rows, problems)


def save_parts(store: Store, parts: Parts, *, campaign: str | None, person: str, keep_good_rows: bool = False) -> Batch:
    """Store a file too large to hold as one batch, as `save_batch` stores others."""
    if campaign is not None:
        store.campaign(campaign)
    sweep(store)
    path = batch_path(store, secrets.token_hex(6)).with_suffix(".temporary")
    summaries: list[Summary] = []

    def summarised() -> Iterator[pa.Table]:
        for rows in parts:
            summaries.append(summary_of(rows, Kind.ENGAGEMENT))
            yield rows

    try:
        sha256 = write_rows(summarised(), Kind.ENGAGEMENT, campaign, path)
        _demand_decided(parts.problems, keep_good_rows=keep_good_rows)
        summary = joined(summaries)
        if parts.receipt.kind == Kind.NOTHING or summary.rows == 0:
            raise NothingToStoreError(parts.receipt, parts.problems)
        batch = _describe(parts.receipt, summary, campaign=campaign, person=person)
        return _make_count(store, replace(batch, parquet_sha256=sha256), path, parts.problems)
    finally:
        path.unlink(missing_ok=True)


def _demand_decided(problems: Sequence[Problem], *, keep_good_rows: bool) -> None:
    holding_up = {Severity.QUESTION} if keep_good_rows else {Severity.QUESTION, Severity.ERROR}
    if undecided := tuple(problem for problem in problems if problem.severity in holding_up):
        raise UndecidedError(undecided)


def assign(store: Store, batch_id: str, *, campaign: str, person: str) -> Batch:
    """Let the figures of a batch count for another campaign, as a new batch; the old one counts no longer.

    It keeps its place: an older file stays older than those that the other campaign has already.
    """
    old = store.batch(batch_id)
    store.campaign(campaign)
    if old.kind == Kind.SURVEY:
        raise ValueError("answers are read by the questions of a campaign: import the file again with that campaign")
    if old.campaign == campaign:
        return old
    rows = read_rows(batch_path(store, old.id), old.kind)
    now = dt.datetime.now(dt.UTC)
    new = replace(old, id=secrets.token_hex(6), campaign=campaign, status=Status.ACTIVE, saved_at=now, saved_by=person)
    return _commit(store, new, rows, store.problems(old), instead=old)


def _commit(
    store: Store,
    batch: Batch,
    rows: pa.Table,
    problems: tuple[Problem, ...],
    *,
    instead: Batch | None = None,
) -> Batch:
    """Write the rows of a batch, then let it count."""
    path = batch_path(store, batch.id).with_suffix(".temporary")
    try:
        sha256 = write_rows([without_empty_figures(rows)], batch.kind, batch.campaign, path)
        batch = replace(batch, parquet_sha256=sha256)
        return _make_count(store, batch, path, problems, instead=instead)
    finally:
        path.unlink(missing_ok=True)


def _make_count(
    store: Store, batch: Batch, written: Path, problems: tuple[Problem, ...], *, instead: Batch | None = None
) -> Batch:
    """Let a batch whose rows are written count, in one transaction."""
    path = batch_path(store, batch.id)
    with store.writing():
        if instead is not None and store.batch(instead.id).status == Status.ACTIVE:
            store.set_status(instead.id, Status.UNDONE, person=batch.saved_by)
        for other in store.batches(batch.campaign):
            if _same_reading(other) == _same_reading(batch):
                return _activate(store, other, person=batch.saved_by)
        written.replace(path)  # inside the transaction: nobody can take the file for an orphan
        sync_folder(path.parent)
        return _insert(store, batch, problems)


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


def _describe(receipt: Receipt, summary: Summary, *, campaign: str | None, person: str) -> Batch:
    return Batch(
        id=secrets.token_hex(6),
        number=NEWEST,  # the ledger gives the real one
        campaign=campaign,
        kind=receipt.kind,
        platform=receipt.platform,
        report=receipt.report,
        file_name=receipt.file_name,
        sha256=receipt.sha256,
        parquet_sha256="",
        rows=summary.rows,
        window=_window(receipt, summary.days),
        identified=receipt.identified,
        control=summary.control,
        status=Status.ACTIVE,
        saved_at=dt.datetime.now(dt.UTC),
        saved_by=person,
        receipt_json=json.dumps(encode(receipt), ensure_ascii=False),
    )


def _window(receipt: Receipt, days: tuple[dt.date, dt.date] | None) -> tuple[dt.date, dt.date] | None:
    """From the first day to the last of the file and of its rows; None where a row has none."""
    if receipt.kind == Kind.SURVEY or days is None:
        return receipt.window if receipt.kind == Kind.SURVEY else None
    both = [*days, *(receipt.window or ())]
    return min(both), max(both)


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
            "place": None if batch.number == NEWEST else batch.number,
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
