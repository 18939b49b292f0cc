"""Personal data inside the cells of an export; every person and number is invented."""

import pytest

from campaigns.exports import read_export
from campaigns.messages import sentence
from campaigns.problems import Severity
from campaigns.receipts import Upload

HEADER = "campaign_id,campaign_name,platform,date,country,impressions,clicks,notes"


def filled(note: str = "", name: str = "Know the risks", *, country: str = "NG") -> Upload:
    rows = (
        f"C-1,Know the risks,facebook,2026-03-01,{country},100,5,all went well",
        f"C-1,{name},facebook,2026-03-02,{country},200,6,{note}",
    )
    return read_export("\n".join((HEADER, *rows)).encode())


def found(upload: Upload) -> list[tuple[str, Severity, int | None, str | None]]:
    return [(p.code, p.severity, p.row, p.column) for p in upload.problems if p.code.startswith("personal")]


@pytest.mark.parametrize(
    "note",
    [
        "write to binta.example@example.org",
        "call +234 803 000 0000",
        "call 0803 000 0000",
        "call ٠٨٠٣٠٠٠٠٠٠٠",
        "see wa.me/2348030000000",
        "she is @binta_example",
        "passport B0000000",
        "met at 13.51000; 2.11000",
        "my name is Binta Example",
    ],
)
def test_a_note_about_a_person_is_said_by_row_and_column_and_never_shown_or_stored(note: str) -> None:
    upload = filled(note)
    assert found(upload) == [("personal_text_not_stored", Severity.WARNING, 3, "notes")]
    assert not any(note in sentence(problem) for problem in upload.problems)
    assert note not in str(upload.rows.to_pylist()) + str(upload.receipt)
    assert upload.rows.num_rows == 2


@pytest.mark.parametrize("note", ["", "second week, 1 200 shown", "spent 12.50 EUR", "2026-03-02 10:30"])
def test_an_ordinary_note_is_no_personal_data(note: str) -> None:
    assert found(filled(note)) == []


def test_a_number_is_known_in_the_form_of_the_country_that_the_row_names() -> None:
    assert found(filled("call 0803 000 0000", country="SE")) == []


def test_a_row_whose_name_holds_a_telephone_number_is_refused_and_the_others_are_kept() -> None:
    upload = filled(name="Call +234 803 000 0000")
    assert found(upload) == [("personal_text_in_name", Severity.ERROR, 3, "campaign_name")]
    assert upload.rows["row"].to_pylist() == [2]
    assert not any("803" in sentence(problem) for problem in upload.problems)


def test_a_name_may_hold_the_organisations_own_account() -> None:
    assert found(filled(name="Videos of @example_ngo")) == []


def test_an_unknown_column_of_a_platform_with_personal_data_is_named_and_its_cells_are_not_shown() -> None:
    lines = (
        "Campaign name,Impressions,Amount spent (XOF),Reporting starts,Reporting ends,Our contact",
        "Ask first,1500,2500.5,2026-03-01,2026-03-31,+221 77 000 00 00",
        "Two roads,600,1200.25,2026-03-01,2026-03-31,+221 77 000 00 01",
    )
    upload = read_export("\n".join(lines).encode())
    assert found(upload) == [("personal_data_columns", Severity.WARNING, 1, "Our contact")]
    assert "Our contact" in upload.receipt.dropped
    assert "77 000" not in str(upload)
