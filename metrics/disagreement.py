"""Whether a campaign did good among some people and harm among others: asked of all breakdowns together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from campaigns.records import Design
from metrics.changes import difference_in_differences
from metrics.estimates import Caution, Estimate
from metrics.multiplicity import adjusted_p_values
from metrics.trials import adjusted_difference

BREAKDOWNS = ("sex", "age", "country", "place")
FEWEST = 50  # answers of a group of people; with fewer its effect says nothing
LEVEL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Groups of people of one breakdown with the wished change, and others with its opposite."""

    breakdown: str
    better: tuple[str, ...]
    worse: tuple[str, ...]
    p_value: float  # that all have the same effect, adjusted for the breakdowns looked at


def disagreement(
    coded: pd.DataFrame, design: Design, *, cluster: str | None, weight: str | None, sign: float
) -> Disagreement | None:
    """The breakdown whose groups disagree most, where an adjusted test says that they do; None elsewhere.

    First whether effects differ at all (Cochran's Q of the groups' effects, Holm over the breakdowns looked at), and
    only then whether one group's interval lies above zero and another's below: looking at groups alone finds such a
    pair by chance far too often.

    Parameters
    ----------
    coded
        One row an answer: `value`, `arm` (0, 1), `period` (0 before, 1 after; one of them where the design compares
        groups once) and the breakdowns, missing where nobody knows.
    sign
        1 where more is wished, -1 where fewer is.

    References
    ----------
    Brookes et al. (2004), Journal of Clinical Epidemiology 57:229-236. Cochran (1954), Biometrics 10:101-129.
    Holm (1979), Scandinavian Journal of Statistics 6:65-70.

    Examples
    --------
    >>> said = {("F", 1): 90, ("F", 0): 40, ("M", 1): 40, ("M", 0): 90}
    >>> people = pd.DataFrame(
    ...     [(s, a, 1, int(i < n)) for (s, a), n in said.items() for i in range(130)],
    ...     columns=["sex", "arm", "period", "value"],
    ... )
    >>> found = disagreement(people, Design.RANDOMISED, cluster=None, weight=None, sign=1)
    >>> found.breakdown, found.better, found.worse
    ('sex', ('F',), ('M',))
    """
    looked = {
        name: effects
        for name in BREAKDOWNS
        if name in coded and len(effects := dict(_effects(coded, name, design, cluster, weight))) > 1
    }
    if not looked:
        return None
    p_values = adjusted_p_values([_same(list(effects.values())) for effects in looked.values()])
    found = []
    for (name, effects), p_value in zip(looked.items(), p_values, strict=True):
        ends = {level: sorted((sign * e.conf_low, sign * e.conf_high)) for level, e in effects.items()}
        better = tuple(level for level, (low, _) in ends.items() if low > 0)
        worse = tuple(level for level, (_, high) in ends.items() if high < 0)
        if p_value < LEVEL and better and worse:
            found.append(Disagreement(breakdown=name, better=better, worse=worse, p_value=p_value))
    return min(found, key=lambda one: one.p_value, default=None)


def _effects(
    coded: pd.DataFrame, name: str, design: Design, cluster: str | None, weight: str | None
) -> Iterator[tuple[str, Estimate]]:
    """The effect in each group of people that is large enough on both sides."""
    twice = design == Design.DIFFERENCE_IN_DIFFERENCES
    for level, rows in coded.groupby(name):
        if rows.groupby(["arm", "period"]).size().min() < FEWEST:
            continue
        effect = (
            difference_in_differences(
                rows, outcome="value", arm="arm", period="period", cluster=cluster, weights=weight
            )
            if twice
            else adjusted_difference(rows, outcome="value", arm="arm", cluster=cluster, weights=weight)
        )
        if isinstance(effect, Estimate) and effect.se and Caution.FEW_CLUSTERS not in effect.cautions:
            yield str(level), effect


def _same(effects: list[Estimate]) -> float:
    """P-value of all effects being one."""
    sizes = np.array([effect.estimate for effect in effects])
    weights = np.array([1 / (effect.se or np.inf) ** 2 for effect in effects])
    q = float(weights @ (sizes - weights @ sizes / weights.sum()) ** 2)
    return float(chdtrc(len(effects) - 1, q))
