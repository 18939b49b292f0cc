"""The average of campaigns: forest plot, weights, what happens without each, how much they differ, and the funnel."""

import pandas as pd
import streamlit as st

from metrics.bodies import Body
from views import page
from views.charts import interval_chart
from views.charts.funnel import funnel_chart
from views.wording import Words, certainty_label
from views.wording.bodies import asymmetry_sentence, heterogeneity_sentences, model_label
from views.wording.verdicts import change_label


def show_together(body: Body, words: Words) -> None:
    """The pictures and tables below the answer."""
    if body.pooled is None:
        return
    notes = page.notes_of(
        body.members,
        words.in_files,
        (words("Method"), model_label(body.pooled, words.in_files)),
        (words("Campaigns"), words.in_files.number(len(body.members))),
    )
    picture = interval_chart(body.members, words, profile=page.profile(), body=body)
    page.show_picture(picture, words, name="together", notes=notes)
    weights = members_table(body, words)
    page.show_table(weights, words)
    page.offer_csv(weights, words, name="weights", notes=notes)
    st.header(words("How much do they differ?"), anchor=False)
    st.markdown(page.bullets(heterogeneity_sentences(body, words)))
    if body.left_out:
        st.header(words("Does one campaign carry the answer?"), anchor=False)
        st.markdown(words("The average again, each time without one of them:"))
        table = left_out_table(body, words)
        page.show_table(table, words)
        page.offer_csv(table, words, name="left-out", notes=notes)
    st.header(words("Are studies missing?"), anchor=False)
    st.markdown(asymmetry_sentence(body, words))
    page.show_picture(funnel_chart(body, words), words, name="funnel", notes=notes)


def left_out_table(body: Body, words: Words) -> pd.DataFrame:
    """The average without each campaign in turn, and the range of a similar campaign."""
    plain = words.in_files
    return pd.DataFrame(
        [
            {
                plain("Without"): member.campaign.title,
                plain("Change per 100 people"): plain.per_hundred(left.estimate, change=True),
                plain("From"): plain.per_hundred(left.conf_low, change=True),
                plain("To"): plain.per_hundred(left.conf_high, change=True),
                plain("I², in 100"): plain.number(100 * left.i2),
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
