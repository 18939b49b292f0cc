"""An annex for evaluators: of each campaign its record, answers, effect by every method, reasons and files."""

import pandas as pd

from metrics.effects import Effect
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from views.overriding import override_sentences
from views.reports.annex_records import effect_table, file_table, record_table
from views.reports.blocks import Block, Bullets, Heading, Paragraph, Report, Table, Tone
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
)
from views.reports.together import together
from views.tables import audience_table, delivery_table, groups_table, is_missing
from views.wording.disclosing import shown_cost
from views.wording.figures import audience_sentence, before_after_sentence, cost_sentence
from views.wording.glossary import how_we_judge
from views.wording.language import Words
from views.wording.methods import method_sentences
from views.wording.reasons import caution_sentence, reason_effect, reason_sentence
from views.wording.terms import term
from views.wording.verdicts import change_label, figures_sentence, question_sentence, verdict_sentence


def annex(material: Material, words: Words, *, pictures: Pictures = no_pictures) -> Report:
    """Everything that the verdicts rest on; `pictures` draws those of one campaign."""
    blocks: list[Block] = answer(material, words) if len(material.evaluations) > 1 else []
    if asked(material.evaluations):
        blocks += [Heading(text=words("What did each campaign change?"))]
        blocks += [*results_table(material, words), reading(words), *together(material, words)]
    for evaluation in material.evaluations:
        blocks += _campaign(evaluation, material, words, pictures)
    designs = {term(found.campaign.study.design, words) for found in material.evaluations}
    methods = tuple((name, said) for name, said in how_we_judge(words) if name in designs)
    blocks += [Heading(text=words("How we judge"))]
    blocks += [
        Table(
            caption=words("Methods of these campaigns"),
            header=(words("Design"), words("Method, what it assumes, and its source")),
            rows=methods,
            widths=(0.25, 0.75),
        )
    ]
    return Report(
        title=words("Annex for evaluators: what the verdicts rest on"),
        kicker=kicker(material, words),
        foot=foot(material, words),
        day=material.day,
        words=words,
        blocks=(*blocks, limits(words)),
    )


def _campaign(evaluation: Evaluation, material: Material, words: Words, pictures: Pictures) -> list[Block]:
    campaign = evaluation.campaign
    about = words(
        "{organisation} · {period} · {countries}",
        organisation=words.text(campaign.organisation),
        period=words.period(campaign.start, campaign.end),
        countries=countries(evaluation, words),
    )
    verdict = verdict_sentence(evaluation, words, profile=material.profile)
    figures = figures_sentence(evaluation, words, profile=material.profile)
    blocks: list[Block] = [
        Heading(text=named(evaluation, words)),
        Paragraph(text=about, tone=Tone.SMALL),
        Paragraph(text=verdict, tone=Tone.ANSWER),
    ]
    blocks += [Paragraph(text=said) for said in (figures, question_sentence(evaluation, words)) if said]
    blocks += [Heading(text=words("Why do we say so?"), level=3), Bullets(items=_reasons(evaluation, material, words))]
    blocks += [record_table(evaluation, words)]
    blocks += _effect(evaluation, material, words)
    blocks += pictures(evaluation)
    if evaluation.guardrails:
        title = words("Did anything get worse that must not?")
        items = tuple(_guardrail(effect, material, words) for effect in evaluation.guardrails)
        blocks += [Heading(text=title, level=3), Bullets(items=items)]
    blocks += [
        Heading(text=words("What did one more aware person cost?"), level=3),
        Paragraph(text=cost_sentence(shown_cost(evaluation, material.profile), words)),
    ]
    blocks += _delivered(evaluation, words)
    if files := material.files.get(campaign.id):
        blocks += [Heading(text=words("Which files is this from?"), level=3), file_table(files, words)]
    return blocks


def _reasons(evaluation: Evaluation, material: Material, words: Words) -> tuple[str, ...]:
    said = []
    for reason in evaluation.verdict.reasons:
        sentence = reason_sentence(reason, words, campaign=evaluation.campaign, profile=material.profile)
        effect = reason_effect(reason, words)
        said.append(words("{reason} ({effect})", reason=sentence, effect=effect) if effect else sentence)
    return (*said, *override_sentences(evaluation.campaign, words))


def _effect(evaluation: Evaluation, material: Material, words: Words) -> list[Block]:
    """How the groups answered, the effect by every method, and how it was worked out."""
    effect = evaluation.effect
    if effect is None or not effect.groups:
        return []
    blocks: list[Block] = [Heading(text=words("How was it worked out?"), level=3)]
    groups = groups_table(evaluation, words, profile=material.profile)
    blocks += [from_frame(groups, words("How each group answered"), words)]
    if (table := effect_table(evaluation, material, words)) is not None:
        blocks += [table]
    items = method_sentences(effect, words) if table is not None else []
    items.append(before_after_sentence(evaluation, words, profile=material.profile))
    if isinstance(effect.estimate, Estimate):
        items += [caution_sentence(caution, words) for caution in effect.estimate.cautions]
    return [*blocks, Bullets(items=tuple(item for item in items if item))]


def _guardrail(effect: Effect, material: Material, words: Words) -> str:
    question = words.text(effect.outcome.question)
    if not isinstance(effect.estimate, Estimate) or effect.estimate.n < material.profile.smallest:
        return words("“{question}”: cannot be said", question=question)
    change = change_label(effect.estimate, words)
    if effect.harmed:
        return words("“{question}”: worse, {change} in every 100", question=question, change=change)
    return words("“{question}”: not shown to be worse, {change} in every 100", question=question, change=change)


def _delivered(evaluation: Evaluation, words: Words) -> list[Block]:
    """Whom it reached, and how often it was seen."""
    group = words.text(evaluation.campaign.audience.description)
    blocks: list[Block] = [
        Heading(text=words("Did it reach the people it was meant for?"), level=3),
        Paragraph(text=words("Meant for: {group}", group=group)),
        Paragraph(text=audience_sentence(evaluation, words)),
    ]
    if evaluation.audience:
        reached = audience_table(evaluation, words)
        blocks += [from_frame(reached, words("Went to whom it was meant for"), words)]
    delivered = delivery_table(evaluation, words)
    if not delivered.empty:
        blocks += [from_frame(delivered, words("What the platforms counted"), words, widths=(0.25, 0.2, 0.55))]
    return blocks


def from_frame(frame: pd.DataFrame, caption: str, words: Words, *, widths: tuple[float, ...] | None = None) -> Table:
    """A frame for the screen as a table of a report."""

    def cell(value: object) -> str:
        if is_missing(value):
            return "—"
        return words.number(value, 1) if isinstance(value, float) else str(value)

    columns = len(frame.columns)
    return Table(
        caption=caption,
        header=tuple(str(name) for name in frame.columns),
        rows=tuple(tuple(cell(value) for value in row) for row in frame.astype(object).itertuples(index=False)),
        widths=widths or (1 / columns,) * columns,
    )
