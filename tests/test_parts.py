"""Files too large to hold: read in parts, stored as one batch, with the same rows and problems as read at once."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from campaigns import imports
from campaigns.batches import NothingToStoreError, UndecidedError, check, save_batch, save_parts
from campaigns.command_line import main
from campaigns.current import batch_path
from campaigns.exports import parts as reading
from campaigns.exports import read_export
from campaigns.exports.parts import Parts
from campaigns.imports import DONE, REFUSED
from campaigns.problems import Severity
from campaigns.store import Store

HEADER = "campaign_id,campaign_name,platform,date,country,impressions,reach,clicks,spend,currency"
ROWS = [
    f"C-{n % 7},Name,meta_ads,2026-{1 + n // 200:02}-{1 + n % 28:02},SN,{1000 + n},{500 + n},{n % 90},{n}.25,EUR"
    for n in range(1200)
]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PART", 2_000)


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "large.csv"
    path.write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return path


def distinct() -> list[str]:
    """A day and campaign once each."""
    return list({tuple(row.split(",")[i] for i in (0, 3)): row for row in ROWS}.values())


def parts(path: Path, **answers: str) -> Parts:
    return Parts(path, answers=answers, sha256="0" * 64)


def test_a_file_in_parts_gives_the_rows_totals_and_lines_of_the_file_at_once(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path, *distinct())
    whole = read_export(path)
    read = parts(path)
    batch = save_parts(store, read, campaign="C1", person="Amina")
    stored = pq.read_table(batch_path(store, batch.id)).drop_columns("campaign")
    assert stored.cast(whole.rows.schema).to_pylist() == whole.rows.to_pylist()
    assert read.receipt.totals == whole.receipt.totals
    assert (read.receipt.rows_read, read.receipt.window) == (whole.receipt.rows_read, whole.receipt.window)
    assert batch.rows == len(distinct()) > 150
    assert check(store) == ()


def test_both_ways_of_reading_are_one_batch(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path, *distinct())
    whole = read_export(path)
    one = save_batch(store, whole, campaign="C1", person="Amina")
    other = save_parts(store, Parts(path, answers={}, sha256=whole.receipt.sha256), campaign="C1", person="Amina")
    assert (one.control, one.rows, one.window) == (other.control, other.rows, other.window)


def test_a_bad_cell_far_down_is_named_by_its_line_and_holds_the_file_up(tmp_path: Path, store: Store) -> None:
    rows = distinct()
    rows[-2] = rows[-2].replace(",EUR", ",many")
    path = write(tmp_path, *rows)
    read = parts(path)
    with pytest.raises(UndecidedError):
        save_parts(store, read, campaign="C1", person="Amina")
    (problem,) = (p for p in read.problems if p.severity == Severity.ERROR)
    assert (problem.code, problem.row, problem.column) == ("currency_not_known", len(rows), "currency")
    assert store.batches() == ()
    batch = save_parts(store, parts(path), campaign="C1", person="Amina", keep_good_rows=True)
    assert batch.rows == len(rows) - 1


def test_rows_about_one_thing_in_two_parts_are_refused(tmp_path: Path, store: Store) -> None:
    rows = distinct()
    path = write(tmp_path, *rows, rows[0].replace("1000", "1001"))
    with pytest.raises(UndecidedError, match="rows_repeated_far_apart"):
        save_parts(store, parts(path), campaign="C1", person="Amina")


def test_the_order_of_day_and_month_is_one_for_all_parts(tmp_path: Path, store: Store) -> None:
    """The first part shows that days come first; a later date that only fits the other order is then an error."""
    turned = [
        ",".join((*c[:3], "/".join(reversed(c[3].split("-"))), *c[4:])) for c in (r.split(",") for r in distinct())
    ]
    wrong = turned[-1].split(",")
    wrong[3] = "03/31/2026"
    path = write(tmp_path, *turned[:-1], ",".join(wrong))
    read = parts(path)
    with pytest.raises(UndecidedError):
        save_parts(store, read, campaign="C1", person="Amina")
    assert [(p.code, p.row) for p in read.problems if p.severity == Severity.ERROR] == [
        ("date_not_readable", len(turned) + 1)
    ]


def test_a_large_file_that_cannot_be_cut_at_its_lines_is_refused(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path, *distinct(), '"open,1,2')
    with pytest.raises(UndecidedError, match="file_too_large"):
        save_parts(store, parts(path), campaign="C1", person="Amina")


def test_a_large_file_of_an_unknown_layout_is_refused(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path, *(f"{n},{n}" for n in range(3000)), header="a,b")
    with pytest.raises((NothingToStoreError, UndecidedError)):
        save_parts(store, parts(path), campaign="C1", person="Amina")
    assert store.batches() == ()


@pytest.mark.parametrize(
    ("rows", "options", "code", "last"),
    [
        (ROWS[:28], (), DONE, "Stored as batch"),
        (ROWS[:28], ("--dry-run",), DONE, "Would store 28 rows. Nothing was stored"),
        ([*ROWS[:28], ROWS[0].replace(",1000,", ",many,")], (), REFUSED, "Not stored: 1 to decide."),
        ([*ROWS[:28], ROWS[0].replace(",1000,", ",many,")], ("--dry-run",), REFUSED, "Would store 28 rows."),
        ([], (), REFUSED, "Not stored: the file holds no row that could be."),
    ],
    ids=["stored", "tried", "undecided", "tried, undecided", "no rows"],
)
def test_the_command_says_what_it_read_and_then_what_became_of_it(
    tmp_path: Path,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rows: list[str],
    options: tuple[str, ...],
    code: int,
    last: str,
) -> None:
    monkeypatch.setattr(imports, "HELD", 0)  # every file is too large to hold
    path = write(tmp_path, *rows)
    where = ("--campaign", "C1", "--store", str(store.folder), "--person", "Amina")
    assert main(["import", str(path), *where, *options]) == code
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("large.csv: ")
    assert said[-1].startswith(last)
