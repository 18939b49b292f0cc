"""Signs that a comparison is not what it was planned to be."""

from metrics.checks.counts import differential_attrition, sample_ratio_mismatch
from metrics.checks.make_up import (
    Balance,
    CompositionShift,
    Reversal,
    audience_balance,
    composition_shift,
    reversal,
)

__all__ = [
    "Balance", "CompositionShift", "Reversal", "audience_balance", "composition_shift", "differential_attrition",
    "reversal", "sample_ratio_mismatch",
]  # fmt: skip
