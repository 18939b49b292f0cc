"""What a person decides otherwise reaches the verdict, and a cost that is missing says what is missing."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from campaigns.records import Design, Overridden, Override, Rung, Study, Unit
from metrics.audience import intended_shares
from metrics.estimates import Method
from metrics.estimates import Reason as Refusal
from metrics.evaluation import evaluate
from metrics.verdicts import Certainty, Finding, ReasonCode
from tests.test_evaluation import INTENDS, KNOWS, NOTHING, TRUST, answers, campaign, judged


def decided(what, value):
    return Override(what=what, value=value, person="Awa", day=dt.date(2026, 5, 1), why="The villages were far apart.")


def test_an_evaluators_certainty_stands_in_for_that_of_the_rules():
    rows = answers(campaign_after=(480, 800), comparison_after=(360, 800))
    otherwise = dataclasses.replace(campaign(), overrides=(decided(Overridden.CERTAINTY, "low"),))
    assert judged(campaign(), rows).verdict.certainty == Certainty.HIGH
    assert judged(otherwise, rows).verdict.certainty == Certainty.LOW


def test_an_evaluators_method_gives_the_estimate_and_the_usual_one_stands_beside_it():
    rows = answers(clusters=4, campaign_after=(481, 800), comparison_after=(360, 800))
    record = campaign(study=Study(design=Design.CLUSTER_RANDOMISED, follow_up_days=60))
    usual = judged(record, rows).effect
    other = next(found.method for found in usual.beside)
    chosen = judged(dataclasses.replace(record, overrides=(decided(Overridden.METHOD, other),)), rows).effect
    assert (chosen.estimate.method, usual.estimate.method) == (other, Method.CR2)
    assert usual.estimate.method in [found.method for found in chosen.beside]


def test_a_cost_is_not_given_where_nobody_knows_how_many_people_were_addressed():
    rows = answers(campaign_after=(480, 800), comparison_after=(360, 800))
    result = judged(campaign(study=Study(design=Design.RANDOMISED, follow_up_days=60)), rows)
    assert (result.cost.estimate, result.cost.reason) == (None, Refusal.PEOPLE_NOT_KNOWN)


def test_groups_that_were_moved_in_opposite_ways_are_named_in_the_verdict():
    rows = answers(campaign_after=(130, 260), comparison_after=(130, 260))
    knew = {("F", "campaign"): 90, ("F", "comparison"): 40, ("M", "campaign"): 40, ("M", "comparison"): 90}
    rows["sex"] = ["F", "M"] * (len(rows) // 2)
    place = rows.groupby(["sex", "arm"]).cumcount()
    rows["value"] = [float(n < knew[row.sex, row.arm]) for n, row in zip(place, rows.itertuples(), strict=True)]
    verdict = judged(campaign(), rows).verdict
    assert verdict.finding == Finding.MIXED
    assert [r.detail for r in verdict.reasons if r.code == ReasonCode.GROUPS_DISAGREE] == ["sex"]


def test_answers_of_a_survey_without_a_name_are_nobodys_but_the_surveys():
    rows = answers(campaign_after=(480, 800), comparison_after=(360, 800))
    nameless = judged(campaign(), rows.assign(survey=None))
    assert nameless.effect.estimate == judged(campaign(), rows).effect.estimate
    codes = {reason.code for reason in nameless.verdict.reasons}
    assert not codes & {ReasonCode.PLATFORM_STUDY, ReasonCode.PLATFORM_STUDY_APART}


def test_an_outcome_that_was_stated_otherwise_after_answers_came_is_less_sure():
    rows = answers(campaign_after=(480, 800), comparison_after=(360, 800))
    kept = judged(campaign(), rows).verdict
    day = dt.date(2026, 4, 1)
    changed = evaluate(campaign(), answers=rows, delivery=NOTHING, cells={}, outcome_changed=day).verdict
    assert (kept.certainty, changed.certainty) == (Certainty.HIGH, Certainty.MODERATE)
    assert ReasonCode.CHANGE_OF_PLAN in {reason.code for reason in changed.reasons}


def test_other_steps_of_the_ladder_are_measured_and_do_not_make_the_verdict():
    rows = answers(campaign_after=(480, 800), comparison_after=(360, 800))
    other = answers(INTENDS, campaign_after=(400, 800), comparison_after=(300, 800))
    record = dataclasses.replace(campaign(), secondary=(INTENDS, TRUST))
    found = judged(record, pd.concat([rows, other]))
    (intends,) = found.secondary
    assert (intends.outcome, intends.estimate.estimate) == (INTENDS, pytest.approx(-0.125))
    assert found.verdict == judged(campaign(), rows).verdict


def test_what_is_counted_in_times_has_no_cost_for_one_more_person():
    calls = dataclasses.replace(KNOWS, id="calls", rung=Rung.BEHAVIOUR, counts=(), unit=Unit.TIMES)
    months = pd.date_range("2024-02-01", periods=36, freq="MS")
    rows = pd.DataFrame({"period": months, "value": [20.0 + n % 3 + 30 * (n >= 24) for n in range(36)]})
    rows = rows.assign(survey="calls", respondent=rows.index.astype(str), arm="campaign", wave="after", outcome="calls")
    rows = rows.assign(cluster=None, weight=None, place=None)
    study = Study(design=Design.INTERRUPTED_SERIES, people_addressed=10_000, follow_up_days=60)
    record = campaign(outcome=calls, study=study)
    found = judged(dataclasses.replace(record, overrides=(decided(Overridden.CERTAINTY, "moderate"),)), rows)
    assert found.verdict.finding == Finding.RAISED
    assert (found.cost.estimate, found.cost.reason) == (None, Refusal.NOT_PEOPLE)


def test_an_evaluation_keeps_its_record_and_says_who_was_shown_the_campaign():
    rows = answers(campaign_after=(480, 800), comparison_after=(360, 800))
    record = dataclasses.replace(campaign(), audience=dataclasses.replace(campaign().audience, age_low=18, age_high=34))
    ages = pd.DataFrame({"value": ["18-24", "45-54"], "impressions": [300, 100], "platform": "tiktok_ads"})
    found = evaluate(record, answers=rows, delivery=NOTHING, cells={"age": ages})
    assert (found.campaign, found.audience) == (record, intended_shares(record.audience, {"age": ages}))
    assert len(found.audience) > 0
