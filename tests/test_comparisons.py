"""Many pairs at once, exact odds ratios, equivalence, strata and trends, beside programs written by others."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import fisher_exact, norm
from scipy.stats.contingency import odds_ratio as conditional
from statsmodels.stats.contingency_tables import StratifiedTable

from metrics.counts import binomial
from metrics.estimates import Estimate, Method, NotEstimable, Proportion, Reason
from metrics.proportions import (
    clopper_pearson,
    dose_response,
    equivalence,
    exact_odds_ratio,
    homogeneity,
    jeffreys,
    rate,
    risk_difference,
    risk_differences,
    risk_ratio,
    risk_ratios,
    share,
    stratified_odds_ratio,
    stratified_test,
    trend,
    wilson,
)
from metrics.scores import difference_z


@st.composite
def groups(draw, largest=300):
    total = draw(st.integers(1, largest))
    return Proportion(draw(st.integers(0, total)), total)


def columns(pairs):
    return ([p.events for p, _ in pairs], [p.total for p, _ in pairs], [q.events for _, q in pairs],
            [q.total for _, q in pairs])  # fmt: skip


# One share, one rate -------------------------------------------------------------------------------------------------


def test_a_share_has_wilsons_interval_and_jeffreys_where_all_answered_alike():
    assert share(Proportion(3, 20)) == wilson(Proportion(3, 20))
    assert share(Proportion(0, 20)) == jeffreys(Proportion(0, 20))
    assert share(Proportion(20, 20)).method is Method.JEFFREYS


@given(groups())
def test_the_exact_interval_of_a_share_turns_around_with_the_answer(p):
    there, back = clopper_pearson(p), clopper_pearson(Proportion(p.total - p.events, p.total))
    assert (there.conf_low, there.conf_high) == pytest.approx((1 - back.conf_high, 1 - back.conf_low), abs=1e-12)
    assert there.conf_low <= p.value <= there.conf_high


def test_a_rate_without_events_has_the_interval_of_minus_log_alpha():
    assert rate(0, 30).conf_high == pytest.approx(-math.log(0.025) / 30)  # P(no event) = exp(-mean) = 0.025
    with pytest.raises(ValueError, match="is not a rate"):
        rate(3, 0)


# Many pairs ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(groups(), groups()), min_size=1, max_size=12), st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_many_pairs_have_the_intervals_of_one_at_a_time(pairs, level):
    differences = risk_differences(*columns(pairs), conf_level=level)
    ratios = risk_ratios(*columns(pairs), conf_level=level)
    for i, (a, b) in enumerate(pairs):
        one = risk_difference(a, b, conf_level=level)
        found = differences.estimate[i], differences.conf_low[i], differences.conf_high[i], differences.p_value[i]
        assert found == pytest.approx((one.estimate, one.conf_low, one.conf_high, one.p_value), abs=1e-11)
        other = risk_ratio(a, b, conf_level=level)
        found = ratios.estimate[i], ratios.conf_low[i], ratios.conf_high[i], ratios.p_value[i]
        if isinstance(other, NotEstimable):
            assert np.isnan(found).all()
        else:
            assert found == pytest.approx((other.estimate, other.conf_low, other.conf_high, other.p_value), rel=1e-9)


def test_more_events_than_people_are_refused_in_many_pairs():
    with pytest.raises(ValueError, match="more events than people"):
        risk_differences([3, 5], [10, 4], 1, 10)


# Few events ----------------------------------------------------------------------------------------------------------


@given(groups(40), groups(40))
def test_exact_odds_ratios_and_their_intervals_equal_scipys(a, b):
    ours = exact_odds_ratio(a, b, mid_p=False)
    if isinstance(ours, NotEstimable):
        assert ours.reason in (Reason.NO_EVENTS_IN_EITHER_GROUP, Reason.EVENTS_FOR_EVERYBODY)
        return
    theirs = conditional([[a.events, a.total - a.events], [b.events, b.total - b.events]])
    limits = theirs.confidence_interval(0.95)
    for one, other in zip((ours.estimate, ours.conf_low, ours.conf_high), (theirs.statistic, *limits), strict=True):
        assert one == pytest.approx(other, rel=1e-6)


@given(groups(40), groups(40), st.booleans(), st.sampled_from([0.8, 0.95, 0.99]))
def test_an_exact_p_value_agrees_with_its_interval_and_holds_the_estimate(a, b, mid_p, level):
    ours = exact_odds_ratio(a, b, mid_p=mid_p, conf_level=level)
    if isinstance(ours, Estimate):
        assert ours.conf_low <= ours.estimate <= ours.conf_high
        if abs(ours.p_value - (1 - level)) > 1e-9:
            assert (ours.p_value < 1 - level) == ours.excludes_no_difference
        back = exact_odds_ratio(b, a, mid_p=mid_p, conf_level=level)
        assert back.p_value == pytest.approx(ours.p_value)
        assert back.conf_low * ours.conf_high == pytest.approx(1) or {back.conf_low, ours.conf_high} == {0, math.inf}


def test_without_mid_p_the_tail_is_fishers():
    table = [[0, 45], [3, 47]]
    less = fisher_exact(table, alternative="less").pvalue
    assert exact_odds_ratio(Proportion(0, 45), Proportion(3, 50), mid_p=False).p_value == pytest.approx(2 * less)


# Too small to matter -------------------------------------------------------------------------------------------------


@given(groups(), groups(), st.floats(-0.9, 0.9).filter(lambda d: abs(d) > 1e-3))
@example(Proportion(0, 10), Proportion(9, 12), -0.1)
@example(Proportion(10, 10), Proportion(3, 12), 0.1)
@example(Proportion(5, 10), Proportion(0, 12), 0.2)
@example(Proportion(5, 10), Proportion(12, 12), -0.2)
@example(Proportion(9, 10), Proportion(0, 12), 0.1)
@example(Proportion(1, 10), Proportion(12, 12), -0.1)
def test_the_statistic_of_a_margin_rests_on_the_likeliest_shares(a, b, d):
    def loss(p):
        parts = [(a.events, p), (a.total - a.events, 1 - p), (b.events, p - d), (b.total - b.events, 1 - p + d)]
        return -sum(count * math.log(max(chance, 1e-300)) for count, chance in parts if count)

    bounds = max(0, d), min(1, 1 + d)
    p = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-13}).x
    variance = p * (1 - p) / a.total + (p - d) * (1 - p + d) / b.total
    expected = (a.value - b.value - d) / math.sqrt(variance) if variance > 1e-9 else None
    if expected is not None and abs(expected) < 20:
        found = difference_z(a.events, a.total, b.events, b.total, difference=d, factor=1.0)
        assert found == pytest.approx(expected, rel=1e-3, abs=1e-3)


@given(groups(), groups(), st.sampled_from([0.02, 0.05, 0.1, 0.3]))
def test_groups_are_equivalent_exactly_where_the_interval_lies_within_the_margins(a, b, margin):
    for method in (Method.MIETTINEN_NURMINEN, Method.MEE, Method.AGRESTI_CAFFO):
        result = equivalence(a, b, margin=margin, method=method)
        within = -margin < result.difference.conf_low and result.difference.conf_high < margin
        if abs(result.p_value - 0.05) > 1e-9:
            assert result.equivalent == within


def test_groups_that_answered_alike_are_no_distance_from_no_difference():
    assert difference_z(0, 5, 0, 7, difference=0.0, factor=1.0) == 0
    assert difference_z(3, 6, 1, 4, difference=0.25, factor=1.0) == 0


def test_an_interval_of_little_confidence_among_few_people_is_found():
    for a, b in ((Proportion(1, 2), Proportion(1, 2)), (Proportion(1, 3), Proportion(2, 3))):
        found = risk_difference(a, b, conf_level=0.1)
        z = norm.ppf(0.55)
        for limit, way in ((found.conf_low, 1), (found.conf_high, -1)):
            factor = (a.total + b.total) / (a.total + b.total - 1)
            at = difference_z(a.events, a.total, b.events, b.total, difference=limit, factor=factor)
            assert at == pytest.approx(way * z, rel=1e-6)


def test_a_method_that_a_ratio_has_not_is_answered_with_those_it_has():
    with pytest.raises(ValueError, match=r"^method 'newcombe' is none of koopman, miettinen_nurminen$"):
        risk_ratio(Proportion(1, 2), Proportion(1, 2), method=Method.NEWCOMBE)


def test_a_margin_of_nothing_and_a_method_without_a_test_are_refused():
    with pytest.raises(ValueError, match="margin 0"):
        equivalence(Proportion(1, 2), Proportion(1, 2), margin=0)
    with pytest.raises(ValueError, match="no test of a margin"):
        equivalence(Proportion(1, 2), Proportion(1, 2), margin=0.1, method=Method.NEWCOMBE)


# Strata --------------------------------------------------------------------------------------------------------------

PLACES = [(Proportion(8, 20), Proportion(5, 20)), (Proportion(14, 30), Proportion(9, 31)),
          (Proportion(3, 40), Proportion(7, 25))]  # fmt: skip


def test_strata_equal_statsmodels():
    theirs = StratifiedTable([[[a.events, a.total - a.events], [b.events, b.total - b.events]] for a, b in PLACES])
    ours = stratified_odds_ratio(PLACES)
    assert ours.estimate == pytest.approx(theirs.oddsratio_pooled)
    assert (ours.conf_low, ours.conf_high) == pytest.approx(theirs.oddsratio_pooled_confint())
    assert stratified_test(PLACES).p_value == pytest.approx(theirs.test_null_odds(correction=True).pvalue)
    assert stratified_test(PLACES, corrected=False).statistic == pytest.approx(theirs.test_null_odds().statistic)
    alike = homogeneity(PLACES)
    assert alike.statistic == pytest.approx(theirs.test_equal_odds(adjust=True).statistic)
    assert (alike.df, alike.p_value) == (2, pytest.approx(theirs.test_equal_odds(adjust=True).pvalue))


def test_strata_without_events_on_one_side_have_no_odds_ratio_but_a_test():
    places = [(Proportion(0, 20), Proportion(5, 20)), (Proportion(0, 9), Proportion(2, 8))]
    assert stratified_odds_ratio(places).reason is Reason.NO_EVENTS_IN_A_GROUP
    assert homogeneity(places) is None
    nobody = [(Proportion(0, 5), Proportion(0, 7))]
    assert stratified_odds_ratio(nobody).reason is Reason.NO_EVENTS_IN_EITHER_GROUP
    assert stratified_odds_ratio([(Proportion(5, 5), Proportion(7, 7))]).reason is Reason.EVENTS_FOR_EVERYBODY
    assert stratified_test(places).p_value < 0.05
    assert stratified_test([(Proportion(0, 5), Proportion(0, 7))]).p_value == 1
    with pytest.raises(ValueError, match="no strata"):
        stratified_test([])


# Order ---------------------------------------------------------------------------------------------------------------


def test_a_trend_of_two_groups_is_the_uncorrected_chi_square():
    a, b = Proportion(56, 70), Proportion(48, 80)
    assert trend([a, b]).statistic == pytest.approx(7.02341137123746)  # R 4.2.2: chisq.test(correct = FALSE)
    assert trend([Proportion(5, 5), Proportion(7, 7)]).p_value == 1
    with pytest.raises(ValueError, match="at least two"):
        trend([a])


def test_the_dose_of_half_is_where_the_line_crosses_zero():
    answers = [Proportion(x, 50) for x in (5, 12, 20, 33)]
    result = dose_response([0, 1, 2, 3], answers, shares=(0.5,))
    assert result.doses[0].dose == pytest.approx(-result.intercepts[0] / result.slope)
    assert result.dispersion < 2
    # Fieller: at a limit the line is as far from a half as z standard errors of it
    design = np.column_stack([np.ones(4), [0, 1, 2, 3]])
    fit = binomial(design, np.array([5.0, 12, 20, 33]), np.full(4, 50.0))
    for limit in (result.doses[0].conf_low, result.doses[0].conf_high):
        at = np.array([1, limit])
        z = (at @ fit.coefficients) / math.sqrt(at @ fit.unscaled @ at)
        assert abs(z) == pytest.approx(1.959963984540054)
    level = dose_response([0, 1, 2], [Proportion(x, 50) for x in (12, 13, 12)], shares=(0.5,))
    assert (level.doses[0].conf_low, level.doses[0].conf_high) == (-math.inf, math.inf)
    flat = dose_response([0, 1, 2], [Proportion(0, 9), Proportion(0, 9), Proportion(0, 9)])
    assert flat.reason is Reason.NO_SOLUTION
