"""A viewer without a browser: speaks Streamlit's websocket as its frontend does, and remembers what may be chosen."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0  # seconds


class PageFailedError(RuntimeError):
    """The page showed an exception, or did not come to its end."""


class Viewer:
    """One open page of one person."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._page = ""
        self._lists: dict[str, tuple[str, list[str]]] = {}
        self.chosen: dict[str, str] = {}
        self.messages = 0
        self.size = 0

    async def open(self, page: str, **query: str) -> float:
        """Go to a page by its name in the address; the seconds until it is complete."""
        self._lists.clear()
        self.chosen.clear()
        message = BackMsg()
        message.rerun_script.page_name = page
        return await self._run(message, {"lang": "en", **query})

    async def rerun(self, **chosen: str | None) -> float:
        """Choose from lists by their names in the address (None: nothing); the seconds until the page is complete.

        A value is the place of an option in its list.
        """
        for name, value in chosen.items():
            if value is None:
                self.chosen.pop(name, None)
            else:
                self.chosen[name] = value
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        for name, (identity, options) in self._lists.items():
            state = message.rerun_script.widget_states.widgets.add(id=identity)
            if name in self.chosen:
                state.string_value = options[int(self.chosen[name])]
            elif name == "lang":
                state.string_value = "English"
        return await self._run(message, {"lang": "en"})

    async def _run(self, message: BackMsg, query: dict[str, str]) -> float:
        message.rerun_script.query_string = urlencode(query)
        self.messages = self.size = 0
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), PATIENCE)
            answer = ForwardMsg.FromString(bytes(raw))
            self.messages += 1
            self.size += len(raw)
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self._page = answer.navigation.page_script_hash
            elif kind == "delta":
                self._notice(answer)
            elif kind == "script_finished" and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return time.perf_counter() - start

    def _notice(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise PageFailedError(f"{element.exception.type}: {element.exception.message}")
        if kind == "selectbox":  # its identity ends in the key that it has in the page
            shown = element.selectbox
            self._lists[shown.id.rpartition("-")[2]] = (shown.id, list(shown.options))


@contextlib.asynccontextmanager
async def viewing(address: str) -> AsyncIterator[Viewer]:
    """Connect to a dashboard."""
    async with connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=address,
        subprotocols=["streamlit"],
        max_size=None,
        open_timeout=PATIENCE,
    ) as socket:
        yield Viewer(socket)
