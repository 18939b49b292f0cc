"""A text file too large to hold: read in parts of whole lines under one header, each as an export of its own."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from campaigns.exports.reading import read_tables
from campaigns.exports.reading.arrays import Whole
from campaigns.exports.reading.decoding import encoding_of
from campaigns.exports.rows.drafts import LISTED
from campaigns.exports.upload import read_export
from campaigns.problems import Problem, Severity
from campaigns.receipts import Kind, Receipt, Upload, WindowSource
from campaigns.rows import ENGAGEMENT_KEY
from campaigns.vocabulary import METRICS, Additivity

HELD = 256 << 20  # bytes; a smaller file is read at once
PART = 32 << 20
HEAD = 1 << 18
# What one part decides about a column holds for the parts after it.
DECISIONS = {
    "day_first": ("date_order", "day_first"),
    "month_first": ("date_order", "month_first"),
    "decimal_point": ("decimal_sign", "point"),
    "decimal_comma": ("decimal_sign", "comma"),
}


class Parts:
    """The rows of a large file, table by table; `receipt` and `problems` are those of all parts read so far."""

    def __init__(self, path: Path, *, answers: Mapping[str, Any], sha256: str) -> None:
        self.path = path
        self.answers = dict(answers)
        self.sha256 = sha256
        self.receipt = Receipt(
            file_name=path.name,
            sha256=sha256,
            size=path.stat().st_size,
            kind=Kind.NOTHING,
            platform="unknown",
            report="unknown",
        )
        self._problems: dict[tuple[str, Severity, str | None], list[Problem]] = {}
        self._beyond: Counter[tuple[str, Severity, str | None]] = Counter()
        self._keys: list[Whole] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Each kind of problem of a column, the first of it one by one and the others as a number."""
        found = [problem for problems in self._problems.values() for problem in problems]
        return *found, *(
            Problem(f"{code}_more", severity, column=column, value=str(number))
            for (code, severity, column), number in self._beyond.items()
        )

    def __iter__(self) -> Iterator[pa.Table]:
        """The rows that can be stored; ends early where a part cannot be read."""
        header, before = b"", 0  # the lines down to the header, and the lines of the file before a part
        for number, data in enumerate(self._chunks()):
            if data is None:
                return
            upload = read_export(header + data, name=self.path.name, answers=self.answers, sha256=self.sha256)
            line = 0 if number == 0 else before - header.count(b"\n")
            self._add(upload, line, first=number == 0)
            if upload.receipt.kind != Kind.ENGAGEMENT:
                return
            self._remember(upload.receipt)
            rows = _moved(upload.rows, line)
            self._keys.append(_hashed(rows))
            yield rows
            if number == 0:
                header = _down_to_header(data, self.path.name)
            before += data.count(b"\n")
        self._compare()

    def _chunks(self) -> Iterator[bytes | None]:
        """Whole lines; None, and a refusal, where the file is not plain text that may be cut at its lines."""
        with self.path.open("rb") as file:
            while data := file.read(PART):
                data += file.readline()
                if encoding_of(data) not in ("utf-8", "utf-8-sig") or data.count(b'"') % 2:
                    self._say(Problem("file_too_large", Severity.ERROR))
                    yield None
                    return
                yield data

    def _add(self, upload: Upload, line: int, *, first: bool) -> None:
        self.receipt = (
            replace(upload.receipt, size=self.receipt.size) if first else _joined(self.receipt, upload.receipt)
        )
        for problem in upload.problems:
            self._say(problem if problem.row is None else replace(problem, row=problem.row + line))

    def _say(self, problem: Problem) -> None:
        code = problem.code.removesuffix("_more")
        kind = code, problem.severity, problem.column
        listed = self._problems.setdefault(kind, [])
        if code != problem.code:
            self._beyond[kind] += int(problem.value or 0)
        elif problem.row is None:
            listed += [] if listed else [problem]
        elif len(listed) < LISTED:
            listed.append(problem)
        else:
            self._beyond[kind] += 1

    def _remember(self, receipt: Receipt) -> None:
        """Let the parts to come be read as this one was: another order of day and month in them is then an error."""
        for column in receipt.columns:
            if column.reading in DECISIONS:
                question, answer = DECISIONS[column.reading]
                self.answers.setdefault(question, answer)

    def _compare(self) -> None:
        """Refuse a file in whose parts rows are about the same thing: nothing then says which of them counts."""
        keys = np.concatenate(self._keys) if self._keys else np.zeros(0, dtype=np.int64)
        self._keys = []
        keys.sort()
        again = int((keys[1:] == keys[:-1]).sum())
        if again:
            self._say(Problem("rows_repeated_far_apart", Severity.ERROR, value=str(again)))


def _down_to_header(data: bytes, name: str) -> bytes:
    """The first lines of a file, its header the last of them."""
    head = data[:HEAD].rpartition(b"\n")[0] + b"\n"
    line = read_tables(head, name).tables[0].header_line
    return b"".join(head.splitlines(keepends=True)[:line])


def _moved(rows: pa.Table, line: int) -> pa.Table:
    place = rows.schema.get_field_index("row")
    return rows.set_column(place, "row", pc.add(rows["row"], line)) if line else rows


def _hashed(rows: pa.Table) -> Whole:
    """A number for each row, the same for two rows with the same key."""
    total = np.zeros(rows.num_rows, dtype=np.uint64)
    for name in ENGAGEMENT_KEY:
        column = rows[name].combine_chunks()
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        entries = [*column.dictionary.to_pylist(), None]
        words = np.array([hash((name, entry)) & (2**64 - 1) for entry in entries], dtype=np.uint64)
        codes = column.indices.fill_null(len(words) - 1)
        places = np.frombuffer(codes.buffers()[1], dtype=np.int32)[codes.offset : codes.offset + len(codes)]
        total = (total * np.uint64(0x9E3779B97F4A7C15)) ^ words[places]
    return total.astype(np.int64)


def _joined(one: Receipt, other: Receipt) -> Receipt:
    """The receipt of two parts of one file."""
    windows = [receipt.window for receipt in (one, other) if receipt.window is not None]
    window = (min(first for first, _ in windows), max(last for _, last in windows)) if windows else None
    readings = {column.header: column.reading for column in other.columns}
    return replace(
        one,
        window=window if one.window_source == WindowSource.COLUMN else one.window,
        currency=one.currency if one.currency == other.currency else None,
        breakdowns=tuple(dict.fromkeys((*one.breakdowns, *other.breakdowns))),
        identified=one.identified and other.identified,
        rows_read=one.rows_read + other.rows_read,
        totals_set_aside=one.totals_set_aside + other.totals_set_aside,
        other_rows_set_aside=one.other_rows_set_aside + other.other_rows_set_aside,
        censored=one.censored + other.censored,
        columns=tuple(replace(c, reading=c.reading or readings.get(c.header, "")) for c in one.columns),
        totals={name: _sum(name, one.totals, other.totals) for name in {**one.totals, **other.totals}},
        dropped=tuple(dict.fromkeys((*one.dropped, *other.dropped))),
    )


def _sum(metric: str, one: Mapping[str, int | None], other: Mapping[str, int | None]) -> int | None:
    parts = [totals[metric] for totals in (one, other) if metric in totals]
    known = [part for part in parts if part is not None]
    return sum(known) if METRICS[metric].additivity == Additivity.SUM and len(known) == len(parts) else None
