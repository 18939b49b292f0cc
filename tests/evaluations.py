"""Evaluations with every verdict, for the tests of what people see."""

import dataclasses
import datetime as dt
import math

from campaigns.records import (
    Arm,
    Audience,
    Campaign,
    Design,
    Direction,
    Ethics,
    Frame,
    Message,
    Money,
    Outcome,
    Rung,
    Spending,
    Study,
    Wave,
)
from metrics.audience import Basis, IntendedShare
from metrics.costs import Cost
from metrics.delivery import Delivery
from metrics.effects import Answers, Effect
from metrics.estimates import Estimate, Measure, Method
from metrics.estimates import Reason as Refusal
from metrics.evaluation import Evaluation
from metrics.verdicts import Certainty, Finding, Reason, ReasonCode, Verdict

KNOWS = Outcome(
    id="dangers",
    rung=Rung.KNOWLEDGE,
    question="Can you name two dangers of the journey?",
    column="dangers",
    counts=("two or more",),
    registered=dt.date(2026, 1, 10),
)
INTENDS = dataclasses.replace(
    KNOWS, id="leaves", rung=Rung.INTENTION_IRREGULAR, question="Will you leave?", desired=Direction.FEWER
)
HELPLINE = dataclasses.replace(KNOWS, id="helpline", rung=Rung.TRUST, question="Would you call the helpline?")
VIEWED = 1_200_000
SENTENCE_ENDS = (".", "?", "!", "”", "»", "。", "？", "؟")  # in the six languages, also after words that are quoted
# An interval for each finding whose words depend on where it lies.
INTERVALS = {
    Finding.RAISED: (0.09, 0.06, 0.12),
    Finding.RAISED_A_LITTLE: (0.04, 0.02, 0.06),
    Finding.NO_IMPORTANT_DIFFERENCE: (0.01, -0.02, 0.04),
    Finding.CANNOT_TELL: (0.01, -0.03, 0.05),
    Finding.BACKFIRED: (-0.06, -0.09, -0.03),
    Finding.MIXED: (0.09, 0.06, 0.12),
    Finding.DO_NOT_TRUST: (0.09, 0.06, 0.12),
}


def estimate(middle=0.04, low=0.02, high=0.06, n=512) -> Estimate:
    return Estimate(
        measure=Measure.RISK_DIFFERENCE,
        estimate=middle,
        se=(high - low) / 3.92,
        conf_low=low,
        conf_high=high,
        p_value=0.01,
        df=math.inf,
        conf_level=0.95,
        method=Method.MIETTINEN_NURMINEN,
        n=n,
    )


def campaign(outcome: Outcome | None = KNOWS, title: str = "Peer video") -> Campaign:
    return Campaign(
        id="peer-video",
        title=title,
        organisation="An organisation",
        start=dt.date(2026, 2, 1),
        end=dt.date(2026, 3, 31),
        audience=Audience(
            description="young people", countries=("GMB", "SEN"), languages=("wo",), age_low=18, age_high=34
        ),
        message=Message(frame=Frame.TESTIMONY),
        study=Study(design=Design.RANDOMISED if outcome else Design.DELIVERY_ONLY),
        outcome=outcome,
        guardrails=(HELPLINE,) if outcome else (),
        spending=Spending(media=Money(amount=400_000, currency="USD")),
        ethics=Ethics(consent=True, data_protection="consent"),
    )


def evaluation(
    finding: Finding = Finding.RAISED_A_LITTLE,
    certainty: Certainty | None = Certainty.MODERATE,
    *,
    interval: tuple[float, float, float] | None = None,
    outcome: Outcome = KNOWS,
    title: str = "Peer video",
    n: int = 512,
    reasons: tuple[Reason, ...] = (Reason(code=ReasonCode.RANDOMISED),),
    groups: tuple[Answers, ...] = (),
    alone: Estimate | None = None,
    cost: Cost | None = None,
) -> Evaluation:
    sizes = interval or INTERVALS.get(finding)
    found = estimate(*sizes, n=n) if sizes else None
    asked = finding != Finding.NOT_MEASURED
    return Evaluation(
        campaign=campaign(outcome if asked else None, title),
        effect=Effect(outcome=outcome, groups=groups, estimate=found, before_after_alone=alone) if asked else None,
        guardrails=(),
        delivery=Delivery(
            platforms=("meta_ads", "tiktok_ads"),
            totals={"impressions": VIEWED, "link_clicks": 4_100},
            reach_low=300_000,
            reach_high=420_000,
            spend=(Money(amount=400_000, currency="USD"),),
        ),
        audience=(
            IntendedShare(breakdown="age", low=0.62, high=0.7, basis=Basis.IMPRESSIONS, total=1_200_000),
            IntendedShare(
                breakdown="country", low=0.8, high=0.8, basis=Basis.IMPRESSIONS, total=1_200_000, missed=("SEN",)
            ),
        ),
        cost=cost or Cost.refused(Refusal.EFFECT_NOT_ABOVE_ZERO),
        verdict=Verdict(finding=finding, certainty=certainty, reasons=reasons, estimate=found if asked else None),
    )


def groups(*counts: tuple[Arm, Wave, int, int]) -> tuple[Answers, ...]:
    """Groups from `(arm, wave, counted, answered)`."""
    return tuple(
        Answers(arm=arm, wave=wave, asked=answered, answered=answered, counted=counted)
        for arm, wave, counted, answered in counts
    )


TWICE = groups(
    (Arm.CAMPAIGN, Wave.BEFORE, 152, 395),
    (Arm.CAMPAIGN, Wave.AFTER, 206, 375),
    (Arm.COMPARISON, Wave.BEFORE, 134, 390),
    (Arm.COMPARISON, Wave.AFTER, 160, 385),
)
