"""What leaves the server: the language of the page, headers that keep everything else out, compressed assets."""

import gzip
import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.serving import answering
from views import server


async def anything(_):
    return PlainTextResponse("from the application")


@pytest.fixture(scope="module", autouse=True)
def store_of_its_own(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_STORE", str(tmp_path_factory.mktemp("store")))
        yield


@pytest.fixture(scope="module")
def get():
    app = Starlette(routes=[*server.ROUTES, Route("/{path:path}", anything)], middleware=server.MIDDLEWARE)
    with answering(app) as get:
        yield get


@pytest.mark.parametrize(
    ("address", "cookie", "browser", "language"),
    [
        ("/?lang=fr", "lang=en", "en-GB", "fr"),
        ("/", "lang=fr", "en-GB", "fr"),
        ("/", "", "fr-SN,fr;q=0.9,en;q=0.8", "fr"),
        ("/", "", "wo, fr;q=0.7", "fr"),
        ("/?lang=xx", "", "tlh", "en"),
        ("/campaign?campaign=a&lang=fr", "", "en", "fr"),
    ],
)
def test_the_page_says_which_language_it_is_in(get, address, cookie, browser, language):
    _, headers, body = get(address, cookie=cookie, accept_language=browser)
    assert f'<html lang="{language}" dir="ltr">'.encode() in body
    assert headers["content-language"] == language


def test_every_screen_has_an_address_that_says_its_language(get):
    screens = sorted(Path(server.__file__).with_name("screens").glob("*.py"))
    assert screens
    for screen in screens:
        assert b'<html lang="fr"' in get(f"/{screen.stem}?lang=fr")[2]


@pytest.mark.parametrize("address", ["/", "/api/ready", "/anything/else", "/static/none.js"])
def test_every_response_carries_the_security_headers(get, address):
    _, headers, _ = get(address)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in re.search(r"script-src [^;]*", policy)[0]


def test_only_the_inline_scripts_of_the_page_are_allowed_by_their_hash():
    once = server.content_security_policy("<script>let a = 1</script>")
    assert once == server.content_security_policy("<p></p><script>let a = 1</script>")
    assert once != server.content_security_policy("<script>let a = 2</script>")
    assert server.INDEX.count("<script>") == server.SECURITY_HEADERS["content-security-policy"].count("'sha256-")


def test_the_page_asks_for_nothing_from_elsewhere(get):
    page = get("/")[2].decode()
    assert not re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=\"(?:https?:)?//", page)
    assert 'as="font"' not in page
    assert get("/api/streamlit_words.js")[1]["content-type"].startswith("text/javascript")


def test_assets_are_served_compressed_and_whole(get):
    script = max((server.ASSETS / "static" / "js").glob("index.*.js"), key=lambda path: path.stat().st_size)
    _, headers, body = get(f"/static/js/{script.name}", accept_encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert len(body) < script.stat().st_size / 2
    assert gzip.decompress(body) == script.read_bytes()


def test_the_font_that_no_page_uses_is_not_asked_for(get):
    (style,) = (server.ASSETS / "static" / "css").glob("index.*.css")
    served = gzip.decompress(get(f"/static/css/{style.name}", accept_encoding="gzip")[2])
    assert style.read_bytes().count(b"@font-face{font-family:Source Sans;") == 2  # upright and italic
    assert b"Source Sans;" not in served
    assert served.count(b"@font-face") == style.read_bytes().count(b"@font-face") - 2


@pytest.mark.parametrize("path", ["/static/../__init__.py", "/static/%2e%2e/%2e%2e/__init__.py", "/static/js/none.js"])
def test_only_streamlits_own_assets_are_read(get, path):
    assert (server.ASSETS.parent / "__init__.py").is_file()
    assert get(path, accept_encoding="gzip")[2] == b"from the application"


def test_a_browser_that_cannot_decompress_is_left_to_the_application(get):
    script = next((server.ASSETS / "static" / "js").glob("*.js"))
    assert get(f"/static/js/{script.name}", accept_encoding="identity")[2] == b"from the application"


def test_readiness_tells_whether_the_store_opens(get, tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path / "store"))
    status, _, body = get("/api/ready")
    assert (status, json.loads(body)) == (200, {"status": "ready"})
    (tmp_path / "in the way").write_text("a file where the folder should be")
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path / "in the way"))
    assert get("/api/ready")[0] == 503


def test_the_page_is_not_sent_again_to_a_browser_that_has_it(get):
    status, headers, body = get("/?lang=fr", accept_encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert b'<html lang="fr"' in gzip.decompress(body)
    again = get("/?lang=fr", if_none_match=headers["etag"])
    assert (again[0], again[2]) == (304, b"")
    assert get("/?lang=en", if_none_match=headers["etag"])[0] == 200


def test_whoever_has_no_scripts_is_led_to_the_plain_pages_in_the_same_language(get):
    page = get("/?lang=fr")[2].decode()
    without = re.search(r"<noscript>(.*?)</noscript>", page, flags=re.DOTALL)[1]
    assert 'href="./lite/results?lang=fr"' in without
    assert get("/lite/results?lang=fr")[0] == 200


def test_nothing_of_the_page_speaks_of_streamlit_to_a_reader(get):
    page = get("/")[2].decode()
    assert "<title>Campaign tracker</title>" in page
    assert "Streamlit" not in re.sub(r"<[^>]*>", "", page)
    assert get("/favicon.png")[2] == (server.STATIC / "icon.png").read_bytes()


def test_an_address_without_a_page_is_said_in_words(get):
    status, headers, body = get("/resultats?lang=en")
    assert (status, headers["content-language"]) == (404, "en")
    assert b"There is no page at this address." in body
    assert b'href="/results?lang=en"' in body
