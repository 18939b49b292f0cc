"""The methods, function by function, as a page: made of the entries of `views.methods`."""

import streamlit as st

from views.markup import Html, element, together
from views.methods import FAMILIES, Entry, entries
from views.wording.language import Words

LABELS = ("Assumes", "Fails", "Formula", "Source", "Checked by")  # in English, as the entries are


def show_functions(words: Words) -> None:
    """Each function with its question, its assumptions, its limits, its formula, its source and its test."""
    st.header(words("Every function of the statistics"), anchor=False)
    st.markdown(
        words(
            "What evaluators ask of a method, for each function that the tracker calculates with. The names, and "
            "these entries, are in English, as the program and its sources are."
        )
    )
    for family, title in FAMILIES.items():
        found = [entry for entry in entries() if entry.family == family]
        with st.expander(words("{title} ({n})", title=words(title), n=words.number(len(found)))):
            st.html(element("div", *map(_shown, found), class_="methods", lang="en", dir="ltr"))


def _shown(entry: Entry) -> Html:
    values = (entry.assumes, entry.fails, entry.formula, entry.source, f"tests/{entry.test}")
    lines = (together(element("dt", label), element("dd", value)) for label, value in zip(LABELS, values, strict=True))
    return together(element("h3", element("code", entry.name), " ", entry.question), element("dl", *lines))
