"""Plans of surveys: which change they would show by R's formulas, what is said of them, and what is kept."""

import datetime as dt
from dataclasses import replace

import pytest

from campaigns.plans import Plan, Safeguard
from campaigns.records import Arm, Campaign, Design, Direction, Money, Wave
from campaigns.serialising import decode, encode
from metrics.plans import PlannedSurvey, detectable, people_needed, places_needed, with_people
from tests.evaluations import campaign, evaluation, groups
from views.charts.detectable import detectable_chart
from views.planning.asking import Asked
from views.planning.keeping import plan_of
from views.planning.sizes import sizes_table
from views.wording import Words
from views.wording.plans import (
    COMPARISONS,
    PROMISES,
    SAFEGUARDS,
    against_plan,
    answer_of_plan,
    assumptions,
    enough_sentence,
    interviews_sentence,
    planned_sentences,
    waiting_for_answers,
)

EN = Words("en")
TODAY = dt.date(2026, 1, 5)


def survey(design: Design = Design.RANDOMISED, people: int = 400, **fields) -> PlannedSurvey:
    return PlannedSurvey(design=design, people=people, **fields)


# ---- Figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned", "change"),
    [
        (survey(people=390, known=0.5), 0.09966585),  # power.prop.test(n = 390, p1 = .5, power = .8) in R
        (survey(people=390, known=0.5, lost=0.5), 0.1400412),
        (survey(people=100, sd=2.0), 0.7962801),  # power.t.test(n = 100, sd = 2, power = .8)
        (survey(Design.CLUSTER_RANDOMISED, places=20), 0.1355255),  # 20 places of 20: noncentral t, 38 df
        (survey(places=20), 0.1355255),
        (survey(Design.DIFFERENCE_IN_DIFFERENCES), 0.1346605),  # twice the variance of one wave
    ],
)
def test_the_smallest_visible_change_is_that_of_the_closed_forms(planned: PlannedSurvey, change: float) -> None:
    assert detectable(planned) == pytest.approx(change, abs=1e-5)


def test_the_same_people_twice_show_as_much_as_one_wave_and_more_than_others_do() -> None:
    same = survey(Design.DIFFERENCE_IN_DIFFERENCES, same_people=True)  # 2 * (1 - 0.5) = 1
    assert detectable(same) == detectable(survey())
    assert detectable(survey(Design.BEFORE_AFTER)) == detectable(survey())
    averages = survey(Design.DIFFERENCE_IN_DIFFERENCES, sd=2.0)
    assert detectable(replace(averages, same_people=True)) == detectable(survey(sd=2.0))
    assert detectable(averages) == pytest.approx(0.5609925, abs=1e-6)  # power.t.test(sd = 2 * sqrt(2)) in R


@pytest.mark.parametrize(("change", "people"), [(0.05, 1377), (0.10, 356)])
def test_the_people_that_a_change_needs_are_those_of_r(change: float, people: int) -> None:
    """power.prop.test(p1 = .3, p2 = .35 or .4, power = .8) in R gives 1376.5 and 355.2."""
    assert people_needed(survey(), change) == people


def test_fewer_is_planned_from_the_other_side() -> None:
    """power.prop.test(p1 = .3, p2 = .2, power = .8) in R gives 293.2; what cannot become fewer is refused."""
    assert people_needed(survey(desired=Direction.FEWER), 0.10) == 294
    assert people_needed(survey(known=0.05, desired=Direction.FEWER), 0.10) is None
    assert people_needed(survey(known=0.95), 0.10) is None
    assert people_needed(survey(known=0.75), 0.25) is None  # not everybody either
    assert people_needed(survey(), 0.0) is None


def test_losses_are_asked_for_beforehand() -> None:
    assert people_needed(survey(lost=0.2), 0.10) == 445  # 356 / 0.8
    assert people_needed(survey(sd=2.0), 0.5) == 253  # power.t.test(delta = .5, sd = 2, power = .8): 252.1


def test_places_and_people_grow_together() -> None:
    planned = survey(Design.CLUSTER_RANDOMISED, places=20)
    needed = places_needed(planned, 0.05)
    assert needed is not None
    assert people_needed(planned, 0.05) == 20 * needed
    assert detectable(with_people(planned, 20 * needed)) == pytest.approx(0.05, abs=0.001)
    assert places_needed(survey(), 0.05) is None
    assert [with_people(planned, people).places for people in (100, 60, 10)] == [5, 3, 1]
    assert with_people(survey(), 100) == survey(people=100)
    losing = replace(planned, people=500, lost=0.2)  # the same twenty in each place at the end
    assert places_needed(losing, 0.05) == needed
    assert people_needed(losing, 0.05) == 25 * needed


def test_a_survey_that_shows_nothing_says_so() -> None:
    assert detectable(survey(people=20, places=1)) is None
    assert detectable(survey(people=2, known=0.99)) is None


def test_what_is_no_survey_is_refused() -> None:
    with pytest.raises(ValueError, match="has no comparison to plan for"):
        survey(Design.DELIVERY_ONLY)
    with pytest.raises(ValueError, match=r"^where places are drawn, there must be at least one$"):
        survey(Design.CLUSTER_RANDOMISED)
    assert survey(Design.CLUSTER_RANDOMISED, places=1).places == 1
    with pytest.raises(ValueError, match="lost must be 0 or more"):
        survey(lost=1.0)


def test_interviews_are_counted_over_groups_and_waves() -> None:
    counts = {design: survey(design, places=4).interviews for design in COMPARISONS}
    assert counts == {
        Design.RANDOMISED: 800,
        Design.CLUSTER_RANDOMISED: 800,
        Design.DIFFERENCE_IN_DIFFERENCES: 1600,
        Design.MATCHED: 800,
        Design.BEFORE_AFTER: 800,
    }
    assert set(PROMISES) == set(COMPARISONS)


# ---- Words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        (survey(people=390, known=0.5), "With 390 interviews on each side you can see a change of 10 in every 100"),
        (survey(), "With 400 interviews on each side you can see a change of 10 in every 100"),  # 9.4: 9 would not do
        (survey(Design.DIFFERENCE_IN_DIFFERENCES), "With 400 interviews on each side, before and again after, you"),
        (survey(Design.BEFORE_AFTER), "but not whether the campaign made it."),
        (survey(people=100, sd=2.0), "you can see a change of 0.8 points on the scale or more."),  # 0.796
        (survey(people=20, places=1), "These are too few people or places to see any change."),
    ],
)
def test_the_answer_says_the_change_and_never_a_smaller_one(planned: PlannedSurvey, said: str) -> None:
    assert said in answer_of_plan(planned, EN)


def test_whether_it_is_enough_is_said_with_what_it_needs() -> None:
    assert enough_sentence(survey(people=1400), 0.05, EN) == "That is enough: you say that 5 in 100 matters."
    assert "for that you need about 1,377 interviews on each side" in enough_sentence(survey(), 0.05, EN)
    places = enough_sentence(survey(Design.CLUSTER_RANDOMISED, places=20), 0.05, EN)
    assert "places with" in places
    assert "No number of interviews" in enough_sentence(survey(known=0.97), 0.05, EN)


def test_what_a_plan_takes_for_granted_is_said() -> None:
    said = " ".join(assumptions(survey(Design.DIFFERENCE_IN_DIFFERENCES, places=20, lost=0.1), EN))
    for part in ("80 of 100", "20 places on each side with 18 people", "Other people are asked after", "10 of 100"):
        assert part in said
    assert "go together by 0.5" in assumptions(survey(Design.DIFFERENCE_IN_DIFFERENCES, same_people=True), EN)[1]


def test_costs_are_those_of_all_interviews() -> None:
    cost = Money(amount=800 * 500, currency="USD")
    assert interviews_sentence(survey(), cost, EN.in_files) == "800 interviews in all. They cost US$4,000."
    table = sizes_table(Asked(survey=survey(), important=0.05, cost=cost), EN)
    assert list(table["Interviews in all"]) == ["7,526", "2,754", "712", "326"]
    assert list(table["Cost"])[2] == "US$3,560"  # 712 interviews of 5 dollars
    never = sizes_table(Asked(survey=survey(known=0.97), important=0.05, cost=None), EN)
    assert list(never["Interviews in each group"])[2:] == ["no number is enough"] * 2


def test_the_picture_has_the_plan_on_its_line() -> None:
    planned = survey()
    picture = detectable_chart(planned, 0.05, EN)
    assert picture is not None
    line, here = picture.figure.data
    assert list(here.x) == [400]
    assert list(here.y) == pytest.approx([100 * (detectable(planned) or 0)])
    assert list(line.y) == sorted(line.y, reverse=True)
    assert picture.alt == answer_of_plan(planned, EN)
    assert detectable_chart(survey(people=2, known=0.99), 0.05, EN) is None


# ---- What is kept ------------------------------------------------------------------------------------------------


def kept(**fields) -> Campaign:
    plan = plan_of(Asked(survey=survey(), important=0.05, cost=None), 0.094, (Safeguard.CONSENT,), TODAY)
    return replace(campaign(), plan=replace(plan, **fields))


def test_a_plan_is_kept_in_the_record_and_read_back() -> None:
    record = kept()
    assert decode(Campaign, encode(record)) == record
    assert record.plan == Plan(
        stated=TODAY, people=400, waves=1, known=0.30, smallest_seen=0.094, settled=(Safeguard.CONSENT,)
    )
    assert record.plan.open == tuple(Safeguard)[1:]


def test_what_is_no_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="is no plan"):
        kept(people=0)
    with pytest.raises(ValueError, match="are not shares of people"):
        kept(known=1.2)


def test_what_was_planned_is_said_with_its_day_and_what_was_open() -> None:
    planned, still_open = planned_sentences(kept(), EN)
    assert planned == (
        "Planned on 5 Jan 2026: 400 interviews in each group and each wave, to see a change of 10 in every 100 people."
    )
    assert SAFEGUARDS[Safeguard.CHILDREN] in still_open
    assert SAFEGUARDS[Safeguard.CONSENT] not in still_open
    assert set(SAFEGUARDS) == set(Safeguard)
    late = planned_sentences(kept(stated=dt.date(2026, 2, 2), settled=tuple(Safeguard)), EN)
    assert late[1:] == ["That was after the campaign had begun."]
    assert planned_sentences(campaign(), EN) == []


def test_answers_are_held_against_the_plan_and_few_people_stay_hidden() -> None:
    def answered(*counts: int):
        found = evaluation(groups=groups(*((arm, Wave.AFTER, 1, n) for arm, n in zip(Arm, counts, strict=True))))
        return replace(found, campaign=kept())

    assert against_plan(answered(412, 400), EN) == "As many answered as were planned."
    assert "In the smallest group 120 answered, of 400 planned" in against_plan(answered(118, 300), EN)
    assert "fewer than 8 answered" in against_plan(answered(5, 300), EN)
    assert against_plan(evaluation(), EN) == ""
    assert waiting_for_answers(kept(), EN) == "400 interviews are planned in each group; no answer has come in yet."
    assert waiting_for_answers(campaign(), EN) == ""
