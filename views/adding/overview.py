"""Several files at a glance: what each is, and how far; those without a question are saved together."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from campaigns.files import File
from campaigns.receipts import Kind, Receipt
from campaigns.records import Campaign
from campaigns.store import Batch, Store
from views import page
from views.adding.drafts import draft_of
from views.adding.questions import ask_account
from views.adding.saving import changes_sentence, keep, offer_undo, outcome_of
from views.adding.states import Look, State
from views.importing import store_files
from views.wording import Words, problem_sentence, term
from views.wording.uploads import file_kind

WIDTHS = (5, 4, 2, 3, 4)
ON_A_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of the list."""

    file: File
    look: Look | None  # None: saved already, and not read again
    batch: Batch | None
    answers: Mapping[str, Any] = field(default_factory=dict)
    asks: frozenset[str] = frozenset()  # what it asked before anybody answered

    @property
    def receipt(self) -> Receipt:
        """How it is read, or was when it was saved."""
        if self.look is not None:
            return self.look.receipt
        if self.batch is not None:
            return self.batch.receipt
        raise ValueError(f"{self.file.name!r} is neither read nor saved")

    @property
    def rows(self) -> int:
        """Rows that can be saved, or are."""
        return self.look.rows if self.look is not None else self.batch.rows if self.batch is not None else 0

    @property
    def window(self) -> tuple[dt.date, dt.date] | None:
        """Which days it covers, where that is certain."""
        return self.look.window if self.look is not None else self.receipt.window

    @property
    def state(self) -> State:
        """How far it is."""
        return State.SAVED if self.look is None else self.look.state


def show_list(store: Store, entries: Sequence[Entry], words: Words) -> None:
    """One row a file; on a phone each is a card."""
    with st.container(key="row-heads-files"):
        for place, head in zip(st.columns(WIDTHS), _heads(words), strict=True):
            place.caption(head)
    pages = -(-len(entries) // ON_A_PAGE)
    first = (st.session_state.get("files-page", 1) - 1) * ON_A_PAGE if pages > 1 else 0
    for entry in entries[first : first + ON_A_PAGE]:
        _show_row(store, entry, words)
    if pages > 1:
        st.pagination(pages, key="files-page")


def _heads(words: Words) -> tuple[str, ...]:
    return words("File"), words("What it is"), words("Rows"), words("Days"), words("State")


def _show_row(store: Store, entry: Entry, words: Words) -> None:
    file = entry.file
    with st.container(key=f"row-file-{file.key}"):
        cells = [
            place.container(key=f"cell-{0 if number == 0 else number + 1}-{file.key}", gap=None)
            for number, place in enumerate(st.columns(WIDTHS, vertical_alignment="center"))
        ]
        for cell, head in zip(cells[1:], _heads(words)[1:], strict=True):
            cell.caption(head)
        cells[0].markdown(words("**{file}**", file=words.text(file.title, longest=60)))
        if file.archive:
            cells[0].caption(words("in {archive}", archive=words.text(file.archive, longest=60)))
        cells[1].markdown(_what(entry, words))
        cells[2].markdown(words.number(entry.rows) if entry.rows else "—")
        cells[3].markdown(words.period(*entry.window) if entry.window else "—")
        with cells[4].container(key=f"state-{file.key}", gap=None):
            st.markdown(state_label(store, entry, words))
            outcome = outcome_of(file)
            if entry.batch is not None:
                if outcome is not None and outcome.changes is not None:
                    st.caption(changes_sentence(outcome.changes, words))
                offer_undo(entry.batch, words, key=f"undo-{file.key}")


def _what(entry: Entry, words: Words) -> str:
    look = entry.look
    if look is not None and look.state == State.UNREADABLE and look.reason is not None:
        return problem_sentence(look.reason, words)
    return file_kind(entry.receipt, words)


def state_label(store: Store, entry: Entry, words: Words) -> str:
    """How far a file is, in a few words."""
    look, batch = entry.look, entry.batch
    if look is None:
        title = store.campaign(batch.campaign).title if batch and batch.campaign else ""
        return words("✓ Saved in {campaign}", campaign=words.text(title, longest=60))
    questions = len(look.asks - {"account_unknown"})
    if look.state == State.UNREADABLE:
        said = words("✕ Cannot be read")
    elif look.state == State.READY:
        undone = outcome_of(entry.file) is not None
        said = words("● Ready to be saved again") if undone else words("**● Ready**")
    elif look.unknown:
        said = words("**?** Say what its columns hold")
    elif look.receipt.kind == Kind.SURVEY:
        said = words("**?** Say which column is which")
    elif questions:
        said = words.plural("**?** {n} question", "**?** {n} questions", questions)
    elif look.bad_rows:
        said = words.plural("**?** {n} row cannot be read", "**?** {n} rows cannot be read", look.bad_rows)
    else:
        said = words("**?** Look at it")
    return said


def ask_accounts(entries: Sequence[Entry], used: Sequence[str], words: Words) -> bool:
    """Ask once for each platform whose files do not say whose they are; whether an answer has changed."""
    changed = False
    lacking = [entry for entry in entries if entry.look is not None and "account_unknown" in entry.asks]
    for platform in dict.fromkeys(entry.receipt.platform for entry in lacking):
        files = [entry.file for entry in lacking if entry.receipt.platform == platform]
        label = words.plural(
            "{platform}: which account, page or channel is its {n} file of?",
            "{platform}: which account, page or channel are its {n} files of?",
            len(files),
            platform=term(platform, words, kind="Platform"),
        )
        before = st.session_state.get(f"account of {platform}")
        given = ask_account(label, before, used, words, key=f"answer-account {platform}")
        st.session_state[f"account of {platform}"] = given
        for draft in map(draft_of, files):
            if draft.answers.get("account") in (None, before):  # what was said of one file alone stays
                changed |= draft.answers.get("account") != given
                draft.give(account=given)
    return changed


def save_ready(entries: Sequence[Entry], campaign: Campaign, words: Words) -> None:
    """One click for all files that leave nothing open."""
    ready = [entry for entry in entries if entry.state == State.READY]
    if not ready:
        return
    label = words.plural("Save the {n} file that is ready", "Save the {n} files that are ready", len(ready))
    if st.button(label, key="save-ready", type="primary"):
        with st.spinner(words("Saving")):
            files = [(entry.file, entry.answers) for entry in ready]
            keep(*store_files(files, campaign=campaign.id, person=page.PERSON))
        st.rerun()


def summary(entries: Sequence[Entry], words: Words) -> str:
    """How many files are how far, in one sentence."""
    often = Counter(entry.state for entry in entries)
    parts = [
        words.plural("{n} file is ready", "{n} files are ready", often[State.READY]),
        words.plural("{n} has something to ask", "{n} have something to ask", often[State.QUESTION]),
        words.plural("{n} cannot be read", "{n} cannot be read", often[State.UNREADABLE]),
        words.plural("{n} is saved", "{n} are saved", often[State.SAVED]),
    ]
    said = [
        part
        for part, state in zip(parts, (State.READY, State.QUESTION, State.UNREADABLE, State.SAVED), strict=True)
        if often[state]
    ]
    return words("{parts}.", parts=words.listed(said))
