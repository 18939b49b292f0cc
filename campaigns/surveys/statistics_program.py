"""A program of its own, so that a hostile file ends no other: an SPSS or Stata file in, a line of JSON a column out.

Cells are text. A value with a label is given as the label; a missing value, also one that the file declares to be
missing, is empty.
"""

import importlib.util
import io
import json
import math
import os
import sys
from pathlib import Path
from typing import Any

COLUMNS = 2_000
CELLS = 6_000_000
TEXT = 100 << 20  # characters of all cells together
TOO_LARGE = 3  # exit code
_BESIDE = Path(__file__).resolve().parents[1] / "exports" / "reading" / "sheets.py"


def _of_spreadsheets() -> Any:
    """The limits and the manner of writing cells that spreadsheets have, without all that this project imports."""
    spec = importlib.util.spec_from_file_location("sheets", _BESIDE)
    if spec is None or spec.loader is None:
        raise ImportError(_BESIDE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Read the file whose kind (sav, dta) is the first argument from standard input."""
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    import pyreadstat

    sheets = _of_spreadsheets()
    sheets.limit()
    read = pyreadstat.read_dta if sys.argv[1] == "dta" else pyreadstat.read_sav
    data = sys.stdin.buffer.read()
    _, about = read(io.BytesIO(data), metadataonly=True)
    names = about.column_names
    most = CELLS // max(len(names), 1)
    if len(names) > COLUMNS or (about.number_rows or 0) > most:
        sys.exit(TOO_LARGE)
    columns, about = read(io.BytesIO(data), output_format="dict", row_limit=most + 1)
    letters = 0
    for name in names:
        worded = about.variable_value_labels.get(name, {})
        cells = [_cell(value, worded, sheets.text) for value in columns.pop(name)]
        letters += sum(map(len, cells))
        if len(cells) > most or letters > TEXT:
            sys.exit(TOO_LARGE)
        codes = {label: sheets.text(value) for value, label in worded.items()}
        label = about.column_names_to_labels.get(name) or ""
        variable = {"name": name, "label": label, "codes": codes, "cells": cells}
        sys.stdout.buffer.write(json.dumps(variable).encode() + b"\n")


def _cell(value: Any, worded: dict[Any, str], text: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    found = worded.get(value)
    return str(text(value) if found is None else found).strip()


if __name__ == "__main__":
    main()
