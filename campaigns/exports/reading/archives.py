"""The tables in a zip archive, one by one and in memory: nothing is unpacked to a disk."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from campaigns.problems import Problem, Severity

MEMBERS = 200
UNPACKED = 200 << 20
TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})

# What opening a damaged archive raises, by the kind of its compression.
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip

Members = dict[str, bytes]


def names_in(data: bytes) -> list[str]:
    """The names of all files in an archive; none where it cannot be opened."""
    try:
        return zipfile.ZipFile(io.BytesIO(data)).namelist()
    except BROKEN:
        return []


def read_members(data: bytes) -> tuple[Members, tuple[Problem, ...]]:
    """The tables of an archive by name, or the one reason why it is not opened."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if (code := _unfit(infos)) is not None:
            return {}, (Problem(code, Severity.ERROR),)
        members = {}
        for info in infos:
            path = PurePosixPath(info.filename)
            if path.suffix.lower() in TABLES and not path.name.startswith(".") and "__MACOSX" not in path.parts:
                with archive.open(info) as member:
                    members[info.filename] = member.read(info.file_size + 1)
    except BROKEN:
        return {}, (Problem("archive_not_readable", Severity.ERROR),)
    return members, () if members else (Problem("archive_without_tables", Severity.ERROR),)


def _unfit(infos: list[zipfile.ZipInfo]) -> str | None:
    """Why an archive is not opened, judged by its directory alone."""
    if len(infos) > MEMBERS or sum(info.file_size for info in infos) > UNPACKED:
        return "archive_too_large"
    if any(info.flag_bits & 1 for info in infos):
        return "file_encrypted"
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or stat.S_ISLNK(info.external_attr >> 16):
            return "archive_unsafe"
    return None
