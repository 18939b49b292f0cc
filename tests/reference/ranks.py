"""Cases of ranking and shrinking, against exact integrals and published tables."""

import math
from collections.abc import Iterator

from metrics.estimates import Proportion
from metrics.posteriors import expected_loss, posteriors, probability_of_difference, shared_prior
from tests.reference.values import Case, Left, Value


def beta_binomial(case: Case) -> Iterator[Value | Left]:
    arms = [Proportion(arm["x"], arm["n"]) for arm in case.input["arms"]]
    ours, theirs = posteriors(arms), case.expected
    yield from case.values("best", [one.probability_best for one in ours], theirs["prob_best"])
    yield from case.values("mean", [one.mean for one in ours], theirs["post_mean"])
    for i, (one, limits) in enumerate(zip(ours, theirs["cred95"], strict=True)):
        yield from case.values(f"interval {i}", (one.low, one.high), limits)
    if "p_second_better" in theirs:
        first, second = arms
        yield case.value("second better", probability_of_difference(second, first), theirs["p_second_better"])
        losses = theirs["expected_loss_choose_first"], theirs["expected_loss_choose_second"]
        means = theirs["post_mean"]
        if not math.isclose(losses[0] - losses[1], means[1] - means[0], rel_tol=1e-6):
            reason = "the given losses do not differ by the difference of the means, as losses must"
            yield Left(name="expected losses", reason=reason, count=2)
            return
        yield case.value("loss of first", expected_loss(first, second), losses[0])
        yield case.value("loss of second", expected_loss(second, first), losses[1])


def shared(case: Case) -> Iterator[Value]:
    rates = [Proportion(x, n) for x, n in zip(case.input["x"], case.input["n"], strict=True)]
    ours, theirs, limits = shared_prior(rates), case.expected, case.tolerance
    for name in ("alpha", "beta"):
        yield Value(name=name, ours=getattr(ours, name), theirs=theirs[name], rtol=limits["alpha_rtol"], atol=0.0)
    yield from case.values("mean", ours.means, theirs["posterior_mean"], kind="posterior")
    order = sorted(range(len(rates)), key=lambda i: -ours.means[i])
    yield from case.values("rank", [order.index(i) + 1 for i in range(len(rates))], theirs["shrunk_rank"])


def james_stein(case: Case) -> Iterator[Left]:
    reason = "batting averages of equal size: REML shrinkage serves unequal ones and includes them"
    yield Left(name="James-Stein", reason=reason, count=39)


RANKS = {"beta_binomial": beta_binomial, "eb_betabinomial": shared, "james_stein": james_stein}
