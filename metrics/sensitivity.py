"""How strong an unmeasured cause would have to be to explain a result away."""

import math
from dataclasses import dataclass

from scipy.special import stdtrit

from metrics.estimates import Estimate, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class EValue:
    """The least strength of an unmeasured cause that could explain a ratio away.

    Attributes
    ----------
    estimate
        Risk ratio that the cause would need with both the campaign and the outcome to move the estimate to one.
    limit
        The same for the end of the interval nearer to one; 1 where the interval includes it.
    """

    estimate: float
    limit: float


def e_value(ratio: float, low: float, high: float, *, common_odds: bool = False) -> EValue:
    """E-value of a risk ratio and of its interval.

    It needs no assumption about how many unmeasured causes there are; a value of 2 says that a cause which doubles
    both the chance of being reached and the chance of the outcome could explain the result, a weaker one could not.

    Parameters
    ----------
    ratio, low, high
        A risk ratio and its interval.
    common_odds
        The three are odds ratios of a common outcome (more than 15 in 100): their square roots approximate risk ratios.

    References
    ----------
    VanderWeele and Ding (2017), Annals of Internal Medicine 167:268-274.

    Examples
    --------
    The published example, smoking and lung cancer:

    >>> result = e_value(10.73, 8.02, 14.36)
    >>> f"{result.estimate:.2f} {result.limit:.2f}"
    '20.95 15.52'
    """
    if not 0 < low <= ratio <= high:
        raise ValueError(f"{ratio} ({low} to {high}) is not a ratio with its interval")
    if common_odds:
        ratio, low, high = math.sqrt(ratio), math.sqrt(low), math.sqrt(high)
    nearer = low if ratio >= 1 else high
    crosses = low <= 1 <= high
    return EValue(estimate=_strength(ratio), limit=1.0 if crosses else _strength(nearer))


def e_value_of(estimate: Estimate) -> EValue:
    """E-value of an estimated risk ratio.

    Examples
    --------
    >>> from metrics.proportions import Proportion, risk_ratio
    >>> f"{e_value_of(risk_ratio(Proportion(56, 70), Proportion(48, 80))).estimate:.2f}"
    '2.00'
    """
    if estimate.measure != Measure.RISK_RATIO:
        raise ValueError(f"an E-value is that of a risk ratio, not of a {estimate.measure}")
    return e_value(estimate.estimate, estimate.conf_low, estimate.conf_high)


def _strength(ratio: float) -> float:
    above = ratio if ratio >= 1 else 1 / ratio
    return above + math.sqrt(above * (above - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """How much an unmeasured cause would have to explain, in shares of variance.

    Attributes
    ----------
    partial_r2
        Share of the outcome's remaining variance that the campaign explains: a cause that explains all of the outcome
        would have to explain at least this share of who was reached.
    value
        Share that a cause would have to explain of both the outcome and who was reached to move the estimate to zero.
    value_of_significance
        The same to move it to where the interval touches zero; 0 where it does already.
    """

    partial_r2: float
    value: float
    value_of_significance: float


def robustness(t: float, df: float, *, conf_level: float = 0.95) -> Robustness:
    """Robustness value of a regression coefficient from its t statistic.

    Parameters
    ----------
    t
        The coefficient divided by its standard error.
    df
        Residual degrees of freedom.

    References
    ----------
    Cinelli and Hazlett (2020), JRSS B 82:39-67.

    Examples
    --------
    The published example, violence in Darfur (t 4.18 with 783 degrees of freedom):

    >>> result = robustness(4.18445, 783)
    >>> f"{result.partial_r2:.3f} {result.value:.3f} {result.value_of_significance:.3f}"
    '0.022 0.139 0.076'
    """
    if df <= 1:
        raise ValueError(f"{df} degrees of freedom leave no room for another cause")
    f = abs(t) / math.sqrt(df)
    critical = float(stdtrit(df - 1, (1 + conf_level) / 2)) / math.sqrt(df - 1)
    return Robustness(partial_r2=f**2 / (1 + f**2), value=_share(f), value_of_significance=_share_beyond(f, critical))


def _share(f: float) -> float:
    return (math.sqrt(f**4 + 4 * f**2) - f**2) / 2


def _share_beyond(f: float, critical: float) -> float:
    if f <= critical:
        return 0.0
    if f > 1 / critical:  # the strongest cause is then one that explains all of the outcome
        return (f**2 - critical**2) / (1 + f**2)
    return _share(f - critical)


def bound(*, outcome_share: float, reached_share: float, se: float, df: float) -> float:
    """The largest bias that a cause of given strength could have put into an estimate, on its scale.

    With the shares that a measured covariate explains this is a benchmark: "a cause as strong as age could have moved
    the effect by at most ...".

    Parameters
    ----------
    outcome_share, reached_share
        Share of the remaining variance of the outcome, and of who was reached, that the cause explains.
    se, df
        Standard error and residual degrees of freedom of the estimate.

    References
    ----------
    Cinelli and Hazlett (2020), equation 10.

    Examples
    --------
    >>> f"{bound(outcome_share=0.1388, reached_share=0.1388, se=0.02326, df=783):.3f}"
    '0.097'
    """
    if not 0 <= outcome_share <= 1 or not 0 <= reached_share < 1:
        raise ValueError(f"{outcome_share} and {reached_share} are not shares of variance")
    return se * math.sqrt(df * outcome_share * reached_share / (1 - reached_share))
