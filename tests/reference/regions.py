"""Cases of synthetic controls, against published tables and a quadratic program."""

from collections.abc import Iterator

import pandas as pd

from metrics.estimates import NotEstimable
from metrics.regions import Model, RegionEffect, synthetic_control
from metrics.regions.weights import mixture
from tests.reference.values import Case, Left, Value


def control(case: Case) -> Iterator[Value | Left]:
    data = pd.read_csv(case.folder / case.input["csv"]).set_index("Year")
    treated, start = case.input["treated"], case.input["first_treated_year"]
    region, donors = data[treated].to_numpy(), data.drop(columns=treated).to_numpy()
    before = int((data.index < start).sum())
    # The average of other states goes another way before 1989: refused as an evaluation, its size seen
    refused = synthetic_control(data, treated=treated, start=start, model=Model.EQUAL)
    assert isinstance(refused, NotEstimable)
    ours = mixture(Model.EQUAL, region, donors, before).effect(before)
    yield case.value("did", ours, case.expected["did"], kind="did")
    yield from case.printed("did", ours, "did")
    models = {"sc_outcomes_only": (Model.PLAIN, "sc"), "sdid": (Model.SYNTHETIC_DIFFERENCES, "sdid")}
    for name, (model, short) in models.items():
        effect = synthetic_control(data, treated=treated, start=start, model=model)
        assert isinstance(effect, RegionEffect), effect
        yield case.value(name, effect.estimate.estimate, case.expected[name], kind=short)
        atol = float(case.published["sc_atol" if short == "sc" else "atol"])
        yield Value(
            name=f"published {short}", ours=effect.estimate.estimate, theirs=case.published[short], rtol=0.0, atol=atol
        )
        if model is Model.PLAIN:
            weights = dict(effect.weights)
            for region, weight in case.expected["sc_weights"].items():
                yield case.value(f"weight of {region}", weights[region], weight, kind="sc")


REGIONS = {"synthetic_control": control}
