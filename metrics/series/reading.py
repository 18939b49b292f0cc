"""A table of periods as the numbers of a segmented regression, or why it cannot be one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.estimates import Reason
from metrics.least_squares import Array, has_full_rank
from metrics.series.positions import positions_in_time

LEAST_SIDE = 3  # points before and after; fewer make no line
EXACT = 1e-10  # misses of the line, of the largest value; smaller ones are rounding
LEVEL, SLOPE = 2, 3  # columns of the design


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The numbers of a series, in order of time; `after` is 1 from the start on."""

    positions: Array
    after: Array
    outcome: Array
    exposure: Array
    design: Array
    counted: bool

    @property
    def rates(self) -> Array:
        """Counts per unit of exposure; means as they are."""
        return self.outcome / self.exposure


def read_series(
    rows: pd.DataFrame,
    outcome: str,
    start: object,
    period: str,
    exposure: str | None,
    controls: Sequence[str],
    season: tuple[float | None, int],
    *,
    counted: bool,
) -> Series:
    """Intercept, time since the start, after, their product, season and controls, one row a period.

    Parameters
    ----------
    season
        Periods in a full turn (None for no season) and how many pairs of sine and cosine describe it.

    Raises
    ------
    ValueError
        Where a count is below zero or an exposure not above it, or the periods are not those of one series.

    Examples
    --------
    >>> rows = pd.DataFrame({"month": [3, 1, 2, 4], "calls": [30, 10, 20, 40]})
    >>> series = read_series(rows, "calls", 3, "month", None, (), (None, 1), counted=True)
    >>> series.outcome.tolist(), series.design[:, 1].tolist(), series.after.tolist()
    ([10.0, 20.0, 30.0, 40.0], [-2.0, -1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0])
    """
    positions, first = positions_in_time(rows[period], start)
    order = np.argsort(positions)
    positions = positions[order]
    ordered = rows.iloc[order]
    values = ordered[outcome].to_numpy(dtype=float)
    people = np.ones(len(rows)) if exposure is None else ordered[exposure].to_numpy(dtype=float)
    if (counted and (values < 0).any()) or not (people > 0).all():
        raise ValueError(f"counts below zero or exposures not above it: {values.min():g} of {people.min():g}")
    after = (positions >= first).astype(float)
    since = positions - first
    columns = [np.ones(len(rows)), since, after, since * after]
    for k in range(1, season[1] + 1 if season[0] else 1):
        angle = 2 * np.pi * k * positions / float(season[0] or 1)
        columns += [np.cos(angle)] if 2 * k == season[0] else [np.sin(angle), np.cos(angle)]
    for name in controls:
        control = ordered[name].to_numpy(dtype=float)
        columns.append(control - control.mean())
    return Series(
        positions=positions,
        after=after,
        outcome=values,
        exposure=people,
        design=np.column_stack(columns),
        counted=counted,
    )


def refusal(series: Series) -> Reason | None:
    """Why there is no segmented regression of the series; None where there is one.

    Examples
    --------
    Two months since the start make no line:

    >>> rows = pd.DataFrame({"month": range(8), "calls": [3, 5, 4, 6, 5, 7, 9, 8]})
    >>> starts = (read_series(rows, "calls", start, "month", None, (), (None, 1), counted=True) for start in (6, 4))
    >>> [refusal(series) for series in starts]
    [<Reason.TOO_FEW_PERIODS: 'too_few_periods'>, None]
    """
    n, k = series.design.shape
    sides = int((series.after == 0).sum()), int(series.after.sum())
    if min(sides) < LEAST_SIDE or n - k < 2:
        return Reason.TOO_FEW_PERIODS
    if series.counted and not all(series.outcome[series.after == side].sum() for side in (0, 1)):
        return Reason.NO_EVENTS_IN_A_GROUP if series.outcome.sum() else Reason.NO_EVENTS_IN_EITHER_GROUP
    if not has_full_rank(series.design):
        return Reason.COLLINEAR
    if series.counted:
        return None
    rest = series.outcome - series.design @ np.linalg.lstsq(series.design, series.outcome)[0]
    return None if np.abs(rest).max() > EXACT * np.abs(series.outcome).max() else Reason.NO_VARIATION
