"""`python -m tests.simulations [share]`: one line a question, exit code 1 where a share is out of its bounds.

Seeded, so that it prints the same each time. `share` of the draws, 1 by default: 0.1 is a quick look, whose shares
then also move by chance.
"""

import sys
import time

from tests.simulations.days import day_level
from tests.simulations.places import cluster_trials
from tests.simulations.rates import Found
from tests.simulations.studies import coverage


def _line(found: Found) -> str:
    bounds = f"{found.low:.2f} to {found.high:.2f}"
    return (
        f"{found.question:<76}{found.ours:>7.3f}{bounds:>13}{found.naive:>8.3f}  {found.naive_method:<40}"
        f"{found.draws:>6}{found.refused:>8}{'' if found.kept else '  OUT OF BOUNDS'}"
    )


def main(arguments: list[str]) -> int:
    scale = float(arguments[0]) if arguments else 1.0
    started = time.monotonic()
    print(f"{'question':<76}{'ours':>7}{'should be':>13}{'naive':>8}  {'naive method':<40}{'draws':>6}{'refused':>8}")
    out = 0
    for simulate in (day_level, cluster_trials, coverage):
        for found in simulate(scale):
            out += not found.kept
            print(_line(found), flush=True)
    print(f"{out} out of bounds, {time.monotonic() - started:.0f} seconds")
    return 1 if out else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
