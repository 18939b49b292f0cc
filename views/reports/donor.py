"""Four pages for a donor, in the order of the six criteria of the OECD's Development Assistance Committee."""

from collections import Counter

from metrics.evaluation import Evaluation
from metrics.gaps import gap_map
from metrics.published import pooled_by_outcome
from views.reports.blocks import Block, Bullets, Heading, Paragraph, Report, Table, Tone
from views.reports.donor_results import effectiveness, efficiency, impact, sustainability
from views.reports.material import Material
from views.reports.parts import (
    answer,
    countries,
    foot,
    kicker,
    left_out,
    limits,
    named,
    what_to_do,
)
from views.wording.figures import share_label
from views.wording.language import Words, msgid
from views.wording.studies import pooled_sentences, published_gaps_sentence, studies_sentence
from views.wording.terms import country_name, term

# OECD (2021), Applying Evaluation Criteria Thoughtfully.
CRITERIA: dict[str, tuple[str, str]] = {
    "relevance": (msgid("Relevance"), msgid("Were the campaigns doing the right things, for the right people?")),
    "coherence": (msgid("Coherence"), msgid("Do the campaigns fit each other, and what others know?")),
    "effectiveness": (msgid("Effectiveness"), msgid("Did the campaigns achieve what they set out to change?")),
    "efficiency": (msgid("Efficiency"), msgid("What did they cost, for what they changed?")),
    "impact": (msgid("Impact"), msgid("What difference do the campaigns make beyond what they set out to change?")),
    "sustainability": (msgid("Sustainability"), msgid("Does what they changed last?")),
}


def donor(material: Material, words: Words, *, rows: int | None) -> Report:
    """The six criteria, each with what is known and what is not."""
    sections = {
        "relevance": relevance,
        "coherence": coherence,
        "effectiveness": effectiveness,
        "efficiency": efficiency,
        "impact": impact,
        "sustainability": sustainability,
    }
    blocks: list[Block] = answer(material, words)
    for name, section in sections.items():
        title, question = CRITERIA[name]
        blocks += [Heading(text=words(title)), Paragraph(text=words(question), tone=Tone.SMALL)]
        blocks += section(material, words, rows)
    if steps := what_to_do(material, words):
        blocks += [Heading(text=words("What follows from this?")), Bullets(items=steps)]
    criteria = words(
        "The criteria are those of the OECD's Development Assistance Committee (OECD, Applying Evaluation Criteria "
        "Thoughtfully, 2021). Each method with its source is in the annex for evaluators."
    )
    return Report(
        title=words("What did the campaigns achieve against the dangers of migrant smuggling?"),
        kicker=kicker(material, words),
        foot=foot(material, words),
        day=material.day,
        words=words,
        blocks=(*blocks, limits(words), Paragraph(text=criteria, tone=Tone.SMALL)),
    )


def relevance(material: Material, words: Words, rows: int | None) -> list[Block]:
    """Whom each campaign was meant for, what it was about, and how much of it went to those people."""
    fixed = sum(_fixed_before(evaluation) for evaluation in material.evaluations)
    said = words.plural(
        "{n} of {total} campaigns fixed before its start which outcome was to change, and by how much at least.",
        "{n} of {total} campaigns fixed before their start which outcome was to change, and by how much at least.",
        fixed,
        total=words.number(len(material.evaluations)),
    )
    table = Table(
        caption=words("Whom the campaigns were meant for, and whom they reached"),
        header=(
            words("Campaign"),
            words("Meant for"),
            words("Country of origin"),
            words("Message"),
            words("Went to whom it was meant for"),
        ),
        rows=tuple(
            (
                named(evaluation, words),
                words.text(evaluation.campaign.audience.description, longest=60),
                countries(evaluation, words),
                term(evaluation.campaign.message.frame, words),
                _reached(evaluation, words),
            )
            for evaluation in material.evaluations[:rows]
        ),
        widths=(0.25, 0.25, 0.16, 0.16, 0.18),
    )
    return [Paragraph(text=said), table, *left_out(len(material.evaluations), rows, words)]


def _fixed_before(evaluation: Evaluation) -> bool:
    campaign = evaluation.campaign
    registered = campaign.outcome.registered if campaign.outcome else None
    return registered is not None and registered <= campaign.start


def _reached(evaluation: Evaluation, words: Words) -> str:
    shares = (
        words(
            "{breakdown}: {share}",
            breakdown=term(share.breakdown, words, kind="breakdown"),
            share=share_label(share, words),
        )
        for share in evaluation.audience
    )
    return "; ".join(shares) or words("not known")


def coherence(material: Material, words: Words, rows: int | None) -> list[Block]:
    """Where campaigns meet each other, and what is known from elsewhere."""
    places = Counter(code for found in material.evaluations for code in found.campaign.audience.countries)
    shared = [country_name(code, words) for code, campaigns in places.items() if campaigns > 1]
    items = [
        words("More than one of these campaigns is meant for people from: {countries}.", countries=words.listed(shared))
        if shared
        else words("No two of these campaigns are meant for people from the same country."),
        studies_sentence(material.published, words),
        *pooled_sentences(pooled_by_outcome(material.published), material.published, words),
        published_gaps_sentence(gap_map(material.published), words),
        words(
            "The tracker does not know what others did in the same places at the same time, nor who agreed on what "
            "with whom: the organisations have to say so."
        ),
    ]
    return [Bullets(items=tuple(items))]
