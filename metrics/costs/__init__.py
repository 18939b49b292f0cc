"""What a result cost: ratios of money to results, with intervals that stay right where the results are uncertain."""

from metrics.costs.benefits import NetBenefit, acceptability_curve, net_benefit
from metrics.costs.delivered import (
    Counted,
    DeliveredCost,
    cost_per_delivered,
    cost_per_person_reached,
    delivered_in,
    media_paid,
)
from metrics.costs.people import Cost, cost_per_additional, cost_per_result
from metrics.costs.plane import CostPlane, cost_plane, round_prices, worth
from metrics.costs.prices import Converted, Prices, converted, money_in, restated
from metrics.costs.ratios import Ratio, RatioSet, fieller

__all__ = [
    "Converted", "Cost", "CostPlane", "Counted", "DeliveredCost", "NetBenefit", "Prices", "Ratio", "RatioSet",
    "acceptability_curve", "converted", "cost_per_additional", "cost_per_delivered", "cost_per_person_reached",
    "cost_per_result", "cost_plane", "delivered_in", "fieller", "media_paid", "money_in", "net_benefit", "restated",
    "round_prices", "worth",
]  # fmt: skip
