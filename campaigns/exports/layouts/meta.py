"""Business Suite's daily series, whose title is their figure, and its shares of an audience."""

from collections.abc import Sequence

from campaigns.exports.formats import METRIC_FIELDS, Format, Recognised
from campaigns.exports.headers import Meaning, meaning, normalised
from campaigns.exports.layouts.turning import of, rows_of, turned
from campaigns.exports.reading import TextTable

MBS = "meta_business_suite"
# What stands over the figures of a series, in the languages of the screens.
PRIMARY = frozenset({"primary", "principal", "primaire", "primario", "primär", "valor", "value"})
SERIES = Format(platform=MBS, report="daily_series", level="page")
AUDIENCE = Format(platform=MBS, report="audience_blocks", level="page")
_PLACES = {"cities": "region", "countries": "country", "pages": "entity"}


def series(table: TextTable) -> list[Recognised] | None:
    if len(table.header) != 2:
        return None
    date, value = normalised(table.header[0]), normalised(table.header[1])
    day = meaning(date, MBS)
    if day is None or day.field != "date" or not table.title:
        return None
    title = normalised(table.title).strip(' ;,"')  # what a spreadsheet leaves behind a line of one cell
    figure = meaning(title, MBS) or meaning(value, MBS)
    if value not in PRIMARY and value != title:
        return None
    if figure is not None and figure.field not in METRIC_FIELDS:
        figure = None
    return [Recognised(table=table, format=SERIES, meanings=(day, figure), series=table.title.strip())]


def audience(table: TextTable) -> list[Recognised] | None:
    words = [meaning(normalised(header), "meta_audience") for header in table.header]
    fields = [word.field if word else None for word in words]
    title = meaning(normalised(table.title), "meta_audience")
    if "women" in fields and "men" in fields:
        return [_ages(table, fields, words)]
    if normalised(table.header[0]).startswith(("fb_page", "ig_account")) and table.num_rows == 1:
        rows = [(line, cells[:1]) for line, cells in rows_of(table)]
        return [_share(turned(table, ("Followers",), rows), ("followers",))]
    if len(fields) == 2 and fields[0] in _PLACES and fields[1] == "value":
        return [_share(table, (_PLACES[fields[0]], "audience_share"))]
    if title is not None and title.field in _PLACES and table.num_rows == 1:
        ((line, cells),) = rows_of(table)
        pairs = [(line, list(pair)) for pair in zip(table.header, cells, strict=True)]
        place = _PLACES[title.field]
        return [_share(turned(table, (table.title, "Share"), pairs), (place, "audience_share"))]
    return None


def _share(table: TextTable, fields: Sequence[str]) -> Recognised:
    return Recognised(
        table=table, format=AUDIENCE, meanings=tuple(of(field) for field in fields), series=table.title.strip()
    )


def _ages(table: TextTable, fields: Sequence[str | None], words: Sequence[Meaning | None]) -> Recognised:
    women, men = fields.index("women"), fields.index("men")
    rows = [
        (line, (cells[0], sex, cells[at])) for line, cells in rows_of(table) for sex, at in (("F", women), ("M", men))
    ]
    language = next((word.language for word in words if word), "en")
    return Recognised(
        table=turned(table, (table.header[0] or "Age", "Gender", "Share"), rows),
        format=AUDIENCE,
        meanings=(of("age", language), of("sex", language), of("audience_share", language)),
        series=table.title.strip(),
    )
