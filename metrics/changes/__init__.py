"""Change over time: before and after, and how much more one arm changed than the other."""

from metrics.changes.before_after import Waves, before_after, change, standardised_change
from metrics.changes.differences import difference_in_differences
from metrics.changes.placebos import Placebos, placebos_in_space
from metrics.changes.staggered import StaggeredEffect, staggered_effect

__all__ = [
    "Placebos", "StaggeredEffect", "Waves", "before_after", "change", "difference_in_differences",
    "placebos_in_space", "staggered_effect", "standardised_change",
]  # fmt: skip
