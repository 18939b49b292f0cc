"""Published evaluations of campaigns, read from a table.

The file is `data/evidence/published_evaluations.csv`, one row an outcome. What was not read is empty, and stays so.
"""

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from campaigns.exports.reading.blocks import misfit
from campaigns.exports.reading.decoding import decode
from campaigns.literature import PublishedOutcome, Read, Unit
from campaigns.problems import Problem, Severity
from campaigns.records import Design, Direction
from campaigns.vocabulary import COUNTRIES

PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "evidence" / "published_evaluations.csv"


REQUIRED = ("id", "campaign", "design", "outcome", "outcome_class", "desired", "as_published", "source", "read")
COLUMNS = (
    *("id", "campaign", "implementer", "countries", "year", "channel", "audience", "design", "people", "clusters"),
    *("follow_up", "outcome", "outcome_class", "desired", "effect", "effect_unit", "conf_low", "conf_high"),
    *("compared_with", "as_published", "source", "read", "caution"),
)
_WISHED = {"up": Direction.MORE, "down": Direction.FEWER}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEvidence:
    """The outcomes of a file, and what was wrong with the rows that are left out."""

    outcomes: tuple[PublishedOutcome, ...]
    problems: tuple[Problem, ...]


def read_published(file: str | Path | bytes = PUBLISHED) -> PublishedEvidence:
    """Read a table of published evaluations; a row that cannot be right is left out and said.

    >>> evidence = read_published()
    >>> evidence.problems, evidence.outcomes[0].campaign[:23]
    ((), 'Migrants as Messengers ')
    """
    decoded = decode(file if isinstance(file, bytes) else Path(file).read_bytes())
    first, _, _ = decoded.text.partition("\n")
    delimiter = max(",;\t", key=first.count)  # spreadsheets of some countries write semicolons
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter)
    outcomes: dict[str, PublishedOutcome] = {}
    found = list(decoded.problems)
    if any(problem.severity == Severity.ERROR for problem in found):
        return PublishedEvidence(outcomes=(), problems=tuple(found))
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [Problem("column_missing", Severity.ERROR, 1, name) for name in COLUMNS if name not in header]
        found += missing
        for written in () if missing else reader:
            if any(written):
                _read_row(header, written, reader.line_num, outcomes, found)
    except csv.Error:
        found.append(Problem("cell_too_long", Severity.ERROR, reader.line_num))
    return PublishedEvidence(outcomes=tuple(outcomes.values()), problems=tuple(found))


def read_cells(cells: Mapping[str, str]) -> PublishedEvidence:
    """One outcome from the cells of a form, by the names of the columns; what is not given is empty.

    >>> [problem.column for problem in read_cells({"id": "a", "design": "randomised"}).problems][:3]
    ['campaign', 'outcome', 'outcome_class']
    """
    written = {name: cells.get(name, "").strip() for name in COLUMNS}
    problems = tuple(replace(problem, row=None) for problem in _wrong(written, 0))
    return PublishedEvidence(outcomes=() if problems else (_outcome(written),), problems=problems)


def cells_of(study: PublishedOutcome) -> dict[str, str]:
    """The cells of an outcome as the table writes them: what `read_cells` makes the same outcome of."""
    texts: dict[str, str] = {}
    for name in COLUMNS:
        if name == "desired":
            texts[name] = "up" if study.wished == Direction.MORE else "down"
        elif name == "effect_unit":
            texts[name] = study.unit or ""
        elif name == "effect":
            texts[name] = " to ".join(_written(figure) for figure in study.effect)
        elif name == "countries":
            texts[name] = " ".join(study.countries)
        else:
            value = getattr(study, name)
            texts[name] = "" if value is None else _written(value) if isinstance(value, float) else str(value)
    return texts


def _written(figure: float) -> str:
    return str(int(figure)) if figure == int(figure) else repr(figure)


def _read_row(
    header: list[str], written: list[str], row: int, outcomes: dict[str, PublishedOutcome], found: list[Problem]
) -> None:
    """Add the outcome of a row, or what is wrong with it."""
    if wrong := misfit(row, written, header):
        found.append(wrong)
        return
    cells = {name: cell.strip() for name, cell in zip(header, written, strict=False)}
    problems = _wrong(cells, row)
    if cells["id"] in outcomes:
        problems.append(Problem("study_repeated", Severity.ERROR, row, "id", cells["id"]))
    found += problems
    if not problems:
        outcomes[cells["id"]] = _outcome(cells)


def _wrong(cells: Mapping[str, str], row: int) -> list[Problem]:
    """Every cell of a row that is lacking or cannot be read."""
    empty = [name for name in REQUIRED if not cells[name]]
    problems = [Problem("value_missing", Severity.ERROR, row, name) for name in empty]
    known: dict[str, set[str]] = {
        "design": set(map(str, Design)),
        "desired": set(_WISHED),
        "read": set(map(str, Read)),
        "effect_unit": {*map(str, Unit), ""},
    }
    checks = {name: cells[name] in codes for name, codes in known.items() if name not in empty}
    checks["countries"] = set(cells["countries"].split()) <= set(COUNTRIES)
    checks |= {name: cells[name] == "" or cells[name].isdecimal() for name in ("year", "people", "clusters")}
    checks |= {name: _numbers(cells[name]) is not None for name in ("effect", "conf_low", "conf_high")}
    checks |= {name: False for name in ("effect", "conf_low", "conf_high") if not _possible(cells[name], cells)}
    unread = [name for name, fine in checks.items() if not fine]
    problems += [Problem("study_cell_unread", Severity.ERROR, row, name, cells[name]) for name in unread]
    if not problems and bool(cells["conf_low"]) != bool(cells["conf_high"]):
        problems.append(Problem("interval_incomplete", Severity.ERROR, row, "conf_low"))
    elif not problems and cells["conf_low"] and not _inside(cells):
        problems.append(Problem("interval_without_effect", Severity.ERROR, row, "effect", cells["effect"]))
    return problems


def _possible(cell: str, cells: Mapping[str, str]) -> bool:
    """Whether a figure can be one of its unit: no ratio is zero or below, nothing falls by more than all of it."""
    lowest: dict[str, float] = {Unit.RATIO: 0, Unit.RELATIVE_PERCENT: -100}
    above = lowest.get(cells["effect_unit"], -math.inf)
    return all(number > above for number in _numbers(cell) or ())


def _inside(cells: Mapping[str, str]) -> bool:
    effect, low, high = (_numbers(cells[name]) or () for name in ("effect", "conf_low", "conf_high"))
    return len(effect) == 1 and low[0] <= effect[0] <= high[0]


def _numbers(cell: str) -> tuple[float, ...] | None:
    """One figure, or the two of "8 to 14"; none of an empty cell, None where it is no number."""
    try:
        numbers = tuple(float(part) for part in cell.split(" to ")) if cell else ()
    except ValueError:
        return None
    return numbers if len(numbers) <= 2 and all(map(math.isfinite, numbers)) else None


def _outcome(cells: Mapping[str, str]) -> PublishedOutcome:
    low, high = _numbers(cells["conf_low"]), _numbers(cells["conf_high"])
    year, people, clusters = (int(cells[name]) if cells[name] else None for name in ("year", "people", "clusters"))
    return PublishedOutcome(
        id=cells["id"],
        campaign=cells["campaign"],
        implementer=cells["implementer"],
        countries=tuple(cells["countries"].split()),
        year=year,
        channel=cells["channel"],
        audience=cells["audience"],
        design=Design(cells["design"]),
        people=people,
        clusters=clusters,
        follow_up=cells["follow_up"],
        outcome=cells["outcome"],
        outcome_class=cells["outcome_class"],
        wished=_WISHED[cells["desired"]],
        effect=_numbers(cells["effect"]) or (),
        unit=Unit(cells["effect_unit"]) if cells["effect_unit"] else None,
        conf_low=low[0] if low else None,
        conf_high=high[0] if high else None,
        compared_with=cells["compared_with"],
        as_published=cells["as_published"],
        source=cells["source"],
        read=Read(cells["read"]),
        caution=cells["caution"],
    )
