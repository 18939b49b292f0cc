"""Pictures of what was followed over time: the course, where it would have gone, and places reached one by one."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from campaigns.privacy import STANDARD
from campaigns.study_folders import read_study
from metrics.evaluation import Evaluation, evaluate
from views.charts import course_chart, dots_chart, event_study_chart
from views.wording import LANGUAGES, Words

STUDIES = Path(__file__).parents[1] / "data" / "studies"
EN = Words("en")


def judged(name: str) -> Evaluation:
    study = read_study(STUDIES / name)
    evidence = study.evidence
    return evaluate(study.campaign, answers=evidence.answers, delivery=evidence.delivery, cells=evidence.cells)


@pytest.fixture(scope="module")
def series() -> Evaluation:
    return judged("interrupted-series")


@pytest.fixture(scope="module")
def places() -> Evaluation:
    return judged("staggered")


def test_a_course_shows_its_points_the_old_course_and_the_start(series: Evaluation) -> None:
    picture = course_chart(series, EN, profile=STANDARD)
    assert picture is not None
    drawn = {trace.name: trace for trace in picture.figure.data if trace.name}
    assert set(drawn) == {"campaign", "without the campaign", "the old course carried on"}
    assert len(drawn["campaign"].x) == 30
    assert drawn["campaign"].y[0] == pytest.approx(125 / 400)  # the first line of the survey
    assert {"start"} <= {note.text for note in picture.figure.layout.annotations}


def test_the_table_of_a_course_says_what_was_expected_since_the_start_alone(series: Evaluation) -> None:
    picture = course_chart(series, EN, profile=STANDARD)
    assert picture is not None
    expected = picture.table["Expected"]
    assert expected[:24].isna().all()
    assert expected[24:].notna().all()
    assert (picture.table["Range from"][24:] < expected[24:]).all()
    gain = (picture.table["Campaign, of every 100"] - expected)[24:].mean()
    assert series.effect is not None
    assert gain == pytest.approx(100 * series.effect.estimate.estimate, abs=0.5)  # the points less the line


def test_a_course_of_numbers_is_drawn_as_numbers(series: Evaluation) -> None:
    (calls,) = series.secondary
    picture = course_chart(series, EN, outcome=calls.outcome, profile=STANDARD)
    assert picture is not None
    assert picture.title == "How often it was counted, over time"
    assert picture.table["Campaign"].max() > 100


def test_months_in_which_few_people_were_asked_are_not_drawn(series: Evaluation) -> None:
    assert series.effect is not None
    assert series.effect.course is not None
    own = series.effect.course.own
    asked, counted = own.asked.copy(), own.counted.copy()
    asked[3], counted[3] = 5, 2
    few = replace(series.effect.course, own=replace(own, asked=asked, counted=counted))
    picture = course_chart(replace(series, effect=replace(series.effect, course=few)), EN, profile=STANDARD)
    assert picture is not None
    level = picture.table["Campaign, of every 100"]
    assert math.isnan(level[3])
    assert level.notna().sum() == 29


def test_places_are_shown_by_time_since_the_campaign_came(places: Evaluation) -> None:
    picture = event_study_chart(places, EN, profile=STANDARD)
    assert picture is not None
    since = picture.table["Periods since it came"]
    assert (since < 0).any()
    assert (since >= 0).sum() == 4  # the villages that came first had the theatre for four months
    after = picture.table[since >= 0]
    assert (after["Range from"] < after["People in every 100"]).all()
    hollow = [trace.marker.color for trace in picture.figure.data if trace.mode == "markers"]
    assert len(set(hollow)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_say_their_finding_in_every_language(series: Evaluation, places: Evaluation, language: str) -> None:
    words = Words(language)
    for picture in (course_chart(series, words), event_study_chart(places, words)):
        assert picture is not None
        assert len(picture.alt) > 40
        assert picture.caption


def test_what_was_not_followed_has_neither_picture(series: Evaluation, places: Evaluation) -> None:
    assert course_chart(places, EN) is None
    assert event_study_chart(series, EN) is None
    assert dots_chart(series, EN).table is not None
