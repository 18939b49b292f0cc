"""Delivery rates of two campaigns of which only the totals are known."""

import math
from dataclasses import dataclass

from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Proportion
from metrics.proportions import risk_ratio

DISPERSIONS = (2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsComparison:
    """A comparison of totals, and what it would be if days varied more than independent people do.

    `estimate` assumes a dispersion of 1 and carries the caution `daily_spread_unknown`; `if_dispersed` holds the same
    comparison at dispersions 2, 5 and 10, which exports by day show to be common.
    """

    estimate: Estimate
    if_dispersed: tuple[Estimate, ...]


def compare_totals(a: Proportion, b: Proportion, *, conf_level: float = 0.95) -> TotalsComparison | NotEstimable:
    """Ratio of two campaigns' rates from their totals alone, `a` over `b`: 1.20 is "20 % more".

    Koopman's score interval as if every impression were a person of its own, which it is not: totals do not show how
    much days vary, so the interval is too narrow by an unknown factor. The same at dispersions 2, 5 and 10 shows
    whether the conclusion would survive. Ask for the export by day and use `compare_rates`.

    References
    ----------
    Koopman (1984), Biometrics 40:513-517.

    Examples
    --------
    >>> result = compare_totals(Proportion(412, 183442), Proportion(355, 190210))
    >>> [f"{e.dispersion:.0f}: {e.conf_low:.2f} to {e.conf_high:.2f}" for e in (result.estimate, *result.if_dispersed)]
    ['1: 1.04 to 1.39', '2: 0.99 to 1.47', '5: 0.88 to 1.65', '10: 0.77 to 1.88']
    """
    found = []
    for dispersion in (1.0, *DISPERSIONS):
        ratio = risk_ratio(a, b, conf_level=conf_level, dispersion=dispersion)
        if isinstance(ratio, NotEstimable):
            return NotEstimable(measure=Measure.RATE_RATIO, reason=ratio.reason, n=ratio.n)
        found.append(
            Estimate(
                measure=Measure.RATE_RATIO,
                estimate=ratio.estimate,
                se=None if ratio.se is None else ratio.se * math.sqrt(dispersion),
                conf_low=ratio.conf_low,
                conf_high=ratio.conf_high,
                p_value=ratio.p_value,
                df=ratio.df,
                conf_level=conf_level,
                method=ratio.method,
                n=ratio.n,
                dispersion=dispersion,
                cautions=(Caution.DAILY_SPREAD_UNKNOWN,),
            )
        )
    return TotalsComparison(estimate=found[0], if_dispersed=tuple(found[1:]))
