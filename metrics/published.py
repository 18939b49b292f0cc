"""What published evaluations show together: effects in the wished direction, pooled where they count the same thing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import ndtri

from campaigns.literature import PublishedOutcome, Unit
from campaigns.records import Design, Direction
from metrics.pooling import Pooled, pool

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
    if study.conf_low == study.conf_high:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedBody:
    """Published effects on one class of outcomes, in one unit.

    Attributes
    ----------
    members
        The outcomes that are pooled; those of one publication count together as one study.
    pooled
        Their average, as `pool` gives it, of effects in the wished direction.
    estimate, conf_low, conf_high
        The average and its interval in the printed unit and direction.
    """

    outcome_class: str
    unit: Unit
    members: tuple[PublishedEffect, ...]
    pooled: Pooled
    estimate: float
    conf_low: float
    conf_high: float


def pooled_by_outcome(studies: Sequence[PublishedOutcome]) -> tuple[PublishedBody, ...]:
    """The average effect wherever two or more publications measured the same class of outcome in the same unit.

    Outcomes that are wished in opposite directions, and other subjects than migration, stay apart. The outcomes of one
    publication are averaged first and taken to move together, which makes none of them surer than it is.

    References
    ----------
    Borenstein et al. (2009), Introduction to Meta-Analysis, chapter 24 (several outcomes of a study).

    Examples
    --------
    One printed effect, and another of the same width; `rma(c(-0.993, -0.593), c(v, v), test = "adhoc")` of metafor:

    >>> from dataclasses import replace
    >>> from campaigns.published import read_published
    >>> (one,) = (study for study in read_published().outcomes if study.id == "holiday-messages-travel")
    >>> other = replace(one, source="Another", effect=(-0.593,), conf_low=-1.216, conf_high=0.029)
    >>> (body,) = pooled_by_outcome([one, other])
    >>> f"{body.estimate:.3f} ({body.conf_low:.3f} to {body.conf_high:.3f}) {body.unit.value}"
    '-0.793 (-3.647 to 2.061) percentage points'
    """
    alike: dict[tuple[object, ...], list[PublishedEffect]] = {}
    for effect in filter(None, map(poolable, studies)):
        study = effect.study
        alike.setdefault((study.outcome_class, study.unit, study.wished, study.another_subject), []).append(effect)
    bodies = (_body(effects) for effects in alike.values())
    return tuple(body for body in bodies if body is not None)


def _body(effects: Sequence[PublishedEffect]) -> PublishedBody | None:
    publications: dict[str, list[PublishedEffect]] = {}
    for effect in effects:
        publications.setdefault(effect.study.source, []).append(effect)
    first, unit = effects[0].study, effects[0].study.unit
    if len(publications) < 2 or unit is None:
        return None
    means = [sum(own.effect for own in group) / len(group) for group in publications.values()]
    errors = [sum(math.sqrt(own.variance) for own in group) / len(group) for group in publications.values()]
    pooled = pool(means, [error**2 for error in errors])
    low, middle, high = (_printed(value, first) for value in (pooled.conf_low, pooled.estimate, pooled.conf_high))
    return PublishedBody(
        outcome_class=first.outcome_class,
        unit=unit,
        members=tuple(effects),
        pooled=pooled,
        estimate=middle,
        conf_low=min(low, high),
        conf_high=max(low, high),
    )


def _printed(effect: float, like: PublishedOutcome) -> float:
    """A pooled effect in the unit and direction in which `like` is printed."""
    counted = effect if like.wished == Direction.MORE else -effect
    if like.unit == Unit.PERCENTAGE_POINTS:
        return 100 * counted
    return math.exp(counted) if like.unit == Unit.RATIO else 100 * math.expm1(counted)
