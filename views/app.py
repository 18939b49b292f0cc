"""The frame around every page: its language, the links to all pages, and the notice that example data are simulated."""

from pathlib import Path

import streamlit as st

from views import navigation, page
from views.address import choose
from views.lite.frame import plain_address
from views.markup import element
from views.opening import open_for_page
from views.reader import preferred_language
from views.wording import LANGUAGES, Words, own_name

STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "style.css"
RIGHT_TO_LEFT = STATIC / "right_to_left.css"

st.set_page_config(page_title="Campaign tracker", layout="wide")
st.html(STYLE)

preferred = preferred_language(st.context.headers, st.context.cookies)
band = st.container(
    key="band", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", wrap=False
)
name = band.container(key="name", width="content")
with band.container(key="language", width=150):
    language = choose("Language", LANGUAGES, name="lang", shown=own_name, usual=preferred, label_visibility="collapsed")
words = Words(language or preferred)
if words.right_to_left:
    st.html(RIGHT_TO_LEFT)

screens = navigation.pages(words)
chosen = st.navigation(list(screens.values()), position="hidden")
name.page_link(
    navigation.script(navigation.HOME), label=words("Campaign tracker"), query_params={"lang": words.language}
)
navigation.links(chosen.url_path or navigation.HOME, words)
with open_for_page(page.progress_of_example(words)) as store:
    page.keep_settings(store)
    page.example_notice(store, words)
chosen.run()
plain = plain_address(chosen.url_path or navigation.HOME, {**st.query_params, "lang": words.language})
with st.container(key="plain"):
    if not words.checked:
        st.caption(words("This translation has not been checked by a person yet."))
    st.html(element("a", words("Plain version for slow lines"), href=plain, target="_self"))
