"""Fuzzing led by which lines of the reader a file reaches, for as long as it is told; needs `atheris`."""

import sys

import atheris

with atheris.instrument_imports(include=["campaigns"]):
    from tests.fuzzing.checks import check
from tests.fuzzing.corpus import seeds


def one(data: bytes) -> None:
    """Check one file; its first byte chooses the name."""
    check(data[1:], ("export.csv", "Reach.xlsx", "2026-03-01_2026-03-31.zip", "")[data[0] % 4 if data else 0])


def main(folder: str, seconds: str, seed: str) -> None:
    """Fuzz from the corpus in a folder."""
    for number, data in enumerate(seeds().values()):
        with open(f"{folder}/{number}", "wb") as file:  # noqa: PTH123
            file.write(b"\0" + data)
    atheris.Setup([sys.argv[0], folder, f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=20000"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
