"""Columns of a table of answers as numbers: arms, weights, labels, categories, and what they cannot be used for."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd

from metrics.estimates import Measure, Reason
from metrics.least_squares import Array, Labels


def zero_or_one(rows: pd.DataFrame, column: str) -> Array:
    """A column of 0 and 1 (or False and True) as numbers; anything else raises."""
    values = rows[column].to_numpy(dtype=float)
    strange = values[(values != 0) & (values != 1)]
    if len(strange):
        raise ValueError(f"column {column!r} holds {strange[0]:g}, must be 0 or 1")
    return values


def positive_weights(rows: pd.DataFrame, column: str | None) -> Array | None:
    """The column of weights; one that is not above zero raises."""
    if column is None:
        return None
    weights = rows[column].to_numpy(dtype=float)
    if not (weights > 0).all():
        raise ValueError(f"column {column!r} holds {weights.min():g}, weights must be above zero")
    return weights


def measure_of(outcome: Array) -> Measure:
    """Risk difference for an outcome of 0 and 1, else difference in means."""
    binary = bool(np.isin(outcome, (0.0, 1.0)).all())
    return Measure.RISK_DIFFERENCE if binary else Measure.MEAN_DIFFERENCE


def labelled(rows: pd.DataFrame, column: str) -> Labels:
    """The column's values numbered from zero."""
    return cast("Labels", pd.factorize(rows[column])[0])


def fewest_clusters(clusters: "pd.Series[str]", treated: Array) -> int:
    """Clusters in the arm that has the fewer."""
    return min(int(clusters[treated == side].nunique()) for side in (0, 1))


def categories(values: "pd.Series[str]") -> list[Array]:
    """One column of 0 and 1 for each level but the first, in alphabetical order."""
    levels = sorted(values.unique(), key=str)
    return [(values == level).to_numpy(dtype=float) for level in levels[1:]]


def refused(rows: pd.DataFrame, treated: Array, cluster: str | None) -> Reason | None:
    """Why two arms cannot be compared, None where they can."""
    smaller = min((treated == 0).sum(), (treated == 1).sum())
    if smaller == 0:
        return Reason.NOBODY_IN_A_GROUP
    if cluster is not None:
        return Reason.ONE_CLUSTER_IN_AN_ARM if fewest_clusters(rows[cluster], treated) < 2 else None
    return Reason.ONE_PERSON_IN_A_GROUP if smaller == 1 else None


def adjusting_columns(
    rows: pd.DataFrame, treated: Array, covariates: Sequence[str], block: str | None, *, interacted: bool = False
) -> list[Array]:
    """Columns beside the intercept and the arm; centred, which Lin needs and which keeps the digits."""
    columns: list[Array] = []
    for name in covariates:
        values = rows[name]
        numeric = pd.api.types.is_numeric_dtype(values)
        columns.extend([values.to_numpy(dtype=float)] if numeric else categories(values))
    columns = [values - values.mean() for values in columns]
    if interacted:
        columns += [values * treated for values in columns]
    if block is not None:
        columns += categories(rows[block])
    return columns
