"""The refused rows of a file: what stands beside them, what is left out, and that they come in once they are mended."""

from io import BytesIO

import openpyxl
import pytest

from campaigns.aggregates import delivery
from campaigns.batches import save_batch
from campaigns.exports import read_export
from campaigns.messages import sentence
from campaigns.refusals import refused_rows, refused_workbook
from campaigns.store import Status

WITH_IDS = """Reporting starts,Reporting ends,Campaign name,Ad ID,Ad name,Impressions,Amount spent (EUR)
2026-03-01,2026-03-01,Ask first,120200000000000001,Boat,1000,12.5
2026-03-02,2026-03-02,Ask first,120200000000000001,Boat,many,13.5
2026-03-01,2026-03-01,Ask first,120200000000000002,Desert,2000,22.5
"""
WITHOUT_IDS = """Reporting starts,Reporting ends,Campaign name,Ad name,Impressions,Amount spent (EUR)
2026-03-01,2026-03-01,Ask first,Boat,1000,12.5
2026-03-01,2026-03-01,Ask first,Sea,many,13.5
2026-03-01,2026-03-01,Ask first,Desert,2000,22.5
"""
DAYS_ABOVE = """Ad performance
2026-03-01 - 2026-03-31
Campaign,Ad group,Impr.,Clicks,Currency code,Cost
Ask first,One,1000,20,EUR,12.5
Ask first,Two,many,25,EUR,13.5
Ask first,Three,2000,30,EUR,22.5
"""
ACCOUNT = {"account": "Ours"}


def workbook(content, name="march.csv", answers=ACCOUNT):
    """A file's reading, and its refused rows as a spreadsheet."""
    data = content.encode()
    upload = read_export(data, name=name, answers=answers)
    refused = refused_rows(data, upload.receipt, upload.problems)
    return upload, refused_workbook({name: refused}, say=sentence, heads=("Why", "Row"))


def cells_of(book):
    return [
        ["" if cell is None else str(cell) for cell in line]
        for line in openpyxl.load_workbook(BytesIO(book)).active.values
    ]


def mended(book, wrong="many", right="3000"):
    """The spreadsheet as a person saves it who has put one cell right."""
    opened = openpyxl.load_workbook(BytesIO(book))
    (cell,) = (cell for line in opened.active.iter_rows() for cell in line if cell.value == wrong)
    cell.value = right
    saved = BytesIO()
    opened.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("content", [WITH_IDS, WITHOUT_IDS, DAYS_ABOVE], ids=["ids", "names", "days above"])
def test_refused_rows_that_a_person_mends_come_in_and_take_no_other_away(store, content):
    upload, book = workbook(content)
    save_batch(store, upload, campaign="C1", person="Amina", keep_good_rows=True)
    again = read_export(mended(book), name="mended.xlsx", answers=ACCOUNT)
    assert again.undecided == ()
    save_batch(store, again, campaign="C1", person="Amina")
    found = delivery(store)
    assert found["impressions"].sum() == 6000
    assert found["spend"].sum() == 48_500_000


def test_rows_of_a_file_named_after_its_days_keep_those_days(store):
    content = "Campaign,Ad group,Impr.,Clicks,Currency code,Cost\nAsk first,One,many,20,EUR,12.5\n"
    upload, book = workbook(content, name="report 2026-03-01 - 2026-03-31.csv")
    again = read_export(mended(book), name="mended.xlsx", answers=ACCOUNT)
    assert upload.receipt.window is not None
    assert again.receipt.window == upload.receipt.window


def test_the_reason_and_the_line_stand_beside_each_row():
    _, book = workbook(WITH_IDS)
    header, (why, row, *cells), *others = cells_of(book)
    assert header[:3] == ["Why", "Row", "Reporting starts"]
    assert why.startswith("Error: row 3, column “Impressions”: “many” is not a number.")
    assert (row, cells[3:6]) == ("3", ["120200000000000001", "Boat", "many"])
    assert others == []


def test_the_other_rows_of_a_file_without_identifiers_follow_without_a_reason():
    _, book = workbook(WITHOUT_IDS)
    _, *lines = cells_of(book)
    assert [(bool(line[0]), line[1]) for line in lines] == [(True, "3"), (False, "2"), (False, "4")]


def test_a_file_without_errors_has_no_refused_rows():
    data = WITHOUT_IDS.replace("many", "3000").encode()
    upload = read_export(data, name="march.csv", answers=ACCOUNT)
    refused = refused_rows(data, upload.receipt, upload.problems)
    assert (refused.rows, refused.others) == ((), ())


def test_what_could_name_a_person_is_left_out():
    lines = WITH_IDS.splitlines()
    content = "\n".join([f"{lines[0]},Phone", *(f"{line},+221 77 123 45 6{at}" for at, line in enumerate(lines[1:]))])
    content = content.replace("Boat,many", "Call +221 77 123 45 67,many")
    _, book = workbook(content)
    assert "77 123" not in str(cells_of(book))
    (_, line) = cells_of(book)
    assert (line[6], line[-1]) == ("(…)", "(…)")


def test_a_formula_in_a_cell_stays_text():
    _, book = workbook(WITH_IDS.replace("Boat,many", "=1+1,many"))
    assert openpyxl.load_workbook(BytesIO(book)).active["G2"].value == "=1+1"
    assert openpyxl.load_workbook(BytesIO(book)).active["G2"].data_type == "s"


def test_the_whole_file_mended_takes_the_place_of_its_good_rows(store):
    upload, _ = workbook(WITHOUT_IDS)
    first = save_batch(store, upload, campaign="C1", person="Amina", keep_good_rows=True)
    again = read_export(WITHOUT_IDS.replace("many", "3000").encode(), name="march.csv", answers=ACCOUNT)
    save_batch(store, again, campaign="C1", person="Amina")
    assert delivery(store)["impressions"].sum() == 6000
    assert store.batch(first.id).status == Status.ACTIVE
