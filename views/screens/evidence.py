"""What others have found: published studies with their sources, where studies are lacking, and their average."""

import streamlit as st

from campaigns.kept_studies import kept_studies
from campaigns.published import PublishedEvidence, read_published
from campaigns.records import Frame, Messenger
from campaigns.store import open_store
from metrics.gaps import gap_map, message_map
from metrics.published import pooled_by_outcome
from views import page
from views.charts import gaps_chart
from views.evaluations import evaluations
from views.literature.form import show_withdrawn, study_form
from views.literature.listing import show_studies
from views.literature.upload import study_table
from views.studies import published_figures, published_table
from views.wording.studies import ROWS, frame_sentences, pooled_sentences, published_gaps_sentence, studies_sentence


@st.cache_resource(show_spinner=False)
def published() -> PublishedEvidence:
    """The studies that come with the project, read once."""
    return read_published()


words = page.reader_words()
ours = published().outcomes
with open_store() as store, st.spinner(words("Working out the results")):
    own = evaluations(store)
    kept, withdrawn = kept_studies(store), kept_studies(store, withdrawn=True)
studies = (*ours, *(one.study for one in kept))
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
rows = st.segmented_control(
    words("Rows of the map"),
    list(ROWS),
    default="way",
    required=True,
    format_func=lambda kind: words(ROWS[kind]),
    key="map-rows",
)
shown = found if rows == "way" else message_map(own, Frame if rows == "frame" else Messenger)
page.show_picture(gaps_chart(shown, words, simulated=simulated), words, name="studies-map", notes=notes)

st.header(words("What do published studies show together?"), anchor=False)
bodies = pooled_by_outcome(studies)
st.markdown(page.bullets(pooled_sentences(bodies, studies, words)))

st.header(words("Published studies"), anchor="studies")
st.caption(words("Facts and figures as published, none of them ours. What was not read is left out, never guessed."))
show_studies(studies, words, name="published", added={one.study.id: one for one in kept})
with st.expander(words("The same figures as a table")):
    page.show_table(published_table(studies, words), words)
page.offer_csv(published_figures(studies), words, name="published-studies")

st.header(words("Add a published study"), anchor=False)
form, table = st.tabs([words("One, by a form"), words("Many, by a table")])
taken = {study.id for study in studies} | {one.study.id for one in withdrawn}
with open_store() as store:
    with form:
        study_form(store, kept, taken, words)
        show_withdrawn(store, withdrawn, words)
    with table:
        study_table(store, kept, {study.id for study in ours}, words)

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
