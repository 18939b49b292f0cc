"""Bytes on the line, measured in Chromium: the first visit to Results, the second, and each plain page."""

import base64
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from campaigns.store import open_store
from tests.serving import CHROMIUM, FLAGS, dashboard

FIRST, SECOND, PLAIN = 3_000_000, 50_000, 20_000
READY = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"


@dataclass(slots=True, kw_only=True)
class Weight:
    """What came over the line for a page: answers to requests with their headers, and frames of the websocket."""

    requests: int = 0
    answers: float = 0
    frames: int = 0
    _deflated: bool = False
    _deflate: Any = field(default_factory=lambda: zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS))

    @property
    def total(self) -> float:
        return self.answers + self.frames

    def answered(self, event: dict[str, Any]) -> None:
        self.requests += event["encodedDataLength"] > 0
        self.answers += event["encodedDataLength"]

    def opened(self, event: dict[str, Any]) -> None:
        names = {name.lower(): value for name, value in event["response"]["headers"].items()}
        self._deflated = "permessage-deflate" in names.get("sec-websocket-extensions", "")

    def framed(self, event: dict[str, Any]) -> None:
        """Chromium tells a frame after it is unpacked, so that it is packed again here, as the server did."""
        data = base64.b64decode(event["response"]["payloadData"])
        if self._deflated:
            self.frames += len(self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH)) - 4
        else:
            self.frames += len(data)

    def __str__(self) -> str:
        return f"{self.total / 1000:7.1f} kB  ({self.requests} answers, {self.frames / 1000:.1f} kB by the websocket)"


def measure(store: Path) -> bool:
    """Print what each visit weighs beside what is wanted, and say whether none weighs more."""
    light = True
    with dashboard(store) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(locale="en-GB")
        for what, wanted in (("first visit to Results", FIRST), ("second visit", SECOND)):
            weight = visit(context, f"{server.address}/results")
            light &= _told(what, weight, wanted)
        context.close()
        with open_store(store) as opened:
            plain = ["results", *(f"campaign/{campaign.id}" for campaign in opened.campaigns())]
        for path in plain:
            context = browser.new_context(locale="en-GB")
            weight = visit(context, f"{server.address}/lite/{path}", ready="main")
            light &= _told(f"/lite/{path}", weight, PLAIN)
            context.close()
        browser.close()
    return light


def _told(what: str, weight: Weight, wanted: int) -> bool:
    print(f"{what:42}  {weight}  (wanted: at most {wanted / 1000:.0f} kB)")
    return weight.total <= wanted


def visit(context: BrowserContext, address: str, *, ready: str = READY) -> Weight:
    """What a visit weighs, from an empty tab until the page is complete."""
    page, weight = context.new_page(), Weight()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda event: weight.answered(event))
    line.on("Network.webSocketHandshakeResponseReceived", lambda event: weight.opened(event))
    line.on("Network.webSocketFrameReceived", lambda event: weight.framed(event))
    page.goto(address)
    page.wait_for_selector(ready, timeout=60_000)
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]')")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)  # pictures below the first screen
    page.close()
    return weight
