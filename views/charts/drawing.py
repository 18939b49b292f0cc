"""The interval of one campaign as a small drawing for a row of a table: self-contained SVG, no script, no reference."""

from html import escape as html_escape

from metrics.estimates import Estimate
from metrics.quantiles import middle_half
from views.charts.marks import Mark, mark_of
from views.palette import BAND, PAPER, SOFT_INK
from views.wording.language import Words
from views.wording.verdicts import change_label

WIDTH, HEIGHT, RIM = 220, 28, 10


def interval_svg(estimate: Estimate | None, smallest_important: float, words: Words, *, limit: int = 20) -> str:
    """Band, zero, 95 % and 50 % lines and mark on an axis of `limit` people in a hundred to each side."""
    words = words.in_files
    said = change_label(estimate, words) if estimate else words("no figures")
    middle = HEIGHT / 2
    band = _at(smallest_important, limit) - _at(-smallest_important, limit)
    parts = [
        f'<rect x="{_at(-smallest_important, limit):.1f}" y="0" width="{band:.1f}" height="{HEIGHT}" fill="{BAND}"/>',
        f'<line x1="{WIDTH / 2}" y1="0" x2="{WIDTH / 2}" y2="{HEIGHT}" stroke="{SOFT_INK}"/>',
    ]
    if estimate is not None:
        mark = mark_of(estimate, smallest_important)
        for (low, high), width in (((estimate.conf_low, estimate.conf_high), 2), (middle_half(estimate), 6)):
            x1, x2 = _at(low, limit), _at(high, limit)
            parts.append(
                f'<line x1="{x1:.1f}" y1="{middle}" x2="{x2:.1f}" y2="{middle}" stroke="{mark.line}" '
                f'stroke-width="{width}"/>'
            )
        parts += _arrows(estimate, mark, limit)
        parts.append(_shape(mark, _at(estimate.estimate, limit), middle))
    title = html_escape(said)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-label="{title}" direction="ltr"><title>{title}</title>{"".join(parts)}</svg>'
    )


def _at(share: float, limit: int) -> float:
    """Where a change lies across, held inside the rim."""
    return WIDTH / 2 + max(-1.0, min(1.0, 100 * share / limit)) * (WIDTH / 2 - RIM)


def _arrows(estimate: Estimate, mark: Mark, limit: int) -> list[str]:
    middle = HEIGHT / 2
    look = f'fill="{PAPER}" stroke="{mark.line}" stroke-width="1.5"'
    arrows = []
    if 100 * estimate.conf_low < -limit:
        arrows.append(f'<path d="M1 {middle} L{RIM} {middle - 5} V{middle + 5} Z" {look}/>')
    if 100 * estimate.conf_high > limit:
        arrows.append(f'<path d="M{WIDTH - 1} {middle} L{WIDTH - RIM} {middle - 5} V{middle + 5} Z" {look}/>')
    return arrows


def _shape(mark: Mark, x: float, y: float) -> str:
    look = f'fill="{mark.fill}" stroke="{mark.line}" stroke-width="2"'
    if mark.symbol == "diamond":
        return f'<path d="M{x:.1f} {y - 7} L{x + 7:.1f} {y} L{x:.1f} {y + 7} L{x - 7:.1f} {y} Z" {look}/>'
    return f'<circle cx="{x:.1f}" cy="{y}" r="5.5" {look}/>'
