"""Shares of people and rates of events: one, two groups compared, the same people twice, strata, trends, no difference.

Estimate, interval and p-value always come from one method, so they never contradict each other, and zero events,
all events and groups of one person have an answer or a stated refusal.
"""

from metrics.estimates import Proportion
from metrics.proportions.equivalence import Equivalence, equivalence
from metrics.proportions.exact import exact_odds_ratio
from metrics.proportions.many import Comparisons, risk_differences, risk_ratios
from metrics.proportions.normal import normal_quantile, two_sided
from metrics.proportions.one import clopper_pearson, jeffreys, share, wilson, wilson_limits
from metrics.proportions.paired import paired_difference
from metrics.proportions.rates import rate, rate_ratio
from metrics.proportions.strata import Test, homogeneity, stratified_odds_ratio, stratified_test
from metrics.proportions.trend import Dose, dose_response, trend
from metrics.proportions.two import odds_ratio, risk_difference, risk_ratio

__all__ = [
    "Comparisons", "Dose", "Equivalence", "Proportion", "Test", "clopper_pearson", "dose_response", "equivalence",
    "exact_odds_ratio", "homogeneity", "jeffreys", "normal_quantile", "odds_ratio", "paired_difference", "rate",
    "rate_ratio", "risk_difference", "risk_differences", "risk_ratio", "risk_ratios", "share", "stratified_odds_ratio",
    "stratified_test", "trend", "two_sided", "wilson", "wilson_limits",
]  # fmt: skip
