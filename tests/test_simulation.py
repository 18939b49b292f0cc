"""Campaigns with a known true effect are judged as they deserve; `python -m tests.benchmarks verdicts` prints more."""

from collections import Counter
from dataclasses import replace

import pytest

from campaigns.records import Design
from metrics.verdicts import Certainty, Finding
from tests.benchmarks.verdicts import EFFECTS, HARM, SOUND, TRIALS, requirements, simulate, stated_power

CAMPAIGNS = 30  # of each design and true effect


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


def test_the_power_for_harm_is_the_one_a_plan_would_have_stated():
    """400 people a side, 45 to 35 in a hundred: `power.prop.test(400, 0.45, 0.35)$power` in R gives 0.824242."""
    assert stated_power(Design.RANDOMISED) == pytest.approx(0.824242, abs=1e-5)
    assert stated_power(Design.DIFFERENCE_IN_DIFFERENCES) < stated_power(Design.CLUSTER_RANDOMISED) < 0.824


def test_a_requirement_that_does_not_hold_is_said(judged):
    assert {one.what for one in requirements(judged) if one.what.startswith(("delivery", "before"))} == {
        one.what for one in requirements(judged) if one.what.startswith(("delivery", "before")) and one.met
    }
    worse = {key: replace(tally, findings=Counter(tally.findings)) for key, tally in judged.items()}
    worse[Design.DELIVERY_ONLY, 0.0].findings = Counter({Finding.RAISED: CAMPAIGNS})
    worse[Design.RANDOMISED, 0.0].findings = Counter({Finding.RAISED: CAMPAIGNS})
    worse[Design.BEFORE_AFTER, 0.0].surest = Certainty.LOW
    worse[Design.MATCHED, HARM].findings = Counter({Finding.CANNOT_TELL: CAMPAIGNS})
    worse[Design.RANDOMISED, 0.0].held = 0
    missed = [one.what for one in requirements(worse) if not one.met]
    for part in ("delivery only", "useless", "before and after", "harm of 0.10, matched", "true effect, randomised"):
        assert any(part in what for what in missed), part
