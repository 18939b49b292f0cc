"""Randomised designs: the difference between arms, adjusted for what was known before, with honest errors."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason
from metrics.least_squares import FEW_CLUSTERS, Array, Labels, fit_clustered, fit_independent, has_full_rank
from metrics.trials.columns import (
    adjusting_columns,
    fewest_clusters,
    labelled,
    measure_of,
    positive_weights,
    refused,
    zero_or_one,
)
from metrics.trials.randomisation import placebo_p_value

ARM = 1  # column of the design that holds the arm


def adjusted_difference(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    covariates: Sequence[str] = (),
    block: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    interacted: bool = False,
    conf_level: float = 0.95,
) -> Estimate | NotEstimable:
    """Mean of the outcome in the campaign arm minus the comparison arm, in the outcome's unit.

    For an outcome of 0 and 1 it is a risk difference: 0.10 is ten percentage points.

    Without covariates it is the difference in means; with them (ANCOVA) the difference among people alike in what
    was known before, which is more precise and, in a trial, as unbiased. Errors are HC2, which is right whether or
    not the arms vary alike; with a cluster they are CR2 with Satterthwaite degrees of freedom, the one method that
    keeps its error rate at six to ten clusters.

    Parameters
    ----------
    data
        One row a respondent. Rows with a gap in a column used are left out, and a caution says so.
    outcome
        Column of numbers, or of 0 and 1.
    arm
        Column of 1 (or True) for the campaign and 0 for the comparison.
    covariates
        Columns known before the campaign; a column of text counts as categories.
    block
        Column of the block within which arms were drawn; each block has its own level.
    cluster
        Column of the school, village or other group that was drawn as a whole. Fewer than six clusters in an arm, or
        fewer than four degrees of freedom because a few outweigh the rest, give a caution and the placebo p-value of
        drawing the arms again; a single cluster in an arm a refusal: the effect cannot be told from that cluster's
        own fortune.
    weights
        Column of sampling weights, above zero.
    interacted
        Let each covariate matter differently in each arm (Lin): never less precise in large samples.
    conf_level
        0.95 for a 95 % interval.

    Returns
    -------
    Estimate
        With `n` respondents and, where clustered, `clusters`, `icc` (one-way analysis of variance within arms, zero
        where negative) and the `design_effect` that the correlation and the unequal cluster sizes imply.
    NotEstimable
        Nobody or one person in an arm, one cluster in an arm, no variation, or columns that repeat one another.

    References
    ----------
    Lin (2013), Annals of Applied Statistics 7:295-318, section 4 and corollary 2 (`interacted`).
    Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36:672-683 (CR2).
    Eldridge, Ashby and Kerry (2006), International Journal of Epidemiology 35:1292-1300 (design effect).

    Examples
    --------
    >>> people = pd.DataFrame({"knows": [1, 1, 1, 0, 1, 0, 0, 0], "campaign": [1, 1, 1, 1, 0, 0, 0, 0]})
    >>> result = adjusted_difference(people, outcome="knows", arm="campaign")
    >>> f"{result.estimate:.2f} ({result.conf_low:.2f} to {result.conf_high:.2f}), p = {result.p_value:.3f}"
    '0.50 (-0.37 to 1.37), p = 0.207'
    """
    used = [name for name in (outcome, arm, *covariates, block, cluster, weights) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, treated = rows[outcome].to_numpy(dtype=float), zero_or_one(rows, arm)
    measure = measure_of(y)
    refusal = refused(rows, treated, cluster)
    if refusal is not None:
        return NotEstimable(measure=measure, reason=refusal, n=len(rows))
    adjusting = adjusting_columns(rows, covariates, block, interacted_with=treated if interacted else None)
    design = np.column_stack([np.ones(len(rows)), treated, *adjusting])
    if not has_full_rank(design) or len(rows) <= design.shape[1]:
        return NotEstimable(measure=measure, reason=Reason.COLLINEAR, n=len(rows))
    w = positive_weights(rows, weights)
    if cluster is None:
        fit = fit_independent(design, y, weights=w)
    else:
        fit = fit_clustered(design, y, labelled(rows, cluster), weights=w)
        if fewest_clusters(rows[cluster], treated) < FEW_CLUSTERS:
            cautions = (*cautions, Caution.FEW_CLUSTERS)
    method = _method(covariates, block, cluster, interacted)
    result = fit.estimate(ARM, measure=measure, method=method, conf_level=conf_level, cautions=cautions)
    if cluster is None or isinstance(result, NotEstimable):
        return result
    icc, design_effect = intracluster_correlation(y, labelled(rows, cluster), treated)
    result = dataclasses.replace(result, icc=icc, design_effect=design_effect)
    if Caution.FEW_CLUSTERS not in result.cautions:
        return result
    columns = np.column_stack([np.ones(len(rows)), *adjusting])
    within = None if block is None else labelled(rows, block)
    return beside_placebo(
        result, placebo_p_value(y, columns, treated, labelled(rows, cluster), block=within, weights=w)
    )


def beside_placebo(result: Estimate, placebo: float | None) -> Estimate:
    """The estimate with the placebo p-value, and a caution where that does not see what the robust one sees.

    Examples
    --------
    One treated state of 27, as in `changes.difference_in_differences`:

    >>> robust = Estimate(
    ...     measure="mean_difference", estimate=1.0, se=0.25, conf_low=0.5, conf_high=1.5, p_value=0.001,
    ...     df=26, conf_level=0.95, method="cr2", n=540,
    ... )
    >>> both = beside_placebo(robust, 0.19)
    >>> both.placebo_p_value, [str(caution) for caution in both.cautions]
    (0.19, ['placebo_disagrees'])
    """
    if placebo is None or result.p_value is None:
        return result
    alpha = 1 - result.conf_level
    disagrees = (Caution.PLACEBO_DISAGREES,) if result.p_value < alpha <= placebo else ()
    return dataclasses.replace(result, placebo_p_value=placebo, cautions=(*result.cautions, *disagrees))


def intracluster_correlation(outcome: Array, cluster: Labels, group: Array) -> tuple[float | None, float | None]:
    """Share of the variance within groups that lies between clusters, and the design effect that follows from it.

    Analysis of variance of the outcome less its group's mean; a negative correlation counts as zero. The design
    effect is 1 + ((CV^2 + 1) m - 1) ICC, with m the mean and CV the coefficient of variation of cluster sizes.
    None where each cluster holds one answer, or nothing varies.

    References
    ----------
    Donner and Klar (2000), Design and Analysis of Cluster Randomization Trials, section 6.3.
    Eldridge, Ashby and Kerry (2006), International Journal of Epidemiology 35:1292-1300, formula 3.

    Examples
    --------
    >>> answers, schools = np.array([1.0, 1, 0, 0, 1, 1, 0, 0]), np.array([0, 0, 1, 1, 2, 2, 3, 3])
    >>> intracluster_correlation(answers, schools, np.array([0, 0, 0, 0, 1, 1, 1, 1]))
    (1.0, 2.0)
    """
    frame = pd.DataFrame({"y": outcome, "cluster": cluster, "group": group})
    cells = frame.groupby(["group", "cluster"])["y"]
    sizes, means = cells.transform("size"), cells.transform("mean")
    centre = frame.groupby("group")["y"].transform("mean")
    group_sizes = frame.groupby("group")["y"].transform("size")
    n, count, groups = len(frame), cells.ngroups, frame["group"].nunique()
    if n == count or count <= groups:
        return None, None
    between = float(((means - centre) ** 2).sum()) / (count - groups)
    within = float(((frame["y"] - means) ** 2).sum()) / (n - count)
    typical_size = (n - float((sizes / group_sizes).sum())) / (count - groups)
    total = between + (typical_size - 1) * within
    if total <= 0:
        return None, None
    icc = max(0.0, (between - within) / total)
    return icc, 1 + (float(sizes.mean()) - 1) * icc


def _method(covariates: Sequence[str], block: str | None, cluster: str | None, interacted: bool) -> Method:
    if interacted and covariates:
        return Method.LIN_HC2 if cluster is None else Method.LIN_CR2
    if covariates or block:
        return Method.ANCOVA_HC2 if cluster is None else Method.ANCOVA_CR2
    return Method.HC2 if cluster is None else Method.CR2
