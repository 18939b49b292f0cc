import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_rel

from metrics.changes import Waves, change, standardised_change
from metrics.estimates import Caution, Measure, Proportion, Reason
from metrics.proportions import paired_difference, risk_difference
from metrics.trials import adjusted_difference


def answers(seed=0, *, people=30):
    rng = np.random.default_rng(seed)
    own = rng.normal(size=people)
    rows = pd.DataFrame({"person": list(range(people)) * 2, "after": [0] * people + [1] * people})
    rows["score"] = np.tile(own, 2) + 0.5 * rows["after"] + rng.normal(size=2 * people)
    return rows.assign(village=rows["person"] % 10, knows=(rows["score"] > 0).astype(int))


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
    ("choose", "options", "reason"),
    [
        (lambda t: t[t["after"] == 0], {}, Reason.ONE_PERIOD),
        (lambda t: t.drop_duplicates("person").assign(after=lambda u: u["person"] % 2), {"unit": "person"}, None),
        (lambda t: t[t["person"] == 0], {"unit": "person"}, Reason.ONE_PERSON_IN_A_GROUP),
        (lambda t: t[t["village"] == 0], {"unit": "person", "cluster": "village"}, Reason.TOO_FEW_CLUSTERS),
    ],
)
def test_what_is_no_change_is_refused(choose, options, reason):
    result = change(choose(answers(7)), outcome="score", period="after", **options)
    assert result.reason is (reason or Reason.NOBODY_IN_A_GROUP)


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
    assert result.n == campaign[0] + comparison[0]
    assert result.excludes_no_difference == (result.p_value < 0.05)


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


@pytest.mark.parametrize(("n", "correlation", "match"), [(2, 0.5, "too few"), (20, 1.0, "correlation")])
def test_impossible_studies_are_refused(n, correlation, match):
    group = Waves(n=n, mean_before=0, mean_after=1, sd_before=1)
    with pytest.raises(ValueError, match=match):
        standardised_change(group, group, correlation=correlation)


def test_a_group_without_a_spread_is_none():
    with pytest.raises(ValueError, match="no standardised change"):
        Waves(n=20, mean_before=0, mean_after=1, sd_before=0)
