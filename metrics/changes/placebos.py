"""Placebos in space: the campaign's change beside those of other places, had they been the ones addressed."""

import math
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import FEW_CLUSTERS, Array, Labels
from metrics.trials.columns import labelled, measure_of, positive_weights, zero_or_one
from metrics.trials.randomisation import assignments, of_units
from metrics.trials.redraws import ROUNDING, Redraws


@dataclass(frozen=True, slots=True, kw_only=True)
class Placebos:
    """The effect, and what it would have been called with each other place as the one addressed.

    `estimate` has the rank p-value and the interval of all effects that the same ranking does not reject: infinite
    where there are too few places for any effect to be rejected. `by_place` has one effect a place, in the outcome's
    unit, with that place alone as addressed.
    """

    estimate: Estimate
    by_place: tuple[tuple[Hashable, float], ...]


def placebos_in_space(
    data: pd.DataFrame,
    *,
    outcome: str,
    arm: str,
    period: str,
    place: str,
    weights: str | None = None,
    draws: int = 9_999,
    rng: np.random.Generator | None = None,
    conf_level: float = 0.95,
) -> Placebos | NotEstimable:
    """Difference in differences, judged by giving the campaign to other places in turn.

    For one place addressed, or fewer than six, it is the test to rely on: errors by place would rest on as few places
    as were addressed and be far too small (for one treated state of 27 p = .001, where giving each state in turn the
    treatment gives .19). All ways of choosing as many places are taken where there are no more than 20,000.

    Parameters
    ----------
    data
        One row an answer, or one a place and time. Rows with a gap are left out, and a caution says so.
    outcome
        Column of numbers, or of 0 and 1.
    arm
        Column of 1 for places addressed and 0 for the others; it does not change over time.
    period
        Column of 0 for before and 1 for after.
    place
        Column of the places.
    weights
        Column of sampling weights, above zero.

    References
    ----------
    Conley and Taber (2011), Review of Economics and Statistics 93:113-125.
    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105:493-505.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": list("abcdefgh") * 2, "after": [0] * 8 + [1] * 8})
    >>> rows["campaign"] = (rows["place"] == "a").astype(int)
    >>> rows["score"] = [5, 4, 6, 5, 3, 5, 4, 6, 9, 4, 7, 5, 4, 5, 5, 6]
    >>> found = placebos_in_space(rows, outcome="score", arm="campaign", period="after", place="place")
    >>> f"{found.estimate.estimate:.2f}, p = {found.estimate.p_value:.3f}, from {found.estimate.conf_low}"
    '3.57, p = 0.125, from -inf'
    """
    check_conf_level(conf_level)
    used = [name for name in (outcome, arm, period, place, weights) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, treated, after = rows[outcome].to_numpy(dtype=float), zero_or_one(rows, arm), zero_or_one(rows, period)
    measure = measure_of(y)
    cells = [int(((treated == side) & (after == wave)).sum()) for side in (0, 1) for wave in (0, 1)]
    if min(cells) == 0:
        return NotEstimable(measure=measure, reason=Reason.NOBODY_IN_A_GROUP, n=len(rows))
    label = labelled(rows, place)
    units = of_units(treated, label)
    if units is None:
        raise ValueError(f"a {place} is in both arms, so it cannot be addressed in turn")
    w = positive_weights(rows, weights)
    sums, counts = _by_place(y, after, label, w)
    redraws = _redraws(sums, counts, _all_of(units, draws, rng), units[0])
    estimate = float(redraws.level[0])
    spread = float(np.std(redraws.level[np.isfinite(redraws.level)]))
    if not spread > ROUNDING * max(1.0, float(np.abs(y).max())):
        return NotEstimable(measure=measure, reason=Reason.NO_VARIATION, n=len(rows))
    low, high = redraws.interval(estimate, spread, conf_level)
    addressed = min(int(units[0].sum()), int((1 - units[0]).sum()))
    if addressed < FEW_CLUSTERS:
        cautions = (*cautions, Caution.FEW_CLUSTERS)
    alone = _redraws(sums, counts, np.eye(len(units[0])), units[0]).level
    names = pd.Series(rows[place].to_numpy()).groupby(label).first()
    return Placebos(
        estimate=Estimate(
            measure=measure,
            estimate=estimate,
            se=None,
            conf_low=low,
            conf_high=high,
            p_value=redraws.p_value(),
            df=math.inf,
            conf_level=conf_level,
            method=Method.PLACEBO_IN_SPACE,
            n=len(rows),
            clusters=len(units[0]),
            cautions=cautions,
        ),
        by_place=tuple(zip(names, alone.tolist(), strict=True)),
    )


def placebo_of_change(
    outcome: Array, treated: Array, after: Array, place: Labels, weights: Array | None
) -> float | None:
    """The p-value of `placebos_in_space`; None where places are in both arms.

    Parameters
    ----------
    outcome, treated, after, place, weights
        One value an answer; `treated` and `after` are 0 or 1, `place` is numbered from zero.

    Examples
    --------
    Of four places, the one addressed changed most:

    >>> place, after = np.tile(np.arange(4), 2), np.repeat([0.0, 1], 4)
    >>> placebo_of_change(np.array([5.0, 4, 6, 5, 9, 4, 7, 4]), place == 0, after, place, None)
    0.25
    """
    units = of_units(treated, place)
    if units is None:
        return None
    sums, counts = _by_place(outcome, after, place, weights)
    return _redraws(sums, counts, _all_of(units, 9_999, None), units[0]).p_value()


def _all_of(units: tuple[Array, Labels], draws: int, rng: np.random.Generator | None) -> Array:
    return assignments(*units, draws=draws, rng=rng).astype(np.float64)


def _by_place(outcome: Array, after: Array, place: Labels, weights: Array | None) -> tuple[Array, Array]:
    """Sums of the outcome and of the weights, one row a place, one column a period."""
    w = np.ones(len(outcome)) if weights is None else weights
    sums, counts = np.zeros((2, int(place.max()) + 1, 2))
    np.add.at(sums, (place, after.astype(int)), w * outcome)
    np.add.at(counts, (place, after.astype(int)), w)
    return sums, counts


def _redraws(sums: Array, counts: Array, assigned: Array, arm: Array) -> Redraws:
    """Difference in differences of each assignment; one without answers in a cell is as far out as can be.

    An assumed effect is taken off the later answers of the places that were truly addressed.
    """
    shift = np.zeros_like(sums)
    shift[:, 1] = arm * counts[:, 1]
    with np.errstate(invalid="ignore"):

        def changed(values: Array) -> Array:
            means = [(side @ values) / (side @ counts) for side in (assigned, 1 - assigned)]
            (one, other) = (mean[:, 1] - mean[:, 0] for mean in means)
            difference: Array = one - other
            return difference

        level, slope = changed(sums), changed(shift)
    lost = ~np.isfinite(level)
    level[lost], slope[lost] = np.inf, 0.0
    ones = np.ones(len(level))
    return Redraws(level=level, slope=slope, square=ones, cross=0 * ones, curve=0 * ones)
