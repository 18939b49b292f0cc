"""Delivery rates of two campaigns (clicks of impressions, views of plays), compared by day.

Counts of one day share its news, its auction and its audience, so they vary far more than independent people would:
tests that count impressions as people call 30 to 70 % of equal campaigns different. Here days are what varies.
"""

import math

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from metrics.day_series import SeriesMean, mean_of_days
from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import Array

LEAST_DAYS = 3
WEAKEST_OF_TWO = 0.4  # correlation of days that is allowed for where each campaign has its own
FEW_DAYS = 7  # a week, so that each weekday is seen
FEW_EVENTS = 5  # on a day; below it the logarithm of that day's rate is mostly noise


def compare_rates(
    a: pd.DataFrame, b: pd.DataFrame, *, paired: bool, conf_level: float = 0.95
) -> Estimate | NotEstimable:
    """Ratio of two campaigns' rates, `a` over `b`: 1.20 is "20 % more".

    Paired (both ran on the same days): the t interval of the daily differences of log rates. What a day does to both
    campaigns cancels. Every day counts once, because days vary more than their counts do; weighting by impressions
    would let one expensive day decide. Half an event and half a trial are added each day, which removes the bias of
    the logarithm at small counts. Where a day has fewer than five events its logarithm is mostly noise: the ratio is
    then that of the totals, and its error that of the daily contributions to it (caution `few_events_a_day`).

    Not paired: the ratio of the totals, each campaign's error from the spread of its own days (linearised), degrees
    of freedom by Welch and Satterthwaite.

    With 14 days or more and a positive correlation from one day to the next, see `day_series.mean_of_days`.
    `other_methods` gives the same ratio by regressions of counts, to be laid beside it.

    Parameters
    ----------
    a, b
        One row a day (several are added up): columns `day` (a date or a whole number), `numerator` and
        `denominator`. Days without a denominator are left out.
    paired
        True where both ran on the same days. Days that only one has are left out, and a caution says so.
    conf_level
        0.95 for a 95 % interval.

    Returns
    -------
    Estimate
        `se` of the logarithm; `n` days; `dispersion` is the Pearson chi-square over its degrees of freedom, each
        campaign at its own rate: how many times the variance of independent people.
    NotEstimable
        Fewer than three days, no events in a campaign, or no variation between days.

    References
    ----------
    Woodruff (1971), Journal of the American Statistical Association 66:411-414 (linearised ratio).
    Welch (1947), Biometrika 34:28-35. Gart and Zweifel (1967), Biometrika 54:181-187 (half an event).
    McCullagh and Nelder (1989), Generalized Linear Models, section 4.5 (dispersion).

    Examples
    --------
    >>> days = range(7)
    >>> a = pd.DataFrame({"day": days, "numerator": [52, 61, 47, 70, 66, 58, 49], "denominator": 5000})
    >>> b = pd.DataFrame({"day": days, "numerator": [41, 55, 40, 52, 60, 45, 43], "denominator": 5000})
    >>> ratio = compare_rates(a, b, paired=True)
    >>> f"{ratio.estimate:.2f} ({ratio.conf_low:.2f} to {ratio.conf_high:.2f}) over {ratio.n} days"
    '1.20 (1.11 to 1.29) over 7 days'
    """
    check_conf_level(conf_level)
    days_a, days_b = by_day(a), by_day(b)
    cautions: tuple[Caution, ...] = ()
    if paired:
        shared = days_a.index.intersection(days_b.index)
        if len(shared) < max(len(days_a), len(days_b)):
            cautions = (Caution.DAYS_NOT_SHARED,)
        days_a, days_b = days_a.loc[shared], days_b.loc[shared]
    n = len(days_a) if paired else len(days_a) + len(days_b)
    refusal = refused(days_a, days_b)
    if refusal is not None:
        return NotEstimable(measure=Measure.RATE_RATIO, reason=refusal, n=n)
    if min(len(days_a), len(days_b)) < FEW_DAYS:
        cautions = (*cautions, Caution.FEW_DAYS)
    if paired and _fewest_events(days_a, days_b) < FEW_EVENTS:
        cautions = (*cautions, Caution.FEW_EVENTS_A_DAY)
    mean, method = _paired(days_a, days_b) if paired else _independent(days_a, days_b)
    if not mean.se > 1e-12:
        return NotEstimable(measure=Measure.RATE_RATIO, reason=Reason.NO_VARIATION, n=n)
    half = float(stdtrit(mean.df, (1 + conf_level) / 2)) * mean.se
    return Estimate(
        measure=Measure.RATE_RATIO,
        estimate=math.exp(mean.mean),
        se=mean.se,
        conf_low=math.exp(mean.mean - half),
        conf_high=_exponential(mean.mean + half),
        p_value=2 * float(stdtr(mean.df, -abs(mean.mean) / mean.se)),
        df=mean.df,
        conf_level=conf_level,
        method=method,
        n=n,
        dispersion=dispersion(days_a, days_b),
        autocorrelation=mean.autocorrelation,
        cautions=cautions,
    )


def _exponential(log: float) -> float:
    return math.exp(log) if log < 709 else math.inf  # t quantiles with few days can be that large


def by_day(frame: pd.DataFrame) -> pd.DataFrame:
    """Totals by day number, ascending, of the days that have a denominator.

    Columns `numerator` and `denominator`; the index is the day as it was where it is a number, else days since 1970.

    Raises
    ------
    ValueError
        Where a count is below zero.

    Examples
    --------
    >>> rows = {"day": ["1970-01-02", "1970-01-02", "1970-01-04"], "numerator": [3, 4, 0], "denominator": [50, 50, 0]}
    >>> by_day(pd.DataFrame(rows)).reset_index().to_dict("list")
    {'day': [1], 'numerator': [7.0], 'denominator': [100.0]}
    """
    rows = frame[["day", "numerator", "denominator"]].dropna()
    if (rows["numerator"] < 0).any() or (rows["denominator"] < 0).any():
        raise ValueError(f"counts below zero: {rows[['numerator', 'denominator']].min().min():g}")
    if not pd.api.types.is_numeric_dtype(rows["day"]):
        rows = rows.assign(day=(pd.to_datetime(rows["day"]) - pd.Timestamp(0)) // pd.Timedelta(days=1))
    totals = rows.groupby("day")[["numerator", "denominator"]].sum().astype(float)
    return totals[totals["denominator"] > 0]


def refused(a: pd.DataFrame, b: pd.DataFrame) -> Reason | None:
    """Why two campaigns' days (of `by_day`) cannot be compared; None where they can.

    Examples
    --------
    >>> clicks = by_day(pd.DataFrame({"day": [1, 2, 3], "numerator": [4, 5, 6], "denominator": 100}))
    >>> refused(clicks, 0 * clicks).value, refused(clicks, clicks[:2]).value, refused(clicks, clicks)
    ('no_events_in_a_group', 'too_few_days', None)
    """
    if min(len(a), len(b)) < LEAST_DAYS:
        return Reason.TOO_FEW_DAYS
    events = a["numerator"].sum(), b["numerator"].sum()
    if max(events) == 0:
        return Reason.NO_EVENTS_IN_EITHER_GROUP
    return Reason.NO_EVENTS_IN_A_GROUP if min(events) == 0 else None


def _fewest_events(a: pd.DataFrame, b: pd.DataFrame) -> float:
    return float(min(a["numerator"].min(), b["numerator"].min()))


def _paired(a: pd.DataFrame, b: pd.DataFrame) -> tuple[SeriesMean, Method]:
    if _fewest_events(a, b) < FEW_EVENTS:
        differences, method = _contributions(a) - _contributions(b), Method.PAIRED_DAYS_OF_TOTALS
    else:
        differences, method = _log_rates(a) - _log_rates(b), Method.PAIRED_DAYS
    mean = mean_of_days(differences, a.index.to_numpy(dtype=float))
    return mean, method if mean.autocorrelation is None else Method.PAIRED_DAYS_AR1


def _independent(a: pd.DataFrame, b: pd.DataFrame) -> tuple[SeriesMean, Method]:
    one, other = (
        mean_of_days(_contributions(days), days.index.to_numpy(dtype=float), weakest=WEAKEST_OF_TWO) for days in (a, b)
    )
    variances = one.se**2, other.se**2
    total = sum(variances)
    terms = variances[0] ** 2 / one.df + variances[1] ** 2 / other.df
    correlations = [mean.autocorrelation for mean in (one, other) if mean.autocorrelation is not None]
    difference = SeriesMean(
        mean=one.mean - other.mean,
        se=math.sqrt(total),
        df=total**2 / terms if terms else math.inf,
        autocorrelation=max(correlations, default=None),
    )
    return difference, Method.INDEPENDENT_DAYS_AR1 if correlations else Method.INDEPENDENT_DAYS


def _log_rates(days: pd.DataFrame) -> Array:
    events, trials = days["numerator"].to_numpy(), days["denominator"].to_numpy()
    half_trial = 0.5 if (events <= trials).all() else 0.0  # results per unit of money are not shares of trials
    return np.asarray(np.log((events + 0.5) / (trials + half_trial)), dtype=np.float64)


def _contributions(days: pd.DataFrame) -> Array:
    """Each day's linearised log ratio of totals: their mean is that log ratio, their spread its error."""
    events, trials = days["numerator"].to_numpy(), days["denominator"].to_numpy()
    rate = events.sum() / trials.sum()
    return np.asarray(np.log(rate) + len(days) * (events - rate * trials) / events.sum(), dtype=np.float64)


def dispersion(a: pd.DataFrame, b: pd.DataFrame) -> float | None:
    """Pearson chi-square over degrees of freedom, binomial where events are shares of trials, else Poisson.

    1 is what independent people would vary, 4 is days that vary twice as much; None where everybody acted.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, section 4.5.

    Examples
    --------
    Days of 10 and 20 in a hundred miss 15 by 5, other days do not vary: twice 25 / (100 x 0.15 x 0.85), over 4 - 2.

    >>> a = by_day(pd.DataFrame({"day": [1, 2], "numerator": [10, 20], "denominator": 100}))
    >>> b = by_day(pd.DataFrame({"day": [1, 2], "numerator": [10, 10], "denominator": 100}))
    >>> f"{dispersion(a, b):.3f}"
    '1.961'
    """
    chi_square, days = 0.0, len(a) + len(b)
    for frame in (a, b):
        events, trials = frame["numerator"].to_numpy(), frame["denominator"].to_numpy()
        rate = events.sum() / trials.sum()
        spread = 1 - rate if (events <= trials).all() else 1.0
        if spread <= 0:
            return None
        chi_square += float(((events - rate * trials) ** 2 / (trials * rate * spread)).sum())
    return chi_square / (days - 2)
