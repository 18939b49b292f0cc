"""What becomes of a file that was saved, cut, glued or packed in its own way; see `test_quirks`."""

import datetime as dt

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.exports import read_export
from campaigns.problems import Severity
from campaigns.receipts import Kind, Upload
from tests.look_alikes.quirks import MARCH, META, advertisements, delimited, workbook

PLAIN = advertisements("100", "50")
FRENCH = PLAIN.replace("Campaign name", "Nom de la campagne").replace("Amount spent", "Montant dépensé")
FRENCH = FRENCH.replace("Reporting starts", "Début des rapports").replace("Reporting ends", "Fin des rapports")
RUSSIAN = PLAIN.replace("Campaign name", "Название кампании").replace("Impressions", "Показы")
RUSSIAN = RUSSIAN.replace("Amount spent (EUR)", "Потраченная сумма (EUR)").replace("Two roads", "Две дороги")
ARABIC = PLAIN.replace("Campaign name", "اسم الحملة").replace("Impressions", "مرات الظهور")
ARABIC = ARABIC.replace("Amount spent (EUR)", "المبلغ الذي تم إنفاقه (EGP)").replace("Two roads", "طريقان إلى البحر")
CHINESE = PLAIN.replace("Two roads", "先问一问再上路")
BOOK = [META, *(("Two roads", f"1202{at}", at, 5.5, *MARCH) for at in (100, 50))]


def impressions(upload: Upload) -> list[int | None]:
    found: list[int | None] = upload.rows["impressions"].to_pylist()
    return found


def said(upload: Upload, code: str) -> list[tuple[int | None, str | None]]:
    return [(problem.row, problem.value) for problem in upload.problems if problem.code == code]


def errors(upload: Upload) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.row) for problem in upload.problems if problem.severity == Severity.ERROR]


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, ARABIC, CHINESE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(text: str, encoding: str) -> None:
    upload = read_export(text.encode(encoding), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert upload.rows["entity_name"][0].as_py() == text.splitlines()[1].partition(",")[0]
    assert not upload.undecided


@pytest.mark.parametrize(
    ("text", "encoding"), [(FRENCH, "cp1252"), (RUSSIAN, "cp1251"), (ARABIC, "cp1256"), (CHINESE, "gb18030")]
)
def test_an_old_code_page_is_told_by_its_letters_and_said_to_be_a_guess(text: str, encoding: str) -> None:
    upload = read_export(text.encode(encoding), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert upload.rows["entity_name"][0].as_py() == text.splitlines()[1].partition(",")[0]
    assert [value for _, value in said(upload, "encoding_guessed")] == [encoding]


def test_files_of_two_encodings_glued_together_are_refused() -> None:
    upload = read_export(FRENCH.encode() + FRENCH.encode("cp1252"), name="report.csv")
    assert errors(upload) == [("encoding_broken", 4)]
    assert upload.receipt.kind == Kind.NOTHING


def test_headers_that_were_decoded_twice_are_understood() -> None:
    upload = read_export(FRENCH.encode().decode("cp1252").encode(), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert upload.receipt.totals["spend"] == 11_000_000


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\n', "SEP=;\r\n", "\ufeffsep=;\n"])
def test_the_line_that_names_the_delimiter_is_obeyed_and_no_header(first: str) -> None:
    upload = read_export((first + advertisements("100", "50", delimiter=";")).encode(), name="report.csv")
    assert (impressions(upload), upload.receipt.delimiter) == ([100, 50], ";")
    assert upload.rows["row"].to_pylist() == [3, 4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_where_nothing_names_it(delimiter: str) -> None:
    upload = read_export(advertisements("1 234", "50", delimiter=delimiter).encode(), name="report.csv")
    assert (impressions(upload), upload.receipt.delimiter) == ([1234, 50], delimiter)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_every_way(end: str) -> None:
    assert impressions(read_export(PLAIN.replace("\n", end).encode(), name="report.csv")) == [100, 50]


def test_a_name_over_two_lines_is_one_name_and_rows_keep_their_lines() -> None:
    upload = read_export(advertisements("100", "50").replace("Two roads 1", '"Two\nroads, 1"').encode())
    assert upload.rows["entity_name"].to_pylist() == ["Two\nroads, 1", "Two roads 2"]
    assert upload.rows["row"].to_pylist() == [2, 4]


@pytest.mark.parametrize("lines", [slice(None), slice(1, None)])
def test_delimiters_at_the_end_of_lines_are_no_columns(lines: slice) -> None:
    rows = PLAIN.splitlines()
    rows[lines] = [f"{row},," for row in rows[lines]]
    upload = read_export("\n".join(rows).encode(), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert not upload.undecided


def test_rows_too_short_and_too_long_are_refused_by_line_and_the_others_kept() -> None:
    text = PLAIN + "Two roads 3,12023,7\n" + "Two roads, 4,12024,8,5.50,2026-03-01,2026-03-31\n"
    upload = read_export(text.encode(), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert errors(upload) == [("cells_missing", 4), ("cells_surplus", 5)]


def test_blank_lines_and_lines_of_delimiters_are_no_rows() -> None:
    upload = read_export((PLAIN.replace("\n", "\n\n") + ",,,,,\n,,,,,\n").encode(), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert upload.rows["row"].to_pylist() == [3, 5]
    assert not upload.undecided


def test_a_header_again_between_the_rows_is_set_aside() -> None:
    second = advertisements("7").replace("Two roads 1", "Three roads").replace("12021", "12029")
    upload = read_export((PLAIN + "\ufeff" + second).encode(), name="report.csv")
    assert impressions(upload) == [100, 50, 7]
    assert (upload.receipt.rows_read, upload.receipt.other_rows_set_aside) == (3, 1)
    assert not upload.undecided


def test_below_a_header_with_its_columns_in_another_order_nothing_is_read() -> None:
    header = ("Campaign name", "Campaign ID", "Amount spent (EUR)", "Impressions", "Reporting starts", "Reporting ends")
    second = delimited(header, ("Three roads", "12029", "7", "99", *MARCH))
    upload = read_export((PLAIN + second).encode(), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert said(upload, "header_changes") == [(4, "2")]


def test_names_of_groups_above_the_names_of_columns_are_no_header() -> None:
    groups = ("Campaign", "", "Delivery", "", "Period", "")
    for data, name in (
        (delimited(groups, *csv_rows(PLAIN)).encode(), "report.csv"),
        (workbook({"Report": [groups, *BOOK]}, change=lambda sheet: sheet.merge_cells("A1:B1")), "report.xlsx"),
    ):
        upload = read_export(data, name=name)
        assert impressions(upload) == [100, 50]
        assert upload.rows["row"].to_pylist() == [3, 4]


def csv_rows(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()]


def test_a_header_twice_is_one_column_where_its_figures_agree_and_refused_where_they_differ() -> None:
    for other, refused in (("100", False), ("99", True)):
        rows = [*META, "Impressions"], ["Two roads", "12021", "100", "5.50", *MARCH, other]
        upload = read_export(delimited(*rows).encode(), name="report.csv")
        assert said(upload, "duplicate_headers") == [(1, None)]
        assert bool(said(upload, "headers_conflict")) == refused


def test_headers_are_known_with_soft_hyphens_odd_blanks_and_zero_width_signs() -> None:
    text = PLAIN.replace("Impressions", "Im\u00adpres\u00adsions").replace(
        "Amount spent (EUR)", "Amount\u00a0spent (EUR)\u200b "
    )
    upload = read_export(("\ufeff" + text).encode(), name="report.csv")
    assert (impressions(upload), upload.receipt.totals["spend"]) == ([100, 50], 11_000_000)


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Total",
            "TOTAL GÉNÉRAL",
            "Totaux",
            "Итого",
            "Загалом",
            "المجموع",
            "الإجمالي",
            "合计",
            "总计",
            "Gesamt",
            "Summe",
        ),
        *(
            "Totale",
            "Toplam",
            "Suma",
            "مجموع",
            "جمع کل",
            "کل",
            "कुल",
            "মোট",
            "ድምር",
            "Jumla",
            "Tổng cộng",
            "รวม",
            "Ukupno",
        ),
        *("Összesen", "Σύνολο", "Totalt", "Grand Total", "Total (2)", "Total: account", "Total – 2 campaigns"),
        *("Subtotal", "sous-total"),
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_total_is_set_aside_at_the_top_and_at_the_bottom_in_many_languages(label: str, *, last: bool) -> None:
    header, *rows = csv_rows(PLAIN)
    total = [label, "", "999", "77.00", *MARCH]
    text = delimited(header, *([*rows, total] if last else [total, *rows]))
    upload = read_export(text.encode(), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert (upload.receipt.rows_read, upload.receipt.totals_set_aside) == (2, 1)


@pytest.mark.parametrize("label", ["", "Wszystkie kampanie razem wzięte"])
def test_a_row_that_sums_all_others_is_a_total_whatever_its_name(label: str) -> None:
    upload = read_export((PLAIN + delimited([label, "", "150", "11.00", *MARCH])).encode(), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert said(upload, "total_row_set_aside") == [(4, "1")]


def test_a_campaign_with_the_word_in_its_name_is_no_total() -> None:
    text = PLAIN.replace("Two roads 1", "Total war on lies").replace("Two roads 2", "Gesamtschule")
    assert impressions(read_export(text.encode(), name="report.csv")) == [100, 50]


@pytest.mark.parametrize("footer", ["Showing the top 500 results", "* figures are preliminary", "Exporté le 1 avril"])
@pytest.mark.parametrize("padding", ["", ",,,,,"])
def test_a_sentence_below_the_rows_is_no_row(footer: str, padding: str) -> None:
    upload = read_export(f"{PLAIN}{footer}{padding}\n".encode(), name="report.csv")
    assert impressions(upload) == [100, 50]
    assert upload.receipt.other_rows_set_aside == 1
    assert not upload.undecided


def test_hidden_sheets_are_not_read_and_said() -> None:
    other = [META, ("Last year", "9", 99, 9.5, "2025-03-01", "2025-03-31")]
    upload = read_export(workbook({"Old": other, "Report": BOOK}, hidden=["Old"]), name="report.xlsx")
    assert impressions(upload) == [100, 50]
    assert said(upload, "sheets_hidden") == [(None, "1")]
    assert not upload.undecided


def test_of_several_sheets_a_person_says_which() -> None:
    other = [META, ("April", "9", 99, 9.5, "2026-04-01", "2026-04-30")]
    book = workbook({"March": BOOK, "April": other})
    assert said(read_export(book, name="report.xlsx"), "several_sheets") == [(None, "March")]
    assert impressions(read_export(book, name="report.xlsx", answers={"sheet": "April"})) == [99]


def test_a_formula_that_was_never_calculated_is_refused_and_not_blank() -> None:
    rows = [META, ("Two roads", "12021", "=60+40", 5.5, *MARCH), ("Three roads", "12022", 50, 5.5, *MARCH)]
    upload = read_export(workbook({"Report": rows}), name="report.xlsx")
    assert impressions(upload) == [50]
    assert said(upload, "number_not_readable") == [(2, "=?")]


def test_a_cell_without_anything_before_a_formula_hides_it_not() -> None:
    def styled(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0.00"

    rows = [META, ("Two roads", None, "=60+40", 5.5, *MARCH), ("Three roads", "12022", 50, 5.5, *MARCH)]
    upload = read_export(workbook({"Report": rows}, change=styled), name="report.xlsx")
    assert said(upload, "number_not_readable") == [(2, "=?")]


def test_texts_and_numbers_in_one_column_of_a_workbook_are_both_read() -> None:
    march = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
    rows = [META, ("Two roads", "12021", "1 234", "5.50", *MARCH), ("Three roads", "12022", 50, 2.25, *march)]
    upload = read_export(workbook({"Report": rows}), name="report.xlsx")
    assert impressions(upload) == [1234, 50]
    assert upload.rows["spend"].to_pylist() == [5_500_000, 2_250_000]
    assert not upload.undecided


def test_a_text_with_a_decimal_comma_beside_real_numbers_is_refused_by_row() -> None:
    rows = [META, ("Two roads", "12021", 100, "5,50", *MARCH), ("Three roads", "12022", 50, 2.25, *MARCH)]
    upload = read_export(workbook({"Report": rows}), name="report.xlsx")
    assert upload.rows["spend"].to_pylist() == [2_250_000]
    assert said(upload, "number_not_readable") == [(2, "5,50")]


@pytest.mark.parametrize("written", ["1.20253E+17", "1,20253E+17", "1.20253e+17"])
def test_identifiers_that_a_spreadsheet_shortened_are_warned_of_and_not_used(written: str) -> None:
    text = delimited(META, ("A", written, "100", "5.50", *MARCH), ("B", written, "50", "5.50", *MARCH))
    upload = read_export(text.encode(), name="report.csv")
    assert upload.rows["entity_id"].to_pylist() == [None, None]
    assert not upload.receipt.identified
    assert said(upload, "ids_damaged") == [(2, "2")]


def test_identifiers_that_a_workbook_holds_as_numbers_are_warned_of_and_not_used() -> None:
    rows = [META, ("A", 120253000000000123, 100, 5.5, *MARCH), ("B", 120253000000000456, 50, 5.5, *MARCH)]
    upload = read_export(workbook({"Report": rows}), name="report.xlsx")
    assert upload.rows["entity_id"].to_pylist() == [None, None]
    assert said(upload, "ids_damaged") == [(2, "2")]


@pytest.mark.parametrize(("written", "stored"), [('="00123"', "00123"), ("1234.0", "1234"), ("'1234", "1234")])
def test_signs_that_a_program_put_around_an_identifier_are_taken_off(written: str, stored: str) -> None:
    text = delimited(META, ("Two roads", written, "100", "5.50", *MARCH))
    assert read_export(text.encode(), name="report.csv").rows["entity_id"].to_pylist() == [stored]


def test_a_row_of_averages_is_no_row() -> None:
    upload = read_export((PLAIN + delimited(("Average", "", "75", "5.50", *MARCH))).encode(), name="report.csv")
    assert impressions(upload) == [100, 50]


def test_the_last_lines_of_a_file_cut_short_are_refused() -> None:
    text = PLAIN + 'Two roads 3,12023,7,"5'
    assert errors(read_export(text.encode(), name="report.csv")) == [("file_truncated", 4)]


@pytest.mark.parametrize("label", ["{} Total", "Total {}", "{} gesamt"])
def test_the_total_of_each_campaign_in_a_table_of_a_spreadsheet_is_set_aside(label: str) -> None:
    header = ("Campaign name", "Ad name", *META[2:])
    rows = [(name, ad, shown, "1", *MARCH) for name, ad, shown in (("A", "a", "5"), ("A", "b", "7"), ("B", "c", "9"))]
    totals = [(label.format(name), "", shown, "2", *MARCH) for name, shown in (("A", "12"), ("B", "9"))]
    text = delimited(header, *rows[:2], totals[0], rows[2], totals[1])
    upload = read_export(text.encode(), name="report.csv")
    assert impressions(upload) == [5, 7, 9]
    assert upload.receipt.totals_set_aside == 2


PARTS = ("Campaign name", "Age", "Gender", *META[2:])


def test_a_row_of_a_whole_campaign_beside_the_rows_of_its_parts_is_set_aside() -> None:
    rows = [
        ("A", "", "", "12", "3", *MARCH),
        ("A", "18-24", "female", "5", "1", *MARCH),
        ("A", "25-34", "male", "7", "2", *MARCH),
        ("B", "18-24", "female", "9", "1", *MARCH),
        ("B", "", "", "9", "1", *MARCH),
    ]
    upload = read_export(delimited(PARTS, *rows).encode(), name="report.csv")
    assert upload.rows["row"].to_pylist() == [3, 4, 5]
    assert (upload.receipt.rows_read, upload.receipt.totals_set_aside) == (3, 2)


def test_a_row_without_a_part_that_is_not_the_sum_of_the_others_is_data() -> None:
    rows = [("A", "", "", "4", "3", *MARCH), ("A", "18-24", "female", "5", "1", *MARCH)]
    upload = read_export(delimited(PARTS, *rows).encode(), name="report.csv")
    assert impressions(upload) == [4, 5]
