"""A campaign in a folder: judged on the command line as the dashboard judges it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from metrics.__main__ import main

STUDIES = Path(__file__).parents[1] / "data" / "studies"
# What each was made to show, in its own docstring: the true effect, and the method its design calls for.
TRUTH = {
    "randomised": (0.10, "ancova_hc2", ["two_arms_once", "weights", "adjusted"]),
    "clusters": (0.12, "cr2", ["two_arms_once", "clusters"]),
    "panel": (0.09, "hc2", ["two_arms_twice", "same_people"]),
    "cross-sections": (0.0, "hc2", ["two_arms_twice"]),
}


def judged(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["evaluate", "--study", str(folder), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("name", TRUTH)
def test_each_example_is_analysed_by_its_design_and_its_interval_holds_the_truth(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    effect = judged(STUDIES / name, capsys)["effect"]
    truth, method, because = TRUTH[name]
    assert (effect["estimate"]["method"], effect["because"]) == (method, because)
    assert effect["estimate"]["conf_low"] < truth < effect["estimate"]["conf_high"]


def test_a_rise_on_both_sides_would_have_passed_for_success(capsys: pytest.CaptureFixture[str]) -> None:
    found = judged(STUDIES / "cross-sections", capsys)
    assert found["effect"]["before_after_alone"]["conf_low"] > 0.05
    assert found["verdict"]["finding"] not in ("raised", "raised_a_little")


def test_what_was_only_seen_is_not_measured(capsys: pytest.CaptureFixture[str]) -> None:
    found = judged(STUDIES / "delivery-only", capsys)
    assert (found["verdict"]["finding"], found["effect"]) == ("not_measured", None)
    assert found["delivery"]["impressions"] > 100_000
    assert found["cost"]["reason"] == "effect_not_measured"


def test_the_page_of_text_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--study", str(STUDIES / "clusters")]) == 0
    text = capsys.readouterr().out
    for said in ("Evenings of film in villages", "cluster_randomised", "cr2", "two_arms_once, clusters", "EUR"):
        assert said in text


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("record.json", None, "has no record.json"),
        ("record.json", "{", "Expecting property name"),
        ("survey.csv", "_id,_submission_time,arm\n1,2026-03-01T10:00:00,campaign\n", "survey.csv: Error"),
        ("exports/two.csv", "a,b\n1,2\n", "exports/two.csv: Error"),
    ],
)
def test_a_folder_that_cannot_be_read_is_refused_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str | None, said: str
) -> None:
    folder = tmp_path / "study"
    shutil.copytree(STUDIES / "randomised", folder)
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(content, "utf-8")
    assert main(["evaluate", "--study", str(folder)]) == 2
    assert said in capsys.readouterr().err


def test_a_question_of_a_file_is_answered_beside_the_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "study"
    shutil.copytree(STUDIES / "delivery-only", folder)
    rows = "Date,Video Views,Profile Views,Likes,Comments,Shares\nMarch 8,10,0,1,0,0\nMarch 9,20,1,2,0,0\n"
    (folder / "exports" / "Overview.csv").write_text(rows, "utf-8")
    assert main(["evaluate", "--study", str(folder)]) == 2
    assert "The dates have no year" in capsys.readouterr().err
    answers = {"exports/Overview.csv": {"year": "2026", "account": "ours"}}
    (folder / "answers.json").write_text(json.dumps(answers), "utf-8")
    assert judged(folder, capsys)["delivery"]["platforms"] == ["meta_ads", "tiktok"]
