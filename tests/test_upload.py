"""Exports from bytes to rows, problems and a receipt; all numbers are invented."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.exports import read_archive, read_export
from campaigns.problems import Severity
from campaigns.receipts import Kind, Upload, WindowSource
from campaigns.rows import ENGAGEMENT_SCHEMA
from tests.look_alikes import TEMPLATE, business_suite, series, template, template_row, workbook

META = (
    "Campaign name,Reach,Impressions,Link clicks,Result type,Results,Amount spent (XOF),Reporting starts,Reporting ends"
)
META_ROWS = (
    "Ask first,900,1500,12,Link clicks,12,2500.5,2026-03-01,2026-03-31",
    "Two roads,400,600,3,ThruPlays,80,1200.25,2026-03-01,2026-03-31",
)


def meta(*rows: str, header: str = META) -> bytes:
    return ("\ufeff" + "\n".join((header, *(rows or META_ROWS), ""))).encode()


def codes(upload: Upload, *severities: Severity) -> set[str]:
    return {problem.code for problem in upload.problems if not severities or problem.severity in severities}


def column(upload: Upload, name: str) -> list[object]:
    return list(upload.rows[name].to_pylist())


def places(upload: Upload, code: str) -> list[tuple[int | None, str | None, str | None]]:
    return [(p.row, p.column, p.value) for p in upload.problems if p.code == code]


def test_rows_have_the_stored_columns_in_their_order() -> None:
    assert read_export(meta()).rows.schema == ENGAGEMENT_SCHEMA
    assert read_export(b"").rows.schema == ENGAGEMENT_SCHEMA


def test_an_advertising_report_is_read_with_its_receipt() -> None:
    upload = read_export(meta(), name="march.csv")
    receipt = upload.receipt
    assert (receipt.kind, receipt.platform, receipt.report) == (Kind.ENGAGEMENT, "meta_ads", "ads_by_campaign")
    assert (receipt.level, receipt.language, receipt.currency, receipt.grain) == ("campaign", "en", "XOF", "window")
    assert receipt.window == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert receipt.window_source == WindowSource.COLUMN
    assert (receipt.file_name, receipt.size, receipt.rows_read) == ("march.csv", len(meta()), 2)
    assert receipt.totals["impressions"] == 2100
    assert receipt.totals["spend"] == 3_700_750_000
    assert column(upload, "entity_name") == ["Ask first", "Two roads"]
    assert column(upload, "row") == [2, 3]
    assert column(upload, "currency") == ["XOF", "XOF"]


def test_reach_is_kept_and_never_added_up() -> None:
    upload = read_export(meta())
    assert column(upload, "reach") == [900, 400]
    assert upload.receipt.totals["reach"] is None
    assert "reach_not_additive" in codes(upload, Severity.NOTE)


def test_results_of_two_types_are_never_added_up() -> None:
    upload = read_export(meta())
    assert upload.receipt.totals["results"] is None
    assert "mixed_result_types" in codes(upload)
    assert read_export(meta(META_ROWS[0])).receipt.totals["results"] == 12_000_000


def test_a_total_without_a_label_is_set_aside() -> None:
    total = ",1100,2100,15,mixed,,3700.75,2026-03-01,2026-03-31"
    upload = read_export(meta(total, *META_ROWS))
    assert upload.receipt.totals["impressions"] == 2100
    assert upload.receipt.totals_set_aside == 1
    assert places(upload, "total_row_set_aside") == [(2, None, "1")]


def test_blank_cells_are_missing_and_not_nought() -> None:
    upload = read_export(meta("Ask first,900,1500,,,,,2026-03-01,2026-03-31"))
    assert column(upload, "link_clicks") == [None]
    assert "link_clicks" not in upload.receipt.totals


def test_an_export_without_rows_is_empty_and_not_nought() -> None:
    for data in (META.encode(), META.encode() + b'\n"No data available."\n'):
        upload = read_export(data)
        assert upload.refused
        assert "empty_export" in codes(upload)
        assert upload.receipt.totals == {}


def test_google_ads_reports_are_read_past_their_totals() -> None:
    text = (
        "Campaign report\n27 January 2026 - 23 February 2026\n"
        "Campaign status\tCampaign\tCurrency code\tImpr.\tCost\tClicks\tCTR\tConversions\n"
        'Enabled\tAsk first\tEUR\t"12,345"\t1234.50\t67\t0.54%\t --\n'
        'Paused\tTwo roads\tEUR\t655\t"1,000.25"\t --\t< 10%\t1.50\n'
        'Total: Campaigns\t\tEUR\t"13,000"\t2234.75\t67\t\t1.50\n'
        'Total: Account\t\tEUR\t"99,000"\t9999.00\t80\t\t9.00\n'
    )
    upload = read_export(text.encode("utf-16"))
    assert upload.receipt.totals == {
        "impressions": 13_000,
        "clicks_all": 67,
        "results": 1_500_000,
        "spend": 2_234_750_000,
    }
    assert upload.receipt.totals_set_aside == 2
    assert upload.receipt.window == (dt.date(2026, 1, 27), dt.date(2026, 2, 23))
    assert upload.receipt.window_source == WindowSource.PREAMBLE
    assert column(upload, "clicks_all") == [67, None]


def test_youtube_tables_lose_their_total_and_keep_namibia() -> None:
    text = (
        "Geography,Views,Average view duration,Watch time (hours)\nTotal,99,0:01:00,9\nNA,7,0:00:30,0.5\nSN,5,,0.25\n"
    )
    upload = read_export(text.encode(), name="Table data.csv")
    assert column(upload, "country") == ["NAM", "SEN"]
    assert upload.receipt.totals == {"views": 12, "watch_time": 2700}
    assert {"total_row_set_aside", "no_window_in_file", "account_unknown"} <= codes(upload)


def test_a_platform_may_count_what_people_take_back() -> None:
    upload = read_export(b"Date,Video Views,Likes,Comments\n2026-03-01,9,-2,0\n")
    assert column(upload, "likes") == [-2]
    assert not codes(upload, Severity.ERROR)


def test_days_without_a_year_wait_for_an_answer() -> None:
    text = '"Date","Video Views","Profile Views","Likes"\n"December 31","5","0","1"\n"January 1","7","undefined","0"\n'
    asked = read_export(text.encode())
    assert column(asked, "window_start") == [None, None]
    assert asked.receipt.window is None
    assert places(asked, "no_year_in_dates") == [(None, "Date", "December 31")]
    answered = read_export(text.encode(), answers={"year": "2026"})
    assert column(answered, "window_start") == [dt.date(2025, 12, 31), dt.date(2026, 1, 1)]
    assert not answered.undecided


def test_stacked_series_of_two_networks_are_kept_apart() -> None:
    data = business_suite(series("Follows", "7", "14"), series("Instagram follows", "1", "2", start=1))
    upload = read_export(data, name="Follows.csv")
    assert column(upload, "entity_name") == ["Follows", "Follows", "Instagram follows", "Instagram follows"]
    assert column(upload, "ordinal") == [0, 0, 0, 0]
    assert upload.receipt.totals == {"follows_gained": 24}
    assert {"stacked_tables", "account_unknown"} <= codes(upload)


def test_days_left_out_of_a_series_are_said() -> None:
    text = series("Seguidores no Instagram", "3", "1", header=("Data", "Primary")) + '"2026-03-05T00:00:00","4"\n'
    upload = read_export(("sep=,\n" + text).encode("utf-16"))
    assert upload.rows.num_rows == 3
    assert "missing_days" in codes(upload)


def test_midnight_may_shift_by_an_hour_in_a_series() -> None:
    text = '"Views"\n"Date","Primary"\n"2026-03-28T00:00:00","5"\n"2026-03-29T01:00:00","6"\n'
    upload = read_export(text.encode())
    assert column(upload, "window_start") == [dt.date(2026, 3, 28), dt.date(2026, 3, 29)]


def test_shares_of_an_audience_are_kept_as_shares() -> None:
    blocks = (
        '"Age & gender"\n"","Women","Men"\n"18-24","10.6","6.5"\n\n"Top countries"\n"Senegal","Mali"\n"75.1","5.9"\n'
    )
    upload = read_export(("sep=,\n" + blocks).encode("utf-16"))
    assert column(upload, "audience_share") == [106_000, 65_000, 751_000, 59_000]
    assert column(upload, "age") == ["Y18T24", "Y18T24", None, None]
    assert column(upload, "country") == [None, None, "SEN", "MLI"]
    assert upload.receipt.totals == {"audience_share": None}


def test_decimals_that_a_spreadsheet_took_for_dates_are_missing_and_said() -> None:
    text = "Age & gender;;\n;Women;Men\n18-24;3.апр;1.5\n25-34;17.юни;2.5\n"
    upload = read_export(text.encode("cp1251"))
    assert column(upload, "audience_share") == [None, 15_000, None, 25_000]
    assert {"excel_damaged_decimals", "encoding_guessed"} <= codes(upload)


def test_shares_written_as_fractions_are_fractions() -> None:
    upload = read_export(b'"Top territories","Distribution"\n"SN","0.462"\n"Others","0.211"\n')
    assert column(upload, "audience_share") == [462_000, 211_000]
    assert column(upload, "region") == [None, "Others"]


def test_posts_are_read_without_their_text_and_links() -> None:
    text = (
        "Post ID,Account ID,Account username,Description,Publish time,Permalink,Date,Views,Reach,Likes\n"
        '18360000000000001,1784,someone,"call +221 77 000 00 00\nplease",03/04/2026 07:00,https://x/someone/1,Lifetime,9,7,1\n'
        ",1784,someone,An error occurred,,,,5,4,0\n"
    )
    upload = read_export(text.encode(), name="Mar-01-2026_Mar-31-2026_99.csv")
    assert column(upload, "entity_id") == ["18360000000000001", None]
    assert column(upload, "account") == ["1784", "1784"]
    assert upload.receipt.dropped == ("Account username", "Description", "Permalink")
    assert upload.receipt.window == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert upload.receipt.window_source == WindowSource.FILE_NAME
    assert places(upload, "rows_without_identity") == [(4, "Post ID", "1")]
    stored = str(upload.rows.to_pylist()) + str(upload.receipt) + str(upload.problems)
    assert "221" not in stored
    assert "someone" not in stored


def test_a_videos_number_is_taken_from_its_link_and_the_link_is_not_kept() -> None:
    text = "Video title,Video link,Post time,Video views,Likes\nx,https://www.tiktok.com/@me/video/7567452112981069079,2026/03/01,5,1\n"
    upload = read_export(text.encode())
    assert column(upload, "entity_id") == ["7567452112981069079"]
    assert "tiktok.com" not in str(upload.rows.to_pylist())


def test_identifiers_that_a_spreadsheet_damaged_are_not_used() -> None:
    text = "Ad name,Ad ID,Impressions,Amount spent (USD)\nA,1.20253E+17,5,1\nB,120242075202220007,6,2\n"
    upload = read_export(text.encode())
    assert column(upload, "entity_id") == [None, "120242075202220007"]
    assert not upload.receipt.identified
    assert "ids_damaged" in codes(upload)


def test_rows_that_nothing_tells_apart_are_all_kept_and_numbered() -> None:
    text = "Day,Impressions,Amount Spent\n2026-03-01,5,1\n2026-03-01,5,1\n2026-03-02,7,2\n"
    upload = read_export(text.encode())
    assert column(upload, "ordinal") == [0, 1, 0]
    assert upload.receipt.totals["impressions"] == 17
    assert {"rows_not_distinct", "currency_unknown", "account_unknown"} <= codes(upload)


def test_names_alone_do_not_identify_rows() -> None:
    assert not read_export(meta()).receipt.identified


def test_an_ambiguous_decimal_sign_is_asked_about_and_answered() -> None:
    data = template(template_row(spend="1.234"), template_row(spend="5.678", date="2026-03-02"))
    asked = read_export(data)
    assert places(asked, "decimal_sign_ambiguous") == [(None, "spend", "1.234")]
    assert asked.undecided
    assert column(read_export(data, answers={"decimal_sign": "comma"}), "spend") == [1_234_000_000, 5_678_000_000]
    assert column(read_export(data, answers={"decimal_sign": "point"}), "spend") == [1_234_000, 5_678_000]


def test_one_column_that_shows_its_sign_decides_for_the_file() -> None:
    header = "Fecha;Nombre de la campaña;Importe gastado;Impresiones"
    text = f"{header}\n15/09/2026;Una;12,50 €;3.000\n16/09/2026;Una;7 €;2.000\n"
    upload = read_export(text.encode())
    assert upload.receipt.totals == {"impressions": 5000, "spend": 19_500_000}
    assert upload.receipt.currency == "EUR"
    assert not upload.undecided


def test_an_ambiguous_order_of_day_and_month_is_asked_about_and_answered() -> None:
    data = template(template_row(date="03/04/2026"), template_row(date="05/06/2026"))
    assert places(read_export(data), "date_order_ambiguous") == [(None, "date", "03/04/2026")]
    for order, first in (("day_first", dt.date(2026, 4, 3)), ("month_first", dt.date(2026, 3, 4))):
        upload = read_export(data, answers={"date_order": order})
        assert column(upload, "window_start")[0] == first
        assert not upload.undecided


def test_an_answer_names_account_and_currency() -> None:
    text = "Day,Impressions,Amount Spent\n2026-03-01,5,1\n"
    upload = read_export(text.encode(), answers={"account": "page-1", "currency": "KES"})
    assert (column(upload, "account"), column(upload, "currency")) == (["page-1"], ["KES"])
    assert not {"account_unknown", "currency_unknown"} & codes(upload)


@pytest.mark.parametrize(
    "answers", [{"colour": "red"}, {"year": "26"}, {"currency": "EURO"}, {"date_order": "both"}, {"decimal_sign": ";"}]
)
def test_an_answer_to_no_question_is_a_mistake(answers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(answers.values())) + "|" + next(iter(answers))):
        read_export(template(), answers=answers)


def test_the_projects_own_table_is_read() -> None:
    upload = read_export(template())
    assert places(upload, "personal_text_not_stored") == [(3, "notes", None)]
    assert upload.receipt.totals == {
        "impressions": 3300,
        "reach": None,
        "views": 930,
        "clicks_all": 63,
        "spend": 18_600_000,
    }
    assert column(upload, "country") == ["SEN", "SEN", "NAM"]
    assert column(upload, "sex") == ["F", "M", "F"]
    assert column(upload, "age") == ["Y18T24", "Y18T24", "Y25T34"]
    assert column(upload, "platform") == ["tiktok", "tiktok", "youtube"]
    assert "123 45" not in str(upload.rows.to_pylist()) + str(upload.receipt)


@pytest.mark.parametrize(
    ("cells", "code", "header"),
    [
        ({"impressions": "many"}, "number_not_readable", "impressions"),
        ({"impressions": "-5"}, "number_negative", "impressions"),
        ({"impressions": "5.5"}, "number_not_whole", "impressions"),
        ({"impressions": ""}, "value_missing", "impressions"),
        ({"impressions": "9" * 30}, "number_too_large", "impressions"),
        ({"impressions": "9" * 5000}, "number_too_large", "impressions"),
        ({"clicks": "1001"}, "clicks_exceed_impressions", "clicks"),
        ({"reach": "1001"}, "reach_exceeds_impressions", "reach"),
        ({"clicks": "12²"}, "number_not_readable", "clicks"),
        ({"clicks": "5%"}, "number_not_readable", "clicks"),
        ({"spend": "inf"}, "number_not_readable", "spend"),
        ({"spend": "1e309"}, "number_not_readable", "spend"),
        ({"spend": "£5.10"}, "currency_conflict", "spend"),
        ({"date": "2026-02-30"}, "date_not_readable", "date"),
        ({"date": ""}, "value_missing", "date"),
        ({"date": "2026-03-09 - 2026-03-01"}, "end_before_start", "date"),
        ({"country": "Atlantis"}, "country_not_known", "country"),
        ({"age_group": "oct.17"}, "age_not_known", "age_group"),
        ({"currency": "EURO"}, "currency_not_known", "currency"),
        ({"campaign_id": "1.20253E+17"}, "ids_damaged", "campaign_id"),
        ({"campaign_id": ""}, "value_missing", "campaign_id"),
    ],
)
def test_a_row_that_cannot_be_true_is_named_and_the_others_are_kept(
    cells: dict[str, str], code: str, header: str
) -> None:
    good = [template_row(date=f"2026-03-0{day}") for day in (2, 3, 4)]
    upload = read_export(template(*good[:2], template_row(**cells), good[2]))
    assert [(row, name) for row, name, _ in places(upload, code)] == [(4, header)]
    assert column(upload, "row") == [2, 3, 5]


def test_the_same_row_twice_is_stored_once_and_contradictions_are_refused() -> None:
    first = template_row()
    repeated = read_export(template(first, first))
    assert repeated.rows.num_rows == 1
    assert places(repeated, "rows_repeated") == [(3, None, None)]
    contrary = read_export(template(first, template_row(clicks="21")))
    assert places(contrary, "rows_conflict") == [(3, None, None)]


def test_rows_for_everybody_are_set_aside_beside_their_parts() -> None:
    rows = [template_row(gender="female"), template_row(gender="male"), template_row(gender="All", impressions="2000")]
    upload = read_export(template(*rows))
    assert upload.receipt.totals["impressions"] == 2000
    assert upload.receipt.totals_set_aside == 1


def test_a_column_that_the_table_cannot_do_without_is_asked_for() -> None:
    header = TEMPLATE.replace(",date,", ",")
    row = template_row().replace(",2026-03-01,", ",")
    upload = read_export(f"{header}\n{row}\n".encode())
    assert places(upload, "column_missing") == [(1, "date", None)]
    assert upload.refused


def test_two_equal_headers_with_other_figures_are_refused() -> None:
    text = "Campaign name,Impressions,Impressions,Amount spent (EUR)\nA,5,6,1\n"
    assert places(read_export(text.encode()), "headers_conflict") == [(1, "Impressions", None)]
    same = read_export(text.replace(",6,", ",5,").encode())
    assert codes(same) >= {"duplicate_headers"}
    assert not same.undecided


def test_many_faults_are_counted_and_not_all_listed() -> None:
    upload = read_export(template(*(template_row(impressions="many") for _ in range(80))))
    assert len(places(upload, "number_not_readable")) == 50
    assert places(upload, "number_not_readable_more") == [(None, "impressions", "30")]


def test_a_file_of_answers_is_left_to_the_survey_reader() -> None:
    upload = read_export(b'"q1";"_id";"_uuid";"_index"\n"#a";"";"";""\n"yes";"";"u";"1"\n')
    assert (upload.receipt.kind, upload.receipt.platform) == (Kind.SURVEY, "kobotoolbox")
    assert (upload.receipt.rows_read, upload.receipt.other_rows_set_aside) == (1, 1)
    assert upload.rows.num_rows == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Fruit,Colour\napple,red\n", "layout_unknown"),
        (b"# Report CSV Export\n# Start date: 20260301\nCity,Purchases\nDakar,5\n", "declined_site_snapshot"),
        (b"Store code,Business name,Calls,Messages\n1,A,5,6\n", "declined_business_profile"),
        (b"%PDF-1.7", "not_a_table"),
    ],
)
def test_a_file_that_is_no_export_stores_nothing(data: bytes, code: str) -> None:
    upload = read_export(data)
    assert code in codes(upload, Severity.ERROR)
    assert upload.receipt.kind == Kind.NOTHING
    assert upload.refused


def test_a_window_in_the_name_that_contradicts_the_rows_is_said() -> None:
    assert "window_conflict" in codes(read_export(meta(), name="R-2025-01-01_2025-01-31.csv"))
    assert "window_conflict" not in codes(read_export(meta(), name="R-2026-03-01_2026-03-31.csv"))


def test_a_month_that_is_cut_is_said() -> None:
    text = "Month,Impressions,Amount spent (EUR)\n2026-02-01 - 2026-02-28,5,1\n2026-03-01 - 2026-03-11,6,2\n"
    upload = read_export(text.encode())
    assert "partial_period" in codes(upload)
    assert upload.receipt.grain == "month"


def test_a_series_across_a_change_of_definition_is_said() -> None:
    upload = read_export(b"Date,Views\n2025-03-30,5\n2025-03-31,6\n", name="Totals.csv")
    assert places(upload, "definition_changed_inside_window") == [(None, None, "views 2025-03-31")]


def test_a_list_that_the_platform_cut_is_said() -> None:
    rows = "".join(f"id{number:09},V{number},{number}\n" for number in range(500))
    upload = read_export(f"Content,Video title,Views\n{rows}Showing top 500 results\n".encode())
    assert "rows_capped" in codes(upload)
    assert upload.receipt.other_rows_set_aside == 1


def test_columns_that_nobody_knows_are_named() -> None:
    upload = read_export(meta("A,1,2,2026-03-01", header="Campaign name,* OC→WA,Impressions,Reporting starts"))
    assert places(upload, "unknown_columns") == [(None, "* OC→WA", "1")]
    assert [reading.field for reading in upload.receipt.columns] == [
        "campaign_name",
        None,
        "impressions",
        "window_start",
    ]


def test_a_workbook_is_read_from_its_raw_sheet_alone() -> None:
    rows: list[list[object]] = [["Campaign name", "Impressions", "Amount spent (EUR)"], ["A", 5, 1.25]]
    both = read_export(workbook({"Formatted Report": rows, "Raw Data Report": rows}), name="r.xlsx")
    assert both.receipt.totals == {"impressions": 5, "spend": 1_250_000}
    assert not both.undecided
    asked = read_export(workbook({"One": rows, "Two": rows}), name="r.xlsx")
    assert asked.receipt.totals["impressions"] == 5
    assert places(asked, "several_sheets") == [(None, None, "One")]
    assert asked.receipt.sheets == ("One", "Two")


def test_the_sheet_that_a_person_names_is_the_one_that_is_read() -> None:
    header: list[object] = ["Campaign name", "Impressions", "Amount spent (EUR)"]
    book = workbook({"One": [header, ["A", 5, 1.25]], "Two": [header, ["A", 7, 1.25]]})
    chosen = read_export(book, name="r.xlsx", answers={"sheet": "Two"})
    assert chosen.receipt.totals["impressions"] == 7
    assert not chosen.undecided
    assert places(read_export(book, name="r.xlsx", answers={"sheet": "Three"}), "several_sheets") == [
        (None, None, "One")
    ]


def test_a_path_and_an_open_file_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "march.csv"
    path.write_bytes(meta())
    with path.open("rb") as file:
        assert read_export(file).rows == read_export(path).rows
    assert read_export(str(path)).receipt.file_name == "march.csv"
    assert read_export(io.BytesIO(meta()), name="m.csv").receipt.file_name == "m.csv"


def test_a_large_file_gives_what_the_same_rows_give_in_parts() -> None:
    rows = [
        template_row(date=f"2026-0{1 + number // 9000}-{1 + number % 28:02}", campaign_id=f"T-{number}", spend="1.50")
        for number in range(40_000)
    ]
    data = template(*rows)
    assert len(data) > 3 << 20
    large, small = read_export(data), read_export(template(*rows[:500]))
    assert large.rows.num_rows == 40_000
    assert large.rows.slice(0, 500).to_pylist() == small.rows.to_pylist()
    assert large.receipt.totals["spend"] == 40_000 * 1_500_000


def test_a_large_file_names_the_rows_that_cannot_be_true() -> None:
    rows = [template_row(campaign_id=f"T-{number}") for number in range(40_000)]
    rows[20_000] = template_row(impressions="-5")
    upload = read_export(template(*rows))
    assert places(upload, "number_negative") == [(20_002, "impressions", "-5")]
    assert upload.rows.num_rows == 39_999


def archive(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


def test_the_tables_of_an_archive_are_read_one_by_one() -> None:
    data = archive(
        {
            "Table data.csv": "Content,Video title,Views\nTotal,,9\na1,A,5\n",
            "Totals.csv": "Date,Views\n2026-03-01,9\n",
            "__MACOSX/._Totals.csv": b"\x00\x05",
        }
    )
    uploads = read_archive(data, name="Content 2026-03-01_2026-03-31.zip")
    assert list(uploads) == ["Table data.csv", "Totals.csv"]
    assert uploads["Table data.csv"].receipt.totals == {"views": 5}
    assert uploads["Table data.csv"].receipt.window == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert uploads["Totals.csv"].receipt.window_source == WindowSource.COLUMN


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive({"../../tmp/a.csv": "a,b\n"}), "archive_unsafe"),
        (archive({"/etc/a.csv": "a,b\n"}), "archive_unsafe"),
        (archive({f"{number}.csv": "a,b\n" for number in range(201)}), "archive_too_large"),
        (archive({"photo.png": "a"}), "archive_without_tables"),
        (archive({"a.csv": "a,b\n"})[:-30], "archive_not_readable"),
    ],
)
def test_an_archive_that_is_not_opened_says_why(data: bytes, code: str) -> None:
    uploads = read_archive(data, name="x.zip")
    assert [codes(upload) for upload in uploads.values()] == [{code}]


CELL = st.sampled_from(
    ["", "--", "5", "1,234", "1.234", "-3", "<1", "12%", "abc", "2026-03-01", "03/04/2026", "Total", "SN", "9" * 35]
)


@given(
    st.lists(st.sampled_from([*META.split(","), *TEMPLATE.split(","), "Day", "Primary", "Age", "strange"]), max_size=9),
    st.lists(st.lists(CELL, max_size=9), max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_no_table_makes_the_reader_fall_over(header: list[str], rows: list[list[str]]) -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [header, *rows])
    upload = read_export(text.encode())
    assert upload.rows.schema == ENGAGEMENT_SCHEMA
    assert upload.rows.num_rows <= len(rows) or upload.receipt.report == "audience_blocks"


def test_a_linkedin_summary_is_read_as_one_row_with_the_window_of_its_header() -> None:
    upload = read_export(b"Rendimento complessivo,17/6/2026 - 23/6/2026\nImpressioni,795\nUtenti raggiunti,327\n")
    assert upload.receipt.platform == "linkedin"
    assert upload.receipt.window == (dt.date(2026, 6, 17), dt.date(2026, 6, 23))
    assert upload.receipt.totals == {"impressions": 795, "reach": None}


def test_linkedin_shares_name_places_as_regions_and_other_groups_as_they_are() -> None:
    text = "Top Demographics,Value,Percentage\nLocation,Dakar,33%\nIndustry,Fishing,< 1%\n"
    upload = read_export(text.encode())
    assert column(upload, "region") == ["Dakar", None]
    assert column(upload, "entity_name") == [None, "Industry: Fishing"]
    assert column(upload, "audience_share") == [330_000, None]
    assert "censored_cells" in codes(upload)


def test_followers_of_a_page_are_a_stock_and_never_added_up() -> None:
    upload = read_export(b'sep=,\n"Facebook followers"\n"FB_PAGE,FOLLOW,UNIQUE_USERS"\n"30222"\n')
    assert column(upload, "followers") == [30_222]
    assert upload.receipt.totals == {"followers": None}


def test_platform_and_placement_together_are_the_placement() -> None:
    text = "Platform,Placement,Impressions,Amount spent (EUR)\nfacebook,Feed,5,1\ninstagram,Stories,6,2\n"
    assert column(read_export(text.encode()), "placement") == ["facebook: Feed", "instagram: Stories"]


def test_a_minors_band_is_marked_and_a_sign_in_the_amount_noted() -> None:
    upload = read_export(template(template_row(age_group="13-17", spend="€5.10")))
    assert column(upload, "age") == ["Y_LT18"]
    assert places(upload, "minors_in_audience") == [(2, "age_group", "13-17")]
    assert "currency_in_amount" in codes(upload, Severity.NOTE)
    assert column(upload, "spend") == [5_100_000]


def test_two_currencies_are_never_added_up() -> None:
    upload = read_export(template(template_row(), template_row(date="2026-03-02", currency="XOF")))
    assert upload.receipt.totals["spend"] is None
    assert upload.receipt.currency is None
    assert places(upload, "currencies_mixed") == [(None, "currency", "EUR, XOF")]


def test_a_dollar_sign_agrees_with_any_dollar_and_with_no_franc() -> None:
    assert column(read_export(template(template_row(spend="$5", currency="USD"))), "spend") == [5_000_000]
    assert places(read_export(template(template_row(spend="$5", currency="XOF"))), "currency_conflict")


def test_decimals_of_a_large_file_are_read_to_the_last_digit() -> None:
    row = "Ask first,1500,{spend},2026-03-01,2026-03-31,Set {number:05},a name that makes the file a large one"
    header = "Campaign name,Impressions,Amount spent (XOF),Reporting starts,Reporting ends,Ad set name,Ad name"
    spends = [f"{number / 7 + 0.1:.8f}" for number in range(40_000)]
    data = "\n".join([header, *(row.format(spend=spend, number=at) for at, spend in enumerate(spends)), ""]).encode()
    assert len(data) > 3 << 20
    assert column(read_export(data), "spend") == [round(float(spend) * 10**6) for spend in spends]


@pytest.mark.parametrize(
    ("ids", "suspected"),
    [
        (("12025300000000000", "12025400000000000"), True),  # as a spreadsheet leaves them
        (("12025300000000000", "12025412345678901"), False),  # noughts by chance
        (("123456", "1000"), False),  # short enough for a spreadsheet
    ],
)
def test_identifiers_are_suspected_when_all_long_ones_end_in_noughts(ids: tuple[str, str], suspected: bool) -> None:
    rows = [f"A,{number},5,2026-03-01" for number in ids]
    upload = read_export(meta(*rows, header="Ad name,Ad ID,Impressions,Reporting starts"))
    assert bool(places(upload, "ids_rounded")) == suspected
