"""What holds for any imports in any order: nothing is counted twice, nothing is lost, everything can be taken back."""

import tempfile
from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.batch_files import read_rows
from campaigns.batches import already_stored, assign, plan, redo, save_batch, undo
from campaigns.current import current_files
from campaigns.receipts import Kind, Upload
from campaigns.store import Status, Store, open_store
from campaigns.surveys import Survey
from tests.examples import campaign, day, export, row, survey

CAMPAIGNS = ("ours", "theirs")
COLUMNS = {
    Kind.ENGAGEMENT: "campaign, account, level, entity_id, entity_name, window_start, ordinal, impressions, views",
    Kind.SURVEY: "campaign, survey, respondent, wave, arm, value",
}
FIGURES = st.integers(1, 9)


@st.composite
def exports_by_id(draw: st.DrawFn) -> Upload:
    """Advertisements by day, one figure or both, as a platform exports them again and again."""
    cells = draw(st.dictionaries(st.tuples(st.sampled_from("12"), st.integers(0, 3)), FIGURES, min_size=1, max_size=4))
    metrics = draw(st.sampled_from([("impressions",), ("views",), ("impressions", "views")]))
    return export(
        *(row(entity_id=i, day=d, **dict.fromkeys(metrics, value)) for (i, d), value in sorted(cells.items()))
    )


@st.composite
def exports_by_name(draw: st.DrawFn) -> Upload:
    """Posts without an identifier: a newer export replaces the whole window."""
    posts = draw(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 3), FIGURES), min_size=1, max_size=4))
    seen: dict[tuple[str, int], int] = {}
    rows = []
    for name, number, value in sorted(posts):
        ordinal = seen[name, number] = seen.get((name, number), -1) + 1
        found = {"entity_id": None, "entity_name": name, "level": "post", "ordinal": ordinal}
        rows.append(row(day=number, impressions=value, **found))
    return export(*rows, identified=False, window=(day(0), day(draw(st.integers(3, 5)))))


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Answers of a form that is exported again while people still answer."""
    people = draw(st.dictionaries(st.integers(1, 4), st.sampled_from([0, 1, None]), min_size=1, max_size=4))
    return survey(*((person, "campaign", "after", value, "a") for person, value in sorted(people.items())))


FILES = st.one_of(exports_by_id(), exports_by_name(), surveys())
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["save", "save", "save", "undo", "redo", "assign"]),
        st.integers(0, 9),
        st.sampled_from(CAMPAIGNS),
    ),
    min_size=1,
    max_size=10,
)


def new_store(folder: str) -> Store:
    store = open_store(folder)
    for name in CAMPAIGNS:
        store.save_campaign(campaign(name, organisation=f"Organisation {name}"), person="Amina")
    return store


def current(store: Store, campaigns: Sequence[str] = CAMPAIGNS) -> dict[Kind, list[tuple[object, ...]]]:
    """The rows that count, sorted."""
    found = {}
    for kind, columns in COLUMNS.items():
        tables = [
            read_rows(path, kind).append_column("campaign", pq.read_table(path)["campaign"].cast(pa.string()))
            for path in current_files(store, kind, campaigns)
        ]
        with duckdb.connect() as connection:
            if tables:
                connection.register("stored", pa.concat_tables(tables))
            query = f"SELECT {columns} FROM stored ORDER BY ALL"  # noqa: S608
            found[kind] = connection.execute(query).fetchall() if tables else []
    return found


def follow(store: Store, files: Sequence[Upload | Survey], steps: Sequence[tuple[str, int, str]]) -> None:
    for action, number, name in steps:
        if action == "save":
            save_batch(store, files[number % len(files)], campaign=name, person="Amina")
        elif batches := store.batches():
            batch = batches[number % len(batches)]
            if action != "assign":
                change = undo if action == "undo" else redo
                change(store, batch.id, person="Amina")
            elif batch.kind == Kind.ENGAGEMENT:  # answers are read by the questions of their campaign
                assign(store, batch.id, campaign=name, person="Amina")


@given(st.lists(FILES, min_size=1, max_size=4), STEPS)
@settings(max_examples=25, deadline=None)
def test_the_store_equals_one_built_from_the_batches_that_count_alone(
    files: list[Upload | Survey], steps: list[tuple[str, int, str]]
) -> None:
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        new_store(one) as store,
        new_store(other) as rebuilt,
    ):
        follow(store, files, steps)
        by_sha256 = {file.receipt.sha256: file for file in files}
        for batch in store.batches():
            if batch.status == Status.ACTIVE:
                save_batch(rebuilt, by_sha256[batch.sha256], campaign=batch.campaign, person="Amina")
        assert current(store) == current(rebuilt)


@given(st.lists(FILES, min_size=1, max_size=4), STEPS, st.integers(0, 9))
@settings(max_examples=15, deadline=None)
def test_the_same_file_again_changes_nothing(
    files: list[Upload | Survey], steps: list[tuple[str, int, str]], number: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(folder) as store:
        follow(store, files, [*steps, ("save", number, "ours")])
        before, batches = current(store), store.batches()
        stored = already_stored(store, files[number % len(files)].receipt.sha256)
        assert "ours" in {batch.campaign for batch in stored}
        planned = plan(store, files[number % len(files)], campaign="ours")
        assert (planned.new, planned.replaced, planned.differing) == (0, 0, 0)
        save_batch(store, files[number % len(files)], campaign="ours", person="Amina")
        assert (current(store), store.batches()) == (before, batches)


@given(st.lists(FILES, min_size=1, max_size=4), STEPS)
@settings(max_examples=15, deadline=None)
def test_what_is_undone_and_redone_is_as_before(
    files: list[Upload | Survey], steps: list[tuple[str, int, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(folder) as store:
        follow(store, files, steps)
        before = current(store)
        counting = [batch for batch in store.batches() if batch.status == Status.ACTIVE]
        for batch in counting:
            undo(store, batch.id, person="Amina")
        assert not any(current(store).values())
        for batch in reversed(counting):
            redo(store, batch.id, person="Amina")
        assert current(store) == before


@given(st.lists(FILES, min_size=2, max_size=4), STEPS)
@settings(max_examples=15, deadline=None)
def test_files_of_another_organisation_change_nothing_of_ours(
    files: list[Upload | Survey], steps: list[tuple[str, int, str]]
) -> None:
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        new_store(one) as store,
        new_store(other) as alone,
    ):
        saves = [step for step in steps if step[0] == "save"]
        follow(store, files, saves)
        follow(alone, files, [step for step in saves if step[2] == "ours"])
        assert current(store, ["ours"]) == current(alone, ["ours"])


@given(exports_by_id(), exports_by_id())
@settings(max_examples=15, deadline=None)
def test_of_two_exports_with_ids_only_shared_rows_depend_on_the_order(first: Upload, second: Upload) -> None:
    """Where both say the same, or each speaks of its own rows, either order gives the same store."""

    def keys(upload: Upload) -> dict[tuple[object, object], tuple[object, object]]:
        rows = upload.rows.to_pylist()
        return {(r["entity_id"], r["window_start"]): (r["impressions"], r["views"]) for r in rows}

    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        new_store(one) as store,
        new_store(other) as turned,
    ):
        for upload in (first, second):
            save_batch(store, upload, campaign="ours", person="Amina")
        for upload in (second, first):
            save_batch(turned, upload, campaign="ours", person="Amina")
        shared = {key for key in keys(first).keys() & keys(second).keys() if keys(first)[key] != keys(second)[key]}

        def unshared(found: dict[Kind, list[tuple[object, ...]]]) -> list[tuple[object, ...]]:
            return [r for r in found[Kind.ENGAGEMENT] if (r[3], r[5]) not in shared]

        assert unshared(current(store)) == unshared(current(turned))
        assert len(current(store)[Kind.ENGAGEMENT]) == len(keys(first).keys() | keys(second).keys())
        for found, newer in ((current(store), second), (current(turned), first)):
            told = {(r[3], r[5]): r[-2:] for r in found[Kind.ENGAGEMENT]}
            for key, figures in keys(newer).items():  # of a shared row the later file's figures count
                assert all(held == new for held, new in zip(told[key], figures, strict=True) if new is not None)


@given(st.lists(st.one_of(exports_by_id(), exports_by_name()), min_size=1, max_size=4), st.permutations(range(4)))
@settings(max_examples=15, deadline=None)
def test_files_stored_without_a_campaign_count_in_the_order_they_came_in_whenever_they_are_assigned(
    files: list[Upload], order: list[int]
) -> None:
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        new_store(one) as store,
        new_store(other) as direct,
    ):
        waiting = [save_batch(store, file, campaign=None, person="Amina") for file in files]
        for file in files:
            save_batch(direct, file, campaign="ours", person="Amina")
        for place in order:
            if place < len(waiting):
                assign(store, waiting[place].id, campaign="ours", person="Amina")
        assert current(store) == current(direct)
