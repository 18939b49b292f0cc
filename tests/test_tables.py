"""Tables: the surest first, hidden where people are few, safe on the page and in a spreadsheet."""

import csv
import dataclasses
import io

import pandas as pd
import pytest

from campaigns.privacy import STRICT
from campaigns.records import Arm, Wave
from metrics.costs import Cost
from metrics.verdicts import Certainty, Finding
from tests.evaluations import TWICE, evaluation, groups
from views.tables import (
    answer_figures,
    audience_table,
    csv_bytes,
    delivery_table,
    groups_table,
    not_measured_table,
    on_screen,
    reach_label,
)
from views.wording import LANGUAGES, Words
from views.wording.figures import intended_label

EN, FR = Words("en"), Words("fr")
LARGE_LOW = evaluation(Finding.RAISED, Certainty.LOW, interval=(0.3, 0.2, 0.4), title="Large and unsure")
SMALL_HIGH = evaluation(Finding.RAISED_A_LITTLE, Certainty.HIGH, interval=(0.04, 0.03, 0.05), title="Small and sure")
LUCKY_HIGH = evaluation(Finding.RAISED_A_LITTLE, Certainty.HIGH, interval=(0.09, 0.01, 0.17), title="Wide and sure")
VIEWS_ONLY = evaluation(Finding.NOT_MEASURED, None, title="Views only")


def test_the_surest_come_first_and_then_the_highest_lower_end():
    table = answer_figures([LARGE_LOW, LUCKY_HIGH, SMALL_HIGH, VIEWS_ONLY], EN)
    assert list(table["Campaign"]) == ["Small and sure", "Wide and sure", "Large and unsure"]


def test_a_cell_says_how_much_went_to_whom_it_was_meant_for():
    assert intended_label(SMALL_HIGH, EN) == "Age: 62% to 70% and Country: 80%"
    assert intended_label(dataclasses.replace(SMALL_HIGH, audience=()), EN) == "not known"


def test_the_same_figures_are_there_to_calculate_with():
    cost = Cost(estimate=3.254, conf_low=2.4, conf_high=5.5, conf_level=0.95, currency="USD")
    row = answer_figures([dataclasses.replace(SMALL_HIGH, cost=cost)], EN).iloc[0]
    assert (row["Change per 100 people"], row["Range from"], row["Range to"]) == (4.0, 3.0, 5.0)
    assert (row["Cost of one additional person"], row["Cost from"], row["Cost to"]) == (3.25, 2.4, 5.5)
    assert row["Currency"] == "USD"
    assert row["Smallest change that matters"] == 5.0
    assert row["Method"] == "miettinen_nurminen"
    assert row["People asked"] == 510
    assert answer_figures([SMALL_HIGH], EN, profile=None).iloc[0]["People asked"] == 512


def test_what_must_not_be_used_has_neither_figures_nor_certainty():
    row = answer_figures([evaluation(Finding.DO_NOT_TRUST, Certainty.VERY_LOW)], EN).iloc[0]
    assert row["Change per 100 people"] is None
    assert row["Certainty"] == "—"
    assert row["What we say"] == "Do not use"


def test_a_viewer_sees_no_change_of_few_people():
    cost = Cost(estimate=3.254, conf_low=2.4, conf_high=5.5, conf_level=0.95, currency="USD")
    few = dataclasses.replace(evaluation(n=7), cost=cost)
    assert pd.isna(answer_figures([few], EN).iloc[0]["Cost of one additional person"])
    assert pd.isna(answer_figures([few], EN).iloc[0]["Change per 100 people"])
    assert pd.isna(answer_figures([few], EN).iloc[0]["Range from"])
    assert answer_figures([few], EN, profile=None).iloc[0]["Change per 100 people"] == 4.0


def test_campaigns_that_asked_nobody_stand_by_themselves():
    table = not_measured_table([SMALL_HIGH, VIEWS_ONLY], EN)
    assert table.to_dict("records") == [
        {
            "Campaign": "Views only",
            "Country": "Gambia and Senegal",
            "Times shown": "1,200,000",
            "People reached": "300,000 to 420,000",
            "Spend": "US$4,000",
        }
    ]
    assert not_measured_table([SMALL_HIGH], EN).empty


@pytest.mark.parametrize(("low", "high", "expected"), [(None, None, "—"), (900, 900, "900"), (300, 420, "300 to 420")])
def test_people_reached_are_one_figure_or_the_two_they_lie_between(low, high, expected):
    delivery = dataclasses.replace(VIEWS_ONLY.delivery, reach_low=low, reach_high=high)
    assert reach_label(dataclasses.replace(VIEWS_ONLY, delivery=delivery), EN) == expected


def test_reach_that_one_platform_left_out_is_only_the_least():
    delivery = dataclasses.replace(VIEWS_ONLY.delivery, reach_low=900, reach_high=900, reach_everywhere=False)
    assert reach_label(dataclasses.replace(VIEWS_ONLY, delivery=delivery), EN) == "at least 900"


def test_small_groups_are_hidden_and_others_rounded():
    shown = evaluation(groups=groups((Arm.CAMPAIGN, Wave.AFTER, 206, 374), (Arm.COMPARISON, Wave.AFTER, 3, 7)))
    assert groups_table(shown, EN).to_dict("records") == [
        {
            "Group": "Campaign group",
            "When": "After",
            "People asked": "375",
            "Answered": "375",
            "Gave the answer that counts": "55%",
        },
        {
            "Group": "Comparison group",
            "When": "After",
            "People asked": "fewer than 8",
            "Answered": "fewer than 8",
            "Gave the answer that counts": "hidden",
        },
    ]
    assert groups_table(shown, EN, profile=STRICT).iloc[1]["Answered"] == "fewer than 10"
    assert list(groups_table(shown, EN, profile=None)["Answered"]) == ["374", "7"]
    assert groups_table(VIEWS_ONLY, EN).empty


def test_delivery_is_shown_with_what_each_figure_means():
    table = delivery_table(VIEWS_ONLY, EN)
    assert list(table["Figure"]) == ["People reached", "Times shown", "Clicks on a link", "Spend"]
    assert list(table["Total"]) == ["300,000 to 420,000", "1,200,000", "4,100", "US$4,000"]
    assert table["What it counts"].str.endswith(".").all()


def test_the_audience_is_a_range_with_whom_nothing_reached():
    assert audience_table(SMALL_HIGH, EN).to_dict("records") == [
        {
            "By": "Age",
            "Went to whom it was meant for": "62% to 70%",
            "Counted": "times shown",
            "In all": "1,200,000",
            "Nothing was delivered to": "—",
        },
        {
            "By": "Country",
            "Went to whom it was meant for": "80%",
            "Counted": "times shown",
            "In all": "1,200,000",
            "Nothing was delivered to": "Senegal",
        },
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_as_many_columns_in_every_language(language):
    words = Words(language)
    shown = evaluation(groups=TWICE)
    assert answer_figures([shown], words).shape == answer_figures([shown], EN).shape
    for make in (groups_table, delivery_table, audience_table):
        assert make(shown, words).shape == make(shown, EN).shape


# ---- On the page and in files -----------------------------------------------------------------------------------


def test_a_title_is_plain_in_the_frame_and_text_on_the_page():
    table = answer_figures([evaluation(title="![x](http://a.example)")], EN)
    assert table.iloc[0]["Campaign"] == "![x](http://a.example)"
    shown = on_screen(table, EN)
    assert shown.iloc[0, 0] == "\\!\\[x\\]\\(http\u200b\\:\\/\\/a\\.example\\)"


def test_numbers_on_the_page_follow_the_language_and_gaps_are_dashes():
    frame = pd.DataFrame({"x": [1234.5, None], "y": [2, 3000], "z": ["a", None]})
    assert on_screen(frame, FR).to_dict("list") == {
        "x": ["1\u202f234,5", "—"],
        "y": ["2", "3\u202f000"],
        "z": ["a", "—"],
    }


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "\t="])
def test_text_that_a_spreadsheet_would_run_is_only_text(start):
    payload = f"{start}cmd|' /C calc'!A1"
    rows = read(csv_bytes(pd.DataFrame({payload: [payload]}), [(payload, payload)]))
    assert rows == [["'" + payload] * 2] * 2


def test_numbers_stay_numbers_and_text_stays_whole():
    frame = pd.DataFrame({"n": [-4.5, None], "text": ['say "no", twice\nnow', "−3"], "whole": [1, 2]})
    assert read(csv_bytes(frame)) == [["n", "text", "whole"], ["-4.5", 'say "no", twice\nnow', "1"], ["", "−3", "2"]]


def test_a_file_begins_with_its_header_and_each_row_carries_its_source():
    data = csv_bytes(answer_figures([SMALL_HIGH, LARGE_LOW], FR), [("Source", "Fiches"), ("Filtre", "Pays : Gambie")])
    assert data.startswith("\ufeffCampagne,Ce que nous disons,".encode())
    table = pd.read_csv(io.BytesIO(data))
    assert list(table["Filtre"]) == ["Pays : Gambie"] * 2
    assert list(table["Changement pour 100 personnes"]) == [4.0, 30.0]
