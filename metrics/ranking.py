"""Which campaign is best, and how sure that is: partial pooling, ranks with intervals, loss of a wrong choice."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from metrics.estimates import check_conf_level
from metrics.multiplicity import adjusted_p_values
from metrics.pooling.heterogeneity import Estimator, Studies, between_studies, weighted
from metrics.pooling.summary import studies_of, two_sided

DRAWS: Final = 20_000
GRID: Final = 2_000  # spreads between campaigns that are weighed

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunken:
    """One campaign's effect drawn towards the average of all, and how sure it is.

    Attributes
    ----------
    estimate, se, conf_low, conf_high
        On the scale of the effects. The standard error counts both the campaign's own uncertainty and that of the
        average.
    pull
        How far it was drawn, 0 (not at all) to 1 (to the average itself).
    """

    estimate: float
    se: float
    conf_low: float
    conf_high: float
    pull: float


def shrunken(
    effects: Sequence[float], variances: Sequence[float], *, method: str = "REML", conf_level: float = 0.95
) -> tuple[Shrunken, ...]:
    """Each effect drawn towards the average, the more the less sure it is (empirical Bayes, partial pooling).

    The largest of many estimates is large partly by luck; drawing them together takes that luck away, so that a small
    campaign with a lucky result does not lead the table.

    Parameters
    ----------
    effects, variances
        One a campaign, as in `metrics.pooling.pool`.

    References
    ----------
    Raudenbush and Bryk (1985), Journal of Educational Statistics 10:75-98. Morris (1983), JASA 78:47-55.

    Examples
    --------
    Two effects 0.1 apart, half of whose variance is error, are each drawn halfway:

    >>> for one in shrunken([0.0, 0.1], [0.0025, 0.0025]):
    ...     print(f"{one.estimate:.3f} (pulled {one.pull:.0%})")
    0.025 (pulled 50%)
    0.075 (pulled 50%)
    """
    check_conf_level(conf_level)
    studies = studies_of(effects, variances)
    tau2 = between_studies(studies, Estimator(method)).tau2 if studies.k > 1 else 0.0
    fit = weighted(studies, 1 / (studies.v + tau2))
    own = tau2 / (tau2 + studies.v)
    estimates = own * studies.y + (1 - own) * fit.coefficients[0]
    errors = np.sqrt(own * studies.v + (1 - own) ** 2 * fit.bread[0, 0])
    reach = float(ndtri((1 + conf_level) / 2)) * errors
    return tuple(
        Shrunken(estimate=estimate, se=se, conf_low=estimate - wide, conf_high=estimate + wide, pull=1 - share)
        for estimate, se, wide, share in zip(
            estimates.tolist(), errors.tolist(), reach.tolist(), own.tolist(), strict=True
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One campaign's place among the others.

    Attributes
    ----------
    estimate, conf_low, conf_high
        Its true effect given all campaigns, drawn towards their average; on the scale of the effects.
    rank, rank_low, rank_high
        Expected place (1 is best) and its interval: where these overlap, nobody is ahead.
    probability_best
        That its true effect is the largest of all.
    expected_loss
        How much true effect is given up, on average, by choosing it; on the scale of the effects.
    """

    estimate: float
    conf_low: float
    conf_high: float
    rank: float
    rank_low: int
    rank_high: int
    probability_best: float
    expected_loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Campaigns in the order in which they were given, with their places.

    Attributes
    ----------
    tau
        Median standard deviation of the true effects; infinite where two campaigns leave it unknown, so that neither
        is drawn towards the other.
    """

    campaigns: tuple[Ranked, ...]
    tau: float
    conf_level: float


def rank(
    effects: Sequence[float],
    variances: Sequence[float],
    *,
    rng: np.random.Generator,
    conf_level: float = 0.95,
    draws: int = DRAWS,
) -> Ranking:
    """Places of campaigns by their true effects, the largest first, with how sure each place is.

    Ranks are drawn from the joint distribution of true effects that are normal about an average: the average and the
    spread between campaigns are unknown too (every average, and every standard deviation, is equally likely
    beforehand), so that a spread estimated as zero does not settle the order. A point estimate alone would put the
    luckiest first.

    Parameters
    ----------
    effects, variances
        One a campaign; larger is better.
    rng
        Where the draws come from; the same seed gives the same ranking.

    Raises
    ------
    ValueError
        With fewer than two campaigns.

    References
    ----------
    Rubin (1981), Journal of Educational Statistics 6:377-401 (the model). Laird and Louis (1989), Journal of
    Educational Statistics 14:29-46 (ranks). Mogstad, Romano, Shaikh and Wilhelm (2024), Review of Economic Studies
    91:476-518 (why ranks need intervals).

    Examples
    --------
    >>> table = rank([0.02, 0.10, 0.11], [0.0001, 0.0001, 0.0009], rng=np.random.default_rng(1))
    >>> [(one.rank_low, one.rank_high) for one in table.campaigns]
    [(3, 3), (1, 2), (1, 2)]
    """
    check_conf_level(conf_level)
    studies = studies_of(effects, variances)
    if studies.k < 2:
        raise ValueError(f"{studies.k} campaign has no rank, there must be two or more")
    tau, sampled = _true_effects(studies, rng, draws)
    places = studies.k - np.argsort(np.argsort(sampled, axis=1), axis=1)
    tail = (1 - conf_level) / 2
    ends = np.quantile(places, [tail, 1 - tail], axis=0, method="inverted_cdf")
    limits = np.quantile(sampled, [tail, 1 - tail], axis=0)
    best = sampled.max(axis=1)
    campaigns = tuple(
        Ranked(
            estimate=float(sampled[:, i].mean()),
            conf_low=float(limits[0, i]),
            conf_high=float(limits[1, i]),
            rank=float(places[:, i].mean()),
            rank_low=int(ends[0, i]),
            rank_high=int(ends[1, i]),
            probability_best=float((places[:, i] == 1).mean()),
            expected_loss=float((best - sampled[:, i]).mean()),
        )
        for i in range(studies.k)
    )
    return Ranking(campaigns=campaigns, tau=float(np.median(tau)), conf_level=conf_level)


def _true_effects(studies: Studies, rng: np.random.Generator, draws: int) -> tuple[Numbers, Numbers]:
    """Draws of the spread, and of the true effects (draws by campaigns) given it."""
    y, v = studies.y, studies.v
    if studies.k == 2:  # with a flat spread there is no distribution: neither campaign tells of the other
        return np.full(draws, math.inf), rng.normal(y, np.sqrt(v), size=(draws, 2))
    # from far below the most exact error to far beyond all differences: with few campaigns the tail is long
    end = 1000 * (float(np.std(y)) + math.sqrt(float(v.max())))
    grid = np.concatenate([[0.0], np.geomspace(math.sqrt(float(v.min())) / 100, end, GRID - 1)])
    w = 1 / (v + grid[:, None] ** 2)
    total = w.sum(axis=1)
    centre = (w * y).sum(axis=1) / total
    log_density = 0.5 * (np.log(w).sum(axis=1) - np.log(total) - (w * (y - centre[:, None]) ** 2).sum(axis=1))
    density = np.exp(log_density - log_density.max()) * np.gradient(grid)
    at = rng.choice(GRID, size=draws, p=density / density.sum())
    tau = grid[at]
    average = rng.normal(centre[at], 1 / np.sqrt(total[at]))[:, None]
    own = tau[:, None] ** 2 / (tau[:, None] ** 2 + v)
    spread = np.sqrt(own * v)
    return tau, own * y + (1 - own) * average + rng.normal(size=(draws, studies.k)) * spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The difference of two campaigns, first minus second, with its p-value before and after adjustment."""

    first: int
    second: int
    difference: float
    se: float
    p_value: float
    adjusted_p_value: float


def pairwise(effects: Sequence[float], variances: Sequence[float], *, adjustment: str = "holm") -> tuple[Pair, ...]:
    """All differences between campaigns, p-values adjusted for looking at all of them.

    Parameters
    ----------
    adjustment
        As in `adjusted_p_values`: holm (no false difference at all, at the level) or benjamini_hochberg (few among
        those found).

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6:65-70. Benjamini and Hochberg (1995), JRSS B 57:289-300.

    Examples
    --------
    >>> for pair in pairwise([0.02, 0.10, 0.11], [0.0004, 0.0004, 0.0004]):
    ...     print(pair.first, pair.second, f"{pair.p_value:.4f} {pair.adjusted_p_value:.4f}")
    0 1 0.0047 0.0094
    0 2 0.0015 0.0044
    1 2 0.7237 0.7237
    """
    studies = studies_of(effects, variances)
    places = [(i, j) for i in range(studies.k) for j in range(i + 1, studies.k)]
    if not places:
        raise ValueError(f"{studies.k} campaign cannot be compared, there must be two or more")
    differences = [float(studies.y[i] - studies.y[j]) for i, j in places]
    errors = [math.sqrt(float(studies.v[i] + studies.v[j])) for i, j in places]
    p_values = [two_sided(difference / se, math.inf) for difference, se in zip(differences, errors, strict=True)]
    adjusted = adjusted_p_values(p_values, method=adjustment)
    return tuple(
        Pair(first=i, second=j, difference=difference, se=se, p_value=p, adjusted_p_value=after)
        for (i, j), difference, se, p, after in zip(places, differences, errors, p_values, adjusted, strict=True)
    )
