import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.records import Money
from metrics.costs import Converted, Cost, Prices, acceptability_curve, converted, money_in, net_benefit, restated
from metrics.estimates import Measure, NotEstimable, Reason

STORED = Path(__file__).parents[1] / "data" / "rates.csv"
PRICES = Prices(
    exchange={("GBP", 2024): 0.8, ("USD", 2024): 1.2, ("USD", 2022): 1.0},
    inflation={("GBR", 2023): 0.10, ("GBR", 2024): 0.05},
)


def in_euro(money, **changes):
    wanted = {"spent_in": 2022, "country": "GBR", "currency": "EUR", "year": 2024} | changes
    return converted(money, prices=PRICES, **wanted)


def test_prices_rise_where_it_was_spent_and_are_then_exchanged():
    found = in_euro(Money(amount=80_000, currency="GBP"))
    assert found.amount == pytest.approx(800 * 1.10 * 1.05 / 0.8)
    assert (found.currency, found.year) == ("EUR", 2024)
    assert (found.exchange, found.inflation) == (pytest.approx(1 / 0.8), pytest.approx(1.155))
    assert found.factor == pytest.approx(1.155 / 0.8)
    dollars = in_euro(Money(amount=80_000, currency="GBP"), currency="USD")
    assert dollars.amount == pytest.approx(800 * 1.155 / 0.8 * 1.2)


def test_money_of_the_wanted_year_and_currency_stays():
    same = in_euro(Money(amount=500, currency="JPY"), spent_in=2024, currency="JPY")
    assert (same.amount, same.factor) == (500, 1)  # yen have no minor unit


def test_prices_can_be_taken_back():
    back = in_euro(Money(amount=115_500, currency="USD"), spent_in=2024, year=2022, currency="USD")
    assert back.amount == pytest.approx(1_000)


@pytest.mark.parametrize(
    "missing",
    [{"currency": "NGN"}, {"country": "SEN"}, {"spent_in": 2020}, {"year": 2023}],
)
def test_what_the_table_lacks_is_refused(missing):
    found = in_euro(Money(amount=80_000, currency="GBP"), **missing)
    assert found == NotEstimable(measure=Measure.COST_RATIO, reason=Reason.PRICES_NOT_KNOWN, n=0)


def test_a_cost_and_its_limits_are_restated_together():
    cost = Cost(estimate=2.0, conf_low=1.0, conf_high=math.inf, conf_level=0.95, currency="GBP", people=100)
    into = in_euro(Money(amount=80_000, currency="GBP"))
    found = restated(cost, into)
    assert (found.estimate, found.conf_low) == pytest.approx((2 * into.factor, into.factor))
    assert (found.conf_high, found.currency, found.people) == (math.inf, "EUR", 100)
    assert restated(replace(cost, conf_high=5.0), into).conf_high == pytest.approx(5 * into.factor)
    refused = Cost.refused(Reason.MONEY_NOT_KNOWN)
    assert restated(refused, into) == refused


def test_the_stored_factors_hold_what_their_sources_print():
    prices = Prices.of(pd.read_csv(STORED))
    assert prices.rate("USD", 2024) == pytest.approx(1.0824, abs=5e-5)  # ECB, average of 2024
    assert prices.rate("GBP", 2023) == pytest.approx(0.86979, abs=5e-6)  # ECB, average of 2023
    assert prices.rate("XOF", 2020) == 655.957
    assert prices.rate("EUR", 1990) == 1
    assert prices.rate("NGN", 2024) is None
    assert prices.rise("USA", 2021, 2023) == pytest.approx(1.0800 * 1.0412, abs=1e-4)  # World Bank: 8.0 %, 4.1 %
    sources = pd.read_csv(STORED)["source"]
    assert sources.notna().all()


@given(st.integers(2015, 2024), st.integers(2015, 2024))
def test_there_and_back_again_is_nothing(first, last):
    prices = Prices.of(pd.read_csv(STORED))
    assert prices.rise("FRA", first, last) * prices.rise("FRA", last, first) == pytest.approx(1)


@pytest.mark.parametrize(
    ("row", "match"),
    [
        ({"kind": "rate"}, "must be the exchange of a currency"),
        ({"code": "XYZ"}, "must be the exchange of a currency"),
        ({"kind": "inflation"}, "must be the exchange of a currency"),
        ({"value": 0}, "which cannot be"),
        ({"value": math.nan}, "which cannot be"),
        ({"kind": "inflation", "code": "GBR", "value": -1}, "which cannot be"),
    ],
)
def test_a_table_with_a_mistake_is_refused(row, match):
    good = {"kind": "exchange", "code": "USD", "year": 2024, "value": 1.1}
    assert Prices.of(pd.DataFrame([good])).rate("USD", 2024) == 1.1
    with pytest.raises(ValueError, match=match):
        Prices.of(pd.DataFrame([good | row]))


def test_a_factor_given_twice_is_refused():
    row = {"kind": "exchange", "code": "USD", "year": 2024, "value": 1.1}
    with pytest.raises(ValueError, match="exchange of USD in 2024 is given twice"):
        Prices.of(pd.DataFrame([row, row]))


def test_the_acceptability_curve_is_net_benefit_at_each_price():
    known = {"se_cost": 650, "se_effect": 95, "correlation": 0.2}
    curve = acceptability_curve(4200, 380, willingness_to_pay=[0, 4200 / 380, 100], **known)
    assert curve[1] == net_benefit(4200, 380, willingness_to_pay=4200 / 380, **known)
    apart = {"se_cost": 650, "se_effect": 95, "conf_level": 0.9}  # unless told otherwise, cost and effect vary apart
    (point,) = acceptability_curve(4200, 380, willingness_to_pay=[20], **apart)
    assert point.se == pytest.approx(math.hypot(650, 20 * 95))
    assert point.conf_low == pytest.approx(20 * 380 - 4200 - 1.6448536269514722 * point.se)
    chances = [point.probability_worth_it for point in curve]
    assert chances == sorted(chances)
    assert chances[1] == pytest.approx(0.5)


@pytest.mark.parametrize(("price", "chance"), [(9.9, 0.0), (10.0, 0.0), (10.1, 1.0)])
def test_what_is_known_exactly_is_worth_it_or_not(price, chance):
    benefit = net_benefit(20, 2, se_cost=0, se_effect=0, willingness_to_pay=price)
    assert benefit.estimate == pytest.approx(2 * price - 20)
    assert benefit.probability_worth_it == chance


def test_an_amount_of_the_campaign_has_the_smallest_unit_of_its_new_currency():
    into = Converted(amount=0.0, currency="XOF", year=2025, exchange=655.957, inflation=1.0)
    assert money_in(Money(amount=100_00, currency="EUR"), into) == Money(amount=65_596, currency="XOF")
    dinars = Converted(amount=0.0, currency="TND", year=2025, exchange=3.4, inflation=1.0)
    assert money_in(Money(amount=100_00, currency="EUR"), dinars) == Money(amount=340_000, currency="TND")


def test_a_cost_that_lacks_a_figure_stays_as_it_is():
    into = Converted(amount=0.0, currency="EUR", year=2024, exchange=1.2, inflation=1.0)
    whole = Cost(estimate=2.0, conf_low=1.5, conf_high=4.0, conf_level=0.95, currency="GBP")
    for gap in ({"estimate": None}, {"conf_low": None}, {"conf_high": None}):
        cost = replace(whole, **gap)
        assert restated(cost, into) == cost
