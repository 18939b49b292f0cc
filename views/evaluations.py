"""The step from the store to what a page shows: load, evaluate, and keep the result until a campaign's data change."""

import hashlib
import json

import pandas as pd
import streamlit as st

from campaigns import aggregates
from campaigns.evidence import evidence
from campaigns.records import Campaign
from campaigns.serialising import encode
from campaigns.store import Batch, Status, Store, open_store
from metrics.evaluation import Evaluation, evaluate
from metrics.verdicts import rank_key

KEPT = 256  # campaigns whose results stay at hand


def evaluations(store: Store) -> tuple[Evaluation, ...]:
    """Every campaign of the store, the surest first and among those the one whose range begins highest."""
    kept = _kept(str(store.folder))
    wanted = {(campaign.id, _state(store, campaign)): campaign for campaign in store.campaigns()}
    if lacking := {key: campaign for key, campaign in wanted.items() if key not in kept}:
        found = evidence(store, [campaign.id for campaign in lacking.values()])
        for key, campaign in lacking.items():
            data = found[campaign.id]
            kept[key] = evaluate(
                campaign,
                answers=data.answers,
                delivery=data.delivery,
                cells=data.cells,
                outcome_changed=data.outcome_changed,
            )
        for key in set(kept) - set(wanted):
            kept.pop(key, None)
    return tuple(sorted((kept[key] for key in wanted), key=lambda evaluation: rank_key(evaluation.verdict)))


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


@st.cache_resource(show_spinner=False)
def _kept(folder: str) -> dict[tuple[str, str], Evaluation]:
    """The results of a store, by campaign and state: all viewers share them, and nobody changes one."""
    return {}


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _daily(folder: str, campaign_id: str, state: str) -> pd.DataFrame:
    with open_store(folder) as store:
        return aggregates.daily(store, campaign_id)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _audience_cells(folder: str, campaign_id: str, state: str, breakdown: str) -> pd.DataFrame:
    with open_store(folder) as store:
        return aggregates.audience(store, campaign_id, breakdown)
