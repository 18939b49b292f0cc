"""Delivery rates of two campaigns (clicks of impressions, views of plays), by day or from totals."""

from metrics.rates.checks import other_methods
from metrics.rates.days import compare_rates
from metrics.rates.totals import TotalsComparison, compare_totals

__all__ = ["TotalsComparison", "compare_rates", "compare_totals", "other_methods"]
