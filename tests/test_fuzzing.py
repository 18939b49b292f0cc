"""A few hundred damaged files and generated tables, always the same; `python -m tests.fuzzing` reads many more."""

import pytest

from tests.fuzzing.__main__ import damage
from tests.fuzzing.checks import check
from tests.fuzzing.corpus import seeds
from tests.fuzzing.tables import generate


@pytest.mark.parametrize("name", seeds())
def test_the_files_that_fuzzing_starts_from_are_read(name: str) -> None:
    check(seeds()[name], name)


def test_damaged_files_are_answered_or_refused() -> None:
    count, faults = damage(600, seed=20_261_126, most=200)
    assert (count, [fault for _, fault in faults]) == (200, [])


def test_tables_nobody_made_are_answered_or_refused_and_lose_no_row() -> None:
    count, faults = generate(600, 20_261_126, most=150)
    assert count >= 150
    assert not [fault for _, fault in faults]
