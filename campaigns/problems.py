"""What can be wrong with a file that somebody sends, as codes that a screen turns into sentences."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem holds up an import."""

    ERROR = "error"  # a cell, or a file, that cannot be read or cannot be true
    QUESTION = "question"  # two readings are possible and only a person knows which
    WARNING = "warning"  # stored, but a person should know
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in one place of a file.

    `row` is the line of the file as a spreadsheet numbers it (the first is 1), `column` the header as the
    sender wrote it, `value` what stood there. What belongs to the whole file has neither row nor column.
    """

    code: str
    severity: Severity
    row: int | None = None
    column: str | None = None
    value: str | None = None
