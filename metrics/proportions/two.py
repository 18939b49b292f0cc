"""Two groups of different people compared: difference, ratio and odds ratio of their shares."""

import math
from collections.abc import Callable

from scipy.optimize import brentq

from metrics.estimates import Estimate, Measure, Method, NotEstimable, Proportion, Reason, check_conf_level
from metrics.proportions.normal import normal_quantile, two_sided
from metrics.proportions.one import wilson_limits
from metrics.scores import lower_difference, lower_odds_ratio, lower_ratio, pooled_z


def risk_difference(
    a: Proportion, b: Proportion, *, method: Method = Method.MIETTINEN_NURMINEN, conf_level: float = 0.95
) -> Estimate:
    """Difference in proportions, `a` minus `b`: 0.10 is ten percentage points.

    Miettinen and Nurminen's score interval keeps its coverage in the small groups and at the extreme proportions
    that surveys of migrants often have, and exists where nobody (or everybody) said yes. The p-value is that of the
    same score statistic. `Method.MEE` leaves out the factor N / (N - 1); `Method.NEWCOMBE` is the hybrid of two
    Wilson intervals, kept for comparison with publications, its p-value the level at which that interval meets zero.
    `Method.AGRESTI_CAFFO` adds one event and one other to each group before it takes the difference: its interval is
    centred on that shrunken difference.

    The standard error is that of the unrestricted difference (Wald), as meta-analyses expect it; None where it
    would be zero. The interval is not made from it.

    References
    ----------
    Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.
    Newcombe (1998), Statistics in Medicine 17:873-890, methods 5 (Mee) and 10.
    Agresti and Caffo (2000), American Statistician 54:280-288.

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
    elif method is Method.AGRESTI_CAFFO:
        centre, se = shrunken_difference(a, b)
        low, high, p_value = max(centre - z * se, -1.0), min(centre + z * se, 1.0), two_sided(centre / se)
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


def shrunken_difference(a: Proportion, b: Proportion) -> tuple[float, float]:
    """Agresti and Caffo's difference, one event and one other added to each group, and its standard error.

    Examples
    --------
    One of two and none of two become two of four and one of four:

    >>> difference, se = shrunken_difference(Proportion(1, 2), Proportion(0, 2))
    >>> f"{difference:.2f}, {16 * se**2:.2f} sixteenths"  # 0.25 is four of them: 1/4 of 1/4, and 1/4 of 3/16
    '0.25, 1.75 sixteenths'
    """
    shares = [((p.events + 1) / (p.total + 2), p.total + 2) for p in (a, b)]
    return shares[0][0] - shares[1][0], math.sqrt(sum(share * (1 - share) / n for share, n in shares))


def _variance_factor(a: Proportion, b: Proportion, method: Method, known: tuple[Method, ...]) -> float:
    if method not in known:
        raise ValueError(f"method {str(method)!r} is none of {', '.join(known)}")
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
    return two_sided(brentq(lambda z: _newcombe_low(a, b, z), 0.0, highest))
