"""Regressions of shares and counts that vary more than chance alone would make them."""

from metrics.counts.generalised import CountFit, binomial, clustered, newey_west, poisson, sandwich
from metrics.counts.likelihoods import LikelihoodFit, beta_binomial, negative_binomial

__all__ = [
    "CountFit", "LikelihoodFit", "beta_binomial", "binomial", "clustered", "negative_binomial", "newey_west",
    "poisson", "sandwich",
]  # fmt: skip
