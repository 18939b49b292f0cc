"""What a donor's report says of results: effectiveness, efficiency, impact and sustainability."""

from collections import Counter
from collections.abc import Sequence

from campaigns.records import Rung
from metrics.effects import Effect
from metrics.evaluation import Evaluation
from views.reports.blocks import Block, Bullets, Heading, Paragraph, Table
from views.reports.material import Material
from views.reports.parts import NOTHING, asked, left_out, named, reading, results_table, seen_only, unasked
from views.reports.together import together
from views.wording.disclosing import shown_cost, shown_effect, shown_estimate, written_count
from views.wording.figures import cost_sentence
from views.wording.language import Words
from views.wording.reasons import refusal_sentence
from views.wording.terms import term
from views.wording.verdicts import change_label

BEYOND = (Rung.INTENTION_IRREGULAR, Rung.INTENTION_REGULAR, Rung.BEHAVIOUR)  # further than knowing and believing


def effectiveness(material: Material, words: Words, rows: int | None) -> list[Block]:
    """What each campaign changed, and what they show together."""
    blocks: list[Block] = []
    if asked(material.evaluations):
        blocks += [*results_table(material, words, rows=rows), reading(words), *together(material, words)]
        blocks += _measured(material, words, rows)
    if unasked(material.evaluations):
        blocks += [
            Heading(text=words("Seen, effect not measured"), level=3),
            *seen_only(material, words, rows=None if rows is None else 4),
        ]
    return blocks


def _measured(material: Material, words: Words, rows: int | None) -> list[Block]:
    """How each campaign was measured, which decides how sure anybody can be."""
    found = asked(material.evaluations)
    table = Table(
        caption=words("How each campaign was measured"),
        header=(
            words("Campaign"),
            words("Design"),
            words("What was to change"),
            words("People asked"),
            words("Days after the campaign"),
        ),
        rows=tuple(_measurement(evaluation, material, words) for evaluation in found[:rows]),
        widths=(0.28, 0.28, 0.2, 0.1, 0.14),
    )
    return [table, *left_out(len(found), rows, words)]


def _measurement(evaluation: Evaluation, material: Material, words: Words) -> tuple[str, ...]:
    study, outcome = evaluation.campaign.study, evaluation.campaign.outcome
    estimate = shown_estimate(evaluation, material.profile)
    return (
        named(evaluation, words),
        term(study.design, words),
        term(outcome.rung, words) if outcome else NOTHING,
        written_count(estimate.n, words, material.profile) if estimate else NOTHING,
        NOTHING if study.follow_up_days is None else words.number(study.follow_up_days),
    )


def efficiency(material: Material, words: Words, rows: int | None) -> list[Block]:
    """What each campaign cost in all, and what one more person in the wished state cost, or why that is not said."""
    priced = [found for found in material.evaluations if shown_cost(found, material.profile).estimate is not None]
    refused = Counter(
        found.cost.reason for found in material.evaluations if found.cost.estimate is None and found.cost.reason
    )
    blocks: list[Block] = []
    if priced:
        table = Table(
            caption=words("Cost of one additional person"),
            header=(words("Campaign"), words("Cost in all"), words("For one additional person")),
            rows=tuple(
                (
                    named(found, words),
                    words.money(found.campaign.spending.total) if found.campaign.spending.total else NOTHING,
                    cost_sentence(shown_cost(found, material.profile), words),
                )
                for found in priced[:rows]
            ),
            widths=(0.3, 0.16, 0.54),
        )
        blocks += [table, *left_out(len(priced), rows, words)]
    items = [
        words.plural("No cost is shown for {n} campaign: {why}", "No cost is shown for {n} campaigns: {why}", often,
                     why=refusal_sentence(reason, words))
        for reason, often in refused.most_common()
    ]  # fmt: skip
    items.append(words("What the evaluation cost is not part of these figures. Currencies are not converted here."))
    return [*blocks, Bullets(items=tuple(items))]


def impact(material: Material, words: Words, rows: int | None) -> list[Block]:
    """Outcomes beyond awareness, and what must not get worse."""
    rungs = Counter(found.campaign.outcome.rung for found in material.evaluations if found.campaign.outcome)
    beyond = sum(rungs[rung] for rung in BEYOND)
    items = [
        words(
            "What was measured: {outcomes}.",
            outcomes=words.listed(
                words("{outcome} ({n})", outcome=term(rung, words), n=words.number(often))
                for rung, often in rungs.most_common()
            ),
        )
        if rungs
        else words("Nothing beyond delivery was measured."),
        words.plural(
            "{n} campaign measured what people mean to do or did, and not only what they know or believe.",
            "{n} campaigns measured what people mean to do or did, and not only what they know or believe.",
            beyond,
        ),
    ]
    guarded = [(found, effect) for found in material.evaluations for effect in found.guardrails]
    harmed = [pair for pair in guarded if pair[1].harmed]
    items.append(
        words.plural(
            "{n} thing that must not get worse was watched, such as trust, fear, stigma or legal ways.",
            "{n} things that must not get worse were watched, such as trust, fear, stigma or legal ways.",
            len(guarded),
        )
    )
    items += [_harm(found, effect, material, words) for found, effect in harmed]
    if guarded and not harmed:
        items.append(words("None of them was shown to get worse."))
    items.append(words("None of these figures says how many people migrated, or did not."))
    return [Bullets(items=tuple(items))]


def _harm(evaluation: Evaluation, effect: Effect, material: Material, words: Words) -> str:
    question = words.text(effect.outcome.question)
    if (estimate := shown_effect(effect, material.profile)) is None:
        return words("{campaign}: “{question}” got worse", campaign=named(evaluation, words), question=question)
    return words(
        "{campaign}: “{question}” got worse, {change} in every 100",
        campaign=named(evaluation, words),
        question=question,
        change=change_label(estimate, words),
    )


def sustainability(material: Material, words: Words, rows: int | None) -> list[Block]:
    """How long after the campaign people were asked."""
    known = [found for found in asked(material.evaluations) if shown_estimate(found, material.profile) is not None]
    days = {found.campaign.id: found.campaign.study.follow_up_days for found in known}
    late = sorted({found for found in days.values() if found is not None}, reverse=True)
    if not known:
        return [Paragraph(text=words("Nobody was asked, so nobody knows whether anything lasts."))]
    items: list[str] = []
    if late:
        items.append(_asked_after(known, days, late[0], words))
    if unsaid := sum(found is None for found in days.values()):
        items.append(
            words.plural(
                "{n} campaign does not say how long after it people were asked.",
                "{n} campaigns do not say how long after them people were asked.",
                unsaid,
            )
        )
    items.append(words("Nobody was asked again later, so what is shown may have faded since."))
    return [Bullets(items=tuple(items))]


def _asked_after(known: Sequence[Evaluation], days: dict[str, int | None], latest: int, words: Words) -> str:
    soonest = min(found for found in days.values() if found is not None)
    if soonest == latest:
        return words.plural(
            "People were asked {n} day after the campaigns.", "People were asked {n} days after the campaigns.", latest
        )
    names = words.listed(named(found, words) for found in known if days[found.campaign.id] == latest)
    return words.plural(
        "People were asked between {soonest} and {n} day after the campaigns; the latest: {campaigns}.",
        "People were asked between {soonest} and {n} days after the campaigns; the latest: {campaigns}.",
        latest,
        soonest=words.number(soonest),
        campaigns=names,
    )
