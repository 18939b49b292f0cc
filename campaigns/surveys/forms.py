"""What form software does to answers: tags, several versions of one form, reviews, sheets of repeats."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from campaigns.exports.reading import Document, TextTable
from campaigns.privacy import folded
from campaigns.problems import Problem, Severity
from campaigns.survey_marks import is_repeated

# What tells one filled-in form from another, and the first version of a form that was corrected: the best first.
FORM_IDS = ("_uuid", "KEY", "instanceID", "meta/instanceID", "meta-instanceID")
_FIRST_VERSION = ("meta/rootUuid", "rootUuid")
_SENT = ("_submission_time", "SubmissionDate", "CompletionDate")
_REVIEWS = ("_validation_status", "ReviewState", "review_status")
_REJECTED = frozenset({"not approved", "validation status not approved", "rejected"})
_STATUS = re.compile(r"validation_status_\w+")


@dataclass(slots=True, kw_only=True)
class Sheet:
    """The rows of one file: cells by header, the line of each row, and what statisticians' files say of columns."""

    columns: dict[str, list[str]]
    lines: list[int]
    header_line: int | None = 1
    tags: int = 0  # rows that are no answers
    read: int = 0  # rows that are
    labels: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, rows: Sequence[int]) -> None:
        """Leave out all rows but these."""
        self.columns = {header: [cells[row] for row in rows] for header, cells in self.columns.items()}
        self.lines = [self.lines[row] for row in rows]


def sheet_of(document: Document) -> Sheet:
    """The table with one row a person; tables of repeat groups have several and are not read."""
    table = next(table for table in document.tables if not is_repeated(table.header))
    problems: list[Problem] = []
    others = [other for other in document.tables if other is not table]
    if others:
        repeats = all(other.sheet != table.sheet or is_repeated(other.header) for other in others)
        code = "repeats_not_read" if repeats else "stacked_tables"
        value = len(others) if repeats else len(document.tables)
        problems.append(Problem(code, Severity.WARNING, value=str(value)))
    sheet = _without_tags(table, problems)
    sheet.read = len(sheet.lines)
    return sheet


def _without_tags(table: TextTable, problems: list[Problem]) -> Sheet:
    """The cells of each column without tag rows (HXL: every filled cell begins with #)."""
    cells = [column.to_pylist() for column in table.columns]
    lines = table.lines.to_pylist()
    rows = [
        row
        for row in range(len(lines))
        if not (filled := [column[row] for column in cells if column[row].strip()])
        or not all(cell.startswith("#") for cell in filled)
    ]
    columns: dict[str, list[str]] = {}
    for header, column in zip(table.header, cells, strict=True):
        if header in columns:
            problems.append(Problem("duplicate_headers", Severity.WARNING, column=header))
        else:
            columns[header] = [column[row] for row in rows]
    return Sheet(
        columns=columns,
        lines=[lines[row] for row in rows],
        header_line=table.header_line,
        tags=len(lines) - len(rows),
        problems=problems,
    )


def leave_out_versions(sheet: Sheet) -> None:
    """Of a form that was sent or corrected several times only the last stays; then those that were rejected go."""
    identities = _identities(sheet.columns, len(sheet.lines))
    if identities is not None:
        header, ids = identities
        sent = next((sheet.columns[name] for name in _SENT if name in sheet.columns), [""] * len(ids))
        newest: dict[str, int] = {}
        for row, form in enumerate(ids):
            if form and (form not in newest or sent[row] >= sent[newest[form]]):
                newest[form] = row
        rows = [row for row, form in enumerate(ids) if not form or newest[form] == row]
        sheet.columns[header] = ids
        # Where most forms share a number it was blacked out or damaged, and tells nothing.
        if len(rows) < len(ids) <= 2 * len(rows):
            replaced = str(len(ids) - len(rows))
            first = next(row for row, form in enumerate(ids) if form and newest[form] != row)
            sheet.problems.append(
                Problem("forms_repeated", Severity.WARNING, row=sheet.lines[first], column=header, value=replaced)
            )
            sheet.keep(rows)
    for header in _REVIEWS:
        reviews = sheet.columns.get(header)
        if reviews is None:
            continue
        rejected = [row for row, cell in enumerate(reviews) if _rejected(cell)]
        if rejected:
            where, gone = sheet.lines[rejected[0]], set(rejected)
            sheet.problems.append(
                Problem("forms_rejected", Severity.WARNING, row=where, column=header, value=str(len(rejected)))
            )
            sheet.keep([row for row in range(len(sheet.lines)) if row not in gone])


def _identities(columns: Mapping[str, Sequence[str]], rows: int) -> tuple[str, list[str]] | None:
    """The column of forms' identifiers, and for each row that of the form's first version."""
    header = next((name for name in FORM_IDS if any(cell.strip() for cell in columns.get(name, ()))), None)
    if header is None:
        return None
    first = next((columns[name] for name in _FIRST_VERSION if name in columns), [""] * rows)
    return header, [_bare(root) or _bare(own) for root, own in zip(first, columns[header], strict=True)]


def _bare(identifier: str) -> str:
    return identifier.strip().removeprefix("uuid:")


def _rejected(cell: str) -> bool:
    status = _STATUS.search(cell)
    return folded(status[0] if status else cell) in _REJECTED
