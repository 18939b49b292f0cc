"""One series before and after a campaign, and where it would have gone without it."""

from metrics.series.autoregression import SeriesFit, fit_autoregressive, fit_with_correlation
from metrics.series.interrupted import SeriesEffect, interrupted_series

__all__ = ["SeriesEffect", "SeriesFit", "fit_autoregressive", "fit_with_correlation", "interrupted_series"]
