"""Templates as files in the six UN languages: `<template>.<language>.csv` and `.xlsx`, made when somebody asks."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from campaigns.exports.headers import written_headers
from campaigns.exports.templates.content import DAY, MINUTES, MONEY, PEOPLE, TEMPLATES, TIMES, Field, Template
from campaigns.messages import msgid

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
SEMICOLON = ("fr", "es", "ru")  # where a spreadsheet opens a file of commas in one column
ROWS = 1_000  # of a workbook whose cells are checked while somebody types
_MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # the same template is the same file
_DICTIONARY = (
    msgid("Column"),
    msgid("What it means"),
    msgid("Unit"),
    msgid("Example"),
    msgid("Must be filled in"),
)
_YES, _NO = msgid("yes"), msgid("no")


def headers(template: Template, language: str) -> list[str]:
    """What the template's columns are called in a language."""
    known = written_headers(template.platform, language)
    return [known[field.name] for field in template.fields]


def csv_file(template: str, language: str) -> bytes:
    """A template as CSV: its headers and no row. Spreadsheets need the mark at its start to read other alphabets."""
    text = io.StringIO()
    delimiter = ";" if language in SEMICOLON else ","
    csv.writer(text, delimiter=delimiter).writerow(headers(_template(template), language))
    return text.getvalue().encode("utf-8-sig")


def workbook(template: str, language: str, *, words: Callable[[str], str] = str) -> bytes:
    """A template as XLSX: a sheet to fill in, and a dictionary that says what each column means.

    `words` translates the sentences of the dictionary; the headers are those that the reader knows.
    """
    asked = _template(template)
    names = written_headers("template_sheet", language)
    columns = headers(asked, language)
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE, "title": words(asked.title)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        kinds = {"day": book.add_format({"num_format": "yyyy-mm-dd"}), "text": book.add_format({"num_format": "@"})}
        filled, dictionary = book.add_worksheet(names["data"]), book.add_worksheet(names["dictionary"])
        for sheet in (filled, dictionary):
            sheet.freeze_panes(1, 0)
            if language == "ar":
                sheet.right_to_left()
        filled.write_row(0, 0, columns, bold)
        for at, field in enumerate(asked.fields):
            filled.set_column(at, at, max(14, len(columns[at]) + 2), kinds.get(_kind(field)))
            _check(filled, at, field)
        dictionary.set_column(0, 0, 26)
        dictionary.set_column(1, 1, 70)
        dictionary.set_column(2, 4, 22)
        dictionary.write_row(0, 0, [words(title) for title in _DICTIONARY], bold)
        for row, (field, header) in enumerate(zip(asked.fields, columns, strict=True), 1):
            required = words(_YES if field.required else _NO)
            cells = [header, words(field.means), words(field.unit), field.example, required]
            for at, cell in enumerate(cells):
                dictionary.write_string(row, at, cell, wrapped)
    return data.getvalue()


def write_templates(folder: Path) -> Iterator[Path]:
    """Write every template in every language into a folder, as CSV and XLSX; the dictionary sheets are in English."""
    folder.mkdir(parents=True, exist_ok=True)
    for template in TEMPLATES:
        for language in LANGUAGES:
            for ending, make in (("csv", csv_file), ("xlsx", workbook)):
                path = folder / f"{template.id}.{language}.{ending}"
                path.write_bytes(make(template.id, language))
                yield path


def _template(wanted: str) -> Template:
    for template in TEMPLATES:
        if template.id == wanted:
            return template
    raise ValueError(f"no template is called {wanted!r}; there are {', '.join(known.id for known in TEMPLATES)}")


def _kind(field: Field) -> str:
    if field.unit == DAY:
        return "day"
    return "number" if field.unit in (TIMES, PEOPLE, MINUTES, MONEY) else "text"


def _check(sheet: Worksheet, column: int, field: Field) -> None:
    """Let a spreadsheet itself refuse what can be no count, and no amount."""
    if _kind(field) == "number":
        rule = "decimal" if field.unit in (MINUTES, MONEY) else "integer"
        sheet.data_validation(1, column, ROWS, column, {"validate": rule, "criteria": ">=", "value": 0})
