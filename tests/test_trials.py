import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Reason
from metrics.least_squares import Correction, fit_clustered, fit_independent, has_full_rank
from metrics.trials import adjusted_difference, intracluster_correlation
from metrics.trials.differences import beside_placebo
from metrics.trials.randomisation import placebo_p_value


def trial(seed=0, *, n=120, clusters=12, icc=0.0):
    rng = np.random.default_rng(seed)
    cluster = np.arange(n) % clusters
    arm = cluster % 2
    age = rng.normal(size=n)
    shared = rng.normal(size=clusters)[cluster] * math.sqrt(icc)
    score = 0.5 * arm + age + shared + rng.normal(size=n) * math.sqrt(1 - icc)
    return pd.DataFrame({"score": score, "arm": arm, "age": age, "village": cluster, "weight": rng.uniform(0.5, 2, n)})


def by_definition(x, y, cluster, w, correction):
    """Standard errors and degrees of freedom from the n x n matrices of the definitions.

    Pustejovsky and Tipton (2018), equations 5, 7, 10 and 11.
    """
    n = len(y)
    bread = np.linalg.inv(x.T @ (w[:, None] * x))
    rest = np.eye(n) - x @ bread @ (x * w[:, None]).T
    residuals = rest @ y
    scores, pushed = [], []
    for label in np.unique(cluster):
        rows = np.flatnonzero(cluster == label)
        adjustment = np.eye(len(rows))
        if correction is Correction.CR2:
            values, vectors = np.linalg.eigh((rest @ rest.T)[np.ix_(rows, rows)])
            kept = values > 1e-9
            powers = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1)), 0)
            adjustment = vectors @ np.diag(powers) @ vectors.T
        g = adjustment @ (w[rows, None] * x[rows]) @ bread
        scores.append(residuals[rows] @ g)
        pushed.append(rest[rows].T @ g)
    se = np.sqrt((np.array(scores) ** 2).sum(axis=0))
    df = []
    for column in range(x.shape[1]):
        p = np.array([each[:, column] for each in pushed])
        df.append(np.trace(p @ p.T) ** 2 / ((p @ p.T) ** 2).sum())
    return se, np.array(df)


@pytest.mark.parametrize("weighted", [False, True], ids=["alike", "weighted"])
@pytest.mark.parametrize("correction", [Correction.CR0, Correction.CR2])
@pytest.mark.parametrize("within", [False, True], ids=["arm between clusters", "cluster effects"])
def test_clustered_errors_equal_the_matrices_of_their_definition(weighted, correction, within):
    people = trial(1, n=40, clusters=8)
    cluster = people["village"].to_numpy()
    columns = [np.ones(40), people["age"]]
    columns += [(cluster == k) * 1.0 for k in range(1, 8)] if within else [people["arm"]]
    x, y = np.column_stack(columns).astype(float), people["score"].to_numpy()
    w = people["weight"].to_numpy() if weighted else np.ones(40)
    fit = fit_clustered(x, y, cluster, weights=w if weighted else None, correction=correction)
    se, df = by_definition(x, y, cluster, w, correction)
    assert fit.standard_errors[1] == pytest.approx(se[1], rel=1e-9)
    assert fit.df[1] == pytest.approx(df[1], rel=1e-9)
    assert (fit.n, fit.clusters) == (40, 8)


def test_cr1_and_stata_scale_the_plain_sandwich():
    people = trial(2)
    x = np.column_stack([np.ones(120), people["arm"], people["age"]]).astype(float)
    y, cluster = people["score"].to_numpy(), people["village"].to_numpy()
    plain, cr1, stata = (
        fit_clustered(x, y, cluster, correction=c).standard_errors
        for c in (Correction.CR0, Correction.CR1, Correction.CR1S)
    )
    assert cr1 == pytest.approx(plain * math.sqrt(12 / 11))
    assert stata == pytest.approx(plain * math.sqrt(12 / 11 * 119 / 117))


@pytest.mark.parametrize("weighted", [False, True], ids=["alike", "weighted"])
def test_cr3_is_the_spread_of_estimates_without_each_cluster(weighted):
    people = trial(2)
    x = np.column_stack([np.ones(120), people["arm"], people["age"]]).astype(float)
    y, cluster = people["score"].to_numpy(), people["village"].to_numpy()
    w = people["weight"].to_numpy() if weighted else None
    whole = fit_clustered(x, y, cluster, weights=w, correction=Correction.CR3)
    without = [
        fit_independent(x[kept], y[kept], weights=None if w is None else w[kept]).coefficients
        for kept in (cluster != village for village in range(12))
    ]
    assert whole.standard_errors == pytest.approx(np.sqrt(((np.array(without) - whole.coefficients) ** 2).sum(axis=0)))


def test_difference_in_means_has_the_error_of_unequal_variances():
    people = trial(3)
    one, other = (people.loc[people["arm"] == side, "score"] for side in (1, 0))
    result = adjusted_difference(people, outcome="score", arm="arm")
    se = math.sqrt(one.var() / len(one) + other.var() / len(other))  # Neyman; HC2 equals it
    half = student.ppf(0.975, 118) * se
    assert result.estimate == pytest.approx(one.mean() - other.mean())
    assert result.se == pytest.approx(se)
    assert (result.conf_low, result.conf_high) == pytest.approx((result.estimate - half, result.estimate + half))
    assert result.p_value == pytest.approx(2 * student.sf(abs(result.estimate / se), 118))
    assert (result.measure, result.method, result.df, result.n) == ("mean_difference", "hc2", 118, 120)
    assert (result.conf_level, result.clusters, result.icc, result.design_effect) == (0.95, None, None, None)
    assert result.cautions == ()


def test_equal_clusters_give_the_t_test_of_cluster_means():
    people = trial(4, icc=0.3)  # CR2 with equal clusters: Bell and McCaffrey (2002), section 3
    means = people.groupby("village").agg(score=("score", "mean"), arm=("arm", "first"))
    expected = adjusted_difference(means, outcome="score", arm="arm")
    result = adjusted_difference(people, outcome="score", arm="arm", cluster="village")
    for field in ("estimate", "se", "df", "p_value", "conf_low", "conf_high"):
        assert getattr(result, field) == pytest.approx(getattr(expected, field))
    assert (result.method, result.clusters, result.n) == ("cr2", 12, 120)


def test_intracluster_correlation_is_that_of_the_analysis_of_variance():
    # by hand: mean square between clusters 4 / 3, within 1 / 2, two answers a cluster
    outcome = np.array([0.0, 1.0, 1.0, 2.0, 1.0, 2.0, 2.0, 3.0])
    cluster = np.repeat([0, 1, 2, 3], 2)
    icc, design_effect = intracluster_correlation(outcome, cluster, np.zeros(8))
    assert icc == pytest.approx((4 / 3 - 1 / 2) / (4 / 3 + 1 / 2))
    assert design_effect == pytest.approx(1 + icc)


def test_clustering_is_reported():
    result = adjusted_difference(trial(5, n=1200, clusters=60, icc=0.3), outcome="score", arm="arm", cluster="village")
    assert 0.05 < result.icc < 0.3  # 0.3 of a variance of 2, the age being half of it
    assert result.design_effect == pytest.approx(1 + 19 * result.icc)


def test_a_cluster_for_each_answer_has_no_correlation_to_report():
    assert intracluster_correlation(np.arange(4.0), np.arange(4), np.array([0, 0, 1, 1])) == (None, None)
    assert intracluster_correlation(np.ones(4), np.array([0, 0, 1, 1]), np.zeros(4)) == (None, None)


def test_covariates_make_the_difference_more_precise():
    people = trial(6)
    plain, adjusted = (
        adjusted_difference(people, outcome="score", arm="arm", covariates=columns) for columns in ((), ("age",))
    )
    assert adjusted.se < 0.85 * plain.se
    assert (adjusted.method, adjusted.df) == ("ancova_hc2", 117)


def test_interacted_covariates_give_the_difference_at_their_mean():
    people = trial(7)
    result = adjusted_difference(people, outcome="score", arm="arm", covariates=["age"], interacted=True)
    sides = []
    for side in (0, 1):
        arm = people[people["arm"] == side]
        _, level = np.polyfit(arm["age"] - people["age"].mean(), arm["score"], 1)
        sides.append(level)
    assert result.estimate == pytest.approx(sides[1] - sides[0])
    assert (result.method, result.df) == ("lin_hc2", 116)


def test_text_covariates_and_blocks_are_categories():
    people = trial(8).assign(region=lambda d: np.where(d["village"] < 6, "north", "south"))
    as_text = adjusted_difference(people, outcome="score", arm="arm", covariates=["region"])
    as_block = adjusted_difference(people, outcome="score", arm="arm", block="region")
    number = people.assign(region=(people["region"] == "south") * 1)
    as_number = adjusted_difference(number, outcome="score", arm="arm", covariates=["region"])
    assert as_text.estimate == pytest.approx(as_number.estimate)
    assert as_block.se == pytest.approx(as_number.se)
    assert as_block.method == "ancova_hc2"


def test_weights_of_one_change_nothing_and_whole_weights_repeat_people():
    people = trial(9)
    plain = adjusted_difference(people, outcome="score", arm="arm", cluster="village")
    ones = adjusted_difference(people.assign(w=3.0), outcome="score", arm="arm", cluster="village", weights="w")
    assert (ones.se, ones.df) == (pytest.approx(plain.se), pytest.approx(plain.df))
    repeated = people.loc[people.index.repeat(people["village"] % 3 + 1)]
    weighted = adjusted_difference(people.assign(w=people["village"] % 3 + 1), outcome="score", arm="arm", weights="w")
    assert weighted.estimate == pytest.approx(adjusted_difference(repeated, outcome="score", arm="arm").estimate)
    unclustered = adjusted_difference(people.assign(w=3.0), outcome="score", arm="arm", weights="w")
    assert unclustered.se == pytest.approx(adjusted_difference(people, outcome="score", arm="arm").se)


def test_an_outcome_of_zero_and_one_is_a_risk_difference():
    people = trial(10).assign(knows=lambda d: d["score"] > 0)
    assert adjusted_difference(people, outcome="knows", arm="arm").measure is Measure.RISK_DIFFERENCE


def test_rows_with_a_gap_are_left_out_and_that_is_said():
    people = trial(11)
    people.loc[[3, 7], "age"] = np.nan
    result = adjusted_difference(people, outcome="score", arm="arm", covariates=["age"])
    assert (result.n, result.cautions) == (118, (Caution.ROWS_INCOMPLETE_DROPPED,))


def test_few_clusters_are_cautioned_and_one_is_refused():
    few = trial(12, clusters=10)
    assert Caution.FEW_CLUSTERS in adjusted_difference(few, outcome="score", arm="arm", cluster="village").cautions
    enough = trial(12, clusters=12)
    assert adjusted_difference(enough, outcome="score", arm="arm", cluster="village").cautions == ()
    lone = few.assign(arm=(few["village"] == 0).astype(int))
    refusal = NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.ONE_CLUSTER_IN_AN_ARM, n=120)
    assert adjusted_difference(lone, outcome="score", arm="arm", cluster="village") == refusal


def test_one_village_that_outweighs_the_others_is_cautioned_as_few():
    people = trial(15, n=1200, clusters=12)
    large = people["village"].isin([0, 1])
    uneven = pd.concat([people[large], people[~large].groupby("village").head(2)])
    result = adjusted_difference(uneven, outcome="score", arm="arm", cluster="village")
    assert result.df < 4
    assert result.cautions == (Caution.FEW_CLUSTERS,)


def test_clusters_whose_answers_are_all_alike_are_refused():
    result = adjusted_difference(trial(12).assign(score=1), outcome="score", arm="arm", cluster="village")
    assert result.reason is Reason.NO_VARIATION


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.assign(arm=1), Reason.NOBODY_IN_A_GROUP),
        (lambda d: d.assign(arm=(d.index == 0) * 1), Reason.ONE_PERSON_IN_A_GROUP),
        (lambda d: d.assign(score=1), Reason.NO_VARIATION),
        (lambda d: d.assign(score=d["arm"]), Reason.NO_VARIATION),
        (lambda d: d.assign(age=d["arm"]), Reason.COLLINEAR),
        (lambda d: d.assign(age=5.0), Reason.COLLINEAR),
        (lambda d: d.iloc[:3], Reason.ONE_PERSON_IN_A_GROUP),
        (lambda d: d.iloc[:0], Reason.NOBODY_IN_A_GROUP),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_its_reason(change, reason):
    result = adjusted_difference(change(trial(13)), outcome="score", arm="arm", covariates=["age"])
    assert result.reason is reason


def test_a_column_that_cannot_be_an_arm_or_a_weight_is_named():
    with pytest.raises(ValueError, match="column 'arm' holds 2, must be 0 or 1"):
        adjusted_difference(trial().assign(arm=2), outcome="score", arm="arm")
    with pytest.raises(ValueError, match="column 'weight' holds 0, weights must be above zero"):
        adjusted_difference(trial().assign(weight=0), outcome="score", arm="arm", weights="weight")


def test_a_row_fitted_exactly_adds_no_error():
    x = np.column_stack([np.ones(5), [0, 0, 1, 1, 1], [0, 0, 0, 0, 1]]).astype(float)
    y = np.array([1.0, 2.0, 3.0, 5.0, 9.0])
    assert fit_independent(x, y).standard_errors[1] == pytest.approx(math.sqrt(0.5 / 2 + 2 / 2))
    assert has_full_rank(x)
    assert has_full_rank(x * [1.0, 1e-12, 1e12])  # columns in whatever unit
    assert not has_full_rank(np.column_stack([x, 1e-12 * x[:, 1]]))


def test_clusters_of_several_sizes_in_two_arms_have_the_correlation_of_their_squares():
    # by hand: sums of squares 3 and 16 between clusters, 2 and 2 within; typical size (8 - 10 / 4 - 8 / 4) / 2
    outcome = np.array([5.0, 1, 0, 2, 4, 2, 5, 3])
    cluster = np.array([3, 0, 2, 1, 1, 2, 3, 1])
    icc, design_effect = intracluster_correlation(outcome, cluster, np.array([1, 0, 1, 0, 0, 1, 1, 0]))
    assert icc == pytest.approx((9.5 - 1) / (9.5 + 0.75 * 1))
    assert design_effect == pytest.approx(1 + (18 / 8 - 1) * icc)  # squares of the sizes over their sum


def test_clusters_less_alike_than_chance_have_no_correlation_and_one_an_arm_tells_none():
    outcome, cluster = np.array([0.0, 2, 0, 2, 0, 2]), np.array([0, 0, 1, 1, 2, 2])
    assert intracluster_correlation(outcome, cluster, np.zeros(6)) == (0, 1)
    assert intracluster_correlation(outcome[:4], cluster[:4], np.array([0, 0, 1, 1])) == (None, None)
    assert intracluster_correlation(outcome, cluster, np.array([0, 0, 0, 0, 1, 1])) == (0, 1)


def test_a_cluster_that_repeats_in_both_arms_counts_in_each():
    outcome, arm = np.array([0.0, 1, 4, 3, 1, 2, 6, 5]), np.repeat([0, 1], 4)
    shared = intracluster_correlation(outcome, np.array([0, 0, 1, 1, 0, 0, 1, 1]), arm)
    assert shared == pytest.approx(intracluster_correlation(outcome, np.array([0, 0, 1, 1, 2, 2, 3, 3]), arm))


@pytest.mark.parametrize(
    ("p_value", "placebo", "cautions"),
    [
        (0.24, 0.25, (Caution.FEW_CLUSTERS, Caution.PLACEBO_DISAGREES)),
        (0.25, 0.25, (Caution.FEW_CLUSTERS,)),  # the robust one does not see it either
        (0.24, 0.24, (Caution.FEW_CLUSTERS,)),
        (0.4, 0.9, (Caution.FEW_CLUSTERS,)),
    ],
)
def test_the_placebo_disagrees_where_only_the_robust_p_value_is_below_the_level(p_value, placebo, cautions):
    plain = adjusted_difference(trial(), outcome="score", arm="arm", conf_level=0.75)
    robust = dataclasses.replace(plain, p_value=p_value, cautions=(Caution.FEW_CLUSTERS,))
    beside = beside_placebo(robust, placebo)
    assert beside == dataclasses.replace(robust, placebo_p_value=placebo, cautions=cautions)
    assert beside_placebo(robust, None) == robust
    untested = dataclasses.replace(robust, p_value=None)
    assert beside_placebo(untested, placebo) == untested


@pytest.mark.parametrize(
    ("options", "method"),
    [
        ({"cluster": "village"}, "cr2"),
        ({"block": "region"}, "ancova_hc2"),
        ({"block": "region", "cluster": "village"}, "ancova_cr2"),
        ({"covariates": ["age"], "cluster": "village"}, "ancova_cr2"),
        ({"covariates": ["age"], "cluster": "village", "interacted": True}, "lin_cr2"),
        ({"interacted": True}, "hc2"),  # with nothing to interact
        ({"interacted": True, "block": "region"}, "ancova_hc2"),
    ],
)
def test_each_choice_of_columns_has_its_method(options, method):
    people = trial(16).assign(region=lambda d: d["village"] // 4)
    assert adjusted_difference(people, outcome="score", arm="arm", **options).method == method


def test_covariates_and_blocks_are_adjusted_for_together():
    people = trial(17).assign(region=lambda d: d["village"] // 4 * 10)
    by_hand = people.assign(one=(people["region"] == 10) * 1, two=(people["region"] == 20) * 1)
    found = adjusted_difference(people, outcome="score", arm="arm", covariates=["age"], block="region")
    other = adjusted_difference(by_hand, outcome="score", arm="arm", covariates=["age", "one", "two"])
    assert (found.estimate, found.se, found.df) == pytest.approx((other.estimate, other.se, other.df))


@pytest.mark.parametrize("interacted", [False, True])
def test_few_clusters_have_the_placebo_of_the_same_columns(interacted):
    people = trial(18, clusters=10).assign(region=lambda d: np.where(d["village"] < 4, "north", "south"))
    options = {"covariates": ["age"], "block": "region", "cluster": "village", "weights": "weight"}
    found = adjusted_difference(people, outcome="score", arm="arm", interacted=interacted, **options)
    age = people["age"] - people["age"].mean()
    columns = [np.ones(120), age, *([age * people["arm"]] if interacted else []), people["region"] == "south"]
    y, arm, village, weight = (people[name].to_numpy() for name in ("score", "arm", "village", "weight"))
    expected = placebo_p_value(
        y, np.column_stack(columns).astype(float), arm.astype(float), village,
        block=(people["region"] == "south").to_numpy(dtype=int), weights=weight,
    )  # fmt: skip
    assert found.placebo_p_value == pytest.approx(expected)
    assert found.placebo_p_value * 6 * 20 == pytest.approx(round(found.placebo_p_value * 6 * 20))
    assert (found.n, found.clusters, found.measure) == (120, 10, Measure.MEAN_DIFFERENCE)


def test_one_strange_value_among_many_is_named_and_weights_may_be_objects():
    people = trial(19)
    people.loc[5, "arm"] = 3
    with pytest.raises(ValueError, match="column 'arm' holds 3, must be 0 or 1"):
        adjusted_difference(people, outcome="score", arm="arm")
    plain = trial(19)
    objects = plain.astype({"weight": object})
    assert adjusted_difference(objects, outcome="score", arm="arm", weights="weight") == adjusted_difference(
        plain, outcome="score", arm="arm", weights="weight"
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_a_change_of_units_changes_only_the_units(seed, scale, shift):
    people = trial(seed, n=60)
    moved = people.assign(score=people["score"] * scale + shift, arm=1 - people["arm"])
    one = adjusted_difference(people, outcome="score", arm="arm", covariates=["age"], cluster="village")
    other = adjusted_difference(moved, outcome="score", arm="arm", covariates=["age"], cluster="village")
    assert other.estimate == pytest.approx(-scale * one.estimate, rel=1e-6, abs=1e-9 * scale)
    assert other.se == pytest.approx(scale * one.se, rel=1e-6)
    assert other.df == pytest.approx(one.df, rel=1e-6)
    assert other.icc == pytest.approx(one.icc, abs=1e-6)


def test_clustered_trials_without_an_effect_are_called_effective_one_time_in_twenty():
    # 10 clusters of 30 at an intracluster correlation of 0.05
    naive = honest = 0
    for seed in range(250):
        people = trial(seed, n=300, clusters=10, icc=0.05).assign(
            score=lambda d: d["score"] - 0.5 * d["arm"] - d["age"]
        )
        naive += adjusted_difference(people, outcome="score", arm="arm").p_value < 0.05
        result = adjusted_difference(people, outcome="score", arm="arm", cluster="village")
        assert isinstance(result, Estimate)
        honest += result.p_value < 0.05
    assert naive / 250 > 0.15
    assert 0.01 <= honest / 250 <= 0.085
