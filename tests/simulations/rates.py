"""What a simulation found: how often something was said, and between what bounds that should be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

Draw = Callable[[np.random.Generator], tuple[bool, bool] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Shares of draws of our method and of the naive one; `low` and `high` bound ours."""

    question: str
    ours: float
    naive: float
    naive_method: str
    draws: int
    refused: int
    low: float
    high: float

    @property
    def kept(self) -> bool:
        return self.low <= self.ours <= self.high


def simulated(
    question: str, draw: Draw, *, naive: str, draws: int, low: float = 0.03, high: float = 0.07, seed: int = 20_080_101
) -> Found:
    """Draw data again and again; each draw says what ours and what the naive method found, None where ours refused."""
    source = np.random.default_rng(seed)
    said = [draw(source) for _ in range(draws)]
    told = [each for each in said if each is not None]
    ours, other = np.mean(told, axis=0)
    return Found(
        question=question, ours=float(ours), naive=float(other), naive_method=naive, draws=len(told),
        refused=draws - len(told), low=low, high=high,
    )  # fmt: skip


Simulations = Iterator[Found]
