"""What each column of a file holds: as we take it, to be corrected, or to be said where nobody knows the layout."""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from campaigns.exports.formats import METRIC_FIELDS
from campaigns.exports.headers import catalogue, normalised, split_currency
from campaigns.exports.settings import Level
from campaigns.files import File
from campaigns.receipts import ColumnReading, Receipt
from campaigns.vocabulary import METRICS, Platform
from views import page
from views.wording import Words, term
from views.wording.fields import OFFERED, field_name, grouped_field_name

AT_ONCE = 40  # columns asked about on one page: a form of hundreds is slow on a telephone
WIDTHS = (3, 3, 4)
# Catalogues of words and of summaries, in which a header has another meaning than in a table of figures.
_NO_REPORTS = frozenset({"word", "meta_audience", "linkedin_summary", "google_business_profile"})
_NO_FIGURES = frozenset({Platform.KOBOTOOLBOX, Platform.UNKNOWN, Platform.GOOGLE_TRENDS})
SOURCES: tuple[Platform, ...] = tuple(platform for platform in Platform if platform not in _NO_FIGURES)


def suggested(header: str) -> str:
    """What a header means to most platforms that know it; empty where none does.

    >>> suggested("Impressions"), suggested("Montant dépensé (XOF)"), suggested("Favourite colour")
    ('impressions', 'spend', '')
    """
    plain, _ = split_currency(normalised(header))
    if plain in OFFERED:
        return plain
    meant = Counter(
        meaning.field
        for platform, headers in catalogue().items()
        if platform not in _NO_REPORTS and (meaning := headers.get(plain)) is not None and meaning.field in OFFERED
    )
    return meant.most_common(1)[0][0] if meant else ""


def map_layout(file: File, receipt: Receipt, words: Words) -> dict[str, Any] | None:
    """Ask what an unknown table holds; the answers once the person sends them."""
    columns = _once(receipt.columns)
    st.markdown(
        words("We do not know this table. Say once what its columns hold; we will read this layout so from now on.")
    )
    asked = _asked_now(columns, file, words)
    with st.form(f"mapping {file.key}"):
        left, right = st.columns(2)
        with left:
            platform = ask_platform(words("Where are the figures from?"), None, words, key=f"map-platform {file.key}")
        with right:
            level = ask_level(words("What is one row about?"), None, words, key=f"map-level {file.key}")
        found = {column.header: suggested(column.header) for column in asked}
        meant = ask_columns(asked, found, receipt.dropped, words, key=file.key)
        sent = st.form_submit_button(words("Read the file like this"), type="primary", key=f"map {file.key}")
    if not sent:
        return None
    if lacking := _lacking(platform, meant, words):
        st.error(page.bullets(lacking))
        return None
    said = {column.header: "" for column in columns} | meant
    return {"platform": platform, "columns": said} | ({"level": level} if level else {})


def correct_columns(file: File, receipt: Receipt, words: Words) -> dict[str, str] | None:
    """What each column was taken for, to be corrected; the corrections once the person sends them."""
    asked = _asked_now(_once(receipt.columns), file, words)
    found = {column.header: _found(column) for column in asked}
    version = f"{file.key} {zlib.crc32(repr(found).encode()):x}"  # other readings make other fields
    with st.form(f"columns {version}"):
        meant = ask_columns(asked, found, receipt.dropped, words, key=version)
        sent = st.form_submit_button(words("Read the file again"), key=f"read-columns {file.key}")
    changed = {header: field for header, field in meant.items() if field != found[header]}
    return changed if sent and changed else None


def ask_columns(
    columns: Sequence[ColumnReading], found: Mapping[str, str], personal: Sequence[str], words: Words, *, key: str
) -> dict[str, str]:
    """One row a column: its name, an example, and what it holds. Personal data are not asked about."""
    with st.container(key=f"row-heads-columns {key}"):
        heads = (words("Your column"), words("For example"), words("What it holds"))
        for place, head in zip(st.columns(WIDTHS), heads, strict=True):
            place.caption(head)
    meant = {}
    for number, column in enumerate(columns):
        with st.container(key=f"row-column-{number} {key}"):
            name, example, holds = st.columns(WIDTHS, vertical_alignment="center")
            name.markdown(words("**{name}**", name=words.text(column.header, longest=60)))
            if column.header in personal:
                example.caption(words("not shown"))
                holds.markdown(words("Looks like personal data: never stored"))
                continue
            example.markdown(words.text(column.example, longest=40) or "—")
            with holds:
                meant[column.header] = ask_field(column, found[column.header], words, key=f"{number} {key}")
    return meant


def ask_field(column: ColumnReading, found: str, words: Words, *, key: str) -> str:
    """What one column holds."""
    options = ("", *OFFERED)
    unstored = words.in_files("Do not store (it is worked out from the other figures)")
    ratio = column.field in METRICS and not METRICS[column.field].stored
    chosen = st.selectbox(
        words("What “{column}” holds", column=words.text(column.header, longest=60)),
        options,
        index=options.index(found),
        format_func=lambda field: unstored if ratio and not field else grouped_field_name(field, words.in_files),
        label_visibility="collapsed",
        key=f"holds {key}",
    )
    return chosen or ""


def ask_platform(label: str, found: str | None, words: Words, *, key: str) -> str | None:
    """The platform that figures are from."""
    options = [str(platform) for platform in (*SOURCES, Platform.UNKNOWN)]
    another = words.in_files("Another source")
    return st.selectbox(
        label,
        options,
        index=options.index(found) if found in options else None,
        format_func=lambda code: another if code == Platform.UNKNOWN else term(code, words.in_files, kind="Platform"),
        placeholder=words("Choose"),
        key=key,
    )


def ask_level(label: str, found: str | None, words: Words, *, key: str) -> str | None:
    """What one row is about."""
    options = [str(level) for level in Level]
    return st.selectbox(
        label,
        options,
        index=options.index(found) if found in options else None,
        format_func=lambda code: term(code, words.in_files, kind="level"),
        placeholder=words("As the columns say"),
        key=key,
    )


def _lacking(platform: str | None, meant: Mapping[str, str], words: Words) -> list[str]:
    """What must be said before a table can be read."""
    often = Counter(field for field in meant.values() if field)
    twice = [field_name(field, words) for field, times in often.items() if times > 1]
    said = []
    if platform is None:
        said.append(words("Say where the figures are from."))
    if METRIC_FIELDS.isdisjoint(often):
        said.append(words("Say which column holds figures, such as times shown, views or money spent."))
    if twice:
        said.append(words("Two columns are said to hold the same: {fields}.", fields=words.listed(twice)))
    return said


def _found(column: ColumnReading) -> str:
    if not column.stored or column.field not in OFFERED:
        return ""
    hours = column.field == "watch_time" and suggested(column.header) == "watch_time_hours"
    return "watch_time_hours" if hours else column.field


def _once(columns: Sequence[ColumnReading]) -> list[ColumnReading]:
    """Columns by their first occurrence, those with a name."""
    return list({column.header: column for column in reversed(columns) if column.header.strip()}.values())[::-1]


def _asked_now(columns: Sequence[ColumnReading], file: File, words: Words) -> list[ColumnReading]:
    """All columns, or of very many those that may matter, until a person asks for the others."""
    if len(columns) <= AT_ONCE or st.checkbox(
        words("Show all {n} columns", n=words.number(len(columns))), key=f"all-columns {file.key}"
    ):
        return list(columns)
    matter = sorted(columns, key=lambda column: not (_found(column) or suggested(column.header)))[:AT_ONCE]
    return [column for column in columns if column in matter]
