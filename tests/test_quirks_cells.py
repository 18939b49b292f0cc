"""What becomes of a cell that people, platforms and spreadsheets write in their own way; see `test_quirks`."""

import pytest

from campaigns.exports import read_export
from campaigns.receipts import Upload
from tests.look_alikes import template, template_row
from tests.look_alikes.quirks import advertisements, delimited, spending


def impressions(*cells: str) -> Upload:
    return read_export(advertisements(*cells).encode(), name="report.csv")


def figures(upload: Upload, metric: str = "impressions") -> list[int | None]:
    found: list[int | None] = upload.rows[metric].to_pylist()
    return found


def said(upload: Upload, code: str) -> list[tuple[int | None, str | None]]:
    return [(problem.row, problem.value) for problem in upload.problems if problem.code == code]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("١٢٣٤", "٥٦"), [1234, 56]),  # Arabic-Indic
        (("۱۲۳۴", "۵۶"), [1234, 56]),  # Persian
        (("१२३४", "५६"), [1234, 56]),  # Devanagari
        (("１２３４", "５６"), [1234, 56]),  # full width
        (("١٬٢٣٤", "٥٦"), [1234, 56]),
    ],
)
def test_digits_of_any_script_are_digits(cells: tuple[str, ...], expected: list[int]) -> None:
    assert figures(impressions(*cells)) == expected


@pytest.mark.parametrize(
    "cell",
    [
        *("1234567", "1,234,567", "1.234.567", "1 234 567", "1'234'567", "1’234’567", "12,34,567"),
        *("1\u00a0234\u00a0567", "1\u202f234\u202f567", "1\u2009234\u2009567"),
    ],
)  # fmt: skip
def test_thousands_are_grouped_in_every_way_and_by_lakh(cell: str) -> None:
    upload = impressions(cell, "56")
    assert figures(upload) == [1_234_567, 56]
    assert not upload.undecided


@pytest.mark.parametrize("cell", ["1,23", "1 23", "12,3456", "1.234,5.6", "1,234 567", "0,123"])
def test_wrong_groups_are_no_number(cell: str) -> None:
    upload = impressions(cell, "56")
    assert figures(upload) == [56]
    assert said(upload, "number_not_readable") or said(upload, "number_not_whole")


def test_a_count_of_three_decimals_is_asked_about_even_where_the_money_has_a_point() -> None:
    upload = impressions("10.000", "7")
    assert said(upload, "decimal_sign_ambiguous") == [(None, "10.000")]
    answered = read_export(advertisements("10.000", "7").encode(), answers={"decimal_sign": "comma"})
    assert figures(answered) == [10_000, 7]
    assert not answered.undecided


def test_one_decimal_comma_in_a_column_decides_for_its_other_cells() -> None:
    upload = read_export(spending("12,50", "1.234,00", "3.000", delimiter=";").encode())
    assert figures(upload, "spend") == [12_500_000, 1_234_000_000, 3_000_000_000]
    assert not upload.undecided


@pytest.mark.parametrize("cell", ["1.2K", "1,2 M", "3k", "3 mil", "3 тыс.", "1,2 млн", "1.2万", "1e3", "1.2E+05"])
def test_rounded_thousands_and_millions_are_refused(cell: str) -> None:
    upload = impressions(cell, "56")
    assert figures(upload) == [56]
    assert said(upload, "number_shortened") == [(2, cell)]


@pytest.mark.parametrize(
    "cell",
    [
        *("", " ", "—", "–", "-", "--", " --", "N/A", "n/a", "NaN", "null", "undefined", "n.d."),
        *("нет данных", "غير متاح", "不适用"),
    ],
)
def test_a_word_for_nothing_is_missing_and_never_nought(cell: str) -> None:
    upload = impressions(cell, "56")
    assert figures(upload) == [None, 56]
    assert upload.receipt.totals["impressions"] == 56


@pytest.mark.parametrize(
    "cell", ["<10", "< 10", "≤ 10", "less than 10", "Fewer than 10", "moins de 10", "أقل من 10", "少于10"]
)
def test_a_hidden_small_number_is_missing_counted_and_said(cell: str) -> None:
    upload = impressions(cell, "56")
    assert figures(upload) == [None, 56]
    assert (upload.receipt.censored, said(upload, "censored_cells")) == (1, [(2, cell)])


def test_nought_is_nought() -> None:
    assert figures(impressions("0", "56")) == [0, 56]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("−5", "number_negative"),
        ("-5", "number_negative"),
        ("(5)", "number_negative"),
        ("5-", "number_not_readable"),
    ],
)
def test_a_count_below_nought_is_refused_however_the_minus_is_written(cell: str, code: str) -> None:
    upload = impressions(cell, "56")
    assert figures(upload) == [56]
    assert said(upload, code) == [(2, cell)]


@pytest.mark.parametrize(
    "cell", ["#REF!", "#N/A", "#DIV/0!", "=1+1", "TRUE", "½", "1-5", "1000+", "50%", "€5", "5 vues"]
)
def test_what_is_no_count_is_refused_by_row(cell: str) -> None:
    upload = impressions(cell, "56")
    assert figures(upload) == [56]
    assert said(upload, "number_not_readable") == [(2, cell)]


@pytest.mark.parametrize("cell", ["5,50 €", "€5,50", "€ 5,50", "5,50 EUR", "EUR 5,50"])
def test_an_amount_may_name_the_currency_of_its_column(cell: str) -> None:
    upload = read_export(spending(cell, "1,25", delimiter=";").encode())
    assert figures(upload, "spend") == [5_500_000, 1_250_000]
    assert upload.rows["currency"].to_pylist() == ["EUR", "EUR"]


@pytest.mark.parametrize("cell", ["$5.50", "5.50 USD", "₦5.50"])
def test_an_amount_in_another_currency_than_its_column_is_refused(cell: str) -> None:
    upload = read_export(spending(cell, "1.25").encode())
    assert figures(upload, "spend") == [1_250_000]
    assert said(upload, "currency_conflict") == [(2, cell)]


@pytest.mark.parametrize("cell", ["3.апр", "17.юни", "5-Jan", "Jan-05", "4.яну", "3-févr.", "6.Mai"])
def test_a_decimal_that_a_spreadsheet_took_for_a_date_is_missing_and_said(cell: str) -> None:
    upload = impressions(cell, "56")
    assert figures(upload) == [None, 56]
    assert said(upload, "excel_damaged_decimals") == [(2, cell)]


def test_shares_are_per_cent_with_their_sign_and_without_and_with_a_comma() -> None:
    for cells in ('"10.6","6.5"', '"10.6%","6.5%"', '"10,6%","6,5%"'):
        block = f'"Age & gender"\n"","Women","Men"\n"18-24",{cells}\n'
        upload = read_export(("sep=,\n" + block).encode("utf-16"), name="Audience.csv")
        assert figures(upload, "audience_share") == [106_000, 65_000]


@pytest.mark.parametrize("word", ["NA", "na", "Namibia", "NAM"])
def test_namibia_is_a_country_and_no_missing_cell(word: str) -> None:
    assert read_export(template(template_row(country=word))).rows["country"].to_pylist() == ["NAM"]


@pytest.mark.parametrize("word", ["TRUE", "nan", "None", "N/A", "0"])
def test_what_a_program_makes_of_a_country_is_no_country(word: str) -> None:
    upload = read_export(template(template_row(country=word)))
    assert upload.rows.num_rows == 0
    assert said(upload, "country_not_known") == [(2, word)]


def test_identifiers_keep_their_leading_noughts() -> None:
    text = advertisements("5", "6").replace("12021", "00123").replace("12022", "123")
    upload = read_export(text.encode())
    assert upload.rows["entity_id"].to_pylist() == ["00123", "123"]


def test_names_lose_marks_that_nobody_sees() -> None:
    text = (
        advertisements("5", "6")
        .replace("Two roads 1", "\ufeffTwo roads\ufeff")
        .replace("Two roads 2", "Two roads\u00a0")
    )
    assert read_export(text.encode()).rows["entity_name"].to_pylist() == ["Two roads", "Two roads"]


@pytest.mark.parametrize(
    "text", ["Call +221 77 000 00 00", "Écrivez à binta.example@example.org", "اتصل ٠٠٢٢١٧٧٠٠٠٠٠٠٠"]
)
@pytest.mark.parametrize("header", ["Campaign name", "Ad name", "Account name", "Region", "Result type"])
def test_a_text_that_leads_to_a_person_is_not_stored_and_its_figures_are(text: str, header: str) -> None:
    columns = (
        "Campaign ID",
        *dict.fromkeys(("Campaign name", header)),
        "Impressions",
        "Reporting starts",
        "Reporting ends",
    )
    cells = {"Campaign ID": "7", "Campaign name": "Two roads", header: text, "Impressions": "10"}
    row = [cells.get(name, "2026-03-01") for name in columns]
    upload = read_export(delimited(columns, row).encode(), name="report.csv")
    assert figures(upload) == [10]
    assert [(p.row, p.column, p.value) for p in upload.problems if p.code == "personal_text_not_stored"] == [
        (2, header, None)
    ]
    assert text not in str(upload)
