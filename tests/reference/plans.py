"""Cases of power, looks, sensitivity and several outcomes, against R and closed forms."""

import math
from collections.abc import Iterator

from metrics.looks import always_valid, boundaries
from metrics.multiplicity import adjusted_p_values
from metrics.planning import Clusters, TwoMeans, TwoProportions, power, sample_size, smallest_detectable
from metrics.sensitivity import e_value, robustness
from tests.reference.values import Case, Left, Value


def powers(case: Case) -> Iterator[Value | Left]:
    given = case.input
    if "ICC" in given:
        yield from _clusters(case)
    elif "delta" in given:
        yield from _means(case)
    else:
        yield from _proportions(case)


def _proportions(case: Case) -> Iterator[Value | Left]:
    given, expected = case.input, case.expected
    outcome = TwoProportions(baseline=given["p1"], changed=given["p2"])
    yield case.value("power", power(outcome, n=given["n"]), expected["power"])
    yield case.value("strict", power(outcome, n=given["n"], both_tails=True), expected["power_strict"])
    one_sided = power(outcome, n=given["n"], conf_level=0.90)
    yield case.value("one-sided", one_sided, expected["power_one_sided"])
    # R looks for its roots to 1.2e-4, of whatever size they are.
    needed = {"n_80": (0.80, 0.95), "n_90_alpha01": (0.90, 0.99)}
    for name, (wanted, level) in needed.items():
        ours = sample_size(outcome, power=wanted, conf_level=level)
        yield Value(name=name, ours=ours, theirs=expected[name], rtol=1e-5, atol=0.0)
    seen = given["p1"] + smallest_detectable(outcome, n=given["n"])
    yield Value(name="smallest detectable", ours=seen, theirs=expected["mde_p2_80"], rtol=0.0, atol=1.3e-4)
    yield Left(name="Cohen's h", reason="the arcsine approximation to what is computed on the shares", count=3)


def _means(case: Case) -> Iterator[Value]:
    given, expected = case.input, case.expected
    outcome = TwoMeans(difference=given["delta"], sd=given["sd"])
    yield case.value("power", power(outcome, n=given["n"]), expected["power"])
    yield Value(name="n_90", ours=sample_size(outcome, power=0.90), theirs=expected["n_90"], rtol=1e-5, atol=0.0)
    yield Left(name="paired_power", reason="one group asked twice: a change has no comparison to plan for")


def _clusters(case: Case) -> Iterator[Value | Left]:
    given, expected = case.input, case.expected
    clusters = Clusters(size=given["nsubjects"], icc=given["ICC"], size_variation=given.get("CV", 0.0))
    if "d" in given:
        outcome = TwoMeans(difference=given["d"], sd=math.sqrt(given["vart"]))
        ours = power(outcome, n=given["nclusters_per_arm"], clusters=clusters)
        yield case.value("power", ours, expected["power"])
        return
    outcome = TwoProportions(baseline=given["p1"], changed=given["p2"])
    yield case.value("design effect", clusters.design_effect, expected["deff"])
    yield case.value("power", power(outcome, n=given["nclusters_per_arm"], clusters=clusters), expected["power_t"])
    yield case.value("clusters", sample_size(outcome, clusters=clusters), expected["nclusters_80_t"])
    yield Left(name="power_z", reason="normal quantiles are too eager with few clusters")


def valid_always(case: Case) -> Iterator[Value]:
    given, expected = case.input, case.expected
    ours = always_valid(
        given["estimate"], given["se"], given["n"], planned=given["tuning"], conf_level=1 - given["alpha"]
    )
    yield from case.values("interval", (ours.conf_low, ours.conf_high), expected["ci"])
    yield case.value("p", ours.p_value, expected["p"])


def group_sequential(case: Case) -> Iterator[Value]:
    level = 1 - case.input["alpha_two_sided"]
    for rule in ("pocock", "obrien_fleming"):
        ours = boundaries(case.input["K"], rule=rule, conf_level=level)[-1]
        yield case.value(rule, ours, case.expected[f"{rule}_C"])


def evalue(case: Case) -> Iterator[Value]:
    given, expected = case.input, case.expected
    ours = e_value(given["rr"], given["lo"], given["hi"])
    yield case.value("estimate", ours.estimate, expected["evalue"])
    yield case.value("limit", ours.limit, expected["evalue_ci"])
    odds = e_value(given["rr"], given["lo"], given["hi"], common_odds=True)
    yield case.value("common odds", odds.estimate, expected["or_common_sqrt"])


def darfur(case: Case) -> Iterator[Value]:
    given, expected = case.input, case.expected
    ours = robustness(given["estimate"] / given["se"], given["dof"])
    yield case.value("r2", ours.partial_r2, expected["r2yd_x"])
    yield case.value("value", ours.value, expected["rv_q"])
    yield case.value("of significance", ours.value_of_significance, expected["rv_qa"])
    yield case.value("f2", ours.partial_r2 / (1 - ours.partial_r2), expected["f2yd_x"])


def robustness_value(case: Case) -> Iterator[Value]:
    ours, expected = robustness(case.input["t"], case.input["dof"]), case.expected
    yield case.value("r2", ours.partial_r2, expected["partial_r2"])
    yield case.value("value", ours.value, expected["rv_q1"])
    yield case.value("of significance", ours.value_of_significance, expected["rv_q1_alpha05"])


def p_adjust(case: Case) -> Iterator[Value]:
    names = {"BH": "benjamini_hochberg", "BY": "benjamini_yekutieli"}
    for name, theirs in case.expected.items():
        ours = adjusted_p_values(case.input["p"], method=names.get(name, name))
        yield from case.values(name, ours, theirs)


PLANS = {
    "power": powers,
    "always_valid": valid_always,
    "group_sequential": group_sequential,
    "evalue": evalue,
    "sensemakr": darfur,
    "robustness_value": robustness_value,
    "p_adjust": p_adjust,
}
