"""Quantiles and tails of the standard normal distribution."""

from statistics import NormalDist

from scipy.special import ndtr

from metrics.estimates import check_conf_level


def two_sided(z: float) -> float:
    """Two-sided p-value of a standard normal statistic; keeps its digits far into the tail.

    >>> f"{two_sided(1.959963985):.4f} {two_sided(-10.0):.4g}"  # R: 2 * pnorm(-10)
    '0.0500 1.524e-23'
    """
    return 2 * float(ndtr(-abs(z)))


def normal_quantile(conf_level: float) -> float:
    """The standard normal quantile of a two-sided interval.

    >>> f"{normal_quantile(0.95):.6f} {normal_quantile(0.9):.6f}"  # R: qnorm(0.975), qnorm(0.95)
    '1.959964 1.644854'
    """
    check_conf_level(conf_level)
    return NormalDist().inv_cdf((1 + conf_level) / 2)
