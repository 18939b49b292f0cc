"""What a person says the columns of a table are: for a layout that nobody knows, or where ours was a misreading."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from campaigns.exports.formats import MAPPED, Format, Recognised
from campaigns.exports.headers import Meaning, normalised, split_currency
from campaigns.exports.reading import TextTable
from campaigns.exports.settings import Level, Settings
from campaigns.vocabulary import Platform

# The first of these that a table names is what its rows are about.
_ABOUT = (
    (Level.AD, {"ad_id", "ad_name"}),
    (Level.AD_SET, {"ad_set_id", "ad_set_name"}),
    (Level.CAMPAIGN, {"campaign_id", "campaign_name"}),
    (Level.POST, {"post_id"}),
    (Level.VIDEO, {"video_id", "video_title"}),
)


def layout_of(tables: Iterable[TextTable]) -> str:
    """A mark that two files share where they have the same columns, in whatever order, language of dates or currency.

    >>> layout_of([])
    ''
    """
    headers = [",".join(sorted({split_currency(normalised(header))[0] for header in table.header})) for table in tables]
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()[:16] if headers else ""


def speaks_of(table: TextTable, settings: Settings) -> bool:
    """Whether the answers say of any column of this table that it is to be stored."""
    return any(settings.columns.get(normalised(header)) for header in table.header)


def as_answered(table: TextTable, found: Sequence[Recognised], settings: Settings) -> list[Recognised]:
    """A table as recognised, with what a person said of it put in the place of what was thought."""
    if not found:
        return [_mapped(table, settings)] if speaks_of(table, settings) else []
    return [_corrected(part, settings) for part in found]


def _mapped(table: TextTable, settings: Settings) -> Recognised:
    meanings = tuple(
        _meaning(plain, settings.columns[plain]) if (plain := normalised(header)) in settings.columns else None
        for header in table.header
    )
    fields = {meaning.field for meaning in meanings if meaning is not None}
    about = next((level for level, names in _ABOUT if names & fields), Level.ACCOUNT)
    form = Format(
        platform=settings.platform or Platform.UNKNOWN,
        report=MAPPED,
        level=settings.level or about,
    )
    return Recognised(table=table, format=form, meanings=meanings)


def _corrected(part: Recognised, settings: Settings) -> Recognised:
    meanings = tuple(
        _meaning(plain, settings.columns[plain]) if (plain := normalised(header)) in settings.columns else meaning
        for header, meaning in zip(part.table.header, part.meanings, strict=True)
    )
    form = replace(
        part.format,
        platform=settings.platform or part.format.platform,
        level=settings.level or part.format.level,
        declined=part.format.declined and not speaks_of(part.table, settings),
    )
    return replace(part, format=form, meanings=meanings, rivals=() if settings.platform else part.rivals)


def _meaning(header: str, field: str) -> Meaning:
    """No language: these are the person's words, not a platform's."""
    return Meaning(field or "known", "", split_currency(header)[1])
