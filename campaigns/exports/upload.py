"""The export of a platform to an Upload: rows, problems and a receipt. A bad row never stops an upload."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from campaigns.exports.formats import is_brand_lift, is_outcome_series, is_survey, recognise, written
from campaigns.exports.headers import meaning, normalised
from campaigns.exports.layouts import special
from campaigns.exports.layouts.declined import Declined, declined, declined_archive, declined_bytes
from campaigns.exports.mapping import as_answered, layout_of, speaks_of
from campaigns.exports.reading import Document, read_tables
from campaigns.exports.reading.archives import names_in, read_members
from campaigns.exports.receipt import receipt_of, window_of
from campaigns.exports.rows.assembly import all_rows, give_window, no_rows, number_rows
from campaigns.exports.rows.days import read_days
from campaigns.exports.rows.drafts import Draft, draft_of
from campaigns.exports.rows.entities import read_entities
from campaigns.exports.rows.figures import check_truth, figure_columns, file_sign, read_columns, set_aside_marked_rows
from campaigns.exports.rows.personal import hold_back_personal_data, leads
from campaigns.exports.settings import Settings, settings_from
from campaigns.exports.totals import tag_or_description_rows
from campaigns.exports.warnings import file_warnings
from campaigns.privacy import discreet, discreet_problems, personal
from campaigns.problems import Problem, Severity
from campaigns.receipts import ColumnReading, Kind, Receipt, Upload
from campaigns.vocabulary import Platform

# Reports whose rows are figures since publication: their dates say when something was published.
RAW_SHEETS = frozenset({"raw data report", "rapport de données brutes", "relatório de dados brutos"})
LIFETIME_REPORTS = frozenset({"post_level", "video_level", "by_content"})


def read_export(
    file: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    answers: Mapping[str, Any] | None = None,
    sha256: str | None = None,
) -> Upload:
    """Read an unchanged export of a platform.

    `file` is a path, its bytes, or an open binary file; `name` the file's name, from which the window may be read.
    `answers` settles what the file leaves open: `date_order` (day_first, month_first), `decimal_sign` (point, comma),
    `year`, `currency` (ISO 4217), `account`, `sheet` (of a workbook), `first_day` and `last_day` of figures without
    days; and it puts right what was misread, or not known: `platform`, `level` (what a row is about), and `columns`,
    the field of each header, empty where a column is not to be stored. `sha256` is that of the bytes, where known.
    """
    data, name = _load(file, name)
    upload = _read(data, name, answers or {}, sha256 or hashlib.sha256(data).hexdigest())
    receipt = replace(
        upload.receipt,
        columns=tuple(map(_discreetly, upload.receipt.columns)),
        dropped=tuple(map(discreet, upload.receipt.dropped)),
    )
    return Upload(rows=upload.rows, problems=discreet_problems(upload.problems), receipt=receipt)


def _discreetly(column: ColumnReading) -> ColumnReading:
    return replace(column, header=discreet(column.header), example="" if leads(column.example) else column.example)


def _read(data: bytes, name: str, answers: Mapping[str, Any], sha256: str) -> Upload:
    facts: dict[str, Any] = {"file_name": name, "sha256": sha256, "size": len(data)}
    if (why := declined_bytes(data)) is not None:
        return _declined(facts, (), why)
    document = read_tables(data, name, written=written)
    settings = settings_from(answers, document.delimiter)
    facts |= {"encoding": document.encoding, "delimiter": document.delimiter}
    if not document.tables:
        empty = Problem("file_empty", Severity.ERROR)
        return _nothing(facts, document.problems or (empty,))
    answered = any(speaks_of(table, settings) for table in document.tables)
    if not answered and (why := declined(document.tables)) is not None:
        return _declined(facts, document.problems, why)
    if not answered and is_brand_lift(document.tables[0]):
        return _survey(facts, document, platform=Platform.BRAND_LIFT, report="brand_lift")
    if not answered and is_outcome_series(document.tables[0]):
        return _survey(facts, document, platform=Platform.OUTCOME_SERIES, report="outcome_series")
    if not answered and is_survey(document.tables[0]):
        return _survey(facts, document)
    if document.container == "spreadsheet":
        document = _without_dictionary(document)
        facts["sheets"] = tuple(dict.fromkeys(table.sheet for table in document.tables))
        document = _one_sheet(document, facts["sheets"], settings.sheet)
    facts["layout"] = layout_of(document.tables)
    found = [
        part for table in document.tables for part in as_answered(table, special(table) or recognise(table), settings)
    ]
    if not found:
        return _unknown(facts, document)
    if all(part.format.declined for part in found):
        form = found[0].format
        why = Declined(f"declined_{form.report}", form.platform)
        return _declined(facts, document.problems, why, report=form.report)
    drafts = [draft_of(part, settings) for part in found if not part.format.declined]
    drafts[0].problems += _said_of_no_column(document, settings)
    return _engagement(facts, document, drafts, name)


def read_archive(
    file: str | Path | bytes | BinaryIO, *, name: str | None = None, answers: Mapping[str, Any] | None = None
) -> dict[str, Upload]:
    """Read each table of a zip archive by itself, as platforms pack them; their figures overlap, never add them up.

    An archive that is not opened gives one upload, under its own name, that says why.
    """
    data, name = _load(file, name)
    facts = {"file_name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    if (why := declined_archive(names_in(data))) is not None:
        return {name: _declined(facts, (), why)}
    members, problems = read_members(data)
    if problems:
        return {name: _nothing(facts, problems)}
    # The archive's name may hold the window that its members do not.
    return {
        member: read_export(content, name=f"{name}/{member}", answers=answers) for member, content in members.items()
    }


def _load(file: str | Path | bytes | BinaryIO, name: str | None) -> tuple[bytes, str]:
    if isinstance(file, bytes):
        return file, name or ""
    if isinstance(file, str | Path):
        return Path(file).read_bytes(), name or Path(file).name
    file.seek(0)
    return file.read(), name or Path(str(getattr(file, "name", ""))).name


def _without_dictionary(document: Document) -> Document:
    """A workbook without the sheet that explains the columns of our templates, where that is one."""
    first, *others = document.tables
    if not any(part.format.typed for part in recognise(first)):
        return document
    explained = [(table, meaning(normalised(table.sheet), "template_sheet")) for table in others]
    kept = [table for table, word in explained if word is None or word.field != "dictionary"]
    return replace(document, tables=(first, *kept))


def _one_sheet(document: Document, sheets: Sequence[str], wanted: str | None) -> Document:
    """One sheet of a workbook: Meta's holds the same figures twice, formatted and raw; of others a person is asked."""
    if len(sheets) < 2:
        return document
    certain = wanted if wanted in sheets else next((name for name in sheets if normalised(name) in RAW_SHEETS), None)
    known = [table.sheet for table in document.tables if special(table) or recognise(table)]
    chosen = certain or (known[0] if known else sheets[0])
    asked = () if certain else (Problem("several_sheets", Severity.QUESTION, value=chosen),)
    tables = tuple(table for table in document.tables if table.sheet == chosen)
    return replace(document, tables=tables, problems=(*document.problems, *asked))


def _declined(
    facts: Mapping[str, Any], problems: Sequence[Problem], why: Declined, *, report: str = "unknown"
) -> Upload:
    """A file that is recognised and not read; the sentence of its code says what to export instead."""
    told = (*problems, Problem(why.code, Severity.ERROR))
    return _nothing(facts, told, platform=why.platform, report=report)


def _nothing(
    facts: Mapping[str, Any],
    problems: Sequence[Problem],
    *,
    platform: str = Platform.UNKNOWN,
    report: str = "unknown",
) -> Upload:
    receipt = Receipt(**facts, kind=Kind.NOTHING, platform=platform, report=report)
    return Upload(rows=no_rows(), problems=tuple(problems), receipt=receipt)


def _unknown(facts: Mapping[str, Any], document: Document) -> Upload:
    """A table that a person may still say the columns of: the first one, with examples of what is not personal."""
    table = document.tables[0]
    problem = Problem("layout_unknown", Severity.ERROR, row=table.header_line)
    columns = {header: column.to_pylist() for header, column in zip(table.header, table.columns, strict=True)}
    dropped = tuple(header for header, cells in columns.items() if personal(header, map(str, cells)) is not None)
    readings = tuple(
        ColumnReading(
            header=header,
            field=None,
            stored=False,
            example="" if header in dropped else discreet(next(filter(None, map(str.strip, map(str, cells))), "")[:80]),
        )
        for header, cells in columns.items()
    )
    nothing = _nothing(facts, (*document.problems, problem))
    receipt = replace(nothing.receipt, columns=readings, dropped=dropped, rows_read=table.num_rows)
    return replace(nothing, receipt=receipt)


def _said_of_no_column(document: Document, settings: Settings) -> list[Problem]:
    """Columns that a person spoke of and the file does not have."""
    if not settings.columns:
        return []
    here = {normalised(header) for table in document.tables for header in table.header}
    lacking = sorted(settings.columns.keys() - here)
    return [Problem("mapped_column_missing", Severity.WARNING, column=header) for header in lacking]


def _survey(
    facts: Mapping[str, Any],
    document: Document,
    *,
    platform: Platform = Platform.KOBOTOOLBOX,
    report: str = "survey_answers",
) -> Upload:
    """A file of answers: `campaigns.surveys.read_survey` reads it."""
    marked = int(tag_or_description_rows(document.tables[0]).sum())
    receipt = Receipt(
        **facts,
        kind=Kind.SURVEY,
        platform=platform,
        report=report,
        level="survey_response",
        rows_read=document.tables[0].num_rows - marked,
        other_rows_set_aside=marked,
    )
    return Upload(rows=no_rows(), problems=document.problems, receipt=receipt)


def _engagement(facts: Mapping[str, Any], document: Document, drafts: list[Draft], name: str) -> Upload:
    for draft in drafts:
        set_aside_marked_rows(draft)
    columns = [figure_columns(draft) for draft in drafts]
    shared = file_sign([column for found in columns for column in found])
    for draft, found in zip(drafts, columns, strict=True):
        # Columns were looked at after marked rows had gone, so that a total's cells decide nothing.
        read_columns(draft, found, shared)
        check_truth(draft)
        hold_back_personal_data(draft)
        if draft.found.format.report not in LIFETIME_REPORTS or draft.platform == Platform.META_BUSINESS_SUITE:
            read_days(draft)
        read_entities(draft)
        _lacking(draft)
    window, source, asked = window_of(drafts, name)
    for draft in drafts:
        give_window(draft, window)
        number_rows(draft)
    rows = all_rows(drafts)
    problems = [*document.problems, *(problem for draft in drafts for problem in draft.problems), *asked]
    receipt = receipt_of(facts, drafts, rows, window, source)
    problems += file_warnings(drafts, rows, receipt, stacked=max(len(document.tables), len(drafts)) > 1)
    return Upload(rows=rows, problems=tuple(problems), receipt=receipt)


def _lacking(draft: Draft) -> None:
    """Say which column a table cannot do without."""
    for field in sorted(draft.found.format.required - draft.cells.keys()):
        draft.say("column_missing", Severity.ERROR, row=draft.found.table.header_line, column=field)
        draft.wrong[:] = True
