import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import gammaln
from scipy.stats import betabinom, nbinom
from statsmodels.tools.numdiff import approx_hess3

from metrics.counts import beta_binomial, binomial, clustered, negative_binomial, newey_west, poisson, sandwich


def groups(rng, *, rows=40, spread=0.0):
    arm = np.repeat([0.0, 1.0], rows // 2)
    x = rng.normal(size=rows)
    design = np.column_stack([np.ones(rows), arm, x])
    linear = -1 + 0.5 * arm + 0.3 * x + spread * rng.normal(size=rows)
    trials = rng.integers(20, 200, rows).astype(float)
    return design, linear, trials


@pytest.fixture
def shares():
    design, linear, trials = groups(np.random.default_rng(1), spread=0.6)
    events = np.random.default_rng(2).binomial(trials.astype(int), 1 / (1 + np.exp(-linear))).astype(float)
    return design, events, trials


@pytest.fixture
def counts():
    design, linear, exposure = groups(np.random.default_rng(3), spread=0.5)
    return design, np.random.default_rng(4).poisson(exposure * np.exp(linear) / 5).astype(float), exposure


def test_shares_equal_statsmodels(shares):
    design, events, trials = shares
    fit = binomial(design, events, trials)
    theirs = sm.GLM(np.column_stack([events, trials - events]), design, family=sm.families.Binomial()).fit(tol=1e-12)
    assert fit.coefficients == pytest.approx(theirs.params)
    assert fit.standard_errors(dispersed=False) == pytest.approx(theirs.bse)
    assert (fit.deviance, fit.pearson, fit.df) == pytest.approx((theirs.deviance, theirs.pearson_chi2, 37))
    assert fit.standard_errors() == pytest.approx(theirs.bse * math.sqrt(theirs.pearson_chi2 / 37))
    assert fit.dispersion > 2


def test_counts_and_their_robust_errors_equal_statsmodels(counts):
    design, events, exposure = counts
    fit = poisson(design, events, exposure)
    model = sm.GLM(events, design, family=sm.families.Poisson(), exposure=exposure)
    theirs = model.fit(tol=1e-12)
    assert fit.coefficients == pytest.approx(theirs.params)
    assert fit.deviance == pytest.approx(theirs.deviance)
    assert sandwich(fit) == pytest.approx(model.fit(tol=1e-12, cov_type="HC0").bse)
    lagged = model.fit(tol=1e-12, cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": False})
    assert newey_west(fit.unscaled, fit.scores, lag=3) == pytest.approx(lagged.bse)
    cluster = np.arange(40) % 8
    grouped = model.fit(tol=1e-12, cov_type="cluster", cov_kwds={"groups": cluster, "use_correction": True})
    assert clustered(fit, cluster, small_sample=True) == pytest.approx(grouped.bse)


def test_the_beta_binomial_is_at_the_maximum_of_its_likelihood(shares):
    design, events, trials = shares

    def loss(parameters):
        share, size = 1 / (1 + np.exp(-design @ parameters[:-1])), math.exp(parameters[-1])
        return -betabinom.logpmf(events, trials, share * size, (1 - share) * size).sum()

    fit = beta_binomial(design, events, trials)
    best = minimize(loss, [*fit.coefficients * 0.9, math.log(5)], method="BFGS", options={"gtol": 1e-6})
    assert fit.log_likelihood == pytest.approx(-best.fun, abs=1e-6)
    assert fit.coefficients == pytest.approx(best.x[:-1], abs=1e-4)
    assert fit.correlation == pytest.approx(1 / (1 + math.exp(best.x[-1])), rel=1e-3)
    bend = approx_hess3(np.array([*fit.coefficients, math.log(fit.size)]), loss)
    assert fit.standard_errors == pytest.approx(np.sqrt(np.diag(np.linalg.inv(bend)))[:-1], rel=1e-3)


def test_the_negative_binomial_is_at_the_maximum_of_its_likelihood(counts):
    design, events, exposure = counts

    def loss(parameters):
        mean, size = exposure * np.exp(design @ parameters[:-1]), math.exp(parameters[-1])
        return -nbinom.logpmf(events, size, size / (size + mean)).sum()

    fit = negative_binomial(design, events, exposure)
    best = minimize(loss, [*fit.coefficients * 0.9, math.log(3)], method="BFGS", options={"gtol": 1e-6})
    assert fit.log_likelihood == pytest.approx(-best.fun, abs=1e-6)
    assert fit.coefficients == pytest.approx(best.x[:-1], abs=1e-4)
    assert fit.size == pytest.approx(math.exp(best.x[-1]), rel=1e-3)
    mean = exposure * np.exp(design @ fit.coefficients)
    weights = mean / (1 + mean / fit.size)
    assert fit.standard_errors == pytest.approx(np.sqrt(np.diag(np.linalg.inv(design.T * weights @ design))))


@pytest.mark.parametrize("seed", [0, 6, 7, 8])
def test_a_little_spread_among_days_of_many_impressions_is_found(seed):
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(20), np.repeat([0, 1], 10)])
    shown = rng.integers(90_000, 110_000, 20)
    clicked = rng.binomial(shown, rng.beta(0.002 * 3e5, 0.998 * 3e5, 20))

    def rise(start, count):  # of a gamma function, factor by factor
        return np.log1p(np.arange(count) / start).sum() + count * math.log(start)

    def height(parameters):
        size, total = math.exp(parameters[-1]), 0.0
        for logit, x, n in zip(design @ parameters[:-1], clicked, shown, strict=True):
            share = 1 / (1 + math.exp(-logit))
            total += rise(share * size, x) + rise((1 - share) * size, n - x) - rise(size, n)
        return total + (gammaln(shown + 1) - gammaln(clicked + 1) - gammaln(shown - clicked + 1)).sum()

    fit = beta_binomial(design, clicked.astype(float), shown.astype(float))
    at = np.array([*fit.coefficients, math.log(fit.size)])
    assert fit.size > 1e5
    assert fit.log_likelihood == pytest.approx(height(at), abs=1e-6)
    for place, step in enumerate((0.01, 0.01, 0.1)):
        for change in (step, -step):
            assert height(at + change * np.eye(3)[place]) < height(at)
    # so little spread in so rare events is that of counts: size times the share is the negative binomial's
    counts = negative_binomial(design, clicked.astype(float), shown.astype(float))
    assert counts.coefficients == pytest.approx(fit.coefficients, abs=3e-3)
    assert counts.standard_errors == pytest.approx(fit.standard_errors, rel=2e-2)


def test_without_spread_beyond_chance_there_is_no_more_to_say_than_independent_events_do():
    design = np.column_stack([np.ones(8), np.tile([0.0, 1.0], 4)])
    assert beta_binomial(design, np.tile([10.0, 20.0], 4), np.full(8, 100.0)) is None
    assert negative_binomial(design, np.tile([10.0, 20.0], 4)) is None


def test_where_the_likelihood_has_no_maximum_there_is_no_fit():
    design = np.column_stack([np.ones(4), [0.0, 0, 1, 1]])
    nothing, trials = np.array([0.0, 0, 5, 6]), np.full(4, 20.0)
    for fit in (binomial(design, nothing, trials), beta_binomial(design, nothing, trials)):
        assert fit is None
    assert poisson(design, nothing) is None
    assert negative_binomial(design, nothing) is None
    twice = np.column_stack([design, design[:, 1]])
    assert binomial(twice, nothing + 1, trials) is None
    assert poisson(twice, nothing + 1) is None


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_counting_who_did_not_turns_the_coefficients_around(seed):
    design, linear, trials = groups(np.random.default_rng(seed), spread=0.4)
    events = np.random.default_rng(seed).binomial(trials.astype(int), 1 / (1 + np.exp(-linear))).astype(float)
    there, back = binomial(design, events, trials), binomial(design, trials - events, trials)
    assert back.coefficients == pytest.approx(-there.coefficients, abs=1e-8)
    assert back.dispersion == pytest.approx(there.dispersion)
    low, high = there.interval(1, 0.95)
    assert (there.p_value(1) < 0.05) == (not low <= 0 <= high)


def test_a_coefficient_has_the_interval_and_p_values_of_r():
    # R 4.2.2: glm(cbind(e, n - e) ~ x, quasibinomial), and binomial for the p-value without dispersion
    design = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    events, trials = np.array([10.0, 14, 9, 25, 30, 41]), np.array([100.0, 90, 80, 100, 110, 120])
    fit = binomial(design, events, trials)
    assert fit.interval(1, 0.9) == pytest.approx((0.610665261385535, 1.550494050172036), rel=1e-9)
    assert fit.p_value(1) == pytest.approx(0.008031092624852337, rel=1e-8)
    assert fit.p_value(1, dispersed=False) == pytest.approx(1.11031964630433e-06, rel=1e-8)


def test_clusters_are_not_corrected_for_small_samples_unless_asked(counts):
    design, events, exposure = counts
    fit, cluster = poisson(design, events, exposure), np.arange(40) % 8
    corrected = clustered(fit, cluster, small_sample=True)
    assert clustered(fit, cluster) == pytest.approx(corrected * math.sqrt(37 / 39))


def test_small_samples_widen_the_errors_by_rows_over_rows_less_columns(counts):
    design, events, exposure = counts
    fit = poisson(design, events, exposure)
    assert sandwich(fit, small_sample=True) == pytest.approx(sandwich(fit) * math.sqrt(40 / 37))
    plain = newey_west(fit.unscaled, fit.scores, lag=2)
    assert newey_west(fit.unscaled, fit.scores, lag=2, small_sample=True) == pytest.approx(plain * math.sqrt(40 / 37))


def test_people_one_by_one_have_the_log_odds_of_their_share():
    # 3 of 4 against 1 of 4: odds of 3 and 1/3; each group's information is 4 x 3/4 x 1/4
    design = np.column_stack([np.ones(8), [0, 0, 0, 0, 1, 1, 1, 1]])
    fit = binomial(design, np.array([1.0, 0, 0, 0, 1, 1, 1, 0]), np.ones(8))
    assert fit.coefficients == pytest.approx([-math.log(3), 2 * math.log(3)])
    assert fit.standard_errors(dispersed=False)[1] == pytest.approx(math.sqrt(2 / 0.75))


def test_as_many_rows_as_columns_leave_no_dispersion_to_tell_of():
    design = np.array([[1.0, 0], [1, 1]])
    assert math.isnan(binomial(design, np.array([3.0, 5]), np.array([10.0, 10])).dispersion)
    fit = poisson(design, np.array([3.0, 5]))
    assert math.isnan(fit.dispersion)
    assert (fit.df, fit.coefficients[1]) == (0, pytest.approx(math.log(5 / 3)))
