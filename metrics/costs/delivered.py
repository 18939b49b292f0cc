"""What delivery cost: for a person reached, a completed view, a click; none of it says that anybody learned."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from campaigns.records import Money, Spending
from campaigns.vocabulary import METRICS
from metrics.costs.people import cost_per_result
from metrics.costs.prices import Converted, Prices
from metrics.costs.ratios import Ratio, RatioSet
from metrics.estimates import NotEstimable, Reason


class Counted(StrEnum):
    """What money is divided by."""

    REACHED = "reached"
    COMPLETED = "completed"
    CLICKED = "clicked"


# The first of these that a platform reports: the closest to having seen all of it, to having gone on to the page.
FIGURES: Mapping[Counted, tuple[str, ...]] = {
    Counted.COMPLETED: ("video_p100", "thruplay"),
    Counted.CLICKED: ("link_clicks", "outbound_clicks", "clicks_all"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredCost:
    """Money for one result, in whole units of `currency`, or the reason why there is none.

    Attributes
    ----------
    counted
        The result.
    metric
        Which figure of the platforms was counted.
    estimate
        Money for one; None where only bounds are known, or nothing.
    low, high
        Of people reached: the bounds that it lies between; `low` is None where more people may have been reached than
        the platforms counted. Of views and clicks: the interval by day; both None where there are too few days to see
        how much it varies, `high` infinite where a cost without limit cannot be ruled out.
    results
        How many results there were, where that is one number.
    days
        Days that the interval rests on.
    everything
        Whether production and staff are in it, or only what the platforms were paid.
    """

    counted: Counted
    metric: str | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    results: int | None = None
    days: int = 0
    everything: bool = False
    reason: Reason | None = None


def cost_per_person_reached(
    money: Money | None,
    reach_low: int | None,
    reach_high: int | None,
    *,
    everywhere: bool = True,
    everything: bool = False,
) -> DeliveredCost:
    """Money for one person reached, as bounds: people of several days and platforms cannot be added up.

    At least the largest part was reached and at most the sum of the parts, so that the money for one lies between the
    money over the sum and the money over the largest part. Where a platform counted no people (`everywhere` false),
    more may have been reached than the sum: then there is an upper bound only.

    Examples
    --------
    >>> cost = cost_per_person_reached(Money(amount=100_000, currency="EUR"), 20_000, 50_000)
    >>> cost.low, cost.high
    (0.02, 0.05)
    """
    if money is None:
        return DeliveredCost(counted=Counted.REACHED, everything=everything, reason=Reason.MONEY_NOT_KNOWN)
    if not reach_low or not reach_high:
        return DeliveredCost(counted=Counted.REACHED, everything=everything, reason=Reason.PEOPLE_NOT_KNOWN)
    high = money.major / reach_low
    low = money.major / reach_high if everywhere else None
    return DeliveredCost(
        counted=Counted.REACHED,
        metric="reach",
        estimate=high if low == high else None,
        low=low,
        high=high,
        currency=money.currency,
        results=reach_low if low == high else None,
        everything=everything,
    )


def cost_per_delivered(
    counted: Counted,
    daily: pd.DataFrame,
    spending: Spending,
    *,
    everything: bool,
    prices: Prices | None = None,
    conf_level: float = 0.95,
) -> DeliveredCost:
    """Money for one completed view or click, with its interval by day.

    Days are what varies, so they are the clusters; the interval is Fieller's (`cost_per_result`). Only days and
    platforms that tell both the money and the results are counted. What was paid besides (production, staff) is known
    and does not vary by day: it moves the figure and its limits, and is divided by the same results.

    Parameters
    ----------
    daily
        One row a day and platform: `platform`, `day`, `currency`, `spend` (in millionths) and the metrics.
    spending
        The record's costs. Amounts in another currency than theirs are converted by `prices` at the rate of their
        year, or refused.
    everything
        Add production and staff to what the platforms were paid.

    Examples
    --------
    Ninety-four euros for seventy-five clicks:

    >>> daily = pd.DataFrame({"platform": "meta_ads", "day": pd.date_range("2025-03-01", periods=4), "currency": "EUR",
    ...     "spend": [30_000_000, 21_000_000, 18_000_000, 25_000_000], "link_clicks": [22, 20, 12, 21]})
    >>> cost = cost_per_delivered(Counted.CLICKED, daily, Spending(), everything=False)
    >>> f"{cost.estimate:.4f} {cost.currency}"
    '1.2533 EUR'
    """
    refused = DeliveredCost(counted=counted, everything=everything)
    besides = [part.major for part in (spending.production, spending.staff) if part is not None]
    metric = next((name for name in FIGURES[counted] if name in daily and daily[name].notna().any()), None)
    if metric is None:
        return replace(refused, reason=Reason.NO_RESULTS)
    both = daily.dropna(subset=["spend", metric, "currency"]) if "spend" in daily else daily.iloc[:0]
    told = set(daily["platform"]) == set(both["platform"])
    if both.empty or (everything and not (besides and told)):  # what was paid besides was paid for all platforms
        return replace(refused, metric=metric, reason=Reason.MONEY_NOT_KNOWN)
    currency = next((part.currency for part in spending.known), str(both["currency"].iloc[0]))
    paid = _in(currency, both, prices)
    if paid is None:
        return replace(refused, metric=metric, reason=Reason.PRICES_NOT_KNOWN)
    rows = pd.DataFrame({"day": both["day"], "spend": paid, "results": both[metric].astype(float)})
    days = rows.groupby("day")[["spend", "results"]].sum()
    fixed, results = sum(besides) if everything else 0.0, int(days["results"].sum())
    known = replace(refused, metric=metric, currency=currency, results=results, days=len(days))
    if not results:
        return replace(known, reason=Reason.NO_RESULTS)
    found = cost_per_result(days, fixed=fixed, conf_level=conf_level)
    if isinstance(found, NotEstimable):  # too few days to see how much it varies
        return replace(known, estimate=(fixed + float(days["spend"].sum())) / results)
    low, high = _limits(found)
    return replace(known, estimate=found.estimate, low=low, high=high)


def _limits(found: Ratio) -> tuple[float, float]:
    """The ends of what is not rejected, of costs that are not below zero."""
    if found.kind is RatioSet.INTERVAL:
        return max(0.0, found.low), found.high
    # There may be no results, so that there is no upper limit; zero is rejected only where it lies within the gap.
    in_gap = found.kind is RatioSet.TWO_RAYS and found.low < 0
    return max(0.0, found.high) if in_gap else 0.0, math.inf


def _in(currency: str, rows: pd.DataFrame, prices: Prices | None) -> pd.Series | None:
    """What each row cost in whole units of a currency, at the mean rate of its own year; None where a rate lacks."""
    amounts = rows["spend"].astype(float) / METRICS["spend"].scale
    factors = []
    for own, day in zip(rows["currency"], pd.to_datetime(rows["day"]), strict=True):
        if own == currency:
            factors.append(1.0)
            continue
        rate, wanted = (prices.rate(code, day.year) if prices else None for code in (own, currency))
        if not rate or not wanted:
            return None
        factors.append(wanted / rate)
    return amounts * factors


def media_paid(spend: tuple[Money, ...], spending: Spending) -> Money | None:
    """What the platforms were paid: by the record, else by their exports where those are in one currency.

    Examples
    --------
    >>> media_paid((Money(amount=500, currency="EUR"),), Spending()).major
    5.0
    """
    if spending.media is not None:
        return spending.media
    return spend[0] if len(spend) == 1 else None


def delivered_in(cost: DeliveredCost, into: Converted) -> DeliveredCost:
    """A cost of delivery by the factors of a conversion; one without a figure stays as it is.

    Examples
    --------
    >>> into = Converted(amount=0.0, currency="EUR", year=2025, exchange=0.5, inflation=1.0)
    >>> cost = delivered_in(DeliveredCost(counted=Counted.CLICKED, estimate=3.0, low=2.0, currency="USD"), into)
    >>> cost.estimate, cost.low, cost.high, cost.currency
    (1.5, 1.0, None, 'EUR')
    """
    if cost.currency is None:
        return cost
    estimate, low, high = (
        None if value is None else value * into.factor for value in (cost.estimate, cost.low, cost.high)
    )
    return replace(cost, estimate=estimate, low=low, high=high, currency=into.currency)
