"""One campaign: whether it worked, how sure we are, and why."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from campaigns import batches
from campaigns.records import Campaign, Unit
from campaigns.store import Batch, Status, Store, open_store
from metrics.effects import Effect
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.verdicts import Reason
from views import page
from views.address import choose
from views.charts import (
    course_chart,
    dots_chart,
    event_study_chart,
    groups_chart,
    over_time_chart,
    people_chart,
)
from views.charts.picture import Picture
from views.describing import describe_campaign
from views.evaluations import daily, evaluations
from views.overriding import decide_otherwise, override_sentences
from views.planning.shown import show_plan
from views.reaching.gathering import reached
from views.reaching.groups import show_groups, show_steps, summary
from views.reaching.spending import show_costs
from views.tables import delivery_table
from views.wording import (
    Words,
    before_after_sentence,
    caution_sentence,
    certainty_label,
    country_name,
    figures_sentence,
    how_we_judge,
    reason_effect,
    reason_sentence,
    receipt_lines,
    term,
    verdict_sentence,
)
from views.wording.disclosing import shown_certainty, shown_effect
from views.wording.methods import method_sentences
from views.wording.verdicts import change_label


def show_answer(evaluation: Evaluation, words: Words) -> None:
    """What we say: in words, in figures, in dots."""
    campaign = evaluation.campaign
    page.headline(
        words.text(campaign.title),
        verdict_sentence(evaluation, words, profile=page.profile()),
        figures_sentence(evaluation, words, profile=page.profile()),
    )
    if certainty := shown_certainty(evaluation):
        st.markdown(words("How sure we are: {grade}", grade=certainty_label(certainty, words)))
    st.caption(
        words(
            "{organisation} · {period} · {countries}",
            organisation=words.text(campaign.organisation),
            period=words.period(campaign.start, campaign.end),
            countries=words.listed(country_name(code, words) for code in campaign.audience.countries),
        )
    )
    if campaign.outcome is None or campaign.outcome.unit == Unit.PEOPLE:
        for name, chart in (("change", dots_chart), ("people", people_chart)):
            show_chart(evaluation, words, f"{campaign.id}-{name}", chart)


def show_chart(
    evaluation: Evaluation, words: Words, name: str, chart: Callable[..., Picture | None], **more: Any
) -> None:
    """A picture of the campaign's result, drawn once."""
    picture = page.drawn_once(words, name, lambda: chart(evaluation, words, profile=page.profile(), **more))
    page.show_picture(picture, words, name=name, notes=notes(evaluation))


def show_reasons(evaluation: Evaluation, words: Words) -> None:
    """Why we say so and no more: reasons, groups, what before and after alone would say, guardrails."""
    st.header(words("Why do we say so?"), anchor=False)
    st.markdown(page.bullets([said(reason, evaluation, words) for reason in evaluation.verdict.reasons]))
    effect = evaluation.effect
    if effect is not None and effect.estimate is not None:
        show_comparison(evaluation, effect, words)
        st.markdown(before_after_sentence(evaluation, words, profile=page.profile()))
        if isinstance(effect.estimate, Estimate):
            st.markdown(page.bullets([caution_sentence(caution, words) for caution in effect.estimate.cautions]))
        with st.expander(words("How was it worked out?")):
            st.markdown(page.bullets(method_sentences(effect, words)))
    if evaluation.guardrails:
        st.subheader(words("Did anything get worse that must not?"), anchor=False)
        st.markdown(page.bullets([guardrail(effect, words) for effect in evaluation.guardrails]))
    if evaluation.secondary:
        show_ladder(evaluation, words)
    show_plan(evaluation, words, profile=page.profile())


def show_comparison(evaluation: Evaluation, effect: Effect, words: Words) -> None:
    """What the effect was read from: a course over time, places one after the other, or groups before and after."""
    name = evaluation.campaign.id
    if effect.course is not None:
        show_chart(evaluation, words, f"{name}-course", course_chart)
        return
    if effect.staggered is not None:
        show_chart(evaluation, words, f"{name}-since-start", event_study_chart)
    show_chart(evaluation, words, f"{name}-groups", groups_chart)


def show_ladder(evaluation: Evaluation, words: Words) -> None:
    """Other steps of the ladder of outcomes, which the campaign is not judged by."""
    st.subheader(words("What else changed?"), anchor=False)
    st.markdown(
        words.plural(
            "The campaign is not judged by this; it was looked at too.",
            "The campaign is not judged by these {n}; of several that are looked at, one may differ by chance.",
            len(evaluation.secondary),
        )
    )
    st.markdown(page.bullets([step(effect, words) for effect in evaluation.secondary]))
    for effect in evaluation.secondary:
        if effect.course is not None:
            name = f"{evaluation.campaign.id}-{effect.outcome.id}"
            show_chart(evaluation, words, name, course_chart, outcome=effect.outcome)


def step(effect: Effect, words: Words) -> str:
    """One step of the ladder: what was asked, and how it changed; above zero is the wished direction."""
    rung, question = term(effect.outcome.rung, words), words.text(effect.outcome.question)
    if (estimate := shown_effect(effect, page.profile())) is None:
        return words("{step}: “{question}”: cannot be said", step=rung, question=question)
    change = change_label(estimate, words)
    return words("{step}: “{question}”: {change} in every 100", step=rung, question=question, change=change)


def said(reason: Reason, evaluation: Evaluation, words: Words) -> str:
    """A reason, and what it does to the certainty."""
    sentence = reason_sentence(reason, words, campaign=evaluation.campaign, profile=page.profile())
    effect = reason_effect(reason, words)
    return words("{reason} ({effect})", reason=sentence, effect=effect) if effect else sentence


def guardrail(effect: Effect, words: Words) -> str:
    """What must not get worse, and what became of it: above zero is the wished direction."""
    question = words.text(effect.outcome.question)
    if (estimate := shown_effect(effect, page.profile())) is None:
        return words("“{question}”: cannot be said", question=question)
    change = change_label(estimate, words)
    if effect.harmed:
        return words("“{question}”: worse, {change} in every 100", question=question, change=change)
    return words("“{question}”: not shown to be worse, {change} in every 100", question=question, change=change)


def show_audience(store: Store, evaluation: Evaluation, words: Words) -> None:
    """Whether those reached were those meant, what became of them step by step, and at what cost."""
    campaign, about = evaluation.campaign, notes(evaluation)
    st.header(words("Did it reach the people it was meant for?"), anchor=False)
    st.markdown(words("Meant for: {group}", group=words.text(campaign.audience.description)))
    with st.spinner(words("Working out the results")):
        found = reached(store, campaign, page.profile())
    st.markdown(page.bullets(summary(found, words)))
    show_groups(store, evaluation, words, about)
    page.link("audience", words("By platform and message, and who says that they saw it"), words, campaign=campaign.id)
    show_steps(store, evaluation, words, about)
    show_costs(store, evaluation, words, about)


def show_over_time(store: Store, evaluation: Evaluation, words: Words) -> None:
    """What the platforms counted, in all and by day."""
    campaign = evaluation.campaign
    st.header(words("How often was it seen, and when?"), anchor=False)
    st.markdown(words("These figures say how often it was shown, not what anybody knows."))
    table = delivery_table(evaluation, words)
    if table.empty:
        st.markdown(words("No platform has reported anything yet."))
        return
    page.show_table(table, words)
    page.offer_csv(table, words, name=f"{campaign.id}-delivery", notes=notes(evaluation))
    days = daily(store, campaign)
    counted = [metric for metric in ("impressions", "views", "reach") if metric in days and days[metric].notna().any()]
    if counted and days["day"].nunique() > 1:
        name = f"{campaign.id}-days"
        picture = page.drawn_once(words, name, lambda: over_time_chart(days, campaign, words, metric=counted[0]))
        page.show_picture(picture, words, name=name, notes=notes(evaluation))


def correct_record(store: Store, campaign: Campaign, words: Words) -> None:
    """The campaign's record, to complete or correct; what it was before stays in the history."""
    with st.expander(words("Complete or correct the record")):
        corrected = describe_campaign((), (), words, known=campaign)
        if corrected is not None:
            store.save_campaign(corrected, person=page.PERSON)
            st.rerun()


def show_decisions(store: Store, evaluation: Evaluation, words: Words) -> None:
    """What evaluators decided otherwise than the rules, and the form to do so."""
    if sentences := override_sentences(evaluation.campaign, words):
        st.subheader(words("What did evaluators decide?"), anchor=False)
        st.markdown(page.bullets(sentences))
    if evaluation.verdict.by_the_rules is not None:
        st.caption(words("By the rules: {grade}", grade=certainty_label(evaluation.verdict.by_the_rules, words)))
    with st.expander(words("For evaluators: decide otherwise")):
        decided = decide_otherwise(evaluation, words, today=dt.datetime.now(dt.UTC).date())
        if decided is not None:
            store.save_campaign(decided, person=decided.overrides[-1].person)
            st.rerun()


def show_files(store: Store, evaluation: Evaluation, words: Words) -> None:
    """The files that the figures come from, how each was read, and the way back."""
    st.header(words("Which files is this from?"), anchor=False)
    saved = store.batches(evaluation.campaign.id)
    if not saved:
        st.markdown(words("There are no files yet."))
    for batch in reversed(saved):
        show_file(store, batch, words)


def show_file(store: Store, batch: Batch, words: Words) -> None:
    """One file: by whom, when, whether it counts."""
    with st.container(key=f"row-{batch.id}"):
        text, button = st.columns([4, 1], vertical_alignment="center")
        counts = batch.status == Status.ACTIVE
        text.markdown(
            words("**{file}** · {rows}", file=words.text(batch.file_name), rows=rows_of(batch, words))
            if counts
            else words("~~{file}~~ · undone, counts no longer", file=words.text(batch.file_name))
        )
        text.caption(
            words("Saved by {person}, {day}", person=words.text(batch.saved_by), day=words.date(batch.saved_at.date()))
        )
        if counts and button.button(words("Undo"), key=f"undo-{batch.id}"):
            batches.undo(store, batch.id, person=page.PERSON)
            st.rerun()
        if not counts and button.button(words("Redo"), key=f"redo-{batch.id}"):
            batches.redo(store, batch.id, person=page.PERSON)
            st.rerun()
        with st.expander(words("How was it read?")):
            lines = pd.DataFrame(receipt_lines(batch.receipt, words), columns=["", " "])
            st.table(lines, hide_index=True, hide_header=True, border="horizontal")


def rows_of(batch: Batch, words: Words) -> str:
    """How many rows a file gave."""
    return words.plural("{n} row", "{n} rows", batch.rows)


def notes(evaluation: Evaluation) -> page.Notes:
    """What must be known of this campaign's tables."""
    words = page.reader_words()
    design = (words("Design"), term(evaluation.campaign.study.design, words.in_files))
    return page.notes_of([evaluation], words.in_files, (words("Campaign"), evaluation.campaign.title), design)


words = page.reader_words()
with open_store() as store:
    found = {evaluation.campaign.id: evaluation for evaluation in evaluations(store)}
    if not found:
        page.headline(words("Did this campaign raise awareness?"), words("There is no campaign yet."))
        page.offer_example(store, words)
        st.stop()
    titles = page.titles([evaluation.campaign for evaluation in found.values()])
    wished = st.query_params.get("campaign")
    if wished is not None and wished not in found:
        st.warning(words("There is no campaign “{name}” here; another one is shown.", name=words.text(wished)))
    first = next(iter(found))
    chosen = choose(words("Campaign"), list(found), name="campaign", shown=titles.__getitem__, usual=first)
    evaluation = found[chosen or first]
    show_answer(evaluation, words)
    show_reasons(evaluation, words)
    show_decisions(store, evaluation, words)
    show_audience(store, evaluation, words)
    show_over_time(store, evaluation, words)
    show_files(store, evaluation, words)
    correct_record(store, evaluation.campaign, words)
    with st.expander(words("How do we know?")):
        design = term(evaluation.campaign.study.design, words)
        st.markdown(page.bullets([method for name, method in how_we_judge(words) if name == design]))
        st.page_link("screens/help.py", label=words("Methods, words and definitions"))
    page.choose_image_format(words)
