"""The history: who did what and when, what it was before, and the way back where there is one."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from campaigns import batches
from campaigns.kept_studies import bring_back_study
from campaigns.records import Campaign
from campaigns.serialising import decode
from campaigns.settings import Settings, save_settings
from campaigns.store import AuditEntry, Batch, Status, Store
from views import page
from views.wording.history import action_sentence, change_sentences
from views.wording.language import Words

SHOWN = 20  # entries at first, and with each step back


def show_history(store: Store, words: Words) -> None:
    """The newest entries first; whether anybody tampered with them; all of them as a file."""
    st.header(words("History"), anchor=False)
    entries = store.history()
    if not entries:
        st.markdown(words("Nothing has been done yet."))
        return
    forged = store.first_forged_entry()
    if forged is not None:
        st.error(words("Somebody changed the history from entry {n} on. Restore a backup.", n=words.number(forged)))
    else:
        st.markdown(
            words.plural(
                "{n} entry. Each is sealed with the one before it, and nobody has changed any.",
                "{n} entries. Each is sealed with the one before it, and nobody has changed any.",
                len(entries),
            )
        )
    files = {batch.id: batch for batch in store.batches()}
    shown = st.session_state.get("history shown", SHOWN)
    newest = {entry.subject: entry.id for entry in entries}
    for entry in entries[: -shown - 1 : -1]:
        way_back = _way_back(store, entry, files) if newest[entry.subject] == entry.id else None
        _show(entry, _name(entry, files), way_back, words)
    if shown < len(entries) and st.button(words("Show older entries"), key="history-older"):
        st.session_state["history shown"] = shown + SHOWN
        st.rerun()
    page.offer_csv(_table(entries, files, words), words, name="history")


def _show(entry: AuditEntry, subject: str, way_back: Callable[[], object] | None, words: Words) -> None:
    with st.container(key=f"row-entry-{entry.id}"):
        text, button = st.columns([5, 1], vertical_alignment="center")
        text.markdown(action_sentence(entry, subject, words))
        moment = (words.date(entry.at.date()), f"{entry.at:%H:%M} UTC")
        by_whom = " · ".join((words.text(entry.person), *moment))
        text.caption(by_whom)
        if said := change_sentences(entry, words):
            text.caption(page.bullets(said))
        if way_back is not None and button.button(words("Undo"), key=f"history-undo-{entry.id}"):
            way_back()
            st.rerun()


def _name(entry: AuditEntry, files: dict[str, Batch]) -> str:
    """What people call the subject: a file by its name."""
    return files[entry.subject].file_name if entry.subject in files else entry.subject


def _way_back(store: Store, entry: AuditEntry, files: dict[str, Batch]) -> Callable[[], object] | None:
    """What undoes an entry that nothing came after; None where nothing does."""
    person = page.PERSON
    batch = files.get(entry.subject)
    if batch is not None:
        step = batches.undo if batch.status == Status.ACTIVE else batches.redo
        return lambda: step(store, batch.id, person=person)
    if entry.action in ("save_campaign", "remove_campaign") and entry.before:
        return lambda: store.save_campaign(decode(Campaign, entry.before), person=person)
    if entry.action == "save_settings":
        return lambda: save_settings(store, decode(Settings, entry.before or {}), person=person)
    if entry.action == "withdraw_study":
        return lambda: bring_back_study(store, entry.subject, person=person)
    return None


def _table(entries: Sequence[AuditEntry], files: dict[str, Batch], words: Words) -> pd.DataFrame:
    plain = words.in_files
    return pd.DataFrame(
        {
            plain("When (UTC)"): [entry.at.isoformat(timespec="seconds") for entry in entries],
            plain("Who"): [entry.person for entry in entries],
            plain("What"): [action_sentence(entry, _name(entry, files), plain) for entry in entries],
            plain("What changed"): ["; ".join(change_sentences(entry, plain)) for entry in entries],
        }
    )
