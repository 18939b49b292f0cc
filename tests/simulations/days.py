"""Two equal campaigns compared by day: how often their rates are called different."""

import math

import numpy as np
import pandas as pd

from metrics.estimates import Estimate, Proportion
from metrics.proportions import risk_ratio
from metrics.rates import compare_rates
from tests.simulations.rates import Draw, Simulations, simulated

IMPRESSIONS, RATE = 10_000, 0.01


def campaign(rng: np.random.Generator, days: int, spread: float, shared: np.ndarray, memory: float) -> pd.DataFrame:
    """Daily clicks whose rate has the coefficient of variation `spread`, and a correlation from day to day."""
    shocks = rng.normal(size=days)
    for day in range(1, days):
        shocks[day] = memory * shocks[day - 1] + math.sqrt(1 - memory**2) * shocks[day]
    sigma = math.sqrt(math.log(1 + spread**2))
    rates = RATE * np.exp(sigma * shocks - sigma**2 / 2 + shared)
    return pd.DataFrame({"day": range(days), "numerator": rng.binomial(IMPRESSIONS, rates), "denominator": IMPRESSIONS})


def comparison(days: int, spread: float, *, paired: bool, shared: float = 0.0, memory: float = 0.0) -> Draw:
    def draw(rng: np.random.Generator) -> tuple[bool, bool] | None:
        common = shared * rng.normal(size=days)
        a, b = (campaign(rng, days, spread, common, memory) for _ in range(2))
        ours = compare_rates(a, b, paired=paired)
        totals = (Proportion(int(each["numerator"].sum()), days * IMPRESSIONS) for each in (a, b))
        naive = risk_ratio(*totals)
        if not isinstance(ours, Estimate):
            return None
        return ours.p_value < 0.05, naive.p_value < 0.05

    return draw


def day_level(scale: float) -> Simulations:
    draws = round(4_000 * scale)
    naive = "people counted one by one"
    for spread in (0.15, 0.20, 0.25):
        for paired in (True, False):
            how = "same days" if paired else "different days"
            yield simulated(
                f"14 days, day-to-day spread {spread:.0%}, {how}",
                comparison(14, spread, paired=paired),
                naive=naive,
                draws=draws,
            )
    yield simulated(
        "14 days, spread 15%, days shared by both (20%), same days",
        comparison(14, 0.15, paired=True, shared=0.2),
        naive=naive,
        draws=draws,
    )
    for days in (14, 28):
        yield simulated(
            f"{days} days, spread 20%, each day like the last (0.6), same days",
            comparison(days, 0.20, paired=True, memory=0.6),
            naive=naive,
            draws=round(2_000 * scale),
            low=0.0,
            high=0.12,
        )
