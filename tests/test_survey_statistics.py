"""SPSS and Stata files: their labels are the answers, a missing value stays missing, and no file stops the tracker."""

import datetime as dt
import os
import random

import pandas as pd
import pyreadstat
import pytest

from campaigns.command_line import main
from campaigns.files import OF_STATISTICIANS
from campaigns.problems import Severity
from campaigns.questionnaire import codebook_for
from campaigns.receipts import Kind
from campaigns.records import Arm, Audience, Campaign, Design, Frame, Message, Outcome, Rung, Study
from campaigns.store import open_store
from campaigns.surveys import read_survey
from campaigns.surveys.statistics import kind_of, read_variables

AGREED = {1: "Yes", 0: "No"}
LABELS = {
    "q0": "Do you agree to take part?",
    "q1": "Study group",
    "q2": "Survey round",
    "q3": "Sex",
    "q4": "How old are you?",
    "q5": "Does a smuggler's promise give you any right?",
    "q6": "Telephone number",
    "q7": "Survey weight",
    "q8": "Number of dangers",
}
WORDED = {
    "q0": AGREED,
    "q1": {1: "Campaign", 2: "Comparison"},
    "q2": {1: "Baseline", 2: "Endline"},
    "q3": {1: "Male", 2: "Female"},
    "q5": {1: "Yes", 2: "No", 8: "Don't know"},
}
NAN = float("nan")
PEOPLE = pd.DataFrame(
    {
        "q0": [1, 1, 1, 1, 0],
        "q1": [1, 1, 2, 2, 1],
        "q2": [2, 2, 2, 2, 2],
        "q3": [2, 1, 2, NAN, 1],
        "q4": [19, 27, 35, 66, 30],
        "q5": [2, 8, 1, NAN, 2],
        "q6": ["+220 000 0001", "+220 000 0002", "", "+220 000 0004", ""],
        "q7": [1.5, 0.5, 1.0, 1.0, 1.0],
        "q8": [3, 0, NAN, 2, 3],
    }
)
KNOWS = Outcome(id="knows", rung=Rung.KNOWLEDGE, question=LABELS["q5"], column="promise", counts=("No",))
DANGERS = Outcome(id="dangers", rung=Rung.KNOWLEDGE, question="Number of dangers", column="q8", number_from=2)
VALUES = {"knows": [1, 0, 0, None], "dangers": [1, 0, None, 1]}  # the fifth person did not agree


def campaign(**changes) -> Campaign:
    fields = {
        "id": "c-1",
        "title": "A campaign",
        "organisation": "An organisation",
        "start": dt.date(2026, 3, 1),
        "end": dt.date(2026, 4, 1),
        "audience": Audience(description="young people", countries=("GMB",), languages=("wo",)),
        "message": Message(frame=Frame.RISK),
        "study": Study(design=Design.RANDOMISED),
        "outcome": KNOWS,
        "guardrails": (DANGERS,),
    }
    return Campaign(**fields | changes)


@pytest.fixture
def written(tmp_path):
    def write(ending: str, people: pd.DataFrame = PEOPLE, **options) -> bytes:
        path = tmp_path / f"survey{ending}"
        if ending == ".dta":
            del options["missing_ranges"]
            pyreadstat.write_dta(people, path, column_labels=LABELS, variable_value_labels=WORDED, **options)
        else:
            pyreadstat.write_sav(
                people, path, column_labels=LABELS, variable_value_labels=WORDED,
                compress=ending == ".zsav", **options,
            )  # fmt: skip
        return path.read_bytes()

    return lambda ending, *people, **options: write(ending, *people, **{"missing_ranges": None} | options)


@pytest.mark.parametrize("ending", OF_STATISTICIANS)
def test_labels_of_variables_and_values_are_read_as_questions_and_answers(written, ending):
    data = written(ending)
    questions = read_survey(data, name=f"x{ending}").questions
    assert {question.header: question.label for question in questions} == LABELS
    codebook = codebook_for(campaign(), questions)
    assert codebook.lacking == ()
    assert (codebook.consent, codebook.arm, codebook.wave, codebook.age) == ("q0", "q1", "q2", "q4")
    survey = read_survey(data, name=f"x{ending}", codebook=codebook)
    answers = survey.answers.to_pandas().drop_duplicates("row")
    assert answers["arm"].tolist() == ["campaign", "campaign", "comparison", "comparison"]
    assert set(answers["wave"]) == {"after"}
    assert answers["sex"].tolist() == ["F", "M", "F", "U"]
    assert answers["age"].tolist() == ["Y18T24", "Y25T34", "Y35T44", "Y_GE65"]
    assert answers["weight"].tolist() == [1.5, 0.5, 1.0, 1.0]
    assert answers["row"].tolist() == [1, 2, 3, 4]
    assert survey.receipt.kind == Kind.SURVEY
    assert survey.receipt.rows_read == 5


@pytest.mark.parametrize("ending", OF_STATISTICIANS)
def test_what_is_missing_stays_missing_and_is_never_no(written, ending):
    data = written(ending)
    survey = read_survey(data, codebook=codebook_for(campaign(), read_survey(data).questions))
    answers = survey.answers.to_pandas()
    for outcome, values in VALUES.items():
        rows = answers[answers["outcome"] == outcome]
        assert [None if value != value else int(value) for value in rows["value"]] == values


def test_a_value_that_the_file_declares_missing_is_no_answer(written):
    refused = PEOPLE.assign(q5=[2, 9, 1, 9, 2])
    data = written(".sav", refused, missing_ranges={"q5": [9]})
    survey = read_survey(data, codebook=codebook_for(campaign(), read_survey(data).questions))
    rows = survey.answers.to_pandas().query("outcome == 'knows'")
    assert [None if value != value else int(value) for value in rows["value"]] == [1, None, 0, None]


def test_a_column_is_personal_by_its_label_too(written):
    survey = read_survey(written(".sav"), codebook=codebook_for(campaign(), read_survey(written(".sav")).questions))
    assert survey.receipt.dropped == ("q6",)
    assert "+220" not in repr(survey)


def test_answers_that_count_may_be_given_as_the_codes_behind_the_labels(written):
    data = written(".dta")
    coded = campaign(
        outcome=Outcome(id="knows", rung=Rung.KNOWLEDGE, question=LABELS["q5"], column="q5", counts=("2",))
    )
    survey = read_survey(data, codebook=codebook_for(coded, read_survey(data).questions))
    rows = survey.answers.to_pandas().query("outcome == 'knows'")
    assert [None if value != value else int(value) for value in rows["value"]] == VALUES["knows"]
    assert next(column for column in survey.receipt.columns if column.header == "q5").counts == ("No",)


def test_the_bytes_say_what_a_file_is_and_not_its_name(written):
    assert read_survey(written(".sav"), name="survey.csv").receipt.rows_read == 5
    assert read_survey(b"consent,arm,wave\nyes,campaign,after\n", name="survey.sav").receipt.rows_read == 1
    assert kind_of(b"consent,arm\n") is None


@pytest.mark.parametrize("ending", OF_STATISTICIANS)
@pytest.mark.parametrize("share", [0.3, 0.97])
def test_part_of_a_file_is_refused_or_says_what_it_holds(written, ending, share):
    data = written(ending)
    survey = read_survey(data[: int(len(data) * share)], name=f"x{ending}")
    if survey.receipt.kind == Kind.NOTHING:
        assert survey.problems
        assert survey.problems[0].severity == Severity.ERROR
    else:
        assert survey.receipt.rows_read <= 5


@pytest.mark.parametrize("ending", OF_STATISTICIANS)
def test_a_damaged_file_never_stops_the_tracker(written, ending):
    data = written(ending)
    for seed in range(3):
        draw = random.Random(seed)  # noqa: S311 the same damage every time
        damaged = bytearray(data)
        for _ in range(40):
            damaged[draw.randrange(8, len(data))] = draw.randrange(256)
        survey = read_survey(bytes(damaged), name=f"x{ending}")
        assert survey.receipt.kind in Kind
        assert survey.problems or survey.receipt.rows_read


@pytest.mark.parametrize("start", [b"$FL2", b"$FL3", b"<stata_dta>", b"\x73\x01\x01\x00"])
def test_rubbish_that_begins_like_a_file_of_statisticians_is_refused_in_words(start):
    survey = read_survey(start + os.urandom(2_000), name="x.sav")
    assert [(p.code, p.severity) for p in survey.problems] == [("statistics_not_readable", Severity.ERROR)]
    assert survey.refused


def test_a_file_that_would_fill_the_memory_is_refused_and_read_no_further(written):
    wide = pd.DataFrame({f"v{number}": [1.0] for number in range(2_001)})
    assert [p.code for p in read_survey(written(".sav", wide)).problems] == ["statistics_too_large"]


def test_a_survey_of_many_questions_and_people_is_read_whole(written):
    wide = pd.DataFrame({f"v{number}": [1.0, NAN, 2.0] * 1_000 for number in range(300)})
    variables, problems = read_variables(written(".sav", wide), "sav")
    assert problems == ()
    assert {tuple(variable.cells) for variable in variables} == {("1", "", "2") * 1_000}
    assert len(variables) == 300


def test_a_file_without_people_holds_nothing(written):
    survey = read_survey(written(".sav", PEOPLE.iloc[:0]))
    assert survey.receipt.kind == Kind.NOTHING
    assert [p.code for p in survey.problems] == ["empty_export"]


def test_the_groups_of_a_file_are_those_of_the_study(written):
    data = written(".zsav")
    survey = read_survey(data, codebook=codebook_for(campaign(), read_survey(data).questions))
    assert set(survey.answers["arm"].to_pylist()) == {Arm.CAMPAIGN, Arm.COMPARISON}


def test_the_command_line_stores_such_a_file_and_says_which_answers_count(written, tmp_path, capsys):
    with open_store(tmp_path / "store") as store:
        store.save_campaign(campaign(), person="test")
    (tmp_path / "survey.sav").write_bytes(written(".sav"))
    assert main(["import", str(tmp_path / "survey.sav"), "--campaign", "c-1", "--store", str(tmp_path / "store")]) == 0
    printed = capsys.readouterr().out
    assert "    counts: No\n    does not count: Don't know, Yes\n" in printed
    assert "+220" not in printed
