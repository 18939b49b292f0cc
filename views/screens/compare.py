"""Several campaigns together: what they changed, how much they differ, and whether one of them carries the answer."""

import pandas as pd
import streamlit as st

from campaigns.store import open_store
from metrics.bodies import Body, body_of_evidence, may_be_pooled
from metrics.evaluation import Evaluation
from views import page
from views.charts import interval_chart
from views.evaluations import evaluations
from views.wording import Words, certainty_label
from views.wording.bodies import body_reasons, body_sentence, prediction_sentence
from views.wording.disclosing import STANDARD, shown_estimate
from views.wording.verdicts import change_label

NAME = "campaigns"  # in the address


def choose_campaigns(pooled: list[Evaluation], words: Words) -> list[Evaluation]:
    """The campaigns to put together, kept in the address; all of them where it names none."""
    known = {evaluation.campaign.id: evaluation for evaluation in pooled}
    if NAME not in st.session_state:
        wished = [name for name in st.query_params.get(NAME, "").split(",") if name in known]
        st.session_state[NAME] = wished or list(known)
    chosen = st.multiselect(
        words("Campaigns"),
        list(known),
        format_func=page.titles([evaluation.campaign for evaluation in pooled]).__getitem__,
        placeholder=words("Choose"),
        key=NAME,
    )
    st.query_params[NAME] = ",".join(chosen)
    return [known[name] for name in chosen]


def left_out_table(body: Body, words: Words) -> pd.DataFrame:
    """The average without each campaign in turn."""
    plain = words.in_files
    return pd.DataFrame(
        [
            {
                plain("Without"): member.campaign.title,
                plain("Change per 100 people"): plain.per_hundred(left.estimate, change=True),
                plain("From"): plain.per_hundred(left.conf_low, change=True),
                plain("To"): plain.per_hundred(left.conf_high, change=True),
            }
            for member, left in zip(body.members, body.left_out, strict=True)
        ]
    )


def members_table(body: Body, words: Words) -> pd.DataFrame:
    """Each campaign's own effect, its weight in the average, and how sure it is."""
    plain = words.in_files
    weights = body.pooled.weights if body.pooled else ()
    return pd.DataFrame(
        [
            {
                plain("Campaign"): member.campaign.title,
                plain("Change per 100 people"): change_label(member.verdict.estimate, plain),
                plain("Weight, in 100"): plain.number(100 * weight),
                plain("How sure we are"): certainty_label(member.verdict.certainty, plain),
            }
            for member, weight in zip(body.members, weights, strict=True)
            if member.verdict.estimate is not None
        ]
    )


def show_body(body: Body, words: Words) -> None:
    """The pictures and tables below the answer."""
    notes = page.notes_of(body.members, words.in_files, (words("Method"), words.in_files(METHOD)))
    page.show_picture(interval_chart(body.members, words), words, name="together", notes=notes)
    weights = members_table(body, words)
    page.show_table(weights, words)
    page.offer_csv(weights, words, name="weights", notes=notes)
    if body.left_out:
        st.header(words("Does one campaign carry the answer?"), anchor=False)
        st.markdown(words("The average again, each time without one of them:"))
        table = left_out_table(body, words)
        page.show_table(table, words)
        page.offer_csv(table, words, name="left-out", notes=notes)


words = page.reader_words()
METHOD = words.in_files("random effects, restricted maximum likelihood, modified Knapp-Hartung interval")
with open_store() as store, st.spinner(words("Working out the results")):
    found = [
        evaluation
        for evaluation in evaluations(store)
        if may_be_pooled(evaluation) and shown_estimate(evaluation, STANDARD) is not None  # few people stay hidden
    ]
question = words("What do these campaigns show together?")
if len(found) < 2:
    page.headline(question, words("There are not two campaigns yet that were compared with another group."))
    st.stop()
answer = st.container()
body = body_of_evidence(choose_campaigns(found, words))
with answer:
    page.headline(question, body_sentence(body, words))
    if body.pooled is not None:
        st.markdown(prediction_sentence(body, words))
        st.markdown(page.bullets(body_reasons(body, words)))
if body.pooled is not None:
    show_body(body, words)
    with st.expander(words("How do we know?")):
        st.markdown(
            words(
                "Each campaign's effect is weighted by how exactly it was measured and by how much campaigns differ "
                "({method}). I² is {i2} in 100: that share of the spread lies between campaigns.",
                method=METHOD,
                i2=words.number(100 * body.pooled.i2),
            )
        )
        st.page_link("screens/help.py", label=words("Methods, words and definitions"))
    page.choose_image_format(words)
