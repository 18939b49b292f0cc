"""Campaigns that start at different times: errors by each cluster's pull, and placebos by every exchange of times."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from metrics.changes import staggered_effect
from metrics.changes.group_times import Effect, together
from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason

SUMMARIES = ("simple", "dynamic", "group", "calendar")


def table(first, *, times=5, seed=1):
    """One row a unit and time; each unit weighs as much as its number, and is reached when `first` says."""
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame([(unit, t) for unit in range(len(first)) for t in range(1, times + 1)], columns=["unit", "t"])
    rows["first"], rows["weight"] = np.array(first)[rows["unit"]], rows["unit"] + 1.0
    gain = 0.4 * (rows["t"] >= rows["first"]) * (1 + rows["t"])
    return rows.assign(y=0.3 * rows["t"] + gain + rng.normal(size=len(rows)))


def effects(rows, **options):
    return staggered_effect(rows, outcome="y", first="first", time="t", weights="weight", **options)


def each(found):
    """All estimates by what they are of."""
    one_by_one = {name: getattr(found, name) for name in SUMMARIES}
    for name in ("by_event_time", "by_group", "by_time"):
        one_by_one |= {(name, one.at): one.estimate for one in getattr(found, name)}
    return one_by_one | {(one.group, one.time): one.estimate for one in found.group_times}


@pytest.mark.parametrize("comparison", ["never", "not_yet"])
def test_the_error_is_how_much_each_cluster_pulls(comparison):
    # The infinitesimal jackknife (Jaeckel 1972): the slope of the estimate in the logarithm of each cluster's weight
    rows = table([math.nan, 3, 4, math.nan, 3, 3, math.nan, 4, 4, math.nan, 3, math.nan, 4])
    rows["district"] = np.array([0, 0, 0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 6])[rows["unit"]]
    options = {"unit": "unit", "cluster": "district", "comparison": comparison, "conf_level": 0.9}
    found, step, squares = each(effects(rows, **options)), 1e-5, {}
    for district in range(7):
        share = step * (rows["district"] == district)
        moved = [each(effects(rows.assign(weight=rows["weight"] * (1 + way * share)), **options)) for way in (1, -1)]
        for key in found:
            pull = (moved[0][key].estimate - moved[1][key].estimate) / (2 * step)
            squares[key] = squares.get(key, 0.0) + pull**2
    for key, one in found.items():
        assert one.se == pytest.approx(math.sqrt(squares[key]), rel=1e-5)
        half = 1.9431802805 * one.se  # qt(0.95, 6)
        assert (one.conf_low, one.conf_high) == pytest.approx((one.estimate - half, one.estimate + half))
        assert (one.df, one.clusters, one.n, one.conf_level) == (6, 7, len(rows), 0.9)
        assert (one.measure, one.method) == (Measure.MEAN_DIFFERENCE, Method.GROUP_TIME)
        assert one.p_value == pytest.approx(2 * student.sf(abs(one.estimate) / one.se, 6))


@pytest.mark.parametrize("comparison", ["never", "not_yet"])
def test_placebos_are_the_effects_with_the_times_exchanged(comparison):
    first = (math.inf, 4, math.inf, 3, 3, math.inf)
    found = each(effects(table(first), unit="unit", comparison=comparison))
    as_large = dict.fromkeys(found, 0)
    exchanges = set(itertools.permutations(first))
    for exchange in exchanges:
        rows = table(first).assign(first=lambda t, e=exchange: np.array(e)[t["unit"]])
        for key, one in each(effects(rows, unit="unit", comparison=comparison, draws=1)).items():
            as_large[key] += abs(one.estimate) >= abs(found[key].estimate) - 1e-9
    assert len(exchanges) == 60
    for key, one in found.items():  # 1,999 exchanges are drawn of these 60: four standard errors are at most 0.045
        assert one.placebo_p_value == pytest.approx(as_large[key] / 60, abs=0.045)
        assert Caution.FEW_CLUSTERS in one.cautions


def test_as_many_exchanges_are_drawn_as_are_asked_for():
    rows = table((math.nan, 4, math.nan, 3, 3, math.nan))
    p_value = effects(rows, unit="unit", draws=201).simple.placebo_p_value
    assert p_value * 202 == pytest.approx(round(p_value * 202))  # with what was observed


def test_the_same_1999_exchanges_are_drawn_where_nothing_is_said():
    rows = table((math.nan, 4, math.nan, 3, 3, math.nan))
    found = effects(rows, unit="unit").simple
    assert found.placebo_p_value * 2_000 == pytest.approx(round(found.placebo_p_value * 2_000))
    assert effects(rows, unit="unit").simple == found


def test_an_exchange_that_leaves_nobody_in_a_comparison_is_as_far_out_as_can_be():
    rows = table((math.nan, 3, math.nan, 3)).assign(weight=1.0)
    rows.loc[rows["first"].eq(3) & rows["t"].gt(2), "y"] += 99.0
    everybody = effects(rows, unit="unit").simple.placebo_p_value
    assert everybody == pytest.approx(2 / 6, abs=0.045)  # of six exchanges what was observed and its opposite
    later = effects(rows[~rows["unit"].isin([1, 2]) | (rows["t"] > 2)], unit="unit").simple.placebo_p_value
    assert later == pytest.approx(4 / 6, abs=0.045)  # two put those together who were not asked before


def test_whoever_is_reached_after_the_last_time_is_not_reached():
    rows = table([math.nan, math.nan, 4, 4, 9, 9, 5, 5])
    found = effects(rows, unit="unit")
    assert found.without_comparison == ()  # also those reached at the last time have an effect
    assert [one.at for one in found.by_group] == [4, 5]
    assert {one.group for one in found.group_times} == {4, 5}
    later = effects(rows[rows["first"].ne(9)], unit="unit").simple
    assert found.simple.estimate == pytest.approx(later.estimate)
    assert found.simple.n == later.n + 10
    waiting = effects(rows[rows["first"].notna()], unit="unit", comparison="not_yet")
    assert {one.group for one in waiting.group_times} == {4, 5}


def test_each_effect_compares_with_the_time_before_and_from_the_start_with_the_last_time_before_it():
    means = table([math.inf] * 3 + [3] * 3).pivot_table(index="t", columns="first", values="y", aggfunc="mean")
    gap = means[3] - means[math.inf]
    rows = table([math.inf] * 3 + [3] * 3).assign(weight=1.0)
    found = {one.time: one.estimate.estimate for one in effects(rows, unit="unit").group_times}
    assert found == pytest.approx({2: gap[2] - gap[1], 3: gap[3] - gap[2], 4: gap[4] - gap[2], 5: gap[5] - gap[2]})


def test_averages_weigh_groups_by_their_people_and_times_alike():
    rows = table([math.inf] * 3 + [3] * 2 + [5] * 3)
    found = effects(rows, unit="unit")
    one = {key: value.estimate for key, value in each(found).items()}
    early, late = 4 + 5, 6 + 7 + 8  # what the units of each group weigh
    assert one["group"] == pytest.approx((early * one["by_group", 3] + late * one["by_group", 5]) / (early + late))
    assert one["by_group", 3] == pytest.approx((one[3, 3] + one[3, 4] + one[3, 5]) / 3)
    assert one["by_time", 5] == pytest.approx((early * one[3, 5] + late * one[5, 5]) / (early + late))
    assert one["calendar"] == pytest.approx((one["by_time", 3] + one["by_time", 4] + one["by_time", 5]) / 3)
    assert one["by_event_time", 0] == pytest.approx((early * one[3, 3] + late * one[5, 5]) / (early + late))
    assert one["by_event_time", -1] == pytest.approx((early * one[3, 2] + late * one[5, 4]) / (early + late))
    assert one["dynamic"] == pytest.approx(sum(one["by_event_time", at] for at in range(3)) / 3)
    simple = early * (one[3, 3] + one[3, 4] + one[3, 5]) + late * one[5, 5]
    assert one["simple"] == pytest.approx(simple / (3 * early + late))


def test_never_is_said_by_a_gap_or_by_infinity():
    gap, infinite = (effects(table([never] * 6 + [3] * 6), unit="unit") for never in (math.nan, math.inf))
    assert gap == infinite


def test_without_units_or_clusters_each_answer_stands_alone():
    rows = table([math.nan] * 3 + [3] * 3)
    found = effects(rows).simple
    assert isinstance(found, Estimate)
    assert (found.df, found.clusters, found.cautions, found.placebo_p_value) == (len(rows) - 1, None, (), None)


def test_six_places_reached_and_six_not_are_not_few():
    found = effects(table([math.nan, 3] * 6), unit="unit").simple
    assert (found.cautions, found.placebo_p_value) == ((), None)
    for few in ([math.nan] * 6 + [3] * 5, [math.nan] * 5 + [3] * 6):
        found = effects(table(few), unit="unit").simple
        assert Caution.FEW_CLUSTERS in found.cautions
        assert found.placebo_p_value is not None


def test_only_the_effect_on_few_places_has_a_placebo_and_nobody_is_few_where_all_are_reached():
    found = effects(table([math.nan] * 7 + [3] * 6 + [4] * 2), unit="unit")
    many, few = (one.estimate for one in found.by_group)
    assert (many.cautions, many.placebo_p_value) == ((), None)
    assert few.cautions[0] == Caution.FEW_CLUSTERS
    assert few.placebo_p_value is not None
    everybody = effects(table([3] * 6 + [5] * 6), unit="unit", comparison="not_yet").simple
    assert (everybody.cautions, everybody.placebo_p_value) == ((), None)


def test_what_cannot_be_estimated_is_refused_with_its_words():
    rows = table([math.nan] * 3 + [3] * 3)

    def refused(reason, n, measure=Measure.MEAN_DIFFERENCE):
        return NotEstimable(measure=measure, reason=reason, n=n)

    assert effects(rows[rows["t"] == 1], unit="unit") == refused(Reason.ONE_PERIOD, 6)
    assert effects(rows[rows["first"].isna()], unit="unit") == refused(Reason.NOBODY_LEFT_TO_COMPARE, 15)
    assert effects(rows.assign(y=2.0), unit="unit", draws=1) == refused(Reason.TOO_FEW_CLUSTERS, 30)
    assert effects(rows.assign(y=1.0)) == refused(Reason.NO_VARIATION, 30, Measure.RISK_DIFFERENCE)
    with pytest.raises(ValueError, match="conf_level 95"):
        effects(rows, unit="unit", conf_level=95)
    with pytest.raises(ValueError, match=r"^a unit has several times at which it was first reached$"):
        effects(rows.assign(first=rows["t"]), unit="unit")
    with pytest.raises(ValueError, match="weights must be above zero"):
        effects(rows.assign(weight=0), unit="unit")


def test_numbers_in_columns_with_gaps_are_still_numbers():
    rows = table([math.nan] * 3 + [3] * 3)
    mixed = rows.astype({"y": object, "t": object, "first": object}).where(rows["unit"] != 5, None)
    plain = effects(rows[rows["unit"] != 5], unit="unit").simple
    assert effects(mixed, unit="unit").simple.estimate == pytest.approx(plain.estimate)


def independent(*values, clusters=6):
    """Effects whose errors are one, each from clusters of its own."""
    pulls = np.kron(np.eye(len(values)), np.full(clusters // len(values), (len(values) / clusters) ** 0.5))
    return [
        Effect(value=value, influence=pull, groups=frozenset([3.0]), placebos=None)
        for value, pull in zip(values, pulls, strict=True)
    ]


def test_several_effects_are_told_from_nothing_by_hotellings_t():
    # T-squared is 4 + 1 from six clusters: F is 5 x (6 - 2) / (2 x (6 - 1)) = 2 with 2 and 4 degrees of freedom, whose
    # upper tail is (1 + 2 x 2 / 4)^-2
    assert together(independent(2.0, 1.0)) == pytest.approx(0.25)
    assert together(independent(0.0, 0.0)) == 1.0
    assert together([]) is None
    assert together([*independent(2.0, 1.0), *independent(3.0, 0.0)]) is None  # four effects from two directions
