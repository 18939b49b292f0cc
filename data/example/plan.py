"""How a simulated campaign is put down: its record, its survey, its delivery and its truth.

`effect` is the true change in the share of people whose answer counts, 0.10 being ten in a
hundred; `drift` is what changed in that time with or without the campaign.
"""

import datetime as dt
from dataclasses import dataclass, field, replace

from questionnaires import TEXTS, answers

from campaigns.records import (
    Audience,
    Campaign,
    Design,
    Direction,
    Ethics,
    Event,
    Message,
    Money,
    Outcome,
    Rung,
    Sex,
    Spending,
    Study,
)

RUNGS = {
    "dangers": Rung.KNOWLEDGE,
    "offer": Rung.KNOWLEDGE,
    "promise": Rung.BELIEF_ACCURACY,
    "helpline": Rung.TRUST,
    "legal": Rung.INTENTION_REGULAR,
    "afraid": Rung.DISTRESS,
    "seen": Rung.RECALL,
}
YOUNG_MEN = {"age_low": 18, "age_high": 34, "sexes": (Sex.MALE,)}
YOUNG = {"age_low": 18, "age_high": 34}
WOMEN = {"age_low": 18, "age_high": 44, "sexes": (Sex.FEMALE,)}
FAMILIES = {"age_low": 30, "age_high": 64}


@dataclass(frozen=True)
class Asked:
    """One question: the share that counts at first, how it drifts anyway, and what the campaign adds."""

    base: float
    effect: float
    drift: float = 0.0


@dataclass(frozen=True)
class Poll:
    """A survey of `people` in each arm and wave."""

    language: str
    people: int
    questions: dict[str, Asked]  # the first is the primary outcome
    clusters: int = 0  # in each arm
    alike: float = 0.0  # intra-cluster correlation
    same_people: bool = False  # asked twice
    unanswered: tuple[float, float] = (0.03, 0.03)  # share in campaign and comparison
    no_consent: float = 0.015
    regions: tuple[str, ...] = ("North", "South")
    prefix: str = "+000"
    seen: Asked | None = None  # who says that they saw it, asked in the last wave
    seen_apart: float = 0.0  # of the campaign's side women say so more often by this, men less
    draw: int = 0  # another sample of the same people, where the first misses what the campaign is there to show

    @property
    def asked(self) -> dict[str, Asked]:
        """All questions, with that whether they saw the campaign, which is drawn on its own."""
        return {**self.questions, **({"seen": self.seen} if self.seen else {})}


@dataclass(frozen=True)
class Delivery:
    """One export: which platform's, in whose language, and how many people saw how much."""

    kind: str
    impressions: int
    days: int
    language: str = "en"
    currency: str = "USD"
    cost_per_thousand: float = 1.6
    click_rate: float = 0.009
    ages: tuple[float, ...] = (0.05, 0.38, 0.30, 0.14, 0.08, 0.03, 0.02)  # 13-17, 18-24 … 65+
    women: float = 0.4
    total_row: bool = False


@dataclass(frozen=True)
class Advertisements:
    """Two messages of the first delivery: to whom the first went, and how much better the other did."""

    names: tuple[str, str]
    first_among: dict[str, float]  # share of what women, men and others were shown
    better: float  # clicks of the second for one of the first, by as many times shown


@dataclass(frozen=True)
class Scenario:
    """A campaign, its data and its truth."""

    campaign: Campaign
    truth: str
    poll: Poll | None = None
    deliveries: tuple[Delivery, ...] = field(default=())
    ads: Advertisements | None = None


def _outcome(question: str, language: str, *, smallest: float, registered: dt.date | None) -> Outcome:
    return Outcome(
        id=question,
        rung=RUNGS[question],
        question=TEXTS["en"][question],
        column=TEXTS[language][question],
        counts=(answers(language, question)[0],),
        desired=Direction.FEWER if question == "afraid" else Direction.MORE,
        smallest_important=smallest,
        registered=registered,
    )


def scenario(
    identifier: str,
    title: str,
    organisation: str,
    *,
    start: str,
    weeks: int,
    audience: Audience,
    message: Message,
    design: Design,
    truth: str,
    costs: tuple[int, int, int],
    currency: str,
    poll: Poll | None = None,
    deliveries: tuple[Delivery, ...] = (),
    ads: Advertisements | None = None,
    platforms: tuple[str, ...],
    addressed: int | None = None,
    comparison: str | None = None,
    follow_up: int | None = 45,
    smallest: float = 0.05,
    events: tuple[Event, ...] = (),
    independent: bool = True,
    unit: str | None = None,
    counts_people: bool = False,
) -> Scenario:
    first = dt.date.fromisoformat(start)
    outcomes = [
        _outcome(question, poll.language, smallest=smallest, registered=first - dt.timedelta(days=30))
        for question in (poll.asked if poll else ())
    ]
    scale = 1 if currency == "XOF" else 100
    production, staff, evaluation = (Money(amount=cost * scale, currency=currency) for cost in costs)
    return Scenario(
        campaign=Campaign(
            id=identifier,
            title=title,
            organisation=organisation,
            start=first,
            end=first + dt.timedelta(days=7 * weeks - 1),
            audience=audience,
            message=message,
            study=Study(
                design=design,
                comparison=comparison,
                unit_of_assignment=unit,
                same_people=bool(poll and poll.same_people),
                independent=independent if poll else None,
                registration="simulated plan" if poll else None,
                follow_up_days=follow_up if poll else None,
                people_addressed=addressed,
                assigned=(poll.people, poll.people) if poll and counts_people else None,
            ),
            outcome=outcomes[0] if outcomes else None,
            guardrails=tuple(outcome for outcome in outcomes[1:] if outcome.rung != Rung.RECALL),
            secondary=tuple(outcome for outcome in outcomes[1:] if outcome.rung == Rung.RECALL),
            spending=Spending(production=production, staff=staff, evaluation=evaluation),
            ethics=Ethics(
                consent=True if poll else None,
                approval="simulated" if poll else None,
                data_protection="informed consent" if poll else "aggregates of the platform only",
                children=False,
                complaints="helpline (simulated)",
            ),
            platforms=platforms,
            funder="Simulated fund",
            events=events,
            example=True,
        ),
        truth=truth,
        poll=poll,
        deliveries=deliveries,
        ads=ads,
    )


def with_media(scenario: Scenario, media: Money | None) -> Campaign:
    """The campaign's record with what the platforms say was spent."""
    campaign = scenario.campaign
    return replace(campaign, spending=replace(campaign.spending, media=media))
