"""What a person chose, kept in the page's address, so that a link shows the same in every language.

Streamlit's own binding of widgets to the address writes the words that an option is shown with; here it is its code.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st


def choose(
    label: str,
    options: Sequence[str],
    *,
    name: str,
    shown: Callable[[str], str],
    usual: str | None = None,
    placeholder: str | None = None,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> str | None:
    """A list to choose from, as `name` in the address; `usual` is chosen where that names none."""
    written = f"{name} in address"
    wished = st.query_params.get(name)
    if wished in options and wished != st.session_state.get(written):
        st.session_state[name] = wished
    elif name not in st.session_state or st.session_state[name] not in (None, *options):
        st.session_state[name] = usual
    chosen: str | None = st.selectbox(
        label,
        list(options),
        index=None if usual is None else 0,  # what is chosen stands in the session by now
        format_func=shown,
        key=name,
        placeholder=placeholder,
        label_visibility=label_visibility,
    )
    if chosen is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen
    st.session_state[written] = chosen
    return chosen
