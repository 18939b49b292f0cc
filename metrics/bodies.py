"""What several campaigns show together, and how sure that is: a pooled effect, and certainty as GRADE rates a body."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import ndtri, stdtr

from campaigns.records import Design, Unit
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.pooling import Asymmetry, Pooled, egger, leave_one_out, pool
from metrics.pooling.heterogeneity import Estimator
from metrics.pooling.summary import Adjustment
from metrics.verdicts import START, Certainty, Finding, ReasonCode, undecided

ENOUGH_FOR_ASYMMETRY = 10  # studies; with fewer, missing ones cannot be told from chance
ASYMMETRY_P = 0.10
FEWEST_PEOPLE = 400
INCONSISTENT = 0.50  # of the variance between studies
# What weakens a study beyond chance, whoever looks at it.
BIAS = frozenset(
    {
        ReasonCode.MANY_LOST, ReasonCode.MORE_THAN_ASSIGNED, ReasonCode.GROUPS_DIFFERED_BEFORE,
        ReasonCode.OUTCOME_STATED_LATE, ReasonCode.CHANGE_OF_PLAN, ReasonCode.PLATFORM_STUDY,
        ReasonCode.MEASURED_RIGHT_AFTER, ReasonCode.FOLLOW_UP_NOT_STATED,
    }
)  # fmt: skip


class BodyReason(StrEnum):
    """Why a body of evidence is no surer."""

    RISK_OF_BIAS = "risk_of_bias"
    INCONSISTENT = "inconsistent"
    INDIRECT = "indirect"
    IMPRECISE = "imprecise"
    SMALL_STUDIES_DIFFER = "small_studies_differ"
    TOO_FEW_TO_SEE_MISSING = "too_few_to_see_missing"  # said, without taking a grade away


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Campaigns together.

    Attributes
    ----------
    members
        Those that can be pooled, in the order given: an effect against a comparison that may be used.
    pooled
        Their average effect in the wished direction, as a difference of shares; None for fewer than two.
    left_out
        The average without each member in turn; empty for fewer than three.
    certainty
        None for fewer than two.
    reasons
        What takes a grade away, and what is said.
    important
        The smallest change that matters, of the member that states the largest one; None for fewer than two.
    asymmetry
        Egger's test; None for fewer than ten, when it misses most of what there is to find.
    """

    members: tuple[Evaluation, ...]
    pooled: Pooled | None
    left_out: tuple[Pooled, ...]
    certainty: Certainty | None
    reasons: tuple[BodyReason, ...]
    important: float | None = None
    asymmetry: Asymmetry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a similar campaign elsewhere could expect: the chance of a change that matters, and of harm.

    `matters` and `worse` are shares of similar campaigns whose true effect is that, by the t distribution of the
    prediction interval; `worse` counts every true effect below zero.
    """

    matters: float
    worse: float


def expectation(body: Body) -> Expectation | None:
    """The chances of the next similar campaign; None where its range is not known.

    References
    ----------
    Higgins, Thompson and Spiegelhalter (2009), JRSS A 172:137-159. Mathur and VanderWeele (2019), Statistics in
    Medicine 38:1336-1342 (the share of true effects beyond a size that matters).

    Examples
    --------
    Average and spread of the example below; in R `pt((0.12 - 0.05) / 0.04505, 2)` and `pt(-0.12 / 0.04505, 2)`:

    >>> from tests.evaluations import evaluation
    >>> three = [evaluation(interval=(size, size - 0.02, size + 0.02)) for size in (0.08, 0.12, 0.16)]
    >>> similar = expectation(body_of_evidence(three))
    >>> f"{similar.matters:.3f} {similar.worse:.3f}"
    '0.870 0.058'
    """
    pooled = body.pooled
    if pooled is None or pooled.prediction_low is None or body.important is None:
        return None
    spread = (pooled.tau2 + pooled.se**2) ** 0.5
    return Expectation(
        matters=float(stdtr(pooled.k - 1, (pooled.estimate - body.important) / spread)),
        worse=float(stdtr(pooled.k - 1, -pooled.estimate / spread)),
    )


def may_be_pooled(evaluation: Evaluation) -> bool:
    """Whether a campaign has an effect on people, against a comparison that can be used.

    Calls and visits are left out: their effect is a relative one, which no average of people may hold.

    Examples
    --------
    >>> from tests.evaluations import evaluation
    >>> may_be_pooled(evaluation(Finding.CANNOT_TELL)), may_be_pooled(evaluation(Finding.DO_NOT_TRUST))
    (True, False)
    """
    verdict, outcome = evaluation.verdict, evaluation.campaign.outcome
    return (
        verdict.estimate is not None
        and outcome is not None
        and outcome.unit == Unit.PEOPLE
        and verdict.finding != Finding.DO_NOT_TRUST
        and evaluation.campaign.study.design in START
        and evaluation.campaign.study.design != Design.BEFORE_AFTER
    )


def body_of_evidence(
    evaluations: Sequence[Evaluation],
    *,
    method: Estimator = Estimator.REML,
    adjustment: Adjustment = Adjustment.KNAPP_HARTUNG_MODIFIED,
) -> Body:
    """Pool the campaigns that can be, and rate them together.

    Certainty starts at the one that the designs of half of the weight reach, and falls one grade for each of: risk of
    bias in studies with half of the weight; inconsistency (half of the variance lies between campaigns, and the range
    for the next campaign holds both no change and one that matters); indirectness (outcomes of several rungs);
    imprecision (the interval holds both no change and one that matters, or fewer than 400 people were asked); small
    studies that differ from large ones (Egger, ten or more). A standard error that a method does not give is that of
    its interval.

    Parameters
    ----------
    evaluations
        Any; those that may not be pooled are passed over.
    method, adjustment
        As in `metrics.pooling.pool`.

    References
    ----------
    Guyatt et al. (2011), J Clin Epidemiol 64:383-394, 1277-1310 (GRADE). Sterne et al. (2011), BMJ 343:d4002.

    Examples
    --------
    Of effects with one standard error, average and interval are those of `t.test(c(0.08, 0.12, 0.16))` in R:

    >>> from tests.evaluations import evaluation
    >>> three = [evaluation(interval=(size, size - 0.02, size + 0.02)) for size in (0.08, 0.12, 0.16)]
    >>> body = body_of_evidence(three)
    >>> f"{body.pooled.estimate:.2f} ({body.pooled.conf_low:.4f} to {body.pooled.conf_high:.4f})", body.certainty.name
    ('0.12 (0.0206 to 0.2194)', 'MODERATE')
    >>> [reason.value for reason in body.reasons]
    ['inconsistent', 'too_few_to_see_missing']
    """
    members = tuple(evaluation for evaluation in evaluations if may_be_pooled(evaluation))
    if len(members) < 2:
        return Body(members=members, pooled=None, left_out=(), certainty=None, reasons=())
    effects, variances = effects_of(members)
    pooled = pool(effects, variances, method=method, adjustment=adjustment)
    many = len(members) >= ENOUGH_FOR_ASYMMETRY and len(set(variances)) > 1
    asymmetry = egger(effects, variances) if many else None
    important = max(member.campaign.outcome.smallest_important for member in members if member.campaign.outcome)
    reasons = _reasons(members, pooled, important, asymmetry)
    counting = sum(reason != BodyReason.TOO_FEW_TO_SEE_MISSING for reason in reasons)
    return Body(
        members=members,
        pooled=pooled,
        left_out=leave_one_out(effects, variances, method=method, adjustment=adjustment) if len(members) > 2 else (),
        certainty=Certainty(max(Certainty.VERY_LOW, _start(members, pooled) - counting)),
        reasons=reasons,
        important=important,
        asymmetry=asymmetry,
    )


def effects_of(members: Sequence[Evaluation]) -> tuple[list[float], list[float]]:
    """Effects in the wished direction and their sampling variances, one of each a member that has an estimate.

    Differences of shares: 0.10 is ten in a hundred.

    Examples
    --------
    An interval of 0.098 to each side is 1.96 standard errors of 0.05:

    >>> from tests.evaluations import evaluation
    >>> [f"{number[0]:.4f}" for number in effects_of([evaluation(interval=(0.10, 0.002, 0.198))])]
    ['0.1000', '0.0025']
    """
    estimates = [found.verdict.estimate for found in members if found.verdict.estimate is not None]
    return [found.estimate for found in estimates], [_error(found) ** 2 for found in estimates]


def _error(estimate: Estimate) -> float:
    if estimate.se:
        return estimate.se
    return (estimate.conf_high - estimate.conf_low) / (2 * float(ndtri((1 + estimate.conf_level) / 2)))


def _start(members: Sequence[Evaluation], pooled: Pooled) -> Certainty:
    """The highest certainty that designs with half of the weight reach."""
    starts = [START[member.campaign.study.design][0] for member in members]
    reached = [
        grade
        for grade in Certainty
        if sum(w for w, start in zip(pooled.weights, starts, strict=True) if start >= grade) >= 0.5
    ]
    return max(reached)


def _reasons(
    members: Sequence[Evaluation], pooled: Pooled, important: float, asymmetry: Asymmetry | None
) -> tuple[BodyReason, ...]:
    outcomes = [member.campaign.outcome for member in members if member.campaign.outcome is not None]
    biased = sum(
        weight
        for weight, member in zip(pooled.weights, members, strict=True)
        if any(reason.code in BIAS and reason.change < 0 for reason in member.verdict.reasons)
    )
    people = sum(member.verdict.estimate.n for member in members if member.verdict.estimate is not None)
    asymmetric = asymmetry is not None and asymmetry.p_value < ASYMMETRY_P
    found = {
        BodyReason.RISK_OF_BIAS: biased >= 0.5,
        BodyReason.INCONSISTENT: pooled.i2 >= INCONSISTENT
        and _undecided(pooled.prediction_low, pooled.prediction_high, important),
        BodyReason.INDIRECT: len({outcome.rung for outcome in outcomes}) > 1,
        BodyReason.IMPRECISE: _undecided(pooled.conf_low, pooled.conf_high, important) or people < FEWEST_PEOPLE,
        BodyReason.SMALL_STUDIES_DIFFER: asymmetric,
        BodyReason.TOO_FEW_TO_SEE_MISSING: len(members) < ENOUGH_FOR_ASYMMETRY,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _undecided(low: float | None, high: float | None, important: float) -> bool:
    """Whether a range holds both no change and one that matters; an unknown range holds everything."""
    return low is None or high is None or undecided(low, high, important)
