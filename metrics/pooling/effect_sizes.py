"""From what studies print (counts, means, intervals) to effects and sampling variances that can be pooled."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtri

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EffectSizes:
    """One effect and one sampling variance a study, to be given to `pool`."""

    effects: tuple[float, ...]
    variances: tuple[float, ...]


def _sizes(effects: Numbers, variances: Numbers) -> EffectSizes:
    return EffectSizes(tuple(effects.tolist()), tuple(variances.tolist()))


def _array(values: Sequence[float]) -> Numbers:
    return np.asarray(values, dtype=np.float64)


def _cells(
    events_a: Sequence[float], totals_a: Sequence[float], events_b: Sequence[float], totals_b: Sequence[float]
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Events and others of both groups, a half added to all four where one is zero (Gart's correction)."""
    a, n1, c, n2 = _array(events_a), _array(totals_a), _array(events_b), _array(totals_b)
    if not ((a >= 0) & (a <= n1) & (c >= 0) & (c <= n2) & (n1 > 0) & (n2 > 0)).all():
        raise ValueError("a group has more events than people, or nobody in it")
    b, d = n1 - a, n2 - c
    half = np.where((a == 0) | (b == 0) | (c == 0) | (d == 0), 0.5, 0.0)
    return a + half, b + half, c + half, d + half


def log_odds_ratios(
    events_a: Sequence[float], totals_a: Sequence[float], events_b: Sequence[float], totals_b: Sequence[float]
) -> EffectSizes:
    """Logarithms of odds ratios, group a over group b, a half added to each cell of a study with a zero.

    References
    ----------
    Woolf (1955), Annals of Human Genetics 19:251-253. Gart (1966), Biometrika 53:87-95.

    Examples
    --------
    >>> sizes = log_odds_ratios([4], [123], [11], [139])
    >>> f"{sizes.effects[0]:.4f} {sizes.variances[0]:.4f}"
    '-0.9387 0.3571'
    """
    a, b, c, d = _cells(events_a, totals_a, events_b, totals_b)
    return _sizes(np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d)


def log_risk_ratios(
    events_a: Sequence[float], totals_a: Sequence[float], events_b: Sequence[float], totals_b: Sequence[float]
) -> EffectSizes:
    """Logarithms of ratios of proportions, group a over group b.

    References
    ----------
    Katz, Baptista, Azen and Pike (1978), Biometrics 34:469-474.

    Examples
    --------
    >>> sizes = log_risk_ratios([4], [123], [11], [139])
    >>> f"{sizes.effects[0]:.4f} {sizes.variances[0]:.4f}"
    '-0.8893 0.3256'
    """
    a, b, c, d = _cells(events_a, totals_a, events_b, totals_b)
    return _sizes(np.log(a / (a + b)) - np.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def risk_differences(
    events_a: Sequence[float], totals_a: Sequence[float], events_b: Sequence[float], totals_b: Sequence[float]
) -> EffectSizes:
    """Differences of proportions, group a minus group b: 0.10 is ten percentage points.

    A half is added to each cell of a study with a zero, whose variance would else be zero.

    Examples
    --------
    >>> sizes = risk_differences([56], [70], [48], [80])
    >>> f"{sizes.effects[0]:.2f} {sizes.variances[0]:.6f}"
    '0.20 0.005286'
    """
    a, b, c, d = _cells(events_a, totals_a, events_b, totals_b)
    return _sizes(a / (a + b) - c / (c + d), a * b / (a + b) ** 3 + c * d / (c + d) ** 3)


def logits(events: Sequence[float], totals: Sequence[float]) -> EffectSizes:
    """Logits of single proportions, a half added to both cells of a study where one is zero.

    Examples
    --------
    >>> sizes = logits([16], [17])
    >>> f"{sizes.effects[0]:.4f} {sizes.variances[0]:.4f}"
    '2.7726 1.0625'
    """
    x, n = _array(events), _array(totals)
    if not ((x >= 0) & (x <= n) & (n > 0)).all():
        raise ValueError("a study has more events than people, or nobody in it")
    half = np.where((x == 0) | (x == n), 0.5, 0.0)
    yes, no = x + half, n - x + half
    return _sizes(np.log(yes / no), 1 / yes + 1 / no)


def log_rate_ratios(
    events_a: Sequence[float], time_a: Sequence[float], events_b: Sequence[float], time_b: Sequence[float]
) -> EffectSizes:
    """Logarithms of ratios of rates (events for each unit of time or exposure), a half added to both zero counts.

    Examples
    --------
    >>> sizes = log_rate_ratios([9], [413], [19], [398])
    >>> f"{sizes.effects[0]:.4f} {sizes.variances[0]:.4f}"
    '-0.7842 0.1637'
    """
    x1, t1, x2, t2 = _array(events_a), _array(time_a), _array(events_b), _array(time_b)
    if not ((x1 >= 0) & (x2 >= 0) & (t1 > 0) & (t2 > 0)).all():
        raise ValueError("a count is negative, or a time is not above zero")
    half = np.where((x1 == 0) | (x2 == 0), 0.5, 0.0)
    x1, x2 = x1 + half, x2 + half
    return _sizes(np.log(x1 / t1) - np.log(x2 / t2), 1 / x1 + 1 / x2)


def mean_differences(
    means_a: Sequence[float],
    sds_a: Sequence[float],
    totals_a: Sequence[float],
    means_b: Sequence[float],
    sds_b: Sequence[float],
    totals_b: Sequence[float],
) -> EffectSizes:
    """Differences of means, group a minus group b, in the unit of the outcome; variances are not assumed equal.

    Examples
    --------
    >>> sizes = mean_differences([55], [47], [155], [75], [64], [156])
    >>> f"{sizes.effects[0]:.0f} {sizes.variances[0]:.2f}"
    '-20 40.51'
    """
    s1, s2, n1, n2 = _array(sds_a), _array(sds_b), _array(totals_a), _array(totals_b)
    return _sizes(_array(means_a) - _array(means_b), s1**2 / n1 + s2**2 / n2)


def standardised_mean_differences(
    means_a: Sequence[float],
    sds_a: Sequence[float],
    totals_a: Sequence[float],
    means_b: Sequence[float],
    sds_b: Sequence[float],
    totals_b: Sequence[float],
) -> EffectSizes:
    """Hedges' g: differences of means in pooled standard deviations, corrected for small samples.

    References
    ----------
    Hedges (1981), Journal of Educational Statistics 6:107-128.

    Examples
    --------
    >>> sizes = standardised_mean_differences([55], [47], [155], [75], [64], [156])
    >>> f"{sizes.effects[0]:.4f} {sizes.variances[0]:.5f}"
    '-0.3552 0.01306'
    """
    s1, s2, n1, n2 = _array(sds_a), _array(sds_b), _array(totals_a), _array(totals_b)
    df = n1 + n2 - 2
    sd = np.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / df)
    correction = np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2)
    g = correction * (_array(means_a) - _array(means_b)) / sd
    return _sizes(g, 1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2)))


def correlations(values: Sequence[float], totals: Sequence[float]) -> EffectSizes:
    """Correlations as Fisher's z, whose variance does not depend on their size.

    Examples
    --------
    >>> sizes = correlations([0.187], [109])
    >>> f"{sizes.effects[0]:.4f} {sizes.variances[0]:.5f}"
    '0.1892 0.00943'
    """
    return _sizes(np.arctanh(_array(values)), 1 / (_array(totals) - 3))


def from_intervals(
    estimates: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    *,
    ratio: bool = False,
    conf_level: float = 0.95,
) -> EffectSizes:
    """Effects from published estimates and their intervals; ratios become logarithms.

    The interval is taken for symmetrical (on the logarithm for ratios) and normal: the variance is that of its width.

    Raises
    ------
    ValueError
        Where an estimate lies outside its interval, or a ratio is not above zero.

    Examples
    --------
    >>> sizes = from_intervals([0.08], [0.02], [0.14])
    >>> f"{sizes.effects[0]:.2f} {sizes.variances[0] ** 0.5:.4f}"
    '0.08 0.0306'
    """
    middle, low, high = _array(estimates), _array(lows), _array(highs)
    if not ((low < high) & (low <= middle) & (middle <= high)).all():
        raise ValueError("an estimate lies outside its interval, or an interval has no width")
    if ratio:
        if not (low > 0).all():
            raise ValueError("a ratio's interval reaches zero or below, so that it has no logarithm")
        middle, low, high = np.log(middle), np.log(low), np.log(high)
    return _sizes(middle, ((high - low) / (2 * float(ndtri((1 + conf_level) / 2)))) ** 2)
