"""What the columns of a table call for: the method, why, and what is computed beside it.

The numbers of each method are compared with R and with published tables in its own tests; here they must be the same.
"""

import numpy as np
import pandas as pd
import pytest

from metrics.changes import change, difference_in_differences, placebos_in_space
from metrics.choosing import Because, Columns, estimated, of_changes, of_groups
from metrics.estimates import Estimate, Measure, Method, NotEstimable, Proportion, Reason
from metrics.proportions import risk_difference
from metrics.trials import adjusted_difference, randomisation_test, wild_cluster_bootstrap

LEVEL = 0.9


def people(villages: int = 6, *, waves: tuple[int, ...] = (1,)) -> pd.DataFrame:
    """Ten people of each village, the same in each wave; every second village has the campaign."""
    random = np.random.default_rng(3)
    rows = [
        (wave, village, village % 2, f"{village}/{person}", village // 2 % 2, random.random())
        for wave in waves
        for village in range(villages)
        for person in range(10)
    ]
    table = pd.DataFrame(rows, columns=["after", "village", "campaign", "person", "block", "drawn"])
    chance = 0.3 + 0.2 * table["campaign"] * table["after"] + 0.02 * table["village"]
    return table.assign(
        knows=(table["drawn"] < chance).astype(int),
        score=10 * table["drawn"] + table["campaign"],
        weight=1.0 + table["drawn"],
        age=20.0 + table.index % 9,
    )


def once(**more: object) -> Columns:
    return Columns(**{"outcome": "knows", "arm": "campaign"} | more)  # type: ignore[arg-type]


def chosen(data: pd.DataFrame, columns: Columns) -> tuple[Estimate | NotEstimable, tuple[Because, ...]]:
    found = estimated(data, columns, conf_level=LEVEL)
    assert found.beside == ()
    return found.estimate, found.because


# ---- Two groups at one time --------------------------------------------------------------------------------------


def test_yes_and_no_of_two_groups_have_the_score_interval() -> None:
    rows = people()
    yes = rows.groupby("campaign")["knows"].sum()
    wanted = risk_difference(Proportion(int(yes[1]), 30), Proportion(int(yes[0]), 30), conf_level=LEVEL)
    assert chosen(rows, once()) == (wanted, (Because.TWO_ARMS_ONCE, Because.YES_AND_NO))
    gaps = rows.assign(knows=rows["knows"].where(rows["person"] != "0/0"))
    seen = gaps.groupby("campaign")["knows"].agg(["sum", "count"])
    fewer = risk_difference(*(Proportion(*map(int, seen.loc[side])) for side in (1, 0)), conf_level=LEVEL)
    assert chosen(gaps, once())[0] == fewer
    lost = rows.assign(campaign=rows["campaign"].where(rows["person"] != "0/0"))
    assert chosen(lost, once())[0] == fewer


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"outcome": "score"}, ()),
        ({"weight": "weight"}, (Because.WEIGHTS,)),
        ({"covariates": ("age",)}, (Because.ADJUSTED,)),
        ({"block": "block"}, (Because.ADJUSTED,)),
        ({"cluster": "village", "weight": "weight"}, (Because.CLUSTERS, Because.WEIGHTS)),
        ({"unit": "person", "covariates": ("age",)}, (Because.ADJUSTED,)),  # once, so that nobody's change is known
    ],
)
def test_all_else_of_two_groups_is_a_regression_on_what_is_known(
    more: dict[str, object], because: tuple[Because, ...]
) -> None:
    rows = people()
    regressed = {"outcome": "knows", "covariates": ()} | more
    if "weight" in regressed:
        regressed["weights"] = regressed.pop("weight")
    regressed.pop("unit", None)
    wanted = adjusted_difference(rows, arm="campaign", conf_level=LEVEL, **regressed)  # type: ignore[arg-type]
    assert isinstance(wanted, Estimate)
    assert chosen(rows, once(**more)) == (wanted, (Because.TWO_ARMS_ONCE, *because))


@pytest.mark.parametrize("more", [{}, {"covariates": ("age",)}, {"block": "block"}])
def test_few_villages_are_also_drawn_again(more: dict[str, object]) -> None:
    rows, columns = people(), once(cluster="village", **more)
    found = of_groups(rows, columns, conf_level=LEVEL)
    adjusting = {"covariates": columns.covariates, "block": columns.block, "conf_level": LEVEL}
    redrawn = tuple(
        method(rows, outcome="knows", arm="campaign", cluster="village", **adjusting)  # type: ignore[arg-type]
        for method in (wild_cluster_bootstrap, randomisation_test)
    )
    assert found.beside == redrawn
    assert [beside.method for beside in found.beside] == [Method.WILD_CLUSTER_BOOTSTRAP, Method.RANDOMISATION]
    assert found.estimate == adjusted_difference(
        rows, outcome="knows", arm="campaign", cluster="village", **adjusting  # type: ignore[arg-type]
    )  # fmt: skip
    adjusted = (Because.ADJUSTED,) if more else ()
    assert found.because == (Because.TWO_ARMS_ONCE, Because.CLUSTERS, *adjusted, Because.FEW_CLUSTERS_CHECKED)
    assert estimated(rows, columns, conf_level=LEVEL) == found


def test_an_interval_has_95_in_100_where_nothing_else_is_asked() -> None:
    rows = people(waves=(0, 1))
    for columns in (once(), once(cluster="village")):
        found = of_groups(rows, columns)
        assert {each.conf_level for each in (found.estimate, *found.beside) if isinstance(each, Estimate)} == {0.95}
        assert estimated(rows, columns) == found
    twice = of_changes(rows, once(wave="after")).estimate
    assert isinstance(twice, Estimate)
    assert twice.conf_level == 0.95


def test_twelve_villages_are_not_few() -> None:
    eleven = of_groups(people(11), once(cluster="village"))
    assert estimated(people(11), once(cluster="village")) == eleven
    twelve = of_groups(people(12), once(cluster="village"))
    assert (len(eleven.beside), twelve.beside) == (2, ())
    assert twelve.because == (Because.TWO_ARMS_ONCE, Because.CLUSTERS)


def test_villages_with_people_of_both_groups_were_not_drawn_whole() -> None:
    rows = people()
    mixed = rows.assign(campaign=rows["campaign"].where(rows["person"] != "1/0", 0))
    found = of_groups(mixed, once(cluster="village"))
    assert [beside.method for beside in found.beside] == [Method.WILD_CLUSTER_BOOTSTRAP]
    gaps = rows.assign(campaign=rows["campaign"].where(rows["person"] != "1/0"))
    both = of_groups(gaps, once(cluster="village"))
    assert [beside.method for beside in both.beside] == [Method.WILD_CLUSTER_BOOTSTRAP, Method.RANDOMISATION]


def test_what_a_check_refuses_is_not_shown_beside() -> None:
    rows = people(4).assign(knows=lambda table: table["campaign"])  # nothing varies within an arm
    found = of_groups(rows, once(cluster="village"))
    assert all(isinstance(beside, Estimate) for beside in found.beside)


def test_one_group_without_a_second_wave_shows_nothing() -> None:
    rows = people()
    for data, columns in (
        (rows[rows["campaign"] == 1], once()),
        (rows, Columns(outcome="knows")),
        (rows, Columns(outcome="knows", wave="after")),
    ):
        refusal = NotEstimable(measure=Measure.MEAN_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=len(data))
        assert chosen(data, columns) == (refusal, (Because.ONE_ARM,))


@pytest.mark.parametrize("side", [0, 1])
def test_a_group_whose_answers_are_all_missing_is_refused(side: int) -> None:
    rows = people()
    silent = rows.assign(knows=rows["knows"].where(rows["campaign"] != side))
    found, because = chosen(silent, once())
    assert isinstance(found, NotEstimable)
    assert (found.reason, because) == (Reason.NOBODY_IN_A_GROUP, (Because.TWO_ARMS_ONCE,))


# ---- Two groups, or one, at two times ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({}, ()),
        ({"unit": "person"}, (Because.SAME_PEOPLE,)),
        ({"cluster": "village"}, (Because.CLUSTERS,)),
        ({"weight": "weight", "outcome": "score"}, (Because.WEIGHTS,)),
    ],
)
def test_two_groups_at_two_times_are_compared_by_their_changes(
    more: dict[str, str], because: tuple[Because, ...]
) -> None:
    rows = people(waves=(0, 1))
    wanted = difference_in_differences(
        rows, outcome=more.get("outcome", "knows"), arm="campaign", period="after", unit=more.get("unit"),
        cluster=more.get("cluster"), weights=more.get("weight"), conf_level=LEVEL,
    )  # fmt: skip
    assert isinstance(wanted, Estimate)
    assert chosen(rows, once(wave="after", **more)) == (wanted, (Because.TWO_ARMS_TWICE, *because))


@pytest.mark.parametrize("weight", [None, "weight"])
def test_one_place_that_was_addressed_is_compared_with_placebos(weight: str | None) -> None:
    rows = people(8, waves=(0, 1))
    rows = rows.assign(campaign=(rows["village"] == 3).astype(int))
    columns = once(outcome="score", wave="after", cluster="village", weight=weight)
    wanted = placebos_in_space(
        rows, outcome="score", arm="campaign", period="after", place="village", weights=weight, conf_level=LEVEL
    )
    assert not isinstance(wanted, NotEstimable)
    weights = (Because.WEIGHTS,) if weight else ()
    assert chosen(rows, columns) == (
        wanted.estimate, (Because.TWO_ARMS_TWICE, Because.CLUSTERS, *weights, Because.ONE_CLUSTER),
    )  # fmt: skip


def test_what_the_placebos_refuse_is_refused() -> None:
    rows = people(8, waves=(0, 1)).assign(knows=1)
    rows = rows.assign(campaign=(rows["village"] == 3).astype(int))
    found, because = chosen(rows, once(wave="after", cluster="village"))
    assert found == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NO_VARIATION, n=160)
    assert because == (Because.TWO_ARMS_TWICE, Because.CLUSTERS, Because.ONE_CLUSTER)


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({}, ()),
        ({"unit": "person"}, (Because.SAME_PEOPLE,)),
        ({"cluster": "village"}, (Because.CLUSTERS,)),
        ({"weight": "weight", "outcome": "score"}, (Because.WEIGHTS,)),
    ],
)
def test_one_group_at_two_times_has_a_change(more: dict[str, str], because: tuple[Because, ...]) -> None:
    rows = people(waves=(0, 1))
    wanted = change(
        rows, outcome=more.get("outcome", "knows"), period="after", unit=more.get("unit"),
        cluster=more.get("cluster"), weights=more.get("weight"), conf_level=LEVEL,
    )  # fmt: skip
    assert isinstance(wanted, Estimate)
    columns = Columns(**{"outcome": "knows", "wave": "after"} | more)  # type: ignore[arg-type]
    assert chosen(rows, columns) == (wanted, (Because.ONE_ARM, *because))
    alone = Columns(**{"outcome": "knows", "arm": "campaign", "wave": "after"} | more)  # type: ignore[arg-type]
    own = rows[rows["campaign"] == 1]
    assert chosen(own, alone)[1] == (Because.ONE_ARM, *because)


def test_a_group_of_one_person_is_compared_as_any_other() -> None:
    rows = pd.DataFrame({"knows": [1, 1, 0, 1, 0, 0], "campaign": [1, 0, 0, 0, 0, 0]})
    found = of_groups(rows, Columns(outcome="knows", arm="campaign"))
    assert isinstance(found.estimate, Estimate)
    assert (found.estimate.method, found.because) == (
        Method.MIETTINEN_NURMINEN, (Because.TWO_ARMS_ONCE, Because.YES_AND_NO),
    )  # fmt: skip
