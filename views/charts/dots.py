"""Twenty equally likely sizes of one campaign's true change, as dots that can be counted."""

import pandas as pd

from metrics.evaluation import Evaluation
from metrics.quantiles import quantiles
from views.charts.axis import band, change_axis, draw_interval, zero_line
from views.charts.marks import Mark, limit_around
from views.charts.picture import Picture, figure
from views.wording.disclosing import STANDARD, Profile, shown_estimate
from views.wording.language import Words
from views.wording.verdicts import verdict_sentence

DOTS, COLUMNS = 20, 24  # dots of the picture, and columns that the axis is cut into
STEP, TALLEST, FOOT = 15, 11, 44  # pixels from dot to dot; dots that fit above each other; room of the interval below


def dots_chart(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> Picture | None:
    """Each dot is one equally likely size of the true change; None where there is no change that may be shown."""
    estimate, outcome = shown_estimate(evaluation, profile), evaluation.campaign.outcome
    if estimate is None or outcome is None:
        return None
    matters, sizes = outcome.smallest_important, quantiles(estimate, DOTS)
    limit = limit_around([100 * size for size in sizes])
    stacks = stacked([100 * size for size in sizes], 2 * limit / COLUMNS)
    places = [(x, STEP * (level + 0.5)) for x, level in stacks]
    top = max(STEP * TALLEST, *(y + STEP / 2 for _, y in places)) + 24
    drawn = figure(words, height=round(top + FOOT) + 66)
    band(drawn, matters, limit=limit, y0=-FOOT, y1=top)
    zero_line(drawn, words, y0=-FOOT, y1=top, at=top)
    for mark in Mark:
        own = [place for place, size in zip(places, sizes, strict=True) if side_of(size, matters) == mark]
        look = {"symbol": mark.symbol, "size": 12, "color": mark.fill, "line": {"color": mark.line, "width": 2}}
        drawn.add_scatter(x=[x for x, _ in own], y=[y for _, y in own], mode="markers", marker=look, hoverinfo="skip")
    draw_interval(drawn, estimate, matters, words, limit=limit, y=-FOOT / 2)
    drawn.update_yaxes(range=[-FOOT, top + 2], visible=False, automargin=False)
    change_axis(drawn, words, limit=limit)
    above, mattering = sum(size > 0 for size in sizes), sum(size > matters for size in sizes)
    finding = verdict_sentence(evaluation, words.in_files, profile=profile)
    return Picture(
        figure=drawn,
        title=words("How large is the change?"),
        alt=f"{finding} {_counted(above, mattering, words.in_files)}",
        table=_table(sizes, words),
        caption=words(
            "Each dot is one equally likely size of the true change, if the comparison is fair. {counted} "
            "Grey: changes too small to matter. The line below is the 95 % range.",
            counted=_counted(above, mattering, words),
        ),
    )


def _counted(above: int, mattering: int, words: Words) -> str:
    return words(
        "Of {dots} dots, {above} show a better state than without the campaign, and {mattering} a change large enough "
        "to matter.",
        dots=words.number(DOTS),
        above=words.number(above),
        mattering=words.number(mattering),
    )


def stacked(sizes: list[float], width: float) -> list[tuple[float, int]]:
    """Where each size is drawn: the middle of its column, and how many of those already there it stands on."""
    places, levels = [], dict[int, int]()
    for size in sizes:
        column = round(size / width)
        places.append((column * width, levels.get(column, 0)))
        levels[column] = levels.get(column, 0) + 1
    return places


def side_of(size: float, matters: float) -> Mark:
    """The mark of one size: better, worse, or too small to matter."""
    if abs(size) < matters:
        return Mark.NEITHER
    return Mark.BETTER if size > 0 else Mark.WORSE


def _table(sizes: tuple[float, ...], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words("Dot"): range(1, len(sizes) + 1),
            words("Change per 100 people"): [round(100 * size, 2) for size in sizes],
        }
    )
