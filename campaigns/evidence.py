"""All that a campaign is judged by, gathered for many campaigns with one query of each kind."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from campaigns.aggregates import answers, audiences, delivery
from campaigns.receipts import Kind
from campaigns.store import Store

BREAKDOWNS = ("age", "sex", "country", "language")  # by which an audience is described


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One campaign's tables, as `metrics.evaluation.evaluate` takes them."""

    answers: pd.DataFrame
    delivery: pd.DataFrame
    cells: dict[str, pd.DataFrame]
    outcome_changed: dt.date | None  # when the primary outcome was stated otherwise although answers were stored


def evidence(store: Store, campaigns: Sequence[str]) -> dict[str, Evidence]:
    """The evidence of each of these campaigns; tables without rows where nothing was imported."""
    asked, delivered = answers(store, *campaigns), delivery(store, campaigns=campaigns)
    seen = {breakdown: audiences(store, breakdown, campaigns=campaigns) for breakdown in BREAKDOWNS}
    changed = outcomes_changed(store)
    return {
        campaign: Evidence(
            answers=_of(campaign, asked),
            delivery=_of(campaign, delivered),
            cells={breakdown: _of(campaign, rows) for breakdown, rows in seen.items()},
            outcome_changed=changed.get(campaign),
        )
        for campaign in campaigns
    }


def outcomes_changed(store: Store) -> dict[str, dt.date]:
    """The campaigns whose primary outcome was stated otherwise after answers were stored, and the last such day."""
    asked: dict[str, dt.datetime] = {}
    for batch in store.batches():
        if batch.kind == Kind.SURVEY and batch.campaign is not None:
            asked[batch.campaign] = min(batch.saved_at, asked.get(batch.campaign, batch.saved_at))
    return {
        entry.subject: entry.at.date()
        for entry in store.history()
        if entry.action == "save_campaign"
        and entry.before is not None
        and entry.subject in asked
        and entry.at > asked[entry.subject]
        and _stated(entry.before) != _stated(entry.after)
    }


def _stated(record: Mapping[str, Any]) -> list[Any]:
    """What a record says of its primary outcome that must not depend on the answers."""
    outcome = record.get("outcome") or {}
    return [outcome.get(name) for name in ("id", "column", "counts", "desired", "smallest_important", "registered")]


def _of(campaign: str, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["campaign"] == campaign].drop(columns="campaign").reset_index(drop=True)
