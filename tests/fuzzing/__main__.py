"""`python -m tests.fuzzing`: damaged files for some minutes, always the same for a seed; leaves with 1 at a fault.

Half of the time files are damaged at random; where `atheris` is installed it has the other half.
"""

import argparse
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzzing.checks import check
from tests.fuzzing.corpus import seeds
from tests.fuzzing.mutations import mutated


def damage(seconds: float, seed: int, *, most: int | None = None) -> tuple[int, list[tuple[bytes, str]]]:
    """How many damaged files were read, and those at which the reader fell over with how."""
    rng = random.Random(seed)  # noqa: S311
    files = seeds()
    names, contents = list(files), list(files.values())
    faults: list[tuple[bytes, str]] = []
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


def main() -> int:
    """Run both kinds."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    guided = importlib.util.find_spec("atheris") is not None
    seconds = 60 * options.minutes / (2 if guided else 1)
    count, faults = damage(seconds, options.seed)
    print(f"{count:,} damaged files in {seconds:.0f} s, seed {options.seed}: {len(faults)} faults")
    for number, (data, fault) in enumerate(faults[:10]):
        path = Path(tempfile.gettempdir()) / f"fault-{options.seed}-{number}"
        path.write_bytes(data)
        print(f"{path}\n{fault}")
    if not guided:
        print("Install atheris for fuzzing that is led by what a file reaches.")
        return bool(faults)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.fuzzing.guided", folder, str(round(seconds)), str(options.seed)]
        done = subprocess.run(command, check=False)
    print(f"led by coverage for {seconds:.0f} s: {'no fault' if done.returncode == 0 else 'a fault, see above'}")
    return bool(faults or done.returncode)


if __name__ == "__main__":
    sys.exit(main())
