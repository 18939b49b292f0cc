"""The same report after people and programs have changed it: other columns, other rows, other ways of writing cells."""

import pytest

from campaigns.exports import read_export
from campaigns.problems import Severity
from campaigns.receipts import Upload
from tests.look_alikes import business_suite, series
from tests.look_alikes.quirks import MARCH, META, advertisements, days, delimited, spending

TABLE = ("Traffic source", "Views", "Watch time (hours)", "Impressions")
SOURCES = (("Total", "110", "3.5", "900"), ("Search", "60", "1.5", "500"), ("Suggested", "40", "2.0", "400"))
GROUPS = ("Ad group status", "Ad group", "Campaign", "Currency code", "Clicks", "Impr.", "Cost")
GROUP_ROWS = (
    ("Enabled", "Dangers", "Two roads", "EUR", "5", "500", "2.00"),
    ("Enabled", "Rights", "Two roads", "EUR", "7", "300", "3.00"),
    ("Total: Ad groups", " --", " --", "EUR", "12", "800", "5.00"),
    ("Total: Search", " --", " --", "EUR", "4", "200", "1.00"),
    ("Total: Account", " --", " --", "EUR", "20", "900", "8.00"),
)


def figures(upload: Upload, metric: str) -> list[object]:
    return list(upload.rows[metric].to_pylist())


def said(upload: Upload, code: str) -> list[tuple[int | None, str | None]]:
    return [(problem.row, problem.value) for problem in upload.problems if problem.code == code]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 2, 3, 0)])
def test_a_total_is_set_aside_wherever_its_label_stands(order: tuple[int, ...]) -> None:
    rows = [[row[at] for at in order] for row in (TABLE, *SOURCES)]
    upload = read_export(delimited(*rows).encode(), name="Table data.csv")
    assert figures(upload, "views") == [60, 40]
    assert upload.receipt.totals_set_aside == 1


def test_the_word_in_a_late_column_of_a_row_amid_others_is_a_name() -> None:
    header = (*TABLE[1:], "Traffic source")
    rows = [("60", "1.5", "500", "Search"), ("30", "1.0", "300", "Total"), ("40", "2.0", "400", "Suggested")]
    upload = read_export(delimited(header, *rows).encode(), name="Table data.csv")
    assert figures(upload, "views") == [60, 30, 40]


def test_rows_at_the_end_that_name_nothing_are_totals_where_one_of_them_sums_the_others() -> None:
    rows = [row[1:] for row in (GROUPS, *GROUP_ROWS)]
    upload = read_export(delimited(*rows).encode(), name="Ad group report.csv")
    assert figures(upload, "impressions") == [500, 300]
    assert said(upload, "total_row_set_aside") == [(4, "3")]


def test_rows_at_the_end_that_name_nothing_and_sum_nothing_are_rows() -> None:
    rows = [row[1:] for row in (GROUPS, *GROUP_ROWS[:2], GROUP_ROWS[3])]
    upload = read_export(delimited(*rows).encode(), name="Ad group report.csv")
    assert figures(upload, "impressions") == [500, 300, 200]


@pytest.mark.parametrize("place", [1, 4])
def test_of_shares_the_row_without_a_name_is_that_of_all(place: int) -> None:
    rows = [("Top territories", "Distribution"), ("SN", "0.5"), ("ML", "0.3"), ("GN", "0.2")]
    rows.insert(place, ("", "1"))
    upload = read_export(delimited(*rows).encode(), name="FollowerTopTerritories.csv")
    assert figures(upload, "country") == ["SEN", "MLI", "GIN"]
    assert upload.receipt.totals_set_aside == 1


def test_a_row_without_its_day_among_days_is_refused() -> None:
    upload = read_export(days("2026-03-01", "", "2026-03-03").encode(), name="report.csv")
    assert figures(upload, "impressions") == [10, 10]
    assert said(upload, "value_missing") == [(3, "")]


def test_a_day_without_a_figure_is_a_day() -> None:
    upload = read_export(business_suite(series("Facebook reach", "120", "", "80")), name="Reach.csv")
    assert figures(upload, "reach") == [120, None, 80]
    assert not [problem for problem in upload.problems if problem.severity == Severity.ERROR]


def test_accents_that_follow_each_other_are_no_cyrillic_letters() -> None:
    header = "Origem do tráfego,Visualizações,Tempo de exibição (horas),Impressões"
    data = f"{header}\nPesquisa,60,1.5,500\nSugestões,40,2.0,400\n".encode("cp1252")
    upload = read_export(data, name="Dados da tabela.csv")
    assert (upload.receipt.encoding, upload.receipt.totals["views"]) == ("cp1252", 100)


@pytest.mark.parametrize("cell", ["5 መጋቢት 2018", "3 የካቲት 2018", "2082-11-17", "17/11/2082"])
def test_a_day_of_the_ethiopian_or_the_nepali_calendar_is_refused_as_such(cell: str) -> None:
    upload = read_export(days(cell, "2026-03-21").encode(), name="report.csv")
    assert figures(upload, "impressions") == [10]
    assert said(upload, "date_of_other_calendar") == [(2, cell)]


@pytest.mark.parametrize("cell", ["2026. 3. 2.", "2026. 03. 02", "2 tháng 3, 2026", "ngày 2 tháng 3 năm 2026"])
def test_days_are_read_as_koreans_hungarians_and_vietnamese_write_them(cell: str) -> None:
    upload = read_export(days(cell).encode(), name="report.csv")
    assert [str(day) for day in figures(upload, "window_start")] == ["2026-03-02"]


def test_amounts_that_name_two_currencies_are_each_in_their_own_and_never_added_up() -> None:
    text = spending("€5.00", "£6.00", "7.00").replace("Amount spent (EUR)", "Amount spent")
    upload = read_export(text.encode(), name="report.csv")
    assert figures(upload, "currency") == ["EUR", "GBP", None]
    assert upload.receipt.totals["spend"] is None


def test_an_answer_that_an_amount_contradicts_is_not_believed() -> None:
    text = spending("€5.00", "6.00").replace("Amount spent (EUR)", "Amount spent")
    upload = read_export(text.encode(), name="report.csv", answers={"currency": "USD"})
    assert said(upload, "currency_conflict") == [(2, "€5.00")]
    assert (figures(upload, "spend"), figures(upload, "currency")) == ([6_000_000], ["USD"])


def test_amounts_keep_their_currency_beside_a_total_without_a_name() -> None:
    rows = [
        ("Two roads", "1", "10", "€5.00", *MARCH),
        ("Three", "2", "20", "€6.00", *MARCH),
        ("", "", "30", "€11.00", "", ""),
    ]
    header = [name.replace(" (EUR)", "") for name in META]
    total = ("", "", "30", "€11.00", "", "")
    upload = read_export(delimited(header, total, *rows).encode(), name="report.csv")
    assert (figures(upload, "spend"), figures(upload, "currency")) == ([5_000_000, 6_000_000], ["EUR", "EUR"])


@pytest.mark.parametrize("written", ["23850000000000012.0", "1E+17"])
def test_an_identifier_that_lost_digits_is_not_used(written: str) -> None:
    text = delimited(META, ("Two roads", written, "100", "5.50", *MARCH))
    upload = read_export(text.encode(), name="report.csv")
    assert figures(upload, "entity_id") == [None]
    assert said(upload, "ids_damaged") == [(2, "1")]


def test_a_figure_that_a_formula_keeps_as_text_is_that_figure() -> None:
    assert figures(read_export(advertisements('="1,234"', "56").encode(), name="report.csv"), "impressions") == [
        1234,
        56,
    ]


def test_a_table_whose_platform_lacks_the_column_it_needs_is_not_taken_for_another_platforms() -> None:
    header = ("Video title", "Video publish time", "Views", "Watch time (hours)", "Impressions", "Subscribers")
    whole = delimited(("Content", *header), ("abc", "One", "Jun 21, 2025", "60", "1.5", "500", "2"))
    assert read_export(whole.encode(), name="Table data.csv").receipt.platform == "youtube"
    cut = delimited(header, ("One", "Jun 21, 2025", "60", "1.5", "500", "2"))
    upload = read_export(cut.encode(), name="Table data.csv")
    assert (upload.refused, said(upload, "layout_unknown")) == (True, [(1, None)])


def test_of_columns_that_several_platforms_have_the_platform_is_asked_for() -> None:
    data = delimited(("Date", "Views"), ("2026-03-01", "60"), ("2026-03-02", "40")).encode()
    assert said(read_export(data, name="Totals.csv"), "platform_unknown") == [(None, "youtube, linkedin, tiktok")]
    answered = read_export(data, name="Totals.csv", answers={"platform": "tiktok"})
    assert (answered.receipt.platform, said(answered, "platform_unknown")) == ("tiktok", [])
