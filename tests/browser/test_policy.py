"""Under the policy that the server sends every page works, and none asks anything of another server.

`visit` fails where the console tells of an error or a request goes elsewhere.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import drawn
from views.navigation import PAGES

PLAIN = ("/lite/results", "/lite/campaign/gm-2025-peer-videos", "/lite/campaign/none-such")


def test_every_page_works_under_the_policy_and_asks_nothing_elsewhere(visit):
    asked = []
    for name in PAGES:
        page = visit(f"/{name}" if name != PAGES[0] else "/")
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        asked.append(page.evaluate("() => performance.getEntriesByType('resource').map(entry => entry.name)"))
    here = page.evaluate("() => location.origin")
    assert all(asked)
    assert [name for names in asked for name in names if not name.startswith((here, "data:", "blob:"))] == []


def test_a_picture_is_saved_under_the_policy(visit):
    page = visit("/campaign?campaign=gm-2025-peer-videos")
    picture = page.locator(".js-plotly-plot").first
    picture.hover()
    with page.expect_download() as download:
        picture.locator(".modebar-btn").first.click()
    assert download.value.suggested_filename.startswith("gm-2025-peer-videos")


@pytest.mark.parametrize("path", PLAIN)
def test_plain_pages_need_one_answer_and_fit_the_screen(context, address, path):
    page = context.new_page()
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text) if "404" not in message.text else None)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}{path}?lang=ar")
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
        assert page.evaluate("() => getComputedStyle(document.querySelector('header')).display") == "flex"  # styled
    assert {url.partition("?")[0] for url in asked} <= {address + path, f"{address}/favicon.png"}
    assert told == []
    page.close()


def test_the_filters_of_a_plain_page_work_without_a_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/results?lang=en")
    page.get_by_role("link", name="Read the results without it").click()
    page.locator("summary").click()
    page.get_by_label("Country of origin").select_option("SEN")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Evenings of film and talk, Senegal").click()
    expect(page.locator("h1")).to_have_text("Evenings of film and talk, Senegal")
    context.close()


def test_the_full_page_leads_to_the_plain_one_and_back(visit):
    page = visit("/campaign?campaign=gm-2025-peer-videos&lang=fr")
    page.locator(".st-key-plain a").click()
    page.wait_for_url("**/lite/campaign/gm-2025-peer-videos?lang=fr")
    page.locator("footer a").click()
    drawn(page)
    expect(page).to_have_url(re.compile("campaign=gm-2025-peer-videos"))
    expect(page).to_have_url(re.compile("lang=fr"))
