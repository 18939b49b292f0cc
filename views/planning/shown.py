"""What was planned of a campaign, on its own page, and how far the answers keep to it."""

import streamlit as st

from metrics.evaluation import Evaluation
from views import page
from views.wording import Words
from views.wording.disclosing import Profile
from views.wording.plans import against_plan, planned_sentences


def show_plan(evaluation: Evaluation, words: Words, *, profile: Profile | None) -> None:
    """The plan that was kept before the campaign; nothing where there was none."""
    if sentences := planned_sentences(evaluation.campaign, words):
        st.subheader(words("What was planned?"), anchor=False)
        st.markdown(page.bullets([*sentences, against_plan(evaluation, words, profile=profile)]))
