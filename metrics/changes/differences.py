"""Change over time: before and after, and how much more one arm changed than the other."""

import dataclasses

import numpy as np
import pandas as pd

from metrics.changes.placebos import placebo_of_change
from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason
from metrics.least_squares import FEW_CLUSTERS, fit_clustered, fit_independent
from metrics.trials.columns import fewest_clusters, labelled, measure_of, positive_weights, zero_or_one
from metrics.trials.differences import adjusted_difference, beside_placebo

INTERACTION = 3  # column of the design: arm times period


def difference_in_differences(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    period: str,
    unit: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    conf_level: float = 0.95,
) -> Estimate | NotEstimable:
    """How much more the campaign arm changed than the comparison arm, in the outcome's unit.

    For an outcome of 0 and 1 it is a difference of risk differences: 0.10 is ten percentage points. It is the effect
    of the campaign if both arms would otherwise have changed alike, which two waves cannot show.

    Different people in each wave: least squares on arm, period and their product. The same people (`unit`): the
    difference between arms in each person's change, which removes what is particular to the person. Errors are HC2;
    with a cluster CR2 with Satterthwaite degrees of freedom.

    One cluster in an arm is refused, however many people it holds: its own fortune between the waves cannot be told
    from the effect, and a cluster-robust p-value would be far too small (for one treated state of 27, .001 where
    giving each state in turn the treatment gives .19): ask `placebos_in_space`. Fewer than six clusters in an arm give
    a caution and the placebo p-value beside the robust one.

    Parameters
    ----------
    data
        One row an answer. Rows with a gap in a column used are left out, and a caution says so.
    outcome
        Column of numbers, or of 0 and 1.
    arm
        Column of 1 (or True) for the campaign and 0 for the comparison.
    period
        Column of 0 for before and 1 for after.
    unit
        Column that tells people apart, where the same people were asked twice. People seen once are left out, and a
        caution says so; `n` counts people.
    cluster
        Column of the village, school or region within which people share their fortunes.
    weights
        Column of sampling weights, above zero; with `unit` those of the later wave.
    conf_level
        0.95 for a 95 % interval.

    References
    ----------
    Bertrand, Duflo and Mullainathan (2004), Quarterly Journal of Economics 119:249-275.
    Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36:672-683 (CR2).
    Conley and Taber (2011), Review of Economics and Statistics 93:113-125 (few treated clusters).

    Examples
    --------
    >>> shares = {(0, 0): 0.2, (0, 1): 0.3, (1, 0): 0.2, (1, 1): 0.6}
    >>> people = pd.DataFrame(
    ...     [(a, p, int(i < 50 * share)) for (a, p), share in shares.items() for i in range(50)],
    ...     columns=["campaign", "after", "knows"],
    ... )
    >>> result = difference_in_differences(people, outcome="knows", arm="campaign", period="after")
    >>> f"{result.estimate:.2f} ({result.conf_low:.2f} to {result.conf_high:.2f})"
    '0.30 (0.05 to 0.55)'
    """
    used = [name for name in (outcome, arm, period, unit, cluster, weights) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    if unit is not None:
        return _of_changes(rows, outcome, arm, period, unit, cluster, weights, conf_level, cautions)
    y, treated, after = rows[outcome].to_numpy(dtype=float), zero_or_one(rows, arm), zero_or_one(rows, period)
    measure = measure_of(y)
    cells = [int(((treated == side) & (after == wave)).sum()) for side in (0, 1) for wave in (0, 1)]
    reason = None
    if min(cells) == 0:
        reason = Reason.NOBODY_IN_A_GROUP
    elif cluster is not None:
        reason = Reason.ONE_CLUSTER_IN_AN_ARM if fewest_clusters(rows[cluster], treated) < 2 else None
    elif min(cells) == 1:
        reason = Reason.ONE_PERSON_IN_A_GROUP
    if reason is not None:
        return NotEstimable(measure=measure, reason=reason, n=len(rows))
    design = np.column_stack([np.ones(len(rows)), treated, after, treated * after])
    w = positive_weights(rows, weights)
    if cluster is None:
        fit, method = fit_independent(design, y, weights=w), Method.HC2
    else:
        fit, method = fit_clustered(design, y, labelled(rows, cluster), weights=w), Method.CR2
        if fewest_clusters(rows[cluster], treated) < FEW_CLUSTERS:
            cautions = (*cautions, Caution.FEW_CLUSTERS)
    result = fit.estimate(INTERACTION, measure=measure, method=method, conf_level=conf_level, cautions=cautions)
    if cluster is None or isinstance(result, NotEstimable) or Caution.FEW_CLUSTERS not in result.cautions:
        return result
    return beside_placebo(result, placebo_of_change(y, treated, after, labelled(rows, cluster), w))


def _of_changes(
    rows: pd.DataFrame,
    outcome: str,
    arm: str,
    period: str,
    unit: str,
    cluster: str | None,
    weights: str | None,
    conf_level: float,
    cautions: tuple[Caution, ...],
) -> Estimate | NotEstimable:
    measure = measure_of(rows[outcome].to_numpy(dtype=float))
    cluster = None if cluster == unit else cluster  # one change a person: each is a cluster of its own already
    after = zero_or_one(rows, period) == 1
    if rows[[unit, period]].duplicated().any():
        twice = rows.loc[rows[[unit, period]].duplicated(), unit].iloc[0]
        raise ValueError(f"{unit} {twice} has two rows in one period")
    earlier, later = rows[~after].set_index(unit), rows[after].set_index(unit)
    both = later.index.intersection(earlier.index)
    if len(both) < max(len(earlier), len(later)):
        cautions = (*cautions, Caution.UNITS_SEEN_ONCE_DROPPED)
    change = later.loc[both, outcome].astype(float) - earlier.loc[both, outcome].astype(float)
    people = later.loc[both].assign(**{outcome: change})
    moved = people.index[people[arm] != earlier.loc[both, arm]]
    if len(moved):
        raise ValueError(f"{unit} {moved[0]} changes arm between the periods")
    result = adjusted_difference(
        people, outcome=outcome, arm=arm, cluster=cluster, weights=weights, conf_level=conf_level
    )
    if isinstance(result, NotEstimable):
        return dataclasses.replace(result, measure=measure)
    return dataclasses.replace(result, measure=measure, cautions=(*cautions, *result.cautions))
