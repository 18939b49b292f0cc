"""One server with the example data and one Chromium for all journeys; a request to another origin fails a test."""

import pytest
from playwright.sync_api import expect, sync_playwright

from campaigns.example import load_example
from campaigns.store import open_store
from tests.serving import CHROMIUM, FLAGS, dashboard

READY = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"

expect.set_options(timeout=20_000)  # the address follows a click late on a slow machine


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    with open_store(folder) as opened:
        load_example(opened)
    return folder


@pytest.fixture(scope="session")
def address(store):
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: set CHROMIUM or install the package chromium")
    with dashboard(store) as running:
        yield running.address


@pytest.fixture(scope="session")
def browser(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser):
    """One for all, so that scripts are fetched and read once."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC", reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def visit(context, address):
    """Open a page of the tracker and wait until it is drawn, as somebody who was never there."""
    context.clear_cookies()  # the page remembers its reader's language
    page = context.new_page()
    elsewhere, errors = [], []
    ours = (address, address.replace("http", "ws", 1), "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(ours) else elsewhere.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: errors.append(f"{message.text} {message.location}") if message.type == "error" else None,
    )

    def visit(path, width=1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path)
        drawn(page)
        return page

    yield visit
    page.close()
    assert elsewhere == []
    assert errors == []


def drawn(page):
    """Wait until Streamlit has nothing more to do, and each picture is there: a late one moves what is below it."""
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]')")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(it => it.querySelector('.main-svg'))"
    )
