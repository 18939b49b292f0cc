"""Arms drawn again, against a refit of every assignment, and what a p-value and its interval make of redraws."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from metrics.estimates import Measure, NotEstimable, Reason
from metrics.least_squares import Correction, fit_clustered
from metrics.trials import randomisation_test, wild_cluster_bootstrap
from metrics.trials.randomisation import assignments, of_units, placebo_p_value
from metrics.trials.redraws import Redraws


def villages(seed=0, *, effect=1.0):
    """Eight villages in two districts of four, two of each with the campaign, in no order."""
    rng = np.random.default_rng(seed)
    village = np.repeat(np.arange(8), [3, 5, 4, 6, 2, 5, 3, 4])
    arm = np.array([1, 0, 0, 1, 0, 1, 1, 0])[village]
    rows = pd.DataFrame({"village": village, "arm": arm, "district": village // 4})
    rows["age"], rows["weight"] = rng.normal(size=len(rows)), rng.uniform(0.5, 2, len(rows))
    rows["score"] = effect * arm + rows["age"] + rows["district"] + 0.5 * rng.normal(size=8)[village]
    rows["score"] += 0.5 * rng.normal(size=len(rows))
    return rows.sample(frac=1, random_state=seed)


def refitted(rows, *, assumed=0.0, weights=None, covariates=("age", "district")):
    """The effect and its error (CR0) under each of the 36 assignments; the first is the observed one."""
    labels = rows["village"].to_numpy()
    observed = rows.groupby("village")["arm"].first().to_numpy()
    pairs = itertools.product(itertools.combinations(range(4), 2), itertools.combinations(range(4, 8), 2))
    others = [np.isin(np.arange(8), one + two) * 1 for one, two in pairs]
    drawn = [observed, *(each for each in others if (each != observed).any())]
    assert len(drawn) == 36
    y = rows["score"].to_numpy() - assumed * rows["arm"].to_numpy()
    effects, errors = [], []
    for each in drawn:
        x = np.column_stack([np.ones(len(rows)), each[labels], *(rows[name] for name in covariates)]).astype(float)
        fit = fit_clustered(x, y, labels, correction=Correction.CR0, weights=weights)
        effects.append(fit.coefficients[1])
        errors.append(fit.standard_errors[1])
    return np.array(effects), np.array(errors)


def share_as_far(distances):
    return np.mean(np.abs(distances) >= abs(distances[0]) * (1 - 1e-9))


def drawn_again(rows, **options):
    return randomisation_test(rows, outcome="score", arm="arm", rng=np.random.default_rng(1), **options)


@pytest.mark.parametrize("method", [randomisation_test, wild_cluster_bootstrap])
def test_where_not_all_ways_are_tried_the_same_data_have_the_same_answer(method):
    village = np.repeat(np.arange(18), 4)
    rows = pd.DataFrame({"village": village, "arm": village % 2})
    rows["score"] = np.random.default_rng(6).normal(size=len(rows)) + 0.3 * rows["arm"]
    columns = {"outcome": "score", "arm": "arm", "cluster": "village", "draws": 199}
    once, again, other = (
        method(rows, **columns, **beginning) for beginning in ({}, {}, {"rng": np.random.default_rng(9)})
    )
    assert once == again
    assert once.p_value != other.p_value


@pytest.mark.parametrize("seed", range(4))
def test_assigning_villages_again_within_districts_equals_a_refit_of_each_assignment(seed):
    rows = villages(seed, effect=0.4)
    result = drawn_again(rows, cluster="village", block="district", covariates=["age"], conf_level=0.9)
    effects, errors = refitted(rows)
    assert (result.estimate, result.se) == pytest.approx((effects[0], errors[0]))
    assert result.p_value == pytest.approx(share_as_far(effects / errors))
    for limit, outwards in ((result.conf_low, -1), (result.conf_high, 1)):
        for moved, kept in ((-1e-6, True), (1e-6, False)):
            moved_effects, moved_errors = refitted(rows, assumed=limit + outwards * moved)
            assert (share_as_far(moved_effects / moved_errors) >= 0.1) == kept
    assert (result.measure, result.method, result.df) == (Measure.MEAN_DIFFERENCE, "randomisation", math.inf)
    assert (result.n, result.clusters, result.conf_level) == (32, 8, 0.9)


@pytest.mark.parametrize("weighted", [False, True], ids=["alike", "weighted"])
def test_the_placebo_equals_a_refit_of_each_assignment(weighted):
    for seed in range(4):
        rows = villages(seed, effect=0.3)
        weights = rows["weight"].to_numpy() if weighted else None
        effects, _ = refitted(rows, weights=weights)
        found = placebo_p_value(
            rows["score"].to_numpy(),
            np.column_stack([np.ones(32), rows["age"], rows["district"]]),
            rows["arm"].to_numpy(dtype=float),
            rows["village"].to_numpy(),
            block=rows["district"].to_numpy(),
            weights=weights,
        )
        assert found == pytest.approx(share_as_far(effects))


def test_an_assignment_that_another_column_tells_counts_as_far_out():
    # of the twenty ways to choose three of six two leave no effect to be told from `rich`
    people = pd.DataFrame({"arm": [1.0, 1, 1, 0, 0, 0], "rich": [1.0, 1, 0, 1, 0, 0], "score": [9.0, 7, 5, 6, 2, 1]})
    y, arm, rich = (people[name].to_numpy() for name in ("score", "arm", "rich"))
    told, effects, ratios = 0, [], []
    for chosen in itertools.combinations(range(6), 3):
        own = np.isin(np.arange(6), chosen) * 1.0
        if (own == rich).all() or (own == 1 - rich).all():
            told += 1
            continue
        fit = fit_clustered(np.column_stack([np.ones(6), own, rich]), y, np.arange(6), correction=Correction.CR0)
        effects.append(fit.coefficients[1])
        ratios.append(fit.coefficients[1] / fit.standard_errors[1])
    far, further = (sum(np.abs(v) >= abs(v[0]) * (1 - 1e-9)) for v in (effects, ratios))
    assert told == 2
    placebo = placebo_p_value(y, np.column_stack([np.ones(6), rich]), arm, np.arange(6))
    assert placebo == pytest.approx((far + told) / 20)
    assert drawn_again(people, covariates=["rich"]).p_value == pytest.approx((further + told) / 20)


def test_what_was_drawn_whole_has_one_arm_and_one_block():
    arm, unit = np.array([1.0, 0, 1, 0]), np.array([2, 0, 2, 1])
    arms, blocks = of_units(arm, unit, np.array([5, 4, 5, 4]))
    assert (arms.tolist(), blocks.tolist()) == ([0, 0, 1], [4, 4, 5])
    assert of_units(arm, unit, np.array([5, 4, 4, 4])) is None
    assert of_units(arm, np.array([2, 0, 2, 2])) is None
    assert placebo_p_value(np.arange(4.0), np.ones((4, 1)), arm, np.array([2, 0, 2, 2])) is None


def test_twenty_thousand_assignments_are_listed_and_more_are_drawn():
    pairs, fives = [(size, 1) for size in (2, 2, 2, 2, 2)], [(5, 1)] * 4  # 2^5 x 5^4
    block = np.repeat(np.arange(9), [size for size, _ in [*pairs, *fives]])
    arm = np.array([float(i == 0 or block[i] != block[i - 1]) for i in range(len(block))])
    listed = assignments(arm, block, draws=7, rng=None)
    assert listed.shape == (20_000, 30)
    assert len(np.unique(listed, axis=0)) == 20_000
    assert (listed[0] == arm).all()
    one_more = assignments(np.append(arm, [1.0, 0]), np.append(block, [9, 9]), draws=7, rng=None)
    assert one_more.shape == (8, 32)
    assert listed.dtype == one_more.dtype == np.int8  # a byte a unit: ten thousand draws of many
    assert (np.add.reduceat(one_more, [*np.flatnonzero(arm), 30], axis=1) == 1).all()
    assert len(np.unique(one_more, axis=0)) == 8


def test_a_sample_of_assignments_is_that_of_the_source_of_chance():
    arm, block = np.array([1.0, 0] * 20), np.zeros(40, dtype=int)
    same, again = (assignments(arm, block, draws=5, rng=None) for _ in range(2))
    assert (same == again).all()
    one, other = (assignments(arm, block, draws=5, rng=np.random.default_rng(seed)) for seed in (1, 2))
    assert (one[0] == other[0]).all()
    assert not (one[1:] == other[1:]).all()


def test_as_a_rule_ten_thousand_ways_are_looked_at():
    rng = np.random.default_rng(2)
    people = pd.DataFrame({"arm": np.arange(30) % 2, "score": rng.normal(size=30), "village": np.arange(30)})
    found = [
        drawn_again(people).p_value,
        wild_cluster_bootstrap(people, outcome="score", arm="arm", cluster="village", rng=rng).p_value,
        placebo_p_value(
            people["score"].to_numpy(), np.ones((30, 1)), people["arm"].to_numpy(dtype=float), np.arange(30)
        ),
    ]
    for p in found:
        assert p * 10_000 == pytest.approx(round(p * 10_000), abs=1e-6)
    other = randomisation_test(people, outcome="score", arm="arm", rng=np.random.default_rng(3))
    assert other.p_value != found[0]


@pytest.mark.parametrize("level", [7.5, 1e6 + 0.1, 1e9 + 0.1])
def test_one_large_sum_for_all_is_no_variation(level):
    # incomes in francs are in millions, and rounding then leaves more than nothing
    rng = np.random.default_rng(1)
    rows = pd.DataFrame({"arm": np.arange(8) % 2, "score": level, "village": np.arange(8), "age": rng.normal(size=8)})
    refusal = NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.NO_VARIATION, n=8)
    for covariates in ([], ["age"]):
        assert drawn_again(rows, covariates=covariates) == refusal
        drawn = wild_cluster_bootstrap(
            rows, outcome="score", arm="arm", cluster="village", covariates=covariates, rng=rng
        )
        assert drawn == refusal


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_errors_of_redraws_have_the_unit_of_the_outcome(unit):
    rows = villages(5)
    scaled = rows.assign(score=rows["score"] * unit)
    for options in ({"cluster": "village", "block": "district"}, {"covariates": ["age"]}):
        one, other = drawn_again(rows, draws=99, **options), drawn_again(scaled, draws=99, **options)
        assert other.se == pytest.approx(one.se * unit)
        assert other.p_value == one.p_value


# the share of redraws as far out


def redraws(level, *, square=1.0, slope=1.0, cross=0.0, curve=0.0, unit=1.0):
    level = np.array(level, dtype=float)
    every = np.ones(len(level))
    return Redraws(
        level=level * unit, slope=slope * every, square=square * every * unit**2, cross=cross * every * unit,
        curve=curve * every,
    )  # fmt: skip


@pytest.mark.parametrize("unit", [1e-20, 1.0, 1e20])
def test_redraws_as_far_out_are_counted_in_any_unit(unit):
    assert redraws([2, -2, 1, 0], unit=unit).p_value() == 2 / 4
    assert redraws([0.1 + 0.2, 0.3, -0.3, 0.2], unit=unit).p_value() == 3 / 4  # ties but for rounding
    assert redraws([2, -4, 1, 5], square=np.array([1, 4.1, 0.25, 4]), unit=unit).p_value() == 3 / 4


@pytest.mark.parametrize("unit", [1e-20, 1.0, 1e20])
def test_a_redraw_without_variance_is_beyond_all_others_unless_it_has_no_effect(unit):
    sure, nothing = np.array([1.0, 0, 1, 1]), np.array([0.0, 1, 1, 1])
    assert redraws([2, 1, 1, 3], square=sure, unit=unit).p_value() == 3 / 4
    assert redraws([2, 1e-12, 1, 3], square=sure, unit=unit).p_value() == 2 / 4  # what rounding leaves
    assert redraws([2, 1e-7, 1, 3], square=sure, unit=unit).p_value() == 3 / 4
    assert redraws([1, 2, 3, 9], square=nothing, unit=unit).p_value() == 1 / 4
    assert redraws([0, 0.5, 0.2, 0.1], square=nothing, unit=unit).p_value() == 1
    assert redraws([2, np.inf, 1, 0], unit=unit).p_value() == 2 / 4


def test_an_assumed_effect_is_taken_off_the_level_and_moves_the_variance():
    # at 2: effects 5 - 2, 4 + 2, 1 - 1 and 8 - 4; variances 1, 1 + 4 x 0.5 + 4 x 0.25 = 4, 1, 9
    found = redraws(
        [5, 4, 1, 8], slope=np.array([1, -1, 0.5, 2]), square=np.array([1, 1, 1, 13]),
        cross=np.array([0, 0.5, 0, -3]), curve=np.array([0, 0.25, 0, 2]),
    )  # fmt: skip
    assert found.p_value(2.0) == 2 / 4  # 3, 3, 0 and 4 / 3
    assert found.p_value() == 1 / 4  # 5, 4, 1 and 8 / 3.6


def test_where_nothing_varies_or_nothing_can_be_told_every_redraw_is_as_far_out():
    assert redraws([0, 0, 0], square=0.0).p_value() == 1
    assert redraws([np.inf, np.inf]).p_value() == 1


# the effects that are not rejected


def test_an_effect_whose_p_value_is_just_the_level_is_kept():
    rare = redraws([3, 0, 0, 0], slope=np.array([1, 0, 0, 0]))  # one of four for any effect but 3
    assert rare.interval(3.0, 1.0, 0.75) == (-math.inf, math.inf)
    assert rare.interval(3.0, 1.0, 0.5) == pytest.approx((3, 3))


@pytest.mark.parametrize("unit", [0.1, 10.0])
@pytest.mark.parametrize("side", [1, -1])
def test_zero_is_kept_where_its_p_value_says_so_though_effects_between_are_not(unit, side):
    # at 2 the second redraw is 0.3 off and the first 1.0, at 0 they are 3.5 and 3 off
    found = redraws([3 * side, 3.5 * side, 0, 0], slope=np.array([1, 1.9, 0, 0]), unit=unit)
    assert (found.p_value(2 * side * unit), found.p_value(0)) == (1 / 4, 2 / 4)
    low, high = found.interval(3.0 * side * unit, unit, 0.7)
    assert low <= 0 <= high


def test_limits_are_where_the_next_redraw_comes_as_far_out():
    # one of four is 2 off whatever is assumed: effects within 2 of the estimate are kept
    found = redraws([5, 2, 0, 0], slope=np.array([1, 0, 0, 0]))
    for se in (0.01, 1.0, 100.0):
        assert found.interval(5.0, se, 0.7) == pytest.approx((3, 7))
    far = redraws([5, 1e5, 0, 0], slope=np.array([1, 0, 0, 0]))
    assert far.interval(5.0, 1.0, 0.7) == pytest.approx((5 - 1e5, 5 + 1e5))
    assert far.interval(5.0, 1e-6, 0.7) == (-math.inf, math.inf)  # beyond a million standard errors
