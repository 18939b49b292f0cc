"""A campaign in a folder: judged on the command line as the dashboard judges it."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from metrics.__main__ import main

STUDIES = Path(__file__).parents[1] / "data" / "studies"
R_GLS = (0.1333007745158, 0.0212951963613, 0.0895278714934, 0.1770736775381)  # effect, standard error, limits
MONTHS = ("2026-03", "2026-04", "2026-05", "2026-06")  # in which some villages had the theatre
# What each was made to show, in its own docstring: the true effect, and the method its design calls for.
TRUTH = {
    "randomised": (0.10, "ancova_hc2", ["two_arms_once", "weights", "adjusted"]),
    "clusters": (0.12, "cr2", ["two_arms_once", "clusters"]),
    "panel": (0.09, "hc2", ["two_arms_twice", "same_people"]),
    "cross-sections": (0.0, "hc2", ["two_arms_twice"]),
    "interrupted-series": (0.12, "ar1_reml", ["many_times", "comparison_series"]),
    "staggered": (0.15, "group_time", ["places_one_by_one", "clusters", "never_reached"]),
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


def test_a_course_followed_for_thirty_months_equals_that_of_r(capsys: pytest.CaptureFixture[str]) -> None:
    """R 4.2.2, nlme: gls(own - other ~ t + level + trend, corAR1(form = ~ t)), the mean effect of the six months.

    With method REML its correlation is 0.0213781669037; the bias (2 + 4 rho) / n of so short a series is added back,
    and the effect is that of gls with the sum as its fixed correlation.
    """
    estimate = judged(STUDIES / "interrupted-series", capsys)["effect"]["estimate"]
    rho = 0.0213781669037
    assert estimate["autocorrelation"] == pytest.approx(rho + (2 + 4 * rho) / 30, abs=1e-6)
    named = [estimate[name] for name in ("estimate", "se", "conf_low", "conf_high")]
    assert named == pytest.approx(R_GLS, rel=1e-6)
    assert estimate["df"] == 26


def test_places_reached_one_by_one_are_compared_with_those_never_reached(capsys: pytest.CaptureFixture[str]) -> None:
    """By hand: for each month since the theatre came, how villages changed since the month before it, less the others.

    Each of the 16 villages counts in each month that it had the theatre: eight had it for four months, eight for two.
    """
    with (STUDIES / "staggered" / "survey.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))

    def share(which: int, month: str) -> float:
        asked = [
            person["knows_two_dangers"] == "yes"
            for person in people
            if int(person["cluster"].split()[1]) % 3 == which and person["interview_date"].startswith(month)
        ]
        return sum(asked) / len(asked)

    effects = [
        share(which, month) - share(which, before) - (share(0, month) - share(0, before))
        for which, before, months in ((1, "2026-02", MONTHS[:]), (2, "2026-04", MONTHS[2:]))
        for month in months
    ]
    estimate = judged(STUDIES / "staggered", capsys)["effect"]["estimate"]
    assert estimate["estimate"] == pytest.approx(sum(effects) / len(effects), abs=1e-12)


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
