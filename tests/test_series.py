import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from metrics.counts import negative_binomial, newey_west, poisson
from metrics.estimates import Caution, Measure, NotEstimable, Reason
from metrics.series import fit_autoregressive, interrupted_series
from metrics.series.positions import positions_in_time
from metrics.series.reading import read_series


def noise(rng, n, memory):
    e = rng.normal(size=n)
    for i in range(1, n):
        e[i] = memory * e[i - 1] + math.sqrt(1 - memory**2) * e[i]
    return e


def months(values, first=0):
    return pd.DataFrame({"period": range(first, first + len(values)), "y": values})


def segmented(n, start):
    t = np.arange(n) - float(start)
    after = (t >= 0).astype(float)
    return np.column_stack([np.ones(n), t, after, after * t])


# The likelihood ------------------------------------------------------------------------------------------------------


def restricted_likelihood(rho, x, y, positions):
    """By the matrices themselves, the variance at its maximum (Harville 1977)."""
    r = rho ** np.abs(np.subtract.outer(positions, positions))
    inverse = np.linalg.inv(r)
    information = x.T @ inverse @ x
    beta = np.linalg.solve(information, x.T @ inverse @ y)
    squares = (y - x @ beta) @ inverse @ (y - x @ beta)
    free = len(y) - x.shape[1]
    value = free * math.log(squares) + np.linalg.slogdet(r)[1] + np.linalg.slogdet(information)[1]
    return -0.5 * value, beta, np.sqrt(np.diag(np.linalg.inv(information)) * squares / free)


@pytest.mark.parametrize("missing", [(), (5, 6, 20)], ids=["every month", "months missing"])
def test_the_fit_is_that_of_restricted_maximum_likelihood(missing):
    positions = np.array([i for i in range(48) if i not in missing], dtype=float)
    x = segmented(48, 30)[positions.astype(int)]
    y = noise(np.random.default_rng(4), 48, 0.5)[positions.astype(int)]
    grid = np.linspace(0.01, 0.97, 1921)
    best = grid[np.argmax([restricted_likelihood(rho, x, y, positions)[0] for rho in grid])]
    fit = fit_autoregressive(x, y, positions)
    assert fit.autocorrelation == pytest.approx(best, abs=5e-4)
    _, beta, errors = restricted_likelihood(fit.autocorrelation, x, y, positions)
    assert fit.coefficients == pytest.approx(beta)
    assert fit.standard_errors == pytest.approx(errors)


def test_neighbours_that_are_opposite_are_found_to_be():
    y = np.tile([1.0, -1.0], 20) + 0.1 * np.random.default_rng(3).normal(size=40)
    x, positions = np.ones((40, 1)), np.arange(40.0)
    grid = np.linspace(-0.9995, -0.9, 2000)
    best = grid[np.argmax([restricted_likelihood(rho, x, y, positions.astype(int))[0] for rho in grid])]
    assert best < -0.95
    assert fit_autoregressive(x, y, positions).autocorrelation == pytest.approx(best, abs=1e-3)


@pytest.mark.parametrize(
    ("restricted", "coefficients", "errors", "correlation", "log_likelihood"),
    [
        (True, [25.581682177, 0.4344223505, 3.4500251003, 0.2680301355],
         [0.6079307882, 0.08607769267, 0.8278354788, 0.157449089], -0.03609969688, -24.5343909048674),
        (False, [25.603811308, 0.4336673934, 3.3751964222, 0.2881181344],
         [0.533132217, 0.07465613879, 0.7341571856, 0.1322500568], -0.25483803094, -20.560780257592),
    ],
    ids=["restricted", "ordinary"],
)  # fmt: skip
def test_a_series_with_a_month_missing_is_fitted_as_by_r(restricted, coefficients, errors, correlation, log_likelihood):
    # R 4.2.2, nlme 3.1: gls(y ~ s + after + s:after, correlation = corAR1(form = ~t)), method REML and ML
    y = [20.1, 21.4, 22.0, 21.1, 23.9, 24.2, 22.8, 23.0, 25.1, 24.8, 28.9, 30.2, 29.4, 31.0, 33.2, 32.1, 34.0, 33.1]
    months = np.delete(np.arange(19.0), 8)
    fit = fit_autoregressive(segmented(19, 11)[months.astype(int)], np.array(y), months, restricted=restricted)
    assert fit.coefficients == pytest.approx(coefficients, rel=1e-6)
    assert fit.standard_errors == pytest.approx(errors, rel=1e-6)
    assert fit.autocorrelation == pytest.approx(correlation, abs=1e-6)
    assert fit.log_likelihood == pytest.approx(log_likelihood, rel=1e-10)
    assert fit.df == 14


# Means ---------------------------------------------------------------------------------------------------------------


def test_a_series_that_wanders_is_read_from_its_steps():
    # R's nlme 3.1: gls(y ~ post + t, correlation = corAR1(form = ~t), method = "REML"), whose correlation is 0.99998.
    # By hand from the steps alone: 2.2 / 14 a month but for the step of the campaign, which is 0.
    y = [10.1, 8.2, 8.6, 7.9, 8.8, 8.7, 9.2, 8.8, 9.9, 9.9, 8.1, 9.6, 10.2, 10.7, 11.7, 12.3]
    t = np.arange(16.0)
    fit = fit_autoregressive(np.column_stack([np.ones(16), t >= 9, t]), np.array(y), t)
    assert fit.autocorrelation > 0.999
    assert fit.coefficients[1:] == pytest.approx([-2.2 / 14, 2.2 / 14], rel=1e-3)
    assert fit.standard_errors[1:] == pytest.approx([1.06702391, 0.27548841], rel=1e-3)


def test_few_points_give_least_squares_with_a_caution():
    y = np.array([3.0, 4.1, 4.9, 6.2, 9.0, 11.1, 12.2, 14.9])
    x = segmented(8, 4)
    beta, squares = np.linalg.lstsq(x, y)[:2]
    errors = np.sqrt(np.diag(np.linalg.inv(x.T @ x)) * squares[0] / 4)
    effect = interrupted_series(months(y), outcome="y", start=4)
    assert (effect.level.estimate, effect.level.se) == pytest.approx((beta[2], errors[2]))
    assert (effect.slope.estimate, effect.slope.se) == pytest.approx((beta[3], errors[3]))
    assert effect.average.estimate == pytest.approx(beta[2] + 1.5 * beta[3])
    assert effect.level.p_value == pytest.approx(2 * student.sf(abs(beta[2] / errors[2]), 4))
    assert (effect.level.method, effect.level.cautions) == ("least_squares", (Caution.FEW_PERIODS,))
    assert (effect.level.autocorrelation, effect.level.df, effect.level.n) == (None, 4, 8)
    assert effect.counterfactual == pytest.approx(x[:, :2] @ beta[:2])
    assert (effect.periods_before, effect.periods_after) == (4, 4)


def test_resemblance_is_estimated_corrected_for_the_trend_and_reported():
    y = noise(np.random.default_rng(2), 40, 0.6)
    effect = interrupted_series(months(y), outcome="y", start=25)
    raw = fit_autoregressive(segmented(40, 25), y, np.arange(40.0)).autocorrelation
    assert effect.level.autocorrelation == pytest.approx(raw + (2 + 4 * raw) / 40)  # Marriott and Pope; Kendall
    assert (effect.level.method, effect.level.measure, effect.level.df) == ("ar1_reml", "mean_difference", 36)
    assert [check.method for check in effect.checks] == ["least_squares", "newey_west"]
    assert {check.autocorrelation for check in effect.checks} == {None}
    assert (effect.periods_before, effect.periods_after) == (25, 15)
    assert effect.checks[0].se < effect.level.se


@pytest.mark.parametrize(("unit", "level"), [(1e8, 0.0), (1e-8, 0.0), (1.0, 1e8), (1e-3, 1e5)])
def test_units_and_the_level_that_is_counted_from_change_nothing_else(unit, level):
    y = noise(np.random.default_rng(12), 40, 0.5)
    plain, moved = (interrupted_series(months(one), outcome="y", start=25) for one in (y, unit * y + level))
    for one, other in ((plain.level, moved.level), (plain.slope, moved.slope), (plain.average, moved.average)):
        assert (other.estimate / unit, other.conf_low / unit) == pytest.approx((one.estimate, one.conf_low), rel=1e-5)
        assert (other.p_value, other.autocorrelation) == pytest.approx((one.p_value, one.autocorrelation), rel=1e-5)


@pytest.mark.parametrize(("n", "memory", "most"), [(24, 0.0, 0.08), (48, 0.4, 0.09), (48, 0.6, 0.11)])
def test_a_campaign_without_effect_is_seldom_called_one(n, memory, most):
    rng = np.random.default_rng(7)
    draws = [interrupted_series(months(noise(rng, n, memory)), outcome="y", start=2 * n // 3) for _ in range(300)]
    assert sum(effect.level.p_value < 0.05 for effect in draws) / 300 <= most


def test_a_control_series_takes_off_what_happened_to_both():
    rng = np.random.default_rng(3)
    shock = np.where(np.arange(36) >= 24, 5.0, 0.0) + np.cumsum(rng.normal(size=36))
    data = months(shock + 0.1 * rng.normal(size=36)).assign(elsewhere=shock)
    alone = interrupted_series(data, outcome="y", start=24)
    compared = interrupted_series(data, outcome="y", start=24, controls=["elsewhere"])
    assert alone.level.p_value < 0.05
    assert compared.level.conf_low < 0 < compared.level.conf_high
    assert compared.level.se < alone.level.se / 4


def test_a_season_is_no_effect():
    t = np.arange(48)
    y = 10 + 3 * np.sin(2 * np.pi * t / 12) + 0.05 * np.random.default_rng(1).normal(size=48)
    effect = interrupted_series(months(y), outcome="y", start=39, season=12)
    assert abs(effect.average.estimate) < 0.2
    assert abs(interrupted_series(months(y), outcome="y", start=39).average.estimate) > 0.5


def test_a_second_harmonic_turns_twice_as_fast_and_the_last_has_no_sine():
    rows = months(np.arange(8.0))
    series = read_series(rows, "y", 4, "period", None, (), (4, 2), counted=False)
    turns = np.column_stack([[0, 1, 0, -1] * 2, [1, 0, -1, 0] * 2, [1, -1, 1, -1] * 2])
    assert series.design[:, 4:] == pytest.approx(turns, abs=1e-12)
    wide = read_series(rows, "y", 4, "period", None, (), (8, 2), counted=False)
    assert wide.design[:, 6] == pytest.approx(np.tile([0.0, 1, 0, -1], 2), abs=1e-12)


def test_a_season_of_more_terms_than_the_points_bear_is_refused():
    data = months([3.0, 5, 4, 6, 5, 7, 9, 8, 7])
    assert interrupted_series(data, outcome="y", start=5, season=12, harmonics=2).reason is Reason.TOO_FEW_PERIODS
    assert not hasattr(interrupted_series(data, outcome="y", start=5, season=12), "reason")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(-3, 3), st.sampled_from([0.8, 0.95]))
def test_intervals_hold_their_estimates_agree_with_their_p_values_and_turn_around(seed, jump, level):
    rng = np.random.default_rng(seed)
    y = noise(rng, 30, 0.3) + jump * (np.arange(30) >= 18)
    there = interrupted_series(months(y), outcome="y", start=18, conf_level=level)
    back = interrupted_series(months(-y), outcome="y", start=18, conf_level=level)
    for one, other in ((there.level, back.level), (there.slope, back.slope), (there.average, back.average)):
        assert one.conf_low < one.estimate < one.conf_high
        assert (one.p_value < 1 - level) == one.excludes_no_difference
        assert other.estimate == pytest.approx(-one.estimate, abs=1e-6)
        assert other.conf_low == pytest.approx(-one.conf_high, abs=1e-4)


# Counts --------------------------------------------------------------------------------------------------------------


def test_counts_jump_by_the_ratio_that_made_them():
    rng = np.random.default_rng(5)
    people = rng.integers(900, 1100, 48)
    mean = people * 0.2 * np.where(np.arange(48) >= 30, 1.5, 1.0)
    data = months(rng.poisson(mean)).assign(people=people)
    effect = interrupted_series(data, outcome="y", start=30, exposure="people")
    assert effect.average.conf_low < 1.5 < effect.average.conf_high
    assert effect.average.estimate == pytest.approx(1.5, rel=0.1)
    assert (effect.level.measure, effect.level.method) == ("rate_ratio", "quasi_poisson")
    assert 0.5 < effect.level.dispersion < 2
    assert effect.observed == pytest.approx(data["y"] / people)
    assert effect.counterfactual[-1] == pytest.approx(0.2, rel=0.15)
    assert (effect.counterfactual_low <= effect.counterfactual).all()
    assert effect.checks[-1].method == "newey_west"
    assert effect.checks[-1].estimate == pytest.approx(effect.level.estimate, rel=0.1)


def test_counts_that_resemble_their_neighbours_have_wider_intervals_than_independent_ones():
    rng = np.random.default_rng(9)
    rejected = dependent = 0
    for _ in range(200):
        data = months(rng.poisson(200 * np.exp(0.2 * noise(rng, 48, 0.6))))
        effect = interrupted_series(data, outcome="y", start=32, counts=True)
        rejected += effect.level.p_value < 0.05
        check = [one for one in effect.checks if one.method == "negative_binomial"]
        dependent += check[0].p_value < 0.05 if check else 0
    assert rejected / 200 <= 0.11
    assert dependent / 200 > 0.2


# Time ----------------------------------------------------------------------------------------------------------------


def test_dates_and_whole_numbers_give_the_same_answer_in_any_order():
    y = noise(np.random.default_rng(6), 30, 0.2)
    numbered = interrupted_series(months(y), outcome="y", start=20)
    starts = pd.date_range("2024-01-01", periods=30, freq="MS")
    dated = pd.DataFrame({"month": starts, "y": y}).sample(frac=1, random_state=1)
    result = interrupted_series(dated, outcome="y", start=starts[20], period="month")
    assert result.level == numbered.level
    assert result.counterfactual == pytest.approx(numbered.counterfactual)


@pytest.mark.parametrize(
    ("dates", "start", "positions", "first"),
    [
        (["2026-01-05", "2026-01-12", "2026-01-26"], "2026-01-26", [0, 1, 3], 3),
        (["2026-01-01", "2026-01-02", "2026-01-05"], "2026-01-04", [0, 1, 4], 3),
        (["2026-01-01", "2026-01-03", "2026-01-06"], "2026-01-06", [0, 2, 5], 5),
        (["2025-12-31", "2026-01-31", "2026-02-28"], "2026-02-01", [0, 1, 2], 2),
        (["2025-10-01", "2026-01-01", "2026-07-01"], "2026-01-01", [0, 1, 3], 1),
        (["2026-01-01", "2026-02-01", "2026-03-01"], "2026-02-10", [0, 1, 2], 1),
        (["2026-01-01", "2026-01-29", "2026-02-26"], "2026-02-26", [0, 1, 2], 2),
    ],
    ids=["weeks", "days", "days apart", "ends of months", "quarters", "within a month", "four weeks"],
)
def test_dates_are_placed_by_their_shortest_step(dates, start, positions, first):
    found, place = positions_in_time(pd.Series(pd.to_datetime(dates)), start)
    assert found.tolist() == positions
    assert place == first


def test_a_single_period_is_the_first():
    for period in (pd.Series([5]), pd.Series(pd.to_datetime(["2026-03-01"]))):
        positions, start = positions_in_time(period, period[0])
        assert (positions.tolist(), start) == ([0], 0)
    assert positions_in_time(pd.Series([5]), 6)[1] == 1


def test_a_period_given_twice_or_off_the_grid_is_refused():
    with pytest.raises(ValueError, match=r"^a period stands in several rows$"):
        interrupted_series(months([1, 2, 3]).assign(period=[1, 1, 2]), outcome="y", start=2)
    with pytest.raises(ValueError, match=r"^periods are neither days nor whole numbers$"):
        positions_in_time(pd.Series([0.0, 1.0, 2.5]), 1)
    with pytest.raises(ValueError, match=r"^a month stands in several rows$"):
        positions_in_time(pd.Series(pd.to_datetime(["2026-01-01", "2026-01-30", "2026-03-01"])), "2026-03-01")


# Refusals ------------------------------------------------------------------------------------------------------------


def test_what_cannot_be_estimated_is_refused_with_its_reason():
    y = [3.0, 4, 5, 6, 7, 9, 8, 9, 9, 11]
    assert interrupted_series(months(y), outcome="y", start=8).reason is Reason.TOO_FEW_PERIODS
    assert interrupted_series(months(y), outcome="y", start=2).reason is Reason.TOO_FEW_PERIODS
    assert interrupted_series(months(y[:5]), outcome="y", start=3).reason is Reason.TOO_FEW_PERIODS
    assert interrupted_series(months([]), outcome="y", start=3).reason is Reason.TOO_FEW_PERIODS
    repeated = months(y).assign(line=range(10))
    assert interrupted_series(repeated, outcome="y", start=5, controls=["line"]).reason is Reason.COLLINEAR
    assert interrupted_series(months([0.0] * 14), outcome="y", start=7).reason is Reason.NO_VARIATION
    assert interrupted_series(months([5] * 14), outcome="y", start=7, counts=True).reason is Reason.NO_VARIATION
    exact = months(range(14))
    assert interrupted_series(exact, outcome="y", start=7).reason is Reason.NO_VARIATION
    none = months([0] * 7 + [3, 4, 2, 5, 4, 3, 6])
    assert interrupted_series(none, outcome="y", start=7, counts=True).reason is Reason.NO_EVENTS_IN_A_GROUP
    nothing = interrupted_series(months([0] * 14), outcome="y", start=7, counts=True)
    assert nothing.reason is Reason.NO_EVENTS_IN_EITHER_GROUP
    with pytest.raises(ValueError, match="counts below zero"):
        interrupted_series(months([-1.0] * 14), outcome="y", start=7, counts=True)


def test_rows_with_gaps_are_left_out_and_that_is_said():
    y = noise(np.random.default_rng(8), 30, 0.2)
    holed = months(y).astype({"y": float})
    holed.loc[4, "y"] = np.nan
    effect = interrupted_series(holed, outcome="y", start=20)
    assert effect.level.cautions == (Caution.ROWS_INCOMPLETE_DROPPED,)
    assert effect.level.n == 29


def test_every_field_of_a_short_series_is_that_of_least_squares():
    y = np.array([3.0, 4.1, 4.9, 6.2, 9.0, 11.1, 12.2, 14.9])
    x = segmented(8, 4)
    beta, squares = np.linalg.lstsq(x, y)[:2]
    bread = np.linalg.inv(x.T @ x)
    covariance = bread * squares[0] / 4
    effect = interrupted_series(months(y, first=3), outcome="y", start=7, conf_level=0.9)
    assert effect.positions.tolist() == list(range(8))
    assert effect.observed.tolist() == y.tolist()
    assert effect.fitted == pytest.approx(x @ beta)
    old = x * [1, 1, 0, 0]
    reach = student.ppf(0.95, 4) * np.sqrt(np.einsum("ij,jk,ik->i", old, covariance, old))
    assert effect.counterfactual_low == pytest.approx(old @ beta - reach)
    assert effect.counterfactual_high == pytest.approx(old @ beta + reach)
    contrast = np.array([0, 0, 1, 1.5])
    average = effect.average
    assert average.se == pytest.approx(math.sqrt(contrast @ covariance @ contrast))
    half = student.ppf(0.95, 4) * average.se
    assert (average.conf_low, average.conf_high) == pytest.approx((average.estimate - half, average.estimate + half))
    for found in (effect.level, effect.slope, average, *effect.checks):
        assert (found.measure, found.n, found.df, found.conf_level) == ("mean_difference", 8, 4, 0.9)
        assert (found.dispersion, found.autocorrelation, found.cautions) == (None, None, (Caution.FEW_PERIODS,))
    plain, neighbours = effect.checks
    assert (plain.method, plain.estimate, plain.se) == ("least_squares", pytest.approx(beta[2]), effect.level.se)
    scores = x * (y - x @ beta)[:, None]
    crossed = scores[1:].T @ scores[:-1]
    middle = (scores.T @ scores + 0.5 * (crossed + crossed.T)) * 8 / 4  # one lag: the fourth root of 8 is below 2
    assert neighbours.se == pytest.approx(math.sqrt((bread @ middle @ bread)[2, 2]))


def test_a_short_series_is_read_as_independent_even_where_its_points_resemble_their_neighbours():
    bent = np.array([5.0, 1, -1, -2, -1, 1, 5, 1, -2, -1, 2])
    x = segmented(11, 6)
    y = 50 + 2 * np.arange(11) + bent
    assert fit_autoregressive(x, y, np.arange(11.0)).autocorrelation > 0.1
    beta, squares = np.linalg.lstsq(x, y)[:2]
    errors = np.sqrt(np.diag(np.linalg.inv(x.T @ x)) * squares[0] / 7)
    means = interrupted_series(months(y), outcome="y", start=6).level
    assert (means.estimate, means.se) == pytest.approx((beta[2], errors[2]))
    counts = interrupted_series(months(y.astype(int)), outcome="y", start=6, counts=True).level
    fit = poisson(x, y.astype(int).astype(float), np.ones(11))
    assert (math.log(counts.estimate), counts.se) == pytest.approx(
        (fit.coefficients[2], fit.standard_errors()[2]), rel=1e-6
    )


def test_a_long_series_of_counts_solves_the_weighted_regression_of_its_own_working_outcome():
    people = np.arange(100.0, 140)
    mean = people * 0.3 * np.exp(0.2 * noise(np.random.default_rng(10), 40, 0.7))
    data = months(np.random.default_rng(11).poisson(mean)).assign(people=people)
    effect = interrupted_series(data, outcome="y", start=25, exposure="people")
    fitted = effect.fitted * people
    root = np.sqrt(fitted)
    x, working = segmented(40, 25) * root[:, None], root * (np.log(effect.fitted) + data["y"] / fitted - 1)
    raw = fit_autoregressive(x, working.to_numpy(), np.arange(40.0)).autocorrelation
    assert effect.level.autocorrelation == pytest.approx(raw + (2 + 4 * raw) / 40, rel=1e-6)
    assert effect.level.autocorrelation > 0.2
    _, beta, errors = restricted_likelihood(effect.level.autocorrelation, x, working.to_numpy(), np.arange(40))
    assert (math.log(effect.level.estimate), effect.level.se) == pytest.approx((beta[2], errors[2]), rel=1e-6)


def test_a_check_of_counts_is_the_negative_binomial_of_as_many_people():
    people = np.arange(100.0, 140)
    mean = people * 0.3 * np.exp(0.3 * noise(np.random.default_rng(10), 40, 0.5))
    data = months(np.random.default_rng(11).poisson(mean)).assign(people=people)
    check = interrupted_series(data, outcome="y", start=25, exposure="people").checks[0]
    fit = negative_binomial(segmented(40, 25), data["y"].to_numpy(dtype=float), people)
    assert (check.method, math.log(check.estimate)) == ("negative_binomial", pytest.approx(fit.coefficients[2]))
    assert check.se == pytest.approx(fit.standard_errors[2])


def test_counts_that_only_the_last_period_has_again_have_no_solution():
    found = interrupted_series(months([5, 4, 6, 5, 4, 5, 6, 0, 0, 0, 0, 9]), outcome="y", start=7, counts=True)
    assert found == NotEstimable(measure=Measure.RATE_RATIO, reason=Reason.NO_SOLUTION, n=12)


def test_a_rate_of_nobody_is_refused():
    data = months([3, 4, 5, 6, 7, 9, 8, 9]).assign(people=[10, 10, 10, 0, 10, 10, 10, 10])
    with pytest.raises(ValueError, match=r"^counts below zero or exposures not above it: 3 of 0$"):
        interrupted_series(data, outcome="y", start=4, exposure="people")


def test_a_short_series_of_counts_is_that_of_quasi_poisson():
    # Half as many people for twice the rate; R's glm(family = quasipoisson, offset = log(people)) is `poisson` here
    people = np.array([100.0, 120, 90, 110, 100, 95, 105, 115])
    data = months([31, 35, 29, 30, 52, 47, 60, 61]).assign(people=people)
    effect = interrupted_series(data, outcome="y", start=4, exposure="people")
    fit = poisson(segmented(8, 4), data["y"].to_numpy(dtype=float), people)
    assert math.log(effect.level.estimate) == pytest.approx(fit.coefficients[2])
    assert math.log(effect.slope.estimate) == pytest.approx(fit.coefficients[3])
    assert effect.level.se == pytest.approx(fit.standard_errors()[2], rel=1e-6)
    assert effect.level.dispersion == pytest.approx(fit.dispersion)
    assert effect.fitted * people == pytest.approx(fit.fitted)
    assert effect.counterfactual == pytest.approx(np.exp(segmented(8, 4)[:, :2] @ fit.coefficients[:2]))
    assert math.log(effect.average.estimate) == pytest.approx(fit.coefficients[2] + 1.5 * fit.coefficients[3])
    assert (effect.level.method, effect.level.cautions) == ("quasi_poisson", (Caution.FEW_PERIODS,))
    neighbours = effect.checks[-1]
    expected = newey_west(fit.unscaled, fit.scores, lag=1, small_sample=True)[2]
    assert (neighbours.method, neighbours.se) == ("newey_west", pytest.approx(expected))


def test_a_refused_series_says_what_was_asked_and_of_how_many_periods():
    short = interrupted_series(months([3.0, 4, 5, 6]), outcome="y", start=2)
    assert short == NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.TOO_FEW_PERIODS, n=4)
    counted = interrupted_series(months([3, 4, 5, 6]), outcome="y", start=2, counts=True)
    assert counted == NotEstimable(measure=Measure.RATE_RATIO, reason=Reason.TOO_FEW_PERIODS, n=4)
    even = interrupted_series(months([5] * 14), outcome="y", start=7, counts=True)
    assert even == NotEstimable(measure=Measure.RATE_RATIO, reason=Reason.NO_VARIATION, n=14)
