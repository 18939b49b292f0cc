"""The ladder from an estimate to a verdict: what we say, how sure we are, and why no more and no less."""

import math
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from campaigns.records import Design, Override
from metrics.estimates import Estimate, NotEstimable


class Finding(StrEnum):
    """What the data say about the outcome, always as change in the wished direction."""

    RAISED = "raised"
    RAISED_A_LITTLE = "raised_a_little"
    NO_IMPORTANT_DIFFERENCE = "no_important_difference"
    CANNOT_TELL = "cannot_tell"
    BACKFIRED = "backfired"
    MIXED = "mixed"  # good and harm: of several outcomes, or among different people
    NOT_MEASURED = "not_measured"
    DO_NOT_TRUST = "do_not_trust"
    RECORD_INCOMPLETE = "record_incomplete"


class Certainty(IntEnum):
    """How sure we are that the estimate is close to the truth, in the words of GRADE."""

    VERY_LOW = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4


class ReasonCode(StrEnum):
    """Why a verdict is what it is."""

    RANDOMISED = "randomised"
    COMPARISON_OVER_TIME = "comparison_over_time"
    COMPARISON_NOT_RANDOM = "comparison_not_random"
    OLD_COURSE = "old_course"
    COMPARISON_SERIES = "comparison_series"
    FEW_POINTS = "few_points"
    OTHER_EVENTS = "other_events"
    MOVED_APART_BEFORE = "moved_apart_before"
    MOVED_ALIKE_BEFORE = "moved_alike_before"
    TRENDS_NOT_KNOWN = "trends_not_known"
    WITHOUT_COMPARISON = "without_comparison"
    NO_COMPARISON = "no_comparison"
    NOBODY_ASKED = "nobody_asked"
    RECORD_LACKS = "record_lacks"
    NOT_ESTIMABLE = "not_estimable"
    SAMPLE_RATIO = "sample_ratio"
    UNEVEN_LOSSES = "uneven_losses"
    MANY_LOST = "many_lost"
    MORE_THAN_ASSIGNED = "more_than_assigned"
    GROUPS_DIFFERED_BEFORE = "groups_differed_before"
    FEW_CLUSTERS = "few_clusters"
    IMPRECISE = "imprecise"
    MEASURED_RIGHT_AFTER = "measured_right_after"
    FOLLOW_UP_NOT_STATED = "follow_up_not_stated"
    OUTCOME_STATED_LATE = "outcome_stated_late"
    CHANGE_OF_PLAN = "change_of_plan"
    NOT_INDEPENDENT = "not_independent"
    SELF_REPORT = "self_report"
    PLATFORM_STUDY = "platform_study"
    PLATFORM_STUDY_APART = "platform_study_apart"
    GUARDRAIL_HARMED = "guardrail_harmed"
    GROUPS_DISAGREE = "groups_disagree"
    REPLICATED = "replicated"
    NOT_REPLICATED = "not_replicated"
    REPLICATION_DISAGREES = "replication_disagrees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason and what it does to the certainty: -1 takes a grade away, 1 adds one, 0 is said without changing it.

    `fatal` means that the comparison cannot be used at all. `detail` is what the sentence names: an outcome,
    a field of the record, a refusal's code; `figures` are the numbers it quotes.
    """

    code: ReasonCode
    change: int = 0
    fatal: bool = False
    detail: str = ""
    figures: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What we say of a campaign. `estimate` is None where there is no effect to speak of.

    `estimate` counts in the wished direction: 0.04 is four more people in every hundred who know, or four fewer
    who intend what the campaign warns of.
    """

    finding: Finding
    certainty: Certainty | None
    reasons: tuple[Reason, ...]
    estimate: Estimate | None = None
    by_the_rules: Certainty | None = None  # what the rules give, where an evaluator decided otherwise


START: dict[Design, tuple[Certainty, ReasonCode]] = {
    Design.RANDOMISED: (Certainty.HIGH, ReasonCode.RANDOMISED),
    Design.CLUSTER_RANDOMISED: (Certainty.HIGH, ReasonCode.RANDOMISED),
    Design.DIFFERENCE_IN_DIFFERENCES: (Certainty.MODERATE, ReasonCode.COMPARISON_OVER_TIME),
    Design.INTERRUPTED_SERIES: (Certainty.LOW, ReasonCode.OLD_COURSE),
    Design.MATCHED: (Certainty.LOW, ReasonCode.COMPARISON_NOT_RANDOM),
    Design.BEFORE_AFTER: (Certainty.VERY_LOW, ReasonCode.NO_COMPARISON),
}


def judge(
    *,
    design: Design,
    estimate: Estimate | NotEstimable | None,
    smallest_important: float,
    reasons: tuple[Reason, ...] = (),
    lacking: tuple[str, ...] = (),
    override: Override | None = None,
) -> Verdict:
    """Say what may be said, and no more.

    Parameters
    ----------
    design
        How the comparison was made; it sets the certainty from which `reasons` take grades away.
    estimate
        The effect in the wished direction, as a difference of shares (0.05 is five in a hundred). None where
        nobody was asked; then nothing that was delivered can make the verdict better than *not measured*.
    smallest_important
        The smallest change that matters, stated before the data, on the scale of `estimate`.
    reasons
        What the checks found.
    lacking
        Required fields that the campaign's record leaves open.
    override
        An evaluator's own certainty. It counts in place of the one by the rules, which stays beside it; a change
        without a comparison stays very low, and a comparison that cannot be used stays so.

    Notes
    -----
    Certainty starts from the design and falls one grade for each reason, as GRADE does for one outcome. A change
    without a comparison group is never better than very low, and at that grade "little or no difference" is not
    said, because the trend that a comparison would show may hide a difference. Where the wished change came together
    with harm to something that must not get worse, or to other people, the finding is *mixed*, whatever the sizes:
    one is not set off against the other.

    References
    ----------
    Guyatt et al. (2008), BMJ 336:924-926 (GRADE). Santesso et al. (2020), J Clin Epidemiol 119:126-135
    (statements by size and certainty).

    Examples
    --------
    >>> judge(design=Design.DELIVERY_ONLY, estimate=None, smallest_important=0.05).finding
    <Finding.NOT_MEASURED: 'not_measured'>
    """
    if design == Design.DELIVERY_ONLY or estimate is None:
        asked_nobody = Reason(code=ReasonCode.NOBODY_ASKED)
        return Verdict(finding=Finding.NOT_MEASURED, certainty=None, reasons=(asked_nobody, *reasons))
    if lacking:
        named = tuple(Reason(code=ReasonCode.RECORD_LACKS, detail=name) for name in lacking)
        return Verdict(finding=Finding.RECORD_INCOMPLETE, certainty=None, reasons=(*named, *reasons))
    if design not in START:
        once = Reason(code=ReasonCode.NO_COMPARISON, detail=design)  # one group asked once can never show a change
        return Verdict(finding=Finding.CANNOT_TELL, certainty=None, reasons=(once, *reasons))
    if isinstance(estimate, NotEstimable):
        refusal = Reason(code=ReasonCode.NOT_ESTIMABLE, detail=estimate.reason, figures=(estimate.n,))
        return Verdict(finding=Finding.CANNOT_TELL, certainty=None, reasons=(refusal, *reasons))
    start, because = START[design]
    said = (Reason(code=because), *reasons)
    if any(reason.fatal for reason in reasons):
        return Verdict(finding=Finding.DO_NOT_TRUST, certainty=Certainty.VERY_LOW, reasons=said, estimate=estimate)
    grade = start + sum(reason.change for reason in reasons)
    certainty = Certainty(min(Certainty.HIGH, max(Certainty.VERY_LOW, grade)))
    by_the_rules = None
    if override is not None and design != Design.BEFORE_AFTER:
        decided = Certainty[override.value.upper()]
        certainty, by_the_rules = decided, certainty
    finding = _finding(estimate, smallest_important, certainty)
    codes = {reason.code for reason in reasons}
    if ReasonCode.GROUPS_DISAGREE in codes:
        finding = Finding.MIXED
    elif ReasonCode.GUARDRAIL_HARMED in codes:
        finding = Finding.MIXED if finding in (Finding.RAISED, Finding.RAISED_A_LITTLE) else Finding.BACKFIRED
    return Verdict(finding=finding, certainty=certainty, reasons=said, estimate=estimate, by_the_rules=by_the_rules)


def _finding(estimate: Estimate, smallest_important: float, certainty: Certainty) -> Finding:
    if -smallest_important < estimate.conf_low and estimate.conf_high < smallest_important:
        if certainty == Certainty.VERY_LOW:
            return Finding.CANNOT_TELL
        return Finding.NO_IMPORTANT_DIFFERENCE  # even where the interval excludes zero
    if estimate.conf_low > smallest_important:
        return Finding.RAISED
    if estimate.conf_low > 0:
        return Finding.RAISED_A_LITTLE
    if estimate.conf_high < 0:
        return Finding.BACKFIRED
    return Finding.CANNOT_TELL


def undecided(low: float, high: float, smallest_important: float) -> bool:
    """Whether a range holds both no change and one that matters, in either direction.

    All three on one scale: differences of shares, 0.05 being five in a hundred.

    Examples
    --------
    >>> undecided(-0.02, 0.06, 0.05), undecided(-0.02, 0.03, 0.05), undecided(0.01, 0.06, 0.05)
    (True, False, False)
    """
    return low <= 0 <= high and max(high, -low) >= smallest_important


def rank_key(verdict: Verdict) -> tuple[int, float]:
    """Sorts a league table: by certainty, then by the lower end of the interval, never by the point estimate.

    Harm comes after everything else of its certainty, also where the primary outcome rose; a comparison that cannot
    be trusted comes with those that say nothing.

    Examples
    --------
    A surer result comes first although its effect is smaller, harm after it, and what was not measured last:

    >>> from tests.evaluations import evaluation
    >>> small = evaluation(Finding.RAISED_A_LITTLE, Certainty.HIGH, interval=(0.03, 0.01, 0.05))
    >>> large = evaluation(Finding.RAISED, Certainty.LOW, interval=(0.20, 0.10, 0.30))
    >>> harm, silent = evaluation(Finding.BACKFIRED, Certainty.HIGH), evaluation(Finding.NOT_MEASURED, None)
    >>> [rank_key(found.verdict) for found in (small, harm, large, silent)]
    [(-4, -0.01), (-4, inf), (-2, -0.1), (0, inf)]
    """
    if verdict.estimate is None or verdict.certainty is None or verdict.finding == Finding.DO_NOT_TRUST:
        return 0, math.inf
    harm = verdict.finding in (Finding.BACKFIRED, Finding.MIXED)
    return -verdict.certainty, math.inf if harm else -verdict.estimate.conf_low
