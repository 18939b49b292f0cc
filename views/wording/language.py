"""A language: its sentences (gettext), and its numbers, money and dates (CLDR)."""

import datetime as dt
import gettext
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from babel.units import format_unit

from campaigns.messages import msgid as msgid  # marks a sentence where it is kept rather than said
from campaigns.records import Money
from campaigns.vocabulary import minor_units
from views.wording.escaping import escape, plain

LOCALES = Path(__file__).parents[1] / "locale"
LANGUAGES: tuple[str, ...] = ("ar", "en", "es", "fr", "ru", "zh")  # those of the United Nations, by their codes
ENGLISH = "en"
# CLDR has these write Arabic with the digits 0 to 9, as United Nations documents and field exports do, so that a figure
# can be compared with the file it came from; `ar-EG` or `ar-TN` would bring other digits or another decimal mark.
FORMATS = {ENGLISH: "en-001", "ar": "ar-001"}

MINUS = "\u2212"
_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
_ISOLATE, _ISOLATE_WORDS, _END_ISOLATE = "\u2066", "\u2067", "\u2069"  # keep +3.1 from becoming 3.1+ inside Arabic
_NO_ISOLATES = dict.fromkeys(map(ord, (_ISOLATE, _ISOLATE_WORDS, _END_ISOLATE)))
_NUMBER = re.compile(r"[+\N{MINUS SIGN}]?\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says, in one language: `words("Results")`, `words("Seen {times} times.", times=words.number(n))`.

    `for_files` is for text that leaves the page (files, alternative texts, pictures): there, what people wrote is not
    escaped for Markdown, in which all else is said.
    """

    language: str
    for_files: bool = False

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"there is no catalogue for {self.language!r}; there are {', '.join(LANGUAGES)}")

    def __call__(self, sentence: str, /, **values: str) -> str:
        """`sentence` in the language, its named placeholders filled; values are words or numbers already written."""
        said = translations(self.language).gettext(sentence)
        return said.format(**values) if values else said

    def plural(self, singular: str, plural: str, n: int, /, **values: str) -> str:
        """The form of the sentence that goes with `n`, which `{n}` shows."""
        said = translations(self.language).ngettext(singular, plural, n)
        return said.format(n=self.number(n), **values)

    def text(self, written: object, *, longest: int = 200) -> str:
        """What a person or a file wrote, safe where it goes."""
        shown = plain(written, longest=longest) if self.for_files else escape(written, longest=longest)
        return f"\u2068{shown}\u2069" if self.right_to_left else shown

    @property
    def in_files(self) -> "Words":
        """The same words for files, alternative texts and pictures."""
        return replace(self, for_files=True)

    @property
    def locale(self) -> Locale:
        """Formats of the language, of no country in particular."""
        return _locale(self.language)

    @property
    def right_to_left(self) -> bool:
        return _right_to_left(self.language)

    @property
    def checked(self) -> bool:
        """Whether somebody who speaks the language well has checked its sentences."""
        return "@ADDRESS" not in translations(self.language).info().get("last-translator", "@ADDRESS")

    def number(self, x: float, decimals: int = 0) -> str:
        """`x` with the language's separators and a true minus sign, rounded to `decimals`."""
        return self._isolated(_decimal(self.language, float(x), decimals))

    def compact(self, x: float) -> str:
        """A large number as people say it: 1.2 million."""
        if abs(x) < 1_000_000:
            return self.number(x)
        shown = format_compact_decimal(x, format_type=self._length, locale=self.locale, fraction_digits=1)
        return self._isolated(shown)

    def percent(self, share: float) -> str:
        """0.12 as twelve per cent, whole unless below one."""
        return self._isolated(_percent(self.language, float(share) + 0.0))  # no minus before a zero

    def per_hundred(self, share: float, *, change: bool = False, decimals: int | None = None) -> str:
        """0.04 as people in every hundred: whole unless below one; with its sign where it is a `change`."""
        people = 100 * share
        if decimals is None:
            decimals = 1 if 0.05 <= abs(people) < 0.95 else 2 if 0.005 <= abs(people) < 0.05 else 0
        people = float(_rounded(people, decimals))
        shown = self.number(people, decimals if people else 0)
        return self._isolated("+" + shown) if change and people > 0 else shown

    def money(self, money: Money) -> str:
        """An amount with its currency, in whole units from a hundred on."""
        decimals = minor_units(money.currency)
        whole = abs(money.major) >= 100 or decimals == 0
        amount = (
            Decimal(money.amount).scaleb(-decimals).quantize(Decimal(1) if whole else Decimal("0.01"), ROUND_HALF_UP)
        )
        pattern = self.locale.currency_formats["standard"].pattern.replace("0.00", "0" if whole else "0.00")
        shown = format_currency(amount, money.currency, format=pattern, locale=self.locale, currency_digits=False)
        shown = self._isolated(_LETTER_BEFORE_DIGIT.sub("\N{NO-BREAK SPACE}", shown))  # F CFA 3,310, not F CFA3,310
        return shown if self.for_files else shown.replace("$", r"\$")  # Streamlit sets $…$ as a formula

    def hours(self, seconds: float) -> str:
        """A time spent: whole hours from ten on."""
        hours = float(_rounded(seconds / 3600, 0 if seconds >= 36_000 else 1))
        return self._isolated(format_unit(hours, "duration-hour", self._length, locale=self.locale))

    def formula(self, written: str) -> str:
        """A formula such as p = 0.03, which reads from left to right in every language, and there on one line."""
        return self._isolated(written.replace(" ", "\N{NO-BREAK SPACE}") if self.right_to_left else written)

    def date(self, day: dt.date) -> str:
        """A day with its month in letters, which no reader takes for another day."""
        return format_skeleton("yMMMd", day, locale=self.locale)

    def period(self, first: dt.date, last: dt.date) -> str:
        """Two days and what lies between, saying a year or a month once where both share it."""
        return format_interval(first, last, "yMMMd", locale=self.locale)

    def listed(self, items: Iterable[str]) -> str:
        """Items in a row, with the language's commas and its word for "and"."""
        return format_list(list(items), locale=self.locale)

    @property
    def _length(self) -> Literal["long", "short"]:
        return "short" if self.language == "zh" else "long"  # CLDR has Chinese in one length only

    def _isolated(self, shown: str) -> str:
        shown = shown.replace("-", MINUS)
        if not self.right_to_left:
            return shown
        bare = shown.translate(_NO_ISOLATES)
        if not any(unicodedata.bidirectional(letter) == "AL" for letter in bare):
            return _ISOLATE + bare + _END_ISOLATE
        return _ISOLATE_WORDS + _NUMBER.sub(rf"{_ISOLATE}\g<0>{_END_ISOLATE}", bare) + _END_ISOLATE  # 1.2 million


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(FORMATS.get(language, language), sep="-")


@cache
def _right_to_left(language: str) -> bool:
    return bool(_locale(language).text_direction == "rtl")


@lru_cache(maxsize=8192)  # a page writes the same few hundred figures each time it is shown
def _decimal(language: str, x: float, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    shown = _rounded(x, decimals) + 0  # no minus before a zero
    return format_decimal(shown, format=pattern, locale=_locale(language))


@lru_cache(maxsize=2048)
def _percent(language: str, share: float) -> str:
    locale, decimals = _locale(language), 1 if 0 < abs(share) < 0.01 else 0
    pattern = locale.percent_formats[None].pattern.replace("0", "0" + ("." + "0" * decimals if decimals else ""))
    return format_percent(share, format=pattern, locale=locale)


def _rounded(x: float, decimals: int) -> Decimal:
    """Half away from zero, as people round."""
    return Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@cache
def translations(language: str) -> gettext.GNUTranslations:
    """A language's catalogue, compiled in memory, so that there is no step between a translator's file and the page."""
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
