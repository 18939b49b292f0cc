"""Whether the rows of a template can be added up: all are named and divided alike, and nothing stands in them twice."""

import numpy as np

from campaigns.exports.rows.drafts import Draft
from campaigns.exports.values.columns import name, present
from campaigns.problems import Severity
from campaigns.rows import BREAKDOWNS

GROUPS = frozenset({"age", "sex"})
OF_THE_WHOLE = ("sessions", "spend")  # of an event, not of a group of its participants


def filled(draft: Draft, field: str) -> bool:
    """Whether any row of a table says something in a column."""
    cells = draft.cells.get(field)
    return cells is not None and any(name(entry) for entry in present(cells))


def check_groups(draft: Draft) -> None:
    """Refuse rows of a template that are named or divided otherwise than the rest, and mark what may be there twice."""
    if draft.found.format.measures is None:
        return
    for field in ("entity", *BREAKDOWNS):
        if not filled(draft, field):
            continue
        cells = draft.cells[field]
        blank = cells.rows_with([at for at, entry in enumerate(cells.entries) if not name(entry)])
        if len(blank):
            draft.fault("filled_in_some_rows", blank, cells.header, cells)
    if draft.level == "event":
        _mark_repeats(draft)


def _mark_repeats(draft: Draft) -> None:
    """Sessions and costs that stand in several rows of one event are added up, which is seldom meant."""
    columns = [codes for field, codes in draft.keys.items() if field not in GROUPS]
    columns += [np.array(draft.arrays[field].fill_null(0).cast("int32")) for field in _DAYS if field in draft.arrays]
    if not columns or not GROUPS & draft.keys.keys():
        return
    events = np.unique(np.column_stack(columns), axis=0, return_inverse=True)[1].reshape(-1)
    for field in OF_THE_WHOLE:
        if field not in draft.figures:
            continue
        values, blank = draft.figures[field]
        rows = np.flatnonzero(~blank & (values > 0))
        again = rows[np.bincount(events[rows], minlength=1)[events[rows]] > 1] if len(rows) else rows
        if len(again):
            draft.mark("written_for_each_group", Severity.WARNING, again[1:2], draft.cells[field].header)


_DAYS = ("window_start", "window_end")
