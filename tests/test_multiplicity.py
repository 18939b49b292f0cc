"""Many outcomes: q-values against the two stages carried out level by level, an index against its definition."""

import math

import numpy as np
import pandas as pd
import pytest

from metrics.multiplicity import adjusted_p_values, outcome_index, sharpened_q_values

ANSWERS = pd.DataFrame(
    {
        "knows": [1.0, 3, 2, 5, 4, 6, 2, math.nan],
        "fears": [2.0, 9, 4, math.nan, 7, 3, 8, math.nan],
        "plans": [0.5, 0.1, math.nan, 0.9, 0.4, 0.2, 0.8, math.nan],
    },
    index=[40, 7, 12, 3, 99, 5, 61, 8],
)
COMPARISON = [True, True, True, False, True, True, False, False]


def found_in_two_stages(p_values, level):
    """Which are found: Benjamini and Hochberg at level / (1 + level), then again with the share of true ones."""
    level = level / (1 + level)

    def findings(rate):
        ordered = sorted(p_values)
        return max((k for k, p in enumerate(ordered, 1) if p <= k * rate / len(p_values)), default=0)

    first = findings(level)
    if first == 0:
        return 0
    return first if first == len(p_values) else findings(level * len(p_values) / (len(p_values) - first))


@pytest.mark.parametrize(
    "p_values",
    [(0.001, 0.008, 0.039, 0.041, 0.6), (0.9, 0.0004, 0.02, 0.3, 0.015, 0.011), (0.2, 0.3), (0.00001, 0.00002, 0.9)],
)
def test_a_q_value_is_the_least_level_at_which_two_stages_find_the_result(p_values):
    levels = [k / 1000 for k in range(1, 1001)]
    for p, q in zip(p_values, sharpened_q_values(p_values), strict=True):
        rank = sorted(p_values).index(p) + 1
        least = next((level for level in levels if found_in_two_stages(p_values, level) >= rank), 1.0)
        assert q == pytest.approx(least)


def test_p_values_of_zero_and_one_and_on_the_line_itself():
    assert sharpened_q_values([0.0, 1.0]) == (0.001, 1.0)
    assert sharpened_q_values([0.5]) == (1.0,)  # 0.5 is 1 / (1 + 1), the line at the level 1
    assert sharpened_q_values([0.25, 0.5]) == (1.0, 1.0)
    assert sharpened_q_values([0.2]) == (0.25,)  # 0.2 is 0.25 / 1.25
    assert sharpened_q_values([0.1, 0.3]) == (0.25, 0.25)  # the first is on its line, which makes room for the second


def test_no_q_value_is_above_one():
    assert sharpened_q_values([0.5001]) == (1.0,)


@pytest.mark.parametrize("p_values", [[0.1, -0.1], [0.1, 1.5], []])
def test_what_is_no_p_value_has_no_q_value(p_values):
    with pytest.raises(ValueError, match="are not p-values"):
        sharpened_q_values(p_values)


def index_by_definition(answers, rows):
    """Anderson (2008), appendix A: standardise by the comparison group, weight by the rows of the inverse, average."""
    x = answers.to_numpy()
    standard = (x - np.nanmean(x[rows], axis=0)) / np.nanstd(x[rows], axis=0, ddof=1)
    weights = np.linalg.inv(pd.DataFrame(standard).cov().to_numpy()).sum(axis=1)
    index = []
    for person in standard:
        there = ~np.isnan(person)
        index.append(person[there] @ weights[there] / weights[there].sum() if there.any() else math.nan)
    index = np.array(index)
    return (index - index[rows].mean()) / index[rows].std(ddof=1)


def test_an_index_weighs_outcomes_by_the_inverse_of_their_covariance():
    index = outcome_index(ANSWERS, comparison=COMPARISON)
    assert index.to_numpy() == pytest.approx(index_by_definition(ANSWERS, np.array(COMPARISON)), nan_ok=True)


def test_an_index_keeps_the_names_of_its_rows():
    assert outcome_index(ANSWERS, comparison=COMPARISON).index.tolist() == ANSWERS.index.tolist()


def test_an_index_is_in_standard_deviations_of_the_comparison_group():
    rows = outcome_index(ANSWERS, comparison=COMPARISON)[COMPARISON]
    assert (rows.mean(), rows.std()) == (pytest.approx(0, abs=1e-12), pytest.approx(1))


def test_outcomes_that_do_not_vary_in_the_comparison_group_are_named():
    flat = ANSWERS.assign(saves=1.0, shares=2.0)
    with pytest.raises(ValueError, match=r"nothing varies in saves, shares$"):
        outcome_index(flat, comparison=COMPARISON)


def test_outcomes_that_vary_by_little_are_not_named():
    slight = ANSWERS.assign(saves=1.0)
    with pytest.raises(ValueError, match=r"nothing varies in saves$"):
        outcome_index(slight, comparison=COMPARISON)


def test_one_person_is_no_comparison_group():
    with pytest.raises(ValueError, match="nothing varies in knows, fears, plans"):
        outcome_index(ANSWERS, comparison=[True] + 7 * [False])


def test_outcomes_that_cancel_out_in_the_comparison_group_have_no_index():
    answers = pd.DataFrame({"a": [0.0, 1, 2, 3, 4], "b": [2.0, 1, 0, 4, 3]})  # one is the other turned around
    with pytest.raises(
        ValueError, match=r"^in the comparison group the outcomes cancel out, so that their index [a-z ]+ vary$"
    ):
        outcome_index(answers, comparison=[True, True, True, False, False])


def test_an_unknown_adjustment_is_answered_with_those_there_are():
    with pytest.raises(
        ValueError, match=r"^'fdr' must be one of bonferroni, holm, hochberg, hommel, benjamini_hochberg, "
    ):
        adjusted_p_values([0.1, 0.2], method="fdr")
