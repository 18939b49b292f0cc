"""Which pages there are, how they belong together, and the links to them at the top of each."""

import streamlit as st

from views.wording.language import Words, msgid

HOME = "home"  # where the name of the tracker leads, and whoever names no page
# Each group is one link at the top; the pages of a group with several are links below it.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("results", "compare", "audience", "evidence"),
    ("campaign",),
    ("add_data",),
    ("plan",),
    ("reports",),
    ("help",),
    ("admin",),
)
TITLES: dict[str, str] = {
    HOME: msgid("Start"),
    "results": msgid("Results"),
    "compare": msgid("Compare"),
    "audience": msgid("Who was reached"),
    "evidence": msgid("Evidence"),
    "campaign": msgid("Campaign"),
    "add_data": msgid("Add data"),
    "plan": msgid("Plan"),
    "reports": msgid("Reports"),
    "help": msgid("Help"),
    "admin": msgid("Settings and history"),
}
FIRST_OF_GROUP: dict[str, str] = {"results": msgid("All campaigns")}  # what a group's first page is called below it
PAGES = tuple(TITLES)


def script(name: str) -> str:
    """The script of a page, as links name it."""
    return f"screens/{name}.py"


def pages(words: Words) -> "dict[str, st.Page]":
    """All pages by their names, titled in the reader's language."""
    return {
        name: st.Page(script(name), title=words(TITLES[name]), url_path=name, default=name == HOME) for name in PAGES
    }


def links(here: str, words: Words) -> None:
    """The links to all pages; `here` is the page they stand on."""
    with st.container(key="pages", horizontal=True, wrap=True, gap=None):
        for group in GROUPS:
            _link(group[0], words(TITLES[group[0]]), words, here=here in group)
    together = next((group for group in GROUPS if here in group and len(group) > 1), ())
    if together:
        with st.container(key="pages-below", horizontal=True, wrap=True, gap=None):
            for name in together:
                _link(name, words(FIRST_OF_GROUP.get(name, TITLES[name])), words, here=name == here, below=True)


def _link(name: str, label: str, words: Words, *, here: bool, below: bool = False) -> None:
    place = f"{'here' if here else 'there'}-{'below-' if below else ''}{name}"
    with st.container(key=place, width="content"):
        st.page_link(script(name), label=label, query_params={"lang": words.language})
