"""What is kept of a published evaluation: facts and figures as printed, their source, and why not to lean on them."""

from dataclasses import dataclass
from enum import StrEnum

from campaigns.records import Design, Direction


class Unit(StrEnum):
    """What the size of an effect is counted in."""

    PERCENTAGE_POINTS = "percentage points"
    RELATIVE_PERCENT = "percent, relative"
    RATIO = "ratio"
    USD_PER_PERSON = "USD per influenced person"
    USD_PER_VACCINATION = "USD per additional vaccination"


class Read(StrEnum):
    """How much of a publication was read."""

    SUMMARY = "summary"
    ABSTRACT = "abstract"
    TABLE = "table"
    FULL_TEXT = "full text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedOutcome:
    """One outcome of one published evaluation. `effect` and its interval count as printed, not in the wished direction.

    `effect` has two figures where a publication gives a range over several outcomes.
    """

    id: str
    campaign: str
    implementer: str
    countries: tuple[str, ...]
    year: int | None
    channel: str
    audience: str
    design: Design
    people: int | None
    clusters: int | None
    follow_up: str
    outcome: str
    outcome_class: str
    wished: Direction
    effect: tuple[float, ...]
    unit: Unit | None
    conf_low: float | None
    conf_high: float | None
    compared_with: str
    as_published: str
    source: str
    read: Read
    caution: str

    @property
    def another_subject(self) -> bool:
        """Whether it is about something else than migration, as its caution says at the beginning."""
        return self.caution.lower().startswith("another subject")
