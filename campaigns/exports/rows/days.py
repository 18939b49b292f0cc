"""When the rows of a table happened: one order of day and month a column, windows, and days left out."""

import datetime as dt

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from campaigns.exports.headers import normalised
from campaigns.exports.reading.arrays import Mask, whole
from campaigns.exports.rows.drafts import Draft
from campaigns.exports.values.columns import Cells, ParsedDates, present, read_dates
from campaigns.exports.values.dates import Order, decide_order
from campaigns.exports.values.numbers import missing
from campaigns.problems import Severity

# What Business Suite writes for a figure since a post's publication, in the languages of its screens.
LIFETIME = frozenset(
    {"lifetime", "vitalício", "à vie", "durée de vie", "total", "de por vida", "siempre", "lebensdauer", "seumur hidup"}
)
Days = NDArray[np.int32]
_EPOCH = dt.date(1970, 1, 1)


def day(number: int) -> dt.date:
    return _EPOCH + dt.timedelta(days=int(number))


def read_days(draft: Draft) -> None:
    """The window of each row, from a column of days or of months, or from two columns that bound it."""
    field = next((name for name in ("date", "month_range") if name in draft.cells), None)
    bounds = None
    if "window_start" in draft.cells and "window_end" in draft.cells:
        bounds = _bounds(draft)
    if field is not None and (found := _column(draft, draft.cells[field])) is not None:
        draft.named_days = True
        first, last, blank = found
    elif bounds is not None:
        first, last, blank = bounds
    else:
        return
    draft.arrays["window_start"] = whole(first, blank, pa.date32())
    draft.arrays["window_end"] = whole(last, blank, pa.date32())


def _bounds(draft: Draft) -> tuple[Days, Days, Mask] | None:
    start, end = _column(draft, draft.cells["window_start"]), _column(draft, draft.cells["window_end"])
    if start is None or end is None:
        return None
    blank = start[2] | end[2]
    rows = np.flatnonzero((end[1] < start[0]) & ~blank)
    if len(rows):
        draft.fault("end_before_start", rows, draft.cells["window_end"].header, draft.cells["window_end"])
    single = bool((start[0] == end[1]).all()) and len(np.unique(start[0])) > 1
    draft.grain = draft.grain or ("day" if single else "window")
    return start[0], end[1], blank


def _column(draft: Draft, cells: Cells) -> tuple[Days, Days, Mask] | None:
    """First and last day of each row; None where the column names no day."""
    parsed = _parsed(draft, cells)
    for code in sorted(set(parsed.faults.values())):
        rows = cells.rows_with([at for at, found in parsed.faults.items() if found == code])
        draft.fault(code, rows, cells.header, cells)
    if parsed.yearless:
        draft.say("no_year_in_dates", Severity.QUESTION, column=cells.header, value=present(cells)[0])
    if not len(cells.entries):
        return None
    first, last, blank = parsed.first[cells.codes], parsed.last[cells.codes], parsed.missing[cells.codes]
    if draft.grain is None and any(cells is draft.cells.get(name) for name in ("date", "month_range")):
        draft.grain = "month" if parsed.ranges else "day"
    if "date" in draft.found.format.required:
        _check_typed(draft, cells, parsed, blank)
    elif not blank.all():
        _check_lacking(draft, cells)
    if blank.all():
        return None
    return first, last, blank


def _check_lacking(draft: Draft, cells: Cells) -> None:
    """A row without a day, among rows that have theirs, is of nobody knows when."""
    rows = cells.rows_with([at for at, entry in enumerate(cells.entries) if missing(entry)])
    rows = rows[~draft.wrong[rows]]
    if len(rows):
        draft.fault("value_missing", rows, cells.header, cells)


def _check_typed(draft: Draft, cells: Cells, parsed: ParsedDates, blank: Mask) -> None:
    """In a table that people type, each row has its day; days to come, and spans among days, are marked."""
    if blank.all():
        draft.say("column_empty", Severity.ERROR, column=cells.header)
    elif len(lacking := np.flatnonzero(blank & ~draft.wrong)):
        draft.fault("value_missing", lacking, cells.header, cells)
    today = (dt.datetime.now(dt.UTC).date() - _EPOCH).days
    marks = {
        "date_in_future": ~parsed.missing & (parsed.first > today + 1),
        "periods_mixed": ~parsed.missing & (parsed.first != parsed.last) & (parsed.first == parsed.last).any(),
    }
    for code, entries in marks.items():
        rows = cells.rows_with(np.flatnonzero(entries).tolist())
        if len(rows):
            draft.mark(code, Severity.WARNING, rows, cells.header, cells)


def _parsed(draft: Draft, cells: Cells) -> ParsedDates:
    decision = decide_order(present(cells))
    order = decision.order
    if order is None and decision.ambiguous is not None:
        order = draft.settings.order
        if order is None:
            draft.say("date_order_ambiguous", Severity.QUESTION, column=cells.header, value=decision.ambiguous)
            order = Order.DAY_FIRST
    order = order or Order.DAY_FIRST
    draft.readings[cells.header] = str(order) if decision.order or decision.ambiguous else "dates"
    parsed = read_dates(cells, order, None, _lifetime)
    if parsed.yearless and draft.settings.year is not None:
        return _with_years(cells, order, draft.settings.year)
    return parsed


def _with_years(cells: Cells, order: Order, year: int) -> ParsedDates:
    """Days without a year, the last row being in `year` and each row before it earlier by less than a year."""
    parsed = read_dates(cells, order, year, _lifetime)
    before = read_dates(cells, order, year - 1, _lifetime)
    last = parsed.first[cells.codes[-1]] if len(cells.codes) else 0
    late = parsed.first > last
    first = np.where(late, before.first, parsed.first)
    return ParsedDates(first, first, parsed.missing, parsed.faults, False, False)


def _lifetime(cell: str) -> bool:
    return normalised(cell) in LIFETIME


def month_is_cut(draft: Draft) -> bool:
    """Whether a month's row covers only part of the month."""
    if "month_range" not in draft.cells or "window_start" not in draft.arrays:
        return False
    starts, ends = draft.arrays["window_start"], draft.arrays["window_end"]
    for first, last in zip(starts.unique().to_pylist(), ends.unique().to_pylist(), strict=False):
        if first is not None and last is not None and (first.day != 1 or (last + dt.timedelta(days=1)).day != 1):
            return True
    return False


def days_missing(draft: Draft) -> bool:
    """Whether a daily series leaves out days between its first and its last."""
    if draft.grain != "day" or draft.found.format.report != "daily_series" or "window_start" not in draft.arrays:
        return False
    days = {found for found in draft.arrays["window_start"].unique().to_pylist() if found is not None}
    return bool(days) and (max(days) - min(days)).days + 1 > len(days)
