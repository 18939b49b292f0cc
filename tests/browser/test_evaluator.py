"""What an evaluator does in a browser: see why, decide otherwise, put campaigns together, plan the next one."""

import re
from contextlib import suppress

from playwright.sync_api import TimeoutError, expect

from campaigns.store import open_store
from tests.browser.conftest import drawn

TRIES = 4
CAMPAIGN = "gn-2025-mobile-cinema"
FIVE = ("sn-2025-village-screenings", "gn-2025-mobile-cinema", "hn-2026-which-way", "ma-2025-letters-home",
        "ml-2025-radio-and-page")  # fmt: skip


def decide_low(page):
    """Choose the grade by the keyboard; again, where the page moved and closed the list."""
    field = page.locator(".st-key-override-what input")
    for _ in range(TRIES):
        field.click(trial=True)  # waits until nothing moves any more
        field.fill("")
        field.press_sequentially("low")
        with suppress(TimeoutError):
            page.locator("[role=option][data-focused=true]", has_text="●●○○").wait_for(timeout=3_000)
            field.press("Enter")
            if field.input_value().endswith("●●○○ low"):
                break
    expect(field).to_have_value(re.compile("●●○○ low$"))


def test_an_evaluator_sees_why_decides_otherwise_puts_campaigns_together_and_plans(visit, store):
    page = visit(f"/campaign?campaign={CAMPAIGN}")
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("moderate")
    expect(main).to_contain_text("what changed for everybody is taken off")
    page.get_by_text("How was it worked out?").click()
    expect(main).to_contain_text("places count, not people")

    page.get_by_text("For evaluators: decide otherwise").click()
    decide_low(page)
    page.locator(".st-key-override-person input").fill("Amina Evaluator")
    page.locator(".st-key-override-why textarea").fill("two of the villages were next to each other")
    page.locator(".st-key-override-keep button").click()
    drawn(page)
    expect(main).to_contain_text("What did evaluators decide?", timeout=30_000)
    expect(main).to_contain_text("two of the villages were next to each other")
    expect(main).to_contain_text("By the rules:")
    with open_store(store) as opened:
        entry = opened.history()[-1]
        assert (entry.person, entry.action, entry.subject) == ("Amina Evaluator", "save_campaign", CAMPAIGN)
        assert entry.before["id"] == entry.after["id"]

    page = visit(f"/compare?campaigns={','.join(FIVE)}")
    expect(main).to_contain_text("Together these 5 campaigns")
    expect(main).to_contain_text("A similar campaign elsewhere could change anything")
    table = page.get_by_role("table").filter(has_text="Weight, in 100")
    expect(table.get_by_role("row")).to_have_count(6)
    page.get_by_role("button", name="Remove Which way? Honduras").click()
    drawn(page)
    expect(main).to_contain_text("Together these 4 campaigns")

    page = visit("/plan", width=390)
    field = page.locator(".st-key-plan-people input")
    field.fill("390")
    field.press("Enter")
    drawn(page)
    expect(main).to_contain_text("With 390 interviews on each side you can see a change of")
