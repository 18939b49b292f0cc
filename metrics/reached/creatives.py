"""Two messages compared as if a platform had shown both to the same people: delivery performance, never an effect."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from metrics.checks import Balance, audience_balance
from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason
from metrics.rates.days import FEW_DAYS, LEAST_DAYS
from metrics.samples import Sample

LEAST_SHARED = 0.9  # of what each delivered that must have gone to kinds of people whom both reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Standardised:
    """Two messages' rates of delivery, before and after their audiences are made alike.

    Attributes
    ----------
    a, b
        Rates as they were, and with the audience of both together.
    crude, difference
        `a` less `b`, as they were and standardised: 0.001 is one more in every 1,000 times shown.
    balance
        How alike the audiences are.
    shared
        Share of what each delivered (a, b) that went to kinds of people whom both reached; the rest is left out.
    """

    a: tuple[float, float]
    b: tuple[float, float]
    crude: float
    difference: Estimate | NotEstimable
    balance: Balance
    shared: tuple[float, float]


def standardised_difference(
    a: pd.DataFrame, b: pd.DataFrame, *, by: Sequence[str] = ("age", "sex"), conf_level: float = 0.95
) -> Standardised | NotEstimable:
    """Difference of two messages' rates, each as it would be with the audience of both together.

    A platform chooses whom it shows which message, and shows more of one to those who click on anything. Direct
    standardisation takes each kind of people's own rates and weighs them alike for both messages, by how much of both
    together went to that kind. What a platform knows of people besides age and sex still differs, so this ranks
    deliveries; it does not show what a message does to people.

    Days are the clusters: each day's contribution to both standardised rates is added up, so that what a day does to
    both messages cancels where they ran on the same days.

    Parameters
    ----------
    a, b
        One row a day and kind of people: `day`, the columns `by`, `numerator` (clicks, completed views) and
        `denominator` (times shown). Rows whose kind is not known are left out.

    Returns
    -------
    Standardised
        Its `difference` is not estimable where the days are too few or do not vary.
    NotEstimable
        `audiences_apart`: fewer than nine in ten of what either delivered went to kinds of people whom both reached.

    References
    ----------
    Breslow and Day (1987), Statistical Methods in Cancer Research II, chapter 2 (direct standardisation). Woodruff
    (1971), JASA 66:411-414 (linearisation). Burtch et al. (2025), arXiv 2508.21251 (unequal audiences).

    Examples
    --------
    >>> cells = {"age": ["18-24", "25-34"] * 3, "sex": "F", "day": [1, 1, 2, 2, 3, 3]}
    >>> a = pd.DataFrame({**cells, "numerator": [9, 2, 11, 2, 10, 3], "denominator": [900, 100] * 3})
    >>> b = pd.DataFrame({**cells, "numerator": [1, 21, 2, 18, 1, 20], "denominator": [100, 900] * 3})
    >>> found = standardised_difference(a, b)
    >>> f"{1000 * found.crude:.1f} as they were, {1000 * found.difference.estimate:.1f} with one audience"
    '-8.7 as they were, -0.4 with one audience'
    """
    sides = [_cells(side, by) for side in (a, b)]
    n = int(sides[0]["day"].nunique() + sides[1]["day"].nunique())
    if any(side.empty for side in sides):
        return NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.AUDIENCES_APART, n=n)
    totals = [side.groupby("kind")[["numerator", "denominator"]].sum() for side in sides]
    both = totals[0].index.intersection(totals[1].index)
    delivered = [float(total["denominator"].sum()) for total in totals]
    common = [float(total.loc[both, "denominator"].sum()) for total in totals]
    shared = common[0] / delivered[0], common[1] / delivered[1]
    if min(shared) < LEAST_SHARED:
        return NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.AUDIENCES_APART, n=n)
    crude = [float(total["numerator"].sum()) / whole for total, whole in zip(totals, delivered, strict=True)]
    kinds = [total.loc[both] for total in totals]
    weights = (kinds[0]["denominator"] + kinds[1]["denominator"]) / sum(kind["denominator"].sum() for kind in kinds)
    rates = [kind["numerator"] / kind["denominator"] for kind in kinds]
    standard = [float((weights * rate).sum()) for rate in rates]
    people = pd.concat([total["denominator"].reset_index().assign(arm=1 - place) for place, total in enumerate(totals)])
    return Standardised(
        a=(crude[0], standard[0]),
        b=(crude[1], standard[1]),
        crude=crude[0] - crude[1],
        difference=_difference(sides, kinds, rates, weights, standard[0] - standard[1], conf_level),
        balance=audience_balance(people, arm="arm", by=["kind"], count="denominator"),
        shared=shared,
    )


def _cells(side: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    rows = side.dropna(subset=[*by, "day", "numerator", "denominator"])
    rows = rows[rows["denominator"] > 0]
    if (rows["numerator"] < 0).any():
        raise ValueError(f"{rows['numerator'].min()} results are below zero")
    kinds = [" / ".join(map(str, kind)) for kind in rows[list(by)].itertuples(index=False, name=None)]
    numbers = {name: rows[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator")}
    return pd.DataFrame({"day": rows["day"].to_numpy(), "kind": kinds, **numbers})


def _difference(
    sides: list[pd.DataFrame],
    kinds: list[pd.DataFrame],
    rates: list["pd.Series[float]"],
    weights: "pd.Series[float]",
    estimate: float,
    conf_level: float,
) -> Estimate | NotEstimable:
    """The standardised difference with the spread of its days: each row's influence, added up by day."""
    parts = []
    for sign, side, kind, rate in zip((1, -1), sides, kinds, rates, strict=True):
        rows = side[side["kind"].isin(kind.index)]
        of = rows["kind"]
        influence = (
            of.map(weights) * (rows["numerator"] - of.map(rate) * rows["denominator"]) / of.map(kind["denominator"])
        )
        parts.append(pd.DataFrame({"day": rows["day"], "influence": sign * influence}))
    days = pd.concat(parts)
    n = int(days["day"].nunique())
    refused = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.TOO_FEW_DAYS, n=n)
    if min(part["day"].nunique() for part in parts) < LEAST_DAYS:
        return refused
    sample = Sample.of(days, place="day")
    variance = float(sample.covariance(days["influence"].to_numpy(dtype=np.float64)[:, None])[0, 0])
    se = math.sqrt(variance)
    if not se > 1e-15:
        return NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NO_VARIATION, n=n)
    half = float(stdtrit(sample.df, (1 + conf_level) / 2)) * se
    one, other = (set(part["day"]) for part in parts)
    cautions = (*((Caution.DAYS_NOT_SHARED,) if one != other else ()), *((Caution.FEW_DAYS,) if n < FEW_DAYS else ()))
    return Estimate(
        measure=Measure.RISK_DIFFERENCE,
        estimate=estimate,
        se=se,
        conf_low=estimate - half,
        conf_high=estimate + half,
        p_value=2 * float(stdtr(sample.df, -abs(estimate) / se)),
        df=sample.df,
        conf_level=conf_level,
        method=Method.SAMPLE_LINEARISATION,
        n=n,
        cautions=cautions,
    )
