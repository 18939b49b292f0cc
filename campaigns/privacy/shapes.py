"""What the cells of a column have in common that only personal data have: names, telephone and identity numbers."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from campaigns.privacy.headers import Personal, folded, is_of_a_thing
from campaigns.privacy.texts import REGIONS, is_luhn, plain

_MOSTLY = 0.8
_ENOUGH = 5  # cells, below which a common shape may be chance
_NUMBER = re.compile(r"\+?\d{8,12}")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_DATE = re.compile(r"(\d{4})[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4})")
_CODE = re.compile(r"(?=(?:\D*\d){6})[A-Z\d][A-Z\d/-]{6,19}")
_PARTICLES = frozenset(
    "al el ben bin ibn bint abd abu de da do dos das del della di la le van von ould mint ag ud".split()
)


def shaped(cells: Sequence[str], filled: Sequence[str], *, countries: Sequence[str]) -> Personal | None:
    """What a column holds by the shape that its cells share. `filled` are its different cells."""
    if len(filled) > 2 and all(len(value) == 15 and is_luhn(value) for value in filled):
        return Personal.DEVICE
    wordy = sum(value.count(" ") >= 4 for value in filled)
    if wordy > 20 and wordy > len(filled) / 2:
        return Personal.FREE_TEXT
    if len(filled) < _ENOUGH or len(filled) < _MOSTLY * len(cells):
        return None
    texts = [plain(value) for value in filled]
    if _are_phones(texts, countries):
        return Personal.PHONE
    if _are_birth_dates(texts):
        return Personal.BIRTH_DATE
    return Personal.IDENTITY if _are_codes(texts) else None


def holds_names(header: str, cells: Sequence[str], filled: Sequence[str]) -> bool:
    """Whether the cells are names of people: common given names, or two to four words of a name, hardly any twice."""
    if is_of_a_thing(header):
        return False
    words = [_words_of(value) for value in filled]
    known = sum(any(word in _given_names() for word in found) for found in words if found)
    if known >= 2 and known >= 0.3 * len(filled):
        return True
    if len(filled) < _ENOUGH or len(filled) < _MOSTLY * len(cells):
        return False
    return sum(2 <= len(found) <= 4 for found in words) >= _MOSTLY * len(filled)


def _are_phones(texts: Sequence[str], countries: Sequence[str]) -> bool:
    numbers_only = (text for text in texts if not _DECIMAL.fullmatch(text) and not _DATE.fullmatch(text))
    digits = [re.sub(r"[ ().-]", "", text) for text in numbers_only]
    numbers = [number for number in digits if _NUMBER.fullmatch(number)]
    if len(numbers) < _MOSTLY * len(texts) or len({len(number) for number in numbers}) > 2:
        return False
    if all(number.startswith("0") for number in numbers):
        return True
    regions = [REGIONS[country] for country in countries if country in REGIONS]
    return any(sum(_is_valid(number, region) for number in numbers) >= _MOSTLY * len(texts) for region in regions)


def _is_valid(number: str, region: str) -> bool:
    import phonenumbers  # takes longer to load than reading most files does

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


def _are_birth_dates(texts: Sequence[str]) -> bool:
    """Days over many years, all of them long ago: nobody is asked in a survey over ten years."""
    years = [int(match[1] or match[2]) for text in texts if (match := _DATE.fullmatch(text))]
    if len(years) < _MOSTLY * len(texts):
        return False
    return max(years) - min(years) >= 5 and max(years) <= dt.datetime.now(dt.UTC).year - 5 and min(years) > 1900


def _are_codes(texts: Sequence[str]) -> bool:
    """Codes of one form with letters and six digits or more, as on cards and passports."""
    codes = [text for text in texts if _CODE.fullmatch(text) and not text.isdecimal() and not _DATE.fullmatch(text)]
    forms = {re.sub(r"\d", "9", re.sub(r"[A-Z]", "A", code)) for code in codes}
    return len(codes) >= _MOSTLY * len(texts) and len(forms) <= 2 and any("A" in form for form in forms)


# Before a saint's name stands a place.
_PLACES = frozenset(
    "san santa santo saint sainte st sao port porto fort mount cape cap cabo isla ile lake sidi puerto".split()
)


def _words_of(value: str) -> list[str]:
    """The words of what could be a name; none where a digit, a sign or a small letter says that it is none."""
    words = value.replace("’", "'").split()
    if not 1 <= len(words) <= 4 or len(value) > 60 or not all(map(_is_name_word, words)):
        return []
    found = [folded(word) for word in words]
    return [] if re.split(r"\W", found[0])[0] in _PLACES else found


def _is_name_word(word: str) -> bool:
    letters = word.replace("'", "").replace("-", "").rstrip(".")
    if not letters or not all(c.isalpha() or unicodedata.category(c) in ("Mn", "Mc") for c in letters):
        return False
    cased = letters[0].upper() != letters[0].lower()
    return not cased or letters[0].isupper() or letters in _PARTICLES


@cache
def _given_names() -> frozenset[str]:
    text = Path(__file__).with_name("given_names.txt").read_text("utf-8")
    return frozenset(folded(line) for line in text.splitlines() if line and not line.startswith("#"))
