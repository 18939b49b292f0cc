"""Every statistic gives what R, other programs and printed tables give for the same numbers."""

import os
from itertools import groupby
from pathlib import Path

import pytest

from tests.reference.__main__ import CASES, main
from tests.reference.comparing import compare, read_cases
from tests.reference.values import Case

FAMILIES = {
    family: list(cases)
    for family, cases in groupby(
        sorted(read_cases(Path(os.environ.get("REFERENCE_CASES") or CASES)), key=lambda case: case.family),
        key=lambda case: case.family,
    )
}


@pytest.mark.parametrize("cases", FAMILIES.values(), ids=FAMILIES)
def test_a_statistic_equals_its_reference_results(cases: list[Case]) -> None:
    (family,) = compare(cases)
    assert family.computed
    assert family.values or family.left
    assert family.failures == []


def test_a_folder_without_cases_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFERENCE_CASES", str(tmp_path))
    assert main() == 2


def test_a_wrong_value_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = (CASES / "sensitivity.jsonl").read_text("utf-8")
    changed = right.replace("1.8090169943749475", "1.8090169")
    assert changed != right
    (tmp_path / "cases.jsonl").write_text(changed, "utf-8")
    monkeypatch.setenv("REFERENCE_CASES", str(tmp_path))
    assert main() == 1
