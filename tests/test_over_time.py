"""Campaigns followed over time, from answers to an effect: one course before and after.

Numbers of series are those of R 4.2.2. Of shares: `gls(y ~ since * after, correlation = corAR1(form = ~ t))` of nlme by
REML, its correlation raised by (2 + 4 rho) / n and then fixed; the effect is the coefficient of `after` plus that of
their product times its mean. Of counts in fewer than twelve periods: `glm(family = quasipoisson)` with epsilon = 1e-15.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from campaigns.records import Arm, Design, Outcome, Period, Rung, Study, Unit
from metrics.choosing import Because
from metrics.estimates import Estimate, Measure, Method, NotEstimable, Reason
from metrics.over_time import Followed, Side, follow, placed

KNOWS = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Two dangers?", column="q1", counts=("yes",))
CALLS = Outcome(id="calls", rung=Rung.BEHAVIOUR, question="Calls to the helpline", column="calls", unit=Unit.TIMES)
BY_MONTH = Study(design=Design.INTERRUPTED_SERIES)
BY_WEEK = Study(design=Design.INTERRUPTED_SERIES, period=Period.WEEK)
START = dt.date(2026, 2, 10)  # a Tuesday

# Of a hundred asked each month, so many knew: nineteen months before the campaign, five with it.
MONTHS = (31, 29, 33, 36, 34, 31, 30, 34, 37, 38, 35, 33, 36, 39, 41, 38, 36, 39, 41, 52, 55, 54, 58, 57)
# Of fifty on each side each week: eight weeks before, six with it.
WEEKS = (20, 22, 19, 21, 24, 23, 22, 21, 29, 31, 30, 33, 32, 34)
WEEKS_ELSEWHERE = (18, 20, 19, 18, 21, 22, 20, 19, 20, 22, 21, 23, 22, 24)
# Calls each week to two helplines: five weeks before, four with it.
RANG = (20, 23, 19, 25, 22, 33, 36, 31, 40)
RANG_ELSEWHERE = (50, 55, 49, 58, 53, 52, 57, 50, 60)


def months(number: int, first: str = "2024-07-01") -> list[pd.Timestamp]:
    return list(pd.date_range(first, periods=number, freq="MS"))


def weeks(number: int, before: int) -> list[pd.Timestamp]:
    """Mondays, the one of the start's week after so many."""
    return list(pd.date_range(pd.Timestamp("2026-02-09") - pd.Timedelta(weeks=before), periods=number, freq="W-MON"))


def table(rows: Sequence[tuple[Any, ...]], columns: str) -> pd.DataFrame:
    """Answers with these columns, and nothing known of all else."""
    found = pd.DataFrame(rows, columns=columns.split())
    return found.assign(**{name: None for name in ("cluster", "place", "unit", "weight") if name not in found})


def people(periods: Sequence[pd.Timestamp], yes: Sequence[int], asked: int, arm: Arm = Arm.CAMPAIGN) -> pd.DataFrame:
    rows = [(day, arm, int(n < counted)) for day, counted in zip(periods, yes, strict=True) for n in range(asked)]
    return table(rows, "period arm value")


def calls(periods: Sequence[pd.Timestamp], numbers: Sequence[int], arm: Arm = Arm.CAMPAIGN) -> pd.DataFrame:
    return table([(day, arm, number) for day, number in zip(periods, numbers, strict=True)], "period arm value")


def followed(outcome: Outcome, study: Study, *rows: pd.DataFrame) -> Followed:
    together = placed(pd.concat(rows, ignore_index=True), study, START)
    return follow(outcome, study, together, START)


def sizes(found: Estimate | NotEstimable) -> tuple[float, float, float]:
    assert isinstance(found, Estimate)
    return found.estimate, found.conf_low, found.conf_high


# ---- One course, before and after --------------------------------------------------------------------------------


def test_a_course_of_months_has_the_effect_and_the_interval_of_r() -> None:
    chosen = followed(KNOWS, BY_MONTH, people(months(24), MONTHS, 100)).chosen
    found = chosen.estimate
    assert isinstance(found, Estimate)
    assert sizes(found) == pytest.approx((0.129292749668, 0.0769000898136, 0.181685409523), rel=1e-6)
    assert (found.se, found.p_value, found.df) == pytest.approx((0.0251167679487, 4.89930824278e-05, 20), rel=1e-5)
    assert found.autocorrelation == pytest.approx(0.55538969175, rel=1e-6)
    assert (found.measure, found.method, found.n) == (Measure.RISK_DIFFERENCE, Method.AR1_REML, 2400)
    assert (chosen.because, found.cautions) == ((Because.MANY_TIMES,), ())


def test_two_years_have_the_season_beside_and_what_was_foretold() -> None:
    """With `sin(2 * pi * t / 12)` and its cosine among the terms of R."""
    seasonal, foretold = followed(KNOWS, BY_MONTH, people(months(24), MONTHS, 100)).chosen.beside
    assert sizes(seasonal) == pytest.approx((0.117397766545, 0.0310778715205, 0.203717661569), rel=1e-5)
    assert (seasonal.measure, seasonal.method, seasonal.n) == (Measure.RISK_DIFFERENCE, Method.WITH_SEASON, 2400)
    assert (foretold.measure, foretold.method, foretold.n) == (Measure.RISK_DIFFERENCE, Method.LOCAL_LEVEL, 2400)
    assert foretold.conf_low < foretold.estimate < foretold.conf_high
    (only,) = followed(KNOWS, BY_MONTH, people(months(23), MONTHS[1:], 100, Arm.CAMPAIGN)).chosen.beside
    assert only.method == Method.LOCAL_LEVEL  # a month less than two years


def test_what_is_drawn_of_a_course_is_what_was_counted_and_the_old_line_of_r() -> None:
    found = followed(KNOWS, BY_MONTH, people(months(24), MONTHS, 100))
    course = found.course
    assert course is not None
    assert (course.start, found.staggered, course.comparison) == (dt.date(2026, 2, 1), None, None)
    assert (course.periods[0], course.periods[-1], len(course.periods)) == (
        dt.date(2024, 7, 1), dt.date(2026, 6, 1), 24,
    )  # fmt: skip
    assert course.own.asked.tolist() == [100] * 24
    assert course.own.counted.tolist() == list(MONTHS)
    assert course.own.level == pytest.approx([yes / 100 for yes in MONTHS])
    last = course.expected[-1], course.expected_low[-1], course.expected_high[-1]
    assert last == pytest.approx((0.428061164921, 0.372406718453, 0.483715611389), rel=1e-6)


def test_weeks_with_another_group_are_the_difference_of_both_shares() -> None:
    days = weeks(14, before=8)
    theirs = people(days, WEEKS_ELSEWHERE, 50, Arm.COMPARISON)
    found = followed(KNOWS, BY_WEEK, people(days, WEEKS, 50), theirs)
    estimate = found.chosen.estimate
    assert sizes(estimate) == pytest.approx((0.147923499056, 0.0988206016376, 0.197026396475), rel=1e-6)
    assert (estimate.n, found.chosen.because) == (1400, (Because.MANY_TIMES, Because.COMPARISON_SERIES))
    course = found.course
    assert course is not None
    assert (course.start, course.periods[8]) == (dt.date(2026, 2, 9), dt.date(2026, 2, 9))
    assert course.comparison is not None
    assert course.comparison.counted.tolist() == list(WEEKS_ELSEWHERE)
    # The old difference carried on, drawn where the other group stood: 24 of 50 in the last week.
    last = course.expected[-1], course.expected_low[-1], course.expected_high[-1]
    assert last == pytest.approx((0.48 + 0.0437029360878, 0.48 - 0.0179005111662, 0.48 + 0.105306383342), rel=1e-6)
    assert [beside.method for beside in found.chosen.beside] == []  # eight weeks before foretell nothing


def test_only_periods_of_both_groups_are_compared_where_there_are_enough() -> None:
    days = weeks(15, before=9)
    longer = people(days, (40, *WEEKS), 50)
    whole = people(days[1:], WEEKS_ELSEWHERE, 50, Arm.COMPARISON)
    found = followed(KNOWS, BY_WEEK, longer, whole)
    assert found.chosen.estimate == followed(KNOWS, BY_WEEK, longer[50:], whole).chosen.estimate
    three = whole[whole["period"].isin([*days[1:4], *days[-3:]])]
    compared = followed(KNOWS, BY_WEEK, longer, three)
    assert compared.course is not None
    assert len(compared.course.periods) == 6
    assert compared.chosen.because == (Because.MANY_TIMES, Because.COMPARISON_SERIES, Because.FEW_POINTS)
    two = three[three["period"] != days[-1]]
    alone = followed(KNOWS, BY_WEEK, longer, two)
    assert alone.chosen == followed(KNOWS, BY_WEEK, longer).chosen
    assert alone.chosen.because == (Because.MANY_TIMES,)
    assert alone.course is not None
    assert alone.course.comparison is None


def test_eleven_points_are_few_and_twelve_are_enough() -> None:
    few = followed(KNOWS, BY_MONTH, people(months(11, "2025-08-01"), MONTHS[13:], 100)).chosen
    enough = followed(KNOWS, BY_MONTH, people(months(12, "2025-07-01"), MONTHS[12:], 100)).chosen
    assert few.because == (Because.MANY_TIMES, Because.FEW_POINTS)
    assert enough.because == (Because.MANY_TIMES,)
    assert (few.estimate.method, enough.estimate.method) == (Method.LEAST_SQUARES, Method.AR1_REML)


def test_weights_make_shares_of_those_whom_people_stand_for() -> None:
    rows = people(months(24), MONTHS, 100)
    weighted = followed(KNOWS, BY_MONTH, rows.assign(weight=1.0 + 2 * rows["value"]))
    course = weighted.course
    assert course is not None
    assert weighted.chosen.because == (Because.MANY_TIMES, Because.WEIGHTS)
    assert course.own.level == pytest.approx([3 * yes / (3 * yes + 100 - yes) for yes in MONTHS])
    assert course.own.counted.tolist() == list(MONTHS)
    partly = followed(KNOWS, BY_MONTH, rows.assign(weight=np.where(rows["value"] == 1, 3.0, np.nan)))
    assert partly.chosen == weighted.chosen  # who has no weight stands for one


@pytest.mark.parametrize(
    ("elsewhere", "wanted", "p_value", "dispersion", "last"),
    [
        (
            None,
            (0.41764182564, -0.14290483374, 1.34479019941),
            0.134703868895,
            0.357937705487,
            (25.6962209277, 13.5926926515, 48.5772603628),
        ),
        (
            RANG_ELSEWHERE,
            (0.506888620915, 0.355795741759, 0.67481962504),
            0.000420670844517,
            0.0131007744057,
            (26.4971054314, 23.2063475613, 30.254506634),
        ),
    ],
)
def test_calls_are_more_than_there_would_have_been_as_r_says(
    elsewhere: Sequence[int] | None,
    wanted: tuple[float, ...],
    p_value: float,
    dispersion: float,
    last: tuple[float, ...],
) -> None:
    """With another helpline `log(elsewhere + 0.5)` is among the terms."""
    days = weeks(9, before=5)
    theirs = [] if elsewhere is None else [calls(days, elsewhere, Arm.COMPARISON)]
    found = followed(CALLS, BY_WEEK, calls(days, RANG), *theirs)
    estimate = found.chosen.estimate
    assert isinstance(estimate, Estimate)
    assert sizes(estimate) == pytest.approx(wanted, rel=1e-6)
    assert (estimate.p_value, estimate.dispersion) == pytest.approx((p_value, dispersion), rel=1e-6)
    assert (estimate.measure, estimate.method) == (Measure.RELATIVE_DIFFERENCE, Method.QUASI_POISSON)
    assert (estimate.se, estimate.n) == (None, 9)  # the error of a logarithm says nothing beside a share
    compared = () if elsewhere is None else (Because.COMPARISON_SERIES,)
    assert found.chosen.because == (Because.HOW_OFTEN, *compared, Because.FEW_POINTS)
    assert found.chosen.beside == ()
    course = found.course
    assert course is not None
    assert course.own.level.tolist() == course.own.counted.tolist() == list(RANG)
    assert (course.expected[-1], course.expected_low[-1], course.expected_high[-1]) == pytest.approx(last, rel=1e-6)
    assert (course.comparison is None) == (elsewhere is None)


def test_weights_of_people_do_not_count_calls() -> None:
    days = weeks(9, before=5)
    weighted = followed(CALLS, BY_WEEK, calls(days, RANG).assign(weight=2.0))
    assert weighted.chosen == followed(CALLS, BY_WEEK, calls(days, RANG)).chosen


def test_a_share_that_is_expected_stays_between_nobody_and_everybody() -> None:
    rising = (1, 14, 31, 45, 60, 76, 88, 95, 97, 99)
    found = followed(KNOWS, BY_MONTH, people(months(10, "2025-07-01"), rising, 100)).course
    assert found is not None
    assert (found.expected_low.min(), found.expected_high.max()) == (0.0, 1.0)
    wild = (0, 100, 20, 100, 0, 90, 100, 100, 0, 100)
    swinging = followed(KNOWS, BY_MONTH, people(months(10, "2025-07-01"), wild, 100)).chosen.estimate
    assert (swinging.conf_low, swinging.conf_high) == (-1.0, 1.0)


@pytest.mark.parametrize(
    ("outcome", "measure", "because"),
    [
        (KNOWS, Measure.RISK_DIFFERENCE, (Because.MANY_TIMES, Because.FEW_POINTS)),
        (CALLS, Measure.RELATIVE_DIFFERENCE, (Because.HOW_OFTEN, Because.FEW_POINTS)),
    ],
)
def test_two_periods_with_the_campaign_make_no_course(
    outcome: Outcome, measure: Measure, because: tuple[Because, ...]
) -> None:
    days = months(7, "2025-09-01")
    found = followed(outcome, BY_MONTH, people(days, MONTHS[:7], 100))
    assert found.chosen.estimate == NotEstimable(measure=measure, reason=Reason.TOO_FEW_PERIODS, n=7)
    assert (found.chosen.because, found.chosen.beside) == (because, ())
    assert (found.course, found.staggered) == (None, None)


def test_a_campaign_that_nobody_was_asked_of_has_no_course() -> None:
    found = followed(KNOWS, BY_MONTH, people(months(24), MONTHS, 100, Arm.COMPARISON)).chosen.estimate
    assert found == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.TOO_FEW_PERIODS, n=0)


def test_calls_to_several_lines_in_a_period_are_added_up() -> None:
    one, other = (calls(weeks(len(RANG), 5), numbers) for numbers in (RANG, RANG_ELSEWHERE))
    course = followed(CALLS, BY_WEEK, one.assign(weight=3.0), other.assign(weight=1.0)).course
    assert course is not None
    assert course.own.level.tolist() == [a + b for a, b in zip(RANG, RANG_ELSEWHERE, strict=True)]


def test_a_side_has_one_number_a_period() -> None:
    course = followed(KNOWS, BY_MONTH, people(months(24), MONTHS, 100)).course
    assert course is not None
    assert isinstance(course.own, Side)
    for line in (course.own.asked, course.own.counted, course.own.level, course.expected):
        assert (line.shape, line.dtype) == ((24,), np.float64)
