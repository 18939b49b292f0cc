"""What is believed of shares after the data, from a stated prior: Beta posteriors of one, two and many campaigns."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.integrate import quad
from scipy.special import betainc, expit
from scipy.stats import beta as beta_distribution

from metrics.counts import beta_binomial
from metrics.estimates import Proportion, check_conf_level

MOST = math.exp(25)  # of alpha + beta: rates that are one


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What is believed of one share after the data, from a stated prior.

    Attributes
    ----------
    mean, low, high
        Of the share, with its equal-tailed interval.
    probability_best
        That this share is the largest.
    """

    mean: float
    low: float
    high: float
    probability_best: float


def posteriors(
    arms: Sequence[Proportion], *, prior: tuple[float, float] = (1.0, 1.0), conf_level: float = 0.95
) -> tuple[Posterior, ...]:
    """Beta-binomial posteriors of shares, and the probability that each is the largest, by exact integration.

    Parameters
    ----------
    prior
        Shape of the Beta prior, the same for all arms; (1, 1) takes every share for equally likely beforehand.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 2.4.

    Examples
    --------
    >>> first, second = posteriors([Proportion(49, 100), Proportion(51, 100)])
    >>> f"{first.probability_best:.4f} {second.probability_best:.4f}"
    '0.3892 0.6108'
    """
    check_conf_level(conf_level)
    shapes = [(prior[0] + arm.events, prior[1] + arm.total - arm.events) for arm in arms]
    tail = (1 - conf_level) / 2
    return tuple(
        Posterior(
            mean=a / (a + b),
            low=float(beta_distribution.ppf(tail, a, b)),
            high=float(beta_distribution.ppf(1 - tail, a, b)),
            probability_best=_probability_largest(i, shapes),
        )
        for i, (a, b) in enumerate(shapes)
    )


def _integrated(function: Callable[[float], float], shape: tuple[float, float]) -> float:
    """The mean of a function of a share over its Beta posterior, between the quantiles that hold all of it."""
    a, b = shape
    low, middle, high = (float(beta_distribution.ppf(p, a, b)) for p in (1e-15, 0.5, 1 - 1e-15))

    def integrand(x: float) -> float:
        return float(function(x) * beta_distribution.pdf(x, a, b))

    parts = (
        quad(integrand, *ends, epsabs=1e-16, epsrel=1e-10, limit=200)[0] for ends in ((low, middle), (middle, high))
    )
    return float(sum(parts))


def _probability_largest(i: int, shapes: Sequence[tuple[float, float]]) -> float:
    others = [shape for j, shape in enumerate(shapes) if j != i]
    return _integrated(lambda x: math.prod(float(betainc(a, b, x)) for a, b in others), shapes[i])


def probability_of_difference(
    reached: Proportion,
    comparison: Proportion,
    *,
    smallest_important: float = 0.0,
    prior: tuple[float, float] = (1.0, 1.0),
) -> float:
    """Posterior probability that the share in `reached` exceeds that in `comparison` by more than a given size.

    Parameters
    ----------
    smallest_important
        0.05 asks for more than five percentage points.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 2.4.

    Examples
    --------
    >>> f"{probability_of_difference(Proportion(51, 100), Proportion(49, 100)):.4f}"
    '0.6108'
    """
    a, b = prior[0] + comparison.events, prior[1] + comparison.total - comparison.events
    own = prior[0] + reached.events, prior[1] + reached.total - reached.events
    return _integrated(lambda x: float(betainc(a, b, min(1.0, max(0.0, x - smallest_important)))), own)


def expected_loss(chosen: Proportion, other: Proportion, *, prior: tuple[float, float] = (1.0, 1.0)) -> float:
    """How much share is given up, on average, by taking `chosen` where `other` may be better.

    References
    ----------
    Stucchio (2015), Bayesian A/B testing at VWO, section 4.

    Examples
    --------
    >>> f"{expected_loss(Proportion(51, 100), Proportion(49, 100)):.4f}"
    '0.0191'
    """
    a, b = prior[0] + other.events, prior[1] + other.total - other.events
    own = prior[0] + chosen.events, prior[1] + chosen.total - chosen.events
    mean = a / (a + b)

    def above(x: float) -> float:
        # E[max(other - x, 0)] of a Beta variable in closed form.
        return mean * (1 - float(betainc(a + 1, b, x))) - x * (1 - float(betainc(a, b, x)))

    return _integrated(above, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPrior:
    """The Beta distribution that many campaigns' rates come from, and each rate given it.

    Attributes
    ----------
    alpha, beta
        Shape of the distribution: alpha / (alpha + beta) is the average rate, alpha + beta how alike they are (7e10
        where they differ no more than by chance).
    means
        The rate of each campaign, drawn towards the average.
    """

    alpha: float
    beta: float
    means: tuple[float, ...]


def shared_prior(rates: Sequence[Proportion]) -> SharedPrior:
    """Partial pooling of rates from counts by maximum likelihood of the beta-binomial distribution.

    References
    ----------
    Griffin and Krutchkoff (1971), Biometrika 58:653-658.

    Examples
    --------
    >>> result = shared_prior([Proportion(18, 1234), Proportion(142, 13679), Proportion(228, 19606)])
    >>> [f"{mean:.4f}" for mean in result.means]
    ['0.0112', '0.0112', '0.0112']
    """
    x = np.array([rate.events for rate in rates], dtype=np.float64)
    n = np.array([rate.total for rate in rates], dtype=np.float64)
    if len(x) < 2 or not 0 < x.sum() < n.sum():
        raise ValueError("a shared distribution needs two or more campaigns, with events and with others")

    share, size = float(x.sum() / n.sum()), MOST  # where rates vary no more than by chance
    if (fit := beta_binomial(np.ones((len(x), 1)), x, n)) is not None:
        share, size = float(expit(fit.coefficients[0])), fit.size
    a, b = share * size, (1 - share) * size
    return SharedPrior(alpha=a, beta=b, means=tuple(((a + x) / (a + b + n)).tolist()))
