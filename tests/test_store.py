"""The ledger: records, the audit trail, and what it refuses."""

import contextlib
import sqlite3
from multiprocessing import get_context

import pytest

from campaigns.batches import Status, save_batch
from campaigns.records import Money, Spending
from campaigns.store import NewerStoreError, open_store
from tests.examples import campaign, export, row


def test_a_saved_campaign_is_read_back_as_it_was(store):
    saved = campaign("C2", spending=Spending(media=Money(amount=120_000, currency="EUR")), platforms=("meta_ads",))
    store.save_campaign(saved, person="Amina")
    assert store.campaign("C2") == saved
    assert store.campaigns() == (campaign("C1"), saved)


def test_the_store_is_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path / "elsewhere"))
    with open_store() as store:
        assert store.folder == tmp_path / "elsewhere"
    assert (tmp_path / "elsewhere" / "tracker.db").exists()


def test_a_campaign_that_is_not_there_is_named_in_the_error(store):
    with pytest.raises(KeyError, match="there is no campaign 'C9'"):
        store.campaign("C9")


def test_every_change_of_a_record_is_in_the_history_with_before_and_after(store):
    store.save_campaign(campaign("C1", title="New title"), person="Bilal")
    first, second = store.history()
    assert (first.person, first.action, first.subject, first.before) == ("Amina", "save_campaign", "C1", None)
    assert (second.person, second.before["title"], second.after["title"]) == ("Bilal", "Campaign C1", "New title")
    assert second.at > first.at
    assert second.at.utcoffset().total_seconds() == 0


def test_saving_the_same_record_again_changes_nothing(store):
    version = store.version
    store.save_campaign(campaign("C1"), person="Bilal")
    assert store.version == version
    assert len(store.history()) == 1


def test_every_change_gives_another_version(store):
    versions = [store.version]
    store.save_campaign(campaign("C2"), person="Amina")
    versions.append(store.version)
    save_batch(store, export(row(impressions=1)), campaign="C1", person="Amina")
    versions.append(store.version)
    store.remove_campaign("C1", person="Amina")
    versions.append(store.version)
    assert len(set(versions)) == 4


def test_two_stores_with_the_same_campaign_have_different_versions(tmp_path):
    versions = set()
    for name in ("one", "two"):
        with open_store(tmp_path / name) as store:
            store.save_campaign(campaign("C1"), person="Amina")
            versions.add(store.version)
    assert len(versions) == 2


def test_a_removed_campaign_takes_its_batches_out_and_comes_back_when_saved(store):
    batch = save_batch(store, export(row(impressions=1)), campaign="C1", person="Amina")
    store.remove_campaign("C1", person="Bilal")
    assert store.campaigns() == ()
    assert store.batch(batch.id).status == Status.UNDONE
    assert [(entry.action, entry.subject) for entry in store.history()[-2:]] == [
        ("undo_batch", batch.id),
        ("remove_campaign", "C1"),
    ]
    store.save_campaign(campaign("C1"), person="Bilal")
    assert store.campaigns() == (campaign("C1"),)
    assert store.batch(batch.id).status == Status.UNDONE


@pytest.mark.parametrize("statement", ["UPDATE audit SET person = 'Eve'", "DELETE FROM audit"])
def test_the_audit_trail_refuses_to_be_changed(store, statement):
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        store.ledger.execute(statement)
    assert store.first_forged_entry() is None


def test_a_forged_audit_entry_is_found_though_the_triggers_were_dropped(store):
    for number in range(5):
        store.save_campaign(campaign("C1", title=f"Title {number}"), person="Amina")
    store.ledger.execute("DROP TRIGGER audit_update")
    store.ledger.execute("UPDATE audit SET person = 'Eve' WHERE id = 4")
    assert store.first_forged_entry() == 4


def test_a_change_needs_a_person(store):
    version = store.version
    with pytest.raises(ValueError, match="the person who does it has no name"):
        store.save_campaign(campaign("C2"), person=" ")
    assert store.version == version
    assert len(store.campaigns()) == 1


def test_a_failure_in_the_middle_of_a_change_leaves_nothing_of_it(store):
    with contextlib.suppress(KeyboardInterrupt), store.writing() as ledger:
        ledger.execute("UPDATE campaigns SET title = 'half'")
        raise KeyboardInterrupt
    assert next(store.ledger.execute("SELECT title FROM campaigns"))[0] == "Campaign C1"


def test_a_person_is_the_same_one_in_all_surveys_of_a_store_and_in_no_other(tmp_path):
    with open_store(tmp_path / "a") as one, open_store(tmp_path / "b") as other:
        assert len(one.respondent_key) == 32
        assert one.respondent_key != other.respondent_key
        with open_store(tmp_path / "a") as again:
            assert again.respondent_key == one.respondent_key


def test_a_store_of_a_newer_release_is_refused_and_left_alone(store):
    store.ledger.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('campaigns', 'tomorrow', '2030')"
    )
    with pytest.raises(NewerStoreError, match=r"newer release.*tomorrow"):
        open_store(store.folder)


def test_the_ledger_is_durable_strict_and_trusts_no_schema(store):
    settings = {
        name: next(store.ledger.execute(f"PRAGMA {name}"))[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema", "busy_timeout")
    }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "busy_timeout": 30_000,
    }
    assert all(table.strict for table in store.ledger.tables if not table.name.startswith("sqlite_"))


def test_several_processes_that_open_a_new_store_at_once_all_get_it(tmp_path):
    with get_context("spawn").Pool(4) as pool:
        assert pool.map(_version, [tmp_path / "new"] * 8, chunksize=1) == [""] * 8


def _version(path):
    with open_store(path) as store:
        return store.version
