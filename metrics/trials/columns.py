"""Columns of a table of answers as numbers: arms, weights, labels, categories, and what they cannot be used for."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.estimates import Measure, Reason
from metrics.least_squares import Array, Labels


def zero_or_one(rows: pd.DataFrame, column: str) -> Array:
    """A column of 0 and 1 (or False and True) as numbers; anything else raises `ValueError`.

    Examples
    --------
    >>> zero_or_one(pd.DataFrame({"reached": [True, False, True]}), "reached")
    array([1., 0., 1.])
    >>> zero_or_one(pd.DataFrame({"arm": [1, 2]}), "arm")
    Traceback (most recent call last):
    ValueError: column 'arm' holds 2, must be 0 or 1
    """
    values = rows[column].to_numpy(dtype=float)
    strange = values[(values != 0) & (values != 1)]
    if len(strange):
        raise ValueError(f"column {column!r} holds {strange[0]:g}, must be 0 or 1")
    return values


def positive_weights(rows: pd.DataFrame, column: str | None) -> Array | None:
    """The column of weights, None without a column; one that is not above zero raises `ValueError`.

    Examples
    --------
    >>> positive_weights(pd.DataFrame({"weight": [2, 1]}), "weight")
    array([2., 1.])
    """
    if column is None:
        return None
    weights = rows[column].to_numpy(dtype=float)
    if not (weights > 0).all():
        raise ValueError(f"column {column!r} holds {weights.min():g}, weights must be above zero")
    return weights


def measure_of(outcome: Array) -> Measure:
    """Risk difference for an outcome of 0 and 1, else difference in means.

    Examples
    --------
    >>> [str(measure_of(np.array(answers))) for answers in ([0.0, 1.0], [1.0, 5.0])]
    ['risk_difference', 'mean_difference']
    """
    binary = bool(np.isin(outcome, (0.0, 1.0)).all())
    return Measure.RISK_DIFFERENCE if binary else Measure.MEAN_DIFFERENCE


def labelled(rows: pd.DataFrame, column: str) -> Labels:
    """The column's values numbered from zero, in the order in which they are first met.

    Examples
    --------
    >>> labelled(pd.DataFrame({"village": ["Kolda", "Dosso", "Kolda"]}), "village").tolist()
    [0, 1, 0]
    """
    numbers: Labels = pd.factorize(rows[column])[0]
    return numbers


def fewest_clusters(clusters: "pd.Series[str]", treated: Array) -> int:
    """Clusters in the arm that has the fewer.

    Examples
    --------
    >>> fewest_clusters(pd.Series(["Kolda", "Kolda", "Dosso", "Gao"]), np.array([1, 1, 0, 0]))
    1
    """
    return min(int(clusters[treated == side].nunique()) for side in (0, 1))


def categories(values: "pd.Series[str]") -> list[Array]:
    """One column of 0 and 1 for each level but the first, in alphabetical order.

    Examples
    --------
    >>> categories(pd.Series(["radio", "film", "none"]))  # of none and of radio
    [array([0., 0., 1.]), array([1., 0., 0.])]
    """
    levels = sorted(values.unique(), key=str)
    return [(values == level).to_numpy(dtype=float) for level in levels[1:]]


def refused(rows: pd.DataFrame, treated: Array, cluster: str | None) -> Reason | None:
    """Why two arms cannot be compared, None where they can: one person, or one cluster, in an arm has no spread.

    Examples
    --------
    >>> villages = pd.DataFrame({"village": ["Kolda", "Kolda", "Dosso", "Gao"]})
    >>> str(refused(villages, np.array([1, 1, 0, 0]), "village"))
    'one_cluster_in_an_arm'
    """
    smaller = min((treated == 0).sum(), (treated == 1).sum())
    if smaller == 0:
        return Reason.NOBODY_IN_A_GROUP
    if cluster is not None:
        return Reason.ONE_CLUSTER_IN_AN_ARM if fewest_clusters(rows[cluster], treated) < 2 else None
    return Reason.ONE_PERSON_IN_A_GROUP if smaller == 1 else None


def adjusting_columns(
    rows: pd.DataFrame, covariates: Sequence[str], block: str | None, *, interacted_with: Array | None = None
) -> list[Array]:
    """Columns beside the intercept and the arm; covariates centred, which Lin needs and which keeps the digits.

    First one for each covariate of numbers and for each level but the first of one of text; then these times
    `interacted_with`, the arm; then one for each block but the first.

    Examples
    --------
    >>> people = pd.DataFrame({"age": [20, 30, 40]})
    >>> adjusting_columns(people, ["age"], None, interacted_with=np.array([1.0, 0, 1]))
    [array([-10.,   0.,  10.]), array([-10.,   0.,  10.])]
    """
    columns: list[Array] = []
    for name in covariates:
        values = rows[name]
        numeric = pd.api.types.is_numeric_dtype(values)
        columns.extend([values.to_numpy(dtype=float)] if numeric else categories(values))
    columns = [values - values.mean() for values in columns]
    if interacted_with is not None:
        columns += [values * interacted_with for values in columns]
    if block is not None:
        columns += categories(rows[block])
    return columns
