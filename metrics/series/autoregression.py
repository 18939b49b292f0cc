"""Least squares for a series in which each point resembles the last."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from metrics.least_squares import Array

STRONGEST = 0.9999  # of the correlations considered, of either sign
GRID = np.linspace(-STRONGEST, STRONGEST, 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFit:
    """Coefficients of a regression whose errors follow a first-order autoregression.

    Attributes
    ----------
    coefficients, covariance
        In the outcome's unit; the variance is the unbiased one, over n - k.
    autocorrelation
        Correlation of neighbouring errors.
    df
        Rows less columns.
    log_likelihood
        At the maximum, with all constants; restricted where the fit was.
    """

    coefficients: Array
    covariance: Array
    autocorrelation: float
    df: int
    log_likelihood: float

    @property
    def standard_errors(self) -> Array:
        """Of the coefficients."""
        errors: Array = np.sqrt(np.diag(self.covariance))
        return errors


def fit_autoregressive(
    design: Array,
    outcome: Array,
    positions: Array,
    *,
    restricted: bool = True,
) -> SeriesFit:
    """Generalised least squares with the likeliest correlation of neighbouring errors.

    Restricted maximum likelihood, because ordinary maximum likelihood makes that correlation, and with it the standard
    errors, too small in the short series that evaluations have. The likelihood is profiled over the correlation alone;
    all else is in closed form.

    Parameters
    ----------
    design
        Full column rank, more rows than columns, in order of time.
    positions
        Whole numbers, ascending: where each point stands in time; gaps are allowed.
    restricted
        False for ordinary maximum likelihood.

    References
    ----------
    Harville (1977), Journal of the American Statistical Association 72:320-338 (restricted likelihood).
    Turner et al. (2021), BMC Medical Research Methodology 21:181 (REML preferred for interrupted series).

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> t = np.arange(30.0)
    >>> fit = fit_autoregressive(np.column_stack([np.ones(30), t]), 2 + 0.5 * t + rng.normal(size=30), t)
    >>> fit.coefficients.round(1).tolist()
    [2.3, 0.5]
    """
    rest = outcome - design @ np.linalg.lstsq(design, outcome)[0]  # a level far from zero would cost digits
    deviances = [_deviance(float(rho), design, rest, positions, restricted=restricted) for rho in GRID]
    best = int(np.argmin(deviances))
    fitted = minimize_scalar(
        lambda rho: _deviance(rho, design, rest, positions, restricted=restricted),
        bounds=(GRID[max(best - 1, 0)], GRID[min(best + 1, len(GRID) - 1)]),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return fit_with_correlation(float(fitted.x), design, outcome, positions, restricted=restricted)


def fit_with_correlation(
    rho: float, design: Array, outcome: Array, positions: Array, *, restricted: bool = True
) -> SeriesFit:
    """The same at a correlation that is given: zero is ordinary least squares.

    Examples
    --------
    The mean of three months with a correlation of 0.5: the middle one counts half, for its neighbours tell of it.

    >>> months = np.arange(3.0)
    >>> fit = fit_with_correlation(0.5, np.ones((3, 1)), np.array([1.0, 2.0, 6.0]), months)
    >>> round(float(fit.coefficients[0]), 6) == (1 + 2 / 2 + 6) / 2.5
    True
    """
    x, y, log_determinant = whitened(rho, design, outcome, positions)
    n, k = design.shape
    q, r = np.linalg.qr(x)  # normal equations would square what levels far from zero cost in digits
    root = np.linalg.inv(r)
    coefficients = np.asarray(root @ (q.T @ y), dtype=np.float64)
    squares = float(((y - x @ coefficients) ** 2).sum())
    free = n - k if restricted else n
    deviance = free * (np.log(2 * np.pi * squares / free) + 1) + log_determinant
    if restricted:
        deviance += 2 * np.log(np.abs(np.diag(r))).sum()
    return SeriesFit(
        coefficients=coefficients,
        covariance=np.asarray(root @ root.T * (squares / (n - k)), dtype=np.float64),
        autocorrelation=rho,
        df=n - k,
        log_likelihood=-0.5 * float(deviance),
    )


def _deviance(rho: float, design: Array, outcome: Array, positions: Array, *, restricted: bool) -> float:
    """Twice the negative log likelihood, the variance and the coefficients at their maximum, less a constant."""
    x, y, log_determinant = whitened(rho, design, outcome, positions)
    n, k = design.shape
    q, r = np.linalg.qr(x)
    squares = max(float(((y - q @ (q.T @ y)) ** 2).sum()), 1e-300)
    deviance = (n - k if restricted else n) * np.log(squares) + log_determinant
    if restricted:
        deviance += 2 * float(np.log(np.abs(np.diag(r))).sum())
    return float(deviance)


def whitened(rho: float, design: Array, outcome: Array, positions: Array) -> tuple[Array, Array, float]:
    """Design and outcome whose errors are independent, and the logarithm of the determinant of their correlation.

    Each row but the first has what the last one foretold taken off, and is divided by what is then left of its standard
    deviation. `positions` ascend; two points `d` apart correlate by `rho` to the power of `d`.

    Examples
    --------
    At 0.6 the rest has a standard deviation of 0.8, and (2.2 - 0.6 x 1) / 0.8 is 2:

    >>> x, y, log_determinant = whitened(0.6, np.ones((2, 1)), np.array([1.0, 2.2]), np.arange(2.0))
    >>> x.round(6).tolist(), y.round(6).tolist(), round(float(np.exp(log_determinant)), 6)
    ([[1.0], [0.5]], [1.0, 2.0], 0.64)
    """
    decay = rho ** np.diff(positions)
    spread = np.sqrt(1 - decay**2)
    rows = (design[1:] - decay[:, None] * design[:-1]) / spread[:, None]
    x = np.concatenate([design[:1], rows])
    y = np.concatenate([outcome[:1], (outcome[1:] - decay * outcome[:-1]) / spread])
    return x, y, float(2 * np.log(spread).sum())
