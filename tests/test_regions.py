import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from metrics.estimates import Caution, Measure, NotEstimable, Reason
from metrics.regions import Model, synthetic_control
from metrics.regions.inference import Sureness, by_placebos, by_times
from metrics.regions.weights import Mixture, mixture


def regions(rng, *, count=25, periods=36, noise=1.0):
    common = np.cumsum(rng.normal(size=(periods, 2)), axis=0) @ rng.uniform(0.5, 1.5, size=(2, count))
    return pd.DataFrame(20 + common + noise * rng.normal(size=(periods, count)))


# Weights -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Model.PLAIN, Model.DEMEANED])
def test_weights_are_the_best_of_all_that_add_up_to_one(model):
    data = regions(np.random.default_rng(1), count=6).to_numpy()
    region, donors = data[:24, 0], data[:24, 1:]

    def misses(weights):
        rest = region - donors @ weights
        return float(((rest - (rest.mean() if model is Model.DEMEANED else 0)) ** 2).sum())

    best = minimize(
        misses, np.full(5, 0.2), bounds=[(0, 1)] * 5, constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 500},
    )  # fmt: skip
    ours = mixture(model, data[:, 0], data[:, 1:], 24).weights
    assert misses(ours) == pytest.approx(best.fun, rel=1e-6)
    assert misses(ours) <= best.fun + 1e-9
    assert ours == pytest.approx(best.x, abs=1e-4)


@pytest.mark.parametrize(("count", "before", "periods"), [(6, 24, 36), (3, 3, 5), (3, 4, 5)])
def test_synthetic_differences_weigh_regions_and_times_by_their_algorithm(count, before, periods):
    # Arkhangelsky et al. (2021), algorithm 1: regions with a penalty of the noise of one step, times without
    data = regions(np.random.default_rng(12), count=count, periods=periods).to_numpy()
    region, donors = data[:, 0], data[:, 1:]
    noise = np.diff(donors[:before], axis=0).std(ddof=1)
    penalty = noise**2 * math.sqrt(3 * (periods - before)) * before

    def best(parts, whole, ridge):
        def misses(weights):
            rest = whole - parts @ weights
            return float(((rest - rest.mean()) ** 2).sum() + ridge * (weights**2).sum())

        count = parts.shape[1]
        return minimize(
            misses, np.full(count, 1 / count), bounds=[(0, 1)] * count, options={"ftol": 1e-14, "maxiter": 900},
            constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        ).x  # fmt: skip

    ours = mixture(Model.SYNTHETIC_DIFFERENCES, region, donors, before, regions=3)
    weights = best(donors[:before], region[:before], penalty)
    assert ours.weights == pytest.approx(weights, abs=1e-4)
    assert weights.min() > 0.001
    times = best(donors[:before].T, donors[before:].mean(axis=0), 0)
    rest = region - donors @ weights
    assert ours.effect(before) == pytest.approx(rest[before:].mean() - times @ rest[:before], abs=2e-3)


def test_a_region_made_of_two_others_is_recognised():
    data = regions(np.random.default_rng(2))
    data[0] = 0.3 * data[3] + 0.7 * data[8] + 40 + 0.01 * np.random.default_rng(3).normal(size=36)
    data.loc[24:, 0] += 5
    effect = synthetic_control(data, treated=0, start=24)
    assert dict(effect.weights)[8] == pytest.approx(0.7, abs=0.02)
    assert dict(effect.weights)[3] == pytest.approx(0.3, abs=0.02)
    assert effect.estimate.estimate == pytest.approx(5, abs=0.05)
    assert effect.total == pytest.approx(12 * effect.estimate.estimate)
    would_have_been = effect.observed[24:].mean() - effect.estimate.estimate
    assert effect.relative == pytest.approx(effect.estimate.estimate / would_have_been)
    assert (effect.fit_share < 0.05, effect.periods_before, effect.periods[:2]) == (True, 24, (0, 1))


def test_equal_weights_are_a_difference_in_differences():
    data = regions(np.random.default_rng(4), noise=3)
    after, before = data[24:].mean(), data[:24].mean()
    change = after - before
    ours = mixture(Model.EQUAL, data[0].to_numpy(), data.drop(columns=0).to_numpy(), 24).effect(24)
    assert ours == pytest.approx(change[0] - change[1:].mean())


# Sureness ------------------------------------------------------------------------------------------------------------


def test_the_rank_among_placebos_is_the_p_value():
    data = regions(np.random.default_rng(5))
    effect = synthetic_control(data, treated=0, start=24)
    sizes = []
    for region in data.columns:
        others = data.drop(columns=[0, region] if region else [0])
        one = mixture(Model.DEMEANED, data[region].to_numpy(), others.to_numpy(), 24)
        sizes.append(abs(one.effect(24)) / one.error(24))
    assert effect.estimate.p_value == pytest.approx(np.mean(np.array(sizes) >= sizes[0]))
    assert (effect.estimate.method, effect.estimate.clusters, len(effect.placebos)) == ("placebo_in_space", 25, 24)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([8, 24]), st.floats(-4, 4), st.sampled_from(list(Model)))
def test_an_interval_holds_its_estimate_and_agrees_with_its_p_value(seed, count, jump, model):
    data = regions(np.random.default_rng(seed), count=count + 1)
    data.loc[24:, 0] += jump
    for level in (0.8, 0.95):
        effect = synthetic_control(data, treated=0, start=24, model=model, conf_level=level)
        if hasattr(effect, "reason"):
            assert effect.reason is Reason.POOR_FIT_BEFORE
            continue
        found = effect.estimate
        assert found.conf_low <= found.estimate <= found.conf_high
        assert (found.p_value < 1 - level - 1e-12) == found.excludes_no_difference
        back = synthetic_control(-data, treated=0, start=24, model=model, conf_level=level).estimate
        assert back.estimate == pytest.approx(-found.estimate, abs=1e-6)
        assert back.p_value == found.p_value


def test_few_regions_are_judged_by_time():
    data = regions(np.random.default_rng(6), count=8)
    data.loc[24:, 0] += 8
    effect = synthetic_control(data, treated=0, start=24)
    assert (effect.estimate.method, effect.placebos) == ("conformal", ())
    assert effect.estimate.p_value == pytest.approx(1 / 36)
    assert effect.estimate.conf_low < 8 < effect.estimate.conf_high
    assert effect.estimate.conf_low > 0


def test_several_regions_are_compared_by_their_mean():
    data = regions(np.random.default_rng(7))
    data.loc[24:, [0, 1]] += 6
    effect = synthetic_control(data, treated=[0, 1], start=24)
    assert effect.observed == pytest.approx(data[[0, 1]].mean(axis=1))
    assert (effect.estimate.method, effect.estimate.clusters) == ("conformal", 25)
    assert effect.estimate.excludes_no_difference


@pytest.mark.parametrize("count", [24, 9], ids=["by placebos", "by time"])
def test_no_effect_is_seldom_called_one(count):
    rng = np.random.default_rng(8)
    draws = [synthetic_control(regions(rng, count=count + 1), treated=0, start=24) for _ in range(150)]
    found = [draw.estimate.p_value < 0.05 for draw in draws if not hasattr(draw, "reason")]
    assert len(found) > 100
    assert sum(found) / len(found) <= 0.1


# By hand: donors that never move, weighted alike, leave the region about its mean -------------------------------------


def by_times_alone(before, after, level):
    region, donors = np.array([*before, *after], dtype=float), np.zeros((len(before) + len(after), 2))
    own = mixture(Model.EQUAL, region, donors, len(before))
    return by_times(own, Model.EQUAL, region, donors, len(before), level)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_effects_kept_are_those_that_leave_the_last_period_among_the_others(sign):
    # What is left, d, stands 7/8 d from the mean; the furthest of the others 2 + d/8, at d = 8/3 as far: 2 of 8 periods
    sure = by_times_alone([2, -2, 1, -1, 0.5, -0.5, 0], [sign * 9], 0.75)
    assert (sure.low, sure.high) == pytest.approx((sign * 9 - 8 / 3, sign * 9 + 8 / 3), rel=1e-6)
    assert (sure.p_value, sure.method) == (1 / 8, "conformal")
    # 2.66 is as near as 8/3 to no effect, and a little beyond no effect it is not
    near = by_times_alone([2, -2, 1, -1, 0.5, -0.5, 0], [sign * 2.66], 0.75)
    assert near.p_value == 2 / 8
    assert near.low < 0 < near.high


def test_two_periods_after_the_start_are_compared_with_every_two_in_a_row():
    # 0.8 d for the two, 0.3 d + 0.5 for a window half in them: equal at d = 1
    sure = by_times_alone([1, -1] * 4, [9, 9], 0.8)
    assert (sure.low, sure.high, sure.p_value) == pytest.approx((8, 10, 1 / 10), rel=1e-6)


def test_an_interval_far_wider_than_the_misses_before_is_found():
    # The window half in the two stands at 0.3 d + 25: equal to 0.8 d at 50; with no effect (d = 1) three of ten
    sure = by_times_alone([0] * 8, [51, -49], 0.8)
    assert (sure.low, sure.high, sure.p_value) == pytest.approx((-49, 51, 3 / 10), rel=1e-6)


def test_too_few_periods_for_a_level_leave_every_effect_possible():
    sure = by_times_alone([1, -1] * 4, [9, 9], 0.95)
    assert (sure.low, sure.high, sure.p_value) == (-math.inf, math.inf, 1 / 10)


def test_no_effect_at_all_has_a_p_value_of_one():
    sure = by_times_alone([1, -1] * 4, [1, -1], 0.8)
    assert sure.p_value == 1
    assert sure.low <= 0 <= sure.high


def ranked(effects, level):
    """Regions that all missed by 1 before, the first with the campaign."""
    gaps = np.array([[-1, 1, effect, effect] for effect in effects], dtype=float)
    own, *others = (Mixture(weights=np.ones(1), gaps=one) for one in gaps)
    return by_placebos(own, gaps[0], gaps[1:].T, others, 2, level)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_placebo_as_large_counts_against_the_effect(sign):
    sure = ranked([4 * sign, 1, -4, 3, 2], 0.6)  # 2 of 5; at 60 % one placebo as large leaves an effect unrejected
    assert (sure.p_value, sure.low, sure.high) == (0.4, 4 * sign - 4, 4 * sign + 4)
    assert sure.method == "placebo_in_space"
    assert ranked([4, 1, -2, 3, 2], 0.4) == Sureness(low=2, high=6, p_value=0.2, method=sure.method)  # two as large


def test_too_few_placebos_for_a_level_leave_every_effect_possible():
    sure = ranked([4, 1, -2, 3, 2], 0.8)
    assert (sure.p_value, sure.low, sure.high) == (0.2, -math.inf, math.inf)


def test_a_mixture_that_only_memorised_is_not_taken_for_sure():
    # No misses before: the error is then a thousandth of how a region moved, 0.001 and ten times that for the others;
    # the effect of 0.004 is 4 errors and the largest of the others, 0.005, half of one
    moved = np.array([[-1.0, 1, 5, 5]] + 4 * [[-10.0, 10, 5, 5]])
    gaps = np.array([[0, 0, effect, effect] for effect in (0.004, 0.001, 0.002, 0.005, 0.003)])
    own, *others = (Mixture(weights=np.ones(1), gaps=one) for one in gaps)
    sure = by_placebos(own, moved[0], moved[1:].T, others, 2, 0.6)
    assert (sure.p_value, sure.low, sure.high) == pytest.approx((0.2, 0.0035, 0.0045))
    never_moved = by_placebos(own, 0 * moved[0], 0 * moved[1:].T, others, 2, 0.6)
    assert never_moved.p_value == 0.4


# Refusals and gaps ---------------------------------------------------------------------------------------------------


def test_what_cannot_be_compared_is_refused_with_its_reason():
    rng = np.random.default_rng(9)
    data = regions(rng)
    assert synthetic_control(data, treated=0, start=9).reason is Reason.TOO_FEW_PERIODS
    assert synthetic_control(data, treated=0, start=36).reason is Reason.TOO_FEW_PERIODS
    assert synthetic_control(data[[0, 1]], treated=0, start=24).reason is Reason.TOO_FEW_REGIONS
    short = synthetic_control(data.loc[:17, list(range(9))], treated=0, start=12)
    assert short.reason is Reason.TOO_FEW_REGIONS
    assert not hasattr(synthetic_control(data.loc[:17, list(range(9))], treated=0, start=12, conf_level=0.8), "reason")
    away = data.assign(x=3.0 * np.arange(36)).rename(columns={"x": 99})
    assert synthetic_control(away, treated=99, start=24).reason is Reason.POOR_FIT_BEFORE
    still = synthetic_control(data.assign(s=1.0), treated="s", start=24)
    assert still.reason is Reason.NO_VARIATION
    with pytest.raises(ValueError, match="no region 'Nowhere'"):
        synthetic_control(data, treated="Nowhere", start=24)
    with pytest.raises(ValueError, match=r"^no region '' in the columns$"):
        synthetic_control(data, treated=[], start=24)


def test_regions_and_periods_with_gaps_are_left_out_and_that_is_said():
    data = regions(np.random.default_rng(10), count=30)
    holed = data.astype(float)
    holed.loc[3, 5] = math.nan
    holed.loc[7, 0] = math.nan
    effect = synthetic_control(holed, treated=0, start=24)
    assert effect.estimate.cautions == (Caution.ROWS_INCOMPLETE_DROPPED,)
    assert (effect.estimate.n, effect.estimate.clusters, effect.periods_before) == (35, 29, 23)
    assert 5 not in dict(effect.placebos)
    whole = synthetic_control(data.drop(columns=5).drop(index=7), treated=0, start=24)
    assert effect.estimate.estimate == whole.estimate.estimate


def test_dates_in_any_order_are_read():
    data = regions(np.random.default_rng(11))
    dated = data.set_index(pd.date_range("2024-01-01", periods=36, freq="MS")).sample(frac=1, random_state=1)
    effect = synthetic_control(dated, treated=0, start=pd.Timestamp("2026-01-01"))
    assert effect.estimate == synthetic_control(data, treated=0, start=24).estimate


def test_a_refusal_says_of_how_many_periods_and_a_whole_table_has_no_caution():
    data = regions(np.random.default_rng(13))
    refused = NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.TOO_FEW_PERIODS, n=36)
    assert synthetic_control(data, treated=0, start=9) == refused
    away = synthetic_control(data.assign(x=3.0 * np.arange(36)), treated="x", start=24)
    assert away == NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.POOR_FIT_BEFORE, n=36)
    effect = synthetic_control(data, treated=0, start=24)
    assert (effect.estimate.cautions, effect.estimate.n, effect.estimate.se) == ((), 36, None)
    assert (effect.estimate.measure, effect.estimate.df, effect.model) == ("mean_difference", math.inf, "demeaned")
    before = effect.observed[:24] - effect.counterfactual[:24]
    assert effect.fit_error == pytest.approx(before.std())
    assert effect.fit_share == pytest.approx(before.std() / data[0][:24].std(ddof=0))


def test_a_gap_in_one_other_region_is_said():
    data = regions(np.random.default_rng(14), count=30)
    data.loc[3, 5] = math.nan
    found = synthetic_control(data, treated=0, start=24).estimate
    assert (found.cautions, found.n, found.clusters) == ((Caution.ROWS_INCOMPLETE_DROPPED,), 36, 29)


def test_twenty_one_regions_are_enough_for_placebos_and_twenty_are_not():
    data = regions(np.random.default_rng(15), count=21, periods=18)  # too few periods to go by time
    assert synthetic_control(data, treated=0, start=12).estimate.method == "placebo_in_space"
    assert synthetic_control(data.drop(columns=20), treated=0, start=12).reason is Reason.TOO_FEW_REGIONS


def test_several_regions_have_a_steadier_mean_and_so_wider_synthetic_differences():
    data = regions(np.random.default_rng(16), count=9)
    effect = synthetic_control(data, treated=[0, 1], start=24, model=Model.SYNTHETIC_DIFFERENCES)
    mean = data[[0, 1]].mean(axis=1).to_numpy()
    own = mixture(effect.model, mean, data.drop(columns=[0, 1]).to_numpy(), 24, regions=2)
    assert effect.estimate.estimate == own.effect(24)


@pytest.mark.parametrize("model", [Model.DEMEANED, Model.SYNTHETIC_DIFFERENCES])
def test_each_placebo_is_the_effect_on_that_region_among_the_others_and_the_level_is_kept(model):
    data = regions(np.random.default_rng(17), count=25)
    effect = synthetic_control(data, treated=0, start=24, model=model, conf_level=0.9)
    assert effect.estimate.conf_level == 0.9
    for region in (1, 24):
        others = data.drop(columns=[0, region]).to_numpy()
        one = mixture(model, data[region].to_numpy(), others, 24, regions=1)
        assert dict(effect.placebos)[region] == pytest.approx(one.effect(24))


@pytest.mark.parametrize("seed", range(40))
def test_limits_by_time_are_where_a_fresh_test_begins_to_reject(seed):
    rng = np.random.default_rng(seed)
    before, after = rng.normal(scale=0.01, size=9), rng.normal(scale=50, size=1 + seed % 3)
    region, alpha = np.concatenate([before, after]), (0.1, 0.2, 0.3)[seed % 3]
    other = rng.normal(size=len(region))
    donors = np.column_stack([other, -other])  # their plain average never moves
    own = mixture(Model.EQUAL, region, donors, 9)
    sure = by_times(own, Model.EQUAL, region, donors, 9, 1 - alpha)

    def p_value(assumed):
        left = region - assumed * (np.arange(len(region)) >= 9)
        left -= left.mean()
        means = [abs(np.roll(left, shift)[9:].mean()) for shift in range(len(left))]
        return np.mean(np.array(means) >= means[0] * (1 - 1e-9))

    for limit, way in ((sure.low, -1), (sure.high, 1)):
        if math.isinf(limit):
            assert p_value(way * 1e7) >= alpha
        else:
            assert p_value(limit - way * 1e-5) >= alpha > p_value(limit + way * 1e-5)


@pytest.mark.parametrize("model", [Model.PLAIN, Model.SYNTHETIC_DIFFERENCES])
def test_few_regions_go_by_time_with_the_model_that_was_chosen(model):
    data = regions(np.random.default_rng(20), count=6)
    region, donors = data[0].to_numpy(), data.drop(columns=0).to_numpy()
    found = synthetic_control(data, treated=0, start=24, model=model, conf_level=0.9).estimate
    sure = by_times(mixture(model, region, donors, 24), model, region, donors, 24, 0.9)
    assert (found.conf_low, found.conf_high, found.p_value) == (sure.low, sure.high, sure.p_value)
    other = by_times(mixture(model, region, donors, 24), Model.DEMEANED, region, donors, 24, 0.9)
    assert (other.low, other.high) != (sure.low, sure.high)


def test_units_change_nothing_but_the_units():
    data = regions(np.random.default_rng(21))
    whole, small = (synthetic_control(data * unit, treated=0, start=24) for unit in (1, 1e-4))
    assert small.estimate.estimate == pytest.approx(whole.estimate.estimate * 1e-4)
    assert (small.estimate.p_value, small.fit_share) == pytest.approx((whole.estimate.p_value, whole.fit_share))


def test_twenty_regions_are_too_few_for_placebos_where_periods_are_enough():
    data = regions(np.random.default_rng(24), count=20)
    effect = synthetic_control(data, treated=0, start=24)
    assert (effect.estimate.method, effect.placebos) == ("conformal", ())
    assert sorted(effect.weights, key=lambda pair: -pair[1]) == list(effect.weights)


@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e3])
def test_a_fit_that_misses_little_is_no_poor_one_however_large_the_effect(unit):
    rng = np.random.default_rng(25)
    data = regions(rng, noise=0.05)
    slow = np.cumsum(rng.normal(size=36))
    data[0] = data[1] + 0.1 * data[1].std() * slow / slow.std() + 50 * (np.arange(36) >= 24)
    effect = synthetic_control(unit * data, treated=0, start=24)
    assert effect.fit_share < 0.5
    assert effect.estimate.estimate == pytest.approx(50 * unit, rel=0.1)


def test_ten_periods_before_are_enough():
    data = regions(np.random.default_rng(22))
    assert synthetic_control(data, treated=0, start=10).periods_before == 10


def test_misses_that_do_not_run_on_are_no_poor_fit_even_at_another_level():
    rng = np.random.default_rng(23)
    data = regions(rng).assign(away=100 + rng.normal(size=36)).rename(columns={"away": 99})
    effect = synthetic_control(data, treated=99, start=24, model=Model.PLAIN)
    assert effect.fit_share > 0.5
    assert effect.estimate.estimate > 50


def test_two_other_regions_are_enough_to_go_by_time():
    data = regions(np.random.default_rng(18), count=3, noise=0.2)
    data[0] = 0.5 * data[1] + 0.5 * data[2] + np.random.default_rng(19).normal(size=36)
    effect = synthetic_control(data, treated=0, start=24)
    assert (effect.estimate.method, effect.estimate.clusters) == ("conformal", 3)
