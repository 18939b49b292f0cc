"""Which answers count, however they were written; and what is no answer."""

from dataclasses import replace

import pytest

from campaigns.questionnaire import codebook_for
from campaigns.records import Design, Outcome, Study
from campaigns.surveys import Survey, read_survey
from tests.look_alikes.small_survey import AWARE, ROWS, campaign, changed, column, kobo, read, said


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


def test_an_outcome_that_was_not_asked_is_an_error():
    survey = read(outcomes=(replace(AWARE, column="risks"),))
    assert ("column_missing", "error", None, "risks", None) in said(survey)
    assert survey.answers.num_rows == 0


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


def asked(answers, of: Outcome, header=("dangers",)) -> Survey:
    """What comes of an outcome whose question was answered like this, one row a person."""
    rows = [("yes", "campaign", "after", *(answer if isinstance(answer, tuple) else (answer,))) for answer in answers]
    return read(
        rows, ("consent", "arm", "wave", *header), of=campaign(outcome=of, study=Study(design=Design.RANDOMISED))
    )


def outcome(*counts: str, **changes) -> Outcome:
    return replace(AWARE, counts=counts, **changes)


def codes(survey: Survey) -> set[str]:
    return {problem.code for problem in survey.problems} - {"no_window_in_file"}


@pytest.mark.parametrize(
    ("yes", "no", "not_known", "refused"),
    [
        ("yes", "no", "dont_know", "refused"),
        ("Yes", "No", "Don’t know", "Prefer not to say"),
        ("Oui", "Non", "Ne sait pas", "Ne souhaite pas répondre"),
        ("Sí", "No", "No sabe", "Prefiere no decir"),
        ("Да", "Нет", "Не знаю", "Не хочу отвечать"),
        ("نعم", "لا", "لا أعرف", "أفضل عدم الإجابة"),
        ("是", "否", "不知道", "不愿回答"),
        ("1", "0", "0", ""),
        ("TRUE", "FALSE", "dk", "n/a"),
    ],
)
@pytest.mark.parametrize("counting", ["yes", "Oui", "是"])
def test_yes_is_yes_in_every_language_and_not_knowing_is_an_answer(yes, no, not_known, refused, counting):
    survey = asked([yes, no, not_known, refused, ""], outcome(counting))
    assert column(survey, "value") == [1, 0, 0, None, None]
    assert codes(survey) == set()


@pytest.mark.parametrize(
    "refused",
    ["Refused / No answer", "NR", "Pas de réponse", "No responde", "Отказ", "امتنع عن الإجابة", "拒绝回答", "."],
)
def test_a_refusal_is_missing_in_whatever_words(refused):
    survey = asked(["yes", "no", refused], outcome("yes"))
    assert column(survey, "value") == [1, 0, None]
    assert codes(survey) == set()


@pytest.mark.parametrize(
    "not_known",
    ["Don't know / Not sure", "DK", "NSP", "No sé", "Затрудняюсь ответить", "لا أعلم", "不清楚", "Não sabe", "none"],
)
def test_who_does_not_know_has_answered_in_whatever_words(not_known):
    assert column(asked(["yes", "no", not_known], outcome("yes")), "value") == [1, 0, 0]


@pytest.mark.parametrize("codes_of_yes", [("1", "2"), ("1", "2", "8")])
def test_which_of_one_and_two_is_yes_cannot_be_known(codes_of_yes):
    assert "no_answer_counts" in codes(asked(codes_of_yes, outcome("yes")))


SCALES = {
    "codes": ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree"),
    "en": ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
    "fr": ("Pas du tout d’accord", "Pas d'accord", "Ni d'accord ni pas d'accord", "D'accord", "Tout à fait d'accord"),
    "es": (
        "Totalmente en desacuerdo", "En desacuerdo", "Ni de acuerdo ni en desacuerdo", "De acuerdo",
        "Totalmente de acuerdo",
    ),
    "ru": ("Совершенно не согласен", "Не согласен", "Ни то ни другое", "Согласен", "Полностью согласен"),
    "ar": ("لا أوافق بشدة", "لا أوافق", "محايد", "أوافق", "أوافق بشدة"),
    "zh": ("非常不同意", "不同意", "既不同意也不反对", "同意", "非常同意"),
    "numbered": ("1 - Strongly disagree", "2 - Disagree", "3 - Neither", "4 - Agree", "5 - Strongly agree"),
}  # fmt: skip


@pytest.mark.parametrize("scale", SCALES)
def test_the_points_of_a_scale_that_count_are_stated(scale):
    survey = asked(SCALES[scale], outcome("agree", "strongly_agree"))
    assert column(survey, "value") == [0, 0, 0, 1, 1]
    reversed_item = asked(SCALES[scale], outcome("Disagree", "Strongly disagree"))
    assert column(reversed_item, "value") == [1, 1, 0, 0, 0]


def test_a_scale_of_numbers_counts_by_its_points_or_a_range():
    answers = ["1", "2", "3", "4", "5", "Don't know", ""]
    assert column(asked(answers, outcome("4", "5")), "value") == [0, 0, 0, 1, 1, 0, None]
    assert column(asked(answers, outcome(number_from=4)), "value") == [0, 0, 0, 1, 1, 0, None]
    assert column(asked(answers, outcome(number_to=2)), "value") == [1, 1, 0, 0, 0, 0, None]
    assert column(asked(SCALES["numbered"], outcome("4", "5")), "value") == [0, 0, 0, 1, 1]


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        (("debt desert prison", "debt", "desert debt", "none", ""), ("debt", "desert", "prison")),
        (("Debt; The desert; Prison", "Debt", "The desert; Debt", "None", ""), ("debt", "the desert", "prison")),
        (("Debt The desert Prison", "Debt", "The desert Debt", "None", ""), ("debt", "the desert", "prison")),
        (("债务，沙漠，监狱", "债务", "沙漠，债务", "没有", ""), ("债务", "沙漠", "监狱")),
    ],
    ids=["codes", "semicolons", "labels joined by blanks", "Chinese commas"],
)
def test_who_names_enough_of_the_answers_knows(cells, counts):
    assert column(asked(cells, outcome(*counts, chosen=2)), "value") == [1, 0, 1, 0, None]
    assert column(asked(cells, outcome(*counts, chosen=3)), "value") == [1, 0, 0, 0, None]


@pytest.mark.parametrize("joint", ["/", ".", "_", "-"])
@pytest.mark.parametrize(("ticked", "open_"), [("1", "0"), ("TRUE", "FALSE"), ("Yes", "No"), ("desert", "")])
def test_answers_in_columns_of_their_own_count_together(joint, ticked, open_):
    options = ("debt", "desert", "refused")
    header = tuple(f"dangers{joint}{option}" for option in options)
    if ticked == "desert":
        rows = [("debt", "desert", ""), ("", "desert", ""), ("", "", "refused"), ("", "", "")]
    else:
        rows = [(ticked, ticked, open_), (open_, ticked, open_), (open_, open_, ticked), ("", "", "")]
    of = outcome("debt", "desert", chosen=2)
    if joint != "/":  # a name with an option behind it shows that it is one only beside the question itself
        header = ("dangers", *header)
        rows = [
            (" ".join(option for option, cell in zip(options, row, strict=True) if cell in (ticked, option)), *row)
            for row in rows
        ]
    assert column(asked(rows, of, header), "value") == [1, 0, None, None]


def test_several_codes_in_one_cell_are_several_answers_though_one_is_enough():
    survey = asked(["debt desert", "none", "debt", "desert", "desert none"], outcome("debt"))
    assert column(survey, "value") == [1, 0, 1, 0, 0]


def test_a_counting_answer_among_other_words_is_not_guessed_and_a_person_is_told():
    survey = asked(["very good", "good", "bad"], outcome("good"))
    assert column(survey, "value") == [0, 1, 0]
    assert ("counted_among_others", "warning", 2, "dangers", "1") in said(survey)
    assert "counted_among_others" not in codes(asked(["Strongly agree", "Agree"], outcome("agree")))


def test_an_answer_that_counts_and_has_no_column_is_an_error():
    survey = asked([("1", "0"), ("0", "1")], outcome("debt", "prison", chosen=1), ("dangers/debt", "dangers/desert"))
    assert ("option_missing", "error", None, "dangers", "prison") in said(survey)


@pytest.mark.parametrize("stand_in", ["99", "-98", "999"])
def test_a_number_that_stands_for_no_answer_is_held_back(stand_in):
    survey = asked(["3", "10", stand_in, ""], outcome(number_from=5))
    assert column(survey, "value") == [0, 1, None, None]
    assert ("answer_stands_in", "error", 4, "dangers", stand_in) in said(survey)
    assert column(asked(["0", "0", stand_in], outcome(number_from=5)), "value") == [0, 0, None]


def test_words_where_a_number_was_asked_are_missing_and_never_repeated():
    survey = asked(["3", "7", "about five, ask Awa", "1,000"], outcome(number_from=5))
    assert column(survey, "value") == [0, 1, None, None]
    assert [p for p in said(survey) if p[0] == "answer_unread"] == [
        ("answer_unread", "warning", 4, "dangers", None),
        ("answer_unread", "warning", 5, "dangers", None),
    ]


def test_that_nobody_knows_may_be_true_where_every_answer_is_understood():
    survey = asked(["No", "Don't know"], outcome("yes"))
    assert column(survey, "value") == [0, 0]
    assert codes(survey) == {"nobody_counts"}
    assert not survey.undecided


def test_the_receipt_and_the_codebook_say_which_answers_count():
    of = outcome("yes")
    survey = asked(["Oui", "Non", "Ne sait pas", "Ne souhaite pas répondre"], of)
    told = next(reading for reading in survey.receipt.columns if reading.header == "dangers")
    assert (told.counts, told.others) == (("Oui",), ("Non", "Ne sait pas"))
    data = kobo([("yes", "campaign", "after", "Oui")], ("consent", "arm", "wave", "dangers"))
    codebook = codebook_for(campaign(outcome=of), read_survey(data).questions)
    assert codebook.outcomes[0].counts == ("yes",)
    ranged = asked(["3", "7"], outcome(number_from=5))
    assert next(reading for reading in ranged.receipt.columns if reading.header == "dangers").counts == ("≥ 5",)


def test_what_people_wrote_is_not_in_the_receipt():
    words = [f"I was told by person number {number}" for number in range(30)]
    survey = asked(["yes", *words], outcome("yes"))
    assert "told by person" not in repr(survey.receipt)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"counts": ()}, "does not say which answers count"),
        ({"chosen": 3}, "needs 3 of 2 answers"),
        ({"chosen": 0}, "needs 0 of 2 answers"),
        ({"number_from": 4.0, "number_to": 2.0}, "counts numbers from 4.0 to 2.0"),
    ],
)
def test_a_rule_that_cannot_be_met_is_no_outcome(changes, message):
    with pytest.raises(ValueError, match=message):
        replace(AWARE, **changes)
