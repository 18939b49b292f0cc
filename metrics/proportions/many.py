"""Thousands of pairs of groups compared at once, with the same score intervals as one at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from metrics.estimates import Method
from metrics.proportions.normal import normal_quantile

Numbers: TypeAlias = NDArray[np.float64]
Function: TypeAlias = Callable[[Numbers], Numbers]

NO_PUSH = 1e-300
HALVINGS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparisons:
    """One element a pair: estimate and interval on the scale of the measure, and the p-value of no difference.

    A ratio is missing (not a number) where neither group has an event.
    """

    estimate: Numbers
    conf_low: Numbers
    conf_high: Numbers
    p_value: Numbers
    conf_level: float
    method: Method


def risk_differences(
    events_a: ArrayLike, totals_a: ArrayLike, events_b: ArrayLike, totals_b: ArrayLike, *, conf_level: float = 0.95
) -> Comparisons:
    """`risk_difference` of many pairs, `a` minus `b`: Miettinen and Nurminen's interval.

    Examples
    --------
    >>> many = risk_differences([56, 9, 0], [70, 10, 20], [48, 3, 0], [80, 10, 30])
    >>> many.conf_low.round(3).tolist(), many.conf_high.round(3).tolist()
    ([0.053, 0.17, -0.116], [0.338, 0.841, 0.164])
    """
    x1, n1, x2, n2 = _counts(events_a, totals_a, events_b, totals_b)
    factor = (n1 + n2) / (n1 + n2 - 1)
    z = normal_quantile(conf_level) * np.sqrt(factor)
    return Comparisons(
        estimate=x1 / n1 - x2 / n2,
        conf_low=_lower_difference(x1, n1, x2, n2, z),
        conf_high=-_lower_difference(x2, n2, x1, n1, z),
        p_value=_p_values(x1, n1, x2, n2, factor),
        conf_level=conf_level,
        method=Method.MIETTINEN_NURMINEN,
    )


def risk_ratios(
    events_a: ArrayLike, totals_a: ArrayLike, events_b: ArrayLike, totals_b: ArrayLike, *, conf_level: float = 0.95
) -> Comparisons:
    """`risk_ratio` of many pairs, `a` over `b`: Koopman's interval.

    Examples
    --------
    >>> many = risk_ratios([56, 0], [70, 45], [48, 3], [80, 50])
    >>> many.conf_low.round(3).tolist(), many.conf_high.round(3).tolist()
    ([1.08, 0.0], [1.671, 1.371])
    """
    x1, n1, x2, n2 = _counts(events_a, totals_a, events_b, totals_b)
    z = np.full(len(x1), normal_quantile(conf_level))
    none = x1 + x2 == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = (x1 / n1) / (x2 / n2)
        low, high = _lower_ratio(x1, n1, x2, n2, z), 1 / _lower_ratio(x2, n2, x1, n1, z)
    return Comparisons(
        estimate=np.where(none, np.nan, estimate),
        conf_low=np.where(none, np.nan, low),
        conf_high=np.where(none, np.nan, high),
        p_value=np.where(none, np.nan, _p_values(x1, n1, x2, n2, np.ones(len(x1)))),
        conf_level=conf_level,
        method=Method.KOOPMAN,
    )


def _counts(*columns: ArrayLike) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    x1, n1, x2, n2 = (
        np.ascontiguousarray(column)
        for column in np.broadcast_arrays(*(np.atleast_1d(c).astype(float) for c in columns))
    )
    if not ((x1 >= 0) & (x1 <= n1) & (x2 >= 0) & (x2 <= n2) & (n1 > 0) & (n2 > 0)).all():
        raise ValueError("a group has more events than people, or nobody in it")
    return x1, n1, x2, n2


def _p_values(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, factor: Numbers) -> Numbers:
    pooled = (x1 + x2) / (n1 + n2)
    variance = factor * pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    varies = variance > 0
    z = np.divide(x1 / n1 - x2 / n2, np.sqrt(variance), out=np.zeros_like(x1), where=varies)
    return np.asarray(2 * ndtr(-np.abs(z)), dtype=np.float64)


def _lower_difference(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, z: Numbers) -> Numbers:
    """See `metrics.scores.lower_difference`, whose Lagrange multiplier this solves for all pairs together."""
    y1 = n1 - x1
    y2 = n2 - x2

    def excess(push: Numbers) -> Numbers:
        q1, p1 = _raised(y1, n1, push)
        p2, q2 = _raised(x2, n2, push)
        return push * np.sqrt(p1 * q1 / n1 + p2 * q2 / n2) - z

    high = 2 * z * np.sqrt(n1 + n2)
    everything = (x1 == 0) & (y2 == 0)
    while (short := (excess(high) < 0) & ~everything).any():
        high = np.where(short, 4 * high, high)
    push = _roots(excess, np.zeros_like(high), high)
    p1, p2 = _raised(y1, n1, push)[1], _raised(x2, n2, push)[0]
    return np.where(everything, -1.0, p1 - p2)


def _raised(x: Numbers, n: Numbers, push: Numbers) -> tuple[Numbers, Numbers]:
    gap = n - push
    root = np.sqrt(gap**2 + 4 * push * x)
    larger = np.abs(gap) + root  # forms that do not cancel
    p = np.where(gap > 0, 2 * x / larger, larger / (2 * np.where(gap > 0, 1.0, push)))
    return p, 2 * (n - x) / (n + push + root)


def _lower_ratio(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, z: Numbers) -> Numbers:
    y1, y2 = n1 - x1, n2 - x2
    all_1 = y1 == 0
    pole = np.where(all_1, n1, np.maximum(x1, 1.0))

    def excess(push: Numbers) -> Numbers:
        misses = np.where(all_1, 0.0, y1 / (n1 * np.maximum(x1 - push, NO_PUSH)))
        return push * np.sqrt(misses + y2 / (n2 * (x2 + push))) - z

    push = _roots(excess, np.full(len(x1), NO_PUSH), pole)
    p1 = np.where(all_1, 1.0, (x1 - push) / np.where(all_1, 1.0, n1 - push))
    found = p1 * (n2 + push) / (x2 + push)
    end = (x2 + n1) / (n2 + n1)
    z_end = n1 * np.sqrt(y2 / (n2 * (x2 + n1)))
    found = np.where(all_1 & (z_end <= z), n1 / (n1 + z**2 - z_end**2) / end, found)
    return np.where(x1 == 0, 0.0, found)


def _roots(excess: Function, low: Numbers, high: Numbers) -> Numbers:
    """Roots of rising functions by false position with the kept end's value halved, and halving where that is slow."""
    f_low, f_high = excess(low), excess(high)
    for turn in range(HALVINGS):
        straight = high - f_high * (high - low) / np.where(f_high > f_low, f_high - f_low, 1.0)
        inside = (straight > low) & (straight < high) & np.isfinite(straight)
        at = np.where(inside & (turn % 4 != 3), straight, (low + high) / 2)
        value = excess(at)
        below = value < 0
        f_high = np.where(below, f_high / 2, value)
        f_low = np.where(below, value, f_low / 2)
        low, high = np.where(below, at, low), np.where(below, high, at)
        if (high - low <= 1e-14 * high).all() or (np.abs(value) <= 1e-14).all():
            break
    return at
