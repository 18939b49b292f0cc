"""What delivery cost for a person, a view and a click; and the plane of equally likely outcomes."""

import math
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.records import Money, Spending
from metrics.costs import (
    Converted,
    CostPlane,
    Counted,
    DeliveredCost,
    Prices,
    cost_per_additional,
    cost_per_delivered,
    cost_per_person_reached,
    cost_per_result,
    cost_plane,
    delivered_in,
    fieller,
    media_paid,
    round_prices,
    worth,
)
from metrics.costs.plane import Outcome, rounded_up
from metrics.estimates import Measure, Reason
from metrics.proportions import Proportion, risk_difference, risk_ratio
from tests.evaluations import estimate

EUROS = Spending(production=Money(amount=20_000, currency="EUR"), staff=Money(amount=10_000, currency="EUR"))
EFFECT = risk_difference(Proportion(480, 800), Proportion(360, 800))
SPENT, FREE = Money(amount=400_000, currency="EUR"), Money(amount=0, currency="EUR")


def daily(**columns):
    known = {
        "platform": ["meta_ads"] * 4,
        "day": pd.date_range("2025-03-01", periods=4),
        "currency": ["EUR"] * 4,
        "spend": [30_000_000, 21_000_000, 18_000_000, 25_000_000],
        "link_clicks": [22, 20, 12, 21],
        "clicks_all": [99, 99, 99, 99],
    }
    return pd.DataFrame(known | columns)


def clicks(table, spending=EUROS, *, everything=False, **options):
    return cost_per_delivered(Counted.CLICKED, table, spending, everything=everything, **options)


def plane(effect=EFFECT, **options):
    return cost_plane(effect, people=10_000, spend=SPENT, rng=np.random.default_rng(1), **options)


def test_people_reached_give_bounds_and_never_a_sum():
    cost = cost_per_person_reached(SPENT, 20_000, 50_000)
    assert (cost.low, cost.high, cost.estimate, cost.results) == (0.08, 0.2, None, None)
    assert (cost.currency, cost.metric, cost.counted) == ("EUR", "reach", Counted.REACHED)


def test_one_number_of_people_gives_one_cost():
    cost = cost_per_person_reached(SPENT, 20_000, 20_000, everything=True)
    assert (cost.estimate, cost.low, cost.high, cost.results, cost.everything) == (0.2, 0.2, 0.2, 20_000, True)


def test_where_a_platform_counts_no_people_the_cost_is_at_most():
    cost = cost_per_person_reached(SPENT, 20_000, 20_000, everywhere=False)
    assert (cost.estimate, cost.low, cost.high) == (None, None, 0.2)


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize(
    ("money", "low", "high", "reason"),
    [
        (None, 5, 5, Reason.MONEY_NOT_KNOWN),
        (SPENT, None, None, Reason.PEOPLE_NOT_KNOWN),
        (SPENT, 0, 0, Reason.PEOPLE_NOT_KNOWN),
        (SPENT, 0, 5, Reason.PEOPLE_NOT_KNOWN),
    ],
)
def test_a_cost_without_money_or_people_is_said_to_be_unknown(money, low, high, reason, everything):
    refused = DeliveredCost(counted=Counted.REACHED, reason=reason, everything=everything)
    assert cost_per_person_reached(money, low, high, everything=everything) == refused


def test_money_is_that_of_the_platforms_alone_unless_said_otherwise():
    assert not cost_per_person_reached(None, 5, 5).everything
    assert not cost_per_person_reached(SPENT, 5, 5).everything


def test_a_click_has_the_interval_of_its_days():
    cost = clicks(daily())
    # The example of cost_per_result, which tests/test_costs.py holds against Fieller's closed form.
    known = cost_per_result(pd.DataFrame({"spend": [30.0, 21.0, 18.0, 25.0], "results": [22, 20, 12, 21]}))
    assert cost.estimate == pytest.approx(94 / 75)
    assert (cost.low, cost.high) == (known.low, known.high)
    assert (cost.metric, cost.results, cost.days, cost.currency) == ("link_clicks", 75, 4, "EUR")
    assert (cost.counted, cost.everything, cost.reason) == (Counted.CLICKED, False, None)
    likelier = clicks(daily(), conf_level=0.8)
    assert cost.low < likelier.low < cost.estimate < likelier.high < cost.high


def test_a_constant_cost_moves_the_total_by_it_and_no_more():
    media, everything = clicks(daily()), clicks(daily(), everything=True)
    assert everything.estimate * 75 - media.estimate * 75 == pytest.approx(300)


@given(st.floats(0, 1e6))
def test_what_was_paid_once_is_added_to_the_cost_of_all_days(fixed):
    days = pd.DataFrame({"spend": [30.0, 21.0, 18.0, 25.0], "results": [22, 20, 12, 21]})
    assert 75 * cost_per_result(days, fixed=fixed).estimate == pytest.approx(94 + fixed)


def test_what_was_paid_once_has_the_closed_form_of_fieller():
    spend, results = np.array([30.0, 21, 18, 25]), np.array([22.0, 20, 12, 21])
    errors = [2 * x.std(ddof=1) for x in (spend, results)]  # of sums of four days
    closed = fieller(
        94 + 300, 75, se_numerator=errors[0], se_denominator=errors[1],
        correlation=float(np.corrcoef(spend, results)[0, 1]), df=3,
    )  # fmt: skip
    cost = clicks(daily(), everything=True)
    assert (cost.low, cost.high) == pytest.approx((closed.low, closed.high))


def test_a_cost_below_zero_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="-1 is not a cost"):
        cost_per_result(pd.DataFrame({"spend": [1.0], "results": [1]}), fixed=-1)


def test_platforms_of_a_day_are_added_up_before_days_are_compared():
    table = daily()
    split = pd.concat([table.assign(platform=name) for name in ("meta_ads", "tiktok_ads")])
    both = clicks(split)
    assert (both.estimate, both.low, both.days) == (clicks(table).estimate, pytest.approx(clicks(table).low), 4)


def test_the_closest_figure_to_a_completed_view_is_counted():
    table = daily(thruplay=[9, 9, 8, 9], video_p100=[None] * 4)
    assert cost_per_delivered(Counted.COMPLETED, table, EUROS, everything=False).metric == "thruplay"
    table = table.assign(video_p100=[5, 5, 4, 5])
    assert cost_per_delivered(Counted.COMPLETED, table, EUROS, everything=False).metric == "video_p100"
    assert cost_per_delivered(Counted.COMPLETED, daily(), EUROS, everything=False).reason is Reason.NO_RESULTS


@pytest.mark.parametrize("days", [1, 4])
def test_days_without_results_leave_the_cost_undefined(days):
    refused = clicks(daily(link_clicks=[0] * 4).iloc[:days])
    assert (refused.reason, refused.results, refused.days) == (Reason.NO_RESULTS, 0, days)
    assert (refused.estimate, refused.low, refused.high) == (None, None, None)


def test_where_there_may_be_no_results_there_is_a_lower_limit_only():
    rare = clicks(daily(link_clicks=[0, 0, 1, 0]))
    assert (rare.estimate, rare.high, rare.reason) == (94, math.inf, None)
    spend, results = np.array([30.0, 21, 18, 25]), np.array([0.0, 0, 1, 0])
    spread = 4 * np.cov(spend, results)
    error = math.sqrt(spread[0, 0] - 2 * rare.low * spread[0, 1] + rare.low**2 * spread[1, 1])
    assert (94 - rare.low) / error == pytest.approx(3.182446)  # R: qt(0.975, 3): the cost that is just not rejected


def test_where_the_money_varies_as_much_as_the_results_nothing_is_ruled_out():
    cost = clicks(daily(spend=[10_000, 40_000_000, 10_000, 30_000_000], link_clicks=[0, 0, 1, 0]))
    assert (cost.estimate, cost.low, cost.high) == (pytest.approx(70.02), 0, math.inf)


@pytest.mark.parametrize("clicked", [1, 100])
def test_costs_below_a_gap_above_zero_are_not_ruled_out(clicked):
    # Fieller's set is all but 17.6 to 21.2: the cost itself lies below the gap, and so does zero
    cost = clicks(daily().iloc[:2].assign(spend=[53_820_000, 15_910_000], link_clicks=[4 * clicked, 2 * clicked]))
    assert (cost.estimate, cost.low, cost.high) == (pytest.approx(69.73 / 6 / clicked), 0, math.inf)


@given(st.lists(st.tuples(st.integers(0, 50_000_000), st.integers(0, 9)), min_size=2, max_size=5))
def test_a_cost_lies_within_its_interval(days):
    table = daily().iloc[[0] * len(days)]
    spend, results = zip(*days, strict=True)
    table = table.assign(day=pd.date_range("2025-03-01", periods=len(days)), spend=spend, link_clicks=results)
    cost = clicks(table)
    assert cost.reason is Reason.NO_RESULTS or 0 <= cost.low <= cost.estimate * (1 + 1e-9)
    assert cost.reason is Reason.NO_RESULTS or cost.estimate <= cost.high * (1 + 1e-9)


@pytest.mark.parametrize(("everything", "amount"), [(False, 30.0), (True, 330.0)])
def test_one_day_gives_a_cost_without_an_interval(everything, amount):
    cost = clicks(daily().iloc[:1], everything=everything)
    assert (cost.estimate, cost.low, cost.high) == (pytest.approx(amount / 22), None, None)
    assert (cost.results, cost.days, cost.currency, cost.reason) == (22, 1, "EUR", None)


def test_a_day_without_the_money_or_the_results_is_left_out():
    table = daily(spend=[30_000_000, None, 18_000_000, 25_000_000], link_clicks=[22, 20, 12, None])
    table["note"] = None  # a gap elsewhere leaves nothing out
    cost = clicks(table)
    assert (cost.estimate, cost.days) == (pytest.approx(48 / 34), 2)


@pytest.mark.parametrize("everything", [False, True])
def test_money_that_no_export_tells_is_not_known(everything):
    expected = DeliveredCost(
        counted=Counted.CLICKED, metric="link_clicks", everything=everything, reason=Reason.MONEY_NOT_KNOWN
    )
    assert clicks(daily().drop(columns="spend"), everything=everything) == expected
    assert clicks(daily(spend=[None] * 4), everything=everything) == expected
    none = DeliveredCost(counted=Counted.COMPLETED, everything=everything, reason=Reason.NO_RESULTS)
    assert cost_per_delivered(Counted.COMPLETED, daily(), EUROS, everything=everything) == none


def test_production_is_not_divided_by_the_results_of_some_platforms():
    other = daily(platform=["tiktok"] * 4, spend=[None] * 4, currency=[None] * 4)
    table = pd.concat([daily(), other])
    assert clicks(table).estimate == pytest.approx(94 / 75)
    assert clicks(table, everything=True).reason is Reason.MONEY_NOT_KNOWN
    assert clicks(daily(), Spending(media=SPENT), everything=True).reason is Reason.MONEY_NOT_KNOWN
    assert clicks(daily(spend=[None] * 4)).reason is Reason.MONEY_NOT_KNOWN


def test_another_currency_is_converted_by_the_rate_of_its_year_or_refused():
    dollars = daily(currency=["USD"] * 4)
    refused = DeliveredCost(counted=Counted.CLICKED, metric="link_clicks", reason=Reason.PRICES_NOT_KNOWN)
    assert clicks(dollars) == refused
    assert clicks(dollars, Spending()).currency == "USD"  # nobody asked for another
    prices = Prices(exchange={("USD", 2025): 2.0, ("USD", 2024): 9.0}, inflation={})
    assert clicks(dollars, prices=prices).estimate == pytest.approx(94 / 2 / 75)
    late = dollars.assign(day=pd.date_range("2026-01-01", periods=4))
    assert clicks(late, prices=prices) == refused


def test_platforms_that_bill_in_two_currencies_are_added_up_in_one():
    mixed = daily(currency=["EUR", "USD", "EUR", "GBP"])
    prices = Prices(exchange={("USD", 2025): 2.0, ("GBP", 2025): 0.5}, inflation={})
    cost = clicks(mixed, prices=prices)
    assert (cost.estimate, cost.currency) == (pytest.approx((30 + 21 / 2 + 18 + 25 / 0.5) / 75), "EUR")
    assert clicks(mixed).reason is Reason.PRICES_NOT_KNOWN


def test_a_cost_in_another_currency_keeps_everything_else():
    into = Converted(amount=0.0, currency="USD", year=2025, exchange=2.0, inflation=1.5)
    cost = clicks(daily())
    other = delivered_in(cost, into)
    assert (other.estimate, other.low, other.high) == (3 * cost.estimate, 3 * cost.low, 3 * cost.high)
    assert (other.currency, other.results, other.days, other.metric) == ("USD", 75, 4, "link_clicks")
    bounds = delivered_in(cost_per_person_reached(SPENT, 20_000, 50_000), into)
    assert (bounds.estimate, bounds.low, bounds.high) == (None, pytest.approx(0.24), pytest.approx(0.6))
    unknown = cost_per_person_reached(None, 5, 5)
    assert delivered_in(unknown, into) == unknown


def test_platforms_were_paid_what_the_record_says_or_else_their_exports():
    own = (Money(amount=5, currency="EUR"),)
    assert media_paid(own, Spending(media=SPENT)) == SPENT
    assert media_paid(own, Spending()) == own[0]
    assert media_paid((*own, Money(amount=5, currency="USD")), Spending()) is None


def test_the_plane_holds_two_hundred_outcomes_that_agree_with_the_interval():
    cloud = plane()
    assert len(cloud.outcomes) == 200
    assert (cloud.people, cloud.cost, cloud.currency) == (10_000, 4000, "EUR")
    assert {outcome.cost for outcome in cloud.outcomes} == {400.0}  # of every 1,000 addressed
    middle = [outcome.additional for outcome in cloud.outcomes[99:101]]  # of an even number: just beside the estimate
    assert np.mean(middle) == pytest.approx(1000 * EFFECT.estimate, rel=1e-4)
    cost = cost_per_additional(EFFECT, people=10_000, spend=SPENT)
    # 2.5 % of the outcomes on each side of the range of the cost of one more person
    assert 200 - cloud.under(cost.conf_high) == 5
    assert cloud.under(cost.conf_low) == 5
    assert cloud.under(cost.estimate) == 100


def test_a_price_that_eight_in_ten_outcomes_stay_under_is_said():
    cloud = plane()
    size = EFFECT.estimate - NormalDist().inv_cdf(0.8) * (EFFECT.estimate - EFFECT.conf_low) / 1.959964
    assert cloud.likely_price == rounded_up(4000 / 10_000 / size) == 3.1
    assert cloud.under(cloud.likely_price) >= 160
    assert cloud.under(0) == 0


def test_an_uncertain_cost_spreads_the_cloud_and_keeps_its_middle():
    cloud = plane(se_spend=400.0)
    costs = [outcome.cost for outcome in cloud.outcomes]
    assert np.mean(costs) == pytest.approx(400)
    assert np.std(costs, ddof=1) == pytest.approx(40, rel=0.02)
    together = np.corrcoef(costs, [outcome.additional for outcome in cloud.outcomes])[0, 1]
    assert abs(together) < 0.2  # what was spent does not depend on what it achieved


def test_a_cost_is_never_below_zero_however_uncertain():
    costs = [outcome.cost for outcome in plane(se_spend=8000.0).outcomes]
    assert min(costs) == 0
    assert 0.2 < costs.count(0) / 200 < 0.4  # a third of a normal distribution is half its spread below its middle


def test_a_price_that_an_outcome_costs_exactly_is_not_above_it():
    assert not Outcome(additional=100, cost=300).costs_under(3)
    assert Outcome(additional=100, cost=300).costs_under(3.01)
    assert not Outcome(additional=0, cost=300).costs_under(1e9)
    assert not Outcome(additional=0, cost=0).costs_under(1e9)
    assert not Outcome(additional=-5, cost=0).costs_under(1e9)


def test_one_person_and_nothing_spent_have_a_plane_and_a_worth():
    cloud = cost_plane(EFFECT, people=1, spend=FREE, rng=np.random.default_rng(1))
    assert {outcome.cost for outcome in cloud.outcomes} == {0}
    assert (cloud.likely_price, round_prices(cloud)) == (0, ())
    assert worth(EFFECT, people=1, spend=FREE, price=2).estimate == pytest.approx(2 * EFFECT.estimate)
    assert worth(EFFECT, people=1, spend=FREE, price=0).probability_worth_it == 0


def test_outcomes_that_move_nobody_are_under_no_price():
    cloud = plane(estimate(0.01, -0.03, 0.05))
    assert cloud.under(1e12) == sum(outcome.additional > 0 for outcome in cloud.outcomes) < 200
    assert plane(estimate(-0.01, -0.05, 0.03)).likely_price == math.inf


def test_prices_of_the_table_run_from_hardly_any_outcome_to_nearly_all():
    cloud = plane()
    prices = round_prices(cloud)
    counts = [cloud.under(price) for price in prices]
    assert counts == sorted(counts)
    assert counts[0] < 20
    assert counts[-1] > 180
    assert round_prices(plane(estimate(-0.05, -0.06, -0.04))) == ()


@pytest.mark.parametrize(
    ("outcomes", "prices"),
    [
        ([(-10, 5), (0, 5), (0.5, 5)], (10,)),  # of those that moved anybody: one for ten
        ([(100, 10)], (0.1,)),
        ([(100, 10), (100, 0)], ()),
        ([(100, 10 * n) for n in range(1, 101)], (0.3, 2.2, 4.1, 6, 7.9, 9.9)),  # 2 %, 21 %, …, 98 % of a hundred
    ],
)
def test_prices_of_the_table_are_those_of_outcomes(outcomes, prices):
    cloud = CostPlane(
        outcomes=tuple(Outcome(additional=size, cost=cost) for size, cost in outcomes),
        people=1000, cost=10, currency="EUR",
    )  # fmt: skip
    assert round_prices(cloud) == pytest.approx(prices)


def test_net_benefit_is_zero_at_the_cost_of_one_more_person():
    cost = cost_per_additional(EFFECT, people=10_000, spend=SPENT)
    for price, limit in ((cost.estimate, "estimate"), (cost.conf_low, "conf_high"), (cost.conf_high, "conf_low")):
        found = worth(EFFECT, people=10_000, spend=SPENT, price=price)
        assert getattr(found, limit) == pytest.approx(0, abs=1e-6)
    assert worth(EFFECT, people=10_000, spend=SPENT, price=cost.conf_high).probability_worth_it == pytest.approx(
        0.975, abs=1e-4
    )
    assert worth(EFFECT, people=10_000, spend=SPENT, price=0).probability_worth_it == 0


def test_what_an_effect_is_worth_has_the_error_of_the_effect():
    found = worth(EFFECT, people=10_000, spend=SPENT, price=4)
    assert (found.willingness_to_pay, found.se) == (4, pytest.approx(40_000 * EFFECT.se))
    everybody = risk_difference(Proportion(30, 30), Proportion(0, 30))
    assert everybody.se is None
    assert worth(everybody, people=10_000, spend=SPENT, price=4).se == 0
    wider = worth(EFFECT, people=10_000, spend=SPENT, price=4, conf_level=0.99)
    assert wider.conf_low < found.conf_low < found.estimate == wider.estimate < found.conf_high < wider.conf_high


@pytest.mark.parametrize(
    ("amount", "round_one"), [(7.31, 7.4), (7.4, 7.4), (1240, 1300), (0.0312, 0.032), (99.1, 100), (0, 0)]
)
def test_prices_are_rounded_up_to_two_digits(amount, round_one):
    assert rounded_up(amount) == round_one


def test_a_plane_needs_people_and_a_difference():
    with pytest.raises(ValueError, match="risk_ratio is a ratio; a plane of costs needs a difference"):
        plane(risk_ratio(Proportion(480, 800), Proportion(360, 800)))
    with pytest.raises(ValueError, match="on 0 people has no plane"):
        cost_plane(EFFECT, people=0, spend=SPENT, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match=r"^0 people at 3 each for 4000\.0 have no worth$"):
        worth(EFFECT, people=0, spend=SPENT, price=3)
    with pytest.raises(ValueError, match=r"^10 people at -1 each for 4000\.0 have no worth$"):
        worth(EFFECT, people=10, spend=SPENT, price=-1)
    earned = Money(amount=-100, currency="EUR")
    with pytest.raises(ValueError, match=r"^10 people at 3 each for -1\.0 have no worth$"):
        worth(EFFECT, people=10, spend=earned, price=3)
    with pytest.raises(ValueError, match=r"^spend -1\.0 \(standard error 0\.0\) on 10 people has no plane$"):
        cost_plane(EFFECT, people=10, spend=earned, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match=r"^spend 4000\.0 \(standard error -1\) on 10 people has no plane$"):
        cost_plane(EFFECT, people=10, spend=SPENT, se_spend=-1, rng=np.random.default_rng(1))
    assert EFFECT.measure is Measure.RISK_DIFFERENCE
