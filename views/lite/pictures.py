"""One campaign's change drawn for a plain page: twenty dots, the interval below them, and the axis they share."""

from html import escape
from typing import Final

from campaigns.privacy import Profile
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.quantiles import middle_half, quantiles
from views.charts.dots import COLUMNS, DOTS, side_of, stacked
from views.charts.marks import Mark, limit_around, mark_of
from views.markup import Html
from views.palette import BAND, GRID, INK, PAPER, SOFT_INK
from views.wording import Words
from views.wording.disclosing import shown_estimate

WIDTH, RIM, STEP = 360, 20, 13  # units of the drawing: across, left free at each side, from dot to dot
HEAD, FOOT, SCALE = 26, 34, 36  # above the dots for the directions, below them for the interval and for the figures
SPAN: Final = (WIDTH - 2 * RIM) / 2


def change_drawing(evaluation: Evaluation, said: str, words: Words, *, profile: Profile | None) -> Html | None:
    """The drawing, which says `said` to whoever cannot see it; None where there is no change that may be shown."""
    estimate, outcome = shown_estimate(evaluation, profile), evaluation.campaign.outcome
    if estimate is None or outcome is None:
        return None
    sizes, matters = quantiles(estimate, DOTS), outcome.smallest_important
    limit = limit_around([100 * size for size in sizes])
    places = stacked([100 * size for size in sizes], 2 * limit / COLUMNS)
    height = STEP * (max(level for _, level in places) + 1)
    ground, middle = HEAD + height, HEAD + height + FOOT / 2
    end = HEAD + height + FOOT
    left, right = across(-matters, limit), across(matters, limit)
    parts = [
        f'<path d="M{left:.1f} {HEAD}H{right:.1f}V{end:.1f}H{left:.1f}z" fill="{BAND}"/>',
        f'<path d="M{WIDTH / 2:g} {HEAD}V{end:.1f}" stroke="{SOFT_INK}"/>',
        _text(WIDTH / 2 - 8, HEAD - 10, words("worse ←"), anchor="end"),
        _text(WIDTH / 2 + 8, HEAD - 10, words("→ better"), anchor="start"),
        *(
            shape(side_of(size, matters), across(x / 100, limit), ground - STEP * (level + 0.5), 5)
            for (x, level), size in zip(places, sizes, strict=True)
        ),
        *_interval(estimate, mark_of(estimate, matters), middle, limit),
        f'<path d="M{RIM} {end:.1f}H{WIDTH - RIM}" stroke="{GRID}"/>',
        *(
            _text(across(mark / 100, limit), end + 15, words.per_hundred(mark / 100, change=True))
            for mark in (-limit, -limit // 2, 0, limit // 2, limit)
        ),
        _text(WIDTH / 2, end + 32, words("people in every 100")),
    ]
    return Html(
        f'<svg viewBox="0 0 {WIDTH} {end + SCALE:.0f}" role="img" aria-label="{escape(said)}" direction="ltr" '
        f'font-size="13" fill="{INK}">{"".join(parts)}</svg>'
    )


def across(share: float, limit: int) -> float:
    """Where a change lies, held inside the drawing."""
    return WIDTH / 2 + max(-1.0, min(1.0, 100 * share / limit)) * SPAN


def shape(mark: Mark, x: float, y: float, size: float) -> str:
    """A circle or a diamond: what lies on which side differs by its shape too."""
    look = f'fill="{mark.fill}" stroke="{mark.line}" stroke-width="1.5"'
    if mark.symbol == "diamond":
        wide = 1.25 * size
        return f'<path d="M{x:.1f} {y - wide:.1f}l{wide:g} {wide:g}l-{wide:g} {wide:g}l-{wide:g} -{wide:g}z" {look}/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" {look}/>'


def _interval(estimate: Estimate, mark: Mark, y: float, limit: int) -> list[str]:
    lines = [
        f'<path d="M{across(low, limit):.1f} {y:.1f}H{across(high, limit):.1f}" stroke="{mark.line}" '
        f'stroke-width="{width}"/>'
        for (low, high), width in (((estimate.conf_low, estimate.conf_high), 2), (middle_half(estimate), 6))
    ]
    look = f'fill="{PAPER}" stroke="{mark.line}" stroke-width="1.5"'
    if 100 * estimate.conf_low < -limit:
        lines.append(f'<path d="M{RIM - 9} {y:.1f}l9 -5v10z" {look}/>')
    if 100 * estimate.conf_high > limit:
        lines.append(f'<path d="M{WIDTH - RIM + 9} {y:.1f}l-9 -5v10z" {look}/>')
    return [*lines, shape(mark, across(estimate.estimate, limit), y, 6)]


def _text(x: float, y: float, said: str, *, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
