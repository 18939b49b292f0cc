"""Two groups compared within strata (places, ages), so that a different mix of them cannot look like an effect."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from metrics.estimates import Estimate, Measure, Method, NotEstimable, Proportion, Reason
from metrics.pooling import mantel_haenszel
from metrics.proportions.normal import normal_quantile, two_sided

Strata = Sequence[tuple[Proportion, Proportion]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A chi-square statistic, its degrees of freedom and p-value."""

    __test__ = False  # for pytest

    statistic: float
    df: int
    p_value: float


def stratified_odds_ratio(strata: Strata, *, conf_level: float = 0.95) -> Estimate | NotEstimable:
    """The odds ratio common to all strata, each a pair of `a` and `b`, with Mantel and Haenszel's weights.

    It needs no events in each cell and keeps its meaning in many thin strata, where a logistic regression with a term
    for each is biased away from 1. Interval and p-value are from Robins, Breslow and Greenland's variance of the
    logarithm. Where strata differ among themselves (`homogeneity`), one number does not sum them up.

    References
    ----------
    Mantel and Haenszel (1959), Journal of the National Cancer Institute 22:719-748.
    Robins, Breslow and Greenland (1986), Biometrics 42:311-323.

    Examples
    --------
    >>> places = [(Proportion(8, 20), Proportion(5, 20)), (Proportion(14, 30), Proportion(9, 31))]
    >>> result = stratified_odds_ratio(places)
    >>> f"{result.estimate:.2f} ({result.conf_low:.2f} to {result.conf_high:.2f})"
    '2.08 (0.91 to 4.79)'
    """
    z = normal_quantile(conf_level)
    columns = _columns(strata)
    n = sum(columns[1]) + sum(columns[3])
    tells = [(a, b) for a, b in strata if 0 < a.events + b.events < a.total + b.total]
    if not tells:
        nobody = sum(columns[0]) + sum(columns[2]) == 0
        reason = Reason.NO_EVENTS_IN_EITHER_GROUP if nobody else Reason.EVENTS_FOR_EVERYBODY
        return NotEstimable(measure=Measure.ODDS_RATIO, reason=reason, n=n)
    crossed = [(a.events * (b.total - b.events), (a.total - a.events) * b.events) for a, b in tells]
    if not all(
        map(sum, zip(*crossed, strict=True))
    ):  # an odds ratio of zero or without end, whose error these weights do not give
        return NotEstimable(measure=Measure.ODDS_RATIO, reason=Reason.NO_EVENTS_IN_A_GROUP, n=n)
    pooled = mantel_haenszel(*columns, conf_level=conf_level)
    return Estimate(
        measure=Measure.ODDS_RATIO,
        estimate=math.exp(pooled.estimate),
        se=pooled.se,
        conf_low=math.exp(pooled.estimate - z * pooled.se),
        conf_high=math.exp(pooled.estimate + z * pooled.se),
        p_value=two_sided(pooled.estimate / pooled.se),
        df=math.inf,
        conf_level=conf_level,
        method=Method.MANTEL_HAENSZEL,
        n=n,
    )


def stratified_test(strata: Strata, *, corrected: bool = True) -> Test:
    """Cochran, Mantel and Haenszel's test that the groups differ in no stratum.

    `corrected` takes one half off the difference, as R does; without it the error rate is nearer its level.
    It is not the test of `stratified_odds_ratio`, though the two rarely differ.

    References
    ----------
    Cochran (1954), Biometrics 10:417-451. Mantel and Haenszel (1959).

    Examples
    --------
    >>> places = [(Proportion(8, 20), Proportion(5, 20)), (Proportion(14, 30), Proportion(9, 31))]
    >>> test = stratified_test(places)
    >>> round(test.p_value, 3)
    0.129
    """
    a, n1, c, n2 = (np.array(column, dtype=float) for column in _columns(strata))
    n, events = n1 + n2, a + c
    expected = n1 * events / n
    variance = float((n1 * n2 * events * (n - events) / (n**2 * np.maximum(n - 1, 1))).sum())
    if variance == 0:
        return Test(statistic=0.0, df=1, p_value=1.0)
    distance = abs(float((a - expected).sum()))
    statistic = max(distance - (0.5 if corrected else 0.0), 0.0) ** 2 / variance
    return Test(statistic=statistic, df=1, p_value=float(chdtrc(1, statistic)))


def homogeneity(strata: Strata) -> Test | None:
    """Breslow and Day's test, with Tarone's adjustment, that the odds ratio is the same in every stratum.

    None where there is no common odds ratio, or fewer than two strata that tell of one.

    References
    ----------
    Breslow and Day (1980), Statistical Methods in Cancer Research, IARC 32:142. Tarone (1985), Biometrika 72:91-95.

    Examples
    --------
    >>> places = [(Proportion(8, 20), Proportion(5, 20)), (Proportion(14, 30), Proportion(9, 31))]
    >>> test = homogeneity(places)
    >>> round(test.p_value, 2)
    0.94
    """
    common = stratified_odds_ratio(strata)
    a, n1, c, n2 = (np.array(column, dtype=float) for column in _columns(strata))
    tells = (a + c > 0) & (a + c < n1 + n2)
    if isinstance(common, NotEstimable) or tells.sum() < 2:
        return None
    a, n1, c, n2 = a[tells], n1[tells], c[tells], n2[tells]
    ratio, events = common.estimate, a + c
    # the cell expected at the common ratio: the root of a quadratic that leaves no cell below zero
    q, r, s = 1 - ratio, n2 - events + ratio * (n1 + events), -ratio * n1 * events
    expected = -2 * s / (r + np.sqrt(r**2 - 4 * q * s))
    cells = (expected, n1 - expected, events - expected, n2 - events + expected)
    variance = 1 / sum(1 / cell for cell in cells)
    tarone = (a - expected).sum() ** 2 / variance.sum()
    statistic = float(((a - expected) ** 2 / variance).sum() - tarone)
    df = int(tells.sum()) - 1
    return Test(statistic=statistic, df=df, p_value=float(chdtrc(df, statistic)))


def _columns(strata: Strata) -> tuple[list[int], list[int], list[int], list[int]]:
    if not strata:
        raise ValueError("no strata to compare")
    return (
        [a.events for a, _ in strata],
        [a.total for a, _ in strata],
        [b.events for _, b in strata],
        [b.total for _, b in strata],
    )
