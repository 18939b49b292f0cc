"""Who was shown a campaign and who was left out, as names of groups, sentences and cells."""

import math

from metrics.audience import OLDEST, age_band
from metrics.reached import Representation, Share, Standing
from views.wording.language import Words, msgid
from views.wording.terms import country_name, language_name, term

ALL = 0.995
_STANDINGS: dict[Standing, str] = {
    Standing.MISSED: msgid("not shown to them"),
    Standing.LEFT_BEHIND: msgid("left behind"),
    Standing.A_LITTLE_LESS: msgid("a little less than their part"),
    Standing.AS_MANY: msgid("about their part"),
    Standing.MORE: msgid("more than their part"),
    Standing.NOT_MEANT: msgid("not meant"),
    Standing.NOT_SURE: msgid("spread by day not known"),
}
BREAKDOWN_TITLES: dict[str, str] = {
    "sex": msgid("Women and men: meant, shown to, changed"),
    "age": msgid("Ages: meant, shown to, changed"),
    "country": msgid("Countries: meant, shown to, changed"),
    "language": msgid("Languages: meant, shown to, changed"),
}
_TO_MEANT: dict[str, str] = {
    "sex": msgid("{share} of what was shown went to the sex that was meant ({low} to {high} on days like these)."),
    "age": msgid("{share} of what was shown went to the ages that were meant ({low} to {high} on days like these)."),
    "country": msgid(
        "{share} of what was shown went to the countries that were meant ({low} to {high} on days like these)."
    ),
    "language": msgid(
        "{share} of what was shown went to the languages that were meant ({low} to {high} on days like these)."
    ),
}
_TO_MEANT_ALONE: dict[str, str] = {
    "sex": msgid("{share} of what was shown went to the sex that was meant."),
    "age": msgid("{share} of what was shown went to the ages that were meant."),
    "country": msgid("{share} of what was shown went to the countries that were meant."),
    "language": msgid("{share} of what was shown went to the languages that were meant."),
}


def group_name(group: str, breakdown: str, words: Words) -> str:
    """A group by name: women, 18–24, Senegal, Wolof."""
    if breakdown == "country":
        return country_name(group, words)
    if breakdown == "language":
        return language_name(group, words)
    if breakdown == "age" and (band := age_band(group)) is not None:
        if band[1] == OLDEST:
            return words("{age} and over", age=words.number(band[0]))
        if band[0] == 0:
            return words("under {age}", age=words.number(band[1] + 1))
        return words("{low} to {high}", low=words.number(band[0]), high=words.number(band[1]))
    return term(group, words, kind="Sex" if breakdown == "sex" else breakdown)


def group_phrase(group: str, breakdown: str, words: Words) -> str:
    """A group at the beginning of a sentence."""
    name = group_name(group, breakdown, words)
    return words("Ages {band}", band=name) if breakdown == "age" else name


def standing_label(part: Representation, words: Words, *, meant: bool | None) -> str:
    """What the index says of a group, in a few words; `meant` is whether it is among those meant."""
    if part.standing == Standing.NOT_MEANT and meant is not False:
        return words("their part is not known")  # nobody of them was asked
    return words(_STANDINGS[part.standing])


def index_label(index: float | None, words: Words) -> str:
    """An index to two digits; nothing where there is none."""
    return "—" if index is None or math.isinf(index) else words.number(index, 2)


def index_range(low: float | None, high: float | None, words: Words) -> str:
    """The interval of an index."""
    if low is None or high is None:
        return "—"
    return words("{low} to {high}", low=words.number(low, 2), high=words.number(high, 2))


def share_range(share: Share | None, words: Words) -> str:
    """A share's interval by day; nothing where it is no wider than what is written anyway."""
    if share is None or share.conf_low is None or share.conf_high is None:
        return "—"
    low, high = words.percent(share.conf_low), words.percent(share.conf_high)
    return "—" if low == high else words("{low} to {high}", low=low, high=high)


def to_meant_sentence(share: Share, breakdown: str, words: Words) -> str:
    """How much of what was shown went to those meant."""
    said = words.percent(share.value)
    if share.conf_low is None or share.conf_high is None:
        return words(_TO_MEANT_ALONE[breakdown], share=said)
    low, high = words.percent(share.conf_low), words.percent(share.conf_high)
    if low == high:
        return words(_TO_MEANT_ALONE[breakdown], share=said)
    return words(_TO_MEANT[breakdown], share=said, low=low, high=high)


def left_out_sentence(part: Representation, breakdown: str, words: Words) -> str:
    """Of a group that did not get its part: what it got, and what its part is; empty for all others."""
    if part.intended is None or part.standing not in (Standing.MISSED, Standing.LEFT_BEHIND):
        return ""
    if part.reached is not None and part.intended.value > ALL:
        return ""  # what went to those meant says it already
    group, meant = group_phrase(part.group, breakdown, words), words.percent(part.intended.value)
    if part.reached is None or part.standing == Standing.MISSED:
        return words("{group}: nothing was shown to them; they are {meant} of those meant.", group=group, meant=meant)
    return words(
        "{group}: {reached} of what was shown; they are {meant} of those meant (index {index}).",
        group=group,
        reached=words.percent(part.reached.value),
        meant=meant,
        index=index_label(part.index, words),
    )


def index_definition(words: Words) -> str:
    """What the representation index is, and where both of its parts come from."""
    return words(
        "Index: a group's share of what was shown, divided by its share of the people meant. 1: it got its part; 0.5: "
        "half of it; 2: twice as much. The share of the people meant is that of the organisation's table of the "
        "population, or else that of those asked in the survey who are among them."
    )


def left_behind_rule(words: Words) -> str:
    """When a group counts as left behind."""
    return words(
        "“Left behind” is said where the index is under 0.8 and its whole range under 1; a range that holds 1 is "
        "“about their part”."
    )


def differ_sentence(p_value: float, groups: int, words: Words) -> str:
    """Whether groups differ in what the campaign changed, before anybody looks at one of them."""
    if p_value < 0.05:
        return words.plural(
            "What changed differs between these groups by more than chance alone would often bring.",
            "What changed differs between these {n} groups by more than chance alone would often bring.",
            groups,
        )
    return words.plural(
        "No sign that what changed differs between these groups: differences like these come about by chance.",
        "No sign that what changed differs between these {n} groups: differences like these come about by chance.",
        groups,
    )
