import dataclasses
import math

import pytest

from metrics.estimates import (
    Caution,
    Estimate,
    Measure,
    Method,
    NotEstimable,
    Proportion,
    Reason,
    check_conf_level,
)

ESTIMATE = Estimate(
    measure=Measure.RISK_DIFFERENCE,
    estimate=0.2,
    se=0.07,
    conf_low=0.05,
    conf_high=0.34,
    p_value=0.008,
    df=math.inf,
    conf_level=0.95,
    method=Method.MIETTINEN_NURMINEN,
    n=150,
)


def test_a_proportion_is_events_over_total():
    assert Proportion(3, 4).value == 0.75


@pytest.mark.parametrize(("events", "total"), [(6, 5), (-1, 5), (0, 0), (2.5, 5), (math.nan, 5), (1, -1)])
def test_what_is_not_a_proportion_is_refused_with_its_value(events, total):
    with pytest.raises(ValueError, match=f"{events} of {total} is not a proportion"):
        Proportion(events, total)


@pytest.mark.parametrize("measure", [Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.RATE_RATIO])
def test_no_difference_is_one_for_ratios(measure):
    assert (measure.is_ratio, measure.no_difference) == (True, 1)


@pytest.mark.parametrize("measure", [Measure.RISK_DIFFERENCE, Measure.MEAN_DIFFERENCE])
def test_no_difference_is_zero_for_differences(measure):
    assert (measure.is_ratio, measure.no_difference) == (False, 0)


def test_an_interval_excludes_no_difference_only_where_it_leaves_it_out():
    assert ESTIMATE.excludes_no_difference
    assert not dataclasses.replace(ESTIMATE, conf_low=-0.01).excludes_no_difference
    assert not dataclasses.replace(ESTIMATE, measure=Measure.RISK_RATIO, conf_high=1.2).excludes_no_difference


def test_an_estimate_carries_no_cautions_unless_told():
    assert (ESTIMATE.cautions, ESTIMATE.clusters, ESTIMATE.dispersion) == ((), None, None)
    assert (ESTIMATE.icc, ESTIMATE.design_effect, ESTIMATE.autocorrelation) == (None, None, None)
    assert dataclasses.replace(ESTIMATE, cautions=(Caution.FEW_DAYS,)).cautions == (Caution.FEW_DAYS,)


@pytest.mark.parametrize("wrong", [{"estimate": math.nan}, {"conf_low": math.nan}, {"conf_low": 0.5}])
def test_a_number_that_is_none_is_not_an_estimate(wrong):
    with pytest.raises(ValueError, match="is not an estimate"):
        dataclasses.replace(ESTIMATE, **wrong)


def test_an_unbounded_ratio_is_an_estimate():
    unbounded = dataclasses.replace(ESTIMATE, measure=Measure.RISK_RATIO, estimate=math.inf, conf_high=math.inf)
    assert unbounded.conf_high == math.inf


def test_a_refusal_says_which_measure_why_and_from_how_many():
    refusal = NotEstimable(measure=Measure.RISK_RATIO, reason=Reason.NO_EVENTS_IN_EITHER_GROUP, n=95)
    assert (refusal.measure, refusal.reason, refusal.n) == ("risk_ratio", "no_events_in_either_group", 95)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_confidence_level_is_between_zero_and_one(level):
    with pytest.raises(ValueError, match="is not between 0 and 1"):
        check_conf_level(level)
