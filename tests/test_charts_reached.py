"""Pictures of who was reached and at what cost: each says what was found, with a table of the same figures."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from campaigns.privacy import STANDARD, STRICT
from campaigns.records import Arm, Money, Sex, Wave
from metrics.costs import Counted, DeliveredCost, cost_plane, worth
from metrics.effects import Effect
from metrics.estimates import Reason
from metrics.proportions import Proportion, risk_difference
from metrics.reached import Exposure, Share, Shown, representation
from metrics.verdicts import Finding
from tests.evaluations import KNOWS, TWICE, estimate, evaluation, groups
from views.charts.costs import plane_chart
from views.charts.steps import steps_chart, steps_of
from views.charts.strip import strip_chart
from views.palette import BETTER, WORSE
from views.reaching.found import Reached, Row
from views.reaching.protecting import shown_asked, shown_effect, shown_exposure, shown_meant
from views.wording import Words
from views.wording.costs import delivered_basis, delivered_label, worth_sentence

ENGLISH = Words("en")


def share(group, value, amount=100.0):
    return Share(group=group, value=value, amount=amount, estimate=estimate(value, value - 0.02, value + 0.02))


def found(*effects, asked=400, breakdown="sex", meant=(True, True)):
    """Women, who are half of those meant and 20 % of what was shown, and men."""
    shown = (share("F", 0.2), share("M", 0.8))
    parts = representation(shown, (share("F", 0.5), share("M", 0.5)) if asked else ())
    effects = effects or (None, None)
    return Reached(
        breakdown=breakdown,
        shown=Shown(
            breakdown=breakdown, shares=shown, basis="impressions", days=14, platforms=("meta_ads",), known=0.98
        ),
        rows=tuple(
            Row(group=part.group, meant=inside, part=part, effect=effect)
            for part, effect, inside in zip(parts, effects, meant, strict=True)
        ),
        asked=asked,
        population=(),
        to_meant=None,
        differ=None,
    )


def exposed(group, asked, saw, index=1.0):
    return Exposure(
        group=group, asked=asked, saw=saw, share=saw / asked, estimate=None, index=index, conf_low=0.5, conf_high=2.0
    )


def test_the_strip_says_who_was_left_behind_and_holds_the_same_figures():
    picture = strip_chart(found(), 0.05, ENGLISH)
    assert picture.alt == "Women: 20% of what was shown; they are 50% of those meant (index 0.40)."
    women = picture.table.iloc[0]
    assert (women["Group"], women["Share of those meant"], women["Share of what was shown"]) == ("Women", "50%", "20%")
    assert (women["Index"], women["What that says"], women["Change per 100 people"]) == ("0.40", "left behind", "—")
    said = " ".join(note.text for note in picture.figure.layout.annotations)
    assert "<b>Women</b>" in said
    assert "20%" in said


def test_the_strip_draws_what_changed_with_the_marks_of_all_pictures():
    picture = strip_chart(found(estimate(0.09, 0.06, 0.12), estimate(-0.09, -0.12, -0.06)), 0.05, ENGLISH)
    marks = [(trace.marker.symbol, trace.marker.color) for trace in picture.figure.data if trace.mode == "markers"]
    assert marks == [("circle", BETTER), ("diamond", WORSE)]
    assert "Women: +9 (+6 to +12) in every 100." in picture.alt


def test_groups_that_nobody_meant_are_said_to_be_so():
    picture = strip_chart(found(meant=(True, False)), 0.05, ENGLISH)
    assert list(picture.table["Meant for them"]) == ["yes", "no"]
    assert any("not meant" in note.text for note in picture.figure.layout.annotations)


def test_a_group_that_is_meant_but_was_not_asked_is_not_said_to_be_not_meant():
    known = found()
    (men,) = representation((share("M", 0.8),), ())
    rows = (known.rows[0], Row(group="M", meant=True, part=men, effect=None))
    assert list(strip_chart(replace(known, rows=rows), 0.05, ENGLISH).table["What that says"]) == [
        "left behind",
        "their part is not known",
    ]


def test_without_answers_nobody_is_said_to_be_left_behind():
    picture = strip_chart(found(asked=0), None, ENGLISH)
    assert picture.alt == "Women: 20% of what was shown. Men: 80% of what was shown."
    assert set(picture.table["What that says"]) == {"—"}


def test_steps_are_shares_only_of_what_the_same_platforms_counted():
    rows = pd.DataFrame(
        {
            "platform": ["meta_ads", "youtube"],
            "impressions": [10_000, None],
            "views": [None, 4_000],
            "link_clicks": [90, None],
            "thruplay": [None, None],
        }
    )
    steps = steps_of(rows)
    assert [(step.metric, step.total, step.share) for step in steps] == [
        ("impressions", 10_000, 1.0),
        ("views", 4_000, None),
        ("link_clicks", 90, 0.009),
    ]


def test_what_people_said_stands_apart_from_what_platforms_counted():
    rows = pd.DataFrame({"platform": ["meta_ads"], "impressions": [1_200_000], "link_clicks": [4_100]})
    picture = steps_chart(evaluation(groups=TWICE), rows, ENGLISH, profile=STANDARD)
    assert "Times shown: 1,200,000. Clicks on a link: 4,100." in picture.alt
    assert list(picture.table["Who says so"]) == ["platforms"] * 3 + ["people asked"] * 2
    assert picture.table["How many"].iloc[-2] == "55 of 100 people asked"  # 205 of 375, from the rounded counts
    dashed = [shape for shape in picture.figure.layout.shapes if shape.line.dash == "dash"]
    assert len(dashed) == 1
    marks = [trace for trace in picture.figure.data if trace.mode == "markers"]
    assert all(trace.y[0] > dashed[0].y0 for trace in marks)  # below the line


def test_where_nobody_was_asked_the_picture_says_so():
    rows = pd.DataFrame({"platform": ["meta_ads"], "impressions": [1_200_000]})
    unasked = steps_chart(evaluation(Finding.NOT_MEASURED, None), rows, ENGLISH, profile=STANDARD)
    assert any("Nobody was asked" in note.text for note in unasked.figure.layout.annotations)
    few = groups((Arm.CAMPAIGN, Wave.AFTER, 2, 5))
    assert "people asked" not in set(
        steps_chart(evaluation(groups=few), rows, ENGLISH, profile=STANDARD).table["Who says so"]
    )
    assert steps_chart(evaluation(groups=TWICE), rows.iloc[:0], ENGLISH, profile=STANDARD) is None


def test_the_plane_shows_two_hundred_dots_and_counts_those_under_a_price():
    effect = risk_difference(Proportion(480, 800), Proportion(360, 800))
    plane = cost_plane(effect, people=10_000, spend=Money(amount=400_000, currency="EUR"), rng=np.random.default_rng(1))
    picture = plane_chart(plane, ENGLISH)
    assert picture.alt == "In 160 of 200 simulated outcomes one additional person costs under €3.10."
    filled, hollow = (trace for trace in picture.figure.data if trace.mode == "markers")
    assert (len(filled.x), len(hollow.x)) == (160, 40)
    assert picture.table.iloc[-2, 1] in {f"{plane.under(price)} of 200" for price in (3.1, 4.0, 3.9, 3.2)}
    assert all("of 200" in cell for cell in picture.table.iloc[:, 1])


def test_a_plane_without_a_likely_price_is_not_drawn():
    nobody = cost_plane(
        estimate(0.01, -0.05, 0.07), people=10, spend=Money(amount=100, currency="EUR"), rng=np.random.default_rng(1)
    )
    assert plane_chart(nobody, ENGLISH) is None


def asked(women, men):
    people = (("F", women), ("M", men))
    return [Share(group=group, value=count / (women + men), amount=count) for group, count in people]


def test_shares_of_those_asked_are_made_of_rounded_counts():
    women, men = shown_asked(asked(37, 63), "sex", STANDARD)
    assert (women.value, women.amount, men.value) == (0.35, 35, 0.65)
    (alone,) = shown_asked(asked(7, 93), "sex", STANDARD)
    assert alone.group == "M"


def test_the_share_of_those_asked_who_were_meant_is_rounded_or_hidden():
    assert shown_meant(Share(group="meant", value=0.9, amount=92), 103, STANDARD).value == 90 / 105
    assert shown_meant(Share(group="meant", value=1.0, amount=103), 103, STANDARD) is None
    assert shown_meant(Share(group="meant", value=0.97, amount=98), 103, STANDARD) is None


def test_who_saw_it_is_hidden_where_few_did():
    women, men = exposed("F", 104, 52, index=0.9), exposed("M", 96, 9)
    (only,) = shown_exposure((women, men), "sex", STANDARD)
    assert (only.group, only.asked, only.share) == ("F", 100, 0.5)
    assert only.index == pytest.approx(0.5 / (60 / 200))
    assert only.conf_low == pytest.approx(0.5 * only.index / 0.9)
    assert shown_exposure((women, men), "sex", STRICT) == (only,)


def test_a_groups_effect_is_hidden_where_few_answered_either_way():
    enough = groups((Arm.CAMPAIGN, Wave.AFTER, 20, 60), (Arm.COMPARISON, Wave.AFTER, 12, 50))
    few = groups((Arm.CAMPAIGN, Wave.AFTER, 20, 60), (Arm.COMPARISON, Wave.AFTER, 9, 50))
    known = estimate()
    assert shown_effect(Effect(outcome=KNOWS, groups=enough, estimate=known), Sex.FEMALE, STANDARD) is known
    assert shown_effect(Effect(outcome=KNOWS, groups=few, estimate=known), Sex.FEMALE, STANDARD) is None
    assert shown_effect(Effect(outcome=KNOWS, groups=(), estimate=known), Sex.FEMALE, STANDARD) is None


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"estimate": 0.18, "low": 0.17, "high": 0.19}, "€0.18 (€0.17 to €0.19)"),
        ({"estimate": 0.018, "low": 0.017, "high": 0.019}, "€18.00 (€17.00 to €19.00) for every 1,000"),
        ({"estimate": 94.0, "low": 31.0, "high": math.inf}, "€94.00 (€31.00 or more)"),
        ({"estimate": 94.0}, "€94.00"),
        ({"counted": Counted.REACHED, "low": 0.002, "high": 0.15}, "between €2.00 and €150 for every 1,000"),
        ({"counted": Counted.REACHED, "high": 0.5}, "at most €0.50"),
        ({"counted": Counted.REACHED, "low": 0.5, "high": 0.5, "estimate": 0.5}, "€0.50"),
        ({"reason": Reason.MONEY_NOT_KNOWN}, "not known"),
    ],
)
def test_a_cost_is_said_with_its_range_in_one_unit(figures, said):
    assert delivered_label(DeliveredCost(**{"counted": Counted.CLICKED, "currency": "EUR"} | figures), ENGLISH) == said


def test_what_no_export_counts_is_not_said_to_be_none():
    assert delivered_basis(DeliveredCost(counted=Counted.COMPLETED, reason=Reason.NO_RESULTS), ENGLISH) == (
        "No export counts them."
    )
    counted = DeliveredCost(counted=Counted.CLICKED, metric="link_clicks", reason=Reason.NO_RESULTS)
    assert delivered_basis(counted, ENGLISH) == "There were no results to divide the cost by."
    days = DeliveredCost(counted=Counted.CLICKED, metric="link_clicks", results=75, days=4, low=1.0, high=2.0)
    assert delivered_basis(days, ENGLISH) == "Clicks on a link: 75, over 4 days."


def test_a_campaign_that_cost_more_than_it_was_worth_is_said_to_have():
    effect = risk_difference(Proportion(480, 800), Proportion(360, 800))
    spend = Money(amount=400_000, currency="EUR")
    assert worth_sentence(worth(effect, people=10_000, spend=spend, price=4), "EUR", ENGLISH).startswith(
        "If one additional person is worth €4.00, the campaign was worth €2,000 more than it cost (between €52"
    )
    less = worth_sentence(worth(effect, people=10_000, spend=spend, price=2), "EUR", ENGLISH)
    assert "the campaign cost €1,000 more than it was worth; the chance that it was worth its cost is 2 in 100" in less
