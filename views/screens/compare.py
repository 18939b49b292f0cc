"""Several campaigns together: what they changed, how they differ and by what, and whether one carries the answer."""

import streamlit as st

from campaigns.store import open_store
from metrics.bodies import body_of_evidence, may_be_pooled
from views import page
from views.comparing.choices import choose_campaigns, choose_model
from views.comparing.kinds import show_kinds
from views.comparing.places import show_places
from views.comparing.together import show_together
from views.evaluations import evaluations
from views.wording.bodies import (
    body_reasons,
    body_sentence,
    expectation_sentence,
    model_label,
    prediction_caution,
    prediction_sentence,
)
from views.wording.disclosing import shown_estimate

words = page.reader_words()
with open_store() as store, st.spinner(words("Working out the results")):
    found = [  # few people stay hidden
        evaluation
        for evaluation in evaluations(store)
        if may_be_pooled(evaluation) and shown_estimate(evaluation, page.profile()) is not None
    ]
question = words("What do these campaigns show together?")
if len(found) < 2:
    page.headline(question, words("There are not two campaigns yet that were compared with another group."))
    with open_store() as store:
        if not store.campaigns():
            page.offer_example(store, words)
        else:
            page.link("plan", words("Plan a survey"), words)
    st.stop()
answer = st.container()
chosen = choose_campaigns(found, words)
with st.expander(words("For evaluators: the model")):
    method, adjustment = choose_model(words)
body = body_of_evidence(chosen, method=method, adjustment=adjustment)
with answer:
    page.headline(question, body_sentence(body, words))
    if body.pooled is not None:
        page.paragraph(prediction_sentence(body, words), expectation_sentence(body, words))
        st.markdown(page.bullets([*body_reasons(body, words), prediction_caution(body, words)]))
if body.pooled is not None:
    show_together(body, words)
    show_kinds(body, words, method=method, adjustment=adjustment)
    show_places(body, words)
    with st.expander(words("How do we know?")):
        st.markdown(
            words(
                "Each campaign's effect is weighted by how exactly it was measured and by how much campaigns differ "
                "({method}). Only campaigns that were compared with other people, or with many measurements before, "
                "are here, each with its one primary outcome; effects of very few people are not shown, and calls and "
                "visits are never averaged with people.",
                method=model_label(body.pooled, words),
            )
        )
        st.page_link("screens/help.py", label=words("Methods, words and definitions"))
    page.choose_image_format(words)
