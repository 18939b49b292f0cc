"""Which rows may be added up: one level and one set of breakdowns an account, and windows that do not overlap.

A campaign may hold the same delivery by advertisement and by campaign, by age and again by region, by day and by month.
"""

import bisect
import datetime as dt
import itertools
from typing import Any

import pandas as pd

SLICE = ["campaign", "platform", "account", "level", "broken_down"]  # the last: a bit for each breakdown that is filled
DATED = ["window_start", "window_end"]
NO_DAY = dt.date(1, 1, 1)  # stands for a missing day, because engines compare missing values differently

Window = tuple[dt.date, dt.date]


def choose(parts: pd.DataFrame) -> pd.DataFrame:
    """One slice an account: that which tells of impressions or views, covers most days, and has fewest breakdowns.

    Rows without an account may belong to any: either they count or those with one, whichever cover more days.
    """
    chosen: list[tuple[Any, ...]] = []
    for _, platform in parts.groupby(["campaign", "platform"]):
        best = {}
        for account, candidates in platform.groupby("account"):
            ranked = ((_merit(part), key) for key, part in candidates.groupby(SLICE))
            best[account] = max(ranked)
        unknown = best.pop("", None)
        known = [key for _, key in best.values()]
        if unknown is None or (best and _worth(platform, known) >= _worth(platform, [unknown[1]])):
            chosen += known
        else:
            chosen.append(unknown[1])
    return pd.DataFrame(chosen, columns=SLICE).astype({"broken_down": "Int64"})


def _merit(part: pd.DataFrame) -> tuple[bool, int, int, int]:
    counts = part["impressions"].notna().any() or part["views"].notna().any()
    breakdowns = int(part["broken_down"].iloc[0]).bit_count()
    return bool(counts), _days(part), -breakdowns, -int(part["rows"].sum())


def _worth(parts: pd.DataFrame, slices: list[tuple[Any, ...]]) -> tuple[bool, int]:
    inside = parts[[key in slices for key in parts[SLICE].itertuples(index=False, name=None)]]
    return _merit(inside)[:2]


def _windows(parts: pd.DataFrame) -> list[Window]:
    return sorted({(start, end) for start, end in zip(parts["window_start"], parts["window_end"], strict=True)})


def _days(parts: pd.DataFrame) -> int:
    """How many days windows cover together."""
    covered, last = 0, NO_DAY
    for start, end in _windows(parts):
        covered += max(0, (end - max(start - dt.timedelta(days=1), last)).days) if start != NO_DAY else 0
        last = max(last, end)
    return covered


def overlapping(parts: pd.DataFrame) -> pd.DataFrame:
    """The slices in which one window overlaps another, or in which only some rows have a window."""
    found = [
        key
        for key, part in parts.groupby(SLICE)
        if any(start <= before_end or before_start == NO_DAY
               for (before_start, before_end), (start, _) in itertools.pairwise(_windows(part)))
    ]  # fmt: skip
    return pd.DataFrame(found, columns=SLICE).astype({"broken_down": "Int64"})


def disjoint(windows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Of the windows of each thing, those that do not overlap and together cover most days, in fewest pieces."""
    spans: dict[tuple[Any, ...], set[Window]] = {}  # plain Python: there may be many thousands of things
    for *key, start, end in windows[[*by, *DATED]].itertuples(index=False, name=None):
        spans.setdefault(tuple(key), set()).add((start, end))
    kept = [(*key, *window) for key, found in spans.items() for window in _most_days(sorted(found))]
    return pd.DataFrame(kept, columns=[*by, *DATED]).astype({"broken_down": "Int64"})


def _most_days(windows: list[Window]) -> tuple[Window, ...]:
    """Weighted interval scheduling: the best choice among windows that end by a day, one window after another."""
    dated = sorted((window for window in windows if window[0] != NO_DAY), key=lambda window: window[1])
    if not dated:
        return tuple(windows)
    ends = [end for _, end in dated]
    best: list[tuple[int, int, tuple[Any, ...]]] = [(0, 0, ())]  # days, pieces (negative), a chain of windows
    for place, (start, end) in enumerate(dated):
        days, pieces, chain = best[bisect.bisect_left(ends, start, hi=place)]
        taken = (days + (end - start).days + 1, pieces - 1, (chain, (start, end)))
        best.append(max(best[-1], taken, key=lambda choice: choice[:2]))
    chosen, chain = [], best[-1][2]
    while chain:
        chain, window = chain
        chosen.append(window)
    return tuple(chosen)
