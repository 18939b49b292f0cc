import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.checks import differential_attrition, sample_ratio_mismatch
from metrics.estimates import Proportion
from metrics.proportions import risk_difference


@pytest.mark.parametrize(
    ("observed", "p_value"),
    [  # R 4.2.2: chisq.test(observed, p = c(1, 1) / 2)$p.value; the first is the example of Fabijan et al. (2019)
        ((821588, 815482), 1.82179287261919e-06),
        ((1000, 1200, 980), 8.63506725323648e-07),
    ],
)
def test_sample_ratio_equals_r(observed, p_value):
    assert sample_ratio_mismatch(observed, (1,) * len(observed)) == pytest.approx(p_value, rel=1e-9)


def test_counts_in_the_planned_ratio_are_no_mismatch():
    assert sample_ratio_mismatch((300, 100), (3, 1)) == 1
    assert sample_ratio_mismatch((300, 100), (0.75, 0.25)) == 1
    assert sample_ratio_mismatch((300, 100), (1, 1)) < 1e-20


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.floats(0.01, 100))
def test_a_ratio_in_other_units_is_the_same_ratio(a, b, scale):
    assert sample_ratio_mismatch((a, b), (scale, scale)) == pytest.approx(sample_ratio_mismatch((b, a), (1, 1)))


@pytest.mark.parametrize(
    ("observed", "ratio"), [((1,), (1,)), ((1, 2), (1, 1, 1)), ((0, 0), (1, 1)), ((-1, 2), (1, 1)), ((1, 2), (1, 0))]
)
def test_what_is_not_a_design_is_refused(observed, ratio):
    with pytest.raises(ValueError, match=r"arms|cannot be checked"):
        sample_ratio_mismatch(observed, ratio)


def test_attrition_is_the_score_test_of_the_shares_lost():
    lost = differential_attrition(56, 70, 48, 80)
    assert lost == pytest.approx(0.00825828793133236, rel=1e-9)  # R, ratesci: score test with N / (N - 1)
    assert lost == risk_difference(Proportion(56, 70), Proportion(48, 80)).p_value


def test_nobody_lost_is_no_difference():
    assert differential_attrition(0, 70, 0, 80) == 1
