"""Results become tables for the screen and for files, with headers in the reader's language."""

from collections.abc import Sequence

import pandas as pd

from metrics.evaluation import Evaluation
from views.disclosing import STANDARD, Profile
from views.wording.language import Words


def answer_table(
    evaluations: Sequence[Evaluation], words: Words, *, profile: Profile | None = STANDARD
) -> pd.DataFrame:
    """What each campaign that asked people achieved, the surest first."""
    raise NotImplementedError


def not_measured_table(evaluations: Sequence[Evaluation], words: Words) -> pd.DataFrame:
    """Campaigns of which only delivery is known: how often seen, by how many, for how much."""
    raise NotImplementedError


def groups_table(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> pd.DataFrame:
    """How each group answered at each time."""
    raise NotImplementedError


def delivery_table(evaluation: Evaluation, words: Words) -> pd.DataFrame:
    """What the platforms counted, with what each figure means."""
    raise NotImplementedError


def audience_table(evaluation: Evaluation, words: Words) -> pd.DataFrame:
    """How much of the delivery went to whom it was meant for."""
    raise NotImplementedError


def csv_bytes(frame: pd.DataFrame, notes: Sequence[tuple[str, str]]) -> bytes:
    """A table as CSV that spreadsheets open, with what must be known of it."""
    raise NotImplementedError
