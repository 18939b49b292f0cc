"""Google Trends, a column a search term, and Google Analytics, under lines that begin with a number sign."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from campaigns.exports.formats import Format, Recognised
from campaigns.exports.headers import Meaning, catalogue, meaning, normalised
from campaigns.exports.layouts.turning import Line, of, rows_of, turned
from campaigns.exports.reading import TextTable
from campaigns.exports.totals import labelled_total
from campaigns.exports.values.dates import Order, period

TRENDS = "google_trends"
BY_TIME = Format(platform=TRENDS, report="search_interest", level="search_term")
BY_PLACE = Format(platform=TRENDS, report="search_interest_by_place", level="search_term")
SITE = ("site_users", "site_visits", "page_views")
ENOUGH, MANY = 12, 5_000  # rows among which figures from 0 to exactly 100 are no accident, and more than Google gives
_TERM = re.compile(r"(.+): ?\(([^()]+)\)", re.DOTALL)
_SHORT_YEAR = re.compile(r"(\d{1,2}/\d{1,2}/)(\d{2})(?!\d)")
_INDEX = re.compile(r"\d{1,2}|100|<\s?1")
_SPAN = re.compile(r"#\s*(\d{8})-(\d{8})")


def trends(table: TextTable) -> list[Recognised] | None:
    """One row a term and day, week, month or place; the figures are shares of the highest one in the file."""
    terms = [_TERM.fullmatch(header) for header in table.header[1:]]
    word = meaning(normalised(table.header[0]), TRENDS)
    language = word.language if word else "en"
    if terms and all(terms):
        names = [(match[1].strip(' "'), match[2].strip()) for match in terms if match]
        spans = [_SHORT_YEAR.sub(r"\g<1>20\2", place) for _, place in names]
        if all(period(span, Order.DAY_FIRST) or period(span, Order.MONTH_FIRST) for span in spans):
            return [_by_place(table, [name for name, _ in names], spans, language)]
        return [_by_time(table, [(name, _place(place)) for name, place in names], language)]
    if word is not None and word.field == "date" and _bare(table):
        return [_by_time(table, [(name, "") for name in table.header[1:]], language)]
    return None


def _place(place: str) -> str:
    """Where people searched; empty where that is the whole world."""
    word = meaning(normalised(place), TRENDS)
    return "" if word is not None and word.field == "worldwide" else place


def _bare(table: TextTable) -> bool:
    """Whether a table without Google's first lines holds an index: from 0 to exactly 100, under names nobody knows."""
    headers = [normalised(header) for header in table.header[1:]]
    if not headers or not ENOUGH <= table.num_rows <= MANY:
        return False
    if any(header in words for words in catalogue().values() for header in headers):
        return False
    cells = [cell.strip() for column in table.columns[1:] for cell in column.to_pylist()]
    return "100" in cells and all(_INDEX.fullmatch(cell) for cell in cells)


def _by_time(table: TextTable, terms: Sequence[tuple[str, str]], language: str) -> Recognised:
    rows = rows_of(table)
    weeks = _weeks([cells[0] for _, cells in rows])
    long: list[Line] = []
    for at, (line, (day, *figures)) in enumerate(rows):
        days = weeks[at] if weeks else (day,)
        long += [(line, (*days, *term, figure)) for term, figure in zip(terms, figures, strict=True)]
    when = ("First day", "Last day") if weeks else (table.header[0],)
    dates = ("window_start", "window_end") if weeks else ("date",)
    fields = (*dates, "search_word", "country", "search_interest")
    return Recognised(
        table=turned(table, (*when, "Term", "Place", "Index"), long),
        format=BY_TIME,
        meanings=tuple(of(field, language) for field in fields),
    )


def _weeks(cells: Sequence[str]) -> list[tuple[str, str]] | None:
    """The first and last day of each week; None where no order of day and month makes the cells steps of a week."""
    for order in Order:
        found = [period(cell, order) for cell in cells]
        days = [week.first for week in found if week is not None and week.first == week.last]
        if len(days) == len(cells) > 1 and all((later - day).days == 7 for day, later in pairwise(days)):
            return [(str(day), str(day + dt.timedelta(days=6))) for day in days]
    return None


def _by_place(table: TextTable, terms: Sequence[str], spans: Sequence[str], language: str) -> Recognised:
    long: list[Line] = [
        (line, (place, term, figure.strip().removesuffix("%")))
        for line, (place, *figures) in rows_of(table)
        for term, figure in zip(terms, figures, strict=True)
    ]
    return Recognised(
        table=replace(turned(table, (table.header[0], "Term", "Index"), long), preamble=(spans[0],)),
        format=BY_PLACE,
        meanings=tuple(of(field, language) for field in ("country", "search_word", "search_interest")),
    )


def analytics(table: TextTable) -> list[Recognised] | None:
    """One table of a website's statistics, with the property named above it."""
    if not table.preamble or not table.preamble[0].startswith("#"):
        return None
    found: list[Meaning | None] = [meaning(normalised(header), "ga4") for header in table.header]
    fields = {word.field for word in found if word}
    if not fields.intersection(SITE):
        return None
    lines = tuple(line for above in table.preamble for line in _SPAN.sub(r"# \1\n# \2", above).split("\n"))
    name = next((name for line in lines if (name := _property(line))), "")
    rows = rows_of(table)
    # "Grand total" stands in the last column, and is looked for in the first ones.
    labels = [any(labelled_total(cells[at]) for _, cells in rows) for at in range(len(found))]
    order = sorted(range(len(found)), key=lambda at: not labels[at])
    form = Format(platform="ga4", report="site_daily" if "date" in fields else "site_by_group", level="site")
    return [
        Recognised(
            table=replace(
                turned(
                    table,
                    (*(table.header[at] for at in order), "Property"),
                    [(line, [*(cells[at] for at in order), name]) for line, cells in rows],
                ),
                preamble=_bounds(lines),
            ),
            format=form,
            meanings=(*(found[at] for at in order), of("account_name")),
        )
    ]


def _property(line: str) -> str:
    label, _, name = line.lstrip("# ").partition(":")
    word = meaning(normalised(label), "ga4")
    return name.strip() if word is not None and word.field == "account_name" else ""


def _bounds(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.lstrip("# ") for line in lines)
