"""Rows that are not data are set aside, and rows that are data are not."""

import numpy as np
import pytest

from campaigns.exports import totals
from campaigns.exports.reading import read_tables
from campaigns.exports.totals import (
    footer_rows,
    labelled_total,
    tag_or_description_rows,
    total_rows,
    unlabelled_totals,
)


@pytest.mark.parametrize(
    "label",
    [
        "Total",
        "TOTAL",
        "Ge\xadsamt",
        "Total: Campaigns",
        "Total: Account",
        "Grand total",
        "الإجمالي",
        "Итого",
        "Totale",
        "Total général",
        "Toplam",
        "Усього",
    ],
)
def test_the_label_of_a_total_is_known_in_many_languages(label: str) -> None:
    assert labelled_total(label)


@pytest.mark.parametrize("name", ["", "Total war", "Totally safe", "Campaign: Total", "Some total"])
def test_a_name_with_the_word_in_it_is_no_total(name: str) -> None:
    assert not labelled_total(name)


def test_total_rows_are_found_wherever_they_stand() -> None:
    text = "Campaign,Ad group,Cost\nTotal,,6\nA,x,1\nB,y,2\nComputers,Total: Search,3\n"
    table = read_tables(text.encode(), "r.csv").tables[0]
    assert total_rows(table).tolist() == [True, False, False, True]


def test_of_very_many_different_cells_the_first_and_the_last_may_name_a_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(totals, "FEW", 30)
    data = "\n".join(["id,clicks", "Total,9", *(f"a{number},1" for number in range(40)), "Gesamt,9", ""])
    assert np.flatnonzero(total_rows(read_tables(data.encode(), "x.csv").tables[0])).tolist() == [0, 41]


def test_a_row_of_hxl_tags_or_of_descriptions_is_found() -> None:
    tags = read_tables(b"start,place,age\n#date+start,#loc+name,#age\n2026,Dakar,5\n", "r.csv").tables[0]
    assert tag_or_description_rows(tags).tolist() == [True, False]
    text = (
        "Store,Calls,Messages\n"
        "The code of the store,Number of calls from your profile,Number of messages from your profile\n"
        "A,5,6\n"
    )
    described = read_tables(text.encode(), "r.csv").tables[0]
    assert tag_or_description_rows(described).tolist() == [True, False]


def test_a_sentence_below_a_workbooks_rows_is_a_footer() -> None:
    text = "Video,Title,Views\nabc,One,5\nOnly the first 500 are shown,,\n"
    assert footer_rows(read_tables(text.encode(), "r.csv").tables[0]).tolist() == [False, True]


def test_a_nameless_row_that_sums_the_others_is_a_total() -> None:
    none = np.zeros(4, dtype=bool)
    views = np.array([60, 10, 20, 30])
    clicks = np.array([6, 1, 2, 3])
    nameless = np.array([True, False, False, False])
    assert unlabelled_totals([(views, none), (clicks, none)], nameless).tolist() == [True, False, False, False]


def test_a_nameless_row_that_does_not_sum_the_others_is_data() -> None:
    none = np.zeros(4, dtype=bool)
    views = np.array([60, 10, 20, 30])
    clicks = np.array([2, 1, 2, 3])
    nameless = np.array([True, False, False, False])
    assert not unlabelled_totals([(views, none), (clicks, none)], nameless).any()


def test_rows_of_which_none_is_named_are_all_data() -> None:
    views = np.array([60, 10, 20, 30])
    assert not unlabelled_totals([(views, np.zeros(4, dtype=bool))], np.ones(4, dtype=bool)).any()
