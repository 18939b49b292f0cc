"""One page for somebody who decides: the answer, the campaigns, what follows, and how sure all that is."""

from metrics.evaluation import Evaluation
from views.reports.blocks import Block, Bullets, Heading, Paragraph, Report, Tone
from views.reports.material import Material
from views.reports.parts import (
    Pictures,
    answer,
    asked,
    countries,
    foot,
    kicker,
    limits,
    named,
    no_pictures,
    reading,
    results_table,
    seen_only,
    unasked,
    what_to_do,
)
from views.reports.together import body
from views.wording.bodies import prediction_sentence
from views.wording.disclosing import shown_cost
from views.wording.figures import audience_sentence, cost_sentence
from views.wording.language import Words
from views.wording.reasons import reason_sentence


def minister(material: Material, words: Words, *, rows: int | None, pictures: Pictures = no_pictures) -> Report:
    """Of one campaign what is said of it and why; of several the answer over all of them."""
    if len(material.evaluations) == 1:
        return _of_one(material, material.evaluations[0], words, rows=rows, pictures=pictures)
    blocks: list[Block] = answer(material, words)
    if (found := body(material)).pooled is not None:
        blocks.append(Paragraph(text=prediction_sentence(found, words)))
    if asked(material.evaluations):
        blocks += [Heading(text=words("What did each campaign change?"))]
        blocks += [*results_table(material, words, rows=rows), reading(words)]
    if unasked(material.evaluations):
        blocks += [
            Heading(text=words("Seen, effect not measured")),
            *seen_only(material, words, rows=None if rows is None else min(3, rows)),
        ]
    if steps := what_to_do(material, words, most=4 if rows is None else 3):
        blocks += [Heading(text=words("What follows from this?")), Bullets(items=steps)]
    return Report(
        title=words("Which campaigns raised awareness of the dangers of migrant smuggling?"),
        kicker=kicker(material, words),
        foot=foot(material, words),
        day=material.day,
        words=words,
        blocks=(*blocks, limits(words)),
    )


def _of_one(
    material: Material, evaluation: Evaluation, words: Words, *, rows: int | None, pictures: Pictures
) -> Report:
    campaign = evaluation.campaign
    about = words(
        "{organisation} · {period} · {countries}",
        organisation=words.text(campaign.organisation),
        period=words.period(campaign.start, campaign.end),
        countries=countries(evaluation, words),
    )
    reasons = tuple(
        reason_sentence(reason, words, campaign=campaign, profile=material.profile)
        for reason in evaluation.verdict.reasons[:rows]
    )
    blocks: list[Block] = [Paragraph(text=about, tone=Tone.SMALL), *answer(material, words)]
    if asked(material.evaluations):
        blocks += [*results_table(material, words), reading(words)]
    if rows is None:
        blocks += pictures(evaluation)[:1]
    blocks += [Heading(text=words("Why do we say so?")), Bullets(items=reasons)]
    blocks += [
        Heading(text=words("Did it reach the people it was meant for?")),
        Paragraph(text=words("Meant for: {group}", group=words.text(campaign.audience.description))),
        Paragraph(text=audience_sentence(evaluation, words)),
        Heading(text=words("What did one more aware person cost?")),
        Paragraph(text=cost_sentence(shown_cost(evaluation, material.profile), words)),
        Heading(text=words("What follows from this?")),
        Bullets(items=what_to_do(material, words)),
        limits(words),
    ]
    return Report(
        title=named(evaluation, words),
        kicker=kicker(material, words),
        foot=foot(material, words),
        day=material.day,
        words=words,
        blocks=tuple(blocks),
    )
