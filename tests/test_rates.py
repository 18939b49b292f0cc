import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from metrics.day_series import mean_of_days
from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Proportion, Reason
from metrics.proportions import risk_difference
from metrics.rates import compare_rates
from metrics.rates.days import FEW_EVENTS, by_day


def days(numerator, denominator, first=0):
    return pd.DataFrame(
        {"day": range(first, first + len(numerator)), "numerator": numerator, "denominator": denominator}
    )


def campaigns(rng, *, n=14, volume=10_000, rate=0.01, spread=0.2, shared=0.0, memory=0.0):
    """Two campaigns of one rate, whose days vary by `spread` (together by `shared`), each like the last by `memory`."""
    noise = rng.normal(size=(2, n))
    for day in range(1, n):
        noise[:, day] = memory * noise[:, day - 1] + math.sqrt(1 - memory**2) * noise[:, day]
    daily = np.minimum(rate * np.exp(spread * noise + shared * rng.normal(size=n)), 1)
    return tuple(days(rng.binomial(volume, side), volume) for side in daily)


def share_significant(draws, compare, **how):
    rng = np.random.default_rng(2026)
    return sum(compare(*campaigns(rng, **how)) < 0.05 for _ in range(draws)) / draws


def paired_p(a, b):
    return compare_rates(a, b, paired=True).p_value


def independent_p(a, b):
    return compare_rates(a, b, paired=False).p_value


def naive_p(a, b):
    totals = (Proportion(int(c["numerator"].sum()), int(c["denominator"].sum())) for c in (a, b))
    return risk_difference(*totals).p_value


A = days([52, 61, 47, 70, 66, 58, 49], 5000)
B = days([41, 55, 40, 52, 60, 45, 43], 5000)


# Paired by day -------------------------------------------------------------------------------------------------------


def test_paired_days_give_the_t_interval_of_the_daily_log_ratios():
    daily = np.log((A["numerator"] + 0.5) / 5000.5) - np.log((B["numerator"] + 0.5) / 5000.5)
    se = daily.std() / math.sqrt(7)
    half = student.ppf(0.95, 6) * se
    result = compare_rates(A, B, paired=True, conf_level=0.9)
    assert result.estimate == pytest.approx(math.exp(daily.mean()))
    assert result.se == pytest.approx(se)
    assert (result.conf_low, result.conf_high) == pytest.approx(
        (math.exp(daily.mean() - half), math.exp(daily.mean() + half))
    )
    assert result.p_value == pytest.approx(2 * student.sf(abs(daily.mean() / se), 6))
    assert (result.measure, result.method, result.df, result.n) == ("rate_ratio", "paired_days", 6, 7)
    assert (result.conf_level, result.cautions, result.autocorrelation) == (0.9, (), None)


def test_dispersion_is_pearsons_chi_square_over_its_degrees_of_freedom():
    chi_square = 0.0
    for frame in (A, B):
        rate = frame["numerator"].sum() / frame["denominator"].sum()
        chi_square += ((frame["numerator"] - 5000 * rate) ** 2 / (5000 * rate * (1 - rate))).sum()
    assert compare_rates(A, B, paired=True).dispersion == pytest.approx(chi_square / 12)
    assert compare_rates(A, B, paired=False).dispersion == pytest.approx(chi_square / 12)


def test_days_with_few_events_are_compared_by_their_part_in_the_totals():
    a, b = days([0, 3, 7, 2, 9, 4, 5], 5000), days([4, 1, 8, 0, 6, 3, 2], 4000)
    result = compare_rates(a, b, paired=True)
    assert result.estimate == pytest.approx(30 / 35000 / (24 / 28000))
    part = [(c["numerator"] - c["numerator"].mean()) / c["numerator"].sum() for c in (a, b)]
    assert result.se == pytest.approx(math.sqrt(7 / 6 * ((part[0] - part[1]) ** 2).sum()))
    assert (result.method, result.cautions) == ("paired_days_of_totals", (Caution.FEW_EVENTS_A_DAY,))


def test_days_that_one_campaign_did_not_run_are_left_out_and_that_is_said():
    longer = pd.concat([A, days([500], 5000, first=7)])
    result = compare_rates(longer, B, paired=True)
    assert result.estimate == compare_rates(A, B, paired=True).estimate
    assert (result.n, result.cautions) == (7, (Caution.DAYS_NOT_SHARED,))


def test_dates_several_rows_a_day_and_empty_days_are_read():
    start = dt.date(2026, 3, 1)
    dated = A.assign(day=[start + dt.timedelta(days=i) for i in range(7)])
    halves = pd.concat([dated.assign(numerator=A["numerator"] - 10), dated.assign(numerator=10)])
    idle = pd.DataFrame({"day": [start + dt.timedelta(days=9)], "numerator": [0], "denominator": [0]})
    gap = pd.DataFrame({"day": [start], "numerator": [np.nan], "denominator": [np.nan]})
    stacked = pd.concat([halves.assign(denominator=2500), idle, gap])
    other = B.assign(day=dated["day"])
    assert compare_rates(stacked, other, paired=True) == compare_rates(A, B, paired=True)


def test_hours_of_one_day_are_one_day():
    hours = pd.DataFrame(
        {"day": pd.to_datetime(["2026-03-01 08:00", "2026-03-01 18:30", "2026-03-02 23:59"]), "numerator": [2, 3, 4],
         "denominator": [10, 20, 30]}
    )  # fmt: skip
    assert by_day(hours)["numerator"].tolist() == [5, 4]


def test_half_an_event_and_half_a_trial_are_added_to_each_day():
    a, b = days([10, 30, 22], [20, 60, 90]), days([14, 9, 30], [30, 25, 41])
    expected = np.mean(np.log([10.5 / 20.5, 30.5 / 60.5, 22.5 / 90.5]) - np.log([14.5 / 30.5, 9.5 / 25.5, 30.5 / 41.5]))
    assert math.log(compare_rates(a, b, paired=True).estimate) == pytest.approx(expected)


def test_results_per_unit_of_money_are_rates_too():
    a, b = (frame.assign(denominator=[8.0, 9.0, 7.5, 10.0, 9.5, 9.0, 8.0]) for frame in (A, B))
    result = compare_rates(a, b, paired=True)
    assert result.estimate == pytest.approx(math.exp(np.log((A["numerator"] + 0.5) / (B["numerator"] + 0.5)).mean()))
    assert result.dispersion < 1


def test_fewer_than_a_week_is_cautioned_and_fewer_than_three_days_refused():
    assert compare_rates(A[:6], B[:6], paired=True).cautions == (Caution.FEW_DAYS,)
    refusal = NotEstimable(measure=Measure.RATE_RATIO, reason=Reason.TOO_FEW_DAYS, n=2)
    assert compare_rates(A[:2], B, paired=True) == refusal
    assert compare_rates(A[:2], B, paired=False).reason is Reason.TOO_FEW_DAYS
    assert compare_rates(A[:0], B[:0], paired=True).reason is Reason.TOO_FEW_DAYS


@pytest.mark.parametrize("paired", [True, False])
@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (0, 0, Reason.NO_EVENTS_IN_EITHER_GROUP),
        (0, 9, Reason.NO_EVENTS_IN_A_GROUP),
        (9, 0, Reason.NO_EVENTS_IN_A_GROUP),
        (9, 18, Reason.NO_VARIATION),
        (5000, 5000, Reason.NO_VARIATION),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_its_reason(paired, a, b, reason):
    result = compare_rates(A.assign(numerator=a), B.assign(numerator=b), paired=paired)
    assert result == NotEstimable(measure=Measure.RATE_RATIO, reason=reason, n=7 if paired else 14)


def test_events_at_every_trial_have_no_dispersion():
    a = days([10, 12, 9, 10], [10, 12, 9, 10])
    b = days([9, 12, 8, 10], [10, 12, 9, 10])
    result = compare_rates(a, b, paired=True)
    assert isinstance(result, Estimate)
    assert result.dispersion is None


def test_counts_below_zero_are_refused():
    with pytest.raises(ValueError, match="counts below zero: -3"):
        compare_rates(A.assign(numerator=-3), B, paired=True)


def test_an_interval_of_three_days_at_a_level_beyond_all_measure_is_endless():
    a, b = days([1, 90, 3], [1000, 1000, 1000]), days([60, 2, 50], [1000, 1000, 1000])
    found = compare_rates(a, b, paired=False, conf_level=1 - 1e-9)
    assert (found.conf_low, found.conf_high) == (0, math.inf)


@pytest.mark.parametrize(
    ("shown", "half"),
    [([(150, 130, 95, 180), (400, 90, 300, 200)], 0.5), ([(10, 12, 9, 11), (5, 30, 4, 25)], 0.0)],
    ids=["shares, of all on one day", "results for money"],
)
def test_a_days_rate_has_half_a_trial_more_where_results_are_shares_of_trials(shown, half):
    counted = (100, 130, 95, 110), (50, 60, 45, 55)
    a, b = (days(events, trials) for events, trials in zip(counted, shown, strict=True))
    logs = [np.log((np.array(x) + 0.5) / (np.array(n) + half)) for x, n in zip(counted, shown, strict=True)]
    found = compare_rates(a, b, paired=True)
    assert math.log(found.estimate) == pytest.approx((logs[0] - logs[1]).mean(), rel=1e-12)


def test_days_of_just_enough_events_are_compared_one_by_one():
    busy, idle = days([30, 41, 25, 38, 29], 1000), days([22, FEW_EVENTS, 31, 19, 27], 1000)
    enough = compare_rates(busy, idle, paired=True)
    fewer = compare_rates(busy, idle.replace(FEW_EVENTS, FEW_EVENTS - 1), paired=True)
    assert (enough.method, fewer.method) == ("paired_days", "paired_days_of_totals")
    assert [Caution.FEW_EVENTS_A_DAY in found.cautions for found in (enough, fewer)] == [False, True]


# Different days ------------------------------------------------------------------------------------------------------


def test_different_days_give_the_ratio_of_totals_with_welchs_degrees_of_freedom():
    a, b = A, days([30, 44, 51, 38, 60], [4000, 5000, 5500, 4500, 6000], first=40)
    result = compare_rates(a, b, paired=False)
    rates, variances, dfs = [], [], []
    for frame in (a, b):
        rate, n = frame["numerator"].sum() / frame["denominator"].sum(), len(frame)
        part = (frame["numerator"] - rate * frame["denominator"]) / frame["numerator"].sum()
        rates.append(rate)
        variances.append(n / (n - 1) * (part**2).sum())
        dfs.append(n - 1)
    assert result.estimate == pytest.approx(rates[0] / rates[1])
    assert result.se == pytest.approx(math.sqrt(sum(variances)))
    welch = sum(variances) ** 2 / sum(v**2 / df for v, df in zip(variances, dfs, strict=True))
    assert result.df == pytest.approx(welch)
    assert (result.n, result.method, result.cautions) == (12, "independent_days", (Caution.FEW_DAYS,))
    assert result.p_value == pytest.approx(2 * student.sf(abs(math.log(result.estimate)) / result.se, welch))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_exchanging_the_campaigns_inverts_the_ratio(seed, paired):
    a, b = campaigns(np.random.default_rng(seed), n=20, memory=0.5)
    there, back = compare_rates(a, b, paired=paired), compare_rates(b, a, paired=paired)
    assert back.estimate == pytest.approx(1 / there.estimate, rel=1e-6)
    assert back.conf_low == pytest.approx(1 / there.conf_high, rel=1e-6)
    assert back.p_value == pytest.approx(there.p_value, rel=1e-4)
    assert (there.p_value < 0.05) == there.excludes_no_difference


# One day like the last -----------------------------------------------------------------------------------------------


def test_memory_widens_the_interval_and_is_reported():
    rng = np.random.default_rng(4)
    a, b = campaigns(rng, n=28, memory=0.8)
    for paired, method in ((True, "paired_days_ar1"), (False, "independent_days_ar1")):
        result = compare_rates(a, b, paired=paired)
        assert result.method == method
        assert 0 < result.autocorrelation < 1
        assert result.df < 27 if paired else result.df < 54


def test_two_campaigns_of_their_own_days_need_a_stronger_resemblance_than_one_series():
    # a correlation of 0.35 or so: allowed for in one series (0.25), not in each of two (0.4)
    a = days([223, 186, 235, 209, 187, 223, 239, 243, 173, 179, 179, 205, 122, 180, 135, 185], 5000)
    b = days([194, 234, 152, 216, 251, 242, 159, 172, 164, 176, 282, 171, 211, 194, 285, 273], 5000, first=100)
    series = a["numerator"].to_numpy(dtype=float)
    assert mean_of_days(series, np.arange(16.0)).autocorrelation == pytest.approx(0.43, abs=0.01)  # bias added back
    assert mean_of_days(series, np.arange(16.0), weakest=0.4).autocorrelation is None
    assert compare_rates(a, b, paired=False).method == "independent_days"


# Error rates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "lowest_naive"),
    [
        ({"n": 12, "spread": 0.25}, 0.4),
        ({"n": 7, "volume": 50_000, "spread": 0.2}, 0.55),
        ({"n": 12, "volume": 5_000, "rate": 0.25, "spread": 0.1}, 0.5),
        ({"n": 12, "spread": 0.15, "shared": 0.2}, 0.2),
    ],
    ids=["days vary 25 %", "a week of large days", "view rates", "shared days"],
)
def test_equal_campaigns_differ_one_time_in_twenty_by_day_and_far_more_often_by_impression(how, lowest_naive):
    assert share_significant(200, naive_p, **how) > lowest_naive
    assert 0.01 <= share_significant(200, paired_p, **how) <= 0.09


def test_equal_campaigns_on_different_days_differ_one_time_in_twenty():
    assert 0.01 <= share_significant(200, independent_p, n=12, spread=0.25) <= 0.09


def test_rare_events_in_unequal_volumes_do_not_look_like_a_difference():
    rng = np.random.default_rng(1)
    significant = 0
    for _ in range(200):
        a, b = (days(rng.poisson(mean * np.exp(0.15 * rng.normal(size=12))), mean * 100) for mean in (8, 80))
        significant += paired_p(a, b) < 0.05
    assert significant / 200 <= 0.09


def test_days_that_resemble_the_last_are_not_counted_as_so_many_independent_days():
    def forgetful(a, b):  # the paired t test, as if days were independent
        y = np.log((a["numerator"] + 0.5) / (b["numerator"] + 0.5))
        return 2 * student.sf(abs(y.mean()) / (y.std() / math.sqrt(28)), 27)

    how = {"n": 28, "spread": 0.2, "memory": 0.6}
    assert share_significant(200, forgetful, **how) > 0.2
    assert share_significant(200, paired_p, **how) < 0.1


def test_intervals_cover_a_true_difference():
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(200):
        a, b = campaigns(rng, n=12)
        better = a.assign(numerator=rng.binomial(a["numerator"], 0.8))
        result = compare_rates(better, b, paired=True)
        covered += result.conf_low <= 0.8 <= result.conf_high
    assert 0.905 <= covered / 200 <= 0.99
