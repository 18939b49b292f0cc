"""The record of a campaign: who said what to whom, at what cost, and how it was to be measured."""

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum

from campaigns.plans import Plan
from campaigns.vocabulary import COUNTRIES, CURRENCIES, is_language, minor_units

CERTAINTIES = ("very_low", "low", "moderate", "high")
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Design(StrEnum):
    """How the effect of a campaign was to be told apart from what would have happened anyway."""

    RANDOMISED = "randomised"
    CLUSTER_RANDOMISED = "cluster_randomised"
    DIFFERENCE_IN_DIFFERENCES = "difference_in_differences"
    INTERRUPTED_SERIES = "interrupted_series"
    MATCHED = "matched"
    BEFORE_AFTER = "before_after"
    AFTER_ONLY = "after_only"
    DELIVERY_ONLY = "delivery_only"


class Arm(StrEnum):
    """Which side of the comparison a respondent was on."""

    CAMPAIGN = "campaign"
    COMPARISON = "comparison"


class Wave(StrEnum):
    """When a respondent was asked."""

    BEFORE = "before"
    AFTER = "after"


class Direction(StrEnum):
    """Which change of an outcome is the wished one."""

    MORE = "more"
    FEWER = "fewer"


class Sex(StrEnum):
    """SDMX code list CL_SEX."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "O"
    UNKNOWN = "U"


class Rung(StrEnum):
    """The ladder of outcomes, from being told to acting."""

    RECALL = "recall"
    KNOWLEDGE = "knowledge"
    BELIEF_ACCURACY = "belief_accuracy"
    ATTITUDE = "attitude"
    INTENTION_IRREGULAR = "intention_irregular"
    INTENTION_REGULAR = "intention_regular"
    PROTECTION_AWARENESS = "protection_awareness"  # of asylum and of help
    SMUGGLER_BRAND = "smuggler_brand"  # knowing whom to ask for the journey
    TRUST = "trust"
    DISTRESS = "distress"
    STIGMA = "stigma"
    BEHAVIOUR = "behaviour"


class Unit(StrEnum):
    """What an outcome counts."""

    PEOPLE = "people"  # of those asked
    TIMES = "times"  # calls, visits, searches: how often, whoever it was


class Period(StrEnum):
    """The stretches of time in which answers are counted together, so that nobody's day is kept."""

    WEEK = "week"
    MONTH = "month"

    def first_day(self, day: dt.date) -> dt.date:
        """The first day of the period that a day lies in; weeks begin on Mondays.

        >>> Period.MONTH.first_day(dt.date(2026, 3, 18)).isoformat()
        '2026-03-01'
        """
        return day.replace(day=1) if self == Period.MONTH else day - dt.timedelta(days=day.weekday())

    def last_day(self, first: dt.date) -> dt.date:
        """The last day of the period that begins on a day."""
        longest = dt.timedelta(days=7 if self == Period.WEEK else 31)
        return self.first_day(first + longest) - dt.timedelta(days=1)


class Frame(StrEnum):
    """What a message is about."""

    RISK = "risk"
    RIGHTS_AND_PROTECTION = "rights_and_protection"
    LEGAL_ALTERNATIVES = "legal_alternatives"
    LOCAL_OPPORTUNITY = "local_opportunity"
    LAW_AND_PENALTY = "law_and_penalty"
    TESTIMONY = "testimony"
    SMUGGLER_TACTICS = "smuggler_tactics"


class Tone(StrEnum):
    """The feeling a message appeals to."""

    FEAR = "fear"
    HOPE = "hope"
    NEUTRAL = "neutral"


class Messenger(StrEnum):
    """Who speaks in a message."""

    RETURNEE = "returnee"
    FAMILY = "family"
    OFFICIAL = "official"
    RELIGIOUS_LEADER = "religious_leader"
    DOCTOR = "doctor"
    JOURNALIST = "journalist"
    CELEBRITY = "celebrity"
    NONE = "none"


def _countries(codes: tuple[str, ...], name: str) -> None:
    for code in codes:
        if code not in COUNTRIES:
            raise ValueError(f"{name} holds {code!r}, which is not an ISO 3166-1 alpha-3 code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in whole minor units (cents) of one currency (ISO 4217)."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in CURRENCIES:
            raise ValueError(f"{self.currency!r} is not an ISO 4217 currency")

    @property
    def major(self) -> float:
        """The amount in whole units: 4200 cents are 42.0."""
        return self.amount / float(10 ** minor_units(self.currency))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What a campaign cost, by purpose; None where it is not known. One currency throughout."""

    media: Money | None = None
    production: Money | None = None
    staff: Money | None = None
    evaluation: Money | None = None

    def __post_init__(self) -> None:
        currencies = sorted({part.currency for part in self.known})
        if len(currencies) > 1:
            raise ValueError(f"one campaign's costs are given in {' and '.join(currencies)}; convert them to one")
        for part in self.known:
            if part.amount < 0:
                raise ValueError(f"{part.major} {part.currency} is not a cost")

    @property
    def known(self) -> tuple[Money, ...]:
        """The parts that are known."""
        parts = (self.media, self.production, self.staff, self.evaluation)
        return tuple(part for part in parts if part is not None)

    @property
    def total(self) -> Money | None:
        """What delivering the campaign cost (media, production and staff); its evaluation is not part of that."""
        parts = [part for part in (self.media, self.production, self.staff) if part is not None]
        if not parts:
            return None
        return Money(amount=sum(part.amount for part in parts), currency=parts[0].currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom a campaign meant to reach."""

    description: str
    countries: tuple[str, ...]  # of origin, ISO 3166-1 alpha-3
    languages: tuple[str, ...]  # BCP 47
    age_low: int | None = None
    age_high: int | None = None
    sexes: tuple[Sex, ...] = ()  # empty: everybody
    transit: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    region: str | None = None
    size: int | None = None  # how many people the group has, where somebody estimated it

    def __post_init__(self) -> None:
        if not self.description.strip():
            raise ValueError("an audience needs a description of the group at risk")
        if not self.countries:
            raise ValueError("an audience needs at least one country of origin")
        _countries(self.countries, "countries")
        _countries(self.transit, "transit")
        _countries(self.destinations, "destinations")
        for tag in self.languages:
            if not is_language(tag):
                raise ValueError(f"{tag!r} is not a BCP 47 language tag")
        if self.age_low is not None and self.age_high is not None and self.age_low > self.age_high:
            raise ValueError(f"the audience's ages run from {self.age_low} down to {self.age_high}")
        if self.size is not None and self.size < 1:
            raise ValueError(f"an audience of {self.size} people cannot be reached")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What was said, how and by whom."""

    frame: Frame
    tone: Tone = Tone.NEUTRAL
    messenger: Messenger = Messenger.NONE
    call_to_action: str | None = None
    claims: tuple[str, ...] = ()  # factual claims, each with its source


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A question whose answers show whether something changed.

    `counts` are the answers that count as "yes" (knows, intends, trusts), as the questionnaire writes them; of an item
    put the other way round, those that deny it. Where several answers may be given, `chosen` of them must be. Where the
    answer is a number, it counts from `number_from` to `number_to`.
    `smallest_important` is the smallest change that matters, as a share: 0.05 is five people in a hundred; of calls and
    the like, whose `unit` is times, five for every hundred that there would have been.
    """

    id: str
    rung: Rung
    question: str
    column: str
    counts: tuple[str, ...] = ()
    chosen: int = 1
    number_from: float | None = None
    number_to: float | None = None
    desired: Direction = Direction.MORE
    smallest_important: float = 0.05
    registered: dt.date | None = None  # the day this was fixed, before the data
    unit: Unit = Unit.PEOPLE

    def __post_init__(self) -> None:
        if self.unit == Unit.PEOPLE and not self.counts and not self.is_number:
            raise ValueError(f"outcome {self.id!r} does not say which answers count")
        if not 1 <= self.chosen <= max(len(self.counts), 1):
            raise ValueError(f"outcome {self.id!r} needs {self.chosen} of {len(self.counts)} answers")
        if None not in (self.number_from, self.number_to) and self.number_from > self.number_to:  # type: ignore[operator]
            raise ValueError(f"outcome {self.id!r} counts numbers from {self.number_from} to {self.number_to}")
        if not 0 < self.smallest_important < 1:
            raise ValueError(f"smallest_important is {self.smallest_important}, must be between 0 and 1")

    @property
    def is_number(self) -> bool:
        """Whether numbers are asked for, of which a range counts."""
        return self.number_from is not None or self.number_to is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """When the campaign came to a place."""

    place: str  # as the survey writes it: a village, a region
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """How the campaign was evaluated.

    `launches` are the places that the campaign came to one after the other; those it names none of had none.
    """

    design: Design
    comparison: str | None = None  # who the comparison group was
    unit_of_assignment: str | None = None  # person, village, school …
    same_people: bool = False  # were the people asked before the ones asked after, under the same number
    independent: bool | None = None  # did somebody other than the implementer collect the data
    registration: str | None = None  # where the plan was registered beforehand
    follow_up_days: int | None = None  # between the campaign's end and the last wave
    people_addressed: int | None = None  # people the measured effect is taken to hold for
    assigned: tuple[int, int] | None = None  # people assigned to campaign and comparison, before anybody was lost
    planned_share: float = 0.5  # the share of people meant to be assigned to the campaign
    period: Period = Period.MONTH  # in which answers over time are counted together
    launches: tuple[Launch, ...] = ()

    def __post_init__(self) -> None:
        places = [launch.place.strip().casefold() for launch in self.launches]
        if len(set(places)) < len(places):
            raise ValueError(f"launches name a place twice: {', '.join(launch.place for launch in self.launches)}")
        if self.launches and self.design != Design.DIFFERENCE_IN_DIFFERENCES:
            raise ValueError(f"launches by place are compared by difference_in_differences, not by {self.design}")
        if self.assigned is not None and (len(self.assigned) != 2 or min(self.assigned) < 1):
            raise ValueError(f"assigned is {self.assigned}, must be the people in campaign and comparison")
        if self.people_addressed is not None and self.people_addressed < 1:
            raise ValueError(f"people_addressed is {self.people_addressed}, must be the people the effect holds for")
        if not 0 < self.planned_share < 1:
            raise ValueError(f"planned_share is {self.planned_share}, must be between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ethics:
    """Safeguards for the people in the campaign and in its data."""

    consent: bool | None = None  # testimonies and answers were given with informed consent
    approval: str | None = None  # number of the ethics approval
    data_protection: str | None = None  # the basis on which data are held
    children: bool | None = None
    complaints: str | None = None  # where people can complain
    incidents: tuple[str, ...] = ()


class Overridden(StrEnum):
    """What an evaluator decides otherwise than the rules do."""

    CERTAINTY = "certainty"
    METHOD = "method"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One thing that an evaluator decided otherwise, with who, when and why. Of each thing the last one counts.

    `value` is a certainty (very_low, low, moderate, high), or the code of a method computed beside the usual one.
    """

    what: Overridden
    value: str
    person: str
    day: dt.date
    why: str

    def __post_init__(self) -> None:
        if not self.why.strip() or not self.person.strip():
            raise ValueError("an override needs the name of a person and a reason")
        if self.what == Overridden.CERTAINTY and self.value not in CERTAINTIES:
            raise ValueError(f"{self.value!r} is no certainty; there are {', '.join(CERTAINTIES)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something else that happened at the time and may have moved the outcome."""

    day: dt.date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """Everything that is known about a campaign but its data."""

    id: str
    title: str
    organisation: str
    start: dt.date
    end: dt.date
    audience: Audience
    message: Message
    study: Study
    outcome: Outcome | None = None  # the ONE primary outcome
    guardrails: tuple[Outcome, ...] = ()  # what must not get worse
    secondary: tuple[Outcome, ...] = ()  # other steps of the ladder, said beside the primary outcome
    spending: Spending = field(default_factory=Spending)
    ethics: Ethics = field(default_factory=Ethics)
    platforms: tuple[str, ...] = ()
    funder: str | None = None
    events: tuple[Event, ...] = ()
    overrides: tuple[Override, ...] = ()
    plan: Plan | None = None  # how its survey was planned, before the data
    example: bool = False  # simulated, and said so wherever it is shown

    def __post_init__(self) -> None:
        if not IDENTIFIER.fullmatch(self.id):
            raise ValueError(f"campaign id {self.id!r} must be 1 to 64 letters, digits, dots, dashes or underscores")
        if not self.title.strip():
            raise ValueError(f"campaign {self.id!r} has no title")
        if self.end < self.start:
            raise ValueError(f"campaign {self.id!r} ends ({self.end}) before it starts ({self.start})")
        if self.study.design != Design.DELIVERY_ONLY and self.outcome is None:
            raise ValueError(f"campaign {self.id!r} is {self.study.design} but names no primary outcome")
        outcomes = [outcome.id for outcome in self.outcomes]
        if len(set(outcomes)) < len(outcomes):
            raise ValueError(f"campaign {self.id!r} names an outcome twice: {', '.join(outcomes)}")

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The primary outcome, where there is one, the guardrails, and the secondary ones."""
        return (*((self.outcome,) if self.outcome else ()), *self.guardrails, *self.secondary)

    def override(self, what: Overridden) -> Override | None:
        """The last decision of an evaluator about one thing."""
        return next((found for found in reversed(self.overrides) if found.what == what), None)

    @property
    def over_time(self) -> bool:
        """Whether answers are told apart by when they were given, and not only by before and after."""
        return self.study.design == Design.INTERRUPTED_SERIES or bool(self.study.launches)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Required fields that are still open; without them a verdict can be no better than *not measured*."""
        needed = {
            "outcome": self.outcome,
            "outcome.registered": self.outcome and self.outcome.registered,
            "spending": self.spending.total,
            "ethics.consent": self.ethics.consent,
            "ethics.data_protection": self.ethics.data_protection,
        }
        return tuple(name for name, value in needed.items() if not value)
