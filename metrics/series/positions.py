"""Where the periods of a series stand in time, as whole numbers."""

from typing import Any

import numpy as np
import pandas as pd

from metrics.least_squares import Array

SHORTEST_MONTH = 28  # days


def positions_in_time(periods: "pd.Series[Any]", start: object) -> tuple[Array, float]:
    """Whole numbers one period apart for dates or whole numbers, and the position of `start` among them.

    One period is the largest step of which all others are multiples: a day, a week, a month, a quarter …. Periods must
    be different; a `start` within a period is placed at that period.

    Examples
    --------
    >>> months = pd.Series(pd.to_datetime(["2026-01-01", "2026-02-01", "2026-05-01"]))
    >>> positions, start = positions_in_time(months, "2026-03-01")
    >>> positions.tolist(), start
    ([0.0, 1.0, 4.0], 2.0)
    """
    numeric = pd.api.types.is_numeric_dtype(periods)
    values = np.asarray(periods.to_numpy(dtype=float) if numeric else _days(periods), dtype=np.float64)
    begins = float(start) if numeric else float(_days(pd.Series([start]))[0])  # type: ignore[arg-type]
    if len(values) == 0:
        return values, 0.0
    if len(np.unique(values)) < len(values):
        raise ValueError("a period stands in several rows")
    if np.abs(values - np.round(values)).max() > 1e-6:
        raise ValueError("periods are neither days nor whole numbers")
    steps = np.diff(np.sort(values))
    if not numeric and len(steps) and steps.min() >= SHORTEST_MONTH and (steps % 7).any():
        dates, first = pd.to_datetime(periods), pd.Timestamp(start)  # type: ignore[arg-type]
        values = np.asarray((dates.dt.year * 12 + dates.dt.month).to_numpy(dtype=float), dtype=np.float64)
        begins = float(first.year * 12 + first.month)
        steps = np.diff(np.sort(values))
        if not steps.min() > 0:
            raise ValueError("a month stands in several rows")
    step = int(np.gcd.reduce(np.round(steps).astype(int))) if len(steps) else 1
    return np.round(values - values.min()) / step, float(np.floor((begins - values.min()) / step + 1e-9))


def _days(dates: "pd.Series[Any]") -> Array:
    whole = pd.to_datetime(dates)
    return np.asarray((whole - pd.Timestamp(0)) / pd.Timedelta(days=1), dtype=np.float64)
