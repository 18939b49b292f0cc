"""What the rows of a table are about: account, campaign, ad, post, place, people, currency."""

import re
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from campaigns.ages import MINORS
from campaigns.exports import breakdowns
from campaigns.exports.headers import normalised
from campaigns.exports.reading.arrays import spread, texts
from campaigns.exports.rows.drafts import Draft
from campaigns.exports.rows.groups import check_groups, filled
from campaigns.exports.values.columns import Cells, name
from campaigns.exports.values.numbers import DAMAGED_ID, SHARED
from campaigns.problems import Severity
from campaigns.vocabulary import CURRENCIES, Platform

# From the finest to the coarsest: a row is about the finest that its table names.
LEVELS = (
    ("ad", "ad_id", "ad_name"),
    ("ad_set", "ad_set_id", "ad_set_name"),
    ("campaign", "campaign_id", "campaign_name"),
)
ADS = frozenset({"meta_ads", "google_ads", "tiktok_ads", "linkedin_ads", "template"})
# The columns that name the rows of a report: identifier and title.
ENTITIES: dict[str, tuple[str | None, str | None]] = {
    **{level: (identifier, title) for level, identifier, title in LEVELS},
    "post": ("post_id", None),
    "video": ("video_id", "video_title"),
    "traffic_source": (None, "traffic_source"),
    "subscription_status": (None, "subscription"),
    "operating_system": (None, "operating_system"),
    "content_type": (None, "content_type"),
    "viewer_type": (None, "viewer_type"),
    "playlist": (None, "playlist"),
    "other_dimension": (None, "other_dimension"),
    "search_term": (None, "search_word"),
    "message": (None, "entity"),
    "spot": (None, "entity"),
    "event": (None, "entity"),
}
# Levels of templates whose rows are days of the whole account where none of them is named.
NAMED_OR_ALL = frozenset({"post", "message", "spot"})
# Spreadsheets keep fifteen digits of a number and write noughts for the rest.
_ROUNDED_ID = re.compile(r"\d{15}0{2,}")
_LONG_ID = re.compile(r"\d{17,}")
_NUMBER_LIKE = re.compile(r"(\d{1,15})[.,]0|'(\d+)")  # 1234.0, where a program took it for a number; '1234
_VIDEO_LINK = re.compile(r"https?://[^\s/]+/\S{0,100}?/(?:video|photo)/(\d{6,30})\S{0,100}")
_TELEGRAM_LINK = re.compile(r"(?:https?://)?t\.me/(?:c/)?\w{1,64}/(\d{1,12})(?:\?\S{0,100})?")
_PLATFORM_WORDS = {
    "facebook": Platform.META_ADS,
    "instagram": Platform.META_ADS,
    "meta": Platform.META_ADS,
    "twitter": Platform.X,
    "google": Platform.GOOGLE_ADS,
}


def read_entities(draft: Draft) -> None:
    """Names and identifiers, breakdowns and currency of each row."""
    _entity(draft)
    _account(draft)
    _breakdowns(draft)
    _currency(draft)
    _words(draft, "campaign_name", "campaign_name", name)
    _words(draft, "result_type", "result_type", name)
    _words(draft, "attribution", "attribution", name)
    if draft.found.format.measures is not None and draft.platform.startswith("template_"):
        draft.arrays["platform"] = _constant(draft, draft.found.format.measures)
    elif "platform" in draft.cells or draft.platform == "template":
        _platforms(draft)
    else:
        draft.arrays["platform"] = _constant(draft, draft.platform)
    draft.arrays["level"] = _constant(draft, draft.level)
    check_groups(draft)


def _constant(draft: Draft, value: str) -> pa.StringArray:
    return spread([value], np.zeros(draft.size, dtype=np.int32))


def _words(draft: Draft, field: str, column: str, read: Callable[[str], str | None]) -> bool:
    """Put a column of words into the rows; whether the table has it."""
    cells = draft.cells.get(field)
    if cells is None:
        return False
    _put(draft, column, [read(entry) for entry in cells.entries], cells)
    return True


def _put(draft: Draft, column: str, values: Sequence[str | None], cells: Cells) -> None:
    """Spread one value an entry over the rows; entries of equal value are one to whatever tells rows apart."""
    draft.arrays[column] = spread(values, cells.codes)
    places: dict[str | None, int] = {}
    codes = [places.setdefault(value, len(places)) for value in values]
    same = len(places) == len(values)
    draft.keys[column] = cells.codes if same else np.array(codes, dtype=np.int32)[cells.codes]


def _entity(draft: Draft) -> None:
    level = draft.level
    if draft.settings.level is None and draft.platform in ADS:
        level, identifier, title = next(
            ((level, i, n) for level, i, n in LEVELS if i in draft.cells or n in draft.cells), (level, None, None)
        )
    else:
        identifier, title = ENTITIES.get(level, (None, None))
        if draft.typed and level in NAMED_OR_ALL and not filled(draft, identifier or title or ""):
            level, identifier, title = "account", None, None
    draft.level = level
    if identifier == "video_id" and "video_id" not in draft.cells and "url" in draft.cells:
        draft.cells["video_id"] = draft.cells["url"]
    has_id = identifier is not None and _words(draft, identifier, "entity_id", _identifier)
    has_name = title is not None and _words(draft, title, "entity_name", name)
    if not has_name and "entity" in draft.cells:
        has_name = _words(draft, "entity", "entity_name", name)
    if not has_name and draft.found.series:
        draft.arrays["entity_name"] = _constant(draft, draft.found.series)
    named = draft.level not in ("account", "page", "channel", "site")
    draft.identified = has_id or not named
    if has_id:
        _check_identifiers(draft, draft.cells[identifier or ""])
    elif named and not has_name:
        draft.identified = False


def _identifier(cell: str) -> str | None:
    text = cell.strip()
    if match := _VIDEO_LINK.fullmatch(text) or _TELEGRAM_LINK.fullmatch(text):
        return match[1]
    if match := _NUMBER_LIKE.fullmatch(text):
        return match[1] or match[2]
    if text.startswith(("http://", "https://")) or DAMAGED_ID.fullmatch(text):
        return None
    return name(text)


def _check_identifiers(draft: Draft, cells: Cells) -> None:
    damaged = [at for at, entry in enumerate(cells.entries) if DAMAGED_ID.fullmatch(entry.strip())]
    rows = cells.rows_with(damaged)
    if len(rows):
        draft.identified = False
        if draft.typed:
            draft.fault("ids_damaged", rows, cells.header, cells)
        else:
            line = int(draft.lines[rows[0]])
            draft.say("ids_damaged", Severity.WARNING, row=line, column=cells.header, value=str(len(rows)))
    long = [at for at, entry in enumerate(cells.entries) if _LONG_ID.fullmatch(entry.strip())]
    # One identifier may end in zeros by itself; a spreadsheet rounds all that are too long for it.
    all_rounded = all(_ROUNDED_ID.fullmatch(cells.entries[at].strip()) for at in long)
    rounded = cells.rows_with(long if all_rounded else [])
    if len(rounded):
        draft.mark("ids_rounded", Severity.WARNING, rounded[:1], cells.header, cells)
    blank = cells.rows_with([at for at, entry in enumerate(cells.entries) if not entry.strip()])
    if len(blank):
        if draft.typed:
            draft.fault("value_missing", blank, cells.header, cells)
        else:
            line = int(draft.lines[blank[0]])
            draft.say("rows_without_identity", Severity.WARNING, row=line, column=cells.header, value=str(len(blank)))


def _account(draft: Draft) -> None:
    if draft.settings.account is not None:
        draft.arrays["account"] = _constant(draft, draft.settings.account)
    elif not _words(draft, "account_id", "account", name):
        _words(draft, "account_name", "account", name)


def _breakdowns(draft: Draft) -> None:
    language = next((found.language for found in draft.found.meanings if found and found.language), None)
    _words(draft, "sex", "sex", breakdowns.sex)
    _coded(draft, "age", breakdowns.age, "age_not_known")
    _coded(draft, "country", lambda word: breakdowns.country(word, language), "country_not_known")
    _words(draft, "region", "region", name)
    _words(draft, "language", "language", breakdowns.language)
    _words(draft, "device", "device", name)
    placements = [draft.cells[field] for field in ("publisher", "placement") if field in draft.cells]
    if len(placements) == 2:
        outer, inner = ([entry.strip() for entry in cells.entries] for cells in placements)
        pairs = [
            f"{outer[a]}: {inner[b]}"
            for a, b in zip(placements[0].codes.tolist(), placements[1].codes.tolist(), strict=True)
        ]
        draft.arrays["placement"] = texts(pairs)
        draft.keys |= {"publisher": placements[0].codes, "placement": placements[1].codes}
    elif placements:
        _words(draft, "publisher" if "publisher" in draft.cells else "placement", "placement", name)


def _coded(draft: Draft, field: str, read: Callable[[str], str | None], code: str) -> None:
    """Words that become codes; in a typed table a word without a code is wrong, elsewhere it is kept as a region."""
    cells = draft.cells.get(field)
    if cells is None:
        return
    values = [read(entry) if name(entry) else None for entry in cells.entries]
    _put(draft, field, values, cells)
    _mark_codes(draft, field, cells, values)
    lacking = [at for at, entry in enumerate(cells.entries) if values[at] is None and name(entry)]
    rows = cells.rows_with(lacking)
    if not len(rows):
        return
    if draft.typed:
        draft.fault(code, rows, cells.header, cells)
        return
    draft.say(code, Severity.NOTE, column=cells.header, value=cells.entries[cells.codes[rows[0]]])
    if "region" not in draft.cells:
        kept = [entry.strip() if at in set(lacking) else None for at, entry in enumerate(cells.entries)]
        draft.arrays["region"] = spread(kept, cells.codes)


def _mark_codes(draft: Draft, field: str, cells: Cells, values: Sequence[str | None]) -> None:
    """Mark children among the people reached, and countries by codes that ISO gives to no country."""
    marks = {
        "minors_in_audience": [at for at, value in enumerate(values) if field == "age" and value == MINORS],
        "country_code_not_iso": [
            at
            for at, entry in enumerate(cells.entries)
            if field == "country" and entry.strip().upper() in breakdowns.COUNTRY_SYNONYMS
        ],
    }
    for code, entries in marks.items():
        if len(rows := cells.rows_with(entries)):
            draft.mark(code, Severity.WARNING, rows[:1], cells.header, cells)


def _currency(draft: Draft) -> None:
    in_header = [
        found.currency for found in draft.found.meanings if found and found.field == "spend" and found.currency
    ]
    cells = draft.cells.get("currency")
    if in_header:
        _one_currency(draft, in_header[0])
    elif cells is not None:
        values = [(name(entry) or "").upper() or None for entry in cells.entries]
        odd = cells.rows_with([at for at, value in enumerate(values) if value and value not in CURRENCIES])
        if len(odd):
            draft.fault("currency_not_known", odd, cells.header, cells)
        _put(draft, "currency", [value if value in CURRENCIES else None for value in values], cells)
        draft.currencies |= {values[at] or "" for at in np.unique(cells.codes)} & CURRENCIES
        _compare_signs(draft, [values[at] for at in cells.codes.tolist()] if draft.signs else [])
        blank = cells.rows_with([at for at, value in enumerate(values) if value is None])
        if len(blank) and "spend" in draft.figures and (draft.figures["spend"][0][blank] > 0).any():
            draft.mark("currency_unknown", Severity.WARNING, blank, cells.header)
    elif draft.settings.currency is not None:
        _one_currency(draft, draft.settings.currency)
    elif len(draft.currencies) == 1:
        _one_currency(draft, next(iter(draft.currencies)))
    elif draft.signs is not None and draft.currencies:
        amounts, signs = draft.signs
        values = [signs.get(at) for at in range(len(amounts.entries))]
        _put(draft, "currency", [value if value in CURRENCIES else None for value in values], amounts)


def _one_currency(draft: Draft, currency: str) -> None:
    """The currency of all rows; an amount that names another is refused."""
    draft.arrays["currency"] = _constant(draft, currency)
    _compare_signs(draft, [currency] * draft.size if draft.signs else [])
    draft.currencies = {currency}


def _compare_signs(draft: Draft, currencies: Sequence[str | None]) -> None:
    """An amount whose own sign is not that of the row's currency cannot be stored in either."""
    if draft.signs is None:
        return
    cells, signs = draft.signs
    rows = cells.rows_with(list(signs))
    contrary = np.array([not _agrees(signs[int(cells.codes[row])], currencies[row]) for row in rows], dtype=np.bool_)
    if contrary.any():
        draft.fault("currency_conflict", rows[contrary], cells.header, cells)
    if not contrary.all() and "currency" in draft.cells:
        draft.mark("currency_in_amount", Severity.NOTE, rows[~contrary][:1], cells.header, cells)


def _agrees(sign: str, currency: str | None) -> bool:
    return sign == currency or (currency is not None and currency in SHARED.get(sign, ()))


def _platforms(draft: Draft) -> None:
    def read(word: str) -> str | None:
        plain = normalised(word)
        return _PLATFORM_WORDS.get(plain) or (plain if plain in set(Platform) else name(word))

    if not _words(draft, "platform", "platform", read):
        draft.arrays["platform"] = _constant(draft, Platform.UNKNOWN)
        return
    cells = draft.cells["platform"]
    strange = [at for at, entry in enumerate(cells.entries) if read(entry) not in set(Platform)]
    rows = cells.rows_with(strange)
    if len(rows):
        draft.mark("platform_unknown", Severity.WARNING, rows, cells.header, cells)
