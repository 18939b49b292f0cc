"""Bytes to tables: encodings, delimiters, preambles, blocks, workbooks, and what is no table at all."""

import datetime as dt
import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.exports.reading import Document, read_tables, sheets
from campaigns.exports.reading.bulk import Written
from tests.look_alikes import business_suite, series, workbook

PLAIN = "Campaign,Clicks\nÀ deux pas,12\nZwei Wege,30\n"


def rows(document: Document, at: int = 0) -> list[list[str]]:
    table = document.tables[at]
    return [list(cells) for cells in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_file_is_read_in_any_encoding_of_the_platforms(encoding: str) -> None:
    document = read_tables(PLAIN.encode(encoding), "report.csv")
    assert document.tables[0].header == ("Campaign", "Clicks")
    assert rows(document) == [["À deux pas", "12"], ["Zwei Wege", "30"]]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1251", "Знай риски до отъезда"), ("cp1256", "اعرف المخاطر قبل السفر"), ("cp1252", "Voyagez informés, café")],
)
def test_an_old_code_page_is_told_by_its_script_and_said_to_be_a_guess(encoding: str, name: str) -> None:
    document = read_tables(f"Campaign;Clicks\n{name};12\n".encode(encoding), "report.csv")
    assert rows(document) == [[name, "12"]]
    assert document.encoding == encoding
    assert codes(document) == ["encoding_guessed"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_rows_alike(delimiter: str) -> None:
    text = f"Campaign{delimiter}Cost\nA{delimiter}1 500\nB{delimiter}2 500\n"
    document = read_tables(text.encode(), "report.csv")
    assert document.delimiter == delimiter
    assert rows(document) == [["A", "1 500"], ["B", "2 500"]]


def test_decimal_commas_do_not_pass_for_delimiters() -> None:
    document = read_tables(b"Campaign;Cost\nA;12,50\nB;7,50\n", "report.csv")
    assert rows(document) == [["A", "12,50"], ["B", "7,50"]]


def test_rows_keep_their_lines_when_a_cell_holds_line_breaks() -> None:
    document = read_tables(b'Post ID,Views\n"first\nsecond\nthird",5\n"x",6\n', "posts.csv")
    assert document.tables[0].lines.to_pylist() == [2, 5]


def test_lines_above_the_header_are_the_preamble() -> None:
    document = read_tables(b'Campaign report\n"March 1, 2026 - March 9, 2026"\nCampaign,Cost\nA,1\nB,2\n', "r.csv")
    table = document.tables[0]
    assert table.preamble == ("Campaign report", "March 1, 2026 - March 9, 2026")
    assert table.header == ("Campaign", "Cost")
    assert table.header_line == 3


def test_stacked_series_become_two_tables_with_their_titles() -> None:
    document = read_tables(business_suite(series("Facebook reach", "5", "7"), series("Instagram reach", "9")), "R.csv")
    assert [table.title for table in document.tables] == ["Facebook reach", "Instagram reach"]
    assert rows(document, 1) == [["2026-03-01T00:00:00", "9"]]
    assert document.tables[1].lines.to_pylist() == [9]


def test_rows_that_a_spreadsheet_quoted_whole_are_unwrapped() -> None:
    text = '"Post ID,""Account name"",Views"\n"1,""Ask, first"",5"\n"2,Two,6"\n'
    document = read_tables(text.encode(), "posts.csv")
    assert rows(document) == [["1", "Ask, first", "5"], ["2", "Two", "6"]]
    assert codes(document) == ["rows_rewrapped"]


def test_place_names_torn_at_their_commas_are_joined_again() -> None:
    text = "Top cities\nTop cities\tValue\t\t\nDakar\t Senegal\t15.3%\t\nThiès\t Thiès\t Senegal\t8.7%\n"
    document = read_tables(text.encode("utf-16"), "Audience.csv")
    assert rows(document) == [["Dakar, Senegal", "15.3%"], ["Thiès, Thiès, Senegal", "8.7%"]]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a,b,c\n1,2,3\n4,5\n", "cells_missing", 3),
        ("a,b,c\n1,2,3,4\n4,5,6\n", "cells_surplus", 2),
        ('a,b,c\n1,"2,3\n4,5,6\n', "quote_not_closed", 2),
        ('a,b\n1,2\n3,"4', "file_truncated", 3),
        ("a,b\n1," + "x" * 40_000 + "\n", "cell_too_long", 2),
        ("a,b\n1," + "x" * 200_000 + "\n", "cell_too_long", 2),
        ('a,b,c,d,e\n1,"x,2,3,4\n5,6,7,8,9\n5,6,7,8,9\ny",2,3,4\n', "rows_swallowed", 2),
        (",".join("abc") + "\x00\n1,2,3\n", "nul_bytes", 1),
    ],
)
def test_a_broken_row_is_named_by_its_line(text: str, code: str, line: int) -> None:
    found = {problem.code: problem.row for problem in read_tables(text.encode(), "x.csv").problems}
    assert found == {code: line}


@pytest.mark.parametrize("length", [40_000, 200_000])
def test_a_cell_too_long_to_read_is_named_by_its_column(length: int) -> None:
    (problem,) = read_tables(b"a,b,c\n1,2,3\n4," + b"x" * length + b",5\n", "x.csv").problems
    assert (problem.code, problem.row, problem.column) == ("cell_too_long", 3, "b")


def test_a_list_in_a_posts_text_is_no_swallowed_row() -> None:
    text = 'Post ID,Text,Views,Likes,Shares\n1,"first\n#a, #b, #c, 3, #d, #e, #f\nlast",5,6,7\n'
    document = read_tables(text.encode(), "posts.csv")
    assert document.problems == ()
    assert document.tables[0].num_rows == 1


def test_blank_last_cells_that_a_spreadsheet_left_out_are_blank() -> None:
    document = read_tables(("a,b,c\n1,2,3\n" + "4,5\n" * 16).encode(), "x.csv")
    assert rows(document)[1] == ["4", "5", ""]
    assert [(problem.code, problem.value) for problem in document.problems] == [("cells_left_out", "16")]


def test_rows_beside_a_broken_one_are_kept() -> None:
    assert rows(read_tables(b"a,b,c\n1,2,3\n4,5\n7,8,9\n", "x.csv")) == [["1", "2", "3"], ["7", "8", "9"]]


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (a)")
    return connection.serialize()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\x7fELF\x02\x01\x01\x00", "ELF"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
        (b'{"data": [1, 2]}', "JSON"),
        (database(), "SQLite"),
    ],
)
def test_a_file_that_is_no_table_is_named_and_not_read(data: bytes, what: str) -> None:
    document = read_tables(data, "report.csv")
    assert document.tables == ()
    assert [(problem.code, problem.value) for problem in document.problems] == [("not_a_table", what)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n \n", "file_empty"),
        (PLAIN.encode("utf-16")[:-1], "file_truncated"),
        (PLAIN.encode("utf-16") + b"\x3d\xd8", "file_truncated"),  # half of a sign that takes four bytes
        (PLAIN.encode("utf-16") + b"\x3d\xd8" + "Ort,5\n".encode("utf-16-le"), "encoding_broken"),
        (f"{PLAIN}A\0B,5\n".encode("utf-16"), "nul_bytes"),
        ("Campaign,Ort\nA,Köln".encode()[:-3], "file_truncated"),
        (("é;ü\nà;ß\n" * 3).encode() + b"\xe9;\xfc\n", "encoding_broken"),
        (b"x," * 100_000, "line_too_long"),
        (b",".join(b"c%d" % number for number in range(301)) + b"\n", "too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_clear_code(data: bytes, code: str) -> None:
    document = read_tables(data, "report.csv")
    assert document.tables == ()
    assert codes(document) == [code]


def big(rows: int, ending: str = "\n") -> bytes:
    lines = [f"C-{number % 7},{number},{number / 8:.3f},Ville {number % 3}" for number in range(rows)]
    return (ending.join(["campaign_id,impressions,spend,city", *lines]) + ending).encode()


def test_a_large_file_reads_as_a_small_one_does() -> None:
    data = big(150_000)
    assert len(data) > 3 << 20
    large, small = read_tables(data, "big.csv"), read_tables(data[: 1 << 20].rpartition(b"\n")[0] + b"\n", "big.csv")
    count = small.tables[0].num_rows
    assert large.tables[0].num_rows == 150_000
    assert rows(large)[:count] == rows(small)
    assert large.tables[0].lines.to_pylist()[:count] == small.tables[0].lines.to_pylist()


def test_figures_of_a_large_file_have_no_dictionary_where_all_are_plain_but_identifiers_always() -> None:
    kinds = {"impressions": Written.COUNT, "spend": Written.DECIMAL}
    document = read_tables(big(150_000), "big.csv", written=kinds.get)
    identifier, impressions, spend, _ = document.tables[0].columns
    assert [pa.types.is_dictionary(column.type) for column in (identifier, impressions, spend)] == [True, False, False]
    assert impressions.to_pylist()[:3] == ["0", "1", "2"]
    assert spend.to_pylist()[:3] == ["0.000", "0.125", "0.250"]
    assert identifier.to_pylist()[:3] == ["C-0", "C-1", "C-2"]


@pytest.mark.parametrize("cell", ["0x10", "1e3", ".5", "inf", "+5", "1.5.0", "1234567890", "0.0000001", " 5", "٥"])
def test_a_figure_of_a_large_file_that_is_not_plain_is_left_to_those_who_judge_it(cell: str) -> None:
    kinds = {"impressions": Written.COUNT, "spend": Written.DECIMAL}
    data = big(150_000).replace(b"1000,125.000", f"1000,{cell}".encode())
    spend = read_tables(data, "big.csv", written=kinds.get).tables[0].columns[2]
    assert pa.types.is_dictionary(spend.type)
    assert spend[1000].as_py() == cell


def test_a_large_file_with_a_broken_row_still_names_its_line() -> None:
    data = big(150_000) + b"C-1,5\nC-1,6,1.0,Ville 1\n"
    document = read_tables(data, "big.csv")
    assert [(problem.code, problem.row) for problem in document.problems] == [("cells_missing", 150_002)]
    assert document.tables[0].num_rows == 150_001


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data + b"C-1,5,1.0," + b"x" * 40_000 + b"\n", "cell_too_long"),
        (lambda data: data.replace(b"C-0,0,0.000", b"C-0,0\x00,0.000"), "nul_bytes"),
        (lambda data: data + "C-1,6,1.0,K\u00f6ln\n".encode("cp1252"), "encoding_guessed"),
    ],
)
def test_a_large_file_is_held_to_the_limits_of_a_small_one(change: Callable[[bytes], bytes], code: str) -> None:
    assert codes(read_tables(change(big(150_000)), "big.csv")) == [code]


def test_a_workbook_gives_its_cells_as_a_person_would_type_them() -> None:
    data = workbook({"Raw Data Report": [["Ad ID", "Amount", "Rate"], ["120242075202220007", 12, 0.00001]]})
    document = read_tables(data, "report.xlsx")
    assert document.container == "spreadsheet"
    assert rows(document) == [["120242075202220007", "12", "0.00001"]]


def test_an_error_in_a_workbook_is_not_an_empty_cell() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["name", "clicks"])
    sheet.write_row(1, 0, ["A"])
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    book.close()
    assert rows(read_tables(file.getvalue(), "report.xlsx")) == [["A", "#DIV/0!"]]


def test_a_hostile_workbook_ends_its_own_process_only() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["name", "clicks"])
    sheet.write(1_048_575, 16_383, 1)
    book.close()
    document = read_tables(file.getvalue(), "report.xlsx")
    assert document.tables == ()
    assert codes(document) == ["spreadsheet_too_large"]


def test_a_workbook_that_would_grow_too_large_is_not_opened() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (201 << 20))
    assert codes(read_tables(file.getvalue(), "report.xlsx")) == ["spreadsheet_too_large"]


def test_a_workbook_cut_short_is_refused() -> None:
    data = workbook({"Sheet": [["a", "b"], [1, 2]]})
    assert codes(read_tables(data[:-200], "report.xlsx")) == ["file_truncated"]


def test_a_workbook_under_a_password_is_said_to_be_so() -> None:
    locked = bytearray(workbook({"Sheet": [["a", "b"], [1, 2]]}))
    directory = locked.find(b"PK\x01\x02")
    locked[directory + 8] |= 1  # the flag of an encrypted member
    assert codes(read_tables(bytes(locked), "report.xlsx")) == ["file_encrypted"]


def test_an_archive_is_told_apart_from_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Table data.csv", "Content,Views\na,1\n")
    document = read_tables(path.read_bytes(), path.name)
    assert (codes(document), document.container) == (["archive_of_tables"], "archive")


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_the_reader_fall_over(data: bytes) -> None:
    if not data.startswith((b"PK", b"\xd0\xcf")):  # those start a process each
        read_tables(data, "report.csv")


@given(st.lists(st.lists(st.text(alphabet='ab1,;"\n\t é', max_size=6), max_size=4), max_size=8))
@settings(max_examples=200, deadline=None)
def test_every_row_of_a_table_has_a_cell_for_each_header(cells: list[list[str]]) -> None:
    text = "\n".join(";".join(row) for row in cells)
    for table in read_tables(text.encode(), "report.csv").tables:
        assert len(table.columns) == len(table.header)
        assert {len(column) for column in table.columns} <= {table.num_rows}


def test_the_byte_that_cannot_be_read_is_named_by_line_and_column() -> None:
    data = b"campaign_id,campaign_name,clicks\n1,Ask,5\n2,T\x00wo,6\n"
    problem = read_tables(data, "x.csv").problems[0]
    assert (problem.code, problem.row, problem.column) == ("nul_bytes", 3, "campaign_name")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12.0, "12"),
        (0.1, "0.1"),
        (1e-05, "0.00001"),
        (1.20253e17, "1.20253e+17"),
        (True, "TRUE"),
        (dt.date(2026, 3, 9), "2026-03-09"),
        (dt.datetime(2026, 3, 9), "2026-03-09"),  # noqa: DTZ001 a workbook's times have no zone
        (dt.datetime(2026, 3, 9, 7, 30), "2026-03-09 07:30:00"),  # noqa: DTZ001
        (dt.timedelta(hours=26, seconds=5), "26:00:05"),
        ("A", "A"),
    ],
)
def test_a_workbooks_value_is_written_as_in_a_csv_file(value: object, written: str) -> None:
    assert sheets.text(value) == written


def test_a_formula_without_a_value_is_not_an_empty_cell() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>')
        cells = '<c r="A1"><v>1</v></c><c r="B2" t="e"><v>#REF!</v></c><c r="AA3"><f>1+1</f></c>'
        archive.writestr("xl/worksheets/sheet1.xml", f"<sheetData>{cells}</sheetData>")
    assert sheets.unvalued(file.getvalue()) == [{(1, 1): "#REF!", (2, 26): "=?"}]
    assert sheets.unvalued(b"no archive") == []


def test_a_name_that_promises_a_workbook_is_said_to_mislead() -> None:
    assert codes(read_tables(PLAIN.encode(), "report.xls")) == ["name_misleads"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [('a,b\n"x \\" y",2\n', "backslash_quotes", 2), ("a,b\nK\ufffdln,2\n", "characters_lost", 2)],
)
def test_signs_of_damage_in_the_text_are_said(text: str, code: str, line: int) -> None:
    assert (code, line) in {(problem.code, problem.row) for problem in read_tables(text.encode(), "x.csv").problems}
