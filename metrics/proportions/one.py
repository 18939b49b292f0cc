"""The share of one group, 0 to 1."""

import math

from scipy.special import betaincinv

from metrics.estimates import Estimate, Measure, Method, Proportion, check_conf_level
from metrics.proportions.normal import normal_quantile


def share(p: Proportion, *, conf_level: float = 0.95) -> Estimate:
    """Share of one group, 0 to 1: Wilson's interval, where nobody or everybody had the event Jeffreys'.

    At the edges Wilson's interval is a third longer than it need be (0 of 20: up to 0.16, Jeffreys 0.12).

    References
    ----------
    Brown, Cai and DasGupta (2001), Statistical Science 16:101-133.

    Examples
    --------
    >>> share(Proportion(3, 20)).method.value, share(Proportion(0, 20)).method.value
    ('wilson', 'jeffreys')
    """
    return (wilson if 0 < p.events < p.total else jeffreys)(p, conf_level=conf_level)


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


def clopper_pearson(p: Proportion, *, conf_level: float = 0.95) -> Estimate:
    """Share of one group, 0 to 1, with the interval that covers at least as often as it says, whatever the truth.

    Longer than Wilson's, which covers as often on average; for those who must show that a share stays below a limit.

    References
    ----------
    Clopper and Pearson (1934), Biometrika 26:404-413.

    Examples
    --------
    >>> exact = clopper_pearson(Proportion(81, 263))
    >>> f"{exact.conf_low:.4f} to {exact.conf_high:.4f}"
    '0.2527 to 0.3676'
    """
    check_conf_level(conf_level)
    x, missed, tail = p.events, p.total - p.events, (1 - conf_level) / 2
    low = 0.0 if x == 0 else float(betaincinv(x, missed + 1, tail))
    high = 1.0 if missed == 0 else float(betaincinv(x + 1, missed, 1 - tail))
    return _share(p, Method.CLOPPER_PEARSON, conf_level, (low, high))


def wilson_limits(p: Proportion, z: float) -> tuple[float, float]:
    """Limits of a share, 0 to 1, at which the score statistic is `z`; see `wilson` for why.

    Examples
    --------
    Where nobody had the event the upper limit is z^2 / (n + z^2):

    >>> wilson_limits(Proportion(0, 4), 2.0)
    (0.0, 0.5)
    """
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
