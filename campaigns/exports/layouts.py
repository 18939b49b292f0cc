"""Tables that are not one row a thing: series with a title, shares of an audience, pairs of name and figure.

Each becomes an ordinary table of one row a value.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from campaigns.exports.formats import METRIC_FIELDS, Format, Recognised
from campaigns.exports.headers import Meaning, meaning, normalised
from campaigns.exports.reading import TextTable
from campaigns.exports.reading.arrays import encoded, whole

MBS = "meta_business_suite"
PRIMARY = frozenset({"primary", "principal", "primaire", "primario", "primär", "valor", "value"})
SERIES = Format(platform=MBS, report="daily_series", level="page")
AUDIENCE = Format(platform=MBS, report="audience_blocks", level="page")
LINKEDIN_GROUPS = Format(platform="linkedin", report="audience_shares", level="account")
LINKEDIN_OVERVIEW = Format(platform="linkedin", report="account_overview", level="account")
_TREND = re.compile(r".+: \(.+\)")


def declined(table: TextTable) -> str | None:
    """The platform of a table that is no campaign data, where its first lines or its headers show it."""
    first = (*table.preamble[:1], *table.header[:1])
    if any(line.startswith("#") for line in first) and not any("+" in line for line in first):
        return "ga4"
    if len(table.header) > 1 and all(_TREND.fullmatch(header) for header in table.header[1:]):
        return "google_trends"
    if any("aggregated value" in header for header in table.header[1:]):
        return "hootsuite"
    return None


def special(table: TextTable) -> list[Recognised] | None:
    """A table of one of these layouts turned into ordinary ones; None where it is ordinary already."""
    return _series(table) or _audience(table) or _linkedin(table)


def _of(field: str, language: str = "en") -> Meaning:
    return Meaning(field, language)


def _table(source: TextTable, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> TextTable:
    columns = list(zip(*(cells for _, cells in rows), strict=True)) if rows else [()] * len(header)
    return replace(
        source,
        header=tuple(header),
        columns=tuple(encoded(column) for column in columns),
        lines=whole(np.array([line for line, _ in rows], dtype=np.int64)),
    )


def _rows(table: TextTable) -> list[tuple[int, list[str]]]:
    columns = [column.to_pylist() for column in table.columns]
    return [(line, list(cells)) for line, *cells in zip(table.lines.to_pylist(), *columns, strict=True)]


def _series(table: TextTable) -> list[Recognised] | None:
    if len(table.header) != 2:
        return None
    date, value = normalised(table.header[0]), normalised(table.header[1])
    day = meaning(date, MBS)
    if day is None or day.field != "date" or not table.title:
        return None
    title = normalised(table.title)
    figure = meaning(title, MBS) or meaning(value, MBS)
    if value not in PRIMARY and value != title:
        return None
    if figure is not None and figure.field not in METRIC_FIELDS:
        figure = None
    return [Recognised(table=table, format=SERIES, meanings=(day, figure), series=table.title.strip())]


def _audience(table: TextTable) -> list[Recognised] | None:
    words = [meaning(normalised(header), "meta_audience") for header in table.header]
    fields = [word.field if word else None for word in words]
    title = meaning(normalised(table.title), "meta_audience")
    if "women" in fields and "men" in fields:
        return [_ages(table, fields, words)]
    if normalised(table.header[0]).startswith(("fb_page", "ig_account")) and table.num_rows == 1:
        rows = [(line, cells[:1]) for line, cells in _rows(table)]
        return [_share(_table(table, ("Followers",), rows), ("followers",))]
    if len(fields) == 2 and fields[0] in _PLACES and fields[1] == "value":
        return [_share(table, (_PLACES[fields[0]], "audience_share"))]
    if title is not None and title.field in _PLACES and table.num_rows == 1:
        ((line, cells),) = _rows(table)
        pairs = [(line, list(pair)) for pair in zip(table.header, cells, strict=True)]
        place = _PLACES[title.field]
        return [_share(_table(table, (table.title, "Share"), pairs), (place, "audience_share"))]
    return None


_PLACES = {"cities": "region", "countries": "country", "pages": "entity"}


def _share(table: TextTable, fields: Sequence[str]) -> Recognised:
    return Recognised(
        table=table, format=AUDIENCE, meanings=tuple(_of(field) for field in fields), series=table.title.strip()
    )


def _ages(table: TextTable, fields: Sequence[str | None], words: Sequence[Meaning | None]) -> Recognised:
    women, men = fields.index("women"), fields.index("men")
    rows = [
        (line, (cells[0], sex, cells[at])) for line, cells in _rows(table) for sex, at in (("F", women), ("M", men))
    ]
    language = next((word.language for word in words if word), "en")
    return Recognised(
        table=_table(table, (table.header[0] or "Age", "Gender", "Share"), rows),
        format=AUDIENCE,
        meanings=(_of("age", language), _of("sex", language), _of("audience_share", language)),
        series=table.title.strip(),
    )


def _linkedin(table: TextTable) -> list[Recognised] | None:
    words = [meaning(normalised(header), "linkedin_summary") for header in table.header]
    fields = [word.field if word else None for word in words]
    if fields == ["groups", "value", "share"]:
        return [_linkedin_groups(table)]
    if len(fields) == 2 and fields[0] == "performance":
        return [_linkedin_overview(table)]
    return _side_by_side(table)


def _linkedin_groups(table: TextTable) -> Recognised:
    rows = []
    for line, (group, value, share) in _rows(table):
        word = meaning(normalised(group), "linkedin_summary")
        place = word is not None and word.field == "place"
        rows.append((line, (value if place else "", "" if place else f"{group}: {value}", share)))
    return Recognised(
        table=_table(table, ("Place", "Group", "Share"), rows),
        format=LINKEDIN_GROUPS,
        meanings=(_of("region"), _of("entity"), _of("audience_share")),
    )


def _linkedin_overview(table: TextTable) -> Recognised:
    rows = _rows(table)
    names = [cells[0] for _, cells in rows]
    turned = _table(table, names, [(rows[0][0], [cells[1] for _, cells in rows])] if rows else [])
    return Recognised(
        table=replace(turned, preamble=(*table.preamble, table.header[1])),
        format=LINKEDIN_OVERVIEW,
        meanings=tuple(meaning(normalised(name), "linkedin_summary") for name in names),
    )


def _side_by_side(table: TextTable) -> list[Recognised] | None:
    """Two lists of posts beside each other, an empty column between: the posts on one line are not the same."""
    header = list(table.header)
    if "" not in header or (gap := header.index("")) in (0, len(header) - 1) or header[0] != header[gap + 1]:
        return None
    found = []
    for columns in (slice(0, gap), slice(gap + 1, None)):
        names = header[columns]
        rows = [(line, cells[columns]) for line, cells in _rows(table) if any(cells[columns])]
        meanings = tuple(meaning(normalised(name), "linkedin") for name in names)
        form = Format(platform="linkedin", report="post_level", level="post")
        found.append(Recognised(table=_table(table, names, rows), format=form, meanings=meanings))
    return found
