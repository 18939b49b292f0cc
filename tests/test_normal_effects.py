"""Averages of normal true effects from counts, rare or many: against R, and against a plain sum over a fine grid."""

import itertools

import numpy as np
import pytest
from scipy.special import gammaln, logsumexp

from metrics.pooling import conditional_normal, logit_normal

GRID = np.arange(-12, 12, 1e-3)  # standard deviations from the average
WEIGHTS = np.log(1e-3 / np.sqrt(2 * np.pi)) - GRID**2 / 2


def binomials(events, totals, offset=0.0):
    x, n = (np.array(column, dtype=float)[:, None] for column in (events, totals))

    def heights(mean, tau):
        logits = mean + tau * GRID + np.broadcast_to(offset, len(events))[:, None]
        return logsumexp(x * logits - n * np.logaddexp(0, logits) + WEIGHTS, axis=1).sum()

    return heights


def fishers(a, n1, c, n2):
    def heights(mean, tau):
        whole = 0.0
        for first, people, second, others in zip(a, n1, c, n2, strict=True):
            possible = np.arange(max(0, first + second - others), min(people, first + second) + 1)
            ways = -sum(gammaln(np.maximum(count, 0) + 1.0) for count in (
                possible, people - possible, first + second - possible, others - first - second + possible,
            ))  # fmt: skip
            effects = mean + tau * GRID[::20]
            each = ways[:, None] + possible[:, None] * effects
            here = each[list(possible).index(first)] - logsumexp(each, axis=0)
            whole += logsumexp(here + WEIGHTS[::20] + np.log(20))
        return whole

    return heights


def highest(result, heights):
    """Nothing nearby is likelier, and the error is that of the heights' bend."""
    mean, tau = result.estimate, np.sqrt(result.tau2)
    top = heights(mean, tau)
    for step in (1e-3, 1e-2, 0.3):
        for more, wider in itertools.product((0, step, -step), repeat=2):
            assert heights(mean + more, max(tau + wider, 0.0)) <= top
    h = 1e-3 * max(result.se, 0.05)
    bend = np.zeros((2, 2))
    for i, j in itertools.product((0, 1), repeat=2):
        for one, two in itertools.product((1, -1), repeat=2):
            place = np.array([mean, tau])
            place[i] += one * h
            place[j] += two * h
            bend[i, j] -= one * two * heights(*place) / (4 * h**2)
    expected = np.linalg.inv(bend)[0, 0] if tau else 1 / bend[0, 0]
    assert result.se == pytest.approx(np.sqrt(expected), rel=1e-3)


COUNTS = [
    ([900, 1200, 800, 1500], [100_000, 90_000, 110_000, 120_000]),
    ([9_000, 30_000, 2_000, 500], [1_000_000] * 4),
    ([5, 500, 50], [1000, 1000, 1000]),
    ([3, 1, 0, 2, 5, 0, 1], [200, 150, 90, 210, 400, 60, 120]),
    ([198, 100, 187], [200, 104, 200]),
]


@pytest.mark.parametrize(("events", "totals"), COUNTS)
def test_the_average_logit_is_the_likeliest_however_many_people_there_are(events, totals):
    result = logit_normal(events, totals)
    highest(result, binomials(events, totals))
    others = logit_normal([n - x for x, n in zip(events, totals, strict=True)], totals)
    assert (others.estimate, others.se, others.tau2) == pytest.approx(
        (-result.estimate, result.se, result.tau2), rel=1e-5, abs=1e-9
    )


TABLES = [
    ([30, 45, 12, 9], [100, 120, 70, 40], [20, 40, 29, 9], [100, 118, 66, 42]),
    ([0, 1, 2, 30], [50, 60, 80, 90], [14, 3, 7, 9], [50, 60, 80, 90]),
    ([1, 0, 2], [50, 60, 80], [1, 3, 1], [50, 60, 80]),
]


@pytest.mark.parametrize("table", TABLES)
def test_the_average_odds_ratio_is_the_likeliest_given_the_events_of_each_study(table):
    a, n1, c, n2 = table
    result = conditional_normal(*table)
    highest(result, fishers(*table))
    around = conditional_normal(c, n2, a, n1)
    assert (around.estimate, around.se) == pytest.approx((-result.estimate, result.se), rel=1e-6)
    offset = np.log(np.array(n1) / np.array(n2))
    highest(conditional_normal(*table, exact=False), binomials(a, np.add(a, c), offset))


def test_averages_equal_those_of_r():
    # R 4.2.2, metafor 3.8-1: rma.glmm(measure = "PLO", nAGQ = 25), and measure = "OR", model = "CM.AL", whose search
    # ends at five digits
    shares = [(-4.57245002172, 0.124470667563, 0.0609975824148), None, (-2.74498027384, 1.26624481609, 4.73491012728)]
    for (events, totals), expected in zip(COUNTS, shares, strict=False):
        if expected:
            found = logit_normal(events, totals)
            assert (found.estimate, found.se, found.tau2) == pytest.approx(expected, rel=3e-5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: conditional_normal([0, 0], [50, 50], [2, 3], [50, 50]),
        lambda: conditional_normal([2, 3], [50, 50], [0, 0], [50, 50], exact=False),
    ],
)
def test_studies_at_one_end_have_no_average(call):
    with pytest.raises(
        ValueError, match=r"^all studies have as few events as they can, or all as many, so that they have no average$"
    ):
        call()


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize(
    ("first", "second", "people"),
    [([1, 0, 0], [0, 2, 0], [17, 19, 11]), ([3, 0, 0, 5], [0, 2, 4, 0], [60, 50, 70, 40])],
)
def test_studies_at_opposite_ends_have_a_spread_without_bound(first, second, people, exact):
    with pytest.raises(ValueError, match=r"^the studies lie at opposite ends, so that their spread has no bound"):
        conditional_normal(first, people, second, people, exact=exact)


def test_a_spread_that_makes_the_counts_no_likelier_is_none():
    result = conditional_normal([1, 0], [50, 50], [0, 1], [50, 50], exact=False)  # half a chance each, at any spread
    assert (result.estimate, result.tau2) == (pytest.approx(0, abs=1e-6), 0)
