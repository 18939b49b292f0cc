"""Regressions whose likelihood holds the extra spread: beta-binomial shares and negative binomial counts."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, expit, gammaln, log_expit, polygamma, xlogy

from metrics.counts.generalised import binomial, poisson
from metrics.least_squares import Array

ITERATIONS = 200
STEP = 1e-5
LARGE = 1e4  # from here on differences of gamma functions are taken from their series
WIDEST = 25.0  # of the logarithm of the spread parameter: beyond it there is no extra spread to tell of


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelihoodFit:
    """Maximum likelihood coefficients, their standard errors, and the spread beyond independent events.

    Attributes
    ----------
    coefficients, standard_errors
        Of the design's columns: log odds ratios of shares, log rate ratios of counts.
    covariance
        Of the coefficients.
    size
        Beta-binomial: a + b of the beta distribution of shares (the larger the less spread). Negative binomial:
        theta, the variance being mean + mean squared / theta.
    size_se
        Of `size`, negative binomial only.
    correlation
        Beta-binomial only: intraclass correlation 1 / (size + 1).
    log_likelihood
        At the maximum, with all constants.
    """

    coefficients: Array
    standard_errors: Array
    covariance: Array
    size: float
    size_se: float | None
    correlation: float | None
    log_likelihood: float


def beta_binomial(design: Array, events: Array, trials: Array) -> LikelihoodFit | None:
    """Logit regression of shares that vary from row to row as a beta distribution; None where there is no maximum.

    There is none where rows vary no more than independent people do: `binomial` then says all there is to say.

    References
    ----------
    Prentice (1986), Journal of the American Statistical Association 81:321-327. Williams (1975), Biometrics
    31:949-952.

    Examples
    --------
    >>> design = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    >>> fit = beta_binomial(design, np.array([5.0, 14, 24, 15, 30, 42]), np.full(6, 100.0))
    >>> f"odds ratio {np.exp(fit.coefficients[1]):.2f}, correlation {fit.correlation:.3f}"
    'odds ratio 2.41, correlation 0.047'
    """
    start = binomial(design, events, trials)
    if start is None:
        return None
    missed = trials - events
    choose = gammaln(trials + 1) - gammaln(events + 1) - gammaln(missed + 1)

    def likelihood(parameters: Array) -> float:
        logits, size = design @ parameters[:-1], np.exp(parameters[-1])
        plain = choose + events * log_expit(logits) + missed * log_expit(-logits)
        more = _gamma_rise(size * expit(logits), events) + _gamma_rise(size * expit(-logits), missed)
        return float((plain + more - _gamma_rise(size, trials)).sum())

    def slope(parameters: Array) -> Array:
        share, size = expit(design @ parameters[:-1]), np.exp(parameters[-1])
        by_a, by_b = _digamma_rise(share * size, events), _digamma_rise((1 - share) * size, missed)
        by_share = design.T @ (size * (by_a - by_b) * share * (1 - share))
        return np.append(by_share, size * (share * by_a + (1 - share) * by_b - _digamma_rise(size, trials)).sum())

    found = _maximum(likelihood, slope, np.append(start.coefficients, np.log(10.0)))
    if found is None:
        return None
    parameters, covariance = found
    size = float(np.exp(parameters[-1]))
    return LikelihoodFit(
        coefficients=parameters[:-1],
        standard_errors=np.sqrt(np.diag(covariance))[:-1],
        covariance=covariance[:-1, :-1],
        size=size,
        size_se=None,
        correlation=1 / (size + 1),
        log_likelihood=likelihood(parameters),
    )


def negative_binomial(design: Array, counts: Array, exposure: Array | None = None) -> LikelihoodFit | None:
    """Log regression of counts with variance mean + mean squared / size (NB2); None where there is no maximum.

    There is none where counts vary no more than independent events do. Standard errors take `size` for known, as is
    usual; it is nearly independent of the coefficients.

    References
    ----------
    Lawless (1987), Canadian Journal of Statistics 15:209-225. Hilbe (2011), Negative Binomial Regression, 2nd edition.

    Examples
    --------
    >>> design = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    >>> fit = negative_binomial(design, np.array([5.0, 14, 24, 15, 30, 42]))
    >>> f"rate ratio {np.exp(fit.coefficients[1]):.2f}, size {fit.size:.1f}"
    'rate ratio 2.02, size 5.4'
    """
    start = poisson(design, counts, exposure)
    if start is None:
        return None
    offset = np.zeros(len(counts)) if exposure is None else np.log(exposure)

    def likelihood(parameters: Array) -> float:
        mean, size = np.exp(design @ parameters[:-1] + offset), np.exp(parameters[-1])
        plain = xlogy(counts, mean) - gammaln(counts + 1)
        return float((plain + _gamma_rise(size, counts) - (counts + size) * np.log1p(mean / size)).sum())

    def slope(parameters: Array) -> Array:
        mean, size = np.exp(design @ parameters[:-1] + offset), np.exp(parameters[-1])
        by_mean = design.T @ ((counts - mean) * size / (mean + size))
        by_size = _digamma_rise(size, counts) - np.log1p(mean / size) + (mean - counts) / (mean + size)
        return np.append(by_mean, size * by_size.sum())

    found = _maximum(likelihood, slope, np.append(start.coefficients, np.log(5.0)))
    if found is None:
        return None
    parameters = found[0]
    mean, size = np.exp(design @ parameters[:-1] + offset), float(np.exp(parameters[-1]))
    weights = mean * size / (mean + size)
    covariance = np.asarray(np.linalg.inv(design.T @ (design * weights[:, None])), dtype=np.float64)
    bend = polygamma(1, size) - polygamma(1, counts + size) - 1 / size + 2 / (mean + size)
    information = float((bend - (counts + size) / (mean + size) ** 2).sum())
    return LikelihoodFit(
        coefficients=parameters[:-1],
        standard_errors=np.sqrt(np.diag(covariance)),
        covariance=covariance,
        size=size,
        size_se=information**-0.5 if information > 0 else None,
        correlation=None,
        log_likelihood=likelihood(parameters),
    )


def _gamma_rise(a: Array, more: Array) -> Array:
    """``log Γ(a + more) - log Γ(a) - more log a``, which keeps its digits where `a` is large."""
    small, large = np.minimum(a, LARGE), np.maximum(a, LARGE)
    told = gammaln(small + more) - gammaln(small) - more * np.log(small)
    series = (large + more - 0.5) * np.log1p(more / large) - more + (1 / (large + more) - 1 / large) / 12
    return np.where(a < LARGE, told, series)


def _digamma_rise(a: Array, more: Array) -> Array:
    """``digamma(a + more) - digamma(a)``, which keeps its digits where `a` is large."""
    small, large = np.minimum(a, LARGE), np.maximum(a, LARGE)
    series = np.log1p(more / large) + more / (2 * large * (large + more)) + (large**-2 - (large + more) ** -2) / 12
    return np.where(a < LARGE, digamma(small + more) - digamma(small), series)


def _maximum(
    likelihood: Callable[[Array], float], slope: Callable[[Array], Array], start: Array
) -> tuple[Array, Array] | None:
    """Newton's method with halved steps; the parameters and their covariance, None where it does not settle."""
    at, value = start, likelihood(start)
    for _ in range(ITERATIONS):
        gradient, bend = slope(at), _bend(slope, at)
        values, vectors = np.linalg.eigh(-bend)
        step = vectors @ ((vectors.T @ gradient) / np.maximum(np.abs(values), 1e-8))
        step *= min(1.0, 3.0 / np.abs(step).max())
        while not likelihood(at + step) >= value - 1e-10 * abs(value) and np.abs(step).max() > 1e-12:
            step /= 2
        at = at + step
        value = likelihood(at)
        if abs(at[-1]) > WIDEST or not np.isfinite(value):
            return None
        if np.abs(step).max() < 1e-9:
            return (at, np.asarray(np.linalg.inv(-bend), dtype=np.float64)) if values.min() > 0 else None
    return None


def _bend(slope: Callable[[Array], Array], at: Array) -> Array:
    """The second derivatives, by differences of the slope."""
    rows = [(slope(at + move) - slope(at - move)) / (2 * STEP) for move in np.eye(len(at)) * STEP]
    bend = np.array(rows)
    symmetric: Array = (bend + bend.T) / 2
    return symmetric
