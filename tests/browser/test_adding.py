"""A file as a platform exported it, to a campaign where it counts, without opening it in a spreadsheet first."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from campaigns.example import EXAMPLE
from campaigns.store import Status, open_store
from tests.browser.conftest import drawn
from tests.look_alikes import business_suite, series
from tests.test_brand_lift import CONTROL, TEST, study

TITLE = "Peers tell it: short videos, The Gambia"
FRENCH = (
    "Nom de la campagne;Début des rapports;Fin des rapports;Couverture;Impressions;Clics sur un lien;"
    "Montant dépensé (EUR)\r\n"
    "Parlons-en;2026-03-01;2026-03-31;4 210;9 870;312;1 204,50\r\n"
    "Deux routes;2026-03-01;2026-03-31;2 004;5 120;98;830,25\r\n"
).encode("cp1252")
ARABIC = (
    "\ufeffاسم الحملة,بداية التقارير,نهاية التقارير,الوصول,مرات الظهور,نقرات الرابط,المبلغ الذي تم إنفاقه (EUR)\n"
    "اسأل أولا,2026-03-01,2026-03-31,4210,9870,312,1204.5\n"
).encode()
REACH = business_suite(series("Reach", "510", "640"), series("Content interactions", "12", "15"))
VIDEOS = (
    "Content,Video title,Video publish time,Views,Watch time (hours),Impressions\n"
    "Total,,,900,45.5,12000\n"
    'abcdefghijk,Ask first,"Mar 2, 2026",500,25.25,7000\n'
    'lmnopqrstuv,Two roads,"Mar 9, 2026",400,20.25,5000\n'
)
DAYS = "Date,Views\n2026-03-01,300\n2026-03-02,600\n"


def youtube() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("Table data.csv", VIDEOS)
        archive.writestr("Totals.csv", DAYS)
    return content.getvalue()


def choose(page, name, content):
    """Choose a file, and wait until it is read."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator("h2", has_text="2.").wait_for()
    drawn(page)


def pick(page, box, text):
    """Choose an option of a select box by the start of its text, and see that it is chosen."""
    field = page.locator(f"{box} input")
    field.press_sequentially(text)
    page.locator("[role=option][data-focused=true]", has_text=text).wait_for()
    field.press("Enter")  # a list that still moves cannot be clicked
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value(re.compile(re.escape(text)))
    drawn(page)


def answer(page, name, text):
    """Type an answer into a box whose key begins so."""
    field = page.locator(f"[class*='st-key-answer-{name}'] input").first
    field.fill(text)
    field.press("Tab")
    drawn(page)


def save(page, store, name, *, key="save"):
    """Save, and give the batch that the file became."""
    page.locator(f".st-key-{key} button").click()
    expect(page.locator("[data-testid=stAlert]").first).to_contain_text("Saved")
    drawn(page)
    with open_store(store) as opened:
        batch = opened.batches()[-1]
        assert (batch.file_name, batch.status) == (name, Status.ACTIVE)
        assert opened.campaign(batch.campaign).title == TITLE
        return batch


@pytest.mark.parametrize("width", [1280, 390])
def test_a_french_export_with_semicolons_and_decimal_commas_counts(visit, store, width):
    page = visit("/add_data", width)
    content = FRENCH if width == 1280 else FRENCH.replace(b"9 870", b"9 871")
    choose(page, "Rapport.csv", content)
    receipt = page.locator("[data-testid=stMain]")
    expect(receipt).to_contain_text("Language of the headers")
    expect(receipt).to_contain_text("The comma separates decimals")
    expect(receipt).to_contain_text("Euro (EUR)")
    pick(page, ".st-key-into", TITLE[:12])
    batch = save(page, store, "Rapport.csv")
    assert batch.control["spend"] == 2_034_750_000
    assert batch.control["impressions"] == (14_990 if width == 1280 else 14_991)
    page.locator("[class*=st-key-undo] button").first.click()
    drawn(page)


def test_an_arabic_export_counts(visit, store):
    page = visit("/add_data")
    choose(page, "تقرير.csv", ARABIC)
    expect(page.locator("[data-testid=stMain]")).to_contain_text("Arabic")
    pick(page, ".st-key-into", TITLE[:12])
    assert save(page, store, "تقرير.csv").control["spend"] == 1_204_500_000


def test_a_business_suite_file_in_its_own_encoding_counts_once_its_page_is_named(visit, store):
    page = visit("/add_data")
    choose(page, "Reach.csv", REACH)
    answer(page, "account", "Our page")
    pick(page, ".st-key-into", TITLE[:12])
    batch = save(page, store, "Reach.csv")
    assert batch.rows == 4
    assert batch.control["interactions"] == 27


def test_answers_of_a_survey_count_and_telephone_numbers_stay_out(visit, store):
    page = visit("/add_data")
    lines = (EXAMPLE / "gm-2025-peer-videos" / "survey.csv").read_text("utf-8").splitlines()
    content = "\n".join(lines[:80]).encode()
    choose(page, "second round.csv", content)
    expect(page.locator("[data-testid=stMain]")).to_contain_text("Phone number for the second interview")
    expect(page.locator("[data-testid=stMain]")).not_to_contain_text("+220")
    pick(page, ".st-key-into", TITLE[:12])
    batch = save(page, store, "second round.csv")
    assert "Phone number for the second interview" in batch.receipt.dropped
    stored = (store / "batches" / f"{batch.id}.parquet").read_bytes()
    assert b"+220" not in stored
    page.locator("[class*=st-key-undo] button").first.click()
    drawn(page)


def test_counts_of_a_platforms_own_study_are_shown_and_kept(visit, store):
    page = visit("/add_data", 390)
    choose(page, "study.csv", study(TEST, CONTROL))
    pick(page, ".st-key-into", TITLE[:12])
    for figure in ("1,450", "610", "1,440", "540"):
        expect(page.locator("[data-testid=stMain]")).to_contain_text(figure)
    batch = save(page, store, "study.csv")
    assert (batch.platform, batch.rows) == ("brand_lift", 1450 + 1440)
    page.locator("[class*=st-key-undo] button").first.click()
    drawn(page)


def test_the_tables_of_an_archive_are_shown_and_saved_one_by_one(visit, store):
    page = visit("/add_data")
    choose(page, "youtube.zip", youtube())
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("1 file is ready and 1 has something to ask")
    for name, day in (("first_day", "2026-03-01"), ("last_day", "2026-03-31")):
        for place, part in zip(("year", "month", "day"), day.split("-"), strict=True):
            box = page.locator(f"[class*='st-key-answer-{name}'] [role=spinbutton][data-type={place}]").first
            box.click()
            box.press_sequentially(part)
        drawn(page)
    answer(page, "account", "Our channel")
    pick(page, ".st-key-into", TITLE[:12])
    page.locator(".st-key-save-ready button").click()
    drawn(page)
    expect(main).to_contain_text("2 are saved")
    with open_store(store) as opened:
        saved = {b.file_name: b for b in opened.batches() if b.file_name.startswith("youtube.zip/")}
    assert {name: batch.control["views"] for name, batch in saved.items()} == {
        "youtube.zip/Table data.csv": 900,
        "youtube.zip/Totals.csv": 900,
    }


def test_a_layout_that_nobody_knows_is_explained_once_and_read_from_then_on(visit, store):
    page = visit("/add_data")
    first, second = (
        f"Tag;Gesehen von;Worum;Gezahlt\n{day}.03.2026;1200;Frag erst;12,50\n{day + 1}.03.2026;1300;Frag erst;13,75\n"
        for day in (13, 23)
    )
    choose(page, "liste.csv", first.encode())
    page.get_by_text("Figures of a platform or another tool").click()
    drawn(page)
    pick(page, "[class*='st-key-map-platform']", "TikTok")
    for number, field in enumerate(
        ("Days: Day", "Figures: Views", "Who or what: Name of the campaign", "Money: Money")
    ):
        pick(page, f"[class*='st-key-holds-{number}']", field)
    page.get_by_role("button", name="Read the file like this").click()
    drawn(page)
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("Once it is saved, we will read this layout so from now on.")
    pick(page, "[class*='st-key-answer-currency']", "EUR")
    pick(page, ".st-key-into", TITLE[:12])
    batch = save(page, store, "liste.csv")
    assert (batch.platform, batch.control) == ("tiktok", {"views": 2500, "spend": 26_250_000})

    page = visit("/add_data")
    choose(page, "liste 2.csv", second.encode())
    expect(main).to_contain_text("Read as you said before of this layout.")
    pick(page, ".st-key-into", TITLE[:12])
    assert save(page, store, "liste 2.csv").control["views"] == 2500
