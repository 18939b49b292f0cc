"""The files that a person chose, each table once: archives are opened, and a file chosen twice is one."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

from campaigns.exports.layouts.declined import declined_archive
from campaigns.exports.reading.archives import names_in, read_members

OF_STATISTICIANS = (".sav", ".zsav", ".dta")  # always the answers of a survey
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})  # spreadsheets are archives too


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One table to be looked at."""

    name: str  # a member has its archive's name before its own: that may say which days it covers
    data: bytes = field(repr=False)
    sha256: str
    archive: str = ""
    unopened: bool = False  # an archive that is not opened; reading it says why

    @property
    def key(self) -> str:
        """What tells it apart on the page."""
        return self.sha256[:12]

    @property
    def title(self) -> str:
        """Its own name."""
        return self.name.removeprefix(f"{self.archive}/")

    @property
    def survey(self) -> bool:
        """Whether its kind alone says that it holds the answers of a survey."""
        return PurePosixPath(self.name.lower()).suffix in OF_STATISTICIANS


def tables(chosen: Iterable[tuple[str, bytes]], *, sha256: str | None = None) -> tuple[File, ...]:
    """Every table of these files, in their order; `sha256` is that of the only one, where known."""
    found: dict[str, File] = {}
    for name, data in chosen:
        for file in _opened(name, data) if is_archive(name, data) else [_file(name, data, sha256=sha256)]:
            found.setdefault(file.sha256, file)
    return tuple(found.values())


def is_archive(name: str, data: bytes) -> bool:
    """Whether a file is a bundle of others, and no spreadsheet.

    >>> is_archive("figures.zip", b""), is_archive("figures.csv", b"a,b")
    (True, False)
    """
    if name.lower().endswith(".zip"):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _OFFICE.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _opened(name: str, data: bytes) -> list[File]:
    members: Mapping[str, bytes]
    members, problems = read_members(data)
    if problems or declined_archive(names_in(data)) is not None:
        return [_file(name, data, unopened=True)]
    return [_file(f"{name}/{member}", content, archive=name) for member, content in members.items()]


def _file(name: str, data: bytes, *, sha256: str | None = None, archive: str = "", unopened: bool = False) -> File:
    digest = sha256 or hashlib.sha256(data).hexdigest()
    return File(name=name, data=data, sha256=digest, archive=archive, unopened=unopened)
