"""The step from the store to what a page shows: load, evaluate, and keep the result until a campaign's data change."""

import hashlib
import json
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from campaigns import aggregates
from campaigns.evidence import evidence, outcomes_changed
from campaigns.records import Campaign
from campaigns.serialising import encode
from campaigns.store import Batch, Status, Store, open_store
from metrics.evaluation import Evaluation, evaluate
from metrics.replication import with_replication
from metrics.verdicts import rank_key

KEPT = 256  # campaigns whose results stay at hand


def evaluations(store: Store) -> tuple[Evaluation, ...]:
    """Every campaign of the store, the surest first and among those the one whose range begins highest."""
    kept, version = _kept(str(store.folder)), store.version  # read first, so that the results are never older than it
    ranked = kept.ranked
    if ranked is None or ranked[0] != version:
        kept.results = _worked_out(store, kept.results)
        found = with_replication(tuple(kept.results.values()))
        order = sorted(found, key=lambda evaluation: rank_key(evaluation.verdict))
        ranked = kept.ranked = (version, tuple(order))
    return ranked[1]


def _worked_out(store: Store, known: dict[tuple[str, str], Evaluation]) -> dict[tuple[str, str], Evaluation]:
    """The result of each campaign of the store: those `known` whose record and files are as they were, the others new.

    By campaign and state, in the order of the store.
    """
    changed = outcomes_changed(store)
    wanted = {
        (campaign.id, f"{_state(store, campaign)} {changed.get(campaign.id)}"): campaign
        for campaign in store.campaigns()
    }
    lacking = {key: campaign for key, campaign in wanted.items() if key not in known}
    found = evidence(store, [campaign.id for campaign in lacking.values()]) if lacking else {}
    made = {
        key: evaluate(
            campaign,
            answers=found[campaign.id].answers,
            delivery=found[campaign.id].delivery,
            cells=found[campaign.id].cells,
            outcome_changed=found[campaign.id].outcome_changed,
        )
        for key, campaign in lacking.items()
    }
    return {key: made.get(key) or known[key] for key in wanted}


def daily(store: Store, campaign: Campaign) -> pd.DataFrame:
    """What a campaign's platforms counted, by day."""
    return _daily(str(store.folder), campaign.id, _state(store, campaign))


def audience_cells(store: Store, campaign: Campaign, breakdown: str) -> pd.DataFrame:
    """A campaign's delivery by age, sex or country."""
    return _audience_cells(str(store.folder), campaign.id, _state(store, campaign), breakdown)


def _active(store: Store, campaign_id: str) -> list[Batch]:
    return [batch for batch in store.batches(campaign_id) if batch.status == Status.ACTIVE]


def _state(store: Store, campaign: Campaign) -> str:
    """A text that is another one as soon as the campaign's record or the files that count for it are others."""
    record = json.dumps([encode(campaign), [batch.id for batch in _active(store, campaign.id)]])
    return hashlib.sha256(record.encode()).hexdigest()


@dataclass(slots=True, kw_only=True)
class _Kept:
    """Results by campaign and state, and all of them in order, as of a version of the store.

    Whoever finds others puts new ones in their place; nobody changes what is there, which others may be reading.
    """

    results: dict[tuple[str, str], Evaluation]
    ranked: tuple[str, tuple[Evaluation, ...]] | None


@st.cache_resource(show_spinner=False)
def _kept(folder: str) -> _Kept:
    """What all viewers of a store share."""
    return _Kept(results={}, ranked=None)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _daily(folder: str, campaign_id: str, state: str) -> pd.DataFrame:
    with open_store(folder) as store:
        return aggregates.daily(store, campaign_id)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _audience_cells(folder: str, campaign_id: str, state: str, breakdown: str) -> pd.DataFrame:
    with open_store(folder) as store:
        return aggregates.audience(store, campaign_id, breakdown)
