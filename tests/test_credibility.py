"""What takes certainty away: each reason with its grade and the figures that its sentence quotes, up to its limits."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from campaigns.records import Arm, Design, Event, Outcome, Rung, Study, Wave
from metrics.changes import StaggeredEffect
from metrics.credibility import reasons_for
from metrics.effects import Answers, Effect
from metrics.estimates import Caution, Measure, NotEstimable
from metrics.estimates import Reason as Refusal
from metrics.over_time import Course, Side
from metrics.verdicts import Reason, ReasonCode
from tests.evaluations import KNOWS, campaign, estimate

JULY = dt.date(2026, 7, 1)
REFUSED = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Refusal.NO_RESULTS, n=0)
KNOWN = estimate(0.09, 0.06, 0.12)


def record(design=Design.RANDOMISED, *, outcome: Outcome = KNOWS, events=(), **study):
    found = Study(design=design, **{"follow_up_days": 60, "independent": True} | study)
    return dataclasses.replace(campaign(outcome), study=found, events=events)


def effect(groups=(), found=KNOWN, *, outcome: Outcome = KNOWS, **more) -> Effect:
    return Effect(outcome=outcome, groups=tuple(groups), estimate=found, **more)


def sides(wave, first, second):
    """Two groups from `(asked, answered, counted)`."""
    return [
        Answers(arm=arm, wave=wave, asked=asked, answered=answered, counted=counted)
        for arm, (asked, answered, counted) in zip((Arm.CAMPAIGN, Arm.COMPARISON), (first, second), strict=True)
    ]


def lost(first, second, **study):
    """The reasons where so many of a thousand on each side did not answer."""
    groups = sides(Wave.AFTER, (1000, 1000 - first, 300), (1000, 1000 - second, 200))
    return reasons_for(record(**study), effect(groups))


def test_a_sound_study_has_no_reason_against_it():
    assert lost(10, 12) == ()


def test_people_assigned_in_another_share_than_planned_are_fatal():
    planned = record(assigned=(600, 300), planned_share=2 / 3)
    assert reasons_for(planned, effect()) == ()
    uneven = record(assigned=(600, 300))
    figures = (600, 300, 0.5)
    assert reasons_for(uneven, effect()) == (Reason(code=ReasonCode.SAMPLE_RATIO, fatal=True, figures=figures),)
    villages = record(Design.CLUSTER_RANDOMISED, assigned=(600, 300))
    assert reasons_for(villages, effect()) == ()


def test_uneven_losses_are_fatal_where_they_are_both_sure_and_large():
    assert lost(60, 5) == (Reason(code=ReasonCode.UNEVEN_LOSSES, fatal=True, figures=(0.06, 0.005)),)
    assert lost(5, 60) == (Reason(code=ReasonCode.UNEVEN_LOSSES, fatal=True, figures=(0.005, 0.06)),)
    assert lost(40, 5) == ()  # sure, but four in a hundred
    assert lost(60, 20) == ()
    assert lost(150, 145) == ()  # many together, but evenly
    few = sides(Wave.AFTER, (20, 17, 3), (20, 19, 3))  # ten in a hundred more, but of twenty
    assert reasons_for(record(), effect(few)) == ()
    unequal = sides(Wave.AFTER, (100, 85, 30), (1000, 920, 300))  # seven in a hundred more; the score test has p = 0.02
    assert reasons_for(record(), effect(unequal)) == ()


def test_losing_more_than_a_fifth_takes_a_grade():
    assert lost(201, 190) == (Reason(code=ReasonCode.MANY_LOST, change=-1, figures=(0.201, 0.19)),)
    assert lost(200, 200) == ()


def test_losses_are_counted_from_those_assigned():
    groups = sides(Wave.AFTER, (900, 900, 300), (1990, 1990, 600))
    found = reasons_for(record(assigned=(1000, 2000), planned_share=1 / 3), effect(groups))
    assert found == (Reason(code=ReasonCode.UNEVEN_LOSSES, fatal=True, figures=(0.1, 0.005)),)
    found = reasons_for(record(assigned=(800, 1600), planned_share=1 / 3), effect(groups))
    figures = (800, 1600, 900, 1990)
    assert found == (Reason(code=ReasonCode.MORE_THAN_ASSIGNED, change=-1, figures=figures),)


def test_losses_of_a_panel_are_counted_from_those_asked_before():
    groups = [
        *sides(Wave.BEFORE, (1000, 1000, 300), (1000, 1000, 300)),
        *sides(Wave.AFTER, (700, 700, 300), (710, 710, 200)),
    ]
    many = Reason(code=ReasonCode.MANY_LOST, change=-1, figures=(0.3, 0.29))
    assert reasons_for(record(same_people=True), effect(groups)) == (many,)
    assert reasons_for(record(same_people=False), effect(groups)) == ()
    assert reasons_for(record(same_people=True), effect(groups[1:])) == ()  # one side was not asked before


@pytest.mark.parametrize(
    ("design", "counted"), [(Design.RANDOMISED, True), (Design.MATCHED, True), (Design.CLUSTER_RANDOMISED, False)]
)
def test_groups_that_differed_before_take_a_grade(design, counted):
    groups = sides(Wave.BEFORE, (500, 500, 250), (500, 500, 150))
    differed = Reason(code=ReasonCode.GROUPS_DIFFERED_BEFORE, change=-1, figures=(0.5, 0.3))
    assert reasons_for(record(design), effect(groups)) == ((differed,) if counted else ())
    assert reasons_for(record(design), effect(groups[:1])) == ()
    assert reasons_for(record(design), effect(groups[1:])) == ()


def test_groups_that_differed_a_little_before_do_not():
    # R 4.2.2: prop.test(c(250, 222), c(500, 500), correct = FALSE) has p = 0.076
    assert reasons_for(record(), effect(sides(Wave.BEFORE, (500, 500, 250), (500, 500, 222)))) == ()


def staggered(p_value, without=()):
    return StaggeredEffect(
        simple=KNOWN, dynamic=KNOWN, group=KNOWN, calendar=KNOWN, by_event_time=(), by_group=(), by_time=(),
        group_times=(), pre_trend_p_value=p_value, without_comparison=without,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("p_value", "expected"),
    [
        (None, Reason(code=ReasonCode.TRENDS_NOT_KNOWN)),
        (0.04, Reason(code=ReasonCode.MOVED_APART_BEFORE, change=-1)),
        (0.05, Reason(code=ReasonCode.MOVED_ALIKE_BEFORE)),
        (0.5, Reason(code=ReasonCode.MOVED_ALIKE_BEFORE)),
    ],
)
def test_what_is_known_of_trends_before_is_said(p_value, expected):
    study = record(Design.DIFFERENCE_IN_DIFFERENCES)
    assert reasons_for(study, effect(staggered=staggered(p_value))) == (expected,)
    left_out = Reason(code=ReasonCode.WITHOUT_COMPARISON)
    assert reasons_for(study, effect(staggered=staggered(p_value, (3.0,)))) == (expected, left_out)


def test_trends_matter_to_a_difference_of_changes_that_was_found():
    study = record(Design.DIFFERENCE_IN_DIFFERENCES)
    assert reasons_for(study, effect()) == (Reason(code=ReasonCode.TRENDS_NOT_KNOWN),)
    assert reasons_for(study, effect(found=REFUSED, staggered=staggered(0.01))) == ()
    assert reasons_for(record(), effect(staggered=staggered(0.01))) == ()


def course(*, comparison=False) -> Course:
    line = np.zeros(3)
    side = Side(asked=line, counted=line, level=line)
    return Course(
        start=dt.date(2026, 6, 15), periods=(dt.date(2026, 5, 1), dt.date(2026, 6, 1), JULY), own=side,
        comparison=side if comparison else None, expected=line, expected_low=line, expected_high=line,
    )  # fmt: skip


def test_a_course_with_another_series_beside_it_is_surer():
    found = effect(course=course(comparison=True))
    other = Event(day=JULY, what="a law")
    surer = Reason(code=ReasonCode.COMPARISON_SERIES, change=1)
    assert reasons_for(record(Design.INTERRUPTED_SERIES, events=(other,)), found) == (surer,)
    refused = effect(course=course(comparison=True), found=REFUSED)
    assert reasons_for(record(Design.INTERRUPTED_SERIES), refused) == ()


def test_a_course_of_few_points_takes_a_grade_and_says_how_many():
    few = effect(course=course(), found=dataclasses.replace(KNOWN, cautions=(Caution.FEW_PERIODS,)))
    expected = Reason(code=ReasonCode.FEW_POINTS, change=-1, figures=(3,))
    assert reasons_for(record(Design.INTERRUPTED_SERIES), few) == (expected,)
    assert reasons_for(record(Design.INTERRUPTED_SERIES), effect(course=course())) == ()


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (dt.date(2026, 6, 14), False),
        (dt.date(2026, 6, 15), True),
        (dt.date(2026, 7, 31), True),
        (dt.date(2026, 8, 1), False),
    ],
)
def test_what_else_happened_from_the_start_to_the_last_day_takes_a_grade(day, counts):
    events = (Event(day=day, what="a law"), Event(day=dt.date(2027, 1, 1), what="a flood"))
    found = reasons_for(record(Design.INTERRUPTED_SERIES, events=events), effect(course=course()))
    reason = Reason(code=ReasonCode.OTHER_EVENTS, change=-1, detail="a law", figures=(1,))
    assert found == ((reason,) if counts else ())


def test_a_range_is_imprecise_where_it_is_wide_and_where_it_decides_nothing():
    def imprecise(low, high):
        return reasons_for(record(), effect(found=estimate((low + high) / 2, low, high)))

    def reason(grades, low, high):
        return (Reason(code=ReasonCode.IMPRECISE, change=-grades, detail=KNOWS.unit, figures=(low, high, 512)),)

    important = KNOWS.smallest_important
    assert imprecise(1.5 * important, 5 * important) == ()
    assert imprecise(0.0, 4 * important) == reason(1, 0.0, 4 * important)
    assert imprecise(1.5 * important, 6 * important) == reason(1, 1.5 * important, 6 * important)
    assert imprecise(-2.5 * important, 2 * important) == reason(2, -2.5 * important, 2 * important)


def test_few_clusters_take_a_grade():
    found = dataclasses.replace(KNOWN, cautions=(Caution.FEW_CLUSTERS,), clusters=9)
    assert reasons_for(record(), effect(found=found)) == (
        Reason(code=ReasonCode.FEW_CLUSTERS, change=-1, figures=(9,)),
    )
    unknown = dataclasses.replace(found, clusters=None)
    assert reasons_for(record(), effect(found=unknown))[0].figures == (0,)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, (Reason(code=ReasonCode.FOLLOW_UP_NOT_STATED, change=-1),)),
        (13, (Reason(code=ReasonCode.MEASURED_RIGHT_AFTER, change=-1, figures=(13,)),)),
        (14, ()),
    ],
)
def test_asking_right_after_the_end_takes_a_grade(days, expected):
    assert reasons_for(record(follow_up_days=days), effect()) == expected


def test_an_outcome_may_be_stated_up_to_the_first_day():
    start = dt.date(2026, 2, 1)
    assert reasons_for(record(outcome=dataclasses.replace(KNOWS, registered=start)), effect()) == ()
    late = dataclasses.replace(KNOWS, registered=start + dt.timedelta(days=1))
    expected = Reason(code=ReasonCode.OUTCOME_STATED_LATE, change=-1, detail="2026-02-02")
    assert reasons_for(record(outcome=late), effect()) == (expected,)


def test_a_changed_outcome_takes_a_grade_and_says_when():
    expected = Reason(code=ReasonCode.CHANGE_OF_PLAN, change=-1, detail="2026-07-01")
    assert reasons_for(record(), effect(), outcome_changed=JULY) == (expected,)


@pytest.mark.parametrize("rung", [Rung.ATTITUDE, Rung.INTENTION_IRREGULAR, Rung.INTENTION_REGULAR, Rung.BEHAVIOUR])
def test_what_people_say_of_themselves_is_said_without_a_grade(rung):
    said = effect(outcome=dataclasses.replace(KNOWS, rung=rung))
    assert reasons_for(record(), said) == (Reason(code=ReasonCode.SELF_REPORT),)


@pytest.mark.parametrize(("independent", "said"), [(False, True), (True, False), (None, False)])
def test_collecting_ones_own_answers_is_said_without_a_grade(independent, said):
    found = reasons_for(record(independent=independent), effect())
    assert found == ((Reason(code=ReasonCode.NOT_INDEPENDENT),) if said else ())
