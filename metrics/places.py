"""Places of campaigns among those of the same kind, with intervals, and which two can be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.bodies import effects_of
from metrics.evaluation import Evaluation
from metrics.explaining import Moderator, value_of
from metrics.ranking import Pair, Ranked, pairwise, rank

REDRAWS = 1  # the same campaigns always get the same places
LEVEL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Campaigns of one value of a moderator, ranked among themselves.

    Attributes
    ----------
    members, ranked
        The campaigns and their places, in the order of the lower end of their true effect.
    pairs
        All differences between two of them (`first` and `second` count in `members`), with p-values adjusted by Holm
        over the pairs of this group.
    """

    value: str
    members: tuple[Evaluation, ...]
    ranked: tuple[Ranked, ...]
    pairs: tuple[Pair, ...]

    @property
    def apart(self) -> tuple[Pair, ...]:
        """The pairs that can be told apart."""
        return tuple(pair for pair in self.pairs if pair.adjusted_p_value < LEVEL)


def places(members: Sequence[Evaluation], by: Moderator | None) -> tuple[Places, ...]:
    """Ranks with intervals within each group of two or more campaigns; of all of them together where `by` is None.

    Campaigns are ordered by the lower end of their shrunken effect, never by the point estimate, which would put the
    luckiest first.

    Parameters
    ----------
    members
        Campaigns that may be pooled (`metrics.bodies.may_be_pooled`).

    See Also
    --------
    metrics.ranking.rank, metrics.ranking.pairwise : the methods and their sources

    Examples
    --------
    Eighteen in a hundred apart, at a standard error of one in a hundred each: nobody doubts their places.

    >>> from tests.evaluations import evaluation
    >>> few, many = (evaluation(interval=(size, size - 0.02, size + 0.02)) for size in (0.02, 0.20))
    >>> (together,) = places([few, many], None)
    >>> together.members == (many, few), [(one.rank_low, one.rank_high) for one in together.ranked]
    (True, [(1, 1), (2, 2)])
    """
    grouped: dict[str, list[Evaluation]] = {}
    for member in members:
        grouped.setdefault(value_of(member.campaign, by) if by else "", []).append(member)
    return tuple(_of(value, group) for value, group in grouped.items() if len(group) > 1)


def _of(value: str, group: Sequence[Evaluation]) -> Places:
    ranking = rank(*effects_of(group), rng=np.random.default_rng(REDRAWS)).campaigns
    order = sorted(range(len(group)), key=lambda place: -ranking[place].conf_low)
    members = tuple(group[place] for place in order)
    return Places(
        value=value,
        members=members,
        ranked=tuple(ranking[place] for place in order),
        pairs=pairwise(*effects_of(members)),
    )
