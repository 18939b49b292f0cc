"""What a drawn sample says of its population: weights, strata, and places drawn whole, by linearisation."""

from metrics.samples.design import Sample
from metrics.samples.figures import Figure, ShareInterval, design_effect, mean, share, total
from metrics.samples.models import association, fit_sample, sample_difference

__all__ = [
    "Figure", "Sample", "ShareInterval", "association", "design_effect", "fit_sample", "mean", "sample_difference",
    "share", "total",
]  # fmt: skip
