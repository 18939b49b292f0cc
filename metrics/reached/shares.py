"""Shares of what was delivered, with days as what varies."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.estimates import Estimate, NotEstimable
from metrics.reached.groups import groups_of
from metrics.samples import Sample, share

LEAST_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The part of a whole that a group has, 0 to 1.

    Attributes
    ----------
    group
        Its code; see `groups.group_of`.
    value
        The share among all whose group is known.
    amount
        What there is of the group: times shown, views, people asked.
    estimate
        With its interval; None where it is known without one (nothing varies, or nobody knows how much).
    """

    group: str
    value: float
    amount: float
    estimate: Estimate | None = None

    @property
    def conf_low(self) -> float | None:
        """Lower limit, None without an interval."""
        return self.estimate.conf_low if self.estimate else None

    @property
    def conf_high(self) -> float | None:
        """Upper limit, None without an interval."""
        return self.estimate.conf_high if self.estimate else None


def delivered_shares(cells: pd.DataFrame, breakdown: str, *, conf_level: float = 0.95) -> tuple[Share, ...]:
    """The share of each group in what was delivered, among what went to people whose group the platform knows.

    What was delivered is not a sample: the interval is for what the same campaign would deliver on other days like
    these. One day's auction, news and audience bind its counts together, so days are the clusters of a ratio of sums;
    counts taken for people drawn one by one would give intervals many times too short. It is drawn on the logit, so
    that it stays between 0 and 1. Fewer than three days give no interval.

    Parameters
    ----------
    cells
        One row a value of the breakdown and, where it is known, a `day`: columns `value`, `amount`.
    breakdown
        sex, age, country or language.

    Returns
    -------
    tuple of Share
        In the order of the amounts, the largest first. Empty where nothing was delivered to a known group.

    References
    ----------
    Cochran (1977), Sampling Techniques, sections 3.12 and 9A.1 (a proportion over clusters of unequal size). Korn and
    Graubard (1998), Survey Methodology 24:193-201 (its logit interval).

    Examples
    --------
    >>> women, men = [60, 80, 70, 90], [140, 120, 150, 110]
    >>> cells = pd.DataFrame({"day": [1, 2, 3, 4] * 2, "value": ["F"] * 4 + ["M"] * 4, "amount": women + men})
    >>> largest, smallest = delivered_shares(cells, "sex")
    >>> f"{smallest.group} {smallest.value:.3f} ({smallest.conf_low:.3f} to {smallest.conf_high:.3f})"
    'F 0.366 (0.263 to 0.482)'
    """
    rows = cells.assign(group=groups_of(cells["value"], breakdown)).dropna(subset=["group", "amount"])
    rows = rows[rows["amount"] > 0]
    total = float(rows["amount"].sum())
    if not total:
        return ()
    amounts = rows.groupby("group")["amount"].sum().astype(float).sort_values(ascending=False, kind="stable")
    days = rows.dropna(subset=["day"]) if "day" in rows else rows.iloc[:0]
    complete = len(days) == len(rows) and days["day"].nunique() >= LEAST_DAYS
    return tuple(
        Share(
            group=str(group),
            value=amount / total,
            amount=amount,
            estimate=_by_day(days, str(group), conf_level) if complete else None,
        )
        for group, amount in amounts.items()
    )


def _by_day(days: pd.DataFrame, group: str, conf_level: float) -> Estimate | None:
    weighted = days.assign(amount=days["amount"].astype(float))
    sample = Sample.of(weighted, weights="amount", place="day")
    found = share(sample, np.asarray(days["group"] == group, dtype=np.float64), conf_level=conf_level)
    return None if isinstance(found, NotEstimable) else found
