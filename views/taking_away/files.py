"""The files of a picture or a table, each made when somebody asks for it."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from views.charts.picture import Picture
from views.tables import csv_bytes
from views.taking_away.framing import png, svg
from views.taking_away.notes import Notes, completed
from views.taking_away.workbooks import xlsx
from views.wording.escaping import unescaped
from views.wording.language import Words

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is made by calling `made`."""

    ending: str
    media_type: str
    made: Callable[[], bytes]


def picture_files(picture: Picture, words: Words, notes: Notes = ()) -> tuple[File, ...]:
    """A picture as image (PNG) and drawing (SVG), and its figures as table (CSV, XLSX)."""
    return (
        File(ending="png", media_type="image/png", made=lambda: png(picture, completed(notes, words), words.in_files)),
        File(
            ending="svg",
            media_type="image/svg+xml",
            made=lambda: svg(picture, completed(notes, words), words.in_files),
        ),
        *table_files(picture.table, words, notes, title=picture.title),
    )


def table_files(table: pd.DataFrame, words: Words, notes: Notes = (), *, title: str) -> tuple[File, ...]:
    """A table for any program (CSV) and for a spreadsheet (XLSX)."""
    plain = words.in_files
    heading = (plain("Title"), unescaped(title))
    return (
        File(
            ending="csv",
            media_type="text/csv",
            made=lambda: csv_bytes(table, [heading, *completed(notes, words)]),
        ),
        File(
            ending="xlsx",
            media_type=XLSX_TYPE,
            made=lambda: xlsx(unescaped(title), table, completed(notes, words), plain),
        ),
    )
