"""Which mark an interval gets: blue circle better, orange diamond worse, hollow circle neither."""

from collections.abc import Sequence
from enum import Enum

from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from metrics.quantiles import middle_half
from metrics.verdicts import Finding
from views.palette import BETTER, OUTLINE, PAPER, WORSE

LIMITS = (10, 20, 30, 50, 100)  # people in every hundred to each side of zero; few, so that pictures compare


class Mark(Enum):
    """Colour of the line, colour inside the mark, and Plotly's name of its shape."""

    BETTER = (BETTER, BETTER, "circle")
    WORSE = (WORSE, WORSE, "diamond")
    NEITHER = (OUTLINE, PAPER, "circle")

    @property
    def line(self) -> str:
        return self.value[0]

    @property
    def fill(self) -> str:
        return self.value[1]

    @property
    def symbol(self) -> str:
        return self.value[2]


def mark_of(estimate: Estimate, smallest_important: float) -> Mark:
    """By where the interval lies, not by what is said of its cause, which the words beside it say."""
    inside = -smallest_important < estimate.conf_low and estimate.conf_high < smallest_important
    if inside or estimate.conf_low <= 0 <= estimate.conf_high:
        return Mark.NEITHER
    return Mark.BETTER if estimate.conf_low > 0 else Mark.WORSE


def axis_limit(evaluations: Sequence[Evaluation]) -> int:
    """People in every hundred to each side of zero that a shared axis must show.

    Every estimate and its middle half fit; a 95 % range that does not ends in an arrow.
    """
    sizes = [0.0]
    for evaluation in evaluations:
        estimate = evaluation.verdict.estimate
        if estimate is not None and evaluation.verdict.finding != Finding.DO_NOT_TRUST:
            sizes += [100 * abs(size) for size in middle_half(estimate)]
    return limit_around(sizes)


def limit_around(sizes: Sequence[float]) -> int:
    """The smallest of the shared limits around all sizes, given in people of a hundred."""
    largest = max(abs(size) for size in sizes)
    return next((limit for limit in LIMITS if largest <= 0.9 * limit), LIMITS[-1])
