"""Files of statisticians (SPSS `.sav` and `.zsav`, Stata `.dta`): read in a child process with limits."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from campaigns.problems import Problem, Severity
from campaigns.surveys.statistics_program import TOO_LARGE

SECONDS = 60
PROGRAM = Path(__file__).with_name("statistics_program.py")
_SPSS = (b"$FL2", b"$FL3")
_STATA = b"<stata_dta>"
_OLD_STATA = range(104, 116)  # releases of files before they began with words


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One column: its name, what it was labelled, its cells, and the code that stands for each label."""

    name: str
    label: str
    cells: list[str]
    codes: dict[str, str]


def kind_of(data: bytes) -> str | None:
    """Whether a file is of SPSS (sav) or Stata (dta), by its first bytes."""
    if data.startswith(_SPSS):
        return "sav"
    old = len(data) > 4 and data[0] in _OLD_STATA and data[1] in (1, 2) and data[2] == 1 and data[3] == 0
    return "dta" if old or data.startswith(_STATA) else None


def read_variables(data: bytes, kind: str) -> tuple[list[Variable], tuple[Problem, ...]]:
    """The columns of a file, or none and the reason why it cannot be read."""
    try:
        child = subprocess.run(  # noqa: S603 our own program, no shell
            [sys.executable, "-I", str(PROGRAM), kind], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return [], (Problem("statistics_too_large", Severity.ERROR),)
    if child.returncode != 0:
        # A damaged file can claim any length, so that what was killed for it may not be large at all.
        large = child.returncode == TOO_LARGE
        return [], (Problem("statistics_too_large" if large else "statistics_not_readable", Severity.ERROR),)
    variables = [Variable(**json.loads(line)) for line in child.stdout.splitlines()]
    if not variables or not variables[0].cells:
        return variables, (Problem("empty_export", Severity.WARNING),)
    return variables, ()
