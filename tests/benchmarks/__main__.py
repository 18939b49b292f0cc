"""`python -m tests.benchmarks import | large | aggregates | crash | concurrent | verdicts | statistics`."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import aggregates, concurrency, crashes, imports, statistics, verdicts

ROWS = {"concurrent": 100_000, "large": 10_000_000}


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
    options = parser.parse_args()
    if options.name == "statistics":
        statistics.measure()
        return
    if options.name == "verdicts":
        sys.exit(not verdicts.measure(options.campaigns, seed=options.seed))
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        match options.name:
            case "import":
                imports.measure(Path(folder), rows=options.rows)
            case "large":
                imports.measure_large(Path(folder), rows=options.rows)
            case "aggregates":
                aggregates.measure(Path(folder), rows=options.rows)
            case "crash":
                crashes.measure(Path(folder), rows=options.rows, kills=options.kills)
            case "concurrent":
                concurrency.measure(Path(folder), rows=options.rows)


if __name__ == "__main__":
    main()
