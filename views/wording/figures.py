"""Cost, audience and the comparison with before and after alone, as sentences."""

import math

from campaigns.records import Arm, Money, Wave
from campaigns.vocabulary import minor_units
from metrics.audience import IntendedShare
from metrics.costs import Cost
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from views.wording.disclosing import STANDARD, Profile, as_asked, shown_share
from views.wording.language import Words, msgid
from views.wording.reasons import refusal_sentence
from views.wording.terms import country_name, language_name, term

_TO_INTENDED: dict[str, str] = {
    "age": msgid("{share} of the delivery went to people of the intended ages (counted: {basis})."),
    "sex": msgid("{share} of the delivery went to people of the intended sex (counted: {basis})."),
    "country": msgid("{share} of the delivery went to the intended countries (counted: {basis})."),
    "language": msgid("{share} of the delivery went to people of the intended languages (counted: {basis})."),
}
_BETWEEN: dict[str, str] = {
    "age": msgid("Between {low} and {high} of the delivery went to people of the intended ages (counted: {basis})."),
    "sex": msgid("Between {low} and {high} of the delivery went to people of the intended sex (counted: {basis})."),
    "country": msgid("Between {low} and {high} of the delivery went to the intended countries (counted: {basis})."),
    "language": msgid(
        "Between {low} and {high} of the delivery went to people of the intended languages (counted: {basis})."
    ),
}


def cost_sentence(cost: Cost, words: Words) -> str:
    """What one more person cost and its range, or why that is not said."""
    if cost.reason is not None:
        return refusal_sentence(cost.reason, words)
    if cost.estimate is None or cost.conf_low is None or cost.conf_high is None or cost.currency is None:
        return ""
    if math.isinf(cost.conf_high):
        return words(
            "About {cost} for each additional person, at least {low}; it may have cost far more.",
            cost=amount(cost.estimate, cost.currency, words),
            low=amount(cost.conf_low, cost.currency, words),
        )
    return words(
        "About {cost} for each additional person, likely between {low} and {high}.",
        cost=amount(cost.estimate, cost.currency, words),
        low=amount(cost.conf_low, cost.currency, words),
        high=amount(cost.conf_high, cost.currency, words),
    )


def cost_label(cost: Cost, words: Words) -> str:
    """The cost for a cell of a table; "not shown" where there is none."""
    if cost.estimate is None or cost.conf_low is None or cost.conf_high is None or cost.currency is None:
        return words("not shown")
    if math.isinf(cost.conf_high):
        return words("{low} or more", low=amount(cost.conf_low, cost.currency, words))
    return words(
        "{estimate} ({low} to {high})",
        estimate=amount(cost.estimate, cost.currency, words),
        low=amount(cost.conf_low, cost.currency, words),
        high=amount(cost.conf_high, cost.currency, words),
    )


def amount(major: float, currency: str, words: Words) -> str:
    """An amount given in whole units of a currency."""
    return words.money(Money(amount=round(major * 10 ** minor_units(currency)), currency=currency))


def audience_sentence(evaluation: Evaluation, words: Words) -> str:
    """How much of the delivery went to the people it was meant for, and who got nothing."""
    if not evaluation.audience:
        return words("It is not known how much of the delivery went to the people it was meant for.")
    return " ".join(_share_sentence(share, words) for share in evaluation.audience)


def share_label(share: IntendedShare, words: Words) -> str:
    """A share of delivery for a cell of a table: one figure, or the two that the truth lies between."""
    low, high = words.percent(share.low), words.percent(share.high)
    return low if low == high else words("{low} to {high}", low=low, high=high)


def intended_label(evaluation: Evaluation, words: Words) -> str:
    """How much of the delivery went to whom it was meant for, for a cell of a table: by what is known of them."""
    if not evaluation.audience:
        return words("not known")
    return words.listed(
        words(
            "{breakdown}: {share}",
            breakdown=term(share.breakdown, words, kind="breakdown"),
            share=share_label(share, words),
        )
        for share in evaluation.audience
    )


def missed_names(share: IntendedShare, words: Words) -> str:
    """Whom nothing was delivered to, by name."""
    if share.breakdown == "country":
        return words.listed(country_name(code, words) for code in share.missed)
    if share.breakdown == "language":
        return words.listed(language_name(tag, words) for tag in share.missed)
    return words.listed(term(code, words, kind="Sex") for code in share.missed)


def _share_sentence(share: IntendedShare, words: Words) -> str:
    low, high, basis = words.percent(share.low), words.percent(share.high), term(share.basis, words)
    if low == high:
        said = words(_TO_INTENDED[share.breakdown], share=low, basis=basis)
    else:
        said = words(_BETWEEN[share.breakdown], low=low, high=high, basis=basis)
    if not share.missed:
        return said
    missed = words("Nothing was delivered to: {names}.", names=missed_names(share, words))
    return f"{said} {missed}"


def before_after_sentence(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> str:
    """What before and after alone would have said, and what the comparison group did; empty where there is none."""
    effect = evaluation.effect
    if effect is None or not isinstance(effect.before_after_alone, Estimate):
        return ""
    people = effect.before_after_alone.n
    if profile is not None and people < profile.smallest:
        return ""
    alone = words.per_hundred(as_asked(effect.before_after_alone, effect.outcome.desired)[0], change=True)
    shares = {group.wave: shown_share(group, profile) for group in effect.groups if group.arm == Arm.COMPARISON}
    before, after = shares.get(Wave.BEFORE), shares.get(Wave.AFTER)
    if before is None or after is None:
        return words("Before and after alone would have said {alone} in every 100.", alone=alone)
    moved = words.per_hundred(abs(after - before))
    if moved == words.per_hundred(0):
        return words(
            "Before and after alone would have said {alone} in every 100; the comparison group did not change.",
            alone=alone,
        )
    if after > before:
        return words(
            "Before and after alone would have said {alone} in every 100; the comparison group rose by {moved}.",
            alone=alone,
            moved=moved,
        )
    return words(
        "Before and after alone would have said {alone} in every 100; the comparison group fell by {moved}.",
        alone=alone,
        moved=moved,
    )
