"""Rows of whole advertisements beside the rows of their parts by age or place: counted together, they would double."""

from collections.abc import Sequence

import numpy as np

from campaigns.exports.reading.arrays import Codes, Mask, Whole
from campaigns.exports.rows.drafts import Draft
from campaigns.exports.values.columns import Cells
from campaigns.rows import BREAKDOWNS

PARTS = (*BREAKDOWNS, "publisher")


def whole_rows(draft: Draft, others: Sequence[Cells], figures: Sequence[tuple[Whole, Mask]]) -> Mask:
    """Rows that name no part, and of which every figure is the sum of the rows of the same thing that do.

    `others` are the columns that say what a row is about; `figures` the additive ones as (values, missing).
    """
    parts = [draft.cells[field] for field in PARTS if field in draft.cells]
    whole = np.ones(draft.size, dtype=np.bool_)
    for cells in parts:
        whole &= np.array([not entry.strip(" -") for entry in cells.entries], dtype=np.bool_)[cells.codes]
    if not parts or not whole.any() or whole.all():
        return np.zeros_like(whole)
    columns = [cells.codes for cells in others if all(cells is not part for part in parts)]
    things = np.unique(np.column_stack([np.zeros(draft.size, dtype=np.int32), *columns]), axis=0, return_inverse=True)[
        1
    ]
    return _are_sums(things.reshape(-1).astype(np.int32), whole, figures)


def _are_sums(things: Codes, whole: Mask, figures: Sequence[tuple[Whole, Mask]]) -> Mask:
    size = int(things.max()) + 1
    parts = np.bincount(things[~whole], minlength=size)[things]
    alone = np.bincount(things[whole], minlength=size)[things] == 1
    found: Mask = whole & alone & (parts > 0)
    counted = np.zeros(len(things), dtype=np.int64)
    for values, missing in figures:
        sums = np.zeros(size, dtype=np.int64)
        listed = ~whole & ~missing
        np.add.at(sums, things[listed], values[listed])
        found &= np.where(missing, 0, values) == sums[things]
        counted += sums[things] > 0
    found &= (counted > 1) | ((counted > 0) & (parts > 1))
    return found
