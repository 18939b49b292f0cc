"""Before a campaign: which change a survey would let anybody see, what it costs, and the record that comes of it."""

import datetime as dt

import streamlit as st

from campaigns.settings import settings
from campaigns.store import open_store
from views import page
from views.adding.templates import offer_questionnaire
from views.planning.asking import ask_plan
from views.planning.keeping import ask_safeguards, describe_plan
from views.planning.sizes import show_sizes
from views.wording.plans import answer_of_plan, assumptions, enough_sentence, interviews_sentence

words = page.reader_words()
with open_store() as store:
    decided = settings(store)
    taken = {campaign.id for campaign in store.campaigns()}
answer = st.container()
asked = ask_plan(words, important=decided.smallest_important)
with answer:
    page.headline(
        words("How many people must we ask?"),
        answer_of_plan(asked.survey, words),
        enough_sentence(asked.survey, asked.important, words),
        interviews_sentence(asked.survey, asked.cost, words),
    )
show_sizes(asked, words)
with st.expander(words("How do we know?")):
    st.markdown(page.bullets(assumptions(asked.survey, words)))
    page.help_link(words)

st.header(words("The questionnaire"), anchor=False)
offer_questionnaire(words)

st.header(words("Before the campaign starts"), anchor=False)
st.markdown(words("Tick what is settled. What is not stays on the record as open."))
settled = ask_safeguards(words)

st.header(words("Keep this plan"), anchor=False)
st.markdown(
    words("The plan becomes the record of a new campaign; what is imported for it later is judged by what stands here.")
)
if kept := st.session_state.pop("plan-kept", None):
    st.success(words("Kept. Its page says what was planned, and its files can be added."))
    page.link("campaign", words("Open the campaign"), words, campaign=kept)
described = describe_plan(
    asked,
    settled,
    taken,
    words,
    today=dt.datetime.now(dt.UTC).date(),
    organisation=decided.organisation,
)
if described is not None:
    with open_store() as store:
        store.save_campaign(described, person=page.PERSON)
    st.session_state["plan-kept"] = described.id
    st.rerun()
page.choose_image_format(words)
