"""What platforms counted is added up only where it may be."""

import pandas as pd

from campaigns.records import Money
from metrics.delivery import Delivery


def rows(**columns):
    return pd.DataFrame(columns)


def test_additive_metrics_are_added_over_platforms():
    delivery = Delivery.from_frame(rows(platform=["x", "meta_ads"], impressions=[900, 100], link_clicks=[3, None]))
    assert delivery.platforms == ("meta_ads", "x")
    assert delivery.totals == {"impressions": 1000, "link_clicks": 3}


def test_a_metric_that_nobody_reported_is_absent_and_not_zero():
    delivery = Delivery.from_frame(rows(platform=["x"], impressions=[None], views=[7]))
    assert delivery.totals == {"views": 7}


def test_reach_lies_between_the_largest_part_and_the_sum():
    delivery = Delivery.from_frame(rows(platform=["x", "meta_ads"], reach_low=[400, 900], reach_high=[500, 1100]))
    assert (delivery.reach_low, delivery.reach_high, delivery.reach) == (900, 1600, None)


def test_reach_of_one_window_on_one_platform_is_a_number():
    delivery = Delivery.from_frame(rows(platform=["x"], reach_low=[400], reach_high=[400]))
    assert delivery.reach == 400


def test_reach_is_no_number_where_a_platform_does_not_tell_it():
    delivery = Delivery.from_frame(rows(platform=["meta_ads", "x"], reach_low=[400, None], reach_high=[400, None]))
    assert (delivery.reach_low, delivery.reach_high, delivery.reach) == (400, 400, None)
    assert not delivery.reach_everywhere


def test_spend_is_kept_apart_by_currency_in_its_own_minor_unit():
    paid = rows(
        platform=["x", "x", "meta_ads", "tiktok"],
        currency=["EUR", "EUR", "XOF", None],
        spend=[1_250_000, 250_000, 7_000_000, 9_000_000],
    )
    assert Delivery.from_frame(paid).spend == (Money(amount=150, currency="EUR"), Money(amount=7, currency="XOF"))


def test_nothing_delivered_is_nothing_known():
    delivery = Delivery.from_frame(pd.DataFrame())
    assert (delivery.platforms, delivery.totals, delivery.spend) == ((), {}, ())
    assert (delivery.reach_low, delivery.reach_high, delivery.reach) == (None, None, None)
