"""What one more person, or one result, cost."""

import math
from dataclasses import dataclass

import pandas as pd

from campaigns.records import Money
from metrics.costs.ratios import Ratio, RatioSet, fieller
from metrics.estimates import Estimate, Measure, NotEstimable, Reason, check_conf_level


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Cost of one more person (or result) in `currency`, or the reason why there is none.

    Amounts are in whole units of the currency (dollars, not cents), None with a `reason`. `conf_high` is infinite
    where a cost without bound cannot be ruled out. `people` is how many the effect was taken to hold for, and
    `additional` how many of them the campaign is estimated to have moved.
    """

    estimate: float | None
    conf_low: float | None
    conf_high: float | None
    conf_level: float | None
    currency: str | None
    people: float | None = None
    additional: float | None = None
    reason: Reason | None = None

    @classmethod
    def refused(cls, reason: Reason) -> "Cost":
        """No figure, and why."""
        return cls(estimate=None, conf_low=None, conf_high=None, conf_level=None, currency=None, reason=reason)


def cost_per_additional(effect: Estimate | NotEstimable, *, people: float, spend: Money, se_spend: float = 0.0) -> Cost:
    """Cost of one additional person in the wished state: spend / (people x effect), in the spend's currency.

    Only where the effect is credibly above zero, that is where its interval lies above zero: otherwise the campaign
    may have moved nobody, the cost of one is without bound, and a figure would flatter it. With the spend known, the
    limits are the effect's limits turned around, so they agree with the effect shown beside them. With `se_spend`
    the set is Fieller's.

    Parameters
    ----------
    effect
        Difference in the share of people, campaign minus comparison, positive where the change is the wished one.
    people
        How many people the effect holds for.
    spend
        What the campaign cost.
    se_spend
        Standard error of the spend in whole units of its currency; zero where it is known.

    References
    ----------
    Briggs, Mooney and Wonderling (1999), Statistics in Medicine 18:3245-3262 (with `se_spend`).

    Examples
    --------
    >>> from metrics.proportions import Proportion, risk_difference
    >>> effect = risk_difference(Proportion(56, 70), Proportion(48, 80))
    >>> cost = cost_per_additional(effect, people=10_000, spend=Money(amount=420_000, currency="USD"))
    >>> f"{cost.currency} {cost.estimate:.2f} ({cost.conf_low:.2f} to {cost.conf_high:.2f})"
    'USD 2.10 (1.24 to 7.95)'
    """
    if people <= 0 or spend.amount < 0 or se_spend < 0:
        raise ValueError(f"spend {spend.major} (standard error {se_spend}) on {people} people has no cost a person")
    if isinstance(effect, NotEstimable):
        return Cost.refused(Reason.EFFECT_NOT_ESTIMABLE)
    if effect.measure.is_ratio:
        raise ValueError(f"{effect.measure} is a ratio; a cost for one more person needs a difference")
    if effect.conf_low <= 0:
        return Cost.refused(Reason.EFFECT_NOT_ABOVE_ZERO)
    conf_low, conf_high = spend.major / (people * effect.conf_high), spend.major / (people * effect.conf_low)
    if se_spend > 0:
        if effect.se is None:
            return Cost.refused(Reason.EFFECT_NOT_ESTIMABLE)
        ratio = fieller(
            spend.major,
            people * effect.estimate,
            se_numerator=se_spend,
            se_denominator=people * effect.se,
            df=effect.df,
            conf_level=effect.conf_level,
        )
        if ratio.kind is not RatioSet.INTERVAL:
            return Cost.refused(Reason.EFFECT_NOT_ABOVE_ZERO)
        conf_low, conf_high = ratio.low, ratio.high
    additional = people * effect.estimate
    return Cost(
        estimate=spend.major / additional,
        conf_low=conf_low,
        conf_high=conf_high,
        conf_level=effect.conf_level,
        currency=spend.currency,
        people=people,
        additional=additional,
    )


def cost_per_result(daily: pd.DataFrame, *, fixed: float = 0.0, conf_level: float = 0.95) -> Ratio | NotEstimable:
    """Spend for one result (click, view, sign-up) over a campaign's days, in the unit of the spend.

    The ratio of the sums, not the mean of daily costs, which a day with few results would govern. Days, not clicks,
    are what varies, so the variances are those between days and the set is Fieller's with days minus one degrees of
    freedom.

    Parameters
    ----------
    daily
        One row a day: columns `spend` and `results`. Rows with a gap are left out.

    References
    ----------
    Fieller (1954), Journal of the Royal Statistical Society B 16:175-185.

    Examples
    --------
    >>> days = pd.DataFrame({"spend": [30.0, 21.0, 18.0, 25.0], "results": [22, 20, 12, 21]})
    >>> ratio = cost_per_result(days)
    >>> f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    '1.25 (1.00 to 1.62)'
    """
    check_conf_level(conf_level)
    if fixed < 0:
        raise ValueError(f"{fixed} is not a cost")
    days = daily[["spend", "results"]].dropna().astype(float)
    if len(days) < 2:
        return NotEstimable(measure=Measure.COST_RATIO, reason=Reason.TOO_FEW_DAYS, n=len(days))
    if days["results"].sum() <= 0:
        return NotEstimable(measure=Measure.COST_RATIO, reason=Reason.NO_RESULTS, n=len(days))
    spread = days.cov().to_numpy() * len(days)
    var_spend, var_results, cov = float(spread[0, 0]), float(spread[1, 1]), float(spread[0, 1])
    scale = math.sqrt(var_spend * var_results)
    return fieller(
        fixed + float(days["spend"].sum()),
        float(days["results"].sum()),
        se_numerator=math.sqrt(var_spend),
        se_denominator=math.sqrt(var_results),
        correlation=min(1.0, max(-1.0, cov / scale)) if scale else 0.0,
        df=len(days) - 1,
        conf_level=conf_level,
    )
