"""What an evaluator sees first: all effects together, how they were measured, and what speaks against each."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from metrics.bodies import body_of_evidence, may_be_pooled
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.verdicts import Finding
from views import page
from views.charts import interval_chart
from views.wording import Words, certainty_label, term
from views.wording.bodies import body_reasons, body_sentence, prediction_sentence
from views.wording.disclosing import shown_certainty, shown_count, shown_estimate
from views.wording.methods import method_name
from views.wording.summary import headline_sentences


def evaluator(found: Sequence[Evaluation], words: Words) -> None:
    """What may be defended, and with what."""
    pooled = [
        evaluation
        for evaluation in found
        if may_be_pooled(evaluation) and shown_estimate(evaluation, page.profile()) is not None
    ]
    question = words("What do these campaigns show together?")
    if len(pooled) < 2:
        page.headline(question, words("There are not two campaigns yet that were compared with another group."))
        st.markdown(page.bullets(headline_sentences(found, words)))
    else:
        body = body_of_evidence(pooled)
        page.headline(question, body_sentence(body, words))
        st.markdown(prediction_sentence(body, words))
        st.markdown(page.bullets(body_reasons(body, words)))
    asked = [evaluation for evaluation in found if evaluation.verdict.finding != Finding.NOT_MEASURED]
    if not asked:
        return
    notes = page.notes_of(asked, words.in_files)
    picture = page.drawn_once(
        words,
        "intervals",
        lambda: interval_chart(asked, words, profile=page.profile()),
        of=tuple(evaluation.campaign.id for evaluation in asked),
    )
    page.show_picture(picture, words, name="intervals", notes=notes)
    st.header(words("How was each measured, and what speaks against it?"), anchor=False)
    table = checks_table(asked, words)
    page.show_table(table, words)
    page.offer_csv(table, words, name="checks", notes=notes)
    with st.container(key="ways", horizontal=True):
        page.link("compare", words("Compare"), words)
        page.link("evidence", words("Evidence"), words)
        page.link("help", words("Methods, words and definitions"), words)


def checks_table(asked: Sequence[Evaluation], words: Words) -> pd.DataFrame:
    """Design, method, people asked, whether the outcome was fixed before, and reasons for doubt, a row a campaign."""
    plain = words.in_files
    return pd.DataFrame([_row(evaluation, plain) for evaluation in asked])


def _row(evaluation: Evaluation, plain: Words) -> dict[str, str | int | None]:
    campaign, estimate = evaluation.campaign, shown_estimate(evaluation, page.profile())
    registered = campaign.outcome.registered if campaign.outcome else None
    doubts = sum(reason.fatal or reason.change < 0 for reason in evaluation.verdict.reasons)
    method = estimate.method if isinstance(estimate, Estimate) else None
    return {
        plain("Campaign"): campaign.title,
        plain("Design"): term(campaign.study.design, plain),
        plain("Method"): method_name(method, plain) if method else "—",
        plain("People asked"): shown_count(estimate.n, page.profile()) if estimate else None,
        plain("Outcome fixed before the start"): plain("yes")
        if registered and registered <= campaign.start
        else plain("no"),
        plain("Reasons for doubt"): doubts,
        plain("How sure we are"): certainty_label(shown_certainty(evaluation), plain),
    }
