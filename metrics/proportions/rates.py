"""Events per exposure (calls per day, results per unit of spend), counted as if they were independent of each other."""

import math

from scipy.special import gammaincinv

from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Proportion, Reason, check_conf_level
from metrics.proportions.normal import normal_quantile, two_sided
from metrics.proportions.one import wilson_limits


def rate(events: int, exposure: float, *, conf_level: float = 0.95) -> Estimate:
    """Rate of events per unit of exposure, with Garwood's exact interval of a Poisson count.

    It exists at no events, and covers at least as often as it says if events are independent; the caution
    `daily_spread_unknown` says that nobody checked.

    References
    ----------
    Garwood (1936), Biometrika 28:437-442.

    Examples
    --------
    >>> calls = rate(15, 19017)
    >>> f"{10_000 * calls.conf_low:.2f} to {10_000 * calls.conf_high:.2f} in ten thousand"
    '4.41 to 13.01 in ten thousand'
    >>> round(rate(0, 30).conf_high, 3)
    0.123
    """
    check_conf_level(conf_level)
    if events < 0 or not exposure > 0:
        raise ValueError(f"{events} in {exposure} is not a rate")
    low = float(gammaincinv(events, (1 - conf_level) / 2)) if events else 0.0
    high = float(gammaincinv(events + 1, (1 + conf_level) / 2))
    return Estimate(
        measure=Measure.RATE,
        estimate=events / exposure,
        se=math.sqrt(events) / exposure or None,
        conf_low=low / exposure,
        conf_high=high / exposure,
        p_value=None,
        df=math.inf,
        conf_level=conf_level,
        method=Method.GARWOOD,
        n=events,
        dispersion=1.0,
        cautions=(Caution.DAILY_SPREAD_UNKNOWN,),
    )


def rate_ratio(
    events_a: int, exposure_a: float, events_b: int, exposure_b: float, *, conf_level: float = 0.95
) -> Estimate | NotEstimable:
    """Ratio of two rates of events per exposure (results per unit of spend, calls per day), `a` over `b`.

    The Poisson score interval, which needs no correction where a count is zero; its p-value is from the same
    statistic. It assumes independent events: the caution `daily_spread_unknown` says that nobody checked.

    References
    ----------
    Graham, Mengersen and Morton (2003), Statistics in Medicine 22:2071-2083 (score interval).

    Examples
    --------
    >>> ratio = rate_ratio(15, 19017, 41, 28010)
    >>> f"{ratio.estimate:.3f} ({ratio.conf_low:.4f} to {ratio.conf_high:.4f})"
    '0.539 (0.3008 to 0.9655)'
    """
    z = normal_quantile(conf_level)
    if min(events_a, events_b) < 0 or not min(exposure_a, exposure_b) > 0:
        raise ValueError(f"{events_a} in {exposure_a} and {events_b} in {exposure_b} are not two rates")
    n = events_a + events_b
    if n == 0:
        return NotEstimable(measure=Measure.RATE_RATIO, reason=Reason.NO_EVENTS_IN_EITHER_GROUP, n=0)
    # given their sum, the events of a are binomial with odds ratio x exposure_a / exposure_b
    low, high = (_odds(share) * exposure_b / exposure_a for share in wilson_limits(Proportion(events_a, n), z))
    share = exposure_a / (exposure_a + exposure_b)
    return Estimate(
        measure=Measure.RATE_RATIO,
        estimate=_odds(events_a / n) * exposure_b / exposure_a,
        se=math.sqrt(1 / events_a + 1 / events_b) if events_a and events_b else None,
        conf_low=low,
        conf_high=high,
        p_value=two_sided((events_a - n * share) / math.sqrt(n * share * (1 - share))),
        df=math.inf,
        conf_level=conf_level,
        method=Method.POISSON_SCORE,
        n=n,
        dispersion=1.0,
        cautions=(Caution.DAILY_SPREAD_UNKNOWN,),
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf
