"""What a person is asked of a file: nothing twice, and nothing that another answer gives."""

from campaigns.problems import Problem, Severity
from views.adding.drafts import Draft
from views.adding.questions import note_questions

YEAR = Problem("no_year_in_dates", Severity.QUESTION, value="8 de marzo")
DAYS = Problem("no_window_in_file", Severity.WARNING)


def test_days_are_not_asked_for_while_their_year_is():
    draft = Draft()
    note_questions(draft, (YEAR, DAYS))
    assert list(draft.asked) == ["no_year_in_dates"]


def test_days_that_the_year_did_not_give_are_asked_for_then():
    draft = Draft()
    note_questions(draft, (YEAR, DAYS))
    note_questions(draft, (DAYS,))
    assert list(draft.asked) == ["no_year_in_dates", "no_window_in_file"]


def test_nothing_but_the_sheet_is_asked_of_a_file_without_rows():
    draft = Draft()
    sheets = Problem("several_sheets", Severity.QUESTION)
    note_questions(draft, (sheets, DAYS, Problem("empty_export", Severity.ERROR)))
    assert list(draft.asked) == ["several_sheets"]


def test_a_question_stays_on_the_page_after_its_answer():
    draft = Draft()
    note_questions(draft, (YEAR,))
    note_questions(draft, ())
    assert draft.asked == {"no_year_in_dates": YEAR}
