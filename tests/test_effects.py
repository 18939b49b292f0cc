"""What is computed of answers for each design of a study: which rows, which columns, and what is told beside."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from campaigns.records import Design, Direction, Launch, Study, Unit
from metrics.choosing import Because
from metrics.disagreement import disagreement
from metrics.effects import Effect, measure
from metrics.estimates import Measure, Method, NotEstimable, Proportion, Reason
from metrics.proportions import risk_difference
from metrics.trials import adjusted_difference
from tests.test_evaluation import KNOWS, answers

START = dt.date(2026, 3, 1)
ONCE = {"campaign_after": (480, 800), "comparison_after": (360, 800)}


def of(design, rows, outcome=KNOWS, *, start=None, method=None, **study):
    return measure(outcome, Study(design=design, **study), rows, method=method, start=start)


def by_month(shares, *, asked=40, arm="campaign"):
    """Answers of each month, so many of those asked counting; the campaign starts in March 2026."""
    months = pd.date_range("2024-04-01", periods=len(shares), freq="MS")
    rows = [
        (month, int(n < round(share * asked)))
        for month, share in zip(months, shares, strict=True)
        for n in range(asked)
    ]
    found = pd.DataFrame(rows, columns=["period", "value"])
    known = {
        "survey": "s",
        "arm": arm,
        "wave": None,
        "outcome": KNOWS.id,
        "cluster": None,
        "weight": None,
        "place": None,
    }
    return found.assign(**known, respondent=found.index.astype(str))


# ---- Over time -----------------------------------------------------------------------------------------------------

COURSE = [0.3 + 0.01 * (month % 3) + 0.2 * (month >= 23) for month in range(30)]


def test_a_course_is_followed_and_told_with_its_line_and_without_what_groups_of_people_say():
    rows = by_month(COURSE)
    sexes = rows.assign(sex=["F", "M"] * (len(rows) // 2))
    found = of(Design.INTERRUPTED_SERIES, sexes, start=START)
    assert found.outcome == KNOWS
    assert found.estimate.estimate == pytest.approx(0.2, abs=0.03)
    assert (found.course.start, found.staggered, found.disagreement) == (START, None, None)
    assert [(group.arm, group.wave, group.asked) for group in found.groups] == [
        ("campaign", "before", 920), ("campaign", "after", 280),
    ]  # fmt: skip
    assert found.before_after_alone is not None


def test_places_reached_one_by_one_are_followed_although_the_design_is_of_two_waves():
    rows = pd.concat(
        by_month([0.3] * 3 + [share] * 3).assign(place=place, cluster=place)
        for place, share in (("Kolda", 0.65), ("Louga", 0.55), ("Thies", 0.35), ("Matam", 0.25))
    ).reset_index(drop=True)  # fmt: skip
    rows["respondent"] = rows.index.astype(str)
    rows["period"] += pd.DateOffset(months=20)
    launches = tuple(Launch(place=place, day=dt.date(2026, 3, 9)) for place in ("Kolda", "Louga"))
    found = of(Design.DIFFERENCE_IN_DIFFERENCES, rows, start=START, launches=launches)
    assert found.estimate.estimate == pytest.approx(0.3)
    assert found.estimate.method == Method.GROUP_TIME
    assert (found.course, found.staggered.simple) == (None, found.estimate)
    assert found.because[0] == Because.PLACES_ONE_BY_ONE
    assert of(Design.DIFFERENCE_IN_DIFFERENCES, rows, launches=launches).staggered is None  # without a start


def test_of_places_reached_one_by_one_no_opposite_changes_are_told():
    shares = {("Kolda", "F"): 0.65, ("Kolda", "M"): 0.05, ("Louga", "F"): 0.55, ("Louga", "M"): 0.1}
    shares |= {("Thies", "F"): 0.35, ("Thies", "M"): 0.3, ("Matam", "F"): 0.25, ("Matam", "M"): 0.3}
    rows = pd.concat(
        by_month([0.3] * 3 + [share] * 3, asked=60).assign(place=place, sex=sex)
        for (place, sex), share in shares.items()
    ).reset_index(drop=True)
    rows["respondent"] = rows.index.astype(str)
    rows["period"] += pd.DateOffset(months=20)
    rows["arm"] = np.where(rows["place"].isin(["Kolda", "Louga"]), "campaign", "comparison")
    rows["wave"] = np.where(rows["period"] >= "2026-03-01", "after", "before")
    launches = tuple(Launch(place=place, day=dt.date(2026, 3, 9)) for place in ("Kolda", "Louga"))
    design = Design.DIFFERENCE_IN_DIFFERENCES
    assert of(design, rows).disagreement.breakdown == "sex"
    assert of(design, rows, start=START, launches=launches).disagreement is None


def test_the_same_people_of_places_reached_one_by_one_are_known_again():
    rows = pd.concat(
        by_month([0.25, 0.5, share, share]).assign(place=place, cluster=place)
        for place, share in (("Kolda", 0.8), ("Louga", 0.7), ("Thies", 0.55), ("Matam", 0.45))
    )  # fmt: skip
    number = rows.groupby(["place", "period"]).cumcount()
    who = zip(rows["place"].factorize()[0], number, strict=True)
    rows["respondent"] = [f"{place:017x}{person:03x}" for place, person in who]
    rows["period"] += pd.DateOffset(months=21)
    launches = tuple(Launch(place=place, day=dt.date(2026, 3, 9)) for place in ("Kolda", "Louga"))
    found = of(Design.DIFFERENCE_IN_DIFFERENCES, rows, start=START, launches=launches, same_people=True)
    assert Because.SAME_PEOPLE in found.because
    assert found.estimate.estimate == pytest.approx(0.25)


def test_times_that_no_course_follows_are_refused():
    calls = dataclasses.replace(KNOWS, unit=Unit.TIMES)
    rows = answers(calls, **ONCE)
    refused = NotEstimable(measure=Measure.RELATIVE_DIFFERENCE, reason=Reason.NOT_FOLLOWED, n=1600)
    assert of(Design.RANDOMISED, rows, calls) == Effect(outcome=calls, groups=(), estimate=refused)


def test_what_was_only_delivered_is_not_measured_whatever_people_answered():
    found = of(Design.DELIVERY_ONLY, answers(**ONCE))
    assert (found.outcome, found.estimate, found.because) == (KNOWS, None, ())
    assert [group.counted for group in found.groups] == [480, 360]
    assert of(Design.RANDOMISED, answers(**ONCE).iloc[:0]) == Effect(outcome=KNOWS, groups=(), estimate=None)


# ---- Two waves and two groups --------------------------------------------------------------------------------------


def test_a_change_is_told_beside_wherever_the_campaign_group_was_asked_twice():
    rows = answers(campaign_before=(300, 800), **ONCE)
    alone = of(Design.MATCHED, rows).before_after_alone
    assert alone.estimate == pytest.approx(0.225)
    assert of(Design.MATCHED, answers(comparison_before=(300, 800), **ONCE)).before_after_alone is None
    assert of(Design.BEFORE_AFTER, rows).before_after_alone is None


@pytest.mark.parametrize(("weight", "because"), [(None, (Because.ONE_ARM,)), (1.5, (Because.ONE_ARM, Because.WEIGHTS))])
def test_a_change_of_one_group_says_so_and_whether_it_was_weighted(weight, because):
    rows = answers(campaign_before=(300, 800), campaign_after=(480, 800)).assign(weight=weight)
    assert of(Design.BEFORE_AFTER, rows).because == because


def test_a_group_of_nobody_is_refused_with_how_many_the_other_has():
    for rows in (answers(campaign_after=(480, 800)), answers(comparison_after=(360, 800))):
        found = of(Design.MATCHED, rows)
        assert found.estimate == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=800)
        assert found.because == (Because.TWO_ARMS_ONCE,)


def test_villages_that_were_drawn_and_not_recorded_are_refused():
    found = of(Design.CLUSTER_RANDOMISED, answers(**ONCE))
    refused = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.CLUSTERS_NOT_RECORDED, n=1600)
    assert (found.estimate, found.because) == (refused, (Because.TWO_ARMS_ONCE,))


def test_people_who_were_drawn_one_by_one_are_not_taken_together_by_village():
    found = of(Design.RANDOMISED, answers(clusters=20, **ONCE))
    assert found.estimate == risk_difference(Proportion(480, 800), Proportion(360, 800))
    shuffled = answers(clusters=20, **ONCE)
    shuffled["value"] = np.random.default_rng(1).permutation(shuffled["value"])
    assert of(Design.MATCHED, shuffled).estimate.clusters == 40


@pytest.mark.parametrize(("design", "block"), [(Design.RANDOMISED, "block"), (Design.MATCHED, None)])
def test_blocks_count_where_people_were_drawn_within_them(design, block):
    rows = answers(**ONCE)
    rows["block"] = np.random.default_rng(1).integers(0, 3, len(rows)).astype(str)
    rows["value"] = rows["value"].where(rows["block"] != "0", 1)
    coded = rows.assign(arm=(rows["arm"] == "campaign") * 1, value=rows["value"].astype(float))
    expected = adjusted_difference(coded, outcome="value", arm="arm", block=block)
    found = of(design, rows).estimate
    assert found.estimate == pytest.approx(expected.estimate)
    assert (found.method == Method.MIETTINEN_NURMINEN) == (block is None)


# ---- Groups of people that were moved in opposite ways -------------------------------------------------------------


def opposite(*, villages=20):
    """Women gained and men lost; before the campaign all were alike."""
    rows = []
    after = {("F", "campaign"): 90, ("F", "comparison"): 40, ("M", "campaign"): 40, ("M", "comparison"): 90}
    cells = [*((*who, "after", counted) for who, counted in after.items()), *((*who, "before", 65) for who in after)]
    for sex, arm, wave, counted in cells:
        rows += [(sex, arm, wave, int(n < counted), f"{arm}{n**2 // 7 % villages}") for n in range(130)]
    found = pd.DataFrame(rows, columns=["sex", "arm", "wave", "value", "cluster"])
    return found.assign(survey=found["wave"], respondent=found.index.astype(str), outcome=KNOWS.id, weight=None)


def coded(rows):
    return rows.assign(arm=(rows["arm"] == "campaign") * 1, period=(rows["wave"] == "after") * 1)


@pytest.mark.parametrize(
    ("design", "waves", "cluster"),
    [
        (Design.RANDOMISED, [1], None),
        (Design.MATCHED, [1], "cluster"),
        (Design.CLUSTER_RANDOMISED, [1], "cluster"),
        (Design.DIFFERENCE_IN_DIFFERENCES, [0, 1], "cluster"),
    ],
)
@pytest.mark.parametrize("weighted", [False, True])
def test_opposite_changes_are_looked_for_by_the_waves_villages_and_weights_of_the_design(
    design, waves, cluster, weighted
):
    rows = opposite().assign(weight=1.0 + (np.arange(1040) % 3 == 0) if weighted else None)
    found = of(design, rows).disagreement
    told = coded(rows)
    expected = disagreement(
        told[told["period"].isin(waves)], design, cluster=cluster, weight="weight" if weighted else None, sign=1
    )
    assert found == expected
    assert (found.breakdown, found.better, found.worse) == ("sex", ("F",), ("M",))


def test_where_fewer_is_wished_those_who_lost_gained():
    fewer = dataclasses.replace(KNOWS, desired=Direction.FEWER)
    found = of(Design.RANDOMISED, opposite(), fewer).disagreement
    assert (found.better, found.worse) == (("M",), ("F",))
    assert of(Design.BEFORE_AFTER, opposite()).disagreement is None


def test_a_start_places_nothing_where_the_design_goes_by_waves():
    rows = answers(**ONCE)
    found = of(Design.RANDOMISED, rows.drop(columns="period"), start=START)
    assert found == of(Design.RANDOMISED, rows)


def test_times_have_no_groups_of_people():
    calls = dataclasses.replace(KNOWS, unit=Unit.TIMES, counts=())
    rows = by_month([1.0] * 30, asked=1).assign(value=[20.0 + month % 3 + 10 * (month >= 23) for month in range(30)])
    found = of(Design.INTERRUPTED_SERIES, rows, calls, start=START)
    assert found.groups == ()
    assert found.estimate.estimate > 0.3


def test_a_change_of_which_a_wave_is_missing_is_refused():
    found = of(Design.BEFORE_AFTER, answers(campaign_after=(480, 800)))
    assert found.estimate == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=800)


def test_somebody_on_both_sides_makes_people_no_pairs():
    rows = answers(
        campaign_before=(30, 80), campaign_after=(48, 80), comparison_before=(31, 80), comparison_after=(36, 80)
    )
    rows["respondent"] = [f"{n % 80 + 80 * (arm == 'campaign'):020x}" for n, arm in enumerate(rows["arm"])]
    paired = of(Design.DIFFERENCE_IN_DIFFERENCES, rows, same_people=True)
    assert Because.SAME_PEOPLE in paired.because
    one = rows["respondent"] == f"{3:020x}"
    changed = rows.assign(arm=rows["arm"].mask(one & (rows["wave"] == "after"), "campaign"))
    assert Because.SAME_PEOPLE not in of(Design.DIFFERENCE_IN_DIFFERENCES, changed, same_people=True).because
