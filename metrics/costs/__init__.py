"""What a result cost: ratios of money to results, with intervals that stay right where the results are uncertain."""

from metrics.costs.benefits import NetBenefit, acceptability_curve, net_benefit
from metrics.costs.people import Cost, cost_per_additional, cost_per_result
from metrics.costs.prices import Converted, Prices, converted, restated
from metrics.costs.ratios import Ratio, RatioSet, fieller

__all__ = [
    "Converted", "Cost", "NetBenefit", "Prices", "Ratio", "RatioSet", "acceptability_curve", "converted",
    "cost_per_additional", "cost_per_result", "fieller", "net_benefit", "restated",
]  # fmt: skip
