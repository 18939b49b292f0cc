"""The standard questionnaire: a valid form in six languages, whose answers are read with no question asked."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from pyxform.xls2xform import convert

from campaigns.answer_words import agreed
from campaigns.exports import read_export
from campaigns.privacy import folded, personal
from campaigns.questionnaire import ARMS, SEXES, codebook_for, standard_field
from campaigns.questionnaire_form import FORMS, LANGUAGES, QUESTIONS, choices, labels, outcomes, texts, workbook
from campaigns.receipts import Kind
from campaigns.records import Audience, Campaign, Design, Frame, Message, Rung, Study, Wave
from campaigns.surveys import read_survey
from tests.look_alikes.surveys import COUNT, MANY, WRITTEN, kobo

TEMPLATES = Path(__file__).parents[1] / "data" / "templates"
STANDARD = {"consent": "consent", "arm": "arm", "cluster": "cluster", "sex": "sex", "age": "age", "region": "place"}


def cells(source) -> dict[str, list[tuple[str | None, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(source)}


def campaign(wave: Wave = Wave.AFTER) -> Campaign:
    primary, *guardrails = outcomes(wave)
    return Campaign(
        id="c-1",
        title="A campaign",
        organisation="An organisation",
        start=dt.date(2026, 3, 1),
        end=dt.date(2026, 4, 1),
        audience=Audience(description="young people", countries=("GMB",), languages=("wo",)),
        message=Message(frame=Frame.RISK),
        study=Study(design=Design.CLUSTER_RANDOMISED),
        outcome=primary,
        guardrails=tuple(guardrails),
    )


def read(data: bytes, wave: Wave = Wave.AFTER):
    codebook = codebook_for(campaign(wave), read_survey(data).questions)
    return codebook, read_survey(data, name="survey.csv", codebook=codebook)


@pytest.mark.parametrize("name", FORMS)
def test_the_committed_forms_are_what_the_code_makes(name, tmp_path):
    subprocess.run([sys.executable, TEMPLATES / "generate.py", tmp_path], check=True)
    assert cells(TEMPLATES / name) == cells(tmp_path / name)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_valid_and_every_label_is_in_six_languages(name):
    form = convert(str(TEMPLATES / name), validate=False)
    assert not form.warnings
    assert [form.xform.count(f'<translation lang="{title}"') for title in LANGUAGES.values()] == [1] * 6
    for sheet in ("survey", "choices"):
        header, *rows = cells(TEMPLATES / name)[sheet]
        for what in ("label", "hint", "constraint_message"):
            places = [place for place, head in enumerate(header) if str(head).startswith(f"{what}::")]
            assert {len([row for place in places if (row[place] or "").strip()]) for row in rows} <= {0, 6}
    assert all(len(set(spoken.values())) >= 4 for spoken in texts().values())  # no language stands in for another


def test_only_those_who_agree_and_are_of_age_are_asked():
    rows = {row[1]: row for row in cells(TEMPLATES / "questionnaire-endline.xlsx")["survey"][1:]}
    header = cells(TEMPLATES / "questionnaire-endline.xlsx")["survey"][0]
    relevant = header.index("relevant")
    assert rows["interview"][relevant] == "${consent} = 'yes' and ${age} >= 18"
    assert rows["age"][relevant] == "${consent} = 'yes'"
    order = list(rows)
    asked_before = set(order[: order.index("interview")])
    assert asked_before.isdisjoint(COUNT)


def test_a_campaign_that_never_was_is_asked_about_only_afterwards():
    survey = {name: [row[1] for row in cells(TEMPLATES / name)["survey"]] for name in FORMS}
    assert "seen_control" in survey["questionnaire-endline.xlsx"]
    assert not {"seen_control", "seen_campaign", "seen_where"} & set(survey["questionnaire-baseline.xlsx"])
    assert {outcome.id for outcome in outcomes(Wave.AFTER)} == set(COUNT)


def test_the_form_asks_for_every_rung_and_guardrail():
    rungs = {outcome.rung for outcome in outcomes()}
    # The one is asked as a number, whose truth is another on each route; whom people would ask for the journey is for a
    # study to ask that can keep such an answer safe.
    assert rungs == set(Rung) - {Rung.BELIEF_ACCURACY, Rung.SMUGGLER_BRAND}
    assert "arrive_of_ten" in QUESTIONS


def test_nothing_is_asked_that_could_say_who_somebody_is():
    for name in QUESTIONS:
        for header in (name, *labels("question", name)):
            assert personal(header, ["Awa Example", "12 34 56 78"]) is None, header


@pytest.mark.parametrize("name", STANDARD)
def test_a_field_is_recognised_by_its_name_and_every_label(name):
    assert {standard_field(header) for header in (name, *labels("question", name))} == {STANDARD[name]}


def test_answers_of_fields_are_understood_in_every_language():
    for words, listed in ((ARMS, "arms"), (SEXES, "sexes")):
        for spellings in choices(listed).values():
            assert len({words[folded(spelling)] for spelling in spellings}) == 1
    assert {agreed(spelling) for spelling in choices("consent")["yes"]} == {True}
    assert {agreed(spelling) for spelling in choices("consent")["no"]} == {False}


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize("joint", ["", "/"])
@pytest.mark.parametrize("language", WRITTEN)
def test_an_export_is_read_with_no_question_in_every_language(language, joint, many):
    data = kobo(Wave.AFTER, language, joint=joint, many=many)
    assert read_export(data, name="survey.csv").receipt.kind == Kind.SURVEY
    codebook, survey = read(data)
    assert codebook.lacking == ()
    assert [(p.code, p.value) for p in survey.problems] == [("without_consent", "1"), ("minors_not_asked", "1")]
    assert not survey.undecided
    answers = survey.answers.to_pandas()
    found = {name: [None if v != v else int(v) for v in rows["value"]] for name, rows in answers.groupby("outcome")}
    assert found == COUNT
    people = answers.drop_duplicates("row")
    assert people["arm"].tolist() == ["campaign", "comparison", "comparison"]
    assert people["sex"].tolist() == ["F", "M", "U"]
    assert people["age"].tolist() == ["Y18T24", "Y25T34", "Y_GE65"]
    assert people["place"].tolist() == ["North", "South", "South"]
    assert people["cluster"].tolist() == ["V1", "V2", "V2"]
    assert set(people["wave"]) == {"after"}


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize("language", [None, "fr", "ar", "zh"])
@pytest.mark.parametrize("joint", [".", "_", "-"])
def test_questions_are_found_in_groups_however_they_are_joined(joint, language, many):
    codebook, survey = read(kobo(Wave.AFTER, language, joint=joint, many=many))
    assert codebook.lacking == ()
    assert not survey.undecided
    answers = survey.answers.to_pandas()
    found = {name: [None if v != v else int(v) for v in rows["value"]] for name, rows in answers.groupby("outcome")}
    assert found == COUNT
    assert answers.drop_duplicates("row")["sex"].tolist() == ["F", "M", "U"]


@pytest.mark.parametrize("language", WRITTEN)
def test_a_baseline_is_read_as_such(language):
    codebook, survey = read(kobo(Wave.BEFORE, language), Wave.BEFORE)
    assert codebook.lacking == ()
    assert set(survey.answers["wave"].to_pylist()) == {"before"}
    assert not survey.undecided


def test_the_receipt_says_which_answers_count():
    _, survey = read(kobo(language="fr"))
    columns = {column.field: column for column in survey.receipt.columns}
    assert columns["promise_binding"].counts == ("Non",)
    assert columns["promise_binding"].others == ("Oui",)
    assert columns["smugglers_reliable"].counts == ("Pas du tout d'accord",)
    assert columns["protection_known"].others == ("Ne sait pas", "Non")


def test_forms_are_made_the_same_again():
    assert workbook(Wave.AFTER) == workbook(Wave.AFTER)
