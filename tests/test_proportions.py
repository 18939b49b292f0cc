import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from metrics.estimates import Estimate, Measure, Method, NotEstimable, Proportion, Reason
from metrics.proportions import jeffreys, odds_ratio, paired_difference, risk_difference, risk_ratio, wilson

COMPARISONS = {
    "difference": risk_difference,
    "difference without N / (N - 1)": lambda a, b, **o: risk_difference(a, b, method=Method.MEE, **o),
    "hybrid difference": lambda a, b, **o: risk_difference(a, b, method=Method.NEWCOMBE, **o),
    "ratio": risk_ratio,
    "ratio with N / (N - 1)": lambda a, b, **o: risk_ratio(a, b, method=Method.MIETTINEN_NURMINEN, **o),
    "odds ratio": odds_ratio,
}


@st.composite
def proportions(draw, largest=3000):
    total = draw(st.integers(1, largest))
    return Proportion(draw(st.integers(0, total)), total)


def limits(estimate):
    return estimate.conf_low, estimate.conf_high


# Published and recomputed values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873-890, table II, example (d) 5/56 v 0/29
        (Method.MIETTINEN_NURMINEN, -0.0326, 0.1933),
        (Method.MEE, -0.0313, 0.1926),
        (Method.NEWCOMBE, -0.0381, 0.1926),
    ],
)
def test_difference_is_that_of_newcombe_1998_table_ii(method, low, high):
    result = risk_difference(Proportion(5, 56), Proportion(0, 29), method=method)
    assert limits(result) == pytest.approx((low, high), abs=5e-5)


RATESCI = [  # R 4.2.2, ratesci 1.1.0.9000: scoreci() to six decimals
    # events, totals, level, difference MN, ratio Koopman, ratio MN, odds ratio MN
    ((56, 70, 48, 80), 0.95, (0.05283, 0.338173), (1.079821, 1.670806), (1.079047, 1.672145), (1.281573, 5.540202)),
    ((9, 10, 3, 10), 0.95, (0.170025, 0.84065), (1.353237, 8.467669), (1.327957, 8.691915), (2.021589, 189.62182)),
    ((6, 7, 2, 7), 0.95, (0.034176, 0.853405), (1.102641, 10.666026), (1.063687, 11.147771), (1.147812, 172.020094)),
    ((5, 56, 0, 29), 0.95, (-0.032597, 0.193331), (0.725689, math.inf), (0.717495, math.inf), (0.695871, math.inf)),
    ((0, 45, 3, 50), 0.95, (-0.162898, 0.021706), (0, 1.370673), (0, 1.38502), (0, 1.408033)),
    ((33, 120, 45, 118), 0.9, (-0.204981, -0.006066), (0.527487, 0.98114), (0.527139, 0.98177), (0.389189, 0.97292)),
]


@pytest.mark.parametrize(("counts", "level", "difference", "koopman", "ratio", "odds"), RATESCI)
def test_score_intervals_equal_ratesci(counts, level, difference, koopman, ratio, odds):
    a, b = Proportion(*counts[:2]), Proportion(*counts[2:])
    assert limits(risk_difference(a, b, conf_level=level)) == pytest.approx(difference, abs=2e-6)
    assert limits(risk_ratio(a, b, conf_level=level)) == pytest.approx(koopman, abs=2e-6)
    with_factor = risk_ratio(a, b, method=Method.MIETTINEN_NURMINEN, conf_level=level)
    assert limits(with_factor) == pytest.approx(ratio, abs=2e-6)
    assert limits(odds_ratio(a, b, conf_level=level)) == pytest.approx(odds, abs=2e-6)


def test_p_values_are_pearsons_and_its_n_minus_one_form():
    a, b = Proportion(56, 70), Proportion(48, 80)
    # R 4.2.2: prop.test(c(56, 48), c(70, 80), correct = FALSE); N - 1 form by ratesci
    assert risk_ratio(a, b).p_value == pytest.approx(0.00804508136819656, rel=1e-12)
    for result in (risk_difference(a, b), odds_ratio(a, b), risk_ratio(a, b, method=Method.MIETTINEN_NURMINEN)):
        assert result.p_value == pytest.approx(0.00825828793133236, rel=1e-9)


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17:857-872, table I, Wilson's method; digits from R's prop.test
        (Proportion(81, 263), 0.255288519878274, 0.3662095769828),
        (Proportion(15, 148), 0.0623863995307363, 0.160487241723308),
        (Proportion(0, 20), 0, 0.161125158052819),
    ],
)
def test_wilson_interval_equals_published_and_r(share, low, high):
    assert limits(wilson(share)) == pytest.approx((low, high), abs=1e-12)


def test_jeffreys_interval_equals_r():
    # R 4.2.2: qbeta(c(.025, .975), x + .5, n - x + .5), zero where x is zero
    assert limits(jeffreys(Proportion(15, 148))) == pytest.approx((0.0604485170092964, 0.157643143478741), rel=1e-10)
    assert limits(jeffreys(Proportion(0, 20))) == pytest.approx((0, 0.116638982904875), rel=1e-10)
    assert jeffreys(Proportion(20, 20)).conf_high == 1


@pytest.mark.parametrize(
    ("counts", "difference", "p_value", "interval"),
    [  # both, first only, second only, neither; R 4.2.2: mcnemar.test(correct = FALSE), ratesci pairbinci()
        ((794, 86, 150, 570), 0.04, 3.09929344104522e-05, (0.021362, 0.058998)),  # Agresti, prime minister
        ((1, 7, 1, 12), -0.285714285714286, 0.0338948535246893, (-0.517232, -0.026003)),  # airway hyperresponsiveness
    ],
)
def test_paired_difference_equals_mcnemar_and_tango(counts, difference, p_value, interval):
    names = ("both", "first_only", "second_only", "neither")
    result = paired_difference(**dict(zip(names, counts, strict=True)))
    assert result.estimate == pytest.approx(difference, rel=1e-12)
    assert result.p_value == pytest.approx(p_value, rel=1e-10)
    assert limits(result) == pytest.approx(interval, abs=2e-6)


# Closed forms at the edges -------------------------------------------------------------------------------------------


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_difference_of_two_groups_without_events_has_a_closed_form(n1, n2):
    # The likeliest shares under a difference d > 0 are d and 0: d = z^2 / (n1 + z^2) with z^2 N / (N - 1)
    z2 = 1.959963984540054**2 * (n1 + n2) / (n1 + n2 - 1)
    result = risk_difference(Proportion(0, n1), Proportion(0, n2))
    assert limits(result) == pytest.approx((-z2 / (n2 + z2), z2 / (n1 + z2)), rel=1e-9)
    assert (result.estimate, result.p_value, result.se) == (0, 1, None)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_ratio_of_two_groups_where_all_had_the_event_has_a_closed_form(n1, n2):
    z2 = 1.959963984540054**2  # the likeliest shares under a ratio r < 1 are r and 1: r = n1 / (n1 + z^2)
    result = risk_ratio(Proportion(n1, n1), Proportion(n2, n2))
    assert limits(result) == pytest.approx((n1 / (n1 + z2), (n2 + z2) / n2), rel=1e-9)
    assert (result.estimate, result.se, result.p_value) == (1, None, 1)


def test_one_event_and_one_other_added_to_each_group_have_a_closed_form():
    # Agresti and Caffo (2000): 7 of 8 becomes 8 of 10, 3 of 18 becomes 4 of 20
    result = risk_difference(Proportion(7, 8), Proportion(3, 18), method=Method.AGRESTI_CAFFO)
    se = math.sqrt(0.8 * 0.2 / 10 + 0.2 * 0.8 / 20)
    assert limits(result) == pytest.approx((0.6 - 1.959963984540054 * se, 0.6 + 1.959963984540054 * se))
    assert result.p_value == pytest.approx(math.erfc(0.6 / se / math.sqrt(2)))
    assert result.estimate == pytest.approx(7 / 8 - 3 / 18)
    everybody, nobody = Proportion(3, 3), Proportion(0, 3)
    wide = {"method": Method.AGRESTI_CAFFO, "conf_level": 0.999}
    assert risk_difference(everybody, nobody, **wide).conf_high == 1
    assert risk_difference(nobody, everybody, **wide).conf_low == -1


@pytest.mark.parametrize("compare", [risk_ratio, odds_ratio])
def test_no_events_at_all_give_no_ratio_but_a_reason(compare):
    measure = Measure.RISK_RATIO if compare is risk_ratio else Measure.ODDS_RATIO
    refusal = NotEstimable(measure=measure, reason=Reason.NO_EVENTS_IN_EITHER_GROUP, n=95)
    assert compare(Proportion(0, 45), Proportion(0, 50)) == refusal


def test_events_for_everybody_give_no_odds_ratio_but_a_reason():
    assert odds_ratio(Proportion(3, 3), Proportion(4, 4)).reason is Reason.EVENTS_FOR_EVERYBODY


def test_no_events_in_the_comparison_give_an_unbounded_ratio():
    result = risk_ratio(Proportion(5, 56), Proportion(0, 29))
    assert (result.estimate, result.conf_high, result.se) == (math.inf, math.inf, None)


@given(proportions(largest=4), proportions(largest=4))
def test_the_smallest_groups_have_an_answer_or_a_stated_refusal(a, b):
    for compare in COMPARISONS.values():
        result = compare(a, b)
        if isinstance(result, Estimate):
            assert result.conf_low <= result.estimate <= result.conf_high
            assert 0 <= result.p_value <= 1
        else:
            assert result.reason in (Reason.NO_EVENTS_IN_EITHER_GROUP, Reason.EVENTS_FOR_EVERYBODY)


# What always holds ---------------------------------------------------------------------------------------------------


@given(proportions(), proportions(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_a_p_value_is_below_alpha_exactly_where_the_interval_excludes_no_difference(a, b, level):
    for compare in COMPARISONS.values():
        result = compare(a, b, conf_level=level)
        if isinstance(result, Estimate) and abs(result.p_value - (1 - level)) > 1e-9:
            assert (result.p_value < 1 - level) == result.excludes_no_difference


@given(proportions(), proportions())
def test_exchanging_the_groups_turns_a_difference_around(a, b):
    for method in (Method.MIETTINEN_NURMINEN, Method.MEE, Method.NEWCOMBE):
        there, back = risk_difference(a, b, method=method), risk_difference(b, a, method=method)
        assert (back.estimate, back.conf_low, back.conf_high) == (-there.estimate, -there.conf_high, -there.conf_low)
        assert (back.p_value, back.se) == (pytest.approx(there.p_value), pytest.approx(there.se))


@given(proportions(), proportions())
def test_exchanging_the_groups_inverts_a_ratio(a, b):
    for compare in (risk_ratio, odds_ratio):
        there, back = compare(a, b), compare(b, a)
        if isinstance(there, Estimate):
            assert back.conf_low * there.conf_high == pytest.approx(1) or (back.conf_low, there.conf_high) == (
                0,
                math.inf,
            )
            assert back.estimate * there.estimate == pytest.approx(1) or {back.estimate, there.estimate} == {
                0,
                math.inf,
            }


@given(proportions(), proportions())
def test_counting_who_did_not_instead_of_who_did_turns_difference_and_odds_around(a, b):
    not_a, not_b = (Proportion(p.total - p.events, p.total) for p in (a, b))
    assert limits(risk_difference(not_b, not_a)) == pytest.approx(limits(risk_difference(a, b)), abs=1e-9)
    odds = odds_ratio(a, b)
    if isinstance(odds, Estimate):
        assert limits(odds_ratio(not_b, not_a)) == pytest.approx(limits(odds), rel=1e-7)


@given(proportions(), proportions())
def test_more_events_in_the_campaign_never_lower_a_limit(a, b):
    if a.events < a.total:
        more = Proportion(a.events + 1, a.total)
        for compare in COMPARISONS.values():
            one, other = compare(a, b), compare(more, b)
            if isinstance(one, Estimate) and isinstance(other, Estimate):
                assert other.conf_low >= one.conf_low - 1e-9
                assert other.conf_high >= one.conf_high - 1e-9


@given(proportions(), proportions())
def test_a_higher_level_gives_a_wider_interval(a, b):
    for compare in COMPARISONS.values():
        narrow, wide = compare(a, b, conf_level=0.9), compare(a, b, conf_level=0.99)
        if isinstance(narrow, Estimate):
            assert wide.conf_low <= narrow.conf_low
            assert wide.conf_high >= narrow.conf_high


@given(st.integers(1, 20), st.integers(1, 20))
def test_limits_keep_their_digits_at_a_few_events_in_a_hundred_million(x1, x2):
    # there the ratio of proportions is the ratio of Poisson rates, which has a closed form (Graham et al. 2003)
    n = 10**8
    result = risk_ratio(Proportion(x1, n), Proportion(x2, n))
    share = wilson(Proportion(x1, x1 + x2))
    closed = (share.conf_low / (1 - share.conf_low), share.conf_high / (1 - share.conf_high))
    assert limits(result) == pytest.approx(closed, rel=1e-5)


@given(*[st.integers(0, 60)] * 4)
def test_a_paired_difference_turns_around_with_the_waves_and_agrees_with_its_p_value(both, first, second, neither):
    if both + first + second + neither:
        change = paired_difference(both=both, first_only=first, second_only=second, neither=neither)
        back = paired_difference(both=both, first_only=second, second_only=first, neither=neither)
        assert limits(back) == (-change.conf_high, -change.conf_low)
        assert (change.p_value < 0.05) == change.excludes_no_difference
        assert change.n == both + first + second + neither


def test_everybody_who_turned_away_is_a_change_of_minus_one():
    # Tango's statistic is then n (1 - |d|) / sqrt(n (1 - d^2)), so |d| = (1 - z^2 / n) / (1 + z^2 / n)
    change = paired_difference(both=0, first_only=30, second_only=0, neither=0)
    w = 1.959963984540054**2 / 30
    assert (change.estimate, change.conf_low, change.se) == (-1, -1, None)
    assert change.conf_high == pytest.approx(-(1 - w) / (1 + w))


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (1, -1, 2, 0)])
def test_what_is_not_a_count_of_people_is_refused(counts):
    names = ("both", "first_only", "second_only", "neither")
    with pytest.raises(ValueError, match="are not counts of people"):
        paired_difference(**dict(zip(names, counts, strict=True)))


def test_a_method_of_another_measure_is_refused():
    with pytest.raises(ValueError, match="koopman"):
        risk_difference(Proportion(1, 2), Proportion(1, 2), method=Method.KOOPMAN)


def test_every_field_of_a_difference_and_a_ratio():
    a, b = Proportion(56, 70), Proportion(48, 80)
    result = risk_difference(a, b, conf_level=0.9)
    assert (result.measure, result.method, result.n) == ("risk_difference", "miettinen_nurminen", 150)
    assert (result.df, result.conf_level) == (math.inf, 0.9)
    assert result.estimate == pytest.approx(0.2)
    assert result.se == pytest.approx(math.sqrt(0.8 * 0.2 / 70 + 0.6 * 0.4 / 80))  # Wald
    assert risk_ratio(a, b, conf_level=0.9).conf_level == odds_ratio(a, b, conf_level=0.9).conf_level == 0.9
    ratio = risk_ratio(a, b)
    assert (ratio.measure, ratio.method, ratio.n, ratio.df) == ("risk_ratio", "koopman", 150, math.inf)
    assert ratio.se == pytest.approx(math.sqrt(1 / 56 - 1 / 70 + 1 / 48 - 1 / 80))  # Katz, of the logarithm
    odds = odds_ratio(a, b)
    assert (odds.measure, odds.method) == ("odds_ratio", "miettinen_nurminen")
    assert odds.se == pytest.approx(math.sqrt(1 / 56 + 1 / 14 + 1 / 48 + 1 / 32))  # Woolf, of the logarithm
    share = wilson(a)
    assert (share.measure, share.estimate, share.p_value, share.n) == ("proportion", 0.8, None, 70)
    assert share.se == pytest.approx(math.sqrt(0.8 * 0.2 / 70))


def test_a_dispersion_widens_the_ratio():
    a, b = Proportion(56, 70), Proportion(48, 80)
    assert risk_ratio(a, b, dispersion=4).conf_low < risk_ratio(a, b).conf_low
    assert risk_ratio(a, b, dispersion=4).p_value > risk_ratio(a, b).p_value


@pytest.mark.parametrize("compare", [risk_difference, risk_ratio], ids=["difference", "ratio"])
@pytest.mark.parametrize(("n1", "p1", "n2", "p2"), [(20, 0.1, 25, 0.05), (30, 0.5, 20, 0.3), (15, 0.9, 15, 0.9)])
def test_coverage_is_near_95_in_100_in_small_groups(compare, n1, p1, n2, p2):
    true = p1 - p2 if compare is risk_difference else p1 / p2  # exact: every table, by its probability
    covered = 0.0
    for x1 in range(n1 + 1):
        for x2 in range(n2 + 1):
            chance = binom.pmf(x1, n1, p1) * binom.pmf(x2, n2, p2)
            if chance > 1e-7:
                result = compare(Proportion(x1, n1), Proportion(x2, n2))
                covered += chance * (isinstance(result, NotEstimable) or result.conf_low <= true <= result.conf_high)
    assert 0.93 < covered < 0.985
