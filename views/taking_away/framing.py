"""A picture as an image that stands alone: title, filters, people, method, date, source and version printed in."""

import re
import unicodedata
from html import escape as html_escape
from io import BytesIO

import plotly.graph_objects as go
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from views.charts.picture import Picture, as_read
from views.palette import INK, SOFT_INK
from views.taking_away.browser import PIXELS_PER_INCH, draw
from views.taking_away.notes import Notes
from views.wording.escaping import unescaped
from views.wording.language import Words

WIDTH = 900  # pixels, of which 96 are an inch: a picture fills the width of a page
DOTS_PER_INCH = 300
TITLE, SMALL = 19, 12  # sizes of letters
LINE = 1.35  # height of a line, of its letters' size
RIM = 16
_CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_INTO_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"


def png(picture: Picture, notes: Notes, words: Words) -> bytes:
    """The picture at 300 dots an inch, which the file says of itself, with title and alternative text inside."""
    drawn = draw(framed(picture, notes, words), "png", dots_per_inch=DOTS_PER_INCH)
    told = PngInfo()
    told.add_itxt("Title", unescaped(picture.title), lang=words.language)
    told.add_itxt("Description", picture.alt, lang=words.language)
    for label, text in notes:
        told.add_itxt("Comment", f"{label}: {text}", lang=words.language)
    saved = BytesIO()
    with Image.open(BytesIO(drawn)) as image:
        image.save(saved, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH), pnginfo=told, optimize=True)
    return saved.getvalue()


def svg(picture: Picture, notes: Notes, words: Words) -> bytes:
    """The picture as a drawing whose text stays text, with title and alternative text for who cannot see it."""
    drawn = _always_alike(draw(framed(picture, notes, words), "svg").decode())
    title, alt = (html_escape(text, quote=False) for text in (unescaped(picture.title), picture.alt))
    start, inside = drawn.split(">", maxsplit=1)
    start += f' role="img" aria-labelledby="title description" xml:lang="{words.language}"'
    return f'{start}><title id="title">{title}</title><desc id="description">{alt}</desc>{inside}'.encode()


def framed(picture: Picture, notes: Notes, words: Words) -> go.Figure:
    """The figure at a fixed size with its title above, and how to read it and the notes below."""
    inner = go.Figure(as_read(picture.figure, words))
    inner.update_layout(width=WIDTH)
    title = wrapped_lines(unescaped(picture.title), WIDTH - 2 * RIM, TITLE)
    below = wrapped_lines(unescaped(picture.caption), WIDTH - 2 * RIM, SMALL)
    below += [""] if below else []
    below += wrapped_lines(" · ".join(f"{label}: {text}" for label, text in notes), WIDTH - 2 * RIM, SMALL)
    margin, height = inner.layout.margin, inner.layout.height or 450
    top, bottom = _margin(margin.t, inner, "t"), _margin(margin.b, inner, "b")
    head = round(len(title) * TITLE * LINE) + RIM
    foot = round(len(below) * SMALL * LINE) + 2 * RIM
    left, right = _plot_edges(inner)
    inner.update_layout(height=height + head + foot, margin={"t": top + head, "b": bottom + foot})
    for lines, size, colour, edge, shift in (
        (title, TITLE, INK, 1, top + head - RIM / 2),
        (below, SMALL, SOFT_INK, 0, -bottom - RIM),
    ):
        _add(inner, lines, size, colour, edge=edge, shift=shift, left=left, right=right, words=words)
    return inner


def _add(
    drawn: go.Figure,
    lines: list[str],
    size: int,
    colour: str,
    *,
    edge: int,
    shift: float,
    left: float,
    right: float,
    words: Words,
) -> None:
    """Lines of text from the side where reading begins, `shift` pixels above the plot's upper or lower edge."""
    start = "right" if words.right_to_left else "left"
    said = [f"{_INTO_RIGHT_TO_LEFT}{line}{_END}" if words.right_to_left else line for line in lines]
    text = "<br>".join(html_escape(line, quote=False) for line in said)
    drawn.add_annotation(
        text=f"<b>{text}</b>" if edge else text,
        x=1 if words.right_to_left else 0,
        xref="paper",
        xanchor=start,
        xshift=right - RIM if words.right_to_left else RIM - left,
        y=edge,
        yref="paper",
        yanchor="top",
        yshift=shift,
        align=start,
        showarrow=False,
        borderpad=0,
        font={"size": size, "color": colour},
    )


def _plot_edges(figure: go.Figure) -> tuple[float, float]:
    """Pixels to the left and to the right of the plot itself, which make room for labels of any length."""
    found = re.search(r'<clipPath class="axesclip" id="[^"]*x"><rect x="([\d.]+)"[^>]*?width="([\d.]+)"',
                      draw(figure, "svg").decode())  # fmt: skip
    if found is None:
        return _margin(figure.layout.margin.l, figure, "l"), _margin(figure.layout.margin.r, figure, "r")
    left, width = float(found[1]), float(found[2])
    return left, WIDTH - left - width


def _margin(own: float | None, figure: go.Figure, side: str) -> float:
    if own is not None:
        return own
    usual = figure.layout.template.layout.margin[side]
    return 80.0 if usual is None else float(usual)


def wrapped_lines(text: str, width: float, size: float) -> list[str]:
    """Text in lines that are about as wide as `width` pixels at most.

    >>> wrapped_lines("seen by few, asked by nobody", 100, 12)
    ['seen by few,', 'asked by nobody']
    """
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text):
        wide = _wide(piece, size)
        if line and used + _wide(piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + piece, used + wide
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Where a line may end: after a blank, and after a Chinese character."""
    return re.findall(rf"[{_CHINESE}]|[^\s{_CHINESE}]*\s*", text)


def _wide(piece: str, size: float) -> float:
    full = sum(unicodedata.east_asian_width(letter) in "WF" for letter in piece)
    return size * (full + 0.54 * (len(piece) - full))


def _always_alike(drawn: str) -> str:
    """The drawing with names of its parts that do not change from one time to the next."""
    found = re.search(r'id="defs-(\w+)"', drawn)
    drawn = re.sub(r'(class="[^"]*\btrace)[0-9a-f]{6}(?=[ "])', r"\1", drawn)
    return drawn.replace(found[1], "tracker") if found else drawn


def dots_per_inch(image: bytes) -> int:
    """What a PNG says of its own resolution."""
    with Image.open(BytesIO(image)) as opened:
        return round(float(opened.info.get("dpi", (PIXELS_PER_INCH, 0))[0]))
