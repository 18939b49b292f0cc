"""Bytes to tables of text: encoding, delimiter, preamble, header, stacked blocks. No cell is interpreted here."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pyarrow as pa

from campaigns.exports.reading.arrays import encoded, whole
from campaigns.exports.reading.bulk import LARGE, read_large
from campaigns.exports.reading.decoding import EMPTY_ZIP, OLE, ZIP, Decoded, decode, disguise, encoding_of, refusal
from campaigns.exports.reading.spreadsheets import read_spreadsheet
from campaigns.problems import Problem, Severity

COLUMNS = 300
CELL = 32_767  # what a spreadsheet's cell can hold
LINE = 1 << 20
HEAD = 1 << 18
DELIMITERS = ",;\t|"

Row = tuple[int, list[str]]  # the line it starts on, its cells


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """One table of a file.

    `columns` are dictionary-encoded text, one a header; an empty cell is an empty text. Counts in large files are
    whole numbers where the caller asked for that.

    `lines` is the physical line of each row, the first of the file being 1. `notes` are lines of one cell
    among the rows: footers, "No data available".
    """

    title: str = ""
    preamble: tuple[str, ...] = ()
    header: tuple[str, ...]
    header_line: int = 1
    columns: tuple[pa.DictionaryArray | pa.Int64Array, ...]
    lines: pa.Int64Array
    notes: tuple[str, ...] = ()

    @property
    def num_rows(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as tables of text, and what was wrong with it. A file that cannot be read has no tables."""

    name: str = ""
    tables: tuple[TextTable, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    container: str = "csv"  # csv | spreadsheet | archive


def _no_counts(_: str) -> bool:
    return False


def read_tables(data: bytes, name: str, *, counts: Callable[[str], bool] = _no_counts) -> Document:
    """The tables in a file's bytes; what they say, never its name, decides what the file is.

    Columns of plain digits in large files are read as whole numbers where `counts` says that their header is a count.
    """
    return replace(_read(data, counts), name=name)


def _read(data: bytes, counts: Callable[[str], bool]) -> Document:
    if not data[:1000].strip() and not data.strip():
        return _refused(refusal("file_empty"))
    if data.startswith((ZIP, EMPTY_ZIP, OLE)):
        return _read_container(data)
    if (what := disguise(data)) is not None:
        return _refused(refusal("not_a_table", what))
    if len(data) > LARGE and (document := _read_large(data, counts)) is not None:
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
        blocks, wrong = _blocks(list(enumerate(cells, 1)))
        tables += [replace(block, title=block.title or title) for block in blocks]
        found += wrong
    if not tables and not found:
        found.append(Problem("file_empty", Severity.ERROR))
    return Document(tables=tuple(tables), problems=tuple(found), encoding="xlsx", container="spreadsheet")


def _read_large(data: bytes, counts: Callable[[str], bool]) -> Document | None:
    """A large file that is one plain table in UTF-8; None for any other."""
    encoding = encoding_of(data)
    if encoding not in ("utf-8", "utf-8-sig") or 0 in data:
        return None
    text = data[:HEAD].decode(encoding, "ignore")
    if text.lower().startswith(("sep=", '"sep=')) or rewrapped(text):
        return None
    delimiter = find_delimiter(text)
    head, _ = _rows(text, delimiter, 0)
    fields = read_large(data, delimiter, head[:-1], counts)
    return None if fields is None else Document(tables=(TextTable(**fields),), encoding=encoding, delimiter=delimiter)


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
    delimiter = delimiter or find_delimiter(text[:HEAD])
    document = Document(encoding=decoded.encoding, delimiter=delimiter, problems=tuple(problems))
    rows, failed = _rows(text, delimiter, named)
    if failed is not None:
        return replace(document, problems=(*problems, Problem("cell_too_long", Severity.ERROR, row=failed)))
    if rows and (code := _unclosed(rows[-1][1], text)):
        return replace(document, problems=(*problems, Problem(code, Severity.ERROR, row=rows[-1][0])))
    tables, wrong = _blocks(rows)
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
    line = text.partition("\n")[0].rstrip("\r")
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
    rows: list[Row] = []
    line = before + 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + before + 1
    except csv.Error:
        return rows, line
    return rows, None


def _unclosed(last: Sequence[str], text: str) -> str | None:
    """The code for a file that ends inside a quoted cell: on its last line, or many lines after the quotation mark."""
    if text.count('"') % 2 == 0:
        return None
    if any("\n" in cell for cell in last):
        return "quote_not_closed"
    return "file_truncated" if text.rpartition("\n")[2].count('"') % 2 else None


def _blocks(rows: Sequence[Row]) -> tuple[list[TextTable], list[Problem]]:
    """The tables that stand one below the other, each with the lines above its header."""
    tables: list[TextTable] = []
    problems: list[Problem] = []
    for block in _cut(rows):
        start = _header_at(block)
        line, header = block[start]
        header = _trimmed(header)
        if len(header) > COLUMNS:
            problems.append(Problem("too_many_columns", Severity.ERROR, row=line, value=str(len(header))))
            continue
        above = [" ".join(cell for cell in cells if cell.strip()) for _, cells in block[:start]]
        title = above[-1] if above else ""
        table, wrong = _table(header, block[start + 1 :], title=title, preamble=tuple(above), header_line=line)
        tables.append(table)
        problems += wrong
    return tables, problems


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _trimmed(cells: Sequence[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return list(cells[:end])


def _number_like(cell: str) -> bool:
    return any(character.isdigit() for character in cell)


def _cut(rows: Sequence[Row]) -> list[list[Row]]:
    """Blocks of rows: a new one begins after a blank line where a title or another header follows."""
    blocks: list[list[Row]] = []
    current: list[Row] = []
    blank = False
    for at, (line, cells) in enumerate(rows):
        if not _filled(cells):
            blank = True
            continue
        if blank and len(current) > 1 and _begins(cells, rows[at + 1][1] if at + 1 < len(rows) else [], current):
            blocks.append(current)
            current = []
        blank = False
        current.append((line, cells))
    return [*blocks, current] if current else blocks


def _begins(cells: Sequence[str], following: Sequence[str], current: Sequence[Row]) -> bool:
    """Whether a row after a blank line is the title or the header of another table."""
    if not any(_filled(row) > 1 for _, row in current[1:]) and _filled(current[-1][1]) > 1:
        return False  # only a preamble so far
    if len(current) == 2 and _filled(current[0][1]) == 1 and _filled(current[1][1]) == 1 and len(cells) > 1:
        return False
    if _filled(cells) == 1:
        return _filled(following) > 0
    numbers_before = any(_number_like(cell) for cell in current[-1][1])
    return numbers_before and not any(_number_like(cell) for cell in cells)


def _header_at(block: Sequence[Row]) -> int:
    """The first row that fills at least half of the usual width; with one cell a line, the second line."""
    widths = Counter(_filled(cells) for _, cells in block if not cells[0].startswith("#"))
    usual = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))[0] if widths else 1
    for at, (_, cells) in enumerate(block):
        if _filled(cells) >= max(2, (usual + 1) // 2) and not cells[0].startswith("#"):
            return at
    return 1 if len(block) > 2 else 0


def _rejoined(cells: list[str]) -> list[str]:
    """A place and its share, where a spreadsheet has torn the place's name at its commas."""
    full = _trimmed(cells)
    if len(full) > 2 and full[-1].rstrip().endswith("%") and not any(cell.endswith("%") for cell in full[:-1]):
        return [", ".join(cell.strip() for cell in full[:-1]), full[-1]]
    return cells


def _misfit(line: int, cells: Sequence[str], header: Sequence[str]) -> Problem | None:
    """What keeps a row from being read under its header."""
    width = len(header)
    for at, cell in enumerate(cells):
        column = header[at] if at < width else None
        if len(cell) > CELL:
            return Problem("cell_too_long", Severity.ERROR, row=line, column=column)
        if "\n" in cell and width > 4 and any(inner.count(",") >= width - 2 for inner in cell.split("\n")[1:-1]):
            return Problem("rows_swallowed", Severity.ERROR, row=line, column=column)
    if len(cells) < width:
        return Problem("cells_missing", Severity.ERROR, row=line, value=str(width - len(cells)))
    if any(cell.strip() for cell in cells[width:]):
        return Problem("cells_surplus", Severity.ERROR, row=line, value=str(len(cells) - width))
    return None


def _table(
    header: list[str], rows: Sequence[Row], *, title: str, preamble: tuple[str, ...], header_line: int
) -> tuple[TextTable, list[Problem]]:
    width = len(header)
    kept: list[Row] = []
    notes: list[str] = []
    problems: list[Problem] = []
    for line, original in rows:
        cells = _rejoined(original) if width == 2 else original
        if len(cells) == 1 and width > 1:
            notes.append(cells[0])
        elif (problem := _misfit(line, cells, header)) is not None:
            problems.append(problem)
        else:
            kept.append((line, cells[:width]))
    columns = zip(*(cells for _, cells in kept), strict=True) if kept else [()] * width
    return TextTable(
        title=title,
        preamble=preamble,
        header=tuple(header),
        header_line=header_line,
        columns=tuple(encoded(column) for column in columns),
        lines=whole(np.array([line for line, _ in kept], dtype=np.int64)),
        notes=tuple(notes),
    ), problems
