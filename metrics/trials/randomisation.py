"""Randomisation inference: the effect beside those of all other ways in which chance could have assigned the arms."""

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import Array, Labels, has_full_rank
from metrics.trials.columns import adjusting_columns, labelled, measure_of, refused, zero_or_one
from metrics.trials.redraws import ROUNDING, Redraws, nothing_left

Assigned: TypeAlias = NDArray[np.int8]

ALL_UP_TO = 20_000  # assignments; all of them are taken where there are no more
AT_ONCE = 2_000_000  # cells of a block of redraws


def randomisation_test(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    rng: np.random.Generator | None = None,
    covariates: Sequence[str] = (),
    block: str | None = None,
    cluster: str | None = None,
    draws: int = 9_999,
    conf_level: float = 0.95,
) -> Estimate | NotEstimable:
    """The adjusted difference of `trials.adjusted_difference`, tested by assigning the arms again.

    It rests on nothing but how the arms were drawn, so that it holds with any number of clusters and any outcome. Each
    redraw keeps how many people (or clusters) of each block are in each arm. The effect is studentised, so that the
    test also holds where the campaign makes an arm vary more; the interval holds the effects, alike for everybody, that
    the same test does not reject.

    Parameters
    ----------
    data, outcome, arm, covariates, block, cluster, conf_level
        As for `trials.adjusted_difference`; clusters are assigned whole, and lie within blocks.
    draws
        Redraws, where there are more than 20,000 different ones; else all of them are taken, and `rng` is not used.
    rng
        Source of the redraws; without one they are the same each time.

    Returns
    -------
    Estimate
        The p-value counts what was observed, so that it is never zero: with three clusters in each arm there are
        twenty assignments, and none is rarer than one in ten. Limits are then infinite.

    References
    ----------
    Fisher (1935), The Design of Experiments, section 21. Wu and Ding (2021), Journal of the American Statistical
    Association 116:1898-1913 (studentised). Phipson and Smyth (2010), Statistical Applications in Genetics and
    Molecular Biology 9:39 (never zero).

    Examples
    --------
    >>> people = pd.DataFrame({"campaign": [1, 1, 1, 1, 0, 0, 0, 0], "score": [7, 8, 6, 9, 5, 3, 4, 4]})
    >>> result = randomisation_test(people, outcome="score", arm="campaign", rng=np.random.default_rng(1))
    >>> f"{result.estimate:.2f} ({result.conf_low:.2f} to {result.conf_high:.2f}), p = {result.p_value:.4f}"
    '3.50 (1.00 to 6.00), p = 0.0286'
    """
    check_conf_level(conf_level)
    used = [name for name in (outcome, arm, *covariates, block, cluster) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, treated = rows[outcome].to_numpy(dtype=float), zero_or_one(rows, arm)
    measure = measure_of(y)
    reason = refused(rows, treated, cluster)
    if reason is not None:
        return NotEstimable(measure=measure, reason=reason, n=len(rows))
    others = np.column_stack([np.ones(len(rows)), *adjusting_columns(rows, covariates, block)])
    if not has_full_rank(np.column_stack([others, treated])):
        return NotEstimable(measure=measure, reason=Reason.COLLINEAR, n=len(rows))
    unit = np.arange(len(rows)) if cluster is None else labelled(rows, cluster)
    units = of_units(treated, unit, None if block is None else labelled(rows, block))
    if units is None:
        raise ValueError(f"a {cluster} is in both arms or in two blocks, so it was not assigned whole")
    assigned = assignments(*units, draws=draws, rng=rng)
    redraws = _redraws(y, others, treated, unit, assigned)
    estimate, se = float(redraws.level[0]), math.sqrt(float(redraws.square[0]))
    spread = float(np.std(redraws.level[np.isfinite(redraws.level)]))
    rounding = ROUNDING * max(1.0, float(np.abs(y).max()))
    if not spread > rounding:
        return NotEstimable(measure=measure, reason=Reason.NO_VARIATION, n=len(rows))
    low, high = redraws.interval(estimate, spread, conf_level)
    return Estimate(
        measure=measure,
        estimate=estimate,
        se=se if se > rounding else None,
        conf_low=low,
        conf_high=high,
        p_value=redraws.p_value(),
        df=math.inf,
        conf_level=conf_level,
        method=Method.RANDOMISATION,
        n=len(rows),
        clusters=None if cluster is None else int(unit.max()) + 1,
        cautions=cautions,
    )


def assignments(arm: Array, block: Labels, *, draws: int, rng: np.random.Generator | None) -> Assigned:
    """Arms of the units, one row an assignment, the first the observed one; counts in each block are kept.

    All assignments where there are no more than 20,000, else `draws` of them. Without an `rng` the sample is the same
    each time, so that the same data give the same p-value.

    >>> assignments(np.array([1.0, 0, 0]), np.zeros(3, dtype=int), draws=99, rng=None)
    array([[1, 0, 0],
           [0, 1, 0],
           [0, 0, 1]], dtype=int8)
    """
    members = [np.flatnonzero(block == label) for label in np.unique(block)]
    taken = [int(arm[units].sum()) for units in members]
    ways = math.prod(math.comb(len(units), k) for units, k in zip(members, taken, strict=True))
    if ways > ALL_UP_TO:
        rng = rng or np.random.default_rng(0)
        drawn = np.zeros((draws + 1, len(arm)), dtype=np.int8)
        drawn[0] = arm
        for row in range(1, draws + 1):
            for units, k in zip(members, taken, strict=True):
                drawn[row, rng.permutation(units)[:k]] = 1
        return drawn
    drawn = np.zeros((ways, len(arm)), dtype=np.int8)
    for row, chosen in enumerate(_chosen(members, taken)):
        drawn[row, chosen] = 1
    first = int(np.flatnonzero((drawn == arm).all(axis=1))[0])
    drawn[[0, first]] = drawn[[first, 0]]
    return drawn


def _chosen(members: Sequence[Labels], taken: Sequence[int]) -> Iterator[list[int]]:
    each = (itertools.combinations(units, k) for units, k in zip(members, taken, strict=True))
    for picks in itertools.product(*each):
        yield [unit for pick in picks for unit in pick]


def of_units(treated: Array, unit: Labels, block: Labels | None = None) -> tuple[Array, Labels] | None:
    """Arm and block of each unit, by its number; None where one is in both arms or in two blocks.

    Examples
    --------
    >>> of_units(np.array([1.0, 1, 0]), np.array([0, 0, 1]))
    (array([1., 0.]), array([0, 0]))
    """
    frame = pd.DataFrame({"unit": unit, "arm": treated, "block": 0 if block is None else block})
    each = frame.drop_duplicates().sort_values("unit")
    if each["unit"].duplicated().any():
        return None
    return each["arm"].to_numpy(), each["block"].to_numpy()


def placebo_p_value(
    outcome: Array,
    others: Array,
    treated: Array,
    cluster: Labels,
    *,
    block: Labels | None = None,
    weights: Array | None = None,
    draws: int = 9_999,
) -> float | None:
    """How often arms drawn again among the clusters give an effect at least as large; None where arms split clusters.

    The effect itself is compared, not its ratio to a standard error, which few clusters do not tell.

    Parameters
    ----------
    outcome, treated, cluster, block, weights
        One value a person; `cluster` and `block` are numbered from zero.
    others
        Columns of the model beside the arm, one row a person; the first is the intercept.
    draws
        Redraws, where there are more than 20,000 different ones; the same each time.

    References
    ----------
    Conley and Taber (2011), Review of Economics and Statistics 93:113-125.

    Examples
    --------
    Three of six villages can be drawn in twenty ways; none is further apart but the two extremes:

    >>> score, arm = np.array([9.0, 8, 7, 3, 2, 1]), np.array([1.0, 1, 1, 0, 0, 0])
    >>> placebo_p_value(score, np.ones((6, 1)), arm, np.arange(6))
    0.1
    """
    units = of_units(treated, cluster, block)
    if units is None:
        return None
    assigned = assignments(*units, draws=draws, rng=None)
    root = np.ones(len(outcome)) if weights is None else np.sqrt(weights)
    q, _ = np.linalg.qr(others * root[:, None])
    member = np.zeros((len(outcome), int(cluster.max()) + 1))
    member[np.arange(len(outcome)), cluster] = root
    apart = member - q @ (q.T @ member)  # clusters, less what the other columns say
    spread = ((assigned @ (apart.T @ apart)) * assigned).sum(axis=1)
    lost = spread < 1e-9 * float((root**2).sum())  # the other columns tell the arm: as far out as can be
    level = assigned @ (apart.T @ (outcome * root)) / np.where(lost, 1.0, spread)
    level[lost] = np.inf
    ones = np.ones(len(level))
    return Redraws(level=level, slope=ones, square=ones, cross=0 * ones, curve=0 * ones).p_value()


def _redraws(y: Array, others: Array, treated: Array, unit: Labels, assigned: Assigned) -> Redraws:
    """Effect and cluster-robust variance of each assignment; see `Redraws`.

    An assumed effect e is first taken off the outcomes of the observed campaign arm: ``y - e treated``.
    """
    q, _ = np.linalg.qr(others)

    def rest(values: Array) -> Array:  # less the fit on the other columns
        left: Array = values - (values @ q) @ q.T
        return left

    outcome, shift = rest(y), rest(treated)
    order = np.argsort(unit, kind="stable")
    starts = np.flatnonzero(np.diff(unit[order], prepend=-1))
    size = max(1, AT_ONCE // len(y))
    parts = []
    for start in range(0, len(assigned), size):
        arm = rest(assigned[start : start + size][:, unit].astype(np.float64))
        spread = (arm**2).sum(axis=1)
        lost = spread < 1e-9 * len(y)  # the others tell the arm: nothing to be estimated, as far out as can be
        spread = np.where(lost, 1.0, spread)
        level, slope = arm @ outcome / spread, arm @ shift / spread
        mine = np.add.reduceat((arm * (outcome - level[:, None] * arm))[:, order], starts, axis=1) / spread[:, None]
        left = nothing_left(shift - slope[:, None] * arm)  # none where the arms are those observed, or exchanged
        assumed = np.add.reduceat((arm * left)[:, order], starts, axis=1) / spread[:, None]
        level[lost], slope[lost] = np.inf, 0.0
        parts.append((level, slope, (mine**2).sum(axis=1), -(mine * assumed).sum(axis=1), (assumed**2).sum(axis=1)))
    level, slope, square, cross, curve = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Redraws(level=level, slope=slope, square=square, cross=cross, curve=curve)
