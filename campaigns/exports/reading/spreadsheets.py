"""Workbooks (xlsx, xls, ods): size-checked by their directory, then parsed in a child process with limits."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

from campaigns.exports.reading.decoding import OLE
from campaigns.problems import Problem, Severity

UNPACKED = 200 << 20
PARTS = 2_000
SECONDS = 40
PROGRAM = Path(__file__).with_name("sheets.py")

Sheets = list[tuple[str, list[list[str]]]]


def read_spreadsheet(data: bytes) -> tuple[Sheets | None, tuple[Problem, ...]]:
    """The visible sheets of a workbook that hold anything, or None and the reason why they cannot be read."""
    if not data.startswith(OLE) and (problem := _unfit(data)) is not None:
        return None, (problem,)
    try:
        child = subprocess.run(  # noqa: S603 our own program, no shell
            [sys.executable, "-I", str(PROGRAM)], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None, (Problem("spreadsheet_too_large", Severity.ERROR),)
    if child.returncode != 0:
        killed = child.returncode < 0 or b"MemoryError" in child.stderr or b"memory allocation" in child.stderr
        return None, (Problem("spreadsheet_too_large" if killed else "spreadsheet_not_readable", Severity.ERROR),)
    shown, hidden = json.loads(child.stdout)
    sheets = [(name, rows) for name, rows in shown if any(any(row) for row in rows)]
    problems = [Problem("sheets_hidden", Severity.WARNING, value=str(hidden))] if hidden else []
    if b"vbaProject.bin" in data:
        problems.append(Problem("macros_ignored", Severity.WARNING))
    return sheets, tuple(problems)


def _unfit(data: bytes) -> Problem | None:
    """Why a zip file is not opened as a workbook: it is another archive, it is damaged, or it would grow too large."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return Problem("file_truncated", Severity.ERROR)
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return Problem("archive_of_tables", Severity.ERROR)
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        return Problem("spreadsheet_too_large", Severity.ERROR)
    if any(part.flag_bits & 1 for part in parts):
        return Problem("file_encrypted", Severity.ERROR)
    return None
