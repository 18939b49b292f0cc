"""Reports to hand on: for whom, in which language, of which campaigns; looked at first, then taken away or frozen."""

import datetime as dt
import hashlib

import pandas as pd
import streamlit as st

from campaigns.store import Store, open_store
from views import page
from views.address import choose
from views.editions import edition
from views.evaluations import evaluations
from views.reports import AUDIENCES, Audience, MissingFontError, compose, docx, gather, pages_as_images, pdf
from views.reports.blocks import Report
from views.taking_away.browser import browser
from views.taking_away.offering import without_browser
from views.wording import LANGUAGES, Words, own_name

NAME = "campaigns"  # in the address
FROZEN = "freeze_edition"  # in the history
SHOWN = 4  # pages of a preview
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def choose_campaigns(known: dict[str, str], words: Words) -> list[str]:
    """The campaigns of the report, kept in the address; all of them where it names none."""
    if NAME not in st.session_state:
        wished = [name for name in st.query_params.get(NAME, "").split(",") if name in known]
        st.session_state[NAME] = wished
    st.session_state[NAME] = [name for name in st.session_state[NAME] if name in known]
    chosen = st.multiselect(
        words("Campaigns"), list(known), format_func=known.__getitem__, placeholder=words("All"), key=NAME
    )
    if chosen:
        st.query_params[NAME] = ",".join(chosen)
    else:
        st.query_params.pop(NAME, None)
    return chosen or list(known)


@st.cache_resource(show_spinner=False, max_entries=24)
def composed(
    folder: str, version: str, audience: str, language: str, campaigns: tuple[str, ...], day: dt.date
) -> tuple[Report, list[bytes]]:
    """The report and its first pages as images, made once for each choice and state of the store."""
    with open_store(folder) as store:
        report = compose(Audience(audience), gather(store, campaigns=campaigns, day=day), Words(language))
    return report, pages_as_images(report)


def show_report(report: Report, pages: list[bytes], words: Words, *, name: str) -> None:
    """What the report looks like, and the buttons that save it."""
    with st.container(horizontal=True):
        st.download_button(
            words("Save as PDF (PDF/UA)"),
            lambda: pdf(report),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            key="report-pdf",
            type="primary",
            on_click="ignore",
        )
        st.download_button(
            words("Save for Word (DOCX)"),
            lambda: docx(report),
            file_name=f"{name}.docx",
            mime=WORD_TYPE,
            key="report-docx",
            on_click="ignore",
        )
    shown = words.plural("The report has {n} page.", "The report has {n} pages.", len(pages))
    st.caption(shown if len(pages) <= SHOWN else words("{said} The first are shown.", said=shown))
    for number, image in enumerate(pages[:SHOWN], start=1):
        alt = words.in_files("Page {n}: {title}", n=words.number(number), title=report.title)
        with st.container(border=True, width=800):
            st.image(image, width=760, alt=alt)


def show_editions(store: Store, campaigns: list[str], words: Words, *, day: dt.date) -> None:
    """Freeze an edition, and see which were frozen."""
    st.header(words("Freeze an edition"), anchor="editions")
    st.markdown(
        words(
            "An edition is one file (ZIP) with the figures, the data as tables, the methods, how to cite it, and "
            "checksums. It reads back to the same numbers, and anybody can check that nothing in it was changed."
        )
    )
    if st.button(words("Freeze an edition"), key="freeze"):
        st.session_state["edition"] = freeze(store, campaigns, words, day=day)
    if frozen := st.session_state.get("edition"):
        content, digest = frozen
        st.success(words("The edition is frozen. Its checksum (SHA-256) is {digest}.", digest=digest[:16]))
        st.download_button(
            words("Save the edition (ZIP)"),
            content,
            file_name=f"edition-{day.isoformat()}.zip",
            mime="application/zip",
            key="edition-zip",
            on_click="ignore",
        )
    kept = [entry for entry in store.history() if entry.action == FROZEN]
    if not kept:
        return
    st.subheader(words("Editions frozen so far"), anchor=False)
    table = pd.DataFrame(
        [
            {
                words.in_files("Day"): words.date(entry.at.date()),
                words.in_files("Campaigns"): words.number(len(entry.after["campaigns"])),
                words.in_files("Language"): own_name(entry.after["language"]),
                words.in_files("Checksum (SHA-256)"): entry.subject[:16],
            }
            for entry in reversed(kept)
        ]
    )
    page.show_table(table, words)
    st.caption(
        words(
            "The files themselves are with those who saved them. The checksum shows whether a file is the one that was "
            "frozen; from the same data, day and language the same file is made again."
        )
    )


def freeze(store: Store, campaigns: list[str], words: Words, *, day: dt.date) -> tuple[bytes, str]:
    """The edition and its checksum, which the history keeps."""
    with st.status(words("Drawing the figures and writing the tables"), expanded=True) as status:
        bar = st.progress(0.0)
        content = edition(
            gather(store, campaigns=campaigns, day=day), words, progress=lambda done, total: bar.progress(done / total)
        )
        status.update(state="complete", expanded=False)
    digest = hashlib.sha256(content).hexdigest()
    told = {"campaigns": campaigns, "language": words.language, "day": day.isoformat()}
    with store.writing():
        store.record(person=page.PERSON, action=FROZEN, subject=digest, after=told)
    return content, digest


words = page.reader_words()
today = dt.datetime.now(dt.UTC).date()
with open_store() as store, st.spinner(words("Working out the results")):
    known = page.titles([found.campaign for found in evaluations(store)])
    question = words("What can I hand on?")
    if not known:
        page.headline(question, words("There is no campaign yet."))
        page.offer_example(store, words)
        st.stop()
    page.headline(question, words("A report for those who decide, pay or check: look at it here, then save it."))
    first, second = st.columns(2)
    with first:
        audience = choose(
            words("For whom?"),
            [str(name) for name in Audience],
            name="audience",
            shown=lambda name: words.in_files(AUDIENCES[Audience(name)]),
            usual=str(Audience.MINISTER),
        )
    with second:
        language = choose(
            words("In which language?"), LANGUAGES, name="report_language", shown=own_name, usual=words.language
        )
    chosen = choose_campaigns(known, words)
    wanted = (audience or str(Audience.MINISTER), language or words.language)
    try:
        with st.spinner(words("Setting the report")):
            report, pages = composed(str(store.folder), store.version, *wanted, tuple(chosen), today)
        pdf(report)
    except MissingFontError:
        st.error(
            words(
                "This computer has no font with all letters of this report. Install the Noto fonts (fonts-noto-core, "
                "fonts-noto-cjk), and start the tracker again."
            )
        )
    else:
        show_report(report, pages, words, name=f"{wanted[0]}-{wanted[1]}-{today.isoformat()}")
    if browser() is None:
        st.caption(without_browser(words))
    show_editions(store, chosen, words, day=today)
