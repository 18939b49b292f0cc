"""Campaigns together: which may be pooled, and how sure their average is."""

import dataclasses

import pytest

from campaigns.records import Design, Rung, Study
from metrics.bodies import Body, BodyReason, body_of_evidence, may_be_pooled
from metrics.evaluation import Evaluation, evaluate
from metrics.verdicts import Certainty
from tests.test_evaluation import KNOWS, NOTHING, answers, campaign


def trial(name: str, campaign_knows: int, comparison_knows: int = 240, *, n: int = 800, **fields) -> Evaluation:
    """A randomised campaign in which so many of `n` on each side know."""
    record = dataclasses.replace(campaign(**fields), id=name)
    outcome = record.outcome or KNOWS
    rows = answers(outcome, campaign_after=(campaign_knows, n), comparison_after=(comparison_knows, n))
    return evaluate(record, answers=rows, delivery=NOTHING, cells={})


def body(*evaluations: Evaluation) -> Body:
    return body_of_evidence(evaluations)


def test_trials_that_agree_are_as_sure_as_one_of_them() -> None:
    together = body(trial("a", 320), trial("b", 330), trial("c", 310))
    assert (together.certainty, together.reasons) == (Certainty.HIGH, (BodyReason.TOO_FEW_TO_SEE_MISSING,))
    assert together.pooled is not None
    assert together.pooled.estimate == pytest.approx(
        0.10, abs=1e-3
    )  # the average of 8, 11.25 and 8.75 points, weighted
    assert len(together.left_out) == 3


def test_one_campaign_is_no_body_of_evidence() -> None:
    assert body(trial("a", 320)).certainty is None
    assert body().pooled is None


def test_what_was_compared_with_nothing_or_only_seen_is_not_pooled() -> None:
    before = evaluate(
        campaign(Design.BEFORE_AFTER),
        answers=answers(campaign_before=(200, 800), campaign_after=(400, 800)),
        delivery=NOTHING,
        cells={},
    )
    nobody = answers(campaign_after=(1, 2)).iloc[:0]
    seen = evaluate(campaign(Design.DELIVERY_ONLY, outcome=None), answers=nobody, delivery=NOTHING, cells={})
    assert not may_be_pooled(before)
    assert not may_be_pooled(seen)
    assert [member.campaign.id for member in body(before, trial("a", 320), seen, trial("b", 310)).members] == ["a", "b"]


def test_campaigns_that_contradict_each_other_are_less_sure() -> None:
    together = body(trial("a", 420), trial("b", 240), trial("c", 150), trial("d", 330))
    assert BodyReason.INCONSISTENT in together.reasons
    assert BodyReason.IMPRECISE in together.reasons
    assert together.certainty == Certainty.LOW


def test_few_people_are_less_sure() -> None:
    together = body(trial("a", 40, 20, n=60), trial("b", 41, 20, n=60), trial("c", 39, 20, n=60))
    assert together.reasons == (BodyReason.IMPRECISE, BodyReason.TOO_FEW_TO_SEE_MISSING)


def test_outcomes_of_several_rungs_are_less_sure() -> None:
    trust = dataclasses.replace(KNOWS, rung=Rung.TRUST)
    together = body(trial("a", 320), trial("b", 330, outcome=trust), trial("c", 310))
    assert BodyReason.INDIRECT in together.reasons


def test_weakened_comparisons_that_carry_the_weight_are_less_sure() -> None:
    asked_at_once = Study(design=Design.RANDOMISED, follow_up_days=1, people_addressed=10_000)
    together = body(*(trial(name, 320, study=asked_at_once) for name in "abc"))
    assert BodyReason.RISK_OF_BIAS in together.reasons
    assert together.certainty == Certainty.MODERATE


def test_comparisons_that_were_not_drawn_start_lower() -> None:
    assert body(*(trial(name, 320, design=Design.MATCHED) for name in "abc")).certainty == Certainty.LOW
