"""Why a verdict is what it is, what a reader must be told beside a number, and why there is none."""

import datetime as dt
from collections.abc import Callable

from campaigns.records import Campaign, Unit
from metrics.estimates import Caution
from metrics.estimates import Reason as Refusal
from metrics.verdicts import Reason, ReasonCode
from views.wording.disclosing import STANDARD, Profile, written_count
from views.wording.language import Words, msgid
from views.wording.terms import term

_PLAIN: dict[ReasonCode, str] = {
    ReasonCode.RANDOMISED: msgid("Chance decided who was addressed, so the groups were alike apart from the campaign."),
    ReasonCode.COMPARISON_OVER_TIME: msgid(
        "The change is compared with that of a group the campaign did not address, so what changed for everybody "
        "is taken off."
    ),
    ReasonCode.COMPARISON_NOT_RANDOM: msgid(
        "The comparison group was not drawn at random and may have differed from the start."
    ),
    ReasonCode.OLD_COURSE: msgid(
        "What was counted many times before the campaign is carried on and compared with what came; anything else that "
        "began at the same time would look like the campaign."
    ),
    ReasonCode.COMPARISON_SERIES: msgid(
        "People or places without the campaign were followed as well, so what moved both is taken off."
    ),
    ReasonCode.MOVED_APART_BEFORE: msgid(
        "Places with and without the campaign already moved apart before it began, so their difference may not be its "
        "effect."
    ),
    ReasonCode.MOVED_ALIKE_BEFORE: msgid(
        "Before the campaign no difference in how places with and without it moved can be seen; a small one may still "
        "have been there."
    ),
    ReasonCode.TRENDS_NOT_KNOWN: msgid(
        "Nobody can see whether both sides moved alike before the campaign, because there are too few times or places."
    ),
    ReasonCode.WITHOUT_COMPARISON: msgid(
        "Some places are left out: nothing was asked there before the campaign, or no place was left to compare with."
    ),
    ReasonCode.NOT_REPLICATED: msgid(
        "No other organisation's campaign with such a message and outcome is stored that can tell; repeating it "
        "elsewhere would."
    ),
    ReasonCode.NO_COMPARISON: msgid("There is no comparison group, so nobody knows what would have changed anyway."),
    ReasonCode.NOBODY_ASKED: msgid("Nobody was asked: views, clicks and reach do not show what people know."),
    ReasonCode.FOLLOW_UP_NOT_STATED: msgid("The record does not say how long after the campaign people were asked."),
    ReasonCode.NOT_INDEPENDENT: msgid("Those who ran the campaign also collected the answers."),
    ReasonCode.PLATFORM_STUDY: msgid(
        "The platform that was paid drew the groups, asked and counted by itself, and nobody else can check it."
    ),
    ReasonCode.PLATFORM_STUDY_APART: msgid(
        "A study of the platform itself is stored too; its counts are not mixed with these answers."
    ),
    ReasonCode.SELF_REPORT: msgid("It rests on what people say of themselves, which may differ from what they do."),
}

CAUTIONS: dict[Caution, str] = {
    Caution.CHANGE_NOT_EFFECT: msgid("This is a change, not an effect: without a comparison its cause is not known."),
    Caution.DAILY_SPREAD_UNKNOWN: msgid("There are too few days to see how much the figures vary from day to day."),
    Caution.FEW_CLUSTERS: msgid("There are few groups or places, so the range may be too narrow."),
    Caution.FEW_DAYS: msgid("There are few days, so the range may be too narrow."),
    Caution.FEW_EVENTS_A_DAY: msgid("There are few events a day, so the range is rough."),
    Caution.DAYS_NOT_SHARED: msgid("The two were not measured on the same days, so days may differ as well."),
    Caution.UNITS_SEEN_ONCE_DROPPED: msgid("People who were asked only once are left out."),
    Caution.ROWS_INCOMPLETE_DROPPED: msgid("Rows with gaps are left out."),
    Caution.PLACEBO_DISAGREES: msgid(
        "Places that the campaign did not address changed as much as those it did, so the change may be chance."
    ),
    Caution.WEAK_INSTRUMENT: msgid(
        "The offer hardly changed who took part, so the range for those who did may be far too narrow."
    ),
    Caution.FEW_PERIODS: msgid(
        "There are few points in time, too few to see how much each resembles the last, so the range may be too narrow."
    ),
    Caution.AUTOCORRELATION_LEFT: msgid(
        "Each point in time resembles the last, which this range does not allow for, so it may be too narrow."
    ),
}

REFUSALS: dict[Refusal, str] = {
    Refusal.NOBODY_IN_A_GROUP: msgid("One of the groups has no answers, so there is nothing to compare."),
    Refusal.ONE_PERSON_IN_A_GROUP: msgid("One of the groups has a single answer, which says nothing about the others."),
    Refusal.NO_EVENTS_IN_EITHER_GROUP: msgid("Nobody in either group gave an answer that counts."),
    Refusal.NO_EVENTS_IN_A_GROUP: msgid("Nobody in one of the groups gave an answer that counts."),
    Refusal.EVENTS_FOR_EVERYBODY: msgid("Everybody in both groups gave an answer that counts."),
    Refusal.NO_VARIATION: msgid("All answers are the same, so nothing can be estimated."),
    Refusal.TOO_FEW_DAYS: msgid("There are too few days to compare."),
    Refusal.ONE_CLUSTER_IN_AN_ARM: msgid(
        "One side has a single group or place, so what is due to the campaign cannot be told from what is due to it."
    ),
    Refusal.COLLINEAR: msgid("What is to be compared always goes together in these data, so it cannot be told apart."),
    Refusal.EFFECT_NOT_ABOVE_ZERO: msgid(
        "The change is not clearly above zero, so the cost of one more person has no upper limit."
    ),
    Refusal.EFFECT_NOT_ESTIMABLE: msgid("No effect could be estimated, so no cost can be given."),
    Refusal.NO_RESULTS: msgid("There were no results to divide the cost by."),
    Refusal.CLUSTERS_NOT_RECORDED: msgid(
        "Places or groups were assigned, but the answers do not say which one each person belongs to. "
        "Add that column to the survey."
    ),
    Refusal.EFFECT_NOT_MEASURED: msgid("Nobody was asked, so nobody knows what one more aware person cost."),
    Refusal.HARM_SHOWN: msgid("Something got worse, so the cost of one more aware person is not shown."),
    Refusal.CAUSE_NOT_KNOWN: msgid("We cannot say the campaign caused the change, so it has no cost by person."),
    Refusal.MONEY_NOT_KNOWN: msgid("The record does not say what the campaign cost."),
    Refusal.ASSIGNMENT_CHANGED_NOTHING: msgid("The offer changed nobody's taking part, so its effect cannot be seen."),
    Refusal.NOBODY_LEFT_TO_COMPARE: msgid("At no time is there a group without the campaign to compare with."),
    Refusal.TOO_FEW_CLUSTERS: msgid("There are too few groups or places to say how sure the figure is."),
    Refusal.ONE_PERIOD: msgid("Answers come from a single time, so nothing can be said of a change."),
    Refusal.PRICES_NOT_KNOWN: msgid("The table of exchange rates and prices lacks that currency or year."),
    Refusal.TOO_FEW_PERIODS: msgid("There are too few points in time before or after the start to see a change."),
    Refusal.TOO_FEW_REGIONS: msgid("There are too few other regions to compare with, and too few points in time."),
    Refusal.POOR_FIT_BEFORE: msgid(
        "The other regions together do not follow this one before the campaign, so they cannot show what would have "
        "happened without it."
    ),
    Refusal.PLACES_NOT_MATCHED: msgid(
        "None of the places that the record says the campaign came to is in the answers. Write them alike in both."
    ),
    Refusal.NOT_PEOPLE: msgid("Calls or visits were counted, not people, so there is no cost of one more person."),
    Refusal.NOT_FOLLOWED: msgid(
        "Calls and visits can be compared only as one course of weeks or months before and after the campaign began."
    ),
    Refusal.NO_SOLUTION: msgid("The method found no answer for these data."),
    Refusal.AUDIENCES_APART: msgid(
        "The two were shown to different kinds of people, too few of them to both: they cannot be compared."
    ),
    Refusal.PEOPLE_NOT_KNOWN: msgid("It is not known how many people the campaign reached, counted once each."),
}


def reason_sentence(
    reason: Reason, words: Words, *, campaign: Campaign | None = None, profile: Profile | None = STANDARD
) -> str:
    """One reason with its figures; `campaign` lets it quote an outcome's question."""
    if reason.code in _PLAIN:
        return words(_PLAIN[reason.code])
    if reason.code in _DETAILED:
        return _DETAILED[reason.code](reason, words)
    if reason.code == ReasonCode.SAMPLE_RATIO:
        campaign_people, comparison_people, share = reason.figures
        return words(
            "The groups were to be split {share} to {rest}, but hold {campaign} and {comparison} people: "
            "something other than chance decided who is in which.",
            share=words.percent(share),
            rest=words.percent(1 - share),
            campaign=written_count(round(campaign_people), words, profile),
            comparison=written_count(round(comparison_people), words, profile),
        )
    if reason.code == ReasonCode.MORE_THAN_ASSIGNED:
        assigned, compared, answered, others = (written_count(round(n), words, profile) for n in reason.figures)
        return words(
            "More people answered (campaign group: {answered}, comparison group: {others}) than there are said to have "
            "been ({assigned} and {compared}), so nobody knows how many were lost. Correct the record.",
            answered=answered,
            others=others,
            assigned=assigned,
            compared=compared,
        )
    if reason.code == ReasonCode.IMPRECISE:
        low, high, people = reason.figures
        if reason.detail == Unit.TIMES:
            return words(
                "The range is wide, from {low} to {high} for every 100 that there would have been.",
                low=words.per_hundred(low, change=True),
                high=words.per_hundred(high, change=True),
            )
        return words(
            "The range is wide, from {low} to {high} people in every 100 (people asked: {asked}).",
            low=words.per_hundred(low, change=True),
            high=words.per_hundred(high, change=True),
            asked=written_count(round(people), words, profile),
        )
    return _guardrail(reason, words, campaign)


def reason_effect(reason: Reason, words: Words) -> str:
    """What a reason does to the certainty: one grade less, not usable, or nothing."""
    if reason.fatal:
        return words("makes the result unusable")
    if reason.change < 0:
        return words.plural("takes {n} grade away", "takes {n} grades away", -reason.change)
    if reason.change > 0:
        return words.plural("adds {n} grade", "adds {n} grades", reason.change)
    return ""


def caution_sentence(caution: Caution, words: Words) -> str:
    """What a reader must be told beside an estimate."""
    return words(CAUTIONS[caution])


def refusal_sentence(refusal: Refusal, words: Words) -> str:
    """Why there is no figure."""
    return words(REFUSALS[refusal])


def _guardrail(reason: Reason, words: Words, campaign: Campaign | None) -> str:
    questions = {outcome.id: outcome.question for outcome in campaign.guardrails} if campaign else {}
    return words(
        "What must not get worse did: “{question}”", question=words.text(questions.get(reason.detail, reason.detail))
    )


def _few_clusters(reason: Reason, words: Words) -> str:
    return words.plural(
        "Only {n} group or place took part, so the range may be too narrow.",
        "Only {n} groups or places took part, so the range may be too narrow.",
        round(reason.figures[0]),
    )


def _right_after(reason: Reason, words: Words) -> str:
    return words.plural(
        "People were asked {n} day after the campaign, so we do not know whether it lasts.",
        "People were asked {n} days after the campaign, so we do not know whether it lasts.",
        round(reason.figures[0]),
    )


def _two_shares(sentence: str) -> Callable[[Reason, Words], str]:
    def said(reason: Reason, words: Words) -> str:
        campaign, comparison = reason.figures
        return words(sentence, campaign=words.percent(campaign), comparison=words.percent(comparison))

    return said


def _few_points(reason: Reason, words: Words) -> str:
    return words.plural(
        "Only {n} point in time was counted, too few to see how much each resembles the last, so the range may be too "
        "narrow.",
        "Only {n} points in time were counted, too few to see how much each resembles the last, so the range may be "
        "too narrow.",
        round(reason.figures[0]),
    )


def _replicated(reason: Reason, words: Words) -> str:
    return words.plural(
        "{n} other organisation found the same with such a message and outcome.",
        "{n} other organisations found the same with such a message and outcome.",
        round(reason.figures[0]),
    )


def _replication_disagrees(reason: Reason, words: Words) -> str:
    same, differing = (round(figure) for figure in reason.figures)
    return words.plural(
        "{n} other organisation found something else with such a message and outcome; the same found: {same}.",
        "{n} other organisations found something else with such a message and outcome; the same found: {same}.",
        differing,
        same=words.number(same),
    )


_DETAILED: dict[ReasonCode, Callable[[Reason, Words], str]] = {
    ReasonCode.RECORD_LACKS: lambda reason, words: words(
        "The record leaves open: {field}. Add it to the campaign.", field=term(reason.detail, words, kind="field")
    ),
    ReasonCode.NOT_ESTIMABLE: lambda reason, words: refusal_sentence(Refusal(reason.detail), words),
    ReasonCode.OUTCOME_STATED_LATE: lambda reason, words: words(
        "The outcome was fixed only on {day}, after the campaign had started.",
        day=words.date(dt.date.fromisoformat(reason.detail)),
    ),
    ReasonCode.CHANGE_OF_PLAN: lambda reason, words: words(
        "What was to change was stated otherwise on {day}, when answers were already there.",
        day=words.date(dt.date.fromisoformat(reason.detail)),
    ),
    ReasonCode.FEW_CLUSTERS: _few_clusters,
    ReasonCode.FEW_POINTS: _few_points,
    ReasonCode.OTHER_EVENTS: lambda reason, words: words(
        "Something else happened in the same time that may have moved the outcome: “{event}”",
        event=words.text(reason.detail),
    ),
    ReasonCode.GROUPS_DISAGREE: lambda reason, words: words(
        "The campaign moved people in opposite ways by {breakdown}; a test that allows for looking at several groups "
        "says this is more than chance.",
        breakdown=term(reason.detail, words, kind="breakdown"),
    ),
    ReasonCode.REPLICATED: _replicated,
    ReasonCode.REPLICATION_DISAGREES: _replication_disagrees,
    ReasonCode.MEASURED_RIGHT_AFTER: _right_after,
    ReasonCode.UNEVEN_LOSSES: _two_shares(
        msgid(
            "{campaign} of the campaign group and {comparison} of the comparison group did not answer at the end: "
            "those who stayed can no longer be compared. Find out who was lost, and why."
        )
    ),
    ReasonCode.MANY_LOST: _two_shares(
        msgid("{campaign} of the campaign group and {comparison} of the comparison group did not answer at the end.")
    ),
    ReasonCode.GROUPS_DIFFERED_BEFORE: _two_shares(
        msgid(
            "The groups differed before the campaign: the answer was given by {campaign} of the campaign group and "
            "{comparison} of the comparison group."
        )
    ),
}
