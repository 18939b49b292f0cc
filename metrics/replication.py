"""Whether campaigns of others with the same message and outcome found the same."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from campaigns.records import Design
from metrics.evaluation import Evaluation
from metrics.verdicts import Certainty, Finding, Reason, ReasonCode

_FOUND = {
    Finding.RAISED: 1,
    Finding.RAISED_A_LITTLE: 1,
    Finding.NO_IMPORTANT_DIFFERENCE: 0,
    Finding.BACKFIRED: -1,
}


def with_replication(evaluations: Sequence[Evaluation]) -> tuple[Evaluation, ...]:
    """Each evaluation with a reason that says how many of the campaigns like it found the same, and how many did not.

    Alike are campaigns of other organisations with the same frame of the message, the same step of the ladder of
    outcomes and the same wish, whose effect has a comparison and is at least of low certainty; simulated ones only with
    simulated ones. It changes no certainty: that of one study is its own, and what several show together is rated as a
    body of evidence (`metrics.bodies`).

    Examples
    --------
    >>> from tests.evaluations import evaluation
    >>> ours = evaluation(Finding.RAISED)
    >>> theirs = replace(ours, campaign=replace(ours.campaign, organisation="Another"))
    >>> [found.verdict.reasons[-1].code.value for found in with_replication([ours, theirs])]
    ['replicated', 'replicated']
    """
    told = [found for found in evaluations if _says_something(found)]
    return tuple(_with_reason(found, _alike(found, told)) if _says_something(found) else found for found in evaluations)


def _says_something(evaluation: Evaluation) -> bool:
    verdict = evaluation.verdict
    return (
        verdict.finding in _FOUND
        and (verdict.certainty or Certainty.VERY_LOW) > Certainty.VERY_LOW
        and evaluation.campaign.study.design != Design.BEFORE_AFTER
    )


def _alike(one: Evaluation, others: Iterable[Evaluation]) -> list[Evaluation]:
    return [other for other in others if _kind(other) == _kind(one) and _whose(other) != _whose(one)]


def _kind(evaluation: Evaluation) -> tuple[object, ...]:
    campaign = evaluation.campaign
    outcome = campaign.outcome
    return campaign.message.frame, outcome and outcome.rung, outcome and outcome.desired, campaign.example


def _whose(evaluation: Evaluation) -> str:
    return evaluation.campaign.organisation.strip().casefold()


def _with_reason(evaluation: Evaluation, alike: Sequence[Evaluation]) -> Evaluation:
    # One organisation's campaigns are one voice: it counts once for each thing that it found.
    voices = Counter(found for _, found in {(_whose(other), _FOUND[other.verdict.finding]) for other in alike})
    same = voices[_FOUND[evaluation.verdict.finding]]
    differing = voices.total() - same
    if differing:
        reason = Reason(code=ReasonCode.REPLICATION_DISAGREES, figures=(same, differing))
    elif same:
        reason = Reason(code=ReasonCode.REPLICATED, figures=(same,))
    else:
        reason = Reason(code=ReasonCode.NOT_REPLICATED)
    verdict = replace(evaluation.verdict, reasons=(*evaluation.verdict.reasons, reason))
    return replace(evaluation, verdict=verdict)
