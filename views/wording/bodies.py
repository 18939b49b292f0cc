"""What campaigns show together, in words."""

from metrics.bodies import Body, BodyReason
from views.wording.language import Words, msgid
from views.wording.verdicts import certainty_label

REASONS: dict[BodyReason, str] = {
    BodyReason.RISK_OF_BIAS: msgid(
        "Half of the weight or more lies on campaigns whose own comparison is weakened (one grade less)."
    ),
    BodyReason.INCONSISTENT: msgid(
        "The campaigns differ more than chance explains, and the next one could change nothing or a lot "
        "(one grade less)."
    ),
    BodyReason.INDIRECT: msgid("They did not measure the same kind of outcome (one grade less)."),
    BodyReason.IMPRECISE: msgid("Together they still fit both no change and one that matters (one grade less)."),
    BodyReason.SMALL_STUDIES_DIFFER: msgid(
        "Small studies found more than large ones, as when studies without success stay in a drawer (one grade less)."
    ),
    BodyReason.TOO_FEW_TO_SEE_MISSING: msgid("With fewer than ten campaigns nobody can see whether some are missing."),
}


def body_sentence(body: Body, words: Words) -> str:
    """The answer of several campaigns together."""
    pooled = body.pooled
    if pooled is None or body.certainty is None:
        return words("Choose two or more campaigns that were compared with a group the campaign did not address.")
    return words(
        "Together these {n} campaigns changed {change} in every 100 people (from {low} to {high}). "
        "How sure we are: {grade}",
        n=words.number(len(body.members)),
        change=words.per_hundred(pooled.estimate, change=True),
        low=words.per_hundred(pooled.conf_low, change=True),
        high=words.per_hundred(pooled.conf_high, change=True),
        grade=certainty_label(body.certainty, words),
    )


def prediction_sentence(body: Body, words: Words) -> str:
    """What a similar campaign elsewhere could expect."""
    pooled = body.pooled
    if pooled is None or pooled.prediction_low is None or pooled.prediction_high is None:
        return words("There are too few campaigns to say what a similar one elsewhere could expect.")
    return words(
        "A similar campaign elsewhere could change anything from {low} to {high} in every 100 people.",
        low=words.per_hundred(pooled.prediction_low, change=True),
        high=words.per_hundred(pooled.prediction_high, change=True),
    )


def body_reasons(body: Body, words: Words) -> list[str]:
    """Why a body of evidence is no surer."""
    return [words(REASONS[reason]) for reason in body.reasons]
