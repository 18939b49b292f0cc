"""Who was reached: shares by day, those asked, the representation index, and messages with one audience.

Numbers marked R are those of R 4.2 with sandwich: a weighted least squares of the rate, `vcovCL(fit, cluster = day,
type = "HC0", cadjust = TRUE)`, and t with days less one; see each test for the model.
"""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit, stdtrit

from campaigns.records import Audience, Design, Outcome, Rung, Study
from metrics.estimates import Caution, Estimate, Measure, Method, NotEstimable, Reason
from metrics.reached import (
    Share,
    Standing,
    common_bands,
    delivered_shares,
    group_effects,
    group_of,
    representation,
    share_to_meant,
    shown_to,
    standardised_difference,
)
from tests.examples import campaign

WOMEN, MEN = [60, 80, 70, 90], [140, 120, 150, 110]
KINDS = [("18-24", "F"), ("25-34", "F"), ("18-24", "M"), ("25-34", "M")]
SHOWN = {
    "a": [
        [520, 610, 480, 700, 655, 590, 505], [300, 280, 350, 310, 290, 330, 305],
        [410, 390, 450, 420, 400, 440, 415], [200, 220, 210, 190, 230, 205, 215],
    ],
    "b": [
        [210, 190, 220, 205, 215, 230, 200], [620, 640, 600, 650, 610, 630, 645],
        [150, 160, 140, 155, 165, 145, 150], [500, 520, 480, 510, 490, 530, 505],
    ],
}  # fmt: skip
CLICKED = {
    "a": [
        [21, 25, 18, 30, 26, 22, 20], [6, 5, 8, 7, 6, 7, 5], [10, 9, 12, 11, 9, 12, 10], [3, 4, 3, 2, 4, 3, 3],
    ],
    "b": [
        [7, 6, 8, 7, 7, 9, 6], [12, 14, 11, 13, 12, 12, 14], [3, 4, 2, 3, 4, 3, 3], [7, 8, 6, 8, 7, 9, 7],
    ],
}  # fmt: skip


def days_of(message, *, later=0):
    rows = [
        {"day": day + later, "age": age, "sex": sex, "denominator": shown, "numerator": clicked}
        for (age, sex), all_shown, all_clicked in zip(KINDS, SHOWN[message], CLICKED[message], strict=True)
        for day, (shown, clicked) in enumerate(zip(all_shown, all_clicked, strict=True))
    ]
    return pd.DataFrame(rows)


def share_of(group, value, se=None, df=math.inf):
    found = None
    if se is not None:
        found = Estimate(
            measure=Measure.PROPORTION, estimate=value, se=se, conf_low=0.0, conf_high=1.0, p_value=None, df=df,
            conf_level=0.95, method=Method.SAMPLE_LINEARISATION, n=10,
        )  # fmt: skip
    return Share(group=group, value=value, amount=100, estimate=found)


def test_a_share_of_delivery_has_days_as_its_clusters():
    cells = pd.DataFrame({"day": [1, 2, 3, 4] * 2, "value": ["F"] * 4 + ["M"] * 4, "amount": WOMEN + MEN})
    men, women = delivered_shares(cells, "sex")
    assert (men.group, women.group, women.amount) == ("M", "F", 300)
    # R: lm(woman ~ 1, weights = shown), and the limits on the logit
    assert women.value == pytest.approx(0.36585365854, rel=1e-9)
    assert women.estimate.se == pytest.approx(0.03487393806, rel=1e-9)
    assert (women.conf_low, women.conf_high) == pytest.approx((0.26339097892, 0.48208892644), rel=1e-9)
    assert women.estimate.df == 3


def test_what_is_not_known_of_people_is_in_no_share():
    cells = pd.DataFrame({"value": ["F", "M", "U", None], "amount": [30, 70, 900, 900]})
    assert [(share.group, share.value) for share in delivered_shares(cells, "sex")] == [("M", 0.7), ("F", 0.3)]


@pytest.mark.parametrize("days", [[1, 1], [1, 2], [None, None]])
def test_two_days_give_a_share_without_an_interval(days):
    cells = pd.DataFrame({"value": ["F", "M"], "amount": [30, 70], "day": days})
    assert [share.conf_low for share in delivered_shares(cells, "sex")] == [None, None]


@pytest.mark.parametrize("conf_level", [0.8, 0.95])
def test_three_days_give_a_share_with_an_interval(conf_level):
    cells = pd.DataFrame({"value": ["F", "M"] * 3, "amount": [30, 70, 40, 60, 20, 80], "day": [1, 1, 2, 2, 3, 3]})
    cells["note"] = None  # a gap elsewhere leaves nothing out
    men, women = delivered_shares(cells, "sex", conf_level=conf_level)
    # days alike in all: the mean of 0.3, 0.4 and 0.2, whose variance is 0.01
    assert (women.value, women.estimate.se, women.estimate.df) == (0.3, pytest.approx(0.1 / math.sqrt(3)), 2)
    reach = float(stdtrit(2, (1 + conf_level) / 2)) * women.estimate.se / 0.21
    assert women.conf_low == pytest.approx(expit(logit(0.3) - reach))
    assert men.conf_high == pytest.approx(1 - women.conf_low)


def test_days_that_never_vary_give_no_interval():
    cells = pd.DataFrame({"value": ["F", "M"] * 3, "amount": [25, 75] * 3, "day": [1, 1, 2, 2, 3, 3]})
    assert [share.estimate for share in delivered_shares(cells, "sex")] == [None, None]


def test_groups_are_those_of_the_breakdown_and_nobody_has_a_share_of_nothing():
    cells = pd.DataFrame({"value": ["13-17", "Y_LT18", "18-24", "65+"], "amount": [10, 20, 70, 0]})
    assert [(share.group, share.amount) for share in delivered_shares(cells, "age")] == [("18-24", 70), ("0-17", 30)]
    (single,) = delivered_shares(pd.DataFrame({"value": ["F"], "amount": [1]}), "sex")
    assert (single.value, single.amount, single.estimate) == (1.0, 1, None)


def test_nothing_delivered_has_no_shares():
    assert delivered_shares(pd.DataFrame({"value": ["F"], "amount": [0]}), "sex") == ()
    assert delivered_shares(pd.DataFrame({"value": ["U"], "amount": [9]}), "sex") == ()


@pytest.mark.parametrize(
    ("value", "breakdown", "group"),
    [
        ("Y_LT18", "age", "0-17"),
        ("13-17", "age", "0-17"),
        ("15-18", "age", "15-18"),
        ("Y18T24", "age", "18-24"),
        ("65+", "age", "65+"),
        ("Y_GE65", "age", "65+"),
        ("somebody", "age", None),
        ("fr-SN", "language", "fr"),
        ("U", "sex", None),
        ("SEN", "country", "SEN"),
        (None, "country", None),
    ],
)
def test_surveys_and_platforms_are_held_against_each_other_by_the_same_groups(value, breakdown, group):
    assert group_of(value, breakdown) == group


@pytest.mark.parametrize(
    ("first", "second", "bands"),
    [
        (["18-24", "25-34"], ["Y25T34", "Y18T24"], {"18-24": "18-24", "25-34": "25-34"}),
        (["13-17", "18-24"], ["Y15T24"], {"0-17": "0-24", "18-24": "0-24", "15-24": "0-24"}),
        (["15-18"], ["18-24"], {"15-18": "15-24", "18-24": "15-24"}),
        (["35-54"], ["35-44", "45-54"], dict.fromkeys(["35-44", "35-54", "45-54"], "35-54")),
        (["55+", "18-24"], ["65+"], {"18-24": "18-24", "55+": "55+", "65+": "55+"}),
        (["unknown", None], [], {}),
    ],
)  # fmt: skip
def test_ages_in_unequal_bands_are_compared_in_bands_that_hold_both(first, second, bands):
    assert common_bands(pd.Series(first, dtype=object), pd.Series(second, dtype=object)) == bands


def test_the_index_compares_two_shares_on_the_logarithm():
    (found,) = representation((share_of("F", 0.22, 0.02, 13),), (share_of("F", 0.48, 0.025, 399),))
    # R: p / q and the t interval with v^2 / ((sp/p)^4/13 + (sq/q)^4/399) degrees of freedom
    assert found.index == pytest.approx(0.4583333333, rel=1e-9)
    assert (found.conf_low, found.conf_high) == pytest.approx((0.3689950629, 0.5693015045), rel=1e-9)
    assert found.standing is Standing.LEFT_BEHIND


def test_two_shares_whose_spread_is_well_known_have_the_normal_distribution():
    (found,) = representation((share_of("F", 0.2, 0.01),), (share_of("F", 0.5, 0.01),))
    half = 1.959963985 * math.sqrt(0.05**2 + 0.02**2)
    assert (found.conf_low, found.conf_high) == pytest.approx((0.4 * math.exp(-half), 0.4 * math.exp(half)))


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6))
def test_a_perfect_match_has_an_index_of_one(amounts):
    cells = pd.DataFrame({"value": [f"{place}-{place + 9}" for place in range(18, 78, 10)][: len(amounts)]})
    shares = delivered_shares(cells.assign(amount=amounts), "age")
    assert [found.index for found in representation(shares, shares)] == [1.0] * len(amounts)


@pytest.mark.parametrize(
    ("reached", "intended", "standing"),
    [
        ((0.30, 0.01), 0.5, Standing.LEFT_BEHIND),
        ((0.45, 0.01), 0.5, Standing.A_LITTLE_LESS),
        ((0.49, 0.05), 0.5, Standing.AS_MANY),
        ((0.60, 0.01), 0.5, Standing.MORE),
        ((0.60, None), 0.5, Standing.NOT_SURE),
    ],
)
def test_what_is_said_of_a_group_follows_from_its_interval(reached, intended, standing):
    (found,) = representation((share_of("F", *reached, 20),), (share_of("F", intended),))
    assert found.standing is standing


def test_a_group_without_delivery_is_missed_and_one_that_nobody_meant_is_not_meant():
    women, men = representation((share_of("M", 1.0, 0.1, 9),), (share_of("F", 0.5),))
    assert (women.group, women.standing, women.index) == ("F", Standing.MISSED, 0.0)
    assert (men.group, men.standing, men.index) == ("M", Standing.NOT_MEANT, math.inf)


def test_what_was_delivered_needs_an_interval_of_its_own():
    (found,) = representation((share_of("F", 0.2),), (share_of("F", 0.5, 0.01),))
    assert (found.index, found.conf_low, found.conf_high) == (0.4, None, None)
    (nobody,) = representation((), (share_of("F", 0.0),))
    assert (nobody.index, nobody.standing) == (None, Standing.MISSED)


def test_messages_are_compared_with_the_audience_of_both():
    found = standardised_difference(days_of("a"), days_of("b"))
    # R: lm(clicked / shown ~ 0 + message:kind, weights = shown), kinds weighed by what both delivered to them
    assert found.crude == pytest.approx(0.008084746662, rel=1e-9)
    assert found.difference.estimate == pytest.approx(0.002512195469, rel=1e-9)
    assert found.difference.se == pytest.approx(0.000490138508, rel=1e-8)
    limits = found.difference.conf_low, found.difference.conf_high
    assert limits == pytest.approx((0.001312869745, 0.003711521193), rel=1e-8)
    assert found.difference.p_value == pytest.approx(0.002166571397, rel=1e-7)
    assert (found.difference.df, found.difference.n, found.difference.cautions) == (6, 7, ())
    assert found.a[1] - found.b[1] == pytest.approx(found.difference.estimate)
    assert found.shared == (1.0, 1.0)
    assert found.balance.noticeable
    rate = Measure.RISK_DIFFERENCE, Method.SAMPLE_LINEARISATION, 0.95
    assert (found.difference.measure, found.difference.method, found.difference.conf_level) == rate
    likelier = standardised_difference(days_of("a"), days_of("b"), conf_level=0.8).difference
    t = (likelier.conf_high - likelier.estimate) / likelier.se
    assert (likelier.conf_level, t) == (0.8, pytest.approx(1.439756))  # R: qt(0.9, 6)


def test_gaps_and_kinds_that_were_not_shown_anything_are_left_out():
    plain = standardised_difference(days_of("a"), days_of("b")).difference
    gaps = pd.DataFrame({"day": [1, 2, None], "age": "18-24", "sex": "F", "numerator": [3, None, 3]})
    more = pd.concat([
        days_of("a").assign(note=None),  # a gap elsewhere leaves nothing out
        gaps.assign(denominator=[None, 90, 90]),
        pd.DataFrame({"day": [1], "age": "65+", "sex": "M", "numerator": 0, "denominator": 0}),
    ])  # fmt: skip
    assert standardised_difference(more, days_of("b")).difference == plain


def test_a_kind_to_which_one_message_was_shown_no_time_is_not_shared():
    kind = pd.DataFrame({"day": [1], "age": "65+", "sex": "M", "numerator": 0})
    a, b = (pd.concat([days_of(name), kind.assign(denominator=n)]) for name, n in (("a", 0), ("b", 30)))
    assert standardised_difference(a, b).shared == (1.0, pytest.approx(1 - 30 / (30 + np.sum(SHOWN["b"]))))


def test_shown_once_and_clicked_by_nobody_counts():
    days = {"day": [1, 2, 3], "age": "18-24", "sex": "F", "denominator": 1}
    a, b = pd.DataFrame({**days, "numerator": [1, 0, 0]}), pd.DataFrame({**days, "numerator": 0})
    found = standardised_difference(a, b)
    assert (found.a, found.b, found.difference.estimate) == ((1 / 3, 1 / 3), (0, 0), 1 / 3)
    # the mean of three days: the variance between them over three
    assert found.difference.se == pytest.approx(1 / 3)


def test_days_that_only_one_message_ran_on_are_clusters_of_their_own():
    found = standardised_difference(days_of("a"), days_of("b", later=2)).difference
    assert found.se == pytest.approx(0.0005111251065, rel=1e-8)  # R, as above
    assert (found.n, found.df, found.cautions) == (9, 8, (Caution.DAYS_NOT_SHARED,))


def test_kidney_stones_show_what_standardising_does():
    """Charig et al. (1986), BMJ 292:879: 78 against 83 % of all, but better for small stones and for large ones."""
    a, b = ([(87, 81), (263, 192)], [(270, 234), (80, 55)])
    sides = [
        pd.DataFrame(
            [
                {"day": day, "size": size, "denominator": total, "numerator": healed}
                for day in range(3)
                for size, (total, healed) in zip(("small", "large"), side, strict=True)
            ]
        )
        for side in (a, b)
    ]
    found = standardised_difference(*sides, by=["size"])
    assert (found.a[0], found.b[0]) == pytest.approx((273 / 350, 289 / 350))
    assert found.a[1] == pytest.approx((357 * 81 / 87 + 343 * 192 / 263) / 700)  # 0.833
    assert found.b[1] == pytest.approx((357 * 234 / 270 + 343 * 55 / 80) / 700)  # 0.779
    assert found.difference == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NO_VARIATION, n=3)


def test_swapping_the_messages_turns_the_sign():
    one, other = (
        standardised_difference(*pair) for pair in ((days_of("a"), days_of("b")), (days_of("b"), days_of("a")))
    )
    assert one.difference.estimate == pytest.approx(-other.difference.estimate)
    assert one.difference.conf_low == pytest.approx(-other.difference.conf_high)
    assert one.difference.p_value == pytest.approx(other.difference.p_value)
    assert one.crude == -other.crude


def test_one_message_against_itself_differs_by_nothing():
    found = standardised_difference(days_of("a"), days_of("a"))
    assert (found.crude, found.difference.reason) == (0, Reason.NO_VARIATION)


def test_messages_shown_to_different_people_are_not_compared():
    young, old = days_of("a").query("age == '18-24'"), days_of("b").query("age == '25-34'")
    apart = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.AUDIENCES_APART, n=7 + 7)
    assert standardised_difference(young, old) == apart
    nobody = dataclasses.replace(apart, n=5)
    assert standardised_difference(days_of("a").query("day < 5"), days_of("b").assign(sex=None)) == nobody
    mixed = pd.concat([days_of("a"), old.assign(denominator=old["denominator"] * 5)])
    assert standardised_difference(mixed, young).reason is Reason.AUDIENCES_APART  # most of one went to others
    assert standardised_difference(days_of("a").assign(sex=None), days_of("b")) == dataclasses.replace(apart, n=7)


@pytest.mark.parametrize(("others", "compared"), [(100, True), (101, False)])
def test_nine_in_ten_of_what_each_delivered_must_have_gone_to_people_of_both(others, compared):
    days = {"day": [1, 2, 3], "sex": "F", "denominator": 300, "numerator": [3, 4, 5]}
    one = pd.DataFrame({**days, "age": "18-24"})
    rest = pd.DataFrame({"day": [1], "sex": "F", "age": "65+", "denominator": others, "numerator": 1})
    found = standardised_difference(pd.concat([one, rest]), one)
    assert isinstance(found, NotEstimable) is not compared


def test_a_few_people_whom_only_one_message_reached_are_left_out_and_said():
    rare = pd.DataFrame({"day": range(7), "age": "65+", "sex": "F", "denominator": 30, "numerator": 30})
    found = standardised_difference(pd.concat([days_of("a"), rare]), days_of("b"))
    assert found.difference.estimate == pytest.approx(0.002512195469, rel=1e-9)
    assert found.shared == (pytest.approx(1 - 210 / (210 + np.sum(SHOWN["a"]))), 1.0)


def test_two_days_are_too_few_to_compare_messages():
    found = standardised_difference(days_of("a").query("day < 2"), days_of("b").query("day < 2"))
    assert found.difference == NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.TOO_FEW_DAYS, n=2)
    few = standardised_difference(days_of("a").query("day < 4"), days_of("b").query("day < 4"))
    assert few.difference.cautions == (Caution.FEW_DAYS,)


def test_results_below_zero_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="-1 results are below zero"):
        standardised_difference(days_of("a").assign(numerator=-1), days_of("b"))


def several(platform, day, **amounts):
    return pd.DataFrame(
        [
            {"platform": platform, "day": day, "value": value, "impressions": n, "views": n}
            for value, n in amounts.items()
        ]
    )


def test_a_campaign_was_shown_to_whom_its_platforms_say_day_by_day():
    by_day = pd.concat([several("x", day, F=40 + day, M=60 - day, U=10) for day in range(4)])
    shown = shown_to("sex", by_day, by_day.drop(columns="day"))
    assert (shown.breakdown, shown.basis, shown.days, shown.platforms) == ("sex", "impressions", 4, ("x",))
    assert shown.known == 400 / 440
    assert [round(share.value, 4) for share in shown.shares] == [0.585, 0.415]
    assert all(share.conf_low < share.value < share.conf_high for share in shown.shares)


def test_days_that_tell_less_than_the_whole_period_give_no_interval():
    by_day = pd.concat([several("x", day, F=40, M=60) for day in range(4)])
    shown = shown_to("sex", by_day, several("x", None, F=900, M=100))
    assert (shown.days, shown.shares[0].value, shown.shares[0].conf_low) == (0, 0.9, None)
    dated = several("x", 1, F=900, M=100)  # the last day of the period is no day of it
    assert shown_to("sex", by_day, dated).days == 0


def test_ages_are_told_by_their_bands_and_once_is_enough():
    by_day = several("x", 1, **{"13-17": 1, "Y_LT18": 1, "18-24": 2})
    assert [(share.group, share.value) for share in shown_to("age", by_day, by_day).shares] == [
        ("0-17", 0.5), ("18-24", 0.5),
    ]  # fmt: skip
    single = several("x", 1, **{"18-24": 1})
    assert shown_to("age", single, single).shares[0].amount == 1


def test_one_platform_does_not_stand_for_another_that_counts_something_else():
    views = several("y", 1, F=10, M=90).assign(impressions=None)
    both = pd.concat([several("x", 1, F=40, M=60), views])
    assert shown_to("sex", both, both).basis == "views"
    only = shown_to("sex", both, both, platform="y")
    assert (only.platforms, only.shares[0].value) == (("y",), 0.9)
    apart = pd.concat([several("x", 1, F=40, M=60).assign(views=None), views])
    assert shown_to("sex", apart, apart).basis == "impressions"  # no figure of both: the first that any has
    assert shown_to("sex", both.iloc[:0], both.iloc[:0]) is None


def test_what_went_to_those_meant_is_a_share_of_what_is_known():
    audience = Audience(
        description="women", countries=("SEN",), languages=("wo",), sexes=("F",), age_low=18, age_high=34
    )
    cells = several("x", 1, F=20, M=60, U=100)
    assert share_to_meant(audience, "sex", cells, cells).value == 0.25
    men = several("x", 1, M=60)
    assert share_to_meant(audience, "sex", men, men) == Share(group="meant", value=0.0, amount=0.0)
    ages = several("x", 1, **{"Y18T24": 30, "13-17": 10})
    both = pd.concat([ages, several("y", 1, **{"18-24": 0, "65+": 40})])
    assert share_to_meant(audience, "age", both, both).value == 30 / 80
    assert share_to_meant(audience, "age", both, both, platform="x").value == 0.75
    anybody = Audience(description="all", countries=("SEN",), languages=())
    assert share_to_meant(anybody, "sex", cells, cells) is None


def trial(*cells):
    """Answers to a randomised campaign: sex, arm, how many answered, how many of them as counts."""
    rows = [
        {"survey": "s", "respondent": f"{sex}{arm}{n}", "arm": arm, "wave": "after", "outcome": "knows", "sex": sex,
         "value": int(n < yes), "cluster": None, "weight": None}
        for sex, arm, asked, yes in cells
        for n in range(asked)
    ]  # fmt: skip
    return pd.DataFrame(rows)


ALIKE = trial(
    ("F", "campaign", 200, 120), ("F", "comparison", 200, 80), ("M", "campaign", 200, 124), ("M", "comparison", 200, 84)
)
APART = trial(
    ("F", "campaign", 200, 160), ("F", "comparison", 200, 80), ("M", "campaign", 200, 80), ("M", "comparison", 200, 80)
)


def randomised(**study):
    known = Study(**{"design": Design.RANDOMISED} | study)
    outcome = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="?", column="k", counts=("yes",))
    return campaign("C1", study=known, outcome=outcome)


def effects_by_sex(answers, record):
    return group_effects(record, answers, "sex")


def test_what_changed_is_measured_in_each_group_and_their_difference_is_asked_first():
    alike = effects_by_sex(ALIKE, randomised())
    assert {group: round(one.estimate.estimate, 3) for group, one in alike.effects.items()} == {"F": 0.2, "M": 0.2}
    assert alike.difference == pytest.approx(1, abs=1e-6)
    apart = effects_by_sex(APART, randomised())
    women, men = (apart.effects[sex].estimate for sex in "FM")
    # two independent effects: Cochran's Q is the square of their difference over its variance, one degree of freedom
    q = (women.estimate - men.estimate) ** 2 / (women.se**2 + men.se**2)
    assert apart.difference == pytest.approx(math.erfc(math.sqrt(q / 2)))
    assert apart.difference < 1e-6


def test_groups_are_not_compared_where_nobody_was_or_where_there_is_one():
    assert effects_by_sex(ALIKE, randomised(design=Design.BEFORE_AFTER)) is None
    assert effects_by_sex(ALIKE[ALIKE["sex"] == "F"], randomised()) is None
    assert effects_by_sex(ALIKE.drop(columns="sex"), randomised()) is None
    assert effects_by_sex(ALIKE, campaign("C1")) is None
