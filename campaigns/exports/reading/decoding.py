"""Bytes to text: what a file really is, and in which encoding it was written."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from campaigns.problems import Problem, Severity

# First bytes of files that are not tables, whatever their name says.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"PAR1", "Parquet"),
    (b"{\\rtf", "RTF"),
)
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


_WORDS_WITH_HIGH_BYTES = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, or the problem that kept it from being read."""

    text: str = ""
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()


def refusal(code: str, value: str | None = None, *, row: int | None = None, column: str | None = None) -> Decoded:
    return Decoded(problems=(Problem(code, Severity.ERROR, row=row, column=column, value=value),))


def place(data: bytes, at: int) -> dict[str, Any]:
    """The line and the column of a byte in a delimited file, as far as its first line names columns."""
    start = data.rfind(b"\n", 0, at) + 1
    row = data.count(b"\n", 0, at) + 1
    header = data[:2000].partition(b"\n")[0].partition(b"\r")[0].decode("utf-8-sig", "replace")
    delimiter = max(",;\t|", key=header.count)
    before = data[start:at][:100_000].decode("latin-1").replace("\x00", "").replace("\r", "")
    names = next(csv.reader([header], delimiter=delimiter), [])
    index = max(len(next(csv.reader([before], delimiter=delimiter), [])) - 1, 0)
    return {"row": row, "column": names[index] if row > 1 and index < len(names) else None}


def disguise(data: bytes) -> str | None:
    """The name of what a file really is, where its first bytes show that it is no table."""
    for start, name in SIGNATURES:
        if data.startswith(start):
            return name
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<body")):
        return "HTML"
    if head.startswith((b"{", b"[{")):
        return "JSON"
    if head.startswith((b"return-path:", b"received:", b"delivered-to:", b"mime-version:", b"from: ")):
        return "e-mail"
    return None


def encoding_of(data: bytes) -> str:
    """The Unicode encoding that the first bytes show; UTF-8 where they show none."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # Letters of other scripts have no NUL; the delimiters and figures between them have theirs on one side only.
    one_side = 0 in (even, odd) and even + odd >= max(4, len(head) // 16)
    if len(head) >= 8 and (even + odd > len(head) // 4 or one_side):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def decode(data: bytes) -> Decoded:
    """The text of `data`; a file cut short or holding NUL bytes is refused, a guessed encoding is said."""
    encoding = encoding_of(data)
    if encoding.startswith("utf-16"):
        return _decode_utf16(data, encoding)
    at = data.find(0)
    if at >= 0:
        return refusal("nul_bytes", **place(data, at))
    try:
        return _with_marks(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        where = place(data, error.start)
        if "unexpected end" in error.reason:
            return refusal("file_truncated", row=where["row"])
        return _decode_legacy(data, where)


def _decode_utf16(data: bytes, encoding: str) -> Decoded:
    if len(data) % 2:
        return refusal("file_truncated")
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return refusal("file_truncated" if error.end >= len(data) - 2 else "encoding_broken")
    if "\x00" in text:
        return refusal("nul_bytes", row=text.count("\n", 0, text.index("\x00")) + 1)
    return _with_marks(text, encoding)


def _with_marks(text: str, encoding: str) -> Decoded:
    """Text with a warning where another program has put a mark for letters that it lost."""
    lost = min((at for at in map(text.find, "\ufffd\ufffe\uffff") if at >= 0), default=None)
    if lost is None:
        return Decoded(text=text, encoding=encoding)
    mark = Problem("characters_lost", Severity.WARNING, row=text.count("\n", 0, lost) + 1)
    return Decoded(text=text, encoding=encoding, problems=(mark,))


def _decode_legacy(data: bytes, where: Mapping[str, Any]) -> Decoded:
    """Text in one of the Windows code pages, told apart by the script its letters make sense in."""
    chinese = is_chinese(data)
    if not chinese and not data.decode("utf-8", "ignore").isascii():
        return refusal("encoding_broken", **where)  # valid UTF-8 letters beside bytes that are none: two files glued
    encoding = "gb18030" if chinese else legacy_encoding(data)
    text = data.decode(encoding, "replace")
    if "\ufffd" in text or sum(character < " " and character not in "\t\r\n" for character in text[:10_000]) > 20:
        readable = sum(byte in b"\t\r\n" or 32 <= byte < 127 for byte in data[:10_000])
        if readable < 0.6 * min(len(data), 10_000):
            return refusal("not_a_table", "binary data")
    guess = Problem("encoding_guessed", Severity.WARNING, where["row"], where["column"], encoding)
    return Decoded(text=text, encoding=encoding, problems=(guess,))


def legacy_encoding(data: bytes) -> str:
    """cp1252, cp1251 or cp1256.

    Accented Latin letters stand among ASCII letters, one or two at a time; Cyrillic and Arabic words have no others.
    Arabic read as Cyrillic changes between capitals and small letters inside words.
    """
    sample = data[:200_000]
    words = _WORDS_WITH_HIGH_BYTES.findall(sample)
    foreign = b"".join(word for word in words if len(word) > 1 and not _ASCII_LETTER.search(word))
    high = sum(byte >= 0xC0 for byte in sample)
    if not high or sum(byte >= 0xC0 for byte in foreign) < 0.6 * high:
        return "cp1252"
    text = sample.decode("cp1251", "replace")
    changes = sum(1 for a, b in pairwise(text) if a.islower() and b.isupper())
    letters = sum(1 for character in text if character > "\x7f" and character.isalpha())
    return "cp1256" if changes > 0.08 * letters else "cp1251"


def is_chinese(data: bytes) -> bool:
    """Whether bytes are GB18030: letters of two bytes each, nearly all of them common ones.

    Arabic and Cyrillic words of a Windows code page have as often an odd number of bytes, and UTF-8 is always UTF-8.
    """
    sample = data[:200_000]
    runs = re.findall(rb"(?:[\x81-\xfe][\x40-\xfe])+|[\x80-\xff]+", sample)
    pairs = [run[at : at + 2] for run in runs for at in range(0, len(run), 2)]
    common = sum(len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in pairs)
    if len(pairs) < 12 or common < 0.8 * len(pairs):
        return False
    utf8 = sum(len(letter.encode()) for letter in sample.decode("utf-8", "ignore") if letter > "\x7f")
    return utf8 < 0.6 * sum(byte > 0x7F for byte in sample) and _decodes(data, "gb18030")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
