"""Shares across ordered groups: does more exposure go with more people, and how much exposure reaches half of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from metrics.counts import binomial
from metrics.estimates import Measure, NotEstimable, Proportion, Reason
from metrics.least_squares import Array
from metrics.proportions.normal import normal_quantile
from metrics.proportions.strata import Test


def trend(groups: Sequence[Proportion], *, scores: Sequence[float] | None = None) -> Test:
    """Cochran and Armitage's test that the share neither rises nor falls across ordered groups.

    It finds a steady rise that a comparison of all groups at once would miss.

    Parameters
    ----------
    groups
        In order: seen never, once, twice ….
    scores
        Where each stands; 1, 2, 3 … unless given.

    References
    ----------
    Cochran (1954), Biometrics 10:417-451. Armitage (1955), Biometrics 11:375-386.

    Examples
    --------
    >>> test = trend([Proportion(83, 86), Proportion(90, 93), Proportion(129, 136), Proportion(70, 82)])
    >>> f"{test.statistic:.2f}, p = {test.p_value:.4f}"
    '8.22, p = 0.0041'
    """
    x, n = np.array([(group.events, group.total) for group in groups], dtype=float).T
    at = np.arange(1, len(x) + 1, dtype=float) if scores is None else np.asarray(scores, dtype=float)
    if len(at) != len(x) or len(x) < 2:
        raise ValueError(f"{len(x)} groups with {len(at)} scores: at least two of each are needed")
    share, centre = x.sum() / n.sum(), (n @ at) / n.sum()
    variance = float(share * (1 - share) * (n @ (at - centre) ** 2))
    statistic = float((at - centre) @ x) ** 2 / variance if variance > 0 else 0.0
    return Test(statistic=statistic, df=1, p_value=float(chdtrc(1, statistic)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """The dose at which a share is reached, on the scale of the doses given (their logarithm where that was).

    `se` is that of independent people (delta method); the limits are infinite where the slope is not told from zero.
    """

    share: float
    dose: float
    se: float
    conf_low: float
    conf_high: float
    conf_level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseResponse:
    """A logit line of the share on the dose.

    Attributes
    ----------
    intercepts
        Log odds at dose zero, one a group.
    slope
        Log odds ratio of one more unit of dose; `slope_se` its standard error.
    doses
        Where the asked shares are reached in the first group.
    dispersion
        Variance of the rows over that of independent people. Standard errors do not hold it; where it is above 1 the
        limits do.
    """

    intercepts: tuple[float, ...]
    slope: float
    slope_se: float
    doses: tuple[Dose, ...]
    dispersion: float


def dose_response(
    doses: Sequence[float],
    answers: Sequence[Proportion],
    *,
    group: Sequence[str] | None = None,
    shares: Sequence[float] = (0.25, 0.5, 0.75),
    conf_level: float = 0.95,
) -> DoseResponse | NotEstimable:
    """How the odds rise with the dose, and the dose that reaches each share, with Fieller's interval.

    A rise with the number of times that people say they saw a campaign is no effect of it: who remembers more also
    knows more. Where the dose was drawn at random it is.

    Parameters
    ----------
    doses
        One a row, or their logarithm.
    group
        Of each row, where groups start from different shares; the doses are those of the first in order.
    shares
        Strictly between 0 and 1.

    References
    ----------
    Finney (1971), Probit Analysis, 3rd edition, chapter 4. Venables and Ripley (2002), Modern Applied Statistics with
    S, section 7.2.

    Examples
    --------
    >>> result = dose_response([0, 1, 2, 3], [Proportion(x, 50) for x in (5, 12, 20, 33)])
    >>> half = result.doses[1]
    >>> f"half at {half.dose:.2f} ({half.conf_low:.2f} to {half.conf_high:.2f})"
    'half at 2.33 (1.98 to 2.82)'
    """
    z = normal_quantile(conf_level)
    at = np.asarray(doses, dtype=float)
    x, n = np.array([(p.events, p.total) for p in answers], dtype=float).T
    names = np.array(["" for _ in answers] if group is None else list(group))
    levels = sorted(set(names.tolist()))
    design = np.column_stack([*[(names == level).astype(float) for level in levels], at])
    fit = binomial(design, x, n)
    if fit is None:
        return NotEstimable(measure=Measure.ODDS_RATIO, reason=Reason.NO_SOLUTION, n=int(n.sum()))
    intercept, slope = float(fit.coefficients[0]), float(fit.coefficients[-1])
    spread = fit.unscaled[np.ix_([0, -1], [0, -1])]
    found = []
    for share in shares:
        dose = (math.log(share / (1 - share)) - intercept) / slope
        push = np.array([1.0, dose]) / slope
        se = math.sqrt(float(push @ spread @ push))
        low, high = _fieller(intercept - math.log(share / (1 - share)), slope, spread * z**2 * max(fit.dispersion, 1.0))
        found.append(Dose(share=share, dose=dose, se=se, conf_low=low, conf_high=high, conf_level=conf_level))
    return DoseResponse(
        intercepts=tuple(fit.coefficients[:-1].tolist()),
        slope=slope,
        slope_se=float(fit.standard_errors(dispersed=False)[-1]),
        doses=tuple(found),
        dispersion=fit.dispersion,
    )


def _fieller(height: float, slope: float, squares: Array) -> tuple[float, float]:
    """Where the line may cross zero; `squares` is the covariance of its two terms times the squared quantile."""
    a, b = slope**2 - squares[1, 1], height * slope - squares[0, 1]
    c = height**2 - squares[0, 0]
    if a <= 0:
        return -math.inf, math.inf
    root = math.sqrt(max(b**2 - a * c, 0.0))
    return (-b - root) / a, (-b + root) / a
