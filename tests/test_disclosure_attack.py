"""An attack on what is shown: everything a viewer can see of a survey, put together by linear programming.

The attacker knows the rules. By the standard profile pages show groups, not tables of tables; the strict profile is
made for tables of one, two and three questions at once. No hidden count may be recovered from either, nor from two
editions of one table between which people were added. That crossed tables cannot be shown by the standard profile is
tested with the rule itself; here is why, and that only one module of the views decides.
"""

import ast
import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from campaigns.privacy import STANDARD, STRICT, Profile, disclose, disclose_share
from views.wording.disclosing import shown_table

SHAPE = (2, 4, 2)  # sexes, age bands, answers
Counts = NDArray[np.int64]
Bounds = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]  # rows of sums, least, most


def surveyed(seed: int, people: int, shape: tuple[int, ...] = SHAPE) -> Counts:
    """People by sex, age and answer; some cells are rare."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(math.prod(shape), 0.7))
    return rng.multinomial(people, shares).reshape(shape)


def seen(cells: Counts, profile: Profile) -> dict[tuple[tuple[int, ...], tuple[int, ...]], int | None]:
    """Every number of every table, as the profile shows it whether it may be used for such tables or not."""
    shown = {}
    for kept in (axes for size in range(cells.ndim + 1) for axes in itertools.combinations(range(cells.ndim), size)):
        table = cells.sum(axis=tuple(axis for axis in range(cells.ndim) if axis not in kept))
        for place in np.ndindex(table.shape):
            shown[kept, place] = disclose(int(table[place]), profile, by=())
    return shown


def known(
    shown: dict[tuple[tuple[int, ...], tuple[int, ...]], int | None], profile: Profile, shape: tuple[int, ...] = SHAPE
) -> Bounds:
    """What each shown number says of the cells that it adds up."""
    rows, least, most = [], [], []
    below, above = profile.base // 2, profile.base - 1 - profile.base // 2
    for (kept, place), value in shown.items():
        row = np.zeros(shape)
        where = [slice(None)] * len(shape)
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
    return [at for at, count in enumerate(cells.ravel().tolist()) if disclose(count, profile, by=()) is None]


@pytest.mark.parametrize("people", [40, 120, 400])
@pytest.mark.parametrize("seed", range(4))
def test_the_strict_profile_holds_for_every_table_of_three_questions(seed: int, people: int) -> None:
    cells = surveyed(seed, people)
    bounds = known(seen(cells, STRICT), STRICT)
    found = {cell: recovered(bounds, cell) for cell in hidden(cells, STRICT)}
    assert found
    assert {cell: count for cell, count in found.items() if count is not None} == {}


@pytest.mark.parametrize("people", [40, 120, 400])
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_recovered_from_two_editions_of_tables_of_three_questions(seed: int, people: int) -> None:
    """Between the two nobody leaves, and a twentieth as many people come."""
    first = surveyed(seed, people)
    second = first + np.random.default_rng(seed + 1).multinomial(people // 20, np.full(16, 1 / 16)).reshape(SHAPE)
    bounds = both(known(seen(first, STRICT), STRICT), known(seen(second, STRICT), STRICT), people)
    later = [cell + first.size for cell in hidden(second, STRICT)]
    assert [cell for cell in (*hidden(first, STRICT), *later) if recovered(bounds, cell) is not None] == []


@pytest.mark.parametrize("people", [40, 120, 400])
def test_the_standard_profile_holds_for_one_breakdown_in_two_editions(people: int) -> None:
    looked_at = 0
    for seed in range(8):
        first = surveyed(seed, people, (7,))  # age bands
        second = first + np.random.default_rng(seed + 1).multinomial(people // 20, np.full(7, 1 / 7))
        bounds = both(*(known(seen(cells, STANDARD), STANDARD, (7,)) for cells in (first, second)), people)
        cells = [*hidden(first, STANDARD), *(cell + first.size for cell in hidden(second, STANDARD))]
        assert [cell for cell in cells if recovered(bounds, cell) is not None] == []
        looked_at += len(cells)
    assert looked_at


def test_the_standard_profile_would_not_hold_for_crossed_tables() -> None:
    """So the rule that refuses it there is needed: of some surveys a hidden cell could be told exactly."""
    told = 0
    for seed, people in itertools.product(range(8), (40, 120, 400)):
        cells = surveyed(seed, people)
        bounds = known(seen(cells, STANDARD), STANDARD)
        told += sum(recovered(bounds, cell) is not None for cell in hidden(cells, STANDARD))
    assert told > 0


def both(one: Bounds, two: Bounds, people: int) -> Bounds:
    """What two editions say together, when no count can have become smaller."""
    size = one[0].shape[1]
    apart, grown = np.zeros((len(one[0]), size)), np.hstack([-np.eye(size), np.eye(size)])
    rows = np.vstack([np.hstack([one[0], apart]), np.hstack([apart[: len(two[0])], two[0]]), grown])
    least = np.concatenate([one[1], two[1], np.zeros(size)])
    return rows, least, np.concatenate([one[2], two[2], np.full(size, float(people))])


VIEWS = Path(__file__).parents[1] / "views"


# Where it is decided what is shown of people: of a study's own groups, and of those who were reached.
DECIDING = {"wording/disclosing.py", "reaching/protecting.py", "reaching/gathering.py"}


def test_only_a_few_modules_of_the_views_decide_what_is_shown_of_people() -> None:
    """Whatever else wants to show people has to ask them; each says `by` what people are told apart, or fails."""
    deciding = {"disclose", "disclose_mean", "disclose_share", "disclose_table", "profile_for"}
    found = {
        path.relative_to(VIEWS).as_posix()
        for path in VIEWS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("campaigns.privacy")
        if deciding & {name.name for name in node.names}
    }
    assert found <= DECIDING
    with pytest.raises(TypeError, match="by"):
        disclose(90)  # type: ignore[call-arg]


def test_what_the_views_show_of_crossed_tables_is_by_the_strict_profile() -> None:
    cells = {("F", "18-24"): 9, ("M", "18-24"): 14}
    assert shown_table(cells, by=["sex", "age"]) == {("F", "18-24"): None, ("M", "18-24"): 10}
    assert shown_table({("F",): 9}, by=["sex"]) == {("F",): 10}
    assert shown_table(cells, None, by=["sex", "age"]) == cells  # an evaluator of the organisation


# What a page shows of a group: people asked, people who answered, and the share whose answer counts.
GROUP = np.array([[1, 1, 1], [0, 1, 1], [0, 0, 1]])  # silent, no, yes


def shown_of(group: Counts) -> Bounds:
    """What a page says of one group by the standard profile; a share hides its count where it is not shown."""
    asked, answered, counted = (int(row @ group) for row in GROUP)
    share = disclose_share(counted, answered, STANDARD, by=()) if answered else None
    limits = [_limits(disclose(asked, by=())), _limits(disclose(answered, by=())), (0, answered + 2)]
    if share is not None:
        limits[2] = _limits(disclose(counted, by=()))
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
    bounds = both(one, two, people)
    for cell, count in enumerate((*first.tolist(), *second.tolist())):
        if 0 < count < STANDARD.smallest:
            assert recovered(bounds, cell) is None


def test_hiding_small_counts_alone_would_not_have_been_enough() -> None:
    """The attack works: without rounding it recovers most of what is hidden."""
    bare = Profile(smallest=5, base=1)
    cells = surveyed(1, 120)
    bounds = known(seen(cells, bare), bare)
    found = [recovered(bounds, cell) for cell in hidden(cells, bare)]
    assert sum(count is not None for count in found) > len(found) / 2
