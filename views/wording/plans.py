"""A planned survey in words: what it would show, what it costs, what is still open, and what became of it."""

import math

from campaigns.plans import Safeguard
from campaigns.records import Campaign, Design, Money
from metrics.evaluation import Evaluation
from metrics.plans import PlannedSurvey, detectable, people_needed, places_needed
from views.wording.disclosing import STANDARD, Profile, written_count
from views.wording.language import Words, msgid

COMPARISONS: dict[Design, str] = {
    Design.RANDOMISED: msgid("Chance decides which people are addressed"),
    Design.CLUSTER_RANDOMISED: msgid("Chance decides which villages or schools are addressed"),
    Design.DIFFERENCE_IN_DIFFERENCES: msgid("Before and after, with others who are not addressed"),
    Design.MATCHED: msgid("Afterwards only, with others who are alike"),
    Design.BEFORE_AFTER: msgid("Before and after, nobody else"),
}
PROMISES: dict[Design, str] = {
    Design.RANDOMISED: msgid("Chance makes both sides alike. How sure we can become: high at most."),
    Design.CLUSTER_RANDOMISED: msgid(
        "Chance makes both sides alike, if there are enough places: about 20 on each side. How sure we can become: "
        "high at most."
    ),
    Design.DIFFERENCE_IN_DIFFERENCES: msgid(
        "What changed for everybody is taken off, as long as both sides would have moved alike. How sure we can "
        "become: moderate at most."
    ),
    Design.MATCHED: msgid("Nobody knows whether both sides were alike before. How sure we can become: low at most."),
    Design.BEFORE_AFTER: msgid(
        "This can show a change and never that the campaign made it: what would have changed anyway is in it. How sure "
        "we can become: very low."
    ),
}
SAFEGUARDS: dict[Safeguard, str] = {
    Safeguard.CONSENT: msgid("People agree before they are asked, and may stop at any time."),
    Safeguard.NO_NAMES: msgid("No names, telephone numbers or exact places are asked for."),
    Safeguard.SAFE_TO_SPEAK: msgid("Women and men are asked in private, by somebody whom they can speak to freely."),
    Safeguard.EVERYBODY_ASKED: msgid(
        "Women, men and people of another gender can all be reached and asked, also at work and at home."
    ),
    Safeguard.CHILDREN: msgid("Nobody under 18 is asked without those responsible for them agreeing."),
    Safeguard.TESTIMONIES: msgid(
        "Whoever tells their story agreed to this use of it, can take it back, and cannot be recognised unless they "
        "wish to be."
    ),
    Safeguard.RIGHTS: msgid("The message says what people have a right to: asylum, protection, help."),
    Safeguard.NOBODY_BLAMED: msgid("It blames no victims, frightens nobody on purpose and shows no group as a threat."),
    Safeguard.COMPLAINTS: msgid("People know where to complain, in their own language."),
    Safeguard.HARM: msgid("It is decided who stops the campaign if it does harm: more fear, less trust, more stigma."),
}


def answer_of_plan(survey: PlannedSurvey, words: Words) -> str:
    """What these interviews would let anybody see."""
    change = detectable(survey)
    if change is None:
        return words("These are too few people or places to see any change.")
    size = _upwards(change, words, scale=survey.sd is not None)
    n = survey.people
    if survey.sd is not None:
        return words.plural(
            "With {n} interview in each group you can see a change of {change} points on the scale or more.",
            "With {n} interviews in each group you can see a change of {change} points on the scale or more.",
            n,
            change=size,
        )
    if survey.design == Design.BEFORE_AFTER:
        return words.plural(
            "With {n} interview before and {n} after you can see a change of {change} in every 100 people or more – "
            "but not whether the campaign made it.",
            "With {n} interviews before and {n} after you can see a change of {change} in every 100 people or more – "
            "but not whether the campaign made it.",
            n,
            change=size,
        )
    if survey.waves == 2:
        return words.plural(
            "With {n} interview on each side, before and again after, you can see a change of {change} in every 100 "
            "people or more.",
            "With {n} interviews on each side, before and again after, you can see a change of {change} in every 100 "
            "people or more.",
            n,
            change=size,
        )
    return words.plural(
        "With {n} interview on each side you can see a change of {change} in every 100 people or more.",
        "With {n} interviews on each side you can see a change of {change} in every 100 people or more.",
        n,
        change=size,
    )


def _upwards(change: float, words: Words, *, scale: bool) -> str:
    """A change that would be seen: never rounded to one that would not."""
    if scale:
        return words.number(math.ceil(10 * change - 1e-9) / 10, 1)
    people = 100 * change
    steps = 1 if people >= 1 else 10
    return words.per_hundred(math.ceil(people * steps - 1e-9) / steps / 100)


def enough_sentence(survey: PlannedSurvey, important: float, words: Words) -> str:
    """Whether the smallest change that matters would be seen, and what it needs if not."""
    change = detectable(survey)
    size = words.number(important, 1) if survey.sd is not None else words("{n} in 100", n=words.per_hundred(important))
    needed = people_needed(survey, important)
    if needed is None:
        return words("You say that {size} matters. No number of interviews would show that from here.", size=size)
    if change is not None and change <= important * (1 + 1e-9):
        return words("That is enough: you say that {size} matters.", size=size)
    places = places_needed(survey, important)
    if places is not None:
        return words(
            "You say that {size} matters: for that you need {places} places with {people} interviews on each side. "
            "With fewer the answer may well be “cannot tell”.",
            size=size,
            places=words.number(places),
            people=words.number(needed),
        )
    return words(
        "You say that {size} matters: for that you need about {people} interviews on each side. With fewer the answer "
        "may well be “cannot tell”. Real campaigns usually change less than people hope.",
        size=size,
        people=words.number(needed),
    )


def interviews_sentence(survey: PlannedSurvey, cost: Money | None, words: Words) -> str:
    """How many interviews that makes in all, and what they cost."""
    said = words.plural("{n} interview in all.", "{n} interviews in all.", survey.interviews)
    if cost is None:
        return said
    return words("{interviews} They cost {money}.", interviews=said, money=words.money(cost))


def assumptions(survey: PlannedSurvey, words: Words) -> list[str]:
    """What the figures take for granted."""
    said = [
        words(
            "Seen means: in 80 of 100 such surveys the 95 % range would lie wholly on the wished side of no change, if "
            "the true change is this large."
        )
    ]
    if survey.places:
        said.append(
            words(
                "{n} places on each side with {people} people each; people of one place answer alike to the degree "
                "chosen, so that more people in a place tell less than more places.",
                n=words.number(survey.places),
                people=words.number(survey.kept / survey.places),
            )
        )
    if survey.design == Design.DIFFERENCE_IN_DIFFERENCES:
        said.append(
            words(
                "The same people are asked twice; what they say before and after is taken to go together by 0.5, as "
                "repeated questions of knowledge usually do."
            )
            if survey.same_people
            else words("Other people are asked after than before, which needs twice as many again as asking once.")
        )
    if survey.lost:
        said.append(
            words("{n} of 100 interviews are taken to be lost before the end.", n=words.number(100 * survey.lost))
        )
    return said


def planned_sentences(campaign: Campaign, words: Words) -> list[str]:
    """What was planned, when that was stated, and what was still open; nothing where there was no plan."""
    plan = campaign.plan
    if plan is None:
        return []
    said = [
        words.plural(
            "Planned on {day}: {n} interview in each group and each wave, to see a change of {change} in every 100 "
            "people.",
            "Planned on {day}: {n} interviews in each group and each wave, to see a change of {change} in every 100 "
            "people.",
            plan.people,
            day=words.date(plan.stated),
            change=_upwards(plan.smallest_seen, words, scale=False),
        )
    ]
    if plan.stated > campaign.start:
        said.append(words("That was after the campaign had begun."))
    if plan.open:
        said.append(
            words(
                "Not settled on that day: {safeguards}",
                safeguards=" ".join(words(SAFEGUARDS[safeguard]) for safeguard in plan.open),
            )
        )
    return said


def waiting_for_answers(campaign: Campaign, words: Words) -> str:
    """How many interviews are planned of which none is in; empty where nothing was planned."""
    if campaign.plan is None:
        return ""
    return words.plural(
        "{n} interview is planned in each group; no answer has come in yet.",
        "{n} interviews are planned in each group; no answer has come in yet.",
        campaign.plan.people,
    )


def against_plan(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> str:
    """How many answered of those that were planned; empty where nothing was planned or nobody asked yet."""
    plan, effect = evaluation.campaign.plan, evaluation.effect
    if plan is None or effect is None or not effect.groups:
        return ""
    return fewer_than_planned(evaluation, words, profile=profile) or words("As many answered as were planned.")


def fewer_than_planned(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> str:
    """How many are lacking of those that were planned; empty where none is, or nothing was planned."""
    plan, effect = evaluation.campaign.plan, evaluation.effect
    if plan is None or effect is None or not effect.groups:
        return ""
    fewest = min(group.answered for group in effect.groups)
    if fewest >= plan.people:
        return ""
    return words(
        "In the smallest group {n} answered, of {planned} planned: smaller changes than planned cannot be seen.",
        n=written_count(fewest, words, profile),
        planned=words.number(plan.people),
    )
