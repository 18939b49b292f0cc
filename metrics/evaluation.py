"""Where a campaign's record meets its data: the effect, its checks, its audience, its cost and the verdict."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from campaigns.records import Campaign, Outcome, Overridden, Unit
from campaigns.vocabulary import PLATFORM_STUDY
from metrics.audience import IntendedShare, intended_shares
from metrics.costs import Cost, cost_per_additional
from metrics.credibility import reasons_for
from metrics.delivery import Delivery
from metrics.effects import Effect, measure
from metrics.estimates import Reason as Refusal
from metrics.verdicts import Certainty, Finding, Reason, ReasonCode, Verdict, judge

# A verdict that makes the cost of one more person a figure without meaning.
NO_COST = {
    Finding.NO_IMPORTANT_DIFFERENCE: Refusal.EFFECT_NOT_ABOVE_ZERO,
    Finding.BACKFIRED: Refusal.HARM_SHOWN,
    Finding.MIXED: Refusal.HARM_SHOWN,
    Finding.NOT_MEASURED: Refusal.EFFECT_NOT_MEASURED,
    Finding.DO_NOT_TRUST: Refusal.EFFECT_NOT_ESTIMABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything the tracker says of one campaign.

    Attributes
    ----------
    campaign
        Its record.
    effect
        The primary outcome; None where the record names none.
    guardrails
        What must not get worse.
    secondary
        Other steps of the ladder of outcomes; they never make the verdict.
    delivery
        What the platforms counted. It never makes a verdict.
    audience
        How much of the delivery went to the people it was meant for.
    cost
        Per additional person in the wished state; without a figure, and with the reason, where the effect is not
        credibly above zero, the cause is not known, or the money or the people are not.
    verdict
        The finding, the certainty and the reasons.
    """

    campaign: Campaign
    effect: Effect | None
    guardrails: tuple[Effect, ...]
    delivery: Delivery
    audience: tuple[IntendedShare, ...]
    cost: Cost
    verdict: Verdict
    secondary: tuple[Effect, ...] = ()


def evaluate(
    campaign: Campaign,
    *,
    answers: pd.DataFrame,
    delivery: pd.DataFrame,
    cells: Mapping[str, pd.DataFrame],
    outcome_changed: dt.date | None = None,
) -> Evaluation:
    """Judge one campaign by its record and its data.

    Parameters
    ----------
    campaign
        The record; its design decides the method.
    answers
        One row an answer: columns `survey`, `respondent`, `arm` (campaign, comparison), `wave` (before, after),
        `cluster`, `weight` (of the sample, or missing), `outcome` (an outcome's id) and `value` (1 counts, 0 does not,
        missing was not answered); where people or places were drawn within blocks, `block`; where the study goes by
        time, `period` (first day of a week or month) and `place`; `sex`, `age`, `country` and `place`, where known,
        for whether people of different groups were moved in opposite ways. May have no rows.
    delivery
        One row a platform and currency: `platform`, `currency`, `reach_low`, `reach_high` and the additive metrics,
        in the units of the metric dictionary (spend in millionths).
    cells
        Delivery by value of a breakdown, for `age`, `sex` and `country`, as `audience.intended_share` takes them.
    outcome_changed
        The day on which the primary outcome was stated otherwise although answers were stored; None where it was not.

    Notes
    -----
    Two groups asked once: the score interval for a risk difference. Clusters, unless people were drawn one by one, and
    people who answered several surveys of one wave: a linear model with CR2 errors and Satterthwaite degrees of
    freedom. Two groups asked twice: 2x2 difference-in-differences, of each person's change where the same people were
    asked. One group asked twice: the change, which is not an effect. With sampling weights: weighted least squares with
    HC2 errors in place of the score interval. Counts of a platform's own study stand in where nobody else asked, at one
    grade less. Followed over time: see `metrics.over_time`.

    Examples
    --------
    Sixty in a hundred know, and forty of those without the campaign: twenty thousand more of the hundred thousand that
    it reached for 4,000 dollars. One grade is lost because nobody wrote down when people were asked:

    >>> from tests.evaluations import campaign
    >>> answers = pd.DataFrame({"arm": ["campaign"] * 400 + ["comparison"] * 400, "wave": "after", "survey": "s",
    ...     "value": [1] * 240 + [0] * 160 + [1] * 160 + [0] * 240, "outcome": "dangers", "cluster": None,
    ...     "weight": None, "respondent": [str(person) for person in range(800)]})
    >>> shown = pd.DataFrame({"platform": ["tiktok_ads"], "reach_low": [100_000], "reach_high": [100_000]})
    >>> found = evaluate(campaign(), answers=answers, delivery=shown, cells={})
    >>> found.verdict.finding.value, found.verdict.certainty.name, f"{found.cost.estimate:.2f} {found.cost.currency}"
    ('raised', 'MODERATE', '0.20 USD')
    """
    answers, of_whom = _without_mixing(campaign, answers)
    method = campaign.override(Overridden.METHOD)

    def measured(outcome: Outcome) -> Effect:
        chosen = method.value if method else None
        return measure(outcome, campaign.study, answers, method=chosen, start=campaign.start)

    effect = measured(campaign.outcome) if campaign.outcome else None
    guardrails, secondary = (
        tuple(shown for outcome in outcomes if (shown := measured(outcome)).estimate is not None)
        for outcomes in (campaign.guardrails, campaign.secondary)
    )
    delivered = Delivery.from_frame(delivery)
    verdict = judge(
        design=campaign.study.design,
        estimate=effect.estimate if effect else None,
        smallest_important=campaign.outcome.smallest_important if campaign.outcome else 1.0,
        reasons=(
            *(reasons_for(campaign, effect, outcome_changed=outcome_changed) if effect else ()),
            *of_whom,
            *_guardrail_reasons(guardrails),
            *_groups_disagree(effect),
        ),
        lacking=campaign.lacking,
        override=campaign.override(Overridden.CERTAINTY),
    )
    return Evaluation(
        campaign=campaign,
        effect=effect,
        guardrails=guardrails,
        delivery=delivered,
        audience=intended_shares(campaign.audience, cells),
        cost=_cost(campaign, verdict, delivered),
        verdict=verdict,
        secondary=secondary,
    )


def _without_mixing(campaign: Campaign, answers: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Reason, ...]]:
    """Of each outcome the answers of surveys, or else those that a platform's own study stands for; never both."""
    theirs = answers["survey"].astype("string").str.startswith(PLATFORM_STUDY).fillna(value=False).astype(bool)
    apart = theirs & answers["outcome"].isin(answers.loc[~theirs, "outcome"])
    primary = answers["outcome"] == (campaign.outcome.id if campaign.outcome else "")
    reasons: tuple[Reason, ...] = ()
    if (apart & primary).any():
        reasons = (Reason(code=ReasonCode.PLATFORM_STUDY_APART),)
    elif (theirs & primary).any():
        reasons = (Reason(code=ReasonCode.PLATFORM_STUDY, change=-1),)
    return answers[~apart], reasons


def _guardrail_reasons(guardrails: tuple[Effect, ...]) -> tuple[Reason, ...]:
    return tuple(
        Reason(code=ReasonCode.GUARDRAIL_HARMED, detail=effect.outcome.id) for effect in guardrails if effect.harmed
    )


def _groups_disagree(effect: Effect | None) -> tuple[Reason, ...]:
    found = effect.disagreement if effect else None
    return () if found is None else (Reason(code=ReasonCode.GROUPS_DISAGREE, detail=found.breakdown),)


def _cost(campaign: Campaign, verdict: Verdict, delivered: Delivery) -> Cost:
    """Cost of one more person in the wished state, only where the campaign credibly brought that about."""
    spend = campaign.spending.total
    if (refusal := NO_COST.get(verdict.finding)) or verdict.estimate is None:
        return Cost.refused(refusal or Refusal.EFFECT_NOT_ESTIMABLE)
    if (verdict.certainty or Certainty.VERY_LOW) == Certainty.VERY_LOW:
        return Cost.refused(Refusal.CAUSE_NOT_KNOWN)
    if campaign.outcome is not None and campaign.outcome.unit != Unit.PEOPLE:
        return Cost.refused(Refusal.NOT_PEOPLE)
    people = campaign.study.people_addressed or delivered.reach
    if spend is None or not people:  # a platform that tells of nobody does not tell whom the effect holds for
        return Cost.refused(Refusal.MONEY_NOT_KNOWN if spend is None else Refusal.PEOPLE_NOT_KNOWN)
    return cost_per_additional(verdict.estimate, people=people, spend=spend)
