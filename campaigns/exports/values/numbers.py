"""Cells to numbers: one decimal sign for a whole column, never a guess for a cell.

A cell is read under both decimal signs. Where only one reading fits every cell of the column, that is the column's;
where both fit and differ, only a person knows.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from campaigns.vocabulary import CURRENCIES

LONGEST = 40  # no figure of an export is longer; what is longer is not looked at
LARGEST = 10**15
LARGEST_SCALED = 2**63 - 1

MISSING = frozenset(
    {
        *("", "-", "--", "---", "—", "——", "–", "n/a", "na", "nan", "undefined", "null", "none", "n.a.", "n/d"),
        *("not available", "no data", "n.d.", "s/o", "non disponible", "sans objet", "no disponible", "sin datos"),
        *("não disponível", "sem dados", "k. a.", "keine angabe", "н/д", "нет данных", "немає даних", "غير متاح"),
        *("غير متوفر", "不适用", "暂无数据", "无数据"),
    }
)
_BELOW = (
    r"[<>≤≥]|(?:less|fewer|more) than|under|over|moins de|plus de|menos de|más de|mais de|meno di|weniger als|unter"
    r"|mehr als|über|менее|более|меньше|больше|أقل من|أكثر من|少于|不足|超过"
)
CENSORED = re.compile(rf"(?:{_BELOW})\s*\d[\d.,\s]*%?", re.IGNORECASE)
DAMAGED_ID = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+|\d{16,}[.,]0+")  # a program took it for a number: digits are lost
# "1.2K", "3,4 Mio.", "1.2万", "1E+05": rounded to be short.
_SHORTENED = re.compile(
    r"[+-]?\d[\d.,' ]*(?:[eE]\+?\d{1,2}| ?(?:k|m|mn|b|bn|mio|mrd|mil|mille|million|millions|millones|milhões|tsd|тыс"
    r"|млн|lakh|crore|jt|rb|ألف|مليون|千|万|萬|億|亿|천|만)\.?)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)")  # how accountants write what is below zero
# "3.апр", "17.юни", "5-Jan", "Jan-05": a spreadsheet took a decimal for a date, where the word is a month.
DAMAGED_DECIMAL = re.compile(r"\d{1,2}[.\-/ ]([^\W\d_]{3,9})\.?|([^\W\d_]{3,9})\.?[.\-/ ]\d{1,2}")
DURATION = re.compile(r"(\d{1,6}):([0-5]?\d):([0-5]\d)(?:\.\d+)?")

# A sign of one currency, or the signs that several share.
SYMBOLS: dict[str, str] = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₦": "NGN",
    "₴": "UAH",
    "₺": "TRY",
    "₪": "ILS",
    "₱": "PHP",
    "₫": "VND",
    "₩": "KRW",
    "₽": "RUB",
    "₡": "CRC",
    "฿": "THB",
    "zł": "PLN",
    "Kč": "CZK",
    "lei": "RON",
    "Rp": "IDR",
    "Rs": "Rs",
    "kr": "kr",
    "$": "$",
    "¥": "¥",
    "US$": "USD",
    "R$": "BRL",
    "CA$": "CAD",
    "C$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "MX$": "MXN",
    "S$": "SGD",
    "NT$": "TWD",
    "FCFA": "CFA",
    "CFA": "CFA",
}
SHARED: dict[str, frozenset[str]] = {
    "$": frozenset(code for code in CURRENCIES if code.endswith("D"))
    | {"MXN", "ARS", "COP", "CLP", "UYU", "CUP", "DOP"},
    "¥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "Rs": frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "CFA": frozenset({"XOF", "XAF"}),
}
MONEY = re.compile(r"([^\d\s.,+\-()]{1,4})?\s*([+-]?[\d.,' ]*\d\.?)\s*([^\d\s.,+\-()]{1,4})?")

# A number under each decimal sign: groups of three digits, or of two and three as in India, by one separator.
_GROUPS = r"[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:'\d{3})+|\d+"
_POINT = re.compile(rf"[+-]?(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|[1-9]\d?(?:,\d{{2}})+,\d{{3}}|{_GROUPS})(?:\.\d*)?")
_COMMA = re.compile(rf"[+-]?(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|{_GROUPS})(?:,\d*)?")


class Sign(StrEnum):
    """The decimal sign of a column."""

    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How a column's cells are written: what each decimal sign would make of them."""

    sign: Sign | None  # the one that fits; None where both fit
    ambiguous: str | None = None  # a cell that both fit, with different values


def plain(cell: str) -> str:
    """A cell with Western digits, ordinary blanks, minus and decimal marks, without invisible characters."""
    if cell.isascii():
        return cell.strip()
    return "".join(map(_plain_character, cell)).strip()


@cache
def _plain_character(character: str) -> str:
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Cf":
        return ""
    return {"−": "-", "’": "'", "٬": "'", "٫": "٫", "٪": "%", "％": "%", "．": ".", "，": ","}.get(character, character)


def missing(cell: str) -> bool:
    """Whether a cell says that there is no value."""
    return plain(cell).casefold() in MISSING


def censored(cell: str) -> bool:
    """Whether a platform gave a bound in place of a value: `<1`, `< 10%`."""
    return len(cell) <= LONGEST and CENSORED.fullmatch(plain(cell)) is not None


def number(cell: str, sign: Sign) -> Decimal | None:
    """The number a cell holds under a decimal sign; None where it holds none."""
    text = plain(cell)
    if len(text) > LONGEST:
        return None
    if text.isdecimal():
        return Decimal(text)
    if match := _IN_BRACKETS.fullmatch(text):
        text = f"-{match[1].strip()}"
    if "٫" in text:
        text, sign = text.replace("٫", "."), Sign.POINT
    pattern, group, mark = (_POINT, ",", ".") if sign == Sign.POINT else (_COMMA, ".", ",")
    if pattern.fullmatch(text) is None:
        return None
    return Decimal(text.replace(group, "").replace(" ", "").replace("'", "").replace(mark, "."))


def fractional(value: Decimal) -> bool:
    """Whether a number has a fraction; the remainder operator fails beyond 28 digits."""
    return value != value.to_integral_value()


def too_large(cell: str) -> bool:
    """Whether a cell holds nothing but digits, and more of them than any figure has."""
    text = plain(cell)
    return text.isdecimal() and (len(text) > LONGEST or int(text) > LARGEST)


def shortened(cell: str) -> bool:
    """Whether a cell holds a rounded figure: 1.2K may be anything from 1,150 to 1,249.

    >>> shortened("1.2K"), shortened("3,4 Mio."), shortened("1E+05"), shortened("1,200")
    (True, True, True, False)
    """
    return len(cell) <= LONGEST and _SHORTENED.fullmatch(plain(cell)) is not None


def seconds(cell: str) -> Decimal | None:
    """The seconds of a duration H:MM:SS."""
    if len(cell) > LONGEST or (match := DURATION.fullmatch(plain(cell))) is None:
        return None
    return Decimal(int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3]))


def money(cell: str) -> tuple[str, str | None]:
    """The figure of an amount without its currency; and that currency, or the sign where several share it."""
    text = plain(cell)
    if not text or (text[0].isdigit() and text[-1].isdigit()) or len(text) > LONGEST:
        return text, None
    sign = ""
    if match := _IN_BRACKETS.fullmatch(text):
        sign, text = "-", match[1].strip()
    elif text[0] == "-":
        sign, text = "-", text[1:].lstrip()
    if (match := MONEY.fullmatch(text)) is None or (match[1] and match[3]):
        return sign + text, None
    unit = match[1] or match[3]
    if unit is None:
        return sign + text, None
    if unit in CURRENCIES:
        return sign + match[2], unit
    return (sign + match[2], SYMBOLS[unit]) if unit in SYMBOLS else (sign + text, None)


def decide(cells: Sequence[str], *, integers: bool) -> Numbers:
    """The decimal sign that fits all cells of a column. Counts have no fraction, which often decides."""
    wrong = {Sign.POINT: 0, Sign.COMMA: 0}
    ambiguous = None
    for cell in cells:
        if cell.isdecimal():
            continue
        point, comma = number(cell, Sign.POINT), number(cell, Sign.COMMA)
        fits = {
            Sign.POINT: point is not None and not (integers and fractional(point)),
            Sign.COMMA: comma is not None and not (integers and fractional(comma)),
        }
        if not any(fits.values()):
            continue
        for sign, fit in fits.items():
            wrong[sign] += not fit
        if all(fits.values()) and point != comma:
            ambiguous = ambiguous or cell
    if wrong[Sign.POINT] != wrong[Sign.COMMA]:
        return Numbers(sign=min(wrong, key=lambda sign: wrong[sign]))
    return Numbers(sign=None, ambiguous=ambiguous)
