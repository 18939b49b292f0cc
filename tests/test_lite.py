"""The plain pages: the same answers without a script, small, in every language, and nothing in them but text."""

import datetime as dt
import gzip
import re
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette

from campaigns.example import load_example
from campaigns.privacy import STANDARD
from campaigns.settings import Protection, Settings, save_settings
from campaigns.store import open_store
from metrics.verdicts import Certainty, Finding
from tests.evaluations import TWICE, estimate, evaluation
from tests.serving import answering
from views import server
from views.evaluations import evaluations
from views.lite.campaign import campaign_page
from views.lite.frame import POLICY
from views.lite.results import A_PAGE, results_page
from views.wording import LANGUAGES, Words, figures_sentence, verdict_label, verdict_sentence
from views.wording.summary import headline_sentences
from views.wording.verdicts import change_label

TODAY = dt.date(2026, 4, 1)
EN = Words("en", for_files=True)
CAMPAIGN = "gm-2025-peer-videos"
LARGEST = 20_000  # bytes on the line
VOID = {"meta", "link", "input", "br"}


def flat(text):
    return " ".join(text.split())


class Reader(HTMLParser):
    """What a page consists of; refuses tags that are not closed in their order."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self._open = [], [], []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if "style" not in self._open:
            self.text.append(data)

    @property
    def said(self):
        return flat(" ".join(self.text))

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def results(found, words=EN, **asked_for):
    return Reader(results_page(found, words, asked_for=asked_for, profile=STANDARD, today=TODAY))


def campaign(found, words=EN):
    return Reader(campaign_page(found, words, profile=STANDARD, today=TODAY))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    with open_store(folder) as store:
        load_example(store)
    return folder


@pytest.fixture(scope="module")
def found(folder):
    with open_store(folder) as store:
        return evaluations(store)


@pytest.fixture(scope="module")
def get(folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_STORE", str(folder))
        with answering(Starlette(routes=server.ROUTES, middleware=server.MIDDLEWARE)) as get:
            yield get


def test_the_results_say_what_the_full_page_says(found):
    page = results(found)
    for sentence in headline_sentences(found, EN):
        assert sentence in page.said
    for shown in found:
        assert shown.campaign.title in page.said
        if shown.verdict.finding not in (Finding.NOT_MEASURED, Finding.DO_NOT_TRUST) and shown.verdict.estimate:
            assert change_label(shown.verdict.estimate, EN) in page.said
            assert verdict_label(shown, EN) in page.said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_campaign_says_what_the_full_page_says(found, language):
    words = Words(language, for_files=True)
    for shown in found:
        said = campaign(shown, words).said
        assert flat(verdict_sentence(shown, words)) in said
        assert flat(figures_sentence(shown, words)) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_say_their_language_and_direction_and_run_no_script(found, language):
    words = Words(language, for_files=True)
    for page in (results(found, words), campaign(found[0], words)):
        (html,) = page.all("html")
        assert html == {"lang": language, "dir": "rtl" if words.right_to_left else "ltr"}
        assert page.all("script") == page.all("img") == []
        assert not [attributes for _, attributes in page.tags if any(name.startswith("on") for name in attributes)]
        assert not [attributes for _, attributes in page.tags if "style" in attributes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_small(get, language):
    for path in ("/lite/results", f"/lite/campaign/{CAMPAIGN}"):
        status, headers, body = get(f"{path}?lang={language}", accept_encoding="gzip")
        assert (status, headers["content-language"]) == (200, language)
        assert len(body) + 1_000 < LARGEST  # with room for the headers
        assert b"<!doctype html>" in gzip.decompress(body)


def test_many_campaigns_come_page_by_page_and_each_stays_small():
    many = [evaluation(title=f"Campaign {number}") for number in range(A_PAGE + 5)]
    first, second = results(many), results(many, page="2")
    assert len(first.all("svg")) == A_PAGE
    assert len(second.all("svg")) == 5
    assert [link["rel"] for link in first.all("a") if "rel" in link] == ["next"]
    assert [link["rel"] for link in second.all("a") if "rel" in link] == ["prev"]
    html = results_page(many, EN, asked_for={}, profile=STANDARD, today=TODAY)
    assert len(gzip.compress(html.encode())) < LARGEST


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_there_is_not_is_answered_all_the_same(found, page):
    assert "16 campaigns" in results(found, page=page).said


def test_filters_let_through_what_they_say(found):
    page = results(found, country="SEN")
    assert len(page.all("svg")) == 1
    assert "Evenings of film and talk, Senegal" in page.said
    assert [option["value"] for option in page.all("option") if "selected" in option] == ["SEN"]
    assert "No campaign fits these filters." in results(found, country="SEN", platform="tiktok", year="1999").said


def test_links_keep_the_language_and_what_was_chosen(found):
    links = [link["href"] for link in results(found, Words("fr", for_files=True), country="SEN").all("a")]
    assert "/lite/results?lang=en&country=SEN" in links
    assert "/results?lang=fr&country=SEN" in links
    assert "/lite/campaign/sn-2025-village-screenings?lang=fr" in links


def test_what_people_wrote_is_text_and_nothing_else():
    bad = evaluation(title='<img src=x onerror=alert(1)>"&</title>')
    for page in (results([bad]), campaign(bad)):
        assert page.all("img") == page.all("script") == []
        assert '<img src=x onerror=alert(1)>"&</title>' in page.said


def test_tables_and_drawings_say_what_they_are(found):
    shown = evaluation(groups=TWICE)
    for page in (results(found), campaign(shown)):
        assert len(page.all("caption")) == len(page.all("table")) > 0
        assert {head["scope"] for head in page.all("th")} == {"col", "row"}
        assert all(drawing["aria-label"] and drawing["role"] == "img" for drawing in page.all("svg"))
        assert len(page.all("h1")) == 1
    assert verdict_sentence(shown, EN) in campaign(shown).all("svg")[0]["aria-label"]


def test_figures_of_few_people_are_hidden():
    few = evaluation(Finding.RAISED, Certainty.MODERATE, n=7, groups=TWICE)
    enough = evaluation(Finding.RAISED, Certainty.MODERATE, n=8, groups=TWICE)
    for shown, hidden in ((few, True), (enough, False)):
        for page in (results([shown]), campaign(shown)):
            assert (page.all("svg") == []) is hidden
            assert (change_label(estimate(0.09, 0.06, 0.12), EN) in results([shown]).said) is not hidden
    assert "one more aware person cost" not in campaign(few).said


def test_whoever_protects_small_groups_more_strictly_is_obeyed(tmp_path, monkeypatch):
    with open_store(tmp_path) as store:
        load_example(store)
        save_settings(store, Settings(protection=Protection.STRICT), person="tester")
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path))
    with answering(Starlette(routes=server.ROUTES)) as get:
        page = Reader(get(f"/lite/campaign/{CAMPAIGN}?lang=en")[2].decode())
    asked = re.findall(r"(?:Before|After) (\d+) (\d+)", page.said)
    assert asked
    assert all(count.endswith("0") for counts in asked for count in counts)  # rounded to tens


def test_the_way_to_the_plain_pages_is_short(get):
    status, headers, _ = get("/lite?lang=fr")
    assert (status, headers["location"]) == (307, "/lite/results?lang=fr")


@pytest.mark.parametrize("path", ["/lite/campaign/none-such", "/lite/campaign/", "/lite/none/such"])
def test_what_there_is_not_is_said_in_words(get, path):
    status, headers, body = get(f"{path}?lang=en")
    page = Reader(body.decode())
    assert status == 404
    assert "There is no" in page.said
    assert "/lite/results?lang=en" in [link["href"] for link in page.all("a")]
    assert headers["content-security-policy"] == POLICY


def test_a_store_that_cannot_be_opened_is_said_in_words(get, tmp_path, monkeypatch):
    (tmp_path / "in the way").write_text("a file where the folder should be")
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path / "in the way"))
    status, headers, body = get("/lite/results?lang=en")
    assert status == 503
    assert "etag" not in headers
    assert "The data cannot be read at the moment." in Reader(body.decode()).said


def test_a_page_follows_the_data_and_is_not_sent_again_while_they_stay(get, tmp_path, monkeypatch):
    with open_store(tmp_path) as store:
        load_example(store)
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path))
    _, headers, body = get("/lite/results?lang=en")
    assert b"Peers tell it" in body
    again = get("/lite/results?lang=en", if_none_match=headers["etag"])
    assert (again[0], again[2]) == (304, b"")
    with open_store(tmp_path) as store:
        store.remove_campaign(CAMPAIGN, person="tester")
    status, _, body = get("/lite/results?lang=en", if_none_match=headers["etag"])
    assert status == 200
    assert b"Peers tell it" not in body


def test_plain_pages_may_load_nothing_and_be_framed_by_nobody(get):
    policy = get("/lite/results")[1]["content-security-policy"]
    assert policy == POLICY
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
