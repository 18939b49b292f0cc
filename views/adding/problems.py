"""What is wrong with a file: where, what, why, how to put it right; and the refused rows, to be put right in a file."""

import pandas as pd
import streamlit as st

from campaigns.files import File
from campaigns.problems import Problem, Severity
from campaigns.receipts import Upload
from campaigns.surveys import Survey
from views import page
from views.adding.questions import ASKED
from views.adding.refused import workbook_of_refused
from views.wording import Words, problem_sentence

SHOWN = 20  # problems of a kind listed on the page; all of them are in the file
# Said elsewhere on the page: asked as questions, or lines of the receipt.
_ELSEWHERE = frozenset({*ASKED, "unknown_columns", "personal_data_columns", "layout_unknown"})


def show_problems(file: File, reading: Upload | Survey, words: Words) -> None:
    """What cannot be read, what to check, and behind a line what is good to know."""
    problems = reading.problems
    told = [problem for problem in problems if problem.code.removesuffix("_more") not in _ELSEWHERE]
    errors = [problem for problem in told if problem.severity in (Severity.ERROR, Severity.QUESTION)]
    warnings = [problem for problem in told if problem.severity == Severity.WARNING]
    notes = [problem for problem in told if problem.severity == Severity.NOTE]
    _listed_under(words("To put right"), errors, words)
    if errors:
        with st.container(horizontal=True):
            if any(problem.row is not None for problem in errors):
                offer_refused(file, reading, words)
            page.offer_csv(
                listed(problems, words.in_files), words, name="problems", notes=((words("File"), file.name),)
            )
    _listed_under(words("Please check"), warnings, words)
    if notes:
        with st.expander(words("{title} ({n})", title=words("Good to know"), n=words.number(len(notes)))):
            _list(notes, words)


def offer_refused(file: File, reading: Upload | Survey, words: Words) -> None:
    """The rows that are not stored as a spreadsheet, with the reason beside each; made when somebody asks for it."""
    st.download_button(
        words("Download the rows that are left out (XLSX)"),
        lambda: workbook_of_refused(file, reading, words.in_files),
        file_name="rows-left-out.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=f"refused {file.key}",
        on_click="ignore",
    )


def listed(problems: tuple[Problem, ...], words: Words) -> pd.DataFrame:
    """Problems as rows of a file: where, and what."""
    return pd.DataFrame(
        [(problem.row, problem.column, problem.value, problem_sentence(problem, words)) for problem in problems],
        columns=[words("Row"), words("Column"), words("What stood there"), words("What to know")],
    )


def _listed_under(title: str, problems: list[Problem], words: Words) -> None:
    if problems:
        st.subheader(words("{title} ({n})", title=title, n=words.number(len(problems))), anchor=False)
        _list(problems, words)


def _list(problems: list[Problem], words: Words) -> None:
    st.markdown(page.bullets([problem_sentence(problem, words) for problem in problems[:SHOWN]]))
    if len(problems) > SHOWN:
        st.caption(words("The first {n} are shown; the file has all of them.", n=words.number(SHOWN)))
