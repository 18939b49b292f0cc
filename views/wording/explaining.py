"""What campaigns differ in, in words: their kinds, differences and places, and how little that proves."""

from campaigns.records import Sex
from metrics.explaining import SEVERAL, Contrast, Explained, Kind, Moderator, NotExplained
from metrics.places import Places
from views.wording.bodies import p_text
from views.wording.language import Words, msgid
from views.wording.terms import country_name, term

MODERATORS: dict[Moderator, str] = {
    Moderator.FRAME: msgid("Message"),
    Moderator.MESSENGER: msgid("Messenger"),
    Moderator.TONE: msgid("Tone"),
    Moderator.PLATFORM: msgid("Platform"),
    Moderator.COUNTRY: msgid("Country of origin"),
    Moderator.SEXES: msgid("Meant for women or men"),
    Moderator.RUNG: msgid("What was measured"),
    Moderator.DESIGN: msgid("How it was measured"),
}
REFUSALS: dict[NotExplained, str] = {
    NotExplained.NOTHING_CHOSEN: msgid("Choose what the campaigns are to be compared by."),
    NotExplained.ALL_ALIKE: msgid("These campaigns are all alike in this: {moderator}. There is nothing to compare."),
    NotExplained.EACH_ONCE: msgid(
        "No two values of this have two campaigns each: {moderator}. What one campaign alone has cannot be told from "
        "everything else about that campaign, so nothing is compared."
    ),
    NotExplained.TOO_FEW: msgid(
        "{n} campaigns are too few to look at so many differences at once, so nothing is compared. Choose fewer."
    ),
    NotExplained.INSEPARABLE: msgid(
        "In these campaigns the chosen things go together so closely that they cannot be told apart. Choose fewer."
    ),
}
_KINDS: dict[Moderator, str] = {
    Moderator.FRAME: "Frame",
    Moderator.MESSENGER: "Messenger",
    Moderator.TONE: "Tone",
    Moderator.PLATFORM: "Platform",
    Moderator.RUNG: "Rung",
    Moderator.DESIGN: "Design",
    Moderator.SEXES: "Sex",
}


def kind_label(moderator: Moderator, value: str, words: Words) -> str:
    """One value of what campaigns differ in."""
    if value == SEVERAL:
        return words("several")
    if not value:
        return words("not stated")
    if moderator == Moderator.COUNTRY:
        return country_name(value, words)
    if (moderator, value) == (Moderator.SEXES, Sex.UNKNOWN):
        return words("Women and men")
    return term(value, words, kind=_KINDS[moderator])


def refusal_of_comparison(found: Explained, words: Words) -> str:
    """Why nothing is compared; empty where something is."""
    if found.refusal is None:
        return ""
    return words(
        REFUSALS[found.refusal],
        moderator=words(MODERATORS[found.because]) if found.because else "",
        n=words.number(len(found.members)),
    )


def explained_sentence(found: Explained, words: Words) -> str:
    """Whether the campaigns differ by what they are compared by."""
    result = found.regression
    if result is None:
        return refusal_of_comparison(found, words)
    by = words.listed(words(MODERATORS[moderator]) for moderator in found.moderators)
    figures = words(
        "F = {f} with {terms} and {df} degrees of freedom, {p}",
        f=words.number(result.statistic, 2),
        terms=words.number(result.statistic_df[0]),
        df=words.number(result.statistic_df[1]),
        p=p_text(result.p_value, words),
    )
    if result.p_value < 0.05:
        said = words(
            "The campaigns differ by what is chosen ({by}) more than chance explains ({figures}).",
            by=by,
            figures=figures,
        )
    else:
        said = words(
            "By what is chosen ({by}) no difference can be told from chance ({figures}). That is not evidence that "
            "there is none.",
            by=by,
            figures=figures,
        )
    return said


def cautions_of_comparison(found: Explained, words: Words) -> list[str]:
    """How little such a comparison proves."""
    if found.regression is None:
        return []
    said = [
        words(
            "These campaigns differ in many ways at once: this is not proof that what is compared here made the "
            "difference. Only a trial in which chance decides who gets which message could show that."
        )
    ]
    if found.few:
        said.append(
            words(
                "{n} campaigns for {terms}: about ten for each are needed. Take this as a question for the next "
                "campaigns, not as an answer.",
                n=words.number(len(found.members)),
                terms=words.plural("{n} difference", "{n} differences", found.terms),
            )
        )
    if found.twins:
        said.append(
            words(
                "The campaigns divide in just the same way by: {others}. Whatever shows here may be theirs.",
                others=words.listed(words(MODERATORS[other]) for other in found.twins),
            )
        )
    if found.left_out:
        said.append(
            words(
                "Left out, because no other campaign shares their value: {titles}.",
                titles=words.listed(words.text(member.campaign.title, longest=80) for member in found.left_out),
            )
        )
    if len(found.contrasts) > 1:
        said.append(
            words(
                "{n} differences were looked at; by chance alone about one in 20 would stand out. The last column "
                "allows for that (Holm).",
                n=words.number(len(found.contrasts)),
            )
        )
    return said


def regression_sentence(found: Explained, words: Words) -> str:
    """What the model leaves unexplained."""
    result = found.regression
    if result is None:
        return ""
    left = words.number(100 * result.heterogeneity.tau2**0.5, 1)
    if result.r2 is None:
        return words("The campaigns did not differ beyond chance to begin with; nothing is left to explain.")
    return words(
        "R² = {r2} in 100: that share of the spread between campaigns goes along with what is chosen (with few "
        "campaigns a very rough figure). Left: τ = {left} people in 100.",
        r2=words.number(100 * result.r2),
        left=left,
    )


def contrast_label(one: Contrast, words: Words) -> str:
    """Which kind is compared with which."""
    return words(
        "{value} rather than {other}",
        value=kind_label(one.moderator, one.value, words),
        other=kind_label(one.moderator, one.other, words),
    )


def average_label(kind: Kind, words: Words) -> str:
    """The average of a kind with its range; why there is none."""
    if kind.average is None:
        return words("one campaign is no kind") if kind.k == 1 else words("not compared")
    return words(
        "{estimate} ({low} to {high})",
        estimate=words.per_hundred(kind.average.estimate, change=True),
        low=words.per_hundred(kind.average.conf_low, change=True),
        high=words.per_hundred(kind.average.conf_high, change=True),
    )


def places_sentence(found: Places, words: Words) -> str:
    """Whether anybody leads a group of campaigns, and how many pairs can be told apart."""
    first = found.ranked[0]
    leads = first.rank_high == 1
    title = words.text(found.members[0].campaign.title, longest=80)
    if leads:
        said = words("{title} did more than each of the others, as far as 95 in 100 certainty goes.", title=title)
    else:
        shared = sum(one.rank_low == 1 for one in found.ranked)
        said = words.plural(
            "Nobody is clearly first: {n} campaign may be.", "Nobody is clearly first: {n} campaigns may be.", shared
        )
    apart = words.plural(
        "Of {n} pair {apart} can be told apart, after allowing for looking at all of them (Holm).",
        "Of {n} pairs {apart} can be told apart, after allowing for looking at all of them (Holm).",
        len(found.pairs),
        apart=words.number(len(found.apart)),
    )
    return f"{said} {apart}"


def place_label(low: int, high: int, words: Words) -> str:
    """From which place to which."""
    if low == high:
        return words.number(low)
    return words("{low} to {high}", low=words.number(low), high=words.number(high))
