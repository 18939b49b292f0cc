"""How sure an effect on one region is: by giving the campaign to other regions, or to other times."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics.estimates import Method
from metrics.least_squares import Array
from metrics.regions.weights import Mixture, Model, mixture
from metrics.trials.redraws import SAME

SMALLEST_ERROR = 1e-3  # of the spread of the series: a mixture that fits better has only memorised it
STEPS = 60  # of the search, to either side
WIDENINGS = 12
HALVINGS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """The effects that one test does not reject, and its p-value of none."""

    low: float
    high: float
    p_value: float
    method: Method


def placebo_effects(model: Model, donors: Array, before: int) -> list[Mixture]:
    """What each donor's effect would be called, the other donors being mixed for it; in the order of the columns.

    Examples
    --------
    After two periods the third donor gains 6, of which the plain average of two others takes half off each of theirs:

    >>> donors = np.array([[1.0, 2, 3], [3, 2, 1], [2, 2, 8]])
    >>> [one.effect(2) for one in placebo_effects(Model.EQUAL, donors, 2)]
    [-3.0, -3.0, 6.0]
    """
    others = range(donors.shape[1])
    return [mixture(model, donors[:, j], np.delete(donors, j, axis=1), before) for j in others]


def by_placebos(
    own: Mixture, region: Array, donors: Array, placebos: list[Mixture], before: int, level: float
) -> Sureness:
    """Rank of the effect, in units of the error before, among those of regions without a campaign.

    References
    ----------
    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105:493-505.
    Firpo and Possebom (2018), Journal of Causal Inference 6(2) (the interval that belongs to the rank).

    Examples
    --------
    Every region missed by 1 before; afterwards the campaign's is off by 4 and four others by 1, 2, 3 and -1. Its rank
    is first of five, and at 60 % only effects more than 3 away from 4 are rejected.

    >>> gaps = np.array([[-1, 1, after, after] for after in (4.0, 1, 2, 3, -1)])
    >>> own, *others = (Mixture(weights=np.ones(1), gaps=one) for one in gaps)
    >>> sure = by_placebos(own, gaps[0], gaps[1:].T, others, 2, 0.6)
    >>> sure.p_value, sure.low, sure.high
    (0.2, 1.0, 7.0)
    """
    error = _error(own, region, before)
    sizes = np.array([abs(p.effect(before)) / _error(p, donors[:, j], before) for j, p in enumerate(placebos)])
    effect = own.effect(before)
    regions = len(sizes) + 1
    p_value = (1 + int((sizes >= abs(effect) / error * SAME).sum())) / regions
    needed = math.ceil((1 - level) * regions * SAME - 1)  # placebos as large that leave an effect unrejected
    reach = float(np.sort(sizes)[-needed]) * error if needed >= 1 else math.inf
    return Sureness(low=effect - reach, high=effect + reach, p_value=p_value, method=Method.PLACEBO_IN_SPACE)


def by_times(own: Mixture, model: Model, region: Array, donors: Array, before: int, level: float) -> Sureness:
    """Conformal: whether what remains after the start stands out among all stretches of time as long.

    For each assumed effect the mixture is fitted to all periods with that effect taken off, and what remains is moved
    around in time as a whole, so that neighbouring periods may resemble each other.

    References
    ----------
    Chernozhukov, Wüthrich and Zhu (2021), Journal of the American Statistical Association 116:1849-1864.

    Examples
    --------
    Nine periods move by 1 and the tenth, with the campaign, by 9: first of ten. Where an effect leaves d of the 9, the
    tenth is 0.9 d from the mean and the furthest other 1 + 0.1 d, so that at 80 % no more than d = 1.25 is kept.

    >>> region, donors = np.array([1.0, -1, 1, -1, 1, -1, 1, -1, 0, 9]), np.zeros((10, 2))
    >>> sure = by_times(mixture(Model.EQUAL, region, donors, 9), Model.EQUAL, region, donors, 9, 0.8)
    >>> f"p {sure.p_value:.1f}, {sure.low:.2f} to {sure.high:.2f}"
    'p 0.1, 7.75 to 10.25'
    """
    effect, periods = own.effect(before), len(region)
    alpha = (1 - level) * SAME  # one in twenty is not below five in a hundred
    after = np.arange(periods) >= before
    shifts = (np.arange(periods)[:, None] + np.arange(periods)[None, :]) % periods

    def p_value(assumed: float) -> float:
        rest = mixture(model, region - assumed * after, donors, periods).gaps
        means = np.abs(rest[shifts][:, after].mean(axis=1))
        return float((means >= means[0] * SAME).mean())

    span = max(3 * abs(effect), 10 * _error(own, region, before))
    for _ in range(WIDENINGS):
        sizes = np.unique(np.concatenate([effect + span * np.linspace(-1, 1, 2 * STEPS + 1), [0.0, effect]]))
        chances = np.array([p_value(size) for size in sizes])
        kept = (chances >= alpha) | (sizes == effect)
        if not kept[0] and not kept[-1]:
            break
        span *= 2
    first, last = int(np.flatnonzero(kept)[0]), int(np.flatnonzero(kept)[-1])
    low = _edge(p_value, sizes[first - 1], sizes[first], alpha) if first else -math.inf
    high = _edge(p_value, sizes[last + 1], sizes[last], alpha) if last + 1 < len(sizes) else math.inf
    beyond = sizes <= 0 if effect > 0 else sizes >= 0
    chance = float(chances[beyond].max()) if effect else 1.0
    return Sureness(low=low, high=high, p_value=chance, method=Method.CONFORMAL)


def _edge(p_value: Callable[[float], float], rejected: float, kept: float, alpha: float) -> float:
    """Where the test begins to keep an effect, from the kept side."""
    for _ in range(HALVINGS):
        middle = (rejected + kept) / 2
        if p_value(middle) >= alpha:
            kept = middle
        else:
            rejected = middle
    return kept


def _error(one: Mixture, region: Array, before: int) -> float:
    return max(one.error(before), SMALLEST_ERROR * float(region[:before].std()), 1e-300)
