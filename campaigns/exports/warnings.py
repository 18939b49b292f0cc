"""What a person should know of a file as a whole before anything of it is stored."""

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from campaigns.exports.receipt import result_types
from campaigns.exports.rows.days import days_missing, month_is_cut
from campaigns.exports.rows.drafts import Draft
from campaigns.exports.values.columns import present
from campaigns.exports.values.dates import Order, period
from campaigns.problems import Problem, Severity
from campaigns.receipts import Receipt
from campaigns.vocabulary import Platform, definition_changes

# Levels whose rows bring a name that is theirs alone; all others speak of an account that the file may not name.
NAMED = frozenset({"campaign", "ad_set", "ad", "post", "video", "event"})
YOUTUBE_LIMIT = 500  # rows that YouTube Studio writes at most


def file_warnings(drafts: Sequence[Draft], rows: pa.Table, receipt: Receipt, *, stacked: bool) -> list[Problem]:
    """One warning of each kind that fits."""
    severities = {"reach_not_additive": Severity.NOTE}
    codes = [
        *_content(drafts, rows),
        *_window(drafts, rows, receipt),
        *_context(drafts, rows, receipt, stacked=stacked),
    ]
    header = next((draft.cells["currency"].header for draft in drafts if "currency" in draft.cells), None)
    columns = {"currencies_mixed": header}
    found = [
        Problem(code, severities.get(code, Severity.WARNING), column=columns.get(code), value=value)
        for code, value in codes
    ]
    return found + _unknown_columns(drafts)


def _content(drafts: Sequence[Draft], rows: pa.Table) -> Iterator[tuple[str, str | None]]:
    if not rows.num_rows and not any(p.severity == Severity.ERROR for draft in drafts for p in draft.problems):
        yield "empty_export", None
    if rows.num_rows - rows["reach"].null_count > 1:
        yield "reach_not_additive", None
    if len(types := result_types(rows)) > 1:
        yield "mixed_result_types", str(len(types))
    if len(set(pc.unique(rows["currency"]).to_pylist()) - {None}) > 1:
        yield "currencies_mixed", ", ".join(sorted(currency for draft in drafts for currency in draft.currencies))
    capped = any(
        draft.platform == "youtube"
        and draft.level == "video"
        and (draft.found.table.notes or (draft.size >= YOUTUBE_LIMIT and not draft.named_days))
        for draft in drafts
    )
    if capped:
        yield "rows_capped", str(rows.num_rows)


def _window(drafts: Sequence[Draft], rows: pa.Table, receipt: Receipt) -> Iterator[tuple[str, str | None]]:
    if receipt.window is None:
        yield "no_window_in_file", None
    else:
        metrics = [name for name in receipt.totals if rows[name].null_count < rows.num_rows]
        for metric in metrics:
            for change in definition_changes(receipt.platform, metric, *receipt.window):
                yield "definition_changed_inside_window", f"{metric} {change.since}"
    if any(month_is_cut(draft) for draft in drafts):
        yield "partial_period", None
    if any(days_missing(draft) for draft in drafts):
        yield "missing_days", None
    if any(_published_without_year(draft) for draft in drafts):
        yield "no_year_in_dates", None


def _published_without_year(draft: Draft) -> bool:
    cells = draft.cells.get("published")
    found = [period(entry, Order.DAY_FIRST) for entry in present(cells)[:20]] if cells else []
    return any(day is not None and day.yearless for day in found)


def _context(
    drafts: Sequence[Draft], rows: pa.Table, receipt: Receipt, *, stacked: bool
) -> Iterator[tuple[str, str | None]]:
    if stacked:
        yield "stacked_tables", None
    nameless = [d for d in drafts if d.level not in NAMED and d.platform != Platform.GOOGLE_TRENDS]  # nobody's own
    if rows.num_rows and any("account" not in draft.arrays for draft in nameless):
        yield "account_unknown", None
    if rows.num_rows and "spend" in receipt.totals and rows["currency"].null_count == rows.num_rows:
        yield "currency_unknown", None


def _unknown_columns(drafts: Sequence[Draft]) -> list[Problem]:
    unknown = [
        header
        for draft in drafts
        for header, found in zip(draft.found.table.header, draft.found.meanings, strict=True)
        if found is None and header.strip()
    ]
    if not unknown:
        return []
    return [Problem("unknown_columns", Severity.WARNING, column=unknown[0], value=str(len(unknown)))]
