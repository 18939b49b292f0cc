"""The templates that people fill in are read without a question, and the standard questionnaire is recognised."""

import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from campaigns.privacy import folded, personal
from campaigns.questionnaire import ARMS, SEXES, WAVES, standard_field

TEMPLATES = Path(__file__).parents[1] / "data" / "templates"
FORM = CalamineWorkbook.from_path(TEMPLATES / "questionnaire.xlsx")
SURVEY = FORM.get_sheet_by_name("survey").to_python()
CHOICES = FORM.get_sheet_by_name("choices").to_python()
STANDARD = {
    "consent": "consent",
    "arm": "arm",
    "wave": "wave",
    "cluster": "cluster",
    "sex": "sex",
    "age": "age",
    "region": "place",
}


def test_the_generator_writes_the_templates_again(tmp_path):
    subprocess.run([sys.executable, TEMPLATES / "generate.py", tmp_path], check=True)
    again = CalamineWorkbook.from_path(tmp_path / "questionnaire.xlsx")
    sheets = ("survey", "choices", "settings")
    assert [again.get_sheet_by_name(s).to_python() for s in sheets] == [
        FORM.get_sheet_by_name(s).to_python() for s in sheets
    ]


@pytest.mark.parametrize("row", [row for row in SURVEY[1:] if row[1] in STANDARD], ids=lambda row: row[1])
def test_a_standard_column_is_recognised_by_name_and_by_either_label(row):
    assert {standard_field(header) for header in row[1:4]} == {STANDARD[row[1]]}


def test_every_standard_column_is_asked():
    assert set(STANDARD) <= {row[1] for row in SURVEY[1:]}


@pytest.mark.parametrize(
    ("question", "words"), [("arms", ARMS), ("waves", WAVES), ("sexes", SEXES)], ids=["arms", "waves", "sexes"]
)
def test_answers_are_understood_by_name_and_by_either_label(question, words):
    for _, *answers in [row for row in CHOICES if row[0] == question]:
        assert len({words[folded(answer)] for answer in answers}) == 1


def test_nothing_is_asked_that_could_name_a_person():
    for row in SURVEY[1:]:
        for header in row[1:4]:
            assert header == "" or personal(header, ["Awa Example", "12 34 56 78"]) is None, header


def test_every_question_waits_for_consent():
    assert all(row[5] == "${consent} = 'yes'" for row in SURVEY[1:] if row[1] not in ("start", "end", "consent"))
