"""A plan becomes the campaign's record: what it adds to the survey, the safeguards, and the day it was stated."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from campaigns.plans import Plan, Safeguard
from campaigns.questionnaire_form import outcomes, texts
from campaigns.records import (
    Campaign,
    Design,
    Ethics,
    Frame,
    Message,
    Messenger,
    Outcome,
    Rung,
    Spending,
    Study,
    Tone,
    Wave,
)
from metrics.plans import detectable
from views.describing import describe_audience, identifier
from views.describing_studies import Form, Stated, describe_outcome
from views.planning.asking import Asked
from views.wording import Words
from views.wording.plans import SAFEGUARDS

NAME = "plan"
OTHER = "another question"
# What a campaign against smuggling must not make worse.
GUARDED = frozenset({Rung.TRUST, Rung.DISTRESS, Rung.STIGMA, Rung.INTENTION_REGULAR, Rung.PROTECTION_AWARENESS})


def ask_safeguards(words: Words) -> tuple[Safeguard, ...]:
    """What is settled for the people in the campaign and in its data."""
    return tuple(
        safeguard
        for safeguard, sentence in SAFEGUARDS.items()
        if st.checkbox(words(sentence), key=f"plan-safeguard-{safeguard}")
    )


def describe_plan(
    asked: Asked,
    settled: tuple[Safeguard, ...],
    taken: Collection[str],
    words: Words,
    *,
    today: dt.date,
    organisation: str = "",
) -> Campaign | None:
    """Ask what the survey does not say of the campaign; its record once a person presses the button."""
    seen = detectable(asked.survey)
    if asked.survey.sd is not None:
        st.markdown(
            words(
                "The tracker judges how many of 100 people know or intend something. To keep this plan, say above from "
                "which answer on a person counts, and plan the share of those people."
            )
        )
        return None
    if seen is None:
        st.markdown(words("A survey that can see no change is not kept as a plan. Ask more people or places."))
        return None
    form = Form(words, name=NAME)
    title = form.text(words("Title"), "title", "", longest=120)
    organisation = form.text(words("Organisation"), "organisation", organisation, longest=120)
    first, last = st.columns(2)
    with first:
        start = form.day(words("First day"), "start", None)
    with last:
        end = form.day(words("Last day"), "end", None)
    if start is not None and start < today:
        st.warning(
            words("This campaign has begun: what is stated today was not stated before it, and the record will say so.")
        )
    audience = describe_audience(form, words, None)
    message = _describe_message(form, words)
    outcome = _describe_outcome(form, asked, words, today)
    guardrails = _choose_guardrails(form, outcome, words, today) if outcome else ()
    study, ethics = _describe_study(form, asked, words), _describe_ethics(form, settled, words)
    needed = {
        words("Title"): title,
        words("Organisation"): organisation,
        words("First day"): start,
        words("Last day"): end,
        words("Countries of origin"): audience,
        words("The question that was asked"): outcome,
    }
    lacking = [label for label, value in needed.items() if not value]
    st.caption(
        words(
            "The outcome, its direction and the smallest change that matters are kept with the date {day}. Who changes "
            "them later, when there are answers, lowers how sure we can be; the history shows it.",
            day=words.date(today),
        )
    )
    pressed = st.button(
        words("Keep this plan as the campaign's record"), type="primary", key="plan-keep", disabled=bool(lacking)
    )
    if lacking:
        st.caption(words("Still needed: {fields}", fields=words.listed(lacking)))
    if not pressed or lacking or start is None or end is None or audience is None:
        return None
    if end < start:
        st.error(words("The last day lies before the first."))
        return None
    return Campaign(
        id=identifier(title, start, taken),
        title=title,
        organisation=organisation,
        start=start,
        end=end,
        audience=audience,
        message=message,
        study=study,
        outcome=outcome,
        guardrails=guardrails,
        spending=Spending(evaluation=asked.cost),
        ethics=ethics,
        plan=plan_of(asked, seen, settled, today),
    )


def plan_of(asked: Asked, seen: float, settled: tuple[Safeguard, ...], today: dt.date) -> Plan:
    """What is kept of a planned survey."""
    survey = asked.survey
    return Plan(
        stated=today,
        people=survey.people,
        waves=survey.waves,
        places=survey.places,
        known=survey.known,
        smallest_seen=seen,
        settled=settled,
    )


def _describe_outcome(form: Form, asked: Asked, words: Words, today: dt.date) -> Outcome | None:
    """The ONE primary outcome: a question of the standard questionnaire, or another one."""
    wished = asked.survey.desired
    offered = {outcome.id: outcome for outcome in outcomes(Wave.BEFORE) if outcome.desired == wished}
    chosen = st.selectbox(
        words("Which question shows whether it worked? (from the questionnaire above, or another one)"),
        [*offered, OTHER],
        index=None,
        format_func=lambda name: _question(name, words) if name in offered else words("Another question"),
        placeholder=words("Choose"),
        key=form.key("standard"),
    )
    if chosen is None:
        return None
    if chosen != OTHER:
        return replace(offered[chosen], smallest_important=asked.important, registered=today)
    stated = Stated(desired=wished, smallest_important=asked.important, registered=today)
    return describe_outcome(form, (), words, None, stated=stated)


def _choose_guardrails(form: Form, primary: Outcome, words: Words, today: dt.date) -> tuple[Outcome, ...]:
    """What must not get worse, asked by the same questionnaire."""
    offered = {outcome.id: outcome for outcome in outcomes(Wave.BEFORE) if outcome.id != primary.id}
    usual = [name for name, outcome in offered.items() if outcome.rung in GUARDED]
    chosen = form.several(
        words("What must not get worse? (asked as well, and judged beside it)"),
        list(offered),
        "guardrails",
        usual,
        shown=lambda name: _question(name, words),
    )
    return tuple(replace(offered[name], registered=today) for name in chosen)


def _question(name: str, words: Words) -> str:
    """A question of the standard questionnaire, in the reader's language where it has it."""
    said = texts()["question", name]
    return said.get(words.language, said["en"])


def _describe_message(form: Form, words: Words) -> Message:
    frame, tone, messenger = st.columns(3)
    with frame:
        about = form.pick(words("What was the message about?"), Frame, Frame.RISK, "frame")
    with tone:
        feeling = form.pick(words("Which feeling does it appeal to?"), Tone, Tone.NEUTRAL, "tone")
    with messenger:
        speaker = form.pick(words("Who speaks?"), Messenger, Messenger.NONE, "messenger")
    return Message(frame=about, tone=feeling, messenger=speaker)


def _describe_study(form: Form, asked: Asked, words: Words) -> Study:
    survey = asked.survey
    others, days, people = st.columns([2, 1, 1])
    with others:
        comparison = form.text(words("Who is the comparison group?"), "comparison", "", longest=200)
    with days:
        follow_up = form.whole(words("Days between the end and the last survey"), "follow_up", 30)
    with people:
        addressed = form.whole(words("People whom it was meant to reach there"), "addressed", None)
    registration = form.text(
        words("Where is this plan registered, if anywhere? (number or address)"), "registration", "", longest=200
    )
    independent = st.checkbox(
        words("Somebody other than the organisation collected the answers"), key=form.key("independent")
    )
    drawn = survey.design == Design.CLUSTER_RANDOMISED
    return Study(
        design=survey.design,
        comparison=comparison or None,
        unit_of_assignment="village or school" if drawn else None,
        same_people=survey.same_people,
        independent=independent or None,
        registration=registration or None,
        follow_up_days=follow_up,
        people_addressed=addressed or None,
    )


def _describe_ethics(form: Form, settled: tuple[Safeguard, ...], words: Words) -> Ethics:
    basis, where, number = st.columns(3)
    with basis:
        protection = form.text(words("On what basis are the answers kept?"), "basis", "", longest=200)
    with where:
        complaints = form.text(words("Where can people complain?"), "complaints", "", longest=200)
    with number:
        approval = form.text(words("Number of the ethics approval"), "approval", "", longest=120)
    return Ethics(
        consent=True if Safeguard.CONSENT in settled else None,
        data_protection=protection or None,
        complaints=complaints or None,
        approval=approval or None,
    )
