"""Colours: shape, colour and word always say the same, so that no difference hangs on colour alone."""

import re

BETTER = "#12436D"  # dark blue, circle
WORSE = "#F46A25"  # orange, diamond; for marks, not for text
CATEGORIES = (BETTER, "#28A197", "#801650", WORSE)  # at most four in one picture
INK = "#0A0A0A"
SOFT_INK = "#4A4A4A"
PAPER = "#FFFFFF"
GRID = "#E4E4E4"  # light on purpose: never the only carrier of a fact
BAND = "#EBEEF2"  # changes too small to matter
OUTLINE = "#6B7785"
ANYWAY = "#8A949E"  # people who know with and without the campaign


# The same on a dark ground; `tests/test_palette.py` holds both to contrast and to three kinds of colour blindness.
DARK = {
    BETTER: "#3D97EE",
    WORSE: "#FF7F3F",
    "#28A197": "#67FAB3",
    "#801650": "#995B7C",
    INK: "#F2F5F7",
    SOFT_INK: "#BCC6CF",
    PAPER: "#12171D",
    GRID: "#2B343D",
    BAND: "#29333D",
    OUTLINE: "#D0D5D9",
    ANYWAY: "#6F7A85",
}
_ANY = re.compile("|".join(DARK))


def in_dark(drawn: str) -> str:
    """A drawing as text (SVG or JSON), with each of our colours as it is on a dark ground.

    >>> in_dark('<rect fill="#FFFFFF"/>')
    '<rect fill="#12171D"/>'
    """
    return _ANY.sub(lambda colour: DARK[colour.group()], drawn)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours by WCAG 2.2, 1 to 21.

    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
