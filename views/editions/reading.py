"""Reads an edition back to its numbers, and refuses one in which anything was changed, added or lost."""

import csv
import hashlib
import io
import json
import math
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from views.editions.tables import Row, Value
from views.editions.writing import SUMS

LARGEST = 500_000_000  # bytes of all files, unpacked


class DamagedEditionError(ValueError):
    """The file is no edition, or not as it was frozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What an edition holds: its tables by name, its description, and the names of its files."""

    tables: Mapping[str, tuple[Row, ...]]
    described: Mapping[str, Any]
    files: tuple[str, ...]

    @property
    def numbers(self) -> int:
        """How many numbers its tables hold."""
        values = (value for rows in self.tables.values() for row in rows for value in row)
        return sum(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def read_edition(content: bytes) -> Edition:
    """The edition in a zip file, once every byte of it has been checked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise DamagedEditionError("the files are larger than any edition's")
            names = archive.namelist()
            if len(set(names)) < len(names):
                raise DamagedEditionError("a file is there twice")
            files = {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, EOFError) as error:
        raise DamagedEditionError("this is no zip file, or not a whole one") from error
    _check(files)
    described = json.loads(files["datapackage.json"])
    tables = {resource["name"]: _table(resource, files[resource["path"]]) for resource in described["resources"]}
    return Edition(tables=tables, described=described, files=tuple(sorted(files)))


def _check(files: Mapping[str, bytes]) -> None:
    if SUMS not in files or "datapackage.json" not in files:
        raise DamagedEditionError(f"{SUMS} or datapackage.json is missing")
    lines = (line.split("  ", maxsplit=1) for line in files[SUMS].decode().splitlines())
    expected = {name: digest for digest, name in lines}
    if changed := sorted(set(expected) ^ (set(files) - {SUMS})):
        raise DamagedEditionError(f"{changed[0]} is missing, or was added")
    for name, digest in expected.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise DamagedEditionError(f"{name} was changed")


def _table(resource: Mapping[str, Any], content: bytes) -> tuple[Row, ...]:
    fields = resource["schema"]["fields"]
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    if header != [field["name"] for field in fields]:
        raise DamagedEditionError(f"the columns of {resource['name']} are not those of datapackage.json")
    return tuple(tuple(_value(cell, field["type"]) for cell, field in zip(row, fields, strict=True)) for row in rows)


_READ: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "number": lambda cell: math.copysign(math.inf, -1 if cell.startswith("-") else 1) if "INF" in cell else float(cell),
    "boolean": lambda cell: cell == "true",
}


def _value(cell: str, kind: str) -> Value:
    if cell == "":
        return None
    if kind in _READ:
        return _READ[kind](cell)
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ")[:1] in tuple("=+-@\t\r\n\0＝＋－＠") else cell
