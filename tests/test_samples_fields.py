"""What stands beside the figures of a sample, its refusals, and relations between characteristics of several kinds."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, chi2_contingency
from scipy.stats import t as student

from metrics.estimates import Measure, Method, NotEstimable, Reason
from metrics.samples import Sample, association, design_effect, fit_sample, sample_difference, share, total

PEOPLE = pd.DataFrame({"village": [1, 1, 2, 2, 3, 3, 4, 4, 5, 5], "knows": [1, 1, 1, 0, 1, 1, 0, 1, 1, 0]})
VILLAGES = Sample.of(PEOPLE, place="village")
KNOWS = PEOPLE["knows"].to_numpy(dtype=float)
AMONG = np.array([1.0, 1, 1, 1, 1, 1, 1, 0, 0, 0])


def test_every_field_of_a_share():
    found = share(VILLAGES, KNOWS, conf_level=0.9)
    assert (found.measure, found.method) == (Measure.PROPORTION, Method.SAMPLE_LINEARISATION)
    assert (found.n, found.df, found.conf_level, found.p_value) == (10, 4, 0.9, None)


def test_a_share_among_some_counts_only_them():
    found = share(VILLAGES, KNOWS, among=AMONG)
    assert (found.estimate, found.n) == (pytest.approx(5 / 7), 7)
    everybody = share(VILLAGES, np.ones(10), among=AMONG)
    assert everybody == NotEstimable(measure=Measure.PROPORTION, reason=Reason.NO_VARIATION, n=7)


def test_a_total_says_of_how_many_people():
    assert total(VILLAGES, KNOWS).n == 10


def test_the_arcsine_interval_ends_at_everybody():
    nearly = np.array([1.0, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    assert share(VILLAGES, nearly, interval="arcsine").conf_high == 1


def test_a_model_says_of_how_many_people_and_refuses_groups_that_answered_alike():
    design = np.column_stack([np.ones(10), AMONG])
    assert fit_sample(VILLAGES, design, KNOWS).n == 10
    with pytest.raises(ValueError, match=r"^a group answered all alike"):
        fit_sample(VILLAGES, design, AMONG, logistic=True)


def waves(*villages):
    """Two people a village, of whom the first knows it and has a score of its number."""
    rows = [{"village": v, "after": v % 2, "knows": k, "score": v + 0.5 * k} for v in villages for k in (1, 0)]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("outcome", "measure"), [("knows", Measure.RISK_DIFFERENCE), ("score", Measure.MEAN_DIFFERENCE)]
)
def test_every_field_of_a_difference_between_waves(outcome, measure):
    found = sample_difference(waves(1, 2, 3, 4), outcome=outcome, group="after", conf_level=0.9)
    assert (found.measure, found.method) == (measure, Method.SAMPLE_LINEARISATION)
    assert (found.n, found.cautions, found.conf_level) == (8, (), 0.9)


@pytest.mark.parametrize(
    ("outcome", "measure"), [("knows", Measure.RISK_DIFFERENCE), ("score", Measure.MEAN_DIFFERENCE)]
)
def test_a_refused_difference_says_what_was_asked_and_of_how_many(outcome, measure):
    one_wave = sample_difference(waves(1, 3), outcome=outcome, group="after", place="village")
    assert one_wave == NotEstimable(measure=measure, reason=Reason.NOBODY_IN_A_GROUP, n=4)
    few = sample_difference(waves(1, 2), outcome=outcome, group="after", place="village")
    assert few == NotEstimable(measure=measure, reason=Reason.TOO_FEW_CLUSTERS, n=4)


def test_three_places_are_enough_for_a_difference():
    found = sample_difference(waves(1, 2, 3), outcome="score", group="after", place="village")
    assert (found.estimate, found.df) == (pytest.approx(0), 1)


def test_a_relation_among_people_drawn_one_by_one_is_pearsons():
    rng = np.random.default_rng(5)
    kind, answer = rng.integers(3, size=200), rng.integers(4, size=200)
    table = np.zeros((3, 4))
    np.add.at(table, (kind, answer), 1)
    pearson = chi2_contingency(table, correction=False).statistic
    statistic, df, _, _ = association(Sample.of(pd.DataFrame({"x": kind})), kind, answer)
    assert df == pytest.approx(6, rel=0.05)  # the variance is taken at what was seen, not at what was expected
    assert statistic * df == pytest.approx(pearson, rel=0.1)


def test_a_relation_is_the_same_from_both_ends_with_a_cell_that_is_empty_too():
    rng = np.random.default_rng(6)
    kind, answer = rng.integers(3, size=60), rng.integers(2, size=60)
    answer[kind == 2] = 1
    sample = Sample.of(pd.DataFrame({"village": np.arange(60) // 4}), place="village")
    there = association(sample, kind, answer)
    assert there == pytest.approx(association(sample, answer, kind))
    assert 0 <= there[3] <= 1


def test_two_places_are_enough_for_a_stratum_and_one_is_not():
    rows = PEOPLE.assign(region=[1, 1, 1, 1, 2, 2, 2, 2, 2, 2])
    assert share(Sample.of(rows, stratum="region", place="village"), KNOWS).df == 3
    single = Sample.of(rows.assign(region=[1, 1] + 8 * [2]), stratum="region", place="village")
    with pytest.raises(ValueError, match=r"^a stratum has a single place"):
        share(single, KNOWS)


# Five villages with shares of 1, 0.5, 1, 0.5 and 0.5: their mean is 0.7 and its error the root of 0.075 / 5
SE, REACH = math.sqrt(0.015), student.ppf(0.975, 4)


def test_each_interval_of_a_share_is_that_of_its_scale():
    limits = {}
    for interval in ("logit", "arcsine", "mean", "beta", "likelihood"):
        found = share(VILLAGES, KNOWS, interval=interval)
        assert (found.estimate, found.se) == pytest.approx((0.7, SE))
        limits[interval] = found.conf_low, found.conf_high
    half = REACH * SE / 0.21
    odds = [0.7 / 0.3 * math.exp(sign * half) for sign in (-1, 1)]
    assert limits["logit"] == pytest.approx([odd / (1 + odd) for odd in odds])
    turned, half = math.asin(math.sqrt(0.7)), REACH * SE / (2 * math.sqrt(0.21))
    assert limits["arcsine"] == pytest.approx([math.sin(turned - half) ** 2, math.sin(turned + half) ** 2])
    assert limits["mean"] == pytest.approx([0.7 - REACH * SE, 0.7 + REACH * SE])
    people = 0.21 / 0.015 * (student.ppf(0.975, 9) / REACH) ** 2  # Korn and Graubard's effective number
    yes = 0.7 * people
    exact = beta.ppf(0.025, yes, people - yes + 1), beta.ppf(0.975, yes + 1, people - yes)
    assert limits["beta"] == pytest.approx(exact)
    for limit in limits["likelihood"]:  # twice the log likelihood of 0.21 / 0.015 x 9 / 10 people falls by t squared
        falls = 2 * 12.6 * (0.7 * math.log(0.7 / limit) + 0.3 * math.log(0.3 / (1 - limit)))
        assert falls == pytest.approx(REACH**2)
    assert limits["likelihood"][0] < 0.7 < limits["likelihood"][1]


def test_an_arcsine_interval_does_not_turn_back_at_nobody():
    rarely = np.array([1.0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    assert share(VILLAGES, rarely, interval="arcsine").conf_low == 0


def test_drawing_much_of_a_small_population_changes_no_design_effect_of_people_drawn_one_by_one():
    people = Sample.of(PEOPLE.assign(weight=4.0, camp=40), weights="weight", population="camp")
    assert design_effect(people, KNOWS) == pytest.approx(1)
