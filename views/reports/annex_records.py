"""Tables of an annex: a campaign's record, its effect by every method, and the files it is judged by."""

from collections.abc import Sequence

from campaigns.records import Campaign, Money
from campaigns.store import Batch
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from views.reports.blocks import Table
from views.reports.material import Material
from views.reports.parts import NOTHING
from views.wording.disclosing import shown_estimate, written_count
from views.wording.language import Words
from views.wording.methods import method_name
from views.wording.terms import language_name, report_name, term
from views.wording.verdicts import change_label

SMALLEST_P = 0.001  # that is written out


def record_table(evaluation: Evaluation, words: Words) -> Table:
    """What the record says of how the campaign was run and evaluated; what it leaves open is a dash."""
    campaign = evaluation.campaign
    rows = (
        *_study(campaign, words),
        *_outcome(campaign, words),
        *_spending(campaign, words),
        *_ethics(campaign, words),
    )
    return Table(
        caption=words("The record"),
        header=(words("Field"), words("What it says")),
        rows=tuple((label, value or NOTHING) for label, value in rows),
        widths=(0.32, 0.68),
    )


def _study(campaign: Campaign, words: Words) -> tuple[tuple[str, str], ...]:
    study, audience = campaign.study, campaign.audience
    return (
        (words("Design"), term(study.design, words)),
        (words("Comparison group"), words.text(study.comparison or "")),
        (words("What was assigned"), words.text(study.unit_of_assignment or "")),
        (words("The same people asked before and after"), _yes(study.same_people, words)),
        (words("Answers collected by somebody independent"), _yes(study.independent, words)),
        (words("Plan registered at"), words.text(study.registration or "")),
        (words("Days from the campaign's end to the last answers"), _whole(study.follow_up_days, words)),
        (words("People the effect is taken to hold for"), _whole(study.people_addressed, words)),
        (words("Languages of the message"), words.listed(language_name(tag, words) for tag in audience.languages)),
        (words("Message"), term(campaign.message.frame, words)),
        (words("Paid by"), words.text(campaign.funder or "")),
    )


def _outcome(campaign: Campaign, words: Words) -> tuple[tuple[str, str], ...]:
    outcome = campaign.outcome
    if outcome is None:
        return ()
    return (
        (words("What it shows"), term(outcome.rung, words)),
        (words("Answers that count"), words.listed(words.text(answer) for answer in outcome.counts)),
        (words("Smallest change that matters, per 100 people"), words.per_hundred(outcome.smallest_important)),
        (words("Day on which this was fixed"), words.date(outcome.registered) if outcome.registered else ""),
    )


def _spending(campaign: Campaign, words: Words) -> tuple[tuple[str, str], ...]:
    spent = campaign.spending
    return (
        (words("Paid for media"), _money(spent.media, words)),
        (words("Production"), _money(spent.production, words)),
        (words("Staff"), _money(spent.staff, words)),
        (words("Evaluation"), _money(spent.evaluation, words)),
    )


def _ethics(campaign: Campaign, words: Words) -> tuple[tuple[str, str], ...]:
    ethics = campaign.ethics
    return (
        (words("People agreed to be asked"), _yes(ethics.consent, words)),
        (words("Ethics approval"), words.text(ethics.approval or "")),
        (words("On what basis are the answers kept?"), words.text(ethics.data_protection or "")),
    )


def effect_table(evaluation: Evaluation, material: Material, words: Words) -> Table | None:
    """The effect in the wished direction by the method that counts, and by others; None where there is none to show."""
    shown, effect = shown_estimate(evaluation, material.profile), evaluation.effect
    if shown is None or effect is None:
        return None
    return Table(
        caption=words("The effect, per 100 people"),
        header=(
            words("Method"),
            words("Change (95 % range)"),
            words("Standard error"),
            words("p-value"),
            words("Degrees of freedom"),
            words("People asked"),
            words("Places"),
        ),
        rows=tuple(_figures(found, material, words) for found in (shown, *effect.beside)),
        widths=(0.28, 0.22, 0.11, 0.09, 0.11, 0.1, 0.09),
    )


def _figures(found: Estimate, material: Material, words: Words) -> tuple[str, ...]:
    return (
        method_name(found.method, words),
        change_label(found, words),
        NOTHING if found.se is None else words.number(100 * found.se, 2),
        NOTHING if found.p_value is None else _p_value(found.p_value, words),
        words.number(found.df, 1) if found.df < 1e6 else NOTHING,
        written_count(found.n, words, material.profile),
        NOTHING if found.clusters is None else words.number(found.clusters),
    )


def _p_value(p_value: float, words: Words) -> str:
    if p_value >= SMALLEST_P:
        return words.number(p_value, 3)
    return words("less than {number}", number=words.number(SMALLEST_P, 3))


def file_table(files: Sequence[Batch], words: Words) -> Table:
    """The files that count, with the mark by which each can be known again."""
    return Table(
        caption=words("Files that count"),
        header=(words("File"), words("Kind"), words("Rows"), words("Saved"), words("Checksum (SHA-256)")),
        rows=tuple(
            (
                words.text(batch.file_name),
                report_name(batch.report, words),
                words.number(batch.rows),
                words.date(batch.saved_at.date()),
                batch.sha256[:16],
            )
            for batch in files
        ),
        widths=(0.36, 0.2, 0.09, 0.14, 0.21),
    )


def _yes(said: bool | None, words: Words) -> str:
    if said is None:
        return ""
    return words("yes") if said else words("no")


def _whole(number: int | None, words: Words) -> str:
    return "" if number is None else words.number(number)


def _money(amount: Money | None, words: Words) -> str:
    return "" if amount is None else words.money(amount)
