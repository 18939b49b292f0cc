import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from metrics.checks import (
    audience_balance,
    composition_shift,
    differential_attrition,
    reversal,
    sample_ratio_mismatch,
)
from metrics.estimates import Measure, NotEstimable, Proportion, Reason
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


def test_an_arm_that_nobody_is_in_is_a_mismatch():
    # chi-square (0 - 5)^2 / 5 + (10 - 5)^2 / 5 = 10 with one degree of freedom
    assert sample_ratio_mismatch((0, 10), (1, 1)) == pytest.approx(math.erfc(math.sqrt(10 / 2)))


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


def people(women, men, women_comparison, men_comparison):
    counts = [women, men, women_comparison, men_comparison]
    return pd.DataFrame({"arm": [1, 1, 0, 0], "sex": ["F", "M"] * 2, "n": counts})


def test_balance_is_the_chi_square_and_the_distance_in_standard_deviations():
    balance = audience_balance(people(575, 425, 675, 325), arm="arm", by=["sex"], count="n")
    # by hand: gap 0.1 over the root of the mean of .575 x .425 and .675 x .325; chi-square 1250 x 750 expected cells
    assert balance.standardised_difference == pytest.approx(0.1 / math.sqrt((0.575 * 0.425 + 0.675 * 0.325) / 2))
    expected = chi2_contingency([[575, 425], [675, 325]], correction=False)
    assert (balance.p_value, balance.df) == (pytest.approx(expected.pvalue), 1)
    assert balance.noticeable
    first = balance.cells[0]
    assert (first.values, first.share, first.share_comparison) == (("F",), 0.575, 0.675)
    assert first.standardised_difference == pytest.approx(-balance.standardised_difference)


def test_kinds_are_given_with_their_own_difference_the_most_different_first():
    # 50, 30 and 20 of 100 against 20, 30 and 50 of 100; the third kind was never seen beside the campaign's own rows
    table = pd.DataFrame({"arm": [0, 0, 0, 1, 1, 1, 1], "age": [*"cbabcad"], "n": [50, 30, 20, 30, 19, 50, 1]})
    balance = audience_balance(table, arm="arm", by=["age"], count="n")
    assert [cell.values for cell in balance.cells] == [("c",), ("a",), ("d",), ("b",)]
    assert [cell.share for cell in balance.cells] == [0.19, 0.5, 0.01, 0.3]
    assert [cell.share_comparison for cell in balance.cells] == [0.5, 0.2, 0.0, 0.3]
    differences = [
        (0.19 - 0.5) / math.sqrt((0.19 * 0.81 + 0.25) / 2),
        (0.5 - 0.2) / math.sqrt((0.25 + 0.2 * 0.8) / 2),
        0.01 / math.sqrt(0.01 * 0.99 / 2),
        0.0,
    ]
    assert [cell.standardised_difference for cell in balance.cells] == pytest.approx(differences)
    assert balance.df == 3


def test_kinds_that_differ_alike_stay_in_the_order_given_and_those_without_people_are_none():
    kinds = [f"kind {number}" for number in range(60, 0, -1)]
    table = pd.DataFrame({"arm": [1] * 60 + [0] * 60, "kind": kinds * 2, "n": 3})
    nobody = pd.DataFrame({"arm": [1, 0], "kind": "nobody", "n": 0})
    balance = audience_balance(pd.concat([nobody, table]), arm="arm", by=["kind"], count="n")
    assert [cell.values for cell in balance.cells] == [(kind,) for kind in kinds]
    assert balance.df == 59


def test_one_person_is_an_arm():
    # 1 woman against 1 woman and 1 man: expected 2 / 3 and 1 / 3, 4 / 3 and 2 / 3; chi-square 0.75
    balance = audience_balance(people(1, 0, 1, 1), arm="arm", by=["sex"], count="n")
    assert balance.p_value == pytest.approx(math.erfc(math.sqrt(0.75 / 2)))


def test_arms_alike_are_balanced_however_many_people():
    balance = audience_balance(people(57_500, 42_500, 575, 425), arm="arm", by=["sex"], count="n")
    assert (balance.p_value, balance.noticeable) == (pytest.approx(1), False)
    assert balance.standardised_difference == pytest.approx(0, abs=1e-9)


def test_rows_of_people_and_counts_of_people_say_the_same():
    counted = people(30, 20, 25, 30).assign(age=["18-24", "25-34"] * 2)
    one_by_one = counted.loc[counted.index.repeat(counted["n"])]
    assert audience_balance(one_by_one, arm="arm", by=["age", "sex"]) == audience_balance(
        counted, arm="arm", by=["age", "sex"], count="n"
    )


def test_a_kind_that_one_arm_never_reached_counts_and_one_kind_alone_cannot_differ():
    counts = people(50, 50, 100, 0)
    assert audience_balance(counts, arm="arm", by=["sex"], count="n").p_value < 1e-10
    alone = audience_balance(counts[counts["sex"] == "F"], arm="arm", by=["sex"], count="n")
    assert (alone.standardised_difference, alone.p_value, alone.df) == (0, 1, 0)
    assert [cell.standardised_difference for cell in alone.cells] == [0]


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda t: t.assign(arm=2), "must hold 0 and 1"),
        (lambda t: t.assign(n=-1), "not be negative"),
        (lambda t: t[t["arm"] == 1], "nobody"),
    ],
)
def test_what_is_not_two_audiences_is_refused(change, match):
    with pytest.raises(ValueError, match=match):
        audience_balance(change(people(1, 2, 3, 4)), arm="arm", by=["sex"], count="n")


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=6))
def test_exchanging_the_arms_changes_no_distance_and_no_test(cells):
    counts = pd.DataFrame(
        [(arm, kind, pair[arm]) for kind, pair in enumerate(cells) for arm in (0, 1)], columns=["arm", "kind", "n"]
    )
    assume(all(counts.loc[counts["arm"] == arm, "n"].sum() > 0 for arm in (0, 1)))
    one = audience_balance(counts, arm="arm", by=["kind"], count="n")
    other = audience_balance(counts.assign(arm=1 - counts["arm"]), arm="arm", by=["kind"], count="n")
    assert other.standardised_difference == pytest.approx(one.standardised_difference, abs=1e-7)
    assert other.p_value == pytest.approx(one.p_value, abs=1e-12)


# Charig et al. (1986), BMJ 292:879-882: open surgery against lithotripsy, by size of the stone
STONES = {"small": (Proportion(81, 87), Proportion(234, 270)), "large": (Proportion(192, 263), Proportion(55, 80))}


def test_a_comparison_that_turns_around_within_every_stratum_is_told():
    found = reversal(STONES)
    assert found.crude.estimate == pytest.approx(273 / 77 / (289 / 61))
    assert found.stratified.estimate > 1 > found.crude.estimate
    assert found.strata == pytest.approx({"small": 81 / 87 - 234 / 270, "large": 192 / 263 - 55 / 80})
    assert found.reversed
    assert found.shifted


def test_equal_mixes_turn_nothing_around():
    found = reversal({"a": (Proportion(60, 100), Proportion(50, 100)), "b": (Proportion(30, 100), Proportion(20, 100))})
    assert not found.reversed
    assert not found.shifted


def test_a_loss_in_every_stratum_is_not_turned_around():
    found = reversal({"a": (Proportion(50, 100), Proportion(60, 100)), "b": (Proportion(20, 100), Proportion(30, 100))})
    assert (found.reversed, found.shifted) == (False, False)


def test_a_difference_that_is_gone_within_strata_is_the_mix_and_no_reversal():
    # Nine in ten of `a` are in the stratum where 80 in 100 know, nine in ten of `b` where 10 in 100 do
    found = reversal({"x": (Proportion(80, 100), Proportion(8, 10)), "y": (Proportion(1, 10), Proportion(10, 100))})
    assert found.crude.estimate == pytest.approx(81 / 29 / (18 / 92))
    assert found.stratified.estimate == 1
    assert (found.reversed, found.shifted) == (False, True)


@pytest.mark.parametrize("swap", [False, True])
def test_strata_in_which_one_group_has_no_event_turn_nothing_around(swap):
    strata = {"x": (Proportion(0, 10), Proportion(5, 10)), "y": (Proportion(10, 10), Proportion(10, 10))}
    found = reversal({name: (b, a) if swap else (a, b) for name, (a, b) in strata.items()})
    assert found.crude.estimate == pytest.approx(3 if swap else 1 / 3)
    assert isinstance(found.stratified, NotEstimable)
    assert (found.reversed, found.shifted) == (False, False)


def test_where_nothing_happened_nothing_is_reversed():
    found = reversal({"a": (Proportion(0, 10), Proportion(0, 10))})
    assert (found.reversed, found.shifted) == (False, False)
    assert isinstance(found.crude, NotEstimable)


def test_a_change_that_is_only_one_of_who_was_asked_is_gone_where_like_is_compared():
    shares, numbers = {"young": 0.8, "old": 0.3}, {(0, "young"): 20, (0, "old"): 80, (1, "young"): 80, (1, "old"): 20}
    waves = pd.DataFrame(
        [(after, age, int(i < shares[age] * n)) for (after, age), n in numbers.items() for i in range(n)],
        columns=["after", "age", "knows"],
    )
    shift = composition_shift(waves, outcome="knows", period="after", by=["age"])
    assert shift.crude.estimate == pytest.approx(0.3)  # 0.70 after, 0.40 before
    assert shift.standardised.estimate == pytest.approx(0, abs=1e-12)
    assert shift.due_to_composition == pytest.approx(0.3)
    assert shift.balance.noticeable


@pytest.mark.parametrize("cluster", [None, "village"])
def test_what_is_left_of_a_change_among_people_alike_is_told_apart_from_who_was_asked(cluster):
    # 30 then 40 in 100 of the old and 50 then 60 of the young know; the young are 25 and then 75 of 100
    numbers = {(0, "young"): (20, 40), (0, "old"): (36, 120), (1, "young"): (72, 120), (1, "old"): (16, 40)}
    waves = pd.DataFrame(
        [(after, age, int(i < knows), i % 8) for (after, age), (knows, n) in numbers.items() for i in range(n)],
        columns=["after", "age", "knows", "village"],
    )
    shift = composition_shift(waves, outcome="knows", period="after", by=["age"], cluster=cluster)
    assert shift.crude.estimate == pytest.approx(88 / 160 - 56 / 160)
    assert shift.standardised.estimate == pytest.approx(0.1)
    assert shift.due_to_composition == pytest.approx(0.1)
    assert shift.crude.clusters == shift.standardised.clusters == (8 if cluster else None)


def test_a_kind_asked_in_one_wave_only_cannot_be_compared():
    waves = pd.DataFrame(
        {"after": [0] * 9 + [1] * 9, "age": ["a"] * 9 + ["a", "b"] * 4 + ["a"], "knows": [0, 1, 1] * 6}
    )
    shift = composition_shift(waves, outcome="knows", period="after", by=["age"])
    assert isinstance(shift.standardised, NotEstimable)
    assert shift.due_to_composition is None


def test_a_single_wave_has_no_change_to_divide():
    wave = pd.DataFrame({"after": [1, 1], "age": ["a", "b"], "knows": [0, 1]})
    shift = composition_shift(wave, outcome="knows", period="after", by=["age"])
    assert shift == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.ONE_PERIOD, n=2)
    hours = composition_shift(wave.assign(knows=[2.5, 4.0]), outcome="knows", period="after", by=["age"])
    assert hours.measure == Measure.MEAN_DIFFERENCE
