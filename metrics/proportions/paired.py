"""The same people asked twice."""

import math

from scipy.optimize import brentq

from metrics.estimates import Estimate, Measure, Method
from metrics.proportions.normal import normal_quantile, two_sided


def paired_difference(
    *, both: int, first_only: int, second_only: int, neither: int, conf_level: float = 0.95
) -> Estimate:
    """Change in a share among the same people asked twice, second minus first: 0.10 is ten percentage points.

    Arguments are counts of people by their two answers. Tango's score interval belongs to McNemar's test (without
    continuity correction), whose p-value is given, and keeps its coverage where few people changed their answer.

    References
    ----------
    Tango (1998), Statistics in Medicine 17:891-908. McNemar (1947), Psychometrika 12:153-157.

    Examples
    --------
    >>> change = paired_difference(both=794, first_only=86, second_only=150, neither=570)
    >>> f"{change.estimate:.3f} ({change.conf_low:.4f} to {change.conf_high:.4f})"
    '0.040 (0.0214 to 0.0590)'
    """
    n = both + first_only + second_only + neither
    if min(both, first_only, second_only, neither) < 0 or n == 0:
        raise ValueError(f"{both}, {first_only}, {second_only}, {neither} are not counts of people")
    z = normal_quantile(conf_level)
    changed = first_only + second_only
    difference = (second_only - first_only) / n
    return Estimate(
        measure=Measure.RISK_DIFFERENCE,
        estimate=difference,
        se=math.sqrt(changed - n * difference**2) / n or None,
        conf_low=_tango_low(second_only, first_only, n, z),
        conf_high=-_tango_low(first_only, second_only, n, z),
        p_value=two_sided((second_only - first_only) / math.sqrt(changed)) if changed else 1.0,
        df=math.inf,
        conf_level=conf_level,
        method=Method.TANGO,
        n=n,
    )


def _tango_low(gained: int, lost: int, n: int, z: float) -> float:
    """The change below the observed one at which Tango's statistic is `z`."""
    difference = (gained - lost) / n
    if difference == -1:
        return -1.0

    def excess(delta: float) -> float:
        b = (2 * n - gained + lost) * delta - gained - lost
        q = (math.sqrt(b**2 + 8 * n * lost * delta * (1 - delta)) - b) / (4 * n)  # likeliest share of losers
        deviation = math.sqrt(max(n * (2 * q + delta * (1 - delta)), 0))
        distance = gained - lost - n * delta
        return distance / math.hypot(distance, deviation) - z / math.hypot(1, z) if distance else -1.0

    return float(brentq(excess, -1.0, difference, xtol=1e-14))
