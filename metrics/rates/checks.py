"""The same comparison of delivery rates by other methods, to see whether the answer hangs on one of them."""

import math

import numpy as np
import pandas as pd
from scipy.special import expit, stdtr, stdtrit

from metrics.counts import beta_binomial, negative_binomial
from metrics.estimates import Estimate, Measure, Method, check_conf_level
from metrics.rates.days import by_day, dispersion, refused


def other_methods(a: pd.DataFrame, b: pd.DataFrame, *, conf_level: float = 0.95) -> tuple[Estimate, ...]:
    """Ratio of two campaigns' rates, `a` over `b`, by regressions of all days together.

    Quasi-binomial: the ratio of the totals, its error that of independent people widened by the dispersion. Beta-
    binomial: days whose own rates vary as a beta distribution, by maximum likelihood; left out where days vary no
    more than independent people do. Where events are not shares of trials (results per unit of money), quasi-Poisson
    and negative binomial. All with t of the days less two.

    They do not use that both ran on the same days, nor that one day resembles the last: `compare_rates` does.

    Parameters
    ----------
    a, b
        As for `compare_rates`; of fewer than three days, or without events, nothing is given.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, section 4.5. Prentice (1986), Journal of the American
    Statistical Association 81:321-327.

    Examples
    --------
    >>> days = range(7)
    >>> a = pd.DataFrame({"day": days, "numerator": [52, 81, 37, 70, 66, 58, 49], "denominator": 5000})
    >>> b = pd.DataFrame({"day": days, "numerator": [41, 65, 30, 52, 60, 45, 43], "denominator": 5000})
    >>> [f"{e.method.value} {e.conf_low:.2f} to {e.conf_high:.2f}" for e in other_methods(a, b)]
    ['quasi_binomial 0.92 to 1.64', 'beta_binomial 0.93 to 1.61']
    """
    check_conf_level(conf_level)
    days_a, days_b = by_day(a), by_day(b)
    spread = dispersion(days_a, days_b) if refused(days_a, days_b) is None else None
    if not spread:
        return ()
    both = pd.concat([days_a, days_b])
    events, trials = both["numerator"].to_numpy(), both["denominator"].to_numpy()
    shares = bool((events <= trials).all())
    (x1, n1), (x2, n2) = ((float(c["numerator"].sum()), float(c["denominator"].sum())) for c in (days_a, days_b))
    variance = 1 / x1 + 1 / x2 - (1 / n1 + 1 / n2 if shares else 0.0)
    quasi = math.log(x1 / n1) - math.log(x2 / n2), math.sqrt(spread * variance)
    found = [(Method.QUASI_BINOMIAL if shares else Method.QUASI_POISSON, *quasi)]
    arm = np.concatenate([np.ones(len(days_a)), np.zeros(len(days_b))])
    design = np.column_stack([np.ones(len(arm)), arm])
    fit = beta_binomial(design, events, trials) if shares else negative_binomial(design, events, trials)
    if fit is not None:
        size, push = float(fit.coefficients[1]), np.array([0.0, 1.0])
        if shares:
            one, other = expit(fit.coefficients.sum()), expit(fit.coefficients[0])
            size, push = math.log(one / other), np.array([other - one, 1 - one])
        se = math.sqrt(float(push @ fit.covariance @ push))
        found.append((Method.BETA_BINOMIAL if shares else Method.NEGATIVE_BINOMIAL, size, se))
    df, n = float(len(both) - 2), len(both)
    reach = float(stdtrit(df, (1 + conf_level) / 2))
    return tuple(
        Estimate(
            measure=Measure.RATE_RATIO,
            estimate=math.exp(log),
            se=se,
            conf_low=math.exp(log - reach * se),
            conf_high=math.exp(min(log + reach * se, 709.0)),
            p_value=2 * float(stdtr(df, -abs(log) / se)),
            df=df,
            conf_level=conf_level,
            method=method,
            n=n,
            dispersion=spread,
        )
        for method, log, se in found
    )
