"""What published evaluations can be pooled with: an effect in the wished direction, and its sampling variance."""

import math
from dataclasses import dataclass

from scipy.special import ndtri

from campaigns.literature import PublishedOutcome, Unit
from campaigns.records import Design, Direction

UNPOOLED = frozenset({Design.DELIVERY_ONLY, Design.BEFORE_AFTER, Design.AFTER_ONLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEffect:
    """A published effect in the wished direction.

    Attributes
    ----------
    effect
        A difference of shares (0.04 is four more in a hundred) for percentage points; the logarithm of the ratio
        for ratios and relative changes.
    variance
        Of that effect, from its printed 95 % interval.
    """

    study: PublishedOutcome
    effect: float
    variance: float


def poolable(study: PublishedOutcome) -> PublishedEffect | None:
    """The effect and variance of a published outcome; None where it was compared with nothing, or has no interval.

    A printed interval is taken as a 95 % one of the normal distribution: its width over twice 1.96 is the standard
    error, on the logarithmic scale for ratios. Clicks and sales are not poolable: they are delivery, not awareness.

    References
    ----------
    Higgins et al. (2023), Cochrane Handbook 6.4, section 6.3.1 and 6.3.2 (standard errors from intervals).

    Examples
    --------
    >>> from campaigns.published import read_published
    >>> studies = {study.id: study for study in read_published().outcomes}
    >>> travel = poolable(studies["holiday-messages-travel"])
    >>> f"{travel.effect:.5f} {travel.variance ** 0.5:.5f}"
    '0.00993 0.00318'
    """
    if study.design in UNPOOLED or study.conf_low is None or study.conf_high is None or len(study.effect) != 1:
        return None
    printed = (study.conf_low, study.effect[0], study.conf_high)
    if study.unit == Unit.PERCENTAGE_POINTS:
        low, effect, high = (value / 100 for value in printed)
    elif study.unit == Unit.RELATIVE_PERCENT:
        low, effect, high = (math.log1p(value / 100) for value in printed)
    elif study.unit == Unit.RATIO:
        low, effect, high = map(math.log, printed)
    else:
        return None
    wished = 1 if study.wished == Direction.MORE else -1
    return PublishedEffect(
        study=study, effect=wished * effect, variance=((high - low) / (2 * float(ndtri(0.975)))) ** 2
    )
