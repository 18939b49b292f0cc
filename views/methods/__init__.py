"""What an evaluator must know of each public function of `metrics`: kept beside the function's own docstring.

Question, assumptions, limits and formula stand in the TOML files of this folder; the source is the one that the
function's docstring names, so that it is written once. `tests/test_methods.py` holds the two together.
"""

import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import metrics
from views.wording.language import msgid

FOLDER = Path(__file__).parent
FAMILIES: dict[str, str] = {
    "comparing": msgid("Two groups, and several results at once"),
    "trials": msgid("Where chance decided"),
    "time_and_place": msgid("Over time and between places"),
    "together": msgid("Several campaigns together"),
    "deciding": msgid("Plans, costs, audiences and verdicts"),
}
PACKAGE = "metrics."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One function: `name` without the package, what it answers, when it may be believed, and what checks it."""

    name: str
    family: str
    question: str
    assumes: str
    fails: str
    formula: str
    source: str
    test: str


@cache
def entries() -> tuple[Entry, ...]:
    """All of them, by family."""
    return tuple(
        Entry(name=name, family=family, **{"source": source_of(name), **fields})
        for family in FAMILIES
        for name, fields in _read(family).items()
    )


@cache
def parts() -> Mapping[str, str]:
    """Functions that only serve another one, with the name of that one."""
    return {part: str(whole) for part, whole in _read("parts").items()}


def public_functions() -> Iterator[str]:
    """Every function that a module of `metrics` offers to others, without the name of the package."""
    for found in pkgutil.walk_packages(metrics.__path__, PACKAGE):
        if found.ispkg or found.name.endswith("__main__"):
            continue
        for name, function in inspect.getmembers(importlib.import_module(found.name), inspect.isfunction):
            if not name.startswith("_") and function.__module__ == found.name:
                yield f"{found.name}.{name}".removeprefix(PACKAGE)


def source_of(name: str) -> str:
    """What the function's docstring gives as its references; empty where it gives none."""
    module, _, function = name.rpartition(".")
    docstring = inspect.getdoc(getattr(importlib.import_module(PACKAGE + module), function)) or ""
    found = re.search(r"^References\n-+\n(.*?)(?=\n\n\w+\n-+\n|\n\n>>> |\Z)", docstring, re.DOTALL | re.MULTILINE)
    return " ".join(found.group(1).split()) if found else ""


def _read(family: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{family}.toml").read_text(encoding="utf-8"))
