"""Yes-or-no outcomes, people who did not take part, people lost, several arms and subgroups."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f as f_distribution
from scipy.stats import norm

from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Proportion, Reason
from metrics.least_squares import fit_clustered, fit_independent
from metrics.proportions import risk_difference
from metrics.trials import (
    adjusted_difference,
    adjusted_shares,
    attrition,
    compare_arms,
    complier_effect,
    heterogeneity,
    lee_bounds,
    subgroup_effects,
)


def survey(seed=0, *, n=400, clusters=20):
    rng = np.random.default_rng(seed)
    village = np.arange(n) % clusters
    arm = village % 2
    age = rng.normal(size=n)
    logit = -0.3 + 0.6 * arm + 0.8 * age + 0.4 * rng.normal(size=clusters)[village]
    knows = (rng.random(n) < 1 / (1 + np.exp(-logit))).astype(int)
    return pd.DataFrame({"knows": knows, "arm": arm, "age": age, "village": village})


# shares by a logistic model


def test_without_covariates_the_model_gives_back_the_shares():
    rows = survey(1)
    result = adjusted_shares(rows, outcome="knows", arm="arm")
    one, other = (rows.loc[rows["arm"] == side, "knows"].mean() for side in (1, 0))
    assert (result.share_campaign, result.share_comparison) == pytest.approx((one, other))
    assert result.difference.estimate == pytest.approx(one - other)
    assert result.ratio.estimate == pytest.approx(one / other)
    assert result.odds_ratio.estimate == pytest.approx(one / (1 - one) / (other / (1 - other)))
    plain = adjusted_difference(rows, outcome="knows", arm="arm")  # HC2 of two shares, by either model
    assert result.difference.se == pytest.approx(plain.se, rel=1e-6)
    assert [each.measure for each in (result.difference, result.ratio, result.odds_ratio)] == [
        Measure.RISK_DIFFERENCE, Measure.RISK_RATIO, Measure.ODDS_RATIO,
    ]  # fmt: skip
    assert {each.method for each in (result.difference, result.ratio, result.odds_ratio)} == {"logit_hc2"}


def test_standardised_shares_have_the_slope_of_a_small_change_in_the_coefficients():
    rows = survey(2)
    result = adjusted_shares(rows, outcome="knows", arm="arm", covariates=["age"], cluster="village")
    assert 0 < result.share_comparison < result.share_campaign < 1
    assert result.difference.estimate == pytest.approx(result.share_campaign - result.share_comparison)
    assert result.ratio.conf_low < result.ratio.estimate < result.ratio.conf_high
    assert result.odds_ratio.clusters == 20
    assert result.odds_ratio.method == "logit_cr2"
    assert result.odds_ratio.df < 20


def test_answers_all_alike_in_a_group_have_no_model():
    rows = pd.DataFrame({"knows": [1] * 30 + [0, 1] * 15, "arm": [1] * 30 + [0] * 30})
    result = adjusted_shares(rows, outcome="knows", arm="arm")
    assert isinstance(result, NotEstimable)
    assert result.reason is Reason.NO_VARIATION


def test_few_clusters_are_cautioned_in_shares_and_have_the_placebo():
    rows = survey(3, clusters=8)
    result = adjusted_shares(rows, outcome="knows", arm="arm", cluster="village")
    linear = adjusted_difference(rows, outcome="knows", arm="arm", cluster="village")
    for each in (result.difference, result.ratio, result.odds_ratio):
        assert Caution.FEW_CLUSTERS in each.cautions
        assert each.placebo_p_value == linear.placebo_p_value


def test_where_each_person_is_a_cluster_the_errors_are_those_of_people():
    rows = survey(5, n=90).assign(person=lambda t: t.index)
    by_person = adjusted_shares(rows, outcome="knows", arm="arm", covariates=["age"], cluster="person")
    plain = adjusted_shares(rows, outcome="knows", arm="arm", covariates=["age"])
    assert by_person.odds_ratio.se == pytest.approx(plain.odds_ratio.se)  # CR2 is then HC2


def test_whole_weights_repeat_people_in_shares():
    rows = survey(4, n=120).assign(weight=lambda t: t.index % 3 + 1.0)
    weighted = adjusted_shares(rows, outcome="knows", arm="arm", covariates=["age"], weights="weight")
    repeated = adjusted_shares(
        rows.loc[rows.index.repeat(rows["weight"].astype(int))], outcome="knows", arm="arm", covariates=["age"]
    )
    assert weighted.share_campaign == pytest.approx(repeated.share_campaign)
    assert weighted.odds_ratio.estimate == pytest.approx(repeated.odds_ratio.estimate)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda rows: rows[rows["arm"] == 1], Reason.NOBODY_IN_A_GROUP),
        (lambda rows: rows.assign(age=rows["arm"]), Reason.COLLINEAR),
    ],
)
def test_what_no_model_can_tell_is_refused(change, reason):
    rows = change(survey(8))
    assert adjusted_shares(rows, outcome="knows", arm="arm", covariates=["age"]).reason is reason
    found = complier_effect(
        rows.assign(came=rows["arm"]), outcome="knows", assigned="arm", received="came", covariates=["age"]
    )
    assert found.reason is reason


def test_a_group_nearly_told_apart_has_no_estimate():
    rows = pd.DataFrame({"knows": [0] * 20 + [1] * 20, "arm": [0, 1] * 20, "age": np.arange(40.0)})
    assert adjusted_shares(rows, outcome="knows", arm="arm", covariates=["age"]).reason is Reason.NO_VARIATION


# taking part


def offers(seed=0, *, n=600, comply=0.6):
    rng = np.random.default_rng(seed)
    offered = np.arange(n) % 2
    eager = rng.random(n) < 0.2
    came = ((rng.random(n) < comply) & (offered == 1)) | eager
    score = 2.0 * came + 1.5 * eager + rng.normal(size=n)
    return pd.DataFrame({"offered": offered, "came": came.astype(int), "score": score, "age": rng.normal(size=n)})


def test_the_effect_of_taking_part_is_that_of_the_offer_over_what_the_offer_moved():
    rows = offers(1)
    result = complier_effect(rows, outcome="score", assigned="offered", received="came")
    assert result.estimate.estimate == pytest.approx(result.offer.estimate / result.taking_part.estimate)
    # robust variance of the ratio: HC2 of y - effect x came between the arms, over the share moved
    residual = rows.assign(rest=rows["score"] - result.estimate.estimate * rows["came"])
    by_residual = adjusted_difference(residual, outcome="rest", arm="offered")
    assert result.estimate.se == pytest.approx(by_residual.se / result.taking_part.estimate)
    assert result.f_statistic == pytest.approx((result.taking_part.estimate / result.taking_part.se) ** 2)
    assert (result.estimate.method, result.estimate.n, result.estimate.cautions) == ("two_stage_hc2", 600, ())


def test_those_who_choose_to_come_do_not_bias_it():
    estimates = [
        complier_effect(offers(seed), outcome="score", assigned="offered", received="came").estimate
        for seed in range(200)
    ]
    assert np.mean([e.estimate for e in estimates]) == pytest.approx(2.0, abs=0.05)
    covered = np.mean([e.conf_low <= 2.0 <= e.conf_high for e in estimates])
    assert abs(covered - 0.95) < norm.ppf(0.999) * math.sqrt(0.95 * 0.05 / 200)


def test_an_offer_that_moved_few_is_cautioned_and_one_that_moved_nobody_refused():
    weak = complier_effect(offers(2, comply=0.02), outcome="score", assigned="offered", received="came")
    assert Caution.WEAK_INSTRUMENT in weak.estimate.cautions
    assert weak.f_statistic < 10
    rows = offers(3).assign(came=0)
    nothing = complier_effect(rows, outcome="score", assigned="offered", received="came")
    assert nothing.reason is Reason.ASSIGNMENT_CHANGED_NOTHING


def test_an_offer_after_which_all_answer_alike_is_refused():
    alike = offers(6).assign(score=1.0)
    assert complier_effect(alike, outcome="score", assigned="offered", received="came").reason is Reason.NO_VARIATION
    exact = offers(7).assign(score=lambda t: 2.0 * t["came"])  # nothing is left to vary
    assert complier_effect(exact, outcome="score", assigned="offered", received="came").reason is Reason.NO_VARIATION
    balanced = pd.DataFrame({"offered": [0, 1] * 20, "came": [0, 0, 1, 1] * 10, "score": np.arange(40.0)})
    nobody = complier_effect(balanced, outcome="score", assigned="offered", received="came")
    assert nobody.reason is Reason.ASSIGNMENT_CHANGED_NOTHING


def test_where_all_comply_it_is_the_difference_between_arms():
    rows = offers(4).assign(came=lambda t: t["offered"])
    result = complier_effect(rows, outcome="score", assigned="offered", received="came")
    plain = adjusted_difference(rows, outcome="score", arm="offered")
    assert (result.estimate.estimate, result.estimate.se) == pytest.approx((plain.estimate, plain.se))
    assert (result.taking_part.estimate, result.f_statistic) == (pytest.approx(1.0), math.inf)
    small = complier_effect(rows.assign(score=rows["score"] / 10), outcome="score", assigned="offered", received="came")
    assert small.taking_part.conf_low == small.taking_part.conf_high == pytest.approx(1.0)  # beyond the offer's limits


def test_clusters_weights_and_covariates_reach_both_stages():
    rows = offers(5).assign(village=lambda t: t.index // 30 * 2 + t["offered"], weight=lambda t: 1.0 + t.index % 2)
    result = complier_effect(
        rows, outcome="score", assigned="offered", received="came", covariates=["age"], cluster="village",
        weights="weight",
    )  # fmt: skip
    few = complier_effect(
        rows[rows["village"] < 8], outcome="score", assigned="offered", received="came", cluster="village"
    )
    assert few.estimate.placebo_p_value == few.offer.placebo_p_value
    assert result.estimate.method == "two_stage_cr2"
    assert result.estimate.clusters == 40
    assert result.estimate.estimate == pytest.approx(result.offer.estimate / result.taking_part.estimate)


# people lost


def test_attrition_is_the_score_comparison_of_the_shares_lost():
    people = pd.DataFrame({"arm": [1] * 70 + [0] * 80, "score": [np.nan] * 7 + [1.0] * 63 + [np.nan] * 16 + [1.0] * 64})
    lost = attrition(people, outcome="score", arm="arm")
    assert (lost.campaign, lost.comparison) == (Proportion(7, 70), Proportion(16, 80))
    assert lost.difference == risk_difference(Proportion(7, 70), Proportion(16, 80))
    nobody = attrition(people[people["arm"] == 1], outcome="score", arm="arm")
    assert nobody.reason is Reason.NOBODY_IN_A_GROUP


def bounds(rows, **options):
    return lee_bounds(rows, outcome="score", arm="arm", rng=np.random.default_rng(3), **options)


def test_bounds_leave_out_the_excess_at_either_end():
    # by hand: all ten answered against eight of ten, so that two of the ten are left out
    rows = pd.DataFrame({"arm": [1] * 10 + [0] * 10})
    rows["score"] = [*map(float, range(10)), *[2.0] * 4, *[4.0] * 4, np.nan, np.nan]
    result = bounds(rows)
    assert (result.low, result.high) == pytest.approx((3.5 - 3, 5.5 - 3))
    assert (result.trimmed, result.n) == (pytest.approx(0.2), 18)
    assert result.conf_low < result.low
    assert result.high < result.conf_high
    turned = bounds(rows.assign(arm=1 - rows["arm"]))
    assert (turned.low, turned.high) == pytest.approx((-result.high, -result.low))


def test_where_as_many_are_lost_in_each_arm_the_bounds_meet_at_the_difference():
    rng = np.random.default_rng(5)
    rows = pd.DataFrame({"arm": np.arange(200) % 2, "score": rng.normal(size=200)})
    rows.loc[:39, "score"] = np.nan
    result = bounds(rows)
    plain = adjusted_difference(rows.dropna(), outcome="score", arm="arm")
    assert (result.low, result.high) == pytest.approx((plain.estimate, plain.estimate))
    assert result.trimmed == 0
    assert bounds(rows.assign(score=np.nan)).reason is Reason.NOBODY_IN_A_GROUP


def test_the_interval_holds_the_effect_where_the_campaign_makes_people_answer():
    covered = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        arm, keen = np.arange(300) % 2, rng.random(300)
        score = 0.5 * arm + keen + rng.normal(size=300)
        answered = keen > np.where(arm == 1, 0.1, 0.3)  # the least keen answer only when they saw the campaign
        rows = pd.DataFrame({"arm": arm, "score": np.where(answered, score, np.nan)})
        found = lee_bounds(rows, outcome="score", arm="arm", rng=rng, draws=199)
        covered += found.conf_low <= 0.5 <= found.conf_high
    assert covered / 60 >= 0.95 - norm.ppf(0.999) * math.sqrt(0.95 * 0.05 / 60)


def test_bounds_without_a_spread_or_a_second_cluster():
    alike = pd.DataFrame({"arm": [1] * 10 + [0] * 10, "score": [2.0] * 10 + [1.0] * 10, "village": [0] * 10 + [1] * 10})
    point = bounds(alike)
    assert (point.low, point.high, point.conf_low, point.conf_high) == (1, 1, 1, 1)
    assert bounds(alike, cluster="village").reason is Reason.ONE_CLUSTER_IN_AN_ARM
    few = pd.DataFrame({"arm": [1] * 3 + [0] * 3, "score": [1.0, np.nan, np.nan, 0.0, 1.0, np.nan]})
    assert bounds(few).low <= bounds(few).high  # draws in which nobody answered are left out


def test_clusters_are_drawn_again_whole():
    rng = np.random.default_rng(8)
    village = np.repeat(np.arange(12), 20)
    rows = pd.DataFrame({"village": village, "arm": village % 2})
    rows["score"] = rng.normal(size=12)[village] + 0.1 * rng.normal(size=240)
    rows.loc[rng.choice(240, 30, replace=False), "score"] = np.nan
    plain, clustered = bounds(rows), bounds(rows, cluster="village")
    assert clustered.conf_high - clustered.high > 2 * (plain.conf_high - plain.high)


# several arms, subgroups


def test_each_arm_is_compared_alone_and_corrected_for_the_others():
    rng = np.random.default_rng(1)
    rows = pd.DataFrame({"arm": np.repeat(["none", "film", "radio", "talk"], 80)})
    rows["score"] = rng.normal(size=320) + 0.5 * (rows["arm"] == "film")
    effects = compare_arms(rows, outcome="score", arm="arm", comparison="none")
    assert [effect.arm for effect in effects] == ["film", "radio", "talk"]
    p = [effect.estimate.p_value for effect in effects]
    pair = rows[rows["arm"].isin(["film", "none"])].assign(arm=lambda t: (t["arm"] == "film").astype(int))
    assert effects[0].estimate == adjusted_difference(pair, outcome="score", arm="arm")
    assert effects[0].holm == pytest.approx(min(1, 3 * p[0]))  # the smallest of three
    assert all(effect.holm >= effect.benjamini_hochberg >= effect.estimate.p_value for effect in effects)
    with pytest.raises(ValueError, match="no row has 'nobody'"):
        compare_arms(rows, outcome="score", arm="arm", comparison="nobody")


def test_an_arm_that_cannot_be_compared_leaves_the_others_their_correction():
    rows = pd.DataFrame({"arm": ["a"] * 10 + ["b"] * 10 + ["c"], "score": [*range(10), *range(5, 15), 3.0]})
    first, second = compare_arms(rows, outcome="score", arm="arm", comparison="a")
    assert first.holm == first.estimate.p_value
    assert (second.estimate.reason, second.holm) == (Reason.ONE_PERSON_IN_A_GROUP, None)


def test_the_interaction_is_the_difference_of_the_subgroups_effects():
    rows = survey(6, n=600).assign(sex=lambda t: np.where(t.index % 3 == 0, "F", "M"))
    women, men = subgroup_effects(rows, outcome="knows", arm="arm", subgroup="sex")
    result = heterogeneity(rows, outcome="knows", arm="arm", modifiers=["sex"])
    gap = result.differences["sex M"]
    assert (women.level, men.level) == ("F", "M")
    assert gap.estimate == pytest.approx(men.estimate.estimate - women.estimate.estimate)
    assert gap.se == pytest.approx(math.hypot(men.estimate.se, women.estimate.se))
    assert result.p_value == pytest.approx(gap.p_value)  # one modifier: the joint test is its own
    clustered = heterogeneity(rows, outcome="knows", arm="arm", modifiers=["sex"], cluster="village")
    assert clustered.p_value == pytest.approx(clustered.differences["sex M"].p_value)


def test_the_joint_test_is_walds_of_the_robust_covariance():
    rng = np.random.default_rng(9)
    x = np.column_stack([np.ones(80), rng.normal(size=(80, 3))])
    y = rng.normal(size=80)
    fit = fit_independent(x, y)
    wald = fit.coefficients[1:] @ np.linalg.inv(fit.covariance[1:, 1:]) @ fit.coefficients[1:] / 3
    assert fit.joint_p_value([1, 2, 3]) == pytest.approx(f_distribution.sf(wald, 3, 76))
    cluster = np.arange(80) % 10
    clustered = fit_clustered(x, y, cluster)
    df = clustered.df[1:].min()
    wald = clustered.coefficients[1:] @ np.linalg.inv(clustered.covariance[1:, 1:]) @ clustered.coefficients[1:]
    hotelling = (df - 2) / (3 * df) * wald
    assert clustered.joint_p_value([1, 2, 3]) == pytest.approx(f_distribution.sf(hotelling, 3, df - 2))
    few = fit_clustered(x, y, np.arange(80) % 3)
    assert few.joint_p_value([1, 2, 3]) == 1  # three clusters say nothing of three coefficients


def test_few_clusters_are_cautioned_where_effects_differ_and_answers_alike_refused():
    rows = survey(9, clusters=8)
    found = heterogeneity(rows, outcome="knows", arm="arm", modifiers=["age"], cluster="village")
    assert found.differences["age"].cautions == (Caution.FEW_CLUSTERS,)
    alike = heterogeneity(rows.assign(knows=1), outcome="knows", arm="arm", modifiers=["age"])
    assert alike.reason is Reason.NO_VARIATION


def test_modifiers_that_repeat_one_another_are_refused():
    rows = survey(7).assign(again=lambda t: 2 * t["age"])
    result = heterogeneity(rows, outcome="knows", arm="arm", modifiers=["age", "again"])
    assert result.reason is Reason.COLLINEAR


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_several_levels_have_one_joint_test_and_a_difference_each(seed):
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {"arm": np.arange(120) % 2, "kind": rng.choice(list("abcd"), 120), "score": rng.normal(size=120)}
    )
    result = heterogeneity(rows, outcome="score", arm="arm", modifiers=["kind"])
    assert len(result.differences) == 3
    assert 0 < result.p_value <= 1
    assert all(isinstance(each, Estimate) for each in result.differences.values())
