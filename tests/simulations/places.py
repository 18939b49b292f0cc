"""Places that were assigned whole, without any effect: how often one is seen."""

import math

import numpy as np
import pandas as pd

from metrics.changes import difference_in_differences
from metrics.estimates import Estimate
from metrics.least_squares import Correction, fit_clustered
from metrics.trials import adjusted_difference, randomisation_test, wild_cluster_bootstrap
from tests.simulations.rates import Draw, Simulations, simulated

PEOPLE, ICC = 30, 0.05


def trial(rng: np.random.Generator, clusters: int) -> pd.DataFrame:
    """People of villages whose answers correlate, half of the villages addressed, without an effect."""
    village = np.repeat(np.arange(clusters), PEOPLE)
    score = math.sqrt(ICC) * rng.normal(size=clusters)[village] + math.sqrt(1 - ICC) * rng.normal(size=len(village))
    return pd.DataFrame({"village": village, "arm": village % 2, "score": score})


def two_waves(rng: np.random.Generator, clusters: int) -> pd.DataFrame:
    """Two waves of different people in villages that each have their own fortune in each wave."""
    rows = pd.DataFrame({"village": np.repeat(np.arange(clusters), 2 * PEOPLE)})
    rows["after"], rows["arm"] = np.tile(np.repeat([0, 1], PEOPLE), clusters), rows["village"] % 2
    fortune = math.sqrt(ICC) * rng.normal(size=(clusters, 2))
    rows["score"] = fortune[rows["village"], rows["after"]] + rng.normal(size=len(rows)) + 0.3 * rows["after"]
    return rows


def naive_trial(rows: pd.DataFrame) -> bool:
    found = adjusted_difference(rows, outcome="score", arm="arm")
    return bool(found.p_value < 0.05)


def clustered(clusters: int) -> Draw:
    def draw(rng: np.random.Generator) -> tuple[bool, bool] | None:
        rows = trial(rng, clusters)
        ours = adjusted_difference(rows, outcome="score", arm="arm", cluster="village")
        return (ours.p_value < 0.05, naive_trial(rows)) if isinstance(ours, Estimate) else None

    return draw


def against_cr1(clusters: int) -> Draw:
    def draw(rng: np.random.Generator) -> tuple[bool, bool] | None:
        rows = trial(rng, clusters)
        design = np.column_stack([np.ones(len(rows)), rows["arm"]]).astype(float)
        fit = fit_clustered(design, rows["score"].to_numpy(), rows["village"].to_numpy(), correction=Correction.CR1)
        ours = adjusted_difference(rows, outcome="score", arm="arm", cluster="village")
        return bool(ours.p_value < 0.05), bool(abs(fit.coefficients[1] / fit.standard_errors[1]) > 1.959964)

    return draw


def redrawn(clusters: int, *, signs: bool) -> Draw:
    def draw(rng: np.random.Generator) -> tuple[bool, bool] | None:
        rows = trial(rng, clusters)
        test = wild_cluster_bootstrap if signs else randomisation_test
        ours = test(rows, outcome="score", arm="arm", cluster="village", rng=rng)
        return (ours.p_value < 0.05, naive_trial(rows)) if isinstance(ours, Estimate) else None

    return draw


def changes(clusters: int) -> Draw:
    def draw(rng: np.random.Generator) -> tuple[bool, bool] | None:
        rows = two_waves(rng, clusters)
        named = {"outcome": "score", "arm": "arm", "period": "after"}
        ours = difference_in_differences(rows, cluster="village", **named)
        naive = difference_in_differences(rows, **named)
        return (ours.p_value < 0.05, naive.p_value < 0.05) if isinstance(ours, Estimate) else None

    return draw


def cluster_trials(scale: float) -> Simulations:
    people = "people counted one by one"
    for clusters in (6, 10):
        name = f"trial of {clusters} villages (ICC {ICC}), CR2"
        yield simulated(name, clustered(clusters), naive=people, draws=round(4_000 * scale))
        yield simulated(
            name, against_cr1(clusters), naive="CR1 and normal quantiles", draws=round(4_000 * scale), seed=2
        )
    for signs, name in ((True, "wild bootstrap"), (False, "arms drawn again")):
        yield simulated(
            f"trial of 10 villages (ICC {ICC}), {name}",
            redrawn(10, signs=signs),
            naive=people,
            draws=round(1_000 * scale),
        )
    yield simulated(
        f"difference in differences of 8 villages (ICC {ICC})",
        changes(8),
        naive=people,
        draws=round(4_000 * scale),
    )
