"""Whether a group has its part of what was delivered: the representation index."""

import math
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import stdtrit

from metrics.reached.shares import Share

FAIR = 0.8  # four fifths: below it a group is customarily taken to be left out


class Standing(StrEnum):
    """What the index and its interval say of a group."""

    MISSED = "missed"  # nothing was delivered to it
    LEFT_BEHIND = "left_behind"  # clearly less than its part
    A_LITTLE_LESS = "a_little_less"  # less, but at least four fifths of its part or perhaps
    AS_MANY = "as_many"  # its part, as far as can be told
    MORE = "more"  # clearly more than its part
    NOT_MEANT = "not_meant"  # nobody of it is among the people meant
    NOT_SURE = "not_sure"  # known without an interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """A group's share of what was delivered over its share of the people meant.

    Attributes
    ----------
    group
        Its code.
    reached, intended
        The two shares; None where it is in one of them only.
    index
        1 where a group has its part, 0.5 where half of it; infinite where nobody of it was meant, None where it is in
        neither.
    conf_low, conf_high
        Its interval; None where there is none.
    """

    group: str
    reached: Share | None
    intended: Share | None
    index: float | None
    conf_low: float | None
    conf_high: float | None

    @property
    def standing(self) -> Standing:
        """What can be said of the group."""
        if self.intended is None:
            return Standing.NOT_MEANT
        if self.reached is None or not self.index:
            return Standing.MISSED
        if self.conf_low is None or self.conf_high is None:
            return Standing.NOT_SURE
        if self.conf_high < 1:
            return Standing.LEFT_BEHIND if self.index < FAIR else Standing.A_LITTLE_LESS
        return Standing.MORE if self.conf_low > 1 else Standing.AS_MANY


def representation(
    reached: tuple[Share, ...], intended: tuple[Share, ...], *, conf_level: float = 0.95
) -> tuple[Representation, ...]:
    """The index of each group: its share of what was delivered, over its share of the people meant.

    The interval is that of the ratio of two independent shares on the logarithm: the days' spread of what was
    delivered and, where the people meant are known from a sample, that sample's error; degrees of freedom by Welch and
    Satterthwaite. People meant whose shares have no interval, as those of a census, are taken as known exactly; where
    the shares delivered have none, neither has the index.

    Parameters
    ----------
    reached
        Of `shares.delivered_shares`.
    intended
        The make-up of the people meant: of a census or estimate of the population, or of a survey of them
        (`asked.asked_shares`). Both by the same groups.

    References
    ----------
    Katz, Baptista, Azen and Pike (1978), Biometrics 34:469-474 (logarithm of a ratio of shares). Four fifths: US Code
    of Federal Regulations, title 29, section 1607.4 D. The index: Kruskal and Mosteller (1979), International
    Statistical Review 47:245-265 (what a representative sample means).

    Examples
    --------
    >>> reached = (Share(group="F", value=0.2, amount=200), Share(group="M", value=0.8, amount=800))
    >>> meant = (Share(group="F", value=0.5, amount=300), Share(group="M", value=0.5, amount=300))
    >>> [(found.group, round(found.index, 2)) for found in representation(reached, meant)]
    [('F', 0.4), ('M', 1.6)]
    """
    of_reached, of_intended = ({share.group: share for share in shares} for shares in (reached, intended))
    groups = dict.fromkeys([*of_intended, *of_reached])
    return tuple(_of(group, of_reached.get(group), of_intended.get(group), conf_level) for group in groups)


def _of(group: str, reached: Share | None, intended: Share | None, conf_level: float) -> Representation:
    index: float | None
    low = high = None
    if intended is None or not intended.value:
        index = math.inf if reached is not None else None
    elif reached is None:
        index = 0.0
    else:
        index = reached.value / intended.value
        spreads = [
            (share.estimate.se / share.value, share.estimate.df)
            for share in (reached, intended)
            if share.estimate is not None and share.estimate.se and share.value
        ]
        if reached.estimate is not None and spreads:
            variance = sum(se**2 for se, _ in spreads)
            terms = sum(se**4 / df for se, df in spreads)
            df = variance**2 / terms if terms else math.inf
            half = float(stdtrit(df, (1 + conf_level) / 2)) * math.sqrt(variance)
            low, high = index * math.exp(-half), index * math.exp(half)
    return Representation(group=group, reached=reached, intended=intended, index=index, conf_low=low, conf_high=high)
