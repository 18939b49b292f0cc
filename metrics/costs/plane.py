"""Equally likely outcomes of a campaign, each with its effect and its cost: the cost-effectiveness plane."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from campaigns.records import Money
from metrics.costs.benefits import NetBenefit
from metrics.estimates import Estimate, check_conf_level
from metrics.quantiles import quantile, quantiles

DOTS = 200
MOST = 0.8  # of the outcomes: the price of which the sentence speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One of the outcomes: people more in the wished state, and the cost, of every 1,000 addressed."""

    additional: float
    cost: float

    def costs_under(self, price: float) -> bool:
        """Whether one more person costs less than `price`; where nobody was moved, none does."""
        return self.cost < price * self.additional


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPlane:
    """Outcomes that the estimate and its interval make equally likely, `currency` in whole units.

    Attributes
    ----------
    outcomes
        The cloud, the smallest effect first.
    people
        How many the effect is taken to hold for.
    cost
        What the campaign cost.
    """

    outcomes: tuple[Outcome, ...]
    people: float
    cost: float
    currency: str

    def under(self, price: float) -> int:
        """In how many outcomes one more person costs less than `price`: the acceptability curve, counted."""
        return sum(outcome.costs_under(price) for outcome in self.outcomes)

    @property
    def likely_price(self) -> float:
        """A round price that at least eight in ten outcomes stay under; infinite where fewer moved anybody at all."""
        costs = sorted(
            outcome.cost / outcome.additional if outcome.additional > 0 else math.inf for outcome in self.outcomes
        )
        return rounded_up(costs[math.ceil(MOST * len(costs)) - 1])


def cost_plane(
    effect: Estimate,
    *,
    people: float,
    spend: Money,
    rng: np.random.Generator,
    se_spend: float = 0.0,
    dots: int = DOTS,
) -> CostPlane:
    """`dots` equally likely outcomes of effect and cost.

    The effects are the quantiles of the effect's confidence distribution, so that the cloud agrees with the interval
    shown beside it. The costs are those of a normal distribution around what was spent, in an order drawn by `rng`,
    because what was spent does not depend on what it achieved; where the cost is known they are all alike, and the
    cloud is a line.

    Parameters
    ----------
    effect
        Difference in the share of people, positive where the change is the wished one.
    people
        How many people the effect holds for.
    se_spend
        Standard error of the spend in whole units of its currency; zero where it is known.

    References
    ----------
    Black (1990), Medical Decision Making 10:212-214 (the plane). Van Hout et al. (1994), Health Economics 3:309-319
    (the share of outcomes under a price).

    Examples
    --------
    >>> from metrics.proportions import Proportion, risk_difference
    >>> effect = risk_difference(Proportion(480, 800), Proportion(360, 800))
    >>> plane = cost_plane(
    ...     effect, people=10_000, spend=Money(amount=400_000, currency="EUR"), rng=np.random.default_rng(1)
    ... )
    >>> plane.likely_price, plane.under(plane.likely_price)
    (3.1, 160)
    """
    if effect.measure.is_ratio:
        raise ValueError(f"{effect.measure} is a ratio; a plane of costs needs a difference")
    if people <= 0 or spend.amount < 0 or se_spend < 0:
        raise ValueError(f"spend {spend.major} (standard error {se_spend}) on {people} people has no plane")
    steps = (np.arange(dots) + 0.5) / dots
    costs = np.maximum(spend.major + se_spend * rng.permutation(ndtri(steps)), 0.0)
    return CostPlane(
        outcomes=tuple(
            Outcome(additional=1000 * size, cost=1000 * float(cost) / people)
            for size, cost in zip(quantiles(effect, dots), costs, strict=True)
        ),
        people=people,
        cost=spend.major,
        currency=spend.currency,
    )


def worth(effect: Estimate, *, people: float, spend: Money, price: float, conf_level: float = 0.95) -> NetBenefit:
    """What the effect is worth at `price` for one more person, less what the campaign cost; the cost is known.

    Its limits are those of the effect, so that they agree with the cost of one more person beside it: the net benefit
    is zero at just that cost. `net_benefit` is for a cost that is uncertain as well.

    References
    ----------
    Stinnett and Mullahy (1998), Medical Decision Making 18:S68-S80.

    Examples
    --------
    >>> from metrics.proportions import Proportion, risk_difference
    >>> effect = risk_difference(Proportion(480, 800), Proportion(360, 800))
    >>> found = worth(effect, people=10_000, spend=Money(amount=400_000, currency="EUR"), price=4.0)
    >>> f"{found.estimate:.0f} ({found.conf_low:.0f} to {found.conf_high:.0f}), {found.probability_worth_it:.3f}"
    '2000 (52 to 3919), 0.978'
    """
    check_conf_level(conf_level)
    if people <= 0 or price < 0 or spend.amount < 0:
        raise ValueError(f"{people} people at {price} each for {spend.major} have no worth")
    tail = (1 - conf_level) / 2
    low, high = (quantile(effect, tail), quantile(effect, 1 - tail))
    scale = price * people
    return NetBenefit(
        willingness_to_pay=price,
        estimate=scale * effect.estimate - spend.major,
        se=scale * (effect.se or 0.0),
        conf_low=scale * low - spend.major,
        conf_high=scale * high - spend.major,
        probability_worth_it=_above(effect, spend.major / scale) if scale else 0.0,
    )


def _above(effect: Estimate, size: float) -> float:
    """Share of the confidence distribution above a size, to a ten-thousandth."""
    low, high = 0.0, 1.0
    while high - low > 1e-5:
        middle = (low + high) / 2
        low, high = (middle, high) if quantile(effect, middle) < size else (low, middle)
    return 1 - (low + high) / 2


def rounded_up(amount: float) -> float:
    """The next amount of two digits: 7.31 is 7.4, 1240 is 1300.

    Examples
    --------
    >>> rounded_up(7.31), rounded_up(1240.0), rounded_up(0.0312)
    (7.4, 1300.0, 0.032)
    """
    if not math.isfinite(amount) or amount <= 0:
        return amount
    step = 10.0 ** (math.floor(math.log10(amount)) - 1)
    return float(f"{math.ceil(amount / step - 1e-9) * step:.10g}")


def round_prices(plane: CostPlane, *, count: int = 6) -> Sequence[float]:
    """At most `count` round prices, from one that hardly any outcome stays under to one that nearly all do.

    Where the acceptability curve is read off. Empty where no outcome moved anybody, or where all that did cost nothing.

    Examples
    --------
    >>> outcomes = tuple(Outcome(additional=size, cost=100.0) for size in (-10.0, 25.0, 50.0, 100.0))
    >>> round_prices(CostPlane(outcomes=outcomes, people=10_000, cost=1000.0, currency="EUR"), count=3)
    (1.0, 2.0, 4.0)
    """
    costs = sorted(outcome.cost / outcome.additional for outcome in plane.outcomes if outcome.additional > 0)
    if not costs or costs[0] <= 0:
        return ()
    shares = [0.02 + 0.96 * place / (count - 1) for place in range(count)]
    return tuple(dict.fromkeys(rounded_up(costs[int(share * len(costs))]) for share in shares))
