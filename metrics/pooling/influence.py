"""Which study carries the average: leaving one out, adding one after another, and what each moves."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.estimates import check_conf_level
from metrics.pooling.heterogeneity import Estimator, Studies, weighted
from metrics.pooling.summary import Adjustment, Pooled, studies_of, summarise


def leave_one_out(
    effects: Sequence[float],
    variances: Sequence[float],
    *,
    method: str = "REML",
    adjustment: str = "knapp_hartung_modified",
    conf_level: float = 0.95,
) -> tuple[Pooled, ...]:
    """The average without each study in turn, in their order; without the interval of tau².

    Raises
    ------
    ValueError
        With fewer than three studies: one alone is left.

    Examples
    --------
    >>> results = leave_one_out([0.10, 0.12, 0.90], [0.01, 0.01, 0.01])
    >>> [round(result.estimate, 2) for result in results]
    [0.51, 0.5, 0.11]
    """
    check_conf_level(conf_level)
    studies = studies_of(effects, variances)
    if studies.k < 3:
        raise ValueError(f"of {studies.k} studies none can be left out, there must be three or more")
    chosen = Estimator(method), Adjustment(adjustment), conf_level
    return tuple(summarise(studies.without(i), *chosen, profile=False) for i in range(studies.k))


def cumulative(
    effects: Sequence[float],
    variances: Sequence[float],
    *,
    order: Sequence[float],
    method: str = "REML",
    adjustment: str = "none",
    conf_level: float = 0.95,
) -> tuple[Pooled, ...]:
    """The average of the first two studies, the first three, and so on to all of them.

    Parameters
    ----------
    order
        One value a study, such as its year; studies of equal value stay in their order.

    Examples
    --------
    >>> [result.k for result in cumulative([0.1, 0.2, 0.3], [0.1, 0.1, 0.1], order=[2024, 2022, 2023])]
    [2, 3]
    """
    check_conf_level(conf_level)
    studies = studies_of(effects, variances)
    if len(order) != studies.k:
        raise ValueError(f"{len(order)} values of order for {studies.k} studies")
    places = np.argsort(np.asarray(order), kind="stable")
    ordered = Studies(studies.y[places], studies.v[places], studies.x)
    return tuple(
        summarise(
            Studies(ordered.y[:k], ordered.v[:k], ordered.x[:k]),
            Estimator(method),
            Adjustment(adjustment),
            conf_level,
            profile=False,
        )
        for k in range(2, studies.k + 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What one study does to the average.

    Attributes
    ----------
    residual
        Its distance from the average of the others, in standard deviations of that distance.
    dffits
        How far it moves its own fitted value, in standard errors.
    cooks_distance
        Squared move of the average in units of its variance.
    covariance_ratio
        Variance of the average without it, over that with it: above 1 it adds precision.
    hat, weight
        Its leverage, which for one average is its weight: shares that sum to 1.
    """

    residual: float
    dffits: float
    cooks_distance: float
    covariance_ratio: float
    hat: float
    weight: float


def influence(effects: Sequence[float], variances: Sequence[float], *, method: str = "REML") -> tuple[Influence, ...]:
    """Case diagnostics of each study, from leaving it out.

    References
    ----------
    Viechtbauer and Cheung (2010), Research Synthesis Methods 1:112-125.

    Examples
    --------
    The third study is far from the others:

    >>> cases = influence([0.10, 0.12, 0.90, 0.08], [0.01, 0.01, 0.01, 0.01])
    >>> [round(case.residual, 1) for case in cases]
    [-0.5, -0.4, 6.9, -0.6]
    """
    studies = studies_of(effects, variances)
    if studies.k < 3:
        raise ValueError(f"of {studies.k} studies none can be left out, there must be three or more")
    chosen = Estimator(method), Adjustment.NONE, 0.95
    whole = summarise(studies, *chosen, profile=False)
    leverage = weighted(studies, 1 / (studies.v + whole.tau2)).w * whole.se**2
    return tuple(
        _of_one(whole, summarise(studies.without(i), *chosen, profile=False), studies, i, float(leverage[i]))
        for i in range(studies.k)
    )


def _of_one(whole: Pooled, rest: Pooled, studies: Studies, i: int, hat: float) -> Influence:
    spread = float(studies.v[i]) + rest.tau2
    moved = whole.estimate - rest.estimate
    return Influence(
        residual=(float(studies.y[i]) - rest.estimate) / math.sqrt(spread + rest.se**2),
        dffits=moved / math.sqrt(hat * spread),
        cooks_distance=moved**2 / whole.se**2,
        covariance_ratio=rest.se**2 / whole.se**2,
        hat=hat,
        weight=whole.weights[i],
    )
