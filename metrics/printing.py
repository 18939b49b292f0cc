"""Results as JSON can hold them, and as lines of text."""

import dataclasses
import math
from collections.abc import Iterable
from typing import Any

from metrics.effects import Effect
from metrics.estimates import Estimate, NotEstimable
from metrics.evaluation import Evaluation


def plain(value: Any) -> Any:
    """What JSON can hold: results as objects without what does not apply, infinity as a text.

    >>> plain({"limits": (0.5, math.inf), "why": NotEstimable(measure="risk_ratio", reason="no_variation", n=3)})
    {'limits': [0.5, 'inf'], 'why': {'measure': 'risk_ratio', 'reason': 'no_variation', 'n': 3}}
    """
    if isinstance(value, (Estimate, NotEstimable)):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {name: plain(each) for name, each in fields.items() if each not in (None, ())}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def evaluation_as_result(evaluation: Evaluation) -> dict[str, Any]:
    """Everything said of a campaign, by the codes of the tracker; shares of people are on the scale 0 to 1.

    The outcome, guardrails and secondary outcomes are told alike, with their groups; `plain` makes it ready for JSON.

    Examples
    --------
    Of a campaign that was shown 2,000 times and asked nobody:

    >>> import datetime as dt
    >>> import pandas as pd
    >>> from campaigns.records import Audience, Campaign, Design, Frame, Message, Study
    >>> from metrics.evaluation import evaluate
    >>> campaign = Campaign(
    ...     id="C1", title="Know the way", organisation="NGO", start=dt.date(2026, 1, 1), end=dt.date(2026, 2, 1),
    ...     audience=Audience(description="the young", countries=("SEN",), languages=("wo",)),
    ...     message=Message(frame=Frame.RISK), study=Study(design=Design.DELIVERY_ONLY))
    >>> shown = pd.DataFrame({"platform": ["meta_ads"], "currency": ["EUR"], "impressions": [2000]})
    >>> nobody = pd.DataFrame(columns=["outcome", "survey"])
    >>> result = evaluation_as_result(evaluate(campaign, answers=nobody, delivery=shown, cells={}))
    >>> result["delivery"], result["effect"], result["cost"]["reason"].value
    ({'platforms': ('meta_ads',), 'impressions': 2000}, None, 'effect_not_measured')
    """
    verdict, effect, campaign = evaluation.verdict, evaluation.effect, evaluation.campaign
    return {
        "campaign": {"id": campaign.id, "title": campaign.title, "design": campaign.study.design},
        "verdict": {
            "finding": verdict.finding,
            "certainty": verdict.certainty.name.lower() if verdict.certainty else None,
            "certainty_by_the_rules": verdict.by_the_rules.name.lower() if verdict.by_the_rules else None,
        },
        "reasons": [
            {"reason": reason.code, "grades": reason.change, "fatal": reason.fatal, "detail": reason.detail,
             "figures": reason.figures}
            for reason in verdict.reasons
        ],
        "effect": _effect(effect) if effect else None,
        "guardrails": [_effect(guardrail) | {"harmed": guardrail.harmed} for guardrail in evaluation.guardrails],
        "secondary": [_effect(step) for step in evaluation.secondary],
        "audience": [
            {"breakdown": share.breakdown, "from": share.low, "to": share.high, "of": share.basis}
            for share in evaluation.audience
        ],
        "delivery": {"platforms": evaluation.delivery.platforms, **evaluation.delivery.totals},
        "cost": {
            "currency": evaluation.cost.currency,
            "estimate": evaluation.cost.estimate,
            "conf_low": evaluation.cost.conf_low,
            "conf_high": evaluation.cost.conf_high,
            "reason": evaluation.cost.reason,
        },
    }  # fmt: skip


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "outcome": effect.outcome.id,
        "rung": effect.outcome.rung,
        "smallest_important": effect.outcome.smallest_important,
        "estimate": effect.estimate,
        "before_after_alone": effect.before_after_alone,
        "because": effect.because,
        "beside": effect.beside,
        "groups": [
            {"arm": group.arm, "wave": group.wave, "asked": group.asked, "answered": group.answered,
             "counted": group.counted}
            for group in effect.groups
        ],
    }  # fmt: skip


def as_text(result: dict[str, Any]) -> str:
    """Two columns, what and how much; parts apart by an empty line; numbers to six digits.

    >>> print(as_text({"k": 13, "pooled": {"estimate": -0.71, "interval": {"from": -1.08, "to": -1 / 3}}}))
    k                 13
    <BLANKLINE>
    POOLED
    estimate          -0.71
    from              -1.08
    to                -0.333333
    """
    return "\n\n".join(_part(name, plain(each)) for name, each in result.items() if each not in ([], ()))


def _part(name: str, value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n\n".join(_part(name, each) for each in value)
    if not isinstance(value, dict):
        return f"{name:<18}{_cell(value)}"
    flat: Iterable[tuple[str, Any]] = (
        pair for key, each in value.items() for pair in (each.items() if isinstance(each, dict) else [(key, each)])
    )
    return "\n".join([name.upper(), *(f"{key:<17} {_cell(each)}" for key, each in flat if each is not None)])


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name} {_cell(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return f"{value:.6g}" if isinstance(value, float) else str(value)
