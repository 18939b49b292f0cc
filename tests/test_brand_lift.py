"""Counts of a platform's own study become answers of the campaign's questions, or are refused row by row."""

import dataclasses

import pandas as pd
import pytest

from campaigns.aggregates import answers
from campaigns.batches import save_batch
from campaigns.exports import read_export
from campaigns.exports.templates import csv_file
from campaigns.questionnaire import codebook_for
from campaigns.receipts import Kind
from campaigns.records import Outcome, Rung
from campaigns.store import open_store
from campaigns.surveys import read_survey
from metrics.evaluation import evaluate
from metrics.proportions import Proportion, risk_difference
from metrics.verdicts import Certainty, Finding, ReasonCode
from tests import evaluations
from tests import test_evaluation as field

HEADER = csv_file("brand_lift", "en").decode("utf-8-sig").strip()
TEST = "dangers,test,1450,610,facebook,2026-03-01,2026-03-28,,"
CONTROL = "dangers,control,1440,540,facebook,2026-03-01,2026-03-28,,"


def study(*rows):
    return "\n".join((HEADER, *rows, "")).encode()


def read_as_of_campaign(data, *outcomes, name="study.csv"):
    record = dataclasses.replace(field.campaign(), outcome=outcomes[0], guardrails=outcomes[1:])
    return read_survey(data, name=name, codebook=codebook_for(record, read_survey(data, name=name).questions))


def counted(survey):
    """People who answered and whose answer counts, by group and question."""
    rows = survey.answers.to_pandas()
    groups = rows.groupby(["arm", "outcome"])["value"]
    return {key: (int(values.size), int(values.sum())) for key, values in groups}


DANGERS = Outcome(id="dangers", rung=Rung.KNOWLEDGE, question="Name two dangers", column="q7", counts=("two",))
TRUST = dataclasses.replace(DANGERS, id="trust", rung=Rung.TRUST, question="Would you call us?", column="q8")


def codes(survey):
    return [(problem.code, problem.row) for problem in survey.problems]


def test_the_counts_of_a_study_become_answers_one_a_person():
    survey = read_as_of_campaign(study(TEST, CONTROL), DANGERS)
    assert counted(survey) == {("campaign", "dangers"): (1450, 610), ("comparison", "dangers"): (1440, 540)}
    rows = survey.answers
    assert len(set(rows["respondent"].to_pylist())) == 1450 + 1440
    assert set(rows["wave"].to_pylist()) == {"after"}
    assert survey.problems == ()


def test_the_file_is_recognised_and_waits_for_a_campaign():
    upload = read_export(study(TEST, CONTROL), name="study.csv")
    assert (upload.receipt.kind, upload.receipt.platform) == (Kind.SURVEY, "brand_lift")
    assert read_survey(study(TEST, CONTROL), name="study.csv").answers.num_rows == 0


@pytest.mark.parametrize("written", ["dangers", "DANGERS", "Name two dangers", "q7"])
def test_a_question_is_known_by_its_words_its_column_or_its_short_name(written):
    rows = [row.replace("dangers", written) for row in (TEST, CONTROL)]
    assert counted(read_as_of_campaign(study(*rows), DANGERS)).keys() == {
        ("campaign", "dangers"),
        ("comparison", "dangers"),
    }


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("dangers,test,1450,1451,facebook,2026-03-01,2026-03-28,,", "counting_exceeds_answers"),
        ("dangers,test,,610,facebook,2026-03-01,2026-03-28,,", "value_missing"),
        ("dangers,test,1450,42 %,facebook,2026-03-01,2026-03-28,,", "number_not_readable"),
        ("dangers,test,1450,0.42,facebook,2026-03-01,2026-03-28,,", "number_not_whole"),
        ("dangers,test,-5,0,facebook,2026-03-01,2026-03-28,,", "number_negative"),
        ("dangers,test,0,0,facebook,2026-03-01,2026-03-28,,", "nobody_answered"),
        ("dangers,test,2000000,610,facebook,2026-03-01,2026-03-28,,", "number_too_large"),
        ("dangers,seen,1450,610,facebook,2026-03-01,2026-03-28,,", "answer_unknown"),
        ("dangers,,1450,610,facebook,2026-03-01,2026-03-28,,", "value_missing"),
        (",test,1450,610,facebook,2026-03-01,2026-03-28,,", "value_missing"),
        ("dangers,test,1450,610,facebook,2026-03-01,2026-03-28,Atlantis,", "country_not_known"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_and_its_question_with_it(row, code):
    survey = read_as_of_campaign(
        study(row, CONTROL, TEST.replace("dangers", "trust"), CONTROL.replace("dangers", "trust")), DANGERS, TRUST
    )
    assert codes(survey)[:2] == [(code, 2), ("group_lacking", 3)]
    assert counted(survey) == {("campaign", "trust"): (1450, 610), ("comparison", "trust"): (1440, 540)}


def test_two_figures_for_one_group_are_refused():
    survey = read_as_of_campaign(study(TEST, CONTROL, TEST.replace("610", "611")), DANGERS)
    assert [code for code, _ in codes(survey)] == ["rows_conflict", "group_lacking", "rows_conflict"]
    assert survey.refused


def test_countries_are_read_apart_and_kept():
    rows = [row.replace("2026-03-28,,", f"2026-03-28,{code},") for code in ("GMB", "SEN") for row in (TEST, CONTROL)]
    survey = read_as_of_campaign(study(*rows), DANGERS)
    assert counted(survey)["campaign", "dangers"] == (2 * 1450, 2 * 610)
    assert set(survey.answers["country"].to_pylist()) == {"GMB", "SEN"}


def test_one_question_in_two_wordings_is_not_added_up():
    again = [row.replace("dangers", "q7") for row in (TEST, CONTROL)]
    survey = read_as_of_campaign(study(TEST, CONTROL, *again), DANGERS)
    assert codes(survey) == [("rows_conflict", 4), ("rows_conflict", 5)]
    assert counted(survey)["campaign", "dangers"] == (1450, 610)


def test_a_question_that_the_campaign_did_not_ask_is_refused():
    survey = read_as_of_campaign(study(TEST, CONTROL), TRUST)
    assert codes(survey) == [("question_not_of_campaign", 2), ("question_not_of_campaign", 3)]
    assert survey.refused


@pytest.mark.parametrize("lacking", [0, 1, 2, 3])
def test_a_table_without_a_column_that_is_needed_says_which(lacking):
    rows = [
        ",".join(cell for at, cell in enumerate(row.split(",")) if at != lacking) for row in (HEADER, TEST, CONTROL)
    ]
    survey = read_as_of_campaign("\n".join(rows).encode(), DANGERS)
    assert [(p.code, p.column) for p in survey.problems] == [
        ("column_missing", ("question", "arm", "answers", "counting")[lacking])
    ]
    assert survey.refused


def test_days_that_can_be_read_in_two_ways_are_not_guessed():
    rows = [row.replace("2026-03-01", "03/04/2026") for row in (TEST, CONTROL)]
    survey = read_as_of_campaign(study(*rows), DANGERS)
    assert codes(survey) == [("date_not_readable", 2)]
    assert survey.receipt.window is None
    assert survey.answers.num_rows == 2890


def test_an_evaluation_takes_a_study_of_the_platform_at_one_grade_less(tmp_path):
    record = field.campaign(outcome=dataclasses.replace(field.KNOWS, id="dangers"))
    data = study(TEST, CONTROL)
    with open_store(tmp_path) as store:
        store.save_campaign(record, person="a person")
        survey = read_as_of_campaign(data, record.outcome)
        save_batch(store, survey, campaign=record.id, person="a person")
        result = evaluate(record, answers=answers(store, record.id), delivery=pd.DataFrame(), cells={})
    assert result.effect.estimate == risk_difference(Proportion(610, 1450), Proportion(540, 1440))
    assert (result.verdict.finding, result.verdict.certainty) == (Finding.RAISED_A_LITTLE, Certainty.MODERATE)
    assert ReasonCode.PLATFORM_STUDY in {reason.code for reason in result.verdict.reasons}


def test_answers_of_a_survey_are_never_mixed_with_counts_of_the_platform():
    record = field.campaign()
    asked = field.answers(campaign_after=(480, 800), comparison_after=(360, 800))
    theirs = field.answers(campaign_after=(10, 800), comparison_after=(700, 800)).assign(survey="brand_lift:study")
    both = field.judged(record, pd.concat([asked, theirs], ignore_index=True))
    alone = field.judged(record, asked)
    assert both.effect == alone.effect
    assert [r for r in both.verdict.reasons if r not in alone.verdict.reasons] == [
        evaluations.Reason(code=ReasonCode.PLATFORM_STUDY_APART)
    ]
    assert both.verdict.certainty == alone.verdict.certainty


def test_the_same_study_exported_again_replaces_what_it_said(tmp_path):
    record = field.campaign(outcome=dataclasses.replace(field.KNOWS, id="dangers"))
    with open_store(tmp_path) as store:
        store.save_campaign(record, person="a person")
        for rows in ((TEST, CONTROL), (CONTROL, TEST.replace("610", "615"))):
            survey = read_as_of_campaign(study(*rows), record.outcome)
            save_batch(store, survey, campaign=record.id, person="a person")
        rows = answers(store, record.id)
    sums = rows.groupby("arm")["value"].agg(["size", "sum"]).to_dict("index")
    assert sums == {"campaign": {"size": 1450, "sum": 615}, "comparison": {"size": 1440, "sum": 540}}
