"""One series before and after a campaign, and where it would have gone without it."""

from metrics.series.autoregression import SeriesFit, fit_autoregressive, fit_with_correlation
from metrics.series.forecast import ForecastEffect, forecast_effect
from metrics.series.interrupted import SeriesEffect, interrupted_series

__all__ = [
    "ForecastEffect", "SeriesEffect", "SeriesFit", "fit_autoregressive", "fit_with_correlation", "forecast_effect",
    "interrupted_series",
]  # fmt: skip
