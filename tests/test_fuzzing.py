"""A few hundred damaged files, always the same ones; `python -m tests.fuzzing` reads many more."""

import pytest

from tests.fuzzing.__main__ import damage
from tests.fuzzing.checks import check
from tests.fuzzing.corpus import seeds


@pytest.mark.parametrize("name", seeds())
def test_the_files_that_fuzzing_starts_from_are_read(name: str) -> None:
    check(seeds()[name], name)


def test_damaged_files_are_answered_or_refused() -> None:
    count, faults = damage(60, seed=20_261_126, most=300)
    assert (count, [fault for _, fault in faults]) == (300, [])
