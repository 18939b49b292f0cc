"""The figures of a table: one decimal sign a column, totals set aside, what cannot be true refused."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from campaigns.exports.breakdowns import everybody
from campaigns.exports.formats import DIMENSIONS
from campaigns.exports.reading.arrays import Mask, Whole, bytes_of, numbers_of
from campaigns.exports.rows.drafts import Draft
from campaigns.exports.rows.wholes import whole_rows
from campaigns.exports.totals import (
    at_the_ends,
    everybody_rows,
    footer_rows,
    header_rows,
    summing_rows,
    tag_or_description_rows,
    total_rows,
    unlabelled_totals,
)
from campaigns.exports.values.columns import Cells, Figure, Parsed, cells_of, present, read_figures
from campaigns.exports.values.numbers import Numbers, Sign, decide, money, number
from campaigns.problems import Severity
from campaigns.vocabulary import CURRENCIES, METRICS, Additivity

VERY_LARGE = 10**8  # a sum of money that is rather a slip of the hand, in any currency
FEW = 1_000
# In another unit: the metric, and what a figure is multiplied with and divided by to be in the metric's.
UNITS: dict[str, tuple[str, int, int]] = {
    "watch_time_hours": ("watch_time", 3600, 1),
    "watch_time_minutes": ("watch_time", 60, 1),
    "airtime_minutes": ("airtime", 60, 1),
    "spend_micros": ("spend", 1, 1_000_000),
}
SMALLEST_MICROS = 10_000  # a cent: where no amount reaches it, the column is in another unit
# Organic figures of these platforms fall below zero on days when people take back a like or a comment.
TAKEN_BACK = frozenset({"youtube", "tiktok", "meta_business_suite", "linkedin", "x"})
FRACTIONAL = frozenset({"spend", "results", "watch_time", "airtime", "audience_share"})
# A part, what it is a part of, and the code for a part that is larger.
WITHIN = (
    ("clicks_all", "impressions", "clicks_exceed_impressions"),
    ("reach", "impressions", "reach_exceeds_impressions"),
    ("delivered", "sent", "messages_exceed_sent"),
    ("views", "delivered", "messages_exceed_sent"),
    ("views", "sent", "messages_exceed_sent"),
)
# What names a row; a total row names nothing.
NAMES = DIMENSIONS - {"currency", "result_type", "attribution", "window_start", "window_end"} | {"url"}


def metric_of(field: str) -> str | None:
    """The stored metric a field holds; None for ratios and for what is no figure."""
    name = UNITS[field][0] if field in UNITS else field
    metric = METRICS.get(name)
    return name if metric is not None and metric.stored else None


def figure_of(field: str, cells: Cells, platform: str) -> Figure:
    """How a field's figures are written."""
    name = metric_of(field) or field
    _, factor, divisor = UNITS.get(field, (name, 1, 1))
    if name == "audience_share":
        fractions = platform == "tiktok" and not any("%" in entry for entry in cells.entries)
        divisor = 1 if fractions else 100
    return Figure(
        scale=METRICS[name].scale,
        factor=factor,
        divisor=divisor,
        whole=name not in FRACTIONAL or field == "spend_micros",
        money=name == "spend",
        signed=name == "follows_net" or platform in TAKEN_BACK,
        limit=(100 if divisor == 100 else 1) if name == "audience_share" else 10**15,
    )


def set_aside_marked_rows(draft: Draft) -> None:
    """Leave out headers, tag and description rows, footers, labelled totals, and rows for everybody beside parts."""
    table = draft.found.table
    again, other_header = header_rows(table)
    other = tag_or_description_rows(table) | footer_rows(table) | again
    totals = total_rows(table) & ~other
    sides = [
        (says, ~says & np.fromiter((bool(entry.strip()) for entry in cells.entries), np.bool_)[cells.codes])
        for name in ("age", "sex")
        if (cells := draft.cells.get(name)) is not None and len(cells.entries)
        for says in [np.fromiter(map(everybody, cells.entries), np.bool_)[cells.codes]]
    ]
    if (whole := everybody_rows(sides)) is not None:
        totals |= whole & ~other
    if other_header is not None:
        lines = draft.lines[other_header:]
        draft.say("header_changes", Severity.ERROR, row=int(lines[0]), value=str(len(lines)))
        below = np.arange(draft.size) >= other_header
        draft.keep(~below)
        totals, other = totals[~below], other[~below]
    _set_aside(draft, totals, other)
    draft.counts["other"] += len(table.notes)


def _set_aside(draft: Draft, totals: Mask, other: Mask) -> None:
    if totals.any():
        lines = draft.lines[totals]
        draft.say("total_row_set_aside", Severity.WARNING, row=int(lines[0]), value=str(len(lines)))
    draft.counts["totals"] += int(totals.sum())
    draft.counts["other"] += int(other.sum())
    draft.keep(~(totals | other))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures before and after its decimal sign is decided."""

    field: str
    cells: Cells
    figure: Figure
    numbers: Numbers


def figure_columns(draft: Draft) -> list[Column]:
    """The columns that hold stored figures, with what their cells say of the decimal sign."""
    columns = []
    for field, cells in draft.cells.items():
        if metric_of(field) is None:
            continue
        figure = figure_of(field, cells, draft.platform)
        numbers = _numbers(cells, figure)
        if cells.figures is not None and numbers.ambiguous is not None:
            cells = draft.cells[field] = cells_of(cells.header, cells.figures)
        columns.append(Column(field, cells, figure, numbers))
    return columns


def _numbers(cells: Cells, figure: Figure) -> Numbers:
    if cells.figures is not None:
        return _of_plain(cells.figures)
    entries = present(cells)
    bare = [money(entry)[0] for entry in entries] if figure.money else [entry.rstrip(" %") for entry in entries]
    return decide(bare, integers=figure.whole)


def _of_plain(figures: pa.StringArray) -> Numbers:
    """As `decide` finds, mostly from few cells: all fit the decimal point, so one that fits nothing else decides."""
    if not (bytes_of(figures) == ord(".")).any():
        return Numbers(sign=None)
    few = decide(figures[:FEW].to_pylist(), integers=False)
    return few if few.sign is not None else decide(figures.to_pylist(), integers=False)


def file_sign(columns: Sequence[Column]) -> Sign | None:
    """The decimal sign that all decided columns of a file share."""
    signs = {column.numbers.sign for column in columns if column.numbers.sign is not None}
    return signs.pop() if len(signs) == 1 else None


def read_columns(draft: Draft, columns: Sequence[Column], shared: Sign | None) -> None:
    """Read the figures; what is no number, or cannot be one, keeps its row from being stored."""
    for column in columns:
        sign = column.numbers.sign or draft.settings.sign or shared or draft.settings.usual_sign(draft.found.format)
        if column.numbers.sign is None and draft.settings.sign is None and _three_noughts(column, sign):
            sign = None
        if sign is None and column.numbers.ambiguous is not None:
            cell = column.numbers.ambiguous
            draft.say("decimal_sign_ambiguous", Severity.QUESTION, column=column.cells.header, value=cell)
        sign = sign or (Sign.COMMA if draft.settings.delimiter == ";" else Sign.POINT)
        draft.readings[column.cells.header] = f"decimal_{sign}"
        name = metric_of(column.field) or column.field
        if column.cells.figures is not None:
            draft.figures[name] = _stored(column.cells.figures, column.figure)
            continue
        parsed = read_figures(column.cells, column.figure, sign)
        draft.figures[name] = parsed.spread(column.cells)
        if column.field == "spend_micros" and 0 < parsed.values.max(initial=0) < SMALLEST_MICROS:
            draft.fault("micros_doubtful", np.flatnonzero(draft.figures[name][0]), column.cells.header, column.cells)
        draft.currencies |= set(parsed.currencies.values()) & CURRENCIES
        if parsed.currencies:
            draft.signs = column.cells, parsed.currencies
        _report(draft, column.cells, parsed)
    _set_aside_unlabelled(draft)


def _three_noughts(column: Column, sign: Sign | None) -> bool:
    """Whether a count, such as 10.000, would have three decimals under a sign; nobody writes counts so."""
    cell = column.numbers.ambiguous
    if cell is None or sign is None or not column.figure.whole:
        return False
    here, there = number(cell, sign), number(cell, Sign.COMMA if sign == Sign.POINT else Sign.POINT)
    return here is not None and there is not None and here < there


def _stored(figures: pa.StringArray, figure: Figure) -> tuple[Whole, Mask]:
    """Plain figures as they are stored: by how they are written none is below zero, too large, or rounded."""
    values, blank = numbers_of(figures, pa.float64() if figure.scale > 1 else pa.int64())
    return (np.rint(values * figure.scale).astype(np.int64) if figure.scale > 1 else values), blank


def _report(draft: Draft, cells: Cells, parsed: Parsed) -> None:
    for code in sorted(set(parsed.faults.values())):
        draft.fault(
            code, cells.rows_with([at for at, found in parsed.faults.items() if found == code]), cells.header, cells
        )
    for code, entries in (("censored_cells", parsed.censored), ("excel_damaged_decimals", parsed.damaged)):
        rows = cells.rows_with(entries)
        if len(rows):
            draft.counts[code] += len(rows)
            value = cells.text(rows[0])
            draft.say(code, Severity.WARNING, row=int(draft.lines[rows[0]]), column=cells.header, value=value)


def _set_aside_unlabelled(draft: Draft) -> None:
    named = [cells for name, cells in draft.cells.items() if name in NAMES]
    if not named or not draft.size:
        return
    nameless = _nameless(named, draft.size)
    figures = [
        draft.figures[name]
        for name in draft.figures
        if METRICS[name].additivity == Additivity.SUM and name != "results"
    ]
    totals = unlabelled_totals(figures, nameless)
    if figures:
        totals |= summing_rows(figures)
        columns = [*named, *(draft.cells[name] for name in ("window_start", "window_end") if name in draft.cells)]
        totals |= whole_rows(draft, columns, figures)
    if totals.any():
        gone = set(draft.lines[totals].tolist())
        draft.problems = [p for p in draft.problems if p.row not in gone or p.severity != Severity.ERROR]
        _set_aside(draft, totals, np.zeros(draft.size, dtype=np.bool_))


def _nameless(named: Sequence[Cells], size: int) -> Mask:
    """First and last rows that name nothing, where others do."""
    nameless = np.ones(size, dtype=np.bool_)
    if any(all(cells.text(at).strip(" -") for at in (0, size - 1)) for cells in named):
        return ~nameless
    for cells in named:
        nameless &= np.array([not entry.strip(" -") for entry in cells.entries], dtype=np.bool_)[cells.codes]
    return at_the_ends(nameless)


def check_truth(draft: Draft) -> None:
    """Refuse rows a person typed that cannot be true; what a platform itself says so is only marked."""
    typed = draft.typed
    for part, total, code in WITHIN:
        if part not in draft.figures or total not in draft.figures:
            continue
        values, blank = draft.figures[part]
        whole, nothing = draft.figures[total]
        rows = np.flatnonzero((values > whole) & ~blank & ~nothing)
        if not len(rows):
            continue
        cells = draft.cells[part]
        if typed:
            draft.fault(code, rows, cells.header, cells)
        elif part == "clicks_all":
            draft.say(code, Severity.WARNING, row=int(draft.lines[rows[0]]), column=cells.header, value=str(len(rows)))
    if typed and "spend" in draft.figures:
        rows = np.flatnonzero(draft.figures["spend"][0] > VERY_LARGE * METRICS["spend"].scale)
        if len(rows):
            draft.mark("number_very_large", Severity.WARNING, rows, draft.cells["spend"].header, draft.cells["spend"])
    for field in draft.found.format.required & draft.figures.keys():
        rows = np.flatnonzero(draft.figures[field][1] & ~draft.wrong)
        if len(rows):
            draft.fault("value_missing", rows, draft.cells[field].header, draft.cells[field])
