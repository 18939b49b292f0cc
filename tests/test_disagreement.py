"""Good among some people and harm among others: told only where chance does not explain it."""

import pandas as pd
import pytest
from scipy.stats import chi2

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
    beside = answers({("A", 1): 49, ("A", 0): 0}, people=49)
    assert told(pd.concat([beside, answers(OPPOSITE)])) == told(answers(OPPOSITE))


def test_fifty_answers_on_each_side_are_enough():
    assert told(answers({cell: round(n * 50 / 130) for cell, n in OPPOSITE.items()}, people=50)) is not None


AGES = {("18-24", 1): 45, ("18-24", 0): 30, ("25-34", 1): 30, ("25-34", 0): 30, ("35-49", 1): 22, ("35-49", 0): 40}


def test_the_p_value_is_that_of_cochrans_q_for_however_many_groups():
    """R: QEp of `rma(d, v, method = "EE")`, with v = p (1 - p) / (n - 1) of both sides, summed (HC2)."""
    ages = answers(AGES, people=60).rename(columns={"sex": "age"})
    found = told(ages)
    assert (found.breakdown, found.better, found.worse) == ("age", ("18-24",), ("35-49",))  # and 25-34 in neither
    assert found.p_value == pytest.approx(4.44659773865e-05, rel=1e-9)
    two = told(answers({("F", 1): 80, ("F", 0): 55, ("M", 1): 55, ("M", 0): 80}))
    assert two.p_value == pytest.approx(8.39314358087e-06, rel=1e-9)


def test_of_several_breakdowns_the_one_that_disagrees_most_is_told_with_its_p_value_adjusted():
    rows = answers({("F", 1): 80, ("F", 0): 55, ("M", 1): 55, ("M", 0): 80})
    # Of each cell of sex and arm half of those who count and half of the others live in either place.
    halves = rows.assign(place=["town" if person % 2 else "village" for person in range(len(rows))])
    assert told(halves).p_value == pytest.approx(2 * 8.39314358087e-06, rel=1e-9)  # Holm: the smaller of two
    swapped = rows.assign(age=rows["sex"].where(rows.index % 10 > 0, "M"))  # the same, blurred
    assert told(swapped).breakdown == "sex"
    assert told(swapped.rename(columns={"sex": "age", "age": "sex"})).breakdown == "age"
    one = told(rows.assign(country="SEN"))  # everybody in one group: nothing is looked at
    assert one.p_value == pytest.approx(8.39314358087e-06, rel=1e-9)


def test_who_is_in_no_group_is_in_none():
    unknown = answers({("?", 1): 130, ("?", 0): 0}).assign(sex=None)
    rows = answers(OPPOSITE)
    assert told(pd.concat([rows, unknown])) == told(rows)


def test_of_two_waves_the_changes_are_compared_in_groups_that_are_large_enough_at_both():
    before, after = answers(dict.fromkeys(OPPOSITE, 65)).assign(period=0), answers(OPPOSITE)

    def twice(rows):
        return disagreement(rows, Design.DIFFERENCE_IN_DIFFERENCES, cluster=None, weight=None, sign=1)

    found = twice(pd.concat([before, after]))
    assert (found.better, found.worse) == (("F",), ("M",))
    # The same differences as of one wave, with the variances of 65 of 130 added: p of Cochran's Q by hand
    variance = 2 * (9 / 13 * 4 / 13 + 0.25) / 129
    assert found.p_value == pytest.approx(chi2.sf((2 * 50 / 130) ** 2 / (2 * variance), 1), rel=1e-9)
    assert twice(after) is None
    assert twice(pd.concat([before[before["arm"] == 1], after])) is None
    few = before.groupby(["sex", "arm"]).head(49)
    assert twice(pd.concat([few, after])) is None


def in_villages(rows, a_side):
    """The same, of people in so many villages a side, dealt out unevenly."""
    return rows.assign(village=rows["arm"].astype(str) + "-" + (rows.index**2 // 7 % a_side).astype(str))


def test_groups_are_compared_by_villages_where_these_are_enough_to_tell():
    rows = answers(OPPOSITE)
    found = disagreement(in_villages(rows, 10), Design.CLUSTER_RANDOMISED, cluster="village", weight=None, sign=1)
    assert (found.better, found.worse) == (("F",), ("M",))
    assert found.p_value != told(rows).p_value
    few = in_villages(rows, 5)
    assert disagreement(few, Design.CLUSTER_RANDOMISED, cluster="village", weight=None, sign=1) is None


def test_weights_of_people_change_the_shares_that_are_compared():
    rows = answers({("F", 1): 80, ("F", 0): 55, ("M", 1): 65, ("M", 0): 70})
    assert told(rows) is None  # the men lost too little to be told from nothing
    # Women with the campaign who count and men without it who do stand for three, so that both differences grow.
    counts = ((rows["sex"] == "F") == (rows["arm"] == 1)) & (rows["value"] == 1)
    weighted = rows.assign(weight=1.0 + 2 * counts)
    found = disagreement(weighted, Design.RANDOMISED, cluster=None, weight="weight", sign=1)
    assert (found.better, found.worse) == (("F",), ("M",))


@pytest.mark.parametrize("column", ["village", "weight"])
def test_changes_are_compared_by_villages_and_weights_too(column):
    rows = pd.concat([answers(dict.fromkeys(OPPOSITE, 65)).assign(period=0), answers(OPPOSITE)], ignore_index=True)
    rows = in_villages(rows, 10).assign(weight=1.0 + rows["value"])
    design = Design.DIFFERENCE_IN_DIFFERENCES
    plain = disagreement(rows, design, cluster=None, weight=None, sign=1)
    village, weight = (column if column == name else None for name in ("village", "weight"))
    found = disagreement(rows, design, cluster=village, weight=weight, sign=1)
    assert (found.better, found.worse) == (("F",), ("M",))
    assert found.p_value != plain.p_value


def test_groups_are_named_in_their_order_whoever_answered_first():
    ages = answers({(age, arm): n for age in ("25-34", "18-24") for arm, n in ((1, 45), (0, 20))}, people=60)
    older = answers({("50-64", 1): 20, ("50-64", 0): 45, ("35-49", 1): 20, ("35-49", 0): 45}, people=60)
    found = told(pd.concat([older, ages]).rename(columns={"sex": "age"}))
    assert (found.better, found.worse) == (("18-24", "25-34"), ("35-49", "50-64"))


def test_groups_without_any_spread_say_nothing_of_how_sure_they_are():
    assert told(answers({("F", 1): 130, ("F", 0): 0, ("M", 1): 40, ("M", 0): 90})) is None
