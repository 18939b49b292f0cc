"""The twenty-five quirks of real exports, by how likely one is to meet them, each with what becomes of it.

 1  UTF-16, `sep=,` and a title line       test_a_daily_series_is_read_past_its_delimiter_line_and_its_title
 2  reach added up                         test_people_reached_are_kept_and_never_added_up
 3  total rows as data                     test_totals_at_the_top_and_the_bottom_are_no_rows; test_quirks_files
 4  views that are not the same thing      test_views_before_and_after_a_change_of_definition_are_told_apart
 5  saved again in a local Excel           test_a_file_that_excel_saved_again_is_the_same_file
 6  the same file or window twice          test_the_same_file_and_an_overlapping_window_count_once
 7  headers in other languages             test_headers_of_one_report_in_six_languages_mean_the_same
 8  03/06/2026                             test_quirks_days: …is_asked_and_never_guessed
 9  no date column, ranges, cut months     test_a_range_in_a_cell_is_its_days_and_a_cut_month_is_said; test_quirks_days
10  currency in header, column or cell     test_a_currency_is_found_in_a_header_in_a_column_and_in_a_cell
11  lifetime figures among daily ones      test_figures_since_publication_are_no_figures_of_a_day
12  results of several types               test_results_of_several_types_are_never_added_up
13  tabs in UTF-16, called .csv            test_tabs_in_utf_16_below_two_lines_are_read
14  decimals turned into dates             test_quirks_cells: …that_a_spreadsheet_took_for_a_date_is_missing_and_said
15  survey files                           test_a_survey_with_semicolons_and_questions_as_headers_is_no_export
16  days without a year, `undefined`       test_days_without_a_year_wait_for_an_answer_and_words_for_nothing_are_missing
17  nulls and hidden small numbers         test_quirks_cells: …is_missing_and_never_nought, …is_missing_counted_and_said
18  stacked tables                         test_tables_below_each_other_are_read_one_by_one
19  per cent as number, text or fraction   test_quirks_cells: …with_their_sign_and_without_and_with_a_comma
20  thousands in some columns only         test_one_column_with_separators_and_one_without_are_both_read
21  long identifiers destroyed             test_quirks_files: …shortened_are_warned_of…, …as_numbers_are_warned_of…
22  text over lines, rows quoted again     test_rows_that_a_spreadsheet_quoted_whole_are_taken_apart
23  headers twice, a row of descriptions   test_a_row_of_descriptions_below_the_header_is_no_row; test_quirks_files
24  archives                               test_an_archive_with_names_of_another_system_is_read_file_by_file
25  signs that nobody sees, Namibia        test_quirks_files: …soft_hyphens…; test_quirks_cells: test_namibia_…

Runners-up: days left out and days before a figure existed, midnight moved by an hour, lists cut at 500 rows, empty
exports, quarters, columns that people made themselves, odd bands of age and sex: below, in this order. What people and
programs make of a whole report (columns moved, left out or without names): test_quirks_changes.
"""

import datetime as dt
import io
import unicodedata
import zipfile
from pathlib import Path

import duckdb
import pytest

from campaigns.batches import save_batch
from campaigns.current import current_files
from campaigns.exports import read_archive, read_export
from campaigns.receipts import Kind, Upload, WindowSource
from campaigns.store import open_store
from tests.examples import campaign
from tests.look_alikes import business_suite, series
from tests.look_alikes.quirks import GOOGLE, MARCH, META, advertisements, delimited

FIRST, LAST = (dt.date.fromisoformat(day) for day in MARCH)


def column(upload: Upload, name: str) -> list[object]:
    return list(upload.rows[name].to_pylist())


def codes(upload: Upload) -> set[str]:
    return {problem.code for problem in upload.problems}


def test_a_daily_series_is_read_past_its_delimiter_line_and_its_title() -> None:
    upload = read_export(business_suite(series("Facebook reach", "120", "80")), name="Reach.csv")
    assert (upload.receipt.platform, upload.receipt.encoding) == ("meta_business_suite", "utf-16-le")
    assert (column(upload, "reach"), column(upload, "row")) == ([120, 80], [4, 5])


def test_people_reached_are_kept_and_never_added_up() -> None:
    text = advertisements("100", "50", header=(*META[:2], "Reach", *META[3:]))
    upload = read_export(text.encode())
    assert (column(upload, "reach"), upload.receipt.totals["reach"]) == ([100, 50], None)
    assert "reach_not_additive" in codes(upload)


def test_totals_at_the_top_and_the_bottom_are_no_rows() -> None:
    google = delimited(GOOGLE, (MARCH[0], "Two roads", "7", "10", "1", "2.50", "EUR"))
    google += "".join(
        f"Total: {part},,,{ten}0,1,2.50,EUR\n" for ten, part in enumerate(("Account", "Search", "Video"), 1)
    )
    upload = read_export(google.encode(), name="report.csv")
    assert (upload.receipt.totals["impressions"], upload.receipt.totals_set_aside) == (10, 3)
    youtube = "Content,Video title,Views\nTotal,,99\nabcdefghijk,One,7\nabcdefghijl,Two,5\n"
    assert read_export(youtube.encode(), name="Table data.csv").receipt.totals["views"] == 12


def test_views_before_and_after_a_change_of_definition_are_told_apart() -> None:
    for first, changed in (("2025-03-30", True), ("2025-03-31", False)):
        upload = read_export(f"Date,Views\n{first},5\n2025-04-01,6\n".encode(), name="Totals.csv")
        assert ("definition_changed_inside_window" in codes(upload)) == changed


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [("utf-16", "\t", "\r\n"), ("cp1252", ";", "\r\n"), ("utf-8-sig", ";", "\r\n"), ("utf-8", ",", "\n")],
)
def test_a_file_that_excel_saved_again_is_the_same_file(encoding: str, delimiter: str, end: str) -> None:
    local = delimiter == ";"
    days = ("01/03/2026", "31/03/2026") if local else MARCH
    header = ["Nom de la campagne", *META[1:3], "Montant dépensé (EUR)", "Début des rapports", "Fin des rapports"]
    text = delimited(header, ("Défi", "7", "1 234", "5,50" if local else "5.50", *days), delimiter=delimiter, end=end)
    upload = read_export(text.encode(encoding), name="rapport.csv")
    assert (column(upload, "impressions"), column(upload, "spend")) == ([1234], [5_500_000])
    assert (column(upload, "entity_name"), upload.receipt.window) == (["Défi"], (FIRST, LAST))


def test_the_same_file_and_an_overlapping_window_count_once(tmp_path: Path) -> None:
    def day(number: int, shown: str) -> tuple[str, ...]:
        return (f"2026-03-{number:02}", "Two roads", "7", shown, "1", "2.50", "EUR")

    first = read_export(delimited(GOOGLE, day(1, "10"), day(2, "20")).encode(), name="report.csv")
    later = read_export(delimited(GOOGLE, day(2, "25"), day(3, "30")).encode(), name="report (1).csv")
    with open_store(tmp_path / "tracker.db") as store:
        store.save_campaign(campaign("C1"), person="Amina")
        for upload in (first, first, later):
            save_batch(store, upload, campaign="C1", person="Amina")
        files = [str(path) for path in current_files(store, Kind.ENGAGEMENT)]
        with duckdb.connect() as connection:
            shown = connection.execute("SELECT sum(impressions) FROM read_parquet(?)", [files]).fetchone()
    assert shown == (10 + 25 + 30,)


@pytest.mark.parametrize(
    "header",
    [
        "Campaign name,Impressions,Amount spent (XOF)",
        "Nom de la campagne,Impressions,Montant dépensé (XOF)",
        "Nombre de la campaña,Impresiones,Importe gastado (XOF)",
        "Nome da campanha,Impressões,Valor usado (XOF)",
        "Название кампании,Показы,Потраченная сумма (XOF)",
        "اسم الحملة,مرات الظهور,المبلغ الذي تم إنفاقه (XOF)",
    ],
)
def test_headers_of_one_report_in_six_languages_mean_the_same(header: str) -> None:
    upload = read_export(f"{header}\nTwo roads,10,500\n".encode(), name="Ads_2026-03-01_2026-03-31.csv")
    assert (upload.receipt.platform, upload.receipt.currency) == ("meta_ads", "XOF")
    assert upload.receipt.totals == {"impressions": 10, "spend": 500_000_000}


def test_a_range_in_a_cell_is_its_days_and_a_cut_month_is_said() -> None:
    text = "Month,Impressions,Amount spent (EUR)\n2026-02-01 - 2026-02-28,5,1\n2026-03-01 - 2026-03-11,6,2\n"
    upload = read_export(text.encode(), name="report.csv")
    assert column(upload, "window_start") == [dt.date(2026, 2, 1), FIRST]
    assert column(upload, "window_end") == [dt.date(2026, 2, 28), dt.date(2026, 3, 11)]
    assert "partial_period" in codes(upload)


def test_a_currency_is_found_in_a_header_in_a_column_and_in_a_cell() -> None:
    in_header = advertisements("10").replace("(EUR)", "(XOF)")
    in_column = delimited(GOOGLE, (MARCH[0], "Two roads", "7", "10", "1", "2.50", "XOF"))
    in_cell = "Device,Cost,Impressions,Clicks\nPhones,XOF 5.50,10,1\n"
    assert {read_export(text.encode()).receipt.currency for text in (in_header, in_column, in_cell)} == {"XOF"}
    without = read_export(in_header.replace(" (XOF)", "").encode())
    assert (without.receipt.currency, "currency_unknown" in codes(without)) == (None, True)


@pytest.mark.parametrize("word", ["Lifetime", "Vitalício", "À vie"])
def test_figures_since_publication_are_no_figures_of_a_day(word: str) -> None:
    text = f"Post ID,Page ID,Page name,Publish time,Date,Reach,Views\n99,1,Us,03/14/2026 07:00,{word},7,9\n"
    upload = read_export(text.encode(), name="Mar-01-2026_Mar-31-2026_99.csv")
    assert column(upload, "views") == [9]
    assert (upload.receipt.window, upload.receipt.window_source) == ((FIRST, LAST), WindowSource.FILE_NAME)


def test_results_of_several_types_are_never_added_up() -> None:
    header = (*META[:3], "Results", "Result type", *META[4:])
    rows = [("A", "1", "10", "4", "Link clicks", *MARCH), ("B", "2", "10", "6", "ThruPlays", *MARCH)]
    mixed = read_export(delimited(header, *rows).encode())
    assert (column(mixed, "results"), mixed.receipt.totals["results"]) == ([4_000_000, 6_000_000], None)
    assert "mixed_result_types" in codes(mixed)
    assert read_export(delimited(header, rows[0]).encode()).receipt.totals["results"] == 4_000_000


def test_tabs_in_utf_16_below_two_lines_are_read() -> None:
    header = ("Campaign status", "Campaign", "Currency code", "Impr.", "Cost", "Clicks")
    rows = [
        ("Enabled", "Two roads", "EUR", "12,345", "1234.50", "67"),
        ("Paused", "Ask first", "EUR", "655", "0.00", " --"),
    ]
    text = "Campaign report\n1 March 2026 - 31 March 2026\n" + delimited(header, *rows, delimiter="\t")
    upload = read_export(text.encode("utf-16"), name="report.csv")
    assert (column(upload, "impressions"), column(upload, "clicks_all")) == ([12_345, 655], [67, None])
    assert (upload.receipt.window, upload.receipt.window_source) == ((FIRST, LAST), WindowSource.PREAMBLE)


def test_a_survey_with_semicolons_and_questions_as_headers_is_no_export() -> None:
    rows = ('"start";"Connaissez-vous les dangers de la route ?";"_uuid"', '"2026-03-01";"oui";"a-1"', "")
    upload = read_export("\r\n".join(rows).encode(), name="Enquête.csv")
    assert (upload.receipt.kind, upload.rows.num_rows) == (Kind.SURVEY, 0)


def test_days_without_a_year_wait_for_an_answer_and_words_for_nothing_are_missing() -> None:
    text = 'Date,Video Views,Profile Views\n"8 de marzo",5,undefined\n"9 de marzo",7,NAN\n'
    asked = read_export(text.encode(), name="Overview.csv")
    assert "no_year_in_dates" in codes(asked)
    answered = read_export(text.encode(), name="Overview.csv", answers={"year": "2026"})
    assert column(answered, "window_start") == [dt.date(2026, 3, 8), dt.date(2026, 3, 9)]
    assert column(answered, "profile_visits") == [None, None]


def test_tables_below_each_other_are_read_one_by_one() -> None:
    data = business_suite(series("Facebook follows", "7", "14"), series("Instagram follows", "1", "2"))
    upload = read_export(data, name="Follows.csv")
    assert column(upload, "entity_name") == ["Facebook follows"] * 2 + ["Instagram follows"] * 2
    assert column(upload, "follows_gained") == [7, 14, 1, 2]
    assert "stacked_tables" in codes(upload)


def test_one_column_with_separators_and_one_without_are_both_read() -> None:
    upload = read_export(advertisements("1,286", "3,000", spend="1164.09").encode())
    assert (column(upload, "impressions"), column(upload, "spend")) == ([1286, 3000], [1_164_090_000] * 2)


def test_rows_that_a_spreadsheet_quoted_whole_are_taken_apart() -> None:
    lines = advertisements("1,234").splitlines()
    text = "\n".join('"{}"'.format(line.replace('"', '""')) for line in lines)
    upload = read_export(text.encode(), name="report.csv")
    assert (column(upload, "impressions"), "rows_rewrapped" in codes(upload)) == ([1234], True)


def test_a_row_of_descriptions_below_the_header_is_no_row() -> None:
    text = (
        "Date,Video Views,Likes\nThe day in the time of your account,How often your videos were seen,"
        "How many people liked a video\n2026-03-01,5,1\n"
    )
    upload = read_export(text.encode(), name="Overview.csv")
    assert (column(upload, "views"), upload.receipt.other_rows_set_aside) == ([5], 1)


def test_an_archive_with_names_of_another_system_is_read_file_by_file() -> None:
    name = unicodedata.normalize("NFD", "Données du tableau.csv")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr(name, "Content,Video title,Views\nTotal,,9\nabcdefghijk,One,5\n")
        packed.writestr("Totaux.csv", "Date,Views\n2026-03-01,9\n")
        packed.writestr(f"__MACOSX/._{name}", b"\x00\x05\x16\x07")
    uploads = read_archive(content.getvalue(), name="Contenu 2026-03-01_2026-03-31.zip")
    assert [upload.receipt.totals["views"] for upload in uploads.values()] == [5, 9]
    assert "account_unknown" in codes(uploads["Totaux.csv"])


def test_days_left_out_are_said_and_days_before_a_figure_existed_are_nought_as_written() -> None:
    sparse = series("Instagram follows", "3") + '"2026-03-05T00:00:00","4"\n'
    assert "missing_days" in codes(read_export(business_suite(sparse), name="Follows.csv"))
    leading = read_export(business_suite(series("Facebook views", "0", "0", "7")), name="Views.csv")
    assert (column(leading, "views"), "missing_days" in codes(leading)) == ([0, 0, 7], False)


def test_midnight_moved_by_an_hour_is_the_same_day() -> None:
    text = '"Views"\n"Date","Primary"\n"2026-03-28T00:00:00","5"\n"2026-03-29T01:00:00","6"\n'
    assert column(read_export(text.encode(), name="Views.csv"), "window_start") == [
        dt.date(2026, 3, day) for day in (28, 29)
    ]


def test_a_list_that_the_platform_cut_is_said() -> None:
    rows = "".join(f"id{number:09},V{number},1\n" for number in range(500))
    assert "rows_capped" in codes(read_export(f"Content,Video title,Views\n{rows}".encode(), name="Table data.csv"))


@pytest.mark.parametrize("text", [delimited(META), delimited(META, ("No data available.", "", "", "", "", ""))])
def test_an_export_of_nothing_is_empty_and_not_nought(text: str) -> None:
    upload = read_export(text.encode(), name="report.csv")
    assert (upload.rows.num_rows, "empty_export" in codes(upload)) == (0, True)


def test_a_quarter_is_its_days() -> None:
    upload = read_export(b"Date,Cost,Impressions,Clicks\n4th quarter 2023,$5.50,10,1\n", name="Time_series.csv")
    assert (column(upload, "window_start"), column(upload, "window_end")) == (
        [dt.date(2023, 10, 1)],
        [dt.date(2023, 12, 31)],
    )


def test_a_column_that_people_made_themselves_is_named_and_not_stored() -> None:
    upload = read_export(delimited((*META, "* LC → LPV"), ("A", "1", "10", "5", *MARCH, "0.4")).encode())
    assert [(problem.column, problem.value) for problem in upload.problems if problem.code == "unknown_columns"] == [
        ("* LC → LPV", "1")
    ]
    assert column(upload, "impressions") == [10]


@pytest.mark.parametrize(
    ("age", "code"), [("18–24", "Y18T24"), ("18 a 24 anos", "Y18T24"), ("65+", "Y_GE65"), ("Unknown", "U")]
)
def test_a_band_of_age_is_known_in_odd_writing(age: str, code: str) -> None:
    text = delimited(("Campaign name", "Age", "Gender", *META[2:]), ("A", age, "unknown", "10", "5", *MARCH))
    upload = read_export(text.encode())
    assert (column(upload, "age"), column(upload, "sex")) == ([code], ["U"])
