"""Who was reached, group by group: the strips, in words who was left out, and whether the groups differ."""

from functools import partial

import streamlit as st

from campaigns.store import Store
from metrics.evaluation import Evaluation
from views import page
from views.charts.steps import steps_chart
from views.charts.strip import strip_chart
from views.reaching.found import Reached
from views.reaching.gathering import delivered, reached
from views.wording.language import Words
from views.wording.reached import (
    differ_sentence,
    index_definition,
    left_behind_rule,
    left_out_sentence,
    to_meant_sentence,
)


def show_groups(store: Store, evaluation: Evaluation, words: Words, notes: page.Notes) -> None:
    """One strip for each breakdown that exports or answers tell."""
    campaign = evaluation.campaign
    found = reached(store, campaign, page.profile())
    smallest = campaign.outcome.smallest_important if campaign.outcome else None
    for one in found:
        name = f"{campaign.id}-{one.breakdown}-groups"
        strip = page.drawn_once(words, name, partial(strip_chart, one, smallest, words))
        page.show_picture(strip, words, name=name, notes=notes)
        if one.differ is not None:
            st.markdown(differ_sentence(one.differ, sum(row.effect is not None for row in one.rows), words))
    if any(one.compared for one in found):
        with st.expander(words("What is the index?")):
            page.paragraph(index_definition(words), left_behind_rule(words))


def summary(found: tuple[Reached, ...], words: Words) -> list[str]:
    """How much went to those meant, who was left out, and where nobody knows."""
    shown = [one for one in found if one.shown is not None]
    if not shown:
        return [
            words(
                "No export says who was shown this campaign: download the report by age and sex, by country or by "
                "language from the platform, and add it."
            )
        ]
    said = [to_meant_sentence(one.to_meant, one.breakdown, words) for one in shown if one.to_meant is not None]
    for one in shown:
        if one.compared:
            said += [left_out_sentence(row.part, one.breakdown, words) for row in one.rows]
    if not any(one.compared for one in shown):
        said.append(
            words(
                "How many of each group are among the people meant is not known, so nobody can say who was left "
                "behind: a survey of them tells, or a table of the population."
            )
        )
    return [sentence for sentence in said if sentence]


def show_steps(store: Store, evaluation: Evaluation, words: Words, notes: page.Notes) -> None:
    """From shown to aware, with what people said apart from what platforms counted."""
    name, told = f"{evaluation.campaign.id}-steps", delivered(store, evaluation.campaign)
    picture = page.drawn_once(words, name, lambda: steps_chart(evaluation, told, words, profile=page.profile()))
    page.show_picture(picture, words, name=name, notes=notes)
