"""How to read the pictures, what the words mean, how we judge, what is stored, and what becomes of people's data."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from campaigns.meanings import ANSWERS, ENGAGEMENT
from campaigns.vocabulary import METRICS, Additivity
from views import page
from views.help.about import show_about
from views.help.functions import show_functions
from views.help.pictures import show_pictures
from views.wording import (
    Words,
    how_to_read,
    how_we_judge,
    metric_definition,
    metric_name,
    privacy,
    what_words_mean,
    why_views_are_not_awareness,
)
from views.wording.language import msgid

PART = "part"  # in the address
ADDED_UP: dict[Additivity, str] = {
    Additivity.SUM: msgid("yes, over days, ads and groups"),
    Additivity.NONE: msgid("no: people are counted once each"),
    Additivity.STOCK: msgid("no: the last value stands"),
    Additivity.RATIO: msgid("no: made again from its parts"),
}


def reading(words: Words) -> None:
    """The marks that all pictures share, and each picture."""
    st.markdown(how_to_read(words))
    show_pictures(words)


def meanings(words: Words) -> None:
    """The glossary."""
    table = pd.DataFrame(what_words_mean(words), columns=[words("Word"), words("Meaning")])
    st.table(table, hide_index=True, border="horizontal")
    st.header(words("Why views are not awareness"), anchor="views")
    st.markdown(why_views_are_not_awareness(words))


def methods(words: Words) -> None:
    """How we judge, design by design, then function by function."""
    columns = [words("Design"), words("Method, what it assumes, and its source")]
    st.table(pd.DataFrame(how_we_judge(words), columns=columns), hide_index=True, border="horizontal")
    show_functions(words)


def data(words: Words) -> None:
    """The data dictionary: figures, columns of figures, columns of answers."""
    st.header(words("What the figures count"), anchor="figures")
    figures = pd.DataFrame(
        [
            (
                metric_name(name, words),
                words(ADDED_UP[metric.additivity]),
                metric_definition(name, words),
            )
            for name, metric in METRICS.items()
        ],
        columns=[words("Figure"), words("May be added up"), words("Definition")],
    )
    st.table(figures, hide_index=True, border="horizontal")
    page.offer_csv(figures, words, name="definitions")
    for title, columns in (
        (words("What is stored of a platform's export"), ENGAGEMENT),
        (words("What is stored of an answer"), ANSWERS),
    ):
        st.header(title, anchor=False)
        rows = [(f"`{name}`", words(meaning)) for name, meaning in columns.items()]
        st.table(pd.DataFrame(rows, columns=[words("Column"), words("Meaning")]), hide_index=True, border="horizontal")


def protection(words: Words) -> None:
    """What is stored, shown and sent."""
    st.markdown(privacy(words))


PARTS: dict[str, tuple[str, Callable[[Words], None]]] = {
    "pictures": (msgid("Pictures"), reading),
    "words": (msgid("Words"), meanings),
    "methods": (msgid("Methods"), methods),
    "data": (msgid("Data dictionary"), data),
    "privacy": (msgid("Privacy"), protection),
    "about": (msgid("About"), show_about),
}

words = page.reader_words()
wished = st.query_params.get(PART)
part = wished if wished in PARTS else next(iter(PARTS))
page.headline(
    words("How do I read this, and can I trust it?"),
    words("Two things are said of each campaign, and never mixed: how much changed, and how sure we are."),
)
page.parts_of("help", {name: words(title) for name, (title, _) in PARTS.items()}, part, words, name=PART)
PARTS[part][1](words)
page.copy_link(words)
