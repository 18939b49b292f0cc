"""Effects by the time at which a group was first reached and the time of asking, and averages of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy.special import fdtrc

from metrics.least_squares import Array, Labels
from metrics.trials.redraws import SAME

AT_ONCE = 100  # exchanges computed together


class Comparison(StrEnum):
    """Whom a group is compared with."""

    NEVER = "never"  # only those whom the campaign never reaches
    NOT_YET = "not_yet"  # also those whom it reaches later


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An estimate, what each cluster adds to its error, and its groups.

    `placebos` holds what it would be with the times of the campaign exchanged between clusters, None where a cluster
    has several.
    """

    value: float
    influence: Array
    groups: frozenset[float]
    placebos: Array | None

    @property
    def placebo_p_value(self) -> float | None:
        """How often an exchange gives an effect at least as large, what was observed being one of them."""
        if self.placebos is None:
            return None
        sizes = np.append(np.abs(self.placebos), abs(self.value))
        return float((sizes >= abs(self.value) * SAME).mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """Sums of outcomes and of weights by exchange, group and time: arrays of one shape; `groups` names the second."""

    groups: Array
    sums: Array
    people: Array

    def change(self, own: Array, others: Array, times: Sequence[int]) -> Array:
        """Change between two times of some groups less that of others; infinite where an exchange leaves nobody."""
        found = np.zeros(len(self.sums))
        with np.errstate(invalid="ignore"):
            for side, sign in ((own, 1), (others, -1)):
                means = self.sums[:, side][:, :, times].sum(axis=1) / self.people[:, side][:, :, times].sum(axis=1)
                found += sign * (means[:, 1] - means[:, 0])
        return np.where(np.isfinite(found), found, np.inf)

    def share(self, group: float) -> Array:
        """People of a group, one number an exchange."""
        people: Array = self.people[:, self.groups == group].sum(axis=(1, 2))
        return people


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One value an answer: outcome, time, time first reached (infinite: never), cluster and weight; and all times."""

    y: Array
    when: Array
    group: Array
    label: Labels
    w: Array
    times: Array
    exchanged: Exchanged | None = None

    @property
    def clusters(self) -> int:
        """How many there are."""
        return int(self.label.max()) + 1

    def by_cluster(self, influence: Array) -> Array:
        """Sums of what each answer adds."""
        return np.bincount(self.label, influence).astype(np.float64)

    def with_exchanges(self, draws: int, rng: np.random.Generator) -> "Answers":
        """The same with placebos, where each cluster has one time at which it was first reached."""
        cohorts = pd.DataFrame({"label": self.label, "group": self.group}).drop_duplicates().sort_values("label")
        if cohorts["label"].duplicated().any():
            return self
        groups, member = np.unique(cohorts["group"], return_inverse=True)
        place = self.label, np.searchsorted(self.times, self.when)
        sums, people = np.zeros((2, self.clusters, len(self.times)))
        np.add.at(sums, place, self.w * self.y)
        np.add.at(people, place, self.w)
        parts = []
        for _ in range(0, draws, AT_ONCE):
            order = rng.random((min(AT_ONCE, draws), self.clusters)).argsort(axis=1)
            codes = (member[order][:, :, None] == np.arange(len(groups))).astype(float)
            parts.append([np.einsum("bck,ct->bkt", codes, each, optimize=True) for each in (sums, people)])
        sums, people = (np.concatenate(each)[:draws] for each in zip(*parts, strict=True))
        return replace(self, exchanged=Exchanged(groups=groups, sums=sums, people=people))

    def group_times(self, comparison: Comparison) -> tuple[dict[tuple[float, float], Effect], tuple[float, ...]]:
        """Effects by group and time, and the groups that have none."""
        effects: dict[tuple[float, float], Effect] = {}
        groups = [float(g) for g in np.unique(self.group) if math.isfinite(g) and g <= self.times[-1]]
        for g in groups:
            earlier = self.times[self.times < g]
            for before, t in zip(self.times[:-1], self.times[1:], strict=True):
                base = before if t < g else (earlier[-1] if len(earlier) else None)
                if base is None:
                    continue
                later = max(float(t), float(base))
                beyond = later if comparison is Comparison.NOT_YET else np.finfo(float).max
                found = self._effect(g, beyond, float(base), float(t))
                if found is not None:
                    effects[g, float(t)] = found
        return effects, tuple(g for g in groups if not any(h == g and t >= g for h, t in effects))

    def _effect(self, group: float, beyond: float, base: float, t: float) -> Effect | None:
        """Change from `base` to `t` of one group less that of those reached after `beyond`, from four means."""
        own, others = self.group == group, (self.group > beyond) & (self.group != group)
        value, influence = 0.0, np.zeros(len(self.y))
        for side, sign in ((own, 1), (others, -1)):
            for moment, way in ((t, 1), (base, -1)):
                cell = side & (self.when == moment)
                people = float(self.w[cell].sum())
                if not people:
                    return None
                mean = float(self.w[cell] @ self.y[cell]) / people
                value += sign * way * mean
                influence[cell] += sign * way * self.w[cell] * (self.y[cell] - mean) / people
        placebos, ex = None, self.exchanged
        if ex is not None:
            moments = [int(np.searchsorted(self.times, moment)) for moment in (base, t)]
            placebos = ex.change(ex.groups == group, (ex.groups > beyond) & (ex.groups != group), moments)
        return Effect(value=value, influence=self.by_cluster(influence), groups=frozenset([group]), placebos=placebos)

    def average(self, effects: Sequence[Effect], groups: Sequence[float] | None = None) -> Effect:
        """Mean of effects: alike, or weighed by people in each effect's group, a share itself estimated."""
        if groups is None:
            shares, moved = np.ones(len(effects)), np.zeros((len(effects), self.clusters))
        else:
            people = float(self.w.sum())
            shares = np.array([float(self.w[self.group == g].sum()) / people for g in groups])
            moved = np.array([self.by_cluster(self.w * (self.group == g)) for g in groups]) / people
        values, influences = np.array([e.value for e in effects]), np.array([e.influence for e in effects])
        total = float(shares.sum())
        value = float(shares @ values) / total
        influence = (shares @ influences + (values - value) @ moved) / total
        placebos = None
        if self.exchanged is not None:
            each = np.array([effect.placebos for effect in effects])
            parts = np.ones_like(each) if groups is None else np.array([self.exchanged.share(g) for g in groups])
            placebos = (parts * each).sum(axis=0) / parts.sum(axis=0)
        members = frozenset(g for effect in effects for g in effect.groups)
        return Effect(value=value, influence=influence, groups=members, placebos=placebos)

    def reached(self, groups: frozenset[float]) -> int:
        """Clusters of some groups."""
        return len(np.unique(self.label[np.isin(self.group, list(groups))]))


def together(effects: Sequence[Effect]) -> float | None:
    """P-value of all effects being nothing, by Hotelling's T-squared; None where clusters are too few to tell.

    Unlike a chi-squared test of the same statistic it allows for how few clusters tell how the effects vary together.

    References
    ----------
    Hotelling (1931), Annals of Mathematical Statistics 2:360-378. Roth (2022), American Economic Review: Insights
    4:305-322 (what it cannot show).

    Examples
    --------
    One effect of two errors from five clusters, as R's 2 * pt(-2, 4):

    >>> effect = Effect(value=2.0, influence=np.full(5, 0.2**0.5), groups=frozenset([3.0]), placebos=None)
    >>> round(together([effect]), 4)
    0.1161
    """
    if not effects:
        return None
    influences, values = np.array([e.influence for e in effects]), np.array([e.value for e in effects])
    covariance = influences @ influences.T
    q, clusters = int(np.linalg.matrix_rank(covariance)), influences.shape[1]
    if q < len(effects):
        return None
    statistic = float(values @ np.linalg.pinv(covariance, hermitian=True) @ values)
    return float(fdtrc(q, clusters - q, statistic * (clusters - q) / (q * (clusters - 1))))
