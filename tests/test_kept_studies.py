"""Published studies that people add are kept with who and when, corrected, withdrawn, brought back; never deleted."""

import dataclasses

import pytest

from campaigns.kept_studies import bring_back_study, clashes, kept_studies, save_studies, withdraw_study
from campaigns.literature import PublishedOutcome
from campaigns.problems import Problem, Severity
from campaigns.published import COLUMNS, cells_of, read_cells, read_published
from campaigns.store import open_store
from tests.test_published import ROW


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


def study(**cells: str) -> PublishedOutcome:
    (found,) = read_cells(ROW | cells).outcomes
    return found


def test_a_study_is_kept_with_who_and_when_and_is_there_when_the_store_is_opened_again(tmp_path):
    with open_store(tmp_path) as store:
        assert save_studies(store, [study()], person="Amina") == 1
        (at,) = [entry.at for entry in store.history()]
    with open_store(tmp_path) as store:
        (kept,) = kept_studies(store)
    assert (kept.study, kept.saved_by, kept.withdrawn) == (study(), "Amina", False)
    assert abs((kept.saved_at - at).total_seconds()) < 2


def test_every_study_of_the_project_is_kept_as_it_is(store):
    studies = read_published().outcomes
    assert save_studies(store, studies, person="Amina") == len(studies)
    assert {kept.study for kept in kept_studies(store)} == set(studies)


def test_saving_the_same_study_again_changes_nothing(store):
    save_studies(store, [study()], person="Amina")
    version = store.version
    assert save_studies(store, [study()], person="Bilal") == 0
    assert store.version == version


def test_a_correction_takes_the_place_of_what_was_kept_and_both_are_in_the_history(store):
    save_studies(store, [study()], person="Amina")
    save_studies(store, [study(effect="5")], person="Bilal")
    (kept,) = kept_studies(store)
    assert (kept.study.effect, kept.saved_by) == ((5.0,), "Bilal")
    first, second = store.history()
    assert (first.action, first.before) == ("save_study", None)
    assert (second.person, second.before["effect"], second.after["effect"]) == ("Bilal", [4.0], [5.0])


def test_a_withdrawn_study_counts_no_more_and_can_be_brought_back(store):
    save_studies(store, [study()], person="Amina")
    withdraw_study(store, ROW["id"], person="Bilal", why="retracted by the journal")
    assert kept_studies(store) == ()
    (withdrawn,) = kept_studies(store, withdrawn=True)
    assert (withdrawn.study, withdrawn.saved_by) == (study(), "Bilal")
    assert store.history()[-1].after == {"why": "retracted by the journal"}
    bring_back_study(store, ROW["id"], person="Amina")
    assert [kept.study for kept in kept_studies(store)] == [study()]
    assert kept_studies(store, withdrawn=True) == ()


def test_what_cannot_be_withdrawn_or_brought_back_is_named(store):
    with pytest.raises(ValueError, match="'a' cannot be withdrawn without a reason"):
        withdraw_study(store, "a", person="Amina", why=" ")
    with pytest.raises(KeyError, match="there is no study 'a'"):
        withdraw_study(store, "a", person="Amina", why="wrong")
    save_studies(store, [study()], person="Amina")
    with pytest.raises(KeyError, match="there is no withdrawn study"):
        bring_back_study(store, ROW["id"], person="Amina")


def test_of_several_studies_all_are_kept_or_none(store):
    broken = dataclasses.replace(study(), id="")
    with pytest.raises(Exception, match="CHECK constraint failed"):
        save_studies(store, [study(), broken], person="Amina")
    assert kept_studies(store) == ()
    assert store.history() == ()


def test_nobody_adds_a_study_without_a_name(store):
    with pytest.raises(ValueError, match="has no name"):
        save_studies(store, [study()], person=" ")
    assert kept_studies(store) == ()


def test_studies_of_the_project_cannot_be_overwritten():
    ours = read_published().outcomes[0]
    assert clashes([ours, study()], {ours.id}) == (
        Problem("study_of_the_project", Severity.ERROR, None, "id", ours.id),
    )


def test_the_cells_of_every_study_make_the_same_study():
    for outcome in read_published().outcomes:
        assert read_cells(cells_of(outcome)).outcomes == (outcome,)
    assert set(cells_of(study())) == set(COLUMNS)


def test_a_form_that_is_not_filled_says_every_field_that_is_needed():
    found = read_cells({})
    assert found.outcomes == ()
    assert [problem.column for problem in found.problems] == [
        "id", "campaign", "design", "outcome", "outcome_class", "desired", "as_published", "source", "read",
    ]  # fmt: skip
    assert {problem.row for problem in found.problems} == {None}
