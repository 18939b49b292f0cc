"""The form by which a person describes a campaign or corrects its record, and the record that comes of it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

import streamlit as st

from campaigns.questionnaire import Question
from campaigns.records import Audience, Campaign, Design, Ethics, Frame, Message, Money, Sex, Spending, Study
from campaigns.vocabulary import COUNTRIES, CURRENCIES, minor_units
from views import page
from views.describing_studies import Form, describe_outcome, describe_study
from views.wording import Words, country_name, language_name, term

COMMON_LANGUAGES = (
    "ar", "am", "bm", "bn", "ckb", "dyu", "en", "es", "fa", "ff", "fr", "ha", "ht", "ku", "ln", "mnk", "my", "ne", "om",
    "ps", "pt", "qu", "ru", "so", "sq", "sw", "ti", "tr", "uk", "ur", "uz", "vi", "wo", "yo", "zh",
)  # fmt: skip


def describe_campaign(
    taken: Collection[str],
    questions: Sequence[Question],
    words: Words,
    *,
    known: Campaign | None = None,
    period: tuple[dt.date, dt.date] | None = None,
) -> Campaign | None:
    """Ask for a campaign's record, or for corrections of the `known` one; None until a person presses the button.

    What the form does not ask stays as it is known. `period` is what a file covers: the days of a campaign, until
    somebody says other ones.
    """
    first_day, last_day = (known.start, known.end) if known else period or (None, None)
    form = Form(words, name=known.id if known else "")
    title = form.text(words("Title"), "title", known.title if known else "", longest=120)
    usual = known.organisation if known else page.decided().organisation
    organisation = form.text(words("Organisation"), "organisation", usual, longest=120)
    first, last = st.columns(2)
    with first:
        start = form.day(words("First day"), "start", first_day)
    with last:
        end = form.day(words("Last day"), "end", last_day)
    group = describe_audience(form, words, known.audience if known else None)
    frame = form.pick(
        words("What was the message about?"), Frame, known.message.frame if known else Frame.RISK, "frame"
    )
    spending = _describe_spending(form, words, known.spending if known else Spending())
    study = describe_study(form, words, known.study if known else Study(design=Design.DELIVERY_ONLY))
    measured = study.design != Design.DELIVERY_ONLY
    outcome = known.outcome if known else None
    ethics = known.ethics if known else Ethics()
    if measured:
        outcome = describe_outcome(form, questions, words, outcome)
        ethics = _describe_ethics(form, words, ethics)

    needed = {
        words("Title"): title,
        words("Organisation"): organisation,
        words("First day"): start,
        words("Last day"): end,
        words("Countries of origin"): group is not None and group.countries,
        words("Whom was it meant for?"): group is not None,
        words("The question that was asked"): outcome or not measured,
    }
    lacking = [label for label, value in needed.items() if not value]
    label = words("Save the corrected record") if known else words("Add this campaign")
    pressed = st.button(label, key=form.key("add-campaign"), type="primary", disabled=bool(lacking))
    if lacking:
        st.caption(words("Still needed: {fields}", fields=words.listed(lacking)))
    if not pressed or lacking or start is None or end is None or group is None:
        return None
    if end < start:
        st.error(words("The last day lies before the first."))
        return None
    message = replace(known.message, frame=frame) if known else Message(frame=frame)
    return replace(
        known or _blank(identifier(title, start, taken), start, group),
        title=title,
        organisation=organisation,
        start=start,
        end=end,
        audience=group,
        message=message,
        study=study,
        outcome=outcome,
        spending=spending,
        ethics=ethics,
    )


def _blank(name: str, day: dt.date, audience: Audience) -> Campaign:
    """A record of which nothing but its id is said yet."""
    return Campaign(
        id=name,
        title=name,
        organisation=name,
        start=day,
        end=day,
        audience=audience,
        message=Message(frame=Frame.RISK),
        study=Study(design=Design.DELIVERY_ONLY),
    )


def describe_audience(form: Form, words: Words, known: Audience | None) -> Audience | None:
    """Whom the campaign was meant for; None while the group or its countries are not said, or its ages cannot be."""
    plain = words.in_files
    countries = form.several(
        words("Countries of origin"),
        sorted(COUNTRIES, key=lambda code: country_name(code, plain)),
        "countries",
        known.countries if known else (),
        shown=lambda code: country_name(code, plain),
    )
    description = form.text(
        words("Whom was it meant for?"),
        "audience",
        known.description if known else "",
        longest=200,
        placeholder=words("Young men in coastal towns"),
    )
    low, high, sex = st.columns([1, 1, 2])
    with low:
        age_low = form.whole(words("Youngest age"), "age_low", known.age_low if known else None, most=120)
    with high:
        age_high = form.whole(words("Oldest age"), "age_high", known.age_high if known else None, most=120)
    with sex:
        sexes = form.several(
            words("Sex (empty: everybody)"),
            [Sex.FEMALE, Sex.MALE, Sex.OTHER],
            "sexes",
            known.sexes if known else (),
            shown=lambda code: term(code, plain, kind="Sex"),
        )
    languages = form.several(
        words("Languages of the message"),
        sorted({*COMMON_LANGUAGES, *(known.languages if known else ())}),
        "languages",
        known.languages if known else (),
        shown=lambda tag: language_name(tag, plain),
    )
    if age_low is not None and age_high is not None and age_high < age_low:
        st.error(words("The oldest age lies below the youngest."))
        return None
    if not (countries and description):
        return None
    return replace(
        known or Audience(description=description, countries=countries, languages=languages),
        description=description,
        countries=countries,
        languages=languages,
        sexes=sexes,
        age_low=age_low,
        age_high=age_high,
    )


def _describe_spending(form: Form, words: Words, known: Spending) -> Spending:
    """What was paid, for what; what is not known stays empty."""
    labels = {"media": words("Paid for media"), "production": words("Production"), "staff": words("Staff")}
    paid_in = known.known[0].currency if known.known else "USD"
    columns = st.columns([2, 2, 2, 1])
    with columns[3]:
        currency = st.selectbox(
            words("Currency"), sorted(CURRENCIES), index=sorted(CURRENCIES).index(paid_in), key=form.key("currency")
        )
    parts: dict[str, Money | None] = {}
    for column, (name, label) in zip(columns, labels.items(), strict=False):
        part: Money | None = getattr(known, name)
        with column:
            amount = st.number_input(
                label, min_value=0.0, value=part.major if part else None, step=100.0, key=form.key(name)
            )
        parts[name] = None if amount is None else in_minor_units(amount, currency)
    evaluation = known.evaluation if known.evaluation and known.evaluation.currency == currency else None
    return Spending(**parts, evaluation=evaluation)


def _describe_ethics(form: Form, words: Words, known: Ethics) -> Ethics:
    consent = st.checkbox(words("People agreed to be asked"), value=bool(known.consent), key=form.key("consent"))
    basis = form.text(
        words("On what basis are the answers kept?"),
        "basis",
        known.data_protection or "",
        longest=200,
        placeholder=words("Consent, or the organisation's data protection policy"),
    )
    return replace(known, consent=consent or None, data_protection=basis or None)


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
