"""Cases of proportions and rates, against ratesci and R's own tests."""

import math
from collections.abc import Iterator
from typing import Any

from metrics.checks import sample_ratio_mismatch
from metrics.estimates import Estimate, Method, NotEstimable, Proportion
from metrics.proportions import (
    clopper_pearson,
    dose_response,
    equivalence,
    exact_odds_ratio,
    jeffreys,
    odds_ratio,
    paired_difference,
    rate,
    rate_ratio,
    risk_difference,
    risk_ratio,
    stratified_odds_ratio,
    stratified_test,
    trend,
    wilson,
)
from tests.reference.values import Case, Left, Value

WALD = "from a normal standard error, which fails at few events; the score interval serves"
OTHERS = {
    ("RD", "wald"): WALD,
    ("RR", "katz_log"): WALD,
    ("OR", "woolf"): WALD,
    ("RD", "SCAS_gart_nam"): "skewness-corrected score interval: another correction of what is computed",
    ("RR", "SCAS"): "skewness-corrected score interval: another correction of what is computed",
    ("OR", "SCAS"): "skewness-corrected score interval: another correction of what is computed",
    ("RD", "mover_jeffreys"): "hybrid of two Jeffreys intervals; Newcombe's, of two Wilson ones, is computed",
    ("RR", "mover_wilson"): "hybrid of two intervals without a test; the score interval has one",
}


def _groups(case: Case) -> tuple[Proportion, Proportion]:
    given = case.input
    return Proportion(given["x1"], given["n1"]), Proportion(given["x2"], given["n2"])


def _limits(result: Estimate | NotEstimable) -> tuple[float, float]:
    """The limits; where we refuse a ratio no ratio is rejected, which other programs print as 0 to infinity."""
    return (result.conf_low, result.conf_high) if isinstance(result, Estimate) else (0.0, math.inf)


def _of(result: Estimate | NotEstimable, name: str) -> Any:
    return getattr(result, name) if isinstance(result, Estimate) else None


def two_proportions(case: Case) -> Iterator[Value | Left]:
    a, b = _groups(case)
    ours = {
        ("RD", "miettinen_nurminen"): risk_difference(a, b, conf_level=case.level),
        ("RD", "mee"): risk_difference(a, b, method=Method.MEE, conf_level=case.level),
        ("RD", "newcombe"): risk_difference(a, b, method=Method.NEWCOMBE, conf_level=case.level),
        ("RD", "agresti_caffo"): risk_difference(a, b, method=Method.AGRESTI_CAFFO, conf_level=case.level),
        ("RR", "score_koopman_nobcf"): risk_ratio(a, b, conf_level=case.level),
        ("RR", "score_MN"): risk_ratio(a, b, method=Method.MIETTINEN_NURMINEN, conf_level=case.level),
        ("OR", "score_MN"): odds_ratio(a, b, conf_level=case.level),
    }
    tests = case.expected.get("tests", {})
    for (measure, name), result in ours.items():
        expected = case.expected.get(measure, {})
        if name not in expected:
            continue
        yield case.value(f"{measure} {name} est", _of(result, "estimate"), expected["est"])
        yield from case.values(f"{measure} {name}", _limits(result), expected[name])
        test = "score_MN_p" if name in ("miettinen_nurminen", "score_MN") else "pearson_p"
        if name not in ("newcombe", "agresti_caffo") and tests.get(test) is not None:
            yield case.value(f"{measure} {name} p", _of(result, "p_value"), tests[test])
    for (measure, name), reason in OTHERS.items():
        if name in case.expected.get(measure, {}):
            yield Left(name=f"{measure} {name}", reason=reason, count=2)
    yield from _exact(case, a, b, tests)


def _exact(case: Case, a: Proportion, b: Proportion, tests: dict[str, Any]) -> Iterator[Value | Left]:
    if "fisher_OR_ci" not in tests:
        return
    # R searches each odds ratio, or its inverse where it is above 1, to 1.2e-4; its interval is always the 95 % one.
    ours = exact_odds_ratio(a, b, mid_p=False)
    pairs = zip(
        (_of(ours, "estimate"), *_limits(ours)), (tests["fisher_condMLE_OR"], *tests["fisher_OR_ci"]), strict=True
    )
    for one, other in pairs:
        small = (one, other) if other is not None and other <= 1 else (1 / one, 1 / other if other else 0.0)
        yield Value(name="exact OR or its inverse", ours=small[0], theirs=small[1], rtol=0.0, atol=1.3e-4)
    yield Left(name="fisher_p", reason="adds up less likely tables, and so can contradict the interval; twice the tail")
    yield Left(name="yates_p", reason="continuity correction of the same statistic: too careful")


def one_proportion(case: Case) -> Iterator[Value | Left]:
    p = Proportion(case.input["x"], case.input["n"])
    for name, method in (("wilson", wilson), ("jeffreys", jeffreys), ("clopper_pearson", clopper_pearson)):
        if name in case.expected:
            yield from case.values(name, _limits(method(p, conf_level=case.level)), case.expected[name])
    if "agresti_coull" in case.expected:
        yield Left(name="agresti_coull", reason="Wilson's interval made wider, beyond 0 and 1 at the edges", count=2)


def two_rates(case: Case) -> Iterator[Value | Left]:
    given, expected = case.input, case.expected
    ours = rate_ratio(given["x1"], given["t1"], given["x2"], given["t2"], conf_level=case.level)
    yield case.value("rate ratio", _of(ours, "estimate"), expected["rate_ratio"])
    if "rr_score" in expected:
        yield from case.values("score", _limits(ours), expected["rr_score"])
    if "exact_garwood_1" in expected:
        one = rate(given["x1"], given["t1"], conf_level=case.level)
        yield from case.values("Garwood", _limits(one), expected["exact_garwood_1"])
    yield Left(
        name="rd_score", reason="a difference of rates: rates of different campaigns are compared by ratio", count=2
    )
    yield Left(name="exact and hybrid ratio", reason="other intervals of the ratio; the score interval serves", count=5)


def paired_proportions(case: Case) -> Iterator[Value | Left]:
    given = case.input
    ours = paired_difference(
        both=given["a"], second_only=given["b"], first_only=given["c"], neither=given["d"], conf_level=case.level
    )
    yield case.value("difference", ours.estimate, case.expected["diff"])
    yield case.value("McNemar p", ours.p_value, case.expected["p"])
    changed = given["b"] + given["c"]
    yield case.value("McNemar statistic", (given["b"] - given["c"]) ** 2 / changed, case.expected["mcnemar_chisq"])
    yield from case.values("Tango", _limits(ours), case.expected["score_tango"])
    yield Left(name="corrected and exact p, other intervals", reason="not of the test that Tango's belongs to", count=7)


def published(case: Case) -> Iterator[Value | Left]:
    methods = {
        "RD MN": (risk_difference, Method.MIETTINEN_NURMINEN),
        "RD Mee": (risk_difference, Method.MEE),
        "RD Newcombe": (risk_difference, Method.NEWCOMBE),
        "RR Koopman": (risk_ratio, Method.KOOPMAN),
        "RR MN": (risk_ratio, Method.MIETTINEN_NURMINEN),
    }
    if case.method in methods:
        compare, method = methods[case.method]
        ours = compare(*_groups(case), method=method, conf_level=case.level)
        yield from case.values(case.method, _limits(ours), case.expected["ci"])
    elif case.method == "OR MN":
        yield from case.values(case.method, _limits(odds_ratio(*_groups(case))), case.expected["ci"])
    else:
        yield Left(name=case.method or "", reason="hybrid of two intervals without a test", count=2)


def sample_ratio(case: Case) -> Iterator[Value | Left]:
    yield case.value("p", sample_ratio_mismatch(case.input["users"], case.input["weights"]), case.expected["p"])


def tost(case: Case) -> Iterator[Value | Left]:
    a, b = _groups(case)
    ours = equivalence(a, b, margin=case.input["margin"], method=Method.AGRESTI_CAFFO)
    theirs = case.expected["agresti-caffo"]
    yield case.value("Agresti-Caffo p", ours.p_value, theirs["p"])
    yield case.value("Agresti-Caffo p above", ours.p_above, theirs["p_lower"])
    reason = "theirs has events in place of people in one coefficient of the cubic: its shares are not the likeliest"
    yield Left(name="score", reason=reason, count=2)
    yield Left(name="Wald", reason=WALD, count=7)


def strata(case: Case) -> Iterator[Value | Left]:
    cells = [case.input["counts"][i : i + 4] for i in range(0, len(case.input["counts"]), 4)]  # yes and no of a, of b
    tables = [(Proportion(a, a + b), Proportion(c, c + d)) for a, b, c, d in cells]
    common, test, expected = stratified_odds_ratio(tables), stratified_test(tables), case.expected
    assert isinstance(common, Estimate)
    yield case.value("common", common.estimate, expected["MH_OR"])
    yield from case.values("interval", _limits(common), expected["ci"])
    yield case.value("statistic", test.statistic, expected["stat"])
    yield case.value("p", test.p_value, expected["p"])
    crude = [Proportion(sum(t[i].events for t in tables), sum(t[i].total for t in tables)) for i in (0, 1)]
    yield case.value("crude", _of(odds_ratio(*crude), "estimate"), expected["crude_OR"])
    each = [_of(odds_ratio(a, b), "estimate") for a, b in tables]
    yield from case.values("stratum", each, expected["stratum_OR"])


def trends(case: Case) -> Iterator[Value | Left]:
    ours = trend([Proportion(x, n) for x, n in zip(case.input["x"], case.input["n"], strict=True)])
    yield case.value("chi-square", ours.statistic, case.expected["chisq"])
    yield case.value("p", ours.p_value, case.expected["p"])


def doses(case: Case) -> Iterator[Value | Left]:
    given, expected = case.input, case.expected
    answers = [Proportion(x, given["n"]) for x in given["numdead"]]
    ours = dose_response(given["ldose"], answers, group=given["sex"])
    yield from case.values("line", (*ours.intercepts, ours.slope), expected["coef"])
    yield from case.values("dose", [one.dose for one in ours.doses], expected["ED"])
    yield from case.values("se", [one.se for one in ours.doses], expected["se"])


PROPORTIONS = {
    "two_proportions": two_proportions,
    "one_proportion": one_proportion,
    "two_rates": two_rates,
    "paired_proportions": paired_proportions,
    "prop_published": published,
    "srm": sample_ratio,
    "tost_proportions": tost,
    "stratified_2x2": strata,
    "trend": trends,
    "dose_response": doses,
}
