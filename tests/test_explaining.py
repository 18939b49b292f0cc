"""Campaigns by what they differ in: compared where they can be, refused with the reason where they cannot."""

import dataclasses

import pytest

from campaigns.records import Frame, Message, Messenger, Sex, Tone
from metrics.evaluation import Evaluation
from metrics.explaining import SEVERAL, Moderator, NotExplained, explain, value_of
from metrics.places import places
from tests.evaluations import campaign, evaluation
from views.wording import Words
from views.wording.explaining import (
    cautions_of_comparison,
    explained_sentence,
    kind_label,
    place_label,
    places_sentence,
    regression_sentence,
)

EN = Words("en")
A, B, C = Frame.TESTIMONY, Frame.RISK, Frame.SMUGGLER_TACTICS
# metafor 3.8-1 in R: rma(y, v, mods = ~ g, test = "adhoc"), with each value of g as reference in turn.
SEVEN = (
    (0.10, 0.03, A),
    (0.14, 0.04, A),
    (0.02, 0.02, B),
    (0.05, 0.03, B),
    (0.20, 0.05, C),
    (0.16, 0.04, C),
    (0.01, 0.03, B),
)


def known(effect: float, se: float, frame: Frame, *, name: str = "one", **message) -> Evaluation:
    """A campaign of this frame with this effect and standard error."""
    found = evaluation(title=name)
    assert found.verdict.estimate is not None
    estimate = dataclasses.replace(found.verdict.estimate, estimate=effect, se=se)
    record = dataclasses.replace(found.campaign, id=name.replace(" ", "-"), message=Message(frame=frame, **message))
    return dataclasses.replace(found, campaign=record, verdict=dataclasses.replace(found.verdict, estimate=estimate))


def seven() -> list[Evaluation]:
    return [known(*one, name=f"c{place}") for place, one in enumerate(SEVEN)]


def test_kinds_of_campaigns_are_averaged_and_compared_as_metafor_does() -> None:
    found = explain(seven(), [Moderator.FRAME])
    assert found.refusal is None
    assert (found.terms, len(found.members), found.left_out, found.few) == (2, 7, (), True)
    averages = {kind.value: kind.average for kind in found.kinds}
    for frame, wanted in (
        (A, (0.114400000, 0.047765317, 0.181034683)),
        (B, (0.024705882, -0.015697329, 0.065109093)),
        (C, (0.175609756, 0.088888181, 0.262331331)),
    ):
        average = averages[frame]
        assert average is not None
        assert (average.estimate, average.conf_low, average.conf_high) == pytest.approx(wanted, abs=1e-8)
    assert [(kind.value, kind.k, kind.compared) for kind in found.kinds] == [(B, 3, 3), (A, 2, 2), (C, 2, 2)]
    by_pair = {(one.value, one.other): one for one in found.contrasts}
    assert set(by_pair) == {(B, A), (B, C), (A, C)}
    assert {one.moderator for one in found.contrasts} == {Moderator.FRAME}
    one = by_pair[B, A]
    assert (one.estimate, one.conf_low, one.conf_high, one.p_value) == pytest.approx(
        (-0.089694118, -0.167621009, -0.011767226, 0.0330360734), abs=1e-8
    )
    # Holm: the smallest of 0.0119, 0.0330 and 0.1952 times three, the next times two
    assert [round(by_pair[pair].adjusted_p_value, 4) for pair in ((B, C), (B, A), (A, C))] == [0.0356, 0.0661, 0.1952]
    result = found.regression
    assert result is not None
    assert [one.term for one in result.coefficients] == ["intercept", f"frame={A}", f"frame={C}"]  # B is the commonest
    assert (result.statistic, result.p_value) == pytest.approx((12.216849908, 0.019790339), abs=1e-8)


def test_the_chosen_model_is_used() -> None:
    found = explain(seven(), [Moderator.FRAME], method="DL", adjustment="none")
    assert found.regression is not None
    assert (found.regression.method, found.regression.adjustment) == ("DL", "none")
    assert found.contrasts[0].conf_high - found.contrasts[0].conf_low < 0.16  # of the normal distribution: narrower


def test_a_value_that_one_campaign_has_alone_is_left_out_and_said() -> None:
    lone = known(0.30, 0.03, Frame.LAW_AND_PENALTY, name="Alone")
    found = explain([*seven(), lone], [Moderator.FRAME])
    assert (found.left_out, len(found.members)) == ((lone,), 7)
    (kind,) = (kind for kind in found.kinds if kind.value == Frame.LAW_AND_PENALTY)
    assert (kind.k, kind.compared, kind.average) == (1, 0, None)
    said = " ".join(cautions_of_comparison(found, EN))
    assert "Left out, because no other campaign shares their value: Alone." in said


def test_one_value_left_out_can_leave_another_alone() -> None:
    few = [
        known(0.1, 0.03, A, name="a", tone=Tone.FEAR),
        known(0.1, 0.03, A, name="b", tone=Tone.HOPE),
        known(0.1, 0.03, B, name="c", tone=Tone.HOPE),
    ]
    assert explain(few, [Moderator.FRAME, Moderator.TONE]).members == ()


@pytest.mark.parametrize(
    ("frames", "moderators", "refusal", "because"),
    [
        ("AABBB", [], NotExplained.NOTHING_CHOSEN, None),
        ("AAAAA", [Moderator.FRAME], NotExplained.ALL_ALIKE, Moderator.FRAME),
        ("ABC", [Moderator.FRAME], NotExplained.EACH_ONCE, Moderator.FRAME),
        ("AAAAB", [Moderator.FRAME], NotExplained.EACH_ONCE, Moderator.FRAME),
        ("AABBCC", [Moderator.FRAME, Moderator.MESSENGER, Moderator.TONE], NotExplained.TOO_FEW, None),
        ("AABBCCAABB", [Moderator.FRAME, Moderator.MESSENGER], NotExplained.INSEPARABLE, None),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(
    frames: str, moderators: list[Moderator], refusal: NotExplained, because: Moderator | None
) -> None:
    frame = dict(zip("ABC", (A, B, C), strict=True))
    speaker = dict(zip("ABC", (Messenger.RETURNEE, Messenger.OFFICIAL, Messenger.FAMILY), strict=True))
    members = [
        known(0.02 * place, 0.03, frame[letter], name=f"c{place}", messenger=speaker[letter], tone=tone)
        for place, letter in enumerate(frames)
        for tone in [Tone.FEAR if place % 2 else Tone.HOPE]
    ]
    found = explain(members, moderators)
    assert (found.refusal, found.regression, found.contrasts) == (refusal, None, ())
    assert found.because == because
    assert explained_sentence(found, EN).endswith(("compared.", "compare.", "fewer.", "compared by."))
    assert cautions_of_comparison(found, EN) == []


def test_four_campaigns_of_two_kinds_are_the_fewest() -> None:
    members = [known(0.1, 0.03, frame, name=f"c{place}") for place, frame in enumerate((A, A, B, B))]
    assert explain(members[:3], [Moderator.FRAME]).refusal == NotExplained.EACH_ONCE
    assert explain(members, [Moderator.FRAME]).refusal is None


def test_a_comparison_never_claims_that_the_message_did_it() -> None:
    found = explain(seven(), [Moderator.FRAME])
    first, few, *rest = cautions_of_comparison(found, EN)
    assert "These campaigns differ in many ways at once: this is not proof" in first
    assert "7 campaigns for 2 differences: about ten for each are needed." in few
    assert any("3 differences were looked at" in caution and "Holm" in caution for caution in rest)
    assert "(F = 12.22 with 2 and 4 degrees of freedom, p = 0.020)" in explained_sentence(found, EN)
    assert regression_sentence(found, EN).startswith("R² = 100 in 100")


def test_what_goes_along_with_the_message_is_named() -> None:
    speaker = {A: Messenger.RETURNEE, B: Messenger.OFFICIAL, C: Messenger.FAMILY}
    members = [
        dataclasses.replace(
            one, campaign=dataclasses.replace(one.campaign, message=Message(frame=frame, messenger=speaker[frame]))
        )
        for one, (_, _, frame) in zip(seven(), SEVEN, strict=True)
    ]
    found = explain(members, [Moderator.FRAME])
    assert found.twins == (Moderator.MESSENGER,)
    assert "in just the same way by: Messenger." in " ".join(cautions_of_comparison(found, EN))


def test_what_divides_the_campaigns_otherwise_is_no_twin() -> None:
    speaker = {A: Messenger.RETURNEE, B: Messenger.OFFICIAL}
    members = [
        known(0.1 + place / 100, 0.03, frame, name=f"c{place}", messenger=speaker[frame], tone=tone)
        for place, (frame, tone) in enumerate(
            [(A, Tone.FEAR), (A, Tone.HOPE), (A, Tone.HOPE), (B, Tone.FEAR), (B, Tone.HOPE), (B, Tone.FEAR)]
        )
    ]
    assert explain(members, [Moderator.FRAME]).twins == (Moderator.MESSENGER,)


def test_enough_campaigns_are_not_called_few() -> None:
    members = [known(0.01 * (place % 5), 0.03, A if place % 2 else B, name=f"c{place}") for place in range(10)]
    found = explain(members, [Moderator.FRAME])
    assert not found.few
    assert len(cautions_of_comparison(found, EN)) == 1  # one difference: nothing to allow for


def test_values_of_a_record_are_read_as_codes() -> None:
    record = dataclasses.replace(campaign(), platforms=("tiktok", "youtube"))
    women = dataclasses.replace(
        record, audience=dataclasses.replace(record.audience, sexes=(Sex.FEMALE,), countries=("SEN",))
    )
    wanted = {
        Moderator.FRAME: "testimony",
        Moderator.MESSENGER: "none",
        Moderator.TONE: "neutral",
        Moderator.PLATFORM: SEVERAL,
        Moderator.COUNTRY: "SEN",
        Moderator.SEXES: "F",
        Moderator.RUNG: "knowledge",
        Moderator.DESIGN: "randomised",
    }
    assert {moderator: value_of(women, moderator) for moderator in Moderator} == wanted
    assert value_of(record, Moderator.SEXES) == Sex.UNKNOWN
    assert value_of(record, Moderator.COUNTRY) == SEVERAL
    assert value_of(dataclasses.replace(record, platforms=()), Moderator.PLATFORM) == ""
    assert value_of(campaign(outcome=None), Moderator.RUNG) == ""
    assert [kind_label(Moderator.SEXES, "U", EN), kind_label(Moderator.PLATFORM, "", EN)] == [
        "Women and men",
        "not stated",
    ]
    assert [kind_label(moderator, value, EN) for moderator, value in wanted.items()] == [
        "Testimony", "Nobody in person", "Neutral", "several", "Senegal", "Women", "Knowledge of the dangers",
        "People assigned at random",
    ]  # fmt: skip


# ---- Places ------------------------------------------------------------------------------------------------------


def test_places_are_ranges_within_campaigns_of_one_kind() -> None:
    members = [
        known(0.02, 0.01, A, name="low"),
        known(0.20, 0.01, A, name="high"),
        known(0.11, 0.01, A, name="middle"),
        known(0.50, 0.01, B, name="another kind"),
    ]
    (group,) = places(members, Moderator.FRAME)  # of the other kind there is only one
    assert group.value == A
    assert [member.campaign.id for member in group.members] == ["high", "middle", "low"]
    assert [(one.rank_low, one.rank_high) for one in group.ranked] == [(1, 1), (2, 2), (3, 3)]
    assert len(group.pairs) == len(group.apart) == 3
    assert places_sentence(group, EN).startswith("high did more than each of the others")
    (everybody,) = places(members, None)
    assert (len(everybody.members), everybody.value) == (4, "")


def test_campaigns_that_cannot_be_told_apart_share_their_places() -> None:
    (group,) = places([known(0.10, 0.05, A, name="a"), known(0.12, 0.05, A, name="b")], Moderator.FRAME)
    assert [(one.rank_low, one.rank_high) for one in group.ranked] == [(1, 2), (1, 2)]
    assert group.apart == ()
    said = places_sentence(group, EN)
    assert said == (
        "Nobody is clearly first: 2 campaigns may be. Of 1 pair 0 can be told apart, after allowing for looking "
        "at all of them (Holm)."
    )
    assert (place_label(1, 2, EN), place_label(3, 3, EN)) == ("1 to 2", "3")


def test_the_same_campaigns_always_get_the_same_places() -> None:
    members = [known(0.10 + place / 100, 0.05, A, name=f"c{place}") for place in range(4)]
    assert places(members, None) == places(members, None)


def test_the_luckiest_does_not_lead_by_its_point_estimate() -> None:
    sure = [known(0.10, 0.005, A, name=f"sure {place}") for place in range(3)]
    lucky = known(0.14, 0.10, A, name="lucky")
    (group,) = places([lucky, *sure], None)
    assert group.members[-1] is lucky
