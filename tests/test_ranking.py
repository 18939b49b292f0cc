"""Partial pooling, ranks and posteriors: properties and closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import norm

from metrics.estimates import Proportion
from metrics.posteriors import expected_loss, posteriors, probability_of_difference, shared_prior
from metrics.ranking import pairwise, rank, shrunken

EFFECTS = [0.02, 0.05, 0.10, 0.20]
VARIANCES = [0.0004, 0.0004, 0.0004, 0.0100]


def seeded():
    return np.random.default_rng(20260101)


def test_an_unsure_effect_is_drawn_further_than_a_sure_one():
    result = shrunken(EFFECTS, VARIANCES)
    assert result[3].pull > result[0].pull
    assert all(0 <= one.pull <= 1 for one in result)


def test_effects_that_differ_no_more_than_chance_are_all_the_average():
    result = shrunken([0.10, 0.11, 0.12], [0.01, 0.01, 0.01])
    assert [one.estimate for one in result] == pytest.approx([0.11] * 3)


@pytest.mark.parametrize(("level", "z"), [(0.95, 1.959963984540054), (0.9, 1.6448536269514722)])
def test_two_effects_half_of_whose_variance_is_error_are_drawn_halfway(level, z):
    # REML for two studies of one variance: tau2 = 0.1^2 / 2 - 0.0025; the average has variance 0.005 / 2
    se = np.sqrt(0.5 * 0.0025 + 0.25 * 0.0025)
    for one, estimate in zip(shrunken([0.0, 0.1], [0.0025] * 2, conf_level=level), (0.025, 0.075), strict=True):
        assert (one.estimate, one.se, one.pull) == pytest.approx((estimate, se, 0.5), rel=1e-5)
        assert (one.conf_low, one.conf_high) == pytest.approx((estimate - z * se, estimate + z * se), rel=1e-5)


def test_a_single_effect_is_its_own_average():
    (one,) = shrunken([0.3], [0.04])
    assert (one.estimate, one.se, one.pull) == pytest.approx((0.3, 0.2, 1.0))


def test_the_spread_is_estimated_as_asked():
    # DerSimonian and Laird for studies of one variance v: tau2 = (Q - 2) v / 2, Q = 0.02 / 0.0025, so 0.0075
    assert [one.pull for one in shrunken([0.0, 0.1, 0.2], [0.0025] * 3, method="DL")] == pytest.approx([0.25] * 3)
    assert [one.pull for one in shrunken([0.0, 0.1, 0.2], [0.0025] * 3, method="EE")] == [1.0] * 3


def test_ranks_are_a_permutation_on_average_and_best_is_somebody():
    table = rank(EFFECTS, VARIANCES, rng=seeded())
    assert sum(one.rank for one in table.campaigns) == pytest.approx(10)
    assert sum(one.probability_best for one in table.campaigns) == pytest.approx(1)
    assert all(one.rank_low <= one.rank <= one.rank_high for one in table.campaigns)
    assert all(one.expected_loss >= 0 for one in table.campaigns)


def test_equal_campaigns_may_hold_any_place():
    table = rank([0.1] * 4, [0.01] * 4, rng=seeded())
    assert {(one.rank_low, one.rank_high) for one in table.campaigns} == {(1, 4)}
    assert [one.rank for one in table.campaigns] == pytest.approx([2.5] * 4, abs=0.05)


def test_two_campaigns_do_not_tell_of_each_other():
    table = rank([0.1, 0.2], [0.0001, 0.0001], rng=seeded())
    assert table.tau == np.inf
    # Closed form: the chance that a normal difference of 0.1 with variance 0.0002 is above zero is 1 to many digits.
    assert table.campaigns[1].probability_best == 1.0


def test_two_campaigns_have_ranks_in_closed_form():
    # The second is ahead by 0.1 with a standard deviation of sqrt(0.0036 + 0.0064) = 0.1
    second_best, density = norm.cdf(1), norm.pdf(1)
    table = rank([0.1, 0.2], [0.0036, 0.0064], rng=seeded(), draws=200_000)
    first, second = table.campaigns
    assert second.probability_best == pytest.approx(second_best, abs=0.004)
    assert first.probability_best == pytest.approx(1 - second_best, abs=0.004)
    assert (first.rank, second.rank) == pytest.approx((1 + second_best, 2 - second_best), abs=0.004)
    assert first.expected_loss == pytest.approx(0.1 * (density + second_best), abs=0.001)
    assert second.expected_loss == pytest.approx(0.1 * (density - (1 - second_best)), abs=0.001)
    assert (first.estimate, first.conf_low, first.conf_high) == pytest.approx(
        (0.1, 0.1 - 1.96 * 0.06, 0.1 + 1.96 * 0.06), abs=0.002
    )
    assert (first.rank_low, first.rank_high, second.rank_low, second.rank_high) == (1, 2, 1, 2)
    surer = rank([0.1, 0.2], [0.0036, 0.0064], rng=seeded(), conf_level=0.6)  # 84 in 100 is more than four in five
    assert [(one.rank_low, one.rank_high) for one in surer.campaigns] == [(2, 2), (1, 1)]
    assert surer.conf_level == 0.6


def test_the_eight_schools_are_those_of_the_integral_over_the_spread():
    # Rubin (1981): effects and standard errors of coaching in eight schools; the posterior by quadrature
    y, se = np.array([28.0, 8, -3, 7, -1, 1, 18, 12]), np.array([15.0, 10, 16, 11, 9, 11, 10, 18])
    tau = np.linspace(0, 200, 40_001)[:, None]
    w = 1 / (se**2 + tau**2)
    mean = (w * y).sum(axis=1) / w.sum(axis=1)
    density = np.sqrt(w.prod(axis=1) / w.sum(axis=1)) * np.exp(-0.5 * (w * (y - mean[:, None]) ** 2).sum(axis=1))
    density /= density.sum()
    own = tau**2 / (tau**2 + se**2)
    expected = (density[:, None] * (own * y + (1 - own) * mean[:, None])).sum(axis=0)
    inner = own * se**2 + ((1 - own) ** 2 / w.sum(axis=1)[:, None])
    spread = (density[:, None] * (inner + (own * y + (1 - own) * mean[:, None] - expected) ** 2)).sum(axis=0)
    table = rank(y, se**2, rng=seeded(), draws=200_000)
    assert [one.estimate for one in table.campaigns] == pytest.approx(expected, abs=0.1)
    median = tau[np.searchsorted(density.cumsum(), 0.5), 0]
    assert table.tau == pytest.approx(median, abs=0.15)
    widths = [(one.conf_high - one.conf_low) / 3.92 for one in table.campaigns]
    assert widths == pytest.approx(np.sqrt(spread), rel=0.1)  # near to normal


def test_the_same_seed_gives_the_same_ranking():
    assert rank(EFFECTS, VARIANCES, rng=seeded()) == rank(EFFECTS, VARIANCES, rng=seeded())


def test_rank_intervals_cover_true_ranks():
    rng = seeded()
    covered = []
    for _ in range(150):
        truth = rng.normal(0.05, 0.05, size=6)
        variances = rng.uniform(0.0003, 0.003, size=6)
        table = rank(rng.normal(truth, np.sqrt(variances)), variances, rng=rng, draws=2000)
        places = 6 - np.argsort(np.argsort(truth))
        covered += [one.rank_low <= place <= one.rank_high
                    for one, place in zip(table.campaigns, places, strict=True)]  # fmt: skip
    assert np.mean(covered) > 0.90


def test_differences_are_adjusted_for_looking_at_all():
    # Holm by hand: the smallest of three p-values times three, the next times two, never below the one before.
    pairs = pairwise([0.02, 0.10, 0.11], [0.0004] * 3)
    ordered = sorted(pairs, key=lambda pair: pair.p_value)
    assert ordered[0].adjusted_p_value == pytest.approx(3 * ordered[0].p_value)
    assert ordered[1].adjusted_p_value == pytest.approx(2 * ordered[1].p_value)
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 1), (0, 2), (1, 2)]
    assert [pair.difference for pair in pairs] == pytest.approx([-0.08, -0.09, -0.01])
    assert [pair.se for pair in pairs] == pytest.approx([np.sqrt(0.0008)] * 3)
    assert pairs[2].p_value == pytest.approx(2 * norm.sf(0.01 / np.sqrt(0.0008)))
    # Benjamini and Hochberg by hand: the largest as it is, the next times three halves, the smallest times three
    pairs = pairwise([0.02, 0.10, 0.11], [0.0004] * 3, adjustment="benjamini_hochberg")
    found = sorted(pairs, key=lambda pair: pair.p_value)
    assert found[1].adjusted_p_value == pytest.approx(1.5 * found[1].p_value)


def test_one_campaign_has_no_rank():
    with pytest.raises(ValueError, match="1 campaign has no rank"):
        rank([0.1], [0.01], rng=seeded())
    with pytest.raises(ValueError, match="1 campaign cannot be compared"):
        pairwise([0.1], [0.01])


ARMS = st.builds(lambda n, share: Proportion(round(n * share), n), st.integers(1, 400), st.floats(0, 1))


@given(ARMS, ARMS)
@settings(max_examples=40, deadline=None)
def test_one_of_two_shares_is_the_larger(a, b):
    first, second = posteriors([a, b])
    assert first.probability_best + second.probability_best == pytest.approx(1, abs=1e-8)
    assert first.probability_best == pytest.approx(probability_of_difference(a, b), abs=1e-8)
    # E[max(a-b, 0)] - E[max(b-a, 0)] is the difference of the means.
    assert expected_loss(b, a) - expected_loss(a, b) == pytest.approx(first.mean - second.mean, abs=1e-8)


def test_a_uniform_prior_gives_laplaces_rule_of_succession():
    assert posteriors([Proportion(3, 4)])[0].mean == pytest.approx(4 / 6)


def test_a_larger_difference_is_less_probable():
    a, b = Proportion(60, 100), Proportion(50, 100)
    chances = [probability_of_difference(a, b, smallest_important=size) for size in (0.0, 0.05, 0.10, 0.20)]
    assert chances == sorted(chances, reverse=True)


def test_rates_are_drawn_towards_what_they_share():
    rates = [Proportion(5, 100), Proportion(300, 3000), Proportion(90, 1000), Proportion(2, 10)]
    result = shared_prior(rates)
    average = result.alpha / (result.alpha + result.beta)
    for rate, mean in zip(rates, result.means, strict=True):
        assert min(rate.value, average) - 1e-9 <= mean <= max(rate.value, average) + 1e-9


def test_a_shared_distribution_needs_events():
    with pytest.raises(ValueError, match="two or more campaigns"):
        shared_prior([Proportion(0, 5), Proportion(0, 7)])


@pytest.mark.parametrize(
    ("effects", "variances"),
    [
        ([0.0200, 0.0201, 0.0199, 0.3], [1e-9, 1e-9, 1e-9, 0.09]),  # three exact campaigns beside a vague one
        ([0.1, 0.3, 0.2], [0.01, 0.01, 0.01]),
        ([0.1, 0.3, 0.25, -0.05, 0.4], [0.004, 0.01, 0.002, 0.02, 0.03]),
    ],
)
def test_true_effects_are_those_of_the_model_summed_over_a_fine_grid(effects, variances):
    y, v = np.array(effects), np.array(variances)
    tau = np.geomspace(1e-8, 1e5, 100_001)
    w = 1 / (v + tau[:, None] ** 2)
    centre = (w * y).sum(axis=1) / w.sum(axis=1)
    heights = np.log(w).sum(axis=1) - np.log(w.sum(axis=1)) - (w * (y - centre[:, None]) ** 2).sum(axis=1)
    chances = np.exp((heights - heights.max()) / 2) * tau  # every tau alike, of which a step is as long as tau is large
    chances /= chances.sum()
    own = tau[:, None] ** 2 / (tau[:, None] ** 2 + v)
    wanted = chances @ (own * y + (1 - own) * centre[:, None])
    found = rank(effects, variances, rng=np.random.default_rng(1), draws=100_000)
    spread = [one.conf_high - one.conf_low for one in found.campaigns]
    assert np.abs(np.array([one.estimate for one in found.campaigns]) - wanted) / spread == pytest.approx(0, abs=0.01)
    middles, widths = own * y + (1 - own) * centre[:, None], np.sqrt(own * v + (1 - own) ** 2 / w.sum(axis=1)[:, None])
    for i, one in enumerate(found.campaigns):
        below = [chances @ ndtr((limit - middles[:, i]) / widths[:, i]) for limit in (one.conf_low, one.conf_high)]
        assert below == pytest.approx([0.025, 0.975], abs=0.003)
    assert found.tau == pytest.approx(tau[np.searchsorted(chances.cumsum(), 0.5)], rel=0.03)
