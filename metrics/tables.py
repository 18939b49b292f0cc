"""Cells of a table as a person wrote it, as the numbers, arms and waves that statistics need; or what is wrong."""

import math
import re

import pandas as pd

YES = frozenset({"yes", "true", "y", "oui", "si", "sí", "да", "نعم", "是"})
NO = frozenset({"no", "false", "n", "non", "нет", "لا", "否"})
SECOND = frozenset({"1", "campaign", "treatment", "treated", "intervention", "exposed", "test"}) | YES
FIRST = frozenset({"0", "comparison", "control", "untreated", "unexposed", "holdout"}) | NO
AFTER = frozenset({"1", "after", "post", "endline", "follow-up", "followup", "wave 2"})
BEFORE = frozenset({"0", "before", "pre", "baseline", "wave 1"})
GAPS = frozenset({"", "na", "n/a", "nan", "<na>", "null", "--"})
NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?%?")


class CellError(ValueError):
    """A cell, column or file that cannot be used, in one sentence."""


def _column(table: pd.DataFrame, name: str) -> "pd.Series[str]":
    """A column by its name; unknown names are answered with those there are."""
    if name not in table:
        raise CellError(f"there is no column {name!r}; the columns are {', '.join(map(str, table.columns))}")
    return table[name].astype("str").str.strip()


def _missing(cells: "pd.Series[str]") -> "pd.Series[bool]":
    """Which cells say that nothing is known."""
    return cells.isna() | cells.str.lower().isin(GAPS)


def numbers(table: pd.DataFrame, name: str) -> "pd.Series[float]":
    """A column of numbers, or of yes and no as 1 and 0; a decimal comma and a percent sign are read.

    The table's index is the line of each row in its file, and says where a cell cannot be read.

    >>> numbers(pd.DataFrame({"score": ["1", "0,5", "", "yes", "12%"]}), "score").tolist()
    [1.0, 0.5, nan, 1.0, 0.12]
    """
    cells = _column(table, name)
    gaps = _missing(cells)
    found = [math.nan if gap else _number(cell) for cell, gap in zip(cells, gaps, strict=True)]
    for place, value in enumerate(found):
        if value is None:
            raise CellError(
                f"line {table.index[place]}: {name} is {cells.iloc[place]!r}, must be a number, or yes or no"
            )
    return pd.Series(found, index=table.index, dtype=float)


def _number(cell: str) -> float | None:
    lower = cell.lower()
    if lower in YES or lower in NO:
        return float(lower in YES)
    if not NUMBER.fullmatch(cell):
        return None
    return float(cell.rstrip("%").replace(",", ".")) / (100 if cell.endswith("%") else 1)


def sides(table: pd.DataFrame, name: str, *, first: str | None = None, waves: bool = False) -> "pd.Series[float]":
    """A column of two names as 0 and 1: arms (comparison, campaign) or waves (before, after).

    >>> sides(pd.DataFrame({"arm": ["control", "treatment", "Control"]}), "arm").tolist()
    [0.0, 1.0, 0.0]
    >>> sides(pd.DataFrame({"arm": ["film", "none"]}), "arm", first="none").tolist()
    [1.0, 0.0]

    Parameters
    ----------
    first
        The name that is 0, where it is not one of the usual ones.
    """
    cells = _column(table, name)
    known = cells[~_missing(cells)].str.lower()
    names = sorted(known.unique())
    low, high = (BEFORE, AFTER) if waves else (FIRST, SECOND)
    if first is not None:
        if first.lower() not in names:
            raise CellError(f"no row has {first!r} in column {name!r}, which holds {', '.join(names)}")
        low, high = frozenset([first.lower()]), frozenset(names) - {first.lower()}
    elif waves and len(names) == 2 and all(NUMBER.fullmatch(one) for one in names):
        ordered = sorted(names, key=lambda one: float(one.replace(",", ".")))
        low, high = frozenset(ordered[:1]), frozenset(ordered[1:])
    strange = [one for one in names if one not in low | high]
    if strange or len(names) > 2:
        option = "--before" if waves else "--comparison"
        held = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        raise CellError(f"column {name!r} holds {held}: say with {option} which of two it is to be compared with")
    return known.map(lambda one: float(one in high)).reindex(cells.index).astype(float)


def labels(table: pd.DataFrame, name: str) -> "pd.Series[str]":
    """A column of names; gaps are missing.

    >>> labels(pd.DataFrame({"village": [" Kayar ", "n/a", "Mbour"]}), "village").tolist()
    ['Kayar', nan, 'Mbour']
    """
    cells = _column(table, name)
    return cells.mask(_missing(cells))


def covariate(table: pd.DataFrame, name: str) -> "pd.Series[float] | pd.Series[str]":
    """A column of numbers where all cells are, else of names.

    >>> table = pd.DataFrame({"age": ["19", "", "24,5"], "region": ["1", "2", "Thies"]})
    >>> covariate(table, "age").tolist(), covariate(table, "region").tolist()
    ([19.0, nan, 24.5], ['1', '2', 'Thies'])
    """
    cells = _column(table, name)
    numeric = cells[~_missing(cells)].map(lambda cell: bool(NUMBER.fullmatch(cell)))
    return numbers(table, name) if numeric.all() else labels(table, name)
