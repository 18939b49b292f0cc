"""The short form by which a person describes a campaign, and the record that comes of it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from campaigns.questionnaire import Question
from campaigns.records import (
    Audience,
    Campaign,
    Design,
    Direction,
    Ethics,
    Frame,
    Message,
    Money,
    Outcome,
    Rung,
    Spending,
    Study,
)
from campaigns.vocabulary import COUNTRIES, CURRENCIES, minor_units
from views.wording import Words, country_name, language_name, term

Code = TypeVar("Code", bound=StrEnum)

COMMON_LANGUAGES = (
    "ar", "am", "bm", "bn", "ckb", "dyu", "en", "es", "fa", "ff", "fr", "ha", "ht", "ku", "ln", "mnk", "my", "ne", "om",
    "ps", "pt", "qu", "ru", "so", "sq", "sw", "ti", "tr", "uk", "ur", "uz", "vi", "wo", "yo", "zh",
)  # fmt: skip


def describe_campaign(taken: Collection[str], questions: Sequence[Question], words: Words) -> Campaign | None:
    """Ask for a campaign's record; None until a person has filled in what is needed and pressed the button."""
    plain = words.in_files
    title = st.text_input(words("Title"), key="title", max_chars=120)
    organisation = st.text_input(words("Organisation"), key="organisation", max_chars=120)
    first, last = st.columns(2)
    start = first.date_input(words("First day"), value=None, key="start", format="YYYY-MM-DD")
    end = last.date_input(words("Last day"), value=None, key="end", format="YYYY-MM-DD")
    countries = st.multiselect(
        words("Countries of origin"),
        sorted(COUNTRIES, key=lambda code: country_name(code, plain)),
        format_func=lambda code: country_name(code, plain),
        key="countries",
        placeholder=words("Choose"),
    )
    audience = st.text_input(
        words("Whom was it meant for?"), key="audience", max_chars=200, placeholder=words("Young men in coastal towns")
    )
    low, high, spoken = st.columns([1, 1, 2])
    age_low = low.number_input(words("Youngest age"), min_value=0, max_value=120, value=None, step=1, key="age_low")
    age_high = high.number_input(words("Oldest age"), min_value=0, max_value=120, value=None, step=1, key="age_high")
    languages = spoken.multiselect(
        words("Languages of the message"),
        COMMON_LANGUAGES,
        format_func=lambda tag: language_name(tag, plain),
        key="languages",
        placeholder=words("Choose"),
    )
    frame = pick(words("What was the message about?"), list(Frame), Frame.RISK, "frame", words)
    design = pick(words("How was it measured?"), list(Design), Design.DELIVERY_ONLY, "measured", words)
    money, currency = st.columns([2, 1])
    media = money.number_input(words("Paid for media"), min_value=0.0, value=None, step=100.0, key="media")
    paid_in = currency.selectbox(
        words("Currency"), sorted(CURRENCIES), index=sorted(CURRENCIES).index("USD"), key="currency"
    )
    outcome = None if design == Design.DELIVERY_ONLY else describe_outcome(questions, words)
    consent = design != Design.DELIVERY_ONLY and st.checkbox(words("People agreed to be asked"), key="consent")
    basis = ""
    if design != Design.DELIVERY_ONLY:
        basis = st.text_input(
            words("On what basis are the answers kept?"),
            key="basis",
            max_chars=200,
            placeholder=words("Consent, or the organisation's data protection policy"),
        )

    lacking = [
        label
        for label, value in (
            (words("Title"), title.strip()),
            (words("Organisation"), organisation.strip()),
            (words("First day"), start),
            (words("Last day"), end),
            (words("Countries of origin"), countries),
            (words("Whom was it meant for?"), audience.strip()),
            (words("The question that was asked"), design == Design.DELIVERY_ONLY or outcome),
        )
        if not value
    ]
    pressed = st.button(words("Add this campaign"), key="add-campaign", type="primary", disabled=bool(lacking))
    if lacking:
        st.caption(words("Still needed: {fields}", fields=words.listed(lacking)))
    if not pressed or lacking or start is None or end is None:
        return None
    if end < start:
        st.error(words("The last day lies before the first."))
        return None
    if age_low is not None and age_high is not None and age_high < age_low:
        st.error(words("The oldest age lies below the youngest."))
        return None
    return Campaign(
        id=identifier(title, start, taken),
        title=title.strip(),
        organisation=organisation.strip(),
        start=start,
        end=end,
        audience=Audience(
            description=audience.strip(),
            countries=tuple(countries),
            languages=tuple(languages),
            age_low=age_low,
            age_high=age_high,
        ),
        message=Message(frame=frame),
        study=Study(design=design),
        outcome=outcome,
        spending=Spending(media=None if media is None else in_minor_units(media, paid_in)),
        ethics=Ethics(consent=consent or None, data_protection=basis.strip() or None),
    )


def describe_outcome(questions: Sequence[Question], words: Words) -> Outcome | None:
    """Ask which question shows whether something changed, and which answers to it count."""
    askable = {question.header: question for question in questions if question.personal is None and question.answers}
    column = question = ""
    counting: Sequence[str] = ()
    if askable:
        label = words("Which column holds the answers?")
        column = st.selectbox(label, list(askable), index=None, key="column", placeholder=words("Choose")) or ""
        counting = st.multiselect(
            words("Which answers count as yes?"),
            [answer for answer, _ in askable[column].answers] if column else [],
            key="counting",
            placeholder=words("Choose"),
        )
        question = column
    else:
        column = st.text_input(words("The column of the survey that holds the answers"), key="column-name").strip()
        written = st.text_input(words("Which answers count as yes? (separated by ;)"), key="counting-text")
        counting = [answer.strip() for answer in written.split(";") if answer.strip()]
    question = st.text_input(words("The question that was asked"), value=question, key="question", max_chars=300)
    rung = pick(words("What does it show?"), list(Rung), Rung.KNOWLEDGE, "rung", words)
    wished, smallest, fixed = st.columns(3)
    with wished:
        label = words("Wished: more or fewer such answers?")
        desired = pick(label, list(Direction), Direction.MORE, "desired", words)
    important = smallest.number_input(
        words("Smallest change that matters, per 100 people"), min_value=1, max_value=50, value=5, key="smallest"
    )
    registered = fixed.date_input(
        words("Day on which this was fixed"), value=None, key="registered", format="YYYY-MM-DD"
    )
    if not (column and counting and question.strip()):
        return None
    return Outcome(
        id="primary",
        rung=rung,
        question=question.strip(),
        column=column,
        counts=tuple(counting),
        desired=desired,
        smallest_important=important / 100,
        registered=registered,
    )


def pick(label: str, codes: Sequence[Code], usual: Code, key: str, words: Words) -> Code:
    """One code of a list, shown as a person says it."""
    chosen = st.selectbox(
        label,
        codes,
        index=codes.index(usual),
        format_func=lambda code: term(code, words.in_files),
        key=key,
    )
    return chosen or usual


def identifier(title: str, start: dt.date, taken: Collection[str]) -> str:
    """An id made of a campaign's title and year that no other campaign has.

    >>> identifier("La longue route : radio", dt.date(2026, 3, 1), {"2026-la-longue-route-radio"})
    '2026-la-longue-route-radio-2'
    """
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = f"{start.year}-{re.sub('[^a-z0-9]+', '-', letters).strip('-') or 'campaign'}"[:56].strip("-")
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def in_minor_units(amount: float, currency: str) -> Money:
    """An amount as a person types it, in whole minor units."""
    return Money(amount=round(amount * 10 ** minor_units(currency)), currency=currency)
