"""What may be shown of people told apart by sex, age, country or language: rounded, or hidden where they are few."""

from collections.abc import Iterable
from dataclasses import replace

from campaigns.privacy import STRICT, Profile, disclose, disclose_share
from metrics.effects import Effect
from metrics.estimates import Estimate
from metrics.reached import Exposure, Share

ANSWER = "answer"


def shown_asked(shares: Iterable[Share], breakdown: str, profile: Profile) -> tuple[Share, ...]:
    """The make-up of those asked, from counts as they may be shown; groups of few people are left out."""
    kept = tuple(shares)
    total = disclose(round(sum(share.amount for share in kept)), profile, by=())
    found = []
    for share in kept:
        count = disclose(round(share.amount), profile, by=(breakdown,))
        if not count or not total:
            continue
        plain = sum(other.amount for other in kept) * share.value
        unweighted = abs(plain - share.amount) < 1e-6 * share.amount
        value = min(1.0, count / total) if unweighted else round(share.value, 2)
        found.append(replace(share, value=value, amount=float(count)))
    return tuple(found)


def shown_exposure(people: Iterable[Exposure], breakdown: str, profile: Profile) -> tuple[Exposure, ...]:
    """Who says that they saw the campaign, from counts as they may be shown; groups of few are left out.

    Groups and their answers are two breakdowns at once, which takes the strict profile.
    """
    strict = _for_answers(profile)
    kept = tuple(people)
    everybody = disclose_share(sum(one.saw for one in kept), sum(one.asked for one in kept), strict, by=())
    found = []
    for one in kept:
        share = disclose_share(one.saw, one.asked, strict, by=(breakdown,))
        if share is None or not everybody or not one.index:
            continue
        index, asked = share / everybody, disclose(one.asked, strict, by=(breakdown, ANSWER))
        scale = index / one.index
        found.append(
            replace(
                one,
                asked=asked or 0,
                share=share,
                index=index,
                conf_low=None if one.conf_low is None else one.conf_low * scale,
                conf_high=None if one.conf_high is None else one.conf_high * scale,
            )
        )
    return tuple(found)


def shown_meant(share: Share, known: int, profile: Profile) -> Share | None:
    """The share of those asked who are among those meant; None where all are, or too few are or are not."""
    value = disclose_share(round(share.amount), known, profile, by=())
    return None if value is None else replace(share, value=value)


def shown_effect(effect: Effect, breakdown: str, profile: Profile) -> Estimate | None:
    """The effect in a group, where on each side enough of it answered, and enough in each way."""
    strict = _for_answers(profile)
    told = all(
        disclose_share(group.counted, group.answered, strict, by=(breakdown,)) is not None for group in effect.groups
    )
    return effect.estimate if told and effect.groups and isinstance(effect.estimate, Estimate) else None


def _for_answers(profile: Profile) -> Profile:
    return profile if profile.breakdowns >= 2 else STRICT
