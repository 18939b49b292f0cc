"""Meta-analysis: what several studies say together, how much they differ, and which of them carries the answer."""

from metrics.pooling.effect_sizes import (
    EffectSizes,
    correlations,
    from_intervals,
    log_odds_ratios,
    log_rate_ratios,
    log_risk_ratios,
    logits,
    mean_differences,
    risk_differences,
    standardised_mean_differences,
)
from metrics.pooling.heterogeneity import Estimator, Heterogeneity
from metrics.pooling.influence import Influence, cumulative, influence, leave_one_out
from metrics.pooling.moderators import Coefficient, MetaRegression, meta_regression
from metrics.pooling.rare_events import (
    RareEvents,
    conditional_normal,
    logit_normal,
    mantel_haenszel,
    peto,
)
from metrics.pooling.small_studies import Asymmetry, Filled, begg, egger, trim_and_fill
from metrics.pooling.summary import Adjustment, Pooled, pool, prediction_interval

__all__ = [
    "Adjustment", "Asymmetry", "Coefficient", "EffectSizes", "Estimator", "Filled", "Heterogeneity", "Influence",
    "MetaRegression", "Pooled", "RareEvents", "begg", "conditional_normal", "correlations", "cumulative", "egger",
    "from_intervals", "influence", "leave_one_out", "log_odds_ratios", "log_rate_ratios", "log_risk_ratios",
    "logit_normal", "logits", "mantel_haenszel", "mean_differences", "meta_regression", "peto", "pool",
    "prediction_interval", "risk_differences", "standardised_mean_differences", "trim_and_fill",
]  # fmt: skip
