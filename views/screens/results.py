"""All campaigns: which raised awareness, how sure we are, and at what cost."""

import streamlit as st

from campaigns.store import open_store
from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views import page
from views.answers.filters import chosen_filters, filtered
from views.answers.rows import show_rows, show_unasked
from views.answers.tally import tally
from views.charts import axis_limit, interval_chart
from views.evaluations import evaluations
from views.tables import answer_figures, not_measured_table
from views.wording import Words, how_to_read
from views.wording.summary import headline_sentences


def show_not_measured(unasked: list[Evaluation], words: Words, notes: page.Notes) -> None:
    """Campaigns that were only seen: kept apart, because views are not awareness."""
    st.header(words("Seen, effect not measured"), anchor=False)
    st.markdown(
        words("Views are not awareness: nobody was asked, so these campaigns cannot be compared with the others.")
    )
    show_unasked(unasked, words)
    table = not_measured_table(unasked, words)
    with st.expander(words("The same figures as a table")):
        page.show_table(table, words)
        page.offer_csv(table, words, name="not-measured", notes=notes)


words = page.reader_words()
with open_store() as store, st.spinner(words("Working out the results")):
    found = evaluations(store)
question = words("Which campaigns raised awareness of the dangers of migrant smuggling?")
if not found:
    page.headline(question, *headline_sentences(found, words))
    with open_store() as store:
        page.offer_example(store, words)
    st.stop()

answer = st.container()
chosen = filtered(found, words)
with answer:
    page.headline(question, "" if chosen else words("No campaign fits these filters."))
    if chosen:
        tally(chosen, words)
asked = [evaluation for evaluation in chosen if evaluation.verdict.finding != Finding.NOT_MEASURED]
unasked = [evaluation for evaluation in chosen if evaluation.verdict.finding == Finding.NOT_MEASURED]
notes = page.notes_of(chosen, words.in_files, *chosen_filters(words))
if asked:
    st.caption(words("The surest first; among equally sure ones the one whose range begins highest."))
    show_rows(asked, words, limit=axis_limit(asked))
    page.offer_csv(answer_figures(asked, words, profile=page.profile()), words, name="results", notes=notes)
if unasked:
    show_not_measured(unasked, words, notes)
if asked:
    picture = page.drawn_once(
        words,
        "intervals",
        lambda: interval_chart(asked, words, profile=page.profile()),
        of=tuple(evaluation.campaign.id for evaluation in asked),
    )
    page.show_picture(picture, words, name="intervals", notes=notes)
with st.expander(words("How do we know?")):
    st.markdown(how_to_read(words))
    page.help_link(words)
page.choose_image_format(words)
page.copy_link(words)
