"""What several reports say alike: the answer, the table of results, what to do next, how to read it, the source."""

from collections.abc import Callable, Sequence

from metrics.evaluation import Evaluation
from metrics.verdicts import Certainty, Finding
from views.charts import axis_limit, interval_svg
from views.reports.blocks import Block, Bullets, Cell, Drawn, Image, Paragraph, Table, Tone
from views.reports.material import Material
from views.taking_away.notes import version
from views.wording.disclosing import shown_certainty, shown_cost, shown_estimate
from views.wording.figures import cost_label
from views.wording.language import Words
from views.wording.summary import UP, headline_sentences
from views.wording.terms import country_name
from views.wording.verdicts import (
    certainty_label,
    change_label,
    delivery_only,
    figures_sentence,
    question_sentence,
    verdict_label,
    verdict_sentence,
)

NOTHING = "—"
Pictures = Callable[[Evaluation], tuple[Image, ...]]  # draws those of one campaign


def no_pictures(_: Evaluation) -> tuple[Image, ...]:
    """What a machine draws that has no browser."""
    return ()


def asked(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """Campaigns that asked people, as far as anything is said of them."""
    return [found for found in evaluations if found.verdict.finding != Finding.NOT_MEASURED]


def unasked(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """Campaigns of which only delivery is known."""
    return [found for found in evaluations if found.verdict.finding == Finding.NOT_MEASURED]


def kicker(material: Material, words: Words) -> str:
    """Whose report, and of which day; first of all whether it is about campaigns that never were."""
    parts = [words("Example data: simulated")] if material.simulated else []
    parts += [words.text(material.organisation)] if material.organisation else []
    return " · ".join((*parts, words("Campaign tracker"), words.date(material.day)))


def foot(material: Material, words: Words) -> str:
    """What stands on every page."""
    said = words(
        "Source: Campaign tracker {version}, from the files and records of the organisations named, {day}.",
        version=version(),
        day=words.date(material.day),
    )
    if not material.simulated:
        return said
    return f"{said} {words('Example data: simulated.')}"


def answer(material: Material, words: Words) -> list[Block]:
    """The sentence that answers the question, and the others below it; of one campaign what is said of it."""
    if len(material.evaluations) == 1:
        (only,) = material.evaluations
        said = (figures_sentence(only, words, profile=material.profile), question_sentence(only, words))
        verdict = verdict_sentence(only, words, profile=material.profile)
        return [Paragraph(text=verdict, tone=Tone.ANSWER), *(Paragraph(text=text) for text in said if text)]
    first, *others = headline_sentences(material.evaluations, words)
    blocks: list[Block] = [Paragraph(text=first, tone=Tone.ANSWER)]
    return [*blocks, Bullets(items=tuple(others))] if others else blocks


def results_table(material: Material, words: Words, *, rows: int | None = None) -> list[Block]:
    """Campaigns that asked people, the surest first: drawn, in figures and in words. `rows` cuts it, and says so."""
    found = asked(material.evaluations)
    if not found:
        return []
    limit = axis_limit(found)
    shown = found if rows is None else found[:rows]
    table = Table(
        caption=words("What the campaigns changed, the surest first"),
        header=(
            words("Campaign"),
            words("Change per 100 people"),
            words("What we say"),
            words("How sure we are"),
            words("Cost of one additional person"),
        ),
        rows=tuple(_row(evaluation, material, limit, words) for evaluation in shown),
        widths=(0.24, 0.22, 0.16, 0.185, 0.195),
    )
    left = len(found) - len(shown)
    more = words.plural(
        "{n} more campaign, less sure than these, is in the annex.",
        "{n} more campaigns, less sure than these, are in the annex.",
        left,
    )
    return [table, *([Paragraph(text=more, tone=Tone.SMALL)] if left else [])]


def _row(evaluation: Evaluation, material: Material, limit: int, words: Words) -> tuple[Cell, ...]:
    return (
        named(evaluation, words),
        drawn_change(evaluation, material, limit, words),
        verdict_label(evaluation, words),
        certainty_label(shown_certainty(evaluation), words),
        cost_label(shown_cost(evaluation, material.profile), words),
    )


def named(evaluation: Evaluation, words: Words) -> str:
    """A campaign by its title."""
    return words.text(evaluation.campaign.title, longest=80)


def countries(evaluation: Evaluation, words: Words) -> str:
    """The countries of origin that a campaign is for."""
    return words.listed(country_name(code, words) for code in evaluation.campaign.audience.countries)


def drawn_change(evaluation: Evaluation, material: Material, limit: int, words: Words) -> Cell:
    """The change with its range, drawn and in figures; a dash where there is none to show."""
    estimate, outcome = shown_estimate(evaluation, material.profile), evaluation.campaign.outcome
    if estimate is None or outcome is None:
        return NOTHING
    said = change_label(estimate, words)
    alt = words("{campaign}: {change} in every 100", campaign=named(evaluation, words), change=said)
    return Drawn(svg=interval_svg(estimate, outcome.smallest_important, words, limit=limit), alt=alt, text=said)


def seen_only(material: Material, words: Words, *, rows: int | None = None) -> list[Block]:
    """Campaigns that were only seen, kept apart."""
    found = unasked(material.evaluations)
    if not found:
        return []
    shown = found if rows is None else found[:rows]
    items = [
        words("{campaign}: {said}", campaign=named(evaluation, words), said=delivery_only(evaluation, words))
        for evaluation in shown
    ]
    if left := len(found) - len(shown):
        items.append(
            words.plural(
                "{n} more campaign was only seen; it is in the annex.",
                "{n} more campaigns were only seen; they are in the annex.",
                left,
            )
        )
    return [Bullets(items=tuple(items))]


def what_to_do(material: Material, words: Words, *, most: int = 4) -> tuple[str, ...]:
    """What follows from the verdicts, and from nothing else; `most` campaigns are named in each sentence."""
    groups: dict[str, list[Evaluation]] = {
        "review": [],
        "split": [],
        "repeat": [],
        "confirm": [],
        "change": [],
        "ask": [],
        "more": [],
    }
    for evaluation in material.evaluations:
        if name := _next_step(evaluation):
            groups[name].append(evaluation)
    said = {
        "review": lambda names: words("Review before anything is repeated: {campaigns}.", campaigns=names),
        "split": lambda names: words(
            "Good and harm came together: find out for whom, before anything is repeated: {campaigns}.",
            campaigns=names,
        ),
        "repeat": lambda names: words("Consider repeating, and ask people again: {campaigns}.", campaigns=names),
        "confirm": lambda names: words(
            "Promising but not sure: repeat on a small scale, with a comparison group drawn by chance: {campaigns}.",
            campaigns=names,
        ),
        "change": lambda names: words(
            "Change the message or the way before spending more: {campaigns}.", campaigns=names
        ),
        "more": lambda names: words(
            "Ask more people, or compare them with others, before deciding: {campaigns}.", campaigns=names
        ),
        "ask": lambda names: words("Ask people: views alone show nothing of awareness: {campaigns}.", campaigns=names),
    }
    return tuple(said[name](_named(found, words, most)) for name, found in groups.items() if found)


def _next_step(evaluation: Evaluation) -> str | None:
    finding, grade = evaluation.verdict.finding, evaluation.verdict.certainty or Certainty.VERY_LOW
    if finding == Finding.BACKFIRED:
        return "review"
    if finding == Finding.MIXED:
        return "split"
    if finding in UP and grade >= Certainty.MODERATE:
        return "repeat"
    if finding in UP and grade == Certainty.LOW:
        return "confirm"
    if finding == Finding.NO_IMPORTANT_DIFFERENCE and grade >= Certainty.LOW:
        return "change"
    return "ask" if finding == Finding.NOT_MEASURED else "more"


def _named(found: Sequence[Evaluation], words: Words, most: int) -> str:
    names = [words("“{name}”", name=named(evaluation, words)) for evaluation in found[:most]]
    if left := len(found) - len(names):
        names.append(words.plural("{n} other", "{n} others", left))
    return words.listed(names)


def reading(words: Words) -> Paragraph:
    """How to read the table of results."""
    sides = words("Left of the line is worse, right of it better.")
    said = words(
        "How to read it: the mark is the estimate, the line its 95 % range, the thick part its middle half, the "
        "grey band the changes too small to matter. ● better, ◆ worse, ○ too small to matter or not to be told "
        "from zero. “Cannot tell yet” does not mean that there was no change. How sure we are: ●●●● high to "
        "●○○○ very low."
    )
    return Paragraph(text=f"{said} {sides}", tone=Tone.SMALL)


def limits(words: Words) -> Paragraph:
    """What no such report can show, and how small groups are protected."""
    return Paragraph(
        text=words(
            "Counts of few people are hidden and all others rounded, so that nobody can be told from them. A campaign "
            "is never judged by how many people saw it. Fewer people who migrate, or more who are afraid, are not a "
            "success."
        ),
        tone=Tone.SMALL,
    )


def left_out(total: int, rows: int | None, words: Words) -> list[Block]:
    """That a table does not hold every campaign, where it does not."""
    left = 0 if rows is None else max(total - rows, 0)
    if not left:
        return []
    text = words.plural("{n} more campaign is in the annex.", "{n} more campaigns are in the annex.", left)
    return [Paragraph(text=text, tone=Tone.SMALL)]
