"""What becomes of a day that people, platforms and spreadsheets write in their own way; see `test_quirks`."""

import datetime as dt

import pytest

from campaigns.exports import read_export
from campaigns.receipts import Upload, WindowSource
from tests.look_alikes.quirks import GOOGLE, META, days, delimited, workbook

FIRST = dt.date(2026, 3, 1)


def starts(upload: Upload) -> list[dt.date | None]:
    found: list[dt.date | None] = upload.rows["window_start"].to_pylist()
    return found


def said(upload: Upload, code: str) -> list[tuple[int | None, str | None]]:
    return [(problem.row, problem.value) for problem in upload.problems if problem.code == code]


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-03-01", "2026/03/01", "2026.3.1", "20260301", "2026-03-01T00:00:00", "2026-03-01 01:00:00"),
        *("Mar 1, 2026", "Sunday, March 1, 2026", "March 1st, 2026", "1 Mar 2026"),
        *("1 mars 2026", "1er mars 2026", "dim. 1 mars 2026", "1 de marzo de 2026", "1º de março de 2026"),
        *("1. März 2026", "1 marzo 2026", "1 марта 2026 г.", "1 березня 2026", "1 Mart 2026", "1 Maret 2026"),
        *("1 marca 2026", "1 Machi 2026", "1 मार्च 2026", "1 মার্চ 2026", "1 مارچ 2026", "1 مارس 2026"),
        *("١ مارس ٢٠٢٦", "1 آذار 2026", "2026年3月1日", "2026년 3월 1일"),
    ],
)
def test_a_month_is_known_in_the_languages_of_platforms_and_of_people_on_the_move(cell: str) -> None:
    upload = read_export(days(cell, "2026-03-02").encode())
    assert starts(upload) == [FIRST, dt.date(2026, 3, 2)]
    assert not upload.undecided


@pytest.mark.parametrize(
    ("cell", "month"),
    [("1 كانون الثاني 2026", 1), ("1 شباط 2026", 2), ("1 جانفي 2026", 1), ("1 جويلية 2026", 7), ("1 يوليو 2026", 7)],
)
def test_the_months_of_the_levant_and_the_maghreb_are_known_beside_those_of_egypt(cell: str, month: int) -> None:
    assert starts(read_export(days(cell).encode())) == [dt.date(2026, month, 1)]


@pytest.mark.parametrize(("cell", "month"), [("1 fevrier 2026", 2), ("1 AOUT 2026", 8), ("1 ARALIK 2026", 12)])
def test_a_month_may_be_typed_without_its_accents(cell: str, month: int) -> None:
    assert starts(read_export(days(cell).encode())) == [dt.date(2026, month, 1)]


def test_a_month_that_two_languages_share_for_two_months_is_refused() -> None:
    upload = read_export(days("5. listopada 2026", "2026-03-02").encode())  # November to Poles, October to Croats
    assert starts(upload) == [dt.date(2026, 3, 2)]
    assert said(upload, "date_not_readable") == [(2, "5. listopada 2026")]


@pytest.mark.parametrize(
    "cell",
    [
        "2569-03-01",
        "01/03/2569",
        "1 มีนาคม 2569",
        "1404/12/10",
        "۱۴۰۴/۱۲/۱۰",
        "12/09/1447",
        "12 رمضان 1447",
        "1447-09-12",
    ],
)
def test_a_day_of_the_buddhist_the_persian_or_the_islamic_calendar_is_refused_as_such(cell: str) -> None:
    upload = read_export(days(cell, "2026-03-02").encode())
    assert starts(upload) == [dt.date(2026, 3, 2)]
    assert said(upload, "date_of_other_calendar") == [(2, cell)]


@pytest.mark.parametrize("cell", ["46082", "46082.5"])
def test_a_day_as_a_spreadsheet_numbers_it_is_refused_as_such(cell: str) -> None:
    upload = read_export(days(cell, "2026-03-02").encode())
    assert starts(upload) == [dt.date(2026, 3, 2)]
    assert said(upload, "date_serial") == [(2, cell)]


@pytest.mark.parametrize(
    "cell", ["01/03/26", "1.3.26", "2026-02-30", "0000-00-00", "Mar-26", "1/3", "Week 9", "1772323200"]
)
def test_what_names_no_single_day_is_refused_by_row(cell: str) -> None:
    upload = read_export(days(cell, "2026-03-02").encode())
    assert starts(upload) == [dt.date(2026, 3, 2)]
    assert said(upload, "date_not_readable") == [(2, cell)]


@pytest.mark.parametrize("cell", ["03/04/2026", "03.04.2026", "03-04-2026", "٠٣/٠٤/٢٠٢٦", "3\u200f/4\u200f/2026"])
def test_whether_the_day_or_the_month_is_first_is_asked_and_never_guessed(cell: str) -> None:
    asked = read_export(days(cell, "05/06/2026").encode())
    assert said(asked, "date_order_ambiguous") == [(None, cell)]
    assert asked.undecided
    for order, first in (("day_first", dt.date(2026, 4, 3)), ("month_first", dt.date(2026, 3, 4))):
        answered = read_export(days(cell, "05/06/2026").encode(), answers={"date_order": order})
        assert starts(answered)[0] == first
        assert not answered.undecided


def test_one_day_beyond_the_twelfth_decides_for_its_column() -> None:
    assert starts(read_export(days("03/04/2026", "13/04/2026").encode())) == [dt.date(2026, 4, 3), dt.date(2026, 4, 13)]
    assert starts(read_export(days("03/04/2026", "04/13/2026").encode())) == [dt.date(2026, 3, 4), dt.date(2026, 4, 13)]


def test_two_orders_in_one_column_leave_no_order() -> None:
    upload = read_export(days("03/04/2026", "13/04/2026", "04/14/2026").encode())
    assert said(upload, "date_order_ambiguous") == [(None, "03/04/2026")]
    assert said(upload, "date_not_readable") == [(4, "04/14/2026")]


def test_real_dates_beside_texts_that_a_spreadsheet_could_not_turn_are_refused_as_swapped() -> None:
    # 04/03/2026, 05/03/2026 and 13/03/2026, opened where the month comes first.
    rows = [(dt.date(2026, month, 3), "A", "7", 10, 1, 2.5, "EUR") for month in (4, 5)]
    book = workbook({"Report": [GOOGLE, *rows, ("13/03/2026", "A", "7", 10, 1, 2.5, "EUR")]})
    upload = read_export(book, name="report.xlsx")
    assert starts(upload) == [dt.date(2026, 3, 13)]
    assert said(upload, "date_swapped") == [(2, "2026-04-03"), (3, "2026-05-03")]


def test_real_dates_beside_texts_of_any_day_are_dates() -> None:
    rows = [(dt.date(2026, 3, day), "A", "7", 10, 1, 2.5, "EUR") for day in (1, 14)]
    book = workbook({"Report": [GOOGLE, *rows, ("15/03/2026", "A", "7", 10, 1, 2.5, "EUR")]})
    assert starts(read_export(book, name="report.xlsx")) == [FIRST, dt.date(2026, 3, 14), dt.date(2026, 3, 15)]


def test_a_month_in_words_is_its_days_from_the_first_to_the_last() -> None:
    upload = read_export(days("February 2026", "mars 2026").encode())
    assert starts(upload) == [dt.date(2026, 2, 1), FIRST]
    assert upload.rows["window_end"].to_pylist() == [dt.date(2026, 2, 28), dt.date(2026, 3, 31)]


@pytest.mark.parametrize(
    "name",
    [
        *("Ads-Mar-1-2026-Mar-31-2026.csv", "Ads_2026-03-01_2026-03-31.csv", "Ads-1-Mar-202631-Mar-2026.csv"),
        *("Mar-01-2026_Mar-31-2026_1032418178499222.csv", "2026.03.01-2026.03.31 (1).csv"),
    ],
)
def test_days_that_only_the_name_of_the_file_says_are_the_window(name: str) -> None:
    text = delimited(META[:4], ("Two roads", "12021", "10", "5.50"))
    upload = read_export(text.encode(), name=name)
    assert (upload.receipt.window, upload.receipt.window_source) == (
        (FIRST, dt.date(2026, 3, 31)),
        WindowSource.FILE_NAME,
    )


def test_days_that_nothing_says_are_asked_for() -> None:
    text = delimited(META[:4], ("Two roads", "12021", "10", "5.50"))
    upload = read_export(text.encode(), name="report.csv")
    assert starts(upload) == [None]
    assert said(upload, "no_window_in_file") == [(None, None)]
    given = read_export(text.encode(), answers={"first_day": "2026-03-01", "last_day": "2026-03-31"})
    assert starts(given) == [FIRST]
