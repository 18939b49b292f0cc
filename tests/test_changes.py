import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from metrics.changes import before_after, difference_in_differences
from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Proportion, Reason
from metrics.least_squares import fit_clustered
from metrics.proportions import risk_difference


def waves(seed=0, *, people=40, villages=12, effect=1.0):
    """`people` a village and wave, half of the villages with the campaign."""
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(
        [(v, w, p) for v in range(villages) for w in (0, 1) for p in range(people)],
        columns=["village", "after", "person"],
    )
    rows["campaign"] = rows["village"] % 2
    rows["person"] += rows["village"] * people
    own = rng.normal(size=villages * people)[rows["person"]]
    rows["score"] = own + rows["after"] + effect * rows["campaign"] * rows["after"] + rng.normal(size=len(rows))
    return rows


def did(rows, **options):
    return difference_in_differences(rows, outcome="score", arm="campaign", period="after", **options)


def test_the_effect_is_the_difference_of_the_two_changes_and_its_variance_the_sum_of_four():
    rows = waves(1)
    cells = rows.groupby(["campaign", "after"])["score"].agg(["mean", "var", "size"])
    mean = cells["mean"]
    result = did(rows)
    assert result.estimate == pytest.approx(mean[1, 1] - mean[1, 0] - mean[0, 1] + mean[0, 0])
    assert result.se == pytest.approx(math.sqrt((cells["var"] / cells["size"]).sum()))  # what HC2 is in four cells
    assert (result.measure, result.method, result.n) == ("mean_difference", "hc2", len(rows))
    assert (result.df, result.conf_level, result.cautions) == (len(rows) - 4, 0.95, ())
    assert result.conf_low < result.estimate < result.conf_high
    assert result.p_value < 0.001


def test_clusters_give_the_t_test_of_the_villages_changes():
    rows = waves(2)
    means = rows.pivot_table(index="village", columns="after", values="score")
    change = (means[1] - means[0]).to_numpy()
    treated, control = change[1::2], change[::2]
    result = did(rows, cluster="village")  # equal clusters: CR2 is the t test of the clusters' changes
    assert result.estimate == pytest.approx(treated.mean() - control.mean())
    assert result.se == pytest.approx(math.sqrt(treated.var(ddof=1) / 6 + control.var(ddof=1) / 6))
    assert result.df == pytest.approx(10)
    assert (result.method, result.clusters, result.cautions) == ("cr2", 12, ())


def test_the_same_people_are_compared_by_their_own_change():
    rows = waves(3)
    paired, unpaired = did(rows, unit="person"), did(rows)
    wide = rows.pivot_table(index="person", columns="after", values="score")
    change = wide[1] - wide[0]
    arm = rows.groupby("person")["campaign"].first()
    assert paired.estimate == pytest.approx(change[arm == 1].mean() - change[arm == 0].mean())
    assert paired.estimate == pytest.approx(unpaired.estimate)
    assert paired.se < unpaired.se
    assert (paired.n, paired.method, paired.measure) == (480, "hc2", "mean_difference")
    assert did(rows, unit="person", cluster="person") == paired
    clustered = did(rows, unit="person", cluster="village")
    assert (clustered.clusters, clustered.method) == (12, "cr2")


def eight():
    """Eight people of four villages, two with the campaign; some stand for more people than others."""
    rows = pd.DataFrame({"person": [*range(8)] * 2, "after": [0] * 8 + [1] * 8, "village": [*"aabbccdd"] * 2})
    rows = rows.assign(score=[3, 5, 4, 6, 2, 5, 4, 3, 5, 6, 7, 8, 3, 9, 4, 6], weight=[1, 2, 1, 3, 2, 1, 2, 1] * 2)
    return rows.assign(campaign=(rows["person"] > 3).astype(int))


def test_weighted_differences_are_those_of_r():
    # R 4.2.2: lm(score ~ campaign * after, weights = w), lm(change ~ campaign, weights = w) of the same people, with
    # sandwich::vcovHC(m, "HC2") and clubSandwich::vcovCR(m, village, "CR2")
    found = did(eight(), weights="weight", conf_level=0.9)
    assert (found.estimate, found.se, found.df) == pytest.approx((-0.357142857142858, 1.67138787089233, 12))
    assert (found.n, found.clusters, found.conf_level, found.placebo_p_value) == (16, None, 0.9, None)
    people = did(eight(), unit="person", weights="weight", conf_level=0.9)
    assert (people.estimate, people.se, people.df) == pytest.approx((-0.357142857142857, 0.906702180176829, 6))
    half = 1.943180280515 * people.se  # qt(0.95, 6)
    assert (people.conf_low, people.conf_high) == pytest.approx((people.estimate - half, people.estimate + half))
    others_before = eight().assign(weight=lambda t: t["weight"].where(t["after"] == 1, 9))
    assert did(others_before, unit="person", weights="weight", conf_level=0.9) == people
    expected = (-0.357142857142858, 0.696736343049645, 1.99641275171805, 0.659315588563801)
    for options in ({}, {"unit": "person"}):
        found = did(eight(), cluster="village", weights="weight", **options)
        assert (found.estimate, found.se, found.df, found.p_value) == pytest.approx(expected)


def test_two_villages_on_each_side_are_the_fewest_with_an_estimate():
    found = did(eight(), cluster="village")  # their changes are 1.5, 2.5 and 2.5, 1.5
    assert (found.estimate, found.se, found.df) == pytest.approx((0, math.sqrt(0.5**2 + 0.5**2), 2))
    assert (found.clusters, found.cautions) == (4, (Caution.FEW_CLUSTERS,))
    assert found.placebo_p_value == 1.0


def test_the_placebo_beside_few_villages_weighs_people_too():
    # Villages change by 1, 2, 3 and 4; with weights the first by 7.4, so that every other pair is further from the rest
    rows = eight().assign(score=[0] * 8 + [-7, 9, 2, 2, 3, 3, 4, 4], weight=[1, 9] * 8)
    assert did(rows, cluster="village").placebo_p_value == pytest.approx(1 / 3)
    weighted = did(rows, cluster="village", weights="weight")
    assert (weighted.estimate, weighted.placebo_p_value) == pytest.approx((3.5 - 4.7, 1.0))


def test_the_same_draws_are_taken_each_time_for_the_placebo_of_forty_villages():
    rows = waves(1, people=2, villages=40).assign(campaign=lambda t: (t["village"] < 4).astype(int))
    found = did(rows, cluster="village")
    assert found.placebo_p_value * 10_000 == pytest.approx(round(found.placebo_p_value * 10_000))  # 9,999 and itself
    assert did(rows, cluster="village") == found


def test_numbers_in_a_column_with_gaps_are_still_numbers():
    rows = eight()
    mixed = rows.assign(score=rows["score"].astype(object).where(rows["person"] != 7, None))
    for options in ({}, {"unit": "person"}):
        assert did(mixed, **options).estimate == pytest.approx(5 / 3 - 2)


def test_people_seen_once_are_left_out_and_that_is_said():
    rows = waves(4).iloc[1:]
    result = did(rows, unit="person")
    assert (result.n, result.cautions) == (479, (Caution.UNITS_SEEN_ONCE_DROPPED,))


def test_answers_of_yes_and_no_give_a_risk_difference_also_by_person():
    rows = waves(5).assign(score=lambda d: d["score"] > 1)
    assert did(rows).measure is Measure.RISK_DIFFERENCE
    assert did(rows, unit="person").measure is Measure.RISK_DIFFERENCE


def test_a_person_in_two_arms_or_twice_in_a_wave_is_named():
    rows = waves(6)
    moved = rows.assign(campaign=np.where((rows["person"] == 7) & (rows["after"] == 1), 1, rows["campaign"]))
    with pytest.raises(ValueError, match="person 7 changes arm between the periods"):
        did(moved, unit="person")
    with pytest.raises(ValueError, match="person 0 has two rows in one period"):
        did(pd.concat([rows, rows.iloc[:1]]), unit="person")


def test_one_village_with_the_campaign_is_refused_where_a_sandwich_would_see_an_effect():
    # 20 villages without any effect, one of them named treated: village shocks make it "significant"
    significant = 0
    for seed in range(40):
        rows = waves(seed, people=8, villages=20, effect=0.0)
        shock = np.random.default_rng(seed).normal(size=(20, 2))
        rows["score"] += shock[rows["village"], rows["after"]]
        rows["campaign"] = (rows["village"] == 0).astype(int)
        assert did(rows, cluster="village") == NotEstimable(
            measure=Measure.MEAN_DIFFERENCE, reason=Reason.ONE_CLUSTER_IN_AN_ARM, n=len(rows)
        )
        arm, after = rows["campaign"].to_numpy(float), rows["after"].to_numpy(float)
        design = np.column_stack([np.ones(len(rows)), arm, after, arm * after])
        significant += fit_clustered(design, rows["score"].to_numpy(), rows["village"].to_numpy()).p_value(3) < 0.05
    assert significant > 20


def test_few_villages_are_cautioned():
    assert did(waves(7, villages=10), cluster="village").cautions == (Caution.FEW_CLUSTERS,)
    assert did(waves(7, villages=10), unit="person", cluster="village").cautions == (Caution.FEW_CLUSTERS,)


@pytest.mark.parametrize(
    ("choose", "reason"),
    [
        (lambda d: d[d["after"] == 1], Reason.NOBODY_IN_A_GROUP),
        (lambda d: d[d["campaign"] == 0], Reason.NOBODY_IN_A_GROUP),
        (lambda d: d[d["campaign"] == 1], Reason.NOBODY_IN_A_GROUP),
        (lambda d: d.iloc[:0], Reason.NOBODY_IN_A_GROUP),
        (lambda d: d[(d["campaign"] == 0) | (d["after"] == 0) | (d["person"] == 40)], Reason.ONE_PERSON_IN_A_GROUP),
        (lambda d: d.assign(score=1), Reason.NO_VARIATION),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_its_reason(choose, reason):
    rows = choose(waves(8))
    measure = Measure.MEAN_DIFFERENCE if len(set(rows["score"])) > 1 else Measure.RISK_DIFFERENCE
    assert did(rows) == NotEstimable(measure=measure, reason=reason, n=len(rows))


def test_villages_that_cannot_be_compared_are_refused():
    alike = waves(8).assign(score=1)
    assert did(alike, cluster="village").reason is Reason.NO_VARIATION
    alone = waves(8)[lambda t: (t["campaign"] == 0) | (t["village"] == 1)]
    for options, n in (({}, len(alone)), ({"unit": "person"}, len(alone) // 2)):
        refusal = NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.ONE_CLUSTER_IN_AN_ARM, n=n)
        assert did(alone, cluster="village", **options) == refusal


def test_the_refusal_of_a_change_in_answers_of_yes_and_no_is_one_of_a_risk_difference():
    rows = waves(9).assign(score=lambda d: d["score"] > 1, campaign=1)
    refusal = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=480)
    assert did(rows, unit="person") == refusal


def test_nobody_asked_twice_is_refused():
    assert did(waves(9).drop_duplicates("person"), unit="person").reason is Reason.NOBODY_IN_A_GROUP


def test_rows_with_a_gap_are_left_out_and_that_is_said():
    rows = waves(10)
    rows.loc[0, "score"] = np.nan
    assert (did(rows).n, did(rows).cautions) == (len(rows) - 1, (Caution.ROWS_INCOMPLETE_DROPPED,))


def test_weights_count_people_as_often_as_they_say():
    rows = waves(11)
    repeated = rows.loc[rows.index.repeat(rows["person"] % 3 + 1)]
    weighted = did(rows.assign(weight=rows["person"] % 3 + 1), weights="weight")
    assert weighted.estimate == pytest.approx(did(repeated).estimate)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_exchanging_arms_or_waves_turns_the_effect_around(seed):
    rows = waves(seed, people=5)
    one = did(rows, cluster="village")
    for other in (
        did(rows.assign(campaign=1 - rows["campaign"]), cluster="village"),
        did(rows.assign(after=1 - rows["after"]), cluster="village"),
    ):
        assert other.estimate == pytest.approx(-one.estimate)
        assert other.conf_low == pytest.approx(-one.conf_high)
        assert other.p_value == pytest.approx(one.p_value)


def test_a_change_without_a_comparison_is_said_to_be_no_effect():
    before, after = Proportion(48, 80), Proportion(56, 70)
    change, same = before_after(before, after), risk_difference(after, before)
    assert change.cautions == (Caution.CHANGE_NOT_EFFECT,)
    assert (change.estimate, change.conf_low, change.p_value) == (same.estimate, same.conf_low, same.p_value)
    assert before_after(before, after, conf_level=0.9).conf_level == 0.9


def test_intervals_of_independent_waves_cover_the_effect():
    covered = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        shares, sizes = (0.2, 0.3, 0.25, 0.5), (60, 80, 70, 90)
        rows = pd.concat(
            pd.DataFrame({"campaign": i // 2, "after": i % 2, "score": (rng.random(n) < p).astype(int)}, index=range(n))
            for i, (p, n) in enumerate(zip(shares, sizes, strict=True))
        )
        result = did(rows.reset_index(drop=True))
        assert isinstance(result, Estimate)
        covered += result.conf_low <= 0.15 <= result.conf_high
    assert abs(covered / 200 - 0.95) < norm.ppf(0.999) * math.sqrt(0.95 * 0.05 / 200)
