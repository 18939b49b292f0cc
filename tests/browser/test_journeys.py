"""What a person does in a browser: open the pages on any screen, follow a link, add a file, take figures away."""

import csv
import re

import pytest
from playwright.sync_api import expect

from campaigns.example import EXAMPLE
from campaigns.store import Status, open_store
from tests.browser.conftest import drawn

EXPORT = next(EXAMPLE.glob("gm-2025-peer-videos/*age-gender*.csv"))
TITLE = "Peers tell it: short videos, The Gambia"


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_open_and_fit_the_screen(visit, width):
    for path in ("/", "/?role=ngo", "/results", "/campaign", "/evidence", "/add_data", "/help"):
        page = visit(path, width)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0, path
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_link_opens_the_campaign_and_the_language_that_it_names(visit):
    page = visit("/campaign?campaign=gm-2025-peer-videos&lang=fr")
    expect(page.locator("h1")).to_have_text(TITLE)
    assert page.evaluate("() => document.documentElement.lang") == "fr"
    expect(page.get_by_role("link", name="Résultats")).to_be_visible()
    page = visit("/campaign?campaign=gm-2025-peer-videos&lang=en")
    expect(page.get_by_role("link", name="Results")).to_be_visible()


def test_a_row_of_the_results_leads_to_its_campaign(visit):
    page = visit("/results")
    page.locator("[class*=st-key-row-] a", has_text=TITLE).click()
    drawn(page)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page).to_have_url(re.compile("campaign=gm-2025-peer-videos"))


def test_a_filter_is_written_into_the_address_and_read_from_it(visit):
    page = visit("/results?country=SEN")
    rows = page.locator("[class*=st-key-row-] a")
    expect(rows).to_have_count(1)
    page = visit("/results")
    assert rows.count() > 5


def test_a_file_is_added_and_undone(visit, store):
    page = visit("/add_data")
    content = EXPORT.read_bytes() + b"\n"  # a file that is not stored yet
    page.locator("input[type=file]").set_input_files({"name": "march.csv", "mimeType": "text/csv", "buffer": content})
    expect(page.locator(".st-key-into")).to_be_visible()
    drawn(page)
    page.locator(".st-key-into input").press_sequentially(TITLE[:12])
    page.get_by_role("option", name=TITLE).wait_for()
    page.locator(".st-key-into input").press("Enter")
    page.locator(".st-key-save button").click()
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("Saved")
    with open_store(store) as opened:
        (saved,) = [batch for batch in opened.batches() if batch.file_name == "march.csv"]
        assert saved.status == Status.ACTIVE
    page.locator(".st-key-undo button").click()
    expect(page.locator(".st-key-save button")).to_be_visible()
    with open_store(store) as opened:
        assert opened.batch(saved.id).status == Status.UNDONE


def test_the_results_are_taken_away_as_a_file_that_says_where_they_come_from(visit, tmp_path):
    page = visit("/results")
    page.locator(".st-key-take-results button").first.click()
    with page.expect_download() as download:
        page.locator(".st-key-csv-results button").click()
    download.value.save_as(tmp_path / "results.csv")
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert any(TITLE in row for row in rows)
    assert any("Source" in row for row in rows)


def test_on_a_phone_a_ministry_chooses_its_screen_and_reaches_every_page(visit):
    page = visit("/", width=390)
    page.locator(".st-key-doors").get_by_role("link", name="Ministry").click()
    expect(page).to_have_url(re.compile("role=ministry"))
    drawn(page)
    expect(page.locator(".st-key-answer-counted")).to_contain_text("raised awareness")
    page.locator("[class*=st-key-row-] a").first.click()
    drawn(page)
    expect(page).to_have_url(re.compile("campaign="))
    page.get_by_role("link", name="Campaign tracker").click()
    drawn(page)
    expect(page).to_have_url(re.compile("role=ministry"))  # the choice lasts as long as the visit
    for name in ("Results", "Settings and history", "Help"):
        page.locator(".st-key-pages").get_by_role("link", name=name).click()
        drawn(page)
        expect(page.locator(".st-key-pages [class*=st-key-here-]")).to_have_text(name)
    page.locator(".st-key-parts-help").get_by_role("link", name="Methods").click()
    drawn(page)
    expect(page).to_have_url(re.compile("part=methods"))
    page.get_by_text("Two groups, and several results at once").click()
    expect(page.locator(".methods").first).to_contain_text("How many more people in a hundred know")
    size = page.locator(".st-key-pages a").first.bounding_box()
    assert size["height"] >= 24  # WCAG 2.2, 2.5.8
