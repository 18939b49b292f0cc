"""What stands beside a difference of two arms, its refusals, and intervals for all looks that have one limit."""

import math

import pytest
from scipy.optimize import brentq

from metrics.estimates import Measure, Method, NotEstimable, Reason
from metrics.looks import always_valid
from metrics.summaries import Arm, BeforeAndAfter, Side, adjusted_by_before, always_valid_difference, difference

FEWER, MORE = Arm.of_share(980, 2000), Arm.of_share(1100, 2010)


@pytest.mark.parametrize(
    ("relative", "measure"), [(False, Measure.MEAN_DIFFERENCE), (True, Measure.RELATIVE_DIFFERENCE)]
)
def test_every_field_of_a_difference(relative, measure):
    found = difference(FEWER, MORE, relative=relative, conf_level=0.9)
    assert (found.measure, found.method, found.n, found.conf_level) == (measure, Method.WELCH, 4010, 0.9)
    valid = always_valid_difference(FEWER, MORE, planned=5000, relative=relative, conf_level=0.9)
    assert (valid.measure, valid.method, valid.n, valid.conf_level) == (measure, Method.ALWAYS_VALID, 4010, 0.9)
    assert valid.df == math.inf
    assert (valid.estimate, valid.se) == (found.estimate, found.se)


def test_both_sides_at_once_have_the_interval_for_all_looks_of_their_level():
    found = always_valid_difference(FEWER, MORE, planned=5000, conf_level=0.8)
    same = always_valid(found.estimate, found.se, 4010, planned=5000, conf_level=0.8)
    assert (found.conf_low, found.conf_high, found.p_value) == (same.conf_low, same.conf_high, same.p_value)


def reach_of_one_side(se, alpha, n, planned, tuned):
    """Waudby-Smith et al. (2024), equation 155, of a standard error `se`; tuned at twice the error rate `tuned`."""
    twice = 2 * tuned
    rho2 = (-2 * math.log(twice) + math.log(-2 * math.log(twice) + 1)) / planned
    spread = n * rho2 + 1
    return se * math.sqrt(n) * math.sqrt(2 * spread / (n**2 * rho2) * math.log(1 + math.sqrt(spread) / (2 * alpha)))


@pytest.mark.parametrize("conf_level", [0.8, 0.95])
def test_one_side_has_one_limit_and_the_p_value_at_which_it_meets_zero(conf_level):
    alpha = 1 - conf_level
    found = always_valid_difference(FEWER, MORE, planned=5000, side=Side.GREATER, conf_level=conf_level)
    reach = reach_of_one_side(found.se, alpha, 4010, 5000, alpha)
    assert (found.conf_low, found.conf_high) == (pytest.approx(found.estimate - reach), math.inf)

    def excess(p):
        return found.estimate - reach_of_one_side(found.se, p, 4010, 5000, alpha)

    assert found.p_value == pytest.approx(brentq(excess, 1e-9, 1, xtol=1e-15))


def test_looking_for_less_is_looking_for_more_the_other_way_around():
    more = always_valid_difference(FEWER, MORE, planned=5000, side=Side.GREATER)
    less = always_valid_difference(MORE, FEWER, planned=5000, side=Side.LESSER)
    assert (less.conf_low, less.conf_high) == (-math.inf, pytest.approx(-more.conf_low))
    assert less.p_value == pytest.approx(more.p_value)
    assert less.p_value < 0.05


@pytest.mark.parametrize(("side", "arms"), [(Side.GREATER, (MORE, FEWER)), (Side.LESSER, (FEWER, MORE))])
def test_a_difference_the_other_way_has_a_p_value_of_one(side, arms):
    assert always_valid_difference(*arms, planned=5000, side=side).p_value == 1


@pytest.mark.parametrize("side", [Side.GREATER, Side.LESSER])
def test_no_difference_and_a_slight_one_have_a_p_value_of_one(side):
    assert always_valid_difference(FEWER, FEWER, planned=5000, side=side).p_value == 1
    assert always_valid_difference(FEWER, Arm.of_share(981, 2000), planned=5000, side=Side.GREATER).p_value == 1


def test_one_side_needs_a_level_above_one_half():
    with pytest.raises(ValueError, match="above one half"):
        always_valid_difference(FEWER, MORE, planned=5000, side=Side.LESSER, conf_level=0.5)


@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize(
    ("control", "treatment", "reason"),
    [
        (Arm.of_share(1, 1), Arm.of_share(3, 10), Reason.ONE_PERSON_IN_A_GROUP),
        (Arm.of_share(3, 10), Arm.of_share(10, 10), Reason.NO_VARIATION),
        (Arm.of_share(10, 10), Arm.of_share(3, 10), Reason.NO_VARIATION),
    ],
)
def test_a_refusal_says_what_was_asked_and_of_how_many_people(relative, control, treatment, reason):
    measure = Measure.RELATIVE_DIFFERENCE if relative else Measure.MEAN_DIFFERENCE
    refused = NotEstimable(measure=measure, reason=reason, n=control.n + treatment.n)
    assert difference(control, treatment, relative=relative) == refused
    assert always_valid_difference(control, treatment, planned=100, relative=relative) == refused


def test_nothing_is_relative_to_nothing():
    assert difference(Arm.of_share(0, 10), Arm.of_share(3, 12), relative=True) == NotEstimable(
        measure=Measure.RELATIVE_DIFFERENCE, reason=Reason.NO_EVENTS_IN_A_GROUP, n=22
    )


def test_two_people_have_a_variance_and_one_has_none():
    assert Arm.of_mean(2, 3.0, 5.0).variance == pytest.approx(0.5)  # of 1 and 2
    assert Arm.of_mean(1, 3.0, 9.0).variance == 0


def test_where_everybody_did_the_same_before_nothing_is_taken_off():
    same = [
        BeforeAndAfter(n=4, after=(total, squares), before=(8, 16), products=2 * total)
        for total, squares in ((10, 30), (14, 60))
    ]
    assert adjusted_by_before(*same) == (Arm.of_mean(4, 10, 30), Arm.of_mean(4, 14, 60))
