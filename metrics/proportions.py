"""Shares of people: one share, two groups compared, and the same people asked twice.

Estimate, interval and p-value always come from one method, so they never contradict each other, and zero events,
all events and groups of one person have an answer or a stated refusal.
"""

import math
from collections.abc import Callable
from statistics import NormalDist

from scipy.optimize import brentq
from scipy.special import betaincinv, ndtr

from metrics.estimates import (
    Estimate,
    Measure,
    Method,
    NotEstimable,
    Proportion,
    Reason,
    check_conf_level,
)
from metrics.scores import lower_difference, lower_odds_ratio, lower_ratio, pooled_z


def wilson(p: Proportion, *, conf_level: float = 0.95) -> Estimate:
    """Share of one group, 0 to 1, with Wilson's score interval.

    Wilson's interval keeps its coverage at the small groups and the rare or near-universal answers at which the
    familiar plus-or-minus interval fails, and stays between 0 and 1.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22:209-212.
    Newcombe (1998), Statistics in Medicine 17:857-872, method 3.

    Examples
    --------
    >>> share = wilson(Proportion(81, 263))
    >>> f"{share.estimate:.3f} ({share.conf_low:.4f} to {share.conf_high:.4f})"
    '0.308 (0.2553 to 0.3662)'
    """
    return _share(p, Method.WILSON, conf_level, wilson_limits(p, normal_quantile(conf_level)))


def jeffreys(p: Proportion, *, conf_level: float = 0.95) -> Estimate:
    """Share of one group, 0 to 1, with Jeffreys' interval.

    Shorter than Wilson's where nobody or everybody had the event: the interval then reaches 0 or 1 on one side.

    References
    ----------
    Brown, Cai and DasGupta (2001), Statistical Science 16:101-133, section 3.1.2.

    Examples
    --------
    >>> round(jeffreys(Proportion(0, 20)).conf_high, 4)
    0.1166
    """
    check_conf_level(conf_level)
    a, b = p.events + 0.5, p.total - p.events + 0.5
    low = 0.0 if p.events == 0 else float(betaincinv(a, b, (1 - conf_level) / 2))
    high = 1.0 if p.events == p.total else float(betaincinv(a, b, (1 + conf_level) / 2))
    return _share(p, Method.JEFFREYS, conf_level, (low, high))


def risk_difference(
    a: Proportion, b: Proportion, *, method: Method = Method.MIETTINEN_NURMINEN, conf_level: float = 0.95
) -> Estimate:
    """Difference in proportions, `a` minus `b`: 0.10 is ten percentage points.

    Miettinen and Nurminen's score interval keeps its coverage in the small groups and at the extreme proportions
    that surveys of migrants often have, and exists where nobody (or everybody) said yes. The p-value is that of the
    same score statistic. `Method.MEE` leaves out the factor N / (N - 1); `Method.NEWCOMBE` is the hybrid of two
    Wilson intervals, kept for comparison with publications, its p-value the level at which that interval meets zero.

    The standard error is that of the unrestricted difference (Wald), as meta-analyses expect it; None where it
    would be zero. The interval is not made from it.

    References
    ----------
    Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.
    Newcombe (1998), Statistics in Medicine 17:873-890, methods 5 (Mee) and 10.

    Examples
    --------
    >>> result = risk_difference(Proportion(56, 70), Proportion(48, 80))
    >>> f"{result.estimate:.3f} ({result.conf_low:.4f} to {result.conf_high:.4f}), p = {result.p_value:.4f}"
    '0.200 (0.0528 to 0.3382), p = 0.0083'
    """
    z = normal_quantile(conf_level)
    counts, exchanged = (a.events, a.total, b.events, b.total), (b.events, b.total, a.events, a.total)
    if method is Method.NEWCOMBE:
        low, high, p_value = _newcombe_low(a, b, z), -_newcombe_low(b, a, z), _newcombe_p_value(a, b)
    else:
        factor = _variance_factor(a, b, method, (Method.MIETTINEN_NURMINEN, Method.MEE))
        low = lower_difference(*counts, z=z * math.sqrt(factor))
        high = -lower_difference(*exchanged, z=z * math.sqrt(factor))
        p_value = two_sided(pooled_z(*counts, factor=factor))
    variance = a.value * (1 - a.value) / a.total + b.value * (1 - b.value) / b.total
    return Estimate(
        measure=Measure.RISK_DIFFERENCE,
        estimate=a.value - b.value,
        se=math.sqrt(variance) or None,
        conf_low=low,
        conf_high=high,
        p_value=p_value,
        df=math.inf,
        conf_level=conf_level,
        method=method,
        n=a.total + b.total,
    )


def risk_ratio(
    a: Proportion,
    b: Proportion,
    *,
    method: Method = Method.KOOPMAN,
    conf_level: float = 0.95,
    dispersion: float = 1.0,
) -> Estimate | NotEstimable:
    """Ratio of proportions, `a` over `b`: 1.20 is "20 % more".

    Koopman's score interval is the one to trust where events are rare: unlike intervals from the standard error of
    the logarithm it exists where a group has no event (infinite upper limit where that group is `b`). Its p-value is
    Pearson's chi-square without continuity correction. `Method.MIETTINEN_NURMINEN` multiplies the variance by
    N / (N - 1) and so shares its p-value with the default risk difference: use it where both stand side by side.
    Where neither group has an event there is no ratio.

    `dispersion` widens the interval for counts that vary more than independent people would: the variance of the
    statistic is multiplied by it.

    The standard error is that of the natural logarithm of the ratio; None where it does not exist.

    References
    ----------
    Koopman (1984), Biometrics 40:513-517. Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.

    Examples
    --------
    >>> result = risk_ratio(Proportion(56, 70), Proportion(48, 80))
    >>> f"{result.estimate:.3f} ({result.conf_low:.4f} to {result.conf_high:.4f})"
    '1.333 (1.0798 to 1.6708)'
    >>> risk_ratio(Proportion(0, 45), Proportion(0, 50)).reason
    <Reason.NO_EVENTS_IN_EITHER_GROUP: 'no_events_in_either_group'>
    """
    if a.events + b.events == 0:
        check_conf_level(conf_level)
        return NotEstimable(measure=Measure.RISK_RATIO, reason=Reason.NO_EVENTS_IN_EITHER_GROUP, n=a.total + b.total)
    factor = dispersion * _variance_factor(a, b, method, (Method.KOOPMAN, Method.MIETTINEN_NURMINEN))
    variance = math.inf
    if a.events and b.events:
        variance = 1 / a.events - 1 / a.total + 1 / b.events - 1 / b.total
    return _ratio(
        a, b, Measure.RISK_RATIO, lower_ratio, _quotient(a.value, b.value), variance, factor, method, conf_level
    )


def odds_ratio(a: Proportion, b: Proportion, *, conf_level: float = 0.95) -> Estimate | NotEstimable:
    """Ratio of odds, `a` over `b`, with Miettinen and Nurminen's score interval.

    Odds ratios are for pooling with published logistic regressions; a person understands a difference or a ratio of
    proportions better. The p-value equals that of the default risk difference. Where nobody, or everybody, in both
    groups had the event there is no odds ratio. The standard error is that of the natural logarithm; None where it
    does not exist.

    References
    ----------
    Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.

    Examples
    --------
    >>> result = odds_ratio(Proportion(56, 70), Proportion(48, 80))
    >>> f"{result.estimate:.3f} ({result.conf_low:.4f} to {result.conf_high:.4f})"
    '2.667 (1.2816 to 5.5402)'
    """
    missed_a, missed_b = a.total - a.events, b.total - b.events
    if a.events + b.events == 0 or missed_a + missed_b == 0:
        check_conf_level(conf_level)
        reason = Reason.NO_EVENTS_IN_EITHER_GROUP if a.events == 0 else Reason.EVENTS_FOR_EVERYBODY
        return NotEstimable(measure=Measure.ODDS_RATIO, reason=reason, n=a.total + b.total)
    method = Method.MIETTINEN_NURMINEN
    factor = _variance_factor(a, b, method, (method,))
    cells = (a.events, missed_a, b.events, missed_b)
    variance = sum(1 / cell for cell in cells) if all(cells) else math.inf
    estimate = _quotient(a.events * missed_b, missed_a * b.events)
    return _ratio(a, b, Measure.ODDS_RATIO, lower_odds_ratio, estimate, variance, factor, method, conf_level)


def paired_difference(
    *, both: int, first_only: int, second_only: int, neither: int, conf_level: float = 0.95
) -> Estimate:
    """Change in a share among the same people asked twice, second minus first: 0.10 is ten percentage points.

    Arguments are counts of people by their two answers. Tango's score interval belongs to McNemar's test (without
    continuity correction), whose p-value is given, and keeps its coverage where few people changed their answer.

    References
    ----------
    Tango (1998), Statistics in Medicine 17:891-908. McNemar (1947), Psychometrika 12:153-157.

    Examples
    --------
    >>> change = paired_difference(both=794, first_only=86, second_only=150, neither=570)
    >>> f"{change.estimate:.3f} ({change.conf_low:.4f} to {change.conf_high:.4f})"
    '0.040 (0.0214 to 0.0590)'
    """
    n = both + first_only + second_only + neither
    if min(both, first_only, second_only, neither) < 0 or n == 0:
        raise ValueError(f"{both}, {first_only}, {second_only}, {neither} are not counts of people")
    z = normal_quantile(conf_level)
    changed = first_only + second_only
    difference = (second_only - first_only) / n
    return Estimate(
        measure=Measure.RISK_DIFFERENCE,
        estimate=difference,
        se=math.sqrt(changed - n * difference**2) / n or None,
        conf_low=_tango_low(second_only, first_only, n, z),
        conf_high=-_tango_low(first_only, second_only, n, z),
        p_value=two_sided((second_only - first_only) / math.sqrt(changed)) if changed else 1.0,
        df=math.inf,
        conf_level=conf_level,
        method=Method.TANGO,
        n=n,
    )


def two_sided(z: float) -> float:
    """Two-sided p-value of a standard normal statistic; keeps its digits far into the tail."""
    return 2 * float(ndtr(-abs(z)))


def normal_quantile(conf_level: float) -> float:
    """The standard normal quantile of a two-sided interval: 1.96 for 0.95."""
    check_conf_level(conf_level)
    return NormalDist().inv_cdf((1 + conf_level) / 2)


def wilson_limits(p: Proportion, z: float) -> tuple[float, float]:
    """Limits of a share at which the score statistic is `z`."""
    scale = p.total + z**2
    centre = (p.events + z**2 / 2) / scale
    half = z * math.sqrt(p.events * (p.total - p.events) / p.total + z**2 / 4) / scale
    low = 0.0 if p.events == 0 else centre - half
    high = 1.0 if p.events == p.total else centre + half
    return low, high


def _share(p: Proportion, method: Method, conf_level: float, limits: tuple[float, float]) -> Estimate:
    return Estimate(
        measure=Measure.PROPORTION,
        estimate=p.value,
        se=math.sqrt(p.value * (1 - p.value) / p.total) or None,
        conf_low=limits[0],
        conf_high=limits[1],
        p_value=None,
        df=math.inf,
        conf_level=conf_level,
        method=method,
        n=p.total,
    )


def _variance_factor(a: Proportion, b: Proportion, method: Method, known: tuple[Method, ...]) -> float:
    if method not in known:
        raise ValueError(f"method {method!r} is none of {', '.join(known)}")
    n = a.total + b.total
    return n / (n - 1) if method is Method.MIETTINEN_NURMINEN else 1.0


def _quotient(above: float, below: float) -> float:
    return above / below if below else math.inf


def _ratio(
    a: Proportion,
    b: Proportion,
    measure: Measure,
    lower_limit: Callable[..., float],
    estimate: float,
    variance: float,
    factor: float,
    method: Method,
    conf_level: float,
) -> Estimate:
    z = normal_quantile(conf_level) * math.sqrt(factor)
    counts, exchanged = (a.events, a.total, b.events, b.total), (b.events, b.total, a.events, a.total)
    return Estimate(
        measure=measure,
        estimate=estimate,
        se=math.sqrt(variance) if 0 < variance < math.inf else None,
        conf_low=lower_limit(*counts, z=z),
        conf_high=_quotient(1, lower_limit(*exchanged, z=z)),
        p_value=two_sided(pooled_z(*counts, factor=factor)),
        df=math.inf,
        conf_level=conf_level,
        method=method,
        n=a.total + b.total,
    )


def _newcombe_low(a: Proportion, b: Proportion, z: float) -> float:
    low_a, high_b = wilson_limits(a, z)[0], wilson_limits(b, z)[1]
    return a.value - b.value - math.hypot(a.value - low_a, high_b - b.value)


def _newcombe_p_value(a: Proportion, b: Proportion) -> float:
    if a.value < b.value:
        a, b = b, a
    if a.value == b.value:
        return 1.0
    highest = 1.0
    while _newcombe_low(a, b, highest) > 0:
        highest *= 2
    return two_sided(brentq(lambda z: _newcombe_low(a, b, z), 0.0, highest, xtol=1e-13))


def _tango_low(gained: int, lost: int, n: int, z: float) -> float:
    """The change below the observed one at which Tango's statistic is `z`."""
    difference = (gained - lost) / n
    if difference == -1:
        return -1.0

    def excess(delta: float) -> float:
        b = (2 * n - gained + lost) * delta - gained - lost
        q = (math.sqrt(b**2 + 8 * n * lost * delta * (1 - delta)) - b) / (4 * n)  # likeliest share of losers
        deviation = math.sqrt(max(n * (2 * q + delta * (1 - delta)), 0))
        distance = gained - lost - n * delta
        return distance / math.hypot(distance, deviation) - z / math.hypot(1, z) if distance else -1.0

    return float(brentq(excess, -1.0, difference, xtol=1e-14))
