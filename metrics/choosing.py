"""Which method a table of answers calls for, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from metrics.changes import change, difference_in_differences, placebos_in_space
from metrics.estimates import Estimate, Measure, NotEstimable, Proportion, Reason
from metrics.proportions import risk_difference
from metrics.trials import adjusted_difference, randomisation_test, wild_cluster_bootstrap
from metrics.trials.columns import measure_of

CHECKED_BELOW = 12  # clusters; a trial with fewer is also tested by drawing signs and arms again


class Because(StrEnum):
    """What in the data decided the method."""

    ONE_ARM = "one_arm"  # a change without a comparison is no effect
    TWO_ARMS_ONCE = "two_arms_once"  # a difference between groups asked at one time
    TWO_ARMS_TWICE = "two_arms_twice"  # the difference of two changes
    SAME_PEOPLE = "same_people"  # each person's own change is compared
    CLUSTERS = "clusters"  # people of one place resemble each other, so that places count, not people
    ONE_CLUSTER = "one_cluster"  # one place was addressed: it is compared with placebos
    WEIGHTS = "weights"  # people stand for unequal numbers of others
    ADJUSTED = "adjusted"  # people alike in what was known before are compared
    YES_AND_NO = "yes_and_no"  # shares have score intervals
    MANY_TIMES = "many_times"  # the old course carried on is compared with what came
    HOW_OFTEN = "how_often"  # the same, of calls and the like
    COMPARISON_SERIES = "comparison_series"  # what moved both courses is taken off
    FEW_POINTS = "few_points"  # too few to see how much each resembles the last
    PLACES_ONE_BY_ONE = "places_one_by_one"  # each group of places by when the campaign came
    NEVER_REACHED = "never_reached"  # compared with places that the campaign never reached
    NOT_YET_REACHED = "not_yet_reached"  # also with those that it had not reached yet
    FEW_CLUSTERS_CHECKED = "few_clusters_checked"  # drawn again beside it, because few places tell little of errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Names of columns: numbers, arms (0, 1), waves (0 before, 1 after) and labels; None where there is none."""

    outcome: str
    arm: str | None = None
    wave: str | None = None
    unit: str | None = None
    cluster: str | None = None
    weight: str | None = None
    block: str | None = None
    covariates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An estimate, why its method, and the same effect by other methods where they check it."""

    estimate: Estimate | NotEstimable
    because: tuple[Because, ...]
    beside: tuple[Estimate, ...] = ()


def estimated(data: pd.DataFrame, columns: Columns, *, conf_level: float = 0.95) -> Chosen:
    """The effect (or change) that a table of answers shows, by the method that its columns call for.

    Parameters
    ----------
    data
        One row an answer.
    columns
        What the columns are. Two arms at one time: their difference; at two times: the difference of their changes;
        one arm at two times: its change, which is not an effect.

    Examples
    --------
    >>> people = pd.DataFrame({"knows": [1] * 56 + [0] * 14 + [1] * 48 + [0] * 32, "campaign": [1] * 70 + [0] * 80})
    >>> columns = Columns(outcome="knows", arm="campaign")
    >>> chosen = estimated(people, columns)
    >>> chosen.estimate.method.value, [reason.value for reason in chosen.because]
    ('miettinen_nurminen', ['two_arms_once', 'yes_and_no'])
    """
    arms = 0 if columns.arm is None else data[columns.arm].dropna().nunique()
    waves = 0 if columns.wave is None else data[columns.wave].dropna().nunique()
    if arms == 2 and waves == 2:
        return of_changes(data, columns, conf_level=conf_level)
    if arms == 2:
        return of_groups(data, columns, conf_level=conf_level)
    if waves == 2 and columns.wave is not None:
        found = change(
            data,
            outcome=columns.outcome,
            period=columns.wave,
            unit=columns.unit,
            cluster=columns.cluster,
            weights=columns.weight,
            conf_level=conf_level,
        )
        return Chosen(estimate=found, because=_because(columns, Because.ONE_ARM))
    refusal = NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=len(data))
    return Chosen(estimate=refusal, because=(Because.ONE_ARM,))


def _because(columns: Columns, first: Because) -> tuple[Because, ...]:
    told = (
        (Because.SAME_PEOPLE, columns.unit and columns.wave),
        (Because.CLUSTERS, columns.cluster),
        (Because.WEIGHTS, columns.weight),
        (Because.ADJUSTED, columns.covariates or columns.block),
    )
    return first, *(reason for reason, holds in told if holds)


def of_changes(data: pd.DataFrame, columns: Columns, *, conf_level: float = 0.95) -> Chosen:
    """The difference of the changes of two arms; of one addressed place by placebos.

    In the outcome's unit: 0.15 is fifteen in a hundred of yes and no. Where no place can be told from another the
    estimate is a `NotEstimable`, as `difference_in_differences` and `placebos_in_space` say.

    Examples
    --------
    From 40 to 60 in a hundred with the campaign, from 40 to 45 without it:

    >>> yes = {(1, 0): 40, (1, 1): 60, (0, 0): 40, (0, 1): 45}
    >>> rows = [(arm, wave, int(person < n)) for (arm, wave), n in yes.items() for person in range(100)]
    >>> people = pd.DataFrame(rows, columns=["campaign", "after", "knows"])
    >>> chosen = of_changes(people, Columns(outcome="knows", arm="campaign", wave="after"))
    >>> f"{chosen.estimate.estimate:.2f}", [reason.value for reason in chosen.because]
    ('0.15', ['two_arms_twice'])
    """
    arm, wave = str(columns.arm), str(columns.wave)
    because = _because(columns, Because.TWO_ARMS_TWICE)
    found = difference_in_differences(
        data,
        outcome=columns.outcome,
        arm=arm,
        period=wave,
        unit=columns.unit,
        cluster=columns.cluster,
        weights=columns.weight,
        conf_level=conf_level,
    )
    if columns.cluster is None or getattr(found, "reason", None) is not Reason.ONE_CLUSTER_IN_AN_ARM:
        return Chosen(estimate=found, because=because)
    placebos = placebos_in_space(
        data,
        outcome=columns.outcome,
        arm=arm,
        period=wave,
        place=columns.cluster,
        weights=columns.weight,
        conf_level=conf_level,
    )
    shown = placebos if isinstance(placebos, NotEstimable) else placebos.estimate
    return Chosen(estimate=shown, because=(*because, Because.ONE_CLUSTER))


def of_groups(data: pd.DataFrame, columns: Columns, *, conf_level: float = 0.95) -> Chosen:
    """The difference of two arms at one time; of fewer than twelve clusters, also by drawing signs and arms again.

    In the outcome's unit: 0.30 is thirty in a hundred of yes and no. An arm without answers, or of one cluster, gives a
    `NotEstimable`.

    Examples
    --------
    Six villages of ten people. The p-value is that of a t test of their shares (`t.test(c(6, 7, 8), c(3, 4, 5),
    var.equal = TRUE)` in R); of the twenty ways to draw three of six villages two give as large a difference:

    >>> rows = [(village, int(village < 3), int(person < yes))
    ...         for village, yes in enumerate((6, 7, 8, 3, 4, 5)) for person in range(10)]
    >>> people = pd.DataFrame(rows, columns=["village", "campaign", "knows"])
    >>> columns = Columns(outcome="knows", arm="campaign", cluster="village")
    >>> chosen = of_groups(people, columns)
    >>> f"{chosen.estimate.estimate:.2f} {chosen.estimate.p_value:.4f}", f"{chosen.beside[1].p_value:.2f}"
    ('0.30 0.0213', '0.10')
    """
    arm = str(columns.arm)
    because = _because(columns, Because.TWO_ARMS_ONCE)
    answered = data[[columns.outcome, arm]].dropna()
    y = answered[columns.outcome].to_numpy(dtype=float)
    sides = answered[arm].to_numpy(dtype=float)
    simple = because == (Because.TWO_ARMS_ONCE,) and min((sides == 1).sum(), (sides == 0).sum()) > 0
    if simple and measure_of(y) is Measure.RISK_DIFFERENCE:
        a, b = (Proportion(int(y[sides == side].sum()), int((sides == side).sum())) for side in (1, 0))
        found: Estimate | NotEstimable = risk_difference(a, b, conf_level=conf_level)
        return Chosen(estimate=found, because=(*because, Because.YES_AND_NO))
    found = adjusted_difference(
        data,
        outcome=columns.outcome,
        arm=arm,
        covariates=columns.covariates,
        block=columns.block,
        cluster=columns.cluster,
        weights=columns.weight,
        conf_level=conf_level,
    )
    few = isinstance(found, Estimate) and found.clusters is not None and found.clusters < CHECKED_BELOW
    if columns.cluster is None or not few or columns.weight is not None:
        return Chosen(estimate=found, because=because)
    beside = _drawn_again(data, columns, arm, columns.cluster, conf_level)
    return Chosen(estimate=found, because=(*because, Because.FEW_CLUSTERS_CHECKED), beside=beside)


def _drawn_again(
    data: pd.DataFrame, columns: Columns, arm: str, cluster: str, conf_level: float
) -> tuple[Estimate, ...]:
    whole = data.dropna(subset=[arm, cluster]).groupby(cluster)[arm].nunique().eq(1).all()
    bootstrap = wild_cluster_bootstrap(
        data,
        outcome=columns.outcome,
        arm=arm,
        cluster=cluster,
        covariates=columns.covariates,
        block=columns.block,
        conf_level=conf_level,
    )
    redrawn: Sequence[Estimate | NotEstimable] = [bootstrap]
    if whole:
        assigned = randomisation_test(
            data,
            outcome=columns.outcome,
            arm=arm,
            cluster=cluster,
            covariates=columns.covariates,
            block=columns.block,
            conf_level=conf_level,
        )
        redrawn = [bootstrap, assigned]
    return tuple(found for found in redrawn if isinstance(found, Estimate))
