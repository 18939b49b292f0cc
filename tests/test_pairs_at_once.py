"""Every small table compared at once as one at a time, and tests of a margin: fields, methods and edges."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from metrics.estimates import Method, NotEstimable
from metrics.proportions import Proportion, equivalence, risk_difference, risk_differences, risk_ratio, risk_ratios

TABLES = [(x1, 5, x2, 7) for x1 in range(6) for x2 in range(8)]
COLUMNS = [list(column) for column in zip(*TABLES, strict=True)]


def pair(x1, n1, x2, n2):
    return Proportion(x1, n1), Proportion(x2, n2)


def test_differences_of_every_small_table_are_those_of_one_at_a_time():
    many = risk_differences(*COLUMNS, conf_level=0.9)
    assert (many.conf_level, many.method) == (0.9, Method.MIETTINEN_NURMINEN)
    for row, table in enumerate(TABLES):
        one = risk_difference(*pair(*table), conf_level=0.9)
        found = (many.estimate[row], many.conf_low[row], many.conf_high[row], many.p_value[row])
        assert found == pytest.approx((one.estimate, one.conf_low, one.conf_high, one.p_value), abs=1e-9), table


def test_ratios_of_every_small_table_are_those_of_one_at_a_time():
    many = risk_ratios(*COLUMNS, conf_level=0.9)
    assert (many.conf_level, many.method) == (0.9, Method.KOOPMAN)
    for row, table in enumerate(TABLES):
        one = risk_ratio(*pair(*table), conf_level=0.9)
        found = (many.estimate[row], many.conf_low[row], many.conf_high[row], many.p_value[row])
        if isinstance(one, NotEstimable):
            assert np.isnan(found).all(), table
        else:
            expected = (one.estimate, one.conf_low, one.conf_high, one.p_value)
            assert found == pytest.approx(expected, rel=1e-8, abs=1e-9), table


@pytest.mark.parametrize(
    "table", [(6, 5, 2, 7), (2, 5, 8, 7), (-1, 5, 2, 7), (2, 5, -1, 7), (0, 0, 2, 7), (2, 5, 0, 0)]
)
def test_what_is_no_table_is_refused(table):
    for compare in (risk_differences, risk_ratios):
        with pytest.raises(ValueError, match=r"^a group has more events than people, or nobody in it$"):
            compare(*table)


A, B = Proportion(12, 40), Proportion(13, 45)


@pytest.mark.parametrize("method", [Method.MIETTINEN_NURMINEN, Method.MEE, Method.AGRESTI_CAFFO])
def test_every_field_of_a_test_of_a_margin(method):
    found = equivalence(A, B, margin=0.2, alpha=0.1, method=method)
    assert found.difference == risk_difference(A, B, method=method, conf_level=0.8)
    assert (found.margin, found.alpha) == (0.2, 0.1)
    assert found.p_value == max(found.p_above, found.p_below)
    turned = equivalence(B, A, margin=0.2, alpha=0.1, method=method)
    assert (turned.p_above, turned.p_below) == pytest.approx((found.p_below, found.p_above))


def test_a_margin_at_the_limit_of_the_interval_is_just_shown():
    for method in (Method.MIETTINEN_NURMINEN, Method.MEE):
        interval = risk_difference(A, B, method=method, conf_level=0.8)
        assert equivalence(A, B, margin=interval.conf_high, method=method).p_below == pytest.approx(0.1, abs=1e-7)
        assert equivalence(A, B, margin=-interval.conf_low, method=method).p_above == pytest.approx(0.1, abs=1e-7)


def test_miettinen_and_nurminens_statistic_is_smaller_than_mees_by_its_factor():
    both = [equivalence(A, B, margin=0.2, method=m) for m in (Method.MEE, Method.MIETTINEN_NURMINEN)]
    mee, other = (norm.isf(found.p_below) for found in both)
    assert mee / other == pytest.approx(math.sqrt(85 / 84))


@pytest.mark.parametrize(("margin", "alpha"), [(0, 0.05), (1, 0.05), (0.1, 0), (0.1, 0.5), (0.1, 0.7)])
def test_margins_and_levels_that_cannot_be_are_refused(margin, alpha):
    with pytest.raises(ValueError, match="must be between 0 and 1, alpha"):
        equivalence(A, B, margin=margin, alpha=alpha)


def test_thousands_of_millions_of_impressions_are_compared_as_one_pair_is():
    shown, clicked = [10**9, 4 * 10**9, 10**12], [10_009_486, 41_000_000, 10**10]
    others, ago = [10**9, 10**9, 10**12], [10_000_000, 10_000_000, 10**10 + 10**5]
    at_once = risk_differences(clicked, shown, ago, others)
    for i, (a, n, b, m) in enumerate(zip(clicked, shown, ago, others, strict=True)):
        alone = risk_difference(Proportion(a, n), Proportion(b, m))
        found = (at_once.estimate[i], at_once.conf_low[i], at_once.conf_high[i], at_once.p_value[i])
        assert found == pytest.approx((alone.estimate, alone.conf_low, alone.conf_high, alone.p_value), rel=1e-9)
