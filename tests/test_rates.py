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
from metrics.proportions import rate_ratio, risk_difference
from metrics.rates import compare_rates, compare_totals, other_methods
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


def restricted_likelihood(rho, y, x):
    """Gaussian restricted log-likelihood of a mean by its matrices, variance at its maximum (Harville 1977)."""
    n = len(y)
    r = rho ** np.abs(np.subtract.outer(x, x))
    inverse = np.linalg.inv(r)
    information = inverse.sum()
    mean = inverse.sum(axis=0) @ y / information
    squares = (y - mean) @ inverse @ (y - mean)
    value = -0.5 * ((n - 1) * math.log(squares) + np.linalg.slogdet(r)[1] + math.log(information))
    return value, mean, math.sqrt(squares / (n - 1) / information), information


@pytest.mark.parametrize("missing", [(), (5, 6, 11)], ids=["every day", "days missing"])
def test_a_series_with_memory_has_the_mean_and_error_of_restricted_maximum_likelihood(missing):
    rng = np.random.default_rng(8)
    y = rng.normal(size=40)
    for day in range(1, 40):
        y[day] = 0.6 * y[day - 1] + 0.8 * y[day]
    x = np.array([day for day in range(40) if day not in missing], dtype=float)
    y = y[x.astype(int)]
    grid = np.linspace(0, 0.98, 2451)
    best = grid[np.argmax([restricted_likelihood(rho, y, x)[0] for rho in grid])]
    result = mean_of_days(y, x)
    assert result.autocorrelation == pytest.approx(best + (1 + 3 * best) / len(x), abs=5e-4)  # Marriott and Pope
    _, mean, se, information = restricted_likelihood(result.autocorrelation, y, x)
    assert (result.mean, result.se, result.df) == pytest.approx((mean, se, information - 1))


def test_few_days_or_no_memory_count_as_independent():
    short = mean_of_days(np.arange(13.0), np.arange(13.0))
    assert (short.autocorrelation, short.df) == (None, 12)
    restless = mean_of_days(np.tile([0.0, 1.0], 20), np.arange(40.0))
    assert (restless.autocorrelation, restless.df) == (None, 39)
    apart = mean_of_days(np.arange(20.0), np.arange(20.0) * 7)  # weekly figures have no day before
    assert apart.autocorrelation is None


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


# Other methods -------------------------------------------------------------------------------------------------------


def test_the_quasi_binomial_check_is_the_ratio_of_totals_widened_by_the_dispersion():
    first = other_methods(A, B)[0]
    xa, xb = A["numerator"].sum(), B["numerator"].sum()
    spread = compare_rates(A, B, paired=False).dispersion
    se = math.sqrt(spread * (1 / xa + 1 / xb - 2 / 35000))
    assert (first.estimate, first.se) == pytest.approx((xa / xb, se))
    assert (first.method, first.df, first.n) == ("quasi_binomial", 12, 14)
    assert first.p_value == pytest.approx(2 * student.sf(math.log(xa / xb) / se, 12))


def test_days_that_vary_have_a_beta_binomial_check_and_money_counts():
    a, b = campaigns(np.random.default_rng(1), spread=0.4)
    assert [one.method for one in other_methods(a, b)] == ["quasi_binomial", "beta_binomial"]
    priced = [frame.assign(denominator=30.0) for frame in (a, b)]
    assert [one.method for one in other_methods(*priced)] == ["quasi_poisson", "negative_binomial"]
    steady = A.assign(numerator=[50, 51, 50, 49, 50, 50, 51])  # no more than independent people vary
    assert [one.method for one in other_methods(steady, steady.assign(numerator=40 + A.index))] == ["quasi_binomial"]
    assert other_methods(A[:2], B) == ()
    assert other_methods(A.assign(numerator=0), B) == ()


# R 4.2.2: glm(quasipoisson) and MASS 7.3's glm.nb(), both with offset(log(denominator))
PRICED = days([52, 81, 37, 70, 66, 58, 49], [30, 35, 20, 31, 40, 28, 25])
DEARER = days([41, 65, 30, 52, 60, 45, 43], [22, 30, 25, 33, 28, 21, 26])


def test_results_per_unit_of_money_have_the_checks_of_r():
    quasi, negative = other_methods(PRICED, DEARER, conf_level=0.9)
    assert (math.log(quasi.estimate), quasi.se) == pytest.approx((0.084358006111342, 0.090483753598973), rel=1e-7)
    assert (math.log(negative.estimate), negative.se) == pytest.approx((0.0845335453339, 0.0849205063543), rel=1e-7)
    for found in (quasi, negative):
        assert found.dispersion == pytest.approx(1.516871289565154, rel=1e-7)
        assert (found.measure, found.df, found.conf_level, found.n, found.cautions) == ("rate_ratio", 12, 0.9, 14, ())
        reach = student.ppf(0.95, 12) * found.se
        assert (found.conf_low, found.conf_high) == pytest.approx(
            (found.estimate * math.exp(-reach), found.estimate * math.exp(reach))
        )


def test_a_day_on_which_everybody_acted_still_counts_shares():
    a, b = (
        days([10, 30, 22, 41, 12, 25], [20, 31, 40, 50, 12, 40]),
        days([14, 9, 30, 26, 40, 18], [30, 25, 41, 60, 55, 33]),
    )
    assert [one.method for one in other_methods(a, b)] == ["quasi_binomial", "beta_binomial"]


def test_an_interval_of_a_check_that_is_as_good_as_endless_stays_a_number():
    a, b = days([1, 0, 0], [100, 200, 300]), days([40, 0, 1], [100, 200, 300])
    for found in other_methods(a, b, conf_level=1 - 1e-12):
        assert found.conf_low == 0
        assert 1e300 < found.conf_high < math.inf


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_the_checks_agree_with_their_p_values_and_turn_around(seed):
    a, b = campaigns(np.random.default_rng(seed), spread=0.3)
    for one, other in zip(other_methods(a, b), other_methods(b, a), strict=True):
        assert (one.p_value < 0.05) == one.excludes_no_difference
        assert other.estimate == pytest.approx(1 / one.estimate, rel=1e-6)
        assert one.conf_low < one.estimate < one.conf_high


# Totals only ---------------------------------------------------------------------------------------------------------


def test_totals_say_that_the_daily_spread_is_unknown_and_what_it_would_change():
    result = compare_totals(Proportion(412, 183442), Proportion(355, 190210))
    first = result.estimate
    # R, ratesci: scoreci(412, 183442, 355, 190210, contrast = "RR", skew = FALSE, bcf = FALSE)
    assert (first.conf_low, first.conf_high) == pytest.approx((1.044425, 1.386532), abs=2e-6)
    assert (first.measure, first.method, first.dispersion) == ("rate_ratio", "koopman", 1)
    assert first.cautions == (Caution.DAILY_SPREAD_UNKNOWN,)
    assert [e.dispersion for e in result.if_dispersed] == [2, 5, 10]
    for one, wider in zip((first, *result.if_dispersed), result.if_dispersed, strict=False):
        assert wider.estimate == first.estimate
        assert wider.conf_low < one.conf_low
        assert wider.conf_high > one.conf_high
        assert wider.p_value > one.p_value
        assert wider.se == pytest.approx(first.se * math.sqrt(wider.dispersion))
        assert (wider.p_value < 0.05) == wider.excludes_no_difference


def test_a_comparison_of_totals_says_at_which_level_and_of_how_many():
    result = compare_totals(Proportion(412, 183442), Proportion(355, 190210), conf_level=0.9)
    for found in (result.estimate, *result.if_dispersed):
        assert (found.conf_level, found.n, found.df) == (0.9, 183442 + 190210, math.inf)
        assert (found.p_value < 0.1) == found.excludes_no_difference
    usual = compare_totals(Proportion(412, 183442), Proportion(355, 190210)).estimate
    assert usual.conf_low < result.estimate.conf_low < result.estimate.conf_high < usual.conf_high


def test_totals_without_any_event_give_no_ratio():
    refusal = NotEstimable(measure=Measure.RATE_RATIO, reason=Reason.NO_EVENTS_IN_EITHER_GROUP, n=300)
    assert compare_totals(Proportion(0, 100), Proportion(0, 200)) == refusal
    assert compare_totals(Proportion(0, 100), Proportion(3, 200)).estimate.se is None


@pytest.mark.parametrize(
    ("counts", "ratio", "interval"),
    [  # R, ratesci: scoreci(distrib = "poi", contrast = "RR", skew = FALSE); the first data are Li, Tang and Wong's
        ((15, 19017, 41, 28010), 0.53886317377135, (0.300764, 0.965452)),
        ((412, 1530.55, 388, 1275.2), 0.88470050015711, (0.770244, 1.016165)),
    ],
)
def test_rates_per_exposure_equal_ratesci(counts, ratio, interval):
    result = rate_ratio(*counts)
    assert result.estimate == pytest.approx(ratio, rel=1e-12)
    assert (result.conf_low, result.conf_high) == pytest.approx(interval, abs=2e-6)
    assert (result.p_value < 0.05) == result.excludes_no_difference
    assert (result.method, result.n, result.dispersion) == ("poisson_score", counts[0] + counts[2], 1)
    assert result.cautions == (Caution.DAILY_SPREAD_UNKNOWN,)
    assert result.se == pytest.approx(math.sqrt(1 / counts[0] + 1 / counts[2]))


def test_rates_without_events_have_an_unbounded_ratio_or_a_refusal():
    assert rate_ratio(3, 10, 0, 10).conf_high == math.inf
    assert (rate_ratio(0, 10, 3, 10).conf_low, rate_ratio(0, 10, 3, 10).se) == (0, None)
    assert rate_ratio(0, 10, 0, 10).reason is Reason.NO_EVENTS_IN_EITHER_GROUP
    with pytest.raises(ValueError, match="are not two rates"):
        rate_ratio(1, 0, 1, 10)


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


def test_fourteen_days_are_enough_to_tell_how_much_each_resembles_the_last():
    assert mean_of_days(np.arange(14.0), np.arange(14.0)).autocorrelation == pytest.approx(0.98)
    assert mean_of_days(np.arange(13.0), np.arange(13.0)).autocorrelation is None


def test_days_that_are_all_but_one_day_have_one_degree_of_freedom():
    found = mean_of_days(np.arange(14.0), np.arange(14.0))
    # 1' R^-1 1 of fourteen days that correlate by 0.98 is (14 - 12 * 0.98) / 1.98, no more than one day and an eighth
    assert found.df == 1
    assert found.autocorrelation == pytest.approx(0.98)
