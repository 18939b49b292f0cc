"""Imports: what counts now, the same file again, undo and redo, and what crashes, full disks and flipped bits do."""

import datetime as dt
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.batch_files import empty_figures, read_rows
from campaigns.batches import (
    Changes,
    NothingToStoreError,
    Status,
    UndecidedError,
    backup,
    check,
    plan,
    redo,
    save_batch,
    sweep,
    undo,
)
from campaigns.changes import Difference
from campaigns.current import batch_path, current_files
from campaigns.problems import Problem, Severity
from campaigns.receipts import ColumnReading, Kind
from campaigns.rows import STORED_METRICS
from campaigns.store import open_store
from tests.examples import campaign, day, export, row, survey

FIGURES = ("impressions", "views")


def save(store, reading, *, campaign="C1", **options):
    return save_batch(store, reading, campaign=campaign, person="Amina", **options)


def current(store, kind=Kind.ENGAGEMENT, columns="entity_id, impressions, views"):
    """The current rows as sorted tuples."""
    files = current_files(store, kind)
    if not files:
        return []
    with duckdb.connect() as connection:
        connection.register("stored", pa.concat_tables(read_rows(path, kind) for path in files))
        return connection.execute(f"SELECT {columns} FROM stored ORDER BY ALL").fetchall()  # noqa: S608


def rows_of(planned):
    """New, replaced, differing and unchanged rows."""
    return planned.new, planned.replaced, planned.differing, planned.unchanged


def test_a_batch_holds_the_rows_exactly_as_accepted_and_the_campaign(store):
    reading = export(row(impressions=5, age="18-24"), row(day=1, impressions=7, spend=12_340_000))
    batch = save(store, reading)
    stored = pq.read_table(batch_path(store, batch.id))
    assert read_rows(batch_path(store, batch.id), Kind.ENGAGEMENT) == reading.rows
    assert stored["campaign"].to_pylist() == ["C1", "C1"]


def test_a_batch_knows_how_when_and_by_whom_it_came(store):
    reading = export(
        row(impressions=5),
        row(day=2, impressions=7),
        totals={"impressions": 12},
        columns=(ColumnReading(header="Impressions", field="impressions", stored=True),),
        window=(day(-1), day(2)),
    )
    batch = save(store, reading)
    assert (batch.campaign, batch.kind, batch.platform, batch.report) == ("C1", Kind.ENGAGEMENT, "meta_ads", "ads")
    assert (batch.file_name, batch.sha256, batch.rows) == ("export.csv", reading.receipt.sha256, 2)
    assert batch.window == (day(-1), day(2))
    assert (batch.status, batch.saved_by, batch.control) == (Status.ACTIVE, "Amina", {"impressions": 12})
    assert abs(dt.datetime.now(dt.UTC) - batch.saved_at) < dt.timedelta(minutes=1)
    assert batch.parquet_sha256 == hashlib.sha256(batch_path(store, batch.id).read_bytes()).hexdigest()
    assert batch.receipt == reading.receipt
    assert store.batches("C1") == (batch,)
    assert store.history()[-1].after["rows"] == 2


def test_columns_read_as_codes_are_stored_as_text(store):
    reading = export(row(impressions=5))
    place = reading.rows.schema.get_field_index("platform")
    codes = reading.rows.set_column(place, "platform", reading.rows["platform"].dictionary_encode())
    object.__setattr__(reading, "rows", codes)
    batch = save(store, reading)
    assert pq.read_schema(batch_path(store, batch.id)).field("platform").type == pa.string()


def test_rows_of_another_shape_are_refused_with_the_column_named(store):
    reading = export(row(impressions=5))
    place = reading.rows.schema.get_field_index("impressions")
    wrong = reading.rows.set_column(place, "impressions", pa.array([5.0]))
    object.__setattr__(reading, "rows", wrong)
    with pytest.raises(TypeError, match="'impressions' is double, must be 'impressions' int64"):
        save(store, reading)


def test_problems_are_kept_with_the_batch(store):
    problems = (
        Problem("not_a_number", Severity.WARNING, row=3, column="Reach", value="many"),
        Problem("missing_days", Severity.NOTE),
    )
    batch = save(store, export(row(impressions=5), problems=problems))
    assert store.problems(batch) == problems
    assert store.problems(batch.id) == problems


def test_a_file_with_errors_is_stored_only_when_a_person_keeps_the_good_rows(store):
    reading = export(row(impressions=5), problems=[Problem("not_a_number", Severity.ERROR, row=3)])
    with pytest.raises(UndecidedError, match="1 undecided: not_a_number") as error:
        save(store, reading)
    assert error.value.problems == reading.problems
    assert store.batches() == ()
    assert save(store, reading, keep_good_rows=True).rows == 1


def test_an_open_question_is_never_waved_through(store):
    reading = export(row(impressions=5), problems=[Problem("date_order_ambiguous", Severity.QUESTION)])
    with pytest.raises(UndecidedError):
        save(store, reading, keep_good_rows=True)
    assert store.batches() == ()


def test_a_file_with_nothing_in_it_is_refused(store):
    with pytest.raises(NothingToStoreError, match=r"'export\.csv' holds no row"):
        save(store, export(kind=Kind.NOTHING))
    assert plan(store, export(kind=Kind.NOTHING), campaign="C1") == Changes(new=0, replaced=0, differing=0, unchanged=0)


def test_a_campaign_that_is_not_there_is_refused(store):
    with pytest.raises(KeyError, match="no campaign 'C9'"):
        save(store, export(row(impressions=5)), campaign="C9")


def test_a_batch_without_a_campaign_counts_nowhere(store):
    batch = save(store, export(row(impressions=5)), campaign=None)
    assert batch.campaign is None
    assert pq.read_table(batch_path(store, batch.id))["campaign"].to_pylist() == [None]
    assert current(store) == []
    assert check(store) == ()


def test_the_same_file_again_changes_nothing(store):
    first = save(store, export(row(impressions=5)))
    version = store.version
    assert save(store, export(row(impressions=5), file_name="export (1).csv")) == first
    assert store.version == version
    assert len(list(batch_path(store, first.id).parent.iterdir())) == 1


def test_the_same_file_may_belong_to_two_campaigns(store):
    store.save_campaign(campaign("C2"), person="Amina")
    assert save(store, export(row(impressions=5))).id != save(store, export(row(impressions=5)), campaign="C2").id


def test_the_same_file_again_brings_an_undone_batch_back(store):
    first = save(store, export(row(impressions=5)))
    undo(store, first.id, person="Bilal")
    assert save(store, export(row(impressions=5))) == first


def test_the_same_file_read_in_another_way_replaces_itself(store):
    """Somebody answered that 3/1 was in March, and then that it was in January."""
    first = save(store, export(row(day=0, impressions=5), content="3/1"))
    second = save(store, export(row(day=59, impressions=5), content="3/1"))
    assert store.batch(first.id).status == Status.UNDONE
    assert current(store, columns="window_start, impressions") == [(day(59), 5)]
    assert redo(store, first.id, person="Bilal").status == Status.ACTIVE
    assert store.batch(second.id).status == Status.UNDONE
    assert current(store, columns="window_start, impressions") == [(day(0), 5)]


def test_undo_and_redo_leave_the_order_of_batches_as_it_was(store):
    old, new = save(store, export(row(impressions=5))), save(store, export(row(impressions=6)))
    assert current(store) == [("1", 6, None)]
    assert undo(store, new.id, person="Bilal").status == Status.UNDONE
    assert current(store) == [("1", 5, None)]
    redo(store, new.id, person="Bilal")
    undo(store, old.id, person="Bilal")
    redo(store, old.id, person="Bilal")
    assert current(store) == [("1", 6, None)]
    assert [entry.action for entry in store.history()[-4:]] == ["undo_batch", "redo_batch", "undo_batch", "redo_batch"]


def test_undoing_twice_is_one_change(store):
    batch = save(store, export(row(impressions=5)))
    undo(store, batch.id, person="Bilal")
    version = store.version
    undo(store, batch.id, person="Bilal")
    assert store.version == version


def test_a_batch_that_is_not_there_is_named_in_the_error(store):
    with pytest.raises(KeyError, match="there is no batch 'x'"):
        undo(store, "x", person="Bilal")


def test_a_batch_of_a_removed_campaign_is_not_redone(store):
    batch = save(store, export(row(impressions=5)))
    store.remove_campaign("C1", person="Bilal")
    with pytest.raises(KeyError, match="no campaign 'C1'"):
        redo(store, batch.id, person="Bilal")


def test_a_renamed_advertisement_is_still_the_same(store):
    save(store, export(row(impressions=5, entity_name="Boat")))
    save(store, export(row(impressions=6, entity_name="Boat (final)")))
    assert current(store, columns="entity_name, impressions") == [("Boat (final)", 6)]


def test_a_file_of_views_takes_nothing_away_from_a_file_of_impressions(store):
    save(store, export(row(impressions=5)))
    save(store, export(row(views=2)))
    save(store, export(row(views=3), content="corrected"))
    assert current(store) == [("1", 5, 3)]


def test_a_later_file_with_fewer_columns_corrects_only_those(store):
    save(store, export(row(impressions=5, views=2), row(day=1, impressions=7, views=3)))
    save(store, export(row(impressions=6)))
    assert current(store) == [("1", 6, 2), ("1", 7, 3)]


def test_a_re_export_without_ids_replaces_the_whole_window(store):
    posts = {"entity_id": None, "level": "post"}
    old = export(
        row(**posts, entity_name="Hello", impressions=5),
        row(**posts, entity_name="Deleted", day=1, impressions=7),
        row(**posts, entity_name="Outside", day=20, impressions=9),
        identified=False,
    )
    new = export(row(**posts, entity_name="Hello, edited", impressions=6), identified=False, window=(day(0), day(10)))
    save(store, old)
    planned = plan(store, new, campaign="C1")
    assert rows_of(planned) == (1, 2, 0, 0)
    assert planned.lower == 2
    assert planned.differences == (Difference(metric="impressions", before=12, after=0),)
    save(store, new)
    assert current(store, columns="entity_name, impressions") == [("Hello, edited", 6), ("Outside", 9)]


def test_a_re_export_without_ids_leaves_other_levels_accounts_and_breakdowns(store):
    others = export(
        row(entity_id=None, level="campaign", impressions=1),
        row(entity_id=None, account="B", impressions=2),
        row(entity_id=None, age="18-24", impressions=3),
        identified=False,
    )
    save(store, others)
    save(store, export(row(entity_id=None, impressions=4), identified=False, window=(day(0), day(10))))
    assert current(store, columns="impressions") == [(1,), (2,), (3,), (4,)]


def test_rows_that_nothing_tells_apart_are_all_kept(store):
    twice = export(row(entity_id=None, impressions=1), row(entity_id=None, impressions=1, ordinal=1), identified=False)
    save(store, twice)
    save(store, export(row(entity_id="7", impressions=3), report="another"))
    assert current(store, columns="impressions") == [(1,), (1,), (3,)]


def test_the_plan_says_what_an_import_then_does(store):
    save(store, export(row(impressions=5), row(day=1, impressions=6), row(day=2, impressions=7)))
    reading = export(row(impressions=5), row(day=1, impressions=60), row(day=3, impressions=8))
    planned = plan(store, reading, campaign="C1")
    assert rows_of(planned) == (1, 0, 1, 1)
    assert planned.differences == (Difference(metric="impressions", before=6, after=60),)
    save(store, reading)
    assert plan(store, reading, campaign="C1") == Changes(new=0, replaced=0, differing=0, unchanged=3)
    assert plan(store, reading, campaign=None) == Changes(new=3, replaced=0, differing=0, unchanged=0)


def test_the_plan_for_another_reading_of_a_stored_file_says_what_goes(store):
    save(store, export(row(day=0, impressions=5), content="3/1"))
    planned = plan(store, export(row(day=59, impressions=5), content="3/1"), campaign="C1")
    assert rows_of(planned) == (1, 1, 0, 0)
    assert planned.problems == ()


def test_a_newer_export_with_lower_figures_counts_and_is_warned_of(store):
    """Platforms take clicks back that they do not believe; a filter that was left on looks the same."""
    save(store, export(row(impressions=50, views=5), row(day=1, impressions=60, views=6)))
    newer = export(row(impressions=40, views=5), row(day=1, impressions=60, views=7))
    planned = plan(store, newer, campaign="C1")
    assert [(p.code, p.severity, p.value) for p in planned.problems] == [
        ("figures_lower_than_before", Severity.WARNING, "1")
    ]
    assert planned.differences == (
        Difference(metric="impressions", before=110, after=100),
        Difference(metric="views", before=11, after=12),
    )
    batch = save(store, newer)
    assert planned.problems[0] in store.problems(batch)
    assert current(store) == [("1", 40, 5), ("1", 60, 7)]


def test_a_newer_export_with_higher_figures_needs_no_warning(store):
    save(store, export(row(impressions=50)))
    newer = export(row(impressions=51))
    assert plan(store, newer, campaign="C1").problems == ()
    assert store.problems(save(store, newer)) == ()


def test_answers_of_a_newer_survey_file_correct_the_older(store):
    save(store, survey((1, "campaign", "after", 0, "a"), (2, "campaign", "after", None, "a")))
    save(store, survey((1, "campaign", "after", 1, "a")))
    save(store, survey((1, "campaign", "after", 0, "a"), name="another"))
    assert current(store, Kind.SURVEY, "survey, respondent, value") == [
        ("another", "1", 0),
        ("survey", "1", 1),
        ("survey", "2", None),
    ]


def test_deleted_current_files_are_made_again(store):
    save(store, export(row(impressions=5)))
    save(store, export(row(impressions=6)))
    before = current(store)
    (path,) = current_files(store, Kind.ENGAGEMENT)
    assert path.parent.name == "current"
    path.unlink()
    assert current(store) == before


def test_current_files_that_nobody_needs_are_removed_after_a_while(store):
    save(store, export(row(impressions=5)))
    save(store, export(row(impressions=6)))
    (old,) = current_files(store, Kind.ENGAGEMENT)
    save(store, export(row(impressions=7)))
    current_files(store, Kind.ENGAGEMENT)
    assert old.exists()  # somebody may be reading it
    os.utime(old, (time.time() - 7200,) * 2)
    save(store, export(row(impressions=8)))
    (new,) = current_files(store, Kind.ENGAGEMENT)
    assert not old.exists()
    assert new.exists()


entity = st.sampled_from(["1", "2"])
figures = st.fixed_dictionaries({}, optional=dict.fromkeys(FIGURES, st.integers(0, 3)))
keyed = st.dictionaries(st.tuples(entity, st.integers(0, 2), st.sampled_from([None, "18-24"])), figures, min_size=1)
files = st.lists(st.tuples(st.booleans(), keyed), min_size=1, max_size=4)
steps = st.lists(st.tuples(st.sampled_from(["save", "undo", "redo"]), st.integers(0, 3)), max_size=8)


@settings(max_examples=30, deadline=None)
@given(files=files, steps=steps)
def test_whatever_is_saved_undone_and_redone_the_rule_gives_the_same_current_rows(files, steps):
    """Against the rule written down in plain Python."""
    readings = [
        export(
            *(
                row(entity_id=name if by_id else None, entity_name=name, day=number, age=age, **held)
                for (name, number, age), held in rows.items()
            ),
            identified=by_id,
            content=str(place),
        )
        for place, (by_id, rows) in enumerate(files)
    ]
    with tempfile.TemporaryDirectory() as folder, open_store(folder) as store:
        store.save_campaign(campaign("C1"), person="Amina")
        saved, active = {}, set()
        for action, place in [("save", 0), *steps]:
            place %= len(files)
            if action == "save":
                saved.setdefault(place, save(store, readings[place]).id)
                active.add(place)
            elif place in saved:
                {"undo": undo, "redo": redo}[action](store, saved[place], person="Bilal")
                {"undo": active.discard, "redo": active.add}[action](place)
        order = [place for place in saved if place in active]  # oldest first
        found = {}
        for by_id, name, start, age, *values in current(
            store, columns="entity_id IS NOT NULL, entity_name, window_start, age, impressions, views"
        ):
            for figure, value in zip(FIGURES, values, strict=True):
                if value is not None:
                    key = (by_id, name, (start - day(0)).days, age, figure)
                    assert key not in found
                    found[key] = value
        assert found == expected([files[place] for place in order])
        assert check(store) == ()
        assert sweep(store) == ()


def expected(batches):
    values = {}
    for figure in FIGURES:
        # a batch speaks of the figures that any of its rows holds
        holders = [(by_id, rows) for by_id, rows in batches if any(figure in held for held in rows.values())]
        for place, (by_id, rows) in enumerate(holders):
            newer = holders[place + 1 :]
            for key, held in rows.items():
                if figure in held and not any(replaces(by_id, key, later, other) for later, other in newer):
                    values[by_id, *key, figure] = held[figure]
    return values


def replaces(by_id, key, newer_by_id, newer):
    if by_id and newer_by_id:
        return key in newer
    _, number, age = key
    days = [day for _, day, _ in newer]
    return any((age is None) == (other is None) for _, _, other in newer) and min(days) <= number <= max(days)


def test_a_flipped_bit_is_found(store):
    batch = save(store, export(*(row(day=number, impressions=number) for number in range(50))))
    assert check(store) == ()
    path = batch_path(store, batch.id)
    content = path.read_bytes()
    for place in range(0, len(content), 97):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert [(damage.code, damage.batch) for damage in check(store)] == [("file_changed", batch.id)]
    path.unlink()
    assert [(damage.code, damage.found) for damage in check(store)] == [("file_missing", "export.csv")]


def test_rows_and_sums_that_differ_from_the_ledger_are_found(store):
    batch = save(store, export(row(impressions=5), row(day=1, impressions=7)))
    other = save(store, export(row(impressions=5)), campaign=None)
    content = batch_path(store, other.id).read_bytes()
    batch_path(store, batch.id).write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    store.ledger.execute("UPDATE batches SET parquet_sha256 = ? WHERE id = ?", [sha256, batch.id])
    assert [(damage.code, damage.found) for damage in check(store)] == [
        ("rows_differ", "1"),
        ("control_differs", '{"impressions": 5}'),
    ]


def test_a_forged_audit_trail_and_a_dangling_row_are_found(store):
    store.ledger.execute("PRAGMA foreign_keys = OFF")
    store.ledger.execute("INSERT INTO problems VALUES ('gone', 'code', 'note', NULL, NULL, NULL)")
    store.ledger.execute("DROP TRIGGER audit_update")
    store.ledger.execute("UPDATE audit SET person = 'Eve'")
    assert [damage.code for damage in check(store)] == ["ledger_damaged", "audit_changed"]


def test_orphans_are_swept_and_nothing_else(store):
    batch = save(store, export(row(impressions=5)))
    folder = batch_path(store, batch.id).parent
    (folder / "0123456789ab.parquet").write_bytes(b"orphan")
    (folder / "abandoned.temporary").write_bytes(b"half")
    os.utime(folder / "abandoned.temporary", (0, 0))
    (folder / "growing.temporary").write_bytes(b"somebody is writing it")
    assert sweep(store) == ("0123456789ab.parquet", "abandoned.temporary")
    assert sorted(path.name for path in folder.iterdir()) == sorted([f"{batch.id}.parquet", "growing.temporary"])


def test_a_backup_is_a_whole_store(store, tmp_path):
    save(store, export(row(impressions=5)))
    undone = save(store, export(row(impressions=6)))
    undo(store, undone.id, person="Bilal")
    target = backup(store, tmp_path / "backup")
    assert {oct(path.stat().st_mode & 0o777) for path in target.rglob("*") if path.is_file()} == {"0o600"}
    with open_store(target) as copied:
        assert copied.batches() == store.batches()
        assert copied.history() == store.history()
        assert check(copied) == ()
        assert current(copied) == current(store)
    with pytest.raises(FileExistsError, match="exists already"):
        backup(store, target)


def test_a_damaged_store_is_not_backed_up_as_if_it_were_whole(store, tmp_path):
    batch = save(store, export(row(impressions=5)))
    batch_path(store, batch.id).write_bytes(b"damaged")
    with pytest.raises(OSError, match="file_changed"):
        backup(store, tmp_path / "backup")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


IMPORT = """
import os, resource, signal, sys
from campaigns.batches import save_batch
from campaigns.store import open_store
from tests.examples import export, row

folder, fault, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
reading = export(*(row(day=place % 50, entity_id=str(place), impressions=place * 7919) for place in range(5000)))
store = open_store(folder)
if fault == "kill":
    calls, sync = [], os.fsync

    def fsync(handle):
        calls.append(handle)
        if len(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        sync(handle)

    os.fsync = fsync
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, resource.RLIM_INFINITY))
save_batch(store, reading, campaign="C1", person="Amina")
"""


def run_import(store, fault, number):
    command = [sys.executable, "-c", IMPORT, str(store.folder), fault, str(number)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("number", "left"), [(1, ".temporary"), (2, ".parquet")])
def test_a_killed_import_leaves_the_store_as_it_was(store, number, left):
    """Killed where the file is to be synced, and, inside the transaction, where its new name is."""
    before = save(store, export(row(impressions=5)))
    version = store.version
    assert run_import(store, "kill", number).returncode == -signal.SIGKILL
    with open_store(store.folder) as reopened:
        assert (reopened.version, reopened.batches(), check(reopened)) == (version, (before,), ())
        (orphan,) = {*(store.folder / "batches").iterdir()} - {batch_path(store, before.id)}
        assert orphan.suffix == left
        os.utime(orphan, (0, 0))
        assert sweep(reopened) == (orphan.name,)
        assert current(reopened) == [("1", 5, None)]
    assert save(store, export(row(impressions=6))).rows == 1


@pytest.mark.parametrize(("bytes_", "error"), [(5_000, "File too large"), (50_000, "sqlite3.OperationalError")])
def test_a_full_disk_leaves_the_store_as_it_was(store, bytes_, error):
    """Full while the rows are written, and full while the ledger is."""
    before = save(store, export(row(impressions=5)))
    failed = run_import(store, "limit", bytes_)
    assert failed.returncode == 1
    assert error in failed.stderr
    assert store.batches() == (before,)
    assert check(store) == ()
    left = [path.name for path in (store.folder / "batches").iterdir() if path != batch_path(store, before.id)]
    assert sweep(store) == tuple(left)
    assert save(store, export(row(impressions=6))).rows == 1


def test_two_importers_of_one_file_store_it_once_and_of_others_each(store):
    contents = ["same", "other"] * 10
    with get_context("spawn").Pool(2) as pool:
        ids = pool.starmap(_save, [(store.folder, content) for content in contents], chunksize=1)
    assert len(set(ids[::2])) == 1
    assert sorted(batch.id for batch in store.batches()) == sorted(set(ids))
    assert len(set(ids)) == 2
    assert check(store) == ()
    assert sweep(store) == ()


def _save(folder, content):
    with open_store(folder) as store:
        return save(store, export(row(impressions=len(content)), content=content)).id


def test_a_file_says_which_figures_it_leaves_empty_and_one_that_says_nothing_leaves_none(store, tmp_path):
    batch = save(store, export(row(impressions=5), row(entity_id="2", views=0)))
    path = batch_path(store, batch.id)
    assert not empty_figures([path]) & {"impressions", "views", "campaign"}
    assert "shares" in empty_figures([path])
    pq.write_table(read_rows(path, Kind.ENGAGEMENT), tmp_path / "silent.parquet", write_statistics=False)
    assert empty_figures([path, tmp_path / "silent.parquet"]) == frozenset()


def test_figures_that_no_row_has_take_no_room_in_the_file(store):
    batch = save(store, export(row(impressions=5), row(entity_id="2", views=0)))
    held = set(pq.read_schema(batch_path(store, batch.id)).names) & set(STORED_METRICS)
    assert held == {"impressions", "views"}
