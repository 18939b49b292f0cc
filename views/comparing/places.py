"""Places of campaigns with their ranges, and pairs that can be told apart."""

import pandas as pd
import streamlit as st

from metrics.bodies import Body
from metrics.explaining import Moderator
from metrics.places import Places, places
from views import page
from views.comparing.choices import choose_group
from views.wording import Words
from views.wording.bodies import p_label
from views.wording.explaining import kind_label, place_label, places_sentence
from views.wording.verdicts import verdict_label


def show_places(body: Body, words: Words) -> None:
    """Who may be first among campaigns of one kind."""
    st.header(words("Is the order of campaigns real?"), anchor=False)
    by = choose_group(words)
    found = places(body.members, by)
    if not found:
        st.markdown(words("No two of these campaigns share it, so none has a place."))
        return
    plain = words.in_files
    method = plain(
        "places by 20,000 draws of the true effects, drawn towards their average (flat prior); pairs: normal "
        "distribution, adjusted by Holm"
    )
    notes = page.notes_of(body.members, plain, (words("Method"), method))
    for number, group in enumerate(found):
        if by:
            st.subheader(kind_label(by, group.value, words), anchor=False)
        st.markdown(places_sentence(group, words))
        table = places_table(group, words)
        page.show_table(table, words)
        page.offer_csv(table, words, name=f"places-{number}", notes=notes)
    with st.expander(words("Each pair of campaigns")):
        pairs = pairs_table(found, by, words)
        page.show_table(pairs, words)
        page.offer_csv(pairs, words, name="pairs", notes=notes)
    st.caption(
        words(
            "Places are ranges: where two overlap, nobody is ahead. They are ordered by the lower end of what each may "
            "have changed, drawn towards the average, so that a lucky result does not lead the table. A place "
            "says nothing of harm: “What we say” does."
        )
    )


def places_table(found: Places, words: Words) -> pd.DataFrame:
    """Each campaign's place, from which to which, and how likely it did most."""
    plain = words.in_files
    return pd.DataFrame(
        [
            {
                plain("Campaign"): member.campaign.title,
                plain("What we say"): verdict_label(member, plain),
                plain("Place"): place_label(one.rank_low, one.rank_high, plain),
                plain("Chance to have done most"): plain("{n} of 20", n=plain.number(20 * one.probability_best)),
                plain("Change per 100 people, drawn towards the average"): plain(
                    "{estimate} ({low} to {high})",
                    estimate=plain.per_hundred(one.estimate, change=True),
                    low=plain.per_hundred(one.conf_low, change=True),
                    high=plain.per_hundred(one.conf_high, change=True),
                ),
            }
            for member, one in zip(found.members, found.ranked, strict=True)
        ]
    )


def pairs_table(found: tuple[Places, ...], by: Moderator | None, words: Words) -> pd.DataFrame:
    """Each pair with its difference and p-value after allowing for all pairs of its group."""
    plain = words.in_files
    return pd.DataFrame(
        [
            {
                **({plain("Among"): kind_label(by, group.value, plain)} if by else {}),
                plain("Campaign"): group.members[pair.first].campaign.title,
                plain("Rather than"): group.members[pair.second].campaign.title,
                plain("Per 100 people"): plain.per_hundred(pair.difference, change=True),
                plain("p, allowing for all"): p_label(pair.adjusted_p_value, plain),
            }
            for group in found
            for pair in group.pairs
        ]
    )
