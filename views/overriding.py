"""What an evaluator decides otherwise than the rules do, with a reason; the record keeps who, when and why."""

import datetime as dt
from dataclasses import replace

import streamlit as st

from campaigns.records import CERTAINTIES, Campaign, Overridden, Override
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.verdicts import Certainty
from views.wording import Words
from views.wording.methods import method_name
from views.wording.verdicts import certainty_label

LONGEST = 500


def override_sentences(campaign: Campaign, words: Words) -> list[str]:
    """Every decision so far, the last first."""
    return [
        words(
            "{person} set {what} to {value} on {day}: “{why}”",
            person=words.text(found.person),
            what=words("the certainty") if found.what == Overridden.CERTAINTY else words("the method"),
            value=_value(found, words),
            day=words.date(found.day),
            why=words.text(found.why, longest=LONGEST),
        )
        for found in reversed(campaign.overrides)
    ]


def _value(found: Override, words: Words) -> str:
    if found.what == Overridden.CERTAINTY:
        return certainty_label(Certainty[found.value.upper()], words)
    return words.text(found.value.replace("_", " "))


def decide_otherwise(evaluation: Evaluation, words: Words, *, today: dt.date) -> Campaign | None:
    """The form of an evaluator; the campaign with the decision once it is sent with a name and a reason."""
    campaign, effect = evaluation.campaign, evaluation.effect
    options: dict[tuple[Overridden, str], str] = {}
    if evaluation.verdict.certainty is not None:
        for code in CERTAINTIES:
            label = certainty_label(Certainty[code.upper()], words.in_files)
            options[Overridden.CERTAINTY, code] = words.in_files("How sure we are: {grade}", grade=label)
    for found in effect.beside if effect is not None and isinstance(effect.estimate, Estimate) else ():
        name = method_name(found.method, words.in_files)
        options[Overridden.METHOD, str(found.method)] = words.in_files("Method: {method}", method=name)
    if not options:
        st.markdown(words("There is no result yet to decide about."))
        return None
    with st.form("override"):
        chosen = st.selectbox(
            words("Decide otherwise"),
            list(options),
            index=None,
            format_func=options.__getitem__,
            placeholder=words("Choose"),
            key="override-what",
        )
        person = st.text_input(words("Your name"), key="override-person", max_chars=80)
        why = st.text_area(words("Why"), key="override-why", max_chars=LONGEST)
        sent = st.form_submit_button(words("Keep this decision"), key="override-keep")
    if not sent:
        return None
    if chosen is None or not person.strip() or not why.strip():
        st.error(words("Choose what to decide otherwise, and give your name and the reason."))
        return None
    what, value = chosen
    decided = Override(what=what, value=value, person=person.strip(), day=today, why=why.strip())
    return replace(campaign, overrides=(*campaign.overrides, decided))
