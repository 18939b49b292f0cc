"""`python -m tests.fuzzing`: files nobody would send, always the same for a seed; leaves with 1 at a fault.

A third of the time files are damaged at random, a third tables are made by Hypothesis, and a third files are led by
what they reach in the reader; where `atheris` is not installed the first two have its time.
"""

import argparse
import importlib.util
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzzing.checks import check
from tests.fuzzing.corpus import seeds
from tests.fuzzing.mutations import Faults, mutated
from tests.fuzzing.tables import generate

SHOWN = 10
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def damage(seconds: float, seed: int, *, most: int | None = None) -> tuple[int, Faults]:
    """How many damaged files were read, and those at which the reader fell over with how."""
    rng = random.Random(seed)  # noqa: S311
    files = seeds()
    names, contents = list(files), list(files.values())
    faults: Faults = []
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end and (most is None or count < most):
        name = rng.choice(names)
        data = mutated(rng, files[name], contents)
        count += 1
        try:
            check(data, name)
        except Exception:
            faults.append((data, traceback.format_exc()))
    return count, faults


def led(seconds: float, seed: int) -> tuple[int, Faults]:
    """How many files were led by coverage, and the one at which the reader fell over, where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.fuzzing.guided", folder, str(round(seconds)), str(seed)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
        found = [path.read_bytes() for path in Path(folder).glob("fault-*")]
    executed = _EXECUTED.search(done.stderr)
    failed = done.returncode != 0
    return int(executed[1]) if executed else 0, [(b"".join(found), done.stdout + done.stderr)] if failed else []


def main() -> int:
    """Run every kind, and say how many files there were."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    kinds = {"damaged files": damage, "generated tables": generate, "files led by coverage": led}
    if importlib.util.find_spec("atheris") is None:
        del kinds["files led by coverage"]
        print("Install atheris (the group `fuzz`) for files that are led by what they reach.")
    seconds = 60 * options.minutes / len(kinds)
    total = failed = 0
    for kind, run in kinds.items():
        count, faults = run(seconds, options.seed)
        total, failed = total + count, failed + len(faults)
        print(f"{count:,} {kind} in {seconds:.0f} s, seed {options.seed}: {len(faults)} faults", flush=True)
        for number, (data, fault) in enumerate(faults[:SHOWN]):
            path = Path(tempfile.gettempdir()) / f"fault-{kind.split()[0]}-{options.seed}-{number}"
            path.write_bytes(data)
            print(f"{path}\n{fault}", flush=True)
    print(f"{total:,} inputs, {failed} faults")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
