"""Planning, looks, sensitivity and several outcomes: properties and published numbers."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nct, norm

from metrics.estimates import Proportion
from metrics.looks import always_valid, boundaries
from metrics.multiplicity import adjusted_p_values, outcome_index, sharpened_q_values
from metrics.planning import (
    Clusters,
    TwoMeans,
    TwoProportions,
    power,
    precision,
    sample_size,
    smallest_detectable,
)
from metrics.proportions import risk_difference
from metrics.sensitivity import bound, e_value, e_value_of, robustness

SHARES = TwoProportions(baseline=0.30, changed=0.40)


@given(st.floats(0.05, 0.6), st.floats(0.05, 0.3), st.floats(0.5, 2), st.sampled_from([None, 0.0, 0.4]))
@settings(max_examples=50, deadline=None)
def test_the_planned_sample_has_the_wanted_power_and_sees_the_planned_change(baseline, change, ratio, correlation):
    outcome = TwoProportions(baseline=baseline, changed=baseline + change, correlation=correlation)
    n = sample_size(outcome, power=0.85, ratio=ratio)
    assert power(outcome, n=n, ratio=ratio) == pytest.approx(0.85, abs=1e-6)
    assert smallest_detectable(outcome, n=n, power=0.85, ratio=ratio) == pytest.approx(change, abs=1e-6)


def test_power_and_sample_sizes_are_those_of_r():
    # The examples on R's own pages for power.prop.test and power.t.test
    assert power(TwoProportions(baseline=0.50, changed=0.75), n=50) == pytest.approx(0.740, abs=5e-4)
    assert sample_size(TwoProportions(baseline=0.50, changed=0.75), power=0.90) == pytest.approx(76.7, abs=0.05)
    assert power(TwoMeans(difference=1, sd=1), n=20) == pytest.approx(0.8689528, abs=5e-8)
    assert sample_size(TwoMeans(difference=1, sd=1), power=0.90) == pytest.approx(22.02110, abs=5e-6)
    assert smallest_detectable(TwoMeans(difference=0, sd=1), n=22.02110, power=0.90) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("correlation", "waves"), [(None, 1.0), (0.4, 1.2)])
def test_power_for_shares_in_groups_of_unequal_size_has_a_closed_form(correlation, waves):
    # 120 people of whom 40 in a hundred know, 240 of whom 30 do: together 40 + 2 * 30 = 100 of 300
    null = math.sqrt(waves * (1 / 3) * (2 / 3) * (1 / 120 + 1 / 240))
    own = math.sqrt(waves * (0.4 * 0.6 / 120 + 0.3 * 0.7 / 240))
    upper, lower = (norm.cdf((sign * 0.1 - 1.6448536269514722 * null) / own) for sign in (1, -1))
    outcome = TwoProportions(baseline=0.3, changed=0.4, correlation=correlation)
    assert power(outcome, n=120, ratio=2, conf_level=0.9) == pytest.approx(upper)
    assert power(outcome, n=120, ratio=2, conf_level=0.9, both_tails=True) == pytest.approx(upper + lower)
    fewer = TwoProportions(baseline=0.4, changed=0.3, correlation=correlation)
    assert power(fewer, n=240, ratio=0.5, conf_level=0.9) == pytest.approx(upper)


def test_power_for_means_in_groups_of_unequal_size_is_that_of_the_noncentral_t():
    # 20 and 40 people, 58 degrees of freedom, critical value qt(.95, 58); changes that correlate by 0.4 vary 1.2 times
    se = 2 * math.sqrt(1.2 * (1 / 20 + 1 / 40))
    critical = 1.671552762454859
    outcome = TwoMeans(difference=-1, sd=2, correlation=0.4)
    upper, lower = nct.sf(critical, 58, 1 / se), nct.cdf(-critical, 58, 1 / se)
    assert power(outcome, n=20, ratio=2, conf_level=0.9) == pytest.approx(upper)
    assert power(outcome, n=20, ratio=2, conf_level=0.9, both_tails=True) == pytest.approx(upper + lower)


@pytest.mark.parametrize(
    ("outcome", "variance"),
    [
        (TwoProportions(baseline=0.3, changed=0.4, correlation=0.4), 1.2 * (0.4 * 0.6 + 0.3 * 0.7 / 2)),
        (TwoProportions(baseline=0.4, changed=0.3), 0.3 * 0.7 + 0.4 * 0.6 / 2),
        (TwoMeans(difference=-0.1, sd=0.5), 0.25 * 1.5),
    ],
)
def test_power_with_clusters_counts_their_likeness_and_their_number(outcome, variance):
    # 10 and 20 places of 15 people on average (CV 0.4): design effect 1 + (1.16 * 15 - 1) * 0.05 = 1.82, 28 df
    se = math.sqrt(variance * 1.82 / (10 * 15))
    places = Clusters(size=15, icc=0.05, size_variation=0.4)
    assert places.design_effect == pytest.approx(1.82)
    critical = 1.7011309342659326  # qt(.95, 28)
    upper, lower = nct.sf(critical, 28, 0.1 / se), nct.cdf(-critical, 28, 0.1 / se)
    assert power(outcome, n=10, ratio=2, clusters=places, conf_level=0.9) == pytest.approx(upper)
    both = power(outcome, n=10, ratio=2, clusters=places, conf_level=0.9, both_tails=True)
    assert both == pytest.approx(upper + lower)


@pytest.mark.parametrize("outcome", [SHARES, TwoMeans(difference=0.4, sd=1.5)])
@pytest.mark.parametrize("places", [None, Clusters(size=12, icc=0.03)])
def test_a_sample_size_turns_power_around_at_every_level(outcome, places):
    options = {"ratio": 1.5, "clusters": places, "conf_level": 0.9}
    n = sample_size(outcome, **options)
    assert power(outcome, n=n, **options) == pytest.approx(0.80, abs=1e-6)  # unless told otherwise
    change = outcome.difference if isinstance(outcome, TwoMeans) else outcome.changed - outcome.baseline
    assert smallest_detectable(outcome, n=n, **options) == pytest.approx(change, abs=1e-6)


def test_a_whole_sample_may_be_certain_and_a_cluster_may_be_one_person():
    assert power(TwoProportions(baseline=0.5, changed=1.0), n=50) > 0.99
    assert power(TwoProportions(baseline=0.5, changed=0.0), n=50) > 0.99
    alone = Clusters(size=1, icc=1.0)
    assert (alone.design_effect, Clusters(size=7, icc=1.0).design_effect) == (1.0, 7.0)
    assert (precision(0.0, n=10), precision(1.0, n=10)) == (0.0, 0.0)
    assert precision(0.2, n=100, conf_level=0.9) == pytest.approx(1.6448536269514722 * 0.04)


def test_clusters_without_likeness_cost_only_degrees_of_freedom():
    alone = power(TwoMeans(difference=0.3, sd=1), n=400)
    together = power(TwoMeans(difference=0.3, sd=1), n=200, clusters=Clusters(size=2, icc=0.0))
    assert together == pytest.approx(alone, abs=0.002)


def test_more_likeness_within_clusters_needs_more_clusters():
    needed = [sample_size(SHARES, clusters=Clusters(size=20, icc=icc)) for icc in (0.0, 0.02, 0.10)]
    assert needed == sorted(needed)
    assert Clusters(size=20, icc=0.05).design_effect == pytest.approx(1.95)


def test_asking_the_same_people_twice_saves_interviews_where_answers_agree():
    once = sample_size(SHARES)
    assert sample_size(TwoProportions(baseline=0.3, changed=0.4, correlation=0.0)) == pytest.approx(2 * once)
    assert sample_size(TwoProportions(baseline=0.3, changed=0.4, correlation=0.8)) == pytest.approx(0.4 * once)


def test_planned_power_is_met_in_simulated_surveys():
    rng = np.random.default_rng(20260102)
    n = math.ceil(sample_size(SHARES, power=0.8))
    found = 0
    for a, b in rng.binomial(n, [0.40, 0.30], size=(1500, 2)):
        found += risk_difference(Proportion(int(a), n), Proportion(int(b), n)).p_value < 0.05
    # 1500 draws have a standard error of one in a hundred.
    assert found / 1500 == pytest.approx(0.80, abs=0.035)


def test_precision_of_a_share_is_that_of_the_textbook():
    assert precision(0.5, n=400) == pytest.approx(1.959964 * 0.025, abs=1e-6)
    assert precision(0.5, n=400, clusters=Clusters(size=11, icc=0.1)) == pytest.approx(1.959964 * 0.025 * math.sqrt(2))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: TwoProportions(baseline=0, changed=0.5), "not shares of people"),
        (lambda: TwoProportions(baseline=1, changed=0.5), "1 and 0.5 are not shares of people"),
        (lambda: TwoProportions(baseline=0.5, changed=1.01), "not shares of people"),
        (lambda: TwoProportions(baseline=0.5, changed=-0.01), "not shares of people"),
        (lambda: TwoProportions(baseline=0.5, changed=0.5, correlation=1.0), "below 1"),
        (lambda: TwoMeans(difference=1, sd=1, correlation=-0.1), "a correlation of -0.1 must be"),
        (lambda: Clusters(size=5, icc=1.1), "clusters of 5 with correlation 1.1 cannot be"),
        (lambda: Clusters(size=5, icc=-0.1), "cannot be"),
        (lambda: Clusters(size=5, icc=0.1, size_variation=-0.1), "cannot be"),
        (lambda: power(SHARES, n=10, ratio=0), "groups of 10 and 0 are not above zero"),
        (lambda: sample_size(SHARES, power=0.0), "a power of 0.0 must be"),
        (lambda: smallest_detectable(SHARES, n=9, power=1.0), "between 0 and 1"),
        (lambda: precision(-0.1, n=10), "cannot be"),
        (lambda: precision(0.5, n=0), "a share of 0.5 from 0 people cannot be"),
        (lambda: TwoMeans(difference=1, sd=0), "not above zero"),
        (lambda: Clusters(size=0, icc=0.1), "cannot be"),
        (lambda: power(SHARES, n=0), "not above zero"),
        (lambda: sample_size(TwoProportions(baseline=0.5, changed=0.5)), "no sample is large enough"),
        (lambda: sample_size(SHARES, power=1.0), "between 0 and 1"),
        (lambda: smallest_detectable(SHARES, n=2), "no increase would be seen"),
        (lambda: precision(1.5, n=10), "cannot be"),
        (lambda: always_valid(0.1, 0.0, 10), "above zero"),
        (lambda: boundaries(0), "no boundaries"),
        (lambda: boundaries(3, rule="haybittle"), "must be obrien_fleming or pocock"),
        (lambda: e_value(2.0, 2.5, 3.0), "not a ratio with its interval"),
        (lambda: e_value_of(risk_difference(Proportion(3, 9), Proportion(2, 9))), "not of a risk_difference"),
        (lambda: robustness(2.0, 1.0), "no room"),
        (lambda: bound(outcome_share=0.1, reached_share=1.0, se=1, df=10), "not shares of variance"),
        (lambda: adjusted_p_values([0.1], method="tukey"), "must be one of"),
        (lambda: adjusted_p_values([1.2]), "not p-values"),
        (lambda: sharpened_q_values([]), "not p-values"),
        (lambda: outcome_index(pd.DataFrame({"a": [1.0, 1.0, 0.0]}), comparison=[True, True, False]), "nothing varies"),
    ],
)
def test_what_cannot_be_is_refused_with_the_value(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_too_few_clusters_have_no_power():
    assert power(SHARES, n=1, clusters=Clusters(size=50, icc=0.05)) == 0.0
    assert power(TwoMeans(difference=1, sd=1), n=1) == 0.0


def test_an_interval_for_all_looks_covers_at_every_look():
    rng = np.random.default_rng(20260103)
    misses = 0
    for _ in range(400):
        values = rng.normal(size=2000)
        n = np.arange(50, 2001, 50)
        means = np.cumsum(values)[n - 1] / n
        misses += any(
            not result.conf_low <= 0 <= result.conf_high
            for result in (always_valid(float(m), 1 / math.sqrt(k), int(k)) for m, k in zip(means, n, strict=True))
        )
    assert misses / 400 <= 0.05


def test_the_p_value_for_all_looks_agrees_with_its_interval():
    for estimate in np.linspace(0.0, 0.08, 40):
        result = always_valid(float(estimate), 0.012, 4000)
        assert (result.p_value < 0.05) == (not result.conf_low <= 0 <= result.conf_high)


def test_boundaries_are_those_of_the_published_tables():
    # Pocock (1977), table 1, and O'Brien and Fleming (1979) as printed by Jennison and Turnbull, tables 2.1 and 2.3.
    assert boundaries(5, rule="pocock")[0] == pytest.approx(2.413, abs=5e-4)
    assert boundaries(5)[-1] == pytest.approx(2.040, abs=5e-4)
    assert boundaries(1)[0] == pytest.approx(1.959964, abs=1e-6)


def test_an_interval_that_includes_no_difference_needs_no_hidden_cause():
    assert e_value(1.2, 0.9, 1.6).limit == 1.0
    assert e_value(0.5, 0.3, 0.8).estimate == pytest.approx(e_value(2.0, 1.25, 10 / 3).estimate)


def test_a_cause_as_strong_as_the_robustness_value_explains_the_estimate_away():
    result = robustness(4.0, 60)
    assert bound(outcome_share=result.value, reached_share=result.value, se=0.5, df=60) == pytest.approx(2.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_corrected_p_values_keep_their_order_and_are_never_smaller(p_values):
    for method in ("bonferroni", "holm", "benjamini_hochberg"):
        adjusted = adjusted_p_values(p_values, method=method)
        assert all(after >= before - 1e-12 for before, after in zip(p_values, adjusted, strict=True))
    holm, bonferroni = adjusted_p_values(p_values), adjusted_p_values(p_values, method="bonferroni")
    assert all(a <= b + 1e-12 for a, b in zip(holm, bonferroni, strict=True))


def test_two_outcomes_that_say_the_same_count_once():
    rng = np.random.default_rng(7)
    a, c = rng.normal(size=(2, 400))
    three = pd.DataFrame({"a": a, "same": a + rng.normal(scale=1e-3, size=400), "c": c})
    two = outcome_index(three[["a", "c"]], comparison=[True] * 200 + [False] * 200)
    assert outcome_index(three, comparison=[True] * 200 + [False] * 200).corr(two) > 0.99


def test_a_persons_missing_outcome_is_left_out_and_nobodys_stays_missing():
    table = pd.DataFrame({"a": [0.0, 1.0, math.nan, math.nan], "b": [0.0, 1.0, 1.0, math.nan]})
    index = outcome_index(table, comparison=[True, True, False, False])
    assert index.notna().tolist() == [True, True, True, False]


def test_the_fewest_places_there_can_be_may_be_enough() -> None:
    large = Clusters(size=100_000, icc=0.0)
    places = sample_size(TwoProportions(baseline=0.1, changed=0.9), clusters=large, power=0.3)
    assert math.ceil(places) == 2


@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_the_unit_of_an_outcome_changes_the_smallest_change_by_itself_alone(unit):
    plain, other = (smallest_detectable(TwoMeans(difference=0, sd=sd), n=175) for sd in (1.0, unit))
    assert other == pytest.approx(plain * unit, rel=1e-9)


def test_between_one_and_two_degrees_of_freedom_a_large_change_is_seen():
    assert power(TwoMeans(difference=100, sd=1), n=1.7) > 0.5
    assert power(TwoMeans(difference=100, sd=1), n=1.4) == 0
    assert precision(0.5, n=1) == pytest.approx(0.98, abs=0.001)
    with pytest.raises(ValueError, match=r"^no sample is large enough to see this change$"):
        sample_size(TwoProportions(baseline=0.5, changed=0.5))
