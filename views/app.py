"""The frame around every page: its language, its pages, and the notice that example data are simulated."""

from pathlib import Path

import streamlit as st

from views import page
from views.address import choose
from views.opening import open_for_page
from views.reader import preferred_language
from views.wording import LANGUAGES, Words, own_name

STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "style.css"

st.set_page_config(page_title="Campaign tracker", page_icon=str(STATIC / "icon.png"), layout="wide")
st.html(STYLE)

preferred = preferred_language(st.context.headers, st.context.cookies)
with st.container(key="language"):
    language = choose("Language", LANGUAGES, name="lang", shown=own_name, usual=preferred, label_visibility="collapsed")
words = Words(language or preferred)

screens = st.navigation(
    [
        st.Page("screens/results.py", title=words("Results"), default=True),
        st.Page("screens/campaign.py", title=words("Campaign")),
        st.Page("screens/compare.py", title=words("Compare")),
        st.Page("screens/evidence.py", title=words("Evidence")),
        st.Page("screens/add_data.py", title=words("Add data")),
        st.Page("screens/plan.py", title=words("Plan")),
        st.Page("screens/help.py", title=words("Help")),
    ],
    position="top",
)
with open_for_page(page.progress_of_example(words)) as store:
    page.example_notice(store, words)
screens.run()
