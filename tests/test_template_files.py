"""Each template in each language: made, filled in by a person, and read back with the same figures and no question."""

import csv
import datetime as dt
import io

import openpyxl
import pyarrow.compute as pc
import pytest

from campaigns.command_line import main
from campaigns.exports import read_export
from campaigns.exports.templates import LANGUAGES, TEMPLATES, csv_file, workbook
from campaigns.exports.templates.files import SEMICOLON, headers
from campaigns.problems import Severity
from campaigns.records import Outcome, Rung
from campaigns.surveys import read_survey
from tests.test_brand_lift import counted, read_as_of_campaign

COUNTED = ("brand_lift", "outcome_series")  # read as answers, one a person
EACH = [(template, language) for template in TEMPLATES for language in LANGUAGES]
NAMES = [f"{template.id}-{language}" for template, language in EACH]
FIRST, LAST = dt.date(2026, 3, 25), dt.date(2026, 3, 26)  # no month has 25 days before it: never read the other way
BOTH = {"country": "GMB", "language": "wo", "currency": "EUR"}
# Two rows of each template by field; what a row leaves out is left empty.
ROWS = {
    "engagement": (
        BOTH
        | {"campaign_id": "GM-1", "campaign_name": "Ask first", "platform": "facebook", "date": FIRST, "age": "18-24"}
        | {"sex": "female", "impressions": 1200, "reach": 900, "clicks_all": 14, "views": 310, "spend": 4.5},
        BOTH
        | {"campaign_id": "GM-1", "campaign_name": "Ask first", "platform": "facebook", "date": LAST, "age": "18-24"}
        | {"sex": "female", "impressions": 1300, "reach": 950, "clicks_all": 16, "views": 320, "spend": 5.25},
    ),
    "telegram": (
        BOTH
        | {"account_name": "Ask first", "date": FIRST, "post_id": "124", "views": 2300, "shares": 41, "reactions": 87}
        | {"comments": 12, "followers": 5120, "spend": 4.5},
        BOTH
        | {"account_name": "Ask first", "date": LAST, "post_id": "125", "views": 2400, "shares": 43, "reactions": 90}
        | {"comments": 13, "followers": 5130, "spend": 5.25},
    ),
    "whatsapp": (
        BOTH
        | {"account_name": "Youth line", "date": FIRST, "entity": "Voice note 3", "sent": 800, "delivered": 760}
        | {"views": 512, "comments": 23, "shares": 41, "reactions": 87, "followers": 5120, "spend": 4.5},
        BOTH
        | {"account_name": "Youth line", "date": LAST, "entity": "Voice note 4", "sent": 810, "delivered": 770}
        | {"views": 520, "comments": 24, "shares": 43, "reactions": 90, "followers": 5130, "spend": 5.25},
    ),
    "radio": (
        BOTH
        | {"account_name": "Radio Example", "date": FIRST, "entity": "Spot 1", "region": "Banjul", "spots_aired": 6}
        | {"airtime_minutes": 4.5, "reach": 15000, "spend": 4.5},
        BOTH
        | {"account_name": "Radio Example", "date": LAST, "entity": "Spot 1", "region": "Banjul", "spots_aired": 7}
        | {"airtime_minutes": 5.5, "reach": 15500, "spend": 5.25},
    ),
    "events": (
        BOTH
        | {"entity": "film evening", "date": FIRST, "region": "Banjul", "sessions": 2, "sex": "female", "age": "18-24"}
        | {"reach": 35, "spend": 4.5},
        BOTH
        | {"entity": "film evening", "date": LAST, "region": "Banjul", "sessions": 1, "sex": "male", "age": "18-24"}
        | {"reach": 36, "spend": 5.25},
    ),
}
POLLS = (
    {"date": FIRST, "question": "dangers", "arm": "campaign", "region": "Banjul", "counting": 120, "answers": 200},
    {"date": LAST, "question": "dangers", "region": "Banjul", "counting": 130, "answers": 200},  # of the campaign
    {"date": LAST, "question": "dangers", "arm": "comparison", "region": "Banjul", "counting": 80, "answers": 190},
)
# Added up by hand; airtime in seconds, money in millionths; people (reach) and levels (followers) stay by row.
SUMS = {
    "engagement": {"impressions": 2500, "clicks_all": 30, "views": 630, "spend": 9_750_000},
    "telegram": {"views": 4700, "shares": 84, "reactions": 177, "comments": 25, "spend": 9_750_000},
    "whatsapp": {"sent": 1610, "delivered": 1530, "views": 1032, "comments": 47, "shares": 84, "reactions": 177},
    "radio": {"spots_aired": 13, "airtime": 600, "spend": 9_750_000},
    "events": {"sessions": 3, "spend": 9_750_000},
}
PEOPLE = {
    "engagement": {"reach": [900, 950]},
    "telegram": {"followers": [5120, 5130]},
    "whatsapp": {"followers": [5120, 5130]},
    "radio": {"reach": [15000, 15500]},
    "events": {"reach": [35, 36]},
}
STUDY = (
    {"question": "dangers", "arm": "test", "answers": 1450, "counting": 610},
    {"question": "dangers", "arm": "control", "answers": 1440, "counting": 540},
)
DANGERS = Outcome(id="dangers", rung=Rung.KNOWLEDGE, question="Name two dangers", column="q7", counts=("two",))


def fields(template):
    return [field.name for field in template.fields]


def filled_csv(template, language, rows):
    """The template as a spreadsheet of that language saves it: there with decimal commas and the day first."""
    empty = csv_file(template.id, language).decode("utf-8-sig")
    delimiter = ";" if language in SEMICOLON else ","
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(next(csv.reader([empty], delimiter=delimiter)))
    for row in rows:
        writer.writerow([_written(row.get(name), semicolon=language in SEMICOLON) for name in fields(template)])
    return text.getvalue().encode("utf-8-sig")


def _written(value, *, semicolon):
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}" if semicolon else value.isoformat()
    text = "" if value is None else str(value)
    return text.replace(".", ",") if semicolon and isinstance(value, float) else text


def filled_workbook(template, language, rows):
    """The template's workbook, opened, filled in and saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(template.id, language)))
    for row in rows:
        book.worksheets[0].append([row.get(name) for name in fields(template)])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


FILLED = {"csv": filled_csv, "xlsx": filled_workbook}


@pytest.mark.parametrize("kind", FILLED)
@pytest.mark.parametrize(("template", "language"), EACH, ids=NAMES)
def test_a_filled_template_is_read_back_with_the_same_figures_and_no_question(template, language, kind):
    if template.id == "brand_lift":
        rows = tuple(row | {"window_start": FIRST, "window_end": LAST} for row in STUDY)
        data = FILLED[kind](template, language, rows)
        survey = read_as_of_campaign(data, DANGERS, name=f"study.{kind}")
        assert survey.problems == ()
        assert counted(survey) == {("campaign", "dangers"): (1450, 610), ("comparison", "dangers"): (1440, 540)}
        assert survey.receipt.window == (FIRST, LAST)
        return
    if template.id == "outcome_series":
        survey = read_as_of_campaign(FILLED[kind](template, language, POLLS), DANGERS, name=f"polls.{kind}")
        assert survey.problems == ()
        assert counted(survey) == {("campaign", "dangers"): (400, 250), ("comparison", "dangers"): (190, 80)}
        assert set(survey.answers["period"].to_pylist()) == {dt.date(2026, 3, 1)}
        assert set(survey.answers["place"].to_pylist()) == {"Banjul"}
        return
    upload = read_export(FILLED[kind](template, language, ROWS[template.id]), name=f"template.{kind}")
    asked = [p for p in upload.problems if p.severity in (Severity.ERROR, Severity.QUESTION)]
    assert asked == []
    assert (upload.receipt.language, upload.rows.num_rows) == (language, 2)
    assert {name: pc.sum(upload.rows[name]).as_py() for name in SUMS[template.id]} == SUMS[template.id]
    assert {name: upload.rows[name].to_pylist() for name in PEOPLE[template.id]} == PEOPLE[template.id]
    assert upload.rows["window_start"].to_pylist() == [FIRST, LAST]
    assert set(upload.rows["country"].to_pylist()) == {"GMB"}


@pytest.mark.parametrize(("template", "language"), EACH, ids=NAMES)
def test_a_workbook_explains_each_column_with_its_unit_and_an_example(template, language):
    book = openpyxl.load_workbook(io.BytesIO(workbook(template.id, language)))
    filled, dictionary = book.worksheets
    columns = [cell.value for cell in filled[1]]
    assert columns == headers(template, language)
    assert len(set(columns)) == len(columns)
    explained = list(dictionary.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in explained] == columns
    assert all(row[1] and row[2] for row in explained)
    assert filled.sheet_view.rightToLeft is (True if language == "ar" else None)


@pytest.mark.parametrize(("template", "language"), EACH, ids=NAMES)
def test_notes_are_not_stored_and_a_person_in_them_is_warned_of(template, language):
    rows = ({**STUDY[0], "window_start": FIRST, "window_end": LAST, "text": "+220 301 45 67"}, STUDY[1])
    if template.id == "outcome_series":
        rows = ({**POLLS[0], "text": "+220 301 45 67"}, POLLS[1])
    rows = rows if template.id in COUNTED else ({**ROWS[template.id][0], "text": "+220 301 45 67"},)
    data = filled_csv(template, language, rows)
    if template.id in COUNTED:
        read = read_as_of_campaign(data, DANGERS, name="study.csv")
        stored = read.answers
    else:
        read = read_export(data, name="template.csv")
        stored = read.rows
    assert "personal_text_not_stored" in {problem.code for problem in read.problems}
    assert "301" not in str(read.problems)
    assert "301 45" not in str(stored.to_pylist())


def test_an_empty_template_is_not_stored_and_says_so():
    for template, language in EACH:
        data = csv_file(template.id, language)
        refused = read_survey(data, name="t.csv") if template.id in COUNTED else read_export(data, name="t.csv")
        assert refused.refused
        assert refused.problems, template.id


def test_the_command_line_writes_every_template_in_every_language(tmp_path):
    assert main(["templates", str(tmp_path / "forms")]) == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "forms").iterdir()}
    assert written == {
        f"{template.id}.{language}.{kind}": make(template.id, language)
        for template, language in EACH
        for kind, make in (("csv", csv_file), ("xlsx", workbook))
    }
