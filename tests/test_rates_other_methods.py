"""Other methods beside the comparison of rates, and the comparison of totals alone."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from metrics.estimates import Caution, Measure, NotEstimable, Proportion, Reason
from metrics.proportions import rate_ratio
from metrics.rates import compare_rates, compare_totals, other_methods
from tests.test_rates import A, B, campaigns, days

# Other methods -------------------------------------------------------------------------------------------------------


def test_the_quasi_binomial_check_is_the_ratio_of_totals_widened_by_the_dispersion():
    first = other_methods(A, B)[0]
    xa, xb = A["numerator"].sum(), B["numerator"].sum()
    spread = compare_rates(A, B, paired=False).dispersion
    se = math.sqrt(spread * (1 / xa + 1 / xb - 2 / 35000))
    assert (first.estimate, first.se) == pytest.approx((xa / xb, se))
    assert (first.method, first.df, first.n) == ("quasi_binomial", 12, 14)
    assert first.p_value == pytest.approx(2 * student.sf(math.log(xa / xb) / se, 12))


def test_days_that_vary_have_a_beta_binomial_check_and_money_counts():
    a, b = campaigns(np.random.default_rng(1), spread=0.4)
    assert [one.method for one in other_methods(a, b)] == ["quasi_binomial", "beta_binomial"]
    priced = [frame.assign(denominator=30.0) for frame in (a, b)]
    assert [one.method for one in other_methods(*priced)] == ["quasi_poisson", "negative_binomial"]
    steady = A.assign(numerator=[50, 51, 50, 49, 50, 50, 51])  # no more than independent people vary
    assert [one.method for one in other_methods(steady, steady.assign(numerator=40 + A.index))] == ["quasi_binomial"]
    assert other_methods(A[:2], B) == ()
    assert other_methods(A.assign(numerator=0), B) == ()


# R 4.2.2: glm(quasipoisson) and MASS 7.3's glm.nb(), both with offset(log(denominator))
PRICED = days([52, 81, 37, 70, 66, 58, 49], [30, 35, 20, 31, 40, 28, 25])
DEARER = days([41, 65, 30, 52, 60, 45, 43], [22, 30, 25, 33, 28, 21, 26])


def test_results_per_unit_of_money_have_the_checks_of_r():
    quasi, negative = other_methods(PRICED, DEARER, conf_level=0.9)
    assert (math.log(quasi.estimate), quasi.se) == pytest.approx((0.084358006111342, 0.090483753598973), rel=1e-7)
    assert (math.log(negative.estimate), negative.se) == pytest.approx((0.0845335453339, 0.0849205063543), rel=1e-7)
    for found in (quasi, negative):
        assert found.dispersion == pytest.approx(1.516871289565154, rel=1e-7)
        assert (found.measure, found.df, found.conf_level, found.n, found.cautions) == ("rate_ratio", 12, 0.9, 14, ())
        reach = student.ppf(0.95, 12) * found.se
        assert (found.conf_low, found.conf_high) == pytest.approx(
            (found.estimate * math.exp(-reach), found.estimate * math.exp(reach))
        )


def test_a_day_on_which_everybody_acted_still_counts_shares():
    a, b = (
        days([10, 30, 22, 41, 12, 25], [20, 31, 40, 50, 12, 40]),
        days([14, 9, 30, 26, 40, 18], [30, 25, 41, 60, 55, 33]),
    )
    assert [one.method for one in other_methods(a, b)] == ["quasi_binomial", "beta_binomial"]


def test_an_interval_of_a_check_that_is_as_good_as_endless_stays_a_number():
    a, b = days([1, 0, 0], [100, 200, 300]), days([40, 0, 1], [100, 200, 300])
    for found in other_methods(a, b, conf_level=1 - 1e-12):
        assert found.conf_low == 0
        assert 1e300 < found.conf_high < math.inf


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_the_checks_agree_with_their_p_values_and_turn_around(seed):
    a, b = campaigns(np.random.default_rng(seed), spread=0.3)
    for one, other in zip(other_methods(a, b), other_methods(b, a), strict=True):
        assert (one.p_value < 0.05) == one.excludes_no_difference
        assert other.estimate == pytest.approx(1 / one.estimate, rel=1e-6)
        assert one.conf_low < one.estimate < one.conf_high


# Totals only ---------------------------------------------------------------------------------------------------------


def test_totals_say_that_the_daily_spread_is_unknown_and_what_it_would_change():
    result = compare_totals(Proportion(412, 183442), Proportion(355, 190210))
    first = result.estimate
    # R, ratesci: scoreci(412, 183442, 355, 190210, contrast = "RR", skew = FALSE, bcf = FALSE)
    assert (first.conf_low, first.conf_high) == pytest.approx((1.044425, 1.386532), abs=2e-6)
    assert (first.measure, first.method, first.dispersion) == ("rate_ratio", "koopman", 1)
    assert first.cautions == (Caution.DAILY_SPREAD_UNKNOWN,)
    assert [e.dispersion for e in result.if_dispersed] == [2, 5, 10]
    for one, wider in zip((first, *result.if_dispersed), result.if_dispersed, strict=False):
        assert wider.estimate == first.estimate
        assert wider.conf_low < one.conf_low
        assert wider.conf_high > one.conf_high
        assert wider.p_value > one.p_value
        assert wider.se == pytest.approx(first.se * math.sqrt(wider.dispersion))
        assert (wider.p_value < 0.05) == wider.excludes_no_difference


def test_a_comparison_of_totals_says_at_which_level_and_of_how_many():
    result = compare_totals(Proportion(412, 183442), Proportion(355, 190210), conf_level=0.9)
    for found in (result.estimate, *result.if_dispersed):
        assert (found.conf_level, found.n, found.df) == (0.9, 183442 + 190210, math.inf)
        assert (found.p_value < 0.1) == found.excludes_no_difference
    usual = compare_totals(Proportion(412, 183442), Proportion(355, 190210)).estimate
    assert usual.conf_low < result.estimate.conf_low < result.estimate.conf_high < usual.conf_high


def test_totals_without_any_event_give_no_ratio():
    refusal = NotEstimable(measure=Measure.RATE_RATIO, reason=Reason.NO_EVENTS_IN_EITHER_GROUP, n=300)
    assert compare_totals(Proportion(0, 100), Proportion(0, 200)) == refusal
    assert compare_totals(Proportion(0, 100), Proportion(3, 200)).estimate.se is None


@pytest.mark.parametrize(
    ("counts", "ratio", "interval"),
    [  # R, ratesci: scoreci(distrib = "poi", contrast = "RR", skew = FALSE); the first data are Li, Tang and Wong's
        ((15, 19017, 41, 28010), 0.53886317377135, (0.300764, 0.965452)),
        ((412, 1530.55, 388, 1275.2), 0.88470050015711, (0.770244, 1.016165)),
    ],
)
def test_rates_per_exposure_equal_ratesci(counts, ratio, interval):
    result = rate_ratio(*counts)
    assert result.estimate == pytest.approx(ratio, rel=1e-12)
    assert (result.conf_low, result.conf_high) == pytest.approx(interval, abs=2e-6)
    assert (result.p_value < 0.05) == result.excludes_no_difference
    assert (result.method, result.n, result.dispersion) == ("poisson_score", counts[0] + counts[2], 1)
    assert result.cautions == (Caution.DAILY_SPREAD_UNKNOWN,)
    assert result.se == pytest.approx(math.sqrt(1 / counts[0] + 1 / counts[2]))


def test_rates_without_events_have_an_unbounded_ratio_or_a_refusal():
    assert rate_ratio(3, 10, 0, 10).conf_high == math.inf
    assert (rate_ratio(0, 10, 3, 10).conf_low, rate_ratio(0, 10, 3, 10).se) == (0, None)
    assert rate_ratio(0, 10, 0, 10).reason is Reason.NO_EVENTS_IN_EITHER_GROUP
    with pytest.raises(ValueError, match="are not two rates"):
        rate_ratio(1, 0, 1, 10)
