"""Randomised designs: what chance assigned, and what followed from it."""

from metrics.trials.attrition import Attrition, LeeBounds, attrition, lee_bounds
from metrics.trials.bootstrap import wild_cluster_bootstrap
from metrics.trials.compliance import ComplierEffect, complier_effect
from metrics.trials.differences import adjusted_difference, intracluster_correlation
from metrics.trials.logistic import AdjustedShares, adjusted_shares
from metrics.trials.randomisation import randomisation_test
from metrics.trials.subgroups import (
    ArmEffect,
    Heterogeneity,
    SubgroupEffect,
    compare_arms,
    heterogeneity,
    subgroup_effects,
)

__all__ = [
    "AdjustedShares", "ArmEffect", "Attrition", "ComplierEffect", "Heterogeneity", "LeeBounds", "SubgroupEffect",
    "adjusted_difference", "adjusted_shares", "attrition", "compare_arms", "complier_effect", "heterogeneity",
    "intracluster_correlation", "lee_bounds", "randomisation_test", "subgroup_effects", "wild_cluster_bootstrap",
]  # fmt: skip
