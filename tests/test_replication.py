"""Whether others found the same: counted by organisation, among campaigns of one kind only."""

from dataclasses import replace

from campaigns.records import Direction, Rung
from metrics.replication import with_replication
from metrics.verdicts import Certainty, Finding, ReasonCode
from tests.evaluations import INTENDS, KNOWS, evaluation


def by(organisation, finding=Finding.RAISED, certainty=Certainty.MODERATE, **more):
    found = evaluation(finding, certainty, **more)
    return replace(found, campaign=replace(found.campaign, organisation=organisation))


def last_reason(evaluations):
    """What was added to the first of them."""
    reason = with_replication(evaluations)[0].verdict.reasons[-1]
    return reason.code, reason.figures


def test_two_other_organisations_that_found_the_same_are_counted():
    assert last_reason([by("A"), by("B"), by("C", Finding.RAISED_A_LITTLE)]) == (ReasonCode.REPLICATED, (2,))


def test_one_organisation_counts_once_however_many_campaigns_it_ran():
    assert last_reason([by("A"), by("B"), by(" b "), by("B")]) == (ReasonCode.REPLICATED, (1,))


def test_another_finding_is_said_beside_the_same_one():
    found = [by("A"), by("B"), by("C", Finding.NO_IMPORTANT_DIFFERENCE)]
    assert last_reason(found) == (ReasonCode.REPLICATION_DISAGREES, (1, 1))


def test_ones_own_campaigns_other_outcomes_and_unsure_results_repeat_nothing():
    others = [by("A"), by("B", outcome=INTENDS), by("C", certainty=Certainty.VERY_LOW), by("D", Finding.CANNOT_TELL)]
    assert last_reason([by("A"), *others]) == (ReasonCode.NOT_REPLICATED, ())


def test_another_question_of_the_same_step_and_wish_is_repeated_all_the_same():
    asked_otherwise = replace(KNOWS, id="risks", question="Which risks does the journey have?")
    assert last_reason([by("A"), by("B", outcome=asked_otherwise)]) == (ReasonCode.REPLICATED, (1,))
    fewer = replace(KNOWS, desired=Direction.FEWER)
    assert last_reason([by("A"), by("B", outcome=fewer)]) == (ReasonCode.NOT_REPLICATED, ())
    behaviour = replace(KNOWS, rung=Rung.BEHAVIOUR)
    assert last_reason([by("A"), by("B", outcome=behaviour)]) == (ReasonCode.NOT_REPLICATED, ())


def test_what_cannot_be_told_gets_no_such_reason():
    unsure = by("A", Finding.CANNOT_TELL)
    assert with_replication([unsure, by("B")])[0] == unsure
