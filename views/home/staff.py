"""What the staff of an organisation see first: what needs them, and whether a campaign reaches whom it is meant for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from campaigns.records import Arm, Wave
from campaigns.store import Status, Store
from metrics.evaluation import Evaluation
from metrics.planning import TwoProportions, sample_size
from metrics.verdicts import Finding
from views import page
from views.address import choose
from views.charts import audience_chart
from views.evaluations import audience_cells
from views.tables import delivery_table
from views.wording import Words, audience_sentence, delivery_only, reason_sentence, verdict_sentence
from views.wording.disclosing import shown_count, shown_share
from views.wording.plans import fewer_than_planned, waiting_for_answers

SHOWN = 5  # tasks in sight; the others are said by their number


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that only a person can do: what, on which page, and what the address there must say."""

    said: str
    page: str
    label: str
    campaign: str | None = None


def staff(store: Store, found: Sequence[Evaluation], words: Words) -> None:
    """The tasks, the ways to add data, and one campaign's delivery."""
    waiting = list(tasks(store, found, words))
    page.headline(
        words("What needs you today?"),
        words.plural("{n} thing needs you.", "{n} things need you.", len(waiting))
        if waiting
        else words("Nothing needs you: all files belong to a campaign, and all records are complete."),
    )
    _show_tasks(waiting, words)
    with st.container(key="ways", horizontal=True):
        page.link("add_data", words("Add data"), words)
        page.link("plan", words("Plan a survey"), words)
        page.link("add_data", words("Questionnaire and tables to fill in"), words)
    if found:
        _show_reached(store, found, words)


def tasks(store: Store, found: Sequence[Evaluation], words: Words) -> Iterator[Task]:
    """What waits for somebody, the most pressing first."""
    for batch in store.batches():
        if batch.campaign is None and batch.status == Status.ACTIVE:
            said = words("“{file}” is saved, but no campaign counts it yet.", file=words.text(batch.file_name))
            yield Task(said=said, page="add_data", label=words("Add data"))
    for evaluation in sorted(found, key=lambda evaluation: _ORDER.get(evaluation.verdict.finding, len(_ORDER))):
        if evaluation.verdict.finding in _ORDER:
            said = words(
                "**{campaign}**: {what}",
                campaign=words.text(evaluation.campaign.title),
                what=_what(evaluation, words),
            )
            where, label = _where(evaluation, words)
            yield Task(said=said, page=where, label=label, campaign=evaluation.campaign.id)


def _where(evaluation: Evaluation, words: Words) -> tuple[str, str]:
    """The page on which something can be done, and what its link says."""
    if evaluation.verdict.finding != Finding.NOT_MEASURED:
        return "campaign", words("Look")
    return ("add_data", words("Add data")) if evaluation.campaign.plan else ("plan", words("Plan a survey"))


_ORDER = {
    finding: place
    for place, finding in enumerate(
        (
            Finding.RECORD_INCOMPLETE,
            Finding.DO_NOT_TRUST,
            Finding.BACKFIRED,
            Finding.MIXED,
            Finding.CANNOT_TELL,
            Finding.NOT_MEASURED,
        )
    )
}


def _what(evaluation: Evaluation, words: Words) -> str:
    finding, verdict = evaluation.verdict.finding, evaluation.verdict
    if finding == Finding.CANNOT_TELL and (said := _too_few(evaluation, words)):
        return said
    if finding == Finding.NOT_MEASURED and (waiting := waiting_for_answers(evaluation.campaign, words)):
        return waiting
    if finding == Finding.NOT_MEASURED:
        return words("nobody was asked, so nobody knows whether it raised awareness. Plan a survey for the next one.")
    if finding in (Finding.RECORD_INCOMPLETE, Finding.DO_NOT_TRUST):
        pressing = [reason for reason in verdict.reasons if reason.fatal or finding == Finding.RECORD_INCOMPLETE]
        if pressing:
            return reason_sentence(pressing[0], words, campaign=evaluation.campaign, profile=page.profile())
    return verdict_sentence(evaluation, words, profile=page.profile())


def _too_few(evaluation: Evaluation, words: Words) -> str:
    """How many were asked, and how many a change that matters would need."""
    outcome, effect, estimate = evaluation.campaign.outcome, evaluation.effect, evaluation.verdict.estimate
    if lacking := fewer_than_planned(evaluation, words, profile=page.profile()):
        return lacking
    if outcome is None or effect is None or estimate is None:
        return ""
    groups = [group for group in effect.groups if group.arm == Arm.COMPARISON and group.wave == Wave.AFTER]
    share = shown_share(groups[0], page.profile()) if groups else None
    asked = shown_count(estimate.n, page.profile())
    matters = outcome.smallest_important
    if share is None or asked is None or not 0 < share + matters < 1:
        return ""
    needed = sample_size(TwoProportions(baseline=share, changed=share + matters), power=0.80)
    return words(
        "{asked} people were asked in all, too few to say. If chance decides who is addressed, about {needed} on each "
        "side show a change of {change} in every 100.",
        asked=words.number(asked),
        needed=words.number(10 * round(needed / 10)),
        change=words.per_hundred(matters),
    )


def _show_tasks(waiting: Sequence[Task], words: Words) -> None:
    for number, task in enumerate(waiting):
        if number == SHOWN:
            rest = st.expander(
                words.plural("Show {n} more thing", "Show {n} more things", len(waiting) - SHOWN), key="tasks-more"
            )
        place = st.container() if number < SHOWN else rest
        with place.container(
            key=f"row-task-{number}", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            sentence = task.said
            st.markdown(sentence, width="stretch")
            page.link(task.page, task.label, words, **({"campaign": task.campaign} if task.campaign else {}))


def _show_reached(store: Store, found: Sequence[Evaluation], words: Words) -> None:
    """Of one campaign: how often it was seen, and by whom."""
    known = {evaluation.campaign.id: evaluation for evaluation in found}
    latest = max(found, key=lambda one: (bool(one.audience), one.campaign.end, one.campaign.id)).campaign.id
    st.header(words("Is my campaign seen by the right people?"), anchor=False)
    titles = page.titles([evaluation.campaign for evaluation in found])
    chosen = choose(words("Campaign"), list(known), name="campaign", shown=titles.__getitem__, usual=latest)
    evaluation = known[chosen or latest]
    page.paragraph(delivery_only(evaluation, words), audience_sentence(evaluation, words))
    left, right = st.columns(2)
    with left:
        for share in evaluation.audience[:1]:
            cells = audience_cells(store, evaluation.campaign, share.breakdown)
            picture = audience_chart(cells, evaluation.campaign.audience, share.breakdown, words)
            page.show_picture(picture, words, name="reached")
    with right:
        table = delivery_table(evaluation, words)
        if not table.empty:
            st.subheader(words("From shown to clicked"), anchor=False)
            page.show_table(table.iloc[:, :2], words)
            st.caption(words("These figures say how often it was shown, not what anybody knows."))
