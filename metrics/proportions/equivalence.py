"""Whether two shares are so close that the difference does not matter."""

from dataclasses import dataclass

from scipy.special import ndtr

from metrics.estimates import Estimate, Method, Proportion
from metrics.proportions.two import risk_difference, shrunken_difference
from metrics.scores import difference_z


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence:
    """Two one-sided tests against a margin stated beforehand.

    Attributes
    ----------
    difference
        With the interval that belongs to the tests: at a level of 0.05 the 90 % one.
    margin
        The smallest difference that matters; 0.05 is five percentage points.
    p_value
        The larger of the two; below `alpha` exactly where the interval lies inside the margins.
    p_above, p_below
        Of a true difference at or below minus the margin, and of one at or above the margin.
    alpha
        The level of the tests.
    """

    difference: Estimate
    margin: float
    p_value: float
    p_above: float
    p_below: float
    alpha: float

    @property
    def equivalent(self) -> bool:
        """Whether the difference is shown to be too small to matter."""
        return self.p_value < self.alpha


def equivalence(
    a: Proportion,
    b: Proportion,
    *,
    margin: float,
    alpha: float = 0.05,
    method: Method = Method.MIETTINEN_NURMINEN,
) -> Equivalence:
    """Test whether the difference `a` minus `b` lies within plus or minus `margin`.

    A difference that is not significant is not small: only an interval inside the margins shows "little or no
    difference". The tests are those of the interval: Miettinen and Nurminen's score statistic at each margin.

    Parameters
    ----------
    margin
        The smallest difference that matters, above zero, stated before the data: 0.05 is five percentage points.
    alpha
        Level of each one-sided test; the interval has the level 1 - 2 alpha.
    method
        `Method.MIETTINEN_NURMINEN`, `Method.MEE` or `Method.AGRESTI_CAFFO`.

    References
    ----------
    Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15:657-680.
    Farrington and Manning (1990), Statistics in Medicine 9:1447-1454 (score tests of a margin).

    Examples
    --------
    >>> result = equivalence(Proportion(120, 400), Proportion(118, 400), margin=0.08)
    >>> f"p = {result.p_value:.4f}, {result.difference.conf_low:.3f} to {result.difference.conf_high:.3f}"
    'p = 0.0101, -0.048 to 0.058'
    """
    if not 0 < margin < 1 or not 0 < alpha < 0.5:
        raise ValueError(f"margin {margin} must be between 0 and 1, alpha {alpha} between 0 and one half")
    difference = risk_difference(a, b, method=method, conf_level=1 - 2 * alpha)
    if method is Method.AGRESTI_CAFFO:
        centre, se = shrunken_difference(a, b)
        above, below = (centre + margin) / se, (centre - margin) / se
    elif method in (Method.MIETTINEN_NURMINEN, Method.MEE):
        factor = (a.total + b.total) / (a.total + b.total - 1) if method is Method.MIETTINEN_NURMINEN else 1.0
        counts = (a.events, a.total, b.events, b.total)
        above, below = (difference_z(*counts, difference=size, factor=factor) for size in (-margin, margin))
    else:
        raise ValueError(f"method {str(method)!r} has no test of a margin")
    p_above, p_below = float(ndtr(-above)), float(ndtr(below))
    return Equivalence(
        difference=difference,
        margin=margin,
        p_value=max(p_above, p_below),
        p_above=p_above,
        p_below=p_below,
        alpha=alpha,
    )
