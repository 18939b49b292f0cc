"""Quantiles and tails of the standard normal distribution."""

from statistics import NormalDist

from scipy.special import ndtr

from metrics.estimates import check_conf_level


def two_sided(z: float) -> float:
    """Two-sided p-value of a standard normal statistic; keeps its digits far into the tail."""
    return 2 * float(ndtr(-abs(z)))


def normal_quantile(conf_level: float) -> float:
    """The standard normal quantile of a two-sided interval: 1.96 for 0.95."""
    check_conf_level(conf_level)
    return NormalDist().inv_cdf((1 + conf_level) / 2)
