"""The first and last day of a report that its rows do not say: from the lines above the header, or the file's name."""

import datetime as dt
import re
from collections.abc import Sequence

from campaigns.exports.values.dates import LONGEST, Order, decide_order, period

Window = tuple[dt.date, dt.date]

_NAME_ISO = r"\d{4}[-._]\d{1,2}[-._]\d{1,2}"
_NAME_MONTH_FIRST = r"[A-Za-z]{3,9}-\d{1,2}-\d{4}"
_NAME_DAY_FIRST = r"\d{1,2}-[A-Za-z]{3,9}-\d{4}"
# One platform writes two dates with nothing between: 1-Sep-202430-Sep-2024.
_IN_NAME = re.compile(rf"((?<!\d){_NAME_ISO}(?!\d)|{_NAME_DAY_FIRST}|{_NAME_MONTH_FIRST}(?!\d))")
_LABELLED = re.compile(r"[^:]{1,40}:\s*(.+)")


def from_preamble(lines: Sequence[str], order: Order | None) -> tuple[Window | None, str | None]:
    """The window that lines above the header name: `27 January 2026 - 23 February 2026`.

    Where day and month may be either, and `order` does not say, also the text that is to be asked about.
    """
    days: list[dt.date] = []
    asked = None
    for line in lines:
        text = line.strip()
        if match := _LABELLED.fullmatch(text):
            text = match[1]
        if not text or len(text) > LONGEST:
            continue
        decision = decide_order([text])
        if order is None:
            asked = asked or decision.ambiguous
        found = period(text, decision.order or order or Order.DAY_FIRST)
        if found is None or found.yearless:
            continue
        if found.first != found.last:
            return (found.first, found.last), asked
        days.append(found.first)
    window = (days[0], days[-1]) if len(days) == 2 and days[0] <= days[1] else None
    return window, asked if window else None


def from_name(name: str) -> Window | None:
    """The window between the first two dates in a file's name."""
    days = []
    for match in _IN_NAME.finditer(name[:255]):
        text = match[1].replace("_", "-").replace(".", "-")
        found = period(text) or period(text.replace("-", " "))
        if found is not None and not found.yearless:
            days.append(found.first)
    if len(days) < 2 or days[1] < days[0]:
        return None
    return days[0], days[1]
