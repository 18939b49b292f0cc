"""To whom the delivery went: intended groups solid, others light and hatched, unknown outlined."""

from dataclasses import dataclass

import pandas as pd

from campaigns.records import Audience
from metrics.audience import OLDEST, IntendedShare, age_band, intended_share
from views.charts.picture import Picture, figure, label
from views.palette import BETTER, INK, OUTLINE, PAPER
from views.wording.figures import missed_names, share_label
from views.wording.language import Words, msgid
from views.wording.terms import country_name, language_name, term

ROWS = 15  # cells that get a bar of their own; the rest are one bar
ROW, RIM = 30, 36  # pixels
TITLES = {
    "age": msgid("Who was reached, by age"),
    "sex": msgid("Who was reached, by sex"),
    "country": msgid("Who was reached, by country"),
    "language": msgid("Who was reached, by language"),
}


def audience_chart(cells: pd.DataFrame, audience: Audience, breakdown: str, words: Words) -> Picture | None:
    """Share of the delivery by age, sex or country; None where nothing was delivered or nobody in particular intended.

    Parameters
    ----------
    cells
        As `metrics.audience.intended_share` takes them.
    """
    share = intended_share(audience, breakdown, cells)
    if share is None:
        return None
    column = "reach_high" if share.basis == "reach" else str(share.basis)
    rows = _rows(cells, column, audience, breakdown, words)
    drawn = figure(words, height=RIM + ROW * len(rows))
    for place, row in enumerate(rows):
        drawn.add_bar(
            x=[100 * row.share], y=[place], orientation="h", width=0.62, marker=_look(row.intended),
            text=[words.percent(row.share)], textposition="outside", cliponaxis=False, textfont={"color": INK},
            hoverinfo="skip",
        )  # fmt: skip
    largest = max(row.share for row in rows)
    drawn.update_layout(barmode="overlay", margin_b=16)
    drawn.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[label(row.name, longest=22) for row in rows],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
    )
    drawn.update_xaxes(range=[0, 100 * largest * 1.18], visible=False)
    return Picture(
        figure=drawn,
        title=words(TITLES[breakdown]),
        alt=_alt(share, words.in_files),
        table=_table(rows, words.in_files),
        caption=words(
            "Solid: whom the campaign was meant for. Hatched: others. Outlined: not known, or only partly meant. "
            "Counted: {basis}, as the platforms estimate it. Being reached does not mean that somebody's awareness "
            "changed.",
            basis=term(share.basis, words),
        ),
    )


def _alt(share: IntendedShare, words: Words) -> str:
    said = words(
        "{share} of the delivery went to whom it was meant for (counted: {basis}).",
        share=share_label(share, words),
        basis=term(share.basis, words),
    )
    if not share.missed:
        return said
    missed = words("Nothing was delivered to: {names}.", names=missed_names(share, words))
    return f"{said} {missed}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One bar; `intended` is None where the cell does not tell."""

    name: str
    share: float
    intended: bool | None
    lowest_age: int = OLDEST


def _rows(cells: pd.DataFrame, column: str, audience: Audience, breakdown: str, words: Words) -> list[Row]:
    amounts = cells[column].fillna(0).astype(float)
    total = float(amounts.sum())
    rows = [
        Row(
            name=_name(value, breakdown, words),
            share=amount / total,
            intended=_intended(value, audience, breakdown),
            lowest_age=(age_band(str(value)) or (OLDEST, OLDEST))[0],
        )
        for value, amount in zip(cells["value"], amounts, strict=True)
    ]
    if breakdown == "country":
        rows.sort(key=lambda row: -row.share)
    elif breakdown == "age":
        rows.sort(key=lambda row: row.lowest_age)
    else:
        rows.sort(key=lambda row: row.name)
    few = [row for place, row in enumerate(rows) if row.intended is not False or place < ROWS]
    if len(few) < len(rows):
        rest = sum(row.share for row in rows if row not in few)
        return [*few, Row(name=words("others"), share=rest, intended=False)]
    return rows


def _intended(value: object, audience: Audience, breakdown: str) -> bool | None:
    """Whether a cell is of the intended group; None where it is not known, or only partly."""
    share = intended_share(audience, breakdown, pd.DataFrame({"value": [value], "impressions": [1]}))
    if share is None or share.low != share.high:
        return None
    return share.low == 1


def _name(value: object, breakdown: str, words: Words) -> str:
    if not isinstance(value, str):
        return words("not known")
    if breakdown == "country":
        return country_name(value, words)
    if breakdown == "language":
        return language_name(value, words)
    if breakdown == "age" and (band := age_band(value)) is not None:
        low, high = band
        return f"{low}+" if high == OLDEST else f"{low}–{high}"
    return term(value, words.in_files, kind="Sex" if breakdown == "sex" else breakdown)


def _look(intended: bool | None) -> dict[str, object]:
    if intended is None:
        return {"color": PAPER, "line": {"color": OUTLINE, "width": 2}}
    if intended:
        return {"color": BETTER, "line": {"color": BETTER, "width": 2}}
    pattern = {"shape": "/", "fgcolor": OUTLINE, "bgcolor": PAPER, "size": 6, "solidity": 0.25}
    return {"color": PAPER, "pattern": pattern, "line": {"color": OUTLINE, "width": 2}}


def _table(rows: list[Row], words: Words) -> pd.DataFrame:
    meant = {True: words("yes"), False: words("no"), None: words("not known")}
    return pd.DataFrame(
        [
            {
                words("Group"): row.name,
                words("Share of the delivery"): words.percent(row.share),
                words("Meant for them"): meant[row.intended],
            }
            for row in rows
        ]
    )
