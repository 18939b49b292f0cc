"""Whole columns to arrays: each different cell is read once, then spread over the rows."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from campaigns.exports.reading.arrays import Codes, Mask, Whole, codes_of, flags
from campaigns.exports.values.dates import Order, Period, month_number, of_another_calendar, period, serial, swapped
from campaigns.exports.values.numbers import (
    DAMAGED_DECIMAL,
    LARGEST,
    LARGEST_SCALED,
    LONGEST,
    Sign,
    censored,
    fractional,
    missing,
    money,
    number,
    plain,
    seconds,
    shortened,
    too_large,
)


@dataclass(frozen=True, slots=True)
class Cells:
    """A column's different cells, and for each row which one it holds; or, of a large file, its plain figures."""

    header: str
    entries: Sequence[str]
    codes: Codes
    figures: pa.StringArray | None = None

    def text(self, row: int) -> str:
        """What stands in a row."""
        return str(self.entries[self.codes[row]] if self.figures is None else self.figures[int(row)])

    def rows_with(self, entries: Sequence[int]) -> NDArray[np.int64]:
        """The rows, counted from 0, that hold one of these entries."""
        if not entries:
            return np.zeros(0, dtype=np.int64)
        wanted = np.zeros(len(self.entries), dtype=np.bool_)
        wanted[list(entries)] = True
        return np.flatnonzero(wanted[self.codes])

    def kept(self, rows: Mask) -> "Cells":
        if self.figures is not None:
            return Cells(self.header, (), self.codes, self.figures.filter(flags(rows)))
        return Cells(self.header, self.entries, self.codes[rows])


def cells_of(header: str, column: pa.DictionaryArray | pa.StringArray, *, figures: bool = False) -> Cells:
    """The cells of a column; `figures` says that plain figures are read as such."""
    if not pa.types.is_dictionary(column.type):
        if figures:
            return Cells(header, (), np.zeros(0, dtype=np.int32), column)
        column = pc.dictionary_encode(column)
    return Cells(header, column.dictionary.to_pylist(), codes_of(column))


def present(cells: Cells) -> list[str]:
    """The different cells that rows hold; a dictionary may have others, of rows set aside."""
    used = np.zeros(len(cells.entries), dtype=np.bool_)
    used[cells.codes] = True
    return [entry for entry, held in zip(cells.entries, used, strict=True) if held]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the entries of a column hold: a value, nothing, or a fault (its code)."""

    values: Whole
    missing: Mask
    faults: Mapping[int, str] = field(default_factory=dict)
    censored: Sequence[int] = ()
    damaged: Sequence[int] = ()  # decimals that a spreadsheet took for dates
    currencies: Mapping[int, str] = field(default_factory=dict)  # those that cells name themselves

    def spread(self, cells: Cells) -> tuple[Whole, Mask]:
        """The values and the missing marks of each row."""
        if not len(cells.entries):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
        return self.values[cells.codes], self.missing[cells.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How a figure is written and stored: stored = written x factor x scale; counts have no fraction."""

    scale: int
    factor: int = 1  # 3,600 where the column is in hours
    divisor: int = 1  # 100 where it is in per cent
    whole: bool = True
    money: bool = False
    limit: int = LARGEST
    signed: bool = False  # the platform counts what people take back


def read_figures(cells: Cells, figure: Figure, sign: Sign) -> Parsed:
    """The numbers of a column under its decimal sign."""
    size = len(cells.entries)
    values = np.zeros(size, dtype=np.int64)
    blank = np.zeros(size, dtype=np.bool_)
    faults: dict[int, str] = {}
    hidden: list[int] = []
    damaged: list[int] = []
    currencies: dict[int, str] = {}
    straight = figure.scale * figure.factor if figure.divisor == 1 else 0
    for at, cell in enumerate(cells.entries):
        if straight and cell.isdigit() and cell.isascii() and len(cell) < 12:
            values[at] = int(cell) * straight
        elif missing(cell):
            blank[at] = True
        elif censored(cell):
            blank[at] = True
            hidden.append(at)
        elif len(cell) <= LONGEST and _damaged(cell):
            blank[at] = True
            damaged.append(at)
        else:
            value, fault, currency = _read_one(cell, figure, sign)
            values[at], blank[at] = value or 0, value is None
            if fault:
                faults[at] = fault
            if currency:
                currencies[at] = currency
    return Parsed(values, blank, faults, hidden, damaged, currencies)


def _damaged(cell: str) -> bool:
    found = DAMAGED_DECIMAL.fullmatch(plain(cell))
    return found is not None and month_number(found[1] or found[2]) is not None


def _read_one(cell: str, figure: Figure, sign: Sign) -> tuple[int | None, str | None, str | None]:
    """The stored number of a cell, or the code of what is wrong with it; and the currency it names."""
    text, currency = money(cell) if figure.money else (cell.rstrip().removesuffix("%"), None)
    if not figure.money and figure.divisor == 1 and text != cell.rstrip():
        return None, "number_not_readable", None
    value = number(text, sign)
    if value is None and figure.factor == 1 and not figure.money:
        value = seconds(text)
    if value is None:
        return None, _unread_number(text), None
    if value < 0 and not figure.signed:
        return None, "number_negative", currency
    if figure.whole and fractional(value):
        return None, "number_not_whole", currency
    stored = round(value * figure.factor * figure.scale / figure.divisor)
    if value > figure.limit or stored > LARGEST_SCALED:
        return None, "number_too_large", currency
    return stored, None, currency


def _unread_number(text: str) -> str:
    """The code of what is wrong with a text that is no number."""
    if too_large(text):
        return "number_too_large"
    return "number_shortened" if shortened(text) else "number_not_readable"


@dataclass(frozen=True, slots=True)
class ParsedDates:
    """First and last day of each entry, in days since 1970; `grain` is what the cells name."""

    first: NDArray[np.int32]
    last: NDArray[np.int32]
    missing: Mask
    faults: Mapping[int, str]
    yearless: bool
    ranges: bool


_EPOCH = 719163  # date.toordinal() of 1970-01-01


def read_dates(cells: Cells, order: Order | None, year: int | None, lifetime: Callable[[str], bool]) -> ParsedDates:
    """The days of a column; cells that say "lifetime" hold none."""
    size = len(cells.entries)
    first = np.zeros(size, dtype=np.int32)
    last = np.zeros(size, dtype=np.int32)
    blank = np.ones(size, dtype=np.bool_)
    faults: dict[int, str] = {}
    yearless = ranges = False
    turned = swapped(present(cells))
    for at, cell in enumerate(cells.entries):
        if missing(cell) or lifetime(cell):
            continue
        found: Period | None = period(cell, order, year)
        if found is None:
            faults[at] = _unread_day(cell)
        elif cell in turned:
            faults[at] = "date_swapped"
        elif found.last < found.first:
            faults[at] = "end_before_start"
        elif found.yearless:
            yearless = True
        else:
            first[at], last[at] = found.first.toordinal() - _EPOCH, found.last.toordinal() - _EPOCH
            blank[at] = False
            ranges |= found.first != found.last
    return ParsedDates(first, last, blank, faults, yearless, ranges)


def _unread_day(cell: str) -> str:
    """The code of what is wrong with a cell that is no day."""
    if of_another_calendar(cell):
        return "date_of_other_calendar"
    return "date_serial" if serial(cell) else "date_not_readable"


def name(cell: str) -> str | None:
    """A name or an identifier as it is written, without blanks around it; None where the cell says nothing."""
    text = cell.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.replace("\ufeff", "")).strip()
    return None if text in ("", "--", "-") else text
