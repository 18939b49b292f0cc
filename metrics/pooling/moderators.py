"""Whether effects differ by what studies differ in: meta-regression."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, fdtrc

from metrics.estimates import check_conf_level
from metrics.pooling.heterogeneity import Estimator, Heterogeneity, Studies, between_studies, weighted
from metrics.pooling.summary import Adjustment, inflation, interval, studies_of, two_sided


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One term: the change of the average effect for one unit of the moderator."""

    term: str
    estimate: float
    se: float
    conf_low: float
    conf_high: float
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaRegression:
    """Effects explained by moderators.

    Attributes
    ----------
    k
        Studies.
    coefficients
        The intercept and one term a moderator.
    df
        Degrees of freedom of the coefficients' t distribution, infinite for the normal one.
    heterogeneity
        What the moderators leave unexplained.
    r2
        Share of tau² that they explain, 0 to 1; None where there was none to explain.
    statistic, statistic_df, p_value
        Test that no moderator matters: F with two degrees of freedom with a Knapp-Hartung adjustment, else chi-squared
        (the second is infinite).
    """

    k: int
    coefficients: tuple[Coefficient, ...]
    df: float
    conf_level: float
    method: Estimator
    adjustment: Adjustment
    heterogeneity: Heterogeneity
    r2: float | None
    statistic: float
    statistic_df: tuple[int, float]
    p_value: float


def meta_regression(
    effects: Sequence[float],
    variances: Sequence[float],
    moderators: Mapping[str, Sequence[float]],
    *,
    method: str = "REML",
    adjustment: str = "knapp_hartung_modified",
    conf_level: float = 0.95,
) -> MetaRegression:
    """Regression of effects on what the studies differ in, with tau² for what remains.

    A category is given as columns of 0 and 1, one fewer than it has values. A difference between studies is not the
    effect of the moderator: studies differ in much else.

    Parameters
    ----------
    moderators
        For each term one number a study.

    Raises
    ------
    ValueError
        Where there are not at least two studies more than terms, or a term repeats the others.

    References
    ----------
    Knapp and Hartung (2003), Statistics in Medicine 22:2693-2710.
    Raudenbush (2009), in The Handbook of Research Synthesis and Meta-Analysis, 2nd ed., 295-315 (R²).

    Examples
    --------
    >>> result = meta_regression([0.1, 0.2, 0.3, 0.42], [0.01, 0.01, 0.01, 0.01], {"weeks": [1, 2, 3, 4]})
    >>> [f"{term.term} {term.estimate:.3f}" for term in result.coefficients]
    ['intercept -0.010', 'weeks 0.106']
    """
    check_conf_level(conf_level)
    alone = studies_of(effects, variances)
    x = np.column_stack([alone.x, *(np.asarray(values, dtype=np.float64) for values in moderators.values())])
    if alone.k < x.shape[1] + 2:
        raise ValueError(f"{alone.k} studies are too few for {x.shape[1]} terms, there must be two more than terms")
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise ValueError(f"of the terms {', '.join(moderators)} one repeats the others or is the same in all studies")
    studies, estimator, chosen = Studies(alone.y, alone.v, x), Estimator(method), Adjustment(adjustment)
    spread = between_studies(studies, estimator)
    fit = weighted(studies, 1 / (studies.v + spread.tau2))
    variance = fit.bread * inflation(fit.q, studies.df, chosen)
    df = math.inf if chosen == Adjustment.NONE else float(studies.df)
    terms = len(moderators)
    wald = float(fit.coefficients[1:] @ np.linalg.solve(variance[1:, 1:], fit.coefficients[1:]))
    statistic = wald if math.isinf(df) else wald / terms
    unexplained = between_studies(alone, estimator).tau2
    return MetaRegression(
        k=studies.k,
        coefficients=tuple(
            _coefficient(term, float(beta), math.sqrt(square), df, conf_level)
            for term, beta, square in zip(
                ["intercept", *moderators], fit.coefficients, np.diag(variance).tolist(), strict=True
            )
        ),
        df=df,
        conf_level=conf_level,
        method=estimator,
        adjustment=chosen,
        heterogeneity=spread,
        r2=max(0.0, (unexplained - spread.tau2) / unexplained) if unexplained > 0 else None,
        statistic=statistic,
        statistic_df=(terms, df),
        p_value=float(chdtrc(terms, statistic) if math.isinf(df) else fdtrc(terms, df, statistic)),
    )


def _coefficient(term: str, estimate: float, se: float, df: float, conf_level: float) -> Coefficient:
    low, high = interval(estimate, se, df, conf_level)
    return Coefficient(
        term=term, estimate=estimate, se=se, conf_low=low, conf_high=high, p_value=two_sided(estimate / se, df)
    )
