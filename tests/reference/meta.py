"""Cases of meta-analysis, against metafor and published tables."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from metrics import pooling
from metrics.pooling import Pooled, pool, prediction_interval
from metrics.ranking import shrunken
from tests.reference.values import Case, Left, Value

METHODS = ("EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")
ADJUSTMENTS = {"": "none", "knha": "knapp_hartung", "knha_adhoc": "knapp_hartung_modified"}
COUNTS = ("ai", "bi", "ci", "di")


def _printed(pooled: Pooled) -> dict[str, Any]:
    """Our results under the names that metafor prints."""
    spread = pooled.heterogeneity
    return {
        "k": pooled.k,
        "beta": pooled.estimate,
        "se": pooled.se,
        "stat": pooled.estimate / pooled.se,
        "pval": pooled.p_value,
        "ci_lb": pooled.conf_low,
        "ci_ub": pooled.conf_high,
        "tau2": spread.tau2,
        "se_tau2": spread.tau2_se,
        "I2": 100 * spread.i2,
        "H2": spread.h2,
        "QE": spread.q,
        "QEp": spread.q_p_value,
    }


def _pooled(case: Case, method: str, adjustment: str) -> Pooled:
    return pool(case.input["yi"], case.input["vi"], method=method, adjustment=adjustment, conf_level=case.level)


def _one_method(case: Case, method: str, expected: dict[str, Any]) -> Iterator[Value]:
    for name, adjustment in ADJUSTMENTS.items():
        theirs = expected.get(name) if name else expected
        if theirs is None:
            continue
        pooled = _pooled(case, method, adjustment)
        for field, ours in _printed(pooled).items():
            if isinstance(theirs.get(field), (int, float)):
                yield case.value(f"{method} {name} {field}", ours, theirs[field])
        if not isinstance(theirs.get("pi_lb"), (int, float)):
            continue
        normal = prediction_interval(pooled, df=math.inf if not name else pooled.df)
        yield from case.values(f"{method} {name} prediction", normal, (theirs["pi_lb"], theirs["pi_ub"]))
    modified = _pooled(case, method, "knapp_hartung_modified") if method != "EE" else None
    if modified is not None and "pi_t_k_minus_1" in expected:
        plain = _pooled(case, method, "none")
        own = (plain.prediction_low, plain.prediction_high)
        yield from case.values(f"{method} prediction t(k-1)", own, expected["pi_t_k_minus_1"])
        riley = prediction_interval(plain, df=plain.k - 2)
        yield from case.values(f"{method} prediction t(k-2)", riley, expected["pi_riley_k_minus_2"])


def _profile(case: Case, method: str, expected: dict[str, Any]) -> Iterator[Value]:
    pooled = _pooled(case, method, "none")
    typical = pooled.tau2 / (pooled.heterogeneity.h2 - 1) if pooled.tau2 else None
    ours = (pooled.tau2, pooled.tau2_low, pooled.tau2_high)
    if math.isclose(expected["tau2"][2], 10 * expected["tau2"][0]):
        yield Left(name=f"Q profile {method}", reason="the other program ended its search at ten times tau²", count=12)
        return
    yield from case.values(f"Q profile {method} tau2", ours, expected["tau2"])
    yield from case.values(f"Q profile {method} tau", [math.sqrt(value) for value in ours], expected["tau"])
    if typical:
        yield from case.values(f"Q profile {method} I2", [100 * v / (v + typical) for v in ours], expected["I2"])
        yield from case.values(f"Q profile {method} H2", [1 + v / typical for v in ours], expected["H2"])


def _asymmetry(case: Case) -> Iterator[Value]:
    y, v, expected = case.input["yi"], case.input["vi"], case.expected
    tests = {
        "egger_rma": pooling.egger(y, v, spread="additive"),
        "egger_lm": pooling.egger(y, v, spread="multiplicative"),
    }
    for name, ours in tests.items():
        theirs = expected[name]
        yield case.value(f"{name} statistic", ours.statistic, theirs["stat"])
        yield case.value(f"{name} p", ours.p_value, theirs["pval"])
        if theirs["df"] is not None:
            yield case.value(f"{name} df", ours.df, theirs["df"])
        yield case.value(f"{name} limit", ours.limit, theirs["limit_estimate"])
        yield from case.values(f"{name} limit ci", (ours.limit_low, ours.limit_high), theirs["limit_ci"])
    begg = pooling.begg(y, v)
    yield case.value("begg tau", begg.statistic, expected["begg_rank"]["tau"])
    yield case.value("begg p", begg.p_value, expected["begg_rank"]["pval"])
    filled, theirs = pooling.trim_and_fill(y, v), expected["trimfill_L0"]
    yield case.value("trim and fill missing", filled.missing, theirs["k0"])
    if filled.side != theirs["side"]:
        raise AssertionError(f"trim and fill: {filled.side} instead of {theirs['side']}")
    # metafor fits these again with its own threshold of convergence, 1e-5 on tau².
    both = zip(
        ("estimate", "low", "high"),
        (filled.pooled.estimate, filled.pooled.conf_low, filled.pooled.conf_high),
        (theirs["estimate"], *theirs["ci"]),
        strict=True,
    )
    for name, one, other in both:
        yield Value(name=f"trim and fill {name}", ours=one, theirs=other, rtol=1e-5, atol=1e-5)


def _one_after_another(case: Case) -> Iterator[Value]:
    y, v, expected = case.input["yi"], case.input["vi"], case.expected
    for method in ("REML", "DL"):
        theirs = expected[f"leave1out_{method}"]
        results = [_printed(one) for one in pooling.leave_one_out(y, v, method=method, adjustment="none")]
        for name, key in (("estimate", "beta"), ("se", "se"), ("ci_lb", "ci_lb"), ("ci_ub", "ci_ub"),
                          ("tau2", "tau2"), ("I2", "I2"), ("Q", "QE")):  # fmt: skip
            if name in theirs:
                yield from case.values(f"leave one out {method} {name}", [r[key] for r in results], theirs[name])
    theirs = expected["cumul_REML"]
    results = [_printed(one) for one in pooling.cumulative(y, v, order=theirs["order"], adjustment="none")]
    known = [at for at, value in enumerate(theirs["estimate"]) if value is not None and at > 0]
    if missing := len(y) - 1 - len(known):
        yield Left(name="cumulative", reason="the other program did not converge", count=3 * missing)
    for name, key in (("estimate", "beta"), ("se", "se"), ("tau2", "tau2")):
        pairs = [results[at - 1][key] for at in known], [theirs[name][at] for at in known]
        yield from case.values(f"cumulative {name}", *pairs)
    cases, theirs = pooling.influence(y, v), expected["influence_REML"]
    names = {"rstudent": "residual", "dffits": "dffits", "cook.d": "cooks_distance", "cov.r": "covariance_ratio",
             "hat": "hat"}  # fmt: skip
    for name, ours in names.items():
        yield from case.values(f"influence {name}", [getattr(one, ours) for one in cases], theirs[name])
    yield from case.values("influence weight", [100 * one.weight for one in cases], theirs["weight"])


def _moderators(case: Case) -> Iterator[Value]:
    for name, adjustment in (("metareg_REML_z", "none"), ("metareg_REML_knha", "knapp_hartung")):
        if name not in case.expected:
            continue
        theirs = case.expected[name]
        columns = {term: case.input["mods"][term] for term in theirs["terms"] if term != "intercept"}
        ours = pooling.meta_regression(case.input["yi"], case.input["vi"], columns, adjustment=adjustment)
        terms = ours.coefficients
        for field, get in (
            ("beta", lambda c: c.estimate),
            ("se", lambda c: c.se),
            ("stat", lambda c: c.estimate / c.se),
            ("pval", lambda c: c.p_value),
            ("ci_lb", lambda c: c.conf_low),
            ("ci_ub", lambda c: c.conf_high),
        ):
            yield from case.values(f"{name} {field}", [get(term) for term in terms], theirs[field])
        yield case.value(f"{name} tau2", ours.heterogeneity.tau2, theirs["tau2"])
        if theirs["R2"] is not None:
            yield case.value(f"{name} R2", None if ours.r2 is None else 100 * ours.r2, theirs["R2"])
        yield case.value(f"{name} QM", ours.statistic, theirs["QM"])
        yield case.value(f"{name} QMp", ours.p_value, theirs["QMp"])
        yield case.value(f"{name} QE", ours.heterogeneity.q, theirs["QE"])
        yield case.value(f"{name} I2", 100 * ours.heterogeneity.i2, theirs["I2"])


def _tables(raw: dict[str, Any]) -> tuple[Any, Any, Any, Any]:
    a, b, c, d = (np.array(raw[name]) for name in COUNTS)
    return a, a + b, c, c + d


def _counts(case: Case) -> Iterator[Value]:
    tables = _tables(case.input["raw"])
    sizes = {"OR": pooling.log_odds_ratios, "RR": pooling.log_risk_ratios, "RD": pooling.risk_differences}
    names = {"OR": "odds_ratio", "RR": "risk_ratio", "RD": "risk_difference"}
    for short, function in sizes.items():
        if f"escalc_{short}" in case.expected:
            ours, theirs = function(*tables), case.expected[f"escalc_{short}"]
            yield from case.values(f"effects {short}", ours.effects, theirs["yi"])
            yield from case.values(f"variances {short}", ours.variances, theirs["vi"])
        if f"MH_{short}" in case.expected:
            common = pooling.mantel_haenszel(*tables, measure=names[short])
            yield from _common(case, f"MH {short}", common, case.expected[f"MH_{short}"])
    if "Peto_OR" in case.expected:
        yield from _common(case, "Peto", pooling.peto(*tables), case.expected["Peto_OR"])


def _common(case: Case, name: str, ours: pooling.RareEvents, theirs: dict[str, float]) -> Iterator[Value]:
    yield case.value(name, ours.estimate, theirs["beta"])
    yield case.value(f"{name} se", ours.se, theirs["se"])
    yield from case.values(f"{name} ci", (ours.conf_low, ours.conf_high), (theirs["ci_lb"], theirs["ci_ub"]))


def meta_analysis(case: Case) -> Iterator[Value]:
    for method in METHODS:
        yield from _one_method(case, method, case.expected[method])
    for method in ("REML", "DL"):
        yield from _profile(case, method, case.expected[f"Q_profile_{method}"])
    yield from _asymmetry(case)
    yield from _one_after_another(case)
    yield from _moderators(case)
    if set(COUNTS) <= set(case.input.get("raw") or {}):
        yield from _counts(case)
    reason = "takes hidden studies for studies of no effect; methodologists advise against it"
    yield Left(name="fail-safe N", reason=reason)
    yield from _shrunken(case)


def _shrunken(case: Case) -> Iterator[Value]:
    theirs = case.expected["blup_REML"]
    ours = shrunken(case.input["yi"], case.input["vi"])
    yield from case.values("shrunken", [one.estimate for one in ours], theirs["pred"])
    yield from case.values("shrunken se", [one.se for one in ours], theirs["se"])
    yield from case.values("shrunken low", [one.conf_low for one in ours], theirs["pi_lb"])
    yield from case.values("shrunken high", [one.conf_high for one in ours], theirs["pi_ub"])


@cache
def _data(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "meta_analysis.jsonl").read_text(encoding="utf-8").splitlines()
    return {case["id"]: case["input"] for case in map(json.loads, lines)}


def published(case: Case) -> Iterator[Value | Left]:
    if case.id == "lipsey2001":
        yield from _lipsey(case)
    elif case.id == "stijnen2010_rare_events":
        yield from _stijnen(case)
    else:
        given = replace(case, input=_data(case.folder)[case.dataset or ""])
        ours = _statistic(given, (case.statistic or "").split("."))
        # Where a paper's last digit is not that of the same program run again, the latter is right.
        again = case.recomputed_by_metafor381
        printed = case.printed_value
        apart = again is not None and abs(again - (printed or 0)) > case.tolerance["atol"]
        yield case.value(case.statistic or "", ours, again if apart else printed)


def _statistic(case: Case, path: list[str]) -> Any:
    """Our value of what a paper prints, by metafor's name of it."""
    y, v = case.input["yi"], case.input["vi"]
    first, *rest = path
    if first in METHODS:
        adjustment = ADJUSTMENTS[rest[0]] if len(rest) == 2 else "none"
        pooled = _pooled(case, first, adjustment)
        if rest[-1] in ("pi_lb", "pi_ub"):
            return prediction_interval(pooled, df=math.inf)[rest[-1] == "pi_ub"]
        return _printed(pooled)[rest[-1]]
    if first.startswith("Q_profile"):
        pooled = _pooled(case, first.removeprefix("Q_profile_"), "none")
        tau2 = (pooled.tau2, pooled.tau2_low, pooled.tau2_high)[int(rest[1])]
        typical = pooled.tau2 / (pooled.heterogeneity.h2 - 1)
        return {"tau2": tau2, "I2": 100 * tau2 / (tau2 + typical), "H2": 1 + tau2 / typical}[rest[0]]
    if first == "egger_rma":
        return pooling.egger(y, v, spread="additive").statistic
    if first == "begg_rank":
        test = pooling.begg(y, v)
        return {"tau": test.statistic, "pval": test.p_value}[rest[0]]
    tables = _tables(case.input["raw"])
    common = pooling.peto(*tables) if first == "Peto_OR" else pooling.mantel_haenszel(*tables, measure="risk_ratio")
    return {"beta": common.estimate, "ci_lb": common.conf_low, "ci_ub": common.conf_high}[rest[0]]


def _lipsey(case: Case) -> Iterator[Value]:
    y, v, expected = case.input["yi"], case.input["vi"], case.expected
    for method in ("EE", "DL"):
        ours, theirs = _printed(pool(y, v, method=method, adjustment="none")), expected[method]
        for name, key in (("beta", "beta"), ("se", "se"), ("z", "stat"), ("p", "pval")):
            yield case.value(f"{method} {name}", ours[key], theirs[name])
        yield from case.values(f"{method} ci", (ours["ci_lb"], ours["ci_ub"]), theirs["ci"])
        for name, key in (("QE", "QE"), ("QEp", "QEp"), ("tau2", "tau2")):
            if name in theirs:
                yield case.value(f"{method} {name}", ours[key], theirs[name])
    moderators = {name: case.input[name] for name in ("random", "intensity")}
    ours = pooling.meta_regression(y, v, moderators, method="DL", adjustment="none")
    theirs = expected["metareg_DL_random_intensity"]
    yield from case.values("moderators", [term.estimate for term in ours.coefficients], theirs["beta"])
    yield from case.values("moderators se", [term.se for term in ours.coefficients], theirs["se"])
    yield case.value("moderators QM", ours.statistic, theirs["QM"])
    yield case.value("moderators QMp", ours.p_value, theirs["QMp"])
    yield case.value("moderators tau2", ours.heterogeneity.tau2, theirs["tau2"])
    groups = expected["subgroup_FE"]
    for group in (0, 1):
        rows = [i for i, value in enumerate(case.input["random"]) if value == group]
        part = pool([y[i] for i in rows], [v[i] for i in rows], method="EE", adjustment="none")
        theirs = groups[f"random{group}"]
        yield case.value(f"group {group}", part.estimate, theirs["est"])
        yield from case.values(f"group {group} ci", (part.conf_low, part.conf_high), theirs["ci"])
        yield case.value(f"group {group} Q", part.q, theirs["Q"])
    both = pooling.meta_regression(y, v, {"random": case.input["random"]}, method="EE", adjustment="none")
    yield case.value("between groups", both.statistic, groups["QM"])
    yield case.value("between groups p", both.p_value, groups["QMp"])


def _stijnen(case: Case) -> Iterator[Value]:
    a, n1, c, n2 = _tables(_data(case.folder)["nielweise2007_OR"]["raw"])
    expected, events = case.expected, a + c > 0
    sizes = pooling.log_odds_ratios(a[events], n1[events], c[events], n2[events])
    normal = pool(sizes.effects, sizes.variances, adjustment="none")
    theirs = expected["normal_normal_OR_drop00"]
    yield case.value("normal", normal.estimate, theirs["beta"])
    yield case.value("normal se", normal.se, theirs["se"])
    yield case.value("normal tau", math.sqrt(normal.tau2), theirs["tau"])
    yield case.value("normal odds ratio", math.exp(normal.estimate), theirs["OR"])
    limits = math.exp(normal.conf_low), math.exp(normal.conf_high)
    yield from case.values("normal ci", limits, theirs["ci"])
    control = pooling.logits(c, n2)
    logit = pool(control.effects, control.variances, adjustment="none")
    theirs = expected["PLO_control_normal"]
    for name, ours in (("beta", logit.estimate), ("se", logit.se), ("tau2", logit.tau2)):
        yield case.value(f"logits {name}", ours, theirs[name])
    for name, ours in (
        ("conditional_exact_CM_EL", pooling.conditional_normal(a, n1, c, n2)),
        ("conditional_approx_CM_AL", pooling.conditional_normal(a, n1, c, n2, exact=False)),
        ("PLO_control_binomial_normal", pooling.logit_normal(c, n2)),
        ("PLO_treat_binomial_normal", pooling.logit_normal(a, n1)),
    ):
        # Quadrature: the case's own note allows a thousandth.
        printed = {"beta": ours.estimate, "se": ours.se, "tau": math.sqrt(ours.tau2), "tau2": ours.tau2}
        printed["OR"] = math.exp(ours.estimate)
        for field, value in expected[name].items():
            if (name, field) == ("PLO_treat_binomial_normal", "tau2"):
                yield Left(name=f"{name} {field}", reason="0.8253 with 61 and with 121 nodes; theirs has seven")
            elif field in printed:
                yield Value(name=f"{name} {field}", ours=printed[field], theirs=value, rtol=1e-3, atol=6e-5)
            else:
                both = zip((math.exp(ours.conf_low), math.exp(ours.conf_high)), value, strict=True)
                for one, other in both:
                    yield Value(name=f"{name} ci", ours=one, theirs=other, rtol=1e-3, atol=6e-5)


META = {"meta_analysis": meta_analysis, "meta_published": published}
