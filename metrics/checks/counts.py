"""Whether an arm has as many people as it should: the planned ratio, and people lost."""

from collections.abc import Sequence

import numpy as np
from scipy.special import chdtrc

from metrics.estimates import Proportion
from metrics.proportions import risk_difference


def sample_ratio_mismatch(observed: Sequence[int], expected_ratio: Sequence[float]) -> float:
    """The p-value of the counts in each arm, given the planned ratio.

    Pearson's chi-square with arms minus one degrees of freedom. Where it is tiny (0.001 is customary: the check is
    made often) people were lost or added unevenly, and no difference between the arms can be trusted.

    Parameters
    ----------
    observed
        People counted in each arm.
    expected_ratio
        Planned shares in any unit: (1, 1) and (0.5, 0.5) both say half and half.

    References
    ----------
    Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled experiments, KDD '19, 2156-2164.

    Examples
    --------
    >>> f"{sample_ratio_mismatch((821588, 815482), (1, 1)):.2e}"
    '1.82e-06'
    """
    if len(observed) != len(expected_ratio) or len(observed) < 2:
        raise ValueError(f"{len(observed)} counts and {len(expected_ratio)} shares do not describe two or more arms")
    counts, shares = np.asarray(observed, dtype=float), np.asarray(expected_ratio, dtype=float)
    if counts.min() < 0 or counts.sum() == 0 or shares.min() <= 0:
        raise ValueError(f"{tuple(observed)} people in the ratio {tuple(expected_ratio)} cannot be checked")
    expected = counts.sum() * shares / shares.sum()
    return float(chdtrc(len(counts) - 1, ((counts - expected) ** 2 / expected).sum()))


def differential_attrition(a_lost: int, a_total: int, b_lost: int, b_total: int) -> float:
    """The p-value of an equal share of people lost from each of two arms.

    Where arms lose people unevenly those who are left can differ for reasons that are not the campaign's. The test
    is the score test of `proportions.risk_difference`, so that the shares' difference and its interval agree with it.

    References
    ----------
    Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.

    Examples
    --------
    >>> round(differential_attrition(56, 70, 48, 80), 4)
    0.0083
    """
    p_value = risk_difference(Proportion(a_lost, a_total), Proportion(b_lost, b_total)).p_value
    return 1.0 if p_value is None else p_value
