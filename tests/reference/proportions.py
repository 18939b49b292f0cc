"""Cases of proportions and rates, against ratesci and R's own tests."""

import math
from collections.abc import Iterator
from typing import Any

from metrics.checks import sample_ratio_mismatch
from metrics.estimates import Estimate, Method, NotEstimable, Proportion
from metrics.proportions import jeffreys, odds_ratio, paired_difference, risk_difference, risk_ratio, wilson
from metrics.rates import rate_ratio
from tests.reference.values import Case, Value


def _groups(case: Case) -> tuple[Proportion, Proportion]:
    given = case.input
    return Proportion(given["x1"], given["n1"]), Proportion(given["x2"], given["n2"])


def _limits(result: Estimate | NotEstimable) -> tuple[float, float]:
    """The limits; where we refuse a ratio no ratio is rejected, which other programs print as 0 to infinity."""
    return (result.conf_low, result.conf_high) if isinstance(result, Estimate) else (0.0, math.inf)


def _of(result: Estimate | NotEstimable, name: str) -> Any:
    return getattr(result, name) if isinstance(result, Estimate) else None


def two_proportions(case: Case) -> Iterator[Value]:
    a, b = _groups(case)
    ours = {
        ("RD", "miettinen_nurminen"): risk_difference(a, b, conf_level=case.level),
        ("RD", "mee"): risk_difference(a, b, method=Method.MEE, conf_level=case.level),
        ("RD", "newcombe"): risk_difference(a, b, method=Method.NEWCOMBE, conf_level=case.level),
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
        if name != "newcombe" and tests.get(test) is not None:
            yield case.value(f"{measure} {name} p", _of(result, "p_value"), tests[test])


def one_proportion(case: Case) -> Iterator[Value]:
    p = Proportion(case.input["x"], case.input["n"])
    for name, method in (("wilson", wilson), ("jeffreys", jeffreys)):
        if name in case.expected:
            yield from case.values(name, _limits(method(p, conf_level=case.level)), case.expected[name])


def two_rates(case: Case) -> Iterator[Value]:
    given = case.input
    ours = rate_ratio(given["x1"], given["t1"], given["x2"], given["t2"], conf_level=case.level)
    yield case.value("rate ratio", _of(ours, "estimate"), case.expected["rate_ratio"])
    if "rr_score" in case.expected:
        yield from case.values("score", _limits(ours), case.expected["rr_score"])


def paired_proportions(case: Case) -> Iterator[Value]:
    given = case.input
    ours = paired_difference(
        both=given["a"], second_only=given["b"], first_only=given["c"], neither=given["d"], conf_level=case.level
    )
    yield case.value("difference", ours.estimate, case.expected["diff"])
    yield case.value("McNemar p", ours.p_value, case.expected["p"])
    yield from case.values("Tango", _limits(ours), case.expected["score_tango"])


def published(case: Case) -> Iterator[Value]:
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


def sample_ratio(case: Case) -> Iterator[Value]:
    yield case.value("p", sample_ratio_mismatch(case.input["users"], case.input["weights"]), case.expected["p"])


PROPORTIONS = {
    "two_proportions": two_proportions,
    "one_proportion": one_proportion,
    "two_rates": two_rates,
    "paired_proportions": paired_proportions,
    "prop_published": published,
    "srm": sample_ratio,
}
