"""Cases of shares and counts that vary more than chance, against R, MASS, VGAM and glmmTMB."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr

from metrics.counts import CountFit, beta_binomial, binomial, clustered, negative_binomial, poisson, sandwich
from tests.reference.values import Case, Left, Value


def _design(table: pd.DataFrame, terms: list[str]) -> np.ndarray:
    """R's treatment contrasts, by the names of its coefficients: `tensionM` is 1 where tension is M."""
    columns = []
    for term in terms:
        if term == "(Intercept)":
            columns.append(np.ones(len(table)))
            continue
        variable = next(name for name in sorted(table.columns, key=len, reverse=True) if term.startswith(name))
        columns.append((table[variable].astype(str) == term.removeprefix(variable)).to_numpy(dtype=float))
    return np.column_stack(columns)


def close(name: str, ours: Any, theirs: Any) -> Iterator[Value]:
    """R ends its search at a change of the deviance by 1e-8 and takes its standard errors from the step before."""
    for i, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        yield Value(name=f"{name}[{i}]", ours=float(one), theirs=other, rtol=2e-5, atol=0.0)


def _table(case: Case, name: str, fit: CountFit, theirs: dict[str, Any], *, dispersed: bool) -> Iterator[Value]:
    yield from case.values(f"{name} beta", fit.coefficients, theirs["beta"])
    errors = fit.standard_errors(dispersed=dispersed)
    yield from close(f"{name} se", errors, theirs["se"])
    yield from close(f"{name} statistic", fit.coefficients / errors, theirs["stat"])
    # R takes an infinitesimal p for one minus a probability: nothing below 1e-16 can be compared.
    for i, p in enumerate(theirs["pval"]):
        ours = fit.p_value(i, dispersed=dispersed)
        yield Value(name=f"{name} p[{i}]", ours=ours, theirs=p, rtol=1e-4, atol=1e-16)
    for key in ("deviance", "pearson", "df", "dispersion"):
        if key in theirs:
            yield from close(f"{name} {key}", [getattr(fit, key)], [theirs[key]])


def shares(case: Case) -> Iterator[Value | Left]:
    table, expected = pd.read_csv(case.folder / case.input["csv"]), case.expected
    design = _design(table, expected["binomial"]["terms"])
    events, trials = (table[case.input[name]].to_numpy(dtype=float) for name in ("successes", "trials"))
    fit = binomial(design, events, trials)
    assert fit is not None
    yield from _table(case, "binomial", fit, expected["binomial"], dispersed=False)
    yield from _table(case, "quasi-binomial", fit, expected["quasibinomial"], dispersed=True)
    yield from close("HC0", sandwich(fit), expected["sandwich_HC0"]["se"])
    yield from close("HC1", sandwich(fit, small_sample=True), expected["sandwich_HC1"]["se"])
    for name, small in (("vcovCL_HC0", False), ("vcovCL_HC1", True)):
        if name in expected:
            cluster = pd.factorize(table[expected["vcovCL_HC0"]["cluster"]])[0]
            yield from close(name, clustered(fit, cluster, small_sample=small), expected[name]["se"])
    yield from _spread(case, design, events, trials)
    yield Left(name="olre_glmer", reason="normal effects of rows by quadrature: the beta distribution serves", count=9)


def _spread(case: Case, design: np.ndarray, events: np.ndarray, trials: np.ndarray) -> Iterator[Value | Left]:
    fit, theirs = beta_binomial(design, events, trials), case.expected["betabinomial_glmmTMB"]
    assert fit is not None
    yield from case.values("beta-binomial beta", fit.coefficients, theirs["beta"], kind="betabinomial")
    yield from case.values("beta-binomial se", fit.standard_errors, theirs["se"], kind="betabinomial")
    for i, p in enumerate(theirs["pval"]):
        ours = 2 * ndtr(-abs(fit.coefficients[i] / fit.standard_errors[i]))
        yield Value(name=f"beta-binomial p[{i}]", ours=float(ours), theirs=p, rtol=5e-3, atol=0.0)
    for name, ours in (("phi", fit.size), ("rho", fit.correlation), ("logLik", fit.log_likelihood)):
        yield case.value(f"beta-binomial {name}", ours, theirs[name], kind="betabinomial")
    other = case.expected["betabinomial_VGAM"]
    coefficients = {name: value for name, value in other["coef"].items() if name != "(Intercept):2"}
    yield from case.values("VGAM beta", fit.coefficients, coefficients.values(), kind="betabinomial")
    assert fit.correlation is not None
    logit = float(np.log(fit.correlation / (1 - fit.correlation)))
    yield case.value("VGAM logit rho", logit, other["coef"]["(Intercept):2"], kind="betabinomial")
    yield case.value("VGAM rho", fit.correlation, other["rho"], kind="betabinomial")
    yield case.value("VGAM logLik", fit.log_likelihood, other["logLik"], kind="betabinomial")


def counts(case: Case) -> Iterator[Value | Left]:
    table, expected = pd.read_csv(case.folder / case.input["csv"]), case.expected
    offset = re.search(r"offset\(log\((\w+)\)\)", case.input["formula"])
    if offset:
        table = table[table[offset[1]] > 0]
    exposure = table[offset[1]].to_numpy(dtype=float) if offset else None
    outcome = table[case.input["formula"].split("~")[0].strip()].to_numpy(dtype=float)
    design = _design(table, expected["poisson"]["terms"])
    fit = poisson(design, outcome, exposure)
    assert fit is not None
    yield from _table(case, "Poisson", fit, expected["poisson"], dispersed=False)
    yield from _table(case, "quasi-Poisson", fit, expected["quasipoisson"], dispersed=True)
    yield from close("HC0", sandwich(fit), expected["HC0"])
    if "negbin_glm.nb" not in expected:
        return
    theirs, wide = expected["negbin_glm.nb"], negative_binomial(design, outcome, exposure)
    assert wide is not None
    yield from case.values("NB2 beta", wide.coefficients, theirs["beta"], kind="negbin")
    yield from case.values("NB2 se", wide.standard_errors, theirs["se"], kind="negbin")
    z = wide.coefficients / wide.standard_errors
    yield from case.values("NB2 z", z, theirs["stat"], kind="negbin")
    for i, p in enumerate(theirs["pval"]):
        yield Value(name=f"NB2 p[{i}]", ours=float(2 * ndtr(-abs(z[i]))), theirs=p, rtol=5e-4, atol=1e-16)
    yield case.value("NB2 theta", wide.size, theirs["theta"], kind="negbin")
    yield case.value("NB2 theta se", wide.size_se, theirs["SE_theta"], kind="negbin")
    yield case.value("NB2 twologlik", 2 * wide.log_likelihood, theirs["twologlik"], kind="negbin")


RATES = {"overdispersed_binomial": shares, "overdispersed_counts": counts}
