import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_rel

from metrics.changes import Waves, change, standardised_change
from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Proportion, Reason
from metrics.proportions import paired_difference, risk_difference
from metrics.trials import adjusted_difference


def answers(seed=0, *, people=30):
    rng = np.random.default_rng(seed)
    own = rng.normal(size=people)
    rows = pd.DataFrame({"person": list(range(people)) * 2, "after": [0] * people + [1] * people})
    rows["score"] = np.tile(own, 2) + 0.5 * rows["after"] + rng.normal(size=2 * people)
    return rows.assign(village=rows["person"] % 10, knows=(rows["score"] > 0).astype(int))


def eight():
    """Eight people of four villages, before and after; the second wave stands for more people here than there."""
    rows = pd.DataFrame({"person": [*range(8)] * 2, "after": [0] * 8 + [1] * 8, "village": [*"aabbccdd"] * 2})
    return rows.assign(score=[3, 5, 4, 6, 2, 5, 4, 3, 5, 6, 7, 8, 3, 9, 4, 6], weight=[1, 2, 1, 3, 2, 1, 2, 1] * 2)


def no_effect(found):
    """The same estimate, said to be a change."""
    return dataclasses.replace(found, cautions=(Caution.CHANGE_NOT_EFFECT, *found.cautions))


def test_the_same_people_have_the_paired_t_test():
    rows = answers(1)
    result = change(rows, outcome="score", period="after", unit="person")
    before, after = (rows.loc[rows["after"] == wave, "score"] for wave in (0, 1))
    expected = ttest_rel(after, before)
    interval = expected.confidence_interval()
    assert result.p_value == pytest.approx(expected.pvalue)
    assert (result.conf_low, result.conf_high) == pytest.approx((interval.low, interval.high))
    assert (result.df, result.n, result.measure) == (29, 30, Measure.MEAN_DIFFERENCE)
    assert result.cautions == (Caution.CHANGE_NOT_EFFECT,)


def test_the_same_people_saying_yes_and_no_have_tangos_interval():
    rows = answers(2)
    result = change(rows, outcome="knows", period="after", unit="person")
    table = rows.pivot(index="person", columns="after", values="knows")
    cells = table.value_counts().to_dict()
    expected = paired_difference(
        both=cells.get((1, 1), 0),
        second_only=cells.get((0, 1), 0),
        first_only=cells.get((1, 0), 0),
        neither=cells.get((0, 0), 0),
    )
    assert (result.estimate, result.conf_low, result.p_value) == (
        expected.estimate, expected.conf_low, expected.p_value,
    )  # fmt: skip
    assert result.estimate == pytest.approx(table[1].mean() - table[0].mean())


def test_different_people_are_two_groups():
    rows = answers(3)
    shares = change(rows, outcome="knows", period="after")
    counts = rows.groupby("after")["knows"].sum()
    expected = risk_difference(Proportion(int(counts[1]), 30), Proportion(int(counts[0]), 30))
    assert (shares.estimate, shares.conf_low, shares.p_value) == (
        expected.estimate, expected.conf_low, expected.p_value,
    )  # fmt: skip
    means = change(rows, outcome="score", period="after", cluster="village")
    plain = adjusted_difference(rows, outcome="score", arm="after", cluster="village")
    assert (means.estimate, means.se, means.df) == (plain.estimate, plain.se, plain.df)


def test_clusters_of_the_same_people_give_the_t_test_of_equal_villages_changes():
    rows = answers(4)
    result = change(rows, outcome="score", period="after", unit="person", cluster="village")
    by_village = rows.pivot_table(index="village", columns="after", values="score")
    expected = ttest_rel(by_village[1], by_village[0])
    assert result.p_value == pytest.approx(expected.pvalue)
    assert (result.clusters, result.df) == (10, pytest.approx(9))


def test_different_people_saying_yes_and_no_have_the_score_interval_unless_villages_or_weights_are_given():
    rows = pd.DataFrame({"after": [0] * 50 + [1] * 70, "knows": [1] * 20 + [0] * 30 + [1] * 45 + [0] * 25})
    rows = rows.assign(village=rows.index % 12, weight=rows.index % 3 + 1.0)
    names = {"outcome": "knows", "conf_level": 0.9}
    plain = change(rows, period="after", **names)
    assert plain == no_effect(risk_difference(Proportion(45, 70), Proportion(20, 50), conf_level=0.9))
    assert plain.estimate == pytest.approx(45 / 70 - 20 / 50)
    for options in ({"cluster": "village"}, {"weights": "weight"}, {"cluster": "village", "weights": "weight"}):
        found = change(rows, period="after", **names, **options)
        assert found == no_effect(adjusted_difference(rows, arm="after", **names, **options))


def test_the_same_people_saying_yes_and_no_with_weights_have_the_weighted_mean_of_their_changes():
    rows = pd.DataFrame({"person": [0, 1, 2, 3] * 2, "after": [0] * 4 + [1] * 4, "knows": [0, 0, 1, 0, 1, 1, 1, 0]})
    options = {"outcome": "knows", "period": "after", "unit": "person", "conf_level": 0.9}
    expected = paired_difference(both=1, second_only=2, first_only=0, neither=1, conf_level=0.9)
    assert change(rows, **options) == no_effect(expected)
    weighted = change(rows.assign(weight=[9, 9, 9, 9, 1, 2, 3, 4]), weights="weight", **options)
    assert weighted.estimate == pytest.approx((1 + 2) / 10)  # the weights are those of the later wave
    assert (weighted.measure, weighted.method, weighted.conf_level) == (Measure.RISK_DIFFERENCE, Method.HC2, 0.9)
    by_village = change(rows.assign(village=[*"aabb"] * 2), cluster="village", **options)
    assert (by_village.estimate, by_village.method) == (pytest.approx(0.5), Method.CR2)


def test_weighted_changes_of_people_and_of_their_villages_are_those_of_r():
    # R 4.2.2: m <- lm(after - before ~ 1, weights = w); sandwich::vcovHC(m, "HC2"), clubSandwich::vcovCR(m, v, "CR2")
    options = {"outcome": "score", "period": "after", "unit": "person", "weights": "weight"}
    people = change(eight(), **options)
    assert (people.estimate, people.se) == pytest.approx((1.69230769230769, 0.41248665357319))
    assert (people.df, people.method, people.n, people.clusters) == (7, Method.HC2, 8, None)
    villages = change(eight(), cluster="village", **options)
    expected = (1.69230769230769, 0.312175761837444, 2.65685506447918, 0.0167421199176327)
    assert (villages.estimate, villages.se, villages.df, villages.p_value) == pytest.approx(expected)
    assert (villages.method, villages.n, villages.clusters) == (Method.CR2, 8, 4)
    assert villages.cautions == (Caution.CHANGE_NOT_EFFECT, Caution.FEW_CLUSTERS)


def test_weighted_changes_of_different_people_are_those_of_r():
    # lm(score ~ after, weights = w) with the same two variances
    found = change(eight(), outcome="score", period="after", weights="weight", conf_level=0.9)
    assert (found.estimate, found.se) == pytest.approx((1.69230769230769, 1.05469059118846))
    assert (found.df, found.conf_level, found.method) == (14, 0.9, Method.HC2)


def test_two_people_and_two_villages_have_a_wide_interval():
    rows = eight()[lambda t: t["person"] < 2]  # changes of 2 and 1: mean 1.5, error 0.5, Student's quantile at 0.95
    two = change(rows, outcome="score", period="after", unit="person", conf_level=0.9)
    assert (two.conf_low, two.conf_high) == pytest.approx((1.5 - 6.313752 / 2, 1.5 + 6.313752 / 2), abs=1e-6)
    rows = eight()[lambda t: t["person"] < 4]  # villages' changes 1.5 and 2.5
    villages = change(rows, outcome="score", period="after", unit="person", cluster="village")
    assert (villages.estimate, villages.se, villages.df) == pytest.approx((2.0, 0.5, 1.0))
    assert villages.cautions == (Caution.CHANGE_NOT_EFFECT, Caution.FEW_CLUSTERS)


def test_numbers_in_a_column_with_gaps_are_still_numbers():
    rows = eight()
    mixed = rows.assign(score=rows["score"].astype(object).where(rows["person"] != 7, None))
    found = change(mixed, outcome="score", period="after", unit="person")
    assert found.estimate == pytest.approx(13 / 7)
    assert Caution.ROWS_INCOMPLETE_DROPPED in found.cautions


def test_weights_of_one_change_nothing():
    rows = answers(5).assign(weight=1.0)
    plain = change(rows, outcome="score", period="after", unit="person")
    assert change(rows, outcome="score", period="after", unit="person", weights="weight") == plain


def test_what_is_left_out_is_said():
    rows = answers(6)
    rows.loc[3, "score"] = np.nan
    result = change(rows, outcome="score", period="after", unit="person")
    assert result.cautions == (
        Caution.CHANGE_NOT_EFFECT,
        Caution.ROWS_INCOMPLETE_DROPPED,
        Caution.UNITS_SEEN_ONCE_DROPPED,
    )
    assert result.n == 29


@pytest.mark.parametrize(
    ("choose", "options", "reason", "n"),
    [
        (lambda t: t[t["after"] == 0], {}, Reason.ONE_PERIOD, 30),
        (lambda t: t[t["after"] == 1], {}, Reason.ONE_PERIOD, 30),
        (lambda t: t[t["after"] == t["person"] % 2], {"unit": "person"}, Reason.NOBODY_IN_A_GROUP, 0),
        (lambda t: t[t["person"] == 0], {"unit": "person"}, Reason.ONE_PERSON_IN_A_GROUP, 1),
        (lambda t: t[t["village"] == 0], {"unit": "person", "cluster": "village"}, Reason.TOO_FEW_CLUSTERS, 3),
        (lambda t: t[t["village"] == 0], {"cluster": "village"}, Reason.ONE_CLUSTER_IN_AN_ARM, 6),
    ],
)
def test_what_is_no_change_is_refused(choose, options, reason, n):
    result = change(choose(answers(7)), outcome="score", period="after", **options)
    assert result == NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=reason, n=n)


def test_a_level_that_is_none_is_refused():
    with pytest.raises(ValueError, match="conf_level 95"):
        change(answers(7), outcome="score", period="after", conf_level=95)
    with pytest.raises(ValueError, match="conf_level 95"):
        standardised_change(
            *[Waves(n=20, mean_before=0, mean_after=1, sd_before=1)] * 2, correlation=0.5, conf_level=95
        )


def test_a_person_twice_in_a_wave_is_named():
    rows = pd.concat([answers(8), answers(8).iloc[:1]])
    with pytest.raises(ValueError, match="person 0 has two rows in one period"):
        change(rows, outcome="score", period="after", unit="person")


# Morris (2008), Table 5, column d_ppc2, from the five studies of its Table 4; metafor's page on the paper prints both.
MORRIS = [
    ((20, 30.6, 38.5, 15.0), (20, 23.1, 19.7, 13.8), 0.47, 0.77),
    ((50, 23.5, 26.8, 3.1), (42, 24.9, 25.3, 4.1), 0.64, 0.80),
    ((9, 0.5, 0.7, 0.1), (9, 0.6, 0.6, 0.2), 0.77, 1.20),
    ((10, 53.4, 75.9, 14.5), (11, 55.7, 60.7, 17.3), 0.89, 1.05),
    ((14, 35.6, 36.0, 4.7), (14, 34.8, 33.4, 3.1), 0.44, 0.44),
]


@pytest.mark.parametrize(("campaign", "comparison", "correlation", "printed"), MORRIS)
def test_standardised_changes_equal_morris(campaign, comparison, correlation, printed):
    names = ("n", "mean_before", "mean_after", "sd_before")
    result = standardised_change(
        Waves(**dict(zip(names, campaign, strict=True))),
        Waves(**dict(zip(names, comparison, strict=True))),
        correlation=correlation,
    )
    assert result.estimate == pytest.approx(printed, abs=0.005)
    assert result.excludes_no_difference == (result.p_value < 0.05)
    half = 1.959963984540054 * result.se
    assert (result.conf_low, result.conf_high) == pytest.approx((result.estimate - half, result.estimate + half))
    assert (result.n, result.df, result.conf_level) == (campaign[0] + comparison[0], math.inf, 0.95)
    assert (result.measure, result.method) == (Measure.STANDARDISED_DIFFERENCE, Method.D_PPC2)


def test_the_error_of_a_standardised_change_is_that_seen_in_simulated_studies():
    rng = np.random.default_rng(3)
    spread = np.array([[1.0, 0.6], [0.6, 1.0]])
    found = []
    for _ in range(3_000):
        one, other = (rng.multivariate_normal([0, mean], spread, size=15) for mean in (0.5, 0.0))
        waves = [
            Waves(n=15, mean_before=g[:, 0].mean(), mean_after=g[:, 1].mean(), sd_before=g[:, 0].std(ddof=1))
            for g in (one, other)
        ]
        found.append(standardised_change(*waves, correlation=0.6))
    estimates = np.array([each.estimate for each in found])
    assert estimates.mean() == pytest.approx(0.5, abs=4 * estimates.std() / math.sqrt(3_000))
    assert np.mean([each.se for each in found]) == pytest.approx(estimates.std(), rel=0.05)


@pytest.mark.parametrize(
    ("n", "correlation", "said"),
    [
        (2, 0.5, "4 people are too few for the variance of a standardised change"),
        (20, 1.0, "a correlation of 1.0 must be between -1 and 1"),
        (20, -1.0, "a correlation of -1.0 must be between -1 and 1"),
        (20, -1.5, "a correlation of -1.5 must be between -1 and 1"),
    ],
)
def test_impossible_studies_are_refused(n, correlation, said):
    group = Waves(n=n, mean_before=0, mean_after=1, sd_before=1)
    with pytest.raises(ValueError, match=f"^{said}$"):
        standardised_change(group, group, correlation=correlation)


def test_five_people_are_the_fewest_with_a_standardised_change():
    # Three degrees of freedom: the correction is 1 - 3 / 11, and a change of one standard deviation becomes 8 / 11
    more = Waves(n=3, mean_before=0, mean_after=1, sd_before=1)
    result = standardised_change(more, Waves(n=2, mean_before=0, mean_after=0, sd_before=1), correlation=0.5)
    assert isinstance(result, Estimate)
    assert result.estimate == pytest.approx(8 / 11)


def test_a_group_without_a_spread_is_none():
    with pytest.raises(ValueError, match=r"^20 people with a standard deviation of 0 have no standardised change$"):
        Waves(n=20, mean_before=0, mean_after=1, sd_before=0)
    with pytest.raises(ValueError, match=r"^1 people with a standard deviation of 1 have no standardised change$"):
        Waves(n=1, mean_before=0, mean_after=1, sd_before=1)
