"""What people have and take for an export of figures: known by its first lines or its columns, and not read.

Each kind has a code of its own, whose sentence says what to export instead.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaigns.exports.headers import meaning, normalised
from campaigns.exports.layouts.google import SITE
from campaigns.exports.reading import TextTable
from campaigns.vocabulary import Platform

HEAD = 20_000  # bytes in which a conversation or an archive of a person's account shows


@dataclass(frozen=True, slots=True)
class Declined:
    """The code of what a file is, and the platform it comes from."""

    code: str
    platform: str


# Columns that only such a table has together.
COLUMNS: tuple[tuple[frozenset[str], Declined], ...] = tuple(
    (frozenset(columns), Declined(code, platform))
    for columns, code, platform in (
        # Entries of people in a form under an advertisement: names, numbers and addresses.
        (("form_id", "is_organic"), "declined_form_entries", Platform.META_ADS),
        (("created_time", "form_name"), "declined_form_entries", Platform.META_ADS),
        (("email address", "optin_time"), "declined_contacts", Platform.UNKNOWN),
        (("email address", "member_rating"), "declined_contacts", Platform.UNKNOWN),
        (("first name", "last name", "connected on"), "declined_account_archive", Platform.LINKEDIN),
        (("conversation id", "sender profile url"), "declined_account_archive", Platform.LINKEDIN),
        (("channel id", "channel url", "channel title"), "declined_account_archive", Platform.YOUTUBE),
        (("comment id", "channel id", "comment create timestamp"), "declined_account_archive", Platform.YOUTUBE),
        # What others advertise.
        (("page id", "page name", "disclaimer"), "declined_ads_library", Platform.META_ADS),
        (("page name", "number of ads in library"), "declined_ads_library", Platform.META_ADS),
        (("ad_archive_id",), "declined_ads_library", Platform.META_ADS),
        (("ad_snapshot_url", "page_name"), "declined_ads_library", Platform.META_ADS),
        (("advertiser_id", "creative_id", "ad_url"), "declined_ads_library", Platform.GOOGLE_ADS),
        # What others write.
        (("post created", "total interactions"), "declined_crowdtangle", Platform.META_BUSINESS_SUITE),
        (("query name", "snippet", "sentiment"), "declined_media_monitoring", Platform.UNKNOWN),
        (("hit sentence", "sentiment"), "declined_media_monitoring", Platform.UNKNOWN),
        (("hit sentence", "influencer"), "declined_media_monitoring", Platform.UNKNOWN),
        (("content_snippet", "domain_url"), "declined_media_monitoring", Platform.UNKNOWN),
    )
)
UNIVERSAL = frozenset(
    {"day index", "pageviews", "unique pageviews", "% new sessions", "pages / session", "avg. session duration"}
)
_STAMP = r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[^\W\d]\.?\s?[^\W\d]\.?)?\]?"
_MESSAGE = re.compile(rf"{_STAMP}(?:\s-\s|\s)[^:]{{1,80}}: ")
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Keys that stand early in the JSON of an archive; those of a conversation come first.
_JSON = (
    (re.compile(rb'"messages"\s*:\s*\[|"sender_name"\s*:|"type"\s*:\s*"(?:personal|private|public|saved)_'), "chat"),
    (re.compile(rb'"(?:string_list_data|media_map_data|label_values|relationships_\w+)"\s*:'), "archive"),
    (re.compile(rb'"(?:Activity|Profile And Settings|Your Activity|Direct Messages?|Tiktok Shopping)"\s*:'), "archive"),
    (re.compile(rb'"titleUrl"\s*:\s*"https://www\.youtube\.com'), "archive"),
    (re.compile(rb'"ad_archive_id"\s*:'), "library"),
)
_JSON_CODES = {
    "chat": Declined("declined_conversation", Platform.UNKNOWN),
    "archive": Declined("declined_account_archive", Platform.UNKNOWN),
    "library": Declined("declined_ads_library", Platform.META_ADS),
}
_CONVERSATION_NAME = re.compile(r"(?:.*/)?(?:_chat\.txt|whatsapp chat .*\.txt|messages\d*\.html)", re.IGNORECASE)
_ARCHIVE_NAME = re.compile(
    r"(?:takeout/|your_(?:instagram|facebook)_activity/|(?:.*/)?connections/followers_and_following/"
    r"|(?:.*/)?user_data(?:_tiktok)?\.json|data/tweets\.js|(?:.*/)?your archive\.html"
    r"|(?:.*/)?followers_and_following/|personal_information/).*",
    re.IGNORECASE,
)


def declined_bytes(data: bytes) -> Declined | None:
    """Whether a file that is no table is a conversation, or from an archive of somebody's account."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[{", b"window.YTD")):
        if head.startswith(b"window.YTD"):
            return _JSON_CODES["archive"]
        return next((_JSON_CODES[kind] for pattern, kind in _JSON if pattern.search(head)), None)
    lines = _INVISIBLE.sub("", head.decode("utf-8", "ignore")).splitlines()[:20]
    if sum(_MESSAGE.match(line) is not None for line in lines) >= 2:
        return _JSON_CODES["chat"]
    return None


def declined_archive(names: Iterable[str]) -> Declined | None:
    """Whether the names in an archive are those of a conversation or of somebody's account."""
    found = None
    for name in names:
        if _CONVERSATION_NAME.fullmatch(name):
            return _JSON_CODES["chat"]
        if _ARCHIVE_NAME.match(name):
            found = _JSON_CODES["archive"]
    return found


def declined(tables: Sequence[TextTable]) -> Declined | None:
    """Why the tables of a file are not read, where their columns or the lines above them show it."""
    headers = {normalised(header) for header in tables[0].header}
    for columns, why in COLUMNS:
        if columns <= headers:
            return why
    first = (*tables[0].preamble[:1], tables[0].header[0])[0]
    if not first.startswith(("# ", "#-")):
        return None
    if headers & UNIVERSAL:
        return Declined("declined_universal_analytics", Platform.GA4)
    fields = {word.field for header in headers if (word := meaning(header, "ga4"))}
    if len(tables) > 1 or not fields.intersection(SITE):
        return Declined("declined_site_snapshot", Platform.GA4)
    return None
