"""What surrounds the pages on their way out: their language, security headers, compressed assets, readiness."""

import asyncio
import base64
import gc
import gzip
import hashlib
import importlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.lite.routes import ROUTES as PLAIN_PAGES
from views.lite.routes import nowhere
from views.markup import element
from views.reader import preferred_language
from views.sending import Kept, send
from views.wording.language import Words

ASSETS: Final = (Path(streamlit.__file__).parent / "static").resolve()
INDEX: Final = (ASSETS / "index.html").read_text(encoding="utf-8")
PAGES: Final = tuple(sorted(page.stem for page in Path(__file__).with_name("screens").glob("*.py")))
STATIC: Final = Path(__file__).with_name("static")
# 170 kB that a browser fetches before it is told that the tracker uses the system's fonts.
FONT_OF_STREAMLIT: Final = re.compile(rb"@font-face\{font-family:Source Sans;[^}]*\}")
COMPRESSED: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


def content_security_policy(index: str) -> str:
    """A policy under which nothing is fetched from elsewhere and only the page's own scripts run.

    An inline script is allowed by its hash, so that Streamlit's one runs and an injected one does not.
    """
    inline = re.findall(r"<script>(.*?)</script>", index, flags=re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {allowed}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit and Plotly style their elements in place
            "img-src 'self' data: blob:",  # drawings in a page; blob: where Plotly saves a picture
            "font-src 'self' data:",  # Streamlit's formulas bring one of theirs along
            "connect-src 'self'",
            "media-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


SECURITY_HEADERS: Final = {
    "content-security-policy": content_security_policy(INDEX),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)  # a page without scripts has a stricter policy of its own
            await send(message)

        await self.app(scope, receive, send_secured if scope["type"] == "http" else send)


class CompressedAssets:
    """Serves Streamlit's scripts and styles compressed: a first visit costs 3 MB and not 9."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asset = _asset(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if asset is None:
            return await self.app(scope, receive, send)
        response = Response(
            await asyncio.to_thread(_compressed, asset),
            media_type=COMPRESSED[asset.suffix],
            headers={
                "content-encoding": "gzip",
                "vary": "Accept-Encoding",
                "cache-control": "public, immutable, max-age=31536000",  # their names hold a hash of their content
            },
        )
        return await response(scope, receive, send)


def _asset(scope: Scope) -> Path | None:
    if not scope["path"].startswith("/static/") or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
        return None
    asset = (ASSETS / scope["path"].lstrip("/")).resolve()
    return asset if asset.suffix in COMPRESSED and asset.is_relative_to(ASSETS) and asset.is_file() else None


@cache
def _compressed(asset: Path) -> bytes:
    content = asset.read_bytes()
    if asset.suffix == ".css":
        content = FONT_OF_STREAMLIT.sub(b"", content)
    return gzip.compress(content, 9)


@cache
def page_in(language: str) -> Kept:
    """Streamlit's page, saying from its first byte which language it is in and in which direction that runs.

    Whoever's browser runs no scripts is led to the same results in plain HTML.
    """
    words = Words(language, for_files=True)
    direction = "rtl" if words.right_to_left else "ltr"
    page = INDEX.replace('<html lang="en">', f'<html lang="{language}" dir="{direction}">')
    page = page.replace("<title>Streamlit</title>", str(element("title", words("Campaign tracker"))))
    page = re.sub(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*>", "", page)  # the tracker uses the system's fonts
    page = re.sub(r"<link\s+rel=\"service-desc\"[^>]*>", "", page)  # of an interface that is switched off
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    without_scripts = element(
        "noscript",
        element("p", words("This page needs JavaScript, which your browser does not run.")),
        element("p", element("a", words("Read the results without it"), href=f"./lite/results?lang={language}")),
    )
    page = re.sub(r"<noscript>.*?</noscript>", lambda _: without_scripts, page, flags=re.DOTALL)
    return Kept(text=page.replace("<head>", '<head><script src="./api/streamlit_words.js" defer></script>', 1))


async def page(request: Request) -> Response:
    """The page in the reader's language."""
    language = preferred_language(request.headers, request.cookies, request.query_params.get("lang"))
    return send(request, page_in(language), {"content-language": language, "vary": "Accept-Language, Cookie"})


@cache
def _streamlit_words() -> Kept:
    return Kept(text=(STATIC / "streamlit_words.js").read_text(encoding="utf-8"), media_type="text/javascript")


async def streamlit_words(request: Request) -> Response:
    """The script that puts Streamlit's own English words into the page's language."""
    return send(request, _streamlit_words(), {})


async def icon(_: Request) -> Response:
    """The tracker's icon, in place of Streamlit's."""
    return FileResponse(STATIC / "icon.png", headers={"cache-control": "public, max-age=86400"})


async def ready(_: Request) -> Response:
    """Whether the tracker can open its store, for whoever watches over it."""
    from campaigns.store import open_store

    def check() -> None:
        open_store()

    try:
        await asyncio.to_thread(check)
    except Exception:  # whatever keeps the store closed, the answer is the same
        return JSONResponse({"status": "store cannot be opened"}, status_code=503)
    return JSONResponse({"status": "ready"})


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Load what the first page needs before it is asked for.

    Objects that live as long as the server are frozen, so that whoever collects garbage does not look at all of them
    each time: a run of a page then costs a fifth.
    """
    for module in ("views.evaluations", "views.charts", "plotly.graph_objects", "streamlit.elements.plotly_chart"):
        await asyncio.to_thread(importlib.import_module, module)
    gc.collect()
    gc.freeze()
    yield {}


class PageName(StringConvertor):
    """What may be the name of a page, and is none of Streamlit's own addresses."""

    regex = "[A-Za-z_-]+"


register_url_convertor("page_name", PageName())
ROUTES: Final[list[BaseRoute]] = [
    *(Route(f"/{name}", page) for name in ("", *PAGES)),
    *PLAIN_PAGES,
    *(Route(path, icon) for path in ("/favicon.png", "/favicon.ico")),
    Route("/api/streamlit_words.js", streamlit_words),
    Route("/api/ready", ready),
    Route("/{name:page_name}", nowhere),  # Streamlit would show its first page, and a window in English above it
]
MIDDLEWARE: Final = [Middleware(SecurityHeaders), Middleware(CompressedAssets)]
