"""Whether everything is still there as it was saved: checking, backing up, and sweeping up after crashes."""

import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from campaigns.current import FIGURES, batch_path
from campaigns.receipts import Kind
from campaigns.store import Store, open_store

ABANDONED = 3600.0  # seconds after which nobody can still be writing a temporary file


class DamagedError(OSError):
    """A store, or a copy of it, is not as it was when it was saved."""

    def __init__(self, damage: tuple["Damage", ...]) -> None:
        super().__init__(", ".join(f"{item.code} {item.batch or item.found}" for item in damage))
        self.damage = damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One thing that `check` found wrong: a code, the batch it concerns, and what was found."""

    code: str  # file_missing, file_changed, rows_differ, control_differs, ledger_damaged, audit_changed
    batch: str | None
    found: str


def control(rows: pa.Table, kind: Kind) -> dict[str, int]:
    """The sum of each figure that the rows hold at all."""
    sums = {name: pc.sum(rows[name]).as_py() for name in FIGURES[kind] if name in rows.column_names}
    return {name: total for name, total in sums.items() if total is not None}


def sweep(store: Store) -> tuple[str, ...]:
    """Remove the files of imports that never ended; returns their names."""
    folder = store.folder / "batches"
    known = {batch_path(store, batch.id).name for batch in store.batches()}
    if all(path.name in known for path in folder.iterdir()):
        return ()
    swept = []
    with store.writing():  # an import renames its file inside its transaction, so none is between the two now
        known = {batch_path(store, batch.id).name for batch in store.batches()}
        for path in folder.iterdir():
            if path.suffix == ".temporary" and path.stat().st_mtime > time.time() - ABANDONED:
                continue
            if path.name not in known:
                path.unlink()
                swept.append(path.name)
    return tuple(sorted(swept))


def check(store: Store) -> tuple[Damage, ...]:
    """Everything that is not as it was when it was saved: no finding means that every row is there, unchanged."""
    found = []
    for (message,) in store.ledger.execute("PRAGMA integrity_check"):
        if message != "ok":
            found.append(Damage(code="ledger_damaged", batch=None, found=message))
    for table, row, parent, _ in store.ledger.execute("PRAGMA foreign_key_check"):
        found.append(Damage(code="ledger_damaged", batch=None, found=f"{table} {row} names a missing row of {parent}"))
    if (entry := store.first_forged_entry()) is not None:
        found.append(Damage(code="audit_changed", batch=None, found=str(entry)))
    for batch in store.batches():
        try:
            content = batch_path(store, batch.id).read_bytes()
        except FileNotFoundError:
            found.append(Damage(code="file_missing", batch=batch.id, found=batch.file_name))
            continue
        if (sha256 := hashlib.sha256(content).hexdigest()) != batch.parquet_sha256:
            found.append(Damage(code="file_changed", batch=batch.id, found=sha256))
            continue
        stored = pq.ParquetFile(pa.BufferReader(content))
        rows = stored.read([name for name in FIGURES[batch.kind] if name in stored.schema_arrow.names])
        if rows.num_rows != batch.rows:
            found.append(Damage(code="rows_differ", batch=batch.id, found=str(rows.num_rows)))
        if (sums := control(rows, batch.kind)) != batch.control:
            found.append(Damage(code="control_differs", batch=batch.id, found=json.dumps(sums)))
    return tuple(found)


def backup(store: Store, target: Path | str) -> Path:
    """Copy the whole store, as it is at one moment, into a new folder; imports may go on meanwhile."""
    target = Path(target)
    if target.exists():
        raise FileExistsError(f"{target} exists already")
    growing = target.with_name(f"{target.name}.{secrets.token_hex(4)}.temporary")
    (growing / "batches").mkdir(parents=True)
    try:
        with closing(sqlite3.connect(growing / "tracker.db")) as copy:
            store.ledger.conn.backup(copy)
        with open_store(growing) as copied:  # batches are immutable: those the copied ledger names are all there
            for batch in copied.batches():
                shutil.copyfile(batch_path(store, batch.id), batch_path(copied, batch.id))
            _demand_whole(copied)
        for path in (path for path in growing.rglob("*") if path.is_file()):
            path.chmod(0o600)
            with path.open("rb") as file:
                os.fsync(file.fileno())
        growing.rename(target)
    except BaseException:
        shutil.rmtree(growing)
        raise
    return target


def _demand_whole(store: Store) -> None:
    if damage := check(store):
        raise DamagedError(damage)
