"""The organisation's table of the population: what it is for, its form to fill in, and the way to put one in place."""

import pandas as pd
import streamlit as st

from campaigns.ages import AGE_BANDS
from campaigns.population_table import COLUMNS, population_table, read_population_table, replace_population_table
from campaigns.records import Audience, Sex
from campaigns.store import Store
from views import page
from views.tables import csv_bytes
from views.wording.language import Words


def offer_population(store: Store, audience: Audience, words: Words) -> None:
    """Say which table counts, and let a person put another in its place."""
    own = _own(store, words)
    with st.expander(words("Compare with a table of the population")):
        st.markdown(
            words(
                "A census or its projection says how many women and men of each age there are, so that who was shown a "
                "campaign can be held against everybody it was meant for. It counts before the survey. Population is "
                "not risk: it says nothing of who thinks of leaving."
            )
        )
        st.markdown(words("Your organisation has a table.") if own else words("Your organisation has no table yet."))
        st.download_button(
            words("Form to fill in (CSV)"), csv_bytes(form(audience)), file_name="populations.csv", mime="text/csv",
            on_click="ignore", key="population-form",
        )  # fmt: skip
        given = st.file_uploader(words("Table of the population"), type="csv", key="population-own", max_upload_size=5)
        content = None if given is None else given.getvalue()
        usable = content is not None and _is_usable(content, words)
        if usable and st.button(words("Use it from now on"), key="population-use", type="primary"):
            replace_population_table(store, content, person=page.PERSON)
            st.rerun()
        if own and st.button(words("Take the table away"), key="population-back"):
            replace_population_table(store, None, person=page.PERSON)
            st.rerun()


def form(audience: Audience) -> pd.DataFrame:
    """One row a country, sex and age of those meant; the people and where they were counted are to be filled in."""
    bands = [f"{low}+" if high is None else f"{low}-{high}" for low, high, _ in AGE_BANDS]
    rows = [
        dict(zip(COLUMNS, (country, sex.value, band, "", ""), strict=True))
        for country in audience.countries
        for sex in (Sex.FEMALE, Sex.MALE)
        for band in bands
    ]
    return pd.DataFrame(rows)


def _own(store: Store, words: Words) -> bool:
    try:
        return population_table(store) is not None
    except (ValueError, UnicodeDecodeError) as mistake:
        st.warning(
            words(
                "The organisation's table of the population cannot be used, so it is not: {why}",
                why=words.text(str(mistake)),
            )
        )
        return True


def _is_usable(content: bytes, words: Words) -> bool:
    try:
        read_population_table(content)
    except (ValueError, UnicodeDecodeError) as mistake:
        st.error(words("This table cannot be used: {why}", why=words.text(str(mistake))))
        return False
    return True
