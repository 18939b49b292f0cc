"""What a person decides otherwise reaches the verdict, and a cost that is missing says what is missing."""

import dataclasses
import datetime as dt

from campaigns.records import Design, Overridden, Override, Study
from metrics.estimates import Method
from metrics.estimates import Reason as Refusal
from metrics.verdicts import Certainty, Finding, ReasonCode
from tests.test_evaluation import answers, campaign, judged


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
