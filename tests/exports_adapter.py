"""A view of uploads for scoring against exports whose truth is known: `read(path)` gives a plain dictionary."""

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from campaigns.exports import read_archive, read_export
from campaigns.receipts import Kind, Upload
from campaigns.surveys import read_survey
from campaigns.vocabulary import METRICS, Additivity, Platform


def read(path: Path) -> dict[str, Any]:
    if path.suffix.lower() == ".zip":
        return {"members": {name: _answer(upload) for name, upload in read_archive(path).items()}}
    upload = read_export(path)
    if upload.receipt.kind == Kind.SURVEY:
        return _survey(path, upload)
    return _answer(upload)


def _answer(upload: Upload) -> dict[str, Any]:
    receipt = upload.receipt
    metrics = {
        name: None if total is None else str(Decimal(total) / METRICS[name].scale)
        for name, total in receipt.totals.items()
        if METRICS[name].additivity != Additivity.RATIO
    }
    for column in receipt.columns:
        if column.field in METRICS and METRICS[column.field].additivity == Additivity.RATIO and column.example:
            metrics[column.field] = None
    by_term = receipt.platform == Platform.GOOGLE_TRENDS
    return {
        "platform": receipt.platform,
        "currency": receipt.currency,
        "window": [day.isoformat() for day in receipt.window] if receipt.window else None,
        # Google Trends gives a column a term, which is stored as a row a term.
        "data_rows": len(set(upload.rows["row"].to_pylist())) if by_term else upload.rows.num_rows,
        "metrics": metrics,
        "warnings": sorted({problem.code for problem in upload.problems} & WORDS),
        "refused": upload.refused,
    }


def _survey(path: Path, upload: Upload) -> dict[str, Any]:
    survey = read_survey(path)
    return {
        **_answer(Upload(rows=upload.rows, problems=survey.problems, receipt=survey.receipt)),
        "platform": survey.receipt.platform,
        "data_rows": survey.receipt.rows_read,
        "refused": False,
    }


WORDS = frozenset(
    [
        "total_row_set_aside",
        "reach_not_additive",
        "mixed_result_types",
        "date_order_ambiguous",
        "no_year_in_dates",
        "no_window_in_file",
        "window_conflict",
        "partial_period",
        "missing_days",
        "excel_damaged_decimals",
        "rows_rewrapped",
        "rows_without_identity",
        "rows_not_distinct",
        "rows_capped",
        "ids_damaged",
        "censored_cells",
        "duplicate_headers",
        "stacked_tables",
        "unknown_columns",
        "empty_export",
        "personal_data_columns",
        "account_unknown",
        "currency_unknown",
        "definition_changed_inside_window",
        "platform_unknown",
    ]
)
