"""Equally likely sizes of a true effect, read from an estimate and its interval, for pictures of uncertainty."""

import math
from statistics import NormalDist

from scipy.special import stdtrit

from metrics.estimates import Estimate


def quantile(estimate: Estimate, probability: float) -> float:
    """The size below which the true effect lies with `probability`, on the scale of the estimate.

    The confidence distribution: it has the estimate as its median and the interval's limits as its quantiles, so that
    a picture of it agrees with the interval beside it. Between them each side follows the estimate's own normal or t
    distribution, stretched to its limit, on the logarithm for ratios. Score intervals are not symmetrical, which a
    standard error alone would not show. Read as "how likely is each size" it takes every size for equally likely
    beforehand.

    Parameters
    ----------
    probability
        Strictly between 0 and 1; 0.25 and 0.75 bound the middle half.

    References
    ----------
    Schweder and Hjort (2002), Scandinavian Journal of Statistics 29:309-332 (confidence distributions).

    Examples
    --------
    >>> from metrics.proportions import Proportion, risk_difference
    >>> effect = risk_difference(Proportion(56, 70), Proportion(48, 80))
    >>> quantile(effect, 0.5) == effect.estimate
    True
    """
    if not 0 < probability < 1:
        raise ValueError(f"probability is {probability}, must be between 0 and 1")
    low, middle, high = estimate.conf_low, estimate.estimate, estimate.conf_high
    if not all(map(math.isfinite, (low, middle, high))) or (estimate.measure.is_ratio and low <= 0):
        raise ValueError(f"{middle} ({low} to {high}) has no finite sizes in between")
    if estimate.measure.is_ratio:
        low, middle, high = math.log(low), math.log(middle), math.log(high)
    limit = low if probability < 0.5 else high
    steps = abs(_standard(probability, estimate.df) / _standard((1 - estimate.conf_level) / 2, estimate.df))
    size = middle + (limit - middle) * steps
    return math.exp(size) if estimate.measure.is_ratio else size


def quantiles(estimate: Estimate, count: int) -> tuple[float, ...]:
    """`count` equally likely sizes of the true effect, the smallest first: the dots of a quantile dotplot.

    Size k of `count` is the quantile at (k - 1/2) / `count`.

    References
    ----------
    Kay, Kola, Hullman and Munson (2016), CHI '16, 5092-5103.

    Examples
    --------
    >>> from metrics.proportions import Proportion, risk_difference
    >>> effect = risk_difference(Proportion(56, 70), Proportion(48, 80))
    >>> [round(size, 3) for size in quantiles(effect, 4)]
    [0.114, 0.176, 0.222, 0.281]
    """
    if count < 1:
        raise ValueError(f"{count} sizes cannot be drawn")
    return tuple(quantile(estimate, (k + 0.5) / count) for k in range(count))


def middle_half(estimate: Estimate) -> tuple[float, float]:
    """The limits of the 50 % interval: the true effect is as likely inside as outside.

    Examples
    --------
    >>> from metrics.proportions import Proportion, risk_difference
    >>> low, high = middle_half(risk_difference(Proportion(56, 70), Proportion(48, 80)))
    >>> f"{low:.3f} to {high:.3f}"
    '0.149 to 0.248'
    """
    return quantile(estimate, 0.25), quantile(estimate, 0.75)


def _standard(probability: float, df: float) -> float:
    return NormalDist().inv_cdf(probability) if math.isinf(df) else float(stdtrit(df, probability))
