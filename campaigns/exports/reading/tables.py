"""Bytes to tables of text: encoding, delimiter, preamble, header, stacked blocks. No cell is interpreted here."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from campaigns.exports.reading.blocks import tables_in
from campaigns.exports.reading.bulk import LARGE, Written, damaged, read_large
from campaigns.exports.reading.decoding import EMPTY_ZIP, OLE, ZIP, Decoded, decode, disguise, encoding_of, refusal
from campaigns.exports.reading.document import Document, Row, TextTable
from campaigns.exports.reading.spreadsheets import read_spreadsheet
from campaigns.problems import Problem, Severity

LINE = 1 << 20
HEAD = 1 << 18
DELIMITERS = ",;\t|"
_TEXT_FORMULA = re.compile(r'="([^"]*)"')  # a formula that keeps digits as text: ="00123"


def _as_text(_: str) -> Written | None:
    return None


def read_tables(data: bytes, name: str, *, written: Callable[[str], Written | None] = _as_text) -> Document:
    """The tables in a file's bytes; what they say, never its name, decides what the file is.

    Columns of plain figures in large files have no dictionary where `written` says of their header that they are such.
    """
    document = _read(data, written)
    if document.tables and document.container == "csv" and name.lower().endswith((".xls", ".xlsx", ".ods")):
        problems = (*document.problems, Problem("name_misleads", Severity.WARNING, value=name[-5:]))
        document = replace(document, problems=problems)
    return replace(document, name=name)


def _read(data: bytes, written: Callable[[str], Written | None]) -> Document:
    if not data[:1000].strip() and not data.strip():
        return _refused(refusal("file_empty"))
    if data.startswith((ZIP, EMPTY_ZIP, OLE)):
        return _read_container(data)
    if (what := disguise(data)) is not None:
        return _refused(refusal("not_a_table", what))
    if len(data) > LARGE and (document := _read_large(data, written)) is not None:
        return document
    decoded = decode(data)
    if decoded.encoding is None:
        return _refused(decoded)
    return _read_text(decoded)


def _refused(decoded: Decoded, container: str = "csv") -> Document:
    return Document(problems=decoded.problems, container=container)


def _read_container(data: bytes) -> Document:
    sheets, problems = read_spreadsheet(data)
    if sheets is None:
        code = problems[0].code if problems else ""
        return Document(problems=problems, container="archive" if code.startswith("archive") else "spreadsheet")
    tables: list[TextTable] = []
    found: list[Problem] = list(problems)
    for title, cells in sheets:
        blocks, wrong = tables_in(list(enumerate(cells, 1)))
        tables += [replace(block, title=block.title or title, sheet=title) for block in blocks]
        found += wrong
    if not tables and not found:
        found.append(Problem("file_empty", Severity.ERROR))
    return Document(tables=tuple(tables), problems=tuple(found), encoding="xlsx", container="spreadsheet")


def _read_large(data: bytes, written: Callable[[str], Written | None]) -> Document | None:
    """A large file that is one plain table in UTF-8; None for any other."""
    encoding = encoding_of(data)
    if encoding not in ("utf-8", "utf-8-sig") or 0 in data or b"\n" not in data[: LINE // 8] or damaged(data):
        return None
    text = data[:HEAD].decode(encoding, "ignore")
    if text.lower().startswith(("sep=", '"sep=')) or rewrapped(text):
        return None
    delimiter = find_delimiter(text)
    head, _ = _rows(text, delimiter, 0)
    found = read_large(data, delimiter, head[:-1], written)
    if found is None:
        return None
    table, problems = found
    return Document(tables=(table,), problems=problems, encoding=encoding, delimiter=delimiter)


def _read_text(decoded: Decoded) -> Document:
    text = decoded.text
    first = text[: LINE + 1].lstrip("\r\n").partition("\n")[0]
    if len(first) > LINE // 8:
        return _refused(refusal("line_too_long", row=1))
    text, delimiter, named = _without_sep_line(text)
    problems = list(decoded.problems)
    if rewrapped(text):
        text = unwrapped(text)
        problems.append(Problem("rows_rewrapped", Severity.WARNING))
    if '\\"' in text:
        row = text.count("\n", 0, text.index('\\"')) + 1
        problems.append(Problem("backslash_quotes", Severity.WARNING, row=row))
    delimiter = delimiter or find_delimiter(text[:HEAD])
    document = Document(encoding=decoded.encoding, delimiter=delimiter, problems=tuple(problems))
    rows, failed = _rows(text, delimiter, named)
    if failed is not None:
        column = _longest_column(text, delimiter, rows, failed - named)
        problem = Problem("cell_too_long", Severity.ERROR, row=failed, column=column)
        return replace(document, problems=(*problems, problem))
    if rows and (code := _unclosed(rows[-1][1], text)):
        return replace(document, problems=(*problems, Problem(code, Severity.ERROR, row=rows[-1][0])))
    tables, wrong = tables_in(rows)
    return replace(document, tables=tuple(tables), problems=(*problems, *wrong))


def _without_sep_line(text: str) -> tuple[str, str | None, int]:
    """The text after a line `sep=,`, the delimiter that names, and how many lines were taken."""
    line, _, rest = text.partition("\n")
    bare = line.strip().strip('"')
    if line.lower().startswith("sep=") and len(line.rstrip("\r\n")) >= 5:
        return rest, line[4], 1
    if bare.lower().startswith("sep=") and len(bare) <= 6:
        return rest, bare[4:5] or None, 1
    return text, None, 0


def rewrapped(text: str) -> bool:
    """Whether a spreadsheet has quoted each whole line as one cell."""
    line = text[:LINE].partition("\n")[0].partition("\r")[0]
    return line.startswith('"') and line.endswith('"') and len(next(csv.reader([line]))) == 1 and line.count(",") > 1


def unwrapped(text: str) -> str:
    """The text with the quotation marks around each line taken off."""
    lines = (line.rstrip("\r") for line in text.split("\n"))
    return "\n".join(
        line[1:-1].replace('""', '"') if len(line) > 1 and line[0] == '"' == line[-1] else line for line in lines
    )


def find_delimiter(text: str) -> str:
    """The delimiter that cuts most rows into the same number of cells; among equals, into more of them."""
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(text), delimiter=delimiter)
            widths = Counter(len(row) for row in islice(reader, 100))
        except csv.Error:
            continue
        widths.pop(0, None)
        widths.pop(1, None)
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (count, width) > best_score:
                best, best_score = delimiter, (count, width)
    return best


def _rows(text: str, delimiter: str, before: int) -> tuple[list[Row], int | None]:
    """Rows with the lines they start on; and the line of a cell too long to read, where there is one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    formulas = '="' in text
    rows: list[Row] = []
    line = before + 1
    try:
        for cells in reader:
            rows.append((line, [*map(_of_formula, cells)] if formulas else cells))
            line = reader.line_num + before + 1
    except csv.Error:
        return rows, line
    return rows, None


def _of_formula(cell: str) -> str:
    found = _TEXT_FORMULA.fullmatch(cell)
    return found[1] if found else cell


def _longest_column(text: str, delimiter: str, rows: Sequence[Row], line: int) -> str | None:
    """The header above the longest cell of a line, as far as a line that cannot be read shows it."""
    lines = text.split("\n", line)
    cells = lines[line - 1].split(delimiter) if len(lines) >= line else []
    header = rows[0][1] if rows else []
    at = max(range(len(cells)), key=lambda place: len(cells[place]), default=len(header))
    return header[at] if at < len(header) else None


def _unclosed(last: Sequence[str], text: str) -> str | None:
    """The code for a file that ends inside a quoted cell: on its last line, or many lines after the quotation mark."""
    if text.count('"') % 2 == 0:
        return None
    if any("\n" in cell for cell in last):
        return "quote_not_closed"
    return "file_truncated" if text.rpartition("\n")[2].count('"') % 2 else None
