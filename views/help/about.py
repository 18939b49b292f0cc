"""What the tracker is: licence, version, how to cite it, and what it does and does not send."""

import streamlit as st

from views import page
from views.taking_away.notes import version
from views.wording.language import LANGUAGES, Words
from views.wording.terms import own_name


def show_about(words: Words) -> None:
    """Licence, version, citation, languages."""
    drafts = words.listed(own_name(name) for name in LANGUAGES if not Words(name).checked)
    st.markdown(
        page.bullets(
            [
                words(
                    "Version {version}. What changed, and what may move a result, is in the file CHANGELOG.md.",
                    version=words.text(version()),
                ),
                words("Licence: Apache 2.0. Anybody may use, change and pass it on."),
                words(
                    "To cite: Campaign tracker {version}, an awareness-campaign effectiveness tracker; add the day "
                    "on which you saw the figures, which stands on each file that you take away.",
                    version=words.text(version()),
                ),
                words("No account, no telemetry, no request to any other server."),
                words("Not yet checked by somebody who speaks the language well: {languages}.", languages=drafts)
                if drafts
                else "",
            ]
        )
    )
