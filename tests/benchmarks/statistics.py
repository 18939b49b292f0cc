"""How long statistics take, beside statsmodels one at a time where it has the same."""

import shutil
import subprocess
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import confint_proportions_2indep

from metrics.estimates import Proportion
from metrics.pooling import leave_one_out, log_risk_ratios, pool
from metrics.proportions import Comparisons, risk_difference, risk_differences, risk_ratios
from metrics.rates import compare_rates
from metrics.regions import synthetic_control
from metrics.series import forecast_effect, interrupted_series
from metrics.trials import adjusted_difference

PAIRS = 1000
# Events and people with the vaccine and without it in 13 trials: Colditz et al. (1994), JAMA 271:698-702, table 1.
VACCINE = ([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27], [123, 306, 231, 13598, 5069, 1541, 2545, 88391, 7499,
           1716, 50634, 2498, 16913])  # fmt: skip
CONTROL = ([11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29], [139, 303, 220, 12867, 5808, 1451, 629, 88391, 7277,
           1665, 27338, 2341, 17854])  # fmt: skip
METAFOR = """
suppressMessages(library(metafor))
d <- escalc(measure="RR", ai=a, n1i=m, ci=b, n2i=n, data=data.frame(a=c({0}), m=c({1}), b=c({2}), n=c({3})))
once <- function() {{ f <- rma(yi, vi, data=d, test="knha"); predict(f); confint(f) }}
once(); f <- rma(yi, vi, data=d, test="knha"); leave1out(f)
cat(min(replicate(20, system.time(for (i in 1:10) once())[["elapsed"]])) * 100,
    min(replicate(10, system.time(leave1out(f))[["elapsed"]])) * 1000)
"""


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
    _pooling()
    people = pd.DataFrame({"village": np.repeat(np.arange(48), 17)})
    people["arm"] = people["village"] % 2
    people["knows"] = rng.binomial(1, 0.3 + 0.1 * people["arm"])
    trial = best(lambda: adjusted_difference(people, outcome="knows", arm="arm", cluster="village"))
    _line("cluster trial (CR2), 816 people, 48", trial, "10")
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


def _pooling() -> None:
    sizes = log_risk_ratios(*VACCINE, *CONTROL)
    theirs = _metafor()
    _line("13 trials, prediction and Q profile", best(lambda: pool(sizes.effects, sizes.variances), runs=50), "1.5")
    if theirs:
        _line("  metafor", theirs[0])
    left_out = best(lambda: leave_one_out(sizes.effects, sizes.variances), runs=20)
    _line("13 trials, each left out", left_out, "5")
    if theirs:
        _line("  metafor", theirs[1])


def _metafor() -> list[float]:
    """Milliseconds that R's metafor takes for both; nothing where it is not installed."""
    if shutil.which("Rscript") is None:
        return []
    columns = (",".join(map(str, column)) for column in (*VACCINE, *CONTROL))
    command = ["Rscript", "--vanilla", "-e", METAFOR.format(*columns)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [float(part) for part in done.stdout.split()[-2:]] if done.returncode == 0 else []


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
