"""What of a result may be shown to whom: figures of few people are hidden, counts rounded.

`profile` is None for evaluators of the owning organisation, who see counts as they are. Counts are those of a study's
own groups (campaign or comparison, before or after); people told apart by anything else go through `shown_table`, which
takes the strict profile as soon as two breakdowns cross.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from campaigns.privacy import STANDARD, STRICT, Profile, disclose, disclose_share, disclose_table
from campaigns.records import Direction
from metrics.costs import Cost
from metrics.effects import Answers, Effect
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.verdicts import Certainty, Finding
from views.wording.language import Words

__all__ = [
    "STANDARD", "Profile", "shown_certainty", "shown_cost", "shown_count", "shown_effect", "shown_estimate",
    "shown_part", "shown_share", "shown_table", "written_count",
]  # fmt: skip


def shown_count(count: int, profile: Profile | None) -> int | None:
    """`count` as it may be shown, None where it is hidden."""
    return count if profile is None else disclose(count, profile, by=())


def shown_table(
    counts: Mapping[tuple[str, ...], int], profile: Profile | None = STANDARD, *, by: Sequence[str]
) -> dict[tuple[str, ...], int | None]:
    """Counts of people by breakdowns (sex, age, place, answer) as they may be shown; never by a milder profile."""
    if profile is None:
        return dict(counts)
    return disclose_table(counts, STRICT if len(by) > profile.breakdowns else profile, by=by)


def written_count(count: int, words: Words, profile: Profile | None) -> str:
    """`count` as it may be shown, or how small it is at most."""
    shown = shown_count(count, profile)
    if shown is not None:
        return words.number(shown)
    return words("fewer than {smallest}", smallest=words.number(profile.smallest if profile else 0))


def shown_share(group: Answers, profile: Profile | None) -> float | None:
    """The share of a group whose answer counts, None where it is hidden or nobody answered."""
    if not group.answered:
        return None
    if profile is None:
        return group.counted / group.answered
    return disclose_share(group.counted, group.answered, profile, by=())


def shown_part(counted: int, asked: int, profile: Profile) -> float | None:
    """The share of a group that a study compares, such as those asked in one month; None where it is hidden."""
    return disclose_share(counted, asked, profile, by=()) if asked else None


def shown_estimate(evaluation: Evaluation, profile: Profile | None) -> Estimate | None:
    """The effect in the wished direction, where there is one that may be used and shown."""
    estimate = evaluation.verdict.estimate
    if estimate is None or evaluation.verdict.finding == Finding.DO_NOT_TRUST:
        return None
    return estimate if profile is None or estimate.n >= profile.smallest else None


def shown_effect(effect: Effect, profile: Profile | None) -> Estimate | None:
    """The change in another outcome, in the wished direction; None where there is none, or it is of too few people."""
    estimate = effect.estimate
    if not isinstance(estimate, Estimate):
        return None
    return estimate if profile is None or estimate.n >= profile.smallest else None


def shown_cost(evaluation: Evaluation, profile: Profile | None) -> Cost:
    """The cost of one more person; without figures where the effect that they would tell is hidden."""
    if shown_estimate(evaluation, profile) is not None:
        return evaluation.cost
    return replace(evaluation.cost, estimate=None, conf_low=None, conf_high=None)


def shown_certainty(evaluation: Evaluation) -> Certainty | None:
    """How sure we are; nobody is sure of a result that must not be used."""
    return None if evaluation.verdict.finding == Finding.DO_NOT_TRUST else evaluation.verdict.certainty


def as_asked(estimate: Estimate, desired: Direction) -> tuple[float, float, float]:
    """Estimate and limits in the direction of the question: more people who answer so, or fewer."""
    if desired == Direction.MORE:
        return estimate.estimate, estimate.conf_low, estimate.conf_high
    return -estimate.estimate, -estimate.conf_high, -estimate.conf_low
