"""Cells to numbers, days, people and places."""

import datetime as dt
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.exports.breakdowns import age, country, everybody, language, sex
from campaigns.exports.values.dates import Order, decide_order, period
from campaigns.exports.values.numbers import Sign, censored, decide, missing, money, number, plain, seconds
from campaigns.exports.values.windows import from_name, from_preamble


@pytest.mark.parametrize(
    ("cell", "sign", "value"),
    [
        ("1,286.58", Sign.POINT, "1286.58"),
        ("1.286,58", Sign.COMMA, "1286.58"),
        ("3.000", Sign.POINT, "3"),
        ("3.000", Sign.COMMA, "3000"),
        ("1.234.567", Sign.COMMA, "1234567"),
        ("12,34,567", Sign.POINT, "1234567"),
        ("1\u202f234,56", Sign.COMMA, "1234.56"),
        ("1'234.5", Sign.POINT, "1234.5"),
        ("144.", Sign.POINT, "144"),
        ("٣٬٤٠٠", Sign.POINT, "3400"),
        ("١٬٢٣٤٫٥٦", Sign.COMMA, "1234.56"),
        ("१२३", Sign.POINT, "123"),
        ("\u200e42\u200f", Sign.POINT, "42"),
        ("−5", Sign.POINT, "-5"),
        ("0.00000001", Sign.POINT, "0.00000001"),
    ],
)
def test_a_number_is_read_under_its_columns_sign(cell: str, sign: Sign, value: str) -> None:
    assert number(cell, sign) == Decimal(value)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "many",
        "1.286,58",
        "1,2,3",
        "12,3456.7",
        "0x1F",
        "1_500",
        "1e309",
        "inf",
        "nan",
        "12²",
        "½",
        "1 23",
        "=1+1",
        "#DIV/0!",
        "TRUE",
        "3.4.2026",
        "1 500 and 20",
        "9" * 41,
    ],
)
def test_what_is_no_number_is_none_under_the_point(cell: str) -> None:
    assert number(cell, Sign.POINT) is None


def test_a_leading_nought_makes_a_comma_a_decimal_one() -> None:
    assert number("0,123", Sign.POINT) is None
    assert number("0,123", Sign.COMMA) == Decimal("0.123")


@pytest.mark.parametrize(
    ("cells", "integers", "sign", "ambiguous"),
    [
        (["1,286.58", "1164.09", "3,000"], False, Sign.POINT, None),
        (["12,50", "3.000"], False, Sign.COMMA, None),
        (["3.000", "2.000", "17"], True, None, "3.000"),
        (["3.100", "2.000"], True, Sign.COMMA, None),
        (["1.234", "9.876"], False, None, "1.234"),
        (["5", "17", "2000"], True, None, None),
        (["424.0", "3.0"], True, Sign.POINT, None),
        (["many", "few"], True, None, None),
    ],
)
def test_one_sign_is_decided_for_a_column(
    cells: list[str], integers: bool, sign: Sign | None, ambiguous: str | None
) -> None:
    decision = decide(cells, integers=integers)
    assert (decision.sign, decision.ambiguous) == (sign, ambiguous)


@pytest.mark.parametrize("cell", ["", " --", "--", "-", "N/A", "n/a", "undefined", "NAN", "\u00a0"])
def test_a_platforms_word_for_nothing_is_missing(cell: str) -> None:
    assert missing(cell)


@pytest.mark.parametrize("cell", ["<1", "< 10%", "> 90%", "≥ 5"])
def test_a_bound_in_place_of_a_value_is_censored(cell: str) -> None:
    assert censored(cell)
    assert not missing(cell)


@pytest.mark.parametrize(
    ("cell", "figure", "currency"),
    [
        ("US$3.38", "3.38", "USD"),
        ("12,50 €", "12,50", "EUR"),
        ("€ 12", "12", "EUR"),
        ("1,234.50 XOF", "1,234.50", "XOF"),
        ("R$ 1.234,50", "1.234,50", "BRL"),
        ("-$3", "-3", "$"),
        ("5", "5", None),
        ("12 apples", "12 apples", None),
    ],
)
def test_an_amount_may_name_its_currency(cell: str, figure: str, currency: str | None) -> None:
    assert money(cell) == (figure, currency)


def test_a_duration_is_read_in_seconds() -> None:
    assert seconds("0:04:34") == 274
    assert seconds("26:00:01") == 93_601
    assert seconds("4:34") is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(["en", "de", "fr", "ru", "hi"]))
@settings(max_examples=300, deadline=None)
def test_a_number_written_in_a_locale_is_read_back(value: Decimal, locale: str) -> None:
    sign = Sign.POINT if locale in ("en", "hi") else Sign.COMMA
    assert number(format_decimal(value, locale=locale, decimal_quantization=False), sign) == value


@given(st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_value_or_none_and_never_an_exception(text: str) -> None:
    for sign in Sign:
        assert number(text, sign) is None or number(text, sign) == number(plain(text), sign)
    money(text)
    for order in Order:
        found = period(text, order)
        assert found is None or found.first.year >= 2004
    from_preamble([text], None)
    from_name(text)
    age(text)
    country(text)
    sex(text)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-09", (2026, 3, 9)),
        ("2026/03/09", (2026, 3, 9)),
        ("2026-03-09T01:00:00", (2026, 3, 9)),
        ("2015-09-30 18:42 +0000", (2015, 9, 30)),
        ("20260309", (2026, 3, 9)),
        ("Tue, Aug 26, 2025", (2025, 8, 26)),
        ("Mon Feb 17 2025", (2025, 2, 17)),
        ("Thu, 5 Feb 2026", (2026, 2, 5)),
        ("27 January 2026", (2026, 1, 27)),
        ("8 de marzo de 2026", (2026, 3, 8)),
        ("1 févr. 2026", (2026, 2, 1)),
        ("15 марта 2026 г.", (2026, 3, 15)),
        ("١٥ مارس ٢٠٢٦", (2026, 3, 15)),
        ("29 February 2024", (2024, 2, 29)),
    ],
)
def test_a_day_is_read_in_the_platforms_ways_of_writing(cell: str, day: tuple[int, int, int]) -> None:
    found = period(cell)
    assert found is not None
    assert found.first == found.last == dt.date(*day)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2024-03-01 - 2024-03-11", dt.date(2024, 3, 1), dt.date(2024, 3, 11)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("January 20, 2026 - January 21, 2026", dt.date(2026, 1, 20), dt.date(2026, 1, 21)),
        ("4th quarter 2023", dt.date(2023, 10, 1), dt.date(2023, 12, 31)),
    ],
)
def test_a_month_or_a_range_has_a_first_and_a_last_day(cell: str, first: dt.date, last: dt.date) -> None:
    found = period(cell)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01 24:00",
        "2026-03-01T23:59:60",
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "0000-00-00",
        "1970-01-01",
        "2567-03-01",
        "1.234,56",
        "yesterday",
        "45717",
        "1740787200",
        "3.апр",
        "2025-W10",
        "12/31",
        "=TODAY()",
        "x" * 70,
    ],
)
def test_what_is_no_day_is_none(cell: str) -> None:
    assert period(cell, Order.DAY_FIRST) is None


def test_a_day_without_a_year_says_so_and_takes_the_year_it_is_given() -> None:
    found, completed = period("8 de marzo"), period("8 de marzo", year=2025)
    assert found is not None
    assert found.yearless
    assert completed is not None
    assert completed.first == dt.date(2025, 3, 8)


@pytest.mark.parametrize(
    ("cells", "order", "ambiguous"),
    [
        (["03/04/2026", "13/04/2026"], Order.DAY_FIRST, None),
        (["03/04/2026", "03/14/2026"], Order.MONTH_FIRST, None),
        (["03/04/2026", "05/06/2026"], None, "03/04/2026"),
        (["05/05/2026"], None, None),
        (["2026-03-04", "Mar 5, 2026"], None, None),
    ],
)
def test_one_order_is_decided_for_a_column(cells: list[str], order: Order | None, ambiguous: str | None) -> None:
    decision = decide_order(cells)
    assert (decision.order, decision.ambiguous) == (order, ambiguous)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("female", "F"),
        ("Women", "F"),
        ("Mulheres", "F"),
        ("hommes", "M"),
        ("ذكور", "M"),
        ("unknown", "U"),
        ("User-specified", "O"),
        ("non-binary", "O"),
        ("", None),
    ],
)
def test_a_sex_becomes_its_sdmx_code(word: str, code: str | None) -> None:
    assert sex(word) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("18–24", "Y18T24"), ("18 a 24 anos", "Y18T24"), ("65+", "Y_GE65"), ("Unknown", "U"), ("oct.17", None)],
)
def test_an_age_becomes_a_band(word: str, code: str | None) -> None:
    assert age(word) == code


@pytest.mark.parametrize(
    ("word", "spoken", "code"),
    [
        ("NA", None, "NAM"),
        ("XK", None, "XKX"),
        ("SEN", None, "SEN"),
        ("Senegal", None, "SEN"),
        ("UK", None, "GBR"),
        ("Brasil", "pt", "BRA"),
        ("Czech Republic", None, "CZE"),
        ("Others", None, None),
        ("ZZ", None, None),
    ],
)
def test_a_country_becomes_its_alpha_3_code(word: str, spoken: str | None, code: str | None) -> None:
    assert country(word, spoken) == code


def test_languages_are_tags_and_other_words_stay() -> None:
    assert (language("EN"), language("Wolof"), language("")) == ("en", "Wolof", None)


def test_words_for_everybody_are_known() -> None:
    assert everybody("All")
    assert everybody("Todos")
    assert not everybody("All about love")


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("Dec-12-2023_Mar-06-2024_103.csv", ("2023-12-12", "2024-03-06")),
        ("Devices(2026.02.05-2026.02.10).csv", ("2026-02-05", "2026-02-10")),
        ("Report-Apr-1-2023-to-Mar-11-2024.xlsx", ("2023-04-01", "2024-03-11")),
        ("A-Campaigns-1-Sep-202430-Sep-2024.csv", ("2024-09-01", "2024-09-30")),
        ("x_2018-07-01_to_2018-09-19_created_on_20180920T0140Z.csv", ("2018-07-01", "2018-09-19")),
        ("2026-06-23_Summary.csv", None),
        ("Ad report- 22nd Jan.csv", None),
        ("2026-06-30_2026-06-01.csv", None),
    ],
)
def test_a_files_name_may_hold_its_window(name: str, window: tuple[str, str] | None) -> None:
    found = from_name(name)
    assert found == (tuple(map(dt.date.fromisoformat, window)) if window else None)


def test_lines_above_the_header_may_hold_the_window() -> None:
    window = (dt.date(2026, 3, 1), dt.date(2026, 3, 9))
    assert from_preamble(["Campaign report", "1 March 2026 - 9 March 2026"], None) == (window, None)
    assert from_preamble(["Start date: 20260301", "End date: 20260309"], None) == (window, None)
    assert from_preamble(["All time"], None) == (None, None)


def test_a_window_above_the_header_that_reads_two_ways_is_asked_about() -> None:
    line = "03/04/2026 - 05/06/2026"
    assert from_preamble([line], None)[1] == line
    assert from_preamble([line], Order.MONTH_FIRST) == ((dt.date(2026, 3, 4), dt.date(2026, 5, 6)), None)
