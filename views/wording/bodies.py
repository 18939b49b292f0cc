"""What campaigns show together, in words."""

import math

from metrics.bodies import ASYMMETRY_P, ENOUGH_FOR_ASYMMETRY, Body, BodyReason, expectation
from metrics.pooling import Adjustment, Estimator, Pooled
from views.wording.language import Words, msgid
from views.wording.verdicts import certainty_label

LEAST_P = 0.001
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


ESTIMATORS: dict[Estimator, str] = {
    Estimator.REML: msgid("Random effects, restricted maximum likelihood (REML)"),
    Estimator.DL: msgid("Random effects, DerSimonian and Laird (DL)"),
    Estimator.PM: msgid("Random effects, Paule and Mandel (PM)"),
    Estimator.ML: msgid("Random effects, maximum likelihood (ML)"),
    Estimator.EB: msgid("Random effects, empirical Bayes (EB)"),
    Estimator.SJ: msgid("Random effects, Sidik and Jonkman (SJ)"),
    Estimator.HE: msgid("Random effects, Hedges (HE)"),
    Estimator.HS: msgid("Random effects, Hunter and Schmidt (HS)"),
    Estimator.EE: msgid("Equal effects: all campaigns change the same (EE)"),
}
ADJUSTMENTS: dict[Adjustment, str] = {
    Adjustment.KNAPP_HARTUNG_MODIFIED: msgid("Knapp-Hartung, modified: never narrower than without"),
    Adjustment.KNAPP_HARTUNG: msgid("Knapp-Hartung"),
    Adjustment.NONE: msgid("None: normal distribution, too narrow with few campaigns"),
}


def model_label(pooled: Pooled, words: Words) -> str:
    """The model and the interval of an average, on one line."""
    return words(
        "{model}; interval: {interval}",
        model=words(ESTIMATORS[pooled.method]),
        interval=words(ADJUSTMENTS[pooled.adjustment]),
    )


def expectation_sentence(body: Body, words: Words) -> str:
    """How often a similar campaign would bring a change that matters, and how often harm; empty where not known."""
    found = expectation(body)
    if found is None or body.important is None:
        return ""
    return words(
        "Of 20 similar campaigns about {matters} would bring a change that matters ({important} in 100 or more), and "
        "in about {worse} the change would go the wrong way.",
        matters=words.number(20 * found.matters),
        important=words.per_hundred(body.important),
        worse=words.number(20 * found.worse),
    )


def prediction_caution(body: Body, words: Words) -> str:
    """How far such a range may be trusted; empty where there is none."""
    if body.pooled is None or body.pooled.prediction_low is None:
        return ""
    said = words(
        "“Similar” means: of the same kinds as these, in places like theirs. It is a forecast from {n} campaigns, and "
        "with so few such ranges hold the truth less often than 95 times in 100 (in simulations 84 to 90).",
        n=words.number(body.pooled.k),
    )
    return said if body.pooled.k < ENOUGH_FOR_ASYMMETRY else ""


def heterogeneity_sentences(body: Body, words: Words) -> list[str]:
    """How much the campaigns differ: tau, I² and Q, each with what it means."""
    pooled = body.pooled
    if pooled is None:
        return []
    spread = pooled.heterogeneity
    said = [
        words(
            "Q = {q} with {df} degrees of freedom, {p}: how likely campaigns that all change the same differ so much.",
            q=words.number(spread.q, 1),
            df=words.number(pooled.k - 1),
            p=p_text(spread.q_p_value, words),
        )
    ]
    if pooled.tau2_low is None or pooled.tau2_high is None:
        return [*said, words("This model says that all campaigns change the same: it has no spread between them.")]
    return [
        words(
            "τ = {tau}: the true changes of campaigns spread by so many people in 100 (standard deviation; 95 % range "
            "from {low} to {high}, Q profile). τ² = {tau2}.",
            tau=words.number(100 * math.sqrt(pooled.tau2), 1),
            low=words.number(100 * math.sqrt(pooled.tau2_low), 1),
            high=words.number(100 * math.sqrt(pooled.tau2_high), 1),
            tau2=words.number(pooled.tau2, 4),
        ),
        words(
            "I² = {i2} in 100 (from τ²): that share of the spread lies between campaigns, the rest is chance.",
            i2=words.number(100 * pooled.i2),
        ),
        *said,
    ]


def asymmetry_sentence(body: Body, words: Words) -> str:
    """What Egger's test says, or why it is not made."""
    found = body.asymmetry
    if found is None:
        return words(
            "Whether small studies without success stayed in a drawer is not tested: with fewer than ten campaigns "
            "such a test misses most of what there is to find."
        )
    seen = (
        words("Small campaigns differ from large ones, as when studies without success stay in a drawer.")
        if found.p_value < ASYMMETRY_P
        else words("Small campaigns do not clearly differ from large ones.")
    )
    figures = words(
        "Egger's test: t = {t} with {df} degrees of freedom, {p}; below {level} it counts as a difference. The "
        "test finds little with few campaigns, and small ones may differ for other reasons.",
        t=words.number(found.statistic, 2),
        df=words.number(found.df or 0),
        p=p_text(found.p_value, words),
        level=words.number(ASYMMETRY_P, 2),
    )
    return f"{seen} {figures}"


def p_label(p_value: float, words: Words) -> str:
    """A p-value for a cell: never as 0."""
    return words.number(p_value, 3) if p_value >= LEAST_P else words.formula(f"< {words.number(LEAST_P, 3)}")


def p_text(p_value: float, words: Words) -> str:
    """A p-value within a sentence."""
    return words.formula(f"p = {p_label(p_value, words)}" if p_value >= LEAST_P else f"p {p_label(p_value, words)}")
