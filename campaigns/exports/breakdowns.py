"""Words for people and places in exports to codes: SDMX sex and age bands, ISO 3166 alpha-3, BCP 47."""

from functools import cache

from campaigns.ages import age_band
from campaigns.exports.headers import meaning, normalised
from campaigns.records import Sex
from campaigns.vocabulary import COUNTRIES, COUNTRY_CODES, is_language

UNKNOWN = "U"
_SEXES = {"female": Sex.FEMALE.value, "male": Sex.MALE.value, "unknown": Sex.UNKNOWN.value}
# Codes in wide use that ISO gives to no country of that name.
COUNTRY_SYNONYMS = {"UK": "GBR", "EL": "GRC"}


def _word(plain: str) -> str:
    found = meaning(plain, "word")
    return found.field if found else ""


def sex(word: str) -> str | None:
    """The SDMX code of a sex; what is neither female, male nor unknown is other. None for an empty cell."""
    plain = normalised(word)
    return _SEXES.get(_word(plain), Sex.OTHER.value) if plain else None


def age(word: str) -> str | None:
    """The code of an age band, `U` where the platform does not know it; None where the word is no age."""
    plain = normalised(word)
    return UNKNOWN if _word(plain) == "unknown" else age_band(plain)


def everybody(word: str) -> bool:
    """Whether a breakdown's cell stands for all its values together."""
    return _word(normalised(word)) in ("all", "total")


@cache
def _country_names(language: str) -> dict[str, str]:
    from babel import Locale  # read only where a file names countries in words

    names = {}
    for code, name in Locale(language).territories.items():
        if code in COUNTRY_CODES:
            names[normalised(name)] = COUNTRY_CODES[code]
            names[normalised(name.replace("&", "and"))] = COUNTRY_CODES[code]
    return names


_ENGLISH = {
    "czech republic": "CZE",
    "turkey": "TUR",
    "ivory coast": "CIV",
    "cote d'ivoire": "CIV",
    "democratic republic of the congo": "COD",
    "republic of the congo": "COG",
    "the gambia": "GMB",
    "macedonia": "MKD",
    "burma": "MMR",
    "myanmar": "MMR",
    "swaziland": "SWZ",
    "cape verde": "CPV",
    "palestine": "PSE",
    "usa": "USA",
    "hong kong": "HKG",
    "macau": "MAC",
}


def country(word: str, language: str | None = None) -> str | None:
    """The alpha-3 code of a country given by a code or by its name in English or the file's language."""
    text = word.strip()
    upper = text.upper()
    if len(text) == 2 and upper in COUNTRY_CODES:
        return COUNTRY_CODES[upper]
    if len(text) == 2 and upper in COUNTRY_SYNONYMS:
        return COUNTRY_SYNONYMS[upper]
    if len(text) == 3 and upper in COUNTRIES:
        return upper
    name = normalised(text)
    if name in _ENGLISH:
        return _ENGLISH[name]
    for known in dict.fromkeys(("en", language or "en")):
        if (code := _country_names(known).get(name)) is not None:
            return code
    return None


def language(word: str) -> str | None:
    """The BCP 47 tag of a language given by its tag; other words are kept as they are written."""
    text = word.strip()
    if not text:
        return None
    return text.lower() if len(text) <= 3 and is_language(text.lower()) else text
