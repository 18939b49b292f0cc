"""Those asked: how they are made up, who of them was meant, and who says that they saw the campaign."""

import math

import pandas as pd
import pytest
from scipy.special import stdtrit

from campaigns.records import Audience
from metrics.reached import asked_shares, exposure, intended_among_asked


def people(*rows):
    """Answers of people: respondent, sex, weight, value."""
    known = {"survey": "s", "arm": "campaign", "wave": "after", "outcome": "saw", "cluster": None}
    return pd.DataFrame(
        [known | {"respondent": str(n), "sex": s, "weight": w, "value": v} for n, (s, w, v) in enumerate(rows)]
    )


WEIGHTED = people(
    ("F", 2, 1), ("F", 1, 0), ("F", 1, 1), ("F", 3, 1), ("F", 2, 0), ("M", 1, 0), ("M", 1, 1), ("M", 2, 0),
    ("M", 1, 0), ("M", 1, 0), ("M", 2, 1), ("M", 1, 0),
)  # fmt: skip


def test_who_says_that_they_saw_it_is_held_against_who_was_asked():
    women, men = exposure(WEIGHTED, "saw", "sex")
    assert (women.group, women.asked, women.saw, women.share) == ("F", 5, 3, pytest.approx(6 / 9))
    # R: delta method on the four weighted totals, their covariance var(z) * n, t with 11 degrees of freedom
    assert women.index == pytest.approx(1.333333333, rel=1e-9)
    assert (women.conf_low, women.conf_high) == pytest.approx((0.775565361, 2.292234629), rel=1e-8)
    assert (men.asked, men.saw, men.index) == (7, 2, pytest.approx((3 / 9) / (9 / 18)))


def test_only_the_side_that_could_see_the_campaign_is_asked_whether_it_did():
    assert exposure(WEIGHTED.assign(arm="comparison"), "saw", "sex") == ()
    assert exposure(WEIGHTED, "another question", "sex") == ()
    nobody = exposure(WEIGHTED.assign(value=0), "saw", "sex")
    assert [(one.saw, one.index) for one in nobody] == [(0, None), (0, None)]


def test_everybody_asked_counts_once_whatever_they_were_asked():
    twice = pd.concat([WEIGHTED, WEIGHTED.assign(outcome="knows")])
    women, men = sorted(asked_shares(twice, "sex"), key=lambda share: share.group)
    assert (women.amount, women.value, men.amount, men.value) == (5, 9 / 18, 7, 9 / 18)
    assert women.conf_low < 0.5 < women.conf_high


def test_those_asked_of_whom_it_is_not_known_are_left_out_of_the_share_that_was_meant():
    audience = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    asked = people(*[("F", None, 1)] * 5).assign(age=["Y18T24", "Y25T34", "Y35T44", "Y_LT18", None])
    share, known = intended_among_asked(asked, audience, "age")
    assert (share.value, share.amount, known) == (0.5, 2, 4)
    assert intended_among_asked(asked, audience, "sex") is None
    assert intended_among_asked(asked.assign(age=None), audience, "age") is None


def logit_limits(p, se, df, conf_level=0.95):
    """Limits on the logit, by hand: the error of log(p / (1 - p)) is that of p over p (1 - p)."""
    reach = float(stdtrit(df, (1 + conf_level) / 2)) * se / (p * (1 - p))
    return tuple(1 / (1 + math.exp(-math.log(p / (1 - p)) - side * reach)) for side in (-1, 1))


ONE_BY_ONE = people(*[("F", None, int(n < 6)) for n in range(8)], *[("M", None, int(n < 3)) for n in range(12)])


@pytest.mark.parametrize("conf_level", [0.8, 0.95])
def test_people_drawn_one_by_one_have_the_error_of_a_mean(conf_level):
    men, women = asked_shares(ONE_BY_ONE, "sex", conf_level=conf_level)
    assert (men.group, men.value, women.group, women.value) == ("M", 0.6, "F", 0.4)
    error = math.sqrt(0.4 * 0.6 / 19)
    assert (women.estimate.se, women.estimate.df) == (pytest.approx(error), 19)
    assert (women.conf_low, women.conf_high) == pytest.approx(logit_limits(0.4, error, 19, conf_level))
    young = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    aged = ONE_BY_ONE.assign(age=["18-24"] * 15 + ["35-44"] * 5)
    share, known = intended_among_asked(aged, young, "age", conf_level=conf_level)
    assert (share.group, share.value, share.amount, known) == ("intended", 0.75, 15, 20)
    error = math.sqrt(0.75 * 0.25 / 19)
    assert (share.conf_low, share.conf_high) == pytest.approx(logit_limits(0.75, error, 19, conf_level))


@pytest.mark.parametrize("conf_level", [0.8, 0.95])
def test_those_of_a_group_who_saw_it_have_the_error_of_a_mean_among_them(conf_level):
    women, men = exposure(ONE_BY_ONE, "saw", "sex", conf_level=conf_level)
    assert (women.group, women.asked, women.saw, women.share) == ("F", 8, 6, 0.75)
    error = math.sqrt(0.75 * 0.25 / 8 * 20 / 19)  # linearised over all twenty
    assert (women.estimate.conf_low, women.estimate.conf_high) == pytest.approx(
        logit_limits(0.75, error, 19, conf_level)
    )
    assert men.estimate.estimate == 0.25
    assert women.index == pytest.approx((6 / 9) / (8 / 20))
    # each person's influence on log(index): saw it or not, of the group or not
    terms = [(6, 1 / 6 - 1 / 8 - 1 / 9 + 1 / 20), (2, -1 / 8 + 1 / 20), (3, -1 / 9 + 1 / 20), (9, 1 / 20)]
    factor = math.exp(float(stdtrit(19, (1 + conf_level) / 2)) * math.sqrt(20 / 19 * sum(n * x**2 for n, x in terms)))
    assert (women.conf_low, women.conf_high) == pytest.approx((women.index / factor, women.index * factor))


VILLAGES = ONE_BY_ONE.assign(cluster=["a", "b", "c", "d"] * 5)


def test_people_of_one_village_are_drawn_together():
    # four villages of five: women are 2 of 5 in each, so that their share does not vary by village
    assert [share.estimate for share in asked_shares(VILLAGES, "sex")] == [None, None]
    moved = VILLAGES.assign(cluster=["a"] * 6 + ["b"] * 5 + ["c"] * 4 + ["d"] * 5)
    women = asked_shares(moved, "sex")[1]
    residuals = [6 - 0.4 * 6, 2 - 0.4 * 5, 0 - 0.4 * 4, 0 - 0.4 * 5]  # women of each village less their part of it
    error = math.sqrt(4 / 3 * sum(one**2 for one in residuals)) / 20
    assert (women.value, women.estimate.se, women.estimate.df) == (0.4, pytest.approx(error), 3)
    two = asked_shares(VILLAGES.assign(cluster=["a"] * 6 + ["b"] * 14), "sex")[1]
    assert (two.estimate.df, two.estimate.se) == (1, pytest.approx(math.sqrt(2 * (3.6**2 + 3.6**2)) / 20))


@pytest.mark.parametrize("cluster", [["a"] * 20, [None] + ["a"] * 9 + ["b"] * 10, [None] * 20])
def test_one_village_or_one_that_is_not_known_leaves_people_drawn_one_by_one(cluster):
    assert asked_shares(VILLAGES.assign(cluster=cluster), "sex") == asked_shares(ONE_BY_ONE, "sex")
    assert asked_shares(VILLAGES.drop(columns=["cluster", "weight"]), "sex") == asked_shares(ONE_BY_ONE, "sex")


def test_weights_that_are_not_known_of_all_are_those_of_nobody():
    assert asked_shares(ONE_BY_ONE.assign(weight=[None] + [9.0] * 19), "sex") == asked_shares(ONE_BY_ONE, "sex")


def test_one_person_is_a_share_without_an_interval():
    (only,) = asked_shares(ONE_BY_ONE.iloc[:1], "sex")
    assert (only.group, only.value, only.amount, only.estimate) == ("F", 1.0, 1, None)
    (one,) = exposure(ONE_BY_ONE.iloc[:1], "saw", "sex")
    assert (one.asked, one.saw, one.share, one.index) == (1, 1, 1.0, 1.0)
    assert (one.estimate, one.conf_low, one.conf_high) == (None, None, None)
    young = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    share, known = intended_among_asked(ONE_BY_ONE.iloc[:1].assign(age="18-24"), young, "age")
    assert (share.value, share.estimate, known) == (1.0, None, 1)


def test_two_people_who_differ_have_an_interval():
    two = people(("F", None, 1), ("M", None, 0))
    women, _ = asked_shares(two, "sex")
    assert (women.value, women.estimate.df) == (0.5, 1)
    young = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    share, _ = intended_among_asked(two.assign(age=["18-24", "65+"]), young, "age")
    assert share.conf_low < 0.5 < share.conf_high
    seen, unseen = exposure(
        pd.concat([two, two.assign(respondent=["2", "3"], value=[0, 1])]).iloc[[0, 1, 2]], "saw", "sex"
    )
    assert seen.conf_low < seen.index < seen.conf_high
    assert (unseen.index, unseen.conf_low, unseen.conf_high) == (0, None, None)


def test_people_who_write_their_group_otherwise_are_of_the_same_group():
    four = people(("F", None, 1), ("M", None, 0), ("F", None, 1), ("M", None, 0))
    spoken = asked_shares(four.assign(language=["fr-SN", "fr", "wo", "FR"]), "language")
    assert {share.group: share.value for share in spoken} == {"fr": 0.75, "wo": 0.25}


def test_where_all_say_the_same_there_is_no_interval():
    for saw in (0, 1):
        women, men = exposure(ONE_BY_ONE.assign(value=saw), "saw", "sex")
        assert (women.estimate, men.estimate, women.share) == (None, None, saw)
        assert (women.index, women.conf_low, women.conf_high) == (1.0 if saw else None, None, None)
    assert [share.estimate for share in asked_shares(ONE_BY_ONE.assign(sex="F"), "sex")] == [None]


def test_answers_without_the_breakdown_or_without_anybody_say_nothing():
    young = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    for answers in (ONE_BY_ONE, ONE_BY_ONE.assign(age=None), ONE_BY_ONE.assign(age="18-24").iloc[:0]):
        assert asked_shares(answers, "age") == ()
        assert exposure(answers, "saw", "age") == ()
        assert intended_among_asked(answers, young, "age") is None
