"""What takes certainty away from an estimate: how people were assigned, lost, asked, and when."""

import datetime as dt

from campaigns.records import Arm, Campaign, Design, Rung, Wave
from metrics.checks import differential_attrition, sample_ratio_mismatch
from metrics.effects import Effect
from metrics.estimates import Caution, Estimate
from metrics.proportions import risk_difference
from metrics.verdicts import Reason, ReasonCode, undecided

SAMPLE_RATIO_P = 0.001
LOSSES_P = 0.01
LOSSES_FATAL = 0.05  # five in a hundred more were lost on one side
MANY_LOST = 0.20
BASELINE_P = 0.01
TRENDS_P = 0.05
WIDE = 4  # smallest important changes from end to end
RIGHT_AFTER_DAYS = 14
SELF_REPORTED = frozenset({Rung.ATTITUDE, Rung.INTENTION_IRREGULAR, Rung.INTENTION_REGULAR, Rung.BEHAVIOUR})


def reasons_for(campaign: Campaign, effect: Effect, *, outcome_changed: dt.date | None = None) -> tuple[Reason, ...]:
    """Every reason that holds for the primary outcome, each with the figures that its sentence quotes.

    Thresholds: sample-ratio mismatch at p < 0.001; uneven losses at p < 0.01 and more than five people in a hundred
    (both mean that the groups cannot be compared); more than 20 in 100 lost, or more answers than people assigned;
    groups that differed before at p < 0.01; places that moved apart before the campaign at p < 0.05; a course of fewer
    than twelve points, or with another event and no other series beside it (such a series adds a grade); an interval
    wider than two smallest important changes to each side, or one that holds both no change and one that matters, a
    grade each; asked less than 14 days after the end.

    References
    ----------
    Fabijan et al. (2019), KDD '19, 2156-2164 (sample-ratio mismatch). What Works Clearinghouse, Standards Handbook 5.0
    (attrition). Guyatt et al. (2011), J Clin Epidemiol 64:1283-1293 (imprecision).

    Examples
    --------
    Of 1,000 people assigned to either side, 100 and 260 were lost: 10 and 26 in a hundred.

    >>> from campaigns.records import Audience, Frame, Message, Outcome, Study
    >>> from metrics.effects import Answers
    >>> knows = Outcome(id="risks", rung=Rung.KNOWLEDGE, question="Name a danger", column="risks", counts=("yes",))
    >>> campaign = Campaign(
    ...     id="radio", title="Radio", organisation="NGO", start=dt.date(2026, 2, 1), end=dt.date(2026, 3, 1),
    ...     audience=Audience(description="Young people", countries=("SEN",), languages=("wo",)),
    ...     message=Message(frame=Frame.RISK), outcome=knows,
    ...     study=Study(design=Design.RANDOMISED, assigned=(1000, 1000), follow_up_days=60),
    ... )
    >>> answered = {Arm.CAMPAIGN: 900, Arm.COMPARISON: 740}
    >>> groups = tuple(
    ...     Answers(arm=arm, wave=Wave.AFTER, asked=1000, answered=n, counted=300) for arm, n in answered.items()
    ... )
    >>> found = reasons_for(campaign, Effect(outcome=knows, groups=groups, estimate=None))
    >>> [(str(reason.code), reason.fatal, reason.figures) for reason in found]
    [('uneven_losses', True, (0.1, 0.26))]
    """
    found = (
        *_assignment(campaign),
        *_losses(campaign, effect),
        *_baseline(campaign, effect),
        *_trends(campaign, effect),
        *_course(campaign, effect),
        *_precision(campaign, effect),
        *_timing(campaign),
        *_change_of_plan(outcome_changed),
        *_conduct(campaign, effect),
    )
    return tuple(found)


def _assignment(campaign: Campaign) -> tuple[Reason, ...]:
    assigned = campaign.study.assigned
    if assigned is None or campaign.study.design != Design.RANDOMISED:  # clusters, not people, were drawn otherwise
        return ()
    share = campaign.study.planned_share
    p_value = sample_ratio_mismatch(assigned, (share, 1 - share))
    if p_value >= SAMPLE_RATIO_P:
        return ()
    return (Reason(code=ReasonCode.SAMPLE_RATIO, fatal=True, figures=(*assigned, share)),)


def _losses(campaign: Campaign, effect: Effect) -> tuple[Reason, ...]:
    after = {group.arm: group for group in effect.groups if group.wave == Wave.AFTER}
    if Arm.CAMPAIGN not in after or Arm.COMPARISON not in after:
        return ()
    before = {group.arm: group for group in effect.groups if group.wave == Wave.BEFORE}
    first = before if campaign.study.same_people and len(before) == len(Arm) else after
    asked = campaign.study.assigned or (first[Arm.CAMPAIGN].asked, first[Arm.COMPARISON].asked)
    answered = tuple(after[arm].answered for arm in (Arm.CAMPAIGN, Arm.COMPARISON))
    lost = tuple(total - there for total, there in zip(asked, answered, strict=True))
    if min(lost) < 0:  # the record cannot be true, so nobody knows who was lost: that is not "nobody was lost"
        return (Reason(code=ReasonCode.MORE_THAN_ASSIGNED, change=-1, figures=(*asked, *answered)),)
    shares = tuple(gone / total for gone, total in zip(lost, asked, strict=True))
    p_value = differential_attrition(lost[0], asked[0], lost[1], asked[1])
    if p_value < LOSSES_P and abs(shares[0] - shares[1]) > LOSSES_FATAL:
        return (Reason(code=ReasonCode.UNEVEN_LOSSES, fatal=True, figures=shares),)
    if max(shares) > MANY_LOST:
        return (Reason(code=ReasonCode.MANY_LOST, change=-1, figures=shares),)
    return ()


def _baseline(campaign: Campaign, effect: Effect) -> tuple[Reason, ...]:
    before = {group.arm: group.proportion for group in effect.groups if group.wave == Wave.BEFORE}
    treated, control = before.get(Arm.CAMPAIGN), before.get(Arm.COMPARISON)
    # Few clusters differ by chance, and the interval of a cluster trial allows for that.
    if campaign.study.design not in (Design.RANDOMISED, Design.MATCHED) or treated is None or control is None:
        return ()
    difference = risk_difference(treated, control)
    if isinstance(difference, Estimate) and difference.p_value is not None and difference.p_value < BASELINE_P:
        shares = (treated.value, control.value)
        return (Reason(code=ReasonCode.GROUPS_DIFFERED_BEFORE, change=-1, figures=shares),)
    return ()


def _trends(campaign: Campaign, effect: Effect) -> tuple[Reason, ...]:
    """Whether both sides moved alike before the campaign, which a difference of changes takes for granted."""
    if campaign.study.design != Design.DIFFERENCE_IN_DIFFERENCES or not isinstance(effect.estimate, Estimate):
        return ()
    found = effect.staggered
    p_value = found.pre_trend_p_value if found else None
    left_out = (Reason(code=ReasonCode.WITHOUT_COMPARISON),) if found and found.without_comparison else ()
    if p_value is None:
        return (Reason(code=ReasonCode.TRENDS_NOT_KNOWN), *left_out)
    if p_value < TRENDS_P:
        return (Reason(code=ReasonCode.MOVED_APART_BEFORE, change=-1), *left_out)
    return (Reason(code=ReasonCode.MOVED_ALIKE_BEFORE), *left_out)


def _course(campaign: Campaign, effect: Effect) -> tuple[Reason, ...]:
    """What an old course carried on rests on: other series, enough points, and nothing else that happened."""
    course = effect.course
    if course is None or not isinstance(effect.estimate, Estimate):
        return ()
    reasons = []
    if course.comparison is not None:
        reasons.append(Reason(code=ReasonCode.COMPARISON_SERIES, change=1))
    if Caution.FEW_PERIODS in effect.estimate.cautions:
        reasons.append(Reason(code=ReasonCode.FEW_POINTS, change=-1, figures=(len(course.periods),)))
    last = campaign.study.period.last_day(course.periods[-1])
    others = [event for event in campaign.events if course.start <= event.day <= last]
    if others and course.comparison is None:
        reasons.append(Reason(code=ReasonCode.OTHER_EVENTS, change=-1, detail=others[0].what, figures=(len(others),)))
    return tuple(reasons)


def _precision(campaign: Campaign, effect: Effect) -> tuple[Reason, ...]:
    if campaign.outcome is None or not isinstance(effect.estimate, Estimate):
        return ()
    estimate, reasons, important = effect.estimate, [], campaign.outcome.smallest_important
    low, high = estimate.conf_low, estimate.conf_high
    if grades := (high - low > WIDE * important) + undecided(low, high, important):
        figures, unit = (low, high, estimate.n), campaign.outcome.unit
        reasons.append(Reason(code=ReasonCode.IMPRECISE, change=-grades, detail=unit, figures=figures))
    if Caution.FEW_CLUSTERS in estimate.cautions:
        reasons.append(Reason(code=ReasonCode.FEW_CLUSTERS, change=-1, figures=(estimate.clusters or 0,)))
    return tuple(reasons)


def _timing(campaign: Campaign) -> tuple[Reason, ...]:
    days, reasons = campaign.study.follow_up_days, []
    if days is None:
        reasons.append(Reason(code=ReasonCode.FOLLOW_UP_NOT_STATED, change=-1))
    elif days < RIGHT_AFTER_DAYS:
        reasons.append(Reason(code=ReasonCode.MEASURED_RIGHT_AFTER, change=-1, figures=(days,)))
    outcome = campaign.outcome
    if outcome and outcome.registered and outcome.registered > campaign.start:
        reasons.append(Reason(code=ReasonCode.OUTCOME_STATED_LATE, change=-1, detail=outcome.registered.isoformat()))
    return tuple(reasons)


def _change_of_plan(day: dt.date | None) -> tuple[Reason, ...]:
    return () if day is None else (Reason(code=ReasonCode.CHANGE_OF_PLAN, change=-1, detail=day.isoformat()),)


def _conduct(campaign: Campaign, effect: Effect) -> tuple[Reason, ...]:
    reasons = []
    if campaign.study.independent is False:
        reasons.append(Reason(code=ReasonCode.NOT_INDEPENDENT))
    if effect.outcome.rung in SELF_REPORTED:
        reasons.append(Reason(code=ReasonCode.SELF_REPORT))
    return tuple(reasons)
