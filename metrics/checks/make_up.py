"""Whether two arms or waves are made up of the same kinds of people, and whether a comparison shows no more than it."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from metrics.estimates import Estimate, NotEstimable, Proportion, Reason
from metrics.least_squares import Array
from metrics.proportions import odds_ratio, stratified_odds_ratio
from metrics.trials import adjusted_difference
from metrics.trials.columns import measure_of

NOTICEABLE = 0.1  # standardised difference above which a difference in make-up is customarily looked into
SHIFTED = 1.2  # factor between crude and stratified odds ratios above which the crude one misleads


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One kind of people: their share in each arm (0 to 1), and the difference in standard deviations."""

    values: tuple[Hashable, ...]
    share: float
    share_comparison: float
    standardised_difference: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How alike two arms are made up.

    Attributes
    ----------
    standardised_difference
        Distance between the make-ups in standard deviations, whatever their number; 0 is none. Unlike the p-value it
        does not grow with the number of people.
    p_value, df
        Chi-square test of one make-up for both arms: tiny where chance does not explain the difference.
    cells
        Each kind of people, the most different first.
    """

    standardised_difference: float
    p_value: float
    df: int
    cells: tuple[Cell, ...]

    @property
    def noticeable(self) -> bool:
        """Whether the make-ups differ by more than a tenth of a standard deviation."""
        return self.standardised_difference > NOTICEABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """What a comparison says with everybody thrown together, and what it says within strata.

    Attributes
    ----------
    crude, stratified
        Odds ratios of `a` over `b`, 1 is no difference; the second by Mantel and Haenszel.
    strata
        Differences in shares within each stratum (0.10 is ten percentage points).
    reversed
        The two point in opposite directions.
    shifted
        They differ by more than a fifth: the mix of strata is part of what the crude one shows.
    """

    crude: Estimate | NotEstimable
    stratified: Estimate | NotEstimable
    strata: Mapping[str, float]
    reversed: bool
    shifted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionShift:
    """A change between two waves, and what is left of it where both are made up alike.

    Attributes
    ----------
    crude, standardised
        Later minus earlier, in the outcome's unit; the second as if both waves had the mix of the two together. It is
        not estimable where a kind of people was asked in one wave only.
    due_to_composition
        The crude change less the standardised one; None where there is none.
    balance
        How alike the waves are made up.
    """

    crude: Estimate | NotEstimable
    standardised: Estimate | NotEstimable
    due_to_composition: float | None
    balance: Balance


def audience_balance(people: pd.DataFrame, *, arm: str, by: Sequence[str], count: str | None = None) -> Balance:
    """Whether two arms reached the same kinds of people.

    A platform that chooses whom to show which message makes a comparison of the messages one of their audiences. The
    test is right for people drawn or assigned one by one. What a platform delivers comes in bunches, so that tiny
    p-values are then the rule: look at the standardised difference.

    Parameters
    ----------
    people
        One row a person, or one a kind of people with their number in `count`. Rows with a gap are left out.
    arm
        Column of 1 for the campaign (the later wave, the first message) and 0 for the other.
    by
        Columns that together make up the kinds, such as age and sex.

    References
    ----------
    Yang and Dalton (2012), SAS Global Forum, paper 335 (several categories). Austin (2009), Statistics in Medicine
    28:3083-3107 (a tenth). Burtch et al. (2025), arXiv 2508.21251 (platforms' own tests reach unequal audiences).

    Examples
    --------
    >>> people = pd.DataFrame({"ad": [1, 1, 0, 0], "sex": ["F", "M", "F", "M"], "people": [575, 425, 675, 325]})
    >>> balance = audience_balance(people, arm="ad", by=["sex"], count="people")
    >>> f"{balance.standardised_difference:.2f}, p = {balance.p_value:.1e}", balance.noticeable
    ('0.21, p = 3.9e-06', True)
    """
    rows = people[[arm, *by, *([count] if count else [])]].dropna()
    numbers = rows[count].to_numpy(dtype=float) if count else np.ones(len(rows))
    sides = rows[arm].to_numpy(dtype=float)
    if not np.isin(sides, (0, 1)).all() or (numbers < 0).any():
        raise ValueError(f"column {arm!r} must hold 0 and 1, and numbers of people not be negative")
    table = pd.DataFrame({"kind": list(rows[list(by)].itertuples(index=False, name=None)), "arm": sides, "n": numbers})
    cells = table.pivot_table(index="kind", columns="arm", values="n", aggfunc="sum", fill_value=0.0, sort=False)
    cells = cells.reindex(columns=[1.0, 0.0], fill_value=0.0)
    cells = cells[cells.sum(axis=1) > 0]
    counts = cells.to_numpy(dtype=float)
    if not (counts.sum(axis=0) > 0).all():
        raise ValueError(f"an arm of column {arm!r} has nobody, so that there is nothing to compare")
    shares = counts / counts.sum(axis=0)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    df = len(counts) - 1
    each = _standardised(shares)
    order = np.argsort(-np.abs(each), kind="stable")
    return Balance(
        standardised_difference=_distance(shares),
        p_value=float(chdtrc(df, ((counts - expected) ** 2 / expected).sum())) if df else 1.0,
        df=df,
        cells=tuple(
            Cell(
                values=tuple(cells.index[i]),
                share=float(shares[i, 0]),
                share_comparison=float(shares[i, 1]),
                standardised_difference=float(each[i]),
            )
            for i in order
        ),
    )


def _standardised(shares: Array) -> Array:
    spread = np.sqrt((shares * (1 - shares)).mean(axis=1))
    gap = shares[:, 0] - shares[:, 1]
    standardised: Array = np.divide(gap, spread, out=np.zeros_like(gap), where=spread > 0)
    return standardised


def _distance(shares: Array) -> float:
    """Mahalanobis distance of two make-ups, by the mean of their covariances."""
    gap = shares[1:, 0] - shares[1:, 1]
    covariance = sum(np.diag(side) - np.outer(side, side) for side in shares[1:].T) / 2
    return math.sqrt(max(0.0, float(gap @ np.linalg.pinv(covariance, hermitian=True) @ gap)))


def reversal(strata: Mapping[str, tuple[Proportion, Proportion]]) -> Reversal:
    """Whether a comparison changes when like is compared with like (Simpson's paradox).

    Parameters
    ----------
    strata
        Two groups `a` and `b` in each stratum: kinds of people, places, platforms.

    References
    ----------
    Simpson (1951), JRSS B 13:238-241. Charig et al. (1986), BMJ 292:879-882 (the example).

    Examples
    --------
    >>> small, large = (Proportion(81, 87), Proportion(234, 270)), (Proportion(192, 263), Proportion(55, 80))
    >>> found = reversal({"small": small, "large": large})
    >>> f"{found.crude.estimate:.2f} crude, {found.stratified.estimate:.2f} by size", found.reversed
    ('0.75 crude, 1.45 by size', True)
    """
    pairs = list(strata.values())
    a, b = (Proportion(sum(pair[i].events for pair in pairs), sum(pair[i].total for pair in pairs)) for i in (0, 1))
    crude, stratified = odds_ratio(a, b), stratified_odds_ratio(pairs)
    factor, opposite = 1.0, False
    if isinstance(crude, Estimate) and isinstance(stratified, Estimate):  # then neither is zero or infinite
        factor = crude.estimate / stratified.estimate
        opposite = (crude.estimate - 1) * (stratified.estimate - 1) < 0
    return Reversal(
        crude=crude,
        stratified=stratified,
        strata={name: a.value - b.value for name, (a, b) in strata.items()},
        reversed=opposite,
        shifted=max(factor, 1 / factor) > SHIFTED,
    )


def composition_shift(
    data: pd.DataFrame, *, outcome: str, period: str, by: Sequence[str], cluster: str | None = None
) -> CompositionShift | NotEstimable:
    """Whether a change between waves of different people is only one of who was asked.

    The standardised change is the average of the changes within each kind of people, each weighing as many as it has
    in both waves together: the interacted regression of `trials.adjusted_difference`.

    Parameters
    ----------
    period
        Column of 0 for before and 1 for after.
    by
        Columns that together make up the kinds, such as age and sex.

    References
    ----------
    Kitagawa (1955), JASA 50:1168-1194 (components of a difference). Lin (2013), Annals of Applied Statistics 7:295-318.

    Examples
    --------
    >>> waves = pd.DataFrame({"after": [0] * 100 + [1] * 100})
    >>> waves["age"] = ["young"] * 20 + ["old"] * 80 + ["young"] * 80 + ["old"] * 20
    >>> waves["knows"] = [1] * 16 + [0] * 4 + [1] * 24 + [0] * 56 + [1] * 64 + [0] * 16 + [1] * 6 + [0] * 14
    >>> shift = composition_shift(waves, outcome="knows", period="after", by=["age"])
    >>> f"{shift.crude.estimate:.2f}, of which {shift.due_to_composition:.2f} is who was asked"
    '0.30, of which 0.30 is who was asked'
    """
    rows = data[[outcome, period, *by, *([cluster] if cluster else [])]].dropna()
    if rows[period].nunique() < 2:
        measure = measure_of(rows[outcome].to_numpy(dtype=float))
        return NotEstimable(measure=measure, reason=Reason.ONE_PERIOD, n=len(rows))
    kinds = rows.assign(kind=[" / ".join(map(str, row)) for row in rows[list(by)].itertuples(index=False)])
    crude = adjusted_difference(kinds, outcome=outcome, arm=period, cluster=cluster)
    standardised = adjusted_difference(
        kinds, outcome=outcome, arm=period, covariates=["kind"], interacted=True, cluster=cluster
    )
    due = None
    if isinstance(crude, Estimate) and isinstance(standardised, Estimate):
        due = crude.estimate - standardised.estimate
    return CompositionShift(
        crude=crude,
        standardised=standardised,
        due_to_composition=due,
        balance=audience_balance(rows, arm=period, by=by),
    )
