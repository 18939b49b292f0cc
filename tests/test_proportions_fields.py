"""What stands beside an estimate: its method, level, people, error and cautions, at the edges too."""

import math

import pytest

from metrics.estimates import NotEstimable
from metrics.proportions import (
    Proportion,
    clopper_pearson,
    jeffreys,
    odds_ratio,
    paired_difference,
    rate,
    rate_ratio,
    share,
    stratified_test,
    wilson,
)

ONE = Proportion(1, 20)


def beside(estimate):
    return estimate.measure, estimate.method, estimate.n, estimate.df, estimate.conf_level


def test_every_field_of_a_rate():
    calls = rate(5, 0.5)
    assert beside(calls) == ("rate", "garwood", 5, math.inf, 0.95)
    assert (calls.estimate, calls.p_value, calls.dispersion) == (10, None, 1)
    assert calls.cautions == ("daily_spread_unknown",)
    assert calls.se == pytest.approx(math.sqrt(5) / 0.5)
    # R 4.2.2: poisson.test(5, 0.5)
    assert (calls.conf_low, calls.conf_high) == pytest.approx((3.24697278023684, 23.33666415864533), rel=1e-12)


def test_no_event_has_a_rate_without_an_error():
    none = rate(0, 0.5, conf_level=0.9)
    assert (none.estimate, none.se, none.conf_low, none.conf_level) == (0, None, 0, 0.9)
    assert none.conf_high == pytest.approx(
        5.99146454710798, rel=1e-12
    )  # R 4.2.2: poisson.test(0, 0.5, conf.level = 0.9)


def test_every_field_of_a_ratio_of_rates():
    ratio = rate_ratio(15, 0.5, 41, 0.8, conf_level=0.9)
    assert beside(ratio) == ("rate_ratio", "poisson_score", 56, math.inf, 0.9)
    assert (ratio.dispersion, ratio.cautions) == (1, ("daily_spread_unknown",))
    assert ratio.se == pytest.approx(math.sqrt(1 / 15 + 1 / 41))
    assert rate_ratio(0, 1, 0, 1) == NotEstimable(measure="rate_ratio", reason="no_events_in_either_group", n=0)


def test_every_field_of_a_paired_difference():
    change = paired_difference(both=10, first_only=4, second_only=9, neither=7, conf_level=0.9)
    assert beside(change) == ("risk_difference", "tango", 30, math.inf, 0.9)
    assert change.estimate == pytest.approx(5 / 30)
    assert change.se == pytest.approx(math.sqrt(13 - 30 * (5 / 30) ** 2) / 30)  # Wald


def test_where_nobody_changed_the_p_value_is_one():
    same = paired_difference(both=3, first_only=0, second_only=0, neither=4)
    assert (same.estimate, same.p_value, same.se) == (0, 1, None)


@pytest.mark.parametrize("n", [1, 30])
def test_where_nobody_changed_the_limits_are_those_that_tangos_equation_gives(n):
    same = paired_difference(both=n, first_only=0, second_only=0, neither=0)
    limit = 1.959963984540054**2 / (n + 1.959963984540054**2)  # n d^2 = z^2 d (1 - d)
    assert (same.conf_low, same.conf_high) == pytest.approx((-limit, limit))


@pytest.mark.parametrize("answer", ["both", "first_only", "second_only", "neither"])
def test_a_count_below_zero_is_refused(answer):
    counts = {"both": 3, "first_only": 3, "second_only": 3, "neither": 3} | {answer: -1}
    with pytest.raises(ValueError, match="are not counts of people"):
        paired_difference(**counts)


@pytest.mark.parametrize(
    ("interval", "method"),
    [(wilson, "wilson"), (jeffreys, "jeffreys"), (clopper_pearson, "clopper_pearson"), (share, "wilson")],
)
def test_a_share_says_its_method_and_its_level(interval, method):
    assert beside(interval(ONE, conf_level=0.9)) == ("proportion", method, 20, math.inf, 0.9)


def test_wilsons_interval_ends_at_nobody_and_at_everybody():
    assert wilson(Proportion(0, 20)).conf_low == 0
    assert wilson(Proportion(20, 20)).conf_high == 1


@pytest.mark.parametrize("events", [0, 20])
def test_a_share_of_nobody_or_everybody_has_the_interval_of_jeffreys(events):
    assert share(Proportion(events, 20), conf_level=0.9) == jeffreys(Proportion(events, 20), conf_level=0.9)


@pytest.mark.parametrize(("corrected", "statistic"), [(False, 1.58823529411765), (True, 0.705882352941177)])
def test_strata_of_one_person_a_group_count_as_in_r(corrected, statistic):
    # R 4.2.2: mantelhaen.test of the four tables, with and without `correct`
    pairs = [((1, 1), (0, 1)), ((1, 1), (0, 1)), ((0, 1), (1, 1)), ((3, 4), (2, 6))]
    test = stratified_test([(Proportion(*a), Proportion(*b)) for a, b in pairs], corrected=corrected)
    assert test.statistic == pytest.approx(statistic, rel=1e-12)
    assert test.df == 1


def test_as_many_events_or_as_many_without_one_have_an_odds_ratio():
    assert odds_ratio(Proportion(3, 10), Proportion(3, 12)).estimate == pytest.approx(3 * 9 / (7 * 3))
    assert odds_ratio(Proportion(3, 10), Proportion(5, 12)).estimate == pytest.approx(3 * 7 / (7 * 5))


def test_strata_that_tell_nothing_have_no_difference():
    test = stratified_test([(Proportion(0, 3), Proportion(0, 4))])
    assert (test.statistic, test.df, test.p_value) == (0, 1, 1)
