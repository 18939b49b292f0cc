"""The aggregates of the results page, beside pandas on the same rows."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from campaigns.aggregates import audience, daily, daily_rates, delivery
from campaigns.batches import save_batch
from campaigns.current import batch_path
from campaigns.exports import read_export
from campaigns.store import open_store
from tests.benchmarks.files import write_export
from tests.benchmarks.processes import new_store

SUMS = ["impressions", "clicks_all", "views", "spend", "reach"]


def measure(folder: Path, *, rows: int) -> None:
    """Print the best of five for each, and the ratios."""
    upload = read_export(write_export(folder / "export.csv", rows))
    with open_store(new_store(folder / "store")) as store:
        batch = save_batch(store, upload, campaign="C1", person="benchmark")
        frame = pq.read_table(batch_path(store, batch.id)).to_pandas()
        first = best(lambda: delivery(store), times=1)
        print(f"{rows:,} rows; the first question after an import: {first[0] * 1000:.0f} ms")
        ours = {
            "by campaign and platform": best(lambda: delivery(store)),
            "by platform and day": best(lambda: daily(store, "C1")),
            "by age": best(lambda: audience(store, "C1", "age")),
            "rates by advertisement and day": best(lambda: daily_rates(store, "C1", "clicks_all", "impressions")),
        }
    by = {
        "by campaign and platform": ["campaign", "platform", "currency"],
        "by platform and day": ["platform", "window_start"],
        "by age": ["platform", "age"],
        "rates by advertisement and day": ["platform", "window_start", "entity_id"],
    }
    for name, keys in by.items():
        seconds, found = best(lambda keys=keys: frame.groupby(keys)[SUMS].sum(), times=3)
        took, result = ours[name]
        if name.startswith("rates"):
            units = found.groupby(level=[0, 1])[["clicks_all", "impressions"]].sum().astype(float)
            assert result["sum_x"].tolist() == units["clicks_all"].tolist()
            assert result["sum_y"].tolist() == units["impressions"].tolist()
        else:
            held = [figure for figure in SUMS[:-1] if figure in result]
            assert [result[figure].tolist() for figure in held] == [found[figure].tolist() for figure in held]
            assert result["reach_high"].tolist() == found["reach"].tolist()
        print(f"{name:32} {took * 1000:6.1f} ms   pandas {seconds * 1000:7.1f} ms   {seconds / took:5.1f} times, equal")


def best(question: Callable[[], pd.DataFrame], *, times: int = 5) -> tuple[float, Any]:
    """The fewest seconds, and the answer."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        answer = question()
        seconds.append(time.perf_counter() - start)
    return min(seconds), answer
