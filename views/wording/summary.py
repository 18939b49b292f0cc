"""The one sentence (or few) that answers the page's question over all campaigns."""

from collections.abc import Sequence

from metrics.evaluation import Evaluation
from views.wording.language import Words


def headline(evaluations: Sequence[Evaluation], words: Words) -> str:
    """Which campaigns raised awareness of the dangers of smuggling, in counts that add up to all of them."""
    raise NotImplementedError
