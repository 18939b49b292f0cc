"""A statistic under many redraws of what chance decided, its p-value, and the interval of all values not rejected."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics.least_squares import Array

SAME = 1 - 1e-9  # statistics closer than this are ties that rounding pulls apart
ROUNDING = 1e-12  # of values whose scale is one
STEPS = 60  # of bisection
WIDEST = 2.0**20  # standard errors from the estimate; a limit beyond it is none


def nothing_left(values: Array) -> Array:
    """Values whose scale is one, without what rounding leaves where nothing should be.

    Examples
    --------
    >>> nothing_left(np.array([0.1 + 0.2 - 0.3, 0.5]))
    array([0. , 0.5])
    """
    return np.where(np.abs(values) < ROUNDING, 0.0, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redraws:
    """A studentised effect under redraws, as a function of the effect that is assumed to be true.

    Under an assumed effect e, redraw i has the effect ``level[i] - e slope[i]`` with the variance
    ``square[i] + 2 e cross[i] + e^2 curve[i]``; the first redraw is what was observed. All are quadratic in e, so that
    an interval needs no new redraw.

    Attributes
    ----------
    level, slope
        Effects of the redraws in the outcome's unit, and what an assumed effect takes off them.
    square, cross, curve
        Their variances; ones and zeros where effects are not studentised.
    """

    level: Array
    slope: Array
    square: Array
    cross: Array
    curve: Array

    def p_value(self, assumed: float = 0.0) -> float:
        """Share of the redraws that are at least as far from the assumed effect as what was observed; never zero."""
        effect = np.abs(self.level - assumed * self.slope)
        variance = np.maximum(self.square + 2 * assumed * self.cross + assumed**2 * self.curve, 0.0)
        small = 1e-18 * (variance.max() + effect[np.isfinite(effect)].max(initial=0.0) ** 2)
        root = np.sqrt(variance)
        fixed = np.where(effect**2 > small, np.inf, 0.0)  # no variance: beyond all others, unless there is no effect
        distance = np.divide(effect, root, out=fixed, where=variance > small)
        as_far = distance >= distance[0] * SAME
        return float(as_far.mean())

    def interval(self, estimate: float, se: float, conf_level: float) -> tuple[float, float]:
        """Effects that are not rejected; infinite where the redraws are too few to reject any.

        Zero is looked at first, so that the interval excludes it exactly where its p-value is below the level.
        """
        alpha = (1 - conf_level) * SAME  # one in twenty is not below five in a hundred

        def kept(assumed: float) -> bool:
            return self.p_value(assumed) >= alpha

        return _limit(kept, estimate, -se), _limit(kept, estimate, se)


def _limit(kept: Callable[[float], bool], estimate: float, step: float) -> float:
    """The last value kept on the side of the estimate that `step` points to."""
    inside, outside = estimate, None
    if -estimate * step > 0:  # zero lies on this side
        inside, outside = (0.0, None) if kept(0.0) else (estimate, 0.0)
    widest = abs(step) * WIDEST
    while outside is None:
        if not kept(inside + step):
            outside = inside + step
        elif abs(step) > widest:
            return float(np.copysign(np.inf, step))
        else:
            inside, step = inside + step, 2 * step
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if kept(middle) else (inside, middle)
    return float(inside)
