"""People lost from a trial: bounds and their errors, against the definitions of their papers."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from metrics.estimates import Measure, NotEstimable, Proportion, Reason
from metrics.trials import attrition, lee_bounds


def bounds(rows, **options):
    return lee_bounds(rows, outcome="score", arm="arm", rng=np.random.default_rng(3), **options)


def trimmed_mean(values, share, *, top):
    """The mean without a share at one end, the last person in part; by the definition of Lee (2009)."""
    left, kept = len(values) * (1 - share), []
    for value in sorted(values, reverse=not top):
        kept.append((value, min(1.0, left)))
        left -= kept[-1][1]
    return sum(value * part for value, part in kept) / sum(part for _, part in kept)


def by_definition(campaign, comparison):
    """Bounds, each side trimmed by the excess of its answering over the other's."""
    sides = [values[~np.isnan(values)] for values in (campaign, comparison)]
    more, fewer = (len(sides[0]) / len(campaign), len(sides[1]) / len(comparison))
    one, other = max(0.0, 1 - fewer / more), max(0.0, 1 - more / fewer)
    low = trimmed_mean(sides[0], one, top=True) - trimmed_mean(sides[1], other, top=False)
    high = trimmed_mean(sides[0], one, top=False) - trimmed_mean(sides[1], other, top=True)
    return low, high, max(one, other)


@pytest.mark.parametrize("lost", [(2, 9), (9, 2), (0, 25)], ids=["fewer lost", "more lost", "wide"])
def test_bounds_and_their_limits_are_those_of_their_definition(lost):
    rng = np.random.default_rng(4)
    campaign, comparison = rng.normal(0.4, 1, 31), rng.normal(0, 1, 37)
    campaign[: lost[0]], comparison[: lost[1]] = np.nan, np.nan
    rows = pd.DataFrame({"arm": [1] * 31 + [0] * 37, "score": [*campaign, *comparison]})
    found = lee_bounds(rows, outcome="score", arm="arm", rng=np.random.default_rng(6), draws=60, conf_level=0.9)
    low, high, excess = by_definition(campaign, comparison)
    assert (found.low, found.high, found.trimmed) == pytest.approx((low, high, excess))
    again, drawn = np.random.default_rng(6), []
    for _ in range(60):
        sides = [side[again.integers(len(side), size=len(side))] for side in (campaign, comparison)]
        drawn.append(by_definition(*sides)[:2])
    errors = np.std(drawn, axis=0, ddof=1)
    reach = (found.low - found.conf_low) / errors[0]
    assert found.conf_high == pytest.approx(found.high + reach * errors[1])
    # Imbens and Manski (2004), equation 7
    assert norm.cdf(reach + (high - low) / errors.max()) - norm.cdf(-reach) == pytest.approx(0.9)
    assert (found.measure, found.conf_level, found.n) == (Measure.MEAN_DIFFERENCE, 0.9, 68 - sum(lost))


def test_bounds_of_a_point_reach_as_far_as_two_sides_and_far_bounds_as_far_as_one():
    rng = np.random.default_rng(2)
    rows = pd.DataFrame({"arm": np.arange(80) % 2, "score": rng.normal(size=80)})
    far = rows.assign(score=rows["score"].where((rows["arm"] == 1) | (rows.index < 40)))
    for answers, quantiles in ((rows, norm.ppf([0.975, 0.9])), (far, norm.ppf([0.95, 0.8]))):
        usual, lower = (bounds(answers, draws=50, conf_level=level) for level in (0.95, 0.8))
        reached = [each.low - each.conf_low for each in (usual, lower)]
        assert reached[0] / reached[1] == pytest.approx(quantiles[0] / quantiles[1])


def test_clusters_of_two_who_answer_alike_are_drawn_as_one_person_is():
    rng = np.random.default_rng(3)
    rows = pd.DataFrame({"arm": np.arange(30) % 2, "score": rng.normal(size=30), "person": np.arange(30)})
    rows.loc[:4, "score"] = np.nan
    single, twice = bounds(rows, draws=40), bounds(pd.concat([rows, rows]), cluster="person", draws=40)
    for field in ("low", "high", "conf_low", "conf_high", "trimmed"):
        assert getattr(twice, field) == pytest.approx(getattr(single, field))
    assert (single.n, twice.n) == (25, 50)
    lost_label = pd.concat([rows, rows]).assign(person=lambda t: t["person"].where(t["person"] > 9))
    assert bounds(lost_label, cluster="person", draws=40).n == 40


def test_as_a_rule_bounds_are_drawn_999_times_at_95_percent():
    rows = pd.DataFrame({"arm": [1] * 4 + [0] * 4, "score": [1.0, 3, 2, 5, 1, 2, 1, np.nan]})
    assert bounds(rows) == bounds(rows, draws=999, conf_level=0.95)
    assert bounds(rows.astype({"score": object}), draws=20) == bounds(rows, draws=20)
    with pytest.raises(ValueError, match="95"):
        bounds(rows, conf_level=95)


def test_two_people_or_clusters_in_an_arm_are_enough_for_bounds():
    rows = pd.DataFrame({"arm": [1, 1, 0, 0], "score": [1.0, 2.0, 0.0, 3.0], "village": [0, 1, 2, 3]})
    found = bounds(rows, cluster="village", draws=20)
    assert (found.low, found.high, found.n) == (0, 0, 4)
    one = rows.assign(village=[0, 1, 2, 2])
    assert bounds(one, cluster="village") == NotEstimable(
        measure=Measure.MEAN_DIFFERENCE, reason=Reason.ONE_CLUSTER_IN_AN_ARM, n=4
    )
    silent = rows.assign(score=[1.0, 0.0, np.nan, np.nan])
    assert bounds(silent) == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=2)


def test_people_without_an_arm_are_not_counted_as_lost():
    people = pd.DataFrame({"arm": [1, 1, 0, 0, None], "score": [None, 1.0, 1.0, 1.0, None]})
    lost = attrition(people, outcome="score", arm="arm")
    assert (lost.campaign, lost.comparison) == (Proportion(1, 2), Proportion(0, 2))


def test_two_draws_have_a_spread_and_one_has_none():
    rows = pd.DataFrame({"arm": [1, 1, 1, 0, 0, 0], "score": [3.0, 5, np.nan, 1, 2, 4]})
    assert np.isfinite(bounds(rows, draws=2).conf_low)
    with pytest.raises(ValueError, match=r"^draws is 1: fewer than two have no spread$"):
        bounds(rows, draws=1)
