"""Where people are from and which language was spoken: countries, languages, and no place finer than a region."""

import re
from functools import cache

from babel import Locale

from campaigns.exports.breakdowns import country
from campaigns.privacy import folded
from campaigns.vocabulary import is_language

_LEVELS = re.compile(r"\s*(?:[>»/|\\]|->|→)\s*")
_FINE_CODE = re.compile(r"[A-Z]{2}\d{4,}")  # of an office's list of places: two or three digits are the first level
_LONGEST_PLACE = 60
_NAMES_IN = ("en", "fr", "es", "pt", "ru", "ar", "zh")


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a country given as a code or by its name in a UN language or Portuguese."""
    return next((code for language in _NAMES_IN if (code := country(text, language)) is not None), None)


def language_tag(text: str) -> str | None:
    """The BCP 47 tag of a language given as a tag or by its name in a UN language or Portuguese."""
    return _language_names().get(folded(text)) or (text if is_language(text) else None)


@cache
def _language_names() -> dict[str, str]:
    return {
        folded(name): code.replace("_", "-")
        for locale in _NAMES_IN
        for code, name in Locale(locale).languages.items()
        if is_language(code.replace("_", "-"))
    }


def first_level(place: str) -> str | None:
    """The first of the levels of a place; None where the order of its levels, or their number, cannot be told.

    >>> first_level("Kolda > Vélingara"), first_level("Vélingara, Kolda"), first_level("SN0702")
    ('Kolda', None, None)
    """
    first = _LEVELS.split(place, maxsplit=1)[0].strip()
    if re.search(r"[,;\n]", first) or _FINE_CODE.fullmatch(first) or len(first) > _LONGEST_PLACE:
        return None
    return first or None
