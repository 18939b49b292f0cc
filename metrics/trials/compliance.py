"""What taking part did to those who took part because it was offered: assignment as an instrument."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason
from metrics.least_squares import FEW_CLUSTERS, fit_clustered, fit_independent, has_full_rank
from metrics.trials.columns import (
    adjusting_columns,
    fewest_clusters,
    labelled,
    measure_of,
    positive_weights,
    refused,
    zero_or_one,
)
from metrics.trials.differences import adjusted_difference, beside_placebo

STRONG = 10.0  # F statistic of the first stage; below it two-stage intervals are not to be relied on
ARM = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplierEffect:
    """The effect on compliers: people who take part if assigned and do not if not.

    Attributes
    ----------
    estimate
        In the outcome's unit for one more unit of taking part (0 to 1: for taking part).
    offer
        Effect of being assigned, whoever took part: what a programme can decide, and the test to rely on.
    taking_part
        How much being assigned changed taking part: 0.60 is sixty in a hundred.
    f_statistic
        Strength of the assignment; below ten a caution is given.
    """

    estimate: Estimate
    offer: Estimate
    taking_part: Estimate
    f_statistic: float


def complier_effect(
    data: pd.DataFrame,
    *,
    outcome: str,
    assigned: str,
    received: str,
    covariates: Sequence[str] = (),
    block: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    conf_level: float = 0.95,
) -> ComplierEffect | NotEstimable:
    """Effect of taking part on those whom the assignment moved, by two-stage least squares (without covariates: Wald).

    Comparing those who took part with those who did not would compare people who chose differently. The effect of the
    offer divided by its effect on taking part does not, if the offer works only through taking part and keeps nobody
    from it. Errors are HC2, with a cluster CR2 with Satterthwaite degrees of freedom.

    Parameters
    ----------
    assigned
        Column of 1 where the campaign was offered and 0 where it was not, drawn by chance.
    received
        Column of 1 where it was taken up, or of a dose.
    data, outcome, covariates, block, cluster, weights, conf_level
        As for `trials.adjusted_difference`.

    References
    ----------
    Angrist, Imbens and Rubin (1996), Journal of the American Statistical Association 91:444-455.
    Staiger and Stock (1997), Econometrica 65:557-586 (weak instruments).
    Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36:672-683 (CR2).

    Examples
    --------
    >>> people = pd.DataFrame({
    ...     "offered": [1] * 100 + [0] * 100,
    ...     "came": [1] * 60 + [0] * 40 + [1] * 10 + [0] * 90,
    ...     "knows": [1] * 45 + [0] * 15 + [1] * 10 + [0] * 30 + [1] * 8 + [0] * 2 + [1] * 22 + [0] * 68,
    ... })
    >>> result = complier_effect(people, outcome="knows", assigned="offered", received="came")
    >>> f"{result.offer.estimate:.2f} / {result.taking_part.estimate:.2f} = {result.estimate.estimate:.2f}"
    '0.25 / 0.50 = 0.50'
    """
    used = [name for name in (outcome, assigned, received, *covariates, block, cluster, weights) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, offered = rows[outcome].to_numpy(dtype=float), zero_or_one(rows, assigned)
    dose = rows[received].to_numpy(dtype=float)
    measure = measure_of(y)
    reason = refused(rows, offered, cluster)
    if reason is not None:
        return NotEstimable(measure=measure, reason=reason, n=len(rows))
    others = adjusting_columns(rows, covariates, block)
    instruments, regressors = (np.column_stack([np.ones(len(rows)), column, *others]) for column in (offered, dose))
    if not has_full_rank(instruments) or not has_full_rank(regressors):
        nothing = not dose.any() or np.ptp(dose) == 0
        why = Reason.ASSIGNMENT_CHANGED_NOTHING if nothing else Reason.COLLINEAR
        return NotEstimable(measure=measure, reason=why, n=len(rows))
    first, offer = (
        adjusted_difference(
            rows,
            outcome=name,
            arm=assigned,
            covariates=covariates,
            block=block,
            cluster=cluster,
            weights=weights,
            conf_level=conf_level,
        )
        for name in (received, outcome)
    )
    w = positive_weights(rows, weights)
    root = np.ones(len(rows)) if w is None else np.sqrt(w)
    stage = np.linalg.lstsq(instruments * root[:, None], regressors * root[:, None], rcond=None)[0]
    fitted = instruments @ stage
    if isinstance(offer, NotEstimable) or abs(stage[ARM, ARM]) < 1e-9 * max(1.0, float(np.abs(dose).max())):
        why = offer.reason if isinstance(offer, NotEstimable) else Reason.ASSIGNMENT_CHANGED_NOTHING
        return NotEstimable(measure=measure, reason=why, n=len(rows))
    weighted = fitted * (np.ones(len(rows)) if w is None else w)[:, None]
    effect = np.linalg.solve(weighted.T @ fitted, weighted.T @ y)
    shifted = y - (regressors - fitted) @ effect  # the same residuals, on the fitted regressors
    if cluster is None:
        fit, method = fit_independent(fitted, shifted, weights=w), Method.TWO_STAGE_HC2
    else:
        fit, method = fit_clustered(fitted, shifted, labelled(rows, cluster), weights=w), Method.TWO_STAGE_CR2
        if fewest_clusters(rows[cluster], offered) < FEW_CLUSTERS:
            cautions = (*cautions, Caution.FEW_CLUSTERS)
    if isinstance(first, NotEstimable):  # everybody took part as assigned: the offer is the taking part
        all_moved = float(stage[ARM, ARM])
        first = replace(
            offer,
            measure=measure_of(dose),
            estimate=all_moved,
            se=0.0,
            conf_low=all_moved,
            conf_high=all_moved,
            p_value=None,
        )
    strength = (first.estimate / first.se) ** 2 if first.se else np.inf
    if strength < STRONG:
        cautions = (*cautions, Caution.WEAK_INSTRUMENT)
    estimate = fit.estimate(ARM, measure=measure, method=method, conf_level=conf_level, cautions=cautions)
    if isinstance(estimate, NotEstimable):
        return estimate
    estimate = beside_placebo(estimate, offer.placebo_p_value)  # without an effect of the offer there is none of coming
    return ComplierEffect(estimate=estimate, offer=offer, taking_part=first, f_statistic=float(strength))
