"""The one way by which text from files and people reaches Markdown: as text, and as nothing else."""

import re
import unicodedata

LONGEST = 200  # characters shown of a name, a header or a cell

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# What Streamlit's Markdown turns into a link even where every mark is escaped: addresses of pages and of people.
_LINKS = re.compile(r"(?i)(?<=[a-z])(?=://)|(?<=www)(?=\.)|(?<=@)")
_BREAK = "\u200b"  # shown as nothing; no address goes across it
_JOINERS = "\u200c\u200d"  # of Persian, Hindi and other scripts, which need them
_ISOLATES, _END_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_KEPT = _JOINERS + _ISOLATES + _END_ISOLATE


def escape(text: object, *, longest: int = LONGEST) -> str:
    r"""`text` as Markdown that shows it letter by letter: no markup, link, picture or formula comes of it.

    >>> escape("![a](http://b.example)")
    '\\!\\[a\\]\\(http\u200b\\:\\/\\/b\\.example\\)'
    """
    return _PUNCTUATION.sub(r"\\\g<0>", _LINKS.sub(_BREAK, plain(text, longest=longest)))


def plain(text: object, *, longest: int = LONGEST) -> str:
    """`text` on one line, without characters that steer (control, direction), cut where it is too long.

    Isolates, by which our own figures stand in Arabic, are kept, each with its end: they steer nothing beyond it.
    """
    line = " ".join(str(text)[: 8 * longest].split())
    kept = "".join(letter for letter in line if letter in _KEPT or unicodedata.category(letter) not in _STEERING)
    return _closed(kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…")


def _closed(line: str) -> str:
    """`line` with an end for each isolate, and no end without one."""
    if not any(letter in _ISOLATES + _END_ISOLATE for letter in line):
        return line
    letters, still_open = [], 0
    for letter in line:
        if letter == _END_ISOLATE and not still_open:
            continue
        still_open += (letter in _ISOLATES) - (letter == _END_ISOLATE)
        letters.append(letter)
    return "".join(letters) + _END_ISOLATE * still_open


def unescaped(markdown: str) -> str:
    r"""What our own Markdown shows: its letters, without escapes and marks of emphasis.

    >>> unescaped("**A** " + escape("![a](http://b.example)"))
    'A ![a](http://b.example)'
    """
    return _ESCAPED.sub(r"\1", re.sub(r"(?<!\\)(\*\*|~~)", "", markdown)).replace(_BREAK, "")


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
