"""Who was asked, on which side, when and where: understood, or said and left out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.ages import AGE_BANDS, age_band
from campaigns.questionnaire import codebook_for
from campaigns.records import Audience, Design, Ethics, Study
from campaigns.surveys import read_survey
from campaigns.surveys.places import country_code, first_level, language_tag
from tests.look_alikes.small_survey import HEADER, ROWS, campaign, changed, column, read, said


@pytest.mark.parametrize("answer", ["no", "No", "", "2", "Non", "No, I do not agree", "Refused", "لا أوافق", "不同意"])
def test_who_did_not_agree_is_not_stored_but_counted(answer):
    survey = read(changed(ROWS, 4, consent=answer))
    assert column(survey, "row") == [2, 3, 5]
    assert ("without_consent", "warning", 4, "consent", "1") in said(survey)


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, I agree",
        "1 - Yes",
        "Oui, j’accepte",
        "Sí, acepto",
        "Да, согласна",
        "نعم، أوافق",
        "是，我同意",
        "Sim",
        "TRUE",
    ],
)
def test_who_agreed_is_understood_in_whatever_words(answer):
    survey = read(changed(ROWS, 4, consent=answer))
    assert column(survey, "row") == [2, 3, 4, 5]


@pytest.mark.parametrize("answer", ["perhaps", "Yes, but no photograph", "yes/no"])
def test_consent_that_may_mean_either_is_an_error_with_its_place(answer):
    survey = read(changed(ROWS, 4, consent=answer))
    assert column(survey, "row") == [2, 3, 5]
    assert ("answer_unknown", "error", 4, "consent", answer) in said(survey)


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


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("17", "Y_LT18"), ("18", "Y18T24"), ("24", "Y18T24"), ("25 years", "Y25T34"), ("64 ans", "Y55T64"),
        ("65", "Y_GE65"),
        ("18-24", "Y18T24"), ("18 – 24 ans", "Y18T24"), ("25 to 34", "Y25T34"), ("18 a 24 anos", "Y18T24"),
        ("15-24", "Y15T24"), ("13-17", "Y_LT18"), ("65+", "Y_GE65"), ("plus de 65 ans", "Y_GE65"),
        ("60 and over", "Y_GE60"),
        ("under 18", "Y_LT18"), ("moins de 15 ans", "Y_LT18"), ("٢٨", "Y25T34"),
        ("25岁", "Y25T34"), ("18至24岁", "Y18T24"), ("65岁及以上", "Y_GE65"), ("18岁以下", "Y_LT18"),
        ("25–34 лет", "Y25T34"),
        ("65 и старше", "Y_GE65"), ("младше 18", "Y_LT18"), ("34 года", "Y25T34"), ("65 فأكثر", "Y_GE65"),
        ("18 إلى 24 سنة", "Y18T24"), ("45 años o más", "Y_GE45"),
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


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Kolda", "Kolda"),
        ("Kolda > Vélingara > Saré Coly", "Kolda"),
        ("Kolda / Vélingara", "Kolda"),
        ("SN07", "SN07"),
        ("Vélingara, Kolda", None),
        ("SN0702", None),
    ],
)
def test_of_a_place_only_the_first_level_is_stored(written, place):
    assert first_level(written) == place
    survey = read(changed(ROWS, 3, region=written))
    assert column(survey, "place")[1] == place
    assert (("place_too_fine", "warning", 3, "region", "1") in said(survey)) == (place is None)


def test_more_places_than_a_country_has_regions_are_not_regions():
    rows = [("yes", "campaign", "after", f"Place {number}", "two") for number in range(120)]
    survey = read(rows, ("consent", "arm", "wave", "region", "dangers"))
    assert column(survey, "place") == [None] * 120
    assert ("place_too_fine", "warning", 2, "region", "120") in said(survey)


def test_children_who_were_asked_nothing_more_are_counted_and_left_out():
    survey = read(changed(ROWS, 3, age="15", dangers=""))
    assert column(survey, "row") == [2, 4, 5]
    assert ("minors_not_asked", "note", 3, "age", "1") in said(survey)
    assert "minors_answered" not in {problem.code for problem in survey.problems}


def test_free_text_is_used_only_with_a_persons_reason():
    header = tuple("comments" if name == "village" else name for name in HEADER)
    rows = [(*row[:5], f"Near the market of place {number}", *row[6:]) for number, row in enumerate(ROWS, 1)]
    without = read(rows, header, cluster="comments")
    assert column(without, "cluster") == ["1", "2", "3", "4"]
    assert column(read(rows, header, cluster="comments", kept={"comments": " "}), "cluster") == ["1", "2", "3", "4"]
    kept = read(rows, header, cluster="comments", kept={"comments": "Codes of villages; checked by hand"})
    assert column(kept, "cluster")[0] == "Near the market of place 1"


def test_a_telephone_number_is_never_kept_whatever_the_reason():
    survey = read(cluster="phone", kept={"phone": "We want it"})
    assert "+220" not in json.dumps(survey.answers.to_pylist())


def test_who_does_not_know_their_age_is_of_no_known_age():
    survey = read(changed(ROWS, 3, age="Don't know"))
    assert column(survey, "age")[1] is None
    assert said(survey) == []
