"""Shares on three scales by their closed forms, and redraws of arms by listing them all."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from metrics.estimates import Caution, Estimate, Measure, Reason
from metrics.trials import adjusted_difference, adjusted_shares, randomisation_test, wild_cluster_bootstrap
from metrics.trials.logistic import fit_logistic

KNOWS = np.repeat([1.0, 0, 1, 0], [56, 14, 48, 32])  # 56 of 70 know, and 48 of 80
ARM = np.repeat([1.0, 0], [70, 80])


@pytest.mark.parametrize(
    ("scale", "measure", "value", "slope"),
    [
        ("difference", Measure.RISK_DIFFERENCE, 0.8 - 0.6, lambda p: 1.0),
        ("ratio", Measure.RISK_RATIO, math.log(0.8 / 0.6), lambda p: 1 / p),
        ("odds_ratio", Measure.ODDS_RATIO, math.log(4 / 1.5), lambda p: 1 / (p * (1 - p))),
    ],
)
def test_each_scale_has_the_error_of_its_closed_form(scale, measure, value, slope):
    """HC2 of a share p of n is p (1 - p) / (n - 1); the delta method multiplies by the scale's slope."""
    rows = pd.DataFrame({"knows": KNOWS, "arm": ARM})
    found = getattr(adjusted_shares(rows, outcome="knows", arm="arm", conf_level=0.9), scale)
    se = math.sqrt(sum((slope(p) ** 2) * p * (1 - p) / (n - 1) for p, n in ((0.8, 70), (0.6, 80))))
    half = student.ppf(0.95, 148) * se
    back = math.exp if measure.is_ratio else float
    assert isinstance(found, Estimate)
    assert (found.measure, found.n, found.df, found.conf_level) == (measure, 150, 148, 0.9)
    assert (found.estimate, found.se) == pytest.approx((back(value), se))
    assert (found.conf_low, found.conf_high) == pytest.approx((back(value - half), back(value + half)))
    assert found.p_value == pytest.approx(2 * student.sf(value / se, 148))


def test_weighted_shares_have_the_slopes_of_small_steps():
    """The delta method with derivatives taken by small steps of each coefficient."""
    rng = np.random.default_rng(3)
    age, weight = rng.normal(size=150), rng.integers(1, 5, size=150).astype(float)
    design = np.column_stack([np.ones(150), ARM, age - age.mean()])
    fit = fit_logistic(design, KNOWS, weights=weight)

    def shares(coefficients):
        sides = []
        for side in (1.0, 0.0):
            there = design.copy()
            there[:, 1] = side
            sides.append(np.average(1 / (1 + np.exp(-there @ coefficients)), weights=weight))
        return np.array([sides[0] - sides[1], math.log(sides[0] / sides[1])])

    steps = 1e-5 * np.eye(3)
    slopes = np.array([(shares(fit.coefficients + h) - shares(fit.coefficients - h)) / 2e-5 for h in steps])
    rows = pd.DataFrame({"knows": KNOWS, "arm": ARM, "age": age, "weight": weight})
    found = adjusted_shares(rows, outcome="knows", arm="arm", covariates=["age"], weights="weight")
    assert found.odds_ratio.se == pytest.approx(fit.standard_errors[1])
    expected = zip((found.difference, found.ratio), shares(fit.coefficients), slopes.T, strict=True)
    for estimate, value, slope in expected:
        assert estimate.estimate == pytest.approx(math.exp(value) if estimate.measure.is_ratio else value)
        assert estimate.se == pytest.approx(math.sqrt(slope @ fit.covariance @ slope), rel=1e-6)


def test_the_placebo_of_shares_has_the_blocks_and_weights():
    rng = np.random.default_rng(4)
    rows = pd.DataFrame({"village": np.repeat(np.arange(8), 12)})
    rows["arm"], rows["block"] = rows["village"] % 2, (rows["village"] > 2).astype(int)
    rows["knows"] = (rng.random(96) < 0.3 + 0.1 * rows["village"] / 2).astype(int)
    rows["weight"] = 1.0 + 5 * (rows["village"] == 5) + 7 * rows["knows"] * (rows["village"] == 2)
    names = {"outcome": "knows", "arm": "arm", "cluster": "village"}
    placebos = []
    for options in ({}, {"block": "block"}, {"weights": "weight"}, {"block": "block", "weights": "weight"}):
        found = adjusted_shares(rows, **names, **options).difference
        assert Caution.FEW_CLUSTERS in found.cautions
        assert found.placebo_p_value == adjusted_difference(rows, **names, **options).placebo_p_value
        placebos.append(found.placebo_p_value)
    assert len(set(placebos)) == 4


def studentised(y, arms, others, cluster):
    """Effect and CR0 error of the arm beside other columns, by their definition; no error where these tell the arm."""
    q, _ = np.linalg.qr(others)
    arm, rest = arms - q @ (q.T @ arms), y - q @ (q.T @ y)
    if arm @ arm < 1e-9:
        return math.inf, 1.0
    effect = arm @ rest / (arm @ arm)
    scores = np.bincount(cluster, arm * (rest - effect * arm))
    return effect, math.sqrt(scores @ scores) / (arm @ arm)


def villages(seed):
    rng = np.random.default_rng(seed)
    village = np.repeat(np.arange(8), [3, 5, 4, 6, 3, 5, 4, 2])
    rows = pd.DataFrame({"village": village, "arm": village % 2, "age": rng.normal(size=32), "half": village // 4})
    rows["score"] = 1.5 * rows["arm"] + rng.normal(size=8)[village] + rng.normal(size=32)
    return rows.sample(frac=1, random_state=seed).reset_index(drop=True)  # villages in no order


def listed(rows, others, *, within=None):
    """The p-value by listing every choice of four of eight villages, or of two in either half."""
    halves = [range(8)] if within is None else [range(4), range(4, 8)]
    picks = itertools.product(*(itertools.combinations(half, len(half) // 2) for half in halves))
    y, cluster = rows["score"].to_numpy(), rows["village"].to_numpy()
    found = [studentised(y, np.isin(cluster, sum(pick, ())).astype(float), others, cluster) for pick in picks]
    effect, se = studentised(y, rows["arm"].to_numpy(dtype=float), others, cluster)
    far = [abs(one) / error for one, error in found]
    return effect, se, np.mean(np.array(far) >= abs(effect) / se * (1 - 1e-9))


def redrawn(rows, **options):
    options = {"rng": np.random.default_rng(1)} | options
    return randomisation_test(rows, outcome="score", arm="arm", cluster="village", **options)


def test_clusters_drawn_again_have_the_p_value_of_all_choices():
    rows = villages(3)
    effect, se, p_value = listed(rows, np.ones((32, 1)))
    found = redrawn(rows)
    assert (found.estimate, found.se, found.p_value) == pytest.approx((effect, se, p_value))
    assert (found.df, found.clusters, found.measure) == (math.inf, 8, Measure.MEAN_DIFFERENCE)
    assert 2 / 70 < p_value < 1


def test_arms_are_drawn_again_within_blocks():
    rows = villages(4)
    others = np.column_stack([np.ones(32), rows["half"] == 1])
    effect, se, p_value = listed(rows, others, within="half")
    found = redrawn(rows, block="half")
    assert (found.estimate, found.se, found.p_value) == pytest.approx((effect, se, p_value))
    assert p_value * 36 == pytest.approx(round(p_value * 36))


def test_a_choice_of_arms_that_a_covariate_tells_counts_as_far_out():
    rows = villages(5).assign(south=lambda t: (t["village"] < 4).astype(float))  # itself one choice of four villages
    effect, se, p_value = listed(rows, np.column_stack([np.ones(32), rows["south"]]))
    found = redrawn(rows, covariates=["south"])
    assert (found.estimate, found.se, found.p_value) == pytest.approx((effect, se, p_value))


def test_other_draws_and_another_number_of_them_are_used_where_all_are_too_many():
    rng = np.random.default_rng(6)
    rows = pd.DataFrame({"village": np.arange(24), "arm": np.arange(24) % 2, "score": rng.normal(size=24)})
    one, other = (redrawn(rows, rng=np.random.default_rng(seed), draws=199).p_value for seed in (1, 2))
    assert one != other
    assert one * 200 == pytest.approx(round(one * 200))


def test_signs_are_all_listed_up_to_ten_thousand_and_else_drawn():
    rng = np.random.default_rng(7)
    rows = pd.DataFrame({"village": np.arange(14), "arm": np.arange(14) % 2, "score": rng.normal(size=14)})

    def p_value(rows, seed):
        return wild_cluster_bootstrap(
            rows, outcome="score", arm="arm", cluster="village", rng=np.random.default_rng(seed), draws=199
        ).p_value

    assert p_value(rows, 1) * 200 == pytest.approx(round(p_value(rows, 1) * 200))  # 2 ** 14 would be too many
    assert p_value(rows, 1) != p_value(rows, 2)
    fewer = rows[rows["village"] < 13]
    assert p_value(fewer, 1) == p_value(fewer, 2)
    assert p_value(fewer, 1) * 2**13 == pytest.approx(round(p_value(fewer, 1) * 2**13))


@pytest.mark.parametrize("method", [randomisation_test, wild_cluster_bootstrap])
def test_yes_and_no_are_a_risk_difference_where_arms_or_signs_are_drawn_again(method):
    rows = villages(8).assign(score=lambda t: (t["score"] > 1).astype(int))
    options = {"outcome": "score", "arm": "arm", "cluster": "village", "rng": np.random.default_rng(1)}
    assert method(rows, **options).measure is Measure.RISK_DIFFERENCE
    assert method(rows.assign(score=1), **options).reason is Reason.NO_VARIATION
    assert method(rows.assign(score=1), **options).measure is Measure.RISK_DIFFERENCE
