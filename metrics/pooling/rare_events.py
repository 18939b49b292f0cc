"""Pooling counts where events are rare: methods that need no half added to a zero."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from metrics.pooling.effect_sizes import EffectSizes, log_odds_ratios, log_risk_ratios, risk_differences
from metrics.pooling.normal_effects import binomial, hypergeometric, likeliest_average
from metrics.pooling.summary import interval, two_sided

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class RareEvents:
    """An average from counts: of logarithms for ratios and logits.

    Attributes
    ----------
    estimate, se, conf_low, conf_high, p_value
        Normal inference; the p-value is that of zero.
    tau2
        Variance of true effects; zero where one effect is taken to be common to all studies.
    q
        Cochran's Q about the average where the method has one, else None.
    k
        Studies that inform the average: those without events (or without others) in both groups do not.
    """

    k: int
    estimate: float
    se: float
    conf_low: float
    conf_high: float
    p_value: float
    conf_level: float
    tau2: float
    q: float | None


def _result(
    estimate: float, variance: float, k: int, conf_level: float, *, tau2: float = 0.0, q: float | None = None
) -> RareEvents:
    se = math.sqrt(variance)
    low, high = interval(estimate, se, math.inf, conf_level)
    return RareEvents(
        k=k,
        estimate=estimate,
        se=se,
        conf_low=low,
        conf_high=high,
        p_value=two_sided(estimate / se, math.inf),
        conf_level=conf_level,
        tau2=tau2,
        q=q,
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    """Two-by-two tables: events and people of group a, then of group b, and all people."""

    a: Numbers
    n1: Numbers
    c: Numbers
    n2: Numbers

    @property
    def n(self) -> Numbers:
        return self.n1 + self.n2

    def kept(self, rows: NDArray[np.bool_]) -> "_Tables":
        if not rows.any():
            raise ValueError("no study has both events and others, so that none tells of a ratio")
        return _Tables(self.a[rows], self.n1[rows], self.c[rows], self.n2[rows])


def _tables(*columns: Sequence[float]) -> _Tables:
    tables = _Tables(*(np.asarray(column, dtype=np.float64) for column in columns))
    fits = (tables.a >= 0) & (tables.a <= tables.n1) & (tables.c >= 0) & (tables.c <= tables.n2)
    if not (fits & (tables.n1 > 0) & (tables.n2 > 0)).all():
        raise ValueError("a group has more events than people, or nobody in it")
    return tables


def mantel_haenszel(
    events_a: Sequence[float],
    totals_a: Sequence[float],
    events_b: Sequence[float],
    totals_b: Sequence[float],
    *,
    measure: str = "odds_ratio",
    conf_level: float = 0.95,
) -> RareEvents:
    """The common odds ratio, risk ratio (both as logarithms) or risk difference, group a against group b.

    Weights need no events in each group, so that no half is added; one effect is taken to be common to all studies.

    Parameters
    ----------
    measure
        odds_ratio, risk_ratio or risk_difference.

    References
    ----------
    Mantel and Haenszel (1959), Journal of the National Cancer Institute 22:719-748.
    Robins, Breslow and Greenland (1986), Biometrics 42:311-323 (variance of the odds ratio).
    Greenland and Robins (1985), Biometrics 41:55-68 (risk ratio); Sato, Greenland and Robins (1989), Biometrics
    45:1323-1324 (risk difference).

    Examples
    --------
    >>> result = mantel_haenszel([14, 21], [131, 385], [14, 17], [136, 134])
    >>> f"{math.exp(result.estimate):.3f}"
    '0.616'
    """
    tables = _tables(events_a, totals_a, events_b, totals_b)
    if measure not in _COMMON:
        raise ValueError(f"{measure!r} must be odds_ratio, risk_ratio or risk_difference")
    common, effects = _COMMON[measure]
    result = common(tables, conf_level)
    return replace(result, q=_distances(tables, effects, result.estimate))


def _distances(tables: _Tables, effects: Callable[..., EffectSizes], common: float) -> float:
    """Cochran's Q about the common effect, of the studies that have both events and others."""
    t = tables.kept(_telling(tables))
    sizes = effects(t.a, t.n1, t.c, t.n2)
    return float(((np.array(sizes.effects) - common) ** 2 / np.array(sizes.variances)).sum())


def _telling(tables: _Tables) -> NDArray[np.bool_]:
    events = tables.a + tables.c
    return (events > 0) & (events < tables.n)


def _common_odds_ratio(tables: _Tables, conf_level: float) -> RareEvents:
    t = tables.kept(_telling(tables))
    b, d = t.n1 - t.a, t.n2 - t.c
    r, s = t.a * d / t.n, b * t.c / t.n
    if not r.sum() or not s.sum():
        raise ValueError("all events are in one group, so that the odds ratio has no estimate")
    p, q = (t.a + d) / t.n, (b + t.c) / t.n
    big_r, big_s = r.sum(), s.sum()
    variance = (
        (p * r).sum() / (2 * big_r**2) + (p * s + q * r).sum() / (2 * big_r * big_s) + (q * s).sum() / (2 * big_s**2)
    )
    return _result(math.log(big_r / big_s), float(variance), len(t.a), conf_level)


def _common_risk_ratio(tables: _Tables, conf_level: float) -> RareEvents:
    t = tables.kept(tables.a + tables.c > 0)
    r, s = t.a * t.n2 / t.n, t.c * t.n1 / t.n
    if not r.sum() or not s.sum():
        raise ValueError("all events are in one group, so that the risk ratio has no estimate")
    p = (t.n1 * t.n2 * (t.a + t.c) - t.a * t.c * t.n) / t.n**2
    return _result(math.log(r.sum() / s.sum()), float(p.sum() / (r.sum() * s.sum())), len(t.a), conf_level)


def _common_difference(t: _Tables, conf_level: float) -> RareEvents:
    weight = (t.n1 * t.n2 / t.n).sum()
    difference = ((t.a * t.n2 - t.c * t.n1) / t.n).sum() / weight
    p = (t.n1**2 * t.c - t.n2**2 * t.a + t.n1 * t.n2 * (t.n2 - t.n1) / 2) / t.n**2
    q = (t.a * (t.n2 - t.c) + t.c * (t.n1 - t.a)) / (2 * t.n)
    variance = float((difference * p.sum() + q.sum()) / weight**2)
    if variance <= 1e-12 * q.sum() / weight**2:  # zero but for rounding
        raise ValueError("in no group did some have an event and others none: the difference has no standard error")
    return _result(float(difference), variance, len(t.a), conf_level)


_COMMON = {
    "odds_ratio": (_common_odds_ratio, log_odds_ratios),
    "risk_ratio": (_common_risk_ratio, log_risk_ratios),
    "risk_difference": (_common_difference, risk_differences),
}


def peto(
    events_a: Sequence[float],
    totals_a: Sequence[float],
    events_b: Sequence[float],
    totals_b: Sequence[float],
    *,
    conf_level: float = 0.95,
) -> RareEvents:
    """The common log odds ratio by Peto's one step: events seen less events expected, over their variance.

    Good where events are rare, groups of equal size and effects small; biased elsewhere.

    References
    ----------
    Yusuf, Peto, Lewis, Collins and Sleight (1985), Progress in Cardiovascular Diseases 27:335-371.

    Examples
    --------
    >>> f"{peto([4], [123], [11], [139]).estimate:.3f}"
    '-0.860'
    """
    tables = _tables(events_a, totals_a, events_b, totals_b)
    t = tables.kept(_telling(tables))
    events = t.a + t.c
    expected = t.n1 * events / t.n
    spread = t.n1 * t.n2 * events * (t.n - events) / (t.n**2 * (t.n - 1))
    estimate = float((t.a - expected).sum() / spread.sum())
    q = float((((t.a - expected) ** 2) / spread).sum() - estimate**2 * spread.sum())
    return _result(estimate, 1 / float(spread.sum()), len(t.a), conf_level, q=q)


def conditional_normal(
    events_a: Sequence[float],
    totals_a: Sequence[float],
    events_b: Sequence[float],
    totals_b: Sequence[float],
    *,
    exact: bool = True,
    conf_level: float = 0.95,
) -> RareEvents:
    """Average log odds ratio with normal true effects, given the events of each study (its margins).

    Each study enters with its exact likelihood (the noncentral hypergeometric one; without `exact` the binomial that
    it tends to where events are rare), so that studies without events in one group count for what they tell and no
    half is added. With one event more or less a normal approximation may move the answer by half.

    References
    ----------
    Stijnen, Hamza and Özdemir (2010), Statistics in Medicine 29:3046-3067.

    Examples
    --------
    >>> result = conditional_normal([0, 1, 2, 3], [50, 60, 80, 90], [4, 3, 7, 9], [50, 60, 80, 90])
    >>> f"{math.exp(result.estimate):.2f}, tau2 {result.tau2:.2f}"
    '0.25, tau2 0.00'
    """
    tables = _tables(events_a, totals_a, events_b, totals_b)
    t = tables.kept(_telling(tables))
    likelihood = hypergeometric(t.a, t.n1, t.c, t.n2) if exact else binomial(t.a, t.a + t.c, np.log(t.n1 / t.n2))
    mean, variance, tau2 = likeliest_average(likelihood, len(t.a))
    return _result(mean, variance, len(t.a), conf_level, tau2=tau2)


def logit_normal(events: Sequence[float], totals: Sequence[float], *, conf_level: float = 0.95) -> RareEvents:
    """Average logit of proportions with normal true logits and binomial counts: no half is added to a zero.

    References
    ----------
    Stijnen, Hamza and Özdemir (2010), Statistics in Medicine 29:3046-3067.

    Examples
    --------
    >>> result = logit_normal([0, 1, 2, 3], [50, 60, 80, 90])
    >>> f"{1 / (1 + math.exp(-result.estimate)):.3f}"
    '0.021'
    """
    x, n = np.asarray(events, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    if not ((x >= 0) & (x <= n) & (n > 0)).all():
        raise ValueError("a study has more events than people, or nobody in it")
    if not 0 < x.sum() < n.sum():
        raise ValueError("all studies have no events, or nothing but events, so that there is no average logit")
    mean, variance, tau2 = likeliest_average(binomial(x, n), len(x))
    return _result(mean, variance, len(x), conf_level, tau2=tau2)
