"""Campaigns whose true effect is known, judged: what is said of them, and whether that is what must be said."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from campaigns.records import Arm, Campaign, Design, Ethics, Money, Spending, Study, Wave
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation, evaluate
from metrics.planning import Clusters, TwoProportions, power
from metrics.verdicts import Certainty, Finding
from tests.evaluations import KNOWS
from tests.examples import campaign

PEOPLE = 400  # asked in each group at each time
VILLAGES = 16  # in each arm, where whole villages were drawn
KNEW = 0.35  # share who would know anyway
TREND = 0.10  # more know after than before, campaign or not
ALREADY = 0.05  # more knew before where the campaign was to be
BETWEEN_VILLAGES = 0.06  # standard deviation of the share who know
PRAISE = frozenset({Finding.RAISED, Finding.RAISED_A_LITTLE})
DESIGNS = (
    Design.RANDOMISED,
    Design.CLUSTER_RANDOMISED,
    Design.DIFFERENCE_IN_DIFFERENCES,
    Design.MATCHED,
    Design.BEFORE_AFTER,
    Design.DELIVERY_ONLY,
)
EFFECTS = (-0.10, 0.0, 0.03, 0.15)
HARM = -0.10
TRIALS = (Design.RANDOMISED, Design.CLUSTER_RANDOMISED)
SOUND = (*TRIALS, Design.DIFFERENCE_IN_DIFFERENCES, Design.MATCHED)  # their comparison is fair, as simulated here
MOST_USELESS_PRAISED = 0.05
COVERAGE = (0.93, 0.97)
ERRORS = 3.0  # standard errors of the simulation by which a share may lie below the stated power


@dataclass(slots=True)
class Tally:
    """What became of the campaigns of one design and true effect."""

    campaigns: int = 0
    held: int = 0  # intervals that held the true effect
    findings: Counter[Finding] = field(default_factory=Counter)
    surest: Certainty | None = None
    priced: int = 0

    def add(self, evaluation: Evaluation, effect: float) -> None:
        """Count one more."""
        estimate, certainty = evaluation.verdict.estimate, evaluation.verdict.certainty
        self.campaigns += 1
        self.held += isinstance(estimate, Estimate) and estimate.conf_low <= effect <= estimate.conf_high
        self.findings[evaluation.verdict.finding] += 1
        self.surest = max(self.surest or certainty, certainty) if certainty else self.surest
        self.priced += evaluation.cost.estimate is not None

    @property
    def praised(self) -> int:
        """How many were said to have raised awareness."""
        return sum(count for finding, count in self.findings.items() if finding in PRAISE)


def simulate(campaigns: int, *, seed: int = 1) -> dict[tuple[Design, float], Tally]:
    """Judge as many campaigns of each design and true effect."""
    rng = np.random.default_rng(seed)
    tallies = {(design, effect): Tally() for design in DESIGNS for effect in EFFECTS}
    seen = pd.DataFrame({"platform": ["tiktok"], "impressions": [9_000_000], "views": [1_200_000]})
    for (design, effect), tally in tallies.items():
        for _ in range(campaigns):
            found = evaluate(record(design), answers=answers(design, effect, rng), delivery=seen, cells={})
            tally.add(found, effect)
    return tallies


def stated_power(design: Design) -> float:
    """How often a harm of this size must be found, by the sample that was asked; what a plan would have said."""
    before, after = KNEW + TREND, KNEW + TREND + HARM
    if design == Design.CLUSTER_RANDOMISED:
        alike = BETWEEN_VILLAGES**2 / (before * (1 - before))
        villages = Clusters(size=PEOPLE / VILLAGES, icc=alike)
        return power(TwoProportions(baseline=before, changed=after), n=VILLAGES, clusters=villages)
    twice = design == Design.DIFFERENCE_IN_DIFFERENCES  # other people each time: no correlation
    return power(TwoProportions(baseline=before, changed=after, correlation=0.0 if twice else None), n=PEOPLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that must hold of what is said, and whether it did."""

    what: str
    seen: str
    met: bool


def requirements(tallies: Mapping[tuple[Design, float], Tally]) -> list[Requirement]:
    """Everything that must hold over the simulated campaigns."""
    seen = [tallies[Design.DELIVERY_ONLY, effect] for effect in EFFECTS]
    measured = sum(tally.campaigns - tally.findings[Finding.NOT_MEASURED] for tally in seen)
    useless = [tallies[design, 0.0] for design in TRIALS]
    praised, tried = sum(tally.praised for tally in useless), sum(tally.campaigns for tally in useless)
    trend = [tallies[Design.BEFORE_AFTER, effect] for effect in EFFECTS]
    surest = max((tally.surest for tally in trend if tally.surest), default=Certainty.VERY_LOW)
    found = [
        Requirement(
            what="delivery only: never above not measured",
            seen=f"{measured} of {sum(tally.campaigns for tally in seen)} above it",
            met=measured == 0,
        ),
        Requirement(
            what=f"useless, randomised: at most {MOST_USELESS_PRAISED:.0%} said to have raised",
            seen=f"{praised} of {tried} ({praised / tried:.1%})",
            met=praised <= MOST_USELESS_PRAISED * tried,
        ),
        Requirement(
            what="before and after under a trend: never above very low",
            seen=f"surest: {surest.name.lower().replace('_', ' ')}",
            met=surest == Certainty.VERY_LOW,
        ),
    ]
    for design in SOUND:
        tally, stated = tallies[design, HARM], stated_power(design)
        share = tally.findings[Finding.BACKFIRED] / tally.campaigns
        error = math.sqrt(stated * (1 - stated) / tally.campaigns)
        found.append(
            Requirement(
                what=f"harm of {-HARM:.2f}, {design.replace('_', ' ')}: found with the stated power",
                seen=f"{share:.1%}, stated {stated:.1%}",
                met=share >= stated - ERRORS * error,
            )
        )
    return [*found, *(_coverage(tallies, (design,)) for design in SOUND), _coverage(tallies, SOUND)]


def _coverage(tallies: Mapping[tuple[Design, float], Tally], designs: Iterable[Design]) -> Requirement:
    chosen = [tallies[design, effect] for design in designs for effect in EFFECTS]
    share = sum(tally.held for tally in chosen) / sum(tally.campaigns for tally in chosen)
    named = {design.replace("_", " ") for design, effect in tallies if tallies[design, effect] in chosen}
    return Requirement(
        what=f"intervals hold the true effect, {named.pop() if len(named) == 1 else 'all of these designs'}: "
        f"{COVERAGE[0]:.0%} to {COVERAGE[1]:.0%}",
        seen=f"{share:.1%}",
        met=COVERAGE[0] <= share <= COVERAGE[1],
    )


def measure(campaigns: int, *, seed: int = 1) -> bool:
    """Print what was said of them by design and true effect, then each requirement; whether all are met."""
    tallies = simulate(campaigns, seed=seed)
    print(f"{campaigns} campaigns a line, {campaigns * len(tallies):,} in all, seed {seed}; {PEOPLE} people a group")
    print(f"and wave; {TREND:.2f} more know after than before, campaign or not; {KNOWS.smallest_important:.2f} matters")
    print(f"{'design':26}{'effect':>7}{'interval held':>15}{'surest':>10}{'priced':>8}  share of each verdict")
    for (design, effect), tally in tallies.items():
        said = ", ".join(f"{finding} {count / campaigns:.1%}" for finding, count in tally.findings.most_common())
        surest = tally.surest.name.lower() if tally.surest else "-"
        held = f"{tally.held / campaigns:.1%}" if design in SOUND else "-"
        print(f"{design:26}{effect:>+7.2f}{held:>15}{surest:>10}{tally.priced / campaigns:>8.1%}  {said}")
    print()
    found = requirements(tallies)
    for one in found:
        print(f"{'met' if one.met else 'NOT MET':8} {one.what:78} {one.seen}")
    return all(one.met for one in found)


def record(design: Design) -> Campaign:
    """A complete record."""
    return campaign(
        "simulated",
        study=Study(design=design, follow_up_days=60, people_addressed=10_000),
        outcome=KNOWS,
        spending=Spending(media=Money(amount=400_000, currency="EUR")),
        ethics=Ethics(consent=True, data_protection="consent"),
    )


def answers(design: Design, effect: float, rng: np.random.Generator) -> pd.DataFrame:
    """What people of each group said at each time; where villages were drawn they differ among each other."""
    compared = design != Design.BEFORE_AFTER
    trial = design in (Design.RANDOMISED, Design.CLUSTER_RANDOMISED, Design.MATCHED)
    groups = []
    for arm in Arm if compared else (Arm.CAMPAIGN,):
        village = np.arange(PEOPLE) % VILLAGES
        drawn = design == Design.CLUSTER_RANDOMISED
        fortune = rng.normal(0, BETWEEN_VILLAGES, VILLAGES) if drawn else np.zeros(VILLAGES)
        for wave in (Wave.AFTER,) if trial else Wave:
            share = KNEW + TREND * (wave == Wave.AFTER) + effect * (wave == Wave.AFTER and arm == Arm.CAMPAIGN)
            share += ALREADY * (not trial and arm == Arm.CAMPAIGN)
            groups.append(
                pd.DataFrame(
                    {
                        "survey": wave,
                        "respondent": [f"{arm} {number}" for number in range(PEOPLE)],
                        "arm": arm,
                        "wave": wave,
                        "cluster": [f"{arm} {number}" for number in village] if drawn else None,
                        "weight": None,
                        "outcome": KNOWS.id,
                        "value": (rng.random(PEOPLE) < share + fortune[village]).astype(int),
                    }
                )
            )
    return pd.concat(groups, ignore_index=True)
