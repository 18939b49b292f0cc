"""Odds ratios of the rarest events and of strata, and doses, against R: every field, and every refusal."""

import math

import numpy as np
import pytest

from metrics.estimates import Measure, Method, NotEstimable, Reason
from metrics.proportions import (
    Proportion,
    dose_response,
    exact_odds_ratio,
    homogeneity,
    stratified_odds_ratio,
    stratified_test,
)

PLACES = [
    (Proportion(10, 30), Proportion(25, 70)),
    (Proportion(4, 20), Proportion(11, 30)),
    (Proportion(1, 1), Proportion(9, 21)),
]
ANSWERS = [Proportion(x, 50) for x in (5, 12, 20, 33)]


def beside(estimate):
    return estimate.measure, estimate.method, estimate.n, estimate.df, estimate.conf_level


def refused(reason, n):
    return NotEstimable(measure=Measure.ODDS_RATIO, reason=reason, n=n)


def test_an_exact_odds_ratio_is_that_of_fisher_in_r():
    # R 4.2.2: fisher.test(matrix(c(3, 7, 9, 3), 2, byrow = TRUE), conf.level = 0.9), p of alternative = "less", twice
    found = exact_odds_ratio(Proportion(3, 10), Proportion(9, 12), mid_p=False, conf_level=0.9)
    assert beside(found) == (Measure.ODDS_RATIO, Method.FISHER, 22, math.inf, 0.9)
    assert found.estimate == pytest.approx(0.158446637703072, rel=1e-4)  # as exact as R finds it
    assert (found.conf_low, found.conf_high) == pytest.approx((0.0205485970379452, 0.9644320208461697), rel=1e-3)
    assert found.p_value == pytest.approx(2 * 0.045606096689688)
    assert found.se is None


def test_an_exact_odds_ratio_says_where_half_of_the_observed_table_counts():
    found = exact_odds_ratio(Proportion(3, 10), Proportion(9, 12))
    assert beside(found) == (Measure.ODDS_RATIO, Method.MID_P, 22, math.inf, 0.95)


def test_equal_groups_have_an_exact_p_value_of_one_and_no_more():
    found = exact_odds_ratio(Proportion(3, 10), Proportion(3, 10), mid_p=False)
    assert (found.estimate, found.p_value) == (pytest.approx(1), 1)


@pytest.mark.parametrize(
    ("events", "reason"), [(0, Reason.NO_EVENTS_IN_EITHER_GROUP), (1, Reason.EVENTS_FOR_EVERYBODY)]
)
def test_groups_without_difference_have_no_odds_ratio(events, reason):
    a, b = Proportion(events * 4, 4), Proportion(events * 5, 5)
    assert exact_odds_ratio(a, b) == stratified_odds_ratio([(a, b)]) == refused(reason, 9)


def test_every_field_of_an_odds_ratio_of_strata():
    # R 4.2.2: mantelhaen.test(array(c(10,25,20,45, 4,11,16,19, 1,9,0,12), c(2,2,3)), conf.level = 0.9)
    found = stratified_odds_ratio(PLACES, conf_level=0.9)
    assert beside(found) == (Measure.ODDS_RATIO, Method.MANTEL_HAENSZEL, 172, math.inf, 0.9)
    assert found.estimate == pytest.approx(0.77059325650875, rel=1e-12)
    assert (found.conf_low, found.conf_high) == pytest.approx((0.420474743547748, 1.412246457341208), rel=1e-12)
    # R 4.2.2, metafor: rma.mh(ai, bi, ci, di, measure = "OR") of the same
    assert (found.se, found.p_value) == pytest.approx((0.368285819822213, 0.479201195729398), rel=1e-12)


def test_strata_are_compared_among_themselves_as_in_r():
    # R 4.2.2, metafor: $TA of the same; the stratum that tells nothing makes no difference
    nothing = [(Proportion(0, 5), Proportion(0, 4)), (Proportion(5, 5), Proportion(4, 4))]
    for strata in (PLACES, [*PLACES, *nothing]):
        test = homogeneity(strata)
        assert (test.statistic, test.df) == (pytest.approx(2.468384566148550, rel=1e-9), 2)
        assert test.p_value == pytest.approx(0.291069769424817, rel=1e-9)


def test_a_stratum_of_a_single_event_is_compared_with_the_others():
    assert homogeneity([*PLACES, (Proportion(1, 5), Proportion(0, 4))]).df == 3


def test_a_single_event_tells_something_and_its_ratio_has_no_end():
    # all in one direction: an odds ratio of zero or without end
    assert stratified_odds_ratio([(Proportion(1, 5), Proportion(0, 4))]) == refused(Reason.NO_EVENTS_IN_A_GROUP, 9)
    assert stratified_odds_ratio([(Proportion(0, 5), Proportion(2, 4))]) == refused(Reason.NO_EVENTS_IN_A_GROUP, 9)
    assert stratified_odds_ratio([(Proportion(5, 5), Proportion(2, 4))]) == refused(Reason.NO_EVENTS_IN_A_GROUP, 9)
    assert stratified_odds_ratio([(Proportion(3, 5), Proportion(4, 4))]) == refused(Reason.NO_EVENTS_IN_A_GROUP, 9)


def test_strata_of_nobody_and_of_everybody_tell_of_no_odds_ratio():
    none, all_of_them = (Proportion(0, 5), Proportion(0, 5)), (Proportion(5, 5), Proportion(5, 5))
    assert stratified_odds_ratio([none, all_of_them]) == refused(Reason.EVENTS_FOR_EVERYBODY, 20)
    assert homogeneity([none, all_of_them]) is None


@pytest.mark.parametrize("compare", [stratified_odds_ratio, stratified_test, homogeneity])
def test_no_strata_are_refused(compare):
    with pytest.raises(ValueError, match=r"^no strata to compare$"):
        compare([])


def test_doses_are_those_of_r():
    # R 4.2.2: fit <- glm(cbind(x, 50 - x) ~ dose, binomial), dose 0 to 3; MASS::dose.p(fit, p = c(0.25, 0.5, 0.75))
    found = dose_response([0, 1, 2, 3], ANSWERS, conf_level=0.9)
    assert found.intercepts == pytest.approx((-2.168204550873966,), rel=1e-8)
    assert (found.slope, found.slope_se) == pytest.approx((0.92883186795829, 0.16363560986326), rel=1e-7)
    assert found.dispersion == pytest.approx(0.101656189699889, rel=1e-6)
    assert [dose.share for dose in found.doses] == [0.25, 0.5, 0.75]
    assert [dose.conf_level for dose in found.doses] == [0.9, 0.9, 0.9]
    doses = (1.1515456124028, 2.3343347980097, 3.5171239836166)
    assert [dose.dose for dose in found.doses] == pytest.approx(doses, rel=1e-8)
    errors = (0.21307543472763, 0.19885112359929, 0.34716517182286)
    assert [dose.se for dose in found.doses] == pytest.approx(errors, rel=1e-6)


def test_doses_of_groups_that_start_apart_are_those_of_r():
    # R 4.2.2: glm(cbind(x, 50 - x) ~ 0 + group + dose, binomial); MASS::dose.p(fit, cf = c(1, 3), p = c(0.25, 0.9))
    # (R stops a little before its maximum, hence the tolerance of errors)
    more = [Proportion(x, 50) for x in (9, 13, 28, 34)]
    found = dose_response([0, 1, 2, 3] * 2, ANSWERS + more, group=["a"] * 4 + ["b"] * 4, shares=(0.25, 0.9))
    assert found.intercepts == pytest.approx((-2.066133441485487, -1.705682636027764), rel=1e-7)
    assert (found.slope, found.slope_se) == pytest.approx((0.872577728260293, 0.110847464496860), rel=1e-5)
    assert [dose.dose for dose in found.doses] == pytest.approx((1.10880798521683, 4.88593494968271), rel=1e-7)
    assert [dose.se for dose in found.doses] == pytest.approx((0.206613991417002, 0.433494473014035), rel=1e-4)


@pytest.mark.parametrize("events", [(5, 12, 20, 33), (5, 22, 12, 33, 20, 45)])
def test_where_the_limits_of_a_dose_lie_the_line_is_just_told_from_the_share(events):
    doses = np.arange(len(events), dtype=float)
    found = dose_response(doses.tolist(), [Proportion(x, 50) for x in events], shares=(0.25, 0.75))
    line = found.intercepts[0] + found.slope * doses
    chance = 1 / (1 + np.exp(-line))
    design = np.column_stack([np.ones(len(doses)), doses])
    inverse = np.linalg.inv(design.T * (50 * chance * (1 - chance)) @ design)
    spread = ((np.array(events) - 50 * chance) ** 2 / (50 * chance * (1 - chance))).sum() / (len(doses) - 2)
    assert found.dispersion == pytest.approx(spread)
    for dose in found.doses:
        for limit in (dose.conf_low, dose.conf_high):
            at = np.array([1.0, limit])
            distance = found.intercepts[0] + found.slope * limit - math.log(dose.share / (1 - dose.share))
            assert abs(distance) / math.sqrt(at @ inverse @ at * max(spread, 1)) == pytest.approx(1.959963984540054)


def test_a_dose_after_which_everybody_agrees_has_no_line():
    found = dose_response([0, 0, 1, 1], [Proportion(x, 10) for x in (0, 0, 10, 10)])
    assert found == refused(Reason.NO_SOLUTION, 40)
