"""Campaigns together: which may be pooled, and how sure their average is."""

import dataclasses

import pytest

from campaigns.records import Design, Rung, Study, Unit
from metrics.bodies import Body, BodyReason, body_of_evidence, effects_of, expectation, may_be_pooled
from metrics.evaluation import Evaluation, evaluate
from metrics.pooling import Adjustment, Estimator
from metrics.verdicts import Certainty, Reason, ReasonCode
from tests.test_evaluation import KNOWS, NOTHING, answers, campaign


def trial(name: str, campaign_knows: int, comparison_knows: int = 240, *, n: int = 800, **fields) -> Evaluation:
    """A randomised campaign in which so many of `n` on each side know."""
    record = dataclasses.replace(campaign(**fields), id=name)
    outcome = record.outcome or KNOWS
    rows = answers(outcome, campaign_after=(campaign_knows, n), comparison_after=(comparison_knows, n))
    return evaluate(record, answers=rows, delivery=NOTHING, cells={})


def body(*evaluations: Evaluation) -> Body:
    return body_of_evidence(evaluations)


def test_trials_that_agree_are_as_sure_as_one_of_them() -> None:
    together = body(trial("a", 320), trial("b", 330), trial("c", 310))
    assert (together.certainty, together.reasons) == (Certainty.HIGH, (BodyReason.TOO_FEW_TO_SEE_MISSING,))
    assert together.pooled is not None
    assert together.pooled.estimate == pytest.approx(
        0.10, abs=1e-3
    )  # the average of 8, 11.25 and 8.75 points, weighted
    assert len(together.left_out) == 3


def test_one_campaign_is_no_body_of_evidence() -> None:
    one = trial("a", 320)
    assert body(one) == Body(members=(one,), pooled=None, left_out=(), certainty=None, reasons=())
    assert body().pooled is None


def test_what_was_compared_with_nothing_or_only_seen_is_not_pooled() -> None:
    before = evaluate(
        campaign(Design.BEFORE_AFTER),
        answers=answers(campaign_before=(200, 800), campaign_after=(400, 800)),
        delivery=NOTHING,
        cells={},
    )
    nobody = answers(campaign_after=(1, 2)).iloc[:0]
    seen = evaluate(campaign(Design.DELIVERY_ONLY, outcome=None), answers=nobody, delivery=NOTHING, cells={})
    assert not may_be_pooled(before)
    assert not may_be_pooled(seen)
    assert [member.campaign.id for member in body(before, trial("a", 320), seen, trial("b", 310)).members] == ["a", "b"]


def test_campaigns_that_contradict_each_other_are_less_sure() -> None:
    together = body(trial("a", 420), trial("b", 240), trial("c", 150), trial("d", 330))
    assert BodyReason.INCONSISTENT in together.reasons
    assert BodyReason.IMPRECISE in together.reasons
    assert together.certainty == Certainty.LOW


def test_few_people_are_less_sure() -> None:
    together = body(trial("a", 40, 20, n=60), trial("b", 41, 20, n=60), trial("c", 39, 20, n=60))
    assert together.reasons == (BodyReason.IMPRECISE, BodyReason.TOO_FEW_TO_SEE_MISSING)


def test_outcomes_of_several_rungs_are_less_sure() -> None:
    trust = dataclasses.replace(KNOWS, rung=Rung.TRUST)
    together = body(trial("a", 320), trial("b", 330, outcome=trust), trial("c", 310))
    assert BodyReason.INDIRECT in together.reasons


def test_weakened_comparisons_that_carry_the_weight_are_less_sure() -> None:
    asked_at_once = Study(design=Design.RANDOMISED, follow_up_days=1, people_addressed=10_000)
    together = body(*(trial(name, 320, study=asked_at_once) for name in "abc"))
    assert BodyReason.RISK_OF_BIAS in together.reasons
    assert together.certainty == Certainty.MODERATE


def test_comparisons_that_were_not_drawn_start_lower() -> None:
    assert body(*(trial(name, 320, design=Design.MATCHED) for name in "abc")).certainty == Certainty.LOW


def known(effect: float, se: float | None, *, n: int = 400, reasons: tuple[Reason, ...] = (), **fields) -> Evaluation:
    """A campaign with this effect and standard error, of which nothing else matters here."""
    found = trial("a", 320, **fields)
    assert found.verdict.estimate is not None
    estimate = dataclasses.replace(found.verdict.estimate, estimate=effect, se=se, n=n)
    return dataclasses.replace(found, verdict=dataclasses.replace(found.verdict, estimate=estimate, reasons=reasons))


def test_designs_with_half_of_the_weight_set_the_certainty() -> None:
    drawn, matched = known(0.1, 0.005), known(0.1, 0.005, design=Design.MATCHED)
    assert body(drawn, matched).certainty == Certainty.HIGH
    assert body(drawn, matched, matched).certainty == Certainty.LOW
    precise = known(0.1, 0.002)  # weighs 6.25 times as much as each of the others
    assert body(precise, matched, matched).certainty == Certainty.HIGH


def test_two_campaigns_have_an_average_and_nothing_to_leave_out() -> None:
    pair = body(known(0.08, 0.01), known(0.12, 0.01))
    assert pair.pooled is not None
    assert (pair.pooled.estimate, pair.pooled.k) == (pytest.approx(0.10), 2)
    assert pair.left_out == ()
    three = body(known(0.08, 0.01), known(0.12, 0.01), known(0.16, 0.01))
    assert [without.estimate for without in three.left_out] == pytest.approx([0.14, 0.12, 0.10])


def test_an_error_that_a_method_does_not_give_is_that_of_its_interval() -> None:
    given, bare = known(0.1, 0.03), known(0.1, None)
    estimate = dataclasses.replace(bare.verdict.estimate, conf_low=0.02, conf_high=0.18, conf_level=0.9)
    bare = dataclasses.replace(bare, verdict=dataclasses.replace(bare.verdict, estimate=estimate))
    assert effects_of((given, bare)) == (
        [0.1, 0.1],
        [pytest.approx(0.0009), pytest.approx((0.08 / 1.6448536269514722) ** 2)],  # qnorm(.95)
    )


@pytest.mark.parametrize(("people", "imprecise"), [(200, False), (199, True)])
def test_fewer_than_four_hundred_people_are_few(people: int, imprecise: bool) -> None:
    together = body(known(0.1, 0.005, n=200), known(0.1, 0.005, n=people))
    assert (BodyReason.IMPRECISE in together.reasons) == imprecise


@pytest.mark.parametrize(
    ("code", "change", "biased"),
    [
        (ReasonCode.MANY_LOST, -1, True),
        (ReasonCode.MANY_LOST, 0, False),  # said, and weighed already
        (ReasonCode.IMPRECISE, -1, False),  # chance, which the average allows for
    ],
)
def test_weaknesses_beyond_chance_in_half_of_the_weight_are_a_risk_of_bias(
    code: ReasonCode, change: int, biased: bool
) -> None:
    sound, weak = known(0.1, 0.005), known(0.1, 0.005, reasons=(Reason(code=code, change=change),))
    assert (BodyReason.RISK_OF_BIAS in body(sound, weak).reasons) == biased
    assert BodyReason.RISK_OF_BIAS not in body(sound, sound, weak).reasons


def test_campaigns_that_differ_but_all_help_are_not_inconsistent() -> None:
    # The next effect lies within 0.40 +- 2.78 (t, 4 degrees of freedom) * sqrt(0.00625 + 0.00125) = 0.16 to 0.64
    together = body(*(known(effect, 0.001) for effect in (0.30, 0.35, 0.40, 0.45, 0.50)))
    assert together.pooled is not None
    assert together.pooled.i2 > 0.99
    assert (together.pooled.prediction_low, together.pooled.prediction_high) == pytest.approx((0.16, 0.64), abs=1e-3)
    assert together.reasons == (BodyReason.TOO_FEW_TO_SEE_MISSING,)


def test_campaigns_that_agree_are_not_inconsistent_however_little_they_say() -> None:
    together = body(*(known(0.03, 0.03) for _ in "abc"))
    assert together.reasons == (BodyReason.IMPRECISE, BodyReason.TOO_FEW_TO_SEE_MISSING)
    assert together.certainty == Certainty.MODERATE


def test_the_largest_change_that_any_campaign_calls_important_decides() -> None:
    demanding = dataclasses.replace(KNOWS, smallest_important=0.20)
    members = [known(0.03, 0.03), known(0.03, 0.03, outcome=demanding), known(0.03, 0.03)]
    assert BodyReason.IMPRECISE not in body(*members).reasons  # 0.03 +- 4.30 * 0.0173 ends at 0.105


def test_small_campaigns_with_larger_effects_take_a_grade_away_where_there_are_ten() -> None:
    wide = [
        known(0.05 + 2 * se + 0.0001 * (-1) ** place, se)
        for place, se in enumerate([0.004 + i / 1000 for i in range(10)])
    ]
    assert BodyReason.SMALL_STUDIES_DIFFER in body(*wide).reasons
    assert body(*wide).certainty == Certainty.MODERATE
    assert body(*wide[1:]).reasons == (BodyReason.TOO_FEW_TO_SEE_MISSING,)


def test_two_sizes_are_enough_to_see_that_small_campaigns_differ() -> None:
    small = [known(0.15 + 0.0001 * place, 0.02) for place in range(5)]
    large = [known(0.10 + 0.0001 * place, 0.005) for place in range(5)]
    assert BodyReason.SMALL_STUDIES_DIFFER in body(*small, *large).reasons


def test_ten_campaigns_of_one_size_show_no_difference_between_small_and_large() -> None:
    assert body(*(known(0.1, 0.005) for _ in range(10))).reasons == ()


def test_a_comparison_that_cannot_be_trusted_is_not_pooled() -> None:
    uneven = Study(design=Design.RANDOMISED, follow_up_days=60, assigned=(800, 1100))
    assert not may_be_pooled(trial("a", 320, study=uneven))


SEVEN = ((0.10, 0.03), (0.14, 0.04), (0.02, 0.02), (0.05, 0.03), (0.20, 0.05), (0.16, 0.04), (0.01, 0.03))


def test_an_evaluator_may_choose_another_model() -> None:
    """`rma(y, v, method = "DL", test = "knha")` of metafor 3.8-1 in R."""
    members = [known(*one) for one in SEVEN]
    together = body_of_evidence(members, method=Estimator.DL, adjustment=Adjustment.KNAPP_HARTUNG)
    assert together.pooled is not None
    assert (together.pooled.estimate, together.pooled.conf_low, together.pooled.conf_high) == pytest.approx(
        (0.089106085, 0.022995461, 0.155216709), abs=1e-7
    )
    assert {left.method for left in together.left_out} == {Estimator.DL}
    assert body_of_evidence(members, method=Estimator.EE).pooled.prediction_low is None


def test_small_and_large_studies_are_tested_from_ten_on() -> None:
    """`regtest(rma(y, v), model = "lm")` of metafor 3.8-1 in R: t = 2.3331, 8 degrees of freedom, p = 0.0479."""
    members = [known(*one) for one in (*SEVEN, (0.08, 0.04), (0.12, 0.03), (0.03, 0.05))]
    found = body(*members).asymmetry
    assert found is not None
    assert (found.statistic, found.df, found.p_value) == (
        pytest.approx(2.3331, abs=1e-4),
        8,
        pytest.approx(0.0479, abs=1e-4),
    )
    assert body(*members[1:]).asymmetry is None


def test_the_chances_of_a_similar_campaign_follow_its_range() -> None:
    # 0.40 and sqrt(0.00625 + 0.00125) = 0.0866: pt((0.40 - 0.05) / 0.0866, 4) and pt(-0.40 / 0.0866, 4) in R
    together = body(*(known(effect, 0.001) for effect in (0.30, 0.35, 0.40, 0.45, 0.50)))
    found = expectation(together)
    assert found is not None
    assert (found.matters, found.worse) == (pytest.approx(0.99221, abs=1e-4), pytest.approx(0.00494, abs=1e-4))
    assert expectation(body(known(0.1, 0.01), known(0.2, 0.01))) is None


def test_calls_and_visits_are_never_averaged_with_people() -> None:
    calls = dataclasses.replace(KNOWS, unit=Unit.TIMES)
    counted = known(0.30, 0.05)
    counted = dataclasses.replace(counted, campaign=dataclasses.replace(counted.campaign, outcome=calls))
    assert not may_be_pooled(counted)
    assert len(body(counted, known(0.1, 0.02), known(0.1, 0.02)).members) == 2


@pytest.mark.parametrize("adjustment", [Adjustment.NONE, Adjustment.KNAPP_HARTUNG])
def test_an_adjustment_holds_for_the_whole_and_for_what_is_left_without_one(adjustment: Adjustment) -> None:
    together = body_of_evidence([trial("a", 320), trial("b", 360), trial("c", 250)], adjustment=adjustment)
    assert together.pooled is not None
    assert {one.adjustment for one in (together.pooled, *together.left_out)} == {adjustment}
