"""Campaigns that start at different times, and placebos: expected values are csdid 0.4.3's of the same table."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.changes import difference_in_differences, placebos_in_space, staggered_effect
from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Reason

# Overall effect and standard error of its ATTgt and aggte without covariates, by outcome regression, errors analytical;
# without a unit as repeated cross-sections (panel=False).
CSDID = {
    ("unit", "simple"): (0.6660597014925375, 0.1706420569740219),
    ("unit", "dynamic"): (0.7717905303030304, 0.18645469615750979),
    ("unit", "group"): (0.6746808712121213, 0.1563840904764036),
    ("unit", "calendar"): (0.6053297348484848, 0.17799739790408767),
    (None, "simple"): (0.6660597014925373, 0.4154297967158438),
    (None, "dynamic"): (0.7717905303030304, 0.44592089758236275),
    (None, "group"): (0.6746808712121213, 0.4129845297862002),
    (None, "calendar"): (0.6053297348484847, 0.40690332924977735),
}


def steps(seed=5, *, units=30, starts=(math.nan, 3, 4, 5), effect=0.5):
    rng = np.random.default_rng(seed)
    rows = []
    for unit in range(units):
        first, own = starts[unit % len(starts)], rng.normal()
        for t in range(1, 7):
            reached = first <= t
            gain = effect + 0.2 * effect * (t - first) if reached else 0.0
            rows.append((unit, t, first, round(own + 0.2 * t + gain + rng.normal() * 0.5, 3)))
    return pd.DataFrame(rows, columns=["unit", "t", "first", "y"])


def effects(rows, **options):
    return staggered_effect(rows, outcome="y", first="first", time="t", **options)


@pytest.mark.parametrize(("unit", "summary"), CSDID)
def test_averages_and_their_errors_equal_csdid(unit, summary):
    found = getattr(effects(steps(), unit=unit), summary)
    assert (found.estimate, found.se) == pytest.approx(CSDID[unit, summary], rel=1e-9)


def test_two_groups_and_two_times_are_the_plain_difference_in_differences():
    rows = steps(1, starts=(math.nan, 4))
    rows = rows[rows["t"].isin([3, 4])]
    found = effects(rows, unit="unit").simple
    plain = difference_in_differences(
        rows.assign(arm=rows["first"].notna() * 1, after=(rows["t"] == 4) * 1),
        outcome="y", arm="arm", period="after", unit="unit",
    )  # fmt: skip
    assert found.estimate == pytest.approx(plain.estimate)
    assert found.se == pytest.approx(plain.se * math.sqrt(14 / 15))  # 15 a side, variances over n
    assert (found.df, found.n, found.clusters, found.method) == (29, 60, 30, "group_time")


def test_the_event_study_has_each_event_time_and_placebos_before():
    found = effects(steps(2, units=400), unit="unit")
    assert [one.at for one in found.by_event_time] == [-3, -2, -1, 0, 1, 2, 3]
    for one in found.by_event_time:
        truth = 0.0 if one.at < 0 else 0.5 + 0.1 * one.at
        assert abs(one.estimate.estimate - truth) < 4 * one.estimate.se
    assert [one.at for one in found.by_group] == [3, 4, 5]
    assert [one.at for one in found.by_time] == [3, 4, 5, 6]
    assert len(found.group_times) == 3 * 5
    assert found.pre_trend_p_value > 0.001


def test_a_trend_before_the_campaign_is_seen():
    rows = steps(3, units=120)
    rows["y"] += 0.3 * rows["t"] * rows["first"].notna()
    assert effects(rows, unit="unit").pre_trend_p_value < 1e-4


def test_more_event_times_than_clusters_cannot_be_tested_for_a_trend():
    rows = pd.DataFrame([(unit, t) for unit in range(12) for t in range(15)], columns=["unit", "t"])
    rows["first"] = np.where(rows["unit"] % 2, 14.0, np.nan)
    rows["y"] = np.random.default_rng(1).normal(size=len(rows))
    assert effects(rows, unit="unit").pre_trend_p_value is None  # thirteen placebos
    assert effects(rows[rows["t"] > 9], unit="unit").pre_trend_p_value > 0


def test_without_a_time_before_two_campaigns_there_is_no_pre_trend_to_test():
    rows = steps(4, starts=(math.nan, 2))
    assert effects(rows[rows["t"] < 4], unit="unit").pre_trend_p_value is None


def test_those_not_yet_reached_can_be_the_comparison():
    rows = steps(5, starts=(3, 5), units=40)
    assert effects(rows, unit="unit").reason is Reason.NOBODY_LEFT_TO_COMPARE
    found = effects(rows, unit="unit", comparison="not_yet")
    assert {(one.group, one.time) for one in found.group_times if one.time >= one.group} == {(3, 3), (3, 4)}
    assert found.without_comparison == (5,)
    assert abs(found.simple.estimate - 0.55) < 4 * found.simple.se


def test_a_group_reached_from_the_start_has_no_before_and_is_named():
    found = effects(steps(6, starts=(math.nan, 1, 4)), unit="unit")
    assert found.without_comparison == (1,)
    assert [one.at for one in found.by_group] == [4]


def test_one_place_on_each_side_tells_nothing_of_how_sure_it_is():
    pair = effects(steps(6, units=2, starts=(math.nan, 4)), unit="unit")
    assert (pair.reason, pair.n) == (Reason.TOO_FEW_CLUSTERS, 12)
    alike = effects(steps(6, starts=(math.nan, 4)).assign(y=1.0), unit="unit")
    assert alike.reason is Reason.NO_VARIATION
    rows = steps(8, units=3, starts=(math.nan, 4))  # two never reached, one reached: the spread of the two alone
    assert effects(rows, unit="unit").simple.placebo_p_value == pytest.approx(1 / 3, abs=0.04)  # exchanges are drawn


def test_a_single_time_is_refused():
    assert effects(steps().query("t == 3"), unit="unit").reason is Reason.ONE_PERIOD


def test_a_unit_with_two_starts_is_named_as_a_mistake():
    rows = steps()
    rows.loc[rows["unit"].eq(1) & rows["t"].eq(6), "first"] = 5
    with pytest.raises(ValueError, match="a unit has several times"):
        effects(rows, unit="unit")


def test_answers_of_yes_and_no_give_risk_differences_and_gaps_are_said():
    rows = steps(7, units=60).assign(y=lambda t: (t["y"] > 1).astype(float))
    rows.loc[0, "y"] = np.nan
    found = effects(rows, unit="unit").simple
    assert found.measure is Measure.RISK_DIFFERENCE
    assert Caution.ROWS_INCOMPLETE_DROPPED in found.cautions


def test_equal_weights_change_nothing_and_clusters_are_counted():
    rows = steps(8, units=40)
    rows["district"] = rows["unit"] // 2
    rows["y"] += np.random.default_rng(1).normal(size=(20, 7))[rows["district"], rows["t"]]
    plain = effects(rows, unit="unit").simple
    weighted = effects(rows.assign(w=3.0), unit="unit", weights="w").simple
    assert (weighted.estimate, weighted.se) == pytest.approx((plain.estimate, plain.se))
    clustered = effects(rows, unit="unit", cluster="district").simple
    assert clustered.estimate == pytest.approx(plain.estimate)
    assert clustered.clusters == 20


def test_few_places_reached_have_the_placebo_beside_the_robust_p_value():
    rows = steps(9, units=12)  # three a group
    found = effects(rows, unit="unit")
    for one in (found.simple, *(at.estimate for at in found.by_event_time), *(g.estimate for g in found.group_times)):
        assert Caution.FEW_CLUSTERS in one.cautions
        assert 0 < one.placebo_p_value <= 1
    assert found.simple == effects(rows, unit="unit").simple  # the same data, the same p-value
    other = effects(rows, unit="unit", rng=np.random.default_rng(4)).simple
    assert other.placebo_p_value == pytest.approx(found.simple.placebo_p_value, abs=0.05)


def test_one_place_reached_is_not_an_effect_where_exchanges_show_as_much():
    shown = 0
    for seed in range(40):
        rows = steps(seed, units=20, starts=(math.nan,), effect=0.0)
        rows.loc[rows["unit"] == 0, "first"] = 4.0
        found = effects(rows, unit="unit").simple
        shown += found.placebo_p_value < 0.05
        assert Caution.FEW_CLUSTERS in found.cautions
    assert shown <= 6  # 5 % of 40 and three standard deviations


def test_more_exchanges_are_drawn_in_parts_and_clusters_with_two_starts_have_none():
    rows = steps(10, units=12)
    assert 0 < effects(rows, unit="unit", draws=250).simple.placebo_p_value <= 1
    mixed = effects(rows.assign(district=rows["unit"] // 4), unit="unit", cluster="district").simple
    assert mixed.placebo_p_value is None


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.1, 50), st.floats(-20, 20))
def test_a_change_of_units_changes_only_the_units(seed, scale, shift):
    rows = steps(seed, units=16)
    one = effects(rows, unit="unit").simple
    other = effects(rows.assign(y=rows["y"] * scale + shift), unit="unit").simple
    assert other.estimate == pytest.approx(one.estimate * scale, abs=1e-9 * scale)
    assert other.se == pytest.approx(one.se * scale)
    assert other.placebo_p_value == pytest.approx(one.placebo_p_value)
    assert one.excludes_no_difference == (one.p_value < 0.05)


# placebos in space


def places(seed=0, *, count=12, reached=1, effect=0.0):
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame([(p, w) for p in range(count) for w in (0, 1)], columns=["place", "after"])
    rows["arm"] = (rows["place"] < reached) * 1
    rows["score"] = rng.normal(size=count)[rows["place"]] + rng.normal(size=len(rows))
    rows["score"] += effect * rows["arm"] * rows["after"]
    return rows


def placebo(rows, **options):
    return placebos_in_space(rows, outcome="score", arm="arm", period="after", place="place", **options)


def test_placebos_are_the_differences_of_all_choices_of_as_many_places():
    rows = places(1, count=7, reached=2, effect=1.0)
    changes = rows.pivot(index="place", columns="after", values="score").diff(axis=1)[1].to_numpy()

    def difference(chosen):
        own = np.isin(np.arange(7), chosen)
        return changes[own].mean() - changes[~own].mean()

    sizes = np.abs([difference(chosen) for chosen in itertools.combinations(range(7), 2)])
    found = placebo(rows)
    assert found.estimate.estimate == pytest.approx(difference((0, 1)))
    assert found.estimate.p_value == pytest.approx(np.mean(sizes >= abs(difference((0, 1))) - 1e-12))
    assert dict(found.by_place) == pytest.approx({place: difference((place,)) for place in range(7)})
    assert (found.estimate.method, found.estimate.clusters, found.estimate.se) == ("placebo_in_space", 7, None)
    plain = difference_in_differences(rows, outcome="score", arm="arm", period="after")
    assert found.estimate.estimate == pytest.approx(plain.estimate)


def test_one_place_of_forty_can_show_an_effect_and_one_of_twelve_cannot():
    forty = placebo(places(2, count=40, effect=30.0)).estimate
    assert forty.p_value == pytest.approx(1 / 40)
    assert 0 < forty.conf_low < forty.conf_high < math.inf
    twelve = placebo(places(2, count=12, effect=30.0)).estimate
    assert (twelve.conf_low, twelve.conf_high) == (-math.inf, math.inf)
    assert Caution.FEW_CLUSTERS in twelve.cautions


def test_one_place_of_twenty_is_not_below_five_in_a_hundred_and_one_of_twenty_one_is():
    twenty, more = (placebo(places(2, count=count, effect=30.0)).estimate for count in (20, 21))
    assert (twenty.p_value, more.p_value) == (1 / 20, 1 / 21)
    assert (twenty.conf_low, twenty.conf_high) == (-math.inf, math.inf)
    assert more.conf_low > 0


def test_limits_of_placebos_are_the_last_effects_that_are_not_rejected():
    rows = places(3, count=12, reached=3, effect=-6.0)

    def p_value(assumed):
        taken_off = rows["score"] - assumed * rows["arm"] * rows["after"]
        return placebo(rows.assign(score=taken_off)).estimate.p_value

    for level in (0.94, 0.9):
        found = placebo(rows, conf_level=level).estimate
        assert (found.conf_level, found.df, found.n) == (level, math.inf, 24)
        for limit, outwards in ((found.conf_low, -1e-6), (found.conf_high, 1e-6)):
            assert p_value(limit - outwards) > 1 - level > p_value(limit + outwards)


def test_few_places_not_addressed_are_as_few_as_few_addressed():
    assert placebo(places(7, count=14, reached=10)).estimate.cautions == (Caution.FEW_CLUSTERS,)


def test_where_choices_are_too_many_a_sample_is_taken_the_same_each_time_unless_a_source_is_given():
    rows = places(8, count=18, reached=8)  # 43,758 choices
    p_value = placebo(rows).estimate.p_value
    assert p_value * 10_000 == pytest.approx(round(p_value * 10_000))  # 9,999 and what was observed
    few = placebo(rows, draws=99).estimate.p_value
    assert few * 100 == pytest.approx(round(few * 100))
    assert placebo(rows, draws=99).estimate.p_value == few
    others = {placebo(rows, draws=99, rng=np.random.default_rng(seed)).estimate.p_value for seed in range(1, 6)}
    assert len(others) > 1


def test_yes_and_no_by_place_and_numbers_beside_gaps_are_read():
    rows = places(9, count=10, reached=2)
    shares = placebo(rows.assign(score=rows["score"] > 0)).estimate
    assert shares.measure is Measure.RISK_DIFFERENCE
    mixed = rows.assign(score=rows["score"].astype(object).where(rows["place"] != 9, None))
    assert placebo(mixed).estimate.estimate == pytest.approx(placebo(rows[rows["place"] != 9]).estimate.estimate)


def test_a_place_not_asked_afterwards_has_no_effect_of_its_own_but_counts_with_others():
    rows = places(10, count=8, reached=2, effect=3.0).iloc[:-1]
    found = placebo(rows)
    assert dict(found.by_place)[7] == math.inf
    assert math.isfinite(found.estimate.estimate)
    assert found.estimate.p_value < 1


def test_what_rounding_leaves_of_large_numbers_is_no_variation():
    # A third of a million visits everywhere, and a tenth of one more afterwards: no place differs from another
    rows = pd.DataFrame([(p, w) for p in range(8) for w in (0, 1) for _ in range(3 + p)], columns=["place", "after"])
    rows = rows.assign(arm=(rows["place"] < 2) * 1, score=1e6 / 3 + 0.1 * rows["after"])
    assert placebo(rows) == NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.NO_VARIATION, n=len(rows))
    staggered = rows.assign(first=rows["arm"].where(rows["arm"] == 1), y=rows["score"], t=rows["after"])
    assert effects(staggered, cluster="place").reason is Reason.TOO_FEW_CLUSTERS
    assert effects(staggered).reason is Reason.NO_VARIATION


def test_placebos_by_answers_weigh_places_by_their_people():
    rows = places(3, count=8, reached=3)
    counted = rows.assign(people=rows["place"] + 1.0)
    repeated = rows.loc[rows.index.repeat(counted["people"].astype(int))]
    assert placebo(counted, weights="people").estimate.p_value == placebo(repeated).estimate.p_value
    assert dict(placebo(counted, weights="people").by_place) == pytest.approx(dict(placebo(repeated).by_place))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda rows: rows[rows["after"] == 1], Reason.NOBODY_IN_A_GROUP),
        (lambda rows: rows[rows["arm"] == 1], Reason.NOBODY_IN_A_GROUP),
        (lambda rows: rows[rows["arm"] == 0], Reason.NOBODY_IN_A_GROUP),
        (lambda rows: rows.assign(score=2.0), Reason.NO_VARIATION),
    ],
)
def test_places_that_cannot_be_compared_are_refused(change, reason):
    rows = change(places(4))
    assert placebo(rows) == NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=reason, n=len(rows))
    with pytest.raises(ValueError, match="conf_level 95"):
        placebo(rows, conf_level=95)


def test_six_places_on_either_side_are_not_few_and_a_place_in_both_has_no_placebo():
    rows = places(7, count=14, reached=6)
    assert placebo(rows).estimate.cautions == ()
    moved = places(7, count=14, reached=4)
    moved["arm"] = moved["arm"].where(moved["place"] != 5, moved["after"])
    mixed = difference_in_differences(
        pd.concat([moved] * 2).assign(score=lambda t: t["score"] + np.arange(len(t)) / 100),
        outcome="score", arm="arm", period="after", cluster="place",
    )  # fmt: skip
    assert mixed.placebo_p_value is None


def test_a_place_in_both_arms_is_named_and_gaps_are_said():
    rows = places(5)
    with pytest.raises(ValueError, match="a place is in both arms"):
        placebo(rows.assign(arm=rows["arm"].where(rows["place"] != 3, rows["after"])))
    rows.loc[5, "score"] = np.nan
    assert Caution.ROWS_INCOMPLETE_DROPPED in placebo(rows).estimate.cautions


def test_a_difference_in_differences_with_few_places_has_the_placebo_beside_it():
    rows = pd.concat([places(6, count=14, reached=3, effect=2.0)] * 3)
    rows["score"] += np.random.default_rng(2).normal(size=len(rows)) / 10
    found = difference_in_differences(rows, outcome="score", arm="arm", period="after", cluster="place")
    assert found.placebo_p_value == pytest.approx(placebo(rows).estimate.p_value)
    assert Caution.FEW_CLUSTERS in found.cautions


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(-4, 4), st.integers(2, 4))
@example(645619, 0.125, 3)  # a p-value of just 0.05, which is not below it
def test_intervals_of_placebos_exclude_no_difference_exactly_where_the_p_value_is_small(seed, effect, reached):
    found = placebo(places(seed, count=12, reached=reached, effect=effect)).estimate
    assert isinstance(found, Estimate)
    assert found.conf_level == 0.95
    assert found.excludes_no_difference == (found.p_value < 0.05)
    assert found.conf_low <= found.estimate <= found.conf_high
