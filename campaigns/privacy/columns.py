"""Which columns of a table must not be stored: by their name, by their cells, and by the column beside them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from campaigns.privacy.headers import Personal, by_header, folded
from campaigns.privacy.shapes import holds_names, shaped
from campaigns.privacy.texts import personal_text

# Columns that form software adds and that say nothing about a person.
_TECHNICAL = frozenset({
    "_id", "_uuid", "_index", "_status", "_tags", "_validation_status", "__version__", "_version_", "_submission_time",
    "instanceID", "rootUuid", "uuid", "KEY", "formdef_version", "SubmissionDate", "start", "end", "today",
    "ReviewState", "FormVersion", "starttime", "endtime", "CompletionDate", "formhub",
})  # fmt: skip
# Answers to closed questions, in which a person cannot be named.
_CLOSED = frozenset({
    "true", "false", "yes", "no", "y", "n", "oui", "non", "si", "sí", "sim", "não", "nao", "да", "нет", "نعم", "لا",
    "是", "否",
    "ja", "nein", "ndiyo", "hapana", "-", "--", "don't know", "dont_know", "ne sait pas", "no sabe", "não sabe",
    "не знаю", "لا أعرف", "不知道", *map(str, range(11)),
})  # fmt: skip
_WORDY = frozenset({Personal.NAME, Personal.FREE_TEXT, Personal.MEDIA, Personal.COLLECTOR})
_QUESTION = 5  # words; a longer header is a question, not the name of a field
_FEW = 8
_DEGREES = re.compile(r"-?\d{1,3}\.\d{4,15}")


def personal(header: str, values: Iterable[str], *, countries: Iterable[str] = ()) -> Personal | None:
    """Why a column must not be stored, by its header and by what stands in it; None where nothing speaks against it.

    `countries` (ISO 3166-1 alpha-3) are those of the campaign: telephone numbers in their national form are found too.
    A column without any value holds nothing personal.
    """
    cells = [value for value in map(str.strip, values) if value not in ("", "n/a", "N/A")]
    filled = list(dict.fromkeys(cells))
    if not filled or re.split(r"[/:]", header)[-1] in _TECHNICAL:
        return None
    named = by_header(header)
    if named is not None and _bears_out(named, header, filled, len(cells)):
        return named
    regions = tuple(countries)
    if (reason := shaped(cells, filled, countries=regions)) is not None:
        return reason
    found = (personal_text(value, countries=regions) for value in filled)
    if (reason := next((reason for reason in found if reason is not None), None)) is not None:
        return reason
    return Personal.NAME if holds_names(header, cells, filled) else None


def personal_columns(
    columns: Mapping[str, Sequence[str]], *, countries: Iterable[str] = ()
) -> dict[str, Personal | None]:
    """`personal` of each column of a table; a latitude beside a longitude is a position, whatever they are called."""
    countries = tuple(countries)
    reasons = {header: personal(header, cells, countries=countries) for header, cells in columns.items()}
    for (first, north), (second, east) in pairwise(columns.items()):
        if reasons[first] is None and reasons[second] is None and _is_position(north, east):
            reasons[first] = reasons[second] = Personal.POSITION
    return reasons


def _is_position(north: Sequence[str], east: Sequence[str]) -> bool:
    """Whether two columns are degrees: four decimals or more, near one another, and not both about nought or one."""
    degrees = [[cell.strip() for cell in cells if cell.strip()] for cells in (north, east)]
    if not all(degrees) or not all(_DEGREES.fullmatch(cell) for cells in degrees for cell in cells):
        return False
    numbers = [[float(cell) for cell in cells] for cells in degrees]
    if any(len(set(cells)) < 3 or max(cells) - min(cells) > 60 for cells in numbers):
        return False
    limits = ((90, 180), (180, 90))
    inside = any(all(abs(max(c, key=abs)) <= most for c, most in zip(numbers, pair, strict=True)) for pair in limits)
    return inside and max(abs(median(cells)) for cells in numbers) > 4


def _bears_out(reason: Personal, header: str, values: list[str], cells: int) -> bool:
    """Whether the values are of the kind the header speaks of: "Do you own a phone?" is answered with yes or no."""
    if reason == Personal.SENSITIVE or (reason == Personal.POSITION and any(map(str.isdecimal, "".join(values)))):
        return True
    if all(value.casefold() in _CLOSED for value in values):
        return False
    asked = len(folded(header).split()) > _QUESTION and len(values) <= _FEW
    repeated = reason not in (Personal.PHONE, Personal.EMAIL) and cells >= 3 * len(values)
    if asked and (reason == Personal.NAME or repeated):
        return False  # "Which dangers can you name?" with three answers to choose from
    if reason == Personal.PHONE:
        return any(sum(c.isdigit() for c in value) >= 7 for value in values)
    if reason in _WORDY:
        return any(c.isalpha() for value in values for c in value)
    return True
