"""Several studies whose true effects differ: how often the interval holds their average."""

import math

import numpy as np

from metrics.pooling import pool
from tests.simulations.rates import Draw, Simulations, simulated

TAU2, AVERAGE = 0.2, 0.3


def pooled(k: int) -> Draw:
    def draw(rng: np.random.Generator) -> tuple[bool, bool] | None:
        variances = rng.uniform(0.02, 0.3, size=k)
        effects = AVERAGE + math.sqrt(TAU2) * rng.normal(size=k) + np.sqrt(variances) * rng.normal(size=k)
        ours = pool(effects.tolist(), variances.tolist())
        naive = pool(effects.tolist(), variances.tolist(), method="DL", adjustment="none")
        return tuple(each.conf_low <= AVERAGE <= each.conf_high for each in (ours, naive))

    return draw


def coverage(scale: float) -> Simulations:
    for k in (3, 5, 10):
        yield simulated(
            f"{k} studies, true effects with variance {TAU2}: interval holds the average",
            pooled(k),
            naive="DerSimonian and Laird, normal quantiles",
            draws=round(2_000 * scale),
            low=0.93,
            high=1.0,
        )
