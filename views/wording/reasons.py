"""Why a verdict is what it is, what a reader must be told beside a number, and why there is none."""

from campaigns.records import Campaign
from metrics.costs import Cost
from metrics.estimates import Caution
from metrics.estimates import Reason as Refusal
from metrics.evaluation import Evaluation
from metrics.verdicts import Reason
from views.disclosing import STANDARD, Profile
from views.wording.language import Words


def reason_sentence(
    reason: Reason, words: Words, *, campaign: Campaign | None = None, profile: Profile | None = STANDARD
) -> str:
    """One reason with its figures; `campaign` lets it quote an outcome's question."""
    raise NotImplementedError


def reason_effect(reason: Reason, words: Words) -> str:
    """What a reason does to the certainty: one grade less, not usable, or nothing."""
    raise NotImplementedError


def caution_sentence(caution: Caution, words: Words) -> str:
    """What a reader must be told beside an estimate."""
    raise NotImplementedError


def refusal_sentence(refusal: Refusal, words: Words) -> str:
    """Why there is no figure."""
    raise NotImplementedError


def cost_sentence(cost: Cost, words: Words) -> str:
    """What one more person cost and its range, or why that is not said."""
    raise NotImplementedError


def cost_label(cost: Cost, words: Words) -> str:
    """The cost for a cell of a table; a dash where there is none."""
    raise NotImplementedError


def audience_sentence(evaluation: Evaluation, words: Words) -> str:
    """How much of the delivery went to the people it was meant for, and who got nothing."""
    raise NotImplementedError


def before_after_sentence(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> str:
    """What before and after alone would have said, and what the comparison group did; empty where there is none."""
    raise NotImplementedError
