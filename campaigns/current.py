"""Which rows count now: of a key, those in the newest active batch that holds it.

Platforms send one page's views, reach and clicks as files of their own, so the rule holds for each group of figures
that the same batches speak of: a file of views never takes away the clicks that another file brought.
A batch that overlaps no other is its own current view. Where batches overlap, their current rows are a file in
`current/`, named after the batches in it; such files may be deleted at any time.
"""

import contextlib
import datetime as dt
import functools
import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from campaigns.receipts import Kind
from campaigns.rows import ANSWER_KEY, ANSWER_SCHEMA, BREAKDOWNS, ENGAGEMENT_KEY, ENGAGEMENT_SCHEMA, STORED_METRICS
from campaigns.store import Batch, Status, Store

RULE = "2"  # part of the names in `current/`: another rule makes other files
SUMMARISED_AT_ONCE = 50  # files: one query costs far less than many, but its answer must fit in memory
KEPT_AFTER_USE = 3600.0  # seconds that a superseded file stays for those who may still be reading it

FIGURES = {Kind.ENGAGEMENT: STORED_METRICS, Kind.SURVEY: ("value",)}
COLUMNS = {
    Kind.ENGAGEMENT: [*ENGAGEMENT_SCHEMA.names, "campaign"],
    Kind.SURVEY: [*ANSWER_SCHEMA.names, "campaign"],
}
WITHIN_A_FILE = {Kind.ENGAGEMENT: ENGAGEMENT_KEY, Kind.SURVEY: ANSWER_KEY}
# Between files an id stands for itself: a renamed advertisement, or one with another result type, is still the same.
BETWEEN_FILES = {
    Kind.ENGAGEMENT: (
        "account", "level", "coalesce(entity_id, entity_name)", "window_start", "window_end", *BREAKDOWNS,
    ),
    Kind.SURVEY: ANSWER_KEY,
}  # fmt: skip
# An export without ids replaces all that an older one of that report says of the same account and level in its window.
SCOPE = {
    Kind.ENGAGEMENT: ("account", "level", *(f"{name} IS NULL" for name in BREAKDOWNS)),
    Kind.SURVEY: ("survey", "wave", "period"),
}
WINDOW = {Kind.ENGAGEMENT: ("window_start", "window_end"), Kind.SURVEY: ("NULL::DATE", "NULL::DATE")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A batch, stored or about to be, as the rule sees it."""

    id: str
    number: int
    campaign: str
    kind: Kind
    platform: str
    report: str
    identified: bool
    window: tuple[dt.date, dt.date] | None
    figures: frozenset[str]
    source: str  # what stands after FROM


def batch_path(store: Store, batch_id: str) -> Path:
    """Where a batch's rows are."""
    return store.folder / "batches" / f"{batch_id}.parquet"


def current_files(store: Store, kind: Kind, campaigns: Sequence[str] | None = None) -> tuple[Path, ...]:
    """The Parquet files that hold the current rows of these campaigns, or of all; made where they are lacking."""
    files = []
    for group in overlapping(active_parts(store)):
        if group[0].kind != kind or (campaigns is not None and group[0].campaign not in campaigns):
            continue
        if len(group) == 1:
            files.append(batch_path(store, group[0].id))
        else:
            files.append(_kept(store, f"{_name(group)}.parquet", functools.partial(_merge, store, group)))
    return tuple(files)


def summary_files(
    store: Store, files: Sequence[Path], summarise: Callable[[Sequence[Path]], Mapping[Path, pa.Table]]
) -> tuple[Path, ...]:
    """For each file of current rows, one of their sums; those that are lacking are made many at once."""
    folder = store.folder / "current"
    paths = {file: folder / f"{file.stem}.summary{RULE}.parquet" for file in files}
    lacking = [file for file, path in paths.items() if not _in_use(path)]
    for start in range(0, len(lacking), SUMMARISED_AT_ONCE):
        for file, sums in summarise(lacking[start : start + SUMMARISED_AT_ONCE]).items():
            _kept(store, paths[file].name, functools.partial(_write, sums))
    return tuple(paths.values())


def part_of(batch: Batch, campaign: str, source: str) -> Part:
    """A batch as the rule sees it."""
    return Part(
        id=batch.id,
        number=batch.number,
        campaign=campaign,
        kind=batch.kind,
        platform=batch.platform if batch.kind == Kind.ENGAGEMENT else "",
        report=batch.report,
        identified=batch.identified,
        window=batch.window if batch.kind == Kind.ENGAGEMENT else None,
        figures=frozenset(batch.control if batch.kind == Kind.ENGAGEMENT else FIGURES[batch.kind]),
        source=source,
    )


def active_parts(store: Store) -> list[Part]:
    """The batches that count and belong to a campaign."""
    return [
        part_of(batch, batch.campaign, _stored(batch, batch_path(store, batch.id)))
        for batch in store.batches()
        if batch.status == Status.ACTIVE and batch.campaign is not None and (batch.control or batch.kind == Kind.SURVEY)
    ]


def _stored(batch: Batch, path: Path) -> str:
    """SQL of the rows of a batch with all columns: its file may lack the figures that none of them has."""
    lacking = set(STORED_METRICS).difference(batch.control) if batch.kind == Kind.ENGAGEMENT else ()
    columns = (f"NULL::BIGINT AS {name}" if name in lacking else name for name in COLUMNS[batch.kind])
    rows = f"SELECT * FROM read_parquet({_text(str(path))})"
    if batch.kind == Kind.SURVEY:  # the column is younger than the first batches
        rows = f"SELECT NULL::DATE AS period WHERE false UNION ALL BY NAME {rows}"
    return f"(SELECT {', '.join(columns)} FROM ({rows}))"


def overlapping(parts: Iterable[Part]) -> list[list[Part]]:
    """Groups of batches that may hold the same key, each in the order in which they were saved."""
    buckets: dict[tuple[str, Kind, str], list[Part]] = {}
    for part in parts:
        buckets.setdefault((part.campaign, part.kind, part.platform), []).append(part)
    groups: list[list[Part]] = []
    for bucket in buckets.values():
        dated = sorted((part.window, part.number, part) for part in bucket if part.window)
        if len(dated) < len(bucket):  # without a window it may overlap any other
            groups.append(bucket)
            continue
        last = dt.date.min
        for window, _, part in dated:
            if window[0] > last:
                groups.append([])
            groups[-1].append(part)
            last = max(last, window[1])
    return [sorted(group, key=lambda part: part.number) for group in groups]


def current_rows(parts: Sequence[Part]) -> str:
    """SQL of the current rows of overlapping batches, with `batch_number`: the place of a row's batch in `parts`."""
    kind = parts[0].kind
    known = ", ".join(f"NULL::BIGINT AS {name}" for name in FIGURES[kind])  # some are younger than the batches
    stored = f"SELECT {known} WHERE false UNION ALL BY NAME " + " UNION ALL BY NAME ".join(
        f"SELECT *, {number} AS batch_number, {_text(part.report)} AS batch_report, "
        f"{part.identified} AS by_id, {_day(part, 0)} AS first_day, {_day(part, 1)} AS last_day FROM {part.source}"
        for number, part in enumerate(parts)
    )
    families: dict[tuple[int, ...], list[str]] = {}
    for figure in FIGURES[kind]:
        if holders := tuple(number for number, part in enumerate(parts) if figure in part.figures):
            families.setdefault(holders, []).append(figure)
    rows = " UNION ALL ".join(
        _newest(kind, holders, figures, by_id=all(parts[number].identified for number in holders))
        for holders, figures in families.items()
    )
    if len(families) > 1:
        rows = _joined(kind, rows)
    # Left to itself DuckDB would copy all columns of all rows first: three times the work.
    return f"WITH stored AS NOT MATERIALIZED ({stored}) SELECT {', '.join(COLUMNS[kind])}, batch_number FROM ({rows})"


def _joined(kind: Kind, rows: str) -> str:
    """SQL of one row a key, from rows that hold some of its figures each."""
    key = WITHIN_A_FILE[kind]
    figures = [f"max({name}) AS {name}" for name in FIGURES[kind]]
    others = [name for name in COLUMNS[kind] if name not in (*key, *FIGURES[kind])]
    newest = [f"arg_max({name}, batch_number) AS {name}" for name in others]
    columns = ", ".join([*key, *figures, *newest])
    return f"SELECT {columns}, max(batch_number) AS batch_number FROM ({rows}) GROUP BY {', '.join(key)}"


def _newest(kind: Kind, holders: Sequence[int], figures: Sequence[str], *, by_id: bool) -> str:
    """SQL of the current rows among the batches that speak of `figures`; `by_id` says that all of them have ids."""
    others = ", ".join(f"NULL::BIGINT AS {name}" for name in FIGURES[kind] if name not in figures)
    held = f"(FROM stored WHERE batch_number IN ({', '.join(map(str, holders))}))"
    key = BETWEEN_FILES[kind]
    newer = f"""
        SELECT {", ".join(f"{column} AS key_{place}" for place, column in enumerate(key))}, max(batch_number) AS newest
        FROM {held} WHERE by_id GROUP BY {", ".join(f"key_{place}" for place in range(len(key)))}
        HAVING min(batch_number) < max(batch_number)"""
    same_key = " AND ".join(f"{column} IS NOT DISTINCT FROM key_{place}" for place, column in enumerate(key))
    current = f"{held} AS held ANTI JOIN ({newer}) ON by_id AND batch_number < newest AND {same_key}"
    if not by_id:
        scope, (first, last) = SCOPE[kind], WINDOW[kind]
        exports = f"""
            SELECT DISTINCT {", ".join(f"{column} AS scope_{place}" for place, column in enumerate(scope))},
            batch_number AS newer, batch_report AS report, by_id AS newer_by_id, first_day AS opens, last_day AS closes
            FROM {held}"""
        same_scope = " AND ".join(f"{column} IS NOT DISTINCT FROM scope_{place}" for place, column in enumerate(scope))
        current += f""" ANTI JOIN ({exports}) ON batch_number < newer AND NOT (by_id AND newer_by_id)
            AND batch_report = report AND {same_scope}
            AND coalesce({first} >= opens AND {last} <= closes, {first} IS NULL)"""
    return f"(SELECT held.* {f'REPLACE ({others})' if others else ''} FROM {current})"


def _day(part: Part, place: int) -> str:
    return f"DATE '{part.window[place]}'" if part.window else "NULL::DATE"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(group: Sequence[Part]) -> str:
    """Of a file in `current/` that stands for these batches; a single one's own."""
    if len(group) == 1:
        return group[0].id
    return hashlib.sha256("\n".join([RULE, *(part.id for part in group)]).encode()).hexdigest()[:32]


def _merge(store: Store, group: Sequence[Part], path: Path) -> None:
    with connection(store) as database:
        database.execute(
            f"COPY (SELECT * EXCLUDE (batch_number) "
            f"FROM ({current_rows(group)})) TO {_text(str(path))} (FORMAT parquet, COMPRESSION zstd)"
        )


def _write(sums: pa.Table, path: Path) -> None:
    pq.write_table(sums, path, compression="zstd")


def _kept(store: Store, name: str, make: Callable[[Path], None]) -> Path:
    """A file in `current/`, made now if it is not there; nobody ever sees a half of it."""
    folder = store.folder / "current"
    folder.mkdir(exist_ok=True)
    path = folder / name
    if _in_use(path):
        return path
    temporary = path.with_name(f"{secrets.token_hex(8)}.temporary")
    try:
        make(temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _clear(store, folder)
    return path


def _in_use(path: Path) -> bool:
    """Whether the file is there; if so it stays a while."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _clear(store: Store, folder: Path) -> None:
    """Remove what no set of active batches needs any more and nobody can still be reading."""
    needed = {_name(group) for group in overlapping(active_parts(store))}
    for path in folder.iterdir():
        if path.is_file() and path.name.split(".")[0] not in needed:
            with contextlib.suppress(FileNotFoundError):  # another process clears as well
                if path.stat().st_mtime < time.time() - KEPT_AFTER_USE:
                    path.unlink()


@contextlib.contextmanager
def connection(store: Store) -> Iterator[Any]:
    """DuckDB, with a bound to its memory and a place for what does not fit."""
    import duckdb  # takes longer to load than most imports need: only those that overlap others do

    folder = store.folder / "current"
    folder.mkdir(exist_ok=True)
    with duckdb.connect(
        config={"memory_limit": "512MB", "temp_directory": str(folder / "spill"), "preserve_insertion_order": False}
    ) as connection:
        yield connection
