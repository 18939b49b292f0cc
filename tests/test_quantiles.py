import dataclasses
import math

import pytest

from metrics.estimates import Estimate, Measure, Method
from metrics.quantiles import middle_half, quantile, quantiles

SYMMETRICAL = Estimate(
    measure=Measure.RISK_DIFFERENCE,
    estimate=0.04,
    se=0.01,
    conf_low=0.04 - 0.01 * 1.959963984540054,
    conf_high=0.04 + 0.01 * 1.959963984540054,
    p_value=0.00006,
    df=math.inf,
    conf_level=0.95,
    method=Method.HC2,
    n=900,
)


def test_a_normal_estimate_has_the_normal_quantiles():
    # Quartiles of the standard normal distribution are -0.674490 and 0.674490 (any table).
    assert middle_half(SYMMETRICAL) == pytest.approx((0.04 - 0.0067449, 0.04 + 0.0067449), abs=1e-8)


def test_few_degrees_of_freedom_have_the_quantiles_of_the_t_distribution():
    # One degree of freedom is the Cauchy distribution: quartiles at one, 97.5 % at tan(0.475 pi) = 12.7062.
    wide = dataclasses.replace(SYMMETRICAL, df=1, conf_low=0.04 - 0.01 * 12.7062047, conf_high=0.04 + 0.01 * 12.7062047)
    assert middle_half(wide) == pytest.approx((0.03, 0.05), abs=1e-9)


def test_the_limits_of_the_interval_are_its_own_quantiles_on_both_sides():
    lopsided = dataclasses.replace(SYMMETRICAL, conf_low=0.01, conf_high=0.12)
    assert quantile(lopsided, 0.025) == pytest.approx(0.01)
    assert quantile(lopsided, 0.5) == 0.04
    assert quantile(lopsided, 0.975) == pytest.approx(0.12)


def test_a_ratio_is_read_on_its_logarithm():
    ratio = dataclasses.replace(SYMMETRICAL, measure=Measure.RISK_RATIO, estimate=2.0, conf_low=1.0, conf_high=4.0)
    low, high = middle_half(ratio)
    assert low * high == pytest.approx(4.0)
    assert quantile(ratio, 0.975) == pytest.approx(4.0)


def test_dots_are_in_order_and_half_of_them_lie_on_each_side_of_the_estimate():
    sizes = quantiles(SYMMETRICAL, 20)
    assert len(sizes) == 20
    assert list(sizes) == sorted(sizes)
    assert sum(size < 0.04 for size in sizes) == 10


@pytest.mark.parametrize("probability", [0, 1, -0.1, 1.1])
def test_a_probability_that_cannot_be_is_refused(probability):
    with pytest.raises(ValueError, match="must be between 0 and 1"):
        quantile(SYMMETRICAL, probability)


def test_no_dots_cannot_be_drawn():
    with pytest.raises(ValueError, match="0 sizes"):
        quantiles(SYMMETRICAL, 0)


def test_an_endless_interval_has_no_sizes():
    endless = dataclasses.replace(
        SYMMETRICAL, measure=Measure.RISK_RATIO, estimate=2.0, conf_low=1.0, conf_high=math.inf
    )
    with pytest.raises(ValueError, match="no finite sizes"):
        middle_half(endless)
    none = dataclasses.replace(SYMMETRICAL, measure=Measure.RISK_RATIO, estimate=0.5, conf_low=0.0, conf_high=2.0)
    with pytest.raises(ValueError, match=r"^0.5 \(0.0 to 2.0\) has no finite sizes in between$"):
        quantile(none, 0.75)


def test_one_dot_is_the_estimate():
    assert quantiles(SYMMETRICAL, 1) == (SYMMETRICAL.estimate,)
