"""What pages say of who was reached, as it may be shown."""

from dataclasses import dataclass

from metrics.estimates import Estimate
from metrics.reached import Representation, Share, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group: whether it was meant, its parts, and what the campaign changed in it where that may be shown."""

    group: str
    meant: bool | None
    part: Representation
    effect: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Who was reached, by one breakdown.

    `asked` is how many people's answers say how those meant are made up, 0 where nobody's do; `population` are the
    sources of a table of the population that says it instead. `to_meant` is the share of what was shown that went to
    those meant. `differ` is the p-value of effects that are alike.
    """

    breakdown: str
    shown: Shown | None
    rows: tuple[Row, ...]
    asked: int
    population: tuple[str, ...]
    to_meant: Share | None
    differ: float | None

    @property
    def compared(self) -> bool:
        """Whether it is known both to whom it was shown and how those meant are made up."""
        return self.shown is not None and (self.asked > 0 or bool(self.population))
