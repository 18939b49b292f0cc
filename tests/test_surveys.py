"""Surveys as people export them: good rows kept, bad rows named, nobody recognisable."""

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.problems import Severity
from campaigns.questionnaire import Codebook, codebook_for
from campaigns.receipts import Kind, WindowSource
from campaigns.records import Arm, Design, Ethics, Study, Wave
from campaigns.rows import ANSWER_SCHEMA
from campaigns.surveys import Survey, read_survey
from campaigns.surveys.answers import LISTED
from tests.look_alikes.small_survey import AWARE, HEADER, ROWS, campaign, changed, column, kobo, read, said


def test_every_answer_is_one_row_with_its_arm_and_wave():
    survey = read()
    assert survey.answers.schema == ANSWER_SCHEMA
    assert column(survey, "arm") == ["campaign", "comparison", "campaign", "comparison"]
    assert column(survey, "wave") == ["before", "before", "after", "after"]
    assert column(survey, "value") == [0, 1, 1, None]  # not answered is missing, not 0
    assert column(survey, "row") == [2, 3, 4, 5]
    assert column(survey, "survey") == ["survey"] * 4
    assert column(survey, "outcome") == ["aware"] * 4
    assert column(survey, "sex") == ["F", "M", "F", "M"]
    assert column(survey, "age") == ["Y18T24", "Y25T34", "Y18T24", "Y25T34"]
    assert column(survey, "country") == ["GMB"] * 4
    assert column(survey, "place") == ["North", "South", "North", "South"]
    assert column(survey, "cluster") == ["V1", "V2", "V1", "V2"]
    assert not survey.undecided
    assert not survey.refused


def test_the_receipt_says_how_the_file_was_read():
    receipt = read().receipt
    assert (receipt.kind, receipt.platform, receipt.report) == (Kind.SURVEY, "kobotoolbox", "survey_answers")
    assert (receipt.encoding, receipt.delimiter, receipt.rows_read) == ("utf-8", ";", 4)
    assert (receipt.window, receipt.window_source) == ((dt.date(2026, 3, 1), dt.date(2026, 4, 8)), WindowSource.COLUMN)
    assert receipt.dropped == ("phone",)
    stored = {reading.header: reading.field for reading in receipt.columns if reading.stored}
    assert stored["dangers"] == "aware"
    assert stored["village"] == "cluster"
    assert "phone" not in stored
    assert "consent" not in stored


def test_nothing_a_person_typed_leaves_the_reader():
    survey = read(changed(ROWS, 3, region="call +234 803 123 4567"))
    kept = json.dumps([survey.answers.to_pylist(), repr(survey.problems), repr(survey.receipt), repr(survey.questions)])
    assert "+220" not in kept
    assert "803 123" not in kept
    assert "R1" not in kept
    assert [(p.code, p.severity, p.row, p.column, p.value) for p in survey.problems] == [
        ("personal_data_columns", Severity.WARNING, 1, "region", None),
        ("personal_data_columns", Severity.WARNING, 1, "phone", None),
    ]


def test_without_a_codebook_the_questions_are_listed():
    survey = read_survey(kobo([(*row[:-1], f"u-{n}") for n, row in enumerate(ROWS * 5)]))
    questions = {question.header: question for question in survey.questions}
    assert survey.answers.num_rows == 0
    assert survey.refused
    assert survey.receipt.rows_read == 20
    assert questions["dangers"].answers == (("two", 10), ("one", 5))
    assert questions["dangers"].blank == 5
    assert questions["phone"].personal == "phone"
    assert questions["phone"].answers == ()
    assert questions["phone"].distinct == 2


def test_the_same_person_is_the_same_in_every_file_read_with_one_key():
    codebook = codebook_for(campaign(), read_survey(kobo(ROWS)).questions)
    both = [
        set(column(read_survey(kobo(rows), codebook=codebook, key=b"a secret"), "respondent"))
        for rows in (ROWS[:2], ROWS[2:])
    ]
    others = set(column(read_survey(kobo(ROWS), codebook=codebook, key=b"another"), "respondent"))
    assert both[0] == both[1]
    assert len(both[0]) == 2
    assert not both[0] & others


@pytest.mark.parametrize("field", ["arm", "wave"])
@pytest.mark.parametrize("header", [None, "nowhere"])
def test_answers_of_nobody_knows_whom_or_when_are_not_stored(field, header):
    survey = read(**{field: header, f"only_{field}": None})
    assert survey.answers.num_rows == 0
    assert ("column_missing", "error", None, header or field, None) in said(survey)


def test_without_a_key_a_person_is_a_number():
    assert column(read(), "respondent") == ["1", "2", "1", "2"]


def test_of_two_columns_of_one_name_the_first_is_read():
    survey = read([(*row[:11], "three") for row in ROWS], header=(*HEADER[:11], "dangers"))
    assert column(survey, "value") == [0, 1, 1, None]
    assert ("duplicate_headers", "warning", None, "dangers", None) in said(survey)


def test_a_column_that_the_codebook_names_and_the_file_lacks_is_an_error():
    survey = read(weight="poids")
    assert ("column_missing", "error", None, "poids", None) in said(survey)


def test_the_same_mistake_many_times_is_named_200_times_and_counted():
    rows = [(*row[:3], "Group B", *row[4:]) for row in ROWS * 60]
    survey = read([(row[0], row[1], f"R{n}", *row[3:-1], f"u-{n}") for n, row in enumerate(rows)])
    unknown = [p for p in survey.problems if p.code == "answer_unknown"]
    assert len(unknown) == LISTED
    assert ("more_of_these", "error", None, "arm", "40") in said(survey)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            (
                "Acceptez-vous de participer ?",
                "Groupe de l'étude",
                "Vague de l'enquête",
                "Sexe",
                "Quel âge avez-vous ?",
            ),
            ("Oui", "Comparaison", "Après la campagne", "Femme", "34 ans"),
        ),
        (
            ("groupe/Consentement", "groupe/Bras", "groupe/Vague", "groupe/Genre", "groupe/Tranche d’âge"),
            ("oui", "témoin", "après", "femme", "25–34"),
        ),
        (
            ("¿Acepta participar?", "Grupo del estudio", "Ronda de la encuesta", "Sexo", "¿Cuántos años tiene?"),
            ("Sí", "Comparación", "Después de la campaña", "Mujer", "30"),
        ),
        (
            ("هل توافق على المشاركة؟", "المجموعة", "الجولة", "الجنس", "العمر"),
            ("نعم", "مجموعة المقارنة", "بعد الحملة", "أنثى", "٢٨"),
        ),
        (("consent", "arm", "wave", "gender", "age_group"), ("yes", "control", "endline", "female", "25-34")),
    ],
    ids=["fr labels", "fr names in groups", "es", "ar", "en names"],
)
def test_the_standard_questionnaire_is_found_in_many_languages(header, row):
    survey = read([(*row, "two", "u1")], header=(*header, "dangers", "_uuid"))
    expected = {"arm": Arm.COMPARISON, "wave": Wave.AFTER, "sex": "F", "age": "Y25T34", "value": 1}
    assert survey.answers.select(list(expected)).to_pylist() == [expected]
    assert [code for code, *_ in said(survey)] == ["no_window_in_file"]


def test_the_codebook_says_what_the_design_needs_and_the_file_lacks():
    questions = read_survey(kobo([("two", "x")] * 4, header=("risks", "colour"))).questions
    clustered = campaign(study=Study(design=Design.CLUSTER_RANDOMISED))
    assert codebook_for(clustered, questions).lacking == ("consent", "arm", "cluster", "outcomes.aware")
    assert codebook_for(campaign(), questions).lacking == ("consent", "arm", "wave", "outcomes.aware")
    alone = codebook_for(campaign(study=Study(design=Design.AFTER_ONLY), ethics=Ethics(consent=True)), questions)
    assert alone.lacking == ("outcomes.aware",)
    assert (alone.only_arm, alone.only_wave) == (Arm.CAMPAIGN, Wave.AFTER)


def test_a_form_is_read_from_a_stream_a_path_and_bytes_alike(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_bytes(kobo(ROWS))
    with path.open("rb") as stream:
        readings = [read_survey(path), read_survey(stream), read_survey(io.BytesIO(kobo(ROWS)), name="survey.csv")]
    assert len({reading.receipt for reading in map(_hashable, readings)}) == 1


def _hashable(survey: Survey) -> Survey:
    return replace(survey, receipt=replace(survey.receipt, totals=()))


@pytest.mark.parametrize("data", [b"", b"   \n", b"%PDF-1.7\n", kobo([], header=("consent", "_uuid", "_index"))])
def test_a_file_without_answers_is_refused_with_a_reason(data):
    survey = read_survey(data, codebook=Codebook(outcomes=(AWARE,)))
    assert survey.refused
    assert survey.receipt.kind == Kind.NOTHING
    assert survey.problems


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), max_size=6))
def test_no_cell_stops_a_file(rows):
    cleaned = [[cell.replace('"', "") for cell in row] for row in rows]
    codebook = Codebook(outcomes=(AWARE,), consent="consent", arm="arm", arms={"campaign": Arm.CAMPAIGN})
    survey = read_survey(kobo(cleaned, header=("consent", "arm", "dangers")), codebook=codebook)
    assert survey.answers.schema == ANSWER_SCHEMA
    assert survey.answers.num_rows <= survey.receipt.rows_read


def test_a_column_on_belief_is_refused_until_a_person_decides_and_never_stored():
    survey = read([(*row, "Example faith") for row in ROWS], (*HEADER, "Religion"))
    found = [(p.code, p.severity, p.row, p.column, p.value) for p in survey.problems if p.column == "Religion"]
    assert found == [("sensitive_column", Severity.ERROR, 1, "Religion", None)]
    assert survey.undecided
    assert survey.answers.num_rows == 4
    assert "Example faith" not in json.dumps([survey.answers.to_pylist(), repr(survey.problems), repr(survey.receipt)])
