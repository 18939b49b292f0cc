"""Rows that are not data: totals by label or by sum, headers again, descriptions and tags under them, footers."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from campaigns.exports.headers import meaning, normalised
from campaigns.exports.reading import TextTable
from campaigns.exports.reading.arrays import Mask, Whole, codes_of

LABELS_IN = 3  # the first columns, where a total row is named; in others, only of rows at the top or the bottom
FEW = 200_000  # different cells; of more, those in the first and last rows are looked at
ENDS = 10
LARGE = 100  # two columns that add up by chance hold small figures
# "Total: campaigns", "Total (12)", "Total – 12 ads".
_LABEL = re.compile(r"[^:()\d–—-]{2,30}")
_QUALIFIES = re.compile(r":.*|\(\d[^()]*\)|[-–—]\s*\d.*")
_AROUND = "\ufeff \t\u00a0\u200b\u200e\u200f"


def labelled_total(cell: str) -> bool:
    """Whether a cell names a total: `Total`, `Gesamt`, `Total: Campaigns`. A campaign called "Total war" is none."""
    plain = normalised(cell)
    if not plain:
        return False
    word = meaning(plain, "word")
    if word is not None:
        return word.field == "total"
    label = _LABEL.match(plain)
    if label is None or (word := meaning(label[0].strip(), "word")) is None:
        return False
    return word.field == "total" and _QUALIFIES.fullmatch(plain[label.end() :]) is not None


def total_rows(table: TextTable) -> Mask:
    """Rows that carry the label of a total in one of their first cells; first or last rows, in any."""
    found = np.zeros(table.num_rows, dtype=np.bool_)
    for place, column in enumerate(table.columns):
        if not pa.types.is_dictionary(column.type):
            continue
        codes = codes_of(column)
        entries = column.dictionary.to_pylist()
        looked_at = range(len(entries)) if len(entries) <= FEW else set(codes[:ENDS].tolist() + codes[-ENDS:].tolist())
        labels = [at for at in looked_at if labelled_total(entries[at])]
        if place < LABELS_IN and len(entries) <= FEW:
            labels += _subtotals(entries)
        if labels:
            labelled = np.isin(codes, labels)
            found |= labelled if place < LABELS_IN else at_the_ends(labelled)
    return found


def _subtotals(entries: Sequence[str]) -> list[int]:
    """Entries that name the total of another one, as the tables of spreadsheets do: "Two roads Total"."""
    plain = [entry.strip().casefold() for entry in entries]
    known = set(plain)
    found = []
    for at, entry in enumerate(plain):
        first, _, rest = entry.partition(" ")
        others, _, last = entry.rpartition(" ")
        if (rest in known and labelled_total(first)) or (others in known and labelled_total(last)):
            found.append(at)
    return found


def at_the_ends(rows: Mask) -> Mask:
    """Those of the rows that follow each other from the top or from the bottom; none where all do."""
    if rows.all():
        return np.zeros_like(rows)
    top = np.logical_and.accumulate(rows)
    return top | np.logical_and.accumulate(rows[::-1])[::-1]


def _row(table: TextTable, at: int) -> list[str]:
    return [column[at].as_py() for column in table.columns]


def header_rows(table: TextTable) -> tuple[Mask, int | None]:
    """Rows that repeat the header, as files put one below another do; and the first row of a header that differs."""
    found = np.zeros(table.num_rows, dtype=np.bool_)
    names = [normalised(header) for header in table.header]
    first = table.columns[0] if table.columns else None
    if first is None or not pa.types.is_dictionary(first.type) or len(first.dictionary) > FEW:
        return found, None
    known = {header.strip(_AROUND).casefold() for header in table.header if header.strip()}
    entries = [entry.strip(_AROUND).casefold() in known for entry in first.dictionary.to_pylist()]
    for at in np.flatnonzero(np.array(entries, dtype=np.bool_)[codes_of(first)]):
        cells = [normalised(cell) for cell in _row(table, int(at))]
        if cells == names:
            found[at] = True
        elif _names_columns([cell for cell in cells if cell], set(names)):
            return found, int(at)
    return found, None


def _names_columns(filled: Sequence[str], names: set[str]) -> bool:
    """Whether the cells of a row are names of columns, at least half of them known ones."""
    known = sum(cell in names for cell in filled)
    figures = any(character.isdigit() for cell in filled for character in cell)
    return len(filled) > 1 and (known == len(filled) or (2 * known >= len(filled) and not figures))


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


def summing_rows(figures: Sequence[tuple[Whole, Mask]]) -> Mask:
    """A first or last row, whatever its name, of which every figure is the sum of all other rows.

    `figures` are the additive columns as (values, missing); two of them at least, and not all small.
    """
    rows = len(figures[0][0]) if figures else 0
    found = np.zeros(rows, dtype=np.bool_)
    if rows < 3:
        return found
    sums = [int(values[~missing].sum()) for values, missing in figures]
    for at in (0, rows - 1):
        totals = [0 if missing[at] else int(values[at]) for values, missing in figures]
        exact = all(2 * total == whole for total, whole in zip(totals, sums, strict=True))
        found[at] = exact and sum(total > 0 for total in totals) > 1 and max(totals) >= LARGE
    return found


def unlabelled_totals(figures: Sequence[tuple[Whole, Mask]], nameless: Mask) -> Mask:
    """First or last rows that name nothing, where the figures of one of them are the sums of all rows with names.

    `figures` are the additive columns as (values, missing); a total that also counts what is not listed is larger, and
    those of parts stand beside it. Where nothing may be added up, a row without a name among rows with names is of all.
    """
    found = np.zeros(len(nameless), dtype=np.bool_)
    if len(nameless) < 3 or nameless.all():
        return found
    if not figures:
        return nameless
    named = ~nameless
    first, last = np.flatnonzero(named)[[0, -1]]
    for rows in (slice(0, first), slice(last + 1, None)):
        if any(_sums(figures, at, named) for at in range(len(nameless))[rows]):
            found[rows] = True
    return found


def _sums(figures: Sequence[tuple[Whole, Mask]], at: int, others: Mask) -> bool:
    """Whether the figures of a row are the sums of other rows, or more."""
    checks = [
        (int(values[at]), int(values[others & ~missing].sum()))
        for values, missing in figures
        if not missing[at] and (others & ~missing).any()
    ]
    checks = [(total, rest) for total, rest in checks if total or rest]
    return bool(checks) and all(total >= 0.98 * rest for total, rest in checks)
