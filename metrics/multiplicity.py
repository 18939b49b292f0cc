"""Several outcomes or arms at once: how much surer a result must be, and one index instead of many outcomes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

METHODS = {
    "bonferroni": "bonferroni",
    "holm": "holm",
    "hochberg": "simes-hochberg",
    "hommel": "hommel",
    "benjamini_hochberg": "fdr_bh",
    "benjamini_yekutieli": "fdr_by",
}


def adjusted_p_values(p_values: Sequence[float], *, method: str = "holm") -> tuple[float, ...]:
    """P-values corrected for looking at several results.

    Holm keeps the chance of any false finding at the level and is never weaker than Bonferroni; Benjamini and Hochberg
    keeps the share of false ones among the findings, which suits long lists.

    Parameters
    ----------
    method
        bonferroni, holm, hochberg, hommel, benjamini_hochberg or benjamini_yekutieli.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6:65-70. Benjamini and Hochberg (1995), JRSS B 57:289-300.

    Examples
    --------
    >>> [f"{p:.2f}" for p in adjusted_p_values([0.01, 0.04, 0.03, 0.005, 0.55, 0.60])]
    ['0.05', '0.12', '0.12', '0.03', '1.00', '1.00']
    """
    if method not in METHODS:
        raise ValueError(f"{method!r} must be one of {', '.join(METHODS)}")
    if not p_values or not all(0 <= p <= 1 for p in p_values):
        raise ValueError(f"{list(p_values)} are not p-values")
    if method == "holm":  # statsmodels would look through all of the process's memory for garbage each time
        return _holm(np.asarray(p_values, dtype=np.float64))
    return tuple(multipletests(list(p_values), method=METHODS[method])[1].tolist())


def _holm(p: np.ndarray) -> tuple[float, ...]:
    order = np.argsort(p, kind="stable")
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)))
    return tuple(adjusted.tolist())


def sharpened_q_values(p_values: Sequence[float]) -> tuple[float, ...]:
    """For each result the smallest share of false findings at which the two-stage procedure still finds it.

    The first stage estimates how many of the hypotheses are false, so that the second may be less strict: with many
    true effects a q-value can be smaller than its p-value.

    References
    ----------
    Benjamini, Krieger and Yekutieli (2006), Biometrika 93:491-507. Anderson (2008), JASA 103:1481-1495, appendix.

    Examples
    --------
    >>> [f"{q:.3f}" for q in sharpened_q_values([0.001, 0.008, 0.039, 0.041, 0.6])]
    ['0.006', '0.017', '0.032', '0.032', '0.137']
    """
    p = np.asarray(p_values, dtype=np.float64)
    if not len(p) or not ((p >= 0) & (p <= 1)).all():
        raise ValueError(f"{list(p_values)} are not p-values")
    order = np.argsort(p, kind="stable")
    ranks = np.arange(1, len(p) + 1)
    q = np.ones(len(p))
    for level in np.arange(1000, 0, -1) / 1000:
        first = level / (1 + level)
        found = _last(p[order] <= first * ranks / len(p))
        true = max(1, len(p) - found)  # hypotheses that the first stage leaves
        rejected = _last(p[order] <= first * ranks / true)
        q[order[:rejected]] = level
    return tuple(q.tolist())


def _last(below: np.ndarray) -> int:
    """The largest rank at which a p-value is below its line."""
    return int(np.flatnonzero(below).max(initial=-1)) + 1


def outcome_index(outcomes: pd.DataFrame, *, comparison: Sequence[bool]) -> pd.Series:
    """One index of several outcomes of the same kind, each turned so that more is better.

    Outcomes are standardised by the comparison group and weighted by the inverse of their covariance, so that two that
    say the same count once; a person's missing outcomes are left out of that person's average.

    Parameters
    ----------
    outcomes
        One column an outcome, one row a person.
    comparison
        Which rows are the comparison group.

    Returns
    -------
    Series
        One value a person, in standard deviations of the comparison group; missing where all outcomes are.

    References
    ----------
    Anderson (2008), JASA 103:1481-1495. O'Brien (1984), Biometrics 40:1079-1087.

    Examples
    --------
    >>> answers = pd.DataFrame({"knows": [0, 1, 1, 1], "intends": [0, 1, 0, 1]}, dtype=float)
    >>> outcome_index(answers, comparison=[True, True, False, False]).round(2).tolist()
    [-0.71, 0.71, 0.24, 0.71]
    """
    control = outcomes[list(comparison)]
    spread = control.std()
    if len(control) < 2 or not (spread > 0).all():
        flat = ", ".join(spread.index[~(spread > 0)])
        raise ValueError(f"in the comparison group nothing varies in {flat or 'an outcome'}")
    standard = (outcomes - control.mean()) / spread
    covariance = standard.cov().to_numpy()
    weights = np.linalg.pinv(covariance).sum(axis=1)
    known = standard.notna().to_numpy()
    total = (known * weights).sum(axis=1)
    with np.errstate(invalid="ignore"):  # who answered nothing has no index
        index = (standard.fillna(0).to_numpy() * weights).sum(axis=1) / total
    rows = np.asarray(comparison, dtype=bool)
    centre, scale = float(np.nanmean(index[rows])), float(np.nanstd(index[rows], ddof=1))
    if not scale > 1e-9 * float(np.nanmax(np.abs(index))):  # what rounding leaves is no standard deviation
        raise ValueError("in the comparison group the outcomes cancel out, so that their index does not vary")
    return pd.Series((index - centre) / scale, index=outcomes.index)
