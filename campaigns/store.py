"""The ledger: campaign records, batches and their problems, and an audit trail that shows when it was tampered with.

Whatever changes it happens in one transaction that holds the write lock from its first statement on.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from campaigns.ledger import migrations, names
from campaigns.problems import Problem, Severity
from campaigns.receipts import Kind, Receipt
from campaigns.records import Campaign
from campaigns.serialising import decode, encode

FOLDER = Path(__file__).parents[1] / "data" / "store"
WAIT = 30.0  # seconds, for other writers
PRAGMAS = (
    "synchronous = FULL",  # NORMAL loses acknowledged imports when the power fails
    "foreign_keys = ON",  # SQLite leaves them off on every new connection
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)


class NewerStoreError(RuntimeError):
    """The store was written by a newer release, which this one would damage."""


class Status(StrEnum):
    """Whether a batch counts."""

    ACTIVE = "active"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import: immutable rows in a file of their own, and how the sender's file was read."""

    id: str
    number: int  # the order in which files were saved: of two batches of a campaign, the higher is the newer
    campaign: str | None  # None: not assigned to a campaign yet, so nothing counts it
    kind: Kind
    platform: str
    report: str
    file_name: str
    sha256: str  # of the sender's file
    parquet_sha256: str
    rows: int
    window: tuple[dt.date, dt.date] | None  # first and last day of the rows
    identified: bool
    control: Mapping[str, int]  # sum of each figure that the rows hold; compared by `check`, never shown
    status: Status
    saved_at: dt.datetime
    saved_by: str
    receipt_json: str

    @property
    def receipt(self) -> Receipt:
        """How the file was read."""
        receipt: Receipt = decode(Receipt, json.loads(self.receipt_json))
        return receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change: who, when (UTC), what, and how it looked before and after."""

    id: int
    at: dt.datetime
    person: str
    action: str
    subject: str
    before: Any
    after: Any


class Store:
    """An open store. Belongs to the thread that opened it."""

    def __init__(self, folder: Path, ledger: Database) -> None:
        self.folder = folder
        self.ledger = ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    @property
    def version(self) -> str:
        """A text that is another one after each change: what was worked out from the store is kept under it."""
        return next((str(row[0]) for row in self.ledger.execute("SELECT hash FROM audit ORDER BY id DESC LIMIT 1")), "")

    @property
    def respondent_key(self) -> bytes:
        """What `read_survey` hashes respondents with: the same person in all surveys of this store, and in no other."""
        return next(bytes(value) for (value,) in self.ledger.execute("SELECT value FROM secrets"))

    @contextlib.contextmanager
    def writing(self) -> Iterator[Database]:
        """All or nothing. Waits for other writers first: a deferred BEGIN would fail where it reads, then writes."""
        self.ledger.execute("BEGIN IMMEDIATE")
        try:
            yield self.ledger
            self.ledger.execute("COMMIT")
        except BaseException:  # also when a person clicks elsewhere, which Streamlit signals by a BaseException
            self.ledger.rollback()
            raise

    def record(self, *, person: str, action: str, subject: str, before: Any = None, after: Any = None) -> None:
        """Add to the audit trail, inside the transaction of the change itself."""
        if not person.strip():
            raise ValueError(f"{action} of {subject!r}: the person who does it has no name")
        entry = [
            dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"), person, action, subject,
            *(None if value is None else _json(value) for value in (before, after)),
        ]  # fmt: skip
        self.ledger.execute(
            "INSERT INTO audit (at, person, action, subject, before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [*entry, _chained(self.version, entry)],
        )

    def history(self) -> tuple[AuditEntry, ...]:
        """Every change there ever was, oldest first."""
        return tuple(
            AuditEntry(
                id=row["id"],
                at=dt.datetime.fromisoformat(row["at"]),
                person=row["person"],
                action=row["action"],
                subject=row["subject"],
                before=row["before"] and json.loads(row["before"]),
                after=row["after"] and json.loads(row["after"]),
            )
            for row in self.ledger.query("SELECT * FROM audit ORDER BY id")
        )

    def first_forged_entry(self) -> int | None:
        """The first audit entry that does not follow from those before it."""
        head = ""
        for expected, (number, *entry, stored) in enumerate(
            self.ledger.execute("SELECT id, at, person, action, subject, before, after, hash FROM audit ORDER BY id"), 1
        ):
            head = _chained(head, entry)
            if number != expected or stored != head:
                return expected
        return None

    def save_campaign(self, campaign: Campaign, *, person: str) -> None:
        """Add a campaign's record, or replace the one of the same id."""
        after = encode(campaign)
        with self.writing() as ledger:
            found = next(ledger.query("SELECT record, removed FROM campaigns WHERE id = ?", [campaign.id]), None)
            before = json.loads(found["record"]) if found and not found["removed"] else None
            if after == before:
                return
            ledger.execute(
                "INSERT INTO campaigns (id, organisation, title, first_day, last_day, record) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET organisation = excluded.organisation, title = excluded.title,"
                " first_day = excluded.first_day, last_day = excluded.last_day, record = excluded.record, removed = 0",
                [
                    campaign.id, campaign.organisation, campaign.title,
                    campaign.start.isoformat(), campaign.end.isoformat(), _json(after),
                ],
            )  # fmt: skip
            self.record(person=person, action="save_campaign", subject=campaign.id, before=before, after=after)

    def campaign(self, campaign_id: str) -> Campaign:
        """The record of one campaign."""
        for (record,) in self.ledger.execute(
            "SELECT record FROM campaigns WHERE id = ? AND NOT removed", [campaign_id]
        ):
            return _campaign(record)
        raise KeyError(f"there is no campaign {campaign_id!r}")

    def campaigns(self) -> tuple[Campaign, ...]:
        """The records of all campaigns, by first day."""
        rows = self.ledger.execute("SELECT record FROM campaigns WHERE NOT removed ORDER BY first_day, id")
        return tuple(_campaign(record) for (record,) in rows)

    def remove_campaign(self, campaign_id: str, *, person: str) -> None:
        """Take a campaign and its batches out of every figure. Nothing is deleted."""
        with self.writing() as ledger:
            before = encode(self.campaign(campaign_id))
            batches = [batch.id for batch in self.batches(campaign_id) if batch.status == Status.ACTIVE]
            ledger.execute("UPDATE campaigns SET removed = 1 WHERE id = ?", [campaign_id])
            for batch in batches:
                self.set_status(batch, Status.UNDONE, person=person)
            self.record(person=person, action="remove_campaign", subject=campaign_id, before=before)

    def set_status(self, batch_id: str, status: Status, *, person: str) -> None:
        """Undo or redo a batch, inside a transaction."""
        before = self.batch(batch_id).status
        self.ledger.execute("UPDATE batches SET status = ? WHERE id = ?", [status, batch_id])
        action = "undo_batch" if status == Status.UNDONE else "redo_batch"
        self.record(person=person, action=action, subject=batch_id, before=before, after=status)

    def batch(self, batch_id: str) -> Batch:
        """One batch."""
        for row in self.ledger.query("SELECT * FROM batches WHERE id = ?", [batch_id]):
            return _batch(row)
        raise KeyError(f"there is no batch {batch_id!r}")

    def batches(self, campaign: str | None = None, *, sha256: str | None = None) -> tuple[Batch, ...]:
        """The batches of one campaign, of one file, or all, oldest first; undone ones too."""
        return tuple(
            _batch(row)
            for row in self.ledger.query(
                "SELECT * FROM batches WHERE (:campaign IS NULL OR campaign = :campaign)"
                " AND (:sha256 IS NULL OR sha256 = :sha256) ORDER BY coalesce(place, number), number",
                {"campaign": campaign, "sha256": sha256},
            )
        )

    def problems(self, batch: Batch | str) -> tuple[Problem, ...]:
        """What was wrong with a batch's file, in the order in which it was found."""
        rows = self.ledger.execute(
            "SELECT code, severity, row, column_name, value FROM problems WHERE batch = ? ORDER BY rowid",
            [batch if isinstance(batch, str) else batch.id],
        )
        return tuple(Problem(code, Severity(severity), *place) for code, severity, *place in rows)


def open_store(path: Path | str | None = None) -> Store:
    """Open the store in a folder, creating it or bringing it up to date where need be."""
    folder = Path(path or os.environ.get("CAMPAIGN_STORE") or FOLDER)
    (folder / "batches").mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / "tracker.db", timeout=WAIT, isolation_level=None)
    try:
        ledger = Database(connection, strict=True, execute_plugins=False)
        _enable_wal(ledger)
        for pragma in PRAGMAS:
            ledger.execute(f"PRAGMA {pragma}")
        store = Store(folder, ledger)
        _bring_up_to_date(store)
    except BaseException:
        connection.close()
        raise
    return store


def _bring_up_to_date(store: Store) -> None:
    applied = {migration.name for migration in migrations.applied(store.ledger)}
    if unknown := applied - names():
        raise NewerStoreError(f"{store.folder} was written by a newer release (it has {', '.join(sorted(unknown))})")
    if migrations.pending(store.ledger):
        with store.writing():  # two that open a new store at once: the second finds nothing left to do
            migrations.apply(store.ledger)


def _enable_wal(ledger: Database) -> None:
    """Let readers read while somebody writes. SQLite does not wait here for others who open a new store as well."""
    give_up = time.monotonic() + WAIT
    while True:
        try:
            ledger.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _chained(head: str, entry: list[Any]) -> str:
    return hashlib.sha256(_json([head, *entry]).encode()).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=1024)
def _campaign(record: str) -> Campaign:
    campaign: Campaign = decode(Campaign, json.loads(record))
    return campaign


def _batch(row: dict[str, Any]) -> Batch:
    first, last, place = row.pop("first_day"), row.pop("last_day"), row.pop("place")
    return Batch(
        **row
        | {
            "number": row["number"] if place is None else place,
            "kind": Kind(row["kind"]),
            "window": (dt.date.fromisoformat(first), dt.date.fromisoformat(last)) if first else None,
            "identified": bool(row["identified"]),
            "control": json.loads(row["control"]),
            "status": Status(row["status"]),
            "saved_at": dt.datetime.fromisoformat(row["saved_at"]),
        }
    )
