"""Score statistics of two independent proportions: lower limits and the test of no difference.

A score statistic compares the observed proportions with those most likely under an assumed difference or ratio.
Its interval holds all values that the same statistic does not reject, so interval and p-value cannot contradict,
and both exist where nobody, or everybody, had an event.

All functions take `events1, total1, events2, total2` and work on the lower limit; the upper limit is that of the
groups exchanged. They do not search over differences and solve a cubic for the likeliest proportions at each:
the Lagrange multiplier `push` of the constraint gives both proportions, and the statistic, in closed form.
Each limit is then one root of one smooth function, which costs a tenth and keeps all digits at a few per million.

References
----------
Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226 (statistics and the factor N / (N - 1)).
Mee (1984), Biometrics 40:1175-1176 (the difference without that factor).
Koopman (1984), Biometrics 40:513-517 (the ratio without that factor).
"""

import math
from collections.abc import Callable

from scipy.optimize import brentq

NO_PUSH = 1e-300  # at exactly zero a group without events would divide by zero


def pooled_z(x1: int, n1: int, x2: int, n2: int, *, factor: float) -> float:
    """The statistic at no difference, common to difference, ratio and odds ratio.

    `x1` of `n1` against `x2` of `n2` people; `factor` multiplies the variance. Zero where everybody in both groups
    answered alike.

    Examples
    --------
    The root of the chi-square of R's ``prop.test(c(56, 48), c(70, 80), correct = FALSE)``:

    >>> f"{pooled_z(56, 70, 48, 80, factor=1.0):.6f}"
    '2.650172'
    """
    pooled = (x1 + x2) / (n1 + n2)
    variance = factor * pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    return (x1 / n1 - x2 / n2) / math.sqrt(variance) if variance else 0.0


def difference_z(x1: int, n1: int, x2: int, n2: int, *, difference: float, factor: float) -> float:
    """The statistic of an assumed difference p1 - p2, strictly between -1 and 1.

    Examples
    --------
    At no difference it is the pooled statistic, at the observed one it is zero:

    >>> [f"{difference_z(56, 70, 48, 80, difference=size, factor=1.0):.6f}" for size in (0.0, 0.2)]
    ['2.650172', '0.000000']
    """
    p1 = _likeliest(x1, n1, x2, n2, difference)
    p2 = p1 - difference
    variance = factor * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    distance = x1 / n1 - x2 / n2 - difference
    return distance / math.sqrt(variance) if distance else 0.0


def _likeliest(x1: int, n1: int, x2: int, n2: int, difference: float) -> float:
    """The likeliest p1 where p1 - p2 is `difference`: where the slope of the likelihood, which falls, is zero."""
    low, high = max(0.0, difference), min(1.0, 1.0 + difference)

    def slope(p1: float) -> float:
        p2 = p1 - difference
        rise = (x1 / p1 if x1 else 0.0) + (x2 / p2 if x2 else 0.0)
        return rise - ((n1 - x1) / (1 - p1) if x1 < n1 else 0.0) - ((n2 - x2) / (1 - p2) if x2 < n2 else 0.0)

    edge = 1e-15 * (high - low)
    inner = low + edge, high - edge
    if slope(inner[0]) <= 0:
        return low
    return high if slope(inner[1]) >= 0 else float(brentq(slope, *inner, xtol=1e-16, rtol=1e-15))


def lower_difference(x1: int, n1: int, x2: int, n2: int, *, z: float) -> float:
    """The difference p1 - p2 below the observed one at which the score statistic is `z`.

    Examples
    --------
    Zero at the statistic of no difference; at 1.96 what a search over R's ``dbinom`` finds:

    >>> abs(lower_difference(56, 70, 48, 80, z=pooled_z(56, 70, 48, 80, factor=1.0))) < 1e-12
    True
    >>> f"{lower_difference(56, 70, 48, 80, z=1.959963985):.6f}"
    '0.053334'
    """
    if x1 == 0 and x2 == n2:
        return -1.0

    def proportions(push: float) -> tuple[float, float, float, float]:
        q1, p1 = _raised(n1 - x1, n1, push)
        p2, q2 = _raised(x2, n2, push)
        return p1, q1, p2, q2

    def excess(push: float) -> float:
        p1, q1, p2, q2 = proportions(push)
        return push * math.sqrt(p1 * q1 / n1 + p2 * q2 / n2) - z

    high = 2 * z * math.sqrt(n1 + n2)
    while excess(high) < 0:
        high *= 4
    p1, _, p2, _ = proportions(_root(excess, 0.0, high))
    return p1 - p2


def _raised(x: int, n: int, push: float) -> tuple[float, float]:
    """The proportion above x / n at which n p - x = push p (1 - p), and one minus it."""
    root = math.sqrt((n - push) ** 2 + 4 * push * x)
    p = 2 * x / (n - push + root) if push < n else (push - n + root) / (2 * push)  # forms that do not cancel
    return p, 2 * (n - x) / (n + push + root)


def lower_ratio(x1: int, n1: int, x2: int, n2: int, *, z: float) -> float:
    """The ratio p1 / p2 below the observed one at which the score statistic is `z`.

    Examples
    --------
    As a search over R's ``dbinom`` finds it:

    >>> f"{lower_ratio(56, 70, 48, 80, z=1.959963985):.6f}"
    '1.079822'
    """
    if x1 == 0:
        return 0.0
    y1, y2 = n1 - x1, n2 - x2

    def excess(push: float) -> float:
        misses = y1 / (n1 * (x1 - push)) if y1 else 0.0
        return push * math.sqrt(misses + y2 / (n2 * (x2 + push))) - z

    p2_at_end = (x2 + n1) / (n2 + n1)
    z_at_end = n1 * math.sqrt(y2 / (n2 * (x2 + n1)))
    if y1 == 0 and z_at_end <= z:  # everybody in group 1: p1 leaves 1 only when the push has reached n1
        return n1 / (n1 + z**2 - z_at_end**2) / p2_at_end
    push = _root(excess, NO_PUSH, n1) if y1 == 0 else _root_below(excess, x1)
    p1 = (x1 - push) / (n1 - push) if y1 else 1.0
    return p1 * (n2 + push) / (x2 + push)


def lower_odds_ratio(x1: int, n1: int, x2: int, n2: int, *, z: float) -> float:
    """The odds ratio below the observed one at which the score statistic is `z`.

    Examples
    --------
    As a search over R's ``dbinom`` finds it:

    >>> f"{lower_odds_ratio(56, 70, 48, 80, z=1.959963985):.6f}"
    '1.284659'
    """
    y1, y2 = n1 - x1, n2 - x2
    if x1 == 0 or y2 == 0:
        return 0.0

    def excess(push: float) -> float:
        return push * math.sqrt(n1 / ((x1 - push) * (y1 + push)) + n2 / ((x2 + push) * (y2 - push))) - z

    push = _root_below(excess, min(x1, y2))
    return (x1 - push) * (y2 - push) / ((y1 + push) * (x2 + push))


def _root_below(excess: Callable[[float], float], pole: float) -> float:
    """The root of a function that rises from below zero to infinity at `pole`."""
    low, high = NO_PUSH, pole / 2
    while excess(high) < 0:
        low, high = high, (high + pole) / 2
    return _root(excess, low, high)


def _root(excess: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(excess, low, high, xtol=1e-14, rtol=1e-14))
