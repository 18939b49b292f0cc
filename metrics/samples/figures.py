"""Means, totals and shares of a population, from a sample and how it was drawn."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.optimize import brentq
from scipy.special import betaincinv, expit, logit, stdtrit, xlogy

from metrics.estimates import Estimate, Measure, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import Array
from metrics.samples.design import Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A mean or a total of a population, in the unit of the values, by linearisation and t with `df`."""

    estimate: float
    se: float
    conf_low: float
    conf_high: float
    conf_level: float
    df: int
    n: int


class ShareInterval(StrEnum):
    """How the interval of a share is drawn."""

    LOGIT = "logit"
    BETA = "beta"  # Korn and Graubard: exact at the effective sample size; for shares near 0 or 1
    ARCSINE = "arcsine"
    LIKELIHOOD = "likelihood"
    MEAN = "mean"


def mean(sample: Sample, values: Array, *, among: Array | None = None, conf_level: float = 0.95) -> Figure:
    """Mean in the population, or among those rows for which `among` is true; in the unit of the values.

    Leaving other rows out of the table instead would take the size of the group for known.

    References
    ----------
    Woodruff (1971), JASA 66:411-414 (linearisation). Korn and Graubard (1999), Analysis of Health Surveys, chapter 2.

    Examples
    --------
    >>> import pandas as pd
    >>> data = pd.DataFrame({"hours": [2.0, 4, 1, 3, 5, 3], "weight": [10, 10, 10, 30, 30, 30], "area": list("aaabbb")})
    >>> average = mean(Sample.of(data, weights="weight", stratum="area"), data["hours"].to_numpy())
    >>> f"{average.estimate:.2f} ({average.conf_low:.2f} to {average.conf_high:.2f})"
    '3.33 (1.82 to 4.85)'
    """
    centre, influence = _mean(sample, values, among)
    return _figure(sample, centre, influence, conf_level, n=len(values) if among is None else int(among.sum()))


def total(sample: Sample, values: Array, *, conf_level: float = 0.95) -> Figure:
    """Total in the population, in the unit of the values; weights must be people of the population.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd edition, section 2.5.

    Examples
    --------
    Four people who stand for 50 each, two of them reached; the values' variance is 1 / 3, so 200 sqrt(1 / 3 / 4):

    >>> import pandas as pd
    >>> reached = total(Sample.of(pd.DataFrame({"weight": [50] * 4}), weights="weight"), np.array([1.0, 0, 1, 0]))
    >>> f"{reached.estimate:.0f}, standard error {reached.se:.1f}"
    '100, standard error 57.7'
    """
    return _figure(sample, float(sample.weights @ values), sample.weights * values, conf_level, n=len(values))


def design_effect(sample: Sample, values: Array) -> float:
    """Variance of the mean as a multiple of that of as many people drawn one by one from the same population.

    2 means that half as many people, drawn one by one, would have told as much. `values` are one a row.

    References
    ----------
    Kish (1965), Survey Sampling, section 8.2.

    Examples
    --------
    Two people a village who always agree: (8 people - 1) / (4 villages - 1).

    >>> import pandas as pd
    >>> people = Sample.of(pd.DataFrame({"village": [1, 1, 2, 2, 3, 3, 4, 4]}), place="village")
    >>> round(design_effect(people, np.array([1.0, 1, 0, 0, 1, 1, 0, 0])), 4)
    2.3333
    """
    centre, influence = _mean(sample, values, None)
    n, people = len(values), float(sample.weights.sum())
    spread = float(sample.weights @ (values - centre) ** 2) / people * n / (n - 1)
    known = 1 - n / people if sample.drawn.any() else 1.0
    return float(sample.covariance(influence[:, None])[0, 0]) / (spread / n * known)


def share(
    sample: Sample, yes: Array, *, interval: str = "logit", among: Array | None = None, conf_level: float = 0.95
) -> Estimate | NotEstimable:
    """Share of the population that says yes (0.10 is ten in a hundred); its limits stay between 0 and 1.

    Parameters
    ----------
    yes
        1 or 0, one a row.
    interval
        logit; beta (Korn and Graubard) where few or nearly all say yes; arcsine, likelihood or mean.

    References
    ----------
    Korn and Graubard (1998), Survey Methodology 24:193-201. Rao and Scott (1984), Annals of Statistics 12:46-60.

    Examples
    --------
    >>> import pandas as pd
    >>> people = Sample.of(pd.DataFrame({"village": [1, 1, 2, 2, 3, 3, 4, 4]}), place="village")
    >>> knows = share(people, np.array([1, 0, 1, 1, 0, 0, 1, 0]))
    >>> f"{knows.estimate:.2f} ({knows.conf_low:.2f} to {knows.conf_high:.2f})"
    '0.50 (0.07 to 0.93)'
    """
    check_conf_level(conf_level)
    p, influence = _mean(sample, np.asarray(yes, dtype=np.float64), among)
    n = len(yes) if among is None else int(among.sum())
    se = math.sqrt(float(sample.covariance(influence[:, None])[0, 0]))
    if not se > 0:
        return NotEstimable(measure=Measure.PROPORTION, reason=Reason.NO_VARIATION, n=n)
    t = float(stdtrit(sample.df, (1 + conf_level) / 2))
    low, high = LIMITS[ShareInterval(interval)](p, se, t, n, conf_level)
    return Estimate(
        measure=Measure.PROPORTION,
        estimate=p,
        se=se,
        conf_low=low,
        conf_high=high,
        p_value=None,
        df=sample.df,
        conf_level=conf_level,
        method=Method.SAMPLE_LINEARISATION,
        n=n,
    )


def _mean(sample: Sample, values: Array, among: Array | None) -> tuple[float, Array]:
    """The weighted mean and each row's influence on it."""
    w = sample.weights if among is None else sample.weights * among
    centre = float(w @ values / w.sum())
    return centre, w * (values - centre) / w.sum()


def _figure(sample: Sample, centre: float, influence: Array, conf_level: float, *, n: int) -> Figure:
    check_conf_level(conf_level)
    se = math.sqrt(float(sample.covariance(influence[:, None])[0, 0]))
    half = float(stdtrit(sample.df, (1 + conf_level) / 2)) * se
    return Figure(
        estimate=centre, se=se, conf_low=centre - half, conf_high=centre + half, conf_level=conf_level,
        df=sample.df, n=n,
    )  # fmt: skip


def _logit_limits(p: float, se: float, t: float, _n: int, _level: float) -> tuple[float, float]:
    reach = t * se / (p * (1 - p))
    return float(expit(logit(p) - reach)), float(expit(logit(p) + reach))


def _beta_limits(p: float, se: float, t: float, n: int, level: float) -> tuple[float, float]:
    people = p * (1 - p) / se**2 * (float(stdtrit(n - 1, (1 + level) / 2)) / t) ** 2
    yes = people * p
    low = float(betaincinv(yes, people - yes + 1, (1 - level) / 2))
    return low, float(betaincinv(yes + 1, people - yes, (1 + level) / 2))


def _arcsine_limits(p: float, se: float, t: float, _n: int, _level: float) -> tuple[float, float]:
    centre, reach = math.asin(math.sqrt(p)), t * se / (2 * math.sqrt(p * (1 - p)))
    return math.sin(max(0.0, centre - reach)) ** 2, math.sin(min(math.pi / 2, centre + reach)) ** 2


def _likelihood_limits(p: float, se: float, t: float, n: int, _level: float) -> tuple[float, float]:
    people = p * (1 - p) / se**2 * (n - 1) / n

    def beyond(q: float) -> float:
        return 2 * people * float(xlogy(p, p / q) + xlogy(1 - p, (1 - p) / (1 - q))) - t**2

    tiny = 1e-15
    return float(brentq(beyond, tiny, p, xtol=1e-14)), float(brentq(beyond, p, 1 - tiny, xtol=1e-14))


def _mean_limits(p: float, se: float, t: float, _n: int, _level: float) -> tuple[float, float]:
    return p - t * se, p + t * se


LIMITS: dict[ShareInterval, Callable[[float, float, float, int, float], tuple[float, float]]] = {
    ShareInterval.LOGIT: _logit_limits,
    ShareInterval.BETA: _beta_limits,
    ShareInterval.ARCSINE: _arcsine_limits,
    ShareInterval.LIKELIHOOD: _likelihood_limits,
    ShareInterval.MEAN: _mean_limits,
}
