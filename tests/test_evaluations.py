"""Results are kept as long as the data are the same, and not a moment longer."""

import dataclasses
import threading

import pytest

from campaigns import batches
from campaigns.example import EXAMPLE, load_example
from campaigns.store import open_store
from views.evaluations import evaluations

PERSON = "tester"
CAMPAIGN = "gm-2025-peer-videos"


@pytest.fixture
def folder(tmp_path):
    with open_store(tmp_path) as store:
        load_example(store)
    return tmp_path


@pytest.fixture
def store(folder):
    with open_store(folder) as store:
        yield store


def of(store, campaign=CAMPAIGN):
    return next(evaluation for evaluation in evaluations(store) if evaluation.campaign.id == campaign)


def test_results_are_worked_out_once_and_shared(store, folder):
    with open_store(folder) as other:
        assert evaluations(other) is evaluations(store)


def test_only_what_changed_is_worked_out_anew(store):
    before = {evaluation.campaign.id: evaluation for evaluation in evaluations(store)}
    store.save_campaign(dataclasses.replace(before[CAMPAIGN].campaign, title="Another title"), person=PERSON)
    after = {evaluation.campaign.id: evaluation for evaluation in evaluations(store)}
    assert after[CAMPAIGN].campaign.title == "Another title"
    assert len(after) == 16  # directories of data/example
    # What campaigns say of one another is looked at again each time; what took the work is kept.
    assert [name for name in after if after[name].effect is not before[name].effect] == [CAMPAIGN]


def test_a_file_taken_out_of_every_figure_is_out_of_the_result_and_back_with_it(store):
    (survey,) = (batch for batch in store.batches(CAMPAIGN) if batch.kind == "survey")
    asked = of(store).effect.groups
    batches.undo(store, survey.id, person=PERSON)
    assert of(store).effect.groups == ()
    batches.redo(store, survey.id, person=PERSON)
    assert of(store).effect.groups == asked


def test_a_campaign_that_is_removed_is_in_no_result(store):
    evaluations(store)
    store.remove_campaign(CAMPAIGN, person=PERSON)
    assert CAMPAIGN not in {evaluation.campaign.id for evaluation in evaluations(store)}


def test_an_outcome_stated_otherwise_and_back_leaves_its_trace(store):
    before = of(store)
    campaign = before.campaign
    otherwise = dataclasses.replace(campaign, outcome=dataclasses.replace(campaign.outcome, smallest_important=0.2))
    store.save_campaign(otherwise, person=PERSON)
    store.save_campaign(campaign, person=PERSON)
    codes = {reason.code for reason in of(store).verdict.reasons} - {reason.code for reason in before.verdict.reasons}
    assert codes == {"change_of_plan"}


def test_many_who_ask_at_once_see_the_same(folder):
    seen, start = [], threading.Barrier(4)

    def ask():
        with open_store(folder) as store:
            start.wait()
            seen.append([(e.campaign.id, e.verdict) for e in evaluations(store)])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [seen[0]] * 4
    assert len(seen[0]) == sum(path.is_dir() for path in EXAMPLE.iterdir())
