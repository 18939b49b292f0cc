"""Import of one export, validated and keyed, beside sqlite-utils' upsert and pandas' unchecked copy."""

from pathlib import Path

from tests.benchmarks.files import KEY, write_apart
from tests.benchmarks.processes import importing, new_store, run

UPSERT = """
import csv, sys, sqlite_utils
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    sqlite_utils.Database(sys.argv[2])["rows"].upsert_all(csv.DictReader(file), pk=sys.argv[3].split(","))
"""
TO_SQL = """
import sqlite3, sys, pandas
pandas.read_csv(sys.argv[1]).to_sql("rows", sqlite3.connect(sys.argv[2]), index=False)
"""


def measure(folder: Path, *, rows: int) -> None:
    """Print what each costs, and the ratios; ours and pandas in turns, the least of three."""
    file = write_apart(folder / "export.csv", rows)
    run("-m", "campaigns", "list", "--store", str(new_store(folder / "first")))
    turns = [
        (
            run(*importing(file, new_store(folder / f"store{turn}"))),
            run("-c", TO_SQL, str(file), str(folder / f"pandas{turn}.db")),
        )
        for turn in range(3)
    ]
    ours, pandas = (min(costs, key=lambda cost: cost.cpu) for costs in zip(*turns, strict=True))
    again = run(*importing(file, folder / "store0"))
    upsert = run("-c", UPSERT, str(file), str(folder / "upsert.db"), ",".join(KEY))
    print(f"{rows:,} rows, {file.stat().st_size / 1e6:.1f} MB")
    print(f"python -m campaigns import   {ours}  {size(folder / 'store0'):6.1f} MB stored")
    print(f"  the same file again        {again}")
    print(f"sqlite-utils upsert_all      {upsert}  {size(folder / 'upsert.db'):6.1f} MB stored")
    print(f"pandas read_csv, to_sql      {pandas}  {size(folder / 'pandas0.db'):6.1f} MB stored")
    print(f"sqlite-utils / ours: {upsert.cpu / ours.cpu:.1f} times the CPU (wanted: 12)")
    print(f"pandas / ours: {pandas.cpu / ours.cpu:.1f} times the CPU (wanted: 3)")
    print(f"most memory: {max(cost.megabytes for cost, _ in turns):.0f} MB (wanted: below 1000)")


def measure_large(folder: Path, *, rows: int) -> None:
    """Print what a file costs that no machine should hold at once, and the same file again."""
    file = write_apart(folder / "export.csv", rows)
    gigabytes = file.stat().st_size / 1e9
    ours = run(*importing(file, new_store(folder / "store")))
    start = run("-m", "campaigns", "list", "--store", str(folder / "store"))
    again = run(*importing(file, folder / "store"))
    print(f"{rows:,} rows, {gigabytes:.2f} GB")
    print(f"python -m campaigns import   {ours}  {size(folder / 'store'):6.1f} MB stored (wanted: below 1000 MB)")
    print(f"  the same file again        {again}")
    print(f"  without the start          {(again.cpu - start.cpu) / gigabytes:6.2f} CPU s a gigabyte (wanted: below 1)")


def size(path: Path) -> float:
    """Megabytes on disk."""
    files = [path] if path.is_file() else [item for item in path.rglob("*") if item.is_file()]
    return sum(item.stat().st_size for item in files) / 1e6
