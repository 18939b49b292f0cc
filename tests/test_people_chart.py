"""A hundred people, one mark each: counts that add up to a hundred, and nobody shown who must stay hidden."""

import pytest

from metrics.verdicts import Finding
from tests.evaluations import INTENDS, TWICE, evaluation, groups
from views.charts.people import people_chart
from views.wording import Words

WORDS = Words("en")


def marks(picture):
    """How many marks of each shape and fill there are."""
    return {
        (trace.marker.symbol, trace.marker.color): len(trace.x) for trace in picture.figure.data if trace.x is not None
    }


def test_a_hundred_marks_say_who_knows_anyway_who_more_and_who_does_not():
    """206 of 375 know afterwards: 55 of 100 (from rounded counts), 9 of them because of the campaign."""
    picture = people_chart(evaluation(Finding.RAISED, groups=TWICE), WORDS)
    counts = dict(zip(picture.table.iloc[:, 0], picture.table.iloc[:, 1], strict=True))
    assert counts == {"Give the answer that counts anyway": 46, "More": 9, "Fewer": 0, "Do not give it": 45}
    assert sum(marks(picture).values()) == 100
    assert "46 would give the answer that counts anyway, 9 more do, and 45 do not" in picture.alt
    assert "between +6 and +12" in picture.alt


def test_where_fewer_is_wished_those_who_no_longer_do_are_the_better_ones():
    picture = people_chart(evaluation(Finding.RAISED, groups=TWICE, outcome=INTENDS), WORDS)
    counts = dict(zip(picture.table.iloc[:, 0], picture.table.iloc[:, 1], strict=True))
    assert counts == {"Give the answer that counts anyway": 55, "More": 0, "Fewer": 9, "Do not give it": 36}
    assert "9 no longer do" in picture.alt


@pytest.mark.parametrize("finding", [Finding.NOT_MEASURED, Finding.DO_NOT_TRUST])
def test_what_was_not_measured_or_must_not_be_used_has_no_people(finding):
    assert people_chart(evaluation(finding, groups=TWICE), WORDS) is None


def test_where_nobody_may_know_how_many_answered_there_is_no_picture():
    few = groups((TWICE[1].arm, TWICE[1].wave, 3, 375))
    assert people_chart(evaluation(Finding.RAISED, groups=few), WORDS) is None
