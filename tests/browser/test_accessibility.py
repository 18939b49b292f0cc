"""What breaks WCAG 2.2 A or AA, by axe-core, on every page: light, dark, and from right to left."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import drawn
from views.home.roles import ROLES
from views.navigation import HOME, PAGES

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ADDRESSES = [
    *(f"/?role={role}" for role in ROLES),
    *(f"/{'' if page == HOME else page}" for page in PAGES),
    "/help?part=methods",
    "/help?part=data",
]


def violations(page, **run_only):
    """Each broken rule with the first elements that break it."""
    options = {"runOnly": run_only or {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_breaks_wcag_in_light_or_dark(visit, language):
    broken = {}
    for path in ADDRESSES:
        page = visit(f"{path}{'&' if '?' in path else '?'}lang={language}")
        page.emulate_media(color_scheme="light")
        drawn(page)
        assert page.evaluate("() => document.documentElement.dir") == ("rtl" if language == "ar" else "ltr"), path
        if found := violations(page):
            broken[path, "light"] = found
        if language == "en":  # colours do not depend on the language
            page.emulate_media(color_scheme="dark")
            drawn(page)
            if found := violations(page, type="rule", values=["color-contrast"]):
                broken[path, "dark"] = found
    page.emulate_media(color_scheme="light")
    assert broken == {}
