"""One file looked at closely: what it asks, how it was read, what to correct, what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from campaigns.exports.formats import METRIC_FIELDS
from campaigns.files import File
from campaigns.receipts import Upload
from campaigns.records import Campaign
from campaigns.surveys import Survey
from campaigns.vocabulary import COUNTS
from views.adding.columns import map_layout, suggested
from views.adding.drafts import Draft, draft_of
from views.adding.problems import show_problems
from views.adding.questions import ask, note_questions
from views.adding.receipt import correct, show_lines
from views.adding.states import look_at
from views.adding.surveys import ask_codebook, show_counts
from views.importing import TELLING, Reading, codebook_found, command_line_answers, reading_of
from views.wording import Words
from views.wording.uploads import reading_sentence


def look_closely(
    file: File, remembered: Mapping[str, Any], words: Words, *, accounts: Sequence[str], one_of: bool = False
) -> Reading | None:
    """Show how one file is read; the reading, or None where nothing of it can be saved yet.

    Of `one_of` several files, whose they are is asked for all of them at once.
    """
    draft = draft_of(file)
    answers = draft.all_answers(remembered)
    reading = reading_of(file, answers=answers, survey=draft.survey)
    if isinstance(reading, Upload) and _unknown(reading):
        _ask_what_it_is(file, draft, reading, words)
        return None
    if isinstance(reading, Survey):
        look = look_at(reading)
        st.markdown(reading_sentence(reading.receipt, words, window=look.window))
        show_lines(look, reading.problems, words)
        return reading
    asked_before = {"account_unknown"} if one_of else set()
    note_questions(draft, reading.problems, but=asked_before)
    if draft.asked:
        with st.container(key=f"questions {file.key}", border=True):
            st.markdown(words("**Please answer**"))
            ask(file, draft, reading.receipt, words, accounts=accounts)
        if (now := draft.all_answers(remembered)) != answers:
            answers, before = now, set(draft.asked)
            reading = reading_of(file, answers=answers)
            note_questions(draft, reading.problems, but=asked_before)
            if draft.asked.keys() - before:  # an answer may raise another question
                st.rerun()
    if reading.refused and not answers:
        st.error(words("Nothing in this file can be stored, and nothing was."))
        show_problems(file, reading, words)
        return None
    look = look_at(reading)
    st.markdown(reading_sentence(reading.receipt, words, window=look.window))
    show_lines(look, reading.problems, words)
    corrected = correct(file, look, answers, words, accounts=accounts)
    if corrected is not None:
        draft.give(**corrected)
        st.rerun()
    if TELLING & answers.keys():
        _show_what_is_remembered(file, answers, words, known=bool(remembered))
    if reading.refused:
        st.error(words("Nothing in this file can be stored, and nothing was."))
    show_problems(file, reading, words)
    return None if reading.refused else reading


def read_survey_of(file: File, campaign: Campaign, reading: Survey, words: Words) -> Reading | None:
    """The answers of a survey, by the columns that a person confirms."""
    draft = draft_of(file)
    codebook = codebook_found(file, campaign, reading.questions)
    counts = reading.receipt.platform in COUNTS
    if not counts:  # those have the columns of our template
        codebook = ask_codebook(codebook, reading.questions, words)
    read = reading_of(
        file,
        survey=draft.survey or not file.survey,
        codebook=codebook,
        countries=campaign.audience.countries,
    )
    if counts and isinstance(read, Survey):
        show_counts(read, campaign, words)
    show_problems(file, read, words)
    if read.refused:
        st.error(words("No answer of this file can be counted yet."))
        return None
    draft.codebook = codebook
    return read


def _unknown(reading: Upload) -> bool:
    return any(problem.code == "layout_unknown" for problem in reading.problems)


def _ask_what_it_is(file: File, draft: Draft, reading: Upload, words: Words) -> None:
    """A table that no platform writes: figures, whose columns a person names, or answers of a survey."""
    kinds = {
        "figures": words.in_files("Figures of a platform or another tool"),
        "survey": words.in_files("Answers of a survey, one row a person"),
    }
    kind = st.radio(
        words("What does this file hold?"),
        list(kinds),
        index=_likely(reading),
        format_func=kinds.__getitem__,
        key=f"kind {file.key}",
    )
    if kind == "survey":
        draft.survey = True
        st.rerun()
    if kind == "figures" and (said := map_layout(file, reading.receipt, words)) is not None:
        draft.give(**said)
        st.rerun()


def _likely(reading: Upload) -> int | None:
    """Figures where a column of figures is known; nothing else is presumed."""
    return 0 if any(suggested(column.header) in METRIC_FIELDS for column in reading.receipt.columns) else None


def _show_what_is_remembered(file: File, answers: Mapping[str, Any], words: Words, *, known: bool) -> None:
    with st.container(key=f"remembered {file.key}", horizontal=True, vertical_alignment="center"):
        st.markdown(
            words("Read as you said before of this layout.")
            if known
            else words("Once it is saved, we will read this layout so from now on.")
        )
        st.download_button(
            words("Save these answers for the command line (JSON)"),
            command_line_answers(answers),
            file_name="answers.json",
            mime="application/json",
            key=f"json {file.key}",
            type="tertiary",
            on_click="ignore",
        )
