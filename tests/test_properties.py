"""What holds of every estimate whatever the data: more data tell more, and more money costs more by as much."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from campaigns.records import Money
from metrics.costs import Cost, cost_per_additional
from metrics.estimates import Estimate, NotEstimable, Proportion
from metrics.pooling import pool
from metrics.proportions import odds_ratio, risk_difference, risk_ratio
from metrics.trials import adjusted_difference

SHARES = st.builds(lambda total, part: Proportion(round(part * total), total), st.integers(8, 400), st.floats(0, 1))


def width(found: Estimate | NotEstimable) -> float:
    assert isinstance(found, Estimate)
    return found.conf_high - found.conf_low


@given(SHARES, SHARES, st.integers(2, 9))
@settings(max_examples=60, deadline=None)
def test_the_same_answers_from_more_people_give_a_narrower_interval(a: Proportion, b: Proportion, times: int) -> None:
    more = [Proportion(times * group.events, times * group.total) for group in (a, b)]
    assert width(risk_difference(*more)) < width(risk_difference(a, b))
    if 0 < a.events < a.total and 0 < b.events < b.total:
        for ratio in (risk_ratio, odds_ratio):
            assert width(ratio(*more)) < width(ratio(a, b))


@given(st.integers(0, 10_000), st.sampled_from([None, "village"]))
@settings(max_examples=20, deadline=None)
def test_more_people_or_villages_with_the_same_answers_give_a_narrower_interval(seed: int, cluster: str | None) -> None:
    rng = np.random.default_rng(seed)
    people = pd.DataFrame({"village": np.repeat(np.arange(12), 6)})
    people["arm"] = people["village"] % 2
    people["score"] = rng.normal(size=72) + rng.normal(size=12)[people["village"]]
    more = pd.concat([people, people.assign(village=people["village"] + 12)])
    once, twice = (adjusted_difference(table, outcome="score", arm="arm", cluster=cluster) for table in (people, more))
    assert width(twice) < width(once)


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.01, 0.5)), min_size=2, max_size=8), st.floats(1.5, 20))
@settings(max_examples=60, deadline=None)
def test_studies_that_measure_more_exactly_never_widen_a_common_effect(
    studies: list[tuple[float, float]], times: float
) -> None:
    effects, variances = ([study[part] for study in studies] for part in (0, 1))
    once = pool(effects, variances, method="EE", adjustment="none")
    more = pool(effects, [variance / times for variance in variances], method="EE", adjustment="none")
    assert more.conf_high - more.conf_low < once.conf_high - once.conf_low


@given(SHARES, SHARES, st.integers(1, 10**6), st.integers(1, 10**6), st.integers(10, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_constant_added_to_the_money_moves_the_cost_by_its_own_cost(
    a: Proportion, b: Proportion, cents: int, added: int, people: int
) -> None:
    effect = risk_difference(a, b)

    def cost(amount: int) -> Cost:
        return cost_per_additional(effect, people=people, spend=Money(amount=amount, currency="EUR"))

    together, first, second = cost(cents + added), cost(cents), cost(added)
    assume(first.estimate is not None)
    for part in ("estimate", "conf_low", "conf_high"):
        assert getattr(together, part) == pytest.approx(getattr(first, part) + getattr(second, part))
