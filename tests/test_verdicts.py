"""The ladder: each state has a constructed case, and what was only seen is never more than not measured."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.records import Design, Overridden, Override
from metrics.estimates import Estimate, Measure, Method, NotEstimable
from metrics.estimates import Reason as Refusal
from metrics.verdicts import Certainty, Finding, Reason, ReasonCode, judge, rank_key, undecided

IMPORTANT = 0.05


def effect(low: float, high: float) -> Estimate:
    """An effect of which only the interval matters here."""
    return Estimate(
        measure=Measure.RISK_DIFFERENCE,
        estimate=(low + high) / 2,
        se=(high - low) / 3.92,
        conf_low=low,
        conf_high=high,
        p_value=0.04 if low > 0 or high < 0 else 0.5,
        df=math.inf,
        conf_level=0.95,
        method=Method.MIETTINEN_NURMINEN,
        n=800,
    )


@pytest.mark.parametrize(
    ("low", "high", "finding"),
    [
        (0.06, 0.12, Finding.RAISED),
        (0.02, 0.12, Finding.RAISED_A_LITTLE),
        (0.05, 0.12, Finding.RAISED_A_LITTLE),  # the lower end is no more than the smallest change that matters
        (0.01, 0.05, Finding.RAISED_A_LITTLE),  # its upper end is a change that matters
        (0.01, 0.04, Finding.NO_IMPORTANT_DIFFERENCE),  # although the interval excludes zero
        (-0.03, 0.04, Finding.NO_IMPORTANT_DIFFERENCE),
        (-0.04, -0.01, Finding.NO_IMPORTANT_DIFFERENCE),
        (-0.03, 0.06, Finding.CANNOT_TELL),
        (-0.06, 0.03, Finding.CANNOT_TELL),
        (-0.03, 0.05, Finding.CANNOT_TELL),
        (-0.05, 0.03, Finding.CANNOT_TELL),
        (0.0, 0.12, Finding.CANNOT_TELL),  # no change at all is one of the changes that fit
        (-0.12, 0.0, Finding.CANNOT_TELL),
        (-0.12, -0.02, Finding.BACKFIRED),
    ],
)
def test_the_interval_and_the_smallest_important_change_make_the_finding(low, high, finding):
    verdict = judge(design=Design.RANDOMISED, estimate=effect(low, high), smallest_important=IMPORTANT)
    assert verdict.finding == finding
    assert verdict.certainty == Certainty.HIGH
    assert verdict.reasons == (Reason(code=ReasonCode.RANDOMISED),)
    assert verdict.estimate == effect(low, high)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-0.01, 0.05, True),
        (-0.05, 0.01, True),
        (0.0, 0.05, True),
        (-0.05, 0.0, True),
        (-0.049, 0.049, False),  # nothing that matters
        (0.001, 0.09, False),  # some change
        (-0.09, -0.001, False),
    ],
)
def test_a_range_is_undecided_where_it_holds_both_no_change_and_one_that_matters(low, high, expected):
    assert undecided(low, high, IMPORTANT) == expected


@pytest.mark.parametrize(
    ("design", "certainty", "code"),
    [
        (Design.RANDOMISED, Certainty.HIGH, ReasonCode.RANDOMISED),
        (Design.CLUSTER_RANDOMISED, Certainty.HIGH, ReasonCode.RANDOMISED),
        (Design.DIFFERENCE_IN_DIFFERENCES, Certainty.MODERATE, ReasonCode.COMPARISON_OVER_TIME),
        (Design.INTERRUPTED_SERIES, Certainty.LOW, ReasonCode.OLD_COURSE),
        (Design.MATCHED, Certainty.LOW, ReasonCode.COMPARISON_NOT_RANDOM),
        (Design.BEFORE_AFTER, Certainty.VERY_LOW, ReasonCode.NO_COMPARISON),
    ],
)
def test_certainty_starts_from_the_design(design, certainty, code):
    verdict = judge(design=design, estimate=effect(0.06, 0.12), smallest_important=IMPORTANT)
    assert (verdict.certainty, verdict.reasons[0].code) == (certainty, code)


def test_each_reason_takes_a_grade_away_but_never_below_very_low():
    reasons = tuple(Reason(code=code, change=-1) for code in (ReasonCode.MANY_LOST, ReasonCode.IMPRECISE))
    verdict = judge(design=Design.RANDOMISED, estimate=effect(0.06, 0.12), smallest_important=0.05, reasons=reasons)
    assert verdict.certainty == Certainty.LOW
    verdict = judge(design=Design.BEFORE_AFTER, estimate=effect(0.06, 0.12), smallest_important=0.05, reasons=reasons)
    assert verdict.certainty == Certainty.VERY_LOW


def test_before_and_after_never_says_little_or_no_difference():
    verdict = judge(design=Design.BEFORE_AFTER, estimate=effect(-0.01, 0.01), smallest_important=IMPORTANT)
    assert verdict.finding == Finding.CANNOT_TELL


@given(st.floats(-0.9, 0.9), st.floats(0.001, 0.09))
def test_delivery_alone_is_never_more_than_not_measured(middle, half):
    estimate = effect(middle - half, middle + half)
    verdict = judge(design=Design.DELIVERY_ONLY, estimate=estimate, smallest_important=IMPORTANT)
    assert verdict.finding == Finding.NOT_MEASURED
    assert verdict.certainty is None
    assert verdict.estimate is None


def test_a_study_without_answers_is_not_measured():
    verdict = judge(design=Design.RANDOMISED, estimate=None, smallest_important=IMPORTANT)
    assert (verdict.finding, verdict.reasons[0].code) == (Finding.NOT_MEASURED, ReasonCode.NOBODY_ASKED)


def test_a_failed_check_withholds_the_effect():
    reasons = (Reason(code=ReasonCode.SAMPLE_RATIO, fatal=True, figures=(500, 600, 0.5)),)
    verdict = judge(design=Design.RANDOMISED, estimate=effect(0.06, 0.12), smallest_important=0.05, reasons=reasons)
    assert (verdict.finding, verdict.certainty) == (Finding.DO_NOT_TRUST, Certainty.VERY_LOW)
    assert verdict.reasons == (Reason(code=ReasonCode.RANDOMISED), *reasons)
    assert verdict.estimate == effect(0.06, 0.12)  # kept for whoever looks into it


def test_an_incomplete_record_gets_no_verdict():
    verdict = judge(
        design=Design.RANDOMISED, estimate=effect(0.06, 0.12), smallest_important=0.05, lacking=("ethics.consent",)
    )
    assert (verdict.finding, verdict.certainty, verdict.estimate) == (Finding.RECORD_INCOMPLETE, None, None)
    assert verdict.reasons == (Reason(code=ReasonCode.RECORD_LACKS, detail="ethics.consent"),)


def test_a_refused_statistic_is_said_with_its_reason():
    refusal = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Refusal.NOBODY_IN_A_GROUP, n=80)
    verdict = judge(design=Design.RANDOMISED, estimate=refusal, smallest_important=IMPORTANT)
    assert verdict.finding == Finding.CANNOT_TELL
    assert verdict.reasons[0] == Reason(code=ReasonCode.NOT_ESTIMABLE, detail=Refusal.NOBODY_IN_A_GROUP, figures=(80,))


def test_one_group_asked_once_shows_no_change():
    verdict = judge(design=Design.AFTER_ONLY, estimate=effect(0.06, 0.12), smallest_important=IMPORTANT)
    assert (verdict.finding, verdict.certainty, verdict.estimate) == (Finding.CANNOT_TELL, None, None)
    assert verdict.reasons[0] == Reason(code=ReasonCode.NO_COMPARISON, detail=Design.AFTER_ONLY)


@pytest.mark.parametrize(
    ("low", "high", "finding"),
    [
        (0.06, 0.12, Finding.MIXED),
        (0.01, 0.12, Finding.MIXED),
        (-0.03, 0.04, Finding.BACKFIRED),
        (-0.03, 0.12, Finding.BACKFIRED),
        (-0.12, -0.02, Finding.BACKFIRED),
    ],
)
def test_harm_on_a_guardrail_is_never_set_off_against_a_rise(low, high, finding):
    harm = (Reason(code=ReasonCode.GUARDRAIL_HARMED, detail="trust"),)
    verdict = judge(design=Design.RANDOMISED, estimate=effect(low, high), smallest_important=0.05, reasons=harm)
    assert (verdict.finding, verdict.certainty) == (finding, Certainty.HIGH)


def test_opposite_changes_among_different_people_are_mixed_whatever_the_average():
    apart = (Reason(code=ReasonCode.GROUPS_DISAGREE, detail="sex"),)
    for low, high in ((0.06, 0.12), (-0.03, 0.04), (-0.2, 0.2), (-0.12, -0.06)):
        verdict = judge(design=Design.RANDOMISED, estimate=effect(low, high), smallest_important=0.05, reasons=apart)
        assert verdict.finding == Finding.MIXED


def test_a_grade_is_added_but_never_beyond_high():
    added = (Reason(code=ReasonCode.COMPARISON_SERIES, change=1),)
    series = judge(
        design=Design.INTERRUPTED_SERIES, estimate=effect(0.06, 0.12), smallest_important=0.05, reasons=added
    )
    assert series.certainty == Certainty.MODERATE
    drawn = judge(design=Design.RANDOMISED, estimate=effect(0.06, 0.12), smallest_important=0.05, reasons=added)
    assert drawn.certainty == Certainty.HIGH


@given(st.floats(-0.4, 0.4), st.floats(0.001, 0.2), st.floats(0.01, 0.2))
def test_little_difference_and_cannot_tell_never_swap(middle, half, important):
    low, high = middle - half, middle + half
    finding = judge(design=Design.RANDOMISED, estimate=effect(low, high), smallest_important=important).finding
    assert (finding == Finding.NO_IMPORTANT_DIFFERENCE) == (-important < low and high < important)
    assert (finding == Finding.CANNOT_TELL) == (low <= 0 <= high and not (-important < low and high < important))


def test_ranking_is_by_certainty_and_the_lower_end_never_by_the_point_estimate():
    def verdict(design: Design, low: float, high: float):
        return judge(design=design, estimate=effect(low, high), smallest_important=IMPORTANT)

    precise, loud = verdict(Design.RANDOMISED, 0.06, 0.08), verdict(Design.RANDOMISED, 0.01, 0.40)
    uncontrolled = verdict(Design.BEFORE_AFTER, 0.20, 0.30)
    assert sorted([uncontrolled, loud, precise], key=rank_key) == [precise, loud, uncontrolled]


def test_harm_and_what_cannot_be_trusted_never_lead_the_ranking():
    def verdict(*codes: ReasonCode, low: float = 0.10):
        reasons = tuple(Reason(code=code, fatal=code == ReasonCode.SAMPLE_RATIO) for code in codes)
        return judge(
            design=Design.RANDOMISED, estimate=effect(low, low + 0.05), smallest_important=IMPORTANT, reasons=reasons
        )

    good, harm = verdict(low=0.02), verdict(ReasonCode.GUARDRAIL_HARMED)
    assert harm.finding == Finding.MIXED
    broken = verdict(ReasonCode.SAMPLE_RATIO)
    change = judge(design=Design.BEFORE_AFTER, estimate=effect(0.06, 0.12), smallest_important=IMPORTANT)
    assert sorted([broken, harm, change, good], key=rank_key) == [good, harm, change, broken]


def override(value):
    return Override(
        what=Overridden.CERTAINTY, value=value, person="Amina", day=dt.date(2026, 5, 1), why="two sites agree"
    )


def test_an_evaluators_certainty_counts_and_the_one_by_the_rules_stays_beside_it():
    raised = judge(
        design=Design.RANDOMISED, estimate=effect(0.08, 0.15), smallest_important=0.05, override=override("low")
    )
    assert (raised.finding, raised.certainty, raised.by_the_rules) == (Finding.RAISED, Certainty.LOW, Certainty.HIGH)


def test_nobody_can_decide_that_before_and_after_alone_is_proof():
    change = judge(
        design=Design.BEFORE_AFTER, estimate=effect(0.08, 0.15), smallest_important=0.05, override=override("high")
    )
    assert (change.certainty, change.by_the_rules) == (Certainty.VERY_LOW, None)


def test_nobody_can_decide_that_what_was_only_seen_was_measured():
    seen = judge(design=Design.DELIVERY_ONLY, estimate=None, smallest_important=0.05, override=override("high"))
    assert (seen.finding, seen.certainty) == (Finding.NOT_MEASURED, None)


@pytest.mark.parametrize("changed", [{"why": " "}, {"person": ""}, {"value": "sure"}])
def test_a_decision_without_a_name_a_reason_or_a_certainty_is_none(changed):
    fields = {"what": Overridden.CERTAINTY, "value": "low", "person": "Amina", "day": dt.date(2026, 5, 1), "why": "so"}
    with pytest.raises(ValueError, match=r"override|certainty"):
        Override(**fields | changed)
