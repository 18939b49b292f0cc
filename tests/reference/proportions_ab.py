"""Cases of platforms' experiments, against gbstats and its own tests."""

import math
from collections.abc import Iterator
from typing import Any

from metrics.estimates import Estimate
from metrics.summaries import (
    Arm,
    BeforeAndAfter,
    NormalPosterior,
    Side,
    adjusted_by_before,
    always_valid_difference,
    difference,
    posterior,
)
from tests.reference.values import Case, Left, Value


def _arms(case: Case) -> tuple[Arm, Arm]:
    sides = case.input["control"], case.input["treatment"]
    if "post_sum" in sides[0]:
        before, after = (
            BeforeAndAfter(
                n=one["n"],
                after=(one["post_sum"], one["post_sum_squares"]),
                before=(one["pre_sum"], one["pre_sum_squares"]),
                products=one["post_pre_sum_of_products"],
            )
            for one in sides
        )
        return adjusted_by_before(before, after)
    control, treatment = (_arm(one) for one in sides)
    return control, treatment


def _arm(given: dict[str, Any]) -> Arm:
    if "x" in given:
        return Arm.of_share(given["x"], given["n"])
    if "q" in given:
        return Arm.of_quantile(given["n"], quantile=given["q"], low=given["lower"], high=given["upper"])
    if "m_sum" in given:
        above, below = ((given[f"{one}_sum"], given[f"{one}_sum_squares"]) for one in "md")
        return Arm.of_ratio(given["n"], above=above, below=below, products=given["m_d_sum_of_products"])
    return Arm.of_mean(given["n"], given["sum"], given["sum_squares"])


def _number(limit: Any) -> Any:
    return {"inf": math.inf, "-inf": -math.inf}.get(limit, limit)


def _tested(case: Case, name: str, ours: Estimate, theirs: dict[str, Any]) -> Iterator[Value | Left]:
    yield case.value(f"{name} estimate", ours.estimate, theirs["expected"])
    limits = [_number(limit) for limit in theirs["ci"]]
    yield from case.values(f"{name} interval", (ours.conf_low, ours.conf_high), limits)
    if "uplift" in theirs:
        yield case.value(f"{name} mean", ours.estimate, theirs["uplift"]["mean"])
    yield case.value(f"{name} se", ours.se, theirs["stddev"] if "stddev" in theirs else theirs["uplift"]["stddev"])
    if "sequential_greater" in name:
        yield Left(name=f"{name} p", reason="theirs is searched over levels that each change the tuning, up to .4999")
        return
    # Theirs is one minus a probability, which loses its digits below 1e-10.
    atol = max(case.tolerance.get("atol", 0.0), 1e-10)
    rtol = case.tolerance.get("rtol", 0.0)
    yield Value(name=f"{name} p", ours=ours.p_value, theirs=theirs["pValue"], rtol=rtol, atol=atol)


def _believed(case: Case, name: str, ours: NormalPosterior, theirs: dict[str, Any]) -> Iterator[Value | Left]:
    better = ours.probability_better
    losses = ours.loss_of_control, ours.loss_of_treatment
    if name.endswith("inverse"):
        better, losses = 1 - better, losses[::-1]
    yield case.value(f"{name} estimate", ours.mean, theirs["expected"])
    yield from case.values(f"{name} interval", (ours.low, ours.high), theirs["ci"])
    if "uplift" in theirs:
        yield case.value(f"{name} mean", ours.mean, theirs["uplift"]["mean"])
    yield case.value(f"{name} sd", ours.sd, theirs["stddev"] if "stddev" in theirs else theirs["uplift"]["stddev"])
    yield case.value(f"{name} better", better, theirs["chanceToWin"])
    yield from case.values(f"{name} losses", losses, theirs["risk"])


def experiment(case: Case) -> Iterator[Value | Left]:
    arms = _arms(case)
    for name, theirs in case.expected.items():
        scale, _, test = name.partition(".")
        relative = scale == "relative"
        if test.startswith("bayes"):
            sd = float(test.split("_")[3]) if "proper" in test else math.inf
            yield from _believed(case, name, posterior(*arms, relative=relative, prior_sd=sd), theirs)
            continue
        if test.startswith("sequential"):
            side = Side.GREATER if test.endswith("greater") else Side.BOTH
            planned = 1000 if test.endswith("1000") else 5000
            ours = always_valid_difference(*arms, planned=planned, relative=relative, side=side)
        else:
            side = Side(test) if test in ("greater", "lesser") else Side.BOTH
            ours = difference(*arms, relative=relative, side=side, conf_level=0.9 if "alpha10" in test else 0.95)
        assert isinstance(ours, Estimate), ours
        yield from _tested(case, name, ours, theirs)


def published(case: Case) -> Iterator[Value | Left]:
    arms, relative = _arms(case), " abs" not in case.id
    if "chanceToWin" in case.expected:
        yield from _believed(case, case.id, posterior(*arms, relative=relative), case.expected)
    else:
        yield from _tested(case, case.id, difference(*arms, relative=relative), case.expected)


EXPERIMENTS = {
    "ab_proportion": experiment,
    "ab_mean": experiment,
    "ab_ratio": experiment,
    "ab_cuped_mean": experiment,
    "ab_quantile": experiment,
    "ab_published": published,
}
