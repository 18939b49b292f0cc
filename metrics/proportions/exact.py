"""Odds ratios without any approximation, for the rarest events."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import gammaln

from metrics.estimates import Estimate, Measure, Method, NotEstimable, Proportion, Reason, check_conf_level

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Margins:
    """The tables with the margins of the observed one: `x` events in the first group, of those `possible`."""

    x: float
    possible: Numbers
    ways: Numbers  # logarithms

    def chances(self, log_odds: float) -> Numbers:
        weights = self.ways + self.possible * log_odds
        chances = np.exp(weights - weights.max())
        return np.asarray(chances / chances.sum(), dtype=np.float64)

    def at_least(self, log_odds: float, observed: float) -> float:
        """Probability of as many events or more; `observed` is how much of the observed table counts."""
        chances = self.chances(log_odds)
        return float(chances[self.possible > self.x].sum() + observed * chances[self.possible == self.x].sum())

    def at_most(self, log_odds: float, observed: float) -> float:
        chances = self.chances(log_odds)
        return float(chances[self.possible < self.x].sum() + observed * chances[self.possible == self.x].sum())

    def mean(self, log_odds: float) -> float:
        return float(self.chances(log_odds) @ self.possible)


def exact_odds_ratio(
    a: Proportion, b: Proportion, *, mid_p: bool = True, conf_level: float = 0.95
) -> Estimate | NotEstimable:
    """Ratio of odds, `a` over `b`, from the exact chances of all tables with the same number of events.

    For a handful of events, where even a score interval rests on few tables. The estimate is the conditional maximum
    likelihood one. With `mid_p` half of the chance of the observed table counts, which keeps the error rate near its
    level; without it they are Fisher's, whose error rate never exceeds the level and is often half of it. The p-value
    is twice the smaller tail, so that it cannot contradict the interval. (What other programs print as Fisher's
    two-sided p adds up the less likely tables instead and can contradict the interval beside it.)

    References
    ----------
    Cornfield (1956), Proceedings of the Third Berkeley Symposium 4:135-148 (interval).
    Hirji, Tan and Elashoff (1991), Statistics in Medicine 10:1137-1153 (mid-p).
    Fay (2010), Biostatistics 11:373-374 (p-values and intervals that agree).

    Examples
    --------
    >>> result = exact_odds_ratio(Proportion(0, 45), Proportion(3, 50))
    >>> f"{result.estimate:.1f} ({result.conf_low:.2f} to {result.conf_high:.2f}), p = {result.p_value:.3f}"
    '0.0 (0.00 to 1.88), p = 0.142'
    """
    check_conf_level(conf_level)
    events, n = a.events + b.events, a.total + b.total
    if events in (0, n):
        reason = Reason.NO_EVENTS_IN_EITHER_GROUP if events == 0 else Reason.EVENTS_FOR_EVERYBODY
        return NotEstimable(measure=Measure.ODDS_RATIO, reason=reason, n=n)
    tables = _margins(a, b)
    observed, tail = 0.5 if mid_p else 1.0, (1 - conf_level) / 2
    lowest, highest = a.events == tables.possible[0], a.events == tables.possible[-1]
    estimate = 0.0 if lowest else math.inf
    if not lowest and not highest:
        estimate = math.exp(_root(lambda odds: tables.mean(odds) - a.events))
    low = 0.0 if lowest else math.exp(_root(lambda odds: tables.at_least(odds, observed) - tail))
    high = math.inf if highest else math.exp(_root(lambda odds: tail - tables.at_most(odds, observed)))
    return Estimate(
        measure=Measure.ODDS_RATIO,
        estimate=estimate,
        se=None,
        conf_low=low,
        conf_high=high,
        p_value=min(1.0, 2 * min(tables.at_least(0.0, observed), tables.at_most(0.0, observed))),
        df=math.inf,
        conf_level=conf_level,
        method=Method.MID_P if mid_p else Method.FISHER,
        n=n,
    )


def _margins(a: Proportion, b: Proportion) -> _Margins:
    events = a.events + b.events
    possible = np.arange(max(0, events - b.total), min(a.total, events) + 1, dtype=np.float64)
    ways = _choose(a.total, possible) + _choose(b.total, events - possible)
    return _Margins(x=a.events, possible=possible, ways=ways)


def _choose(n: int, k: Numbers) -> Numbers:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1), dtype=np.float64)


def _root(rising: Callable[[float], float]) -> float:
    """Where a function of the log odds ratio that rises from below zero to above it is zero."""
    reach = 1.0
    while rising(-reach) > 0 or rising(reach) < 0:
        reach *= 2
    return float(brentq(rising, -reach, reach, xtol=1e-13))
