"""What only the person who sends a file can know: which of two readings is meant, which column is which."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from campaigns.privacy import folded
from campaigns.questionnaire import ARMS, WAVES, Codebook, Question, codebook_for
from campaigns.receipts import Upload
from campaigns.records import Arm, Campaign, Wave
from campaigns.vocabulary import CURRENCIES
from views.wording import Words, term

Code = TypeVar("Code", bound=StrEnum)


def ask_questions(upload: Upload, words: Words) -> dict[str, str]:
    """Answers to what the file leaves open, as `read_export` takes them; each question is asked once."""
    asked = {problem.code: problem for problem in reversed(upload.problems)}
    answers: dict[str, str | None] = {}
    if "several_sheets" in asked:
        answers["sheet"] = st.selectbox(
            words("Which sheet holds the figures?"),
            upload.receipt.sheets,
            index=None,
            placeholder=words("Choose"),
            key="answer-sheet",
        )
    if (problem := asked.get("date_order_ambiguous")) is not None:
        answers["date_order"] = ask_either(
            words("How is the date {value} meant?", value=words.text(problem.value or "")),
            {
                "day_first": words.in_files("Day first, then month"),
                "month_first": words.in_files("Month first, then day"),
            },
            "date_order",
        )
    if (problem := asked.get("decimal_sign_ambiguous")) is not None:
        answers["decimal_sign"] = ask_either(
            words("What does the sign in {value} mean?", value=words.text(problem.value or "")),
            {
                "point": words.in_files("The point separates decimals: 1.5 is one and a half"),
                "comma": words.in_files("The comma separates decimals: 1,5 is one and a half"),
            },
            "decimal_sign",
        )
    if (problem := asked.get("no_year_in_dates")) is not None:
        year = st.number_input(
            words("Of which year is {value}?", value=words.text(problem.value or "")),
            min_value=2005,
            max_value=dt.datetime.now(dt.UTC).year,
            value=None,
            step=1,
            key="answer-year",
        )
        answers["year"] = None if year is None else str(year)
    if "currency_unknown" in asked:
        answers["currency"] = st.selectbox(
            words("In which currency was it paid?"),
            sorted(CURRENCIES),
            index=None,
            placeholder=words("Not known"),
            key="answer-currency",
        )
    if "account_unknown" in asked:
        answers["account"] = st.text_input(
            words("Which account or page are these figures of?"), key="answer-account", max_chars=120
        ).strip()
    return {name: answer for name, answer in answers.items() if answer}


def ask_either(question: str, readings: dict[str, str], name: str) -> str | None:
    """One of two readings; none is chosen beforehand."""
    return st.radio(question, list(readings), index=None, format_func=readings.__getitem__, key=f"answer-{name}")


def ask_whether_survey(words: Words) -> bool:
    """A file that no platform writes may hold the answers of a survey."""
    return st.checkbox(words("This file holds the answers of a survey, one row a person"), key="survey")


def ask_codebook(campaign: Campaign, questions: Sequence[Question], words: Words) -> Codebook:
    """Which column tells the groups apart, which the time, which holds the answers; those found are filled in."""
    found = codebook_for(campaign, questions)
    columns = [question.header for question in questions if question.personal is None]
    answers = {question.header: [answer for answer, _ in question.answers] for question in questions}
    left, right = st.columns(2)
    with left:
        arm = ask_column(words("Who was in the campaign group"), columns, found.arm, "arm", words)
        arms = {
            answer: ask_code(answer, list(Arm), known, f"arm {answer}", words)
            for answer in answers.get(arm or "", ())
            for known in [found.arms.get(answer) or ARMS.get(folded(answer))]
        }
        only_arm = None if arm else ask_code("", list(Arm), found.only_arm, "only arm", words)
    with right:
        wave = ask_column(words("Asked before or after"), columns, found.wave, "wave", words)
        waves = {
            answer: ask_code(answer, list(Wave), known, f"wave {answer}", words)
            for answer in answers.get(wave or "", ())
            for known in [found.waves.get(answer) or WAVES.get(folded(answer))]
        }
        only_wave = None if wave else ask_code("", list(Wave), found.only_wave, "only wave", words)
    with left:
        cluster = ask_column(words("Village, school or place"), columns, found.cluster, "cluster", words)
    with right:
        consent = ask_column(words("Agreed to be asked"), columns, found.consent, "consent", words)
    outcomes = tuple(
        replace(
            outcome,
            column=ask_column(words.text(outcome.question), columns, outcome.column, f"outcome {outcome.id}", words)
            or outcome.column,
        )
        for outcome in found.outcomes
    )
    return replace(
        found,
        arm=arm,
        arms={answer: code for answer, code in arms.items() if code},
        only_arm=only_arm,
        wave=wave,
        waves={answer: code for answer, code in waves.items() if code},
        only_wave=only_wave,
        cluster=cluster,
        consent=consent,
        outcomes=outcomes,
    )


def ask_column(label: str, columns: Sequence[str], found: str | None, key: str, words: Words) -> str | None:
    """One column of the file, or none."""
    index = columns.index(found) if found in columns else None
    return st.selectbox(label, columns, index=index, key=f"column {key}", placeholder=words("No such column"))


def ask_code(answer: str, codes: Sequence[Code], found: Code | None, key: str, words: Words) -> Code | None:
    """What an answer of the file stands for; empty for all of them."""
    label = words("“{answer}” means", answer=words.text(answer)) if answer else words("Everybody in this file")
    index = codes.index(found) if found in codes else None
    return st.selectbox(
        label,
        codes,
        index=index,
        format_func=lambda code: term(code, words.in_files),
        key=f"means {key}",
        placeholder=words("Not counted"),
    )
