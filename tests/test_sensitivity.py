"""How strong an unmeasured cause must be: the definitions themselves, and every refusal."""

import math

import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import t as student

from metrics.sensitivity import bound, e_value, robustness


def test_the_end_of_the_interval_nearer_to_one_counts():
    assert e_value(1.5, 1.2, 1.9).limit == pytest.approx(1.2 + math.sqrt(1.2 * 0.2))
    assert e_value(0.5, 0.4, 0.8).limit == pytest.approx(1.25 + math.sqrt(1.25 * 0.25))


def test_an_interval_that_is_a_point_has_one_strength():
    assert e_value(2, 2, 2).estimate == e_value(2, 2, 2).limit == pytest.approx(2 + math.sqrt(2))


def test_no_association_needs_no_cause():
    assert (e_value(1, 0.8, 1.2).estimate, e_value(1, 0.8, 1.2).limit) == (1, 1)


@pytest.mark.parametrize("interval", [(1.2, 0, 2), (1.2, 1.3, 2), (1.2, 0.9, 1.1)])
def test_what_is_no_ratio_with_its_interval_is_refused(interval):
    with pytest.raises(ValueError, match="is not a ratio with its interval"):
        e_value(*interval)


def lowest_t(f, df, share):
    """The least t statistic that a cause leaves which explains up to a share of the outcome, and a share of reach.

    Cinelli and Hazlett (2020), equations 4 and 5: the bias, and the standard error with the cause in the regression.
    """

    def t_left(outcome_share):
        bias = math.sqrt(outcome_share * share / (1 - share))
        return (f - bias) * math.sqrt(df - 1) / math.sqrt((1 - outcome_share) / (1 - share))

    inner = minimize_scalar(t_left, bounds=(0, min(share, 1 - 1e-12)), method="bounded", options={"xatol": 1e-12})
    return min(float(inner.fun), t_left(min(share, 1 - 1e-12)))


@pytest.mark.parametrize(("t", "df"), [(3.0, 50), (4.18445, 783), (12.0, 20), (60.0, 100), (150.0, 100), (40.0, 9)])
def test_a_cause_as_strong_as_the_robustness_value_leaves_a_result_just_significant(t, df):
    share = robustness(t, df).value_of_significance
    assert lowest_t(t / math.sqrt(df), df, share) == pytest.approx(student.ppf(0.975, df - 1), rel=1e-5)


def test_a_result_that_is_not_significant_needs_no_cause_to_be_none():
    assert robustness(1, 2).value_of_significance == 0
    with pytest.raises(ValueError, match="leave no room"):
        robustness(1, 1)


def test_a_cause_that_explains_all_of_the_outcome_or_nothing_has_a_bound():
    assert bound(outcome_share=1, reached_share=0.5, se=0.1, df=4) == pytest.approx(0.2)
    assert bound(outcome_share=0, reached_share=0.5, se=0.1, df=4) == 0
    assert bound(outcome_share=0.5, reached_share=0, se=0.1, df=4) == 0


@pytest.mark.parametrize(("outcome", "reached"), [(-0.1, 0.5), (1.1, 0.5), (0.5, -0.1), (0.5, 1)])
def test_what_is_no_share_of_variance_is_refused(outcome, reached):
    with pytest.raises(ValueError, match="are not shares of variance"):
        bound(outcome_share=outcome, reached_share=reached, se=0.1, df=4)
