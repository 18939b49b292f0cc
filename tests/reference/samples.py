"""Cases of drawn samples, against survey in R."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from metrics.samples import Sample, association, design_effect, fit_sample, mean, sample_difference, share, total
from tests.reference.values import Case, Left, Value


def survey_design(case: Case) -> Iterator[Value | Left]:
    given, theirs = case.input, case.expected
    table = pd.read_csv(case.folder / given["csv"])
    design = {"weights": given["weights"], "stratum": given["strata"], "population": given["fpc"]}
    sample = Sample.of(table, **design)
    score = table["api00"].to_numpy(dtype=float)
    ours = mean(sample, score)
    yield from case.values("mean", (ours.estimate, ours.se), theirs["mean_api00"])
    yield case.value("design effect", design_effect(sample, score), theirs["deff_api00"])
    pupils = total(sample, table["enroll"].to_numpy(dtype=float))
    yield from case.values("total", (pupils.estimate, pupils.se), theirs["total_enroll"])
    for i, name in enumerate(("No", "Yes")):
        part = share(sample, (table["sch.wide"] == name).to_numpy(dtype=float))
        yield case.value(f"share {name}", part.estimate, theirs["prop_schwide"]["mean"][i])
        yield case.value(f"share {name} se", part.se, theirs["prop_schwide"]["se"][i])
    names = {"asin": "arcsine", "xlogit": "logit"}
    met = (table["sch.wide"] == "Yes").to_numpy(dtype=float)
    for name, limits in theirs["prop_ci"].items():
        part = share(sample, met, interval=names.get(name, name))
        rtol = 1e-5 if name == "likelihood" else case.tolerance["rtol"]  # R interpolates the likelihood's profile
        for what, one, other in zip(
            ("estimate", "low", "high"), (part.estimate, part.conf_low, part.conf_high), limits, strict=True
        ):
            yield Value(name=f"share by {name} {what}", ours=one, theirs=other, rtol=rtol, atol=0.0)
    x = np.column_stack([np.ones(len(table)), *(table[name] for name in ("ell", "meals", "mobility"))]).astype(float)
    for name, y in (("svyglm", score), ("svylogit", met)):
        terms = len(theirs[name]["beta"])
        fit = fit_sample(sample, x[:, :terms], y, logistic=name == "svylogit")
        yield from case.values(f"{name} beta", fit.coefficients, theirs[name]["beta"])
        yield from case.values(f"{name} se", fit.standard_errors, theirs[name]["se"])
    for i, kind in enumerate(theirs["by_stype"]["stype"]):
        among = mean(sample, score, among=(table["stype"] == kind).to_numpy(dtype=float))
        yield case.value(f"mean of {kind}", among.estimate, theirs["by_stype"]["mean"][i])
        yield case.value(f"mean of {kind} se", among.se, theirs["by_stype"]["se"][i])
    groups = table.assign(met=met)
    for column in ("comp.imp", "awards", "met"):
        if column in groups:
            change = sample_difference(groups, outcome="api00", group=column, **design)
            yield case.value("difference", change.estimate, theirs["ttest"]["diff"])
            yield case.value("difference t", change.estimate / change.se, theirs["ttest"]["t"])
            yield case.value("difference df", change.df, theirs["ttest"]["df"])
            yield case.value("difference p", change.p_value, theirs["ttest"]["p"])
    statistic, ndf, ddf, p = association(sample, pd.factorize(table["stype"])[0], met.astype(int))
    for name, ours in (("F", statistic), ("ndf", ndf), ("ddf", ddf), ("p", p)):
        yield case.value(f"Rao-Scott {name}", ours, theirs["raoscott_F"][name])


SAMPLES = {"survey_design": survey_design}
