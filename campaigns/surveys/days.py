"""When people were asked: the day in each cell of a column, read in one order of day and month."""

import datetime as dt
from collections.abc import Sequence

from campaigns.exports.values.dates import Order, decide_order, period


def interview_days(cells: Sequence[str]) -> list[dt.date | None]:
    """The day of each cell, None where it holds none, or where two orders of day and month fit the column.

    >>> interview_days(["2026-03-18T09:12:44.000+01:00", "?"])
    [datetime.date(2026, 3, 18), None]
    >>> interview_days(["05/03/2026", "18/03/2026"])
    [datetime.date(2026, 3, 5), datetime.date(2026, 3, 18)]
    >>> interview_days(["05/03/2026"])
    [None]
    """
    order = decide_order(cells).order
    return [_day(cell, order) for cell in cells]


def _day(cell: str, order: Order | None) -> dt.date | None:
    text = cell.strip()
    try:
        return dt.date.fromisoformat(text[:10])  # most forms write it so, with a time after it
    except ValueError:
        found = period(text, order)
    return None if found is None or found.yearless else found.first
