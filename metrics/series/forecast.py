"""Where a series would have gone, foretold from series that the campaign could not move and from its own wandering."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import stdtr, stdtrit

from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import Array, has_full_rank
from metrics.series.positions import positions_in_time

LEAST_BEFORE, ENOUGH_BEFORE = 10, 12  # periods
SHARES = (np.arange(40) + 0.5) / 40  # of wandering considered, each as likely beforehand


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastEffect:
    """What was observed from the start on, against what was foretold.

    Attributes
    ----------
    average
        Mean difference a period, in the outcome's unit.
    observed, counterfactual, counterfactual_low, counterfactual_high
        One element a period from the start on; the interval is that of one period's value.
    wander
        How much the level wanders, 0 to 1: the standard deviation of its change in a period, as a share of that and
        the noise's together. 0 is a level that stays.
    """

    average: Estimate
    observed: Array
    counterfactual: Array
    counterfactual_low: Array
    counterfactual_high: Array
    wander: float

    @property
    def total(self) -> float:
        """Sum of the differences."""
        return self.average.estimate * len(self.observed)

    @property
    def relative(self) -> float:
        """The average difference as a share of what was foretold: 0.10 is 10 % more."""
        return self.average.estimate / float(self.counterfactual.mean())


def forecast_effect(
    data: pd.DataFrame,
    *,
    outcome: str,
    controls: Sequence[str],
    start: object,
    period: str = "period",
    conf_level: float = 0.95,
) -> ForecastEffect | NotEstimable:
    """Foretell a series from `controls` as they were related before the campaign, and compare.

    The outcome is a mixture of the controls, a level that wanders from period to period, and noise. How much the level
    wanders hardly shows in a short series, and one value would make the interval too narrow: every share of wandering
    counts by its restricted likelihood, everything else is in closed form (no simulation, so the same data always give
    the same answer). Estimate, interval and p-value are of that mixture of t distributions. It is the model of "causal
    impact" without its choice among controls: name few, chosen beforehand, that the campaign could not move.

    Nominal 5 % tests of 12 periods then reject 0 to 6 % for levels that wander not at all or as much as the noise, with
    24 or 48 periods before (up to 16 % with the likeliest share alone).

    Parameters
    ----------
    data
        One row a period. Rows with a gap are left out, and a caution says so.
    controls
        Columns; may be empty.
    start
        First period with the campaign, in the form of the column `period`.

    References
    ----------
    Brodersen et al. (2015), Annals of Applied Statistics 9:247-274. Harvey (1989), Forecasting, Structural Time Series
    Models and the Kalman Filter, section 2.3.

    Examples
    --------
    >>> rng = np.random.default_rng(2)
    >>> weather = np.cumsum(rng.normal(size=40))
    >>> visits = 100 + 2 * weather + rng.normal(size=40) + 6 * (np.arange(40) >= 30)
    >>> days = pd.DataFrame({"period": range(40), "visits": visits, "weather": weather})
    >>> effect = forecast_effect(days, outcome="visits", controls=["weather"], start=30)
    >>> f"{effect.average.estimate:.1f} ({effect.average.conf_low:.1f} to {effect.average.conf_high:.1f})"
    '6.3 (4.9 to 8.0)'
    """
    check_conf_level(conf_level)
    rows = data[[outcome, period, *controls]].dropna()
    positions, first = positions_in_time(rows[period], start)
    order = np.argsort(positions)
    positions, rows = positions[order], rows.iloc[order]
    y = rows[outcome].to_numpy(dtype=float)
    columns = [rows[name].to_numpy(dtype=float) for name in controls]
    x = np.column_stack([np.ones(len(rows)), *(column - column.mean() for column in columns)])
    n = int((positions < first).sum())
    reason = _refused(x[:n], y[:n], len(rows) - n)
    if reason is not None:
        return NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=reason, n=len(rows))
    shared = np.minimum.outer(positions, positions)  # periods of wandering that two points have in common
    fits = [_foretold(x, y, shared, n, (share / (1 - share)) ** 2) for share in SHARES]
    likelihoods = np.array([fit.likelihood for fit in fits])
    chances = np.exp(likelihoods - likelihoods.max())
    chances /= chances.sum()
    df = float(n - x.shape[1])
    expected = np.array([fit.expected for fit in fits])
    errors = np.array([np.sqrt(np.diag(fit.covariance)) for fit in fits])
    averages = (y[n:] - expected).mean(axis=1)
    of_average = np.sqrt([float(fit.covariance.mean()) for fit in fits])
    low, high = (_quantile(chances, averages, of_average, df, tail) for tail in _tails(conf_level))
    below = _chance_below(0.0, chances, averages, of_average, df)
    average = float(chances @ averages)
    limits = [
        [_quantile(chances, expected[:, i], errors[:, i], df, tail) for i in range(expected.shape[1])]
        for tail in _tails(conf_level)
    ]
    estimate = Estimate(
        measure=Measure.MEAN_DIFFERENCE,
        estimate=average,
        se=math.sqrt(float(chances @ (of_average**2 + (averages - average) ** 2))),
        conf_low=low,
        conf_high=high,
        p_value=2 * min(below, 1 - below),
        df=df,
        conf_level=conf_level,
        method=Method.LOCAL_LEVEL,
        n=len(rows),
        cautions=(
            *((Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()),
            *((Caution.FEW_PERIODS,) if n < ENOUGH_BEFORE else ()),
        ),
    )
    return ForecastEffect(
        average=estimate,
        observed=y[n:],
        counterfactual=chances @ expected,
        counterfactual_low=np.array(limits[0]),
        counterfactual_high=np.array(limits[1]),
        wander=float(chances @ SHARES),
    )


def _refused(x: Array, y: Array, after: int) -> Reason | None:
    n, k = x.shape
    if n < LEAST_BEFORE or n - k < 3 or after < 1:
        return Reason.TOO_FEW_PERIODS
    if not has_full_rank(x):
        return Reason.COLLINEAR
    rest = y - x @ np.linalg.lstsq(x, y)[0]
    return None if float(np.abs(rest).max()) > 1e-9 * max(float(np.abs(y).max()), 1e-300) else Reason.NO_VARIATION


@dataclass(frozen=True, slots=True, kw_only=True)
class _Foretold:
    """The prediction at one ratio of variances, the covariance of its errors, and how likely that ratio is."""

    expected: Array
    covariance: Array
    likelihood: float


def _foretold(x: Array, y: Array, shared: Array, n: int, ratio: float) -> _Foretold:
    """Best linear unbiased prediction after the first `n` points; `shared` periods of wandering tie two points."""
    variance = np.eye(len(y)) + ratio * shared
    inverse = np.linalg.inv(variance[:n, :n])
    information = x[:n].T @ inverse @ x[:n]
    bread = np.linalg.inv(information)
    coefficients = bread @ x[:n].T @ inverse @ y[:n]
    rest = y[:n] - x[:n] @ coefficients
    squares = float(rest @ inverse @ rest)
    free = n - x.shape[1]
    carried = variance[n:, :n] @ inverse
    unknown = x[n:] - carried @ x[:n]
    covariance = variance[n:, n:] - carried @ variance[:n, n:] + unknown @ bread @ unknown.T
    determinants = np.linalg.slogdet(variance[:n, :n])[1] + np.linalg.slogdet(information)[1]
    return _Foretold(
        expected=x[n:] @ coefficients + carried @ rest,
        covariance=np.asarray(squares / free * covariance, dtype=np.float64),
        likelihood=-0.5 * float(free * math.log(squares) + determinants),
    )


def _tails(conf_level: float) -> tuple[float, float]:
    return (1 - conf_level) / 2, (1 + conf_level) / 2


def _chance_below(size: float, chances: Array, centres: Array, errors: Array, df: float) -> float:
    return float(chances @ stdtr(df, (size - centres) / errors))


def _quantile(chances: Array, centres: Array, errors: Array, df: float, tail: float) -> float:
    """Of a mixture of t distributions; it lies between theirs."""
    each = centres + float(stdtrit(df, tail)) * errors
    low, high = float(each.min()), float(each.max())
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        return low
    return float(brentq(lambda size: _chance_below(size, chances, centres, errors, df) - tail, low, high))
