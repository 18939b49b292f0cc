"""What must not be stored, and what must not be shown: personal data on the way in, small cells on the way out."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from campaigns.vocabulary import COUNTRY_CODES

# ---- On the way in ---------------------------------------------------------------------------------------------


class Personal(StrEnum):
    """Why a column, or a text, must not be stored."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"  # handles, profile links, user names
    ADDRESS = "address"
    POSITION = "position"
    IDENTITY = "identity"  # passports, national identity numbers
    BANK = "bank"
    DEVICE = "device"
    BIRTH_DATE = "birth_date"
    MEDIA = "media"  # photographs, recordings, signatures
    COLLECTOR = "collector"  # who did the interview
    SENSITIVE = "sensitive"  # belief, ethnicity, health, sexual orientation
    FREE_TEXT = "free_text"  # names without a cue cannot be found in twenty languages


def folded(text: str) -> str:
    """A header as it is compared: no case, accents, invisible marks or punctuation, one blank between words."""
    plain = (c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(c if c.isalnum() else " " for c in "".join(plain).casefold()).split())


# Words of headers, with or without accents: en, fr, es, pt, de, it, ru, ar, sw, am.
_HEADERS: dict[Personal, str] = {
    Personal.COLLECTOR: (
        "submitted by, enumerator, interviewer, data collector, enqueteur, enquetrice, enquete par, encuestador, "
        "encuestadora, entrevistador, интервьюер, الباحث الميداني, intervistatore, mdadisi"
    ),
    Personal.DEVICE: (
        "imei, imsi, deviceid, device id, simserial, sim serial, subscriberid, subscriber id, mac address, ip, ip "
        "address, adresse ip, idfa, gaid, advertising id, ad id of device"
    ),
    Personal.EMAIL: (
        "email, e mail, mail, courriel, adresse electronique, correo, correo electronico, correio eletronico, "
        "электронная почта, почта, بريد, البريد الالكتروني, البريد الإلكتروني, barua pepe, posta elettronica, "
        "ኢሜይል"
    ),
    Personal.PHONE: (
        "phone, phonenumber, telephone, mobile, mobile number, cell number, cellphone, whatsapp, tel, portable, "
        "numero de portable, telefono, celular, telefone, telemovel, телефон, номер телефона, الهاتف, هاتف, رقم "
        "الهاتف, الجوال, telefon, handynummer, cellulare, simu, nambari ya simu, ስልክ"
    ),
    Personal.ACCOUNT: (
        "username, user name, user id, userid, handle, screen name, profile link, profile url, facebook name, "
        "facebook id, telegram, instagram account, nom d utilisateur, identifiant facebook, usuario, nombre de "
        "usuario, nome de usuario, utilizador, имя пользователя, никнейм, اسم المستخدم, benutzername, nome "
        "utente, jina la mtumiaji"
    ),
    Personal.BIRTH_DATE: (
        "date of birth, birth date, birthdate, birthday, dob, date de naissance, fecha de nacimiento, data de "
        "nascimento, дата рождения, تاريخ الميلاد, geburtsdatum, data di nascita, tarehe ya kuzaliwa"
    ),
    Personal.POSITION: (
        "latitude, longitude, gps, geopoint, coordinates, coordonnees, coordenadas, координаты, широта, долгота, "
        "احداثيات, إحداثيات, خط العرض, خط الطول, koordinaten, coordinate"
    ),
    Personal.IDENTITY: (
        "passport, passport number, passeport, pasaporte, passaporte, паспорт, جواز السفر, reisepass, pasipoti, "
        "national id, id number, id card, identity number, identity card, carte d identite, numero d identite, "
        "cedula, dni, documento de identidad, bilhete de identidade, رقم الهوية, الهوية, kitambulisho, ausweis, "
        "codice fiscale, cnic, nin, ssn, case number, registration number, unhcr number"
    ),
    Personal.BANK: (
        "iban, bank account, account number, compte bancaire, cuenta bancaria, conta bancaria, card number, "
        "mobile money number"
    ),
    Personal.MEDIA: (
        "signature, firma, assinatura, подпись, توقيع, unterschrift, photo, photograph, picture, selfie, foto, "
        "фото, صورة, picha, audio, recording, enregistrement, grabacion, voice note"
    ),
    Personal.ADDRESS: (
        "address, home address, street, house number, adresse, rue, domicile, direccion, domicilio, endereco, "
        "morada, адрес, عنوان, العنوان, indirizzo, anwani, anschrift, አድራሻ"
    ),
    Personal.SENSITIVE: (
        "religion, religious affiliation, ethnicity, ethnic group, tribe, political party, political opinion, "
        "sexual orientation, hiv, hiv status, health status, ethnie, religiao, etnia, grupo etnico, religione, "
        "религия, национальность по крови, الدين, الديانة, العرق, dini, kabila, orientation sexuelle, etat de "
        "sante"
    ),
    Personal.FREE_TEXT: (
        "comment, comments, comentario, comentarios, commentaire, commentaires, kommentar, комментарий, "
        "комментарии, تعليق, تعليقات, maoni, note, notes, remark, remarks, remarques, observations, "
        "observaciones, observacoes, feedback, testimony, temoignage, testimonio, please specify, specify, "
        "precisez, especifique, in your own words, post text, message text"
    ),
    Personal.NAME: (
        "full name, first name, last name, surname, family name, given name, forename, prenom, nom de famille, "
        "apellido, apellidos, sobrenome, apelido, фамилия, отчество, фио, nachname, vorname, cognome, jina la "
        "ukoo, الاسم الكامل, اللقب, اسم العائلة, name, names, nom, noms, nombre, nome, имя, اسم, الاسم, jina, ስም"
    ),
}
_PHRASES = tuple((reason, f" {folded(phrase)} ") for reason, text in _HEADERS.items() for phrase in text.split(", "))
# Names that are no person's.
_THINGS = (
    "restaurant campaign ad ads adset set group school village town city district region country province place site "
    "organisation organization ngo page video radio station programme program channel post file project market product "
    "language campagne publicite ecole ville pays projet marche campana anuncio escuela ciudad pais proyecto campanha "
    "conjunto escola cidade кампании группы объявления الحملة الاعلان مجموعة kampagne anzeige campagna inserzione "
    "budget network platform event bank"
)
# Columns that form software adds and that say nothing about a person.
_TECHNICAL = frozenset({
    "_id", "_uuid", "_index", "_status", "_tags", "_validation_status", "__version__", "_version_", "_submission_time",
    "instanceID", "rootUuid", "uuid", "KEY", "formdef_version", "SubmissionDate", "start", "end", "today",
})  # fmt: skip
# Answers to closed questions, in which a person cannot be named.
_CLOSED = frozenset({
    "true", "false", "yes", "no", "y", "n", "oui", "non", "si", "sí", "sim", "não", "nao", "да", "нет", "نعم", "لا",
    "ja", "nein", "ndiyo", "hapana", "-", "--", "don't know", "dont_know", "ne sait pas", "no sabe", "não sabe",
    "не знаю", "لا أعرف", *map(str, range(11)),
})  # fmt: skip

_QUESTION = 5  # words; a longer header is a question, not the name of a field
_FEW = 8
_LONGEST = 2_000  # characters of a cell that are looked at
_PATTERNS: tuple[tuple[Personal, re.Pattern[str]], ...] = (
    (Personal.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}")),
    (Personal.EMAIL, re.compile(r"[\w.+-]{1,64} ?[\[(] ?at ?[\])] ?[\w-]{1,63} ?[\[(] ?dot ?[\])]", re.I)),
    (
        Personal.ACCOUNT,
        re.compile(
            r"(?:wa\.me|t\.me|m\.me|chat\.whatsapp\.com|(?:facebook|instagram|tiktok|x|twitter|vk)\.com)/[\w@.?=]{3,}",
            re.I,
        ),
    ),
    (
        Personal.POSITION,
        re.compile(r"maps\.google|google\.[a-z.]{2,6}/maps|goo\.gl/maps|maps\.app\.goo|geo:-?\d", re.I),
    ),
    (Personal.POSITION, re.compile(r"(?<![\d.])-?\d{1,2}\.\d{3,10} ?[,;] ?-?\d{1,3}\.\d{3,10}(?!\d)")),
    # What ODK's question for a place writes: latitude longitude altitude accuracy.
    (Personal.POSITION, re.compile(r"\A-?\d{1,2}\.\d{1,10} -?\d{1,3}\.\d{1,10}(?: -?\d{1,5}(?:\.\d{1,6})?){0,2}\Z")),
    (Personal.IDENTITY, re.compile(r"(?<![\w-])(?:\d{5}-\d{7}-\d|\d{3}-\d{2}-\d{4}|\d{4}-\d{4}-\d{5})(?![\w-])")),
    (Personal.IDENTITY, re.compile(r"(?<![\w-])(?:[A-Z]{1,2}\d{7,8}|[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d)(?![\w-])")),
    (Personal.BANK, re.compile(r"(?<!\w)[A-Z]{2}\d{2}[A-Z0-9]{11,30}(?!\w)")),
    (Personal.DEVICE, re.compile(r"(?<![\w-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![\w-])")),
    (
        Personal.DEVICE,
        re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])"),
    ),
    (Personal.ACCOUNT, re.compile(r"(?<![\w@])@[A-Za-z]\w{2,30}")),
    (
        Personal.NAME,
        re.compile(
            r"(?:my name is|i am called|je m['’]appelle|mon nom est|me llamo|mi nombre es|meu nome [eé]|меня зовут|اسمي"
            r"|jina langu ni|ich hei(?:ß|ss)e|mi chiamo) +\w",
            re.I,
        ),
    ),
)
_LONG_NUMBER = re.compile(r"(?<![\w.,])\d(?:[ -]?\d){12,18}(?![\w.,])")
_PLAIN_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?%?")
# No pattern here, and no telephone number, fits a text without one of these.
_WORTH_A_LOOK = re.compile(r"[@/:([ .]|\d[\d-]{5}|-[0-9A-Fa-f]{4}-|[A-Z]{2}\d{2}[A-Z0-9]{11}")
_TRUNK = re.compile(r"\+|0\d")  # how a telephone number begins, and an amount does not
_REGIONS = {alpha3: alpha2 for alpha2, alpha3 in COUNTRY_CODES.items()}


def personal(header: str, values: Iterable[str], *, countries: Iterable[str] = ()) -> Personal | None:
    """Why a column must not be stored, by its header and by what stands in it; None where nothing speaks against it.

    `countries` (ISO 3166-1 alpha-3) are those of the campaign: telephone numbers in their national form are found too.
    A column without any value holds nothing personal.
    """
    filled = [value for value in dict.fromkeys(map(str.strip, values)) if value not in ("", "n/a", "N/A")]
    if not filled or header.rsplit("/", 1)[-1] in _TECHNICAL:
        return None
    named = _by_header(header)
    if named is not None and _bears_out(named, header, filled):
        return named
    if len(filled) > 2 and all(len(value) == 15 and _is_luhn(value) for value in filled):
        return Personal.DEVICE
    wordy = sum(value.count(" ") >= 4 for value in filled)
    if wordy > 20 and wordy > len(filled) / 2:
        return Personal.FREE_TEXT
    regions = tuple(countries)
    found = (personal_text(value, countries=regions) for value in filled)
    return next((reason for reason in found if reason is not None), None)


def personal_text(text: str, *, countries: Iterable[str] = ()) -> Personal | None:
    """Which personal datum one text holds, if any."""
    text = text[:_LONGEST].strip()
    if not text.isascii():
        text = "".join(_in_ascii(c) for c in unicodedata.normalize("NFKC", text))
    if not _WORTH_A_LOOK.search(text) or (_PLAIN_NUMBER.fullmatch(text) and not _TRUNK.match(text)):
        return None
    for reason, pattern in _PATTERNS:
        if pattern.search(text):
            return reason
    for match in _LONG_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if _is_luhn(digits):
            return Personal.DEVICE if len(digits) == 15 else Personal.BANK
    if sum(c.isdigit() for c in text) >= 7 and _holds_phone(text, countries):
        return Personal.PHONE
    return None


def _in_ascii(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _by_header(header: str) -> Personal | None:
    words = f" {folded(header)} "
    for reason, phrase in _PHRASES:
        if phrase in words and not (
            reason == Personal.NAME and any(f" {thing} " in words for thing in _THINGS.split())
        ):
            return reason
    return None


def _bears_out(reason: Personal, header: str, values: list[str]) -> bool:
    """Whether the values are of the kind the header speaks of: "Do you own a phone?" is answered with yes or no."""
    if reason == Personal.SENSITIVE or (reason == Personal.POSITION and any(map(str.isdecimal, "".join(values)))):
        return True
    if all(value.casefold() in _CLOSED for value in values):
        return False
    if reason == Personal.NAME and len(folded(header).split()) > _QUESTION and len(values) <= _FEW:
        return False  # "Which dangers can you name?" with three answers to choose from
    if reason == Personal.PHONE:
        return any(sum(c.isdigit() for c in value) >= 7 for value in values)
    if reason in (Personal.NAME, Personal.FREE_TEXT, Personal.MEDIA, Personal.COLLECTOR):
        return any(c.isalpha() for value in values for c in value)
    return True


def _holds_phone(text: str, countries: Iterable[str]) -> bool:
    text = re.sub(r"(?<!\d)00(?=[1-9])", "+", text)
    regions = [None, *(_REGIONS[country] for country in countries if country in _REGIONS)]
    return any(phonenumbers.PhoneNumberMatcher(text, region).has_next() for region in regions)


def _is_luhn(digits: str) -> bool:
    """The check sum of payment cards and of the numbers of telephones (IMEI)."""
    if not digits.isdecimal():
        return False
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


# ---- On the way out --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How small groups are protected: counts below `smallest` are hidden, all others rounded to `base`."""

    smallest: int
    base: int
    hides_zero: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.base <= self.smallest:
            raise ValueError(
                f"rounding to {self.base} must be between 1 and the smallest count shown ({self.smallest})"
            )


# The rule of the English hospital statistics: 1 to 7 hidden, the rest to the nearest 5. Hiding small counts alone let
# linear programming recover nearly all of them from the totals; with the rounding, none.
STANDARD = Profile(smallest=8, base=5)
STRICT = Profile(smallest=10, base=10, hides_zero=True)


def disclose(count: int, profile: Profile = STANDARD) -> int | None:
    """A count as it may be shown, None where it is hidden; always the same for the same count.

    A total goes through here on its own and is never the sum of shown parts.
    """
    if count < 0:
        raise ValueError(f"{count} people cannot be counted")
    if count == 0 and not profile.hides_zero:
        return 0
    if count < profile.smallest:
        return None
    return (count + profile.base // 2) // profile.base * profile.base


def disclose_share(events: int, total: int, profile: Profile = STANDARD) -> float | None:
    """A share as it may be shown: made of rounded counts, hidden where it stands for few people or for everybody.

    Where all of a group (or none) answered alike, the share tells what each of them answered.
    """
    if not 0 <= events <= total:
        raise ValueError(f"{events} of {total} is not a share")
    parts = (disclose(events, profile), disclose(total - events, profile), disclose(total, profile))
    if None in parts or not 0 < events < total:
        return None
    shown, _, shown_total = parts
    return shown / shown_total if shown and shown_total else None


def disclose_mean(mean: float, count: int, profile: Profile = STANDARD) -> float | None:
    """A mean over `count` people, hidden where they are too few."""
    return mean if count >= profile.smallest else None
