import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, norm
from scipy.stats import t as student

from metrics.estimates import Caution, Estimate, Method, NotEstimable, Reason
from metrics.least_squares import Correction, fit_clustered
from metrics.samples import Sample, association, design_effect, fit_sample, mean, sample_difference, share, total
from metrics.trials.logistic import fit_logistic


def drawn(seed=0, *, villages=16, people=10):
    rng = np.random.default_rng(seed)
    village = np.repeat(np.arange(villages), people)
    rows = pd.DataFrame({"village": village, "region": village // (villages // 2)})
    rows["score"] = rng.normal(size=villages)[village] + rng.normal(size=len(rows)) + rows["region"]
    rows["after"] = village % 2
    rows["weight"] = 1.0 + rows["region"]
    return rows.assign(knows=(rows["score"] > 0.3).astype(int), villages=40)


def test_people_drawn_one_by_one_have_the_ordinary_error():
    rows = drawn(1)
    score = rows["score"].to_numpy()
    figure = mean(Sample.of(rows), score)
    half = student.ppf(0.975, 159) * score.std(ddof=1) / math.sqrt(160)
    assert figure.estimate == pytest.approx(score.mean())
    assert (figure.conf_low, figure.conf_high) == pytest.approx((score.mean() - half, score.mean() + half))
    assert (figure.df, figure.n, figure.conf_level) == (159, 160, 0.95)
    assert design_effect(Sample.of(rows), score) == pytest.approx(1)


def test_strata_add_up_by_their_weight_and_places_count_as_one():
    rows = drawn(2)
    score = rows["score"].to_numpy()
    figure = mean(Sample.of(rows, weights="weight", stratum="region", place="village"), score)
    by_village = rows.groupby(["region", "village"])["score"].mean()
    variance = sum((w / 3) ** 2 * by_village[r].var() / 8 for r, w in ((0, 1), (1, 2)))  # equal villages
    assert figure.estimate == pytest.approx((rows.loc[:79, "score"].mean() + 2 * rows.loc[80:, "score"].mean()) / 3)
    assert figure.se == pytest.approx(math.sqrt(variance))
    assert figure.df == 14


def test_drawing_most_of_the_places_leaves_less_unknown():
    rows = drawn(3)
    known = Sample.of(rows, place="village", population="villages")
    free = Sample.of(rows, place="village")
    score = rows["score"].to_numpy()
    assert mean(known, score).se == pytest.approx(mean(free, score).se * math.sqrt(1 - 16 / 40))
    with pytest.raises(ValueError, match="fewer places exist than were drawn"):
        Sample.of(rows.assign(villages=10), place="village", population="villages")


def test_places_of_one_name_in_two_strata_are_two_places():
    rows = drawn(4).assign(name=lambda t: t["village"] % 8)
    assert Sample.of(rows, stratum="region", place="name").df == 14


def test_a_stratum_of_a_single_place_is_refused():
    rows = drawn(5)
    sample = Sample.of(rows.assign(region=(rows["village"] == 0).astype(int)), stratum="region", place="village")
    with pytest.raises(ValueError, match="a stratum has a single place"):
        mean(sample, rows["score"].to_numpy())


def test_a_total_is_the_weighted_sum():
    rows = drawn(6)
    figure = total(Sample.of(rows, weights="weight"), rows["knows"].to_numpy(dtype=float))
    assert figure.estimate == pytest.approx((rows["weight"] * rows["knows"]).sum())


def test_a_group_has_a_mean_of_its_own_whose_size_is_not_known():
    rows = drawn(7)
    among = (rows["after"] == 1).to_numpy(dtype=float)
    figure = mean(Sample.of(rows, place="village"), rows["score"].to_numpy(), among=among)
    assert figure.estimate == pytest.approx(rows.loc[rows["after"] == 1, "score"].mean())
    assert figure.n == 80


def test_a_share_of_people_drawn_one_by_one_has_the_exact_interval_of_korn_and_graubard():
    rows = drawn(8)
    knows = rows["knows"].to_numpy()
    found = share(Sample.of(rows), knows, interval="beta")
    yes = knows.sum() * 159 / 160  # the variance is over n - 1
    n = 160 * 159 / 160
    assert found.conf_low == pytest.approx(beta.ppf(0.025, yes, n - yes + 1))
    assert found.conf_high == pytest.approx(beta.ppf(0.975, yes + 1, n - yes))
    assert (found.estimate, found.method, found.p_value) == (
        pytest.approx(knows.mean()), Method.SAMPLE_LINEARISATION, None,
    )  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["logit", "beta", "arcsine", "likelihood", "mean"]))
def test_limits_of_a_share_surround_it_and_no_turn_around_with_the_question(seed, interval):
    rows = drawn(seed, people=5)
    sample, knows = Sample.of(rows, place="village", weights="weight"), rows["knows"].to_numpy()
    found, turned = share(sample, knows, interval=interval), share(sample, 1 - knows, interval=interval)
    if isinstance(found, NotEstimable):
        assert found.reason is Reason.NO_VARIATION
        return
    assert found.conf_low < found.estimate < found.conf_high
    assert (turned.conf_low, turned.conf_high) == pytest.approx((1 - found.conf_high, 1 - found.conf_low), abs=1e-9)
    if interval != "mean":
        assert found.conf_low > 0
        assert found.conf_high < 1


def test_nobody_saying_yes_is_refused():
    rows = drawn(9)
    assert share(Sample.of(rows), np.zeros(160)).reason is Reason.NO_VARIATION


def test_a_model_has_the_sandwich_of_its_places():
    rows = drawn(10)
    x = np.column_stack([np.ones(160), rows["after"]])
    fit = fit_sample(Sample.of(rows, place="village"), x, rows["score"].to_numpy())
    sandwich = fit_clustered(x, rows["score"].to_numpy(), rows["village"].to_numpy(), correction=Correction.CR1)
    assert fit.coefficients == pytest.approx(sandwich.coefficients)
    assert fit.standard_errors == pytest.approx(sandwich.standard_errors)
    assert fit.df.tolist() == [14, 14]  # 16 places less 2 coefficients
    with pytest.raises(ValueError, match="answered all alike"):
        fit_sample(Sample.of(rows), x, rows["after"].to_numpy(dtype=float), logistic=True)


def test_a_logistic_model_is_that_of_people_with_the_sandwich_of_places():
    rows = drawn(13)
    x, knows = np.column_stack([np.ones(160), rows["after"]]), rows["knows"].to_numpy(dtype=float)
    fit = fit_sample(Sample.of(rows, place="village"), x, knows, logistic=True)
    sandwich = fit_logistic(x, knows, rows["village"].to_numpy(), correction=Correction.CR1)
    assert fit.coefficients == pytest.approx(sandwich.coefficients)
    assert fit.standard_errors == pytest.approx(sandwich.standard_errors)


def test_a_difference_between_waves_is_that_of_the_model():
    rows = drawn(11)
    rows.loc[0, "score"] = np.nan
    found = sample_difference(rows, outcome="score", group="after", place="village", weights="weight")
    one, other = (
        np.average(side["score"], weights=side["weight"])
        for side in (rows[rows["after"] == wave].dropna() for wave in (1, 0))
    )
    assert isinstance(found, Estimate)
    assert found.estimate == pytest.approx(one - other)
    assert (found.df, found.cautions) == (14, (Caution.ROWS_INCOMPLETE_DROPPED,))
    assert found.excludes_no_difference == (found.p_value < 0.05)


@pytest.mark.parametrize(
    ("choose", "reason"),
    [
        (lambda t: t[t["after"] == 1], Reason.NOBODY_IN_A_GROUP),
        (lambda t: t[t["village"] < 2], Reason.TOO_FEW_CLUSTERS),
    ],
)
def test_waves_that_cannot_be_compared_are_refused(choose, reason):
    found = sample_difference(choose(drawn(12)), outcome="score", group="after", place="village")
    assert found.reason is reason


def test_unrelated_characteristics_are_called_related_one_time_in_twenty():
    found = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        village = np.repeat(np.arange(30), 10)
        sample = Sample.of(pd.DataFrame({"village": village}), place="village")
        kind = rng.integers(3, size=30)[village]  # the same for a whole village
        knows = (rng.random(300) < rng.beta(4, 4, size=30)[village]).astype(int)
        statistic, df, rest, p = association(sample, kind, knows)
        assert statistic >= 0
        assert 0 < df <= 2.0000001
        assert rest == pytest.approx(df * 29)
        found += p < 0.05
    assert abs(found / 400 - 0.05) < norm.ppf(0.999) * math.sqrt(0.05 * 0.95 / 400) + 0.02


def test_where_every_place_was_drawn_nothing_is_left_to_chance():
    rows = drawn(5)
    rows["villages"] = rows["village"].nunique()
    whole = Sample.of(rows, place="village", population="villages")
    assert mean(whole, rows["score"].to_numpy()).se == 0
