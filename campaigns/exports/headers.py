"""What a platform's column headers mean: whole headers in many languages, never parts of them.

`headers.csv` is the catalogue: field, platform, language, header as the platform writes it. A field is a column of
the stored rows, a figure of the metric dictionary, a name for what decides the report (`search_word`), or one of
`known` (understood, not stored), `text` (free text, not stored) and `url` (links with people's handles, not stored).
The headers under `template_shared` are those that all templates but the first have.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from campaigns.exports.values.numbers import SYMBOLS
from campaigns.vocabulary import CURRENCIES

CATALOGUE = Path(__file__).with_name("headers.csv")
LONGEST = 200
NOT_STORED = frozenset({"known", "published", "text", "url", "username"})
PERSONAL = frozenset({"text", "url", "username"})
OF_MONEY = frozenset({"spend", "spend_micros", "cpm", "cpc", "cpc_all", "cpc_link", "cost_per_result", "known"})
_IN_CURRENCY = re.compile(r"(.+?) ?\(([^()]{1,4})\)")
_SIGNS = {sign.casefold(): code for sign, code in SYMBOLS.items()}
_TWO_LANGUAGES = re.compile(r"([^/|]+?) ?[/|] ?([^/|]+)|([^()]+?) ?\(([^()]+)\)")
_OVERRIDE = re.compile("[\u202d\u202e]")
_OVERRIDDEN = re.compile("\u202e([^\u202c]*)\u202c?")
_LOOK_ALIKES = str.maketrans("асеһіјкорԛѕтухԁԝАВСЕНІЈКМОРЅТУХαιικνορτυ", "acehijkopqstyxdwABCEHIJKMOPSTYXaiiknoptu")
_LATIN_AND_OTHER = re.compile("[^\\W\\d_]*(?:[a-zA-Z][\u0370-\u052f]|[\u0370-\u052f][a-zA-Z])[^\\W\\d_]*")
_MOJIBAKE = re.compile("[ÃÂØÙÐÑ][\u0080-\u00ff\u2000-\u20af\u0152-\u0192]|â€")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header means: its field, the language it is written in, and the currency it names."""

    field: str
    language: str
    currency: str | None = None


def normalised(header: str) -> str:
    """A header without invisible characters, odd blanks, curly apostrophes, wrong decoding, or case."""
    text = header[:LONGEST]
    if not text.isascii():
        if _MOJIBAKE.search(text):
            from ftfy import fix_text  # read only where a header shows signs of wrong decoding

            text = fix_text(text)
        text = unicodedata.normalize("NFKC", text)
        text = "".join(character for character in text if unicodedata.category(character) != "Cf")
        text = text.translate({ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", ord("`"): "'"})
    return " ".join(text.split()).casefold()


def misleading(header: str) -> bool:
    """Whether a header reads otherwise than it is spelt: turned around, or with letters of two alphabets in a word."""
    return bool(_OVERRIDE.search(header[:LONGEST]) or _LATIN_AND_OTHER.search(header[:LONGEST]))


def looks_like(header: str) -> str:
    """How a misleading header reads on a screen, in Latin letters and from left to right.

    >>> looks_like("\u202eskcilc"), looks_like("\u0441licks")
    ('clicks', 'clicks')
    """
    shown = _OVERRIDDEN.sub(lambda found: found[1][::-1], header[:LONGEST])
    visible = (character for character in shown if unicodedata.category(character) != "Cf")
    return "".join(visible).translate(_LOOK_ALIKES)


@cache
def catalogue() -> dict[str, dict[str, Meaning]]:
    """For each platform, what its normalised headers mean."""
    platforms: dict[str, dict[str, Meaning]] = {}
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            meanings = platforms.setdefault(row["platform"], {})
            meanings.setdefault(normalised(row["header"]), Meaning(row["field"], row["language"]))
    for platform, meanings in platforms.items():
        if platform.startswith("template_"):
            platforms[platform] = platforms["template_shared"] | meanings
    return platforms


@cache
def written_headers(platform: str, language: str) -> dict[str, str]:
    """For each field of a template, its header in a language; in English where both spell it alike."""
    shared = {"template_shared"} if platform.startswith("template_") else set()
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["platform"] in {platform} | shared and row["language"] in (language, "en")
        ]
    rows.sort(key=lambda row: (row["platform"] != platform, row["language"] != language))
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(row["field"], row["header"])
    return found


def meaning(header: str, platform: str) -> Meaning | None:
    """What a normalised header means to a platform; `(XOF)` at its end is the currency."""
    words = catalogue().get(platform, {})
    if (found := words.get(header)) is not None:
        return found
    plain, currency = split_currency(header)
    if plain != header and (found := words.get(plain)) is not None and found.field in OF_MONEY:
        return Meaning(found.field, found.language, currency)
    return _twice_said(header, platform)


def _twice_said(header: str, platform: str) -> Meaning | None:
    """What a header in two languages means, `reach / couverture` or `reach (couverture)`, where both say the same."""
    match = _TWO_LANGUAGES.fullmatch(header)
    if match is None:
        return None
    first, second = (meaning(match[at] or match[at + 2], platform) for at in (1, 2))
    if first is None or second is None or first.field != second.field:
        return None
    currencies = {word.currency for word in (first, second) if word.currency}
    return Meaning(first.field, first.language, currencies.pop() if len(currencies) == 1 else None)


def split_currency(header: str) -> tuple[str, str | None]:
    """A normalised header without the currency at its end, and that currency; none for a sign that several share.

    >>> split_currency("amount spent (xof)"), split_currency("results (landing page)")
    (('amount spent', 'XOF'), ('results (landing page)', None))
    >>> split_currency("amount spent (€)"), split_currency("amount spent ($)")
    (('amount spent', 'EUR'), ('amount spent', None))
    """
    match = _IN_CURRENCY.fullmatch(header)
    if match is None or (match[2].upper() not in CURRENCIES and match[2] not in _SIGNS):
        return header, None
    code = _SIGNS.get(match[2], match[2].upper())
    return match[1], code if code in CURRENCIES else None
