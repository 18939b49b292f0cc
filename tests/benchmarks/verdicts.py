"""Campaigns whose true effect is known, judged: how often the interval holds it, and what is said of them."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from campaigns.records import Arm, Campaign, Design, Ethics, Money, Spending, Study, Wave
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation, evaluate
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


def measure(campaigns: int) -> None:
    """Print what was said of them."""
    print(f"{campaigns} campaigns a line; {PEOPLE} people a group and wave, {TREND:.2f} more know after than before")
    print(f"{'design':26}{'effect':>7}{'interval held':>15}{'surest':>10}{'priced':>8}  findings")
    for (design, effect), tally in simulate(campaigns).items():
        said = ", ".join(f"{finding} {count / campaigns:.1%}" for finding, count in tally.findings.most_common())
        surest = tally.surest.name.lower() if tally.surest else "-"
        held, priced = tally.held / campaigns, tally.priced / campaigns
        print(f"{design:26}{effect:>+7.2f}{held:>15.1%}{surest:>10}{priced:>8.1%}  {said}")


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
