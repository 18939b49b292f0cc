"""People lost from a trial: how many in each arm, and what the effect could be whatever the lost would have said."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from metrics.estimates import Estimate, Measure, NotEstimable, Proportion, Reason, check_conf_level
from metrics.least_squares import Array
from metrics.proportions import risk_difference
from metrics.trials.columns import labelled, measure_of, zero_or_one


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """Shares of people without an outcome in each arm, and their difference (0.10: ten percentage points more lost)."""

    campaign: Proportion
    comparison: Proportion
    difference: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class LeeBounds:
    """Between what two values the effect lies on those who would have answered in either arm.

    Attributes
    ----------
    measure
        Risk difference for an outcome of 0 and 1, else difference in means.
    low, high
        Bounds, in the outcome's unit; equal where both arms lost the same share.
    conf_low, conf_high
        Interval that holds the effect (not both bounds) with the stated level.
    trimmed
        Share left out of the arm that lost fewer.
    n
        People who answered.
    """

    measure: Measure
    low: float
    high: float
    conf_low: float
    conf_high: float
    conf_level: float
    trimmed: float
    n: int


def attrition(data: pd.DataFrame, *, outcome: str, arm: str, conf_level: float = 0.95) -> Attrition | NotEstimable:
    """People whose outcome is missing, by arm, with the score interval and test of the difference.

    Examples
    --------
    >>> people = pd.DataFrame({"arm": [1] * 70 + [0] * 80, "score": [None] * 7 + [1] * 63 + [None] * 16 + [1] * 64})
    >>> lost = attrition(people, outcome="score", arm="arm")
    >>> f"{lost.campaign.value:.2f} against {lost.comparison.value:.2f}, p = {lost.difference.p_value:.2f}"
    '0.10 against 0.20, p = 0.09'
    """
    rows = data[[outcome, arm]].dropna(subset=[arm])
    treated, lost = zero_or_one(rows, arm), rows[outcome].isna().to_numpy()
    if not treated.any() or treated.all():
        return NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=len(rows))
    campaign, comparison = (
        Proportion(int(lost[treated == side].sum()), int((treated == side).sum())) for side in (1, 0)
    )
    difference = risk_difference(campaign, comparison, conf_level=conf_level)
    return Attrition(campaign=campaign, comparison=comparison, difference=difference)


def lee_bounds(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    rng: np.random.Generator,
    cluster: str | None = None,
    draws: int = 999,
    conf_level: float = 0.95,
) -> LeeBounds | NotEstimable:
    """Bounds on the effect where people are lost: the arm that lost fewer is trimmed by the excess at either end.

    It assumes that arms were drawn by chance, and that the campaign moved everybody's answering in one direction. Those
    who answered only because of their arm are then the excess; they can be at worst all at the top, or all at the
    bottom. Where answers tie, as those of yes and no do, a part of the tied ones is left out. Errors come from drawing
    people (or whole clusters) again within their arms.

    Parameters
    ----------
    data
        One row a person assigned; the outcome is missing for those lost.
    cluster
        Column of the group that was drawn as a whole.
    draws
        Bootstrap draws; fewer than two have no spread and raise a ValueError.

    References
    ----------
    Lee (2009), Review of Economic Studies 76:1071-1102. Imbens and Manski (2004), Econometrica 72:1845-1857 (interval).

    Examples
    --------
    >>> people = pd.DataFrame({"arm": [1] * 100 + [0] * 100})
    >>> people["knows"] = [1] * 54 + [0] * 36 + [None] * 10 + [1] * 32 + [0] * 48 + [None] * 20
    >>> bounds = lee_bounds(people, outcome="knows", arm="arm", rng=np.random.default_rng(1))
    >>> f"{bounds.low:.3f} to {bounds.high:.3f}, {bounds.trimmed:.2f} left out"
    '0.150 to 0.275, 0.11 left out'
    """
    check_conf_level(conf_level)
    if draws < 2:
        raise ValueError(f"draws is {draws}: fewer than two have no spread")
    used = [arm] if cluster is None else [arm, cluster]
    rows = data[[outcome, *used]].dropna(subset=used)
    treated, y = zero_or_one(rows, arm), rows[outcome].to_numpy(dtype=float)
    answered = ~np.isnan(y)
    measure = measure_of(y[answered])
    if min((answered & (treated == side)).sum() for side in (0, 1)) == 0:
        return NotEstimable(measure=measure, reason=Reason.NOBODY_IN_A_GROUP, n=int(answered.sum()))
    labels = np.arange(len(rows)) if cluster is None else labelled(rows, cluster)
    sides = [(y[treated == side], labels[treated == side]) for side in (1, 0)]
    if min(len(np.unique(label)) for _, label in sides) < 2:
        return NotEstimable(measure=measure, reason=Reason.ONE_CLUSTER_IN_AN_ARM, n=int(answered.sum()))
    low, high, trimmed = _bounds(sides[0][0], sides[1][0])
    redrawn = []
    for _ in range(draws):
        campaign, comparison = (_redrawn(values, label, rng) for values, label in sides)
        if (~np.isnan(campaign)).any() and (~np.isnan(comparison)).any():
            redrawn.append(_bounds(campaign, comparison)[:2])
    se_low, se_high = np.std(redrawn, axis=0, ddof=1)
    reach = _reach(high - low, max(se_low, se_high), conf_level)
    return LeeBounds(
        measure=measure,
        low=low,
        high=high,
        conf_low=float(low - reach * se_low),
        conf_high=float(high + reach * se_high),
        conf_level=conf_level,
        trimmed=trimmed,
        n=int(answered.sum()),
    )


def _redrawn(values: Array, label: Array, rng: np.random.Generator) -> Array:
    order = np.argsort(label, kind="stable")
    members = np.split(values[order], np.flatnonzero(np.diff(label[order])) + 1)
    return np.concatenate([members[i] for i in rng.integers(len(members), size=len(members))])


def _bounds(campaign: Array, comparison: Array) -> tuple[float, float, float]:
    """Lower and upper bound, and the share left out."""
    shares = [float((~np.isnan(side)).mean()) for side in (campaign, comparison)]
    one, other = (np.sort(side[~np.isnan(side)]) for side in (campaign, comparison))
    if shares[0] >= shares[1]:
        excess = 1 - shares[1] / shares[0]
        return _least(one, excess) - other.mean(), -_least(-one[::-1], excess) - other.mean(), excess
    excess = 1 - shares[0] / shares[1]
    return one.mean() + _least(-other[::-1], excess), one.mean() - _least(other, excess), excess


def _least(ascending: Array, excess: float) -> float:
    """Mean without the largest `excess` share, of which the last person may be a part."""
    kept = len(ascending) * (1 - excess)
    weights = np.clip(kept - np.arange(len(ascending)), 0.0, 1.0)
    return float((weights * ascending).sum() / weights.sum())


def _reach(width: float, se: float, conf_level: float) -> float:
    """Standard errors beyond each bound: from the one-sided quantile (wide bounds) to the two-sided one (a point)."""
    if not se > 0:
        return 0.0
    return float(
        brentq(lambda c: ndtr(c + width / se) - ndtr(-c) - conf_level, 0.0, float(ndtri((1 + conf_level) / 2)) + 1)
    )
