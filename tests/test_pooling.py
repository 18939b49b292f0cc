"""Meta-analysis against published results, and its properties."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics import pooling
from metrics.pooling import Estimator, pool
from metrics.pooling.heterogeneity import Studies, between_studies

# Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30:261-293, the ten studies of its example.
EFFECTS = [-0.581, 0.53, 0.771, 1.031, 0.553, 0.295, 0.078, 0.573, -0.176, -0.232]
VARIANCES = [0.023, 0.052, 0.06, 0.115, 0.095, 0.203, 0.2, 0.211, 0.051, 0.04]
# Lipsey and Wilson (2001), Practical Meta-Analysis, Exhibits 7.3 to 7.7.
CHALLENGE = [-0.33, 0.32, 0.39, 0.31, 0.17, 0.64, -0.33, 0.15, -0.02, 0.0]
CHALLENGE_VARIANCES = [0.084, 0.035, 0.017, 0.034, 0.072, 0.117, 0.102, 0.093, 0.012, 0.067]
RANDOM = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
INTENSITY = [7, 3, 7, 5, 7, 7, 4, 4, 5, 6]

EFFECT = st.floats(-2, 2)
VARIANCE = st.floats(0.001, 1)
STUDIES = st.lists(st.tuples(EFFECT, VARIANCE), min_size=3, max_size=12)
METHODS = [method for method in Estimator if method != Estimator.EE]


@pytest.mark.parametrize(
    ("method", "tau2", "i2", "h2", "se"),
    [("HS", 0.2282, 77.2284, 4.3914, 0.1328), ("HE", 0.1484, 68.7988, 3.2050, 0.1234),
     ("DL", 0.2768, 80.4447, 5.1137, 0.1841)],
)  # fmt: skip
def test_tau2_of_each_moment_estimator_is_the_published_one(method, tau2, i2, h2, se):
    spread = pool(EFFECTS, VARIANCES, method=method).heterogeneity
    assert spread.tau2 == pytest.approx(tau2, abs=6e-5)
    assert 100 * spread.i2 == pytest.approx(i2, abs=6e-4)
    assert spread.h2 == pytest.approx(h2, abs=6e-4)
    assert spread.tau2_se == pytest.approx(se, abs=6e-5)


def test_equal_and_random_effects_are_those_of_the_textbook():
    equal = pool(CHALLENGE, CHALLENGE_VARIANCES, method="EE", adjustment="none")
    assert (equal.estimate, equal.se) == pytest.approx((0.1549, 0.0609), abs=6e-5)
    assert (equal.conf_low, equal.conf_high) == pytest.approx((0.0356, 0.2742), abs=6e-5)
    assert equal.p_value == pytest.approx(0.0109, abs=6e-5)
    assert (equal.q, equal.heterogeneity.q_p_value) == pytest.approx((14.7640, 0.0976), abs=6e-4)
    random = pool(CHALLENGE, CHALLENGE_VARIANCES, method="DL", adjustment="none")
    assert (random.estimate, random.se, random.tau2) == pytest.approx((0.1534, 0.0858, 0.025955), abs=6e-5)


def test_moderators_are_those_of_the_textbook():
    result = pooling.meta_regression(
        CHALLENGE, CHALLENGE_VARIANCES, {"random": RANDOM, "intensity": INTENSITY}, method="DL", adjustment="none"
    )
    assert [term.estimate for term in result.coefficients] == pytest.approx([0.3311, -0.3269, -0.0068], abs=6e-5)
    assert [term.se for term in result.coefficients] == pytest.approx([0.3198, 0.1439, 0.0528], abs=6e-5)
    assert (result.statistic, result.p_value) == pytest.approx((5.5711, 0.0617), abs=6e-5)
    assert result.statistic_df == (2, math.inf)


def test_equal_effects_and_paule_and_mandel_have_the_spread_of_metafor():
    # R 4.2.2, metafor 3.8-1: rma(method = "EE") and rma(method = "PM"), control = list(threshold = 1e-12)
    equal = pool(EFFECTS, VARIANCES, method="EE").heterogeneity
    assert (equal.i2, equal.h2) == pytest.approx(((equal.q - 9) / equal.q, equal.q / 9))
    moments = pool(EFFECTS, VARIANCES, method="PM").heterogeneity
    assert (moments.tau2, moments.tau2_se) == pytest.approx((0.192004969112, 0.132983299224), rel=1e-6)


def test_equal_effects_have_neither_prediction_nor_an_interval_of_tau2():
    equal = pool(EFFECTS, VARIANCES, method="EE")
    assert (equal.tau2, equal.tau2_low, equal.prediction_low) == (0.0, None, None)


# qt(.975, 2), qt(.95, 2), qnorm(.975): the first is 0.95 sqrt(2 / (1 - 0.95^2)), the second 0.9 sqrt(2 / (1 - 0.9^2))
QUANTILES = {0.95: 0.95 * math.sqrt(2 / (1 - 0.95**2)), 0.9: 0.9 * math.sqrt(2 / (1 - 0.9**2))}


@pytest.mark.parametrize(("level", "t"), QUANTILES.items())
def test_three_studies_of_one_size_have_a_closed_form(level, t):
    # The sample variance 0.01 is tau2 + 0.0025; Q at that tau2 is its expectation, so that no correction is left
    pooled = pool([0.0, 0.1, 0.2], [0.0025] * 3, conf_level=level)
    se = math.sqrt(0.01 / 3)
    assert (pooled.estimate, pooled.se, pooled.tau2) == pytest.approx((0.1, se, 0.0075), rel=1e-6)
    assert (pooled.conf_low, pooled.conf_high) == pytest.approx((0.1 - t * se, 0.1 + t * se), rel=1e-6)
    scatter = math.sqrt(0.0075 + 0.01 / 3)
    prediction = (0.1 - t * scatter, 0.1 + t * scatter)
    assert (pooled.prediction_low, pooled.prediction_high) == pytest.approx(prediction, rel=1e-6)
    statistic = 0.1 / se  # with two degrees of freedom p = 1 - t / sqrt(t^2 + 2)
    assert pooled.p_value == pytest.approx(1 - statistic / math.sqrt(statistic**2 + 2), rel=1e-6)
    assert pooled.weights == pytest.approx((1 / 3,) * 3)
    assert (pooled.k, pooled.df, pooled.conf_level) == (3, 2, level)
    assert (pooled.method, pooled.adjustment) == ("REML", "knapp_hartung_modified")
    # The Q profile: 0.02 / (0.0025 + tau2) = qchisq, which is -2 log of the tail with two degrees of freedom
    tails = [(1 - level) / 2, (1 + level) / 2]
    limits = [max(0.0, 0.02 / (-2 * math.log(tail)) - 0.0025) for tail in tails]
    assert (pooled.tau2_low, pooled.tau2_high) == pytest.approx(tuple(limits), rel=1e-6)


def test_studies_that_happen_to_agree_show_what_each_correction_does():
    # Q = 0.0002 / 0.0025 = 0.08 with two degrees of freedom: the variance would shrink to a twenty-fifth
    effects, variances, plain = [0.10, 0.11, 0.12], [0.0025] * 3, math.sqrt(0.0025 / 3)
    assert pool(effects, variances).se == pytest.approx(plain)
    assert pool(effects, variances, adjustment="knapp_hartung").se == pytest.approx(plain / 5)
    normal = pool(effects, variances, adjustment="none")
    assert (normal.se, normal.df) == (pytest.approx(plain), math.inf)
    assert normal.conf_high == pytest.approx(0.11 + 1.959963984540054 * plain)
    assert normal.p_value == pytest.approx(math.erfc(0.11 / plain / math.sqrt(2)))


@given(EFFECT, st.integers(3, 8), st.sampled_from(list(Estimator)), st.sampled_from(list(pooling.Adjustment)))
@settings(max_examples=60)
def test_studies_that_all_say_the_same_do_not_differ(effect, k, method, adjustment):
    pooled = pool([effect] * k, [0.0025] * k, method=method, adjustment=adjustment)
    assert pooled.estimate == pytest.approx(effect, abs=1e-12)
    assert (pooled.tau2, pooled.i2, pooled.q) == pytest.approx((0, 0, 0), abs=1e-12)
    assert pooled.q >= 0
    assert pooled.conf_low <= pooled.estimate <= pooled.conf_high


def test_a_prediction_may_be_asked_for_at_another_level_and_with_other_degrees_of_freedom():
    pooled = pool([0.0, 0.1, 0.2], [0.0025] * 3)
    scatter = math.sqrt(0.0075 + 0.01 / 3)
    assert pooling.prediction_interval(pooled) == pytest.approx((pooled.prediction_low, pooled.prediction_high))
    low, high = pooling.prediction_interval(pooled, conf_level=0.9)
    assert (low, high) == pytest.approx((0.1 - QUANTILES[0.9] * scatter, 0.1 + QUANTILES[0.9] * scatter), rel=1e-6)
    low, high = pooling.prediction_interval(pooled, df=math.inf)
    assert (low, high) == pytest.approx((0.1 - 1.959963984540054 * scatter, 0.1 + 1.959963984540054 * scatter))
    low, high = pooling.prediction_interval(pooled, df=1, conf_level=0.5)  # qt(.75, 1) is 1
    assert (low, high) == pytest.approx((0.1 - scatter, 0.1 + scatter), rel=1e-6)


def test_three_studies_are_enough_to_predict_a_fourth():
    assert pool([0.1, 0.4, 0.2], [0.01] * 3).prediction_low is not None


def test_two_studies_are_too_few_to_predict_a_third():
    assert pool([0.1, 0.4], [0.01, 0.01]).prediction_low is None


@given(STUDIES, st.sampled_from(METHODS))
@settings(max_examples=60, deadline=None)
def test_turning_every_effect_around_turns_the_average_around(studies, method):
    effects, variances = zip(*studies, strict=True)
    there, back = pool(effects, variances, method=method), pool([-y for y in effects], variances, method=method)
    assert there.estimate == pytest.approx(-back.estimate, abs=1e-7)
    assert there.conf_low == pytest.approx(-back.conf_high, abs=1e-6)
    assert there.tau2 == pytest.approx(back.tau2, abs=1e-7)


@given(STUDIES, st.floats(-5, 5), st.sampled_from(METHODS))
@settings(max_examples=60, deadline=None)
def test_a_constant_added_to_every_effect_moves_the_average_by_it(studies, constant, method):
    effects, variances = zip(*studies, strict=True)
    there = pool(effects, variances, method=method)
    moved = pool([y + constant for y in effects], variances, method=method)
    assert moved.estimate == pytest.approx(there.estimate + constant, abs=1e-6)
    assert moved.tau2 == pytest.approx(there.tau2, abs=1e-6)


@given(STUDIES)
@settings(max_examples=60, deadline=None)
def test_the_average_lies_among_the_effects_and_the_p_value_agrees_with_the_interval(studies):
    effects, variances = zip(*studies, strict=True)
    pooled = pool(effects, variances)
    assert min(effects) - 1e-9 <= pooled.estimate <= max(effects) + 1e-9
    assert sum(pooled.weights) == pytest.approx(1)
    assert pooled.prediction_low <= pooled.conf_low + 1e-12
    assume(abs(pooled.p_value - 0.05) > 1e-9)
    assert (pooled.p_value < 0.05) == (not pooled.conf_low <= 0 <= pooled.conf_high)


@given(STUDIES)
@settings(max_examples=40, deadline=None)
def test_restricted_likelihood_has_no_higher_place_nearby(studies):
    effects, variances = (np.array(column) for column in zip(*studies, strict=True))

    def log_likelihood(tau2):
        w = 1 / (variances + tau2)
        mean = (w * effects).sum() / w.sum()
        return 0.5 * (np.log(w).sum() - math.log(w.sum()) - (w * (effects - mean) ** 2).sum())

    tau2 = pool(effects, variances).tau2
    assert log_likelihood(tau2) >= max(log_likelihood(tau2 + 1e-4), log_likelihood(max(0.0, tau2 - 1e-4))) - 1e-10


@given(STUDIES)
@settings(max_examples=40, deadline=None)
def test_paule_and_mandels_tau2_makes_q_its_expectation(studies):
    effects, variances = (np.array(column) for column in zip(*studies, strict=True))
    tau2 = pool(effects, variances, method="PM").tau2
    w = 1 / (variances + tau2)
    q = (w * (effects - (w * effects).sum() / w.sum()) ** 2).sum()
    assert q == pytest.approx(len(effects) - 1, rel=1e-6) if tau2 else q <= len(effects) - 1 + 1e-9


def test_without_a_study_is_the_average_of_the_others():
    parts = pooling.leave_one_out(EFFECTS, VARIANCES)
    assert parts[0].estimate == pytest.approx(pool(EFFECTS[1:], VARIANCES[1:]).estimate, rel=1e-9)
    assert len(parts) == 10


def test_the_last_cumulative_average_is_that_of_all():
    last = pooling.cumulative(EFFECTS, VARIANCES, order=range(10), adjustment="none")[-1]
    assert last.estimate == pytest.approx(pool(EFFECTS, VARIANCES, adjustment="none").estimate, rel=1e-9)


def test_a_symmetrical_funnel_is_filled_with_nothing():
    effects = [0.0, 0.0, -0.125, 0.125, -0.25, 0.25, -0.5, 0.5]
    variances = [0.001, 0.001, 0.01, 0.01, 0.04, 0.04, 0.09, 0.09]
    filled = pooling.trim_and_fill(effects, variances)
    assert filled.missing == 0
    assert filled.pooled.estimate == pytest.approx(0)
    assert pooling.egger(effects, variances).p_value == pytest.approx(1)


def test_fewer_than_ten_studies_are_said_to_be_too_few_for_a_funnel():
    assert pooling.egger(EFFECTS[:9], VARIANCES[:9]).enough_studies is False
    assert pooling.begg(EFFECTS, VARIANCES).enough_studies is True


@pytest.mark.parametrize(
    ("spread", "statistic", "df", "p_value", "limit"),
    [
        ("additive", 1.579457758133, math.inf, 0.114231098272, (-0.46027569826, -1.375408185591, 0.454856789071)),
        ("multiplicative", 2.3855748751502, 8, 0.0441597637518, (-0.9018948629065, -1.8815341980562, 0.0777444722432)),
    ],
)
def test_a_line_through_the_funnel_is_that_of_metafors_regtest(spread, statistic, df, p_value, limit):
    line = pooling.egger(EFFECTS, VARIANCES, spread=spread)
    found = line.statistic, line.p_value, line.limit, line.limit_low, line.limit_high
    assert found == pytest.approx((statistic, p_value, *limit), rel=1e-6)
    assert line.df == df


def test_a_study_without_events_counts_without_a_half_added():
    # Expected by hand: with one event in each of two studies of the same size the odds ratio is 1.
    result = pooling.mantel_haenszel([1, 0], [50, 50], [0, 1], [50, 50])
    assert result.estimate == pytest.approx(0)
    assert pooling.peto([1, 0], [50, 50], [0, 1], [50, 50]).estimate == pytest.approx(0)
    assert pooling.conditional_normal([1, 0], [50, 50], [0, 1], [50, 50]).estimate == pytest.approx(0, abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=8))
@settings(max_examples=50, deadline=None)
def test_swapping_the_groups_turns_common_effects_around(events):
    a, c = zip(*events, strict=True)
    assume(any(x + y > 0 for x, y in events) and sum(a) and sum(c))
    people = [40] * len(a)
    for measure in ("odds_ratio", "risk_ratio", "risk_difference"):
        there = pooling.mantel_haenszel(a, people, c, people, measure=measure)
        back = pooling.mantel_haenszel(c, people, a, people, measure=measure)
        assert there.estimate == pytest.approx(-back.estimate, abs=1e-12)
        assert there.se == pytest.approx(back.se)


def test_an_interval_gives_back_its_standard_error():
    sizes = pooling.from_intervals([0.1], [0.1 - 1.959963984540054 * 0.02], [0.1 + 1.959963984540054 * 0.02])
    assert sizes.variances[0] == pytest.approx(0.0004)
    ratios = pooling.from_intervals([2.0], [1.0], [4.0], ratio=True)
    assert ratios.effects[0] == pytest.approx(math.log(2))


# R 4.2.2, metafor 3.8-1, from here on: rma(), trimfill(), influence() with control = list(threshold = 1e-12)


def test_a_tau2_far_smaller_than_the_variances_is_found():
    # Of two studies it is half the square of their distance less the mean variance: (2.47^2 - 6.1002) / 2 = 0.00035
    spread = pool([5.69, 8.16], [5.3397, 0.7605]).heterogeneity
    assert (spread.tau2, spread.tau2_se) == pytest.approx((0.00035, 4.313987761), rel=1e-8)
    # By ordinary likelihood the variance of two effects is theirs about the mean, 0.02^2: no more than sampling's
    assert pool([0.13, 0.09], [0.0004, 0.0004], method="ML").tau2 == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("method", ["ML", "REML"])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_units_change_tau2_by_their_square(method, scale):
    studies = Studies(scale * np.array(EFFECTS), scale**2 * np.array(VARIANCES), np.ones((10, 1)))
    expected = {"ML": 0.196669721474, "REML": 0.223224590443}[method] * scale**2
    assert between_studies(studies, Estimator(method)).tau2 == pytest.approx(expected, rel=1e-9)


def test_studies_that_agree_have_no_tau2():
    studies = Studies(np.array([0.10, 0.11, 0.12]), np.array([0.0025, 0.003, 0.002]), np.ones((3, 1)))
    assert between_studies(studies, Estimator.REML).tau2 == 0


@pytest.mark.parametrize("method", ["ML", "REML"])
def test_of_several_tops_of_a_likelihood_the_highest_is_taken(method):
    rng, apart = np.random.default_rng(5), 0
    for case in range(90):
        k = 3 + case % 4
        v = 10 ** rng.uniform(-4, 1, k)
        y = rng.normal(size=k) * np.sqrt(v + 10 ** rng.uniform(-4, 1))
        y[0] += 10 ** rng.uniform(-1, 2)

        def height(tau2, y=y, v=v):
            w = 1 / (v + tau2)
            rest = y - (w * y).sum() / w.sum()
            return (np.log(w).sum() - (w * rest**2).sum() - (np.log(w.sum()) if method == "REML" else 0)) / 2

        places = np.concatenate([[0], np.geomspace(1e-7, 1e5, 2000)])
        heights = np.array([height(place) for place in places])
        found = between_studies(Studies(y, v, np.ones((k, 1))), Estimator(method)).tau2
        assert height(found) >= heights.max() - 1e-9
        apart += ((heights[1:-1] > heights[:-2]) & (heights[1:-1] > heights[2:])).sum() + (heights[0] > heights[1]) > 1
    assert apart > 3


def test_sidik_and_jonkmans_tau2_is_metafors():
    spread = pool([-1, 1], [0.5, 0.5], method="SJ").heterogeneity
    assert (spread.tau2, spread.tau2_se) == pytest.approx((4 / 3, 1.728483243))
    same = pool([0.2, 0.2], [0.5, 0.5], method="SJ").heterogeneity
    assert (same.tau2, same.tau2_se) == (0, 0)


@pytest.mark.parametrize(
    ("effects", "variances", "filled", "average", "se", "tau2"),
    [
        ((0.1, 0.4, 0.9), (0.01, 0.05, 0.2), (-0.2, -0.7), 0.1, 0.183341710347409, 0.0966842989253191),
        ((-0.4, 0.3, 0.9), (0.1, 0.18, 0.19), (-1.1, -1.7), -0.4, 0.457841924740709, 0.881272264590765),
        ((1.02, 0.59, -0.28, 0.88), (0.344, 0.332, 0.06, 0.213), (-0.88264367816092, -1.02264367816092),
         0.024677069051098, 0.349380086403231, 0.497380901044565),
        ((-2.4, 0.4, 0.7, 1), (0.01, 0.15, 0.19, 0.28), (-1.93852902877,), -0.473593330917466, 0.720714476738227,
         2.41908454970456),
        ((0.3, 0.3, 0.1, 0.6, 0.6), (0.05, 0.02, 0.01, 0.1, 0.1), (-1 / 30, -1 / 3, -1 / 3), 0.141302612746136,
         0.0811001151048831, 0.0137931355225204),
        ((0.1, 0.2, 0.35, 0.6, 0.9, 1.1), (0.001, 0.01, 0.03, 0.09, 0.2, 0.3),
         (-0.308164976219, -0.608164976219, -0.808164976219), 0.164513805891369, 0.0711517226597895,
         0.0103847526430554),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sign", [1, -1])
def test_a_funnel_is_filled_as_metafor_fills_it(effects, variances, filled, average, se, tau2, sign):
    result = pooling.trim_and_fill([sign * effect for effect in effects], variances)
    assert result.filled == pytest.approx(tuple(sign * effect for effect in filled), rel=1e-7)
    assert (result.missing, result.side) == (len(filled), "left" if sign == 1 else "right")
    assert (result.pooled.estimate, result.pooled.se, result.pooled.tau2) == pytest.approx(
        (sign * average, se, tau2), rel=1e-7
    )
    assert (result.pooled.k, result.pooled.adjustment) == (len(effects) + len(filled), "none")


def test_what_a_study_moves_is_metafors_for_as_few_as_three():
    first, second, third = pooling.influence([0.1, 0.35, 0.9], [0.001, 0.03, 0.2])
    assert (first.residual, second.residual, third.residual) == pytest.approx(
        (-1.24183132426, -0.04082242089, 1.53506254432), rel=1e-6
    )
    assert (first.dffits, first.cooks_distance, first.covariance_ratio) == pytest.approx(
        (-1.4283808707, 1.7968111493, 2.1633961878), rel=1e-6
    )
    assert (third.hat, third.weight) == pytest.approx((0.09911603721, 0.09911603721), rel=1e-6)


def test_neither_without_a_study_nor_one_after_another_is_tau2_given_an_interval():
    for parts in (pooling.leave_one_out(EFFECTS, VARIANCES), pooling.cumulative(EFFECTS, VARIANCES, order=range(10))):
        assert [(part.tau2_low, part.tau2_high) for part in parts] == [(None, None)] * len(parts)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: pool([0.1], [0.01]), "1 study cannot be pooled"),
        (lambda: pool([0.1, 0.2], [0.01]), "one variance an effect"),
        (lambda: pool([0.1, 0.2], [0.01, 0.0]), "variance is not above zero"),
        (lambda: pool([0.1, math.nan], [0.01, 0.01]), "effect is not a number"),
        (lambda: pool([0.1, 0.2], [0.01, 0.01], method="XX"), "XX"),
        (lambda: pooling.leave_one_out([0.1, 0.2], [0.01, 0.01]), "three or more"),
        (lambda: pooling.influence([0.1, 0.2], [0.01, 0.01]), "three or more"),
        (lambda: pooling.cumulative([0.1, 0.2], [0.01, 0.01], order=[1]), "1 values of order for 2 studies"),
        (lambda: pooling.egger([0.1, 0.2], [0.01, 0.02]), "three or more"),
        (lambda: pooling.egger([0.1, 0.2, 0.3], [0.01] * 3), "same variance"),
        (lambda: pooling.trim_and_fill([0.1, 0.2], [0.01, 0.02]), "2 studies have no line through them"),
        (lambda: pooling.trim_and_fill([0.1, 0.2, 0.3], [0.01] * 3), "all studies have the same variance"),
        (lambda: pooling.meta_regression([0.1, 0.2, 0.3], [0.01] * 3, {"a": [1, 2, 3]}), "too few for 2 terms"),
        (lambda: pooling.meta_regression([0.1] * 5, [0.01] * 5, {"a": [1] * 5}), "repeats the others"),
        (lambda: pooling.mantel_haenszel([5], [4], [1], [4]), "more events than people"),
        (lambda: pooling.mantel_haenszel([0], [4], [0], [4]), "no study has both"),
        (lambda: pooling.mantel_haenszel([2], [4], [0], [4]), "all events are in one group"),
        (lambda: pooling.mantel_haenszel([2], [4], [0], [4], measure="risk_ratio"), "all events are in one group"),
        (lambda: pooling.mantel_haenszel([2], [4], [1], [4], measure="rr"), "must be odds_ratio"),
        (lambda: pooling.logit_normal([0, 0], [4, 5]), "no events"),
        (lambda: pooling.logit_normal([6], [5]), "more events than people"),
        (lambda: pooling.logits([6], [5]), "more events than people"),
        (lambda: pooling.log_odds_ratios([6], [5], [1], [5]), "more events than people"),
        (lambda: pooling.log_rate_ratios([1], [0], [1], [5]), "not above zero"),
        (lambda: pooling.from_intervals([0.5], [0.6], [0.7]), "outside its interval"),
        (lambda: pooling.from_intervals([0.5], [0.0], [0.7], ratio=True), "zero or below"),
    ],
)
def test_what_cannot_be_pooled_is_refused_with_the_reason(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_ten_studies_are_enough_for_a_funnel_and_the_fit_says_how_many_there_were():
    assert len(EFFECTS) == 10
    assert pooling.egger(EFFECTS, VARIANCES).enough_studies is True
    assert pool(EFFECTS, VARIANCES).heterogeneity.q_df == 9
    line = pooling.meta_regression(EFFECTS, VARIANCES, {"year": range(10)}, conf_level=0.9)
    assert (line.k, line.df, line.conf_level) == (10, 8, 0.9)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: pooling.meta_regression(EFFECTS, VARIANCES, {"year": range(10), "again": range(10)}),
            "of the terms year, again one repeats the others or is the same in all studies",
        ),
        (
            lambda: pooling.egger(EFFECTS, [0.1] * 10),
            "all studies have the same variance, so that no line can be drawn",
        ),
        (lambda: pool([0.1, 0.2], [0.1, 0.0]), "an effect is not a number, or a variance is not above zero"),
    ],
)
def test_what_cannot_be_pooled_is_told_in_one_sentence(call, said):
    with pytest.raises(ValueError, match=f"^{said}$"):
        call()


def test_studies_that_are_one_number_say_nothing_against_chance():
    same = pool([0.0, 0.0], [0.01, 0.01], adjustment="knapp_hartung")
    assert (same.se, same.p_value) == (0, 1)


@pytest.mark.parametrize("effect", [0.0, 0.2, 1e6])
def test_effects_that_are_all_the_same_lean_to_no_side(effect):
    same, variances = [effect] * 10, [0.01 * n for n in range(1, 11)]
    for found in (pooling.egger(same, variances), pooling.egger(same, variances, spread="additive")):
        assert (found.statistic, found.p_value) == (0, 1)
        assert found.limit == pytest.approx(effect)
    assert (pooling.begg(same, variances).statistic, pooling.begg(same, variances).p_value) == (0, 1)
