"""Geographic holdouts: a region with the campaign beside a mixture of regions without it."""

import math
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Reason, check_conf_level
from metrics.least_squares import Array
from metrics.regions.inference import by_placebos, by_times, placebo_effects
from metrics.regions.weights import Mixture, Model, mixture

LEAST_BEFORE = 10  # periods; with fewer the mixture fits by chance, and placebo tests reject up to two times in five
LEAST_DONORS = 2
POOR_FIT = 0.5  # of how the region itself moved before
DRIFT = 0.5  # correlation of one miss with the next: misses that run on in one direction


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionEffect:
    """What the campaign changed in its region, on average over the periods from the start on.

    Attributes
    ----------
    estimate
        In the outcome's unit, per period; `n` periods, `clusters` regions.
    model
        What the region was compared with.
    weights
        Each donor with a weight, the largest first.
    placebos
        For each donor what its effect would have been called; empty where sureness is by times.
    periods, observed, counterfactual
        One element a period: the region, and what it would have been.
    periods_before
        How many of them.
    fit_error
        Root mean square of the misses before the start.
    fit_share
        The same as a share of how much the region itself moved before (its standard deviation).
    """

    estimate: Estimate
    model: Model
    weights: tuple[tuple[Hashable, float], ...]
    placebos: tuple[tuple[Hashable, float], ...]
    periods: tuple[Hashable, ...]
    observed: Array
    counterfactual: Array
    periods_before: int
    fit_error: float
    fit_share: float

    @property
    def total(self) -> float:
        """Sum of the effect over the periods from the start on."""
        return self.estimate.estimate * (len(self.periods) - self.periods_before)

    @property
    def relative(self) -> float:
        """The effect as a share of what would have been: 0.10 is 10 % more."""
        return self.estimate.estimate / float(self.counterfactual[self.periods_before :].mean())


def synthetic_control(
    data: pd.DataFrame,
    *,
    treated: Hashable | list[Hashable],
    start: object,
    model: Model = Model.DEMEANED,
    conf_level: float = 0.95,
) -> RegionEffect | NotEstimable:
    """Compare a region with the mixture of other regions that moved like it before the campaign.

    It answers what a before-and-after comparison cannot: what would have happened anyway. The mixture is chosen from
    the periods before alone; its own level does not matter (demeaned), so that a large region can be compared with
    small ones. The other regions must not have been touched by the campaign.

    Interval and p-value are of one test. With one region treated and more than 1 / (1 - `conf_level`) regions, its
    effect in units of its error before is ranked among those of the other regions, had they been treated, and the
    interval holds the effects that this rank does not reject. Otherwise, with as many periods, what remains after the
    start is compared with all other stretches of time (conformal).

    Parameters
    ----------
    data
        One row a period in order of its index, one column a region. Regions with a gap are left out and so are periods
        in which a treated region has one; a caution says so.
    treated
        The region, or the regions (their mean is compared), with the campaign.
    start
        First period with the campaign, in the form of the index.

    Returns
    -------
    NotEstimable
        Fewer than ten periods before or none after (`too_few_periods`); too few other regions or, for the interval,
        both regions and periods (`too_few_regions`); a mixture that misses more than half of how the region moved
        before, its misses running on from period to period (`poor_fit_before`).

    References
    ----------
    Abadie (2021), Journal of Economic Literature 59:391-425. Ferman and Pinto (2021), Quantitative Economics
    12:1197-1221. Illenberger, Small and Shaw (2020), Epidemiology 31:815-822 (placebo tests with few periods).

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> common = np.cumsum(rng.normal(size=36))[:, None]
    >>> regions = pd.DataFrame(50 + common + 0.3 * rng.normal(size=(36, 25)), columns=[f"r{i}" for i in range(25)])
    >>> regions.loc[24:, "r0"] += 2
    >>> effect = synthetic_control(regions, treated="r0", start=24)
    >>> f"{effect.estimate.estimate:.1f} ({effect.estimate.conf_low:.1f} to {effect.estimate.conf_high:.1f})"
    '2.1 (1.9 to 2.3)'
    """
    check_conf_level(conf_level)
    names = list(treated) if isinstance(treated, (list, tuple)) else [treated]
    missing = [name for name in names if name not in data.columns]
    if missing or not names:
        raise ValueError(f"no region {missing[0] if missing else ''!r} in the columns")
    ordered = data.sort_index()
    rows = ordered[ordered[names].notna().all(axis=1)]
    others = rows.drop(columns=names).dropna(axis=1)
    complete = len(rows) == len(data) and others.shape[1] == data.shape[1] - len(names)
    region, donors = rows[names].mean(axis=1).to_numpy(dtype=float), others.to_numpy(dtype=float)
    before = int((rows.index < start).sum())
    refusal = _refused(region, donors, before, conf_level, single=len(names) == 1)
    if refusal is not None:
        return NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=refusal, n=len(rows))
    own = mixture(model, region, donors, before, regions=len(names))
    if _poor(own, region, before):
        return NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.POOR_FIT_BEFORE, n=len(rows))
    placebos: list[Mixture] = []
    if _enough(donors.shape[1] + 1, conf_level) and len(names) == 1:
        placebos = placebo_effects(model, donors, before)
        sure = by_placebos(own, region, donors, placebos, before, conf_level)
    else:
        sure = by_times(own, model, region, donors, before, conf_level)
    estimate = Estimate(
        measure=Measure.MEAN_DIFFERENCE,
        estimate=own.effect(before),
        se=None,
        conf_low=sure.low,
        conf_high=sure.high,
        p_value=sure.p_value,
        df=math.inf,
        conf_level=conf_level,
        method=sure.method,
        n=len(rows),
        clusters=donors.shape[1] + len(names),
        cautions=() if complete else (Caution.ROWS_INCOMPLETE_DROPPED,),
    )
    order = np.argsort(-own.weights, kind="stable")
    return RegionEffect(
        estimate=estimate,
        model=model,
        weights=tuple((others.columns[j], float(own.weights[j])) for j in order if own.weights[j] > 1e-9),
        placebos=tuple((others.columns[j], one.effect(before)) for j, one in enumerate(placebos)),
        periods=tuple(rows.index),
        observed=region,
        counterfactual=region - own.gaps,
        periods_before=before,
        fit_error=own.error(before),
        fit_share=own.error(before) / max(float(region[:before].std()), 1e-300),
    )


def _enough(count: int, conf_level: float) -> bool:
    """Whether the smallest p-value of a rank among so many is below the level."""
    return (1 - conf_level) * count > 1 + 1e-9


def _refused(region: Array, donors: Array, before: int, conf_level: float, *, single: bool) -> Reason | None:
    if before < LEAST_BEFORE or len(region) == before:
        return Reason.TOO_FEW_PERIODS
    by_regions = single and _enough(donors.shape[1] + 1, conf_level)
    if donors.shape[1] < LEAST_DONORS or not (by_regions or _enough(len(region), conf_level)):
        return Reason.TOO_FEW_REGIONS
    return None if float(region[:before].std()) > 0 else Reason.NO_VARIATION


def _poor(own: Mixture, region: Array, before: int) -> bool:
    """Whether the mixture misses much of how the region moved, and not as chance would miss it."""
    misses = own.gaps[:before] - own.gaps[:before].mean()
    squares = float(misses @ misses)
    drift = float(misses[1:] @ misses[:-1]) / squares if squares else 0.0
    return own.error(before) > POOR_FIT * float(region[:before].std()) and drift > DRIFT
