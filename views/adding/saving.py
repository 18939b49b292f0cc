"""The end of an import: which campaign, what would change, saving, what became of it, and the way back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc
import streamlit as st

from campaigns.batches import Changes
from campaigns.changes import Difference
from campaigns.files import File
from campaigns.problems import Severity
from campaigns.questionnaire import Question
from campaigns.records import Campaign
from campaigns.store import Batch, Store
from campaigns.surveys import Survey
from campaigns.vocabulary import COUNTS, METRICS
from views import page
from views.adding.drafts import draft_of
from views.describing import describe_campaign
from views.importing import Reading, Saved, store_file, undo, what_would_change
from views.wording import Words, problem_sentence
from views.wording.fields import field_name

NEW = "new"


def choose_campaign(
    store: Store,
    words: Words,
    *,
    period: tuple[dt.date, dt.date] | None = None,
    questions: Sequence[Question] = (),
) -> Campaign | None:
    """The campaign that files belong to, those of their days first; a new one is described and added here."""
    campaigns = {campaign.id: campaign for campaign in sorted(store.campaigns(), key=lambda c: not _meets(c, period))}
    titles = {NEW: words.in_files("A new campaign"), **page.titles(campaigns.values())}
    if "meant" in st.session_state:  # a campaign described a moment ago, or that of a file that was undone
        st.session_state["into"] = st.session_state.pop("meant")
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
    described = describe_campaign(campaigns, questions, words, period=period)
    if described is not None:
        store.save_campaign(described, person=page.PERSON)
        st.session_state["meant"] = described.id
        st.rerun()
    return None


def _meets(campaign: Campaign, period: tuple[dt.date, dt.date] | None) -> bool:
    return period is not None and campaign.start <= period[1] and period[0] <= campaign.end


def offer_to_save(file: File, reading: Reading, answers: Mapping[str, Any], campaign: Campaign, words: Words) -> None:
    """What saving would change, and the button that does it."""
    asked = [problem for problem in reading.problems if problem.severity == Severity.QUESTION]
    if asked:
        st.markdown(words("First answer the questions above."))
        if isinstance(reading, Survey):
            st.markdown(page.bullets([problem_sentence(problem, words) for problem in asked]))
        return
    changes = what_would_change(reading, campaign.id)
    bad = len({problem.row for problem in reading.problems if problem.severity == Severity.ERROR})
    if isinstance(reading, Survey):
        st.markdown(
            words("These numbers of people are kept; nothing else of the file is.")
            if reading.receipt.platform in COUNTS
            else words("Each person's answer to each question is kept; nothing else of the file is.")
        )
    st.markdown(words("This would change what is stored: {changes}.", changes=changes_sentence(changes, words)))
    for problem in changes.problems:
        st.warning(problem_sentence(problem, words))
    if changes.differences:
        st.caption(page.bullets([_difference(difference, words) for difference in changes.differences]))
    if st.button(_save_label(reading, bad, words), key="save", type="primary"):
        codebook = draft_of(file).codebook if isinstance(reading, Survey) else None
        with st.spinner(words("Saving")):
            keep(store_file(file, reading, answers, campaign=campaign.id, person=page.PERSON, codebook=codebook))
        st.rerun()


def _save_label(reading: Reading, bad: int, words: Words) -> str:
    if isinstance(reading, Survey) and reading.receipt.platform in COUNTS:
        return words.plural("Save {n} answer", "Save {n} answers", reading.answers.num_rows)
    if isinstance(reading, Survey):
        people = pc.count_distinct(reading.answers["row"]).as_py()
        return words.plural("Save the answers of {n} person", "Save the answers of {n} people", people)
    good = reading.rows.num_rows
    if bad:
        return words.plural("Save the {n} good row", "Save the {n} good rows", good)
    return words.plural("Save {n} row", "Save {n} rows", good)


def changes_sentence(changes: Changes, words: Words) -> str:
    """What saving changes in the store, in rows."""
    said = (
        words.plural("{n} new row", "{n} new rows", changes.new) if changes.new else "",
        words.plural("{n} row corrected", "{n} rows corrected", changes.differing) if changes.differing else "",
        words.plural("{n} row replaced", "{n} rows replaced", changes.replaced) if changes.replaced else "",
        words.plural("{n} row as before", "{n} rows as before", changes.unchanged) if changes.unchanged else "",
    )
    return words.listed(part for part in said if part) or words("nothing new")


def _difference(difference: Difference, words: Words) -> str:
    """What one figure of the changed rows added up to, and will."""
    scale = METRICS[difference.metric].scale
    return words(
        "{figure} of those rows: {before} before, {after} now",
        figure=field_name(difference.metric, words),
        before=words.number(difference.before / scale),
        after=words.number(difference.after / scale),
    )


def keep(*outcomes: Saved) -> None:
    """Keep what became of files for the rest of the visit."""
    kept: dict[str, Saved] = st.session_state.setdefault("saved", {})
    kept.update({outcome.file: outcome for outcome in outcomes})


def outcome_of(file: File) -> Saved | None:
    """What became of a file in this visit."""
    kept: dict[str, Saved] = st.session_state.get("saved", {})
    return kept.get(file.sha256)


def saved_sentence(store: Store, batch: Batch, words: Words) -> str:
    """That a file is in, and where."""
    title = store.campaign(batch.campaign).title if batch.campaign else ""
    return words.plural(
        "Saved: {n} row, campaign “{campaign}”.",
        "Saved: {n} rows, campaign “{campaign}”.",
        batch.rows,
        campaign=words.text(title),
    )


def show_saved(store: Store, batch: Batch, words: Words) -> None:
    """That the file is in, and the way back."""
    st.success(saved_sentence(store, batch, words))
    with st.container(horizontal=True, vertical_alignment="center"):
        offer_undo(batch, words, key="undo")
        st.page_link(
            "screens/campaign.py", label=words("See the campaign"), query_params={"campaign": batch.campaign or ""}
        )


def offer_undo(batch: Batch, words: Words, *, key: str) -> None:
    """The button that takes a file out of every figure again."""
    if st.button(words("Undo"), key=key):
        undo(batch.id, person=page.PERSON)
        if "into" not in st.session_state:
            st.session_state["meant"] = batch.campaign
        st.rerun()
