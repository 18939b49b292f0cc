"""Who was reached: shares of what was delivered, of those asked, and whether the people meant have their part of it."""

from metrics.reached.asked import Exposure, asked_shares, exposure, intended_among_asked
from metrics.reached.creatives import Standardised, standardised_difference
from metrics.reached.delivery import Shown, share_to_meant, shown_to
from metrics.reached.effects import GroupEffects, group_effects
from metrics.reached.groups import BREAKDOWNS, common_bands, group_of, groups_of
from metrics.reached.populations import population_shares
from metrics.reached.representation import Representation, Standing, representation
from metrics.reached.shares import Share, delivered_shares

__all__ = [
    "BREAKDOWNS", "Exposure", "GroupEffects", "Representation", "Share", "Shown", "Standardised", "Standing",
    "asked_shares", "common_bands", "delivered_shares", "exposure", "group_effects", "group_of", "groups_of",
    "intended_among_asked", "population_shares", "representation", "share_to_meant", "shown_to",
    "standardised_difference",
]  # fmt: skip
