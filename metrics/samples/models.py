"""Differences, models and associations in a population, from a sample and how it was drawn."""

import numpy as np
import pandas as pd
from scipy.special import expit, fdtrc

from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason
from metrics.least_squares import Array, Fit, Labels
from metrics.samples.design import Sample
from metrics.trials.columns import measure_of, zero_or_one
from metrics.trials.logistic import fit_logistic


def fit_sample(sample: Sample, design: Array, outcome: Array, *, logistic: bool = False) -> Fit:
    """Coefficients of a weighted linear (or logistic) model of the population, and their linearised covariance.

    Degrees of freedom are places less strata, one fewer for each column after the first. Coefficients are in the
    outcome's unit, of a logistic model log odds.

    Raises
    ------
    ValueError
        Where a logistic model has no estimate because a group answered all alike.

    References
    ----------
    Binder (1983), International Statistical Review 51:279-292.

    Examples
    --------
    Four villages of equal size with means 1, 2, 3 and 6: their mean, and its error as of four numbers, sqrt(14 / 12).

    >>> people = Sample.of(pd.DataFrame({"village": [1, 1, 2, 2, 3, 3, 4, 4]}), place="village")
    >>> fit = fit_sample(people, np.ones((8, 1)), np.array([0.0, 2, 2, 2, 3, 3, 5, 7]))
    >>> f"{fit.coefficients[0]:.1f}, standard error {fit.standard_errors[0]:.4f}, {fit.df[0]:.0f} degrees of freedom"
    '3.0, standard error 1.0801, 3 degrees of freedom'
    """
    w = sample.weights
    coefficients: Array
    if logistic:
        found = fit_logistic(design, outcome, weights=w)
        if found is None:
            raise ValueError("a group answered all alike, so that a logistic model has no estimate")
        coefficients = found.coefficients
        fitted = expit(design @ coefficients)
        slope = fitted * (1 - fitted)
    else:
        slope = np.ones(len(outcome))
        solved = np.linalg.solve(design.T @ (design * w[:, None]), design.T @ (w * outcome))
        coefficients = np.asarray(solved, dtype=np.float64)
        fitted = design @ coefficients
    bread = np.linalg.inv(design.T @ (design * (w * slope)[:, None]))
    influence = design * (w * (outcome - fitted))[:, None] @ bread
    n, k = design.shape
    df = np.full(k, float(sample.df + 1 - k))
    return Fit(coefficients=coefficients, covariance=sample.covariance(influence), df=df, n=n, clusters=None)


def sample_difference(
    data: pd.DataFrame,
    *,
    outcome: str,
    group: str,
    weights: str | None = None,
    stratum: str | None = None,
    place: str | None = None,
    population: str | None = None,
    conf_level: float = 0.95,
) -> Estimate | NotEstimable:
    """Mean of the outcome where `group` is 1 less that where it is 0: of two waves of different people, or two groups.

    Degrees of freedom are places less strata less one: with few places they, not the people, say what is known. For an
    outcome of 0 and 1 the result is a risk difference.

    Parameters
    ----------
    group
        Column of 0 and 1: before and after, comparison and campaign.
    weights, stratum, place, population
        Columns of the sampling design; see `Sample.of`.

    References
    ----------
    Binder (1983), International Statistical Review 51:279-292.

    Examples
    --------
    >>> data = pd.DataFrame({"knows": [1, 1, 0, 1, 0, 0, 1, 0], "after": [1, 1, 1, 1, 0, 0, 0, 0]})
    >>> data["village"] = [1, 1, 2, 2, 3, 3, 4, 4]
    >>> change = sample_difference(data, outcome="knows", group="after", place="village")
    >>> f"{change.estimate:.2f}, standard error {change.se:.2f}, {change.df:.0f} degrees of freedom"
    '0.50, standard error 0.29, 2 degrees of freedom'
    """
    used = [name for name in (outcome, group, weights, stratum, place, population) if name is not None]
    rows = data[list(dict.fromkeys(used))].dropna()
    cautions = (Caution.ROWS_INCOMPLETE_DROPPED,) if len(rows) < len(data) else ()
    y, second = rows[outcome].to_numpy(dtype=float), zero_or_one(rows, group)
    if not second.any() or second.all():
        return NotEstimable(measure=measure_of(y), reason=Reason.NOBODY_IN_A_GROUP, n=len(rows))
    sample = Sample.of(rows, weights=weights, stratum=stratum, place=place, population=population)
    if sample.df < 2:
        return NotEstimable(measure=measure_of(y), reason=Reason.TOO_FEW_CLUSTERS, n=len(rows))
    fit = fit_sample(sample, np.column_stack([np.ones(len(rows)), second]), y)
    return fit.estimate(
        1, measure=measure_of(y), method=Method.SAMPLE_LINEARISATION, conf_level=conf_level, cautions=cautions
    )


def association(sample: Sample, one: Labels, other: Labels) -> tuple[float, float, float, float]:
    """Rao and Scott's F, its two degrees of freedom and the p-value of two characteristics being unrelated.

    Pearson's chi-square of the weighted table, corrected for how the sample was drawn. `one` and `other` are the kinds,
    whole numbers from 0 on, one a row.

    References
    ----------
    Rao and Scott (1984), Annals of Statistics 12:46-60 (second-order correction).
    Thomas and Rao (1987), JASA 82:630-636 (F reference).

    Examples
    --------
    Sixty people drawn one by one, 10 and 20 of whom know in two camps of 30: Pearson's chi-square of 20 / 3, times
    59 / 60.

    >>> camp, knows = np.repeat([0, 1], 30), np.repeat([1, 0, 1, 0], [10, 20, 20, 10])
    >>> f, df, rest, p = association(Sample.of(pd.DataFrame({"camp": camp})), camp, knows)
    >>> f"F {f:.4f} with {df:.0f} and {rest:.0f} degrees of freedom"
    'F 6.5556 with 1 and 59 degrees of freedom'
    """
    n, rows, columns = len(one), int(one.max()) + 1, int(other.max()) + 1
    cells = one * columns + other
    member = np.eye(rows * columns)[cells]
    people = float(sample.weights.sum())
    seen = sample.weights @ member / people
    table = seen.reshape(rows, columns)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)).ravel()
    chi2 = n * float(((seen - expected) ** 2 / expected).sum())
    covariance = sample.covariance(sample.weights[:, None] * (member - seen) / people)
    row, column = np.divmod(np.arange(rows * columns), columns)
    main = np.column_stack([np.eye(rows)[row], np.eye(columns)[column][:, 1:]])
    pairs = [(i, j) for i in range(1, rows) for j in range(1, columns)]
    products = np.column_stack([(row == i) * (column == j) for i, j in pairs]).astype(float)
    # contrasts of the logarithms of the cells that no sum of a row's and a column's part can give
    crossed = products - main @ np.linalg.lstsq(main, products, rcond=None)[0]
    slopes = crossed * np.divide(1, seen, out=np.zeros_like(seen), where=seen > 0)[:, None]
    effects = np.linalg.solve(crossed.T @ slopes / n, slopes.T @ covariance @ slopes)
    trace, squared = float(np.trace(effects)), float(np.trace(effects @ effects))
    df = trace**2 / squared
    return chi2 / trace, df, df * sample.df, float(fdtrc(df, df * sample.df, chi2 / trace))
