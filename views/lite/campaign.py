"""The plain page of one campaign: what we say, why, whom it reached, what it cost."""

import datetime as dt

from campaigns.privacy import Profile
from metrics.effects import Effect
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.verdicts import Reason
from views.charts import dots_chart
from views.lite.frame import Place, campaign_path, document, listed, paragraphs
from views.lite.pictures import change_drawing
from views.lite.tables import from_frame
from views.markup import Html, element, together
from views.tables import delivery_table, groups_table
from views.wording import (
    Words,
    audience_sentence,
    before_after_sentence,
    caution_sentence,
    certainty_label,
    cost_sentence,
    country_name,
    figures_sentence,
    reason_effect,
    reason_sentence,
    verdict_sentence,
)
from views.wording.disclosing import shown_certainty, shown_effect, shown_estimate
from views.wording.methods import method_sentences
from views.wording.verdicts import change_label


def campaign_page(evaluation: Evaluation, words: Words, *, profile: Profile | None, today: dt.date) -> str:
    """Everything that the tracker says of one campaign."""
    campaign = evaluation.campaign
    return document(
        words.text(campaign.title),
        _answer(evaluation, words, profile),
        _why(evaluation, words, profile),
        _groups(evaluation, words, profile),
        _cost(evaluation, words, profile),
        element("h2", words("Did it reach the people it was meant for?")),
        paragraphs(
            words("Meant for: {group}", group=words.text(campaign.audience.description)),
            audience_sentence(evaluation, words),
        ),
        _delivery(evaluation, words),
        words=words,
        place=Place(path=campaign_path(campaign.id), full="/campaign", chosen={"campaign": campaign.id}),
        today=today,
        simulated=campaign.example,
    )


def _answer(evaluation: Evaluation, words: Words, profile: Profile | None) -> Html:
    campaign, certainty = evaluation.campaign, shown_certainty(evaluation)
    drawn = None
    if picture := dots_chart(evaluation, words, profile=profile):
        drawn = element(
            "figure",
            change_drawing(evaluation, picture.alt, words, profile=profile),
            element("figcaption", picture.caption),
        )
    return together(
        element(
            "div",
            paragraphs(
                verdict_sentence(evaluation, words, profile=profile),
                figures_sentence(evaluation, words, profile=profile),
            ),
            class_="answer",
        ),
        element("p", words("How sure we are: {grade}", grade=certainty_label(certainty, words))) if certainty else None,
        element(
            "p",
            words(
                "{organisation} · {period} · {countries}",
                organisation=words.text(campaign.organisation),
                period=words.period(campaign.start, campaign.end),
                countries=words.listed(country_name(code, words) for code in campaign.audience.countries),
            ),
            class_="soft",
        ),
        drawn,
    )


def _why(evaluation: Evaluation, words: Words, profile: Profile | None) -> Html:
    guardrails = listed([_guardrail(effect, words, profile) for effect in evaluation.guardrails])
    return together(
        element("h2", words("Why do we say so?")),
        listed([_reason(reason, evaluation, words, profile) for reason in evaluation.verdict.reasons]),
        element("h3", words("Did anything get worse that must not?")) if guardrails else None,
        guardrails,
    )


def _reason(reason: Reason, evaluation: Evaluation, words: Words, profile: Profile | None) -> str:
    sentence = reason_sentence(reason, words, campaign=evaluation.campaign, profile=profile)
    effect = reason_effect(reason, words)
    return words("{reason} ({effect})", reason=sentence, effect=effect) if effect else sentence


def _guardrail(effect: Effect, words: Words, profile: Profile | None) -> str:
    question = words.text(effect.outcome.question)
    if (estimate := shown_effect(effect, profile)) is None:
        return words("“{question}”: cannot be said", question=question)
    change = change_label(estimate, words)
    if effect.harmed:
        return words("“{question}”: worse, {change} in every 100", question=question, change=change)
    return words("“{question}”: not shown to be worse, {change} in every 100", question=question, change=change)


def _cost(evaluation: Evaluation, words: Words, profile: Profile | None) -> Html | None:
    if evaluation.verdict.estimate is not None and shown_estimate(evaluation, profile) is None:
        return None  # of few people nothing is said that was worked out from their answers
    return together(
        element("h2", words("What did one more aware person cost?")), paragraphs(cost_sentence(evaluation.cost, words))
    )


def _groups(evaluation: Evaluation, words: Words, profile: Profile | None) -> Html | None:
    effect = evaluation.effect
    if effect is None or not effect.groups:
        return None
    cautions = effect.estimate.cautions if isinstance(effect.estimate, Estimate) else ()
    methods = None if shown_estimate(evaluation, profile) is None else listed(method_sentences(effect, words))
    return together(
        from_frame(
            groups_table(evaluation, words, profile=profile),
            words("Who gave the answer that counts, before and after"),
        ),
        paragraphs(before_after_sentence(evaluation, words, profile=profile)),
        listed([caution_sentence(caution, words) for caution in cautions]),
        element("h3", words("How was it worked out?")) if methods else None,
        methods,
    )


def _delivery(evaluation: Evaluation, words: Words) -> Html:
    counted = from_frame(delivery_table(evaluation, words), words("What the platforms counted"))
    return together(
        element("h2", words("How often was it seen, and when?")),
        paragraphs(
            words("These figures say how often it was shown, not what anybody knows."),
            None if counted else words("No platform has reported anything yet."),
        ),
        counted,
    )
