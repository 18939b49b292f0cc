"""All that a campaign is judged by, gathered for many campaigns with one query of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from campaigns.aggregates import answers, audiences, delivery
from campaigns.store import Store

BREAKDOWNS = ("age", "sex", "country")  # by which an audience is described


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One campaign's tables, as `metrics.evaluation.evaluate` takes them."""

    answers: pd.DataFrame
    delivery: pd.DataFrame
    cells: dict[str, pd.DataFrame]


def evidence(store: Store, campaigns: Sequence[str]) -> dict[str, Evidence]:
    """The evidence of each of these campaigns; tables without rows where nothing was imported."""
    asked, delivered = answers(store, *campaigns), delivery(store, campaigns=campaigns)
    seen = {breakdown: audiences(store, breakdown, campaigns=campaigns) for breakdown in BREAKDOWNS}
    return {
        campaign: Evidence(
            answers=_of(campaign, asked),
            delivery=_of(campaign, delivered),
            cells={breakdown: _of(campaign, rows) for breakdown, rows in seen.items()},
        )
        for campaign in campaigns
    }


def _of(campaign: str, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["campaign"] == campaign].drop(columns="campaign").reset_index(drop=True)
