"""Fuzzing led by which lines of the reader a file reaches, for as long as it is told; needs `atheris`."""

import sys

import atheris

with atheris.instrument_imports(include=["campaigns"]):
    from tests.fuzzing.checks import check
from tests.fuzzing.corpus import seeds

NAMES = ("export.csv", "Reach.xlsx", "2026-03-01_2026-03-31.zip", "")


def one(data: bytes) -> None:
    """Check one file; its first byte chooses the name."""
    check(data[1:], NAMES[data[0] % len(NAMES)] if data else "")


def main(folder: str, seconds: str, seed: str) -> None:
    """Fuzz from the corpus in a folder, and leave there the file at which the reader falls over."""
    for number, data in enumerate(seeds().values()):
        with open(f"{folder}/{number}", "wb") as file:  # noqa: PTH123
            file.write(b"\0" + data)
    options = [f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=20000", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], folder, *options, f"-artifact_prefix={folder}/fault-"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
