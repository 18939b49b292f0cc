"""Files on their way in: chosen, recognised, checked, given to a campaign, saved, and undone where need be."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from campaigns.batches import already_stored
from campaigns.files import File
from campaigns.memory import remembered
from campaigns.records import Campaign
from campaigns.store import Batch, Store, open_store
from campaigns.surveys import Survey
from campaigns.vocabulary import COUNTS
from views import page
from views.adding.drafts import draft_of
from views.adding.looking import look_closely, read_survey_of
from views.adding.overview import Entry, ask_accounts, save_ready, show_list, summary
from views.adding.receipt import show_lines
from views.adding.saving import choose_campaign, offer_to_save, show_saved
from views.adding.states import Look, State
from views.adding.templates import offer_templates
from views.importing import accounts_used, chosen_tables, look_of
from views.wording import Words, privacy
from views.wording.uploads import reading_sentence


def choose_files(words: Words) -> tuple[File, ...]:
    """What a person chose, archives opened."""
    st.header(words("1. Choose files"), anchor=False)
    chosen = st.file_uploader(
        words(
            "Exports of Meta, Google, YouTube, TikTok, X or LinkedIn, or a survey (KoboToolbox, ODK, SurveyCTO, SPSS, "
            "Stata): CSV, TSV, XLSX, XLS, ODS, SAV, DTA, or a ZIP of them"
        ),
        accept_multiple_files=True,
        key="file",
    )
    if not chosen:
        with st.expander(words("Nothing to export from?")):
            offer_templates(words)
        with st.expander(words("What becomes of people's data")):
            st.markdown(privacy(words))
        st.stop()
    return chosen_tables([(file.name, file.getvalue()) for file in chosen])


def entries_of(store: Store, files: Sequence[File], words: Words) -> list[Entry]:
    """Each file at a glance; a file that is stored already is not read again."""
    entries = []
    with st.spinner(words("Reading the files")):
        for file in files:
            stored = already_stored(store, file.sha256)
            entries.append(Entry(file=file, look=None, batch=stored[-1]) if stored else entry_of(store, file))
    return entries


def entry_of(store: Store, file: File) -> Entry:
    """One file that is not stored yet, read by what was said of it in this visit or before."""
    first = look_of(file)
    remembered = remembered_of(store, first)
    answers = draft_of(file).all_answers(remembered)
    asks = look_of(file, remembered).asks if remembered else first.asks
    return Entry(file=file, look=look_of(file, answers), batch=None, answers=answers, asks=asks)


def remembered_of(store: Store, look: Look) -> Mapping[str, Any]:
    """What somebody said of this layout before."""
    return remembered(store, look.receipt.layout)


def add_one(store: Store, entry: Entry, words: Words) -> None:
    """A single file: how we read it, which campaign, save."""
    st.header(words("2. How we read it"), anchor=False)
    if entry.batch is not None:
        show_stored(store, entry.batch, words)
        st.caption(words("To add another file, choose it above."))
        return
    reading = look_closely(entry.file, remembered_of(store, look_of(entry.file)), words, accounts=accounts_used())
    if reading is None:
        return
    st.header(words("3. Which campaign is it?"), anchor=False)
    questions = reading.questions if isinstance(reading, Survey) else ()
    campaign = choose_campaign(store, words, period=reading.receipt.window, questions=questions)
    if campaign is None:
        return
    last = words("4. Save")
    if isinstance(reading, Survey):
        counts = reading.receipt.platform in COUNTS
        st.header(words("4. What it says") if counts else words("4. Which column is which?"), anchor=False)
        read = read_survey_of(entry.file, campaign, reading, words)
        if read is None:
            return
        reading, last = read, words("5. Save")
    st.header(last, anchor=False)
    offer_to_save(entry.file, reading, entry_of(store, entry.file).answers, campaign, words)


def show_stored(store: Store, batch: Batch, words: Words) -> None:
    """A file that is in: that it is, how it was read, and the way back."""
    show_saved(store, batch, words)
    st.markdown(reading_sentence(batch.receipt, words, window=batch.receipt.window))
    look = Look(receipt=batch.receipt, state=State.SAVED, rows=batch.rows, bad_rows=0, asks=frozenset())
    show_lines(look, (), words)


def add_several(store: Store, entries: Sequence[Entry], words: Words) -> None:
    """Several files: what they are, one campaign, those without a question in one click; then one at a time."""
    st.header(words("2. What they are"), anchor=False)
    st.markdown(summary(entries, words))
    show_list(store, entries, words)
    if ask_accounts(entries, accounts_used(), words):
        st.rerun()
    campaign = None
    if any(entry.state != State.SAVED for entry in entries):
        st.header(words("3. Which campaign are they?"), anchor=False)
        days = [day for entry in entries if entry.look for day in entry.window or ()]
        campaign = choose_campaign(store, words, period=(min(days), max(days)) if days else None)
        if campaign is not None:
            save_ready(entries, campaign, words)
    with st.container(key="closely"):
        st.header(words("One at a time"), anchor=False)
        entry = choose_entry(entries, words)
        if entry is not None:
            look_at_one(store, entry, campaign, words)


def choose_entry(entries: Sequence[Entry], words: Words) -> Entry | None:
    """The file that a person opens; before that, the first that has something to ask."""
    listed = {entry.file.sha256: entry for entry in entries}
    asking = [entry.file.sha256 for entry in entries if entry.state == State.QUESTION]
    if st.session_state.get("looked") not in listed:
        st.session_state["looked"] = asking[0] if asking else None
    chosen = st.selectbox(
        words("File"),
        list(listed),
        index=None,
        format_func=lambda name: words.in_files.text(listed[name].file.title),
        placeholder=words("Choose a file to see how it is read"),
        key="looked",
    )
    return listed[chosen] if chosen else None


def look_at_one(store: Store, entry: Entry, campaign: Campaign | None, words: Words) -> None:
    """One of several files: how we read it, and saving it alone."""
    if entry.batch is not None:
        show_stored(store, entry.batch, words)
        return
    remembered = remembered_of(store, look_of(entry.file))
    reading = look_closely(entry.file, remembered, words, accounts=accounts_used(), one_of=True)
    if reading is None:
        return
    if campaign is None:
        st.markdown(words("To save it, choose its campaign above."))
        return
    if isinstance(reading, Survey):
        st.subheader(words("Which column is which?"), anchor=False)
        read = read_survey_of(entry.file, campaign, reading, words)
        if read is None:
            return
        reading = read
    st.subheader(words("Save this file"), anchor=False)
    offer_to_save(entry.file, reading, entry_of(store, entry.file).answers, campaign, words)


words = page.reader_words()
page.headline(
    words("How do I add what I have?"),
    words("Choose files as your platform or survey tool exported them. Nothing is stored before you say so."),
)
files = choose_files(words)
with open_store() as store:
    entries = entries_of(store, files, words)
    if len(entries) == 1:
        add_one(store, entries[0], words)
    else:
        add_several(store, entries, words)
