"""What every plain page has around its content: its language, the ways to other pages, and where it comes from."""

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from views.lite.look import STYLE
from views.markup import Html, element, together
from views.wording import LANGUAGES, Words, own_name

RESULTS: Final = "/lite/results"
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a plain page is: its address, what was chosen there, and the page of the dashboard that says more."""

    path: str
    full: str
    chosen: Mapping[str, str]


def campaign_path(campaign_id: str) -> str:
    """The address of a campaign's plain page."""
    return f"/lite/campaign/{quote(campaign_id, safe='')}"


def plain_address(screen: str, chosen: Mapping[str, str]) -> str:
    """The plain page that says the same as a page of the dashboard where `chosen` is in its address; the language too.

    >>> plain_address("campaign", {"campaign": "a b", "lang": "fr"})
    '/lite/campaign/a%20b?lang=fr'
    >>> plain_address("plan", {"lang": "fr"})
    '/lite/results?lang=fr'
    """
    if screen == "campaign" and "campaign" in chosen:
        return f"{campaign_path(chosen['campaign'])}?{urlencode({'lang': chosen['lang']})}"
    kept = chosen if screen == "results" else {"lang": chosen["lang"]}
    return f"{RESULTS}?{urlencode(kept)}"


def address(path: str, words: Words, chosen: Mapping[str, str] | None = None) -> str:
    """A link in the same language, with what was chosen."""
    return f"{path}?{urlencode({'lang': words.language, **(chosen or {})})}"


def document(
    title: str, *content: str | None, words: Words, place: Place, today: dt.date, simulated: bool = False
) -> str:
    """A whole page. `words` are those for files: nothing here is Markdown."""
    name = words("Campaign tracker")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title} – {name}"),
        element("link", rel="icon", href="/favicon.png"),
        element("style", Html(STYLE)),
    )
    body = element(
        "body",
        _top(words, place),
        element(
            "main",
            element("h1", title),
            element("p", words("Example data: simulated"), class_="notice") if simulated else None,
            *content,
        ),
        _foot(words, place, today),
    )
    direction = "rtl" if words.right_to_left else "ltr"
    return "<!doctype html>" + element("html", head, body, lang=words.language, dir=direction)


def _top(words: Words, place: Place) -> Html:
    here = place.path == RESULTS
    pages = element(
        "nav",
        element("a", words("Results"), href=address(RESULTS, words), aria_current="page" if here else None),
        element("a", words("Full version"), href=address(place.full, words, place.chosen)),
        aria_label=words("Pages"),
    )
    languages = element(
        "nav",
        *(
            element(
                "a",
                own_name(language),
                href=address(place.path, Words(language), place.chosen),
                lang=language,
                hreflang=language,
                aria_current="true" if language == words.language else None,
            )
            for language in LANGUAGES
        ),
        aria_label=words("Language"),
    )
    return element("header", element("strong", words("Campaign tracker")), pages, languages)


def _foot(words: Words, place: Place, today: dt.date) -> Html:
    said = (
        words("Campaign tracker, from the files and records of the organisations named"),
        words.date(today),
        words("Figures of few people are hidden, all other counts rounded."),
        None if words.checked else words("This translation has not been checked by a person yet."),
    )
    return element(
        "footer",
        element("p", element("small", " · ".join(sentence for sentence in said if sentence))),
        element(
            "p",
            element("a", words("Full version, with pictures and files"), href=address(place.full, words, place.chosen)),
            class_="screen",
        ),
    )


def listed(sentences: list[str]) -> Html | None:
    """Sentences as a list; None where there are none."""
    items = [element("li", sentence) for sentence in sentences if sentence]
    return element("ul", *items) if items else None


def paragraphs(*sentences: str | None) -> Html:
    """A paragraph for each sentence that says something."""
    return together(*(element("p", sentence) for sentence in sentences if sentence))
