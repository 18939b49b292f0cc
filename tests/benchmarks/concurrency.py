"""Four importers at once, of files of their own and of one file."""

import subprocess
import sys
from pathlib import Path

from campaigns.batches import check, sweep
from campaigns.store import open_store
from tests.benchmarks.files import write_export
from tests.benchmarks.processes import ROOT, importing, new_store


def measure(folder: Path, *, rows: int) -> None:
    """Print who failed, and how often each file is in."""
    files = [write_export(folder / f"export{seed}.csv", rows, seed=seed) for seed in range(4)]
    for name, imported in {"four files": files, "one file four times": [files[0]] * 4}.items():
        store = new_store(folder / name)
        children = [
            subprocess.Popen(
                [sys.executable, *importing(file, store)],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for file in imported
        ]
        errors = [child.communicate()[1] for child in children]
        with open_store(store) as opened:
            stored = sorted(batch.file_name for batch in opened.batches())
            print(
                f"{name}: {sum(child.returncode != 0 for child in children)} failed, "
                f"{sum('locked' in error for error in errors)} locked, stored {', '.join(stored)}; "
                f"{len(check(opened))} damaged, {len(sweep(opened))} swept"
            )
