"""What one text says of a person, by its form: addresses, numbers, positions, and words that announce a name."""

import re
import unicodedata
from collections.abc import Iterable

from campaigns.privacy.headers import Personal
from campaigns.vocabulary import COUNTRY_CODES

_LONGEST = 2_000  # characters of a cell that are looked at
_LINKS = (
    r"(?:wa\.me|t\.me|m\.me|signal\.me|fb\.me|telegram\.me|chat\.whatsapp\.com|api\.whatsapp\.com"
    r"|(?:facebook|fb|instagram|tiktok|x|twitter|vk|snapchat|linkedin|threads)\.(?:com|net))/[\w@.?=/#+-]{3,}"
    r"|(?:viber|whatsapp|tg|skype|tel|sms|mailto):[/\w+?]"
)
_SYMBOL = "23456789CFGHJMPQRVWX"  # of which open location codes are made
_PATTERNS: tuple[tuple[Personal, re.Pattern[str]], ...] = (
    (Personal.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}")),
    (
        Personal.EMAIL,
        re.compile(
            r"[\w.+-]{1,64} ?[\[(] ?(?:at|arobase|arroba) ?[\])] ?[\w-]{1,63} ?[\[(.] ?(?:dot|point|punto)?", re.I
        ),
    ),
    (Personal.ACCOUNT, re.compile(_LINKS, re.I)),
    (
        Personal.POSITION,
        re.compile(
            r"maps\.google|google\.[a-z.]{2,6}/maps|goo\.gl/maps|maps\.app\.goo|geo:-?\d|openstreetmap\.org/", re.I
        ),
    ),
    (Personal.POSITION, re.compile(r"(?<![\d.])-?\d{1,2}\.\d{3,10}°? ?[NS]? ?[,;/] ?-?\d{1,3}\.\d{3,10}(?!\d)")),
    (Personal.POSITION, re.compile(r"(?<!\d)\d{1,2}° ?\d{1,2}['’′]")),
    (Personal.POSITION, re.compile(rf"(?<!\w)[{_SYMBOL}]{{4,8}}\+[{_SYMBOL}]{{2,3}}(?!\w)")),
    # What ODK's question for a place writes: latitude longitude altitude accuracy.
    (Personal.POSITION, re.compile(r"\A-?\d{1,2}\.\d{1,10} -?\d{1,3}\.\d{1,10}(?: -?\d{1,5}(?:\.\d{1,6})?){0,2}\Z")),
    (Personal.IDENTITY, re.compile(r"(?<![\w-])(?:\d{5}-\d{7}-\d|\d{3}-\d{2}-\d{4}|\d{4}-\d{4}-\d{5})(?![\w-])")),
    (Personal.IDENTITY, re.compile(r"(?<![\w-])(?:[A-Z]{1,2}\d{7,8}|[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d)(?![\w-])")),
    (Personal.BANK, re.compile(r"(?<!\w)[A-Z]{2}\d{2}[A-Z0-9]{11,30}(?!\w)")),
    (Personal.DEVICE, re.compile(r"(?<![\w-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![\w-])")),
    (Personal.DEVICE, re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:])")),
    (
        Personal.DEVICE,
        re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])"),
    ),
    (Personal.ACCOUNT, re.compile(r"(?<![\w@])@[A-Za-z]\w{2,30}")),
    (
        Personal.NAME,
        re.compile(
            r"(?:my name is|i am called|je m['’]appelle|mon nom est|me llamo|mi nombre es|meu nome [eé]|меня зовут|اسمي"
            r"|jina langu ni|ich hei(?:ß|ss)e|mi chiamo|我叫|ስሜ|sunana|magacaygu waa) *\w",
            re.I,
        ),
    ),
)
_LONG_NUMBER = re.compile(r"(?<![\w.,])\d(?:[ -]?\d){12,18}(?![\w.,])")
_PLAIN_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?%?")
# No pattern here, and no telephone number, fits a text without one of these.
_WORTH_A_LOOK = re.compile(r"[@/:([ .°+]|\d[\d-]{5}|[A-Za-z]\d{7}|-[0-9A-Fa-f]{4}-|[A-Z]{2}\d{2}[A-Z0-9]{11}|我叫|اسمي")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:19|20)\d{2})(?:T?[\d:.]+Z?)?(?!\d)"
)
_TRUNK = re.compile(r"\+|0\d")  # how a telephone number begins, and an amount does not
REGIONS = {alpha3: alpha2 for alpha2, alpha3 in COUNTRY_CODES.items()}


def personal_text(text: str, *, countries: Iterable[str] = ()) -> Personal | None:
    """Which personal datum one text holds, if any."""
    text = plain(text)
    if not _WORTH_A_LOOK.search(text) or (_PLAIN_NUMBER.fullmatch(text) and not _TRUNK.match(text)):
        return None
    for reason, pattern in _PATTERNS:
        if pattern.search(text):
            return reason
    for match in _LONG_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if is_luhn(digits):
            return Personal.DEVICE if len(digits) == 15 else Personal.BANK
    text = _DATE.sub(" ", text)
    if sum(c.isdigit() for c in text) >= 7 and _holds_phone(text, countries):
        return Personal.PHONE
    return None


def plain(text: str) -> str:
    """The text as it is looked at: not endless, and with the digits of every script as 0 to 9."""
    text = text[:_LONGEST].strip()
    if text.isascii():
        return text
    visible = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join(map(_in_ascii, visible))


def is_luhn(digits: str) -> bool:
    """The check sum of payment cards and of the numbers of telephones (IMEI)."""
    if not digits.isdecimal():
        return False
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def _in_ascii(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _holds_phone(text: str, countries: Iterable[str]) -> bool:
    import phonenumbers  # takes longer to load than reading most files does

    text = re.sub(r"(?<!\d)00(?=[1-9])", "+", text)
    regions = [None, *(REGIONS[country] for country in countries if country in REGIONS)]
    return any(phonenumbers.PhoneNumberMatcher(text, region).has_next() for region in regions)
