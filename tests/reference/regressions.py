"""Cases of trials, clusters and differences in differences, against clubSandwich, estimatr and sandwich."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from metrics.changes import difference_in_differences, placebos_in_space
from metrics.estimates import Estimate, Measure
from metrics.least_squares import Correction, Fit, fit_clustered, fit_independent
from metrics.trials import adjusted_difference, heterogeneity
from metrics.trials.bootstrap import Signs, bootstrapped
from metrics.trials.logistic import fit_logistic
from tests.reference.values import Case, NotComputedError, Value


def _table(case: Case) -> pd.DataFrame:
    return pd.read_csv(case.folder / case.input["csv"])


def _column(table: pd.DataFrame, term: str) -> pd.Series:
    logged = re.fullmatch(r"log\((\w+)\)", term)
    if (logged[1] if logged else term) not in table:
        raise NotComputedError(f"the term {term}")
    return np.log(table[logged[1]]) if logged else table[term]


def _design(table: pd.DataFrame, formula: str) -> tuple[np.ndarray, np.ndarray]:
    """Outcome and design of `y ~ x + log(z) + text + FE(text)`, with R's treatment contrasts."""
    left, right = (side.strip() for side in re.sub(r"\(unweighted\)", "", formula).split("~"))
    columns = [np.ones(len(table))]
    for term in (part.strip() for part in right.split("+")):
        fixed = re.fullmatch(r"FE\((\w+)\)", term)
        values = table[fixed[1]] if fixed else _column(table, term)
        if fixed or not pd.api.types.is_numeric_dtype(values):
            columns += [(values == level).to_numpy(dtype=float) for level in sorted(values.unique())[1:]]
        else:
            columns.append(values.to_numpy(dtype=float))
    return _column(table, left).to_numpy(dtype=float), np.column_stack(columns)


def _robust(case: Case, fit: Fit, name: str, theirs: dict[str, Any], columns: list[int]) -> Iterator[Value]:
    as_list = {key: value if isinstance(value, list) else [value] for key, value in theirs.items()}
    yield from case.values(f"{name} se", fit.standard_errors[columns], as_list["se"])
    if "tstat" in as_list:
        yield from case.values(f"{name} t", (fit.coefficients / fit.standard_errors)[columns], as_list["tstat"])
    df = as_list.get("df_satt", as_list.get("df"))
    if df is not None:
        yield from case.values(f"{name} df", fit.df[columns], df, kind="df")
    p = as_list.get("p_satt", as_list.get("p"))
    if p is not None:
        yield from case.values(f"{name} p", [fit.p_value(column) for column in columns], p)
    if "ci_satt_lb" in as_list:
        limits = np.array([fit.interval(column, case.level) for column in columns])
        yield from case.values(f"{name} low", limits[:, 0], as_list["ci_satt_lb"])
        yield from case.values(f"{name} high", limits[:, 1], as_list["ci_satt_ub"])


def _fits(case: Case, y: np.ndarray, x: np.ndarray, cluster: np.ndarray, columns: list[int]) -> Iterator[Value]:
    beta = case.expected["beta"]
    independent = fit_independent(x, y)
    yield from case.values("beta", independent.coefficients[columns], beta if isinstance(beta, list) else [beta])
    if "HC2" in case.expected:
        hc2 = case.expected["HC2"]
        yield from case.values("HC2", independent.standard_errors[columns], hc2 if isinstance(hc2, list) else [hc2])
    for correction in Correction:
        if correction in case.expected:
            fit = fit_clustered(x, y, cluster, correction=correction)
            yield from _robust(case, fit, correction, case.expected[correction], columns)


def cluster_robust(case: Case) -> Iterator[Value]:
    table = _table(case)
    y, x = _design(table, case.input["formula"])
    yield from _fits(case, y, x, pd.factorize(table[case.input["cluster"]])[0], list(range(x.shape[1])))


def two_way(case: Case) -> Iterator[Value]:
    table = _table(case)
    treated = re.fullmatch(r"(\w+)==(\w+) & (\w+) in \{([\w,]+)\}", case.input.get("treated", ""))
    if treated:
        mine = (table[treated[1]] == treated[2]) & table[treated[3]].isin(treated[4].split(","))
        table = table.assign(treated=mine.astype(int))
    y, x = _design(table, case.input["formula"])
    cluster = pd.factorize(table[case.input["cluster"]])[0]
    yield from _fits(case, y, x, cluster, [1])
    fit = fit_clustered(x, y, cluster)
    yield from case.printed("effect", float(fit.coefficients[1]), "did")
    yield from case.printed("se", float(fit.standard_errors[1]), "se")


def logit(case: Case) -> Iterator[Value]:
    table = _table(case)
    y, x = _design(table, case.input["formula"])
    cluster = pd.factorize(table[case.input["cluster"]])[0]
    for name, correction in (("vcovCL_HC0", Correction.CR0), ("vcovCL_HC1", Correction.CR1S)):
        fit = fit_logistic(x, y, cluster, correction=correction)
        yield from case.values(name, fit.standard_errors, case.expected[name])
    fit = fit_logistic(x, y, cluster)
    yield from case.values("beta", fit.coefficients, case.expected["beta"])
    yield from _robust(case, fit, "CR2", case.expected["CR2"], list(range(x.shape[1])))
    independent = np.linalg.inv(x.T @ (x * _variance(x, fit)[:, None]))
    yield from case.values("se", np.sqrt(np.diag(independent)), case.expected["se"])


def _variance(x: np.ndarray, fit: Fit) -> np.ndarray:
    share = 1 / (1 + np.exp(-x @ fit.coefficients))
    return share * (1 - share)


def wild(case: Case) -> Iterator[Value]:
    table, name = _table(case), case.input["param"]
    y, x = _design(table, case.input["formula"])
    column = 1 + [term.strip() for term in case.input["formula"].split("~")[1].split("+")].index(name)
    ours = bootstrapped(
        x,
        y,
        pd.factorize(table[case.input["cluster"]])[0],
        column,
        measure=Measure.MEAN_DIFFERENCE,
        signs=Signs.RADEMACHER,
        draws=99,
        rng=np.random.default_rng(1),
    )
    yield case.value("t", ours.estimate / ours.se, case.expected["t"])
    yield case.value("p", ours.p_value, case.expected["p_ge"])
    yield case.value("draws", 2**ours.clusters, case.expected["n_draws"])


def by_subgroup(case: Case) -> Iterator[Value]:
    table, theirs = _table(case), case.expected
    for i, rd in enumerate(theirs["cells"]["rd"]):
        low, high = (int(age) for age in theirs["cells"]["age"][i].split("-"))
        cell = table[(table["female"] == theirs["cells"]["female"][i]) & table["age"].between(low, high)]
        ours = adjusted_difference(cell, outcome="y", arm="w")
        yield case.value(f"difference {i}", ours.estimate, rd)
        for arm, key in ((1, "n1"), (0, "n0")):
            yield case.value(f"{key} {i}", int((cell["w"] == arm).sum()), theirs["cells"][key][i])
    given = theirs["interaction"]
    ours = heterogeneity(table, outcome="y", arm="w", modifiers=["female", "age"])
    for name, one in ours.differences.items():
        place = given["terms"].index(f"w:{name}")
        for key, value in (("est", one.estimate), ("se", one.se), ("p", one.p_value)):
            yield case.value(f"{name} {key}", value, given[key][place])
    x = np.column_stack([np.ones(len(table)), table["w"], table["female"], table["age"]])
    x = np.column_stack([x, table["w"] * table["female"], table["w"] * table["age"]]).astype(float)
    fit = fit_independent(x, table["y"].to_numpy(dtype=float))
    yield from case.values("est", fit.coefficients, given["est"])
    yield from case.values("se", fit.standard_errors, given["se"])
    yield from case.values("p", [fit.p_value(i) for i in range(6)], given["p"])


def did(case: Case) -> Iterator[Value]:
    if "FE(" in case.input["formula"]:
        yield from two_way(case)
        return
    table = _table(case)
    crossed = re.match(r"(\w+) ?~ ?(\w+) ?\* ?(\w+)", case.input["formula"])
    if crossed is None:
        raise NotComputedError(case.input["formula"])
    outcome, arm, period = crossed.groups()
    for name, column in (("level", outcome), ("log", f"l{outcome}")):
        if name not in case.expected or column not in table:
            continue
        ours = difference_in_differences(table, outcome=column, arm=arm, period=period)
        theirs = case.expected[name]
        yield case.value(f"{name} effect", ours.estimate, theirs["beta"][-1])
        yield case.value(f"{name} HC2", ours.se, theirs["HC2"][-1])
        yield case.value(f"{name} n", ours.n, theirs["n"])
    level = difference_in_differences(table, outcome=outcome, arm=arm, period=period)
    yield from case.printed("effect", level.estimate, "did")


def placebo_in_space(case: Case) -> Iterator[Value]:
    table = _table(case)  # who and when: the published difference in differences of the same table
    table = table.assign(arm=(table["State"] == "California") * 1, after=(table["Quarter_Num"] > 3) * 1)
    ours = placebos_in_space(table, outcome="Rate", arm="arm", period="after", place="State")
    by_place = dict(ours.by_place)
    for state, theirs in zip(case.expected["states"], case.expected["placebo_did"], strict=True):
        yield case.value(state, by_place[state], theirs)
    yield case.value("p", ours.estimate.p_value, case.expected["rank_p_two_sided"])


def trial(case: Case) -> Iterator[Value]:
    table, given = _table(case), case.input
    covariates = given.get("covariates")
    covariates = [covariates] if isinstance(covariates, str) else covariates or []
    cluster = given.get("cluster")
    options: dict[str, dict[str, Any]] = {
        "dim_HC2": {},
        "ancova_HC2": {"covariates": covariates},
        "lin_HC2": {"covariates": covariates, "interacted": True},
        "cluster_CR2": {"cluster": cluster},
        "cluster_CR2_ancova": {"cluster": cluster, "covariates": covariates},
    }
    for name, chosen in options.items():
        theirs = case.expected.get(name)
        if theirs is None or ("cluster" in chosen and cluster is None):
            continue
        ours = adjusted_difference(table, outcome=given["outcome"], arm=given["treatment"], **chosen)
        assert isinstance(ours, Estimate), ours
        yield case.value(f"{name} estimate", ours.estimate, theirs["est"])
        yield case.value(f"{name} se", ours.se, theirs["se"])
        yield case.value(f"{name} df", ours.df, theirs["df"], kind="df")
        yield case.value(f"{name} p", ours.p_value, theirs["p"])
        if "ci" in theirs:
            yield from case.values(f"{name} ci", (ours.conf_low, ours.conf_high), theirs["ci"])
    if "cluster_stata_ancova" in case.expected:
        theirs = case.expected["cluster_stata_ancova"]
        columns = [np.ones(len(table)), table[given["treatment"]], *(table[name] for name in covariates)]
        label = pd.factorize(table[cluster])[0]
        fit = fit_clustered(
            np.column_stack(columns).astype(float), table[given["outcome"]].to_numpy(dtype=float), label,
            correction=Correction.CR1S,
        )  # fmt: skip
        yield case.value("Stata estimate", float(fit.coefficients[1]), theirs["est"])
        yield case.value("Stata se", float(fit.standard_errors[1]), theirs["se"])


REGRESSIONS = {
    "cluster_robust": cluster_robust,
    "cluster_robust_logit": logit,
    "did": did,
    "did_placebo_in_space": placebo_in_space,
    "did_staggered": two_way,
    "heterogeneity": by_subgroup,
    "rct_effect": trial,
    "wild_cluster_bootstrap": wild,
}
