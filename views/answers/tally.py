"""All campaigns as one mark each, beside the sentence that says what the mark means."""

from collections.abc import Sequence

import streamlit as st

from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views.markup import element
from views.wording.language import Words
from views.wording.summary import headline_counts, headline_sentences

# The mark of each state that is counted, by its class in `static/style.css`.
MARKS: dict[str, str] = {
    "raised": "better",
    "other_change": "better",
    str(Finding.NO_IMPORTANT_DIFFERENCE): "small",
    str(Finding.BACKFIRED): "worse",
    str(Finding.MIXED): "worse",
    "rise_only": "half",
    str(Finding.CANNOT_TELL): "unsure",
    str(Finding.DO_NOT_TRUST): "struck",
    str(Finding.RECORD_INCOMPLETE): "struck",
    str(Finding.NOT_MEASURED): "seen",
}


def tally(evaluations: Sequence[Evaluation], words: Words) -> None:
    """One line for each state, with as many marks as campaigns are in it."""
    counts = [(state, count) for state, count in headline_counts(evaluations).items() if count or state == "raised"]
    lines = zip(counts, headline_sentences(evaluations, words), strict=True)
    rows = []
    for (state, count), sentence in lines:
        marks = [element("i", class_=MARKS[state]) for _ in range(count)]
        rows.append(
            element("li", element("span", *marks, class_="marks", aria_hidden="true"), element("span", sentence))
        )
    with st.container(key="answer-counted"):
        st.html(element("ul", *rows, class_="tally"))
