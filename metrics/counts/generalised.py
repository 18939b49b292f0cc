"""Logit regression of shares and log regression of counts, with the spread of the data instead of that of chance."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, stdtr, stdtrit, xlogy

from metrics.least_squares import Array, Labels, has_full_rank

ITERATIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFit:
    """A fitted regression; arrays of coefficients have one element a column of the design.

    Attributes
    ----------
    coefficients
        Log odds ratios of shares, log rate ratios of counts.
    unscaled
        Their covariance if the dispersion were 1.
    dispersion
        Pearson's chi-square over its degrees of freedom: how many times the variance of independent events.
    df
        Rows less columns.
    deviance, pearson
        Twice the log likelihood short of a perfect fit; Pearson's chi-square.
    fitted
        Expected counts.
    scores
        What each row adds to the slope of the log likelihood, row by column.
    residuals
        Pearson's: distance from the expected count in standard deviations of independent events.
    """

    coefficients: Array
    unscaled: Array
    dispersion: float
    df: int
    deviance: float
    pearson: float
    fitted: Array
    scores: Array
    residuals: Array

    def standard_errors(self, *, dispersed: bool = True) -> Array:
        """Of the coefficients: with the data's own dispersion, or (not `dispersed`) as if it were 1."""
        errors: Array = np.sqrt(np.diag(self.unscaled) * (self.dispersion if dispersed else 1.0))
        return errors

    def p_value(self, column: int, *, dispersed: bool = True) -> float:
        """Two-sided, of a coefficient of zero: t with the data's dispersion, normal without it."""
        t = self.coefficients[column] / self.standard_errors(dispersed=dispersed)[column]
        return 2 * float(stdtr(self.df if dispersed else np.inf, -abs(t)))

    def interval(self, column: int, conf_level: float) -> tuple[float, float]:
        """Confidence limits of a coefficient with the data's dispersion."""
        half = float(stdtrit(self.df, (1 + conf_level) / 2)) * float(self.standard_errors()[column])
        centre = float(self.coefficients[column])
        return centre - half, centre + half


def binomial(design: Array, events: Array, trials: Array) -> CountFit | None:
    """Logit regression of `events` out of `trials`; None where the likelihood has no maximum.

    It has none where a group has no events, or nothing but events, and where a column repeats the others. The
    coefficients are those of independent events; how much rows vary beyond that goes into `dispersion`
    (quasi-binomial), so that few large rows cannot pass for many independent people.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, chapters 4 and 9. Wedderburn (1974), Biometrika 61:439-447.

    Examples
    --------
    >>> design = np.column_stack([np.ones(4), [0, 0, 1, 1]])
    >>> fit = binomial(design, np.array([10.0, 14, 25, 30]), np.full(4, 100.0))
    >>> f"odds ratio {np.exp(fit.coefficients[1]):.2f}, dispersion {fit.dispersion:.2f}"
    'odds ratio 2.78, dispersion 0.69'
    """
    share = (events + 0.5) / (trials + 1)
    eta = np.log(share / (1 - share))
    for _ in range(ITERATIONS):
        p = expit(eta)
        weights = trials * p * (1 - p)
        if not weights.min() > 1e-10:
            return None
        solved = _weighted(design, eta + (events - trials * p) / weights, weights)
        if solved is None:
            return None
        coefficients, unscaled = solved
        last, eta = eta, design @ coefficients
        if np.abs(eta - last).max() < 1e-10:
            fitted = trials * expit(eta)
            variance = fitted * (1 - expit(eta))
            missed = trials - events
            deviance = 2 * float((xlogy(events, events / fitted) + xlogy(missed, missed / (trials - fitted))).sum())
            return _fit(design, coefficients, unscaled, events, fitted, variance, deviance)
    return None


def poisson(design: Array, counts: Array, exposure: Array | None = None) -> CountFit | None:
    """Log regression of `counts`, per `exposure` where there is one; None where the likelihood has no maximum.

    How much rows vary beyond independent events goes into `dispersion` (quasi-Poisson).

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, chapter 6.

    Examples
    --------
    >>> design = np.column_stack([np.ones(4), [0, 0, 1, 1]])
    >>> fit = poisson(design, np.array([10.0, 14, 25, 30]), np.full(4, 100.0))
    >>> f"rate ratio {np.exp(fit.coefficients[1]):.2f}, dispersion {fit.dispersion:.2f}"
    'rate ratio 2.29, dispersion 0.56'
    """
    offset = np.zeros(len(counts)) if exposure is None else np.log(exposure)
    eta = np.log(counts + 0.5)
    for _ in range(ITERATIONS):
        fitted = np.exp(eta)
        if not 1e-10 < fitted.min() <= fitted.max() < 1e15:
            return None
        solved = _weighted(design, eta - offset + (counts - fitted) / fitted, fitted)
        if solved is None:
            return None
        coefficients, unscaled = solved
        last, eta = eta, design @ coefficients + offset
        if np.abs(eta - last).max() < 1e-10:
            fitted = np.exp(eta)
            deviance = 2 * float((xlogy(counts, counts / fitted) - (counts - fitted)).sum())
            return _fit(design, coefficients, unscaled, counts, fitted, fitted, deviance)
    return None


def sandwich(fit: CountFit, *, small_sample: bool = False) -> Array:
    """Standard errors that do not rest on the variance assumed (HC0; HC1, n / (n - k) larger, with `small_sample`).

    On the scale of the coefficients, one each. A check of the dispersion, which takes the variance for proportional to
    the mean: with fewer than some thirty rows both are too small.

    References
    ----------
    White (1980), Econometrica 48:817-838. MacKinnon and White (1985), Journal of Econometrics 29:305-325 (HC1).

    Examples
    --------
    Days of 10 and 14 calls miss their mean by 2 each; the error of its logarithm is the root of 2² + 2², over 24:

    >>> fit = poisson(np.ones((2, 1)), np.array([10.0, 14.0]))
    >>> f"{sandwich(fit)[0]:.6f} {8**0.5 / 24:.6f}"
    '0.117851 0.117851'
    """
    n, k = fit.scores.shape
    factor = n / (n - k) if small_sample else 1.0
    return _errors(fit.unscaled, fit.scores.T @ fit.scores * factor)


def clustered(fit: CountFit, cluster: Labels, *, small_sample: bool = False) -> Array:
    """Standard errors for rows that share a cluster, with G / (G - 1), and (n - 1) / (n - k) with `small_sample`.

    They are too small with fewer than about forty clusters. `cluster` is one whole number a row, from 0 on.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73:13-22.

    Examples
    --------
    Counts of two villages, of 79 events in all; each village misses the mean by 15.5 (closed form, 31 / 79):

    >>> fit = poisson(np.ones((4, 1)), np.array([10.0, 14, 25, 30]))
    >>> f"{clustered(fit, np.array([0, 0, 1, 1]))[0]:.6f} {31 / 79:.6f}"
    '0.392405 0.392405'
    """
    n, k = fit.scores.shape
    groups = int(cluster.max()) + 1
    sums = np.zeros((groups, k))
    np.add.at(sums, cluster, fit.scores)
    factor = groups / (groups - 1) * ((n - 1) / (n - k) if small_sample else 1.0)
    return _errors(fit.unscaled, sums.T @ sums * factor)


def newey_west(unscaled: Array, scores: Array, *, lag: int, small_sample: bool = False) -> Array:
    """Standard errors for rows in order of time that resemble the `lag` rows before them, weights falling to zero.

    For a sensitivity analysis only: in short series they are far too small.

    Parameters
    ----------
    unscaled
        Inverse of the information: one row and one column a coefficient.
    scores
        What each row adds to the slope of the log likelihood, one row a point in time, one column a coefficient.

    References
    ----------
    Newey and West (1987), Econometrica 55:703-708. Turner et al. (2021), BMC Med Res Methodol 21:181.

    Examples
    --------
    The mean of 1, 2, 3 and 4: squares of 5, and neighbours' products of 1.25, so sqrt(6.25) / 4:

    >>> float(newey_west(np.array([[0.25]]), np.array([[-1.5], [-0.5], [0.5], [1.5]]), lag=1)[0])
    0.625
    """
    n, k = scores.shape
    middle = scores.T @ scores
    for step in range(1, lag + 1):
        crossed = scores[step:].T @ scores[:-step]
        middle += (1 - step / (lag + 1)) * (crossed + crossed.T)
    return _errors(unscaled, middle * (n / (n - k) if small_sample else 1.0))


def _errors(bread: Array, middle: Array) -> Array:
    errors: Array = np.sqrt(np.maximum(np.diag(bread @ middle @ bread), 0.0))
    return errors


def _weighted(design: Array, outcome: Array, weights: Array) -> tuple[Array, Array] | None:
    """Weighted least squares and the inverse of its information; None where that has none."""
    root = np.sqrt(weights)
    scaled = design * root[:, None]
    if not has_full_rank(scaled):
        return None
    inverse = np.asarray(np.linalg.inv(scaled.T @ scaled), dtype=np.float64)
    return inverse @ (scaled.T @ (outcome * root)), inverse


def _fit(
    design: Array,
    coefficients: Array,
    unscaled: Array,
    counts: Array,
    fitted: Array,
    variance: Array,
    deviance: float,
) -> CountFit:
    df = len(counts) - design.shape[1]
    residuals = (counts - fitted) / np.sqrt(variance)
    pearson = float(residuals @ residuals)
    return CountFit(
        coefficients=coefficients,
        unscaled=unscaled,
        dispersion=pearson / df if df else float("nan"),
        df=df,
        deviance=deviance,
        pearson=pearson,
        fitted=fitted,
        scores=design * (counts - fitted)[:, None],
        residuals=residuals,
    )
