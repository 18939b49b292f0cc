"""The browser of this machine, kept open in the background, which draws figures as images; nothing is fetched by it."""

import asyncio
import atexit
import contextlib
import threading
from collections.abc import Coroutine
from functools import cache
from typing import Any, Literal, TypeVar

import plotly.graph_objects as go

PATIENCE = 120.0  # seconds for one image, the start of the browser among them
NOWHERE = "127.0.0.1:9"  # a proxy that nobody answers at: the browser reaches this machine's files and nothing else
PIXELS_PER_INCH = 96  # of a figure's own size

Result = TypeVar("Result")
ImageFormat = Literal["png", "svg"]


class NoBrowserError(RuntimeError):
    """There is no Chrome or Chromium on this machine."""


@cache
def browser() -> str | None:
    """Where this machine's Chrome or Chromium is; `BROWSER_PATH` in the environment names another one."""
    from choreographer.browsers.chromium import Chromium  # a moment to load, for those who draw files only

    return Chromium.find_browser(skip_local=False)


def draw(figure: go.Figure, image: ImageFormat, *, dots_per_inch: int = PIXELS_PER_INCH) -> bytes:
    """A figure of a given width and height as an image.

    The browser starts with the first image (about two seconds) and stays; a further image takes about 0.2 seconds.
    """
    path = browser()
    if path is None:
        raise NoBrowserError("there is no Chrome or Chromium on this machine")
    size = {"width": figure.layout.width, "height": figure.layout.height}
    options = {"format": image, "scale": dots_per_inch / PIXELS_PER_INCH, **size}
    with _one_at_a_time:
        try:
            return _in_background(_drawn(path, figure.to_plotly_json(), options))
        except Exception:  # a browser that was ended from outside: once more, with a new one
            with contextlib.suppress(Exception):
                _in_background(_close())
            return _in_background(_drawn(path, figure.to_plotly_json(), options))


_one_at_a_time = threading.Lock()
_open: list[Any] = []  # the browser, once it is open


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="images", daemon=True).start()
    return loop


def _in_background(work: Coroutine[Any, Any, Result]) -> Result:
    running = asyncio.run_coroutine_threadsafe(work, _loop())
    try:
        return running.result(timeout=PATIENCE)
    except TimeoutError:
        running.cancel()
        raise


async def _drawn(path: str, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
    from kaleido import Kaleido

    if not _open:
        drawing = Kaleido(n=1, mathjax=False, path=path, proxy_server=NOWHERE, timeout=PATIENCE)
        await drawing.open()
        _open.append(drawing)
        atexit.register(_end)  # last, so that it comes before the removal of what the browser still uses
    image: bytes = await _open[0].calc_fig(figure, opts=options)
    return image


async def _close() -> None:
    while _open:
        await _open.pop().close()


def _end() -> None:
    with contextlib.suppress(Exception):
        _in_background(_close())
