"""What reading a file gives before any cell is interpreted: tables of text."""

from dataclasses import dataclass

import pyarrow as pa

from campaigns.problems import Problem

COLUMNS = 300
CELL = 32_767  # what a spreadsheet's cell can hold

Row = tuple[int, list[str]]  # the line it starts on, its cells


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """One table of a file.

    `columns` are text, one a header; an empty cell is an empty text. They are dictionary-encoded, but for plain figures
    of large files where the caller asked for that: nearly every cell of those is another.

    `lines` is the physical line of each row, the first of the file being 1. `notes` are lines of one cell
    among the rows: footers, "No data available".
    """

    title: str = ""
    sheet: str = ""  # of a workbook
    preamble: tuple[str, ...] = ()
    header: tuple[str, ...]
    header_line: int = 1
    columns: tuple[pa.DictionaryArray | pa.StringArray, ...]
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
