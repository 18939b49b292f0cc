"""Each state as a case that a reviewer can read: what was found, how sure we are, and the words for it."""

import dataclasses
import itertools
import re

import pytest

from campaigns.records import Design, Direction, Rung, Unit
from metrics.verdicts import Certainty, Finding, Reason, ReasonCode, judge
from tests.evaluations import INTENDS, KNOWS, estimate, evaluation
from views.wording import Words, figures_sentence, verdict_label, verdict_sentence

EN = Words("en")
HIGH, MODERATE, LOW, VERY_LOW = Certainty.HIGH, Certainty.MODERATE, Certainty.LOW, Certainty.VERY_LOW
RCT, CLUSTERS, DID = Design.RANDOMISED, Design.CLUSTER_RANDOMISED, Design.DIFFERENCE_IN_DIFFERENCES
SERIES, MATCHED, TWICE = Design.INTERRUPTED_SERIES, Design.MATCHED, Design.BEFORE_AFTER
R = ReasonCode
HARM, APART = (R.GUARDRAIL_HARMED, 0), (R.GROUPS_DISAGREE, 0)

# Design, interval in people of every hundred (five matter), reasons with their grades → finding and certainty.
CASES = [
    (RCT, (6, 12), (), Finding.RAISED, HIGH),
    (RCT, (6, 12), ((R.MEASURED_RIGHT_AFTER, -1),), Finding.RAISED, MODERATE),
    (RCT, (6, 12), ((R.MANY_LOST, -1), (R.CHANGE_OF_PLAN, -1)), Finding.RAISED, LOW),
    (CLUSTERS, (6, 30), ((R.FEW_CLUSTERS, -1), (R.IMPRECISE, -1), (R.MANY_LOST, -1)), Finding.RAISED, VERY_LOW),
    (RCT, (1, 12), (), Finding.RAISED_A_LITTLE, HIGH),
    (DID, (1, 12), ((R.TRENDS_NOT_KNOWN, 0),), Finding.RAISED_A_LITTLE, MODERATE),
    (DID, (1, 12), ((R.MOVED_APART_BEFORE, -1),), Finding.RAISED_A_LITTLE, LOW),
    (TWICE, (1, 12), (), Finding.RAISED_A_LITTLE, VERY_LOW),
    (RCT, (-3, 4), (), Finding.NO_IMPORTANT_DIFFERENCE, HIGH),
    (RCT, (1, 4), ((R.PLATFORM_STUDY, -1),), Finding.NO_IMPORTANT_DIFFERENCE, MODERATE),
    (MATCHED, (-3, 4), (), Finding.NO_IMPORTANT_DIFFERENCE, LOW),
    (TWICE, (-3, 4), (), Finding.CANNOT_TELL, VERY_LOW),  # a trend may hide a difference
    (RCT, (-3, 9), ((R.IMPRECISE, -1),), Finding.CANNOT_TELL, MODERATE),
    (RCT, (-20, 20), ((R.IMPRECISE, -2),), Finding.CANNOT_TELL, LOW),
    (SERIES, (-20, 20), ((R.IMPRECISE, -2),), Finding.CANNOT_TELL, VERY_LOW),
    (SERIES, (6, 12), (), Finding.RAISED, LOW),
    (SERIES, (6, 12), ((R.COMPARISON_SERIES, 1),), Finding.RAISED, MODERATE),
    (SERIES, (6, 12), ((R.FEW_POINTS, -1),), Finding.RAISED, VERY_LOW),
    (SERIES, (6, 12), ((R.OTHER_EVENTS, -1),), Finding.RAISED, VERY_LOW),
    (RCT, (-12, -2), (), Finding.BACKFIRED, HIGH),
    (DID, (-12, -2), (), Finding.BACKFIRED, MODERATE),
    (SERIES, (-12, -2), (), Finding.BACKFIRED, LOW),
    (TWICE, (-12, -2), (), Finding.BACKFIRED, VERY_LOW),
    (RCT, (-3, 9), (HARM,), Finding.BACKFIRED, HIGH),
    (RCT, (6, 12), (HARM,), Finding.MIXED, HIGH),
    (DID, (1, 12), (HARM,), Finding.MIXED, MODERATE),
    (MATCHED, (6, 12), (HARM,), Finding.MIXED, LOW),
    (TWICE, (6, 12), (HARM,), Finding.MIXED, VERY_LOW),
    (RCT, (-3, 4), (APART,), Finding.MIXED, HIGH),
    (DID, (6, 12), (APART,), Finding.MIXED, MODERATE),
    (DID, (-3, 4), (APART, (R.MANY_LOST, -1)), Finding.MIXED, LOW),
    (MATCHED, (-3, 4), (APART, (R.FOLLOW_UP_NOT_STATED, -1)), Finding.MIXED, VERY_LOW),
]


@pytest.mark.parametrize(("design", "interval", "reasons", "finding", "certainty"), CASES)
def test_each_case_is_judged_as_a_reviewer_would(design, interval, reasons, finding, certainty):
    low, high = (end / 100 for end in interval)
    verdict = judge(
        design=design,
        estimate=estimate((low + high) / 2, low, high),
        smallest_important=0.05,
        reasons=tuple(Reason(code=code, change=change) for code, change in reasons),
    )
    assert (verdict.finding, verdict.certainty) == (finding, certainty)


def test_the_cases_hold_every_state_at_every_certainty():
    graded = set(Finding) & {state[0] for state in SAID}
    cases = {(finding, certainty) for *_, finding, certainty in CASES}
    assert cases >= set(itertools.product(graded, Certainty)) - {(Finding.NO_IMPORTANT_DIFFERENCE, VERY_LOW)}


# ---- Words ------------------------------------------------------------------------------------------------------

# The verbs of GRADE (Santesso et al. 2020): none, "probably", "may", "cannot say that it caused".
VERBS = {
    HIGH: r"^(?!.*\b(probably|may)\b)",
    MODERATE: r"\bprobably\b(?!.*\bmay\b)",
    LOW: r"\bmay have\b(?!.*\bprobably\b)",
    VERY_LOW: r"(but we cannot say the campaign caused|We cannot tell yet)",
}
FORBIDDEN = (
    "significant", "proven", "proof", "works", "worked", "does not work", "winner", "best", "effective", "success",
    "trend towards", "failed", "failure", "no effect.", "impact", "%",
)  # fmt: skip
CALLS = dataclasses.replace(KNOWS, id="calls", rung=Rung.BEHAVIOUR, question="Calls", counts=(), unit=Unit.TIMES)
FEWER = dataclasses.replace(CALLS, desired=Direction.FEWER)
SAID = [
    state
    for state in itertools.product(
        (
            Finding.RAISED,
            Finding.RAISED_A_LITTLE,
            Finding.NO_IMPORTANT_DIFFERENCE,
            Finding.BACKFIRED,
            Finding.MIXED,
        ),
        Certainty,
        (KNOWS, INTENDS, CALLS, FEWER),
        (None, R.GUARDRAIL_HARMED, R.GROUPS_DISAGREE),
    )
    if (state[0] == Finding.MIXED) == (state[3] == R.GROUPS_DISAGREE)
    or (state[3] == R.GUARDRAIL_HARMED and state[0] in (Finding.MIXED, Finding.BACKFIRED))
]


@pytest.mark.parametrize(("finding", "certainty", "outcome", "code"), SAID)
def test_each_state_has_the_verb_of_its_certainty_and_no_word_that_says_more(finding, certainty, outcome, code):
    reasons = () if code is None else (Reason(code=code, detail="helpline"),)
    interval = (0.04, 0.02, 0.06) if code == R.GUARDRAIL_HARMED else None
    shown = evaluation(finding, certainty, outcome=outcome, reasons=reasons, interval=interval)
    said = verdict_sentence(shown, EN)
    assert re.search(VERBS[certainty], said), said
    everything = f"{said} {figures_sentence(shown, EN)} {verdict_label(shown, EN)}".replace(
        "This is not evidence that it had no effect.", ""
    )
    assert [word for word in FORBIDDEN if word in everything.lower()] == []


@pytest.mark.parametrize("certainty", Certainty)
@pytest.mark.parametrize("outcome", [KNOWS, INTENDS, CALLS, FEWER], ids=["knows", "intends", "calls", "fewer calls"])
def test_where_we_cannot_tell_the_words_are_the_same_at_every_certainty(certainty, outcome):
    shown = evaluation(Finding.CANNOT_TELL, certainty, outcome=outcome)
    said = verdict_sentence(shown, EN)
    assert said == verdict_sentence(evaluation(Finding.CANNOT_TELL, HIGH, outcome=outcome), EN)
    assert said.startswith("We cannot tell yet.")
    assert said.endswith("This is not evidence that it had no effect.")
    assert "may have" not in said


def test_mixed_says_what_was_done_to_whom():
    harm, apart = (Reason(code=code, detail="helpline") for code in (R.GUARDRAIL_HARMED, R.GROUPS_DISAGREE))
    assert verdict_sentence(evaluation(Finding.MIXED, MODERATE, reasons=(harm,)), EN) == (
        "Mixed: the campaign probably brought the wished change, and something that must not get worse probably did. "
        "Review it before repeating it."
    )
    assert verdict_sentence(evaluation(Finding.MIXED, HIGH, reasons=(apart, harm)), EN) == (
        "Mixed: the campaign brought the wished change in some groups of people and its opposite in others. We do not "
        "know why."
    )
    assert verdict_label(evaluation(Finding.MIXED, LOW, reasons=(harm,)), EN) == "Perhaps mixed"


@pytest.mark.parametrize(
    ("outcome", "finding", "interval", "expected"),
    [
        (CALLS, Finding.RAISED, (0.3, 0.1, 0.5),
         "About 30 more for every 100 that there would have been, likely between 10 and 50 more."),
        (FEWER, Finding.RAISED, (0.3, 0.1, 0.5),
         "About 30 fewer for every 100 that there would have been, likely between 10 and 50 fewer."),
        (CALLS, Finding.NO_IMPORTANT_DIFFERENCE, (0.0, -0.02, 0.03),
         "Likely between 2 fewer and 3 more for every 100 that there would have been."),
    ],
)  # fmt: skip
def test_calls_are_said_in_relation_to_those_there_would_have_been(outcome, finding, interval, expected):
    shown = evaluation(finding, LOW, outcome=outcome, interval=interval, n=30)
    assert figures_sentence(shown, EN) == f"{expected} 30 points in time were counted."
    unsure = evaluation(Finding.CANNOT_TELL, LOW, outcome=CALLS, interval=(0.1, -0.1, 0.3), n=30)
    assert "any change from −10 to +30 for every 100 that there would have been" in verdict_sentence(unsure, EN)
    assert figures_sentence(unsure, EN) == "30 points in time were counted."
