"""Weights of other regions (and of earlier periods) whose mixture moves like the region with the campaign."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.optimize import nnls

from metrics.least_squares import Array


class Model(StrEnum):
    """What the region with the campaign is compared with.

    DEMEANED: the mixture that moves like it, at its own level. PLAIN: the mixture that has its level too.
    SYNTHETIC_DIFFERENCES: a wider mixture, and periods before that resemble those after. EQUAL: the plain average of
    the others, which is a difference in differences.
    """

    DEMEANED = "demeaned"
    PLAIN = "plain"
    SYNTHETIC_DIFFERENCES = "synthetic_differences"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """Weights of the donors, and what remains of the region, one a period."""

    weights: Array
    gaps: Array

    def effect(self, before: int) -> float:
        """Mean of what remains after the start."""
        return float(self.gaps[before:].mean())

    def error(self, before: int) -> float:
        """Root mean square of what remains before the start about its mean."""
        return float(self.gaps[:before].std())


def mixture(model: Model, region: Array, donors: Array, before: int, *, regions: int = 1) -> Mixture:
    """Fit to the first `before` periods.

    Parameters
    ----------
    region
        One value a period.
    donors
        One row a period, one column a donor.
    regions
        How many regions `region` is the mean of.

    Returns
    -------
    Mixture
        `weights` one a donor, from 0 to 1, adding up to 1; `gaps` one a period, in the outcome's unit.

    References
    ----------
    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105:493-505.
    Ferman and Pinto (2021), Quantitative Economics 12:1197-1221 (demeaned).
    Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American Economic Review 111:4088-4118, algorithm 1.

    Examples
    --------
    A region that is a quarter of one donor and three quarters of another, until it gains 5:

    >>> donors = np.array([[0.0, 4], [8, 4], [4, 0], [0, 8], [4, 4]])
    >>> region = donors @ np.array([0.25, 0.75]) + np.array([0, 0, 0, 0, 5])
    >>> fit = mixture(Model.PLAIN, region, donors, 4)
    >>> fit.weights.round(6).tolist(), round(fit.effect(4), 6)
    ([0.25, 0.75], 5.0)
    """
    count = donors.shape[1]
    weights = np.full(count, 1 / count)
    share = np.full(before, 1 / before)
    if model is not Model.EQUAL:
        ridge = 0.0
        if model is Model.SYNTHETIC_DIFFERENCES and before > 1:
            noise = float(np.diff(donors[:before], axis=0).std(ddof=1))
            after = max(len(region) - before, 1)
            ridge = noise**2 * np.sqrt(regions * after) * before
            if len(region) > before:
                share = _convex(donors[:before].T, donors[before:].mean(axis=0), 1e-12 * noise**2 * count, centred=True)
        weights = _convex(donors[:before], region[:before], ridge, centred=model is not Model.PLAIN)
    rest = region - donors @ weights
    level = 0.0 if model is Model.PLAIN else float(share @ rest[:before])
    return Mixture(weights=weights, gaps=rest - level)


def _convex(parts: Array, whole: Array, ridge: float, *, centred: bool) -> Array:
    """Weights from 0 to 1 that add up to 1 and bring `parts` (one a column) closest to `whole`.

    With weights that add up to 1 it is the shortest mixture of the distances; and the shortest mixture is, but for its
    sum, the nonnegative least squares solution with one more row of ones (Lawson and Hanson 1974, chapter 23).
    """
    distances = parts - whole[:, None]
    if centred:
        distances = distances - distances.mean(axis=0)
    if ridge:
        distances = np.vstack([distances, np.sqrt(ridge) * np.eye(parts.shape[1])])
    distances = distances / max(float(np.abs(distances).max()), 1e-300)
    target = np.zeros(len(distances) + 1)
    target[-1] = 1.0
    found, _ = nnls(np.vstack([distances, np.ones(parts.shape[1])]), target, maxiter=100 * parts.shape[1])
    return np.asarray(found / found.sum(), dtype=np.float64)
