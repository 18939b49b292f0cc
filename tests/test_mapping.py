"""Tables whose columns a person names, and readings that a person puts right."""

import datetime as dt

import pytest

from campaigns.exports import read_export
from campaigns.receipts import Kind, WindowSource
from campaigns.vocabulary import METRICS

# An agency's own report: no platform writes these headers.
AGENCY = (
    "Giorno;Comune;Visualizzazioni annuncio;Persone;Spesa totale (EUR);Telefono referente;Note\r\n"
    "03/04/2026;Thiès;1.200;900;12,50;+221 77 555 01 01;bene\r\n"
    "04/04/2026;Thiès;800;700;7,25;+221 77 555 01 01;bene\r\n"
).encode("cp1252")
COLUMNS = {
    "Giorno": "date",
    "Comune": "region",
    "Visualizzazioni annuncio": "impressions",
    "Persone": "reach",
    "Spesa totale (EUR)": "spend",
    "Telefono referente": "",
    "Note": "",
}
ANSWERS = {"columns": COLUMNS, "platform": "unknown", "level": "account", "date_order": "day_first"}


def codes(upload):
    return {problem.code for problem in upload.problems}


def test_an_unknown_layout_shows_its_columns_with_examples_but_none_that_are_personal():
    upload = read_export(AGENCY, name="report.csv")
    assert upload.receipt.kind == Kind.NOTHING
    assert "layout_unknown" in codes(upload)
    assert [column.header for column in upload.receipt.columns] == list(COLUMNS)
    examples = {column.header: column.example for column in upload.receipt.columns}
    assert examples["Visualizzazioni annuncio"] == "1.200"
    assert examples["Telefono referente"] == ""
    assert upload.receipt.dropped == ("Telefono referente", "Note")


def test_a_person_names_the_columns_and_the_table_is_read_by_them():
    upload = read_export(AGENCY, name="report.csv", answers=ANSWERS)
    assert upload.undecided == ()
    assert upload.receipt.report == "mapped"
    assert upload.receipt.totals == {"impressions": 2000, "reach": None, "spend": 19_750_000}
    assert upload.receipt.currency == "EUR"
    assert upload.receipt.window == (dt.date(2026, 4, 3), dt.date(2026, 4, 4))
    assert upload.rows["region"].to_pylist() == ["Thiès", "Thiès"]


def test_day_and_month_of_a_named_column_are_asked_and_never_guessed():
    upload = read_export(AGENCY, name="report.csv", answers=ANSWERS | {"date_order": None})
    assert [problem.code for problem in upload.undecided] == ["date_order_ambiguous"]


def test_the_decimal_sign_of_a_named_column_is_asked_and_never_guessed():
    table = b"Tag,Anzeigen\n2026-04-03,1.200\n2026-04-04,3.400\n"
    answers = {"columns": {"Tag": "date", "Anzeigen": "spend"}, "platform": "meta_ads", "currency": "EUR"}
    assert [problem.code for problem in read_export(table, answers=answers).undecided] == ["decimal_sign_ambiguous"]
    point = read_export(table, answers=answers | {"decimal_sign": "point"})
    comma = read_export(table, answers=answers | {"decimal_sign": "comma"})
    scale = METRICS["spend"].scale
    assert point.receipt.totals["spend"] == 4.6 * scale
    assert comma.receipt.totals["spend"] == 4600 * scale


def test_a_named_post_is_told_apart_by_its_identifier():
    table = b"Ref;Tag;Seen\nA-1;2026-04-03;10\nA-2;2026-04-03;20\n"
    answers = {"columns": {"Ref": "post_id", "Tag": "date", "Seen": "views"}, "platform": "x"}
    upload = read_export(table, answers=answers)
    assert upload.rows["entity_id"].to_pylist() == ["A-1", "A-2"]
    assert upload.rows["level"].to_pylist() == ["post", "post"]
    assert upload.receipt.identified


def test_what_a_column_was_taken_for_is_put_right():
    export = b"Campaign name,Reporting starts,Reporting ends,Impressions,Link clicks\nA,2026-03-01,2026-03-31,500,20\n"
    corrected = read_export(export, answers={"columns": {"Link clicks": "outbound_clicks", "Impressions": ""}})
    assert corrected.receipt.platform == "meta_ads"
    assert corrected.receipt.totals == {"outbound_clicks": 20}


def test_platform_and_subject_of_the_rows_are_put_right():
    export = b"Campaign name,Reporting starts,Reporting ends,Impressions,Link clicks\nA,2026-03-01,2026-03-31,500,20\n"
    upload = read_export(export, answers={"platform": "tiktok_ads", "level": "account"})
    assert upload.rows["platform"].to_pylist() == ["tiktok_ads"]
    assert upload.rows["level"].to_pylist() == ["account"]


def test_days_that_the_file_does_not_say_are_given():
    export = b"Campaign name,Ad name,Impressions,Link clicks\nA,B,500,20\n"
    upload = read_export(export, name="export.csv", answers={"first_day": "2026-03-01", "last_day": "2026-03-31"})
    assert upload.receipt.window == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert upload.receipt.window_source == WindowSource.ANSWER
    assert upload.rows["window_end"].to_pylist() == [dt.date(2026, 3, 31)]
    assert "no_window_in_file" not in codes(upload)


def test_two_columns_cannot_hold_the_same_figure():
    upload = read_export(AGENCY, answers=ANSWERS | {"columns": COLUMNS | {"Persone": "impressions"}})
    assert [(p.code, p.column) for p in upload.undecided] == [("mapped_twice", "Persone")]


def test_a_column_spoken_of_and_not_there_is_told():
    upload = read_export(AGENCY, answers=ANSWERS | {"columns": COLUMNS | {"Clic": "link_clicks"}})
    assert ("mapped_column_missing", "clic") in {(p.code, p.column) for p in upload.problems}


def test_a_layout_is_the_same_whatever_the_order_of_its_columns_and_their_currency():
    one = read_export(b"Tag,Kosten (EUR)\n1,2\n").receipt.layout
    assert one == read_export(b"kosten (XOF),TAG\n3,4\n").receipt.layout
    assert one != read_export(b"Tag,Kosten,Klicks\n1,2,3\n").receipt.layout


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"columns": {"Persone": "persons"}}, "'persons', which is no field"),
        ({"platform": "faceboook"}, "faceboook"),
        ({"level": "everything"}, "everything"),
        ({"first_day": "2026-03-01"}, "a period needs both"),
        ({"first_day": "2026-03-02", "last_day": "2026-03-01"}, "before it starts"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_what_it_was(answers, said):
    with pytest.raises(ValueError, match=said):
        read_export(AGENCY, answers=answers)
