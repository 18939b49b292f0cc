"""Rows that are not data: totals by label or by sum, descriptions and tags under the header, footers."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from campaigns.exports.headers import meaning, normalised
from campaigns.exports.reading import TextTable
from campaigns.exports.reading.arrays import Mask, Whole, codes_of

LABELS_IN = 3  # the first columns, where a total row is named
FEW = 200_000


def labelled_total(cell: str) -> bool:
    """Whether a cell names a total: `Total`, `Gesamt`, `Total: Campaigns`. A campaign called "Total war" is none."""
    plain = normalised(cell)
    if not plain:
        return False
    word = meaning(plain, "word")
    if word is not None:
        return word.field == "total"
    label, colon, _ = plain.partition(":")
    label_word = meaning(label.strip(), "word")
    return bool(colon) and label_word is not None and label_word.field == "total"


def total_rows(table: TextTable) -> Mask:
    """Rows that carry the label of a total in one of their first cells."""
    found = np.zeros(table.num_rows, dtype=np.bool_)
    for column in table.columns[:LABELS_IN]:
        if not pa.types.is_dictionary(column.type):
            continue
        entries = column.dictionary.to_pylist()
        if len(entries) > FEW:
            continue
        labels = np.fromiter(map(labelled_total, entries), dtype=np.bool_, count=len(entries))
        if labels.any():
            found |= labels[codes_of(column)]
    return found


def _row(table: TextTable, at: int) -> list[str]:
    return [str(column[at].as_py() or "") for column in table.columns]


def tag_or_description_rows(table: TextTable) -> Mask:
    """A first row of HXL tags, or of sentences that describe the columns."""
    found = np.zeros(table.num_rows, dtype=np.bool_)
    if table.num_rows:
        filled = [cell for cell in _row(table, 0) if cell.strip()]
        tags = bool(filled) and all(cell.startswith("#") for cell in filled)
        wordy = sum(len(cell.split()) >= 3 and len(cell) > 20 for cell in filled)
        found[0] = tags or (len(filled) >= 3 and wordy >= 0.8 * len(filled) and len(filled) > 0.4 * len(table.header))
    return found


def footer_rows(table: TextTable) -> Mask:
    """Last rows of one sentence in the first cell: "No data available", "Showing the top 500 results"."""
    found = np.zeros(table.num_rows, dtype=np.bool_)
    for at in range(table.num_rows - 1, max(-1, table.num_rows - 4), -1):
        cells = _row(table, at)
        if len(cells) < 3 or " " not in cells[0].strip() or any(cell.strip() for cell in cells[1:]):
            break
        found[at] = True
    return found


def everybody_rows(sides: Sequence[tuple[Mask, Mask]]) -> Mask | None:
    """Rows of a breakdown that stand for all its values, where others name single ones: counted, they would double.

    Each side is a breakdown's (says everybody, says somebody) by row.
    """
    found: Mask | None = None
    for everybody, somebody in sides:
        if everybody.any() and somebody.any():
            found = everybody if found is None else found | everybody
    return found


def unlabelled_totals(figures: Sequence[tuple[Whole, Mask]], nameless: Mask) -> Mask:
    """A first or last row that names nothing and whose figures are the sums of all other rows.

    `figures` are the additive columns as (values, missing); a total that also counts what is not listed is larger.
    """
    found = np.zeros(len(nameless), dtype=np.bool_)
    if len(nameless) < 3 or nameless.all():
        return found
    for at in {0, len(nameless) - 1}:
        if not nameless[at]:
            continue
        others = ~nameless
        checks = [
            (int(values[at]), int(values[others & ~missing].sum()))
            for values, missing in figures
            if not missing[at] and (others & ~missing).any()
        ]
        checks = [(total, rest) for total, rest in checks if total or rest]
        found[at] = bool(checks) and all(total >= 0.98 * rest for total, rest in checks)
    return found
