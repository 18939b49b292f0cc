"""A record and its data become a verdict: each design by its own method, each check with its consequence."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from campaigns.records import (
    Arm,
    Audience,
    Campaign,
    Design,
    Direction,
    Ethics,
    Frame,
    Message,
    Money,
    Outcome,
    Rung,
    Spending,
    Study,
    Wave,
)
from metrics.choosing import Because
from metrics.effects import Effect, measure
from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Proportion
from metrics.estimates import Reason as Refusal
from metrics.evaluation import evaluate
from metrics.proportions import risk_difference
from metrics.verdicts import Certainty, Finding, ReasonCode

KNOWS = Outcome(
    id="names_two_dangers",
    rung=Rung.KNOWLEDGE,
    question="Can you name two dangers of the journey?",
    column="dangers",
    counts=("two or more",),
    smallest_important=0.05,
    registered=dt.date(2026, 1, 10),
)
INTENDS = dataclasses.replace(KNOWS, id="intends", rung=Rung.INTENTION_IRREGULAR, desired=Direction.FEWER)
TRUST = dataclasses.replace(KNOWS, id="trust", rung=Rung.TRUST)
NOTHING = pd.DataFrame()


def campaign(design=Design.RANDOMISED, outcome=KNOWS, *, guardrails=(), **study) -> Campaign:
    return Campaign(
        id="peer-video",
        title="Peer video",
        organisation="An organisation",
        start=dt.date(2026, 2, 1),
        end=dt.date(2026, 3, 31),
        audience=Audience(description="young people", countries=("GMB",), languages=("mnk",)),
        message=Message(frame=Frame.TESTIMONY),
        study=Study(design=design, follow_up_days=60, people_addressed=10_000) if not study else study["study"],
        outcome=outcome,
        guardrails=guardrails,
        spending=Spending(media=Money(amount=400_000, currency="EUR")),
        ethics=Ethics(consent=True, data_protection="consent"),
    )


def answers(outcome=KNOWS, *, clusters=None, panel=None, **groups) -> pd.DataFrame:
    """Respondent rows from `arm_wave=(counted, answered)`, with a third number for those who did not answer."""
    rows = []
    for name, (counted, answered, *silent) in groups.items():
        arm, wave = name.split("_")
        values = [1] * counted + [0] * (answered - counted) + [None] * (silent[0] if silent else 0)
        rows += [
            {
                "survey": wave,
                "respondent": str(number) if panel is None else f"{panel[arm]}{number:019x}",
                "arm": arm,
                "wave": wave,
                "period": dt.date(2026, 1 if wave == Wave.BEFORE else 3, 1),
                "outcome": outcome.id,
                "value": value,
                "cluster": f"{arm}{number % clusters}" if clusters else None,
                "weight": None,
            }
            for number, value in enumerate(values)
        ]
    return pd.DataFrame(rows)


def judged(record, rows, delivery=NOTHING):
    return evaluate(record, answers=rows, delivery=delivery, cells={})


def test_a_randomised_campaign_is_judged_by_the_score_interval_of_its_groups():
    result = judged(campaign(), answers(campaign_after=(480, 800), comparison_after=(360, 800)))
    assert result.effect.estimate == risk_difference(Proportion(480, 800), Proportion(360, 800))
    assert (result.verdict.finding, result.verdict.certainty) == (Finding.RAISED, Certainty.HIGH)
    assert [(g.arm, g.wave, g.asked, g.answered, g.counted) for g in result.effect.groups] == [
        (Arm.CAMPAIGN, Wave.AFTER, 800, 800, 480),
        (Arm.COMPARISON, Wave.AFTER, 800, 800, 360),
    ]


def test_fewer_is_better_where_the_outcome_says_so():
    rows = answers(INTENDS, campaign_after=(240, 800), comparison_after=(360, 800))
    result = judged(campaign(outcome=INTENDS), rows)
    assert result.effect.estimate.estimate == pytest.approx(0.15)  # 360/800 - 240/800
    assert result.effect.estimate.conf_low == pytest.approx(
        -risk_difference(Proportion(240, 800), Proportion(360, 800)).conf_high
    )
    assert result.verdict.finding == Finding.RAISED
    assert ReasonCode.SELF_REPORT in {reason.code for reason in result.verdict.reasons}


def test_difference_in_differences_subtracts_what_the_comparison_group_did_anyway():
    rows = answers(
        campaign_before=(200, 800), campaign_after=(400, 800), comparison_before=(200, 800), comparison_after=(304, 800)
    )
    result = judged(campaign(Design.DIFFERENCE_IN_DIFFERENCES), rows)
    assert result.effect.estimate.estimate == pytest.approx((400 - 200) / 800 - (304 - 200) / 800)
    assert result.effect.before_after_alone.estimate == pytest.approx(200 / 800)
    assert result.verdict.certainty == Certainty.MODERATE


def test_a_trend_everywhere_is_no_effect_although_before_and_after_alone_would_say_so():
    rows = answers(
        campaign_before=(750, 3000),
        campaign_after=(1200, 3000),
        comparison_before=(750, 3000),
        comparison_after=(1200, 3000),
    )
    result = judged(campaign(Design.DIFFERENCE_IN_DIFFERENCES), rows)
    assert result.verdict.finding == Finding.NO_IMPORTANT_DIFFERENCE
    assert result.effect.before_after_alone.conf_low > 0.1


def test_people_asked_twice_are_compared_with_themselves():
    people = {
        "campaign_before": (200, 800),
        "campaign_after": (400, 800),
        "comparison_before": (200, 800),
        "comparison_after": (304, 800),
    }
    rows = answers(panel={"campaign": "a", "comparison": "b"}, **people)
    study = Study(design=Design.DIFFERENCE_IN_DIFFERENCES, same_people=True)
    same = judged(campaign(study=study), rows).effect.estimate
    others = judged(campaign(Design.DIFFERENCE_IN_DIFFERENCES), rows).effect.estimate  # numbers that coincide
    assert same.estimate == pytest.approx(others.estimate)
    assert (same.n, others.n) == (1600, 3200)  # people, and answers
    assert same.se < others.se  # those who knew before know after, so that they differ less from themselves


def test_before_and_after_is_a_change_and_very_low():
    rows = answers(campaign_before=(200, 800), campaign_after=(400, 800))
    result = judged(campaign(Design.BEFORE_AFTER), rows)
    assert result.effect.estimate.estimate == pytest.approx(0.25)
    assert (result.verdict.finding, result.verdict.certainty) == (Finding.RAISED, Certainty.VERY_LOW)
    assert result.effect.before_after_alone is None
    assert (result.cost.estimate, result.cost.reason) == (None, Refusal.CAUSE_NOT_KNOWN)


def test_views_alone_are_not_measured_however_many():
    seen = pd.DataFrame({"platform": ["tiktok"], "currency": [None], "views": [1_200_000]})
    result = judged(campaign(Design.DELIVERY_ONLY, outcome=None), answers(campaign_after=(1, 2)).iloc[:0], seen)
    assert (result.verdict.finding, result.verdict.estimate) == (Finding.NOT_MEASURED, None)
    assert result.delivery.totals == {"views": 1_200_000}
    assert result.effect is None
    assert result.cost.reason == Refusal.EFFECT_NOT_MEASURED


def test_clusters_widen_the_interval_and_are_never_left_out():
    rows = answers(clusters=12, campaign_after=(480, 800), comparison_after=(360, 800))
    result = judged(campaign(Design.CLUSTER_RANDOMISED), rows)
    assert result.effect.estimate.clusters == 24
    without = judged(campaign(Design.CLUSTER_RANDOMISED), rows.assign(cluster=None))
    assert isinstance(without.effect.estimate, NotEstimable)
    assert without.effect.estimate.reason == Refusal.CLUSTERS_NOT_RECORDED
    assert without.verdict.finding == Finding.CANNOT_TELL


@pytest.mark.parametrize("design", [Design.RANDOMISED, Design.BEFORE_AFTER, Design.DIFFERENCE_IN_DIFFERENCES])
def test_sampling_weights_are_never_left_out(design):
    people = {"campaign_before": (200, 800), "campaign_after": (500, 800)}
    people |= {"comparison_before": (200, 800), "comparison_after": (240, 800)}
    rows = answers(**people)
    # Those who know stand for three times as many as the others: of 800, 500 count as 500 * 3 / (500 * 3 + 300).
    effect = judged(campaign(design), rows.assign(weight=rows["value"] * 2 + 1)).effect
    weighted, alone = effect.estimate, effect.before_after_alone
    knew, know, compared = 600 / 1200, 1500 / 1800, 720 / 1280
    wanted = {
        Design.RANDOMISED: know - compared,
        Design.BEFORE_AFTER: know - knew,
        Design.DIFFERENCE_IN_DIFFERENCES: know - knew - (compared - knew),
    }
    assert weighted.estimate == pytest.approx(wanted[design])
    assert (Caution.CHANGE_NOT_EFFECT in weighted.cautions) == (design == Design.BEFORE_AFTER)
    assert alone is None if design == Design.BEFORE_AFTER else alone.estimate == pytest.approx(know - knew)


@pytest.mark.parametrize(("outcome", "wished"), [(KNOWS, 0.15125), (INTENDS, -0.15125)])
def test_few_villages_are_drawn_again_beside_and_an_evaluator_may_choose_that_method(outcome, wished):
    rows = answers(outcome, clusters=4, campaign_after=(481, 800), comparison_after=(360, 800))
    study = Study(design=Design.CLUSTER_RANDOMISED, follow_up_days=60)
    usual = measure(outcome, study, rows)
    assert usual.because[-1] == Because.FEW_CLUSTERS_CHECKED
    both = [usual.estimate, *usual.beside]
    assert [found.estimate for found in both] == pytest.approx([wished] * len(both))
    assert len({found.method for found in both}) == len(both) > 1
    for other in usual.beside:
        chosen = measure(outcome, study, rows, method=other.method)
        assert chosen.estimate == other
        assert usual.estimate in chosen.beside
        assert len(chosen.beside) == len(usual.beside)


@pytest.mark.parametrize("design", [Design.MATCHED, Design.CLUSTER_RANDOMISED])
def test_villages_that_were_compared_as_a_whole_widen_the_interval(design):
    rows = answers(clusters=8, campaign_after=(480, 800), comparison_after=(360, 800))
    rows["value"] = rows["cluster"].isin(
        [f"{arm}{number}" for arm in ("campaign", "comparison") for number in (0, 3, 5)]
    )
    rows["value"] |= rows["cluster"] == "campaign1"
    result = judged(campaign(design), rows.astype({"value": int}))
    people = risk_difference(Proportion(400, 800), Proportion(300, 800))
    assert result.effect.estimate.estimate == pytest.approx(people.estimate)
    assert result.effect.estimate.se > 5 * people.se  # whole villages agree
    assert (people.conf_low > 0, result.verdict.finding) == (True, Finding.CANNOT_TELL)


def test_a_gap_among_the_villages_does_not_do_away_with_the_others():
    people = {"campaign_before": (200, 800), "campaign_after": (400, 800)}
    people |= {"comparison_before": (200, 800), "comparison_after": (304, 800)}
    rows = answers(clusters=8, **people)
    rows.loc[0, "cluster"] = None
    found = judged(campaign(Design.DIFFERENCE_IN_DIFFERENCES), rows).effect.estimate
    assert (found.clusters, found.n) == (16, 3199)
    assert Caution.ROWS_INCOMPLETE_DROPPED in found.cautions


def test_people_asked_in_two_surveys_of_one_wave_are_not_twice_as_many_people():
    once = answers(panel={"campaign": "a", "comparison": "b"}, campaign_after=(480, 800), comparison_after=(360, 800))
    twice = pd.concat([once.assign(survey=f"after {months} months") for months in (1, 6)])
    score, repeated = (judged(campaign(), rows).effect.estimate for rows in (once, twice))
    assert repeated.estimate == pytest.approx(score.estimate)
    assert repeated.clusters == 1600
    assert repeated.conf_low == pytest.approx(score.conf_low, abs=0.001)
    others = judged(campaign(), answers(campaign_after=(960, 1600), comparison_after=(720, 1600))).effect.estimate
    assert others.se < 0.75 * repeated.se


@pytest.mark.parametrize("survey", ["after 6 months", "after"])
def test_a_panel_with_somebody_asked_again_or_on_both_sides_is_still_evaluated(survey):
    people = {"campaign_before": (200, 800), "campaign_after": (400, 800)}
    people |= {"comparison_before": (200, 800), "comparison_after": (304, 800)}
    rows = answers(panel={"campaign": "a", "comparison": "b"}, **people)
    again = rows[(rows["arm"] == "campaign") & (rows["wave"] == "after")].head(1)
    again = again.assign(survey=survey, arm="comparison" if survey == "after" else "campaign")
    study = Study(design=Design.DIFFERENCE_IN_DIFFERENCES, same_people=True, follow_up_days=60)
    found = judged(campaign(study=study), pd.concat([rows, again])).effect.estimate
    assert found.estimate == pytest.approx(0.12, abs=0.001)
    assert (found.n, found.clusters) == (3201, 1600)


def test_people_of_a_panel_who_were_not_found_again_are_lost():
    rows = answers(
        campaign_before=(200, 800), campaign_after=(400, 780), comparison_before=(200, 800), comparison_after=(190, 500)
    )
    study = Study(design=Design.DIFFERENCE_IN_DIFFERENCES, same_people=True, follow_up_days=60)
    verdict = judged(campaign(study=study), rows).verdict
    assert verdict.finding == Finding.DO_NOT_TRUST
    assert next(reason for reason in verdict.reasons if reason.fatal).figures == pytest.approx((20 / 800, 300 / 800))
    others = judged(campaign(Design.DIFFERENCE_IN_DIFFERENCES), rows).verdict  # different people: nobody was lost
    assert others.finding == Finding.RAISED


def test_more_answers_than_people_assigned_do_not_show_that_nobody_was_lost():
    study = Study(design=Design.RANDOMISED, follow_up_days=60, assigned=(500, 500))
    result = judged(campaign(study=study), answers(campaign_after=(480, 800), comparison_after=(360, 800)))
    assert (result.verdict.finding, result.verdict.certainty) == (Finding.RAISED, Certainty.MODERATE)
    doubt = next(reason for reason in result.verdict.reasons if reason.change)
    assert (doubt.code, doubt.figures) == (ReasonCode.MORE_THAN_ASSIGNED, (500, 500, 800, 800))


def test_few_villages_that_differed_before_are_left_to_the_interval():
    rows = answers(
        clusters=12,
        campaign_before=(400, 800),
        campaign_after=(480, 800),
        comparison_before=(320, 800),
        comparison_after=(360, 800),
    )
    codes = {reason.code for reason in judged(campaign(Design.CLUSTER_RANDOMISED), rows).verdict.reasons}
    assert ReasonCode.GROUPS_DIFFERED_BEFORE not in codes


@pytest.mark.parametrize("design", [design for design in Design if design != Design.DELIVERY_ONLY])
def test_a_question_that_nobody_answered_is_no_result(design):
    people = dict.fromkeys(("campaign_before", "campaign_after", "comparison_before", "comparison_after"), (0, 0, 50))
    result = judged(campaign(design), answers(clusters=5, **people).astype({"value": "Int64"}))
    assert isinstance(result.effect.estimate, NotEstimable)
    assert (result.verdict.finding, result.verdict.estimate) == (Finding.CANNOT_TELL, None)
    assert result.cost.estimate is None
    assert {group.answered for group in result.effect.groups} == {0}


@pytest.mark.parametrize("design", [Design.BEFORE_AFTER, Design.DIFFERENCE_IN_DIFFERENCES])
@pytest.mark.parametrize("wave", list(Wave))
def test_a_change_needs_both_waves(design, wave):
    rows = answers(**{f"{arm}_{wave}": (30, 50) for arm in Arm})
    result = judged(campaign(design), rows)
    assert result.effect.estimate.reason == Refusal.NOBODY_IN_A_GROUP
    assert result.effect.estimate.n == (50 if design == Design.BEFORE_AFTER else 100)  # of its own side, of both
    assert result.effect.before_after_alone is None
    assert result.verdict.finding == Finding.CANNOT_TELL


def test_answers_of_an_unknown_side_belong_to_neither():
    rows = answers(clusters=12, campaign_after=(480, 800), comparison_after=(360, 800))
    strays = rows.head(100).assign(arm=None)
    for design in (Design.RANDOMISED, Design.CLUSTER_RANDOMISED):
        assert judged(campaign(design), pd.concat([rows, strays])).effect == judged(campaign(design), rows).effect


def test_an_empty_comparison_group_is_refused_and_not_guessed():
    result = judged(campaign(), answers(campaign_after=(480, 800)))
    nobody = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Refusal.NOBODY_IN_A_GROUP, n=800)
    assert result.effect.estimate == nobody
    assert result.verdict.finding == Finding.CANNOT_TELL


def test_an_uneven_split_of_people_means_the_comparison_cannot_be_trusted():
    study = Study(design=Design.RANDOMISED, follow_up_days=60, assigned=(1000, 1200))
    rows = answers(campaign_after=(600, 1000), comparison_after=(540, 1200))
    result = judged(campaign(study=study), rows)
    assert result.verdict.finding == Finding.DO_NOT_TRUST
    fatal = next(reason for reason in result.verdict.reasons if reason.fatal)
    assert (fatal.code, fatal.figures) == (ReasonCode.SAMPLE_RATIO, (1000, 1200, 0.5))


def test_losing_more_people_on_one_side_means_the_comparison_cannot_be_trusted():
    rows = answers(campaign_after=(480, 800, 200), comparison_after=(430, 950, 50))
    result = judged(campaign(), rows)
    assert result.verdict.finding == Finding.DO_NOT_TRUST
    fatal = next(reason for reason in result.verdict.reasons if reason.fatal)
    assert (fatal.code, fatal.figures) == (ReasonCode.UNEVEN_LOSSES, (0.2, 0.05))


@pytest.mark.parametrize(
    ("study", "rows", "code"),
    [
        ({"follow_up_days": None}, {}, ReasonCode.FOLLOW_UP_NOT_STATED),
        ({"follow_up_days": 3}, {}, ReasonCode.MEASURED_RIGHT_AFTER),
        ({}, {"campaign_after": (480, 800, 300), "comparison_after": (360, 800, 300)}, ReasonCode.MANY_LOST),
        ({"assigned": (790, 810)}, {}, ReasonCode.MORE_THAN_ASSIGNED),
        ({}, {"campaign_after": (48, 80), "comparison_after": (26, 80)}, ReasonCode.IMPRECISE),
        ({}, {"campaign_before": (400, 800), "comparison_before": (320, 800)}, ReasonCode.GROUPS_DIFFERED_BEFORE),
    ],
)
def test_each_weakness_takes_one_grade_away(study, rows, code):
    study = Study(**{"design": Design.RANDOMISED, "follow_up_days": 60, **study})
    rows = answers(**{"campaign_after": (480, 800), "comparison_after": (360, 800), **rows})
    result = judged(campaign(study=study), rows)
    assert result.verdict.certainty == Certainty.MODERATE
    assert [reason.code for reason in result.verdict.reasons if reason.change] == [code]


def test_few_villages_take_a_grade_away_and_say_how_many():
    result = judged(
        campaign(Design.CLUSTER_RANDOMISED), answers(clusters=4, campaign_after=(481, 800), comparison_after=(360, 800))
    )
    few = next(reason for reason in result.verdict.reasons if reason.code == ReasonCode.FEW_CLUSTERS)
    assert (few.change, few.figures) == (-1, (8,))


@pytest.mark.parametrize(("independent", "said"), [(False, True), (True, False), (None, False)])
def test_answers_collected_by_the_implementer_are_said_without_changing_the_certainty(independent, said):
    study = Study(design=Design.RANDOMISED, follow_up_days=60, independent=independent)
    verdict = judged(campaign(study=study), answers(campaign_after=(480, 800), comparison_after=(360, 800))).verdict
    assert (ReasonCode.NOT_INDEPENDENT in {reason.code for reason in verdict.reasons}) == said
    assert verdict.certainty == Certainty.HIGH


def test_a_weighted_change_needs_both_waves_too():
    rows = answers(campaign_after=(30, 50)).assign(weight=1.5)
    result = judged(campaign(Design.BEFORE_AFTER), rows)
    nobody = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Refusal.NOBODY_IN_A_GROUP, n=50)
    assert result.effect.estimate == nobody


def test_a_result_that_fits_both_no_change_and_one_that_matters_is_less_sure():
    result = judged(campaign(), answers(campaign_after=(420, 800), comparison_after=(400, 800)))
    assert (result.verdict.finding, result.verdict.certainty) == (Finding.CANNOT_TELL, Certainty.MODERATE)
    few = judged(campaign(), answers(campaign_after=(42, 80), comparison_after=(40, 80)))
    assert (few.verdict.finding, few.verdict.certainty) == (Finding.CANNOT_TELL, Certainty.LOW)


def test_an_outcome_chosen_after_the_start_takes_a_grade_away():
    late = dataclasses.replace(KNOWS, registered=dt.date(2026, 3, 1))
    result = judged(campaign(outcome=late), answers(campaign_after=(480, 800), comparison_after=(360, 800)))
    assert result.verdict.certainty == Certainty.MODERATE
    assert ReasonCode.OUTCOME_STATED_LATE in {reason.code for reason in result.verdict.reasons}


def test_a_rise_with_harm_to_a_guardrail_is_mixed():
    rows = pd.concat(
        [
            answers(campaign_after=(480, 800), comparison_after=(360, 800)),
            answers(TRUST, campaign_after=(300, 800), comparison_after=(420, 800)),
        ]
    )
    result = judged(campaign(guardrails=(TRUST,)), rows)
    assert result.guardrails[0].harmed
    assert result.verdict.finding == Finding.MIXED
    assert result.cost.reason == Refusal.HARM_SHOWN
    assert result.verdict.reasons[-1].detail == "trust"
    assert (result.cost.estimate, result.cost.reason) == (None, Refusal.HARM_SHOWN)


@pytest.mark.parametrize(
    ("low", "high", "harmed"),
    [(-0.05, -0.01, True), (-0.049, -0.01, False), (-0.20, 0.0, False), (-0.20, -0.001, True), (0.06, 0.20, False)],
)
def test_harm_is_shown_where_the_range_excludes_no_change_and_holds_a_loss_that_matters(low, high, harmed):
    found = risk_difference(Proportion(360, 800), Proportion(480, 800))
    effect = Effect(outcome=TRUST, groups=(), estimate=dataclasses.replace(found, conf_low=low, conf_high=high))
    assert effect.harmed == harmed
    assert not Effect(outcome=TRUST, groups=(), estimate=None).harmed


def test_a_guardrail_is_harmed_only_by_what_matters_for_it():
    rows = pd.concat(
        [
            answers(campaign_after=(480, 800), comparison_after=(360, 800)),
            answers(TRUST, campaign_after=(3760, 8000), comparison_after=(4000, 8000)),  # 0.03 less, 0.015 to 0.045
        ]
    )
    for important, finding in ((0.05, Finding.RAISED), (0.02, Finding.MIXED)):
        trust = dataclasses.replace(TRUST, smallest_important=important)
        assert judged(campaign(guardrails=(trust,)), rows).verdict.finding == finding


def test_a_guardrail_that_nobody_was_asked_about_says_nothing():
    rows = answers(campaign_after=(480, 800), comparison_after=(360, 800))
    assert judged(campaign(guardrails=(TRUST,)), rows).guardrails == ()


def test_cost_of_one_more_person_who_knows_is_spend_over_people_times_effect():
    result = judged(campaign(), answers(campaign_after=(480, 800), comparison_after=(360, 800)))
    assert result.cost.estimate == pytest.approx(4000 / (10_000 * 0.15))
    assert result.cost.conf_low < result.cost.estimate < result.cost.conf_high


@pytest.mark.parametrize(
    ("after", "comparison", "reason"),
    [
        ((400, 800), (390, 800), Refusal.EFFECT_NOT_ABOVE_ZERO),  # cannot tell
        ((2000, 4000), (1990, 4000), Refusal.EFFECT_NOT_ABOVE_ZERO),  # little or no difference
        ((480, 800, 300), (360, 800), Refusal.EFFECT_NOT_ESTIMABLE),  # more people lost on one side
    ],
)
def test_cost_is_not_shown_where_nobody_credibly_gained(after, comparison, reason):
    result = judged(campaign(), answers(campaign_after=after, comparison_after=comparison))
    assert (result.cost.estimate, result.cost.reason) == (None, reason)


def test_cost_is_not_shown_where_the_people_are_not_known():
    study = Study(design=Design.RANDOMISED, follow_up_days=60)
    result = judged(campaign(study=study), answers(campaign_after=(480, 800), comparison_after=(360, 800)))
    assert (result.cost.estimate, result.cost.reason) == (None, Refusal.PEOPLE_NOT_KNOWN)


def test_cost_uses_reach_where_it_is_one_number():
    study = Study(design=Design.RANDOMISED, follow_up_days=60)
    seen = pd.DataFrame({"platform": ["meta_ads"], "reach_low": [20_000], "reach_high": [20_000]})
    result = judged(campaign(study=study), answers(campaign_after=(480, 800), comparison_after=(360, 800)), seen)
    assert result.cost.estimate == pytest.approx(4000 / (20_000 * 0.15))


@pytest.mark.parametrize("reach", [[20_000, None], [0, 0]])
def test_reach_of_some_platforms_or_of_nobody_is_not_the_number_of_people(reach):
    study = Study(design=Design.RANDOMISED, follow_up_days=60)
    seen = pd.DataFrame({"platform": ["meta_ads", "x"], "reach_low": reach, "reach_high": reach})
    result = judged(campaign(study=study), answers(campaign_after=(480, 800), comparison_after=(360, 800)), seen)
    assert (result.cost.estimate, result.cost.reason) == (None, Refusal.PEOPLE_NOT_KNOWN)


def test_an_incomplete_record_gets_no_verdict():
    record = dataclasses.replace(campaign(), ethics=Ethics())
    result = judged(record, answers(campaign_after=(480, 800), comparison_after=(360, 800)))
    assert result.verdict.finding == Finding.RECORD_INCOMPLETE
    assert {reason.detail for reason in result.verdict.reasons if reason.detail} == {
        "ethics.consent",
        "ethics.data_protection",
    }


def test_every_estimate_says_how_many_answers_it_rests_on():
    result = judged(campaign(), answers(campaign_after=(480, 800, 9), comparison_after=(360, 800)))
    assert isinstance(result.effect.estimate, Estimate)
    assert result.effect.estimate.n == 1600
