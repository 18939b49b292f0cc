"""What every answer of a trial says, whatever the method: its refusals, its cautions, its level, its columns."""

import numpy as np
import pandas as pd
import pytest

from metrics.estimates import Caution, Measure, NotEstimable, Reason
from metrics.trials import (
    adjusted_difference,
    adjusted_shares,
    attrition,
    compare_arms,
    complier_effect,
    heterogeneity,
    lee_bounds,
    randomisation_test,
    subgroup_effects,
    wild_cluster_bootstrap,
)


def trial(seed=0, *, clusters=16, people=10, effect=0.4):
    rng = np.random.default_rng(seed)
    village = np.repeat(np.arange(clusters), people)
    n, arm = len(village), village % 2
    rows = pd.DataFrame({"village": village, "arm": arm, "block": village // 2 % 2, "person": np.arange(n)})
    rows["age"], rows["weight"] = rng.normal(size=n), rng.integers(1, 4, size=n).astype(float)
    rows["sex"] = np.where(rng.random(n) < 0.5, "F", "M")
    rows["came"] = (rng.random(n) < 0.1 + 0.6 * arm).astype(int)
    rows["score"] = effect * arm + 0.5 * rows["age"] + rows["block"] + rng.normal(size=n)
    rows["knows"] = (rows["score"] > 0.5).astype(int)
    return rows


def draws():
    return {"rng": np.random.default_rng(2), "draws": 99}


def difference(rows, **options):
    return adjusted_difference(rows, outcome="score", arm="arm", **options)


def shares(rows, **options):
    found = adjusted_shares(rows, outcome="knows", arm="arm", **options)
    return found if isinstance(found, NotEstimable) else found.difference


def complier(rows, **options):
    found = complier_effect(rows, outcome="score", assigned="arm", received="came", **options)
    return found if isinstance(found, NotEstimable) else found.estimate


def differing(rows, *, covariates=("age",), **options):
    found = heterogeneity(rows, outcome="score", arm="arm", modifiers=list(covariates), **options)
    return found if isinstance(found, NotEstimable) else found.differences["age"]


def redrawn(rows, **options):
    return randomisation_test(rows, outcome="score", arm="arm", **draws(), **options)


def bootstrapped(rows, *, cluster="village", **options):
    return wild_cluster_bootstrap(rows, outcome="score", arm="arm", cluster=cluster, **draws(), **options)


METHODS = [difference, shares, complier, differing, redrawn, bootstrapped]


def refusal(method, reason, n):
    measure = Measure.RISK_DIFFERENCE if method is shares else Measure.MEAN_DIFFERENCE
    return NotEstimable(measure=measure, reason=reason, n=n)


@pytest.mark.parametrize("method", METHODS)
def test_a_refusal_says_what_was_asked_why_not_and_of_how_many(method):
    rows = trial()
    alone = rows[rows["arm"] == 1]
    assert method(alone) == refusal(method, Reason.NOBODY_IN_A_GROUP, 80)
    one_village = rows[(rows["arm"] == 1) | (rows["village"] == 0)]
    assert method(one_village, cluster="village") == refusal(method, Reason.ONE_CLUSTER_IN_AN_ARM, 90)
    again = rows.assign(again=rows["age"] * 2)
    assert method(again, covariates=["age", "again"]) == refusal(method, Reason.COLLINEAR, 160)
    if method is not bootstrapped:
        one_person = rows[(rows["arm"] == 1) | (rows["person"] == 0)]
        assert method(one_person) == refusal(method, Reason.ONE_PERSON_IN_A_GROUP, 81)
    if method is not differing:  # a modifier takes up the spread
        alike = rows.assign(score=1000.1 * rows["arm"] + 0.3, knows=rows["arm"])
        refused = method(alike.assign(score=7.5) if method is redrawn else alike)
        assert refused == refusal(method, Reason.NO_VARIATION, 160)


@pytest.mark.parametrize("method", [difference, shares, differing, bootstrapped])
def test_as_many_columns_as_people_leave_no_error(method):
    rows = trial(1, clusters=4, people=1).assign(score=[1.0, 5.0, 2.0, 3.0], knows=[1, 0, 0, 1], height=[3.0, 1, 4, 1])
    covariates = ["age"] if method is differing else ["age", "height"]
    assert method(rows, covariates=covariates) == refusal(method, Reason.COLLINEAR, 4)


@pytest.mark.parametrize("method", METHODS)
def test_a_gap_is_said_where_there_is_one(method):
    rows = trial(3)
    assert method(rows, cluster="village").cautions == ()
    rows.loc[4, ["score", "age"]] = np.nan
    found = method(rows.assign(knows=rows["knows"].where(rows.index != 4)), cluster="village", covariates=["age"])
    assert found.cautions == (Caution.ROWS_INCOMPLETE_DROPPED,)
    assert found.n == 159


@pytest.mark.parametrize("method", METHODS)
def test_numbers_kept_as_objects_are_numbers(method):
    rows = trial(4)
    objects = rows.astype({"score": object, "knows": object, "arm": object, "came": object})
    assert method(objects) == method(rows)


@pytest.mark.parametrize("method", METHODS)
def test_six_clusters_in_an_arm_are_not_few_and_five_are(method):
    enough = method(trial(5, clusters=12), cluster="village")
    assert enough.cautions == ()
    assert enough.placebo_p_value is None
    assert enough.clusters == 12
    if method not in (redrawn, bootstrapped):  # which rest on no number of clusters
        assert Caution.FEW_CLUSTERS in method(trial(5, clusters=11), cluster="village").cautions


@pytest.mark.parametrize("method", [difference, shares, complier, redrawn, bootstrapped])
def test_a_block_is_a_column_for_each_but_the_first(method):
    rows = trial(6).assign(block=lambda t: t["village"] * 5 % 7 % 3)
    by_hand = rows.assign(one=(rows["block"] == 1).astype(float), two=(rows["block"] == 2).astype(float))
    found, other = method(rows, block="block"), method(by_hand, covariates=["one", "two"])
    assert (found.estimate, found.se) == pytest.approx((other.estimate, other.se))
    assert found.estimate != pytest.approx(method(rows).estimate)


@pytest.mark.parametrize("method", METHODS)
def test_a_lower_level_gives_a_narrower_interval_and_says_so(method):
    rows = trial(7)
    found, usual = method(rows, conf_level=0.8), method(rows)
    assert (found.conf_level, usual.conf_level) == (0.8, 0.95)
    assert usual.conf_low < found.conf_low < found.estimate < found.conf_high < usual.conf_high


@pytest.mark.parametrize("method", [difference, shares, complier, differing])
def test_whole_weights_repeat_people_and_errors_of_single_people_stay(method):
    rows = trial(8)
    weighted = method(rows, weights="weight")
    repeated = method(rows.loc[rows.index.repeat(rows["weight"].astype(int))])
    assert weighted.estimate == pytest.approx(repeated.estimate)
    assert weighted.estimate != pytest.approx(method(rows).estimate)
    by_person = method(rows, weights="weight", cluster="person")  # CR2 of clusters of one is HC2, nearly with weights
    assert by_person.estimate == pytest.approx(weighted.estimate)
    assert by_person.se == pytest.approx(weighted.se, rel=2e-3)
    assert abs(weighted.se / method(rows).se - 1) > 0.01


@pytest.mark.parametrize("cluster", [None, "village"])
@pytest.mark.parametrize("weights", [None, "weight"])
def test_the_error_of_taking_part_is_that_of_what_it_does_not_explain(cluster, weights):
    rows = trial(9)
    options = {"cluster": cluster, "weights": weights, "conf_level": 0.9}
    found = complier_effect(rows, outcome="score", assigned="arm", received="came", **options)
    assert found.offer == difference(rows, **options)
    assert found.taking_part == adjusted_difference(rows, outcome="came", arm="arm", **options)
    rest = difference(rows.assign(score=rows["score"] - found.estimate.estimate * rows["came"]), **options)
    assert found.estimate.estimate == pytest.approx(found.offer.estimate / found.taking_part.estimate)
    assert found.estimate.se == pytest.approx(rest.se / found.taking_part.estimate)
    assert (found.estimate.measure, found.estimate.n) == (Measure.MEAN_DIFFERENCE, 160)


def test_both_stages_have_the_blocks_and_covariates():
    rows = trial(10)
    options = {"covariates": ["age", "sex"], "block": "block", "cluster": "village"}
    found = complier_effect(rows, outcome="score", assigned="arm", received="came", **options)
    assert found.offer == difference(rows, **options)
    assert found.taking_part == adjusted_difference(rows, outcome="came", arm="arm", **options)
    assert found.estimate.estimate == pytest.approx(found.offer.estimate / found.taking_part.estimate)


def test_where_everybody_came_or_all_did_as_offered_no_error_is_made_up():
    rows = trial(11)
    everybody = complier(rows.assign(came=1))
    assert everybody == refusal(complier, Reason.ASSIGNMENT_CHANGED_NOTHING, 160)
    apart = pd.DataFrame({"arm": [0, 1] * 20, "came": [0, 0, 1e7 / 7, 1e7 / 7] * 10, "score": np.arange(40.0)})
    assert complier(apart) == refusal(complier, Reason.ASSIGNMENT_CHANGED_NOTHING, 40)  # to rounding
    assert complier(rows, covariates=["came"]) == refusal(complier, Reason.COLLINEAR, 160)
    dose = complier_effect(rows.assign(came=3.0 * rows["arm"]), outcome="knows", assigned="arm", received="came")
    moved = dose.taking_part
    assert (moved.measure, moved.se, moved.p_value) == (Measure.MEAN_DIFFERENCE, 0.0, None)
    assert moved.conf_low == moved.estimate == moved.conf_high == pytest.approx(3.0)
    assert dose.estimate.measure is Measure.RISK_DIFFERENCE
    as_offered = complier_effect(rows.assign(came=rows["arm"]), outcome="score", assigned="arm", received="came")
    assert as_offered.taking_part.measure is Measure.RISK_DIFFERENCE


OPTIONS = {"block": "block", "cluster": "village", "weights": "weight", "conf_level": 0.9}


def test_each_arm_is_compared_with_all_that_was_asked_for():
    rows = trial(12, clusters=24).assign(arm=lambda t: np.array(["none", "film", 2], dtype=object)[t["village"] % 3])
    found = compare_arms(rows, outcome="score", arm="arm", comparison="none", covariates=["age"], **OPTIONS)
    assert [each.arm for each in found] == [2, "film"]
    for each in found:
        pair = rows[rows["arm"].isin(["none", each.arm])].assign(arm=lambda t, one=each.arm: (t["arm"] == one) * 1)
        assert each.estimate == difference(pair, covariates=["age"], **OPTIONS)


def test_corrections_of_three_arms_are_those_of_their_definition():
    rows = trial(13).assign(arm=lambda t: np.array(["none", "film", "radio", "talk"])[t["village"] % 4])
    found = compare_arms(rows, outcome="score", arm="arm", comparison="none")
    low, middle, high = sorted(found, key=lambda each: each.estimate.p_value)
    p = [each.estimate.p_value for each in (low, middle, high)]
    assert low.holm == pytest.approx(min(1, 3 * p[0]))
    assert middle.holm == pytest.approx(max(low.holm, min(1, 2 * p[1])))
    assert high.benjamini_hochberg == pytest.approx(p[2])
    assert middle.benjamini_hochberg == pytest.approx(min(p[2], 1.5 * p[1]))
    assert low.benjamini_hochberg == pytest.approx(min(p[2], 1.5 * p[1], 3 * p[0]))
    assert middle.holm > middle.benjamini_hochberg


def test_where_no_arm_can_be_compared_each_says_why():
    rows = pd.DataFrame({"arm": ["none"] * 3 + ["film", "radio"], "score": [1.0, 2.0, 4.0, 3.0, 5.0]})
    found = compare_arms(rows, outcome="score", arm="arm", comparison="none")
    reasons = [(each.arm, each.estimate.reason, each.holm, each.benjamini_hochberg) for each in found]
    alone = Reason.ONE_PERSON_IN_A_GROUP
    assert reasons == [("film", alone, None, None), ("radio", alone, None, None)]


def test_people_of_each_level_are_compared_with_all_that_was_asked_for():
    rows = trial(14).assign(kind=lambda t: np.array([1, "new"], dtype=object)[t["person"] % 2])
    options = {name: value for name, value in OPTIONS.items() if name != "block"}
    found = subgroup_effects(rows, outcome="score", arm="arm", subgroup="kind", **options)
    assert [each.level for each in found] == [1, "new"]
    for each in found:
        assert each.estimate == difference(rows[rows["kind"] == each.level], **options)


def test_effects_differ_by_what_weighted_subgroups_differ():
    rows = trial(15).assign(kind=lambda t: np.array([1, "new"], dtype=object)[t["person"] % 2])
    options = {"weights": "weight", "conf_level": 0.9}
    old, new = subgroup_effects(rows, outcome="score", arm="arm", subgroup="kind", **options)
    found = heterogeneity(rows, outcome="score", arm="arm", modifiers=["kind"], **options)
    gap = found.differences["kind new"]
    assert gap.estimate == pytest.approx(new.estimate.estimate - old.estimate.estimate)
    assert gap.se == pytest.approx(np.hypot(old.estimate.se, new.estimate.se))
    assert (gap.measure, gap.method, gap.conf_level) == (Measure.MEAN_DIFFERENCE, "hc2", 0.9)
    assert list(found.differences) == ["kind new"]
    clustered = heterogeneity(rows, outcome="score", arm="arm", modifiers=["kind"], cluster="village", **options)
    assert clustered.differences["kind new"].estimate == pytest.approx(gap.estimate)
    assert clustered.differences["kind new"].method == "cr2"


def test_effects_on_yes_and_no_differ_in_risk():
    found = heterogeneity(trial(16), outcome="knows", arm="arm", modifiers=["age"])
    assert found.differences["age"].measure is Measure.RISK_DIFFERENCE


def test_a_modifier_of_no_column_is_refused():
    rows = trial(16).assign(kind="one")
    assert heterogeneity(rows, outcome="score", arm="arm", modifiers=["kind"]).reason is Reason.COLLINEAR


def test_losses_have_the_level_asked_for_and_a_refusal_its_count():
    rows = trial(17).assign(score=lambda t: t["score"].where(t["person"] % 7 > t["arm"]))
    found = attrition(rows, outcome="score", arm="arm", conf_level=0.8)
    assert found.difference.conf_level == 0.8
    assert found.difference.estimate == pytest.approx(found.campaign.value - found.comparison.value)
    alone = attrition(rows[rows["arm"] == 0], outcome="score", arm="arm")
    assert alone == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=80)


def test_bounds_that_cannot_be_are_refused_with_their_count():
    rows = trial(18).assign(score=lambda t: t["score"].where(t["person"] % 7 > 0))
    answered = int(rows.loc[rows["arm"] == 1, "score"].notna().sum())
    nobody = rows.assign(score=rows["score"].where(rows["arm"] == 1))
    found = lee_bounds(nobody, outcome="score", arm="arm", **draws())
    assert found == refusal(lee_bounds, Reason.NOBODY_IN_A_GROUP, answered)
    few = rows[(rows["arm"] == 1) | (rows["village"] == 0)]
    found = lee_bounds(few, outcome="score", arm="arm", cluster="village", **draws())
    assert found == refusal(lee_bounds, Reason.ONE_CLUSTER_IN_AN_ARM, int(few["score"].notna().sum()))
