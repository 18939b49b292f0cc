"""What campaigns are judged by comes for all of them at once, and is what each of them would get alone."""

import pytest

from campaigns.aggregates import answers, audience, delivery
from campaigns.batches import save_batch
from campaigns.evidence import BREAKDOWNS, evidence
from tests.examples import campaign, export, row, survey

SEEN = {"GMB": 2, "SEN": 7}


@pytest.fixture
def two(store):
    store.save_campaign(campaign("C2"), person="Amina")
    for name, file in {
        "C1": export(row(age="Y18T24", impressions=60), row(age="Y25T34", impressions=40)),
        "C2": export(*(row(platform="tiktok_ads", country=code, views=views) for code, views in SEEN.items())),
    }.items():
        save_batch(store, file, campaign=name, person="Amina")
    for name, value in (("C1", 1), ("C2", 0)):
        save_batch(store, survey((1, "campaign", "after", value, None)), campaign=name, person="Amina")
    return store


def test_each_campaign_gets_its_own_tables(two):
    found = evidence(two, ["C1", "C2"])
    assert [found[name].answers["value"].tolist() for name in ("C1", "C2")] == [[1], [0]]
    assert [found[name].delivery["platform"].tolist() for name in ("C1", "C2")] == [["meta_ads"], ["tiktok_ads"]]
    assert found["C1"].cells["age"]["impressions"].tolist() == [60, 40]
    assert found["C2"].cells["country"].set_index("value")["views"].to_dict() == SEEN
    assert found["C1"].cells["country"].empty


def test_together_they_are_what_they_are_alone(two):
    for name, found in evidence(two, ["C1", "C2"]).items():
        alone = {"answers": answers(two, name), "delivery": delivery(two, campaigns=[name])}
        alone |= {breakdown: audience(two, name, breakdown) for breakdown in BREAKDOWNS}
        together = {"answers": found.answers, "delivery": found.delivery, **found.cells}
        for table, rows in alone.items():
            assert together[table].astype(object).equals(rows.drop(columns="campaign", errors="ignore").astype(object))


def test_a_campaign_without_data_has_tables_without_rows(two):
    two.save_campaign(campaign("C3"), person="Amina")
    empty = evidence(two, ["C3"])["C3"]
    assert (len(empty.answers), len(empty.delivery)) == (0, 0)
    assert "arm" in empty.answers
    assert evidence(two, []) == {}
