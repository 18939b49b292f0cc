import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from metrics.estimates import Estimate, Reason
from metrics.summaries import (
    Arm,
    BeforeAndAfter,
    Side,
    adjusted_by_before,
    always_valid_difference,
    difference,
    posterior,
)


def summed(values):
    return Arm.of_mean(len(values), values.sum(), (values**2).sum())


@st.composite
def arms(draw):
    n = draw(st.integers(2, 5000))
    return Arm.of_share(draw(st.integers(1, n - 1)), n)


def test_a_difference_of_means_is_welchs_test():
    rng = np.random.default_rng(1)
    a, b = rng.normal(10, 2, 40), rng.normal(11, 4, 25)
    for side, alternative in ((Side.BOTH, "two-sided"), (Side.GREATER, "greater"), (Side.LESSER, "less")):
        ours = difference(summed(a), summed(b), side=side)
        theirs = ttest_ind(b, a, equal_var=False, alternative=alternative)
        limits = theirs.confidence_interval(0.95)
        assert (ours.p_value, ours.df) == pytest.approx((theirs.pvalue, theirs.df))
        assert (ours.conf_low, ours.conf_high) == pytest.approx((limits.low, limits.high))


def test_a_ratio_of_a_quantity_to_itself_is_one_without_any_error():
    rng = np.random.default_rng(2)
    m = rng.poisson(5, 200).astype(float)
    sums = m.sum(), (m**2).sum()
    arm = Arm.of_ratio(200, above=sums, below=sums, products=sums[1])
    assert (arm.value, arm.variance) == (1, pytest.approx(0, abs=1e-12))


def test_the_error_of_a_ratio_is_that_of_its_residuals():
    rng = np.random.default_rng(3)
    d = rng.poisson(8, 300) + 1.0
    m = rng.binomial(d.astype(int), 0.4).astype(float)
    arm = Arm.of_ratio(300, above=(m.sum(), (m**2).sum()), below=(d.sum(), (d**2).sum()), products=(m * d).sum())
    residuals = m - m.sum() / d.sum() * d
    assert arm.variance == pytest.approx(residuals.var(ddof=1) / d.mean() ** 2)


def test_what_people_did_before_is_taken_off():
    rng = np.random.default_rng(4)
    groups = []
    for jump in (0.0, 1.0):
        before = rng.normal(10, 3, 400)
        groups.append((before, before + jump + rng.normal(0, 0.5, 400)))
    sums = [
        BeforeAndAfter(
            n=400,
            after=(after.sum(), (after**2).sum()),
            before=(before.sum(), (before**2).sum()),
            products=(before * after).sum(),
        )
        for before, after in groups
    ]
    adjusted, plain = difference(*adjusted_by_before(*sums)), difference(*(summed(after) for _, after in groups))
    assert adjusted.se < plain.se / 4
    assert adjusted.conf_low < 1 < adjusted.conf_high


@given(arms(), arms(), st.booleans(), st.sampled_from(list(Side)), st.sampled_from([0.8, 0.95]))
def test_p_values_agree_with_intervals_on_every_side(control, treatment, relative, side, level):
    for ours in (
        difference(control, treatment, relative=relative, side=side, conf_level=level),
        always_valid_difference(control, treatment, planned=2000, relative=relative, side=side, conf_level=level),
    ):
        assert ours.conf_low <= ours.estimate <= ours.conf_high
        if side is not Side.LESSER and abs(ours.p_value - (1 - level)) > 1e-9:
            assert (ours.p_value < 1 - level) == ours.excludes_no_difference


@given(arms(), arms())
def test_exchanging_the_arms_turns_everything_around(a, b):
    there, back = difference(a, b), difference(b, a)
    assert (back.estimate, back.p_value) == (-there.estimate, pytest.approx(there.p_value))
    more, less = difference(a, b, side=Side.GREATER), difference(b, a, side=Side.LESSER)
    assert (less.conf_high, less.p_value) == pytest.approx((-more.conf_low, more.p_value))
    believed, turned = posterior(a, b), posterior(b, a)
    assert believed.probability_better + turned.probability_better == pytest.approx(1)
    assert believed.loss_of_control == pytest.approx(turned.loss_of_treatment)
    assert believed.loss_of_control - believed.loss_of_treatment == pytest.approx(believed.mean)


def test_looking_all_the_time_needs_a_wider_interval_and_a_prior_a_smaller_difference():
    a, b = Arm.of_share(980, 2000), Arm.of_share(1100, 2010)
    assert always_valid_difference(a, b, planned=5000).conf_low < difference(a, b).conf_low
    assert 0 < posterior(a, b, prior_sd=0.05).mean < posterior(a, b).mean
    assert posterior(a, b).mean == pytest.approx(difference(a, b).estimate)


def test_what_cannot_be_compared_is_refused_with_its_reason():
    a = Arm.of_share(3, 10)
    refusals = {
        Reason.ONE_PERSON_IN_A_GROUP: (Arm.of_share(1, 1), a, False),
        Reason.NO_EVENTS_IN_A_GROUP: (Arm.of_share(0, 10), a, True),
        Reason.NO_VARIATION: (Arm.of_share(0, 10), a, False),
    }
    for reason, (control, treatment, relative) in refusals.items():
        for compare in (difference, posterior):
            assert compare(control, treatment, relative=relative).reason is reason
        result = always_valid_difference(control, treatment, planned=100, relative=relative)
        assert not isinstance(result, Estimate)
    assert difference(Arm.of_mean(1, 4.0, 16.0), a).reason is Reason.ONE_PERSON_IN_A_GROUP
    with pytest.raises(ValueError, match="11 of 10"):
        Arm.of_share(11, 10)
    with pytest.raises(ValueError, match="above one half"):
        always_valid_difference(a, a, planned=100, side=Side.GREATER, conf_level=0.4)
    quantile = Arm.of_quantile(100, quantile=7.0, low=6.0, high=8.0)
    assert quantile.squared_error == pytest.approx((1 / 1.959963984540054) ** 2 * 99 / 100)
    assert math.isinf(difference(a, a, side=Side.LESSER).conf_low)
