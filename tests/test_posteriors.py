"""Beliefs after the data from a prior that is not flat, looks at their edges, and plans at theirs."""

import math

import pytest
from scipy.optimize import brentq
from scipy.stats import beta, multivariate_normal

from metrics.looks import always_valid, boundaries
from metrics.planning import (
    Clusters,
    TwoMeans,
    TwoProportions,
    power,
    precision,
    sample_size,
    smallest_detectable,
)
from metrics.posteriors import expected_loss, posteriors, probability_of_difference, shared_prior
from metrics.proportions import Proportion

A, B = Proportion(3, 10), Proportion(6, 12)
# A prior of (2, 5) is a flat one after one more event among five more people.
A_SEEN, B_SEEN = Proportion(4, 15), Proportion(7, 17)


def test_a_prior_counts_like_people_seen_before():
    believed = posteriors([A, B], prior=(2, 5), conf_level=0.9)
    assert believed == posteriors([A_SEEN, B_SEEN], conf_level=0.9)
    assert believed[0].mean == pytest.approx(5 / 17)
    assert (believed[0].low, believed[0].high) == pytest.approx(beta(5, 12).interval(0.9))
    assert probability_of_difference(A, B, prior=(2, 5)) == probability_of_difference(A_SEEN, B_SEEN)
    assert expected_loss(A, B, prior=(2, 5)) == expected_loss(A_SEEN, B_SEEN)


def test_a_difference_above_minus_a_size_is_none_below_it_the_other_way_around():
    for size in (0.1, 0.5, 0.9):
        other = probability_of_difference(B, A, smallest_important=size)
        assert probability_of_difference(A, B, smallest_important=-size) == pytest.approx(1 - other)


def test_a_shared_distribution_is_at_the_maximum_of_its_likelihood():
    # R 4.2.2: optim(c(1, 2), f, method = "BFGS", control = list(reltol = 1e-15)) of the sum of
    # lbeta(a + x, b + n - x) - lbeta(a, b), with logarithms of a and b
    found = shared_prior([Proportion(*pair) for pair in ((18, 120), (30, 100), (5, 90), (60, 150))])
    assert (found.alpha, found.beta) == pytest.approx((2.06702697552409, 7.08834983593654), rel=1e-5)
    a, b = found.alpha, found.beta
    assert found.means == pytest.approx([(a + x) / (a + b + n) for x, n in ((18, 120), (30, 100), (5, 90), (60, 150))])


def test_two_campaigns_share_a_distribution_and_one_event_is_enough():
    assert shared_prior([Proportion(0, 10), Proportion(1, 10)]).means == pytest.approx((0.05, 0.05), abs=1e-3)


@pytest.mark.parametrize("rates", [[A], [Proportion(0, 4), Proportion(0, 5)], [Proportion(4, 4), Proportion(5, 5)]])
def test_what_shares_no_distribution_is_refused(rates):
    with pytest.raises(ValueError, match=r"^a shared distribution needs two or more campaigns, with events and with"):
        shared_prior(rates)


def test_the_first_person_of_one_planned_has_an_interval():
    found = always_valid(0.1, 0.05, 1, planned=1, conf_level=0.9)
    assert found.conf_level == 0.9
    assert found.conf_low < 0.1 < found.conf_high


def test_five_thousand_people_are_planned_where_nobody_says():
    assert always_valid(0.05, 0.012, 4000) == always_valid(0.05, 0.012, 4000, planned=5000)


@pytest.mark.parametrize(("se", "n", "planned"), [(0.1, 0, 10), (0.1, 10, 0), (0, 10, 10)])
def test_nobody_seen_or_planned_or_no_error_is_refused(se, n, planned):
    with pytest.raises(ValueError, match="all must be above zero"):
        always_valid(0.1, se, n, planned=planned)


@pytest.mark.parametrize("conf_level", [0.8, 0.95, 0.999])
def test_two_looks_have_the_boundary_of_two_correlated_normal_values(conf_level):
    together = multivariate_normal(cov=[[1, math.sqrt(0.5)], [math.sqrt(0.5), 1]])

    def kept(z):
        return together.cdf([z, z], lower_limit=[-z, -z]) - conf_level

    expected = brentq(kept, 1, 6)
    assert boundaries(2, rule="pocock", conf_level=conf_level) == pytest.approx((expected, expected), abs=1e-4)


@pytest.mark.parametrize(("difference", "n"), [(3, 3.07000974695), (5, 2.11721991171)])
def test_a_large_difference_needs_few_people_but_not_fewer_than_r_says(difference, n):
    # R 4.2.2: power.t.test(delta = 3, sd = 1, power = 0.8)
    assert sample_size(TwoMeans(difference=difference, sd=1)) == pytest.approx(n, rel=1e-5)


@pytest.mark.parametrize("ratio", [1, 3])
def test_large_clusters_need_more_than_two_of_them(ratio):
    clusters, outcome = Clusters(size=100, icc=0.01), TwoProportions(baseline=0.3, changed=0.5)
    n = sample_size(outcome, clusters=clusters, ratio=ratio)
    assert power(outcome, n=n, clusters=clusters, ratio=ratio) == pytest.approx(0.8, abs=1e-6)
    assert n * (1 + ratio) > 4


def test_no_sample_has_less_than_one_degree_of_freedom():
    enormous = TwoMeans(difference=1000, sd=1)
    assert sample_size(enormous) == pytest.approx(1.5, abs=1e-5)
    assert sample_size(enormous, ratio=3) == pytest.approx(0.75, abs=1e-5)
    assert sample_size(enormous, clusters=Clusters(size=10, icc=0.1)) == pytest.approx(1.5, abs=1e-5)
    for clusters in (None, Clusters(size=10, icc=0.1)):
        assert power(enormous, n=1.5, clusters=clusters) > 0.9
        assert power(enormous, n=1.4, clusters=clusters) == 0


def test_shares_far_apart_may_need_less_than_one_person_a_group():
    outcome = TwoProportions(baseline=0.01, changed=0.99)
    n = sample_size(outcome, conf_level=0.5)
    assert n < 1
    assert power(outcome, n=n, conf_level=0.5) == pytest.approx(0.8, abs=1e-6)


def test_the_smallest_difference_is_in_the_unit_of_the_outcome():
    one = smallest_detectable(TwoMeans(difference=1, sd=1), n=4)
    assert smallest_detectable(TwoMeans(difference=1, sd=1e4), n=4) == pytest.approx(1e4 * one)


def test_no_change_needs_more_people_than_there_are():
    with pytest.raises(ValueError, match=r"^no sample is large enough to see this change$"):
        sample_size(TwoMeans(difference=1e-9, sd=1))


def test_one_person_says_little():
    assert precision(0.5, n=1) == pytest.approx(1.959963984540054 / 2)
