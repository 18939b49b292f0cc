"""Answers to requests for plain pages: made once for each language and state of the data, compressed, and kept."""

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from campaigns.settings import settings
from campaigns.store import open_store
from views.answers.filters import filters
from views.lite.campaign import campaign_page
from views.lite.frame import POLICY, RESULTS, Place, address, document, paragraphs
from views.lite.results import results_page
from views.markup import element
from views.opening import open_for_page
from views.reader import preferred_language
from views.sending import Kept, send
from views.wording import Words

LOG: Final = logging.getLogger(__name__)
PAGES: Final = 128  # that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What a page depends on beside the data: plain values, by which it is kept."""

    campaign: str | None = None
    chosen: tuple[tuple[str, str], ...] = ()
    language: str
    today: dt.date


async def start(request: Request) -> Response:
    """The plain pages begin with the results."""
    return RedirectResponse(f"{RESULTS}?{request.url.query}" if request.url.query else RESULTS)


async def results(request: Request) -> Response:
    """All campaigns that the filters let through."""
    language = _language(request)
    names = [*(filter_.name for filter_ in filters(Words(language))), "page"]
    chosen = tuple((name, wished) for name in names if (wished := request.query_params.get(name)))
    return await _answer(request, _Wish(chosen=chosen, language=language, today=_today()))


async def campaign(request: Request) -> Response:
    """One campaign."""
    wish = _Wish(campaign=request.path_params["campaign"], language=_language(request), today=_today())
    return await _answer(request, wish)


async def nowhere(request: Request) -> Response:
    """There is no such page."""
    words = Words(_language(request), for_files=True)
    return _response(request, _in_words(words, 404, words("There is no page at this address.")), words.language)


async def _answer(request: Request, wish: _Wish) -> Response:
    try:
        page = await asyncio.to_thread(_page, wish)
    except Exception:  # whatever keeps the data closed, a person is told in words, and the log keeps what it was
        LOG.exception("a plain page could not be made")
        words = Words(wish.language, for_files=True)
        page = _in_words(words, 503, words("The data cannot be read at the moment. Try again in a few minutes."))
    return _response(request, page, wish.language)


def _page(wish: _Wish) -> Kept:
    with open_for_page(lambda *_: None) as store:
        folder, version = str(store.folder), store.version
    return _made(folder, version, wish)


@lru_cache(maxsize=PAGES)
def _made(folder: str, version: str, wish: _Wish) -> Kept:
    """A page as of a version of the store, which was read before the data: never older than it says."""
    from views.evaluations import evaluations  # has caches of Streamlit's, which want its server to run already

    words = Words(wish.language, for_files=True)
    with open_store(folder) as store:
        found, profile = evaluations(store), settings(store).protection.profile
    if wish.campaign is None:
        html = results_page(found, words, asked_for=dict(wish.chosen), profile=profile, today=wish.today)
        return Kept(text=html)
    for evaluation in found:
        if evaluation.campaign.id == wish.campaign:
            return Kept(text=campaign_page(evaluation, words, profile=profile, today=wish.today))
    return _in_words(words, 404, words("There is no campaign “{name}” here.", name=words.text(wish.campaign)))


def _in_words(words: Words, status: int, sentence: str) -> Kept:
    """A page that says why there is nothing else, and where to go."""
    html = document(
        words("Nothing to show"),
        paragraphs(sentence),
        element("p", element("a", words("All campaigns"), href=address(RESULTS, words))),
        words=words,
        place=Place(path=RESULTS, full="/results", chosen={}),
        today=_today(),
    )
    return Kept(text=html, status=status)


def _response(request: Request, page: Kept, language: str) -> Response:
    headers = {
        "content-language": language,
        "content-security-policy": POLICY,
        "vary": "Accept-Language, Cookie",
    }
    return send(request, page, headers)


def _language(request: Request) -> str:
    return preferred_language(request.headers, request.cookies, request.query_params.get("lang"))


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


ROUTES: Final[list[BaseRoute]] = [
    Route("/lite", start),
    Route("/lite/results", results),
    Route("/lite/campaign/{campaign:path}", campaign),
    Route("/lite/{anything:path}", nowhere),
]
