"""Imports killed at random moments: the store is as before, or as after, and `check` finds nothing."""

import os
import random
import shutil
import signal
import time
from collections import Counter
from pathlib import Path

from campaigns.batches import check, sweep
from campaigns.store import open_store
from tests.benchmarks.files import write_export
from tests.benchmarks.processes import importing, new_store, run, start_quietly


def measure(folder: Path, *, rows: int, kills: int) -> None:
    """Print how often the store was as before and as after."""
    file = write_export(folder / "export.csv", rows)
    store = new_store(folder / "store")
    whole = run(*importing(file, store)).wall
    with open_store(store) as opened:
        (after,) = opened.batches()
    shutil.rmtree(store)
    new_store(store)
    rng = random.Random(1)  # noqa: S311
    counts = Counter[str]()
    for _ in range(kills):
        child = start_quietly(*importing(file, store))
        # Half of the kills in the last third, where the store is written.
        time.sleep(whole * rng.choice([rng.uniform(0, 1.05), rng.uniform(0.65, 1.05)]))
        child.send_signal(signal.SIGKILL)
        counts["killed" if child.wait() == -signal.SIGKILL else "ended before the kill"] += 1
        with open_store(store) as opened:
            batches = [(batch.rows, batch.control) for batch in opened.batches()]
            counts["as before" if not batches else "as after" if batches == [(rows, after.control)] else "TORN"] += 1
            counts["checks that found damage"] += bool(check(opened))
            for left in (store / "batches").glob("*.temporary"):
                os.utime(left, (0, 0))
            counts["files swept"] += len(sweep(opened))
            named = {f"{batch.id}.parquet" for batch in opened.batches()}
            counts["files that no ledger names after sweeping"] += len(
                {path.name for path in (store / "batches").iterdir()} - named
            )
        if batches:
            shutil.rmtree(store)
            new_store(store)
    print(f"{kills} imports of {rows:,} rows, each about {whole:.1f} s:")
    for name, count in sorted(counts.items()):
        print(f"{count:5} {name}")
