"""The mean of days of which each resembles the last: its error, and from when on that is allowed for."""

import math

import numpy as np
import pytest

from metrics.day_series import mean_of_days


def restricted_likelihood(rho, y, x):
    """Gaussian restricted log-likelihood of a mean by its matrices, variance at its maximum (Harville 1977)."""
    n = len(y)
    r = rho ** np.abs(np.subtract.outer(x, x))
    inverse = np.linalg.inv(r)
    information = inverse.sum()
    mean = inverse.sum(axis=0) @ y / information
    squares = (y - mean) @ inverse @ (y - mean)
    value = -0.5 * ((n - 1) * math.log(squares) + np.linalg.slogdet(r)[1] + math.log(information))
    return value, mean, math.sqrt(squares / (n - 1) / information), information


@pytest.mark.parametrize("missing", [(), (5, 6, 11)], ids=["every day", "days missing"])
def test_a_series_with_memory_has_the_mean_and_error_of_restricted_maximum_likelihood(missing):
    rng = np.random.default_rng(8)
    y = rng.normal(size=40)
    for day in range(1, 40):
        y[day] = 0.6 * y[day - 1] + 0.8 * y[day]
    x = np.array([day for day in range(40) if day not in missing], dtype=float)
    y = y[x.astype(int)]
    grid = np.linspace(0, 0.98, 2451)
    best = grid[np.argmax([restricted_likelihood(rho, y, x)[0] for rho in grid])]
    result = mean_of_days(y, x)
    assert result.autocorrelation == pytest.approx(best + (1 + 3 * best) / len(x), abs=5e-4)  # Marriott and Pope
    _, mean, se, information = restricted_likelihood(result.autocorrelation, y, x)
    assert (result.mean, result.se, result.df) == pytest.approx((mean, se, information - 1))


def test_few_days_or_no_memory_count_as_independent():
    short = mean_of_days(np.arange(13.0), np.arange(13.0))
    assert (short.autocorrelation, short.df) == (None, 12)
    restless = mean_of_days(np.tile([0.0, 1.0], 20), np.arange(40.0))
    assert (restless.autocorrelation, restless.df) == (None, 39)
    apart = mean_of_days(np.arange(20.0), np.arange(20.0) * 7)  # weekly figures have no day before
    assert apart.autocorrelation is None


def test_fourteen_days_that_are_all_but_one_have_one_degree_of_freedom():
    found = mean_of_days(np.arange(14.0), np.arange(14.0))
    # 1' R^-1 1 of fourteen days that correlate by 0.98 is (14 - 12 * 0.98) / 1.98, no more than one day and an eighth
    assert (found.autocorrelation, found.df) == (pytest.approx(0.98), 1)
