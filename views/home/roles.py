"""For whom the first screen is: chosen once, kept in the address and for the visit, never in a cookie."""

import streamlit as st

from views.wording.language import Words, msgid

ROLE = "role"  # in the address
ROLES: dict[str, tuple[str, str]] = {
    "ministry": (
        msgid("Ministry"),
        msgid("Which campaigns raised awareness, for whom, how sure we are, and at what cost."),
    ),
    "ngo": (
        msgid("Staff of an organisation"),
        msgid("What needs you today, whether the right people are reached, and how to add what you have."),
    ),
    "evaluator": (
        msgid("Evaluator"),
        msgid("All effects together with their ranges, checks and methods, to defend or to doubt."),
    ),
}


def role_of_reader() -> str | None:
    """The role in the address, else the one chosen before on this visit; None where nobody chose."""
    wished = st.query_params.get(ROLE) or st.session_state.get("role chosen")
    role = wished if wished in ROLES else None
    if role is not None:
        st.session_state["role chosen"] = role
        st.query_params[ROLE] = role
    return role


def choose_role(words: Words) -> None:
    """Three doors, each with what is behind it."""
    with st.container(key="doors"):
        for place, (role, (name, promise)) in zip(st.columns(len(ROLES)), ROLES.items(), strict=True):
            with place.container(key=f"door-{role}", border=True, height="stretch"):
                _door(role, words(name), words)
                st.markdown(words(promise))


def change_role(here: str, words: Words) -> None:
    """The way to the other first screens."""
    with st.container(key="roles", horizontal=True, vertical_alignment="center", gap=None):
        for role, (name, _) in ROLES.items():
            with st.container(key=f"{'here' if role == here else 'there'}-below-{role}", width="content"):
                _door(role, words(name), words)


def _door(role: str, label: str, words: Words) -> None:
    st.page_link("screens/home.py", label=label, query_params={"lang": words.language, ROLE: role})
