"""What a ministry sees first: which campaigns raised awareness, in one sentence, by their marks, and row by row."""

from collections.abc import Sequence

import streamlit as st

from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views import page
from views.answers.rows import show_rows
from views.answers.tally import tally
from views.charts import axis_limit
from views.wording.language import Words

ROWS = 5  # campaigns that the first screen shows


def ministry(found: Sequence[Evaluation], words: Words) -> None:
    """The answer, and the surest rows of the table."""
    page.headline(words("Which campaigns raised awareness of the dangers of migrant smuggling?"))
    tally(found, words)
    asked = [evaluation for evaluation in found if evaluation.verdict.finding != Finding.NOT_MEASURED]
    if asked:
        st.header(words("What we are surest of"), anchor=False)
        show_rows(asked[:ROWS], words, limit=axis_limit(asked))
    with st.container(key="ways", horizontal=True):
        page.link("results", words("All campaigns, with filters"), words)
        page.link("compare", words("What they show together"), words)
        page.link("help", words("How to read this"), words)
