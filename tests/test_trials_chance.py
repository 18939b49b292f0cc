"""The bootstrap of clusters and the redrawing of arms, against full enumeration by their definitions."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason
from metrics.least_squares import Correction, fit_clustered
from metrics.trials import adjusted_difference, randomisation_test, wild_cluster_bootstrap
from metrics.trials.randomisation import assignments


def villages(seed=0, *, clusters=8, people=6, effect=0.0):
    rng = np.random.default_rng(seed)
    village = np.repeat(np.arange(clusters), people)
    arm = village % 2
    score = effect * arm + rng.normal(size=clusters)[village] + rng.normal(size=len(village))
    return pd.DataFrame({"village": village, "arm": arm, "score": score, "age": rng.normal(size=len(village))})


def rng():
    return np.random.default_rng(7)


def bootstrap(rows, **options):
    return wild_cluster_bootstrap(rows, outcome="score", arm="arm", cluster="village", rng=rng(), **options)


def by_enumeration(rows, assumed=0.0):
    """The p-value of the restricted bootstrap with all signs, refitted draw by draw."""
    y, arm = rows["score"].to_numpy() - assumed * rows["arm"].to_numpy(), rows["arm"].to_numpy(dtype=float)
    cluster = rows["village"].to_numpy()
    x = np.column_stack([np.ones(len(rows)), arm])
    fitted, distances = np.full(len(rows), y.mean()), []
    for signs in itertools.product((1, -1), repeat=cluster.max() + 1):
        drawn = fitted + (y - fitted) * np.array(signs)[cluster]
        fit = fit_clustered(x, drawn, cluster, correction=Correction.CR1S)
        distances.append(abs(fit.coefficients[1] / fit.standard_errors[1]))
    return np.mean(np.array(distances) >= distances[0] * (1 - 1e-9))


def test_the_bootstrap_equals_refitting_every_draw():
    rows = villages(1, clusters=6, effect=1.0)
    result = bootstrap(rows)
    assert result.p_value == pytest.approx(by_enumeration(rows))
    assert (result.method, result.clusters, result.n, result.df) == (Method.WILD_CLUSTER_BOOTSTRAP, 6, 36, math.inf)
    plain = adjusted_difference(rows, outcome="score", arm="arm", cluster="village")
    assert result.estimate == pytest.approx(plain.estimate)


def test_limits_of_the_bootstrap_are_effects_only_just_kept():
    rows = villages(2, clusters=8, effect=2.0)
    result = bootstrap(rows)
    for limit, outwards in ((result.conf_low, -1), (result.conf_high, 1)):
        assert by_enumeration(rows, limit - outwards * 1e-6) >= 0.05
        assert by_enumeration(rows, limit + outwards * 1e-6) < 0.05


@pytest.mark.parametrize("signs", ["rademacher", "webb"])
def test_few_clusters_never_give_a_p_value_of_zero(signs):
    rows = villages(3, clusters=4, effect=50.0)
    result = bootstrap(rows, signs=signs)
    assert result.p_value >= (2 / 16 if signs == "rademacher" else 2 / 6**4)
    if signs == "rademacher":  # no effect can be rejected
        assert (result.conf_low, result.conf_high) == (-math.inf, math.inf)


def test_many_clusters_are_sampled_and_the_sample_decides_little():
    rows = villages(4, clusters=20, effect=0.8)
    one, other = (
        wild_cluster_bootstrap(
            rows, outcome="score", arm="arm", cluster="village", rng=np.random.default_rng(seed), draws=1_999
        )
        for seed in (1, 2)
    )
    assert one.p_value == pytest.approx(other.p_value, abs=0.03)
    assert one.p_value >= 1 / 2_000
    assert one.conf_low == pytest.approx(other.conf_low, abs=0.25)


def test_covariates_and_gaps_are_those_of_the_plain_difference():
    rows = villages(5)
    rows.loc[0, "age"] = np.nan
    result = bootstrap(rows, covariates=["age"])
    plain = adjusted_difference(rows, outcome="score", arm="arm", cluster="village", covariates=["age"])
    assert result.estimate == pytest.approx(plain.estimate)
    assert Caution.ROWS_INCOMPLETE_DROPPED in result.cautions


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda rows: rows[rows["arm"] == 1], Reason.NOBODY_IN_A_GROUP),
        (lambda rows: rows[rows["village"].isin([0, 1, 3])], Reason.ONE_CLUSTER_IN_AN_ARM),
        (lambda rows: rows.assign(score=1.0), Reason.NO_VARIATION),
        (lambda rows: rows.assign(age=rows["arm"]), Reason.COLLINEAR),
    ],
)
def test_what_cannot_be_redrawn_is_refused_with_its_reason(change, reason):
    rows = change(villages(6))
    for result in (
        bootstrap(rows, covariates=["age"] if reason is Reason.COLLINEAR else ()),
        randomisation_test(
            rows, outcome="score", arm="arm", cluster="village", rng=rng(),
            covariates=["age"] if reason is Reason.COLLINEAR else (),
        ),
    ):  # fmt: skip
        assert isinstance(result, NotEstimable)
        assert result.reason is reason


def test_redrawing_arms_equals_studentised_differences_of_all_assignments():
    people = pd.DataFrame({"arm": [1, 1, 1, 0, 0, 0, 0], "score": [7.0, 9, 6, 5, 3, 6, 4]})
    y = people["score"].to_numpy()

    def distance(chosen):
        own = np.isin(np.arange(7), chosen)
        spread = y[own].var() / own.sum() + y[~own].var() / (~own).sum()  # HC0
        return abs(y[own].mean() - y[~own].mean()) / math.sqrt(spread)

    distances = [distance(chosen) for chosen in itertools.combinations(range(7), 3)]
    result = randomisation_test(people, outcome="score", arm="arm", rng=rng())
    assert result.p_value == pytest.approx(np.mean(np.array(distances) >= distance((0, 1, 2)) - 1e-9))
    assert result.estimate == pytest.approx(22 / 3 - 4.5)
    assert (result.method, result.n, result.clusters) == (Method.RANDOMISATION, 7, None)


def test_the_lady_tasting_tea_is_one_in_seventy():
    # Fisher (1935): four cups of eight told right; two-sided both ends count
    cups = pd.DataFrame({"arm": [1] * 4 + [0] * 4, "score": [1] * 4 + [0] * 4})
    result = randomisation_test(cups, outcome="score", arm="arm", rng=rng())
    assert result.p_value == pytest.approx(2 / 70)
    assert (result.estimate, result.se) == (1, None)  # nothing varies within the arms
    assert 0 < result.conf_low < 1 < result.conf_high


def test_blocks_and_clusters_limit_the_assignments():
    drawn = assignments(np.array([1.0, 0, 1, 0]), np.array([0, 0, 1, 1]), draws=9, rng=rng())
    assert sorted(map(tuple, drawn)) == [(0, 1, 0, 1), (0, 1, 1, 0), (1, 0, 0, 1), (1, 0, 1, 0)]
    assert tuple(drawn[0]) == (1, 0, 1, 0)
    rows = villages(8, clusters=6)
    result = randomisation_test(rows, outcome="score", arm="arm", cluster="village", rng=rng())
    assert result.p_value * 20 == pytest.approx(round(result.p_value * 20))
    assert (result.conf_low, result.conf_high) == (-math.inf, math.inf)  # none of 20 is rarer than one in ten


def test_a_cluster_in_both_arms_was_not_assigned_whole():
    rows = villages(9)
    rows.loc[0, "arm"] = 1
    with pytest.raises(ValueError, match="a village is in both arms"):
        randomisation_test(rows, outcome="score", arm="arm", cluster="village", rng=rng())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(-2, 2))
def test_intervals_exclude_no_difference_exactly_where_the_p_value_is_small(seed, effect):
    rows = villages(seed, clusters=9, people=3, effect=effect)
    for result in (
        bootstrap(rows),
        randomisation_test(rows, outcome="score", arm="arm", rng=rng(), cluster="village", conf_level=0.9),
    ):
        assert isinstance(result, Estimate)
        assert result.excludes_no_difference == (result.p_value < 1 - result.conf_level)
        assert result.conf_low <= result.estimate <= result.conf_high
        assert 0 < result.p_value <= 1


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 100), st.floats(-50, 50))
def test_redraws_do_not_depend_on_the_unit(seed, scale, shift):
    rows = villages(seed, clusters=8, people=3, effect=1.0)
    one = randomisation_test(rows, outcome="score", arm="arm", rng=rng(), cluster="village")
    other = randomisation_test(
        rows.assign(score=rows["score"] * scale + shift), outcome="score", arm="arm", rng=rng(), cluster="village"
    )
    assert other.p_value == pytest.approx(one.p_value)
    assert other.conf_low == pytest.approx(one.conf_low * scale, rel=1e-4, abs=1e-4 * scale)


def test_few_clusters_have_the_placebo_beside_the_robust_p_value():
    rows = villages(10, clusters=8, effect=0.3)  # four in each arm: 70 assignments
    result = adjusted_difference(rows, outcome="score", arm="arm", cluster="village")
    means = rows.groupby("village")["score"].mean().to_numpy()

    def difference(chosen):
        own = np.isin(np.arange(8), chosen)
        return abs(means[own].mean() - means[~own].mean())

    all_of_them = np.array([difference(chosen) for chosen in itertools.combinations(range(8), 4)])
    assert result.placebo_p_value == pytest.approx(np.mean(all_of_them >= difference((1, 3, 5, 7)) - 1e-9))
    assert Caution.FEW_CLUSTERS in result.cautions


def test_a_robust_result_that_the_placebo_does_not_see_is_cautioned():
    rows = villages(11, clusters=6, effect=30.0)  # twenty assignments: no placebo is rarer than one in ten
    result = adjusted_difference(rows, outcome="score", arm="arm", cluster="village")
    assert result.p_value < 0.05 <= result.placebo_p_value
    assert Caution.PLACEBO_DISAGREES in result.cautions


def test_many_clusters_have_no_placebo():
    result = adjusted_difference(villages(12, clusters=24), outcome="score", arm="arm", cluster="village")
    assert (result.placebo_p_value, result.cautions) == (None, ())


def test_weights_and_blocks_reach_the_placebo():
    rows = villages(13, clusters=8).assign(weight=2.0, block=lambda t: t["village"] // 4)
    plain = adjusted_difference(rows, outcome="score", arm="arm", cluster="village", block="block")
    weighted = adjusted_difference(rows, outcome="score", arm="arm", cluster="village", block="block", weights="weight")
    assert weighted.placebo_p_value == pytest.approx(plain.placebo_p_value)
    assert plain.placebo_p_value * 36 == pytest.approx(round(plain.placebo_p_value * 36))  # 6 x 6 assignments


def test_more_assignments_than_can_be_listed_are_sampled():
    arm, block = np.array([1.0, 0] * 30), np.array([0] * 40 + [1] * 20)
    drawn = assignments(arm, block, draws=500, rng=rng())
    assert drawn.shape == (501, 60)
    assert (drawn[0] == arm).all()
    assert (drawn[:, :40].sum(axis=1) == 20).all()
    assert (drawn[:, 40:].sum(axis=1) == 10).all()
    assert abs(drawn[1:, 0].mean() - 0.5) < 0.1
    rows = villages(14, clusters=40)
    one, other = (
        randomisation_test(rows, outcome="score", arm="arm", cluster="village", rng=np.random.default_rng(seed))
        for seed in (1, 2)
    )
    assert one.p_value == pytest.approx(other.p_value, abs=0.03)


def test_arms_that_split_clusters_have_no_placebo():
    rows = villages(15, clusters=6)
    rows["arm"] = np.arange(len(rows)) % 2
    rows.loc[rows["village"] == 0, "arm"] = 1
    result = adjusted_difference(rows, outcome="score", arm="arm", cluster="village")
    assert result.placebo_p_value is None


def test_gaps_are_said_where_arms_are_drawn_again():
    rows = villages(16)
    rows.loc[0, "score"] = np.nan
    result = randomisation_test(rows, outcome="score", arm="arm", cluster="village", rng=rng())
    assert result.cautions == (Caution.ROWS_INCOMPLETE_DROPPED,)
