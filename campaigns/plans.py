"""What was planned before a campaign: its survey, the change it would let anybody see, and the safeguards."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Safeguard(StrEnum):
    """What must be settled for the people in a campaign and in its data."""

    CONSENT = "consent"
    NO_NAMES = "no_names"
    SAFE_TO_SPEAK = "safe_to_speak"
    EVERYBODY_ASKED = "everybody_asked"
    CHILDREN = "children"
    TESTIMONIES = "testimonies"
    RIGHTS = "rights"
    NOBODY_BLAMED = "nobody_blamed"
    COMPLAINTS = "complaints"
    HARM = "harm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A survey as it was planned, on the day it was kept.

    Attributes
    ----------
    stated
        The day on which it was kept, before there were data.
    people
        Interviews in each group and each wave.
    places
        Villages or schools in each group; 0 where people are drawn one by one.
    waves
        Times at which people are asked.
    known
        Share of people who were thought to answer so already.
    smallest_seen
        The smallest change that the survey would let anybody see in 80 of 100 such surveys, as a share.
    settled
        The safeguards that were settled on that day.
    """

    stated: dt.date
    people: int
    waves: int
    known: float
    smallest_seen: float
    places: int = 0
    settled: tuple[Safeguard, ...] = ()

    def __post_init__(self) -> None:
        if self.people < 1 or self.waves < 1 or self.places < 0:
            raise ValueError(f"{self.people} people in {self.places} places asked {self.waves} times is no plan")
        if not 0 < self.known < 1 or not 0 < self.smallest_seen < 1:
            raise ValueError(f"{self.known} and {self.smallest_seen} are not shares of people")

    @property
    def open(self) -> tuple[Safeguard, ...]:
        """The safeguards that were not settled."""
        return tuple(safeguard for safeguard in Safeguard if safeguard not in self.settled)
