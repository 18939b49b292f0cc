"""What a result cost: ratios of money to results, with intervals that stay right where the results are uncertain."""

import math
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
from scipy.special import ndtr, stdtrit

from campaigns.records import Money
from metrics.estimates import Estimate, Measure, NotEstimable, Reason, check_conf_level


class RatioSet(StrEnum):
    """What kind of set the ratios are that the data do not reject."""

    INTERVAL = "interval"  # from `low` to `high`
    TWO_RAYS = "two_rays"  # all but those between `low` and `high`: the denominator may be zero
    WHOLE_LINE = "whole_line"  # every ratio: the data say nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A ratio in units of the numerator for one of the denominator, and its confidence set.

    `estimate` is infinite where the denominator is zero. `low` and `high` bound the set (`kind` INTERVAL) or the gap
    in it (TWO_RAYS); they are infinite for WHOLE_LINE.
    """

    estimate: float
    kind: RatioSet
    low: float
    high: float
    df: float
    conf_level: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NetBenefit:
    """What the effect is worth less what it cost, at one willingness to pay; in the unit of the cost.

    `probability_worth_it` is the share of the sampling distribution in which it is above zero: one point of the
    cost-effectiveness acceptability curve.
    """

    willingness_to_pay: float
    estimate: float
    se: float
    conf_low: float
    conf_high: float
    probability_worth_it: float


def fieller(
    numerator: float,
    denominator: float,
    *,
    se_numerator: float,
    se_denominator: float,
    correlation: float = 0.0,
    df: float = math.inf,
    conf_level: float = 0.95,
) -> Ratio:
    """Ratio of two estimates with Fieller's confidence set, in units of the numerator for one of the denominator.

    With additional cost over additional effect it is the incremental cost-effectiveness ratio (ICER).

    The set holds every ratio r for which numerator - r * denominator is not significantly different from zero. Unlike
    the interval from the ratio's standard error it keeps its level where the denominator is uncertain, and it says
    so where the denominator could be zero: the set is then two rays, or the whole line.

    Parameters
    ----------
    numerator, denominator
        Estimates, such as the additional cost and the additional informed people.
    se_numerator, se_denominator
        Their standard errors; zero where one is known exactly.
    correlation
        Correlation of the two estimates, -1 to 1.
    df
        Degrees of freedom of the standard errors; infinite for the normal distribution.
    conf_level
        0.95 for a 95 % set.

    References
    ----------
    Fieller (1954), Journal of the Royal Statistical Society B 16:175-185.
    Briggs, Mooney and Wonderling (1999), Statistics in Medicine 18:3245-3262.

    Examples
    --------
    >>> ratio = fieller(4200, 380, se_numerator=650, se_denominator=95, correlation=0.2)
    >>> f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    '11.05 (6.82 to 21.41)'
    >>> fieller(4200, 120, se_numerator=650, se_denominator=90).kind
    <RatioSet.TWO_RAYS: 'two_rays'>
    """
    check_conf_level(conf_level)
    if min(se_numerator, se_denominator) < 0 or not -1 <= correlation <= 1:
        raise ValueError(f"standard errors {se_numerator}, {se_denominator} or correlation {correlation} cannot be")
    if denominator == 0 and se_denominator == 0:
        raise ValueError("a denominator known to be 0 has no ratio")
    t2 = float(stdtrit(df, (1 + conf_level) / 2)) ** 2
    # the set is where a r^2 - 2 b r + c <= 0
    a = denominator**2 - t2 * se_denominator**2
    b = numerator * denominator - t2 * correlation * se_numerator * se_denominator
    c = numerator**2 - t2 * se_numerator**2
    discriminant = b**2 - a * c
    estimate = numerator / denominator if denominator else math.inf
    if discriminant < 0 or (a == 0 and b == 0):
        kind, low, high = RatioSet.WHOLE_LINE, -math.inf, math.inf
    elif a == 0:
        kind, low, high = RatioSet.INTERVAL, -math.inf, math.inf
        low, high = (c / (2 * b), high) if b > 0 else (low, c / (2 * b))
    else:
        far = b + math.copysign(math.sqrt(discriminant), b)  # the root that does not cancel
        low, high = sorted((far / a, c / far if far else 0.0))
        kind = RatioSet.INTERVAL if a > 0 else RatioSet.TWO_RAYS
    return Ratio(estimate=estimate, kind=kind, low=low, high=high, df=df, conf_level=conf_level)


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


def cost_per_result(daily: pd.DataFrame, *, conf_level: float = 0.95) -> Ratio | NotEstimable:
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
    days = daily[["spend", "results"]].dropna().astype(float)
    if len(days) < 2:
        return NotEstimable(measure=Measure.COST_RATIO, reason=Reason.TOO_FEW_DAYS, n=len(days))
    if days["results"].sum() <= 0:
        return NotEstimable(measure=Measure.COST_RATIO, reason=Reason.NO_RESULTS, n=len(days))
    spread = days.cov().to_numpy() * len(days)
    var_spend, var_results, cov = float(spread[0, 0]), float(spread[1, 1]), float(spread[0, 1])
    scale = math.sqrt(var_spend * var_results)
    return fieller(
        float(days["spend"].sum()),
        float(days["results"].sum()),
        se_numerator=math.sqrt(var_spend),
        se_denominator=math.sqrt(var_results),
        correlation=min(1.0, max(-1.0, cov / scale)) if scale else 0.0,
        df=len(days) - 1,
        conf_level=conf_level,
    )


def net_benefit(
    cost: float,
    effect: float,
    *,
    se_cost: float,
    se_effect: float,
    willingness_to_pay: float,
    correlation: float = 0.0,
    conf_level: float = 0.95,
) -> NetBenefit:
    """Incremental net benefit: willingness to pay times the effect, less the additional cost; in the cost's unit.

    It is a difference, so it stays normal and ordered where a cost ratio does not (no effect, or savings).

    Parameters
    ----------
    cost, effect
        Additional cost and additional effect of one campaign over another.
    se_cost, se_effect, correlation
        Their standard errors and their correlation.
    willingness_to_pay
        What one unit of effect is worth, in the cost's unit.

    References
    ----------
    Stinnett and Mullahy (1998), Medical Decision Making 18:S68-S80 (net benefit).
    Van Hout et al. (1994), Health Economics 3:309-319 (acceptability curve).

    Examples
    --------
    >>> benefit = net_benefit(4200, 380, se_cost=650, se_effect=95, correlation=0.2, willingness_to_pay=20)
    >>> f"{benefit.estimate:.0f} ({benefit.conf_low:.0f} to {benefit.conf_high:.0f})"
    '3400 (-287 to 7087)'
    """
    check_conf_level(conf_level)
    worth, se_worth = willingness_to_pay * effect, willingness_to_pay * se_effect
    se = math.sqrt(se_worth**2 + se_cost**2 - 2 * correlation * se_worth * se_cost)
    half = float(stdtrit(math.inf, (1 + conf_level) / 2)) * se
    estimate = worth - cost
    return NetBenefit(
        willingness_to_pay=willingness_to_pay,
        estimate=estimate,
        se=se,
        conf_low=estimate - half,
        conf_high=estimate + half,
        probability_worth_it=float(ndtr(estimate / se)) if se else float(estimate > 0),
    )
