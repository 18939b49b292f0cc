"""`python -m tests.benchmarks NAME`: what imports, statistics and pages cost, beside what is wanted."""

import argparse
import sys
import tempfile
from pathlib import Path

from campaigns.example import load_example
from campaigns.store import open_store
from tests.benchmarks import aggregates, concurrency, crashes, imports, statistics, verdicts
from tests.benchmarks.pages import rerun, starting, viewers, weight

ROWS = {"concurrent": 100_000, "large": 10_000_000}
PAGES = ("start", "weight", "rerun", "viewers")


def main() -> None:
    """Run one benchmark in a temporary folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="name", required=True)
    for name in ("import", "large", "aggregates", "crash", "concurrent"):
        command = commands.add_parser(name)
        command.add_argument("--rows", type=int, default=ROWS.get(name, 1_000_000))
        command.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
        if name == "crash":
            command.add_argument("--kills", type=int, default=50)
    verdict = commands.add_parser("verdicts", help="exits with 1 where a requirement is not met")
    verdict.add_argument("--campaigns", type=int, default=200, help="of each design and true effect")
    verdict.add_argument("--seed", type=int, default=1)
    commands.add_parser("statistics")
    commands.add_parser("start", help="from the command to the first answer")
    for name, what in (("weight", "bytes of a visit"), ("rerun", "processor time of a click")):
        commands.add_parser(name, help=f"{what}, with the example data; exits with 1 where it is more than wanted")
    many = commands.add_parser("viewers", help="waiting times of many at once; exits with 1 where they are too long")
    many.add_argument("--people", type=int, default=50)
    many.add_argument("--think", type=float, default=5.0, help="seconds between two clicks of one person")
    many.add_argument("--mixed", action="store_true", help="open campaigns too, not only filter the results")
    options = parser.parse_args()
    if options.name == "statistics":
        statistics.measure()
        return
    if options.name == "verdicts":
        sys.exit(not verdicts.measure(options.campaigns, seed=options.seed))
    with tempfile.TemporaryDirectory(dir=getattr(options, "folder", None)) as folder:
        if options.name in PAGES:
            sys.exit(not of_pages(options, Path(folder)))
        of_rows(options, Path(folder))


def of_rows(options: argparse.Namespace, folder: Path) -> None:
    """Benchmarks of imports and queries."""
    match options.name:
        case "import":
            imports.measure(folder, rows=options.rows)
        case "large":
            imports.measure_large(folder, rows=options.rows)
        case "aggregates":
            aggregates.measure(folder, rows=options.rows)
        case "crash":
            crashes.measure(folder, rows=options.rows, kills=options.kills)
        case "concurrent":
            concurrency.measure(folder, rows=options.rows)


def of_pages(options: argparse.Namespace, folder: Path) -> bool:
    """Benchmarks of the pages; whether what is wanted was met."""
    if options.name == "start":
        return starting.measure(folder)
    with open_store(folder) as store:
        load_example(store)
    if options.name == "viewers":
        return viewers.measure(folder, people=options.people, think=options.think, mixed=options.mixed)
    return {"weight": weight, "rerun": rerun}[options.name].measure(folder)


if __name__ == "__main__":
    main()
