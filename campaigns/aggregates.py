"""Every aggregate, defined once for every engine: only sums, counts, minima, maxima, casts, filters, joins and groups.

Whole numbers are added as whole numbers and cast before they are squared, so that neither the order of rows nor the
engine changes a bit of a result. Figures stay as stored: the value times the scale in the metric dictionary.
"""

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.backends.duckdb  # loaded by the first question otherwise, which a person waits for
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from campaigns.batch_files import empty_figures
from campaigns.current import current_files, summary_files
from campaigns.receipts import Kind
from campaigns.rows import ANSWER_SCHEMA, BREAKDOWNS, ENGAGEMENT_SCHEMA, STORED_METRICS
from campaigns.slices import DATED, NO_DAY, SLICE, choose, disjoint, overlapping
from campaigns.store import Status, Store
from campaigns.vocabulary import METRICS, Additivity

SUMMED: tuple[str, ...] = tuple(name for name in STORED_METRICS if METRICS[name].additivity == Additivity.SUM)
FIGURES: tuple[str, ...] = (*SUMMED, "reach_low", "reach_high")
LARGEST = ("reach_low", "followers")
MESSAGE_LEVELS = ("ad", "post", "video")
MESSAGE_FIGURES = ("impressions", "link_clicks", "clicks_all", "thruplay", "video_p100")
PARTS: tuple[str, ...] = (*SLICE, *DATED, "currency", "result_type")
OPENING = threading.Lock()  # even cursors cannot be had of one connection at once
WHOLE = {*FIGURES, "followers", "rows", "accounts", "n"}


def delivery(store: Store, *, campaigns: Sequence[str] | None = None) -> pd.DataFrame:
    """What each platform delivered for each campaign, never the same delivery twice.

    Columns: campaign, platform, currency, accounts, level, breakdowns, window_start, window_end, rows, each metric that
    may be added up, reach_low and reach_high (the truth lies between the largest part and the sum), and followers (the
    last value; missing where several accounts have some).
    """
    by = ["campaign", "platform", "currency"]
    parts, chosen = _parts(store, campaigns)
    groups = chosen.assign(
        breakdowns=[", ".join(_filled(mask)) for mask in chosen["broken_down"]],
        **{name: chosen[name].where(chosen["window_start"] != NO_DAY) for name in DATED},
    ).groupby(by)
    totals = _totals(chosen, by).assign(
        accounts=groups["account"].nunique(),
        level=groups["level"].agg(_listed),
        breakdowns=groups["breakdowns"].agg(_listed),
        window_start=groups["window_start"].min(),
        window_end=groups["window_end"].max(),
    )
    totals = totals.join(_last_followers(parts), on=["campaign", "platform"])
    return _frame(totals, [*by, "accounts", "level", "breakdowns", *DATED, "rows", *FIGURES, "followers"])


def daily(store: Store, campaign: str) -> pd.DataFrame:
    """What each platform delivered on each day, from rows of one day.

    Columns: platform, day, currency, and the figures of `delivery`. Where a day has several currencies, no spend.
    """
    by = ["platform", "day"]
    _, chosen = _parts(store, [campaign], where=_one_day)
    chosen = chosen.rename(columns={"window_start": "day"})
    paid = chosen[chosen["currency"] != ""].groupby(by)["currency"]
    totals = _totals(chosen, by).assign(currency=paid.first())
    if "spend" in totals:
        totals["spend"] = totals["spend"].mask(paid.nunique().reindex(totals.index, fill_value=0) > 1)
    return _frame(totals, [*by, "currency", *FIGURES])


def audience(store: Store, campaign: str, breakdown: str) -> pd.DataFrame:
    """`audiences` of one campaign, without its column."""
    return audiences(store, breakdown, campaigns=[campaign]).drop(columns="campaign")


def audiences(store: Store, breakdown: str, *, campaigns: Sequence[str] | None = None) -> pd.DataFrame:
    """Who saw each campaign: figures by value of a breakdown (age, sex, country …), from exports that have it.

    Columns: campaign, platform, value, impressions, reach_low, reach_high, views, link_clicks.
    """
    if breakdown not in BREAKDOWNS:
        raise ValueError(f"breakdown is {breakdown!r}, must be one of {', '.join(BREAKDOWNS)}")
    _, chosen = _parts(store, campaigns, breakdown, where=lambda rows: rows[breakdown].notnull())
    by = ["campaign", "platform", "value"]
    totals = _totals(chosen.rename(columns={breakdown: "value"}), by)
    return _frame(totals, [*by, "impressions", "reach_low", "reach_high", "views", "link_clicks"])


def audience_by_day(store: Store, campaign: str, breakdown: str) -> pd.DataFrame:
    """Who saw a campaign on each day, from rows of one day; people reached are not in it, who may come again tomorrow.

    Columns: platform, day, value, impressions, views, link_clicks.
    """
    if breakdown not in BREAKDOWNS:
        raise ValueError(f"breakdown is {breakdown!r}, must be one of {', '.join(BREAKDOWNS)}")
    _, chosen = _parts(store, [campaign], breakdown, where=lambda rows: _one_day(rows) & rows[breakdown].notnull())
    by = ["platform", "day", "value"]
    totals = _totals(chosen.rename(columns={breakdown: "value", "window_start": "day"}), by)
    return _frame(totals, [*by, "impressions", "views", "link_clicks"])


def messages(store: Store, campaign: str) -> pd.DataFrame:
    """What each advertisement or post delivered on each day, to whom, from rows of one day by age and sex.

    Columns: platform, message (its name, or else its number), day, age, sex, and the figures of `MESSAGE_FIGURES`.
    """

    def tells(rows: Any) -> Any:
        told_apart = rows.level.isin(MESSAGE_LEVELS)  # the same delivery by campaign would be chosen before that by ad
        return told_apart & _one_day(rows) & rows.age.notnull() & rows.sex.notnull()

    _, chosen = _parts(store, [campaign], "age", "sex", where=tells, needs=("impressions",))
    by = ["platform", "message", "day", "age", "sex"]
    with _engagement(store, [campaign]) as rows:
        rows = rows.filter(tells(rows))
        rows = rows.semi_join(_table(chosen[SLICE].drop_duplicates()), SLICE)
        named = rows.mutate(message=rows.entity_name.fill_null(rows.entity_id).fill_null(""), day=rows.window_start)
        found = _pandas(named.group_by(by).aggregate(**{name: named[name].sum() for name in MESSAGE_FIGURES}))
    return _frame(found.set_index(by).sort_index(), [*by, *MESSAGE_FIGURES])


def daily_rates(store: Store, campaign: str, numerator: str, denominator: str) -> pd.DataFrame:
    """Sufficient statistics of a rate of two metrics, with what a row is about (an ad, a post) on a day as the unit.

    Columns: platform, day, n (units), sum_x, sum_y, sum_xx, sum_yy, sum_xy, where x is the numerator and y the
    denominator. Added up over days they are the campaign's.
    """
    for metric in (numerator, denominator):
        if metric not in SUMMED:
            raise ValueError(f"{metric!r} cannot be added up over rows")
    _, chosen = _parts(store, [campaign], where=_one_day, needs=(numerator, denominator))
    with _engagement(store, [campaign]) as rows:
        rows = rows.filter(_one_day(rows), rows[numerator].notnull(), rows[denominator].notnull())
        units = rows.group_by([*SLICE, "window_start", "entity"]).aggregate(
            x=rows[numerator].sum().cast("float64"), y=rows[denominator].sum().cast("float64")
        )
        units = units.semi_join(_table(chosen[SLICE].drop_duplicates()), SLICE)  # few are left by now
        days = units.group_by(["platform", "window_start"]).aggregate(
            n=units.count(),
            sum_x=units.x.sum(),
            sum_y=units.y.sum(),
            sum_xx=(units.x * units.x).sum(),
            sum_yy=(units.y * units.y).sum(),
            sum_xy=(units.x * units.y).sum(),
        )
        found = _pandas(days)
    by = ["platform", "day"]
    totals = found.rename(columns={"window_start": "day"}).set_index(by).sort_index()
    return _frame(totals, [*by, "n", "sum_x", "sum_y", "sum_xx", "sum_yy", "sum_xy"])


def answer_counts(store: Store, *, campaigns: Sequence[str] | None = None) -> pd.DataFrame:
    """How many were asked, answered, and gave an answer that counts.

    Columns: campaign, outcome, wave, arm, asked, answered, counted, clusters.
    """
    by = ["campaign", "outcome", "wave", "arm"]
    with _read(current_files(store, Kind.SURVEY, campaigns), ANSWER_SCHEMA) as rows:
        counts = rows.group_by(by).aggregate(
            asked=rows.count(),
            answered=rows.value.count(),
            counted=(rows.value == 1).fill_null(False).cast("int64").sum(),
            clusters=rows.cluster.nunique(),
        )
        return _pandas(counts).sort_values(by, ignore_index=True)


def answers(store: Store, *campaigns: str) -> pd.DataFrame:
    """The current answers to the surveys of these campaigns: campaign and the columns of `rows.ANSWER_SCHEMA`."""
    with _read(current_files(store, Kind.SURVEY, campaigns), ANSWER_SCHEMA) as rows:
        found = _pandas(rows.select("campaign", *ANSWER_SCHEMA.names))
    return found.sort_values(["campaign", "survey", "row", "outcome"], ignore_index=True, kind="stable")


@functools.cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"memory_limit": "1GB"})


@contextlib.contextmanager
def _read(files: Sequence[Path], schema: pa.Schema, **options: bool) -> Iterator[Any]:
    """The rows of Parquet files; a column that an older release did not know yet is missing in all of its rows."""
    with OPENING:
        cursor = _duckdb().cursor()  # of its own: threads cannot share one
    with cursor:
        engine = ibis.duckdb.from_connection(cursor)
        if files:
            rows = engine.read_parquet([str(path) for path in files], union_by_name=True, **options)
            lacking = [field for field in schema if field.name not in rows.columns]
            yield rows.mutate(**{field.name: ibis.null(ibis.dtype(field.type)) for field in lacking})
        else:
            columns = ibis.Schema.from_pyarrow(schema.append(pa.field("campaign", pa.string())))
            yield engine.create_table("no_rows", schema=columns, temp=True)


@contextlib.contextmanager
def _engagement(store: Store, campaigns: Sequence[str] | None) -> Iterator[Any]:
    with _read(current_files(store, Kind.ENGAGEMENT, campaigns), ENGAGEMENT_SCHEMA) as rows:
        yield _comparable(rows)


@contextlib.contextmanager
def _summaries(store: Store, campaigns: Sequence[str] | None) -> Iterator[Any]:
    files = current_files(store, Kind.ENGAGEMENT, campaigns)
    with _read(summary_files(store, files, _summarise), ENGAGEMENT_SCHEMA) as rows:
        yield rows if files else _summary(_comparable(rows))


def _summarise(files: Sequence[Path]) -> dict[Path, pa.Table]:
    with _read(files, ENGAGEMENT_SCHEMA, filename=True) as rows:
        empty = empty_figures(files)
        lacking = [name for name in SUMMED if name in empty]
        sums = _summary(_comparable(rows.drop(*lacking)), "filename").to_pyarrow()
    for name in lacking:  # added up by the engine they would take most of the time
        sums = sums.append_column(name, pa.nulls(len(sums), pa.int64()))
    return {file: sums.filter(pc.equal(sums["filename"], str(file))).drop_columns("filename") for file in files}


def _comparable(rows: Any) -> Any:
    """Engagement rows with nothing missing among what they are joined by, because missing never equals missing."""
    filled = (rows[name].notnull().cast("int64") * 2**place for place, name in enumerate(BREAKDOWNS))
    return rows.mutate(
        **{name: rows[name].fill_null("") for name in ("account", "level", "currency", "result_type")},
        **{name: rows[name].fill_null(ibis.literal(NO_DAY)) for name in DATED},
        entity=rows.entity_id.fill_null(rows.entity_name).fill_null(""),
        broken_down=functools.reduce(lambda total, bit: total + bit, filled),
    )


def _summary(rows: Any, *by: str) -> Any:
    """Rows added up over what they are about, by day and breakdown: small however many rows there are."""
    return rows.group_by([*PARTS, *BREAKDOWNS, *by]).aggregate(
        rows=rows.count(),
        **{name: rows[name].sum() for name in SUMMED if name in rows.columns},
        reach_low=rows.reach.max(),
        reach_high=rows.reach.sum(),
        followers=rows.followers.max(),
    )


def _one_day(rows: Any) -> Any:
    return (rows.window_start == rows.window_end) & (rows.window_start != ibis.literal(NO_DAY))


def _parts(
    store: Store,
    campaigns: Sequence[str] | None,
    *by: str,
    where: Callable[[Any], Any] | None = None,
    needs: Sequence[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sums by slice and window, and of them those that may be added up: no delivery is in them twice."""
    held = _held(store, campaigns)
    with _summaries(store, campaigns) as summary:
        summary = summary.filter(where(summary)) if where else summary
        parts = _added_up(summary, held, by)
    candidates = parts.dropna(subset=[name for name in needs if name in parts])
    if not set(needs) <= {*parts.columns}:
        candidates = candidates.iloc[:0]
    chosen = candidates.merge(choose(candidates), on=SLICE)
    messy = overlapping(chosen)
    if not len(messy):
        return parts, chosen
    with _engagement(store, campaigns) as rows:
        rows = rows.filter(where(rows)) if where else rows
        inside = rows.semi_join(_table(messy), SLICE)
        windows = _pandas(inside.select(*SLICE, "entity", *DATED).distinct())
        kept = _table(disjoint(windows, [*SLICE, "entity"]))
        again = _added_up(_summary(inside.semi_join(kept, [*SLICE, "entity", *DATED])), held, by)
    clean = chosen.merge(messy, on=SLICE, how="left_anti")
    return parts, pd.concat([clean, again], ignore_index=True)


def _held(store: Store, campaigns: Sequence[str] | None) -> list[str]:
    """The figures that any active batch speaks of: adding up columns of nothing takes most of the time."""
    spoken_of = {
        name
        for batch in store.batches()
        if batch.status == Status.ACTIVE and (campaigns is None or batch.campaign in campaigns)
        for name in batch.control
    }
    held = [name for name in (*SUMMED, "followers") if name in spoken_of]
    return [*held, "reach_low", "reach_high"] if "reach" in spoken_of else held


def _added_up(summary: Any, held: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    sums = {name: summary[name].max() if name in LARGEST else summary[name].sum() for name in held}
    parts = _pandas(summary.group_by([*PARTS, *by]).aggregate(rows=summary.rows.sum(), **sums))
    lacking = {"impressions", "views", "followers"} - set(held)  # what the choice looks at
    return parts.assign(**dict.fromkeys(sorted(lacking), pd.array([pd.NA] * len(parts), dtype="Int64")))


def _totals(parts: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    groups = parts.groupby(by)
    totals = groups[[name for name in (*SUMMED, "reach_high", "rows") if name in parts]].sum(min_count=1)
    if "reach_low" in parts:
        totals["reach_low"] = groups["reach_low"].max()
    if "results" in parts:  # clicks and video views are not the same kind of result
        kinds = parts[parts["results"].notna()].groupby(by)["result_type"].nunique()
        totals["results"] = totals["results"].mask(kinds.reindex(totals.index, fill_value=0) > 1)
    return totals


def _last_followers(parts: pd.DataFrame) -> pd.Series:
    """By campaign and platform, where only one account has some: people may follow several."""
    known = parts[parts["followers"].notna() & (parts["broken_down"] == 0)].sort_values("window_end")
    groups = known.groupby(["campaign", "platform"])
    return groups["followers"].last()[groups["account"].nunique() == 1]


def _filled(mask: int) -> list[str]:
    return [name for place, name in enumerate(BREAKDOWNS) if mask >> place & 1]


def _listed(values: pd.Series) -> str:
    return "; ".join(sorted(set(values) - {""}))


def _table(keys: pd.DataFrame) -> Any:
    """Slices, entities or windows for a query to keep."""
    kinds = {"broken_down": pa.int64()} | dict.fromkeys(DATED, pa.date32())
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in keys.columns])
    return ibis.memtable(pa.Table.from_pandas(keys, schema=schema, preserve_index=False))


def _pandas(table: Any) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pyarrow().to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return frame


def _frame(totals: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Totals with their groups as columns, whole numbers as nullable integers and days as dates."""
    frame = totals.reset_index().reindex(columns=columns)
    if "currency" in columns:
        frame["currency"] = frame["currency"].replace("", None)
    kinds = {name: "Int64" for name in columns if name in WHOLE}
    return frame.astype(kinds | {name: "datetime64[s]" for name in columns if name in (*DATED, "day")})
