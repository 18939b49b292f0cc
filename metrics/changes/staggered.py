"""Campaigns that reach places at different times: effects by group and time, and what they average to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from metrics.changes.group_times import Answers, Comparison, Effect, together
from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import FEW_CLUSTERS
from metrics.trials.columns import labelled, measure_of, positive_weights
from metrics.trials.differences import beside_placebo
from metrics.trials.redraws import ROUNDING


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTime:
    """Effect on the group first reached at `group`, at `time`; before `group` a placebo that should be nothing.

    Not estimable where a single place stands for a side: it has no spread, so that nobody knows how sure it is.
    """

    group: float
    time: float
    estimate: Estimate | NotEstimable


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """An average effect at one event time (0: the first period of the campaign), for one group, or at one time."""

    at: float
    estimate: Estimate | NotEstimable


@dataclass(frozen=True, slots=True, kw_only=True)
class StaggeredEffect:
    """Effects of a staggered campaign, in the outcome's unit (0.10 is ten percentage points for yes and no).

    Attributes
    ----------
    simple
        Average over all groups and times reached, each weighing as many people as it has.
    dynamic, by_event_time
        Average over event times from 0 on, and the effect at each (the event study; below 0 placebos).
    group, by_group
        Average over groups, weighed by people, and the effect in each over its times.
    calendar, by_time
        Average over times, and the effect at each on those reached by then.
    group_times
        What all of these are averages of.
    pre_trend_p_value
        P-value of the event study showing nothing before the campaign, from the event times at which six or more
        clusters were seen; None where there are none, or too few clusters to tell. A large one does not show that
        trends were alike: it may be that nobody could tell.
    without_comparison
        Groups that had nobody to be compared with, or no time before the campaign, and are left out.
    """

    simple: Estimate
    dynamic: Estimate
    by_event_time: tuple[At, ...]
    group: Estimate
    by_group: tuple[At, ...]
    calendar: Estimate
    by_time: tuple[At, ...]
    group_times: tuple[GroupTime, ...]
    pre_trend_p_value: float | None
    without_comparison: tuple[float, ...] = ()


def staggered_effect(
    data: pd.DataFrame,
    *,
    outcome: str,
    first: str,
    time: str,
    unit: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    comparison: str = "never",
    draws: int = 1_999,
    rng: np.random.Generator | None = None,
    conf_level: float = 0.95,
) -> StaggeredEffect | NotEstimable:
    """Effects where places or people are first reached at different times, by group and time.

    One regression with a column for "reached by now" compares those reached late with those reached early, and can
    show a loss where everybody gains. Here each group's change since the period before its start is compared with the
    change, over the same periods, of those not (yet) reached, and only then averaged. It is the effect of the campaign
    if all would otherwise have changed alike.

    Parameters
    ----------
    data
        One row an answer, or one a unit and time. Rows with a gap in another column than `first` are left out.
    outcome
        Column of numbers, or of 0 and 1.
    first
        Column of the time at which the row's unit was first reached; missing (or infinite) where never.
    time
        Column of times, as numbers.
    unit
        Column that tells units apart, where the same are seen again. Without it each time has its own people.
    cluster
        Column of what shares its fortunes, where that is more than the unit.
    weights
        Column of sampling weights, above zero, the same at all times of a unit.
    comparison
        never, or not_yet where few are never reached.
    draws, rng
        Exchanges of times where clusters are few, and their source; without one the same exchanges each time.

    Returns
    -------
    StaggeredEffect
        Errors are by influence functions summed by cluster, with t of clusters less one. Where an estimate rests on
        fewer than six clusters reached, or six not reached, that error is too small: it has a caution, and beside its
        p-value that of exchanging the times of the campaign between clusters.

    References
    ----------
    Callaway and Sant'Anna (2021), Journal of Econometrics 225:200-230, sections 3 and 4 (no covariates).
    Goodman-Bacon (2021), Journal of Econometrics 225:254-277 (what one regression compares).
    Roth (2022), American Economic Review: Insights 4:305-322 (tests of trends before).

    Examples
    --------
    >>> rows = pd.DataFrame([(v, t) for v in range(12) for t in range(4)], columns=["village", "year"])
    >>> rows["reached"] = rows["village"].map(lambda v: [np.nan, 2.0, 3.0][v % 3])
    >>> rows["score"] = rows["village"] ** 1.5 + rows["year"] + 2.0 * (rows["year"] >= rows["reached"])
    >>> rows["score"] += np.cos(7.0 * rows["village"] * rows["year"]) / 10
    >>> effect = staggered_effect(rows, outcome="score", first="reached", time="year", unit="village")
    >>> f"{effect.simple.estimate:.1f}", [f"{e.at:.0f}: {e.estimate.estimate:.1f}" for e in effect.by_event_time]
    ('1.9', ['-2: -0.0', '-1: -0.0', '0: 2.0', '1: 1.8'])
    """
    check_conf_level(conf_level)
    used = [name for name in (outcome, time, unit, cluster, weights) if name is not None]
    rows = data[list(dict.fromkeys([*used, first]))].dropna(subset=used)
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, when = rows[outcome].to_numpy(dtype=float), rows[time].to_numpy(dtype=float)
    reached = rows[first].to_numpy(dtype=float)
    group = np.where(np.isnan(reached), math.inf, reached)
    measure = measure_of(y)
    if unit is not None and pd.Series(group).groupby(rows[unit].to_numpy()).nunique().gt(1).any():
        raise ValueError(f"a {unit} has several times at which it was first reached")
    times = np.unique(when)
    if len(times) < 2:
        return NotEstimable(measure=measure, reason=Reason.ONE_PERIOD, n=len(rows))
    by = cluster or unit
    labels = np.arange(len(rows)) if by is None else labelled(rows, by)
    w = positive_weights(rows, weights)
    answers = Answers(y=y, when=when, group=group, label=labels, w=np.ones(len(rows)) if w is None else w, times=times)
    if by is not None and min(answers.reached(frozenset([one])) for one in np.unique(group)) < FEW_CLUSTERS:
        answers = answers.with_exchanges(draws, rng or np.random.default_rng(0))
    effects, left_out = answers.group_times(Comparison(comparison))
    if not any(t >= g for g, t in effects):
        return NotEstimable(measure=measure, reason=Reason.NOBODY_LEFT_TO_COMPARE, n=len(rows))
    found = _Found(answers=answers, measure=measure, conf_level=conf_level, cautions=cautions, clustered=by is not None)
    return found.summary(effects, left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    answers: Answers
    measure: Measure
    conf_level: float
    cautions: tuple[Caution, ...]
    clustered: bool

    def summary(
        self, effects: dict[tuple[float, float], Effect], left_out: tuple[float, ...]
    ) -> StaggeredEffect | NotEstimable:
        """All averages; a refusal where the overall ones have no error."""
        average = self.answers.average
        after = {key: effect for key, effect in effects.items() if key[1] >= key[0]}

        def averages(keys: Sequence[tuple[float, tuple[float, float]]]) -> dict[float, Effect]:
            return {
                at: average([effects[key] for key in found], [g for g, _ in found])
                for at, found in _grouped(keys).items()
            }

        events = averages([(t - g, (g, t)) for g, t in effects])
        groups = averages([(g, (g, t)) for g, t in after])
        times = averages([(t, (g, t)) for g, t in after])
        before = [effect for at, effect in events.items() if at < 0 and not self.few(effect)]
        overall = {
            "simple": average(list(after.values()), [g for g, _ in after]),
            "dynamic": average([effect for at, effect in events.items() if at >= 0]),
            "group": average(list(groups.values()), list(groups)),
            "calendar": average(list(times.values())),
        }
        summaries: dict[str, Estimate] = {}
        for name, effect in overall.items():
            found = self.estimate(effect)
            if isinstance(found, NotEstimable):
                return found
            summaries[name] = found
        return StaggeredEffect(
            **summaries,
            by_event_time=self.each(events),
            by_group=self.each(groups),
            by_time=self.each(times),
            group_times=tuple(
                GroupTime(group=g, time=t, estimate=self.estimate(effect)) for (g, t), effect in effects.items()
            ),
            pre_trend_p_value=together(before),
            without_comparison=left_out,
        )

    def few(self, effect: Effect) -> bool:
        """Whether an effect rests on too few clusters reached, or not reached, for its error to be relied on."""
        others = frozenset([math.inf])
        compared = self.answers.reached(others) if np.isinf(self.answers.group).any() else FEW_CLUSTERS
        return self.clustered and min(self.answers.reached(effect.groups), compared) < FEW_CLUSTERS

    def each(self, effects: dict[float, Effect]) -> tuple[At, ...]:
        """One estimate an effect."""
        return tuple(At(at=at, estimate=self.estimate(effect)) for at, effect in effects.items())

    def estimate(self, effect: Effect) -> Estimate | NotEstimable:
        """An effect with its error; with few clusters also with its placebo p-value."""
        se, df = math.sqrt(float(effect.influence @ effect.influence)), self.answers.clusters - 1
        half = float(stdtrit(df, (1 + self.conf_level) / 2)) * se
        few = self.few(effect)
        if not se > ROUNDING * max(1.0, float(np.abs(self.answers.y).max())):
            reason = Reason.TOO_FEW_CLUSTERS if few else Reason.NO_VARIATION
            return NotEstimable(measure=self.measure, reason=reason, n=len(self.answers.y))
        found = Estimate(
            measure=self.measure,
            estimate=effect.value,
            se=se,
            conf_low=effect.value - half,
            conf_high=effect.value + half,
            p_value=2 * float(stdtr(df, -abs(effect.value) / se)),
            df=df,
            conf_level=self.conf_level,
            method=Method.GROUP_TIME,
            n=len(self.answers.y),
            clusters=self.answers.clusters if self.clustered else None,
            cautions=(*self.cautions, Caution.FEW_CLUSTERS) if few else self.cautions,
        )
        return beside_placebo(found, effect.placebo_p_value) if few else found


def _grouped(keys: Sequence[tuple[float, tuple[float, float]]]) -> dict[float, list[tuple[float, float]]]:
    groups: dict[float, list[tuple[float, float]]] = {}
    for at, key in keys:
        groups.setdefault(at, []).append(key)
    return dict(sorted(groups.items()))
