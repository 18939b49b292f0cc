"""The wild cluster bootstrap: tests that hold their level with few clusters, by redrawing the clusters' signs."""

import itertools
from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import Array, Correction, Labels, fit_clustered, has_full_rank
from metrics.trials.columns import adjusting_columns, labelled, measure_of, refused, zero_or_one
from metrics.trials.redraws import ROUNDING, Redraws, nothing_left

ALL_UP_TO = 10_000  # signs; all of them are drawn where there are no more
ARM = 1


class Signs(StrEnum):
    """What each cluster's residuals are multiplied by."""

    RADEMACHER = "rademacher"  # 1 or -1
    WEBB = "webb"  # six values, so that few clusters give more different draws


# The first is 1: a draw of the first for all clusters is what was observed.
VALUES = {
    Signs.RADEMACHER: np.array([1.0, -1.0]),
    Signs.WEBB: np.sqrt([1.0, 1.5, 0.5, 1.0, 1.5, 0.5]) * [1, 1, 1, -1, -1, -1],
}


def wild_cluster_bootstrap(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    cluster: str,
    rng: np.random.Generator | None = None,
    covariates: Sequence[str] = (),
    block: str | None = None,
    signs: str = "rademacher",
    draws: int = 9_999,
    conf_level: float = 0.95,
) -> Estimate | NotEstimable:
    """The adjusted difference of `trials.adjusted_difference`, tested by redrawing the signs of whole clusters.

    With fewer than about twelve clusters it checks what CR2 says, without a t distribution. The hypothesis is imposed
    on the residuals, which is what keeps the level; the interval holds the effects that the same test does not reject,
    so it cannot contradict the p-value. It is infinite where there are too few clusters for any effect to be
    rejected: five clusters have 32 signs, of which two are as far out as the observed one.

    Parameters
    ----------
    data, outcome, arm, covariates, block, cluster, conf_level
        As for `trials.adjusted_difference`.
    signs
        rademacher, or webb, which with fewer than about eight clusters gives a finer p-value.
    draws
        Redraws, where there are more than 10,000 different ones; else all of them are taken, and `rng` is not used.
    rng
        Source of the redraws; without one they are the same each time.

    Returns
    -------
    Estimate
        `se` is Stata's cluster-robust one; the p-value counts the observed draw, so that it is never zero.

    References
    ----------
    Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90:414-427. Webb (2023), Canadian Journal of
    Economics 56:839-858. Roodman et al. (2019), Stata Journal 19:4-60 (restricted residuals, inversion).

    Examples
    --------
    >>> people = pd.DataFrame({"village": [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8]})
    >>> people["campaign"] = people["village"] % 2
    >>> people["score"] = [5, 6, 2, 3, 6, 8, 4, 3, 7, 6, 3, 1, 5, 8, 4, 2]
    >>> result = wild_cluster_bootstrap(
    ...     people, outcome="score", arm="campaign", cluster="village", rng=np.random.default_rng(1)
    ... )
    >>> f"{result.estimate:.2f} ({result.conf_low:.2f} to {result.conf_high:.2f}), p = {result.p_value:.4f}"
    '3.62 (2.61 to 4.64), p = 0.0078'
    """
    check_conf_level(conf_level)
    used = [outcome, arm, *covariates, *([block] if block else []), cluster]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, treated = rows[outcome].to_numpy(dtype=float), zero_or_one(rows, arm)
    measure = measure_of(y)
    refusal = refused(rows, treated, cluster)
    if refusal is not None:
        return NotEstimable(measure=measure, reason=refusal, n=len(rows))
    design = np.column_stack([np.ones(len(rows)), treated, *adjusting_columns(rows, covariates, block)])
    if not has_full_rank(design) or len(rows) <= design.shape[1]:
        return NotEstimable(measure=measure, reason=Reason.COLLINEAR, n=len(rows))
    return bootstrapped(
        design,
        y,
        labelled(rows, cluster),
        ARM,
        measure=measure,
        signs=Signs(signs),
        draws=draws,
        rng=rng,
        conf_level=conf_level,
        cautions=cautions,
    )


def bootstrapped(
    design: Array,
    outcome: Array,
    cluster: Labels,
    column: int,
    *,
    measure: Measure,
    signs: Signs,
    draws: int,
    rng: np.random.Generator | None = None,
    conf_level: float = 0.95,
    cautions: tuple[Caution, ...] = (),
) -> Estimate | NotEstimable:
    """One coefficient of a linear model, by the restricted wild cluster bootstrap; see `wild_cluster_bootstrap`.

    Parameters
    ----------
    design
        One row a person, one column a coefficient, of full rank.
    cluster
        Number of each person's cluster, from zero.
    column
        The place of the coefficient in `design`.

    Examples
    --------
    Of the 256 ways of eight signs, two are as far out as what was seen: all alike.

    >>> score, arm = np.array([9.0, 8, 10, 9, 2, 1, 3, 2]), np.array([1.0, 1, 1, 1, 0, 0, 0, 0])
    >>> design = np.column_stack([np.ones(8), arm])
    >>> how = {"measure": Measure.MEAN_DIFFERENCE, "signs": Signs.RADEMACHER, "draws": 999}
    >>> found = bootstrapped(design, score, np.arange(8), 1, **how, rng=np.random.default_rng(1))
    >>> found.estimate, found.p_value * 256
    (7.0, 2.0)
    """
    fit = fit_clustered(design, outcome, cluster, correction=Correction.CR1S)
    groups = int(cluster.max()) + 1
    estimate, se = float(fit.coefficients[column]), float(fit.standard_errors[column])
    if not se > ROUNDING * max(1.0, float(np.abs(outcome).max())):
        return NotEstimable(measure=measure, reason=Reason.NO_VARIATION, n=len(outcome))
    redraws = _redraws(design, outcome, cluster, column, _signs(groups, signs, draws, rng))
    low, high = redraws.interval(estimate, se, conf_level)
    return Estimate(
        measure=measure,
        estimate=estimate,
        se=se,
        conf_low=low,
        conf_high=high,
        p_value=redraws.p_value(),
        df=np.inf,
        conf_level=conf_level,
        method=Method.WILD_CLUSTER_BOOTSTRAP,
        n=len(outcome),
        clusters=groups,
        cautions=cautions,
    )


def _signs(groups: int, signs: Signs, draws: int, rng: np.random.Generator | None) -> Array:
    """One row a draw, the first of them all ones."""
    values = VALUES[signs]
    if len(values) ** groups <= ALL_UP_TO:
        return np.array(list(itertools.product(values, repeat=groups)))
    rng = rng or np.random.default_rng(0)
    return np.vstack([np.ones(groups), rng.choice(values, size=(draws, groups))])


def _redraws(design: Array, outcome: Array, cluster: Labels, column: int, drawn: Array) -> Redraws:
    """Effect and cluster-robust variance of every draw, from one number and one row a cluster.

    With the column's effect imposed, residuals are ``(y - e x)`` less its fit on the other columns. A draw multiplies
    those of each cluster by its sign; what it adds to the effect, and each cluster's score after the draw is fitted,
    are linear in the signs and in e.
    """
    bread = np.linalg.inv(design.T @ design)
    weights = design @ bread[:, column]  # what each row adds to the coefficient
    others = np.delete(design, column, axis=1)
    groups = int(cluster.max()) + 1
    member = np.zeros((groups, len(outcome)))
    member[cluster, np.arange(len(outcome))] = 1.0
    levels, scores = [], []
    for values in (outcome, design[:, column]):
        residuals = values - others @ np.linalg.lstsq(others, values, rcond=None)[0]
        own = member @ (weights * residuals)
        pulled = (member * weights) @ design @ bread @ (member * residuals @ design).T
        levels.append(drawn @ own)
        scores.append(drawn @ (np.diag(own) - pulled).T)
    (level, slope), (mine, assumed) = levels, scores
    assumed = nothing_left(assumed)  # none where all signs are alike
    return Redraws(
        level=level,
        slope=slope,
        square=(mine**2).sum(axis=1),
        cross=-(mine * assumed).sum(axis=1),
        curve=(assumed**2).sum(axis=1),
    )
