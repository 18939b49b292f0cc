"""How an effect was worked out: the method by its name, and what in the design and the data decided it."""

from metrics.choosing import Because
from metrics.effects import Effect
from metrics.estimates import Estimate, Method
from views.wording.language import Words, msgid
from views.wording.verdicts import change_label

BECAUSE: dict[Because, str] = {
    Because.ONE_ARM: msgid("Only the campaign's own people were asked, so this is a change and no effect."),
    Because.TWO_ARMS_ONCE: msgid("Two groups were asked after the campaign, so their answers are compared."),
    Because.TWO_ARMS_TWICE: msgid("Two groups were asked before and after, so their changes are compared."),
    Because.SAME_PEOPLE: msgid("The same people were asked again, so each person's own change counts."),
    Because.CLUSTERS: msgid("People of one place resemble each other, so places count, not people."),
    Because.ONE_CLUSTER: msgid("One place alone was addressed, so it is compared with each of the others in turn."),
    Because.WEIGHTS: msgid("People stand for unequal numbers of others, so their answers are weighted."),
    Because.ADJUSTED: msgid("Chance drew within blocks, so people of one block are compared."),
    Because.YES_AND_NO: msgid("The answers are yes or no, so the range is one for shares."),
    Because.MANY_TIMES: msgid(
        "People were asked in many weeks or months, so the line of before is carried on and compared with what came, "
        "on average over the time since the start."
    ),
    Because.HOW_OFTEN: msgid(
        "Calls or visits were counted in many weeks or months, so their line before is carried on and compared with "
        "what came, in relation to it."
    ),
    Because.COMPARISON_SERIES: msgid("Others without the campaign were followed too, so what moved both is taken off."),
    Because.FEW_POINTS: msgid("With fewer than 12 points, how much each resembles the last is taken to be nothing."),
    Because.PLACES_ONE_BY_ONE: msgid(
        "The campaign came to places one after the other, so each place's change is compared with that of places "
        "without it at that time, and then averaged."
    ),
    Because.NEVER_REACHED: msgid("Compared are places that the campaign never came to."),
    Because.NOT_YET_REACHED: msgid("Few places were never reached, so those that had to wait stand beside them."),
    Because.FEW_CLUSTERS_CHECKED: msgid(
        "There are few places, so the range was worked out again by drawing anew; it stands below."
    ),
}
METHODS: dict[Method, str] = {
    Method.MIETTINEN_NURMINEN: msgid("score interval of Miettinen and Nurminen"),
    Method.NEWCOMBE: msgid("Newcombe's interval"),
    Method.TANGO: msgid("Tango's interval for pairs"),
    Method.HC2: msgid("least squares with HC2 errors"),
    Method.CR2: msgid("least squares with CR2 errors by place"),
    Method.ANCOVA_HC2: msgid("least squares with blocks and HC2 errors"),
    Method.ANCOVA_CR2: msgid("least squares with blocks and CR2 errors by place"),
    Method.WILD_CLUSTER_BOOTSTRAP: msgid("wild cluster bootstrap"),
    Method.RANDOMISATION: msgid("drawing the groups again"),
    Method.AR1_REML: msgid("segmented regression, neighbours correlated (REML)"),
    Method.LEAST_SQUARES: msgid("segmented regression by least squares"),
    Method.WITH_SEASON: msgid("the same with a yearly season"),
    Method.LOCAL_LEVEL: msgid("forecast from a level that wanders"),
    Method.QUASI_POISSON: msgid("segmented quasi-Poisson regression, neighbours correlated"),
    Method.GROUP_TIME: msgid("effects by group and time (Callaway and Sant'Anna)"),
    Method.PLACEBO_IN_SPACE: msgid("placebos among the other places"),
}


def method_name(method: Method, words: Words) -> str:
    """A method as evaluators call it; one that has no plain name by its code."""
    return words(METHODS[method]) if method in METHODS else words.text(str(method).replace("_", " "))


def method_sentences(effect: Effect, words: Words) -> list[str]:
    """How the effect was worked out and why so, and the same effect by other methods."""
    sentences = [words(BECAUSE[reason]) for reason in effect.because]
    if isinstance(effect.estimate, Estimate):
        sentences.append(words("Method: {method}.", method=method_name(effect.estimate.method, words)))
    sentences += [
        words(
            "By {method}: {change} in every 100.",
            method=method_name(found.method, words),
            change=change_label(found, words),
        )
        for found in effect.beside
    ]
    return sentences
