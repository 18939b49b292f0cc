"""Before a campaign: how many people to ask, what change could be seen, and how likely it is to be seen."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri, stdtrit
from scipy.stats import nct

MOST: Final = 1e9  # people; nobody can ask more


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoProportions:
    """A share in the comparison group and in the campaign group: 0.30 and 0.40 are 30 and 40 in a hundred.

    `correlation` is that of a person's answers before and after, where both groups are asked twice and changes are
    compared; None where people are asked once. Different people before and after have a correlation of zero.
    """

    baseline: float
    changed: float
    correlation: float | None = None

    def __post_init__(self) -> None:
        if not 0 < self.baseline < 1 or not 0 <= self.changed <= 1:
            raise ValueError(f"{self.baseline} and {self.changed} are not shares of people")
        _check_correlation(self.correlation)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoMeans:
    """A difference of means in the unit of the outcome, with the standard deviation between people."""

    difference: float
    sd: float
    correlation: float | None = None

    def __post_init__(self) -> None:
        if self.sd <= 0:
            raise ValueError(f"a standard deviation of {self.sd} is not above zero")
        _check_correlation(self.correlation)


def _check_correlation(correlation: float | None) -> None:
    if correlation is not None and not 0 <= correlation < 1:
        raise ValueError(f"a correlation of {correlation} must be 0 or more and below 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Villages, schools or the like that are assigned as a whole.

    Attributes
    ----------
    size
        People asked in each, on average.
    icc
        Correlation of two people of one cluster: 0.01 to 0.10 for knowledge and attitudes.
    size_variation
        Standard deviation of cluster sizes over their mean.
    """

    size: float
    icc: float
    size_variation: float = 0.0

    def __post_init__(self) -> None:
        if self.size < 1 or not 0 <= self.icc <= 1 or self.size_variation < 0:
            raise ValueError(f"clusters of {self.size} with correlation {self.icc} cannot be")

    @property
    def design_effect(self) -> float:
        """By how much clusters multiply the variance (Eldridge, Ashby and Kerry 2006)."""
        return 1 + ((self.size_variation**2 + 1) * self.size - 1) * self.icc


Outcome = TwoProportions | TwoMeans


def power(
    outcome: Outcome,
    *,
    n: float,
    ratio: float = 1.0,
    clusters: Clusters | None = None,
    conf_level: float = 0.95,
    both_tails: bool = False,
) -> float:
    """The chance that a true change of this size is seen: that its interval excludes no difference.

    Shares use the normal approximation with the pooled variance under no difference (as `power.prop.test` in R);
    means the noncentral t distribution; clusters the same with two degrees of freedom fewer than clusters.

    Parameters
    ----------
    n
        People in the campaign group; with `clusters`, clusters in it.
    ratio
        Size of the comparison group as a multiple of the campaign group.
    both_tails
        Count also the chance of a result in the wrong direction.

    References
    ----------
    Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., chapter 4.
    Donner and Klar (2000), Design and Analysis of Cluster Randomization Trials, chapter 5.
    Eldridge, Ashby and Kerry (2006), International Journal of Epidemiology 35:1292-1300.

    Examples
    --------
    >>> f"{power(TwoProportions(baseline=0.50, changed=0.75), n=50):.4f}"
    '0.7402'
    >>> f"{power(TwoMeans(difference=1, sd=1), n=20):.4f}"
    '0.8690'
    """
    if n <= 0 or ratio <= 0:
        raise ValueError(f"groups of {n} and {n * ratio} are not above zero")
    if clusters is not None:
        return _power_of_clusters(outcome, n, ratio, clusters, conf_level, both_tails=both_tails)
    if isinstance(outcome, TwoMeans):
        return _power_of_means(outcome, n, ratio, conf_level, both_tails=both_tails)
    change = abs(outcome.changed - outcome.baseline)
    pooled = (outcome.changed + ratio * outcome.baseline) / (1 + ratio)
    waves = _waves(outcome)
    null = math.sqrt(waves * pooled * (1 - pooled) * (1 + 1 / ratio) / n)
    own = math.sqrt(
        waves * (outcome.changed * (1 - outcome.changed) + outcome.baseline * (1 - outcome.baseline) / ratio) / n
    )
    critical = float(ndtri((1 + conf_level) / 2)) * null
    chance = float(ndtr((change - critical) / own))
    return chance + float(ndtr((-change - critical) / own)) if both_tails else chance


def _waves(outcome: Outcome) -> float:
    """By how much comparing changes instead of levels multiplies the variance."""
    return 1.0 if outcome.correlation is None else 2 * (1 - outcome.correlation)


def _power_of_means(outcome: TwoMeans, n: float, ratio: float, conf_level: float, *, both_tails: bool) -> float:
    df = n * (1 + ratio) - 2
    if df < 1:  # nearer to none the quantile is too large to compute with
        return 0.0
    se = outcome.sd * math.sqrt(_waves(outcome) * (1 + 1 / ratio) / n)
    shift = abs(outcome.difference) / se
    critical = float(stdtrit(df, (1 + conf_level) / 2))
    return _beyond(critical, df, shift, both_tails=both_tails)


def _beyond(critical: float, df: float, shift: float, *, both_tails: bool) -> float:
    """The chance that a t statistic about `shift` passes the critical value."""
    chance = float(nct.sf(critical, df, shift))
    return chance + float(nct.cdf(-critical, df, shift)) if both_tails else chance


def _power_of_clusters(
    outcome: Outcome, n: float, ratio: float, clusters: Clusters, conf_level: float, *, both_tails: bool
) -> float:
    df = n * (1 + ratio) - 2
    if df < 1:
        return 0.0
    if isinstance(outcome, TwoMeans):
        change, variance = abs(outcome.difference), outcome.sd**2 * (1 + 1 / ratio)
    else:
        change = abs(outcome.changed - outcome.baseline)
        comparison = outcome.baseline * (1 - outcome.baseline) / ratio
        variance = outcome.changed * (1 - outcome.changed) + comparison
    se = math.sqrt(_waves(outcome) * variance * clusters.design_effect / (n * clusters.size))
    critical = float(stdtrit(df, (1 + conf_level) / 2))
    return _beyond(critical, df, change / se, both_tails=both_tails)


def sample_size(
    outcome: Outcome,
    *,
    power: float = 0.80,
    ratio: float = 1.0,
    clusters: Clusters | None = None,
    conf_level: float = 0.95,
) -> float:
    """People (with `clusters`: clusters) in the campaign group for a wanted power; not rounded.

    Raises
    ------
    ValueError
        Where there is no change to be seen, or a thousand million people would not be enough.

    Examples
    --------
    >>> math.ceil(sample_size(TwoProportions(baseline=0.50, changed=0.75)))
    58
    """
    from_here = _power_by_n(outcome, ratio, clusters, conf_level)
    wanted = _checked(power)
    if from_here(MOST) < wanted:
        raise ValueError("no sample is large enough to see this change")
    fewest = _fewest(ratio, clusters, outcome)
    if from_here(fewest) >= wanted:  # the fewest clusters there can be are enough
        return fewest
    return float(brentq(lambda n: from_here(n) - wanted, fewest, MOST, xtol=1e-9))


def _power_by_n(
    outcome: Outcome, ratio: float, clusters: Clusters | None, conf_level: float
) -> Callable[[float], float]:
    return lambda n: power(outcome, n=n, ratio=ratio, clusters=clusters, conf_level=conf_level)


def _fewest(ratio: float, clusters: Clusters | None, outcome: Outcome) -> float:
    needs_df = clusters is not None or isinstance(outcome, TwoMeans)
    return 3 / (1 + ratio) + 1e-6 if needs_df else 1e-6


def _checked(wanted: float) -> float:
    if not 0 < wanted < 1:
        raise ValueError(f"a power of {wanted} must be between 0 and 1")
    return wanted


def smallest_detectable(
    outcome: Outcome,
    *,
    n: float,
    power: float = 0.80,
    ratio: float = 1.0,
    clusters: Clusters | None = None,
    conf_level: float = 0.95,
) -> float:
    """The smallest increase that would be seen with the wanted power; of `outcome` only what stays the same is used.

    Returns
    -------
    float
        For shares the increase over the baseline (0.10 is ten people in a hundred); for means in the outcome's unit.

    Raises
    ------
    ValueError
        Where even the largest possible increase would not be seen.

    Examples
    --------
    >>> f"{smallest_detectable(TwoProportions(baseline=0.50, changed=0.50), n=50):.4f}"
    '0.2668'
    """
    wanted = _checked(power)
    options = {"n": n, "ratio": ratio, "conf_level": conf_level}
    chance = _power_by_change(outcome, clusters, options)
    unit = 1.0 if isinstance(outcome, TwoProportions) else outcome.sd
    largest = 1 - outcome.baseline if isinstance(outcome, TwoProportions) else 1e6 * unit
    if chance(largest) < wanted:
        raise ValueError(f"with {n:g} in the campaign group no increase would be seen with power {wanted}")
    return float(brentq(lambda change: chance(change) - wanted, 1e-12 * unit, largest, xtol=1e-12 * unit))


def _power_by_change(
    outcome: Outcome, clusters: Clusters | None, options: dict[str, float]
) -> Callable[[float], float]:
    def chance(change: float) -> float:
        if isinstance(outcome, TwoProportions):
            changed: Outcome = replace(outcome, changed=min(1.0, outcome.baseline + change))
        else:
            changed = replace(outcome, difference=change)
        return power(
            changed, n=options["n"], ratio=options["ratio"], clusters=clusters, conf_level=options["conf_level"]
        )

    return chance


def precision(share: float, *, n: float, clusters: Clusters | None = None, conf_level: float = 0.95) -> float:
    """Half the width of the interval of one share from `n` people: 0.05 is five in a hundred to each side.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., chapter 3; with the design effect of Kish (1965).

    Examples
    --------
    >>> f"{precision(0.5, n=384):.3f}"
    '0.050'
    """
    if not 0 <= share <= 1 or n <= 0:
        raise ValueError(f"a share of {share} from {n} people cannot be")
    effect = clusters.design_effect if clusters is not None else 1.0
    return float(ndtri((1 + conf_level) / 2)) * math.sqrt(effect * share * (1 - share) / n)
