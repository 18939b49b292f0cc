"""Two hundred equally likely outcomes of one campaign: how many additional people, and what that cost."""

import math

import pandas as pd
import plotly.graph_objects as go

from metrics.costs import CostPlane, round_prices
from views.charts.picture import Picture, figure
from views.palette import BAND, BETTER, INK, PAPER, SOFT_INK
from views.wording.costs import plane_sentence
from views.wording.figures import amount
from views.wording.language import Words

HEIGHT = 400
COLUMNS = 60  # that the effects are cut into, so that dots of one cost stand beside each other
SPREAD = 0.014  # of the height: from one dot to the next of its column


def plane_chart(plane: CostPlane, words: Words) -> Picture | None:
    """One dot an outcome; the line through nothing is one price for one more person. None where no price is likely."""
    price = plane.likely_price
    if not math.isfinite(price) or not plane.cost:
        return None
    effects = [outcome.additional for outcome in plane.outcomes]
    costs = [outcome.cost for outcome in plane.outcomes]
    width, top = 1.08 * max(effects), 1.6 * max(costs)
    left = min(0.0, 1.08 * min(effects))
    drawn = figure(words, height=HEIGHT)
    reach = min(width, top / price)
    drawn.add_scatter(
        x=[0, reach, width, width, 0], y=[0, price * reach, price * reach, 0, 0], mode="lines", fill="toself",
        fillcolor=BAND, line={"width": 0}, hoverinfo="skip",
    )  # fmt: skip
    drawn.add_scatter(
        x=[0, reach], y=[0, price * reach], mode="lines", line={"color": INK, "width": 2}, hoverinfo="skip"
    )
    heights = _apart(effects, costs, step=SPREAD * top, width=(width - left) / COLUMNS)
    inside = [outcome.costs_under(price) for outcome in plane.outcomes]
    _dots(drawn, effects, heights, inside)
    drawn.add_annotation(
        x=0.42 * reach, y=0.42 * price * reach, showarrow=False, xanchor="right", xshift=-8, yanchor="bottom",
        text=words("{price} for one", price=amount(price, plane.currency, words.in_files)),
        font={"color": INK},
    )  # fmt: skip
    drawn.update_xaxes(range=[left, width], title_text=words("additional people, of every 1,000 addressed"))
    drawn.update_yaxes(
        range=[0, top],
        title={"text": words("cost of every 1,000, {currency}", currency=plane.currency), "font": {"size": 14}},
        nticks=5,
    )
    if left < 0:
        drawn.add_vline(x=0, line={"color": SOFT_INK, "width": 1.5})
    return Picture(
        figure=drawn,
        title=words("What could one additional person have cost?"),
        alt=plane_sentence(plane, words.in_files),
        table=prices_table(plane, words.in_files),
        caption=words(
            "{sentence} Each dot is one outcome, all equally likely; filled: in the grey, under that price. What was "
            "paid is taken as known: dots stand above each other only so that they can be counted.",
            sentence=plane_sentence(plane, words),
        ),
    )


def _apart(effects: list[float], costs: list[float], *, step: float, width: float) -> list[float]:
    """The height of each dot: its cost, and beside it where another dot stands there already."""
    taken: dict[int, int] = {}
    heights = []
    known = len(set(costs)) == 1
    for effect, cost in zip(effects, costs, strict=True):
        column = math.floor(effect / width)
        place = taken.get(column, 0)
        taken[column] = place + 1
        side = 1 if place % 2 else -1
        heights.append(cost + side * ((place + 1) // 2) * step if known else cost)
    return heights


def _dots(drawn: go.Figure, effects: list[float], heights: list[float], inside: list[bool]) -> None:
    for wanted, fill in ((True, BETTER), (False, PAPER)):
        own = [(x, y) for x, y, within in zip(effects, heights, inside, strict=True) if within == wanted]
        drawn.add_scatter(
            x=[x for x, _ in own],
            y=[y for _, y in own],
            mode="markers",
            marker={"size": 6, "color": fill, "line": {"color": BETTER, "width": 1.2}},
            hoverinfo="skip",
        )


def prices_table(plane: CostPlane, words: Words) -> pd.DataFrame:
    """In how many outcomes one more person costs less than each of some prices: the acceptability curve."""
    dots = len(plane.outcomes)
    prices = sorted({*round_prices(plane), plane.likely_price})
    return pd.DataFrame(
        [
            {
                words("If one additional person may cost"): amount(price, plane.currency, words),
                words("Outcomes in which it costs less"): words(
                    "{count} of {dots}", count=words.number(plane.under(price)), dots=words.number(dots)
                ),
            }
            for price in prices
            if math.isfinite(price)
        ]
    )
