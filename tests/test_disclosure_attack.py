"""An attack on what is shown: everything a viewer can see of a survey, put together by linear programming.

The attacker knows the rules. By the standard profile pages show groups, not tables of tables; the strict profile is
made for tables of one, two and three questions at once. No hidden count may be recovered from either.
"""

import itertools
import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from campaigns.privacy import STANDARD, STRICT, Profile, disclose, disclose_share

SHAPE = (2, 4, 2)  # sexes, age bands, answers
VIEWS = [axes for size in range(len(SHAPE) + 1) for axes in itertools.combinations(range(len(SHAPE)), size)]
Counts = NDArray[np.int64]
Bounds = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]  # rows of sums, least, most


def surveyed(seed: int, people: int) -> Counts:
    """People by sex, age and answer; some cells are rare."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(math.prod(SHAPE), 0.7))
    return rng.multinomial(people, shares).reshape(SHAPE)


def seen(cells: Counts, profile: Profile) -> dict[tuple[tuple[int, ...], tuple[int, ...]], int | None]:
    """Every number of every table, as it is shown."""
    shown = {}
    for kept in VIEWS:
        table = cells.sum(axis=tuple(axis for axis in range(cells.ndim) if axis not in kept))
        for place in np.ndindex(table.shape):
            shown[kept, place] = disclose(int(table[place]), profile)
    return shown


def known(shown: dict[tuple[tuple[int, ...], tuple[int, ...]], int | None], profile: Profile) -> Bounds:
    """What each shown number says of the cells that it adds up."""
    rows, least, most = [], [], []
    below, above = profile.base // 2, profile.base - 1 - profile.base // 2
    for (kept, place), value in shown.items():
        row = np.zeros(SHAPE)
        where = [slice(None)] * len(SHAPE)
        for axis, at in zip(kept, place, strict=True):
            where[axis] = slice(at, at + 1)
        row[tuple(where)] = 1
        rows.append(row.ravel())
        if value is None:
            least.append(0 if profile.hides_zero else 1)
            most.append(profile.smallest - 1)
        elif value == 0:
            least.append(0)
            most.append(0)
        else:
            least.append(max(value - below, profile.smallest))
            most.append(value + above)
    return np.array(rows), np.array(least, dtype=float), np.array(most, dtype=float)


def recovered(bounds: Bounds, cell: int) -> int | None:
    """The one count that a cell can be; None where it can be several."""
    rows, least, most = bounds
    ends = []
    for sign in (1, -1):
        wanted = np.zeros(rows.shape[1])
        wanted[cell] = sign
        found = linprog(wanted, A_ub=np.vstack([rows, -rows]), b_ub=np.concatenate([most, -least]), bounds=(0, None))
        assert found.success, "what is shown contradicts itself"
        ends.append(sign * found.fun)
    low, high = math.ceil(ends[0] - 1e-6), math.floor(ends[1] + 1e-6)
    return low if low == high else None


def hidden(cells: Counts, profile: Profile) -> list[int]:
    return [at for at, count in enumerate(cells.ravel().tolist()) if disclose(count, profile) is None]


@pytest.mark.parametrize("people", [40, 120, 400])
@pytest.mark.parametrize("seed", range(4))
def test_the_strict_profile_holds_for_every_table_of_three_questions(seed: int, people: int) -> None:
    cells = surveyed(seed, people)
    bounds = known(seen(cells, STRICT), STRICT)
    found = {cell: recovered(bounds, cell) for cell in hidden(cells, STRICT)}
    assert found
    assert {cell: count for cell, count in found.items() if count is not None} == {}


# What a page shows of a group: people asked, people who answered, and the share whose answer counts.
GROUP = np.array([[1, 1, 1], [0, 1, 1], [0, 0, 1]])  # silent, no, yes


def shown_of(group: Counts) -> Bounds:
    """What a page says of one group by the standard profile; a share hides its count where it is not shown."""
    asked, answered, counted = (int(row @ group) for row in GROUP)
    share = disclose_share(counted, answered, STANDARD) if answered else None
    limits = [_limits(disclose(asked)), _limits(disclose(answered)), (0, answered + 2)]
    if share is not None:
        limits[2] = _limits(disclose(counted))
    least, most = zip(*limits, strict=True)
    return GROUP.astype(float), np.array(least, dtype=float), np.array(most, dtype=float)


def _limits(value: int | None) -> tuple[int, int]:
    if value is None:
        return 1, STANDARD.smallest - 1
    return (0, 0) if value == 0 else (max(value - 2, STANDARD.smallest), value + 2)


@pytest.mark.parametrize("people", [40, 120, 400])
@pytest.mark.parametrize("seed", range(25))
def test_nothing_hidden_of_a_group_is_recovered_from_its_page_even_after_more_people_answer(
    seed: int, people: int
) -> None:
    """Between the two times nobody leaves, and a few people come."""
    rng = np.random.default_rng(seed)
    first = rng.multinomial(people // 4, rng.dirichlet([0.4, 1, 0.4]))
    second = first + rng.multinomial(4, [0.2, 0.4, 0.4])
    one, two = shown_of(first), shown_of(second)
    nothing = np.zeros((3, 3))
    rows = np.vstack([np.hstack([one[0], nothing]), np.hstack([nothing, two[0]]), np.hstack([-np.eye(3), np.eye(3)])])
    least = np.concatenate([one[1], two[1], np.zeros(3)])
    most = np.concatenate([one[2], two[2], np.full(3, float(people))])
    for cell, count in enumerate((*first.tolist(), *second.tolist())):
        if 0 < count < STANDARD.smallest:
            assert recovered((rows, least, most), cell) is None


def test_hiding_small_counts_alone_would_not_have_been_enough() -> None:
    """The attack works: without rounding it recovers most of what is hidden."""
    bare = Profile(smallest=5, base=1)
    cells = surveyed(1, 120)
    bounds = known(seen(cells, bare), bare)
    found = [recovered(bounds, cell) for cell in hidden(cells, bare)]
    assert sum(count is not None for count in found) > len(found) / 2
