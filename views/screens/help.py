"""How to read the pictures, what the words mean, how we judge, and what becomes of people's data."""

import pandas as pd
import streamlit as st

from campaigns.vocabulary import METRICS
from views import page
from views.wording import (
    how_to_read,
    how_we_judge,
    metric_definition,
    metric_name,
    privacy,
    what_words_mean,
    why_views_are_not_awareness,
)

words = page.reader_words()
page.headline(
    words("How do I read this, and can I trust it?"),
    words("Two things are said of each campaign, and never mixed: how much changed, and how sure we are."),
)

st.header(words("How to read the pictures"), anchor="pictures")
st.markdown(how_to_read(words))

st.header(words("What the words mean"), anchor="words")
meanings = pd.DataFrame(what_words_mean(words), columns=[words("Word"), words("Meaning")])
st.table(meanings, hide_index=True, border="horizontal")

st.header(words("Why views are not awareness"), anchor="views")
st.markdown(why_views_are_not_awareness(words))

st.header(words("How we judge"), anchor="methods")
methods = pd.DataFrame(how_we_judge(words), columns=[words("Design"), words("Method, what it assumes, and its source")])
st.table(methods, hide_index=True, border="horizontal")

st.header(words("What the figures count"), anchor="figures")
definitions = pd.DataFrame(
    [(metric_name(name, words), metric_definition(name, words)) for name in METRICS],
    columns=[words("Figure"), words("Definition")],
)
with st.expander(words("Every figure and its definition")):
    st.table(definitions, hide_index=True, border="horizontal")
    page.offer_csv(definitions, words, name="definitions")

st.header(words("What becomes of people's data"), anchor="privacy")
st.markdown(privacy(words))
