"""What others have found: published studies with their sources, where studies are lacking, and their average."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from campaigns.literature import PublishedOutcome
from campaigns.published import COLUMNS, PublishedEvidence, read_published
from campaigns.store import open_store
from metrics.gaps import gap_map
from metrics.published import pooled_by_outcome
from views import page
from views.charts import gaps_chart
from views.evaluations import evaluations
from views.studies import columns_table, published_figures, published_table
from views.tables import csv_bytes
from views.wording import Words, country_name, problem_sentence
from views.wording.studies import (
    READ,
    about_label,
    design_label,
    frame_sentences,
    pooled_sentences,
    published_gaps_sentence,
    size_label,
    studies_sentence,
)

SHOWN = 20  # problems listed on the page
MEGABYTES = 5


@st.cache_resource(show_spinner=False)
def published() -> PublishedEvidence:
    """The studies that come with the project, read once."""
    return read_published()


def show_studies(studies: Sequence[PublishedOutcome], words: Words, *, name: str) -> None:
    """Each campaign of each publication with its outcomes, their cautions, and the source."""
    alike: dict[tuple[str, str], list[PublishedOutcome]] = {}
    for study in studies:
        alike.setdefault((study.source, study.campaign), []).append(study)
    for number, outcomes in enumerate(alike.values()):
        with st.container(key=f"row-{name}-{number}"):
            left, right = st.columns([2, 3])
            left.markdown(words("**{title}**", title=words.text(outcomes[0].campaign)))
            left.caption(about_label(outcomes, words))
            for design in dict.fromkeys(design_label(outcome, words) for outcome in outcomes):
                left.caption(design)
            right.markdown(page.bullets([finding(outcome, outcomes, words) for outcome in outcomes]))
            read = words.listed(dict.fromkeys(words(READ[outcome.read]) for outcome in outcomes))
            right.caption(words("Source: {source}. We read: {read}.", source=words.text(outcomes[0].source), read=read))


def finding(study: PublishedOutcome, beside: Sequence[PublishedOutcome], words: Words) -> str:
    """One outcome as its publication says it, its size where that was read, and why not to lean on it."""
    said = words(
        "{outcome}: {finding}",
        outcome=words.text(study.outcome),
        finding=words.text(study.as_published, longest=400),
    )
    size = size_label(study, words) or words("size not read")
    against = words("compared with: {group}", group=words.text(study.compared_with)) if study.compared_with else ""
    several = any(other.countries != study.countries for other in beside)
    where = words.listed(country_name(code, words) for code in study.countries) if several else ""
    known = words("({facts}).", facts="; ".join(part for part in (where, size, against) if part))
    caution = words("Caution: {caution}.", caution=words.text(study.caution, longest=400)) if study.caution else ""
    return f"{said} {known} {caution}".strip()


def add_studies(words: Words) -> None:
    """A table to fill in, what its columns take, and a check of a filled one. Nothing is kept."""
    st.markdown(
        words(
            "Write one row for each outcome of a published study, with its source. Leave empty what you have not read. "
            "The table is checked here and shown to you; it is not kept."
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
    file = st.file_uploader(
        words("A table of studies (CSV)"), type="csv", max_upload_size=MEGABYTES, key="studies-file"
    )
    if file is None:
        return
    evidence = read_published(file.getvalue())
    st.markdown(
        words.plural(
            "{n} outcome could be read.",
            "{n} outcomes could be read.",
            len(evidence.outcomes),
        )
    )
    if evidence.problems:
        st.subheader(
            words("{title} ({n})", title=words("To put right"), n=words.number(len(evidence.problems))), anchor=False
        )
        st.markdown(page.bullets([problem_sentence(problem, words) for problem in evidence.problems[:SHOWN]]))
        if len(evidence.problems) > SHOWN:
            st.caption(words("The first {n} are shown.", n=words.number(SHOWN)))
    show_studies(evidence.outcomes, words, name="checked")


words = page.reader_words()
studies = published().outcomes
with open_store() as store, st.spinner(words("Working out the results")):
    own = evaluations(store)
found = gap_map(studies, own)
page.headline(
    words("What have others found?"),
    studies_sentence(studies, words),
    published_gaps_sentence(gap_map(studies), words),
    words("These are results of others, as published. They say nothing of your own campaigns."),
)
st.markdown(page.bullets(frame_sentences(words)))
simulated = any(evaluation.campaign.example for evaluation in own)
notes = page.notes_of(
    own,
    words.in_files,
    (words("Method"), words("Each publication, named with its source on this page, counts once in a cell")),
)
page.show_picture(gaps_chart(found, words, simulated=simulated), words, name="studies-map", notes=notes)

st.header(words("What do published studies show together?"), anchor=False)
bodies = pooled_by_outcome(studies)
st.markdown(page.bullets(pooled_sentences(bodies, studies, words)))

st.header(words("Published studies"), anchor="studies")
st.caption(words("Facts and figures as published, none of them ours. What was not read is left out, never guessed."))
show_studies(studies, words, name="published")
with st.expander(words("The same figures as a table")):
    page.show_table(published_table(studies, words), words)
page.offer_csv(published_figures(studies), words, name="published-studies")

st.header(words("Add a published study"), anchor=False)
add_studies(words)

with st.expander(words("How do we know?")):
    st.markdown(
        words(
            "The averages are random effects with a modified Knapp-Hartung interval, over effects with a comparison "
            "group and a printed 95 % range. Several outcomes of one publication count as one study. Outcomes of "
            "different classes, units or subjects are never put together."
        )
    )
    st.page_link("screens/help.py", label=words("Methods, words and definitions"))
page.choose_image_format(words)
