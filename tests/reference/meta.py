"""Cases of meta-analysis, against metafor and published tables."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
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
ADJUSTMENTS = {"knha": "knapp_hartung", "knha_adhoc": "knapp_hartung_modified"}
LABELS = ("method", "test", "terms", "order")


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


def _by_method(case: Case, method: str) -> dict[str, Any]:
    plain = _pooled(case, method, "none")
    ours: dict[str, Any] = _printed(plain)
    if method == "EE":
        return ours
    ours |= _predicted(plain, math.inf)
    for name, adjustment in ADJUSTMENTS.items():
        adjusted = _pooled(case, method, adjustment)
        ours[name] = _printed(adjusted) | _predicted(adjusted, adjusted.df)
    ours["pi_t_k_minus_1"] = plain.prediction_low, plain.prediction_high
    if plain.k > 2:
        ours["pi_riley_k_minus_2"] = prediction_interval(plain, df=plain.k - 2)
    return ours


def _predicted(pooled: Pooled, df: float) -> dict[str, float]:
    return dict(zip(("pi_lb", "pi_ub"), prediction_interval(pooled, df=df), strict=True))


def _profile(case: Case, method: str) -> dict[str, Any]:
    pooled = _pooled(case, method, "none")
    ours = pooled.tau2, pooled.tau2_low, pooled.tau2_high
    profile: dict[str, Any] = {"tau2": ours, "tau": [math.sqrt(value) for value in ours]}
    if pooled.tau2:
        typical = pooled.tau2 / (pooled.heterogeneity.h2 - 1)
        profile["I2"] = [100 * value / (value + typical) for value in ours]
        profile["H2"] = [1 + value / typical for value in ours]
    return profile


def _egger(case: Case, spread: Any) -> dict[str, Any]:
    ours = pooling.egger(case.input["yi"], case.input["vi"], spread=spread)
    return {
        "stat": ours.statistic,
        "pval": ours.p_value,
        "df": ours.df,
        "limit_estimate": ours.limit,
        "limit_ci": (ours.limit_low, ours.limit_high),
    }


def _begg(case: Case) -> dict[str, Any]:
    ours = pooling.begg(case.input["yi"], case.input["vi"])
    return {"tau": ours.statistic, "pval": ours.p_value}


def _filled(case: Case) -> dict[str, Any]:
    ours = pooling.trim_and_fill(case.input["yi"], case.input["vi"])
    ci = ours.pooled.conf_low, ours.pooled.conf_high
    return {"k0": ours.missing, "side": ours.side, "estimate": ours.pooled.estimate, "ci": ci}


def _columns(results: Iterable[Pooled]) -> dict[str, Any]:
    rows = [_printed(one) for one in results]
    names = {"beta": "estimate", "QE": "Q", "QEp": "Qp", "stat": "zval"}
    return {names.get(key, key): [row[key] for row in rows] for key in rows[0]}


def _without_one(case: Case, method: str) -> dict[str, Any]:
    return _columns(pooling.leave_one_out(case.input["yi"], case.input["vi"], method=method, adjustment="none"))


def _one_after_another(case: Case, method: str) -> dict[str, Any]:
    """As metafor prints it, whose first row is the first study alone; `cumulative` begins with two."""
    y, v = case.input["yi"], case.input["vi"]
    order = case.expected[f"cumul_{method}"]["order"]
    rest = _columns(pooling.cumulative(y, v, order=order, method=method, adjustment="none"))
    first = int(np.argsort(order, kind="stable")[0])
    alone = {"estimate": y[first], "se": math.sqrt(v[first]), "tau2": 0.0}
    return {name: [alone.get(name), *values] for name, values in rest.items()}


def _influence(case: Case) -> dict[str, Any]:
    cases = pooling.influence(case.input["yi"], case.input["vi"])
    names = {"rstudent": "residual", "dffits": "dffits", "cook.d": "cooks_distance", "cov.r": "covariance_ratio",
             "hat": "hat"}  # fmt: skip
    ours = {name: [getattr(one, field) for one in cases] for name, field in names.items()}
    return ours | {"weight": [100 * one.weight for one in cases]}


def _shrunken(case: Case) -> dict[str, Any]:
    ours = shrunken(case.input["yi"], case.input["vi"])
    names = {"pred": "estimate", "se": "se", "pi_lb": "conf_low", "pi_ub": "conf_high"}
    return {name: [getattr(one, field) for one in ours] for name, field in names.items()}


def _moderators(case: Case, adjustment: str, given: dict[str, Any]) -> dict[str, Any]:
    mods = {term: case.input["mods"][term] for term in given["terms"] if term != "intercept"}
    ours = pooling.meta_regression(case.input["yi"], case.input["vi"], mods, method="REML", adjustment=adjustment)
    terms, spread = ours.coefficients, ours.heterogeneity
    return {
        "terms": [term.term for term in terms],
        "k": len(case.input["yi"]),
        "beta": [term.estimate for term in terms],
        "se": [term.se for term in terms],
        "stat": [term.estimate / term.se for term in terms],
        "pval": [term.p_value for term in terms],
        "ci_lb": [term.conf_low for term in terms],
        "ci_ub": [term.conf_high for term in terms],
        "tau2": spread.tau2,
        "R2": None if ours.r2 is None else 100 * ours.r2,
        "QM": ours.statistic,
        "QMp": ours.p_value,
        "QE": spread.q,
        "QEp": spread.q_p_value,
        "I2": 100 * spread.i2,
    }


def _tables(raw: dict[str, Any]) -> tuple[Any, Any, Any, Any]:
    a, b, c, d = (np.array(raw[name]) for name in ("ai", "bi", "ci", "di"))
    return a, a + b, c, c + d


def _effects(case: Case, measure: str) -> dict[str, Any]:
    sizes = {"OR": pooling.log_odds_ratios, "RR": pooling.log_risk_ratios, "RD": pooling.risk_differences}
    ours = sizes[measure](*_tables(case.input["raw"]))
    return {"yi": ours.effects, "vi": ours.variances}


def _common(ours: pooling.RareEvents) -> dict[str, Any]:
    return {"beta": ours.estimate, "se": ours.se, "ci_lb": ours.conf_low, "ci_ub": ours.conf_high,
            "pval": ours.p_value, "QE": ours.q}  # fmt: skip


def _mantel_haenszel(case: Case, measure: str) -> dict[str, Any]:
    names = {"OR": "odds_ratio", "RR": "risk_ratio", "RD": "risk_difference"}
    return _common(pooling.mantel_haenszel(*_tables(case.input["raw"]), measure=names[measure]))


def _section(case: Case, name: str) -> dict[str, Any] | None:
    """Our results under metafor's names of one of its results; None for what we do not offer."""
    kind, _, rest = name.partition("_")
    if name in METHODS:
        return _by_method(case, name)
    if name.startswith("Q_profile_"):
        return _profile(case, name.removeprefix("Q_profile_"))
    if name.startswith("metareg_REML_"):
        adjustment = "none" if name.endswith("_z") else ADJUSTMENTS[name.removeprefix("metareg_REML_")]
        return _moderators(case, adjustment, case.expected[name])
    by_name: dict[str, Callable[[], dict[str, Any]]] = {
        "egger_rma": lambda: _egger(case, "additive"),
        "egger_lm": lambda: _egger(case, "multiplicative"),
        "begg_rank": lambda: _begg(case),
        "trimfill_L0": lambda: _filled(case),
        "influence_REML": lambda: _influence(case),
        "blup_REML": lambda: _shrunken(case),
        "Peto_OR": lambda: _common(pooling.peto(*_tables(case.input["raw"]))),
    }
    if name in by_name:
        return by_name[name]()
    by_kind = {"leave1out": _without_one, "cumul": _one_after_another, "escalc": _effects, "MH": _mantel_haenszel}
    return by_kind[kind](case, rest) if kind in by_kind else None


def meta_analysis(case: Case) -> Iterator[Value | Left]:
    for name, theirs in case.expected.items():
        if name == "failsafe_rosenthal":
            reason = "takes hidden studies for studies of no effect; methodologists advise against it"
            yield Left(name="fail-safe N", reason=reason)
        elif name.startswith("Q_profile_") and _search_ended(theirs):
            yield Left(name=name, reason="the other program ended its search at ten times tau², or at 100", count=12)
        elif (ours := _section(case, name)) is None:
            yield Left(name=name, reason="not offered")
        else:
            yield from _beside(case, name, ours, theirs)


def _search_ended(profile: dict[str, Any]) -> bool:
    return any(math.isclose(profile["tau2"][2], end) for end in (100.0, 10 * profile["tau2"][0]))


def _beside(case: Case, name: str, ours: Any, theirs: Any) -> Iterator[Value | Left]:
    """Every number of a result, whose parts may have parts, beside ours."""
    if isinstance(theirs, dict):
        for key, part in theirs.items():
            if key in LABELS or part in (None, []):
                continue
            if key in ours:
                yield from _beside(case, f"{name} {key}", ours[key], part)
            else:
                yield Left(name=f"{name} {key}", reason="not offered")
    elif isinstance(theirs, list):
        if len(theirs) not in (0, len(ours)):
            raise AssertionError(f"{name}: {len(ours)} values instead of {len(theirs)}")
        for i, (one, other) in enumerate(zip(ours, theirs, strict=False)):
            if other is None:
                yield Left(name=f"{name}[{i}]", reason="the other program gives no value")
            else:
                yield from _beside(case, f"{name}[{i}]", one, other)
    elif name.startswith("trimfill") and not isinstance(theirs, str):
        # metafor fits these again with its own threshold of convergence, 1e-5 on tau².
        yield Value(name=name, ours=ours, theirs=theirs, rtol=1e-5, atol=1e-5)
    else:
        yield case.value(name, ours, theirs)


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
        section, *path = (case.statistic or "").split(".")
        ours: Any = _section(replace(case, input=_data(case.folder)[case.dataset or ""]), section)
        for step in path:
            ours = ours[int(step)] if step.isdigit() else ours[step]
        # Where a paper's last digit is not that of the same program run again, the latter is right.
        again = case.recomputed_by_metafor381
        printed = case.printed_value
        apart = again is not None and abs(again - (printed or 0)) > case.tolerance["atol"]
        yield case.value(case.statistic or "", ours, again if apart else printed)


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
