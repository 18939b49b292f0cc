"""Surveys as people export them: good rows kept, bad rows named, nobody recognisable."""

import datetime as dt
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from campaigns.ages import AGE_BANDS, age_band
from campaigns.answers import LISTED, country_code, language_tag
from campaigns.problems import Severity
from campaigns.questionnaire import Codebook, codebook_for
from campaigns.receipts import Kind, WindowSource
from campaigns.records import (
    Arm,
    Audience,
    Campaign,
    Design,
    Ethics,
    Frame,
    Message,
    Outcome,
    Rung,
    Study,
    Wave,
)
from campaigns.rows import ANSWER_SCHEMA
from campaigns.surveys import Survey, read_survey, survey_name

REAL = Path(os.environ.get("CAMPAIGN_EXPORTS", Path(__file__).parents[2] / "shared" / "exports")) / "dev"
HEADER = (
    "today",
    "consent",
    "respondent_id",
    "arm",
    "wave",
    "village",
    "sex",
    "age",
    "region",
    "dangers",
    "phone",
    "_uuid",
)
ROWS = [
    ("2026-03-01", "yes", "R1", "campaign", "before", "V1", "female", "19", "North", "one", "+220 000 0001", "u-1"),
    ("2026-03-02", "yes", "R2", "comparison", "before", "V2", "male", "27", "South", "two", "+220 000 0002", "u-2"),
    ("2026-04-07", "yes", "R1", "campaign", "after", "V1", "female", "19", "North", "two", "+220 000 0001", "u-3"),
    ("2026-04-08", "yes", "R2", "comparison", "after", "V2", "male", "27", "South", "", "+220 000 0002", "u-4"),
]
AWARE = Outcome(id="aware", rung=Rung.KNOWLEDGE, question="Which dangers?", column="dangers", counts=("two", "three"))


def campaign(**changes) -> Campaign:
    fields = {
        "id": "c-1",
        "title": "A campaign",
        "organisation": "An organisation",
        "start": dt.date(2026, 3, 1),
        "end": dt.date(2026, 4, 1),
        "audience": Audience(description="young people", countries=("GMB",), languages=("wo",)),
        "message": Message(frame=Frame.RISK),
        "study": Study(design=Design.DIFFERENCE_IN_DIFFERENCES),
        "outcome": AWARE,
    }
    return Campaign(**fields | changes)


def kobo(rows, header=HEADER, delimiter=";") -> bytes:
    """A file as KoboToolbox writes it."""
    lines = (delimiter.join(f'"{cell}"' for cell in row) for row in (header, *rows))
    return "".join(f"{line}\r\n" for line in lines).encode()


def changed(rows, line: int, **cells) -> list[tuple[str, ...]]:
    """The rows with some cells of one line of the file changed."""
    return [
        tuple(cells.get(name, cell) for name, cell in zip(HEADER, row, strict=True)) if at == line else row
        for at, row in enumerate(rows, 2)
    ]


def read(rows=ROWS, header=HEADER, of: Campaign | None = None, **changes) -> Survey:
    data = kobo(rows, header)
    codebook = codebook_for(of or campaign(), read_survey(data).questions)
    return read_survey(data, name="survey.csv", codebook=replace(codebook, **changes) if changes else codebook)


def said(survey: Survey) -> list[tuple[str, str, int | None, str | None, str | None]]:
    return [(p.code, str(p.severity), p.row, p.column, p.value) for p in survey.problems if p.column != "phone"]


def column(survey: Survey, name: str) -> list:
    return survey.answers[name].to_pylist()


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


@pytest.mark.parametrize("field", ["arm", "wave"])
@pytest.mark.parametrize("header", [None, "nowhere"])
def test_answers_of_nobody_knows_whom_or_when_are_not_stored(field, header):
    survey = read(**{field: header, f"only_{field}": None})
    assert survey.answers.num_rows == 0
    assert ("column_missing", "error", None, header or field, None) in said(survey)


def test_without_a_key_a_person_is_a_number():
    assert column(read(), "respondent") == ["1", "2", "1", "2"]


@pytest.mark.parametrize("answer", ["no", "No", "", "perhaps"])
def test_who_did_not_agree_is_not_stored_but_counted(answer):
    survey = read(changed(ROWS, 4, consent=answer))
    assert column(survey, "row") == [2, 3, 5]
    assert ("without_consent", "warning", 4, "consent", "1") in said(survey)


def test_a_file_without_a_consent_column_is_held_up():
    rows = [row[:1] + row[2:] for row in ROWS]
    survey = read(rows, header=HEADER[:1] + HEADER[2:])
    assert survey.answers.num_rows == 0
    assert ("consent_not_in_file", "error", None, "consent", None) in said(survey)


def test_consent_recorded_elsewhere_is_enough_and_said():
    rows = [row[:1] + row[2:] for row in ROWS]
    survey = read(rows, header=HEADER[:1] + HEADER[2:], of=campaign(ethics=Ethics(consent=True)))
    assert survey.answers.num_rows == 4
    assert ("consent_not_in_file", "warning", None, "consent", None) in said(survey)


@pytest.mark.parametrize(("name", "answer"), [("arm", "Group B"), ("wave", "midline")])
def test_an_unknown_side_or_time_is_an_error_with_its_place(name, answer):
    survey = read(changed(ROWS, 3, **{name: answer}))
    assert said(survey) == [("answer_unknown", "error", 3, name, answer)]
    assert column(survey, "row") == [2, 4, 5]


def test_a_blank_side_is_an_error():
    assert ("answer_missing", "error", 3, "arm", None) in said(read(changed(ROWS, 3, arm="")))


def test_who_was_in_no_known_village_cannot_be_compared_by_villages():
    clustered = campaign(study=Study(design=Design.CLUSTER_RANDOMISED))
    survey = read(changed(ROWS, 4, village=""), of=clustered)
    assert ("answer_missing", "error", 4, "village", None) in said(survey)
    assert column(survey, "row") == [2, 3, 5]


def test_a_village_that_could_be_a_person_is_a_number():
    survey = read([(*row[:5], f"+234 803 123 456{n % 2}", *row[6:]) for n, row in enumerate(ROWS)])
    assert column(survey, "cluster") == ["1", "2", "1", "2"]


def test_national_telephone_numbers_of_the_campaigns_countries_are_recognised():
    rows = [(*row[:8], "0803 123 4567", *row[9:]) for row in ROWS]
    nigerian = campaign(audience=Audience(description="young people", countries=("NGA",), languages=("en",)))
    assert "region" in read(rows, of=nigerian).receipt.dropped
    assert "region" not in read(rows).receipt.dropped


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


def test_of_two_columns_of_one_name_the_first_is_read():
    survey = read([(*row[:11], "three") for row in ROWS], header=(*HEADER[:11], "dangers"))
    assert column(survey, "value") == [0, 1, 1, None]
    assert ("duplicate_headers", "warning", None, "dangers", None) in said(survey)


def test_somebody_twice_in_one_wave_is_an_error():
    survey = read(changed(ROWS, 5, respondent_id="R1"))
    assert ("respondent_repeated", "error", 5, "respondent_id", None) in said(survey)
    assert column(survey, "row") == [2, 3, 4]


def test_answers_that_nothing_counts_are_no_null_result():
    survey = read(of=campaign(outcome=replace(AWARE, counts=("Two or more",))))
    assert ("no_answer_counts", "error", None, "dangers", None) in said(survey)


def test_letter_case_and_blanks_of_an_answer_do_not_matter_but_signs_do():
    survey = read(changed(ROWS, 2, dangers=" TWO "))
    assert column(survey, "value") == [1, 1, 1, None]
    signed = read(
        changed(changed(ROWS, 2, dangers="<5"), 3, dangers=">5"), of=campaign(outcome=replace(AWARE, counts=(">5",)))
    )
    assert column(signed, "value") == [0, 1, 0, None]


def test_a_column_that_the_codebook_names_and_the_file_lacks_is_an_error():
    survey = read(weight="poids")
    assert ("column_missing", "error", None, "poids", None) in said(survey)


def test_an_outcome_that_was_not_asked_is_an_error():
    survey = read(outcomes=(replace(AWARE, column="risks"),))
    assert ("column_missing", "error", None, "risks", None) in said(survey)
    assert survey.answers.num_rows == 0


def test_a_child_is_in_one_band_and_a_person_is_told():
    survey = read(changed(ROWS, 3, age="14"))
    assert column(survey, "age")[1] == "Y_LT18"
    assert ("minors_answered", "warning", 3, "age", "1") in said(survey)


def test_an_age_that_cannot_be_is_missing_and_never_repeated():
    survey = read(changed(ROWS, 3, age="2001-05-17"))
    assert column(survey, "age")[1] is None
    assert ("answer_unread", "warning", 3, "age", None) in said(survey)


@pytest.mark.parametrize("weight", ["", "0", "-1", "many", "inf", "nan"])
def test_a_weight_that_cannot_be_is_an_error(weight):
    header = (*HEADER[:-1], "weight")
    rows = [(*row[:-1], "1.5") for row in ROWS]
    rows[1] = (*rows[1][:-1], weight)
    survey = read(rows, header=header)
    assert ("weight_unread", "error", 3, "weight", weight or None) in said(survey)
    assert column(survey, "weight") == [1.5, 1.5, 1.5]


def test_a_question_with_several_answers_counts_if_one_of_them_counts():
    header = ("consent", "arm", "wave", "dangers", "dangers/debt", "dangers/desert", "dangers/none", "_uuid")
    rows = [
        ("yes", "campaign", "after", "debt desert", "1", "1", "0", "u1"),
        ("yes", "campaign", "after", "none", "0", "0", "1", "u2"),
        ("yes", "comparison", "before", "", "", "", "", "u3"),
        ("yes", "comparison", "before", "n/a", "n/a", "n/a", "n/a", "u4"),
        ("yes", "comparison", "before", "desert", "False", "True", "False", "u5"),
    ]
    survey = read(rows, header=header, of=campaign(outcome=replace(AWARE, counts=("debt", "desert"))))
    assert column(survey, "value") == [1, 0, None, None, 1]


def test_a_tag_row_is_set_aside():
    tags = ("#date", "", "", "#indicator", *[""] * 8)
    survey = read([tags, *ROWS])
    assert survey.receipt.other_rows_set_aside == 1
    assert survey.receipt.rows_read == 4
    assert column(survey, "row") == [3, 4, 5, 6]


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


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("17", "Y_LT18"), ("18", "Y18T24"), ("24", "Y18T24"), ("25 years", "Y25T34"), ("64 ans", "Y55T64"),
        ("65", "Y_GE65"),
        ("18-24", "Y18T24"), ("18 – 24 ans", "Y18T24"), ("25 to 34", "Y25T34"), ("18 a 24 anos", "Y18T24"),
        ("15-24", "Y15T24"), ("13-17", "Y_LT18"), ("65+", "Y_GE65"), ("plus de 65 ans", "Y_GE65"),
        ("60 and over", "Y_GE60"),
        ("under 18", "Y_LT18"), ("moins de 15 ans", "Y_LT18"), ("٢٨", "Y25T34"),
        ("", None), ("young", None), ("121", None), ("310", None), ("24-18", None), ("-4", None), ("2001-05-17", None),
    ],
)  # fmt: skip
def test_an_age_becomes_a_band(text, band):
    assert age_band(text) == band


@given(st.integers(0, 120))
def test_every_age_has_one_band(age):
    held = [code for low, high, code in AGE_BANDS if low <= age <= (high or 120)]
    assert [age_band(str(age))] == held


@pytest.mark.parametrize(
    ("written", "countries"),
    [
        (("NA", "ZA", "", "n/a"), ["NAM", "ZAF", None, None]),
        (("NA", "South Africa", "Namibia", ""), [None, "ZAF", "NAM", None]),
        (("NA", "ZAF", "NAM", "-"), [None, "ZAF", "NAM", None]),
    ],
)
def test_namibia_is_no_missing_answer_among_codes_of_two_letters(written, countries):
    lines = "".join(f"2026-03-01,yes,campaign,after,{country},two\n" for country in written)
    record = campaign(audience=Audience(description="Young people", countries=("NAM", "ZAF"), languages=("en",)))
    data = f"today,consent,arm,wave,country,dangers\n{lines}".encode()
    codebook = codebook_for(record, read_survey(data).questions)
    survey = read_survey(data, codebook=codebook)
    found = dict(zip(survey.answers["row"].to_pylist(), survey.answers["country"].to_pylist(), strict=True))
    assert [found[line] for line in range(2, 6)] == countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("GM", "GMB"), ("gmb", "GMB"), ("Gambia", "GMB"), ("Côte d’Ivoire", "CIV"), ("Sénégal", "SEN")),
        *(("العراق", "IRQ"), ("Namibia", "NAM"), ("NA", "NAM"), ("Narnia", None)),
    ],
)
def test_a_country_is_understood_by_code_or_name(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "tag"), [("wo", "wo"), ("Wolof", "wo"), ("français", "fr"), ("العربية", "ar"), ("?", None)]
)
def test_a_language_is_understood_by_tag_or_name(text, tag):
    assert language_tag(text) == tag


@pytest.mark.skipif(not REAL.exists(), reason="real exports are not part of the project")
def test_real_files_are_read_as_their_truth_says():
    entries = [e for e in json.loads((REAL / "truth.json").read_text())["files"] if e.get("platform") == "kobotoolbox"]
    assert entries
    for entry in entries:
        survey = read_survey(REAL / entry["file"])
        window = survey.receipt.window and [day.isoformat() for day in survey.receipt.window]
        assert survey.receipt.platform == "kobotoolbox"
        assert survey.receipt.rows_read == entry["data_rows"]
        assert survey.receipt.delimiter == entry["delimiter"]
        assert window in [entry["window"], *entry["window_also"]]
        assert {problem.code for problem in survey.problems} == set(entry["must_warn"])


def test_a_column_on_belief_is_refused_until_a_person_decides_and_never_stored():
    survey = read([(*row, "Example faith") for row in ROWS], (*HEADER, "Religion"))
    found = [(p.code, p.severity, p.row, p.column, p.value) for p in survey.problems if p.column == "Religion"]
    assert found == [("sensitive_column", Severity.ERROR, 1, "Religion", None)]
    assert survey.undecided
    assert survey.answers.num_rows == 4
    assert "Example faith" not in json.dumps([survey.answers.to_pylist(), repr(survey.problems), repr(survey.receipt)])
