"""How much true effects differ between studies: tau², its interval, and the shares of variance it makes up."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, chdtri

Numbers = NDArray[np.float64]
ITERATIONS: Final = 200
PRECISION: Final = 1e-12
PLACES: Final = 40  # where a likelihood is looked at before its top is climbed


class Estimator(StrEnum):
    """How tau² is estimated, by the letters the field knows each estimator by."""

    EE = "EE"  # equal effects: tau² is taken to be zero
    DL = "DL"  # DerSimonian and Laird: the moments of Q with the weights of equal effects
    HE = "HE"  # Hedges: the moments of the unweighted variance
    HS = "HS"  # Hunter and Schmidt
    SJ = "SJ"  # Sidik and Jonkman
    ML = "ML"  # maximum likelihood
    REML = "REML"  # restricted maximum likelihood
    EB = "EB"  # empirical Bayes, the same root as PM
    PM = "PM"  # Paule and Mandel: Q equals its expectation


@dataclass(frozen=True, slots=True)
class Studies:
    """Effects `y` with sampling variances `v`, and a design `x` of one column of ones or of moderators as well."""

    y: Numbers
    v: Numbers
    x: Numbers

    @property
    def k(self) -> int:
        """How many studies there are."""
        return len(self.y)

    @property
    def df(self) -> int:
        """Residual degrees of freedom."""
        return self.k - int(self.x.shape[1])

    def without(self, i: int) -> "Studies":
        """The studies but one."""
        return Studies(np.delete(self.y, i), np.delete(self.v, i), np.delete(self.x, i, axis=0))


@dataclass(frozen=True, slots=True)
class Weighted:
    """Weighted least squares of the studies with weights `w`; `p` is the matrix that leaves the weighted residuals."""

    w: Numbers
    bread: Numbers  # inverse of X'WX
    p: Numbers  # W - WX(X'WX)^-1 X'W
    coefficients: Numbers
    py: Numbers
    q: float  # y'Py: the weighted sum of squared residuals


def weighted(studies: Studies, w: Numbers) -> Weighted:
    """Weighted least squares with the given weights, one a study and above zero.

    Examples
    --------
    Weights of three and one give the mean of 0.1, 0.1, 0.1 and 0.3; the squares are 3 times 0.05² and once 0.15².

    >>> studies = Studies(np.array([0.1, 0.3]), np.array([0.01, 0.03]), np.ones((2, 1)))
    >>> fit = weighted(studies, np.array([3.0, 1.0]))
    >>> f"{fit.coefficients[0]:.2f}, Q {fit.q:.2f}"
    '0.15, Q 0.03'
    """
    wx = w[:, None] * studies.x
    bread = np.asarray(np.linalg.inv(studies.x.T @ wx), dtype=np.float64)
    p = np.diag(w) - wx @ bread @ wx.T
    coefficients = bread @ (wx.T @ studies.y)
    residuals = studies.y - studies.x @ coefficients
    return Weighted(w, bread, p, coefficients, p @ studies.y, float(w @ residuals**2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """Variance of true effects between studies.

    Attributes
    ----------
    tau2, tau2_se
        Variance of the true effects, on the squared scale of the effects, and its standard error (None for EE).
    i2
        Share of the total variance that is between studies, 0 to 1: tau² / (tau² + typical sampling variance) as
        Cochrane's methods use it; for EE and DL this equals (Q - df) / Q.
    h2
        Total variance as a multiple of the typical sampling variance.
    q, q_df, q_p_value
        Cochran's Q of equal effects (residual, where there are moderators), its degrees of freedom and p-value.
    """

    tau2: float
    tau2_se: float | None
    i2: float
    h2: float
    q: float
    q_df: int
    q_p_value: float


def between_studies(studies: Studies, estimator: Estimator) -> Heterogeneity:
    """Tau² by one estimator, with I² and H² from it.

    Where studies differ much in size a likelihood can have several tops; ML and REML take the highest.

    References
    ----------
    Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30:261-293 (DL, HE, HS, ML, REML).
    Sidik and Jonkman (2005), Applied Statistics 54:367-384 (SJ). Paule and Mandel (1982), Journal of Research of the
    National Bureau of Standards 87:377-385 (PM); Morris (1983), JASA 78:47-55 (EB).
    Higgins and Thompson (2002), Statistics in Medicine 21:1539-1558 (I², H²).

    Examples
    --------
    Studies of one size: the variance of the effects, 0.01, less the sampling variance.

    >>> spread = between_studies(Studies(np.array([0, 0.1, 0.2]), np.full(3, 0.0025), np.ones((3, 1))), Estimator.REML)
    >>> f"tau2 {spread.tau2:.4f}, I2 {spread.i2:.2f}, Q {spread.q:.0f} with {spread.q_df} degrees of freedom"
    'tau2 0.0075, I2 0.75, Q 8 with 2 degrees of freedom'
    """
    equal = weighted(studies, 1 / studies.v)
    tau2, tau2_se = _ESTIMATORS[estimator](studies, equal)
    df = studies.df
    if estimator == Estimator.EE:
        i2 = max(0.0, (equal.q - df) / equal.q) if equal.q else 0.0
        h2 = equal.q / df
    else:
        typical = df / float(np.trace(equal.p))
        i2, h2 = tau2 / (typical + tau2), tau2 / typical + 1
    return Heterogeneity(
        tau2=tau2, tau2_se=tau2_se, i2=i2, h2=h2, q=equal.q, q_df=df, q_p_value=float(chdtrc(df, equal.q))
    )


def q_profile(studies: Studies, *, conf_level: float = 0.95) -> tuple[float, float]:
    """Interval of tau² by inverting the generalised Q statistic; zero is a legitimate limit.

    Exact where effects are normal with known variances, unlike intervals made of a standard error, which cover too
    seldom with few studies.

    References
    ----------
    Viechtbauer (2007), Statistics in Medicine 26:37-52.

    Examples
    --------
    Q is 0.02 / (0.0025 + tau²); with two degrees of freedom its quantiles are -2 log(0.975) and -2 log(0.025).

    >>> low, high = q_profile(Studies(np.array([0, 0.1, 0.2]), np.full(3, 0.0025), np.ones((3, 1))))
    >>> f"{low:.5f} to {high:.5f}"
    '0.00021 to 0.39248'
    """
    tail = (1 - conf_level) / 2
    low, high = float(chdtri(studies.df, tail)), float(chdtri(studies.df, 1 - tail))
    return _where_q_is(studies, low), _where_q_is(studies, high)


def _where_q_is(studies: Studies, wanted: float) -> float:
    """The tau² at which the generalised Q statistic, which falls and is convex in tau², has a value; 0 where none."""
    tau2 = 0.0
    for _ in range(ITERATIONS):  # Newton's method from the left of a convex falling curve never overshoots
        fit = weighted(studies, 1 / (studies.v + tau2))
        if fit.q <= wanted:
            break
        step = (fit.q - wanted) / float(fit.py @ fit.py)
        if step <= PRECISION * (tau2 + PRECISION):
            break
        tau2 += step
    return max(0.0, tau2)


Estimated = tuple[float, float | None]


def _equal(_studies: Studies, _equal: Weighted) -> Estimated:
    return 0.0, None


def _dersimonian_laird(studies: Studies, equal: Weighted) -> Estimated:
    trace, squares = float(np.trace(equal.p)), float(np.sum(equal.p**2))
    tau2 = max(0.0, (equal.q - studies.df) / trace)
    variance = 2 * studies.df + 4 * tau2 * trace + 2 * tau2**2 * squares
    return tau2, math.sqrt(variance) / trace


def _hedges(studies: Studies, _equal: Weighted) -> Estimated:
    plain = weighted(studies, np.ones(studies.k))
    tau2 = max(0.0, (plain.q - float(np.diag(plain.p) @ studies.v)) / studies.df)
    return tau2, _unweighted_se(plain.p, studies.v, tau2) / studies.df


def _unweighted_se(p: Numbers, v: Numbers, tau2: float) -> float:
    """Standard error of y'Py, where the effects vary by `v` and `tau2`."""
    pv = p * v
    variance = 2 * np.sum(pv * pv.T) + 4 * tau2 * np.sum(pv * p) + 2 * tau2**2 * np.sum(p**2)
    return math.sqrt(float(variance))


def _hunter_schmidt(studies: Studies, equal: Weighted) -> Estimated:
    total = float(equal.w.sum())
    tau2 = max(0.0, (equal.q - studies.k) / total)
    variance = 2 * studies.df + 4 * tau2 * np.trace(equal.p) + 2 * tau2**2 * np.sum(equal.p**2)
    return tau2, math.sqrt(float(variance)) / total


def _sidik_jonkman(studies: Studies, _equal: Weighted) -> Estimated:
    first = float(np.var(studies.y))
    if first == 0:
        return 0.0, 0.0
    fit = weighted(studies, 1 / (studies.v + first))
    tau2 = first * fit.q / studies.df
    return tau2, first * _unweighted_se(fit.p, studies.v, tau2) / studies.df


def _paule_mandel(studies: Studies, _equal: Weighted) -> Estimated:
    tau2 = _where_q_is(studies, studies.df)
    w = 1 / (studies.v + tau2)
    return tau2, math.sqrt(2 * studies.k**2 / studies.df) / float(w.sum())


def _maximum_likelihood(studies: Studies, _equal: Weighted) -> Estimated:
    return _likeliest(studies, restricted=False)


def _restricted_likelihood(studies: Studies, _equal: Weighted) -> Estimated:
    return _likeliest(studies, restricted=True)


def _likeliest(studies: Studies, *, restricted: bool) -> Estimated:
    low, tau2, high = _around_the_top(studies, restricted=restricted)
    least = float(studies.v.min())
    for _ in range(ITERATIONS):
        score, expected, observed = _score(studies, tau2, restricted=restricted)
        low, high = (tau2, high) if score > 0 else (low, tau2)
        step = score / observed if observed > 0 else math.inf  # Newton's, where the curve bends downward
        if not low <= tau2 + step <= high:
            step = (low + high) / 2 - tau2
        tau2 += step
        if abs(step) <= PRECISION * (tau2 + least):
            break
    return tau2, math.sqrt(2 / expected)


def _around_the_top(studies: Studies, *, restricted: bool) -> tuple[float, float, float]:
    """The tau² of the highest of many places of the likelihood, between its neighbours."""
    # beyond the variance of the effects and of the least exact study together the likelihood only falls
    end = weighted(studies, np.ones(studies.k)).q / studies.df + float(studies.v.max())
    places = np.concatenate([[0.0], np.geomspace(float(studies.v.min()) / 10, end, PLACES)])
    w = 1 / (studies.v + places[:, None])
    information = np.einsum("gk,kp,kq->gpq", w, studies.x, studies.x)
    coefficients = np.linalg.solve(information, np.einsum("gk,kp->gp", w * studies.y, studies.x)[:, :, None])[:, :, 0]
    q = np.sum(w * (studies.y - coefficients @ studies.x.T) ** 2, axis=1)
    height = np.log(w).sum(axis=1) - q
    if restricted:
        height -= np.linalg.slogdet(information)[1]
    top = int(np.argmax(height))
    return tuple(places[[max(top - 1, 0), top, min(top + 1, PLACES)]].tolist())


def _score(studies: Studies, tau2: float, *, restricted: bool) -> tuple[float, float, float]:
    """Twice the slope of the log likelihood in tau², and the expected and the observed bend of it."""
    fit = weighted(studies, 1 / (studies.v + tau2))
    matrix = fit.p if restricted else np.diag(fit.w)
    bend = float(np.sum(matrix**2))
    return float(fit.py @ fit.py - np.trace(matrix)), bend, float(2 * fit.py @ fit.p @ fit.py) - bend


_ESTIMATORS: Final = {
    Estimator.EE: _equal,
    Estimator.DL: _dersimonian_laird,
    Estimator.HE: _hedges,
    Estimator.HS: _hunter_schmidt,
    Estimator.SJ: _sidik_jonkman,
    Estimator.ML: _maximum_likelihood,
    Estimator.REML: _restricted_likelihood,
    Estimator.EB: _paule_mandel,
    Estimator.PM: _paule_mandel,
}
