"""A file on its way in: chosen, recognised, checked, given to a campaign, saved, and undone where need be."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from campaigns import batches
from campaigns.problems import Problem, Severity
from campaigns.receipts import Kind, Receipt, Upload
from campaigns.records import Campaign
from campaigns.store import Batch, Status, Store, open_store
from campaigns.surveys import Survey
from views import page
from views.deciding import ask_codebook, ask_questions, ask_whether_survey
from views.describing import describe_campaign
from views.importing import Reading, reading_of, store_file, what_would_change
from views.wording import Words, privacy, problem_sentence, receipt_lines

TEMPLATES = Path(__file__).parents[2] / "data" / "templates"
SHOWN = 50  # problems listed on the page; all of them are in the file
NEW = "new"


def offer_template(name: str, label: str) -> None:
    """A button that saves a file to fill in."""
    st.download_button(label, (TEMPLATES / name).read_bytes(), file_name=name, key=name, on_click="ignore")


def show_reading(receipt: Receipt, words: Words) -> None:
    """How the file was read, each line of it."""
    lines = pd.DataFrame(receipt_lines(receipt, words), columns=["", " "])
    st.table(lines, hide_index=True, hide_header=True, border="horizontal")


def show_problems(problems: tuple[Problem, ...], words: Words, *, file_name: str) -> None:
    """Every problem in one sentence: the first ones here, all of them as a file."""
    open_ = [problem for problem in problems if problem.severity in (Severity.ERROR, Severity.QUESTION)]
    known = [problem for problem in problems if problem.severity in (Severity.WARNING, Severity.NOTE)]
    for title, group in ((words("To put right"), open_), (words("Good to know"), known)):
        if group:
            st.subheader(words("{title} ({n})", title=title, n=words.number(len(group))), anchor=False)
            st.markdown(page.bullets([problem_sentence(problem, words) for problem in group[:SHOWN]]))
            if len(group) > SHOWN:
                st.caption(words("The first {n} are shown; the file has all of them.", n=words.number(SHOWN)))
    if problems:
        page.offer_csv(listed(problems, words.in_files), words, name="problems", notes=((words("File"), file_name),))
    else:
        st.markdown(words("Nothing: every row could be read."))


def listed(problems: tuple[Problem, ...], words: Words) -> pd.DataFrame:
    """Problems as rows of a file: where, and what."""
    return pd.DataFrame(
        [(problem.row, problem.column, problem.value, problem_sentence(problem, words)) for problem in problems],
        columns=[words("Row"), words("Column"), words("What stood there"), words("What to know")],
    )


def choose_campaign(store: Store, reading: Reading | None, words: Words) -> Campaign | None:
    """The campaign that the file belongs to; a new one is described and added here."""
    campaigns = {campaign.id: campaign for campaign in store.campaigns()}
    titles = {NEW: words.in_files("A new campaign"), **page.titles(campaigns.values())}
    if "added" in st.session_state:  # a campaign described a moment ago is the one meant
        st.session_state["into"] = st.session_state.pop("added")
    chosen = st.selectbox(
        words("Campaign"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=words("Choose"),
        key="into",
    )
    if chosen != NEW:
        return campaigns.get(chosen) if chosen else None
    questions = reading.questions if isinstance(reading, Survey) else ()
    period = reading.receipt.window if reading is not None else None
    described = describe_campaign(campaigns, questions, words, period=period)
    if described is not None:
        store.save_campaign(described, person=page.PERSON)
        st.session_state["added"] = described.id
        st.rerun()
    return None


def confirm(reading: Reading, campaign: Campaign, words: Words) -> None:
    """What saving would change, and the button that does it."""
    st.header(words("5. Save"), anchor=False)
    if any(problem.severity == Severity.QUESTION for problem in reading.problems):
        st.markdown(words("First answer the questions above."))
        return
    changes = what_would_change(reading, campaign.id)
    st.markdown(
        page.bullets(
            [
                words.plural("{n} new row", "{n} new rows", changes.new),
                words.plural("{n} row corrected", "{n} rows corrected", changes.differing) if changes.differing else "",
                words.plural("{n} row replaced", "{n} rows replaced", changes.replaced) if changes.replaced else "",
                words.plural("{n} row as before", "{n} rows as before", changes.unchanged) if changes.unchanged else "",
            ]
        )
    )
    bad = len({problem.row for problem in reading.problems if problem.severity == Severity.ERROR})
    good = reading.answers.num_rows if isinstance(reading, Survey) else reading.rows.num_rows
    label = (
        words.plural("Save the {n} good row", "Save the {n} good rows", good)
        if bad
        else words.plural("Save {n} row", "Save {n} rows", good)
    )
    if st.button(label, key="save", type="primary"):
        store_file(reading, campaign.id, keep_good_rows=bool(bad), person=page.PERSON)
        st.rerun()


def saved_as(store: Store, reading: Reading) -> Batch | None:
    """The batch that holds this file already, where it counts."""
    same = (
        batch for batch in store.batches() if batch.sha256 == reading.receipt.sha256 and batch.status == Status.ACTIVE
    )
    return next(same, None)


def show_saved(store: Store, batch: Batch, words: Words) -> None:
    """That the file is in, where, and the way back."""
    title = store.campaign(batch.campaign).title if batch.campaign else ""
    st.success(
        words.plural(
            "Saved: {n} row, campaign “{campaign}”.",
            "Saved: {n} rows, campaign “{campaign}”.",
            batch.rows,
            campaign=words.text(title),
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words("Undo"), key="undo"):
            batches.undo(store, batch.id, person=page.PERSON)
            st.rerun()
        st.page_link(
            "screens/campaign.py", label=words("See the campaign"), query_params={"campaign": batch.campaign or ""}
        )
    st.caption(words("To add another file, choose it above."))


words = page.reader_words()
page.headline(
    words("How do I add what I have?"),
    words("Choose a file as your platform or survey tool exported it. Nothing is stored before you say so."),
)
st.header(words("1. Choose a file"), anchor=False)
file = st.file_uploader(
    words("Meta, Google, YouTube, TikTok, X, LinkedIn, or a survey (KoboToolbox, ODK, SurveyCTO): CSV, XLSX or ODS"),
    key="file",
)
if file is None:
    st.markdown(words("Nothing to export from? Fill in a template:"))
    with st.container(horizontal=True):
        offer_template("engagement.csv", words("Figures of a platform (CSV)"))
        offer_template("questionnaire.xlsx", words("Questionnaire (XLSForm)"))
    with st.expander(words("What becomes of people's data")):
        st.markdown(privacy(words))
    st.stop()

data, name = file.getvalue(), file.name
with st.spinner(words("Reading the file")):
    reading: Reading = reading_of(data, name)
st.header(words("2. How we read it"), anchor=False)
unknown = any(problem.code == "layout_unknown" for problem in reading.problems)
with open_store() as store:
    saved = saved_as(store, reading)
    if saved is not None:
        show_saved(store, saved, words)
        show_reading(saved.receipt, words)
        st.stop()
survey = reading.receipt.kind == Kind.SURVEY or (unknown and ask_whether_survey(words))
if survey:
    reading = reading_of(data, name, survey=True)
elif isinstance(reading, Upload) and (answers := ask_questions(reading, words)):
    reading = reading_of(data, name, answers=answers)

with open_store() as store:
    if reading.receipt.kind == Kind.NOTHING or (not survey and reading.refused):
        st.error(words("Nothing in this file can be stored, and nothing was."))
        show_problems(reading.problems, words, file_name=name)
        st.stop()
    # Which column of a survey is which is asked later.
    show_reading(replace(reading.receipt, columns=()) if survey else reading.receipt, words)
    if not survey:
        st.header(words("3. What to check"), anchor=False)
        show_problems(reading.problems, words, file_name=name)
    st.header(words("4. Which campaign is it?") if not survey else words("3. Which campaign is it?"), anchor=False)
    campaign = choose_campaign(store, reading, words)
    if campaign is None:
        st.stop()
    if isinstance(reading, Survey):
        st.header(words("4. Which column is which?"), anchor=False)
        reading = reading_of(
            data,
            name,
            survey=True,
            codebook=ask_codebook(campaign, reading.questions, words),
            countries=campaign.audience.countries,
        )
        show_problems(reading.problems, words, file_name=name)
        if reading.refused:
            st.error(words("No answer of this file can be counted yet."))
            st.stop()
    confirm(reading, campaign, words)
