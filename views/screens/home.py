"""The first screen: for whom it is, and what that person comes for."""

import streamlit as st

from campaigns.store import open_store
from views import page
from views.answers.tally import tally
from views.evaluations import evaluations
from views.home.evaluator import evaluator
from views.home.ministry import ministry
from views.home.roles import change_role, choose_role, role_of_reader
from views.home.staff import staff

words = page.reader_words()
role = role_of_reader()
with open_store() as store:
    with st.spinner(words("Working out the results")):
        found = evaluations(store)
    if role is None:
        page.headline(
            words("Which campaigns raised awareness of the dangers of migrant smuggling?"),
            words("How sure are we, and at what cost? Choose what you come for."),
        )
        choose_role(words)
        if found:
            tally(found, words)
    else:
        change_role(role, words)
    if not found:
        if role is not None:
            page.headline(words("Which campaigns raised awareness of the dangers of migrant smuggling?"))
        page.offer_example(store, words)
    elif role == "ministry":
        ministry(found, words)
    elif role == "ngo":
        staff(store, found, words)
    elif role == "evaluator":
        evaluator(found, words)
page.copy_link(words)
