"""Yes-or-no outcomes adjusted by a logistic model: odds ratios, and the share of all people who say yes in each arm."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, stdtr, stdtrit

from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import (
    FEW_CLUSTERS,
    LEAST_DF,
    Array,
    Correction,
    Fit,
    Labels,
    fit_clustered,
    fit_independent,
    has_full_rank,
)
from metrics.trials.columns import (
    adjusting_columns,
    fewest_clusters,
    labelled,
    positive_weights,
    refused,
    zero_or_one,
)
from metrics.trials.differences import beside_placebo
from metrics.trials.randomisation import placebo_p_value

ARM = 1
ROUNDS = 25  # of Newton; a model that has an estimate needs ten


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedShares:
    """One comparison of a yes-or-no outcome on three scales, all from one logistic model.

    `difference` (0.10 is ten percentage points) and `ratio` compare the shares that would say yes if everybody were in
    the campaign arm, and if nobody were; `odds_ratio` compares people alike in the covariates. They agree on the
    direction, but each is tested on its own scale.
    """

    difference: Estimate
    ratio: Estimate
    odds_ratio: Estimate
    share_campaign: float
    share_comparison: float


def fit_logistic(
    design: Array,
    outcome: Array,
    cluster: Labels | None = None,
    *,
    weights: Array | None = None,
    correction: Correction = Correction.CR2,
) -> Fit | None:
    """Logits by maximum likelihood with robust errors; None where a group answered all alike.

    At the solution the model is least squares of the working outcome with the binomial variance as weights, so that
    HC2, and CR2 with its degrees of freedom, are those of that weighted fit.

    Parameters
    ----------
    design
        One row a person, one column a coefficient, of full rank.
    outcome
        0 or 1.
    cluster
        Number of each person's cluster, from zero; without it errors are HC2.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, section 2.5.
    Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36:672-683, section 2.

    Examples
    --------
    Where 56 of 70 know and 48 of 80, the odds are 4 and 1.5:

    >>> knows, arm = np.repeat([1.0, 0, 1, 0], [56, 14, 48, 32]), np.repeat([1.0, 0], [70, 80])
    >>> fit = fit_logistic(np.column_stack([np.ones(150), arm]), knows)
    >>> np.exp(fit.coefficients).round(4).tolist(), round(4 / 1.5, 4)
    ([1.5, 2.6667], 2.6667)
    """
    w = np.ones(len(outcome)) if weights is None else weights
    coefficients = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        share = expit(design @ coefficients)
        spread = share * (1 - share)
        score = design.T @ (w * (outcome - share))
        step = np.linalg.lstsq(design.T @ (design * (w * spread)[:, None]), score, rcond=None)[0]
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-11:
            break
    else:  # still moving: coefficients without a bound, because a group is told apart
        return None
    share = expit(design @ coefficients)
    root = np.sqrt(share * (1 - share))
    working = root * (design @ coefficients) + (outcome - share) / root
    scaled = design * root[:, None]
    if cluster is None:
        return fit_independent(scaled, working, weights=weights)
    return fit_clustered(scaled, working, cluster, weights=weights, correction=correction, scaled_by=root)


def adjusted_shares(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    covariates: Sequence[str] = (),
    block: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    conf_level: float = 0.95,
) -> AdjustedShares | NotEstimable:
    """Difference, ratio and odds ratio of an outcome of 0 and 1, adjusted for what was known before.

    The model is fitted to everybody; each person's chance of a yes is then computed in either arm and averaged. Unlike
    the difference of a linear model, shares stay between 0 and 1. In a trial the difference and the ratio are right
    even where the model is not. Errors are HC2, with a cluster CR2 with Satterthwaite degrees of freedom, carried over
    by the delta method: for ratios on the logarithm. With few clusters the placebo p-value of a linear model is beside.
    The covariates of those asked are taken as given.

    Parameters
    ----------
    data, outcome, arm, covariates, block, cluster, weights, conf_level
        As for `trials.adjusted_difference`; the outcome is 0 or 1.

    References
    ----------
    Freedman (2008), Statistical Science 23:237-249. Localio, Margolis and Berlin (2007), Journal of Clinical
    Epidemiology 60:874-882 (delta method).

    Examples
    --------
    >>> people = pd.DataFrame({"knows": [1] * 56 + [0] * 14 + [1] * 48 + [0] * 32, "campaign": [1] * 70 + [0] * 80})
    >>> result = adjusted_shares(people, outcome="knows", arm="campaign")
    >>> f"{result.share_campaign:.2f} and {result.share_comparison:.2f}, odds ratio {result.odds_ratio.estimate:.2f}"
    '0.80 and 0.60, odds ratio 2.67'
    """
    check_conf_level(conf_level)
    used = [name for name in (outcome, arm, *covariates, block, cluster, weights) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, treated = zero_or_one(rows, outcome), zero_or_one(rows, arm)
    design = np.column_stack([np.ones(len(rows)), treated, *adjusting_columns(rows, covariates, block)])
    labels = None if cluster is None else labelled(rows, cluster)
    reason = refused(rows, treated, cluster)
    if reason is None and (not has_full_rank(design) or len(rows) <= design.shape[1]):
        reason = Reason.COLLINEAR
    w = positive_weights(rows, weights)
    fit = None if reason else fit_logistic(design, y, labels, weights=w)
    if fit is None:
        return NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=reason or Reason.NO_VARIATION, n=len(rows))
    if cluster is not None and (fit.df[ARM] < LEAST_DF or fewest_clusters(rows[cluster], treated) < FEW_CLUSTERS):
        cautions = (*cautions, Caution.FEW_CLUSTERS)
    placebo = None
    if labels is not None and Caution.FEW_CLUSTERS in cautions:
        within = None if block is None else labelled(rows, block)
        placebo = placebo_p_value(y, np.delete(design, ARM, axis=1), treated, labels, block=within, weights=w)
    method = Method.LOGIT_HC2 if cluster is None else Method.LOGIT_CR2
    return _shares(fit, design, w, method=method, conf_level=conf_level, cautions=cautions, placebo=placebo)


def _shares(
    fit: Fit,
    design: Array,
    weights: Array | None,
    *,
    method: Method,
    conf_level: float,
    cautions: tuple[Caution, ...],
    placebo: float | None,
) -> AdjustedShares:
    shares, slopes = [], []
    for side in (1.0, 0.0):
        there = design.copy()
        there[:, ARM] = side
        share = expit(there @ fit.coefficients)
        shares.append(float(np.average(share, weights=weights)))
        slopes.append(np.average(there * (share * (1 - share))[:, None], axis=0, weights=weights))
    (campaign, comparison), (up, down) = shares, slopes
    odds = np.eye(design.shape[1])[ARM]

    def estimated(measure: Measure, value: float, slope: Array) -> Estimate:
        se, df = math.sqrt(float(slope @ fit.covariance @ slope)), float(fit.df[ARM])
        half = float(stdtrit(df, (1 + conf_level) / 2)) * se
        limits = value - half, value + half
        low, high = (math.exp(limit) for limit in limits) if measure.is_ratio else limits
        found = Estimate(
            measure=measure,
            estimate=math.exp(value) if measure.is_ratio else value,
            se=se,
            conf_low=low,
            conf_high=high,
            p_value=2 * float(stdtr(df, -abs(value) / se)),
            df=df,
            conf_level=conf_level,
            method=method,
            n=fit.n,
            clusters=fit.clusters,
            cautions=cautions,
        )
        return beside_placebo(found, placebo)

    return AdjustedShares(
        difference=estimated(Measure.RISK_DIFFERENCE, campaign - comparison, up - down),
        ratio=estimated(Measure.RISK_RATIO, math.log(campaign / comparison), up / campaign - down / comparison),
        odds_ratio=estimated(Measure.ODDS_RATIO, float(fit.coefficients[ARM]), odds),
        share_campaign=campaign,
        share_comparison=comparison,
    )
