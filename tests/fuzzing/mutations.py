"""Damage as it happens to files, and as it does not: bytes, cells, lines, encodings, and cells made to do harm."""

import random
from collections.abc import Callable

# Nobody's; must never be said.
SECRETS = ("binta.example@example.org", "+2348030000000")
CELLS = (
    *SECRETS, "", " ", "0", "-0", "-1", "1e309", "9" * 40, "1,234.5", "1.234,5", "1 234", "١٢٣٫٥", "１２", "½", "Ⅷ",
    "NaN", "inf", "<10", "< 1%", "12%", "0x1F", "1_000", "=1+1", "@SUM(A1)", "2026-02-30", "03/04/2026", "31.12.2026",
    "24:00", "2026-03-01T23:59:60Z", "Total", "Gesamt", "المجموع", "合计", "\u202egnp.exe", "\u0000", "\ufeff",
    "\ufffd", "e\u0301" * 50, '"', '""', "'", "\\", '\\"', ";", ",", "\t", "|", "\r", "\n", "a\nb", "#indicator",
    "true", "NA", "null", "[]", "{}", "<script>", "![x](http://x)", "\U0001f600", "\ud7ff", "x" * 3000,
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1256", "cp1251", "gb18030")


def mutated(rng: random.Random, data: bytes, others: list[bytes]) -> bytes:
    """A file with one to five kinds of damage."""
    for _ in range(rng.randint(1, 5)):
        data = rng.choice(KINDS)(rng, data, others)
    return data[: 1 << 20]


def _bytes(rng: random.Random, data: bytes, _: list[bytes]) -> bytes:
    changed = bytearray(data)
    for _place in range(rng.randint(1, 20)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut(rng: random.Random, data: bytes, _: list[bytes]) -> bytes:
    start, end = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
    return rng.choice([data[:start], data[start:], data[:start] + data[end:]])


def _glued(rng: random.Random, data: bytes, others: list[bytes]) -> bytes:
    other = rng.choice(others)
    at = rng.randint(0, len(data))
    return rng.choice([data + other, other + data, data[:at] + other + data[at:], data + b"\n\n" + other])


def _cells(rng: random.Random, data: bytes, _: list[bytes]) -> bytes:
    lines = data.decode("utf-8", "replace").split("\n")
    delimiter = rng.choice(",;\t|")
    for _place in range(rng.randint(1, 8)):
        at = rng.randrange(len(lines))
        cells = lines[at].split(delimiter)
        cells[rng.randrange(len(cells))] = rng.choice(CELLS)
        lines[at] = delimiter.join(cells)
    return "\n".join(lines).encode("utf-8", "replace")


def _lines(rng: random.Random, data: bytes, _: list[bytes]) -> bytes:
    lines = data.split(b"\n")
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            lines[at], lines[other] = lines[other], lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            del lines[at]
        case 3:
            lines[at] += rng.choice([b",", b",,,", b';"', b"\t\t"])
        case _:
            lines.insert(at, rng.choice([b"", b"sep=;", b"Showing top 500 results", b"#date,#value", lines[0]]))
    return b"\n".join(lines)


def _columns(rng: random.Random, data: bytes, _: list[bytes]) -> bytes:
    rows = [line.split(b",") for line in data.split(b"\n")]
    at = rng.randrange(max(len(rows[0]), 1))
    for row in rows:
        if len(row) > at:
            row.insert(rng.choice([0, at]), row[at]) if rng.random() < 0.5 else row.pop(at)
    return b"\n".join(b",".join(row) for row in rows)


def _dialect(rng: random.Random, data: bytes, _: list[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    text = text.replace(",", rng.choice([",", ";", "\t", "|"])).replace("\n", rng.choice(["\n", "\r\n", "\r"]))
    return text.encode(rng.choice(ENCODINGS), "replace")


Faults = list[tuple[bytes, str]]  # files at which the reader fell over, and how
KINDS: tuple[Callable[[random.Random, bytes, list[bytes]], bytes], ...] = (
    _bytes, _cut, _glued, _cells, _cells, _lines, _columns, _dialect,
)  # fmt: skip
