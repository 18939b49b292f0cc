"""Shares across ordered groups, against R's `prop.trend.test`."""

import pytest

from metrics.proportions import Proportion
from metrics.proportions.trend import trend

SMOKERS = (83, 90, 129, 70)  # the example of R's help page, from Fleiss (1981), page 139
PATIENTS = (86, 93, 136, 82)


def groups(events, totals):
    return [Proportion(*pair) for pair in zip(events, totals, strict=True)]


@pytest.mark.parametrize(
    ("events", "totals", "scores", "statistic"),
    [
        (SMOKERS, PATIENTS, None, 8.2249222852),
        (SMOKERS, PATIENTS, (0, 0, 0, 1), 12.1731462207),
        ((1, 2, 3), (3, 3, 3), (1, 2, 4), 2.892857143),
        ((0, 1), (1, 1), None, 2.0),  # a variance below one
    ],
)
def test_a_trend_equals_that_of_r(events, totals, scores, statistic):
    test = trend(groups(events, totals), scores=scores)
    assert test.statistic == pytest.approx(statistic, rel=1e-9)
    assert test.df == 1


def test_scores_may_have_fractions():
    assert trend(groups((1, 2, 3), (3, 3, 3)), scores=(0.5, 1, 2)).statistic == pytest.approx(2.892857143, rel=1e-9)


def test_where_nobody_differs_there_is_no_trend():
    assert trend(groups((0, 0), (3, 4))).p_value == 1
