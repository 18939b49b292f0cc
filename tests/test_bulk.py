"""The quick way for large files and the way for all others: the same rows, problems and receipt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.exports import read_export
from campaigns.exports.reading import bulk, tables
from campaigns.problems import Severity
from campaigns.receipts import Upload
from tests.look_alikes import template, template_row

TEMPLATE = ("campaign_id", "campaign_name", "platform", "date", "country", "impressions", "clicks", "spend", "currency")
META = (
    "Campaign name", "Ad ID", "Day", "Age", "Impressions", "Link clicks", "Amount spent (EUR)", "CTR (all)", "Results",
)  # fmt: skip
UNKNOWN = ("a", "b", "c")
PLAIN = {
    "campaign_id": ["1202", "1203"],
    "campaign_name": ["Know before you go", "Total"],
    "platform": ["meta_ads"],
    "country": ["SN", "GM"],
    "currency": ["EUR"],
    "Campaign name": ["Know before you go", "Ask first"],
    "Ad ID": ["120251234567890123", "7"],
    "Age": ["18-24", "25-34"],
    "CTR (all)": ["0.8333333", "1.5"],
}
STRANGE = [
    "", " ", "0", "007", "-5", "+5", "0x10", "1e3", ".5", "5.", "1.005", "0.295", "1.234", "1,5", "1,234", "1 234",
    "nan", "inf", "--", "<1", "3.апр", "\u0661\u0662", "9" * 12, "9" * 17, "9" * 25, "1.2.3", "12345678901.5",
    "0.0000005", "many", "Total", "5 EUR", "$5", "31/12/2025", "12/31/2025", "2025-13-01", "Köln", "K\ufffdln", "a\rb",
    "a\\b", 'say "no"', "+221 77 123 45 67", "amina@example.org", "#tag", "A sentence on the column", "x" * 200,
]  # fmt: skip
DATES = st.integers(1, 28).map(lambda day: f"2026-03-{day:02}")
COUNTS = st.integers(0, 10**6).map(str)
AMOUNTS = st.decimals(0, 10**5, places=2).map(str)


def cells(header: str) -> st.SearchStrategy[str]:
    if header in PLAIN:
        return st.sampled_from(PLAIN[header])
    if header.lower() in ("date", "day"):
        return DATES
    return AMOUNTS if "pen" in header or header == "Results" else COUNTS


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """An export as platforms and people leave it: mostly plain, with a few strange cells, rows, marks and lines."""
    header = draw(st.sampled_from([TEMPLATE, TEMPLATE, META, META, UNKNOWN]))
    rows = [list(row) for row in draw(st.lists(st.tuples(*map(cells, header)), max_size=12))]
    for place in range(len(rows) and draw(st.integers(0, 3))):
        row = rows[draw(st.integers(0, len(rows) - 1))]
        row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(STRANGE))
        if place == 2:
            row[:] = draw(
                st.sampled_from([[""] * len(row), row[:1], row[:3], [*row, ""], [*row, "5"], [" "] * len(row)])
            )
    delimiter = draw(st.sampled_from(",,,;\t"))
    quoted = draw(st.sampled_from(["where needed", "where needed", "always", "never"]))

    def line(row: list[str]) -> str:
        return delimiter.join(
            '"' + cell.replace('"', '""') + '"'
            if quoted == "always" or (quoted == "where needed" and (delimiter in cell or '"' in cell))
            else cell
            for cell in row
        )

    lines = [line(list(header)), *map(line, rows)]
    above = draw(st.sampled_from([[], [], [], ["Report"], ["Report" + delimiter * (len(header) - 1), ""], ["# x", ""]]))
    below = draw(st.sampled_from([[], [], [], [""], ["", ""], [delimiter * (len(header) - 1)] * 2, ["The end."]]))
    text = draw(st.sampled_from(["\n", "\n", "\r\n"])).join([*above, *lines, *below, ""])
    return draw(st.sampled_from([text, text, text[:-1], "\ufeff" + text])).encode()


def read(data: bytes, *, large: int, answers: dict[str, str]) -> Upload:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "LARGE", large)
        return read_export(data, name="export.csv", answers=answers)


@given(
    files(),
    st.sampled_from([{}, {"decimal_sign": "comma"}, {"columns": {"Impressions": "entity", "Results": "views"}}]),
)
@settings(max_examples=200, deadline=None)
def test_both_ways_of_reading_give_the_same_rows_problems_and_receipt(data: bytes, answers: dict[str, str]) -> None:
    quick, slow = read(data, large=0, answers=answers), read(data, large=len(data), answers=answers)
    assert quick.problems == slow.problems
    assert quick.receipt == slow.receipt
    assert quick.rows.to_pylist() == slow.rows.to_pylist()


def test_bad_cells_far_down_a_large_file_are_named_and_the_other_rows_kept() -> None:
    rows = [template_row(campaign_id=f"T-{number}", spend="2.50") for number in range(60_000)]
    rows[49_998] = template_row(campaign_id="T-49998", impressions="0x10")
    rows[54_998] = template_row(campaign_id="T-54998", spend="2.5O")
    data = template(*rows)
    assert len(data) > bulk.LARGE
    upload = read_export(data)
    assert [(p.code, p.row, p.column, p.value) for p in upload.problems if p.severity == Severity.ERROR] == [
        ("number_not_readable", 50_000, "impressions", "0x10"),
        ("number_not_readable", 55_000, "spend", "2.5O"),
    ]
    assert upload.rows.num_rows == 59_998
    assert upload.receipt.totals["spend"] == 59_998 * 2_500_000


def test_blank_rows_at_the_end_of_a_large_file_are_no_rows() -> None:
    rows = [template_row(campaign_id=f"T-{number}") for number in range(40_000)]
    blank = "," * rows[0].count(",")
    upload = read_export(template(*rows, blank, blank))
    assert (upload.receipt.rows_read, upload.undecided) == (40_000, ())


def test_rows_that_do_not_fit_the_header_of_a_large_file_are_named_and_the_others_keep_their_lines() -> None:
    rows = [template_row(campaign_id=f"T-{number}") for number in range(40_000)]
    rows[29_998] = "T-29998,5"
    rows[34_998] += ",1"
    rows[34_999] = "x" * 40_000
    upload = read_export(template(*rows[:34_999], *rows[35_000:]))
    assert [(p.code, p.row) for p in upload.problems if p.severity == Severity.ERROR] == [
        ("cells_missing", 30_000),
        ("cells_surplus", 35_000),
    ]
    assert upload.rows["row"].to_pylist() == [line for line in range(2, 40_001) if line not in (30_000, 35_000)]
    assert read_export(template(*rows)).rows["row"].to_pylist()[-1] == 40_001
