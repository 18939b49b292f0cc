"""The doc page of methods: each public function of the statistics has its entry, its source and its test."""

import ast
import importlib
import inspect
from functools import cache
from pathlib import Path

import pytest

from views.methods import entries, parts, public_functions, source_of

TESTS = Path(__file__).parent
ENTRIES = {entry.name: entry for entry in entries()}


@cache
def names_in(file):
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_no_public_function_lacks_an_entry_and_none_is_left_of_what_is_gone():
    described = [*ENTRIES, *parts()]
    assert sorted(public_functions()) == sorted(described)


def test_each_public_function_shows_itself_by_example():
    without = []
    for name in public_functions():
        module, _, function = name.rpartition(".")
        if ">>> " not in (inspect.getdoc(getattr(importlib.import_module(f"metrics.{module}"), function)) or ""):
            without.append(name)
    assert without == []


def test_a_part_serves_a_function_that_has_an_entry():
    assert [name for name, whole in parts().items() if whole not in ENTRIES] == []


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_an_entry_says_everything_and_names_a_test_that_exists(name):
    entry = ENTRIES[name]
    for said in (entry.question, entry.assumes, entry.fails, entry.formula, entry.source):
        assert len(said) > 2
    assert entry.question.endswith(("?", "."))
    file, _, test = entry.test.partition("::")
    assert test in names_in(file)


def test_a_source_is_read_from_the_functions_own_docstring():
    assert source_of("proportions.two.risk_difference").startswith("Miettinen and Nurminen (1985)")
    assert source_of("verdicts.undecided") == ""


def test_a_source_is_written_once():
    assert [name for name, entry in ENTRIES.items() if source_of(name) not in ("", entry.source)] == []
