"""Which column of a survey is which, and what its answers stand for: found where possible, asked where not."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

import pandas as pd
import streamlit as st

from campaigns.counting import range_of
from campaigns.privacy import folded
from campaigns.questionnaire import ARMS, WAVES, Codebook, Question
from campaigns.records import Arm, Campaign, Outcome, Wave
from campaigns.surveys import Survey
from views.wording import Words, term

Code = TypeVar("Code", bound=StrEnum)
_COUNTED = ("outcome", "arm", "value_count", "value_sum")


def ask_codebook(found: Codebook, questions: Sequence[Question], words: Words) -> Codebook:
    """Which column tells the groups apart, which the time, which holds the answers; those found are filled in."""
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
    outcomes = tuple(_ask_outcome(outcome, columns, words) for outcome in found.outcomes)
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


def _ask_outcome(outcome: Outcome, columns: Sequence[str], words: Words) -> Outcome:
    """Which column holds an outcome; which of its answers count stands below."""
    column = ask_column(words.text(outcome.question), columns, outcome.column, f"outcome {outcome.id}", words)
    counts = (range_of(outcome),) if outcome.is_number else outcome.counts
    counting = words.listed(words("“{answer}”", answer=words.text(answer, longest=60)) for answer in counts)
    st.caption(words("Answers that count: {answers}", answers=counting))
    return replace(outcome, column=column or outcome.column)


def show_counts(reading: Survey, campaign: Campaign, words: Words) -> None:
    """What a platform's own study counted, by question and group."""
    asked = {outcome.id: outcome.question for outcome in campaign.outcomes}
    counts = reading.answers.group_by(["outcome", "arm"], use_threads=False)
    rows = [
        (words.text(asked[outcome]), term(Arm(arm), words), words.number(answered), words.number(counted))
        for outcome, arm, answered, counted in zip(
            *(counts.aggregate([("value", "count"), ("value", "sum")])[name].to_pylist() for name in _COUNTED),
            strict=True,
        )
    ]
    if not rows:
        known = words.listed(words("“{answer}”", answer=words.text(question)) for question in asked.values())
        st.markdown(words("Questions of this campaign: {questions}", questions=known or words("none")))
        return
    heads = (words("Question"), words("Group"), words("People who answered"), words("Whose answer counts"))
    st.table(pd.DataFrame(rows, columns=list(heads)), hide_index=True, border="horizontal")


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
