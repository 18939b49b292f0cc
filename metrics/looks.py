"""Looking at results before the end: intervals that stay valid however often, and boundaries for planned looks."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from metrics.estimates import check_conf_level

GRID: Final = 801  # points of the density between two looks


@dataclass(frozen=True, slots=True, kw_only=True)
class AlwaysValid:
    """An interval that covers the truth at every look at once, and the p-value that goes with it."""

    conf_low: float
    conf_high: float
    p_value: float
    conf_level: float


def always_valid(estimate: float, se: float, n: int, *, planned: int = 5000, conf_level: float = 0.95) -> AlwaysValid:
    """Asymptotic confidence sequence about a running estimate: look as often as you like, stop when you like.

    It is wider than an interval for one look; narrowest near the sample for which it is tuned.

    Parameters
    ----------
    estimate, se
        The estimate so far and its standard error.
    n
        People observed so far, all arms together.
    planned
        The sample at which the interval is to be narrowest.

    References
    ----------
    Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), Annals of Statistics 52:2613-2640, equations 9 and 155.

    Examples
    --------
    >>> result = always_valid(0.05, 0.012, 4000)
    >>> f"{result.conf_low:.4f} to {result.conf_high:.4f}, p {result.p_value:.4f}"
    '0.0135 to 0.0865, p 0.0015'
    """
    check_conf_level(conf_level)
    if n < 1 or planned < 1 or se <= 0:
        raise ValueError(f"{n} people of {planned} planned with standard error {se}: all must be above zero")
    alpha = 1 - conf_level
    rho2 = (-2 * math.log(alpha) + math.log(-2 * math.log(alpha) + 1)) / planned
    spread = n * rho2 + 1
    half = se * math.sqrt(2 * spread / (n * rho2) * math.log(math.sqrt(spread) / alpha))
    exponent = (estimate / se) ** 2 * n * rho2 / (2 * spread)
    return AlwaysValid(
        conf_low=estimate - half,
        conf_high=estimate + half,
        p_value=min(1.0, math.sqrt(spread) * math.exp(-exponent)),
        conf_level=conf_level,
    )


def boundaries(looks: int, *, rule: str = "obrien_fleming", conf_level: float = 0.95) -> tuple[float, ...]:
    """The z value that a result must pass at each of equally spaced looks, so that all together keep the level.

    Parameters
    ----------
    rule
        obrien_fleming (hard to pass early, almost the usual value at the end) or pocock (the same at every look).

    References
    ----------
    Pocock (1977), Biometrika 64:191-199. O'Brien and Fleming (1979), Biometrics 35:549-556. Recursion: Armitage,
    McPherson and Rowe (1969), JRSS A 132:235-244.

    Examples
    --------
    >>> [f"{z:.2f}" for z in boundaries(2, rule="pocock")], [f"{z:.2f}" for z in boundaries(2)]
    (['2.18', '2.18'], ['2.80', '1.98'])
    """
    check_conf_level(conf_level)
    if looks < 1:
        raise ValueError(f"{looks} looks have no boundaries")
    if rule not in ("obrien_fleming", "pocock"):
        raise ValueError(f"{rule!r} must be obrien_fleming or pocock")
    shape = [math.sqrt(looks / k) if rule == "obrien_fleming" else 1.0 for k in range(1, looks + 1)]

    def excess(constant: float) -> float:
        return _ever_outside([constant * factor for factor in shape]) - (1 - conf_level)

    low = float(ndtri((1 + conf_level) / 2)) - 1e-9
    constant = low if looks == 1 else float(brentq(excess, low, 2 * low + 2, xtol=1e-9))
    return tuple(constant * factor for factor in shape)


def _ever_outside(bounds: list[float]) -> float:
    """The chance that a sum of standard normal steps, divided by the root of their number, ever passes its bound."""
    outside = 2 * float(ndtr(-bounds[0]))
    places = np.linspace(-bounds[0], bounds[0], GRID)
    density = np.exp(-(places**2) / 2) / math.sqrt(2 * math.pi)
    for k, bound in enumerate(bounds[1:], start=2):
        edge = bound * math.sqrt(k)  # of the sum
        weights = _simpson(places) * density
        outside += float(weights @ (ndtr(-edge - places) + ndtr(places - edge)))
        new = np.linspace(-edge, edge, GRID)
        kernel = np.exp(-((new[:, None] - places[None, :]) ** 2) / 2) / math.sqrt(2 * math.pi)
        places, density = new, kernel @ weights
    return outside


def _simpson(places: np.ndarray) -> np.ndarray:
    weights = np.ones(len(places))
    weights[1:-1:2], weights[2:-1:2] = 4.0, 2.0
    return np.asarray(weights * (places[1] - places[0]) / 3)
