"""Before and after: how much a group changed, which is no effect, and changes in units of the spread before."""

import dataclasses
import math

import numpy as np
import pandas as pd
from scipy.special import ndtri

from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Proportion, Reason, check_conf_level
from metrics.least_squares import fit_clustered, fit_independent
from metrics.proportions import paired_difference, risk_difference, two_sided
from metrics.trials.columns import labelled, measure_of, positive_weights, zero_or_one
from metrics.trials.differences import adjusted_difference


def before_after(before: Proportion, after: Proportion, *, conf_level: float = 0.95) -> Estimate:
    """Change in a share between two waves of different people, after minus before: 0.10 is ten percentage points.

    A change is not an effect: without a comparison nobody knows what would have happened anyway, and the caution
    `change_not_effect` says so. Method: Miettinen and Nurminen's score interval. For the same people asked twice use
    `proportions.paired_difference`.

    References
    ----------
    Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.

    Examples
    --------
    >>> change = before_after(Proportion(48, 80), Proportion(56, 70))
    >>> f"{change.estimate:.3f} ({change.conf_low:.4f} to {change.conf_high:.4f}): {change.cautions[0]}"
    '0.200 (0.0528 to 0.3382): change_not_effect'
    """
    change = risk_difference(after, before, conf_level=conf_level)
    return dataclasses.replace(change, cautions=(Caution.CHANGE_NOT_EFFECT,))


def change(
    data: pd.DataFrame,
    *,
    outcome: str,
    period: str,
    unit: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    conf_level: float = 0.95,
) -> Estimate | NotEstimable:
    """Change of one group, later minus earlier, in the outcome's unit (0.10: ten percentage points of yes and no).

    A change is not an effect, and the caution `change_not_effect` says so. The same people (`unit`): yes and no by
    Tango's score interval, numbers by the t interval of each person's change. Different people: the difference in
    means with HC2 errors, yes and no by the score interval. With weights or clusters: HC2 or CR2 errors.

    Parameters
    ----------
    data
        One row an answer. Rows with a gap are left out, and a caution says so.
    outcome
        Column of numbers, or of 0 and 1.
    period
        Column of 0 for before and 1 for after.
    unit
        Column that tells people apart, where the same were asked twice. Those seen once are left out, with a caution.
    cluster
        Column of the place or group within which people share their fortunes.
    weights
        Column of sampling weights, above zero; with `unit` those of the later wave.

    References
    ----------
    Tango (1998), Statistics in Medicine 17:891-908. Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.
    Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36:672-683 (CR2).

    Examples
    --------
    >>> people = pd.DataFrame({"person": [1, 2, 3, 4] * 2, "after": [0] * 4 + [1] * 4})
    >>> people["score"] = [3, 5, 4, 6, 5, 6, 7, 8]
    >>> found = change(people, outcome="score", period="after", unit="person")
    >>> f"{found.estimate:.1f} ({found.conf_low:.2f} to {found.conf_high:.2f})"
    '2.0 (0.70 to 3.30)'
    """
    check_conf_level(conf_level)
    used = [name for name in (outcome, period, unit, cluster, weights) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions: tuple[Caution, ...] = (Caution.CHANGE_NOT_EFFECT,)
    if len(rows) < len(data):
        cautions = (*cautions, Caution.ROWS_INCOMPLETE_DROPPED)
    after, y = zero_or_one(rows, period), rows[outcome].to_numpy(dtype=float)
    measure = measure_of(y)
    if not after.any() or after.all():
        return NotEstimable(measure=measure, reason=Reason.ONE_PERIOD, n=len(rows))
    found: Estimate | NotEstimable
    if unit is not None:
        earlier, later = (rows[after == wave].set_index(unit) for wave in (0, 1))
        for wave in (earlier, later):
            if wave.index.has_duplicates:
                raise ValueError(f"{unit} {wave.index[wave.index.duplicated()][0]} has two rows in one period")
        both = later.index.intersection(earlier.index)
        if len(both) < max(len(earlier), len(later)):
            cautions = (*cautions, Caution.UNITS_SEEN_ONCE_DROPPED)
        if not len(both):
            return NotEstimable(measure=measure, reason=Reason.NOBODY_IN_A_GROUP, n=0)
        found = _of_pairs(earlier.loc[both], later.loc[both], outcome, cluster, weights, measure, conf_level)
    elif cluster is None and weights is None and measure is Measure.RISK_DIFFERENCE:
        waves = (Proportion(int(y[after == wave].sum()), int((after == wave).sum())) for wave in (1, 0))
        found = risk_difference(*waves, conf_level=conf_level)
    else:
        found = adjusted_difference(
            rows, outcome=outcome, arm=period, cluster=cluster, weights=weights, conf_level=conf_level
        )
    if isinstance(found, NotEstimable):
        return found
    return dataclasses.replace(found, cautions=(*cautions, *found.cautions))


def _of_pairs(
    earlier: pd.DataFrame,
    later: pd.DataFrame,
    outcome: str,
    cluster: str | None,
    weights: str | None,
    measure: Measure,
    conf_level: float,
) -> Estimate | NotEstimable:
    before, after = (wave[outcome].to_numpy(dtype=float) for wave in (earlier, later))
    if cluster is None and weights is None and measure is Measure.RISK_DIFFERENCE:
        return paired_difference(
            both=int(((before == 1) & (after == 1)).sum()),
            second_only=int(((before == 0) & (after == 1)).sum()),
            first_only=int(((before == 1) & (after == 0)).sum()),
            neither=int(((before == 0) & (after == 0)).sum()),
            conf_level=conf_level,
        )
    n = len(before)
    if n < 2:
        return NotEstimable(measure=measure, reason=Reason.ONE_PERSON_IN_A_GROUP, n=n)
    if cluster is not None and later[cluster].nunique() < 2:
        return NotEstimable(measure=measure, reason=Reason.TOO_FEW_CLUSTERS, n=n)
    constant, w = np.ones((n, 1)), positive_weights(later, weights)
    if cluster is None:
        fit, method = fit_independent(constant, after - before, weights=w), Method.HC2
    else:
        fit, method = fit_clustered(constant, after - before, labelled(later, cluster), weights=w), Method.CR2
    return fit.estimate(0, measure=measure, method=method, conf_level=conf_level)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """Means and standard deviations of one group before and after, and how many were asked both times."""

    n: int
    mean_before: float
    mean_after: float
    sd_before: float

    def __post_init__(self) -> None:
        if self.n < 2 or not self.sd_before > 0:
            raise ValueError(
                f"{self.n} people with a standard deviation of {self.sd_before} have no standardised change"
            )


def standardised_change(
    campaign: Waves, comparison: Waves, *, correlation: float, conf_level: float = 0.95
) -> Estimate:
    """How much more the campaign group changed, in standard deviations of the answers before (Morris's d_ppc2).

    It makes scales of different studies comparable. The spread is that of both groups before, because a campaign can
    change the spread afterwards, and small samples are corrected.

    Parameters
    ----------
    correlation
        Of a person's answers before and after, -1 to 1.

    References
    ----------
    Morris (2008), Organizational Research Methods 11:364-386 (d_ppc2).

    Examples
    --------
    >>> trained = Waves(n=20, mean_before=30.6, mean_after=38.5, sd_before=15.0)
    >>> others = Waves(n=20, mean_before=23.1, mean_after=19.7, sd_before=13.8)
    >>> effect = standardised_change(trained, others, correlation=0.47)
    >>> f"{effect.estimate:.2f} ({effect.conf_low:.2f} to {effect.conf_high:.2f})"
    '0.77 (0.10 to 1.44)'
    """
    check_conf_level(conf_level)
    if not -1 < correlation < 1:
        raise ValueError(f"a correlation of {correlation} must be between -1 and 1")
    df = campaign.n + comparison.n - 2
    if df < 3:
        raise ValueError(f"{df + 2} people are too few for the variance of a standardised change")
    pooled = math.sqrt(((campaign.n - 1) * campaign.sd_before**2 + (comparison.n - 1) * comparison.sd_before**2) / df)
    more = (campaign.mean_after - campaign.mean_before) - (comparison.mean_after - comparison.mean_before)
    correction = 1 - 3 / (4 * df - 1)
    estimate = correction * more / pooled
    people = campaign.n * comparison.n / (campaign.n + comparison.n)
    spread = 2 * (1 - correlation) / people
    variance = correction**2 * spread * df / (df - 2) * (1 + estimate**2 / spread) - estimate**2
    se = math.sqrt(variance)
    half = float(ndtri((1 + conf_level) / 2)) * se
    return Estimate(
        measure=Measure.STANDARDISED_DIFFERENCE,
        estimate=estimate,
        se=se,
        conf_low=estimate - half,
        conf_high=estimate + half,
        p_value=two_sided(estimate / se),
        df=math.inf,
        conf_level=conf_level,
        method=Method.D_PPC2,
        n=campaign.n + comparison.n,
    )
