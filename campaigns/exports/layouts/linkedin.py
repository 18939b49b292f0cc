"""The sheets of LinkedIn's workbook for creators: groups, an overview on its side, two lists beside each other."""

from dataclasses import replace

from campaigns.exports.formats import Format, Recognised
from campaigns.exports.headers import meaning, normalised
from campaigns.exports.layouts.turning import of, rows_of, turned
from campaigns.exports.reading import TextTable

GROUPS = Format(platform="linkedin", report="audience_shares", level="account")
OVERVIEW = Format(platform="linkedin", report="account_overview", level="account")


def summary(table: TextTable) -> list[Recognised] | None:
    words = [meaning(normalised(header), "linkedin_summary") for header in table.header]
    fields = [word.field if word else None for word in words]
    if fields == ["groups", "value", "share"]:
        return [_groups(table)]
    if len(fields) == 2 and fields[0] == "performance":
        return [_overview(table)]
    return _side_by_side(table)


def _groups(table: TextTable) -> Recognised:
    rows = []
    for line, (group, value, share) in rows_of(table):
        word = meaning(normalised(group), "linkedin_summary")
        place = word is not None and word.field == "place"
        rows.append((line, (value if place else "", "" if place else f"{group}: {value}", share)))
    return Recognised(
        table=turned(table, ("Place", "Group", "Share"), rows),
        format=GROUPS,
        meanings=(of("region"), of("entity"), of("audience_share")),
    )


def _overview(table: TextTable) -> Recognised:
    rows = rows_of(table)
    names = [cells[0] for _, cells in rows]
    one = turned(table, names, [(rows[0][0], [cells[1] for _, cells in rows])] if rows else [])
    return Recognised(
        table=replace(one, preamble=(*table.preamble, table.header[1])),
        format=OVERVIEW,
        meanings=tuple(meaning(normalised(name), "linkedin_summary") for name in names),
    )


def _side_by_side(table: TextTable) -> list[Recognised] | None:
    """Two lists of posts beside each other, an empty column between: the posts on one line are not the same."""
    header = list(table.header)
    gap = header.index("") if "" in header else 0
    if not set(header[:gap]) & set(header[gap + 1 :]):
        return None
    found = []
    for columns in (slice(0, gap), slice(gap + 1, None)):
        names = header[columns]
        meanings = tuple(meaning(normalised(name), "linkedin") for name in names)
        rows = [
            (line, cells[columns])
            for line, cells in rows_of(table)
            if any(cell and word for cell, word in zip(cells[columns], meanings, strict=True))
        ]
        form = Format(platform="linkedin", report="post_level", level="post")
        found.append(Recognised(table=turned(table, names, rows), format=form, meanings=meanings))
    return found
