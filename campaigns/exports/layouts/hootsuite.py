"""Hootsuite's series for all pages of an organisation together: each header lists the pages, reactions come by kind."""

import re
from collections.abc import Sequence

from campaigns.exports.formats import Format, Recognised
from campaigns.exports.headers import Meaning, meaning, normalised
from campaigns.exports.layouts.turning import of, rows_of, turned
from campaigns.exports.reading import TextTable
from campaigns.exports.values.numbers import Sign, decide, number

DAILY = Format(platform="hootsuite", report="daily_series", level="page")
_DAILY = re.compile(r"(.+?) \(daily aggregated values?\b.*", re.IGNORECASE | re.DOTALL)
_OVERALL = re.compile(r"(.+?) \(overall aggregated values?\b.*", re.IGNORECASE | re.DOTALL)
_UNRELIABLE = "UNRELIABLE_"  # Hootsuite's own mark on columns it does not vouch for
_SUM = "Reactions"


def series(table: TextTable) -> list[Recognised] | None:
    """Figures by day; a figure of the whole period, or one that Hootsuite itself calls unreliable, is not stored."""
    if not any(_DAILY.fullmatch(header) for header in table.header):
        return None
    names, meanings = [], []
    for header in table.header:
        daily, overall = _DAILY.fullmatch(header), _OVERALL.fullmatch(header)
        names.append(next((match[1] for match in (daily, overall) if match), header))
        unsure = overall is not None or header.startswith(_UNRELIABLE)
        meanings.append(of("known") if unsure else meaning(normalised(names[-1]), "hootsuite"))
    kinds = [at for at, word in enumerate(meanings) if word is not None and word.field == "reactions_of_a_kind"]
    lines = rows_of(table)
    totals = _totals([[cells[at] for at in kinds] for _, cells in lines])
    rows = [(line, [*cells, total]) for (line, cells), total in zip(lines, totals, strict=True)]
    known: list[Meaning | None] = [of("known") if at in kinds else word for at, word in enumerate(meanings)]
    return [
        Recognised(
            table=turned(table, (*names, _SUM), rows),
            format=DAILY,
            meanings=(*known, of("reactions") if kinds else None),
        )
    ]


def _totals(cells: Sequence[Sequence[str]]) -> list[str]:
    """The sum of all kinds of each row; nothing where one of them is not known."""
    sign = decide([cell for row in cells for cell in row], integers=True).sign or Sign.POINT
    figures = [[number(cell, sign) for cell in row] for row in cells]
    return ["" if None in row else str(sum(figure or 0 for figure in row)) for row in figures]
