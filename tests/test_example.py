"""The simulated campaigns: the same every time, harmless, imported like anybody's, and showing what they are for."""

import csv
import dataclasses
import io
import json
import re
import subprocess
import sys
import time
from decimal import Decimal
from functools import cache

import pytest

from campaigns import aggregates
from campaigns.ages import AGE_BANDS
from campaigns.example import EXAMPLE, load_example, remove_example
from campaigns.meanings import ANSWERS, ENGAGEMENT
from campaigns.records import Audience, Campaign, Design, Ethics, Message, Outcome, Spending, Study
from campaigns.rows import ANSWER_SCHEMA, ENGAGEMENT_SCHEMA
from campaigns.serialising import decode
from campaigns.store import Status, open_store
from campaigns.vocabulary import METRICS, MILLIONTHS
from metrics.effects import measure
from metrics.estimates import Estimate
from metrics.reached import exposure, standardised_difference

TRUTH = json.loads((EXAMPLE / "truth.json").read_text(encoding="utf-8"))
INDEX = json.loads((EXAMPLE / "campaigns.json").read_text(encoding="utf-8"))
CAMPAIGNS = {entry["record"]["id"]: decode(Campaign, entry["record"]) for entry in INDEX}
SURVEYED = sorted(name for name, truth in TRUTH.items() if truth["effects"])
ALONE = (Design.BEFORE_AFTER, Design.AFTER_ONLY)
COMPARED = [name for name in SURVEYED if CAMPAIGNS[name].study.design not in ALONE]
DICTIONARY = (EXAMPLE.parent / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("store")) as store:
        load_example(store)
        yield store


@cache
def answers(store, name: str):
    return aggregates.answers(store, name)


def effect(store, name: str, outcome: str):
    campaign = CAMPAIGNS[name]
    asked = next(candidate for candidate in campaign.outcomes if candidate.id == outcome)
    return measure(asked, campaign.study, answers(store, name))


def primary(store, name: str) -> Estimate:
    estimate = effect(store, name, CAMPAIGNS[name].outcome.id).estimate
    assert isinstance(estimate, Estimate)
    return estimate


def test_the_generator_writes_the_folder_again_byte_for_byte(tmp_path):
    subprocess.run([sys.executable, EXAMPLE / "generate.py", tmp_path], check=True)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(EXAMPLE): path for path in EXAMPLE.rglob("*") if path.suffix in (".csv", ".json")}
    assert set(written) == set(kept)
    assert [str(name) for name, data in written.items() if kept[name].read_bytes() != data] == []


def test_the_folder_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in EXAMPLE.rglob("*") if path.is_file()) < 2_500_000


def test_every_campaign_is_marked_as_simulated():
    assert all(campaign.example for campaign in CAMPAIGNS.values())


def test_the_set_shows_every_kind_of_campaign():
    designs = {campaign.study.design for campaign in CAMPAIGNS.values()}
    assert designs >= set(Design) - {Design.INTERRUPTED_SERIES}
    assert len(CAMPAIGNS) >= 14
    assert len({country for campaign in CAMPAIGNS.values() for country in campaign.audience.countries}) >= 7
    assert len({language for campaign in CAMPAIGNS.values() for language in campaign.audience.languages}) >= 10
    assert {part.currency for campaign in CAMPAIGNS.values() for part in campaign.spending.known} == {
        "EUR",
        "USD",
        "XOF",
    }


def test_loading_again_changes_nothing(store):
    before = [(batch.id, batch.status) for batch in store.batches()]
    assert load_example(store) == len(CAMPAIGNS)
    assert [(batch.id, batch.status) for batch in store.batches()] == before


def test_loading_takes_seconds_and_says_how_far_it_is(tmp_path):
    said = []
    with open_store(tmp_path) as store:
        before = time.perf_counter()
        load_example(store, progress=lambda done, total, what: said.append((done, total, what)))
        assert time.perf_counter() - before < 20
    files = [file["file"] for entry in INDEX for file in entry["files"]]
    assert said == [*((n, len(files), name) for n, name in enumerate(files)), (len(files), len(files), "")]


def test_the_examples_can_be_taken_away_and_brought_back(tmp_path):
    with open_store(tmp_path) as store:
        load_example(store)
        stored = [batch.id for batch in store.batches()]
        assert remove_example(store) == len(CAMPAIGNS)
        assert store.campaigns() == ()
        assert {batch.status for batch in store.batches()} == {Status.UNDONE}
        assert load_example(store) == len(CAMPAIGNS)
        assert {campaign.id for campaign in store.campaigns()} == set(CAMPAIGNS)
        assert [batch.id for batch in store.batches() if batch.status == Status.ACTIVE] == stored


@pytest.mark.parametrize("name", sorted(CAMPAIGNS))
def test_an_export_is_read_as_it_was_written(store, name):
    batches = {batch.file_name: batch for batch in store.batches(name)}
    for file, truth in TRUTH[name]["files"].items():
        batch = batches[file]
        assert batch.rows == truth["rows"]
        for metric, value in truth.items():
            if metric == "watch_hours":
                assert abs(batch.receipt.totals["watch_time"] - Decimal(value) * 3600) <= batch.rows
            elif metric != "rows":
                scale = METRICS[metric].scale
                assert batch.receipt.totals[metric] == Decimal(value) * scale, (file, metric)


@pytest.mark.parametrize("name", SURVEYED)
def test_a_survey_keeps_who_agreed_and_nobodys_number(store, name):
    data = (EXAMPLE / name / "survey.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(data, newline=""), delimiter=";"))
    (batch,) = [batch for batch in store.batches(name) if batch.kind == "survey"]
    consent = next(column.header for column in batch.receipt.columns if column.field == "consent")
    yes = rows[0][consent]
    phones = {row[header] for row in rows for header in batch.receipt.dropped} - {""}
    kept = answers(store, name)
    assert batch.receipt.dropped
    assert phones
    assert kept["row"].nunique() == sum(row[consent] == yes for row in rows) < len(rows)
    assert not phones & set(kept.astype(str).to_numpy().ravel())
    assert kept["value"].isna().any()


@pytest.mark.parametrize("name", COMPARED)
def test_an_interval_of_a_sound_design_holds_the_true_effect(store, name):
    for outcome, true in TRUTH[name]["effects"].items():
        estimate = effect(store, name, outcome).estimate
        assert estimate.conf_low <= true <= estimate.conf_high


@pytest.mark.parametrize("name", COMPARED)
def test_each_campaign_shows_what_it_was_made_to_show(store, name):
    shows, campaign = TRUTH[name]["shows"], CAMPAIGNS[name]
    estimate, important = primary(store, name), campaign.outcome.smallest_important
    if shows in ("none", "too_small_to_matter"):
        assert -important < estimate.conf_low
        assert estimate.conf_high < important
    elif shows == "harmful":
        assert estimate.conf_high < 0
    elif shows == "helpful_but_harmed_a_guardrail":
        assert estimate.conf_low > 0
        assert any(effect(store, name, guardrail.id).harmed for guardrail in campaign.guardrails)
    elif shows in ("inconclusive", "helpful_but_too_few_asked"):
        assert estimate.conf_low < 0 < important < estimate.conf_high
    elif shows == "helpful":
        assert estimate.conf_low > 0


def test_before_and_after_alone_would_have_praised_a_campaign_that_changed_nothing(store):
    name = "ml-2025-radio-and-page"
    shown = effect(store, name, "dangers")
    assert TRUTH[name]["effects"]["dangers"] == 0
    assert shown.before_after_alone.conf_low > 0
    assert shown.estimate.conf_low < 0 < shown.estimate.conf_high


def test_a_change_without_a_comparison_looks_like_success_and_is_none(store):
    name = "ci-2025-savings-circles"
    assert TRUTH[name]["effects"]["dangers"] == 0
    assert primary(store, name).conf_low > 0


def test_one_campaign_lost_more_people_on_one_side(store):
    (after,) = [effect(store, name, "dangers").groups for name in COMPARED if TRUTH[name]["shows"] == "not_comparable"]
    answered = {group.arm: group.answered / group.asked for group in after}
    assert answered["comparison"] - answered["campaign"] > 0.1


def test_a_million_views_are_no_answer(store):
    name = "bd-2026-short-films"
    views = aggregates.delivery(store, campaigns=[name])["views"].sum()
    assert views == 1_200_000
    assert CAMPAIGNS[name].study.design == Design.DELIVERY_ONLY
    assert answers(store, name).empty


def test_a_campaign_for_the_young_reached_the_old_and_other_countries(store):
    name = "gw-2026-ways-to-work"
    ages = aggregates.audience(store, name, "age").set_index("value")["impressions"]
    assert ages[["Y18T24", "Y25T34"]].sum() / ages.sum() < 0.25
    countries = aggregates.audience(store, name, "country").set_index("value")["views"]
    assert countries["GNB"] / countries.sum() < 0.25
    assert countries["NAM"] > 0


@pytest.mark.parametrize("name", [*ENGAGEMENT_SCHEMA.names, *ANSWER_SCHEMA.names])
def test_the_dictionary_has_every_column(name):
    assert f"| `{name}` |" in DICTIONARY


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_the_dictionary_says_of_every_metric_what_the_code_says(metric):
    stored = "–" if not metric.stored else "millionths" if metric.scale == MILLIONTHS else "as is"
    row = f"| `{metric.name}` | {metric.unit} | {metric.additivity} | {stored} | {metric.definition} |"
    assert row in DICTIONARY


@pytest.mark.parametrize("schema", [ENGAGEMENT_SCHEMA, ANSWER_SCHEMA])
def test_the_dictionary_gives_the_types_of_columns(schema):
    assert [f.name for f in schema if f.name not in METRICS and f"| `{f.name}` | {f.type} |" not in DICTIONARY] == []


@pytest.mark.parametrize(("name", "meaning"), [*((n, m) for kind in (ENGAGEMENT, ANSWERS) for n, m in kind.items())])
def test_the_dictionary_says_of_every_column_what_the_help_page_says(name, meaning):
    assert re.search(rf"^\| `{name}` \| [^|]* \| [^|]* \| {re.escape(meaning)} \|$", DICTIONARY, re.MULTILINE)


def test_every_column_has_a_meaning():
    assert list(ENGAGEMENT) == [name for name in ENGAGEMENT_SCHEMA.names if name not in METRICS]
    assert list(ANSWERS) == ANSWER_SCHEMA.names


def test_the_dictionary_names_every_field_of_a_record_and_every_age_band():
    kinds = (Campaign, Audience, Message, Study, Outcome, Spending, Ethics)
    fields = {field.name for kind in kinds for field in dataclasses.fields(kind)}
    assert {name for name in fields if f"`{name}`" not in DICTIONARY} == set()
    assert all(code in DICTIONARY for *_, code in AGE_BANDS)


def test_two_messages_add_up_to_the_campaign_and_the_one_that_was_made_better_is(store):
    name = "gm-2025-peer-videos"
    by_ad, whole = aggregates.messages(store, name), aggregates.audience_by_day(store, name, "sex")
    for metric in ("impressions", "link_clicks"):
        parts = by_ad.groupby(["day", "sex"])[metric].sum()
        assert parts.sort_index().tolist() == whole.groupby(["day", "value"])[metric].sum().sort_index().tolist()
    first, second = (
        by_ad[(by_ad["message"] == title) & (by_ad["sex"] != "U")].rename(
            columns={"link_clicks": "numerator", "impressions": "denominator"}
        )
        for title in ("Lamin tells of the road", "What Awa's brother paid")
    )
    found = standardised_difference(first, second)
    true = found.a[1] * (1 - 1.3)  # data/example/scenarios.py: 1.3 clicks of the second for one of the first
    assert found.balance.noticeable
    assert found.difference.conf_low < true < found.difference.conf_high < found.crude < 0


def test_more_women_than_men_say_that_they_saw_a_campaign_and_nobody_is_asked_twice(store):
    name = "ng-2025-job-offers"
    women, men = exposure(answers(store, name), "seen", "sex")
    data = (EXAMPLE / name / "survey.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(data, newline=""), delimiter=";"))
    for group, sex in ((women, "female"), (men, "male")):
        said = [row["seen_campaign"] for row in rows if (row["arm"], row["sex"]) == ("campaign", sex)]
        assert (group.asked, group.saw) == (said.count("yes") + said.count("no"), said.count("yes"))
    assert women.index > 1 > men.index
