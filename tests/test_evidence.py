"""What campaigns are judged by comes for all of them at once, and is what each of them would get alone."""

from dataclasses import replace

import pytest

from campaigns.aggregates import answers, audience, delivery
from campaigns.batches import save_batch
from campaigns.evidence import BREAKDOWNS, evidence, outcomes_changed
from campaigns.records import Design, Outcome, Rung, Study
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


def test_an_outcome_stated_otherwise_after_the_answers_is_a_change_of_plan(store):
    first = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Knows?", column="q1", counts=("yes",))
    study = Study(design=Design.MATCHED)
    store.save_campaign(campaign("C3", study=study, outcome=first), person="Amina")
    store.save_campaign(campaign("C3", study=study, outcome=replace(first, smallest_important=0.04)), person="Amina")
    assert outcomes_changed(store) == {}  # before anybody answered
    save_batch(store, survey((1, "campaign", "after", 1, None)), campaign="C3", person="Amina")
    store.save_campaign(campaign("C3", study=study, outcome=first, funder="somebody"), person="Amina")
    day = store.history()[-1].at.date()
    assert outcomes_changed(store) == {"C3": day}
    assert evidence(store, ["C3"])["C3"].outcome_changed == day


def test_a_record_completed_after_the_answers_is_no_change_of_plan(store):
    asked = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Knows?", column="q1", counts=("yes",))
    store.save_campaign(campaign("C3", study=Study(design=Design.MATCHED), outcome=asked), person="Amina")
    save_batch(store, survey((1, "campaign", "after", 1, None)), campaign="C3", person="Amina")
    completed = campaign("C3", study=Study(design=Design.MATCHED, follow_up_days=30), outcome=asked)
    store.save_campaign(completed, person="Amina")
    assert outcomes_changed(store) == {}
