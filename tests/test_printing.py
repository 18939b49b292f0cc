"""Results as JSON holds them and as lines of text."""

import dataclasses
import json
import math

import pytest

from campaigns.records import Arm, Wave
from metrics.costs import Cost
from metrics.estimates import Measure, NotEstimable, Reason
from metrics.printing import as_text, evaluation_as_result, plain
from metrics.verdicts import Certainty, Finding, ReasonCode
from metrics.verdicts import Reason as Why
from tests.evaluations import HELPLINE, INTENDS, estimate, evaluation, groups


def test_an_estimate_is_told_without_what_does_not_apply():
    told = plain(estimate(0.04, 0.02, 0.06, n=512))
    assert told == {
        "measure": "risk_difference", "estimate": 0.04, "se": pytest.approx(0.04 / 3.92), "conf_low": 0.02,
        "conf_high": 0.06, "p_value": 0.01, "df": "inf", "conf_level": 0.95, "method": "miettinen_nurminen", "n": 512,
    }  # fmt: skip
    assert json.loads(json.dumps(told)) == told


def test_json_has_no_infinity_and_no_tuple():
    assert plain([math.inf, -math.inf, math.nan, 1.5, 0, None, "inf", True]) == [
        "inf", "-inf", "nan", 1.5, 0, None, "inf", True,
    ]  # fmt: skip
    assert plain({"limits": (1, (2.0, math.inf)), "none": {}}) == {"limits": [1, [2.0, "inf"]], "none": {}}


def test_zero_applies_and_is_told():
    refused = NotEstimable(measure=Measure.RISK_RATIO, reason=Reason.NO_RESULTS, n=0)
    assert plain({"refused": refused}) == {"refused": {"measure": "risk_ratio", "reason": "no_results", "n": 0}}


SHOWN = groups((Arm.CAMPAIGN, Wave.AFTER, 206, 375), (Arm.COMPARISON, Wave.AFTER, 160, 385))
LOST = Why(code=ReasonCode.NO_COMPARISON, change=-1, fatal=True, detail="dangers", figures=(0.5,))


def test_an_evaluation_is_told_whole():
    whole = evaluation(
        groups=SHOWN, alone=estimate(0.1, 0.05, 0.15), reasons=(Why(code=ReasonCode.RANDOMISED), LOST),
        cost=Cost(estimate=2.1, conf_low=1.2, conf_high=7.9, conf_level=0.95, currency="USD", people=100.0),
    )  # fmt: skip
    helpline, intends = (
        dataclasses.replace(whole.effect, outcome=one, groups=(), before_after_alone=None, estimate=estimate(*sizes))
        for one, sizes in ((HELPLINE, (-0.1, -0.2, -0.06)), (INTENDS, (0.01, -0.1, 0.12)))
    )
    verdict = dataclasses.replace(whole.verdict, by_the_rules=Certainty.VERY_LOW)
    told = evaluation_as_result(
        dataclasses.replace(whole, guardrails=(helpline, intends), secondary=(intends,), verdict=verdict)
    )
    assert list(told) == [
        "campaign", "verdict", "reasons", "effect", "guardrails", "secondary", "audience", "delivery", "cost",
    ]  # fmt: skip
    assert told["campaign"] == {"id": "peer-video", "title": "Peer video", "design": "randomised"}
    assert told["verdict"] == {
        "finding": "raised_a_little", "certainty": "moderate", "certainty_by_the_rules": "very_low",
    }  # fmt: skip
    assert told["reasons"] == [
        {"reason": "randomised", "grades": 0, "fatal": False, "detail": "", "figures": ()},
        {"reason": "no_comparison", "grades": -1, "fatal": True, "detail": "dangers", "figures": (0.5,)},
    ]
    assert told["effect"] == {
        "outcome": "dangers", "rung": "knowledge", "smallest_important": whole.effect.outcome.smallest_important,
        "estimate": whole.effect.estimate, "before_after_alone": estimate(0.1, 0.05, 0.15), "because": (), "beside": (),
        "groups": [
            {"arm": "campaign", "wave": "after", "asked": 375, "answered": 375, "counted": 206},
            {"arm": "comparison", "wave": "after", "asked": 385, "answered": 385, "counted": 160},
        ],
    }  # fmt: skip
    assert [(one["outcome"], one["harmed"]) for one in told["guardrails"]] == [("helpline", True), ("leaves", False)]
    assert [(one["outcome"], one["groups"]) for one in told["secondary"]] == [("leaves", [])]
    assert told["audience"] == [
        {"breakdown": "age", "from": 0.62, "to": 0.7, "of": "impressions"},
        {"breakdown": "country", "from": 0.8, "to": 0.8, "of": "impressions"},
    ]
    assert told["delivery"] == {
        "platforms": ("meta_ads", "tiktok_ads"), "impressions": 1_200_000, "link_clicks": 4_100,
    }  # fmt: skip
    assert told["cost"] == {
        "currency": "USD", "estimate": 2.1, "conf_low": 1.2, "conf_high": 7.9, "reason": None,
    }  # fmt: skip


def test_where_nobody_was_asked_there_is_no_effect_and_no_certainty():
    told = evaluation_as_result(evaluation(Finding.NOT_MEASURED, None))
    assert told["effect"] is None
    assert told["verdict"] == {"finding": "not_measured", "certainty": None, "certainty_by_the_rules": None}
    assert told["cost"]["reason"] == "effect_not_above_zero"


def test_text_has_a_part_for_each_result_with_its_name_above_and_no_part_for_nothing():
    text = as_text({
        "k": 13,
        "found": {"estimate": 1 / 3, "limits": {"from": -0.5, "to": math.inf}, "lost": None, "why": ["a", "b"]},
        "beside": [{"n": 1234567.5}, {"n": 2}],
        "cautions": [],
        "reasons": (),
        "names": ["x", {"y": 0.5, "z": 1}],
    })  # fmt: skip
    assert text.split("\n\n") == [
        "k                 13",
        "FOUND\nestimate          0.333333\nfrom              -0.5\nto                inf\nwhy               a, b",
        "BESIDE\nn                 1.23457e+06",
        "BESIDE\nn                 2",
        "names             x, y 0.5 z 1",
    ]


def test_an_estimate_is_printed_by_its_fields():
    lines = as_text({"estimate": estimate(0.04, 0.02, 0.06)}).splitlines()
    assert lines[:3] == ["ESTIMATE", "measure           risk_difference", "estimate          0.04"]
    assert lines[-1] == "n                 512"
