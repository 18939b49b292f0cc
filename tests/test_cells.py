"""Cells of a table as people write them: numbers, gaps, arms and waves."""

import math

import pandas as pd
import pytest

from metrics.tables import CellError, covariate, labels, numbers, sides


def column(*cells):
    return pd.DataFrame({"x": cells}, index=range(5, 5 + len(cells)))


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1", 1), (" 1.5 ", 1.5), ("1,5", 1.5), ("-2", -2), ("+2", 2), (".5", 0.5), (",5", 0.5), ("5.", 5),
        ("1e-3", 0.001), ("2E+3", 2000), ("12%", 0.12), ("12,5%", 0.125), ("100%", 1), ("-3%", -0.03),
        ("yes", 1), ("No", 0), ("TRUE", 1), ("false", 0), ("y", 1), ("n", 0), ("oui", 1), ("non", 0), ("sí", 1),
        ("si", 1), ("да", 1), ("нет", 0), ("نعم", 1), ("لا", 0), ("是", 1), ("否", 0), (3, 3), (0.25, 0.25),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(cell, number):
    read = numbers(column(cell), "x")
    assert read.tolist() == [number]
    assert (read.dtype, list(read.index)) == (float, [5])


@pytest.mark.parametrize("gap", ["", "  ", "NA", "n/a", "NaN", "<NA>", "null", "--", None, math.nan])
def test_a_gap_is_missing_and_no_mistake(gap):
    table = pd.DataFrame({"x": pd.Series(["1", gap], dtype="str")})
    assert numbers(table, "x").isna().tolist() == [False, True]
    assert labels(table, "x").isna().tolist() == [False, True]
    assert covariate(table, "x").isna().tolist() == [False, True]
    assert sides(table, "x").isna().tolist() == [False, True]


@pytest.mark.parametrize("cell", ["maybe", "1.2.3", "1 000", "1e", "%", "5%%", "one", "-", "1,2,3", "٣ or so"])
def test_what_is_no_number_is_told_with_its_line(cell):
    with pytest.raises(CellError) as told:
        numbers(column("1", "", cell).set_axis([2, 3, 4]), "x")
    assert str(told.value) == f"line 4: x is {cell!r}, must be a number, or yes or no"


def test_an_unknown_column_is_answered_with_those_there_are():
    table = pd.DataFrame({"a": ["1"], "b": ["2"]})
    for read in (numbers, labels, covariate, sides):
        with pytest.raises(CellError, match=r"^there is no column 'x'; the columns are a, b$"):
            read(table, "x")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("0", "1"), ("comparison", "campaign"), ("control", "treatment"), ("untreated", "treated"),
        ("Control", "intervention"), ("unexposed", "EXPOSED"), ("holdout", "test"), ("no", "yes"), ("non", "oui"),
    ],
)  # fmt: skip
def test_arms_are_told_by_their_usual_names(first, second):
    read = sides(column(second, first, " " + second, ""), "x")
    assert read.tolist()[:3] == [1, 0, 1]
    assert (read.dtype, list(read.index)) == (float, [5, 6, 7, 8])
    assert math.isnan(read.iloc[3])


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("0", "1"), ("before", "after"), ("pre", "post"), ("Baseline", "Endline"), ("wave 1", "wave 2"),
        ("baseline", "follow-up"), ("pre", "followup"), ("2024", "2025"), ("9", "10"), ("1", "2"), ("0,5", "1.5"),
    ],
)  # fmt: skip
def test_waves_are_told_by_their_names_or_by_their_order(earlier, later):
    assert sides(column(later, earlier, later), "x", waves=True).tolist() == [1, 0, 1]


def test_the_name_to_compare_with_may_be_any_and_all_others_are_the_other():
    assert sides(column("Film", "None", "film"), "x", first="none").tolist() == [1, 0, 1]
    assert sides(column("1", "0", "1"), "x", first="1").tolist() == [0, 1, 0]
    assert sides(column("t2", "t1"), "x", first="T1", waves=True).tolist() == [1, 0]
    assert sides(column("Only", "only"), "x", first="only").tolist() == [0, 0]
    with pytest.raises(CellError, match=r"^no row has 'Other' in column 'x', which holds film, none$"):
        sides(column("film", "none"), "x", first="Other")


@pytest.mark.parametrize(
    ("cells", "options", "sentence"),
    [
        (["film", "radio"], {}, "film, radio: say with --comparison which of two"),
        (["1", "film"], {}, "1, film: say with --comparison which of two"),
        (["t1", "t2"], {"waves": True}, "t1, t2: say with --before which of two"),
        (["1", "2", "3"], {"waves": True}, "1, 2, 3: say with --before which of two"),
        (["1", "late"], {"waves": True}, "1, late: say with --before which of two"),
        (["no", "yes", "1"], {}, "1, no, yes: say with --comparison which of two"),
        (["a", "b", "c"], {"first": "a"}, "a, b, c: say with --comparison which of two"),
        (["a", "b", "c", "d", "e"], {}, "a, b, c, d, e: say with --comparison which of two"),
        (["f", "b", "c", "d", "e", "a"], {}, "a, b, c, d, e, …: say with --comparison which of two"),
    ],
)  # fmt: skip
def test_names_of_which_nobody_knows_the_sides_are_asked_for(cells, options, sentence):
    with pytest.raises(CellError) as told:
        sides(column(*cells), "x", **options)
    assert str(told.value) == f"column 'x' holds {sentence} it is to be compared with"


def test_a_column_with_one_name_among_its_numbers_is_a_column_of_names():
    assert covariate(column("1", "2,5", ""), "x").tolist()[:2] == [1, 2.5]
    assert covariate(column("1", "Thies", ""), "x").tolist()[:2] == ["1", "Thies"]
    assert covariate(column("yes", "no"), "x").tolist() == ["yes", "no"]
    assert labels(column(" Kayar ", "1"), "x").tolist() == ["Kayar", "1"]
    assert list(labels(column("a"), "x").index) == [5]
