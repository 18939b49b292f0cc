"""How long statistics take, beside statsmodels one at a time where it has the same."""

import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import confint_proportions_2indep

from metrics.estimates import Proportion
from metrics.proportions import Comparisons, risk_difference, risk_differences, risk_ratios
from metrics.rates import compare_rates
from metrics.regions import synthetic_control
from metrics.series import forecast_effect, interrupted_series

PAIRS = 1000


def measure() -> None:
    """Print milliseconds, the least of several runs, and what was wanted."""
    rng = np.random.default_rng(2026)
    totals = rng.integers(50, 50_000, (2, PAIRS))
    shares = rng.uniform(0.001, 0.6, PAIRS)
    events = rng.binomial(totals, shares)
    print(f"{PAIRS:,} comparisons of two shares")
    _many(events, totals)
    print("one call")
    _single(rng)


def _many(events: np.ndarray, totals: np.ndarray) -> None:
    counts = events[0], totals[0], events[1], totals[1]
    columns = list(zip(*(column.tolist() for column in counts), strict=True))

    def theirs(compare: str, *, correction: bool) -> list[tuple[float, float]]:
        found = []
        for pair in columns:
            try:
                found.append(confint_proportions_2indep(*pair, method="score", compare=compare, correction=correction))
            except ValueError:  # its search has no bracket
                found.append((np.nan, np.nan))
        return found

    alone = [risk_difference(Proportion(a, m), Proportion(b, n)) for a, m, b, n in columns]
    for name, many, compare, correction in (
        ("difference, Miettinen-Nurminen", risk_differences, "diff", True),
        ("ratio, Koopman", risk_ratios, "ratio", False),
    ):
        ours = best(lambda many=many: many(*counts), runs=7)
        _line(name, ours, "20")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            start = time.perf_counter()
            limits = theirs(compare, correction=correction)
            other = 1000 * (time.perf_counter() - start)
        _line("  statsmodels one by one", other)
        print(f"  statsmodels / ours: {other / ours:.0f} times (wanted: 15)")
        _furthest("  apart from statsmodels", many(*counts), limits)
    _furthest("difference apart from one by one", risk_differences(*counts), [(e.conf_low, e.conf_high) for e in alone])
    print(
        "  (statsmodels 0.15 has events in place of people in one coefficient of its cubic for a difference: its shares"
    )
    print("  are not the likeliest. What one by one gives equals R's ratesci and published tables.)")


def _furthest(name: str, ours: Comparisons, theirs: list[tuple[float, float]]) -> None:
    limits = np.array(theirs, dtype=float).T
    own = np.array([ours.conf_low, ours.conf_high])
    known = np.isfinite(limits) & np.isfinite(own)
    apart = (np.abs(own - limits) / np.maximum(1.0, np.abs(own)))[known]
    print(f"{name}: at most {apart.max():.1e}, half of them {np.median(apart):.1e} ({known.sum():,} limits)")


def _single(rng: np.random.Generator) -> None:
    t = np.arange(60)
    months = pd.DataFrame({"period": t, "y": 20 + 0.1 * t + rng.normal(size=60), "control": rng.normal(size=60)})
    months["calls"] = rng.poisson(np.exp(3 + 0.01 * t))
    _line("interrupted series, 60 months", best(lambda: interrupted_series(months, outcome="y", start=40)), "50")
    seasonal = best(lambda: interrupted_series(months, outcome="y", start=40, season=12, harmonics=2))
    _line("  with a season", seasonal, "50")
    counted = best(lambda: interrupted_series(months, outcome="calls", start=40, counts=True))
    _line("  of counts", counted, "50")
    foretold = best(lambda: forecast_effect(months, outcome="y", controls=["control"], start=40))
    _line("forecast from a control, 60 months", foretold, "50")
    regions = pd.DataFrame(50 + np.cumsum(rng.normal(size=36))[:, None] + rng.normal(size=(36, 30)))
    _line("synthetic control, 30 regions", best(lambda: synthetic_control(regions, treated=0, start=24)))
    few = regions[list(range(10))]
    _line("  10 regions, by time", best(lambda: synthetic_control(few, treated=0, start=24)))
    days = [pd.DataFrame({"day": range(28), "numerator": rng.poisson(90, 28), "denominator": 9000}) for _ in "ab"]
    _line("two campaigns, 28 days", best(lambda: compare_rates(*days, paired=True)))


def best(work: Callable[[], object], *, runs: int = 5) -> float:
    """Milliseconds of the quickest of `runs`."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return 1000 * min(found)


def _line(name: str, milliseconds: float, wanted: str = "") -> None:
    print(f"{name:<36}{milliseconds:>10.1f} ms{f'  (wanted: {wanted})' if wanted else ''}")
