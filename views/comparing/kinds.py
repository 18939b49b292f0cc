"""Do campaigns differ by message, messenger, platform or audience: the tables and what they do not prove."""

import pandas as pd
import streamlit as st

from metrics.bodies import Body
from metrics.explaining import Explained, explain
from metrics.pooling import Adjustment, Estimator
from views import page
from views.comparing.choices import choose_moderators
from views.wording import Words
from views.wording.bodies import ADJUSTMENTS, ESTIMATORS, p_label
from views.wording.explaining import (
    MODERATORS,
    average_label,
    cautions_of_comparison,
    contrast_label,
    explained_sentence,
    kind_label,
    regression_sentence,
)


def show_kinds(body: Body, words: Words, *, method: Estimator, adjustment: Adjustment) -> None:
    """Campaigns by what they differ in."""
    st.header(words("Do campaigns of one kind do more than others?"), anchor=False)
    found = explain(body.members, choose_moderators(words), method=method, adjustment=adjustment)
    st.markdown(explained_sentence(found, words))
    st.markdown(page.bullets(cautions_of_comparison(found, words)))
    if not found.kinds:
        return
    plain = words.in_files
    notes = page.notes_of(
        body.members,
        plain,
        (
            words("Method"),
            plain(
                "meta-regression; {model}; interval: {interval}; p-values of differences adjusted by Holm",
                model=plain(ESTIMATORS[method]),
                interval=plain(ADJUSTMENTS[adjustment]),
            ),
        ),
        *((words("Note"), caution) for caution in cautions_of_comparison(found, plain)),
    )
    table = kinds_table(found, words)
    page.show_table(table, words)
    page.offer_csv(table, words, name="kinds", notes=notes)
    if found.contrasts:
        st.subheader(words("Differences between two kinds"), anchor=False)
        differences = contrasts_table(found, words)
        page.show_table(differences, words)
        page.offer_csv(differences, words, name="differences", notes=notes)
        st.caption(regression_sentence(found, words))


def kinds_table(found: Explained, words: Words) -> pd.DataFrame:
    """Each kind, how many campaigns it has, and their average."""
    plain = words.in_files
    return pd.DataFrame(
        [
            {
                **({plain("By"): plain(MODERATORS[kind.moderator])} if len(found.moderators) > 1 else {}),
                plain("Kind"): kind_label(kind.moderator, kind.value, plain),
                plain("Campaigns"): plain.number(kind.k),
                plain("Average change per 100 people"): average_label(kind, plain),
            }
            for kind in found.kinds
        ]
    )


def contrasts_table(found: Explained, words: Words) -> pd.DataFrame:
    """Each difference with its interval and its p-value before and after allowing for the others."""
    plain = words.in_files
    return pd.DataFrame(
        [
            {
                plain("Difference"): contrast_label(one, plain),
                plain("Per 100 people"): plain(
                    "{estimate} ({low} to {high})",
                    estimate=plain.per_hundred(one.estimate, change=True),
                    low=plain.per_hundred(one.conf_low, change=True),
                    high=plain.per_hundred(one.conf_high, change=True),
                ),
                plain("p"): p_label(one.p_value, plain),
                plain("p, allowing for all"): p_label(one.adjusted_p_value, plain),
            }
            for one in found.contrasts
        ]
    )
