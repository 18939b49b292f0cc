"""Change over time: before and after, and how much more one arm changed than the other."""

from metrics.changes.differences import before_after, difference_in_differences

__all__ = ["before_after", "difference_in_differences"]
