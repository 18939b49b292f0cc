"""The mean of a daily series, allowing for one day resembling the next."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from metrics.least_squares import Array
from metrics.series.autoregression import whitened

ENOUGH_DAYS = 14  # below it a correlation between days cannot be told from chance
STRONGEST = 0.98  # of the correlations considered
WEAKEST = 0.25  # of those allowed for: less is as likely chance, and tests of unrelated days would be too careful


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesMean:
    """Mean of a series, its standard error and t degrees of freedom; `autocorrelation` None where not allowed for."""

    mean: float
    se: float
    df: float
    autocorrelation: float | None


def mean_of_days(values: Array, days: Array, *, weakest: float = WEAKEST) -> SeriesMean:
    """Mean with a standard error that grows where neighbouring days resemble each other.

    Days that follow one another share holidays, news and a platform's learning; counting them as independent makes
    a nominal 5 % test reject 28 % of the time at a correlation of 0.6. With 14 days or more and a correlation of 0.25
    or more the mean is that of a first-order autoregression fitted by restricted maximum likelihood, and the degrees of
    freedom are those of the effective number of independent days. Otherwise days count as independent.

    Short series make any estimate of the correlation too small. The first-order bias (1 + 3 rho) / n is added back,
    which also pays for not knowing the correlation. Tests of 28 days then reject 4.7 % of the time where days are
    unrelated (3.3 % without the least correlation), and 5.4 to 7.9 % at correlations of 0.3 to 0.8; tests of 14 days
    3.9 % (3.3 %), and 6.8 to 8.9 %.

    Parameters
    ----------
    values
        One a day.
    days
        Day numbers, ascending; gaps are allowed.
    weakest
        Correlation from which on it is allowed for. Where the means of two series are compared, 0.4 keeps the level:
        each of them would else be widened by chance.

    References
    ----------
    Marriott and Pope (1954), Biometrika 41:390-402 (bias of the correlation).
    Turner et al. (2021), BMC Medical Research Methodology 21:181 (REML preferred for short series).
    Zwiers and von Storch (1995), Journal of Climate 8:336-351 (effective sample size).

    Examples
    --------
    >>> mean_of_days(np.array([1.0, 3.0, 2.0, 4.0]), np.arange(4.0))
    SeriesMean(mean=2.5, se=0.6454972243679028, df=3, autocorrelation=None)
    """
    n = len(values)
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    simple = SeriesMean(mean=mean, se=sd / np.sqrt(n).item(), df=n - 1, autocorrelation=None)
    deviations = values - mean
    following = np.diff(days) == 1
    lag_one = float((deviations[1:] * deviations[:-1])[following].sum())
    if n < ENOUGH_DAYS or lag_one <= 0:
        return simple
    fitted = minimize_scalar(
        lambda rho: _restricted_deviance(rho, values, days),
        bounds=(0, STRONGEST),
        method="bounded",
        options={"xatol": 1e-8},
    )
    if fitted.x < weakest:
        return simple
    rho = min(float(fitted.x) + (1 + 3 * float(fitted.x)) / n, STRONGEST)
    weighted, information, squares, _ = _whitened(rho, values, days)
    # information = effective number of independent days (1' R^-1 1)
    se = float(np.sqrt(squares / (n - 1) / information))
    return SeriesMean(mean=weighted, se=se, df=max(information - 1, 1.0), autocorrelation=rho)


def _restricted_deviance(rho: float, values: Array, days: Array) -> float:
    """Twice the negative restricted log-likelihood, variance profiled out, less a constant."""
    _, information, squares, log_determinant = _whitened(rho, values, days)
    return float((len(values) - 1) * np.log(squares) + log_determinant + np.log(information))


def _whitened(rho: float, values: Array, days: Array) -> tuple[float, float, float, float]:
    """Mean, information, residual sum of squares and log-determinant at a correlation of `rho` a day apart."""
    design, y, log_determinant = whitened(rho, np.ones((len(values), 1)), values, days)
    ones = design[:, 0]
    information = float(ones @ ones)
    mean = float(ones @ y) / information
    residuals = y - mean * ones
    return mean, information, float(residuals @ residuals), log_determinant
