import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import stdtrit

from campaigns.records import Money
from metrics.costs import Cost, RatioSet, cost_per_additional, cost_per_result, fieller, net_benefit
from metrics.estimates import Estimate, Measure, Method, NotEstimable, Proportion, Reason
from metrics.proportions import risk_difference

SPEND = Money(amount=420_000, currency="USD")
EFFECT = Estimate(
    measure=Measure.RISK_DIFFERENCE,
    estimate=0.10,
    se=0.02,
    conf_low=0.10 - 1.959963984540054 * 0.02,
    conf_high=0.10 + 1.959963984540054 * 0.02,
    p_value=5.7e-7,
    df=math.inf,
    conf_level=0.95,
    method=Method.HC2,
    n=900,
)
amounts = st.floats(1, 1e6)


@given(
    numerator=st.floats(-1e4, 1e4),
    denominator=st.floats(-1e4, 1e4),
    se_numerator=st.floats(0.1, 1e4),
    se_denominator=st.floats(0.1, 1e4),
    correlation=st.floats(-0.95, 0.95),
)
def test_limits_are_the_ratios_that_are_only_just_rejected(
    numerator, denominator, se_numerator, se_denominator, correlation
):
    # the definition of Fieller's set: (a - r b)^2 = z^2 var(a - r b) at its limits
    ratio = fieller(
        numerator,
        denominator,
        se_numerator=se_numerator,
        se_denominator=se_denominator,
        correlation=correlation,
    )

    def excess(r):
        variance = se_numerator**2 - 2 * r * correlation * se_numerator * se_denominator + (r * se_denominator) ** 2
        return ((numerator - r * denominator) ** 2 / variance) / 1.959963984540054**2 - 1

    significant = abs(denominator) > 1.959963984540054 * se_denominator
    assert (ratio.kind is RatioSet.INTERVAL) == significant
    if ratio.kind is RatioSet.WHOLE_LINE:
        assert max(excess(r) for r in (-1e6, -10, -1, -0.1, 0, 0.1, 1, 10, 1e6)) <= 1e-9
    else:
        assume(math.isfinite(ratio.low) and math.isfinite(ratio.high) and max(-ratio.low, ratio.high) < 1e6)
        assert excess(ratio.low) == pytest.approx(0, abs=1e-5)
        assert excess(ratio.high) == pytest.approx(0, abs=1e-5)
        inside = excess((ratio.low + ratio.high) / 2)
        assert inside <= 1e-6 if ratio.kind is RatioSet.INTERVAL else inside >= -1e-6


def test_every_field_of_a_ratio():
    ratio = fieller(10, 5, se_numerator=0, se_denominator=1, df=20, conf_level=0.9)
    t = 1.724718242920787  # qt(.95, 20)
    assert (ratio.low, ratio.high) == pytest.approx((10 / (5 + t), 10 / (5 - t)))  # numerator known: limits turned
    assert (ratio.estimate, ratio.kind, ratio.df, ratio.conf_level) == (2, "interval", 20, 0.9)


def test_a_denominator_of_zero_leaves_no_estimate_but_says_what_is_excluded():
    ratio = fieller(10, 0, se_numerator=1, se_denominator=1)
    assert (ratio.estimate, ratio.kind) == (math.inf, RatioSet.TWO_RAYS)
    assert ratio.low == pytest.approx(-ratio.high)


def test_data_that_say_nothing_give_the_whole_line():
    ratio = fieller(0.1, 0.1, se_numerator=1, se_denominator=1)
    assert (ratio.kind, ratio.low, ratio.high) == (RatioSet.WHOLE_LINE, -math.inf, math.inf)


def test_a_numerator_of_zero_leaves_what_its_error_allows_or_says_nothing():
    t = float(stdtrit(1, 0.75))  # 1 at one degree of freedom and a level of one half
    known = fieller(0, 1, se_numerator=3, se_denominator=0, df=1, conf_level=0.5)
    assert (known.kind, known.low, known.high) == (RatioSet.INTERVAL, pytest.approx(-3), pytest.approx(3))
    nothing = fieller(0, 5, se_numerator=0, se_denominator=1)
    assert (nothing.kind, nothing.low, nothing.high) == (RatioSet.INTERVAL, 0, 0)
    edge = fieller(0, t, se_numerator=1, se_denominator=1, df=1, conf_level=0.5)
    assert (edge.kind, edge.low, edge.high) == (RatioSet.WHOLE_LINE, -math.inf, math.inf)


@given(price=st.floats(0.01, 100), denominator=st.floats(0.001, 0.9))
def test_two_that_move_as_one_have_a_point_in_small_units_too(price, denominator):
    se = denominator / 10
    ratio = fieller(price * denominator, denominator, se_numerator=price * se, se_denominator=se, correlation=1)
    assert (ratio.kind, ratio.low, ratio.high) == (RatioSet.INTERVAL, *[pytest.approx(price, rel=1e-6)] * 2)


@pytest.mark.parametrize(
    ("numerator", "low", "high"), [(10, 4.95, math.inf), (0.1, -4.95, math.inf), (-10, -math.inf, -4.95)]
)
def test_a_denominator_on_the_very_edge_gives_a_ray(numerator, low, high):
    # t = 1 at one degree of freedom and a level of one half: -2 * 10 r + 10^2 - 1 <= 0, or -0.2 r + 0.01 - 1 <= 0
    t = float(stdtrit(1, 0.75))
    edge = fieller(numerator, t, se_numerator=1, se_denominator=1, df=1, conf_level=0.5)
    assert (edge.kind, edge.low, edge.high) == (RatioSet.INTERVAL, pytest.approx(low), pytest.approx(high))


def test_exact_numbers_give_a_point_and_an_exact_zero_no_ratio():
    point = fieller(3, 2, se_numerator=0, se_denominator=0)
    assert (point.estimate, point.low, point.high) == (1.5, 1.5, 1.5)
    with pytest.raises(ValueError, match=r"^a denominator known to be 0 has no ratio$"):
        fieller(3, 0, se_numerator=1, se_denominator=0)


@pytest.mark.parametrize(
    "wrong", [{"se_numerator": -1}, {"se_denominator": -1}, {"correlation": 1.5}, {"correlation": -1.5}]
)
def test_impossible_errors_are_refused(wrong):
    with pytest.raises(ValueError, match="cannot be"):
        fieller(1, 1, **({"se_numerator": 1, "se_denominator": 1} | wrong))


def test_cost_of_an_additional_person_is_spend_over_people_moved():
    cost = cost_per_additional(EFFECT, people=10_000, spend=SPEND)
    assert cost.estimate == pytest.approx(4200 / 1000)
    assert cost.conf_low == pytest.approx(4200 / (10_000 * EFFECT.conf_high))
    assert cost.conf_high == pytest.approx(4200 / (10_000 * EFFECT.conf_low))
    assert (cost.currency, cost.conf_level, cost.people, cost.reason) == ("USD", 0.95, 10_000, None)
    assert cost.additional == pytest.approx(1000)


@given(people=amounts, se=st.floats(0.001, 0.045))
def test_with_a_normal_effect_and_a_known_spend_the_limits_are_fiellers(people, se):
    effect = dataclasses.replace(
        EFFECT, se=se, conf_low=0.1 - 1.959963984540054 * se, conf_high=0.1 + 1.959963984540054 * se
    )
    cost = cost_per_additional(effect, people=people, spend=SPEND)
    ratio = fieller(4200, people * 0.1, se_numerator=0, se_denominator=people * se)
    assert (cost.conf_low, cost.conf_high) == pytest.approx((ratio.low, ratio.high), rel=1e-6)


def test_a_campaign_that_cost_nothing_costs_nothing_a_person():
    assert cost_per_additional(EFFECT, people=10, spend=Money(amount=0, currency="USD")).estimate == 0


def test_an_uncertain_spend_widens_the_cost():
    known = cost_per_additional(EFFECT, people=10_000, spend=SPEND)
    unsure = cost_per_additional(EFFECT, people=10_000, spend=SPEND, se_spend=600)
    assert unsure.conf_low < known.conf_low
    assert unsure.conf_high > known.conf_high


@pytest.mark.parametrize(("df", "z"), [(math.inf, 1.6448536269514722), (28, 1.7011309342659326)])  # qnorm, qt(.95)
def test_with_an_uncertain_spend_the_limits_are_those_of_the_effects_level(df, z):
    effect = dataclasses.replace(EFFECT, conf_level=0.9, df=df)
    cost = cost_per_additional(effect, people=10_000, spend=SPEND, se_spend=600)
    for limit in (cost.conf_low, cost.conf_high):  # Fieller by definition
        excess = 4200 - limit * 1000
        assert abs(excess) / math.hypot(600, limit * 10_000 * 0.02) == pytest.approx(z, rel=1e-9)
    assert cost.conf_level == 0.9


@pytest.mark.parametrize(
    ("effect", "reason"),
    [
        (dataclasses.replace(EFFECT, conf_low=0.0), Reason.EFFECT_NOT_ABOVE_ZERO),
        (dataclasses.replace(EFFECT, estimate=-0.1, conf_low=-0.2, conf_high=-0.01), Reason.EFFECT_NOT_ABOVE_ZERO),
        (
            NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=0),
            Reason.EFFECT_NOT_ESTIMABLE,
        ),
    ],
)
def test_an_effect_that_is_not_credibly_above_zero_has_no_cost_but_a_reason(effect, reason):
    assert cost_per_additional(effect, people=100, spend=SPEND) == Cost.refused(reason)
    refused = Cost.refused(reason)
    assert (refused.estimate, refused.conf_low, refused.conf_high, refused.currency) == (None,) * 4


def test_an_effect_without_an_error_or_near_zero_has_no_cost_where_the_spend_is_uncertain():
    exact = dataclasses.replace(EFFECT, se=None)
    weak = dataclasses.replace(EFFECT, se=0.09)
    assert cost_per_additional(exact, people=9, spend=SPEND, se_spend=1).reason is Reason.EFFECT_NOT_ESTIMABLE
    assert cost_per_additional(weak, people=9, spend=SPEND, se_spend=1).reason is Reason.EFFECT_NOT_ABOVE_ZERO


@pytest.mark.parametrize("wrong", [{"people": 0}, {"se_spend": -1}, {"spend": Money(amount=-1, currency="EUR")}])
def test_impossible_people_or_money_are_refused(wrong):
    with pytest.raises(ValueError, match="has no cost a person"):
        cost_per_additional(EFFECT, **({"people": 10, "spend": SPEND} | wrong))


def test_a_ratio_is_not_an_effect_to_cost():
    with pytest.raises(ValueError, match="needs a difference"):
        cost_per_additional(dataclasses.replace(EFFECT, measure=Measure.RISK_RATIO), people=10, spend=SPEND)


def test_the_cost_agrees_with_the_interval_of_a_real_comparison():
    effect = risk_difference(Proportion(56, 70), Proportion(48, 80))
    cost = cost_per_additional(effect, people=1000, spend=Money(amount=500, currency="JPY"))
    assert cost.conf_high * effect.conf_low * 1000 == pytest.approx(500)  # yen have no minor unit


@pytest.mark.parametrize(("level", "t"), [(0.95, 2.200985160082949), (0.9, 1.795884818704043)])  # qt(, 11)
def test_cost_per_result_is_the_ratio_of_sums_with_the_error_of_days(level, t):
    rng = np.random.default_rng(5)
    days = pd.DataFrame({"results": rng.integers(80, 220, 12)})
    days["spend"] = days["results"] * 1.3 + rng.normal(0, 20, 12)
    ratio = cost_per_result(days, conf_level=level)
    assert ratio.estimate == pytest.approx(days["spend"].sum() / days["results"].sum())
    assert ratio.df == 11
    for limit in (ratio.low, ratio.high):  # Fieller by definition: the daily excess over the limit is just significant
        excess = days["spend"] - limit * days["results"]
        assert abs(excess.mean() / (excess.std() / math.sqrt(12))) == pytest.approx(t, rel=1e-9)


@given(st.lists(st.integers(0, 300), min_size=3, max_size=14).filter(any), st.sampled_from([0.1, 0.37, 1.3, 7.1]))
def test_days_that_all_cost_the_same_leave_no_doubt_about_the_cost(results, price):
    days = pd.DataFrame({"results": results, "spend": [price * number for number in results]})
    ratio = cost_per_result(days)
    assert ratio.estimate == pytest.approx(price)
    spread = days["results"].std() / math.sqrt(len(results))
    if days["results"].mean() > 1.01 * float(stdtrit(len(results) - 1, 0.975)) * spread:
        assert (ratio.kind, ratio.low, ratio.high) == (RatioSet.INTERVAL, *[pytest.approx(price, rel=1e-4)] * 2)


def test_two_days_that_mirror_each_other_have_a_cost():
    days = pd.DataFrame({"results": [7, 14], "spend": [4.2, 2.1]})  # their correlation is -1.0000000000000002
    ratio = cost_per_result(days, conf_level=0.5)  # t = 1 at one degree of freedom: |6.3 - 21 r| = 2.1 + 7 r
    assert (ratio.low, ratio.high) == pytest.approx((4.2 / 28, 8.4 / 14))


def test_days_that_cannot_give_a_cost_are_refused():
    days = pd.DataFrame({"spend": [10.0, 12.0, 9.0], "results": [0, 0, 0]})
    refusal = NotEstimable(measure=Measure.COST_RATIO, reason=Reason.NO_RESULTS, n=3)
    assert cost_per_result(days) == refusal
    few = NotEstimable(measure=Measure.COST_RATIO, reason=Reason.TOO_FEW_DAYS, n=1)
    assert cost_per_result(days.iloc[:1]) == few
    assert cost_per_result(days.assign(spend=[1, np.nan, np.nan])).reason is Reason.TOO_FEW_DAYS


def test_a_single_result_has_a_cost_without_a_bound():
    ratio = cost_per_result(pd.DataFrame({"spend": [10.0, 12.0, 9.0], "results": [0, 1, 0]}))
    assert (ratio.estimate, ratio.kind) == (31, RatioSet.TWO_RAYS)


def test_days_all_alike_give_a_point():
    ratio = cost_per_result(pd.DataFrame({"spend": [10.0, 10.0], "results": [5, 5]}))
    assert (ratio.estimate, ratio.low, ratio.high) == (2, 2, 2)


def test_net_benefit_is_worth_less_cost():
    benefit = net_benefit(4200, 380, se_cost=650, se_effect=95, correlation=0.2, willingness_to_pay=20)
    # var(20 E - C) = 400 * 95^2 + 650^2 - 2 * 0.2 * 20 * 95 * 650
    assert benefit.se == pytest.approx(math.sqrt(400 * 95**2 + 650**2 - 2 * 0.2 * 20 * 95 * 650))
    assert (benefit.estimate, benefit.willingness_to_pay) == (3400, 20)
    assert benefit.conf_high - benefit.conf_low == pytest.approx(2 * 1.959963984540054 * benefit.se)
    assert benefit.probability_worth_it == pytest.approx(0.5 * math.erfc(-3400 / benefit.se / math.sqrt(2)))


def test_cost_and_effect_are_unrelated_unless_told():
    plain = net_benefit(4200, 380, se_cost=650, se_effect=95, willingness_to_pay=20)
    assert plain.se == pytest.approx(math.hypot(650, 20 * 95))


def test_the_chance_that_it_is_worth_it_is_one_half_at_the_cost_ratio_itself():
    assert net_benefit(
        4200, 380, se_cost=650, se_effect=95, willingness_to_pay=4200 / 380
    ).probability_worth_it == pytest.approx(0.5)
    assert net_benefit(5, 1, se_cost=0, se_effect=0, willingness_to_pay=9).probability_worth_it == 1
