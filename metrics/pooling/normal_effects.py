"""The average and the spread of normal true effects, from the exact likelihood of each study's counts."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import expit, gammaln, logsumexp

Numbers = NDArray[np.float64]
# Of each study (rows) at true effects (rows by columns): the log likelihood, its slope and its bend.
Likelihood = Callable[[Numbers], tuple[Numbers, Numbers, Numbers]]

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(61)  # of the quadrature over each true effect
LOG_WEIGHTS = np.log(WEIGHTS / math.sqrt(2 * math.pi)) + NODES**2 / 2
FURTHEST = 40.0  # logits; an average beyond it is none
WIDEST = 10.0  # logits; a larger spread would be of studies that say nothing but all or none
LONGEST = 2.0  # logits that one step towards the likeliest true effect of a study may take
STARTS = (0.2, 1.0, 4.0)  # standard deviations of true effects where the search begins


def binomial(events: Numbers, totals: Numbers, offset: Numbers | float = 0.0) -> Likelihood:
    """Counts of people at a true logit, to which `offset` is added.

    Examples
    --------
    Three of four at a logit of zero: four times log(1/2), one more than expected, and a variance of one.

    >>> value, slope, bend = binomial(np.array([3.0]), np.array([4.0]))(np.array([[0.0]]))
    >>> f"{value[0, 0] / math.log(2):.0f} {slope[0, 0]:.0f} {bend[0, 0]:.0f}"
    '-4 1 -1'
    """
    x, n = events[:, None], totals[:, None]
    shift = np.broadcast_to(offset, events.shape)[:, None]

    def at(effects: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        logits = effects + shift
        p = expit(logits)
        return x * logits - n * np.logaddexp(0, logits), x - n * p, -n * p * expit(-logits)

    return at


def hypergeometric(a: Numbers, n1: Numbers, c: Numbers, n2: Numbers) -> Likelihood:
    """Events in the first of two groups at a true log odds ratio, given how many there are in both.

    Examples
    --------
    Both of two events in the first of two groups of two, as likely as none in it: one in six, one more than expected.

    >>> value, slope, bend = hypergeometric(*np.array([[2.0], [2], [0], [2]]))(np.array([[0.0]]))
    >>> f"{math.exp(value[0, 0]):.4f} {slope[0, 0]:.0f} {bend[0, 0]:.4f}"
    '0.1667 1 -0.3333'
    """
    studies = []
    for first, people, second, others in zip(a, n1, c, n2, strict=True):
        events = first + second
        possible = np.arange(max(0.0, events - others), min(people, events) + 1)[:, None]
        ways = _choose(people, possible) + _choose(others, events - possible)
        studies.append((first, possible, ways, _choose(people, first) + _choose(others, second)))

    def at(effects: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        value, slope, bend = np.empty((3, *effects.shape))
        for i, (first, possible, ways, here) in enumerate(studies):
            each = ways + possible * effects[i]
            whole = logsumexp(each, axis=0)
            chances = np.exp(each - whole)
            expected = (possible * chances).sum(axis=0)
            value[i] = here + first * effects[i] - whole
            slope[i] = first - expected
            bend[i] = -((possible - expected) ** 2 * chances).sum(axis=0)
        return value, slope, bend

    return at


def _choose(n: float, k: Numbers | float) -> Numbers:
    return np.asarray(gammaln(n + 1) - gammaln(np.add(k, 1)) - gammaln(n - np.asarray(k) + 1))


def likeliest_average(likelihood: Likelihood, k: int) -> tuple[float, float, float]:
    """Mean of normal true effects of `k` studies, its variance, and the variance of the effects; in logits or log odds.

    Maximum likelihood, each study integrated over its own true effect by Gauss-Hermite quadrature around the likeliest
    one (with nodes around the average, studies of many people fall between two nodes). The variance of the mean is
    from the observed information of both.

    Raises
    ------
    ValueError
        Where all studies have as few events as they can, or all as many, so that the average has no bound; or some the
        one and some the other, so that the spread has none.

    References
    ----------
    Pinheiro and Bates (1995), Journal of Computational and Graphical Statistics 4:12-35 (adaptive quadrature).

    Examples
    --------
    Two studies in ten of one thousand people have one logit and no spread, with the error of two thousand people:

    >>> mean, variance, tau2 = likeliest_average(binomial(np.full(2, 200.0), np.full(2, 1000.0)), 2)
    >>> f"{mean:.4f} {variance * 2000 * 0.2 * 0.8:.3f} {tau2:.1f}"
    '-1.3863 1.000 0.0'
    """

    def common(mean: float) -> float:
        return float(likelihood(np.full((k, 1), mean))[1].sum())

    if common(-FURTHEST) <= 0 or common(FURTHEST) >= 0:
        raise ValueError("all studies have as few events as they can, or all as many, so that they have no average")
    mean = float(brentq(common, -FURTHEST, FURTHEST))

    def searched(parameters: Numbers) -> tuple[float, Numbers]:
        height, slopes = _integrated(likelihood, k, float(parameters[0]), float(parameters[1]))
        return -height, -slopes

    found = [minimize(searched, np.array([mean, tau]), jac=True, method="BFGS") for tau in STARTS]
    best = min(found, key=lambda one: float(one.fun))
    plain = _integrated(likelihood, k, mean, 0.0)[0]
    spread = -float(best.fun) > plain + 1e-8 + 1e-12 * abs(plain)  # no spread that makes the counts no likelier
    at = np.array([best.x[0], abs(best.x[1])] if spread else [mean, 0.0])
    free = 2 if spread else 1  # without spread its slope is zero by symmetry
    for _ in range(3):  # Newton's steps: a search by heights alone ends where rounding hides what is left to climb
        bend = _bend(lambda place: _integrated(likelihood, k, *place)[1], at, free)
        at[:free] -= np.linalg.solve(bend, _integrated(likelihood, k, *at.tolist())[1][:free])
    bend = _bend(lambda place: _integrated(likelihood, k, *place)[1], at, free)
    if not (np.isfinite(bend).all() and np.linalg.eigvalsh(bend).max() < 0 and abs(at[1]) < WIDEST):
        raise ValueError("the studies lie at opposite ends, so that their spread has no bound and they have no average")
    return float(at[0]), float(np.linalg.inv(-bend)[0, 0]), float(at[1] ** 2)


def _integrated(likelihood: Likelihood, k: int, mean: float, tau: float) -> tuple[float, Numbers]:
    """The log likelihood of a mean and a standard deviation of true effects, and its slopes in both."""
    place = np.zeros((k, 1))  # of each study's likeliest effect, in standard deviations from the mean
    for _ in range(60):
        _, slope, bend = likelihood(mean + tau * place)
        curve = 1 - tau**2 * bend
        step = (tau * slope - place) / curve
        reach = LONGEST / max(abs(tau), LONGEST / 10)
        place = place + np.clip(step, -reach, reach)
        if np.abs(step).max() < 1e-6:
            break
    width = 1 / np.sqrt(curve)
    places = place + width * NODES
    value, slope, _ = likelihood(mean + tau * places)
    each = value - places**2 / 2 + LOG_WEIGHTS
    whole = logsumexp(each, axis=1, keepdims=True)
    chances = np.exp(each - whole) * slope
    height = float((whole + np.log(width)).sum())
    return height, np.array([chances.sum(), (chances * places).sum()])


def _bend(slopes: Callable[[Numbers], Numbers], at: Numbers, free: int) -> Numbers:
    """Second derivatives by central differences of the first `free` slopes."""
    columns = []
    for i in range(free):
        step = np.zeros(2)
        step[i] = 1e-4 * max(abs(float(at[i])), 0.1) if i == 0 else 1e-3 * float(at[i])
        columns.append((slopes(at + step) - slopes(at - step))[:free] / (2 * step[i]))
    bend = np.array(columns)
    return np.asarray((bend + bend.T) / 2, dtype=np.float64)
