"""What form software does to answers: groups, repeats, tags, versions, reviews."""

import pytest
import xlsxwriter

from campaigns.exports import read_export
from campaigns.problems import Severity
from campaigns.questionnaire import codebook_for
from campaigns.receipts import Kind
from campaigns.surveys import read_survey, survey_name
from tests.look_alikes.small_survey import HEADER, ROWS, campaign, changed, column, kobo, read, said


@pytest.mark.parametrize(
    ("name", "survey"),
    [
        ("Endline.csv", "Endline"),
        ("Endline (1).csv", "Endline"),
        ("Endline - Copy.xlsx", "Endline"),
        ("Endline - copie (2).csv", "Endline"),
        ("Enquête_-_2026-04-02-09-15-00.csv", "Enquête"),
        ("Endline_20260402.csv", "Endline"),
        ("2026-04-02.csv", "2026-04-02"),
        ("Endline 2.csv", "Endline 2"),  # may be another survey
        ("Gambia 2026.csv", "Gambia 2026"),
    ],
)
def test_an_export_made_again_is_of_the_same_survey(name, survey):
    assert survey_name(name) == survey


def unnumbered(*, forms: bool) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The survey without its respondents' numbers, with or without those of the forms."""
    keep = [place for place, name in enumerate(HEADER) if name != "respondent_id" and (forms or name != "_uuid")]
    header, *rows = [tuple(row[place] for place in keep) for row in (HEADER, *ROWS)]
    return header, rows


def test_a_form_that_was_filled_in_is_the_same_one_in_every_export():
    header, rows = unnumbered(forms=True)
    codebook = codebook_for(campaign(), read_survey(kobo(rows, header)).questions)
    first = read_survey(kobo(rows[:3], header), codebook=codebook, key=b"a secret")
    again = read_survey(kobo(rows[::-1], header), codebook=codebook, key=b"a secret")
    assert first.receipt.identified
    assert len(set(column(again, "respondent"))) == 4
    assert set(column(first, "respondent")) < set(column(again, "respondent"))


def test_where_nothing_tells_respondents_apart_a_newer_export_replaces_the_survey():
    header, rows = unnumbered(forms=False)
    codebook = codebook_for(campaign(), read_survey(kobo(rows, header)).questions)
    assert not read_survey(kobo(rows, header), codebook=codebook, key=b"a secret").receipt.identified
    assert not read().receipt.identified  # a number within the file is no identity
    codebook = codebook_for(campaign(), read_survey(kobo(ROWS)).questions)
    assert read_survey(kobo(ROWS), codebook=codebook, key=b"a secret").receipt.identified


def test_a_workbook_is_read_by_its_first_sheet_and_the_others_are_named(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "survey.xlsx") as book:
        for title, header, rows in (
            ("form", HEADER, ROWS),
            ("children", ("_parent_index", "age"), [("1", "4"), ("2", "5")]),
        ):
            sheet = book.add_worksheet(title)
            for number, row in enumerate((header, *rows)):
                sheet.write_row(number, 0, row)
    codebook = codebook_for(campaign(), read_survey(tmp_path / "survey.xlsx").questions)
    survey = read_survey(str(tmp_path / "survey.xlsx"), codebook=codebook)
    assert column(survey, "value") == [0, 1, 1, None]
    assert ("repeats_not_read", "warning", None, None, "1") in said(survey)


def test_somebody_twice_in_one_wave_is_an_error():
    survey = read(changed(ROWS, 5, respondent_id="R1"))
    assert ("respondent_repeated", "error", 5, "respondent_id", None) in said(survey)
    assert column(survey, "row") == [2, 3, 4]


def test_a_tag_row_is_set_aside():
    tags = ("#date", "", "", "#indicator", *[""] * 8)
    survey = read([tags, *ROWS])
    assert survey.receipt.other_rows_set_aside == 1
    assert survey.receipt.rows_read == 4
    assert column(survey, "row") == [3, 4, 5, 6]


def with_columns(rows=ROWS, **added) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """The survey with further columns, each with a cell for every row."""
    return [(*row, *cells) for row, cells in zip(rows, zip(*added.values(), strict=True), strict=True)], (
        *HEADER,
        *added,
    )


def test_of_a_form_sent_twice_the_last_version_counts_and_a_person_is_told():
    rows, header = with_columns(
        [*ROWS, (*ROWS[3][:9], "one", *ROWS[3][10:])],
        _submission_time=[f"2026-04-0{day}T09:00:00" for day in (1, 2, 8, 8, 9)],
    )
    survey = read(rows, header)
    assert column(survey, "value") == [0, 1, 1, 0]  # the fourth form was sent again with an answer
    assert column(survey, "row") == [2, 3, 4, 6]
    assert survey.receipt.rows_read == 5
    assert ("forms_repeated", "warning", 5, "_uuid", "1") in said(survey)
    assert not survey.undecided


def test_the_version_sent_last_counts_wherever_it_stands():
    rows, header = with_columns(
        [(*ROWS[3][:9], "one", *ROWS[3][10:]), *ROWS],
        _submission_time=[f"2026-04-0{day}T09:00:00" for day in (9, 1, 2, 8, 8)],
    )
    survey = read(rows, header)
    assert column(survey, "row") == [2, 3, 4, 5]
    assert column(survey, "value")[0] == 0


def test_a_corrected_form_has_a_new_number_and_the_root_of_the_old_one():
    rows = [*ROWS, (*ROWS[3][:9], "one", *ROWS[3][10:11], "u-9")]
    added, header = with_columns(
        rows, **{"meta/rootUuid": ["uuid:u-1", "uuid:u-2", "uuid:u-3", "uuid:u-4", "uuid:u-4"]}
    )
    survey = read(added, header)
    assert column(survey, "value") == [0, 1, 1, 0]
    assert ("forms_repeated", "warning", 5, "_uuid", "1") in said(survey)


@pytest.mark.parametrize(
    ("header", "rejected", "accepted"),
    [
        ("_validation_status", "Not approved", "Approved"),
        ("_validation_status", "Not Approved", "On hold"),
        ("_validation_status", "{'uid': 'validation_status_not_approved', 'color': '#ff0000'}", "{}"),
        ("_validation_status", "validation_status_not_approved", "validation_status_approved"),
        ("ReviewState", "rejected", "hasIssues"),
        ("review_status", "REJECTED", "APPROVED"),
    ],
)
def test_a_form_that_a_reviewer_rejected_is_left_out_and_counted(header, rejected, accepted):
    rows, names = with_columns(**{header: [accepted, rejected, "", accepted]})
    survey = read(rows, names)
    assert column(survey, "row") == [2, 4, 5]
    assert ("forms_rejected", "warning", 3, header, "1") in said(survey)
    assert survey.receipt.rows_read == 4


@pytest.mark.parametrize(
    "marks",
    [
        ("_uuid",),
        ("_id", "_index"),
        ("SubmissionDate", "KEY"),
        ("SubmissionDate", "meta-instanceID", "KEY", "ReviewState"),
        ("instanceID", "formdef_version", "KEY"),
        ("meta/instanceID",),
    ],
    ids=["KoboToolbox", "KoboToolbox without numbers", "ODK Briefcase", "ODK Central", "SurveyCTO", "legacy"],
)
def test_what_form_software_adds_shows_a_survey(marks):
    data = kobo([("two", *marks)], header=("dangers", *marks), delimiter=",")
    assert read_export(data, name="x.csv").receipt.kind == Kind.SURVEY


PLAIN = {
    "en": (("Consent", "Study group", "Round", "Sex", "Age", "dangers"), ("Yes", "Control", "Endline", "Woman", "30")),
    "fr": (
        ("Consentement", "Groupe de l'étude", "Vague", "Sexe", "Tranche d'âge", "dangers"),
        ("Oui", "Groupe témoin", "Enquête finale", "Femme", "25-34 ans"),
    ),
    "es": (
        ("Consentimiento", "Grupo de estudio", "Ronda", "Sexo", "Edad", "dangers"),
        ("Sí", "Grupo de control", "Línea final", "Mujer", "25 a 34"),
    ),
    "ru": (
        ("Согласие", "Группа исследования", "Раунд", "Пол", "Возраст", "dangers"),
        ("Да", "Контрольная группа", "После", "Женский", "30 лет"),
    ),
    "ar": (
        ("الموافقة", "مجموعة الدراسة", "الجولة", "الجنس", "العمر", "dangers"),
        ("نعم", "المقارنة", "بعد", "أنثى", "٣٠ سنة"),
    ),
    "zh": (("知情同意", "组别", "轮次", "性别", "年龄", "dangers"), ("同意", "对照组", "终线", "女", "30岁")),
}  # fmt: skip


@pytest.mark.parametrize("language", PLAIN)
def test_a_plain_table_is_a_survey_by_its_columns_in_six_languages(language):
    header, row = PLAIN[language]
    data = kobo([(*row, "two")], header)
    assert read_export(data, name="x.csv").receipt.kind == Kind.SURVEY
    survey = read([(*row, "two")], header)
    expected = {"arm": "comparison", "wave": "after", "sex": "F", "age": "Y25T34", "value": 1}
    assert survey.answers.select(list(expected)).to_pylist() == [expected]
    assert not survey.undecided


@pytest.mark.parametrize(
    "table",
    [
        "Date,Age,Gender,Country,Impressions,Reach\n2026-03-01,18-24,female,GM,10,5\n",
        "Group,Age,Sex,Views\ncontrol,18-24,female,10\n",
        "id,age,gender,region\n1,18-24,female,North\n",
    ],
    ids=["platform", "groups of an advertisement", "no answers"],
)
def test_ages_and_sexes_alone_make_no_survey(table):
    assert read_export(table.encode(), name="x.csv").receipt.kind != Kind.SURVEY


@pytest.mark.parametrize("joint", ["/", ".", "_", "-"])
def test_a_question_is_found_in_its_group(joint):
    names = {"consent", "arm", "wave", "sex", "age", "dangers"}
    header = tuple(f"interview{joint}{name}" if name in names else name for name in HEADER)
    survey = read(header=header)
    assert column(survey, "value") == [0, 1, 1, None]
    assert column(survey, "sex") == ["F", "M", "F", "M"]
    assert column(survey, "age") == ["Y18T24", "Y25T34", "Y18T24", "Y25T34"]
    assert not survey.undecided


@pytest.mark.parametrize(
    "others", [("child/age",), ("child_age",), ("kids[1]/age",), ("mother/age", "father/age"), ("household.age",)]
)
def test_the_age_of_somebody_else_is_not_that_of_the_person_asked(others):
    keep = [place for place, name in enumerate(HEADER) if name != "age"]
    rows = [(*(row[place] for place in keep), *("7" for _ in others)) for row in ROWS]
    survey = read(rows, (*(HEADER[place] for place in keep), *others))
    assert column(survey, "age") == [None] * 4
    assert not survey.undecided


def test_where_two_groups_ask_the_same_neither_is_taken():
    header = ("consent", "first/age", "second/age")
    assert codebook_for(campaign(), read_survey(kobo([("yes", "19", "20")], header)).questions).age is None


def test_the_sheet_with_one_row_a_person_is_read_wherever_it_stands(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "survey.xlsx") as book:
        for title, header, rows in (
            ("children", ("age", "_parent_index", "_submission__uuid"), [("4", "1", "u-1"), ("5", "2", "u-2")]),
            ("form", HEADER, ROWS),
        ):
            sheet = book.add_worksheet(title)
            for number, row in enumerate((header, *rows)):
                sheet.write_row(number, 0, row)
    codebook = codebook_for(campaign(), read_survey(tmp_path / "survey.xlsx").questions)
    survey = read_survey(str(tmp_path / "survey.xlsx"), codebook=codebook)
    assert column(survey, "value") == [0, 1, 1, None]
    assert ("repeats_not_read", "warning", None, None, "1") in said(survey)


def test_a_number_that_most_forms_share_tells_none_apart_and_none_is_left_out():
    survey = read([(*row[:-1], "xxxx") for row in ROWS])
    assert column(survey, "value") == [0, 1, 1, None]
    assert "forms_repeated" not in {problem.code for problem in survey.problems}


@pytest.mark.parametrize(
    "header",
    [
        ("child_age", "sex", "PARENT_KEY", "KEY"),
        ("age", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"),
    ],
)
def test_a_table_of_a_repeat_group_alone_is_refused_with_what_to_add_instead(header):
    data = kobo([("12",) * len(header)], header)
    assert read_export(data, name="form-children.csv").receipt.kind == Kind.SURVEY
    survey = read_survey(data, name="form-children.csv")
    assert survey.refused
    assert [(p.code, p.severity) for p in survey.problems] == [("repeats_alone", Severity.ERROR)]
