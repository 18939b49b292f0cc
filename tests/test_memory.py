"""What people said once of a layout or a survey holds for the next file, and for nothing else."""

from dataclasses import replace

from campaigns.memory import codebook_of, keep_codebook, known_codebook, remember, remembered
from campaigns.questionnaire import Codebook, Question
from campaigns.records import Arm, Outcome, Rung
from campaigns.store import Store
from tests.examples import campaign

ANSWERS = {
    "columns": {"Tag": "date"},
    "platform": "tiktok",
    "year": "2026",
    "account": "ours",
    "first_day": "2026-03-01",
}


def test_only_what_holds_for_every_file_of_a_layout_is_remembered(store: Store) -> None:
    remember(store, "layout", ANSWERS, person="Amina")
    assert remembered(store, "layout") == {"columns": {"Tag": "date"}, "platform": "tiktok"}
    assert remembered(store, "another") == {}


def test_what_is_said_last_counts_and_the_history_keeps_both(store: Store) -> None:
    remember(store, "layout", ANSWERS, person="Amina")
    remember(store, "layout", ANSWERS, person="Amina")
    remember(store, "layout", {"platform": "x"}, person="Bilal")
    assert remembered(store, "layout") == {"platform": "x"}
    said = [entry for entry in store.history() if entry.action == "remember_layout"]
    assert sorted((entry.person, entry.after["platform"]) for entry in said) == [("Amina", "tiktok"), ("Bilal", "x")]


def test_answers_that_belong_to_one_file_alone_are_not_kept(store: Store) -> None:
    remember(store, "layout", {"year": "2026"}, person="Amina")
    assert remembered(store, "layout") == {}


def test_the_codebook_of_a_survey_is_that_of_its_campaign(store: Store) -> None:
    book = Codebook(outcomes=(), arm="Group", arms={"A": Arm.CAMPAIGN, "B": Arm.COMPARISON}, wave="Round")
    keep_codebook(store, "C1", "endline", book, person="Amina")
    assert codebook_of(store, "C1", "endline") == book
    assert codebook_of(store, "C1", "baseline") is None
    keep_codebook(store, "C1", "endline", replace(book, wave="Wave"), person="Amina")
    assert codebook_of(store, "C1", "endline") == replace(book, wave="Wave")


def test_a_kept_codebook_is_used_again_only_while_the_survey_has_its_columns(store: Store) -> None:
    knows = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Knows the risks?", column="knows", counts=("yes",))
    record = campaign("S1", outcome=knows)
    store.save_campaign(record, person="Amina")
    kept = Codebook(outcomes=(replace(knows, column="q7"),), wave="Round")
    keep_codebook(store, "S1", "endline", kept, person="Amina")
    asked = {name: Question(header=name, answers=(("yes", 5), ("no", 4)), distinct=2) for name in ("q7", "knows")}
    assert known_codebook(store, record, "endline", [asked["q7"], asked["knows"]]) == kept
    assert known_codebook(store, record, "endline", [asked["knows"]]).outcomes == (knows,)
    assert known_codebook(store, record, "another", [asked["q7"], asked["knows"]]).outcomes == (knows,)
