"""The few sentences that answer the page's question over all campaigns."""

from collections.abc import Sequence

from metrics.evaluation import Evaluation
from metrics.verdicts import Certainty, Finding
from views.wording.language import Words
from views.wording.verdicts import of_awareness

UP = (Finding.RAISED, Finding.RAISED_A_LITTLE)


def headline(evaluations: Sequence[Evaluation], words: Words) -> str:
    """Which campaigns raised awareness of the dangers of smuggling, in counts that add up to all of them."""
    return " ".join(headline_sentences(evaluations, words))


def headline_sentences(evaluations: Sequence[Evaluation], words: Words) -> list[str]:
    """The sentences of the headline, the one that answers the question first."""
    if not evaluations:
        return [words("There is no campaign yet.")]
    counts = headline_counts(evaluations)
    said = [_raised(counts["raised"], words.number(len(evaluations)), words)]
    return said + [_SENTENCES[state](count, words) for state, count in counts.items() if state != "raised" and count]


def headline_counts(evaluations: Sequence[Evaluation]) -> dict[str, int]:
    """Campaigns by what is said of them; each is counted once."""
    counts = dict.fromkeys(("raised", *_SENTENCES), 0)
    for evaluation in evaluations:
        counts[_state(evaluation)] += 1
    return counts


def _state(evaluation: Evaluation) -> str:
    finding, grade = evaluation.verdict.finding, evaluation.verdict.certainty
    if finding in UP and grade == Certainty.VERY_LOW:
        return "rise_only"
    if finding in UP:
        return "raised" if of_awareness(evaluation) else "other_change"
    if finding == Finding.NO_IMPORTANT_DIFFERENCE and grade == Certainty.VERY_LOW:
        return str(Finding.CANNOT_TELL)
    return str(finding)


def _raised(count: int, total: str, words: Words) -> str:
    if count == 0:
        return words("Of no campaign can we say yet that it raised awareness (campaigns: {total}).", total=total)
    return words.plural(
        "{n} of {total} campaigns raised awareness, or probably or may have done so.",
        "{n} of {total} campaigns raised awareness, or probably or may have done so.",
        count,
        total=total,
    )


def _other_change(n: int, words: Words) -> str:
    return words.plural(
        "{n} brought, or may have brought, a wished change other than awareness.",
        "{n} brought, or may have brought, a wished change other than awareness.",
        n,
    )


def _rise_only(n: int, words: Words) -> str:
    return words.plural(
        "For {n}, the data show a rise, but we cannot say the campaign caused it.",
        "For {n}, the data show a rise, but we cannot say the campaigns caused it.",
        n,
    )


def _no_difference(n: int, words: Words) -> str:
    return words.plural(
        "{n} made, or may have made, little or no difference.",
        "{n} made, or may have made, little or no difference.",
        n,
    )


def _backfired(n: int, words: Words) -> str:
    return words.plural(
        "{n} may have backfired: review it before repeating it.",
        "{n} may have backfired: review them before repeating them.",
        n,
    )


def _mixed(n: int, words: Words) -> str:
    return words.plural(
        "{n} did good and harm at once, or may have: look at both before repeating it.",
        "{n} did good and harm at once, or may have: look at both before repeating them.",
        n,
    )


def _cannot_tell(n: int, words: Words) -> str:
    return words.plural("For {n} we cannot tell yet.", "For {n} we cannot tell yet.", n)


def _not_measured(n: int, words: Words) -> str:
    return words.plural(
        "For {n} nobody was asked: only views and other delivery figures are known.",
        "For {n} nobody was asked: only views and other delivery figures are known.",
        n,
    )


def _do_not_trust(n: int, words: Words) -> str:
    return words.plural(
        "The result of {n} must not be used: its groups were not comparable.",
        "The results of {n} must not be used: their groups were not comparable.",
        n,
    )


def _record_incomplete(n: int, words: Words) -> str:
    return words.plural(
        "Of {n} we say nothing yet, because its record is incomplete.",
        "Of {n} we say nothing yet, because their records are incomplete.",
        n,
    )


_SENTENCES = {
    "other_change": _other_change,
    str(Finding.NO_IMPORTANT_DIFFERENCE): _no_difference,
    str(Finding.BACKFIRED): _backfired,
    str(Finding.MIXED): _mixed,
    "rise_only": _rise_only,
    str(Finding.CANNOT_TELL): _cannot_tell,
    str(Finding.DO_NOT_TRUST): _do_not_trust,
    str(Finding.RECORD_INCOMPLETE): _record_incomplete,
    str(Finding.NOT_MEASURED): _not_measured,
}
