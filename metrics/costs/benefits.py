"""What an effect is worth less what it cost, and how sure that is at several prices of an effect."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import ndtr, stdtrit

from metrics.estimates import check_conf_level


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


def acceptability_curve(
    cost: float,
    effect: float,
    *,
    se_cost: float,
    se_effect: float,
    willingness_to_pay: Sequence[float],
    correlation: float = 0.0,
    conf_level: float = 0.95,
) -> tuple[NetBenefit, ...]:
    """Net benefit at each willingness to pay; its `probability_worth_it` is the acceptability curve.

    Where an effect has no price that all agree on, the curve shows at which prices the answer would be the same.

    Parameters
    ----------
    cost, effect, se_cost, se_effect, correlation
        As for `net_benefit`.
    willingness_to_pay
        Prices of one unit of effect, in the cost's unit.

    References
    ----------
    Van Hout et al. (1994), Health Economics 3:309-319. Fenwick, Claxton and Sculpher (2001), Health Economics
    10:779-787.

    Examples
    --------
    >>> curve = acceptability_curve(4200, 380, se_cost=650, se_effect=95, willingness_to_pay=[5, 10, 20, 40])
    >>> [f"{point.willingness_to_pay:.0f}: {point.probability_worth_it:.2f}" for point in curve]
    ['5: 0.00', '10: 0.36', '20: 0.95', '40: 1.00']
    """
    return tuple(
        net_benefit(
            cost,
            effect,
            se_cost=se_cost,
            se_effect=se_effect,
            willingness_to_pay=worth,
            correlation=correlation,
            conf_level=conf_level,
        )
        for worth in willingness_to_pay
    )
