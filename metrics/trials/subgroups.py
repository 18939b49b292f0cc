"""Several arms, and whether the campaign works differently for different people."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason
from metrics.least_squares import FEW_CLUSTERS, Array, fit_clustered, fit_independent, has_full_rank
from metrics.multiplicity import adjusted_p_values
from metrics.trials.columns import (
    categories,
    fewest_clusters,
    labelled,
    measure_of,
    positive_weights,
    refused,
    zero_or_one,
)
from metrics.trials.differences import adjusted_difference

CORRECTIONS = ("holm", "benjamini_hochberg")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmEffect:
    """One arm against the comparison; see `compare_arms`.

    The interval and the p-value of `estimate` are those of this arm alone. `holm` and `benjamini_hochberg` are its
    p-values corrected for the other arms; None where there is no estimate.
    """

    arm: Hashable
    estimate: Estimate | NotEstimable
    holm: float | None
    benjamini_hochberg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubgroupEffect:
    """The effect among people of one level of a characteristic."""

    level: Hashable
    estimate: Estimate | NotEstimable


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """Whether the effect differs between people: `p_value` of no difference, before any subgroup is looked at.

    `differences` holds, for each modifier (each level but the first of a text one), how much the effect differs by one
    more unit (or from the first level), in the outcome's unit.
    """

    p_value: float
    differences: dict[str, Estimate]


def compare_arms(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    comparison: Hashable,
    covariates: Sequence[str] = (),
    block: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    conf_level: float = 0.95,
) -> tuple[ArmEffect, ...]:
    """Each arm of a trial with several against the comparison arm, with p-values corrected for looking at all of them.

    Each is the adjusted difference of the people in the two arms concerned, so that what another arm does to the
    spread of answers does not matter.

    Parameters
    ----------
    arm
        Column of arms, by any name.
    comparison
        The name of the comparison arm.
    data, outcome, covariates, block, cluster, weights, conf_level
        As for `trials.adjusted_difference`.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6:65-70. Benjamini and Hochberg (1995), JRSS B 57:289-300.

    Examples
    --------
    >>> people = pd.DataFrame({"arm": ["none"] * 50 + ["film"] * 50 + ["radio"] * 50})
    >>> people["knows"] = [1] * 15 + [0] * 35 + [1] * 30 + [0] * 20 + [1] * 20 + [0] * 30
    >>> for effect in compare_arms(people, outcome="knows", arm="arm", comparison="none"):
    ...     print(effect.arm, f"{effect.estimate.estimate:.2f}, p = {effect.estimate.p_value:.4f}, {effect.holm:.4f}")
    film 0.30, p = 0.0023, 0.0046
    radio 0.10, p = 0.2993, 0.2993
    """
    names = sorted((name for name in data[arm].dropna().unique() if name != comparison), key=str)
    if len(names) == data[arm].dropna().nunique():
        raise ValueError(f"no row has {comparison!r} in column {arm!r}")
    found = []
    for name in names:
        rows = data[data[arm].isin([name, comparison])]
        pair = rows.assign(**{arm: (rows[arm] == name).astype(float)})
        found.append(
            adjusted_difference(
                pair,
                outcome=outcome,
                arm=arm,
                covariates=covariates,
                block=block,
                cluster=cluster,
                weights=weights,
                conf_level=conf_level,
            )
        )
    p_values = [effect.p_value for effect in found if isinstance(effect, Estimate) and effect.p_value is not None]
    corrected = {name: iter(adjusted_p_values(p_values, method=name) if p_values else ()) for name in CORRECTIONS}
    return tuple(
        ArmEffect(
            arm=name,
            estimate=effect,
            holm=next(corrected["holm"]) if isinstance(effect, Estimate) else None,
            benjamini_hochberg=next(corrected["benjamini_hochberg"]) if isinstance(effect, Estimate) else None,
        )
        for name, effect in zip(names, found, strict=True)
    )


def subgroup_effects(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    subgroup: str,
    cluster: str | None = None,
    weights: str | None = None,
    conf_level: float = 0.95,
) -> tuple[SubgroupEffect, ...]:
    """The difference between arms among the people of each level of `subgroup`.

    That one subgroup's interval excludes zero and another's does not is no sign that they differ: ask
    `heterogeneity` first.

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["F", "M"] * 40, "arm": [1] * 40 + [0] * 40})
    >>> people["knows"] = [1, 1] * 10 + [1, 0] * 10 + [1, 0] * 5 + [0, 1] * 5 + [0, 0] * 10
    >>> for effect in subgroup_effects(people, outcome="knows", arm="arm", subgroup="sex"):
    ...     print(effect.level, f"{effect.estimate.estimate:.2f}")
    F 0.75
    M 0.25
    """
    found = []
    for level in sorted(data[subgroup].dropna().unique(), key=str):
        rows = data[data[subgroup] == level]
        effect = adjusted_difference(
            rows, outcome=outcome, arm=arm, cluster=cluster, weights=weights, conf_level=conf_level
        )
        found.append(SubgroupEffect(level=level, estimate=effect))
    return tuple(found)


def heterogeneity(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    modifiers: Sequence[str],
    cluster: str | None = None,
    weights: str | None = None,
    conf_level: float = 0.95,
) -> Heterogeneity | NotEstimable:
    """Test whether the effect differs by `modifiers` known before the campaign, and by how much.

    Least squares on the arm, the modifiers and their products with the arm. Errors are HC2 (joint test: F), with a
    cluster CR2 with Satterthwaite degrees of freedom (joint test: Hotelling's T-squared with the fewest of them).

    Parameters
    ----------
    modifiers
        Columns of numbers, or of text.
    data, outcome, arm, cluster, weights, conf_level
        As for `trials.adjusted_difference`.

    References
    ----------
    Brookes et al. (2004), Journal of Clinical Epidemiology 57:229-236 (interaction before subgroups).

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["F", "M"] * 40, "arm": [1] * 40 + [0] * 40})
    >>> people["knows"] = [1, 1] * 10 + [1, 0] * 10 + [1, 0] * 5 + [0, 1] * 5 + [0, 0] * 10
    >>> result = heterogeneity(people, outcome="knows", arm="arm", modifiers=["sex"])
    >>> {name: f"{d.estimate:.2f}" for name, d in result.differences.items()}, f"{result.p_value:.4f}"
    ({'sex M': '-0.50'}, '0.0073')
    """
    used = [name for name in (outcome, arm, *modifiers, cluster, weights) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, treated = rows[outcome].to_numpy(dtype=float), zero_or_one(rows, arm)
    measure = measure_of(y)
    named = [(label, column) for name in modifiers for label, column in _columns(rows, name)]
    columns = [column for _, column in named]
    design = np.column_stack([np.ones(len(rows)), treated, *columns, *(column * treated for column in columns)])
    reason = refused(rows, treated, cluster)
    if reason is None and (not columns or not has_full_rank(design) or len(rows) <= design.shape[1]):
        reason = Reason.COLLINEAR
    if reason is not None:
        return NotEstimable(measure=measure, reason=reason, n=len(rows))
    w = positive_weights(rows, weights)
    if cluster is None:
        fit, method = fit_independent(design, y, weights=w), Method.HC2
    else:
        fit, method = fit_clustered(design, y, labelled(rows, cluster), weights=w), Method.CR2
        if fewest_clusters(rows[cluster], treated) < FEW_CLUSTERS:
            cautions = (*cautions, Caution.FEW_CLUSTERS)
    places = range(2 + len(columns), design.shape[1])
    differences = {}
    for place, (label, _) in zip(places, named, strict=True):
        found = fit.estimate(place, measure=measure, method=method, conf_level=conf_level, cautions=cautions)
        if isinstance(found, NotEstimable):
            return found
        differences[label] = found
    return Heterogeneity(p_value=fit.joint_p_value(list(places)), differences=differences)


def _columns(rows: pd.DataFrame, name: str) -> list[tuple[str, Array]]:
    values = rows[name]
    if pd.api.types.is_numeric_dtype(values):
        return [(name, values.to_numpy(dtype=float))]
    levels = sorted(values.unique(), key=str)[1:]
    return [(f"{name} {level}", column) for level, column in zip(levels, categories(values), strict=True)]
