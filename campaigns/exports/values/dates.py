"""Cells to days and periods: one order of day and month for a whole column, never a guess for a cell."""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from campaigns.exports.values.numbers import plain

LONGEST = 60
FIRST_YEAR = 2004  # no platform is older
LAST_YEAR = 2060  # in Nepal, 2004 is the year 2061
MONTH_NAMES = tuple(name.casefold() for name in calendar.month_name[1:])  # the C locale's: English
# Languages whose month names are looked for, after English; Arabic has three sets of them. Tigrinya has none of its
# own: it uses those of Ethiopia's calendar, whose days and years are others.
LANGUAGES = (
    "fr", "es", "pt", "de", "it", "ru", "uk", "ar", "ar_LB", "ar_DZ", "ar_MA", "id", "ms", "tr", "nl", "pl", "bg", "ro",
    "el", "hu", "cs", "sk", "hr", "sr", "sr_Latn", "bs", "sl", "sq", "mk", "lt", "lv", "et", "fi", "sv", "da", "nb",
    "fa", "ps", "ur", "hi", "bn", "sw", "am", "ha", "so", "th", "az", "uz", "kk", "ka", "hy", "he",
)  # fmt: skip

_TIME = (
    r"(?:[T ,]+(?:at )?(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\.\d+)?"  # 24:00 would be the next day, or not
    r"\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_ISO = re.compile(rf"(\d{{4}})(-|/|\. ?)(\d{{1,2}})\2(\d{{1,2}})\.?{_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_IDEOGRAPHS = re.compile(rf"(\d{{4}}) ?[年년] ?(\d{{1,2}}) ?[月월](?: ?(\d{{1,2}}) ?[日号일]{_TIME})?")
_VIETNAMESE = re.compile(rf"(?:ngày )?(\d{{1,2}}) (?:tháng|thg) (\d{{1,2}})(?:,| năm)? (\d{{4}}){_TIME}", re.IGNORECASE)
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,? )?"
_NAME = r"([^\W\d_][^\s\d.,:/_-]{2,13})"  # vowels that other scripts write as marks are no letters to `re`
_TWO_WORDS = r"([^\W\d_][^\s\d.,:/_-]{2,13}(?: [^\W\d_]{5,6})?)"  # the months of the Levant
_NTH = r"(?:\.|st|nd|rd|th|er|re|º|°)?"
_NAMED_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_NAME}\.? (\d{{1,2}}){_NTH}(?:,? (\d{{4}}))?{_TIME}")
_NAMED_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}}){_NTH}(?: de)? {_TWO_WORDS}\.?(?:(?: de)? (\d{{4}}))?(?: г\.)?{_TIME}"
)
_NAMED_MONTH = re.compile(rf"{_TWO_WORDS}\.?(?: de)? (\d{{4}})(?: г\.)?")
_QUARTER = re.compile(r"([1-4])(?:st|nd|rd|th) quarter (\d{4})")
_RANGE = re.compile(r"(.{6,30}?)\s+[-–—]\s+(.{6,30})")
# A day whose year is one of the Persian, the Islamic, the Buddhist or the Nepali calendar.
_OTHER_YEAR = re.compile(r"(?:.{0,40}\D)?(?:1[34]\d{2}|2[456]\d{2}|20[6-9]\d)(?:\D.{0,40})?")
_ETHIOPIC = re.compile("[\u1200-\u137f]")
# How a spreadsheet numbers the days from 2004 to 2050, and parts of them, where it is not told to show dates.
_SERIAL = re.compile(r"(?:3[89]\d{3}|4\d{4}|5[0-4]\d{3})(?:[.,]\d{1,10})?")


class Order(StrEnum):
    """Which comes first in a date of numbers."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day that a cell names; `yearless` where the cell names no year."""

    first: dt.date
    last: dt.date
    yearless: bool = False
    numeric: bool = False  # the order of day and month was needed


@lru_cache(maxsize=1024)
def month_number(name: str) -> int | None:
    """The number of a month's name or abbreviation; None where two languages give the name to two months.

    >>> month_number("février"), month_number("fevrier"), month_number("شباط"), month_number("listopada")
    (2, 2, 2, None)
    """
    name = name.casefold().rstrip(".")
    for number, english in enumerate(MONTH_NAMES, 1):
        if name == english or (len(name) >= 3 and name in (english[:3], english[:4])):
            return number
    return _foreign_months().get(_bare(name))


def _bare(name: str) -> str:
    """A name as it is typed where a keyboard has no accents."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).rstrip(".")


@cache
def _foreign_months() -> dict[str, int | None]:
    from babel import Locale  # read only where a file has such names

    names: dict[str, int | None] = {}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    known = names.setdefault(_bare(name), number)
                    if known != number:  # listopad is November to Poles and October to Croats
                        names[_bare(name)] = None
    return names


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _one(day: dt.date | None, *, yearless: bool = False, numeric: bool = False) -> Period | None:
    return None if day is None else Period(day, day, yearless, numeric)


def period(cell: str, order: Order | None = None, year: int | None = None) -> Period | None:
    """The day, month or range of days in a cell; None where it holds none.

    `order` reads dates of numbers such as 03/04/2025, which without it are none; `year` completes dates without one.
    """
    text = plain(cell)
    if not text or len(text) > LONGEST:
        return None
    if match := _ISO.fullmatch(text):
        return _one(_day(int(match[1]), int(match[3]), int(match[4])))
    if match := _COMPACT.fullmatch(text):
        return _one(_day(int(match[1]), int(match[2]), int(match[3])))
    if match := _MONTH.fullmatch(text):
        return _whole_month(int(match[1]), int(match[2]))
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match, order)
    if match := _RANGE.fullmatch(text):
        return _between(match[1], match[2], order, year)
    return _in_words(text, year)


def _in_words(text: str, year: int | None) -> Period | None:
    if match := _QUARTER.fullmatch(text):
        return _whole_quarter(int(match[2]), int(match[1]))
    if match := _NAMED_MONTH_FIRST.fullmatch(text):
        return _named(match[1], match[2], match[3], year)
    if match := _NAMED_DAY_FIRST.fullmatch(text):
        return _named(match[2], match[1], match[3], year)
    if match := _IDEOGRAPHS.fullmatch(text):
        return _one(_day(*map(int, match.groups()))) if match[3] else _whole_month(int(match[1]), int(match[2]))
    if match := _VIETNAMESE.fullmatch(text):
        return _one(_day(int(match[3]), int(match[2]), int(match[1])))
    if match := _NAMED_MONTH.fullmatch(text):
        month = month_number(match[1])
        return None if month is None else _whole_month(int(match[2]), month)
    return None


def _numeric(match: re.Match[str], order: Order | None) -> Period | None:
    if order is None:
        return None
    day, month = (1, 3) if order == Order.DAY_FIRST else (3, 1)
    return _one(_day(int(match[4]), int(match[month]), int(match[day])), numeric=True)


def _named(name: str, day: str, written_year: str | None, year: int | None) -> Period | None:
    if (month := month_number(name)) is None:
        return None
    if written_year:
        return _one(_day(int(written_year), month, int(day)))
    return _one(_day(year or 2024, month, int(day)), yearless=year is None)  # 2024: a leap year


def _whole_month(year: int, month: int) -> Period | None:
    if (first := _day(year, month, 1)) is None:
        return None
    return Period(first, first.replace(day=calendar.monthrange(year, month)[1]))


def _whole_quarter(year: int, quarter: int) -> Period | None:
    first, last = _whole_month(year, 3 * quarter - 2), _whole_month(year, 3 * quarter)
    return Period(first.first, last.last) if first and last else None


def _between(start: str, end: str, order: Order | None, year: int | None) -> Period | None:
    first, last = period(start, order, year), period(end, order, year)
    if first is None or last is None:
        return None
    return Period(first.first, last.last, first.yearless or last.yearless, first.numeric or last.numeric)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOrder:
    """The order that fits a column; `ambiguous` is a cell that both fit, with different days."""

    order: Order | None = None
    ambiguous: str | None = None


def decide_order(cells: Sequence[str]) -> DateOrder:
    """The order of day and month that fits all cells; none is needed where no cell is a date of numbers alone."""
    wrong = {Order.DAY_FIRST: 0, Order.MONTH_FIRST: 0}
    ambiguous = None
    for cell in cells:
        readings = {order: period(cell, order) for order in Order}
        if not any(reading and reading.numeric for reading in readings.values()):
            continue
        for order, reading in readings.items():
            wrong[order] += reading is None
        if all(readings.values()) and readings[Order.DAY_FIRST] != readings[Order.MONTH_FIRST]:
            ambiguous = ambiguous or cell
    if wrong[Order.DAY_FIRST] != wrong[Order.MONTH_FIRST]:
        return DateOrder(order=min(wrong, key=lambda order: wrong[order]))
    return DateOrder(ambiguous=ambiguous)


def of_another_calendar(cell: str) -> bool:
    """Whether a cell that is no day of ours names the year of another calendar: 2569 is 2026 in Bangkok.

    >>> of_another_calendar("12/09/1447"), of_another_calendar("2569-03-01"), of_another_calendar("31/02/2026")
    (True, True, False)
    """
    text = plain(cell)
    if len(text) > LONGEST:
        return False
    other_year = _OTHER_YEAR.fullmatch(text) is not None and len(re.findall(r"\d+", text)) > 1
    return other_year or _ETHIOPIC.search(text) is not None


def serial(cell: str) -> bool:
    """Whether a cell in a column of days holds the number that a spreadsheet gives to a day.

    >>> serial("46082"), serial("46082.5"), serial("20260301")
    (True, True, False)
    """
    return _SERIAL.fullmatch(plain(cell)) is not None


def swapped(cells: Sequence[str]) -> frozenset[str]:
    """The days of a column in which a spreadsheet has taken the month for the day.

    Of 04/03/2026 and 13/03/2026 it makes a date where its own order allows one, and leaves the other as text: then no
    date has a day beyond the twelfth, and every text has.
    """
    texts = [found for cell in cells if (found := _NUMERIC.fullmatch(plain(cell)))]
    dates = {cell: found for cell in cells if (found := _ISO.fullmatch(plain(cell)))}
    left_alone = all(int(text[1]) > 12 or int(text[3]) > 12 for text in texts)
    if not texts or not left_alone or any(int(date[4]) > 12 for date in dates.values()):
        return frozenset()
    return frozenset(cell for cell, date in dates.items() if int(date[3]) != int(date[4]))
