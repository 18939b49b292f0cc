"""HTML as it is written here: whatever is not markup already is text, and text is escaped."""

from html import escape
from typing import Final

VOID: Final = frozenset({"meta", "link", "input", "br", "img"})


class Html(str):
    """Text that is markup, because it was made here."""

    __slots__ = ()


def element(tag: str, /, *content: str | None, **attributes: str | bool | None) -> Html:
    """An element with its content; an attribute that is None or False is left out, one that is True has no value.

    A name that Python keeps for itself ends in `_`, and every other `_` is a hyphen.

    >>> element("a", "1 < 2", href="?a=1&b=2", class_="here")
    '<a href="?a=1&amp;b=2" class="here">1 &lt; 2</a>'
    >>> element("p", element("b", "so"), hidden=True)
    '<p hidden><b>so</b></p>'
    """
    named = "".join(_attribute(name, value) for name, value in attributes.items())
    inner = together(*content)
    return Html(f"<{tag}{named}>" if tag in VOID else f"<{tag}{named}>{inner}</{tag}>")


def together(*content: str | None) -> Html:
    """Pieces one after the other; a piece that is None is left out.

    >>> together("<", Html("<br>"), None)
    '&lt;<br>'
    """
    return Html("".join(piece if isinstance(piece, Html) else escape(piece) for piece in content if piece is not None))


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'
