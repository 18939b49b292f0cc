"""Whether small studies show larger effects, as they do where those without an effect stay unpublished."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.stats import kendalltau, rankdata

from metrics.pooling.heterogeneity import Estimator, Studies, between_studies, weighted
from metrics.pooling.summary import Adjustment, Pooled, interval, studies_of, summarise, two_sided

ENOUGH = 10  # studies; with fewer the tests miss most of what there is to find


class Spread(StrEnum):
    """How a regression on standard errors allows for more scatter than sampling explains."""

    MULTIPLICATIVE = "multiplicative"  # Egger's own: the residual variance scales
    ADDITIVE = "additive"  # a meta-regression with tau²


@dataclass(frozen=True, slots=True, kw_only=True)
class Asymmetry:
    """A test of funnel plot asymmetry.

    Attributes
    ----------
    statistic, df, p_value
        Of no asymmetry; `df` is infinite where the statistic is normal and None for a rank correlation.
    limit, limit_low, limit_high
        The effect that a study without sampling error would show by this line; None for the rank test.
    enough_studies
        False with fewer than ten: then silence means nothing.
    """

    statistic: float
    df: float | None
    p_value: float
    limit: float | None
    limit_low: float | None
    limit_high: float | None
    enough_studies: bool


def egger(
    effects: Sequence[float],
    variances: Sequence[float],
    *,
    spread: str = "multiplicative",
    method: str = "REML",
    conf_level: float = 0.95,
) -> Asymmetry:
    """Regression of the effects on their standard errors, weighted by precision.

    Egger's own test allows for more scatter by a factor; the additive form is a meta-regression with tau² by `method`.
    Log odds ratios depend on their own standard errors: for them the test is too eager.

    References
    ----------
    Egger, Davey Smith, Schneider and Minder (1997), BMJ 315:629-634. Sterne et al. (2011), BMJ 343:d4002 (k >= 10).

    Examples
    --------
    >>> test = egger([0.1, 0.2, 0.35, 0.6, 0.9], [0.001, 0.01, 0.03, 0.09, 0.2])
    >>> f"{test.limit:.2f}", test.enough_studies
    ('0.04', False)
    """
    studies = _on_their_errors(effects, variances)
    additive = Spread(spread) == Spread.ADDITIVE
    tau2 = between_studies(studies, Estimator(method)).tau2 if additive else 0.0
    fit = weighted(studies, 1 / (studies.v + tau2))
    df, factor = (math.inf, 1.0) if additive else (float(studies.df), fit.q / studies.df)
    errors = np.sqrt(np.diag(fit.bread) * factor)
    rise = abs(float(fit.coefficients[1])) * float(np.ptp(studies.x[:, 1]))
    statistic = float(fit.coefficients[1] / errors[1]) if rise > _rounding(studies) else 0.0
    low, high = interval(float(fit.coefficients[0]), float(errors[0]), df, conf_level)
    return Asymmetry(
        statistic=statistic,
        df=df,
        p_value=two_sided(statistic, df),
        limit=float(fit.coefficients[0]),
        limit_low=low,
        limit_high=high,
        enough_studies=studies.k >= ENOUGH,
    )


def _rounding(studies: Studies) -> float:
    """What rounding leaves of effects that are all the same."""
    return 1e-12 * float(np.abs(studies.y).max())


def _on_their_errors(effects: Sequence[float], variances: Sequence[float]) -> Studies:
    """Studies with their standard errors as a moderator."""
    studies = studies_of(effects, variances)
    if studies.k < 3:
        raise ValueError(f"{studies.k} studies have no line through them, there must be three or more")
    if np.ptp(studies.v) == 0:
        raise ValueError("all studies have the same variance, so that no line can be drawn")
    return Studies(studies.y, studies.v, np.column_stack([studies.x, np.sqrt(studies.v)]))


def begg(effects: Sequence[float], variances: Sequence[float]) -> Asymmetry:
    """Rank correlation (Kendall's tau) of standardised effects with their variances, in its normal form.

    References
    ----------
    Begg and Mazumdar (1994), Biometrics 50:1088-1101.

    Examples
    --------
    >>> f"{begg([0.1, 0.2, 0.35, 0.6, 0.9], [0.001, 0.01, 0.03, 0.09, 0.2]).statistic:.1f}"
    '1.0'
    """
    studies = studies_of(effects, variances)
    fit = weighted(studies, 1 / studies.v)
    apart = studies.y - fit.coefficients[0]
    tau, p_value = 0.0, 1.0
    if np.abs(apart).max() > _rounding(studies):
        standardised = apart / np.sqrt(studies.v - fit.bread[0, 0])
        tau, p_value = kendalltau(standardised, studies.v, method="asymptotic")
    return Asymmetry(
        statistic=float(tau),
        df=None,
        p_value=float(p_value),
        limit=None,
        limit_low=None,
        limit_high=None,
        enough_studies=studies.k >= ENOUGH,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The average with the studies that symmetry would ask for: a sensitivity, not a correction.

    Attributes
    ----------
    missing
        Studies filled in.
    side
        On which side of the funnel they were missing.
    filled
        Their effects; their variances are those of the studies they mirror.
    pooled
        The average of all studies, filled ones included.
    """

    missing: int
    side: str
    filled: tuple[float, ...]
    pooled: Pooled


def trim_and_fill(
    effects: Sequence[float],
    variances: Sequence[float],
    *,
    method: str = "REML",
    adjustment: str = "none",
    conf_level: float = 0.95,
) -> Filled:
    """How the average would change if the funnel were symmetrical (Duval and Tweedie's estimator L0).

    The side on which studies may be missing is that to which the effects fall as standard errors grow.

    Raises
    ------
    ValueError
        With fewer than three studies, or where all have the same variance.

    References
    ----------
    Duval and Tweedie (2000), Biometrics 56:455-463; JASA 95:89-98.

    Examples
    --------
    >>> result = trim_and_fill([0.1, 0.2, 0.35, 0.6, 0.9, 1.1], [0.001, 0.01, 0.03, 0.09, 0.2, 0.3])
    >>> result.missing, result.side
    (3, 'left')
    """
    studies = _on_their_errors(effects, variances)
    tau2 = between_studies(studies, Estimator(method)).tau2
    left = weighted(studies, 1 / (studies.v + tau2)).coefficients[1] >= 0
    sign = 1.0 if left else -1.0
    places = np.argsort(sign * studies.y, kind="stable")
    y, v = (sign * studies.y)[places], studies.v[places]
    missing, centre = _trimmed(y, v, Estimator(method))
    filled = 2 * centre - y[len(y) - missing :]
    everything = studies_of([*y, *filled], [*v, *v[len(v) - missing :]])
    whole = Studies(sign * everything.y, everything.v, everything.x)
    return Filled(
        missing=missing,
        side="left" if left else "right",
        filled=tuple((sign * filled).tolist()),
        pooled=summarise(whole, Estimator(method), Adjustment(adjustment), conf_level),
    )


def _trimmed(y: np.ndarray, v: np.ndarray, method: Estimator) -> tuple[int, float]:
    """How many of the largest effects have no counterpart, and the centre without them; `y` ascends."""
    k, missing, seen = len(y), 0, set[int]()
    while True:
        rest = Studies(y[: k - missing], v[: k - missing], np.ones((k - missing, 1)))
        tau2 = between_studies(rest, method).tau2 if rest.k > 1 else 0.0
        centre = float(weighted(rest, 1 / (rest.v + tau2)).coefficients[0])
        if missing in seen:
            return missing, centre
        seen.add(missing)
        ranks = rankdata(np.abs(y - centre))
        above = float(ranks[y > centre].sum())
        missing = max(0, round((4 * above - k * (k + 1)) / (2 * k - 1)))  # of three studies or more not all
