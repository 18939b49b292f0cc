"""The form for what an organisation decides once."""

import streamlit as st

from campaigns.settings import Protection, Settings, save_settings, settings
from campaigns.store import Store
from views import page
from views.wording.language import Words, msgid

PROTECTIONS: dict[Protection, str] = {
    Protection.STANDARD: msgid("Standard: counts of 1 to 7 hidden, all others rounded to 5"),
    Protection.STRICT: msgid("Strict: counts below 10 hidden, also zero, all others rounded to 10"),
}


def show_settings(store: Store, words: Words) -> None:
    """Name of the organisation, the change that matters, how few people are hidden."""
    st.header(words("Settings"), anchor=False)
    known = settings(store)
    with st.form("settings-form", border=False, enter_to_submit=False):
        organisation = st.text_input(
            words("Name of your organisation"),
            value=known.organisation,
            max_chars=120,
            help=words("A new campaign begins with it."),
            key="settings-organisation",
        )
        matters = st.number_input(
            words("The smallest change that matters, in people of 100"),
            1,
            50,
            value=round(100 * known.smallest_important),
            help=words("A new campaign begins with it. A campaign that is described keeps its own."),
            key="settings-matters",
        )
        protection = st.radio(
            words("How small groups are protected"),
            list(PROTECTIONS),
            index=list(PROTECTIONS).index(known.protection),
            format_func=lambda kind: words.in_files(PROTECTIONS[kind]),
            key="settings-protection",
        )
        if st.form_submit_button(words("Save the settings"), type="primary", key="settings-save"):
            decided = Settings(
                organisation=(organisation or "").strip(), smallest_important=matters / 100, protection=protection
            )
            save_settings(store, decided, person=page.PERSON)
            st.rerun()
