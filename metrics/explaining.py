"""Whether campaigns differ by message, messenger, platform or audience, and how little a few campaigns can say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from campaigns.records import Campaign, Sex
from metrics.bodies import effects_of
from metrics.evaluation import Evaluation
from metrics.multiplicity import adjusted_p_values
from metrics.pooling import Coefficient, MetaRegression, meta_regression

SEVERAL: Final = "several"
ENOUGH_A_TERM: Final = 10  # campaigns for each difference looked at (Cochrane Handbook 10.11.4)


class Moderator(StrEnum):
    """What campaigns differ in."""

    FRAME = "frame"
    MESSENGER = "messenger"
    TONE = "tone"
    PLATFORM = "platform"
    COUNTRY = "country"
    SEXES = "sexes"
    RUNG = "rung"
    DESIGN = "design"


class NotExplained(StrEnum):
    """Why campaigns cannot be compared by what they differ in."""

    NOTHING_CHOSEN = "nothing_chosen"
    ALL_ALIKE = "all_alike"
    EACH_ONCE = "each_once"
    TOO_FEW = "too_few"
    INSEPARABLE = "inseparable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The campaigns of one value of a moderator.

    Attributes
    ----------
    k, compared
        How many campaigns have it, and how many of them are compared.
    average
        Their average effect, of the other moderators' commonest values where several are looked at; None where fewer
        than two have it, or nothing could be compared.
    """

    moderator: Moderator
    value: str
    k: int
    compared: int = 0
    average: Coefficient | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """How much more the campaigns of `value` changed than those of `other`, all else that is looked at alike.

    `estimate` is a difference of shares (0.04 is four more in a hundred); `adjusted_p_value` is Holm's over all
    contrasts of the table.
    """

    moderator: Moderator
    value: str
    other: str
    estimate: float
    conf_low: float
    conf_high: float
    p_value: float
    adjusted_p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Effects by what campaigns differ in.

    Attributes
    ----------
    members
        The campaigns that are compared.
    left_out
        Those whose value nobody else has: a value of one campaign cannot be told from that campaign.
    kinds
        Each value with its campaigns, the commonest first.
    regression
        The meta-regression with the commonest values as reference; None where it is refused.
    contrasts
        All differences between two values of a moderator.
    refusal, because
        Why nothing is compared, and the moderator that stands in the way.
    twins
        Moderators that are not looked at, although the campaigns divide by them in just the same way: whatever is
        found may as well be theirs.
    """

    moderators: tuple[Moderator, ...]
    members: tuple[Evaluation, ...]
    left_out: tuple[Evaluation, ...]
    kinds: tuple[Kind, ...]
    regression: MetaRegression | None = None
    contrasts: tuple[Contrast, ...] = ()
    refusal: NotExplained | None = None
    because: Moderator | None = None
    twins: tuple[Moderator, ...] = ()

    @property
    def terms(self) -> int:
        """How many differences the regression estimates."""
        return len(self.regression.coefficients) - 1 if self.regression else 0

    @property
    def few(self) -> bool:
        """Whether there are fewer campaigns than such a comparison needs to be more than a hint."""
        return len(self.members) < ENOUGH_A_TERM * max(self.terms, 1)


def value_of(campaign: Campaign, moderator: Moderator) -> str:
    """A campaign's value, as a code; `several` where it has more than one, empty where it has none.

    Examples
    --------
    >>> from tests.evaluations import campaign
    >>> value_of(campaign(), Moderator.FRAME), value_of(campaign(), Moderator.COUNTRY)
    ('testimony', 'several')
    """
    message, audience = campaign.message, campaign.audience
    values: dict[Moderator, tuple[str, ...]] = {
        Moderator.FRAME: (message.frame,),
        Moderator.MESSENGER: (message.messenger,),
        Moderator.TONE: (message.tone,),
        Moderator.PLATFORM: campaign.platforms,
        Moderator.COUNTRY: audience.countries,
        Moderator.SEXES: audience.sexes if len(audience.sexes) == 1 else (Sex.UNKNOWN,),  # everybody
        Moderator.RUNG: (campaign.outcome.rung,) if campaign.outcome else (),
        Moderator.DESIGN: (campaign.study.design,),
    }
    found = values[moderator]
    return str(found[0]) if len(found) == 1 else SEVERAL if found else ""


def explain(
    members: Sequence[Evaluation],
    moderators: Sequence[Moderator],
    *,
    method: str = "REML",
    adjustment: str = "knapp_hartung_modified",
) -> Explained:
    """Compare campaigns by what they differ in: a meta-regression, or why there is none.

    A campaign whose value nobody else shares is left out, because one campaign's value cannot be told from everything
    else about it. All intervals, averages and p-values come from one model: the regression with each value as reference
    in turn. What is found is a difference between campaigns, never proof that the moderator made it.

    Parameters
    ----------
    members
        Campaigns that may be pooled (`metrics.bodies.may_be_pooled`).
    method, adjustment
        As in `metrics.pooling.meta_regression`.

    Returns
    -------
    Explained
        Averages and contrasts as differences of shares (0.08 is eight in a hundred), or `refusal`: nothing chosen, all
        alike, nobody shares a value, fewer than two campaigns more than coefficients, or moderators that cannot be told
        from each other.

    References
    ----------
    Deeks, Higgins, Altman et al. (2023), Cochrane Handbook 6.4, 10.11 (heterogeneity, and ten studies a covariate).
    Knapp and Hartung (2003), Statistics in Medicine 22:2693-2710. Holm (1979), Scand J Statistics 6:65-70.

    Examples
    --------
    Of effects with one standard error it is `t.test(c(0.10, 0.14), c(0.02, 0.06), var.equal = TRUE)` in R:

    >>> from tests.evaluations import INTENDS, KNOWS, evaluation
    >>> told = [(KNOWS, 0.10), (KNOWS, 0.14), (INTENDS, 0.02), (INTENDS, 0.06)]
    >>> campaigns = [evaluation(outcome=asked, interval=(size, size - 0.02, size + 0.02)) for asked, size in told]
    >>> (one,) = explain(campaigns, [Moderator.RUNG]).contrasts
    >>> one.value, one.other, f"{one.estimate:.2f} ({one.conf_low:.4f} to {one.conf_high:.4f}), p {one.p_value:.4f}"
    ('knowledge', 'intention_irregular', '0.08 (-0.0417 to 0.2017), p 0.1056')
    """
    chosen = tuple(dict.fromkeys(moderators))
    kept = _shared(members, chosen)
    found = Explained(
        moderators=chosen,
        members=kept,
        left_out=tuple(member for member in members if member not in kept),
        kinds=tuple(
            Kind(moderator=moderator, value=value, k=k, compared=_counts(kept, moderator)[value])
            for moderator in chosen
            for value, k in _counts(members, moderator).most_common()
        ),
    )
    values = {moderator: [value for value, _ in _counts(kept, moderator).most_common()] for moderator in chosen}
    if (refusal := _refusal(members, kept, values)) is not None:
        return replace(found, refusal=refusal[0], because=refusal[1])
    effects, variances = effects_of(kept)

    def fitted(reference: Mapping[Moderator, str]) -> MetaRegression:
        return meta_regression(
            effects, variances, _columns(kept, values, reference), method=method, adjustment=adjustment
        )

    commonest = {moderator: names[0] for moderator, names in values.items()}
    if np.linalg.matrix_rank(_matrix(kept, values, commonest)) < 1 + sum(len(names) - 1 for names in values.values()):
        return replace(found, refusal=NotExplained.INSEPARABLE)
    kinds, contrasts = dict[tuple[Moderator, str], Coefficient](), list[tuple[Moderator, str, str, Coefficient]]()
    for moderator, names in values.items():
        for place, name in enumerate(names):
            terms = {term.term: term for term in fitted(commonest | {moderator: name}).coefficients}
            kinds[moderator, name] = terms["intercept"]
            contrasts += [(moderator, value, name, terms[_term(moderator, value)]) for value in names[:place]]
    return replace(
        found,
        regression=fitted(commonest),
        kinds=tuple(replace(kind, average=kinds.get((kind.moderator, kind.value))) for kind in found.kinds),
        contrasts=_contrasts(contrasts),
        twins=tuple(other for other in Moderator if other not in chosen and _divides_alike(kept, other, chosen)),
    )


def _shared(members: Sequence[Evaluation], moderators: Sequence[Moderator]) -> tuple[Evaluation, ...]:
    """The members each of whose values another of them has."""
    kept = tuple(members)
    while True:
        counts = {moderator: _counts(kept, moderator) for moderator in moderators}
        still = tuple(
            member
            for member in kept
            if all(counts[moderator][value_of(member.campaign, moderator)] > 1 for moderator in moderators)
        )
        if len(still) == len(kept):
            return kept
        kept = still


def _counts(members: Sequence[Evaluation], moderator: Moderator) -> Counter[str]:
    return Counter(value_of(member.campaign, moderator) for member in members)


def _refusal(
    members: Sequence[Evaluation], kept: Sequence[Evaluation], values: Mapping[Moderator, Sequence[str]]
) -> tuple[NotExplained, Moderator | None] | None:
    if not values:
        return NotExplained.NOTHING_CHOSEN, None
    for moderator, names in values.items():
        if len(names) < 2:
            several = len(_counts(members, moderator)) > 1
            return (NotExplained.EACH_ONCE if several else NotExplained.ALL_ALIKE), moderator
    if len(kept) < 3 + sum(len(names) - 1 for names in values.values()):
        return NotExplained.TOO_FEW, None
    return None


def _term(moderator: Moderator, value: str) -> str:
    return f"{moderator}={value}"


def _columns(
    members: Sequence[Evaluation], values: Mapping[Moderator, Sequence[str]], reference: Mapping[Moderator, str]
) -> dict[str, list[float]]:
    """A column of 0 and 1 for each value but the one of reference."""
    return {
        _term(moderator, name): [float(value_of(member.campaign, moderator) == name) for member in members]
        for moderator, names in values.items()
        for name in names
        if name != reference[moderator]
    }


def _matrix(
    members: Sequence[Evaluation], values: Mapping[Moderator, Sequence[str]], reference: Mapping[Moderator, str]
) -> np.ndarray:
    return np.column_stack([np.ones(len(members)), *_columns(members, values, reference).values()])


def _contrasts(found: Sequence[tuple[Moderator, str, str, Coefficient]]) -> tuple[Contrast, ...]:
    """Each value against another, with the p-value adjusted for all of them."""
    adjusted = adjusted_p_values([term.p_value for *_, term in found])
    return tuple(
        Contrast(
            moderator=moderator,
            value=value,
            other=other,
            estimate=term.estimate,
            conf_low=term.conf_low,
            conf_high=term.conf_high,
            p_value=term.p_value,
            adjusted_p_value=p_value,
        )
        for (moderator, value, other, term), p_value in zip(found, adjusted, strict=True)
    )


def _divides_alike(members: Sequence[Evaluation], other: Moderator, chosen: Sequence[Moderator]) -> bool:
    """Whether the campaigns divide by `other` just as they do by one of those chosen."""
    theirs = [value_of(member.campaign, other) for member in members]
    if len(set(theirs)) < 2:
        return False
    for moderator in chosen:
        pairs = set(zip(theirs, (value_of(member.campaign, moderator) for member in members), strict=True))
        if len(pairs) == len({first for first, _ in pairs}) == len({second for _, second in pairs}):
            return True
    return False
