"""Many published studies at once: a table to fill in, what its columns take, a check of it, and keeping it."""

from collections.abc import Collection, Sequence

import pandas as pd
import streamlit as st

from campaigns.kept_studies import KeptStudy, clashes, save_studies
from campaigns.published import COLUMNS, PublishedEvidence, read_published
from campaigns.store import Store
from views import page
from views.literature.listing import show_studies
from views.studies import columns_table
from views.tables import csv_bytes
from views.wording import Words, problem_sentence

SHOWN = 20  # problems listed on the page
MEGABYTES = 5
KEPT = "studies-kept"


def study_table(store: Store, kept: Sequence[KeptStudy], ours: Collection[str], words: Words) -> None:
    """Take a filled table; `ours` are the identifiers of the studies that come with the project."""
    st.markdown(
        words(
            "Write one row for each outcome of a published study, with its source. Leave empty what you have not read. "
            "The table is checked first; nothing is kept until you say so. A row whose identifier was added here "
            "before takes that one's place."
        )
    )
    st.download_button(
        words("Download the empty table (CSV)"),
        lambda: csv_bytes(pd.DataFrame(columns=list(COLUMNS))),
        file_name="studies.csv",
        mime="text/csv",
        key="csv-studies-template",
        on_click="ignore",
    )
    with st.expander(words("What each column takes")):
        page.show_table(columns_table(words), words)
    if done := st.session_state.pop(KEPT, ""):
        st.success(done)
    file = st.file_uploader(
        words("A table of studies (CSV)"), type="csv", max_upload_size=MEGABYTES, key="studies-file"
    )
    if file is None:
        return
    evidence = _checked(read_published(file.getvalue()), ours)
    _show_problems(evidence, words)
    if not evidence.outcomes:
        return
    known = {one.study.id: one.study for one in kept}
    new = [study for study in evidence.outcomes if study.id not in known]
    other = [study for study in evidence.outcomes if study.id in known and known[study.id] != study]
    st.markdown(
        page.bullets(
            [
                words.plural("{n} is new.", "{n} are new.", len(new)),
                words.plural(
                    "{n} takes the place of one kept before.", "{n} take the place of ones kept before.", len(other)
                ),
            ]
        )
    )
    label = words.plural("Keep this outcome", "Keep these {n} outcomes", len(evidence.outcomes))
    if st.button(label, type="primary", key="studies-save", disabled=not (new or other)):
        changed = save_studies(store, evidence.outcomes, person=page.PERSON)
        st.session_state[KEPT] = words.plural("{n} outcome was kept.", "{n} outcomes were kept.", changed)
        st.rerun()
    show_studies(evidence.outcomes, words, name="checked")


def _checked(evidence: PublishedEvidence, ours: Collection[str]) -> PublishedEvidence:
    """Without the rows whose identifier belongs to a study that comes with the project."""
    return PublishedEvidence(
        outcomes=tuple(study for study in evidence.outcomes if study.id not in ours),
        problems=(*evidence.problems, *clashes(evidence.outcomes, ours)),
    )


def _show_problems(evidence: PublishedEvidence, words: Words) -> None:
    st.markdown(
        words.plural(
            "{n} outcome could be read.",
            "{n} outcomes could be read.",
            len(evidence.outcomes),
        )
    )
    if not evidence.problems:
        return
    st.subheader(
        words("{title} ({n})", title=words("To put right"), n=words.number(len(evidence.problems))), anchor=False
    )
    st.markdown(page.bullets([problem_sentence(problem, words) for problem in evidence.problems[:SHOWN]]))
    if len(evidence.problems) > SHOWN:
        st.caption(words("The first {n} are shown.", n=words.number(SHOWN)))
