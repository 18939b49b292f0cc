"""Sending what is kept: compressed once, and not sent again to a browser that has it."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A text as it goes out, plain and compressed, and a tag that is another one where the text is."""

    text: str
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    plain: bytes = field(init=False)
    compressed: bytes = field(init=False)
    tag: str = field(init=False)

    def __post_init__(self) -> None:
        plain = self.text.encode()
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "compressed", gzip.compress(plain, 9, mtime=0))
        object.__setattr__(self, "tag", f'"{hashlib.sha256(plain).hexdigest()[:16]}"')


def send(request: Request, kept: Kept, headers: Mapping[str, str]) -> Response:
    """The text, or word that the browser's copy is still right; browsers ask each time whether it is."""
    vary = ", ".join(filter(None, (headers.get("vary"), "Accept-Encoding")))
    told = {"cache-control": "private, no-cache", **headers, "vary": vary}
    if kept.status == 200:
        told["etag"] = kept.tag
        if request.headers.get("if-none-match", "").removeprefix("W/") == kept.tag:
            return Response(status_code=304, headers=told)
    if "gzip" in request.headers.get("accept-encoding", ""):
        compressed = {**told, "content-encoding": "gzip"}
        return Response(kept.compressed, kept.status, compressed, kept.media_type)
    return Response(kept.plain, kept.status, told, kept.media_type)
