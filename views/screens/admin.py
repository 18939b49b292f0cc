"""What is decided for all campaigns, and the history of all that was done."""

import streamlit as st

from campaigns.store import open_store
from views import page
from views.administering.deciding import show_settings
from views.administering.remembering import show_history

words = page.reader_words()
page.headline(
    words("Who did what, and what holds for all campaigns?"),
    words("What is decided here holds for everybody who uses this store, and stands in the history."),
)
with open_store() as store:
    settings, history = st.columns([2, 3], gap="large")
    with settings:
        show_settings(store, words)
    with history:
        show_history(store, words)
page.copy_link(words)
