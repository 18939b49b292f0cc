"""Verdicts as sentences: what we say by finding and certainty, and the figures that go with it."""

from campaigns.records import Direction, Rung, Unit
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.verdicts import Certainty, Finding, ReasonCode
from views.wording.disclosing import STANDARD, Profile, as_asked, shown_count, shown_estimate
from views.wording.language import Words, msgid

AWARENESS = frozenset({Rung.KNOWLEDGE, Rung.BELIEF_ACCURACY})
HIGH, MODERATE, LOW, VERY_LOW = Certainty.HIGH, Certainty.MODERATE, Certainty.LOW, Certainty.VERY_LOW

_RISE = msgid("The data show a rise, but we cannot say the campaign caused it.")
_FALL = msgid("The data show a fall, but we cannot say the campaign caused it.")
_WISHED = msgid("The data show the wished change, but we cannot say the campaign caused it.")
_OPPOSITE = msgid("The data show the opposite of the wished change, but we cannot say the campaign caused it.")

# What we say of awareness (knowledge and accurate beliefs) …
_OF_AWARENESS: dict[tuple[Finding, Certainty], str] = {
    (Finding.RAISED, HIGH): msgid("The campaign raised awareness."),
    (Finding.RAISED, MODERATE): msgid("The campaign probably raised awareness."),
    (Finding.RAISED, LOW): msgid("The campaign may have raised awareness."),
    (Finding.RAISED, VERY_LOW): _RISE,
    (Finding.RAISED_A_LITTLE, HIGH): msgid("The campaign raised awareness, perhaps too little to matter."),
    (Finding.RAISED_A_LITTLE, MODERATE): msgid("The campaign probably raised awareness, perhaps too little to matter."),
    (Finding.RAISED_A_LITTLE, LOW): msgid("The campaign may have raised awareness, perhaps too little to matter."),
    (Finding.RAISED_A_LITTLE, VERY_LOW): _RISE,
    (Finding.BACKFIRED, HIGH): msgid("The campaign lowered awareness. Review it before repeating it."),
    (Finding.BACKFIRED, MODERATE): msgid("The campaign probably lowered awareness. Review it before repeating it."),
    (Finding.BACKFIRED, LOW): msgid("The campaign may have lowered awareness. Review it before repeating it."),
    (Finding.BACKFIRED, VERY_LOW): _FALL,
}
# … and of everything else that a campaign may set out to change.
_OF_OTHER: dict[tuple[Finding, Certainty], str] = {
    (Finding.RAISED, HIGH): msgid("The campaign brought the wished change."),
    (Finding.RAISED, MODERATE): msgid("The campaign probably brought the wished change."),
    (Finding.RAISED, LOW): msgid("The campaign may have brought the wished change."),
    (Finding.RAISED, VERY_LOW): _WISHED,
    (Finding.RAISED_A_LITTLE, HIGH): msgid(
        "The campaign brought some of the wished change, perhaps too little to matter."
    ),
    (Finding.RAISED_A_LITTLE, MODERATE): msgid(
        "The campaign probably brought some of the wished change, perhaps too little to matter."
    ),
    (Finding.RAISED_A_LITTLE, LOW): msgid(
        "The campaign may have brought some of the wished change, perhaps too little to matter."
    ),
    (Finding.RAISED_A_LITTLE, VERY_LOW): _WISHED,
    (Finding.BACKFIRED, HIGH): msgid(
        "The campaign brought the opposite of the wished change. Review it before repeating it."
    ),
    (Finding.BACKFIRED, MODERATE): msgid(
        "The campaign probably brought the opposite of the wished change. Review it before repeating it."
    ),
    (Finding.BACKFIRED, LOW): msgid(
        "The campaign may have brought the opposite of the wished change. Review it before repeating it."
    ),
    (Finding.BACKFIRED, VERY_LOW): _OPPOSITE,
}
_NO_DIFFERENCE: dict[Certainty, str] = {
    HIGH: msgid("The campaign made little or no difference."),
    MODERATE: msgid("The campaign probably made little or no difference."),
    LOW: msgid("The campaign may have made little or no difference."),
}
_HARM: dict[Certainty, str] = {
    HIGH: msgid("The campaign did harm: something that must not get worse did. Review it before repeating it."),
    MODERATE: msgid(
        "The campaign probably did harm: something that must not get worse did. Review it before repeating it."
    ),
    LOW: msgid(
        "The campaign may have done harm: something that must not get worse did. Review it before repeating it."
    ),
    VERY_LOW: msgid("Something that must not get worse did, but we cannot say the campaign caused it."),
}
# Good and harm at once, told apart by what they were done to: several outcomes, or different people.
_MIXED_OUTCOMES: dict[Certainty, str] = {
    HIGH: msgid(
        "Mixed: the campaign brought the wished change, and something that must not get worse did. Review it before "
        "repeating it."
    ),
    MODERATE: msgid(
        "Mixed: the campaign probably brought the wished change, and something that must not get worse probably did. "
        "Review it before repeating it."
    ),
    LOW: msgid(
        "Mixed: the campaign may have brought the wished change, and something that must not get worse may have done "
        "so. Review it before repeating it."
    ),
    VERY_LOW: msgid(
        "Mixed: the data show the wished change, and that something got worse that must not, but we cannot say the "
        "campaign caused either."
    ),
}
_MIXED_GROUPS: dict[Certainty, str] = {
    HIGH: msgid(
        "Mixed: the campaign brought the wished change in some groups of people and its opposite in others. We do not "
        "know why."
    ),
    MODERATE: msgid(
        "Mixed: the campaign probably brought the wished change in some groups of people and its opposite in others. "
        "We do not know why."
    ),
    LOW: msgid(
        "Mixed: the campaign may have brought the wished change in some groups of people and its opposite in others. "
        "We do not know why."
    ),
    VERY_LOW: msgid(
        "Mixed: the data show the wished change in some groups of people and its opposite in others, but we cannot say "
        "the campaign caused either."
    ),
}

_LABELS_OF_AWARENESS: dict[tuple[Finding, Certainty], str] = {
    (Finding.RAISED, HIGH): msgid("Raised"),
    (Finding.RAISED, MODERATE): msgid("Probably raised"),
    (Finding.RAISED, LOW): msgid("May have raised"),
    (Finding.RAISED, VERY_LOW): msgid("Rise, cause not known"),
    (Finding.RAISED_A_LITTLE, HIGH): msgid("Raised, perhaps a little"),
    (Finding.RAISED_A_LITTLE, MODERATE): msgid("Probably raised, perhaps a little"),
    (Finding.RAISED_A_LITTLE, LOW): msgid("May have raised, perhaps a little"),
    (Finding.RAISED_A_LITTLE, VERY_LOW): msgid("Rise, cause not known"),
    (Finding.BACKFIRED, HIGH): msgid("Lowered"),
    (Finding.BACKFIRED, MODERATE): msgid("Probably lowered"),
    (Finding.BACKFIRED, LOW): msgid("May have lowered"),
    (Finding.BACKFIRED, VERY_LOW): msgid("Fall, cause not known"),
}
_LABELS_OF_OTHER: dict[tuple[Finding, Certainty], str] = {
    (Finding.RAISED, HIGH): msgid("Wished change"),
    (Finding.RAISED, MODERATE): msgid("Probably the wished change"),
    (Finding.RAISED, LOW): msgid("Perhaps the wished change"),
    (Finding.RAISED, VERY_LOW): msgid("Change, cause not known"),
    (Finding.RAISED_A_LITTLE, HIGH): msgid("A little of the wished change"),
    (Finding.RAISED_A_LITTLE, MODERATE): msgid("Probably a little of the wished change"),
    (Finding.RAISED_A_LITTLE, LOW): msgid("Perhaps a little of the wished change"),
    (Finding.RAISED_A_LITTLE, VERY_LOW): msgid("Change, cause not known"),
    (Finding.BACKFIRED, HIGH): msgid("Opposite change"),
    (Finding.BACKFIRED, MODERATE): msgid("Probably the opposite change"),
    (Finding.BACKFIRED, LOW): msgid("Perhaps the opposite change"),
    (Finding.BACKFIRED, VERY_LOW): msgid("Change, cause not known"),
}
_LABELS_OF_NO_DIFFERENCE: dict[Certainty, str] = {
    HIGH: msgid("Little or no difference"),
    MODERATE: msgid("Probably little or no difference"),
    LOW: msgid("Perhaps little or no difference"),
}
_LABELS_OF_HARM: dict[Certainty, str] = {
    HIGH: msgid("Did harm"),
    MODERATE: msgid("Probably did harm"),
    LOW: msgid("May have done harm"),
    VERY_LOW: msgid("Harm, cause not known"),
}
_LABELS_OF_MIXED: dict[Certainty, str] = {
    HIGH: msgid("Mixed"),
    MODERATE: msgid("Probably mixed"),
    LOW: msgid("Perhaps mixed"),
    VERY_LOW: msgid("Mixed, cause not known"),
}
_LABELS: dict[Finding, str] = {
    Finding.CANNOT_TELL: msgid("Cannot tell yet"),
    Finding.NOT_MEASURED: msgid("Not measured"),
    Finding.DO_NOT_TRUST: msgid("Do not use"),
    Finding.RECORD_INCOMPLETE: msgid("Record incomplete"),
}
_CERTAINTY: dict[Certainty, str] = {
    HIGH: msgid("●●●● high"),
    MODERATE: msgid("●●●○ moderate"),
    LOW: msgid("●●○○ low"),
    VERY_LOW: msgid("●○○○ very low"),
}


def verdict_sentence(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> str:
    """What we say of the campaign: by what was found and how sure we are, in one sentence or two."""
    finding, grade = evaluation.verdict.finding, evaluation.verdict.certainty or VERY_LOW
    if finding == Finding.NOT_MEASURED:
        return delivery_only(evaluation, words)
    if finding == Finding.DO_NOT_TRUST:
        return words("Do not use this result: the two groups were not comparable.")
    if finding == Finding.RECORD_INCOMPLETE:
        return words("We say nothing yet: the campaign's record is incomplete.")
    if _says_cannot_tell(evaluation):
        return _cannot_tell(evaluation, words, profile)
    if finding == Finding.NO_IMPORTANT_DIFFERENCE:
        return words(_NO_DIFFERENCE[grade])
    if finding == Finding.MIXED:
        return words((_MIXED_GROUPS if _groups_disagree(evaluation) else _MIXED_OUTCOMES)[grade])
    if by_guardrail(evaluation):
        return words(_HARM[grade])
    return words((_OF_AWARENESS if of_awareness(evaluation) else _OF_OTHER)[finding, grade])


def verdict_label(evaluation: Evaluation, words: Words) -> str:
    """The verdict in two or three words, for a cell of a table."""
    finding, grade = evaluation.verdict.finding, evaluation.verdict.certainty or VERY_LOW
    if finding == Finding.NO_IMPORTANT_DIFFERENCE:
        return words(_LABELS_OF_NO_DIFFERENCE.get(grade, _LABELS[Finding.CANNOT_TELL]))
    if finding in _LABELS:
        return words(_LABELS[finding])
    if finding == Finding.MIXED:
        return words(_LABELS_OF_MIXED[grade])
    if by_guardrail(evaluation):
        return words(_LABELS_OF_HARM[grade])
    return words((_LABELS_OF_AWARENESS if of_awareness(evaluation) else _LABELS_OF_OTHER)[finding, grade])


def certainty_label(certainty: Certainty | None, words: Words) -> str:
    """How sure we are, in filled dots and in a word; a dash where there is nothing to be sure of."""
    return words(_CERTAINTY[certainty]) if certainty else "—"


def figures_sentence(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> str:
    """The change in people of every hundred, its range, and how many were asked; empty where there is no estimate."""
    estimate, outcome = shown_estimate(evaluation, profile), evaluation.campaign.outcome
    if estimate is None or outcome is None:
        return ""
    if outcome.unit == Unit.TIMES:
        return _times_sentence(evaluation, estimate, words)
    asked = shown_count(estimate.n, profile) or 0
    middle, low, high = as_asked(estimate, outcome.desired)
    decimals = _decimals(low, high)
    if _says_cannot_tell(evaluation):  # with its range
        return words.plural("{n} person was asked.", "{n} people were asked.", asked)
    if low > 0:
        return words.plural(
            "About {estimate} more people in every 100, likely between {low} and {high} more; {n} person was asked.",
            "About {estimate} more people in every 100, likely between {low} and {high} more; {n} people were asked.",
            asked,
            estimate=words.per_hundred(middle, decimals=decimals),
            low=words.per_hundred(low, decimals=decimals),
            high=words.per_hundred(high, decimals=decimals),
        )
    if high < 0:
        return words.plural(
            "About {estimate} fewer people in every 100, likely between {low} and {high} fewer; {n} person was asked.",
            "About {estimate} fewer people in every 100, likely between {low} and {high} fewer; {n} people were asked.",
            asked,
            estimate=words.per_hundred(-middle, decimals=decimals),
            low=words.per_hundred(-high, decimals=decimals),
            high=words.per_hundred(-low, decimals=decimals),
        )
    return words.plural(
        "Likely between {low} fewer and {high} more people in every 100; {n} person was asked.",
        "Likely between {low} fewer and {high} more people in every 100; {n} people were asked.",
        asked,
        low=words.per_hundred(-low, decimals=decimals),
        high=words.per_hundred(high, decimals=decimals),
    )


def _times_sentence(evaluation: Evaluation, estimate: Estimate, words: Words) -> str:
    """How many more or fewer calls, visits and the like, for every hundred that there would have been."""
    outcome = evaluation.campaign.outcome
    middle, low, high = as_asked(estimate, outcome.desired if outcome else Direction.MORE)
    decimals = _decimals(low, high)
    counted = words.plural("{n} point in time was counted.", "{n} points in time were counted.", estimate.n)
    if _says_cannot_tell(evaluation):  # with its range
        return counted
    if low > 0:
        said = words(
            "About {estimate} more for every 100 that there would have been, likely between {low} and {high} more.",
            estimate=words.per_hundred(middle, decimals=decimals),
            low=words.per_hundred(low, decimals=decimals),
            high=words.per_hundred(high, decimals=decimals),
        )
    elif high < 0:
        said = words(
            "About {estimate} fewer for every 100 that there would have been, likely between {low} and {high} fewer.",
            estimate=words.per_hundred(-middle, decimals=decimals),
            low=words.per_hundred(-high, decimals=decimals),
            high=words.per_hundred(-low, decimals=decimals),
        )
    else:
        said = words(
            "Likely between {low} fewer and {high} more for every 100 that there would have been.",
            low=words.per_hundred(-low, decimals=decimals),
            high=words.per_hundred(high, decimals=decimals),
        )
    return f"{said} {counted}"


def change_label(estimate: Estimate, words: Words) -> str:
    """The change in the wished direction and its range, for a cell or a label: +4 (+2 to +6)."""
    decimals = _decimals(estimate.conf_low, estimate.conf_high)
    return words(
        "{estimate} ({low} to {high})",
        estimate=words.per_hundred(estimate.estimate, change=True, decimals=decimals),
        low=words.per_hundred(estimate.conf_low, change=True, decimals=decimals),
        high=words.per_hundred(estimate.conf_high, change=True, decimals=decimals),
    )


def delivery_only(evaluation: Evaluation, words: Words) -> str:
    """How often it was seen, and that this says nothing of awareness."""
    totals = evaluation.delivery.totals
    seen = totals.get("impressions") or totals.get("views") or 0
    if not seen:
        return words("Nobody was asked, so we do not know if awareness changed.")
    return words(
        "Seen {times} times. Nobody was asked, so we do not know if awareness changed.", times=words.compact(seen)
    )


def question_sentence(evaluation: Evaluation, words: Words) -> str:
    """What people were asked; empty where nobody was."""
    outcome = evaluation.campaign.outcome
    return words("The question was: “{question}”", question=words.text(outcome.question)) if outcome else ""


def of_awareness(evaluation: Evaluation) -> bool:
    """Whether the primary outcome is awareness of the dangers, and not something else that was to change."""
    outcome = evaluation.campaign.outcome
    return outcome is not None and outcome.rung in AWARENESS


def by_guardrail(evaluation: Evaluation) -> bool:
    """Whether the harm was to something that must not get worse, and not to the primary outcome."""
    verdict = evaluation.verdict
    lowered = verdict.estimate is not None and verdict.estimate.conf_high < 0
    return not lowered and any(reason.code == ReasonCode.GUARDRAIL_HARMED for reason in verdict.reasons)


def _groups_disagree(evaluation: Evaluation) -> bool:
    return any(reason.code == ReasonCode.GROUPS_DISAGREE for reason in evaluation.verdict.reasons)


def _says_cannot_tell(evaluation: Evaluation) -> bool:
    finding, grade = evaluation.verdict.finding, evaluation.verdict.certainty or VERY_LOW
    return finding == Finding.CANNOT_TELL or (finding == Finding.NO_IMPORTANT_DIFFERENCE and grade == VERY_LOW)


def _cannot_tell(evaluation: Evaluation, words: Words, profile: Profile | None) -> str:
    estimate, outcome = shown_estimate(evaluation, profile), evaluation.campaign.outcome
    if estimate is None or outcome is None:
        return words("We cannot tell yet. This is not evidence that it had no effect.")
    _, low, high = as_asked(estimate, outcome.desired)
    decimals = _decimals(low, high)
    if outcome.unit == Unit.TIMES:
        return words(
            "We cannot tell yet. The result fits any change from {low} to {high} for every 100 that there would have "
            "been. This is not evidence that it had no effect.",
            low=words.per_hundred(low, change=True, decimals=decimals),
            high=words.per_hundred(high, change=True, decimals=decimals),
        )
    if low < 0 < high:
        return words(
            "We cannot tell yet. The result fits anything from {low} fewer to {high} more people in every 100. "
            "This is not evidence that it had no effect.",
            low=words.per_hundred(-low, decimals=decimals),
            high=words.per_hundred(high, decimals=decimals),
        )
    return words(
        "We cannot tell yet. The result fits any change from {low} to {high} people in every 100. "
        "This is not evidence that it had no effect.",
        low=words.per_hundred(low, change=True, decimals=decimals),
        high=words.per_hundred(high, change=True, decimals=decimals),
    )


def _decimals(low: float, high: float) -> int | None:
    """One decimal where whole people would make a narrow range look like a point."""
    return 1 if high - low < 0.015 else None
