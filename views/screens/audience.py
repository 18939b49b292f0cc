"""Who was reached: whether a campaign was shown to the people it was meant for, and who was left out."""

import pandas as pd
import streamlit as st

from campaigns.store import open_store
from metrics.evaluation import Evaluation
from views import page
from views.address import choose
from views.evaluations import evaluations
from views.reaching.gathering import reached
from views.reaching.groups import show_groups, summary
from views.reaching.population import offer_population
from views.reaching.sources import show_messages, show_said, show_sources
from views.wording import Words, term
from views.wording.figures import share_label
from views.wording.reached import index_definition, left_behind_rule


def overview(found: list[Evaluation], titles: dict[str, str], words: Words) -> pd.DataFrame:
    """One row a campaign: how much of its delivery went to those meant, by what its exports tell."""
    words = words.in_files
    known = list(dict.fromkeys(share.breakdown for one in found for share in one.audience))
    rows = []
    for one in found:
        shares = {share.breakdown: share for share in one.audience}
        rows.append(
            {words("Campaign"): titles[one.campaign.id]}
            | {
                term(breakdown, words, kind="breakdown"): share_label(shares[breakdown], words)
                if breakdown in shares
                else "—"
                for breakdown in known
            }
        )
    return pd.DataFrame(rows)


words = page.reader_words()
question = words("Who was reached?")
with open_store() as store, st.spinner(words("Working out the results")):
    found = {evaluation.campaign.id: evaluation for evaluation in evaluations(store)}
    if not found:
        page.headline(question, words("There is no campaign yet."))
        page.offer_example(store, words)
        st.stop()
    titles = page.titles([evaluation.campaign for evaluation in found.values()])
    told = [evaluation for evaluation in found.values() if evaluation.audience]
    first = max(told or found.values(), key=lambda one: (len(one.audience), one.campaign.end)).campaign.id
    answer = st.container()
    chosen = choose(words("Campaign"), list(found), name="campaign", shown=titles.__getitem__, usual=first)
    evaluation = found[chosen or first]
    campaign = evaluation.campaign
    notes = page.notes_of([evaluation], words.in_files, (words("Campaign"), campaign.title))
    with answer:
        first_said, *more = summary(reached(store, campaign, page.profile()), words)
        page.headline(question, first_said)
    st.markdown(words("Meant for: {group}", group=words.text(campaign.audience.description)))
    st.markdown(page.bullets(more))
    show_groups(store, evaluation, words, notes)
    offer_population(store, campaign.audience, words)
    show_sources(store, campaign, words, notes)
    show_messages(store, campaign, words, notes)
    show_said(store, campaign, words, notes)
    st.header(words("All campaigns"), anchor=False)
    st.markdown(
        words.plural(
            "{n} campaign has exports that say whom it was shown to: the share that went to those meant.",
            "{n} campaigns have exports that say whom they were shown to: the share that went to those meant.",
            len(told),
        )
    )
    if told:
        overall = overview(told, titles, words)
        page.show_table(overall, words)
        page.offer_csv(overall, words, name="reached", notes=page.notes_of(told, words.in_files))
with st.expander(words("How do we know?")):
    st.markdown(
        page.bullets(
            [
                words(
                    "Platforms say to whom they showed something, by what people told them or by what they guess. Days "
                    "are what varies: the ranges are for other days like these, and shares are of those whose group is "
                    "known."
                ),
                index_definition(words),
                left_behind_rule(words),
                words("People asked are rounded to five, and groups of few people are not shown."),
            ]
        )
    )
    page.help_link(words)
page.choose_image_format(words)
page.copy_link(words)
