"""Least squares with robust errors: several coefficients together, and rows that were scaled before."""

import numpy as np
import pytest

from metrics.least_squares import Correction, Fit, fit_clustered, fit_independent


def fitted(df, *, clusters=None, covariance=None):
    """Coefficients 3 and 4 with errors of 1 beside an intercept."""
    return Fit(
        coefficients=np.array([0.0, 3.0, 4.0]),
        covariance=np.eye(3) if covariance is None else covariance,
        df=np.full(3, float(df)),
        n=20,
        clusters=clusters,
    )


def test_several_coefficients_have_hotellings_p_value():
    # With two coefficients the F distribution has a closed form: (1 + 2 F / df) to the power of -df / 2
    assert fitted(6).joint_p_value([1, 2]) == pytest.approx((1 + 2 * 12.5 / 6) ** -3)
    assert fitted(6, clusters=7).joint_p_value([1, 2]) == pytest.approx((1 + 2 * 12.5 * 5 / 6 / 5) ** -2.5)
    assert fitted(2, clusters=3).joint_p_value([1, 2]) == pytest.approx((1 + 2 * 12.5 / 2) ** -0.5)
    mixed = Fit(
        coefficients=np.array([0.0, 3.0, 4.0]), covariance=np.eye(3), df=np.array([1.0, 9.0, 6.0]), n=20, clusters=None
    )
    assert mixed.joint_p_value([1, 2]) == fitted(6).joint_p_value([1, 2])  # the fewest of those asked for


def test_nothing_is_said_of_more_coefficients_than_the_clusters_bear():
    assert fitted(1, clusters=2).joint_p_value([1, 2]) == 1
    twins = np.array([[1.0, 0, 0], [0, 1, 1], [0, 1, 1]])
    assert fitted(6, covariance=twins).joint_p_value([1, 2]) == 1


@pytest.mark.parametrize("scale", [1.0, 100.0, 0.01])
@pytest.mark.parametrize("weighted", [False, True])
def test_rows_that_all_had_one_standard_deviation_are_corrected_as_if_never_scaled(scale, weighted):
    rng = np.random.default_rng(3)
    village = np.repeat(np.arange(6), 4)
    heard = np.tile([0.0, 1, 0, 1], 6)
    design = np.column_stack([np.eye(6)[village], heard])  # each village with its own level
    outcome = rng.normal(size=24) + heard
    weights = np.tile([1.0, 2, 3, 1], 6) if weighted else None
    plain = fit_clustered(design, outcome, village, weights=weights)
    scaled = fit_clustered(design, outcome, village, weights=weights, scaled_by=np.full(24, scale))
    assert scaled.standard_errors[-1] == pytest.approx(plain.standard_errors[-1], rel=1e-7)
    assert scaled.df[-1] == pytest.approx(plain.df[-1], rel=1e-6)


def test_the_corrections_of_equal_clusters_are_known_multiples_of_each_other():
    # The mean of four villages of two: the sandwich is over G, the unbiased one over G - 1, and CR3 over (G - 1)^2 / G
    means, village = np.array([1.0, 2, 3, 6]), np.repeat(np.arange(4), 2)
    design, outcome = np.ones((8, 1)), np.repeat(means, 2)
    spread = ((means - 3) ** 2).sum() / 4
    expected = {"CR0": spread / 4, "CR1": spread / 3, "CR1S": spread / 4 * 4 * 7 / (3 * 7), "CR2": spread / 3,
                "CR3": spread / 4 * (4 / 3) ** 2}  # fmt: skip
    for name, variance in expected.items():
        fit = fit_clustered(design, outcome, village, correction=Correction(name))
        assert fit.standard_errors[0] ** 2 == pytest.approx(variance)
        assert (fit.coefficients[0], fit.n, fit.clusters) == (pytest.approx(3), 8, 4)


def test_a_row_that_is_fitted_exactly_adds_nothing_to_the_error():
    # The fifth row has a column of its own
    design = np.column_stack([np.ones(5), [0, 0, 0, 0, 1]])
    fit = fit_independent(design, np.array([1.0, 2, 3, 6, 50]))
    assert fit.standard_errors[0] == pytest.approx(np.sqrt(14 / 3 / 4))  # as of the four alone
    assert fit.coefficients.tolist() == pytest.approx([3, 47])
