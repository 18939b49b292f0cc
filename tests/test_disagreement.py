"""Good among some people and harm among others: told only where chance does not explain it."""

import pandas as pd
import pytest

from campaigns.records import Design
from metrics.disagreement import disagreement


def answers(said, people=130):
    """One row a person: of `people` in each cell of (sex, arm), so many whose answer counts."""
    rows = [(sex, arm, 1, int(person < n)) for (sex, arm), n in said.items() for person in range(people)]
    return pd.DataFrame(rows, columns=["sex", "arm", "period", "value"])


def told(rows, sign=1):
    return disagreement(rows, Design.RANDOMISED, cluster=None, weight=None, sign=sign)


OPPOSITE = {("F", 1): 90, ("F", 0): 40, ("M", 1): 40, ("M", 0): 90}


def test_opposite_changes_are_told_with_who_gained_and_who_lost():
    found = told(answers(OPPOSITE))
    assert (found.breakdown, found.better, found.worse) == ("sex", ("F",), ("M",))
    assert found.p_value < 0.001  # 50 of 130 up and 50 down, each with an error of about 6 in 100


def test_where_fewer_is_wished_better_and_worse_change_places():
    found = told(answers(OPPOSITE), sign=-1)
    assert (found.better, found.worse) == (("M",), ("F",))


@pytest.mark.parametrize(
    "said",
    [
        {("F", 1): 90, ("F", 0): 40, ("M", 1): 70, ("M", 0): 60},  # both gain, one more than the other
        {("F", 1): 66, ("F", 0): 60, ("M", 1): 60, ("M", 0): 66},  # opposite, and no more than chance makes them
        {("F", 1): 90, ("F", 0): 40},  # one group is no disagreement
    ],
)
def test_what_is_no_disagreement_is_none(said):
    assert told(answers(said)) is None


def test_groups_of_fewer_than_fifty_say_nothing():
    few = answers({cell: round(n * 49 / 130) for cell, n in OPPOSITE.items()}, people=49)
    assert told(few) is None
