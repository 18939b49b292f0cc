"""Which figure of the platforms stands for whom a campaign was shown to, and over which days."""

from dataclasses import dataclass

import pandas as pd

from campaigns.records import Audience
from metrics.audience import inside_audience
from metrics.reached.groups import groups_of
from metrics.reached.shares import Share, delivered_shares

SIDES, MEANT, OTHERS = "sides", "meant", "others"
FIGURES = ("impressions", "views")  # what may be added up over days; people reached may not


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """To whom something was shown, by one breakdown.

    Attributes
    ----------
    breakdown
        sex, age, country or language.
    shares
        Of each group, the largest first.
    basis
        What was counted: impressions or views.
    days
        Days that the intervals rest on; 0 where the exports are not by day, so that there are none.
    platforms
        Whose figures these are.
    known
        Share of what was counted that went to people whose group the platforms know, 0 to 1.
    """

    breakdown: str
    shares: tuple[Share, ...]
    basis: str
    days: int
    platforms: tuple[str, ...]
    known: float


def shown_to(
    breakdown: str, by_day: pd.DataFrame, in_all: pd.DataFrame, *, platform: str | None = None
) -> Shown | None:
    """To whom a campaign was shown, of all its platforms or of one; None where no export tells.

    The figure is the first that every platform has which tells anything, so that no platform stands for the others.
    Where the exports by day tell less than those of the whole period, these are used, and there is no interval.

    Parameters
    ----------
    by_day
        Columns `platform`, `day`, `value`, `impressions`, `views`.
    in_all
        The same without days.

    Examples
    --------
    >>> cells = pd.DataFrame({"platform": "x", "day": [1, 1, 1, 2, 2, 2], "value": ["F", "M", "U"] * 2})
    >>> cells["impressions"] = [20, 70, 10, 20, 50, 30]
    >>> shown = shown_to("sex", cells, cells)
    >>> [(share.group, share.value) for share in shown.shares], shown.basis, shown.known
    ([('M', 0.75), ('F', 0.25)], 'impressions', 0.8)
    """
    days, whole = (frame if platform is None else frame[frame["platform"] == platform] for frame in (by_day, in_all))
    basis = _basis(whole)
    if basis is None:
        return None
    told = float(whole[basis].sum())
    complete = basis in days and float(days[basis].sum()) >= told
    cells = (days if complete else whole).dropna(subset=[basis])
    shares = delivered_shares(cells.assign(amount=cells[basis].astype(float)), breakdown)
    if not shares:
        return None
    return Shown(
        breakdown=breakdown,
        shares=shares,
        basis=basis,
        days=int(cells["day"].nunique()) if complete else 0,
        platforms=tuple(sorted(set(cells["platform"]))),
        known=sum(share.amount for share in shares) / told,
    )


def share_to_meant(
    audience: Audience, breakdown: str, by_day: pd.DataFrame, in_all: pd.DataFrame, *, platform: str | None = None
) -> Share | None:
    """The share of what was shown that went to those meant, among what went to people of whom that is known.

    None where the audience leaves nobody out by this breakdown, or no export tells. Columns as for `shown_to`.

    Examples
    --------
    >>> young = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    >>> cells = pd.DataFrame({"platform": "x", "day": [1, 2, 3] * 2, "value": ["18-24"] * 3 + ["65+"] * 3})
    >>> cells["impressions"] = [70, 80, 75, 30, 20, 25]
    >>> share = share_to_meant(young, "age", cells, cells)
    >>> f"{share.value:.2f} ({share.conf_low:.2f} to {share.conf_high:.2f})"
    '0.75 (0.61 to 0.85)'
    """
    told = [
        frame.assign(value=groups_of(frame["value"], breakdown).map(lambda group: _side(group, breakdown, audience)))
        for frame in (by_day, in_all)
    ]
    shown = shown_to(SIDES, *told, platform=platform)
    if shown is None:
        return None
    none = Share(group=MEANT, value=0.0, amount=0.0)
    return next((share for share in shown.shares if share.group == MEANT), none)


def _side(group: object, breakdown: str, audience: Audience) -> str | None:
    if not isinstance(group, str):  # a column of text makes NaN of what is missing
        return None
    inside = inside_audience(group, breakdown, audience)
    return None if inside is None else MEANT if inside else OTHERS


def _basis(cells: pd.DataFrame) -> str | None:
    givers = {name: set(cells.loc[cells[name].gt(0), "platform"]) for name in FIGURES if name in cells}
    everybody = set().union(*givers.values())
    by_all = (name for name, platforms in givers.items() if platforms and platforms == everybody)
    return next(by_all, next((name for name, platforms in givers.items() if platforms), None))
