"""Compare one family of cases at a time, within each case's stated tolerance."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tests.reference.meta import META
from tests.reference.money import MONEY
from tests.reference.plans import PLANS
from tests.reference.proportions import PROPORTIONS
from tests.reference.proportions_ab import EXPERIMENTS
from tests.reference.ranks import RANKS
from tests.reference.rates import RATES
from tests.reference.regions import REGIONS
from tests.reference.regressions import REGRESSIONS
from tests.reference.samples import SAMPLES
from tests.reference.series import SERIES
from tests.reference.values import Case, Left, NotComputedError, Value

FAMILIES = PROPORTIONS | EXPERIMENTS | RATES | SERIES | REGIONS | REGRESSIONS | MONEY | META | RANKS | PLANS | SAMPLES
INFINITE = {"Inf": math.inf, "-Inf": -math.inf}


@dataclass(slots=True)
class Family:
    """What came of one family."""

    name: str
    cases: int = 0
    values: int = 0
    worst_relative: float = 0.0
    worst_of_tolerance: float = 0.0
    failures: list[str] = field(default_factory=list)
    left: list[tuple[str, Left]] = field(default_factory=list)
    computed: bool = True


def compare(cases: Iterable[Case]) -> list[Family]:
    """Every family among the cases, in their order."""
    families: dict[str, Family] = {}
    for case in cases:
        family = families.setdefault(case.family, Family(case.family, computed=case.family in FAMILIES))
        if not family.computed:
            family.cases += 1
            continue
        values = 0
        try:
            for value in FAMILIES[case.family](case):
                if isinstance(value, Left):
                    family.left.append((case.id, value))
                else:
                    values += _compared(family, case, value)
        except NotComputedError as error:
            family.left.append((case.id, Left(name="", reason=str(error))))
        except Exception as error:  # one case that cannot be computed must not hide the others
            family.failures.append(f"{case.id}: {type(error).__name__}: {error}")
        family.cases += bool(values)
    return list(families.values())


def read_cases(folder: Path) -> Iterator[Case]:
    """The cases in a folder, one in each line of its files."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield Case(folder=folder, **_known(json.loads(line)))


def _known(record: dict[str, Any]) -> dict[str, Any]:
    wanted = {field.name for field in fields(Case)} | {"value"}
    found = {name: record[name] for name in wanted if record.get(name) is not None}
    return {("printed_value" if name == "value" else name): given for name, given in found.items()}


def _compared(family: Family, case: Case, value: Value) -> int:
    """Compare one value; 1 where there was one to compare with."""
    theirs = INFINITE.get(value.theirs, value.theirs) if isinstance(value.theirs, str) else value.theirs
    where = f"{case.id} {value.name}"
    family.values += 1
    if theirs is None or isinstance(theirs, str):  # no number: an infinite or undefined one in R, or a kind
        undefined = value.ours is None or value.ours == theirs or (theirs is None and math.isinf(value.ours))
        if not undefined:
            family.failures.append(f"{where}: {value.ours} instead of {theirs}")
        return 1
    if value.ours is None or not isinstance(value.ours, (int, float)):
        family.failures.append(f"{where}: {value.ours} instead of {theirs}")
        return 1
    if math.isinf(theirs) or math.isinf(value.ours):
        if value.ours != theirs:
            family.failures.append(f"{where}: {value.ours} instead of {theirs}")
        return 1
    difference = abs(value.ours - theirs)
    allowed = value.atol + value.rtol * abs(theirs)
    family.worst_relative = max(family.worst_relative, difference / abs(theirs) if theirs else difference)
    family.worst_of_tolerance = max(family.worst_of_tolerance, difference / allowed if allowed else 0.0)
    if not difference <= allowed:
        family.failures.append(f"{where}: {value.ours!r} instead of {theirs!r} (allowed {allowed:.1e})")
    return 1
