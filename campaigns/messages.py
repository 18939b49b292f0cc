"""What the command line says of a problem: what is wrong and what to do. A code without a sentence is said in words."""

from campaigns.problems import Problem, Severity

SENTENCES: dict[str, str] = {
    "account_unknown": "the file does not say which account it is about; answer `account`",
    "answer_missing": "there is no answer, so the row is not counted",
    "answer_unknown": "nobody has said what this answer stands for, so the row is not counted",
    "cell_too_long": "the text is too long; often a quotation mark is missing: export the file again",
    "cells_missing": "the row has too few cells: export the file again",
    "cells_surplus": "the row has too many cells, often because of a comma in a name: export the file again",
    "censored_cells": "the platform hides small numbers; they are unknown, not zero",
    "clicks_exceed_impressions": "more clicks than times shown cannot be: correct the row",
    "column_missing": "the file lacks this column, which the report cannot do without",
    "currency_not_known": "not an ISO 4217 currency code: write USD, EUR, XOF …",
    "currency_unknown": "the file does not say in which currency the money was paid; answer `currency`",
    "date_not_readable": "not a date: write it as 2026-03-31",
    "date_order_ambiguous": "day or month first? answer `date_order`: day_first or month_first",
    "decimal_sign_ambiguous": "thousands or decimals? answer `decimal_sign`: point or comma",
    "duplicate_headers": "two columns have this name; the first is read",
    "empty_export": "the file has no rows: export it again and check the period",
    "encoding_guessed": "the file does not say how its letters are written: check that accents look right",
    "excel_damaged_decimals": "a spreadsheet made dates of numbers: export the file again and do not open it before",
    "file_empty": "the file is empty: export it again",
    "file_encrypted": "the file has a password: save it without one",
    "file_truncated": "the file ends in the middle of a row: download it again",
    "ids_damaged": "a spreadsheet shortened identifiers: export the file again and do not open it before",
    "layout_unknown": "not a report that is known: use an unchanged export or the template",
    "missing_days": "some days have no row: check that none is lost",
    "mixed_result_types": "results of several kinds are not added up",
    "more_of_these": "there are more problems of this kind",
    "no_window_in_file": "the file does not say which days it covers",
    "no_year_in_dates": "the dates have no year; answer `year`",
    "not_campaign_data": "this report holds no figures of a campaign",
    "number_negative": "below zero, which cannot be counted: correct it",
    "number_not_readable": "not a number: write digits, or leave the cell empty if it is unknown",
    "number_not_whole": "not a whole number, and this column counts: correct it",
    "number_too_large": "too large to be true: were thousands and decimals mixed up?",
    "partial_period": "the last period was not over when the file was made: export it again later",
    "personal_data_columns": "looks like personal data, so it is not stored",
    "reach_exceeds_impressions": "more people reached than times shown cannot be: correct the row",
    "reach_not_additive": "people reached cannot be added up; bounds are kept",
    "rows_capped": "the platform lists only so many rows, so some are not in the file",
    "rows_not_distinct": "nothing tells some rows apart; all are kept",
    "rows_without_identity": "rows without identifiers: a newer export of the same period replaces all of them",
    "total_row_set_aside": "rows that hold totals were set aside, so that nothing counts twice",
    "unknown_columns": "columns that are not known are not stored",
    "value_missing": "the cell is empty, and the row means nothing without it: fill it in",
    "window_conflict": "the file's name and its rows name different days; the rows are believed",
}
_HEADINGS = {Severity.ERROR: "Error", Severity.QUESTION: "Question", Severity.WARNING: "Warning", Severity.NOTE: "Note"}


def sentence(problem: Problem) -> str:
    """One line: how serious, where, what stood there, and what to do."""
    place = ", ".join(
        [
            *([f"row {problem.row}"] if problem.row is not None else []),
            *([f"column {problem.column!r}"] if problem.column is not None else []),
            *([repr(problem.value)] if problem.value is not None else []),
        ]
    )
    what = SENTENCES.get(problem.code, problem.code.replace("_", " "))
    return f"{_HEADINGS[problem.severity]}: {place}{': ' if place else ''}{what}"
