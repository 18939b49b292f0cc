"""The step from the store to what is said of who was reached, kept until anything in the store changes."""

import pandas as pd
import streamlit as st

from campaigns import aggregates
from campaigns.population_table import population_table
from campaigns.privacy import Profile, disclose
from campaigns.records import Arm, Audience, Campaign, Outcome, Rung
from campaigns.store import Store, open_store
from metrics.audience import inside_audience, leaves_out
from metrics.reached import (
    BREAKDOWNS,
    Exposure,
    Share,
    asked_shares,
    common_bands,
    exposure,
    group_effects,
    group_of,
    groups_of,
    intended_among_asked,
    population_shares,
    representation,
    share_to_meant,
    shown_to,
)
from views.reaching.found import Reached, Row
from views.reaching.protecting import shown_asked, shown_effect, shown_exposure, shown_meant

KEPT = 128


def reached(store: Store, campaign: Campaign, profile: Profile) -> tuple[Reached, ...]:
    """Who a campaign was shown to, beside whom it was meant for, by all that exports or answers tell apart."""
    return _reached(str(store.folder), store.version, campaign.id, profile)


def by_source(store: Store, campaign: Campaign) -> tuple[tuple[str, dict[str, Share]], ...]:
    """For each platform the share of what it showed that went to those meant, by breakdown."""
    return _by_source(str(store.folder), store.version, campaign.id)


def messages(store: Store, campaign: Campaign) -> pd.DataFrame:
    """What each advertisement or post delivered on each day, by age and sex."""
    return _messages(str(store.folder), store.version, campaign.id)


def seen_question(campaign: Campaign) -> Outcome | None:
    """The question whether people saw the campaign, where it is asked."""
    return next((outcome for outcome in campaign.outcomes if outcome.rung == Rung.RECALL), None)


def said_to_have_seen(store: Store, campaign: Campaign, profile: Profile) -> dict[str, tuple[Exposure, ...]]:
    """By breakdown, who says that they saw the campaign; empty where nobody was asked that."""
    return _said_to_have_seen(str(store.folder), store.version, campaign.id, profile)


def asked_and_meant(store: Store, campaign: Campaign, profile: Profile) -> dict[str, tuple[Share | None, int]]:
    """By breakdown, the share of those asked on the campaign's side who are among those meant, and of how many."""
    return _asked_and_meant(str(store.folder), store.version, campaign.id, profile)


def delivered(store: Store, campaign: Campaign) -> pd.DataFrame:
    """What each platform delivered, one row a platform and currency."""
    return _delivered(str(store.folder), store.version, campaign.id)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _reached(folder: str, version: str, campaign_id: str, profile: Profile) -> tuple[Reached, ...]:
    with open_store(folder) as store:
        campaign = _campaign(store, campaign_id)
        answers = aggregates.answers(store, campaign_id)
        found = (_by(store, campaign, answers, breakdown, profile) for breakdown in BREAKDOWNS)
        return tuple(one for one in found if one is not None)


def _by(store: Store, campaign: Campaign, answers: pd.DataFrame, breakdown: str, profile: Profile) -> Reached | None:
    in_all = aggregates.audience(store, campaign.id, breakdown)
    by_day = aggregates.audience_by_day(store, campaign.id, breakdown) if len(in_all) else in_all.assign(day=None)
    told = [by_day, in_all]
    people = _population(store, campaign.audience)
    if breakdown == "age":
        columns = [in_all["value"], answers["age"], *([] if people is None else [people["age"]])]
        bands = common_bands(*columns)
        people = None if people is None else _in_bands(people, "age", bands)
        told = [_in_bands(frame, "value", bands) for frame in told]
        answers = _in_bands(answers, "age", bands)
    shown = shown_to(breakdown, *told)
    meant = _of_those_meant(answers, campaign.audience)
    intended = shown_asked(asked_shares(meant, breakdown), breakdown, profile)
    asked = disclose(round(sum(share.amount for share in intended)), profile, by=()) if intended else 0
    official = population_shares(people, campaign.audience, breakdown) if people is not None else ()
    if official and people is not None:
        intended, asked = official, 0
    if shown is None and len(intended) < 2:
        return None
    effects = group_effects(campaign, answers, breakdown)
    may = {group: shown_effect(one, breakdown, profile) for group, one in effects.effects.items()} if effects else {}
    limited = leaves_out(campaign.audience, breakdown)
    rows = [
        Row(
            group=part.group,
            meant=inside_audience(part.group, breakdown, campaign.audience) if limited else True,
            part=part,
            effect=may.get(part.group),
        )
        for part in representation(shown.shares if shown else (), intended)
    ]
    rows = [row for row in rows if row.meant is not False or _many(row, profile)]
    return Reached(
        breakdown=breakdown,
        shown=shown,
        rows=tuple(sorted(rows, key=lambda row: _order(row, breakdown))),
        asked=asked or 0,
        population=tuple(people["source"].unique()) if official and people is not None else (),
        to_meant=share_to_meant(campaign.audience, breakdown, by_day, in_all),
        differ=effects.difference if effects and sum(map(bool, may.values())) > 1 else None,
    )


def _population(store: Store, audience: Audience) -> pd.DataFrame | None:
    """The organisation's table, of the countries meant; None where there is none, or none that can be read."""
    try:
        table = population_table(store)
    except (ValueError, UnicodeDecodeError):  # the page says so
        return None
    return None if table is None else table[table["country"].isin(audience.countries)]


def _in_bands(frame: pd.DataFrame, column: str, bands: dict[str, str]) -> pd.DataFrame:
    """A table with the ages of one column in bands that all tables share."""
    return frame.assign(**{column: groups_of(frame[column], "age").map(bands)})


def _many(row: Row, profile: Profile) -> bool:
    """Whether something was shown to a group often enough to be told: a few times in a country are a few people."""
    return row.part.reached is not None and row.part.reached.amount >= profile.smallest


def _of_those_meant(answers: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Answers of people who are, as far as they said, among those meant."""
    keep = pd.Series(data=True, index=answers.index)
    for breakdown in BREAKDOWNS:
        if breakdown in answers:
            outside = [
                inside_audience(group_of(value, breakdown), breakdown, audience) is False
                for value in answers[breakdown]
            ]
            keep &= ~pd.Series(outside, index=answers.index, dtype=bool)
    return answers[keep]


def _order(row: Row, breakdown: str) -> tuple[float, str]:
    """Ages in their order, all others by how many are meant or were shown it."""
    if breakdown == "age":
        return float(row.group.rstrip("+").split("-")[0]), row.group
    part = row.part
    return -(part.intended.value if part.intended else 0) - (part.reached.value if part.reached else 0) / 10, row.group


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _by_source(folder: str, version: str, campaign_id: str) -> tuple[tuple[str, dict[str, Share]], ...]:
    with open_store(folder) as store:
        audience = _campaign(store, campaign_id).audience
        found: dict[str, dict[str, Share]] = {}
        for breakdown in BREAKDOWNS:
            by_day = aggregates.audience_by_day(store, campaign_id, breakdown)
            in_all = aggregates.audience(store, campaign_id, breakdown)
            for platform in sorted(set(in_all["platform"])):
                share = share_to_meant(audience, breakdown, by_day, in_all, platform=platform)
                if share is not None:
                    found.setdefault(platform, {})[breakdown] = share
        return tuple(found.items())


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _messages(folder: str, version: str, campaign_id: str) -> pd.DataFrame:
    with open_store(folder) as store:
        return aggregates.messages(store, campaign_id)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _delivered(folder: str, version: str, campaign_id: str) -> pd.DataFrame:
    with open_store(folder) as store:
        return aggregates.delivery(store, campaigns=[campaign_id])


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _said_to_have_seen(
    folder: str, version: str, campaign_id: str, profile: Profile
) -> dict[str, tuple[Exposure, ...]]:
    with open_store(folder) as store:
        campaign = _campaign(store, campaign_id)
        seen = seen_question(campaign)
        if seen is None:
            return {}
        answers = aggregates.answers(store, campaign_id)
        found = {
            breakdown: shown_exposure(exposure(answers, seen.id, breakdown), breakdown, profile)
            for breakdown in BREAKDOWNS
        }
        return {breakdown: people for breakdown, people in found.items() if people}


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _asked_and_meant(
    folder: str, version: str, campaign_id: str, profile: Profile
) -> dict[str, tuple[Share | None, int]]:
    with open_store(folder) as store:
        campaign, answers = _campaign(store, campaign_id), aggregates.answers(store, campaign_id)
        found = {}
        for breakdown in BREAKDOWNS:
            own = answers[answers["arm"] != Arm.COMPARISON]
            meant = intended_among_asked(own, campaign.audience, breakdown)
            known = disclose(meant[1], profile, by=()) if meant else None
            if meant and known:
                found[breakdown] = (shown_meant(*meant, profile), known)
        return found


def _campaign(store: Store, campaign_id: str) -> Campaign:
    return next(campaign for campaign in store.campaigns() if campaign.id == campaign_id)
