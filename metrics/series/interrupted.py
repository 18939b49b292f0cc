"""Interrupted time series: one series before and after a campaign, and where it would have gone without it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from metrics.counts import negative_binomial, newey_west, poisson
from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason, check_conf_level
from metrics.least_squares import Array
from metrics.series.autoregression import SeriesFit, fit_autoregressive, fit_with_correlation
from metrics.series.reading import EXACT, LEVEL, SLOPE, Series, read_series, refusal

ENOUGH_PERIODS = 12  # below it the correlation of neighbours cannot be told from chance
STRONGEST = 0.98  # of the correlations used: nearer to one the level of a series has no bounds
SCORING = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEffect:
    """What changed when the campaign began.

    Ratios for counts, differences in the outcome's unit for everything else.

    Attributes
    ----------
    level
        The jump at the start.
    slope
        How much steeper the line is afterwards, per period: for counts the factor by which each period's ratio grows.
    average
        Observed against expected over all periods from the start on.
    checks
        The level by other methods, for comparison only: their intervals allow for less.
    positions
        Where each period stands in time, the first being 0; `observed`, `fitted`, `counterfactual` (the old line
        continued), `counterfactual_low` and `counterfactual_high` (its interval) have one element a period, for counts
        per unit of exposure.
    periods_before, periods_after
        How many of them.
    """

    level: Estimate
    slope: Estimate
    average: Estimate
    checks: tuple[Estimate, ...]
    positions: Array
    observed: Array
    fitted: Array
    counterfactual: Array
    counterfactual_low: Array
    counterfactual_high: Array
    periods_before: int
    periods_after: int


def interrupted_series(
    data: pd.DataFrame,
    *,
    outcome: str,
    start: object,
    period: str = "period",
    exposure: str | None = None,
    counts: bool = False,
    controls: Sequence[str] = (),
    season: float | None = None,
    harmonics: int = 1,
    conf_level: float = 0.95,
) -> SeriesEffect | NotEstimable:
    """Level and slope before and after `start`, allowing for each point to resemble the last.

    Something else that happened at the same time looks the same: a control series that the campaign could not have
    moved is what tells them apart.

    Means: segmented regression by restricted maximum likelihood with first-order autoregressive errors, t with n - k
    degrees of freedom. Counts: the same for the logarithm of the expected count, with the spread of the data instead
    of that of independent events (quasi-Poisson). Correlations below zero are taken for zero, and what a trend in a
    short series hides of the correlation, (2 + 4 rho) / n, is added back: nominal 5 % tests of 24 or 48 points at a
    correlation of 0.6 then reject 5 to 7 % (23 to 26 % by least squares, about 10 % at 24 points without that
    correction), of points that do not resemble each other 3 to 4 %.
    With fewer than twelve points the correlation cannot be seen: least squares, and the caution `few_periods`.

    Parameters
    ----------
    data
        One row a period (days, weeks, months; gaps are allowed). Rows with a gap in a column used are left out, and a
        caution says so.
    outcome
        Column of means or of counts.
    start
        First period with the campaign, in the form of the column `period`; a day within a period is that period.
    period
        Column of dates or of whole numbers, each once.
    exposure
        Column of what the counts are out of (people, days), above zero; it makes the outcome counts.
    counts
        True where the outcome is counts without an exposure.
    controls
        Columns of series that the campaign could not move; their course is taken off.
    season
        Periods in a full turn (12 months, 52 weeks, 7 days), where there is one.
    harmonics
        Pairs of sine and cosine for the season.

    Returns
    -------
    SeriesEffect
        With `n` periods; `autocorrelation` as used, `dispersion` of counts.
    NotEstimable
        Fewer than three points on a side or too few for the terms asked (`too_few_periods`), counts without an event
        on a side, or terms that repeat each other (`collinear`).

    References
    ----------
    Turner et al. (2021), BMC Medical Research Methodology 21:181 (methods compared).
    Marriott and Pope (1954), Biometrika 41:390-402; Kendall (1954), Biometrika 41:403-404 (bias of the correlation).
    Lopez Bernal, Cummins and Gasparrini (2017), International Journal of Epidemiology 46:348-355 (segmented counts).

    Examples
    --------
    >>> calls = [20 + month % 3 + 11 * (month >= 12) for month in range(24)]
    >>> months = pd.DataFrame({"period": range(24), "calls": calls})
    >>> effect = interrupted_series(months, outcome="calls", start=12, counts=True)
    >>> f"{effect.average.estimate:.2f} ({effect.average.conf_low:.2f} to {effect.average.conf_high:.2f})"
    '1.48 (1.36 to 1.61)'
    """
    check_conf_level(conf_level)
    counted = counts or exposure is not None
    measure = Measure.RATE_RATIO if counted else Measure.MEAN_DIFFERENCE
    used = [name for name in (outcome, period, exposure, *controls) if name is not None]
    rows = data[used].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    series = read_series(rows, outcome, start, period, exposure, controls, (season, harmonics), counted=counted)
    reason = refusal(series)
    if reason is not None:
        return NotEstimable(measure=measure, reason=reason, n=len(rows))
    few = len(rows) < ENOUGH_PERIODS
    fit, linear, dispersion = _fitted_counts(series, few=few) if counted else (*_fitted_means(series, few=few), None)
    if fit is None:
        return NotEstimable(measure=measure, reason=Reason.NO_SOLUTION, n=len(rows))
    if dispersion is not None and dispersion < EXACT:
        return NotEstimable(measure=measure, reason=Reason.NO_VARIATION, n=len(rows))
    method = Method.QUASI_POISSON if counted else Method.LEAST_SQUARES if few else Method.AR1_REML
    template = _Template(
        measure=measure,
        conf_level=conf_level,
        n=len(rows),
        dispersion=dispersion,
        autocorrelation=None if few else fit.autocorrelation,
        cautions=(*cautions, Caution.FEW_PERIODS) if few else cautions,
    )
    return _effect(series, fit, linear, template, method)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    """What all estimates of one series share."""

    measure: Measure
    conf_level: float
    n: int
    dispersion: float | None
    autocorrelation: float | None
    cautions: tuple[Caution, ...]

    def estimate(self, value: float, se: float, df: float, method: Method) -> Estimate:
        half = float(stdtrit(df, (1 + self.conf_level) / 2)) * se
        sizes = value, value - half, value + half
        if self.measure.is_ratio:
            sizes = tuple(math.exp(min(size, 709.0)) for size in sizes)  # type: ignore[assignment]
        return Estimate(
            measure=self.measure,
            estimate=sizes[0],
            se=se,
            conf_low=sizes[1],
            conf_high=sizes[2],
            p_value=2 * float(stdtr(df, -abs(value) / se)),
            df=df,
            conf_level=self.conf_level,
            method=method,
            n=self.n,
            dispersion=self.dispersion,
            autocorrelation=self.autocorrelation,
            cautions=self.cautions,
        )


def _fitted_means(series: Series, *, few: bool) -> tuple[SeriesFit, Array]:
    fit = _correlated(series.design, series.outcome, series.positions, few=few)
    return fit, series.design @ fit.coefficients


def _fitted_counts(series: Series, *, few: bool) -> tuple[SeriesFit | None, Array, float | None]:
    """Scoring steps, each a regression of the working outcome whose errors resemble their neighbours."""
    first = poisson(series.design, series.outcome, series.exposure)
    if first is None:
        return None, series.outcome, None
    offset = np.log(series.exposure)
    linear = np.log(first.fitted) - offset
    for _ in range(SCORING):
        mean = np.exp(linear + offset)
        root = np.sqrt(mean)
        working = root * (linear + (series.outcome - mean) / mean)
        fit = _correlated(root[:, None] * series.design, working, series.positions, few=few)
        last, linear = linear, series.design @ fit.coefficients
        if not np.abs(linear).max() < 500:
            return None, linear, None
        if np.abs(linear - last).max() < 1e-8:
            return fit, linear, first.dispersion
    return None, linear, None


def _correlated(design: Array, outcome: Array, positions: Array, *, few: bool) -> SeriesFit:
    rho = 0.0
    if not few:
        found = fit_autoregressive(design, outcome, positions).autocorrelation
        rho = min(max(found + (2 + 4 * found) / len(outcome), 0.0), STRONGEST)
    return fit_with_correlation(rho, design, outcome, positions)


def _effect(series: Series, fit: SeriesFit, linear: Array, template: _Template, method: Method) -> SeriesEffect:
    since = series.design[series.after == 1, SLOPE]
    contrasts = np.zeros((3, series.design.shape[1]))
    contrasts[0, LEVEL] = contrasts[1, SLOPE] = contrasts[2, LEVEL] = 1.0
    contrasts[2, SLOPE] = since.mean()
    level, slope, average = (
        template.estimate(float(c @ fit.coefficients), math.sqrt(float(c @ fit.covariance @ c)), float(fit.df), method)
        for c in contrasts
    )
    unmoved = series.design.copy()
    unmoved[:, [LEVEL, SLOPE]] = 0.0
    expected = unmoved @ fit.coefficients
    errors = np.sqrt(np.einsum("ij,jk,ik->i", unmoved, fit.covariance, unmoved))
    reach = float(stdtrit(fit.df, (1 + template.conf_level) / 2)) * errors
    lines = linear, expected, expected - reach, expected + reach
    fitted, counterfactual, low, high = (np.exp(line) for line in lines) if series.counted else lines
    return SeriesEffect(
        level=level,
        slope=slope,
        average=average,
        checks=_checks(series, template),
        positions=series.positions,
        observed=series.rates,
        fitted=fitted,
        counterfactual=counterfactual,
        counterfactual_low=low,
        counterfactual_high=high,
        periods_before=int((series.after == 0).sum()),
        periods_after=int(series.after.sum()),
    )


def _checks(series: Series, template: _Template) -> tuple[Estimate, ...]:
    """The level as if points did not resemble each other, with other variances, and by Newey and West."""
    template = replace(template, autocorrelation=None)
    n, k = series.design.shape
    lag = max(1, math.floor(n**0.25))
    found = []
    if series.counted:
        wide = negative_binomial(series.design, series.outcome, series.exposure)
        if wide is not None:
            errors = wide.standard_errors
            found.append((wide.coefficients, errors, Method.NEGATIVE_BINOMIAL))
        plain = poisson(series.design, series.outcome, series.exposure)
        if plain is not None:
            errors = newey_west(plain.unscaled, plain.scores, lag=lag, small_sample=True)
            found.append((plain.coefficients, errors, Method.NEWEY_WEST))
    else:
        least = fit_with_correlation(0.0, series.design, series.outcome, series.positions)
        scores = series.design * (series.outcome - series.design @ least.coefficients)[:, None]
        unscaled = np.asarray(np.linalg.inv(series.design.T @ series.design), dtype=np.float64)
        errors = newey_west(unscaled, scores, lag=lag, small_sample=True)
        found.append((least.coefficients, least.standard_errors, Method.LEAST_SQUARES))
        found.append((least.coefficients, errors, Method.NEWEY_WEST))
    return tuple(
        template.estimate(float(beta[LEVEL]), float(errors[LEVEL]), float(n - k), method)
        for beta, errors, method in found
        if errors[LEVEL] > EXACT * (1.0 if series.counted else np.abs(series.outcome).max())
    )
