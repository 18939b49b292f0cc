"""Ratios of two estimates, and what can be said where the one below may be zero."""

import math
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import stdtrit

from metrics.estimates import check_conf_level


class RatioSet(StrEnum):
    """What kind of set the ratios are that the data do not reject."""

    INTERVAL = "interval"  # from `low` to `high`
    TWO_RAYS = "two_rays"  # all but those between `low` and `high`: the denominator may be zero
    WHOLE_LINE = "whole_line"  # every ratio: the data say nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A ratio in units of the numerator for one of the denominator, and its confidence set.

    `estimate` is infinite where the denominator is zero. `low` and `high` bound the set (`kind` INTERVAL) or the gap
    in it (TWO_RAYS); they are infinite for WHOLE_LINE.
    """

    estimate: float
    kind: RatioSet
    low: float
    high: float
    df: float
    conf_level: float


def fieller(
    numerator: float,
    denominator: float,
    *,
    se_numerator: float,
    se_denominator: float,
    correlation: float = 0.0,
    df: float = math.inf,
    conf_level: float = 0.95,
) -> Ratio:
    """Ratio of two estimates with Fieller's confidence set, in units of the numerator for one of the denominator.

    With additional cost over additional effect it is the incremental cost-effectiveness ratio (ICER).

    The set holds every ratio r for which numerator - r * denominator is not significantly different from zero. Unlike
    the interval from the ratio's standard error it keeps its level where the denominator is uncertain, and it says
    so where the denominator could be zero: the set is then two rays, or the whole line.

    Parameters
    ----------
    numerator, denominator
        Estimates, such as the additional cost and the additional informed people.
    se_numerator, se_denominator
        Their standard errors; zero where one is known exactly.
    correlation
        Correlation of the two estimates, -1 to 1.
    df
        Degrees of freedom of the standard errors; infinite for the normal distribution.
    conf_level
        0.95 for a 95 % set.

    References
    ----------
    Fieller (1954), Journal of the Royal Statistical Society B 16:175-185.
    Briggs, Mooney and Wonderling (1999), Statistics in Medicine 18:3245-3262.

    Examples
    --------
    >>> ratio = fieller(4200, 380, se_numerator=650, se_denominator=95, correlation=0.2)
    >>> f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    '11.05 (6.82 to 21.41)'
    >>> fieller(4200, 120, se_numerator=650, se_denominator=90).kind
    <RatioSet.TWO_RAYS: 'two_rays'>
    """
    check_conf_level(conf_level)
    if min(se_numerator, se_denominator) < 0 or not -1 <= correlation <= 1:
        raise ValueError(f"standard errors {se_numerator}, {se_denominator} or correlation {correlation} cannot be")
    if denominator == 0 and se_denominator == 0:
        raise ValueError("a denominator known to be 0 has no ratio")
    t2 = float(stdtrit(df, (1 + conf_level) / 2)) ** 2
    # the set is where a r^2 - 2 b r + c <= 0
    a = denominator**2 - t2 * se_denominator**2
    b = numerator * denominator - t2 * correlation * se_numerator * se_denominator
    c = numerator**2 - t2 * se_numerator**2
    discriminant = b**2 - a * c
    if a > 0:  # the estimate itself is never rejected: two that move as one have a point, whatever the rounding
        discriminant = max(discriminant, 0.0)
    estimate = numerator / denominator if denominator else math.inf
    if discriminant < 0 or (a == 0 and b == 0):
        kind, low, high = RatioSet.WHOLE_LINE, -math.inf, math.inf
    elif a == 0:
        kind, low, high = RatioSet.INTERVAL, -math.inf, math.inf
        low, high = (c / (2 * b), high) if b > 0 else (low, c / (2 * b))
    else:
        far = b + math.copysign(math.sqrt(discriminant), b)  # the root that does not cancel
        low, high = sorted((far / a, c / far if far else 0.0))
        kind = RatioSet.INTERVAL if a > 0 else RatioSet.TWO_RAYS
    return Ratio(estimate=estimate, kind=kind, low=low, high=high, df=df, conf_level=conf_level)
