import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from metrics.estimates import Caution, Measure, NotEstimable, Reason
from metrics.series import forecast_effect
from metrics.series.forecast import SHARES, _foretold


def visits(rng, *, periods=60, start=48, jump=0.0, wander=0.0):
    weather = np.cumsum(rng.normal(size=periods))
    level = 100 + wander * np.cumsum(rng.normal(size=periods))
    y = level + 2 * weather + rng.normal(size=periods) + jump * (np.arange(periods) >= start)
    return pd.DataFrame({"period": range(periods), "y": y, "weather": weather})


def test_each_share_of_wandering_gives_the_prediction_of_its_normal_distribution():
    data = visits(np.random.default_rng(3), periods=14, wander=0.7)
    y, x = data["y"].to_numpy(), np.ones((14, 1))
    shared = np.minimum.outer(np.arange(14.0), np.arange(14.0))
    found = _foretold(x, y, shared, 10, 0.4)
    # the mean unknown before: a normal distribution of so large a variance that it says nothing (Harville 1976)
    variance = np.eye(14) + 0.4 * shared + 1e5
    carried = variance[10:, :10] @ np.linalg.inv(variance[:10, :10])
    assert found.expected == pytest.approx(carried @ y[:10], rel=1e-4)
    contrasts = np.linalg.qr(np.column_stack([np.ones(10), np.eye(10)]))[0][:, 1:10]  # free of the mean
    seen, own = contrasts.T @ y[:10], contrasts.T @ (np.eye(10) + 0.4 * shared[:10, :10]) @ contrasts
    noise = seen @ np.linalg.solve(own, seen) / 9
    spread = variance[10:, 10:] - carried @ variance[:10, 10:]
    assert found.covariance == pytest.approx(noise * spread, rel=1e-3)
    other = _foretold(x, y, shared, 10, 0.9)
    wider = contrasts.T @ (np.eye(10) + 0.9 * shared[:10, :10]) @ contrasts
    densities = [
        multivariate_normal.logpdf(seen, cov=seen @ np.linalg.solve(shape, seen) / 9 * shape) for shape in (own, wider)
    ]
    assert found.likelihood - other.likelihood == pytest.approx(densities[0] - densities[1])


def test_a_level_that_stays_is_told_from_one_that_wanders():
    rng = np.random.default_rng(2)
    still, restless = (
        forecast_effect(visits(rng, wander=wander), outcome="y", controls=["weather"], start=48) for wander in (0, 2)
    )
    assert still.wander < 0.3 < restless.wander
    assert still.average.se < restless.average.se / 2
    assert (still.average.df, still.average.method) == (46, "local_level")


def test_a_jump_is_found_beside_its_control_and_the_interval_grows_with_time():
    effect = forecast_effect(
        visits(np.random.default_rng(4), jump=6, wander=0.3), outcome="y", controls=["weather"], start=48
    )
    assert effect.average.conf_low < 6 < effect.average.conf_high
    assert effect.average.excludes_no_difference
    width = effect.counterfactual_high - effect.counterfactual_low
    assert width[-1] > width[0]
    assert effect.total == pytest.approx(12 * effect.average.estimate)
    assert effect.relative == pytest.approx(effect.average.estimate / effect.counterfactual.mean())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(-5, 5), st.floats(0, 1))
def test_interval_and_p_value_agree_and_turn_around(seed, jump, wander):
    data = visits(np.random.default_rng(seed), jump=jump, wander=wander)
    there = forecast_effect(data, outcome="y", controls=["weather"], start=48).average
    back = forecast_effect(-data.assign(period=-data["period"]), outcome="y", controls=["weather"], start=48).average
    assert (there.p_value < 0.05) == there.excludes_no_difference
    assert there.conf_low < there.estimate < there.conf_high
    assert back.estimate == pytest.approx(-there.estimate, abs=1e-4)


def test_no_effect_is_seldom_called_one():
    rng = np.random.default_rng(5)
    draws = [forecast_effect(visits(rng, wander=0.5), outcome="y", controls=["weather"], start=48) for _ in range(200)]
    assert sum(draw.average.p_value < 0.05 for draw in draws) / 200 <= 0.09


def test_what_cannot_be_foretold_is_refused_and_short_series_are_cautioned():
    data = visits(np.random.default_rng(6), periods=20, start=15)
    for start in (9, 20):
        assert forecast_effect(data, outcome="y", controls=[], start=start).reason is Reason.TOO_FEW_PERIODS
    twice = data.assign(again=2 * data["weather"])
    assert forecast_effect(twice, outcome="y", controls=["weather", "again"], start=15).reason is Reason.COLLINEAR
    same = data.assign(y=3 * data["weather"])
    assert forecast_effect(same, outcome="y", controls=["weather"], start=15).reason is Reason.NO_VARIATION
    assert forecast_effect(data, outcome="y", controls=[], start=11).average.cautions == (Caution.FEW_PERIODS,)
    data.loc[3, "y"] = math.nan
    cautions = forecast_effect(data, outcome="y", controls=[], start=15).average.cautions
    assert cautions == (Caution.ROWS_INCOMPLETE_DROPPED,)


def test_every_field_of_a_forecast_and_of_its_refusal():
    data = visits(np.random.default_rng(7), periods=20, start=15)
    effect = forecast_effect(data.sample(frac=1, random_state=1), outcome="y", controls=["weather"], start=15)
    assert effect.observed.tolist() == data["y"][15:].tolist()
    found = effect.average
    assert (found.measure, found.n, found.df, found.conf_level, found.cautions) == ("mean_difference", 20, 13, 0.95, ())
    assert found.estimate == pytest.approx((effect.observed - effect.counterfactual).mean())
    narrow = forecast_effect(data, outcome="y", controls=["weather"], start=15, conf_level=0.5)
    assert narrow.average.conf_level == 0.5
    assert found.conf_low < narrow.average.conf_low < narrow.average.conf_high < found.conf_high
    assert (effect.counterfactual_low < narrow.counterfactual_low).all()
    assert (narrow.counterfactual_high < effect.counterfactual_high).all()
    refused = forecast_effect(data, outcome="y", controls=[], start=20)
    assert refused == NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.TOO_FEW_PERIODS, n=20)


def test_the_error_is_that_of_a_mixture_of_all_shares_of_wandering():
    data = visits(np.random.default_rng(9), periods=24, start=15, wander=0.6)
    y, x = data["y"].to_numpy(), np.column_stack([np.ones(24), data["weather"]])
    shared = np.minimum.outer(np.arange(24.0), np.arange(24.0))
    fits = [_foretold(x, y, shared, 15, (share / (1 - share)) ** 2) for share in SHARES]
    weights = np.exp([fit.likelihood - fits[0].likelihood for fit in fits])
    rng = np.random.default_rng(1)
    which = rng.choice(len(fits), 400_000, p=weights / weights.sum())
    centres = np.array([(y[15:] - fit.expected).mean() for fit in fits])
    spreads = np.sqrt([fit.covariance.mean() for fit in fits])
    drawn = centres[which] + spreads[which] * rng.normal(size=len(which))
    heavy = centres[which] + spreads[which] * rng.standard_t(13, size=len(which))
    found = forecast_effect(data, outcome="y", controls=["weather"], start=15).average
    assert found.estimate == pytest.approx(drawn.mean(), abs=0.01 * found.se)
    assert found.se == pytest.approx(drawn.std(), rel=0.01)
    assert np.ptp(centres) > 0.3 * found.se
    assert found.p_value == pytest.approx(2 * min((heavy < 0).mean(), (heavy > 0).mean()), rel=0.02)
    assert (found.conf_low, found.conf_high) == pytest.approx(np.quantile(heavy, (0.025, 0.975)), abs=0.02 * found.se)


def test_one_period_with_the_campaign_is_compared():
    data = visits(np.random.default_rng(8), periods=16, start=15)
    assert forecast_effect(data, outcome="y", controls=["weather"], start=15).observed.tolist() == [data["y"][15]]


def test_ten_points_are_enough_where_the_controls_leave_three_of_them_free():
    data = visits(np.random.default_rng(8), periods=16, start=10)
    others = {f"c{number}": np.random.default_rng(number).normal(size=16) for number in range(8)}
    data, names = data.assign(**others), list(others)
    assert forecast_effect(data, outcome="y", controls=names[:6], start=10).average.df == 3
    for controls, start in ((names[:7], 10), (names, 10), ([], 9)):
        refused = forecast_effect(data, outcome="y", controls=controls, start=start)
        assert refused.reason is Reason.TOO_FEW_PERIODS
