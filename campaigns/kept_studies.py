"""Published studies that people added: kept in the ledger with who and when, corrected and withdrawn, never deleted."""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from campaigns.literature import PublishedOutcome
from campaigns.problems import Problem, Severity
from campaigns.serialising import decode, encode
from campaigns.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStudy:
    """One outcome of a published study, with who added or last corrected it, and when (UTC)."""

    study: PublishedOutcome
    saved_by: str
    saved_at: dt.datetime
    withdrawn: bool


def kept_studies(store: Store, *, withdrawn: bool = False) -> tuple[KeptStudy, ...]:
    """The studies that count, or those withdrawn, by identifier."""
    rows = store.ledger.query("SELECT * FROM published_studies WHERE withdrawn = ? ORDER BY id", [int(withdrawn)])
    return tuple(_kept(row["study"], row["saved_by"], row["saved_at"], withdrawn=withdrawn) for row in rows)


def save_studies(store: Store, studies: Iterable[PublishedOutcome], *, person: str) -> int:
    """Add studies, or correct those of the same identifier, all or none; how many differ from what was kept."""
    changed = 0
    with store.writing() as ledger:
        for study in studies:
            before = _found(store, study.id)
            if before is not None and before.study == study and not before.withdrawn:
                continue
            changed += 1
            ledger.execute(
                "INSERT INTO published_studies (id, study, saved_at, saved_by) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET study = excluded.study, withdrawn = 0,"
                " saved_at = excluded.saved_at, saved_by = excluded.saved_by",
                [study.id, json.dumps(encode(study), ensure_ascii=False), _now(), person],
            )
            was = encode(before.study) if before and not before.withdrawn else None
            store.record(person=person, action="save_study", subject=study.id, before=was, after=encode(study))
    return changed


def withdraw_study(store: Store, study_id: str, *, person: str, why: str) -> None:
    """Take a study out of every list and average; it stays in the history with the reason."""
    if not why.strip():
        raise ValueError(f"study {study_id!r} cannot be withdrawn without a reason")
    with store.writing() as ledger:
        before = _found(store, study_id)
        if before is None or before.withdrawn:
            raise KeyError(f"there is no study {study_id!r}")
        ledger.execute(
            "UPDATE published_studies SET withdrawn = 1, saved_at = ?, saved_by = ? WHERE id = ?",
            [_now(), person, study_id],
        )
        store.record(
            person=person, action="withdraw_study", subject=study_id, before=encode(before.study), after={"why": why}
        )


def bring_back_study(store: Store, study_id: str, *, person: str) -> None:
    """Let a withdrawn study count again."""
    found = _found(store, study_id)
    if found is None or not found.withdrawn:
        raise KeyError(f"there is no withdrawn study {study_id!r}")
    save_studies(store, [found.study], person=person)


def clashes(studies: Iterable[PublishedOutcome], taken: Collection[str]) -> tuple[Problem, ...]:
    """The identifiers that belong to studies which come with the project, which nobody can change here."""
    return tuple(
        Problem("study_of_the_project", Severity.ERROR, None, "id", study.id) for study in studies if study.id in taken
    )


def _found(store: Store, study_id: str) -> KeptStudy | None:
    for row in store.ledger.query("SELECT * FROM published_studies WHERE id = ?", [study_id]):
        return _kept(row["study"], row["saved_by"], row["saved_at"], withdrawn=bool(row["withdrawn"]))
    return None


def _kept(study: str, person: str, at: str, *, withdrawn: bool) -> KeptStudy:
    outcome: PublishedOutcome = decode(PublishedOutcome, json.loads(study))
    return KeptStudy(study=outcome, saved_by=person, saved_at=dt.datetime.fromisoformat(at), withdrawn=withdrawn)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
