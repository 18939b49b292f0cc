"""Cases of costs, against closed forms."""

from collections.abc import Iterator

import pandas as pd

from metrics.costs import Ratio, RatioSet, cost_per_result, fieller, net_benefit
from tests.reference.values import Case, Value


def _set(case: Case, name: str, ours: Ratio, theirs: dict) -> Iterator[Value]:
    said = theirs["kind"]
    kind = RatioSet.TWO_RAYS if "rays" in said else RatioSet.INTERVAL if "interval" in said else RatioSet.WHOLE_LINE
    yield case.value(f"{name} kind", str(ours.kind), str(kind))
    ends = theirs.get("ci") or theirs.get("excluded")
    if ends:
        yield from case.values(name, (ours.low, ours.high), ends)


def cost_effectiveness(case: Case) -> Iterator[Value]:
    given, expected = case.input, case.expected
    known = {
        "se_numerator": given["se_cost"],
        "se_denominator": given["se_effect"],
        "correlation": given.get("corr", 0.0),
    }
    for name, level in (("fieller", case.level), ("fieller_90", 0.90)):
        if name in expected:
            ours = fieller(given["delta_cost"], given["delta_effect"], conf_level=level, **known)
            yield from _set(case, name, ours, expected[name])
            yield case.value(f"{name} icer", ours.estimate, expected["icer"])
    for worth, theirs in expected.get("net_benefit", {}).items():
        ours = net_benefit(
            given["delta_cost"],
            given["delta_effect"],
            se_cost=given["se_cost"],
            se_effect=given["se_effect"],
            correlation=given.get("corr", 0.0),
            willingness_to_pay=float(worth),
        )
        yield case.value(f"net benefit at {worth}", ours.estimate, theirs["INB"])
        yield case.value(f"net benefit at {worth} se", ours.se, theirs["se"])
        yield from case.values(f"net benefit at {worth} ci", (ours.conf_low, ours.conf_high), theirs["ci"])
        yield case.value(f"worth it at {worth}", ours.probability_worth_it, theirs["ceac_prob"])


def by_day(case: Case) -> Iterator[Value]:
    ours = cost_per_result(pd.DataFrame({name: case.input[name] for name in ("spend", "results")}))
    yield case.value("cost per result", ours.estimate, case.expected["cost_per_result"])
    yield from _set(case, "Fieller t", ours, case.expected["fieller_t"])


MONEY = {"cost_effectiveness": cost_effectiveness, "cost_per_result": by_day}
