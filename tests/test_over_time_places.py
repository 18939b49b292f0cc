"""Campaigns that reach places one by one, from answers to an effect, worked out by hand."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from campaigns.records import Arm, Design, Launch, Period, Study, Wave
from metrics.choosing import Because
from metrics.estimates import Estimate, Measure, Method, NotEstimable, Reason
from metrics.over_time import follow, placed
from tests.test_over_time import BY_MONTH, BY_WEEK, CALLS, KNOWS, START, followed, sizes, table

# Of ten people in each of January, February, March and April.
REACHED_IN_MARCH = {"Kolda": (3, 4, 8, 8), "Louga": (5, 5, 7, 9)}
REACHED_IN_APRIL = {"Podor": (4, 4, 5, 8), "Dagana": (2, 3, 3, 5)}
NEVER = {"Thies": (4, 4, 4, 5), "Matam": (5, 5, 7, 6), "Bakel": (6, 5, 5, 6)}
MORE = {"Mbour": (3, 3, 4, 4), "Touba": (5, 6, 6, 5), "Goudiry": (2, 2, 3, 4)}
LAUNCHES = (
    *(Launch(place=place, day=dt.date(2026, 3, 18)) for place in REACHED_IN_MARCH),
    *(Launch(place=place, day=dt.date(2026, 4, 30)) for place in REACHED_IN_APRIL),
)


def staggered(**more: Any) -> Study:
    return Study(design=Design.DIFFERENCE_IN_DIFFERENCES, launches=LAUNCHES, **more)


def asked(said: Mapping[str, Sequence[int]], *, column: str = "place") -> pd.DataFrame:
    rows = [
        (place, pd.Timestamp(2026, month, 1), int(person < yes), f"{place}{person}")
        for place, numbers in said.items()
        for month, yes in enumerate(numbers, start=1)
        for person in range(10)
    ]
    return table(rows, f"{column} period value unit")


def mean(places: Mapping[str, Sequence[int]], month: int) -> float:
    return sum(numbers[month - 1] for numbers in places.values()) / (10 * len(places))


def by_hand(march: Mapping[str, Sequence[int]], april: Mapping[str, Sequence[int]]) -> float:
    """Changes since the month before the campaign less those of others, which are given for March and for April."""
    effects = [
        mean(REACHED_IN_MARCH, 3) - mean(REACHED_IN_MARCH, 2) - (mean(march, 3) - mean(march, 2)),
        mean(REACHED_IN_MARCH, 4) - mean(REACHED_IN_MARCH, 2) - (mean(april, 4) - mean(april, 2)),
        mean(REACHED_IN_APRIL, 4) - mean(REACHED_IN_APRIL, 3) - (mean(april, 4) - mean(april, 3)),
    ]
    return sum(effects) / 3  # each of two places


def test_few_places_never_reached_are_joined_by_those_not_yet_reached() -> None:
    found = followed(KNOWS, staggered(), asked(REACHED_IN_MARCH | REACHED_IN_APRIL | NEVER))
    estimate = found.chosen.estimate
    assert isinstance(estimate, Estimate)
    assert estimate.estimate == pytest.approx(by_hand(NEVER | REACHED_IN_APRIL, NEVER), abs=1e-12)
    assert (estimate.measure, estimate.method) == (Measure.RISK_DIFFERENCE, Method.GROUP_TIME)
    assert (estimate.clusters, estimate.n) == (7, 280)
    assert found.chosen.because == (Because.PLACES_ONE_BY_ONE, Because.CLUSTERS, Because.NOT_YET_REACHED)
    assert (found.chosen.beside, found.course) == ((), None)
    assert found.staggered is not None
    assert found.staggered.simple == estimate
    # Months are one apart, also where only their order is told: March and April begin one and two after February.
    assert [one.at for one in found.staggered.by_event_time] == [-2, -1, 0, 1]


def test_six_places_never_reached_are_enough_to_compare_with() -> None:
    found = followed(KNOWS, staggered(), asked(REACHED_IN_MARCH | REACHED_IN_APRIL | NEVER | MORE)).chosen
    assert found.estimate.estimate == pytest.approx(by_hand(NEVER | MORE, NEVER | MORE), abs=1e-12)
    assert found.because == (Because.PLACES_ONE_BY_ONE, Because.CLUSTERS, Because.NEVER_REACHED)
    five = {place: numbers for place, numbers in (NEVER | MORE).items() if place != "Touba"}
    fewer = followed(KNOWS, staggered(), asked(REACHED_IN_MARCH | REACHED_IN_APRIL | five)).chosen
    assert fewer.because[-1] == Because.NOT_YET_REACHED


def test_the_same_people_are_compared_with_themselves_where_each_answered_once_a_month() -> None:
    rows = asked(REACHED_IN_MARCH | REACHED_IN_APRIL | NEVER)
    once = followed(KNOWS, staggered(same_people=True), rows).chosen
    assert once.because[1] == Because.SAME_PEOPLE
    twice = followed(KNOWS, staggered(same_people=True), pd.concat([rows, rows[:1]])).chosen
    others = followed(KNOWS, staggered(), rows).chosen
    for chosen in (twice, others):
        assert Because.SAME_PEOPLE not in chosen.because
    assert once.estimate.estimate == pytest.approx(others.estimate.estimate)


def test_weights_count_where_places_are_reached_one_by_one() -> None:
    rows = asked(REACHED_IN_MARCH | REACHED_IN_APRIL | NEVER)
    chosen = followed(KNOWS, staggered(), rows.assign(weight=1.0 + rows["value"])).chosen
    plain = followed(KNOWS, staggered(), rows.assign(weight=1.0)).chosen
    assert chosen.because[-1] == Because.WEIGHTS
    assert plain.estimate.estimate == pytest.approx(by_hand(NEVER | REACHED_IN_APRIL, NEVER), abs=1e-12)
    assert chosen.estimate.estimate != pytest.approx(plain.estimate.estimate, abs=1e-3)


def test_who_was_asked_nobody_knows_where_is_left_out() -> None:
    rows = asked(REACHED_IN_MARCH | REACHED_IN_APRIL | NEVER)
    lost = asked({"nowhere": (9, 9, 0, 0)}).assign(place=None)
    assert followed(KNOWS, staggered(), rows, lost).chosen == followed(KNOWS, staggered(), rows).chosen


def test_launches_speak_of_villages_where_they_name_one_and_of_regions_elsewhere() -> None:
    said = REACHED_IN_MARCH | REACHED_IN_APRIL | NEVER
    regions = followed(KNOWS, staggered(), asked(said)).chosen
    villages = asked(said, column="cluster").assign(place="one region")
    assert followed(KNOWS, staggered(), villages).chosen == regions
    others = asked(said).assign(cluster="no village of a launch")
    assert followed(KNOWS, staggered(), others).chosen == regions


def test_weeks_are_one_apart_too() -> None:
    study = Study(
        design=Design.DIFFERENCE_IN_DIFFERENCES,
        period=Period.WEEK,
        launches=tuple(Launch(place=place, day=dt.date(2026, 2, 12)) for place in REACHED_IN_MARCH),
    )
    rows = asked(REACHED_IN_MARCH | NEVER)
    rows["period"] = pd.Timestamp("2026-01-26") + pd.to_timedelta(rows["period"].dt.month - 1, unit="D") * 7
    found = followed(KNOWS, study, rows)
    by_month = followed(KNOWS, staggered(), asked(REACHED_IN_MARCH | NEVER))
    assert found.chosen.estimate == by_month.chosen.estimate
    assert found.staggered is not None
    assert [one.at for one in found.staggered.by_event_time] == [-1, 0, 1]


def test_calls_of_places_reached_one_by_one_are_not_followed() -> None:
    rows = asked(REACHED_IN_MARCH | NEVER)
    chosen = followed(CALLS, staggered(), rows).chosen
    assert chosen.estimate == NotEstimable(measure=Measure.RELATIVE_DIFFERENCE, reason=Reason.NOT_FOLLOWED, n=len(rows))
    assert chosen.because == (Because.PLACES_ONE_BY_ONE,)


def test_launches_whose_places_nobody_names_are_told() -> None:
    found = followed(KNOWS, staggered(), asked(NEVER))
    assert found.chosen.estimate == NotEstimable(
        measure=Measure.RISK_DIFFERENCE, reason=Reason.PLACES_NOT_MATCHED, n=120
    )
    assert found.chosen.because == (Because.PLACES_ONE_BY_ONE, Because.CLUSTERS, Because.NOT_YET_REACHED)
    assert (found.staggered, found.course) == (None, None)


def test_what_the_comparison_of_places_refuses_is_refused_with_its_reason() -> None:
    found = followed(KNOWS, staggered(), asked(REACHED_IN_MARCH))  # both in one month, and nobody else
    assert found.chosen.estimate == NotEstimable(
        measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_LEFT_TO_COMPARE, n=80
    )
    assert found.chosen.because == (Because.PLACES_ONE_BY_ONE, Because.CLUSTERS, Because.NOT_YET_REACHED)
    assert found.staggered is None


def test_months_follow_one_another_over_new_year() -> None:
    rows = asked(REACHED_IN_MARCH | REACHED_IN_APRIL | NEVER)
    usual = followed(KNOWS, staggered(), rows).chosen.estimate
    earlier = tuple(
        Launch(place=launch.place, day=(pd.Timestamp(launch.day) - pd.DateOffset(months=3)).date())
        for launch in LAUNCHES
    )
    moved = rows.assign(period=rows["period"] - pd.DateOffset(months=3))
    study = Study(design=Design.DIFFERENCE_IN_DIFFERENCES, launches=earlier)
    together = placed(moved, study, dt.date(2025, 11, 10))
    found = follow(KNOWS, study, together, dt.date(2025, 11, 10)).chosen.estimate
    assert sizes(found) == sizes(usual)


def test_somebody_who_moved_between_places_is_still_counted() -> None:
    rows = asked(REACHED_IN_MARCH | REACHED_IN_APRIL | NEVER)
    same = rows["period"] == pd.Timestamp(2026, 1, 1)
    swapped = rows["unit"].replace({"Thies0": "Kolda9", "Kolda9": "Thies0"})
    moved = rows.assign(unit=rows["unit"].where(~same, swapped))
    found = followed(KNOWS, staggered(same_people=True), moved).chosen
    assert Because.SAME_PEOPLE in found.because
    assert sizes(found.estimate) == sizes(followed(KNOWS, staggered(), rows).chosen.estimate)


# ---- Arms and waves as the record has them now -------------------------------------------------------------------


def test_the_wave_is_that_of_the_period_in_which_the_campaign_began() -> None:
    rows = table([("2026-01-01", "a"), ("2026-02-01", "b"), (None, "campaign")], "period arm")
    found = placed(rows, BY_MONTH, START)
    assert found["wave"].tolist()[:2] == [Wave.BEFORE, Wave.AFTER]
    assert found["wave"].isna().tolist() == [False, False, True]
    assert found["arm"].tolist() == ["a", "b", "campaign"]  # as the survey has it
    assert found["period"].tolist()[:2] == [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-02-01")]
    weekly = placed(table([("2026-02-02", "a"), ("2026-02-09", "a")], "period arm"), BY_WEEK, START)
    assert weekly["wave"].tolist() == [Wave.BEFORE, Wave.AFTER]


def test_arm_and_wave_follow_the_launch_of_each_place_and_others_that_of_the_first() -> None:
    rows = table(
        [
            ("2026-02-01", "Kolda"),
            ("2026-03-01", " KOLDA"),
            ("2026-03-01", "Podor"),
            ("2026-04-01", "podor "),
            ("2026-02-01", "Thies"),
            ("2026-03-01", "Thies"),
            (None, "Kolda"),
        ],
        "period place",
    ).assign(arm="whatever")
    found = placed(rows, staggered(), START)
    assert found["arm"].tolist() == [Arm.CAMPAIGN] * 4 + [Arm.COMPARISON] * 2 + [Arm.CAMPAIGN]
    assert found["wave"].tolist()[:6] == [
        Wave.BEFORE, Wave.AFTER, Wave.BEFORE, Wave.AFTER, Wave.BEFORE, Wave.AFTER,
    ]  # fmt: skip
    assert found["wave"].isna().tolist() == [False] * 6 + [True]


def test_where_no_place_is_known_there_is_no_before_and_after() -> None:
    found = placed(table([("2026-02-01", "Thies")], "period place").assign(arm="campaign"), staggered(), START)
    assert (found["arm"].tolist(), found["wave"].isna().tolist()) == ([Arm.COMPARISON], [True])
