"""Effects from counts, with none or everybody in a group, and averages of rare events, as metafor gives them."""

import math
import re

import pytest

from metrics import pooling

# R 4.2.2, metafor 3.8-1: escalc(); by hand each is a sum of halves, such as log(5.5 x 4.5 / (0.5 x 1.5)).
EVERYBODY, SINGLE_ZERO, NOBODY = ([5], [5], [1], [5]), ([2], [3], [3], [4]), ([3], [4], [0], [4])


@pytest.mark.parametrize(
    ("counts", "effect", "variance"),
    [
        (EVERYBODY, math.log(5.5 * 4.5 / (0.5 * 1.5)), 1 / 5.5 + 1 / 0.5 + 1 / 1.5 + 1 / 4.5),
        (SINGLE_ZERO, math.log(2 / 3), 1 / 2 + 1 + 1 / 3 + 1),  # one person each is not nobody
        (NOBODY, math.log(3.5 * 4.5 / (1.5 * 0.5)), 1 / 3.5 + 1 / 1.5 + 1 / 0.5 + 1 / 4.5),
        (([1], [5], [5], [5]), math.log(1.5 * 0.5 / (4.5 * 5.5)), 1 / 1.5 + 1 / 4.5 + 1 / 5.5 + 1 / 0.5),
        (([0], [3], [2], [4]), math.log(0.5 * 2.5 / (3.5 * 2.5)), 1 / 0.5 + 1 / 3.5 + 1 / 2.5 + 1 / 2.5),
    ],
)
def test_a_half_is_added_to_all_four_cells_where_one_is_empty_and_nowhere_else(counts, effect, variance):
    sizes = pooling.log_odds_ratios(*counts)
    assert (*sizes.effects, *sizes.variances) == pytest.approx((effect, variance))


def test_a_group_may_be_a_single_person():
    sizes = pooling.risk_differences([1], [1], [0], [1])
    assert (sizes.effects, sizes.variances) == ((0.5,), (0.1875,))
    assert pooling.logits([1], [1]).effects == pytest.approx((math.log(3),))
    assert (
        pooling.peto([1], [1], [0], [1]).estimate == 2
    )  # half an event more than expected, with a variance of a quarter


def test_rates_without_events_get_a_half_on_both_sides():
    sizes = pooling.log_rate_ratios([0, 3, 0, 1, 2], [0.5, 0.8, 1, 1, 1], [2, 0, 0, 2, 1], [0.4, 1, 0.9, 1, 1])
    assert sizes.effects[:3] == pytest.approx((-1.832581463748, 2.16905370037, -0.105360515658))
    assert sizes.variances == pytest.approx((2.4, 2.285714285714, 4, 1.5, 1.5))
    assert sizes.effects[3:] == pytest.approx((-math.log(2), math.log(2)))


@pytest.mark.parametrize(("events", "people"), [([0], [5]), ([5], [5]), ([1], [1])])
def test_a_proportion_of_none_or_all_has_a_logit(events, people):
    # R 4.2.2, metafor 3.8-1: escalc("PLO")
    expected = {0: (-2.39789527280, 2.18181818182), 5: (2.39789527280, 2.18181818182), 1: (math.log(3), 8 / 3)}
    sizes = pooling.logits(events, people)
    assert (*sizes.effects, *sizes.variances) == pytest.approx(expected[events[0]])


def test_an_estimate_may_lie_on_a_limit_of_its_interval():
    assert pooling.from_intervals([0.0, 1.0], [0.0, 0.0], [1.0, 1.0]).effects == (0.0, 1.0)
    wider = pooling.from_intervals([0.1], [-0.1], [0.3], conf_level=0.9)  # qnorm(0.95) is 1.644854
    assert wider.variances == pytest.approx(((0.2 / 1.6448536269514722) ** 2,))


# R 4.2.2, metafor 3.8-1: rma.mh() and rma.peto(); nobody had an event in the fourth study, everybody in the fifth.
RARE = ([4, 6, 1, 0, 8, 0], [123, 306, 40, 30, 8, 20], [11, 29, 5, 0, 9, 2], [139, 303, 44, 25, 9, 25])


@pytest.mark.parametrize(
    ("measure", "k", "expected"),
    [
        ("odds_ratio", 4, (-1.48040715529, 0.340959790564, -2.14867606497, -0.812138245605, 1.41267443894e-05,
                           1.00087244157)),
        ("risk_ratio", 5, (-1.01557026578, 0.227929430507, -1.46230374059, -0.568836790973, 8.36453805597e-06,
                           1.99585271169)),
        ("risk_difference", 6, (-0.0649656242549, 0.0135495422105, -0.0915222389945, -0.0384090095153,
                                1.62940394153e-06, 0.993050430456)),
        ("peto", 4, (-1.26956745915, 0.270318140155, -1.79938127822, -0.73975364008, 2.64569507866e-06,
                     0.899880738096)),
    ],
)  # fmt: skip
def test_common_effects_leave_out_studies_that_do_not_tell(measure, k, expected):
    chosen = {} if measure == "peto" else {"measure": measure}
    found = (pooling.peto if measure == "peto" else pooling.mantel_haenszel)(*RARE, **chosen)
    assert found.k == k
    values = found.estimate, found.se, found.conf_low, found.conf_high, found.p_value, found.q
    assert values == pytest.approx(expected, rel=1e-9)
    assert (found.conf_level, found.tau2) == (0.95, 0.0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: pooling.log_odds_ratios([1], [5], [0], [0]), "a group has more events than people, or nobody in it"),
        (lambda: pooling.log_odds_ratios([0], [0], [1], [5]), "a group has more events than people, or nobody in it"),
        (lambda: pooling.log_odds_ratios([1], [5], [-1], [5]), "a group has more events than people, or nobody in it"),
        (lambda: pooling.logits([0], [0]), "a study has more events than people, or nobody in it"),
        (lambda: pooling.log_rate_ratios([-1], [1], [1], [1]), "a count is negative, or a time is not above zero"),
        (lambda: pooling.log_rate_ratios([1], [1], [-1], [1]), "a count is negative, or a time is not above zero"),
        (lambda: pooling.log_rate_ratios([1], [1], [1], [0]), "a count is negative, or a time is not above zero"),
        (
            lambda: pooling.from_intervals([0.5], [0.5], [0.5]),
            "an estimate lies outside its interval, or an interval has no width",
        ),
        (
            lambda: pooling.from_intervals([0.5], [0.0], [0.7], ratio=True),
            "a ratio's interval reaches zero or below, so that it has no logarithm",
        ),
        (lambda: pooling.peto([1], [4], [0], [0]), "a group has more events than people, or nobody in it"),
        (lambda: pooling.peto([0], [0], [1], [4]), "a group has more events than people, or nobody in it"),
        (lambda: pooling.peto([1], [4], [5], [4]), "a group has more events than people, or nobody in it"),
        (lambda: pooling.peto([-1], [4], [1], [4]), "a group has more events than people, or nobody in it"),
        (
            lambda: pooling.mantel_haenszel([0, 4], [4, 4], [0, 4], [4, 4]),
            "no study has both events and others, so that none tells of a ratio",
        ),
        (
            lambda: pooling.mantel_haenszel([2], [4], [0], [4]),
            "all events are in one group, so that the odds ratio has no estimate",
        ),
        (
            lambda: pooling.mantel_haenszel([0], [4], [2], [4]),
            "all events are in one group, so that the odds ratio has no estimate",
        ),
        (
            lambda: pooling.mantel_haenszel([4], [4], [0], [9], measure="risk_difference"),
            "in no group did some have an event and others none: the difference has no standard error",
        ),
        (
            lambda: pooling.mantel_haenszel([0], [4], [2], [4], measure="risk_ratio"),
            "all events are in one group, so that the risk ratio has no estimate",
        ),
        (lambda: pooling.mantel_haenszel([2], [4], [1], [4], measure="rr"), None),
        (
            lambda: pooling.logit_normal([4, 5], [4, 5]),
            "all studies have no events, or nothing but events, so that there is no average logit",
        ),
        (lambda: pooling.logit_normal([0, 0], [4, 0]), "a study has more events than people, or nobody in it"),
    ],
)
def test_counts_that_cannot_be_are_refused_in_words(call, said):
    said = said or "'rr' must be odds_ratio, risk_ratio or risk_difference"
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        call()
