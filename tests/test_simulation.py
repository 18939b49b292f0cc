"""Campaigns with a known true effect are judged as they deserve; `python -m tests.benchmarks verdicts` prints more."""

import pytest

from campaigns.records import Design
from metrics.verdicts import Certainty, Finding
from tests.benchmarks.verdicts import EFFECTS, simulate

CAMPAIGNS = 30  # of each design and true effect
TRIALS = (Design.RANDOMISED, Design.CLUSTER_RANDOMISED)
SOUND = (*TRIALS, Design.DIFFERENCE_IN_DIFFERENCES, Design.MATCHED)


@pytest.fixture(scope="module")
def judged():
    return simulate(CAMPAIGNS, seed=2026)


def test_intervals_of_sound_designs_hold_the_true_effect_as_often_as_they_say(judged):
    held = sum(judged[design, effect].held for design in SOUND for effect in EFFECTS)
    assert 0.93 <= held / (len(SOUND) * len(EFFECTS) * CAMPAIGNS) <= 0.97


def test_a_trial_praises_hardly_any_useless_campaign(judged):
    useless = [judged[design, 0.0] for design in TRIALS]
    assert sum(tally.praised for tally in useless) <= 0.05 * sum(tally.campaigns for tally in useless)
    assert all(tally.priced <= tally.praised for tally in useless)


def test_a_trial_finds_what_is_large(judged):
    for design in TRIALS:
        assert judged[design, 0.15].praised >= 0.9 * CAMPAIGNS
        assert judged[design, -0.10].findings[Finding.BACKFIRED] > judged[design, -0.10].praised == 0


def test_delivery_alone_is_never_more_than_not_measured(judged):
    for effect in EFFECTS:
        tally = judged[Design.DELIVERY_ONLY, effect]
        assert (tally.findings[Finding.NOT_MEASURED], tally.surest, tally.priced) == (CAMPAIGNS, None, 0)


def test_before_and_after_mistakes_a_trend_for_success_and_is_never_believed(judged):
    assert judged[Design.BEFORE_AFTER, 0.0].praised > CAMPAIGNS / 2  # nothing but the trend
    for effect in EFFECTS:
        tally = judged[Design.BEFORE_AFTER, effect]
        assert (tally.surest, tally.priced) == (Certainty.VERY_LOW, 0)
        assert Finding.NO_IMPORTANT_DIFFERENCE not in tally.findings
