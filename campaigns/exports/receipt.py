"""The receipt of an upload: in plain terms, how the file was read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from campaigns.exports.formats import stored
from campaigns.exports.headers import PERSONAL, Meaning
from campaigns.exports.reading.arrays import first_filled
from campaigns.exports.rows.drafts import Draft
from campaigns.exports.rows.figures import metric_of
from campaigns.exports.values.columns import Cells
from campaigns.exports.values.windows import Window, from_name, from_preamble
from campaigns.problems import Problem, Severity
from campaigns.receipts import ColumnReading, Kind, Receipt, WindowSource
from campaigns.rows import BREAKDOWNS
from campaigns.vocabulary import METRICS, Additivity, Platform

SAFE = 2**62
PARTS: tuple[str, ...] = ("region", "country", "age", "sex", "placement", "publisher", "device")


def window_of(drafts: Sequence[Draft], name: str) -> tuple[Window | None, WindowSource, list[Problem]]:
    """The window of a file: from its columns, else the lines above its header, else its name."""
    problems: list[Problem] = []
    named = from_name(name)
    bounds: list[Any] = []
    for draft in drafts:
        if "window_start" in draft.arrays:
            bounds += [pc.min(draft.arrays["window_start"]).as_py(), pc.max(draft.arrays["window_end"]).as_py()]
    bounds = [bound for bound in bounds if bound is not None]
    if bounds:
        window = min(bounds), max(bounds)
        if named is not None and (window[1] < named[0] or named[1] < window[0]):
            value = f"{named[0]} - {named[1]}"
            problems.append(Problem("window_conflict", Severity.WARNING, value=value))
        return window, WindowSource.COLUMN, problems
    if (given := drafts[0].settings.window) is not None:
        return given, WindowSource.ANSWER, problems
    order = drafts[0].settings.order
    for draft in drafts:
        window_found, asked = from_preamble(draft.found.table.preamble, order)
        if window_found is not None:
            if asked is not None:
                problems.append(Problem("date_order_ambiguous", Severity.QUESTION, value=asked))
            return window_found, WindowSource.PREAMBLE, problems
    if named is not None:
        return named, WindowSource.FILE_NAME, problems
    return None, WindowSource.NONE, problems


def receipt_of(
    facts: Mapping[str, Any], drafts: Sequence[Draft], rows: pa.Table, window: Window | None, source: WindowSource
) -> Receipt:
    """What is told of a file whose rows are engagement figures."""
    main = max(drafts, key=lambda draft: draft.size)
    currencies = {currency for draft in drafts for currency in draft.currencies}
    languages = Counter(
        found.language for draft in drafts for found in draft.found.meanings if found and found.language
    )
    set_aside = Counter[str]()
    for draft in drafts:
        set_aside.update(draft.counts)
    return Receipt(
        **facts,
        kind=Kind.ENGAGEMENT,
        platform=_platform(main, rows),
        report=_report(main),
        level=main.level,
        language=languages.most_common(1)[0][0] if languages else None,
        window=window,
        window_source=source,
        grain=_grain(main),
        currency=currencies.pop() if len(currencies) == 1 else None,
        breakdowns=tuple(name for name in BREAKDOWNS if rows.num_rows and rows[name].null_count < rows.num_rows),
        identified=all(draft.identified for draft in drafts),
        rows_read=sum(draft.size for draft in drafts),
        totals_set_aside=set_aside["totals"],
        other_rows_set_aside=set_aside["other"],
        censored=set_aside["censored_cells"],
        columns=tuple(reading for draft in drafts for reading in _columns(draft)),
        totals=totals_of(rows),
        dropped=tuple(
            header
            for draft in drafts
            for header, found in zip(draft.found.table.header, draft.found.meanings, strict=True)
            if header in draft.personal or (found is not None and found.field in PERSONAL)
        ),
    )


def totals_of(rows: pa.Table) -> dict[str, int | None]:
    """The sum of each metric that has a value; None where it must not be added up."""
    totals: dict[str, int | None] = {}
    for name, metric in METRICS.items():
        if not metric.stored or rows[name].null_count == rows.num_rows:
            continue
        several = (name == "results" and len(result_types(rows)) > 1) or (
            name == "spend" and len(set(pc.unique(rows["currency"]).to_pylist()) - {None}) > 1
        )
        totals[name] = None if several or metric.additivity != Additivity.SUM else _sum(rows[name])
    return totals


def _sum(column: pa.ChunkedArray) -> int:
    largest = pc.max(column).as_py() or 0
    if largest * len(column) < SAFE:
        return int(pc.sum(column).as_py() or 0)
    return sum(value for value in column.to_pylist() if value is not None)


def result_types(rows: pa.Table) -> list[str]:
    """The types of the results that rows count."""
    if rows["results"].null_count == rows.num_rows:
        return []
    types = rows["result_type"].filter(pc.is_valid(rows["results"]))
    return [found for found in pc.unique(types).to_pylist() if found is not None]


def _platform(main: Draft, rows: pa.Table) -> str:
    if not main.platform.startswith("template"):
        return main.platform
    if main.found.format.measures is not None:
        return main.found.format.measures
    platforms = pc.unique(rows["platform"]).to_pylist()
    return platforms[0] if len(platforms) == 1 and platforms[0] in set(Platform) else Platform.UNKNOWN


def _report(main: Draft) -> str:
    """The code of the report; for advertisements by their days, their breakdown, or what they name."""
    if main.found.format.report != "ads":
        return main.found.format.report
    if "date" in main.cells and main.named_days:
        return "ads_daily"
    breakdowns = [name for name in PARTS if name in main.cells]
    parts = ["gender" if name == "sex" else name for name in breakdowns] or [main.level]
    return "_".join(["ads_by", *parts, *(["month"] if "month_range" in main.cells else [])])


def _grain(main: Draft) -> str:
    if main.grain is not None:
        return main.grain
    lifetime = main.level in ("post", "video") and main.found.format.report != "by_content"
    return "lifetime" if lifetime else "window"


def _columns(draft: Draft) -> list[ColumnReading]:
    readings = []
    for cells, column, found in zip(draft.columns, draft.found.table.columns, draft.found.meanings, strict=True):
        first = draft.cells.get(found.field) if found else None
        used = first is not None and first.header == cells.header and stored(found)
        readings.append(
            ColumnReading(
                header=cells.header,
                field=_field(found),
                stored=used and found is not None and not _is_ratio(found.field),
                reading=draft.readings.get(cells.header, ""),
                example="" if found is None or found.field in PERSONAL else _example(cells, column),
            )
        )
    return readings


def _is_ratio(field: str) -> bool:
    return field in METRICS and not METRICS[field].stored


def _field(found: Meaning | None) -> str | None:
    return (metric_of(found.field) or found.field) if found is not None else None


def _example(cells: Cells, column: pa.DictionaryArray | pa.StringArray) -> str:
    if cells.figures is not None:
        return first_filled(column)
    return next((entry.strip()[:80] for entry in cells.entries[:100] if entry.strip()), "")
