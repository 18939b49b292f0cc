"""Files of pictures and tables stand alone: they say what they show, of whom, how and from where."""

import csv
import datetime as dt
import io
import json
import re
import threading
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from campaigns.store import open_store
from views.charts import audience_chart, dots_chart, gaps_chart, groups_chart, interval_chart, over_time_chart
from views.charts.picture import Picture
from views.evaluations import audience_cells, daily, evaluations
from views.taking_away import browser, notes_of, picture_files, table_files
from views.taking_away.browser import draw
from views.taking_away.framing import svg, wrapped_lines
from views.taking_away.notes import version
from views.wording import Words

APP = Path(__file__).parents[1] / "views" / "app.py"
WORDS = Words("en")
FORMULAS = tuple("=+-@\t\r")
CAMPAIGN = "gm-2025-peer-videos"
needs_browser = pytest.mark.skipif(browser() is None, reason="there is no Chrome or Chromium here")


@pytest.fixture(scope="module")
def pictures(example_folder):
    """Several kinds of picture, with their notes."""
    from campaigns.published import read_published
    from metrics.gaps import gap_map

    with open_store(example_folder) as store:
        found = evaluations(store)
        (one,) = [evaluation for evaluation in found if evaluation.campaign.id == CAMPAIGN]
        cells = audience_cells(store, one.campaign, "age")
        drawn = {
            "intervals": interval_chart(found, WORDS),
            "dots": dots_chart(one, WORDS),
            "groups": groups_chart(one, WORDS),
            "age": audience_chart(cells, one.campaign.audience, "age", WORDS),
            "days": over_time_chart(daily(store, one.campaign), one.campaign, WORDS),
            "map": gaps_chart(gap_map(read_published().outcomes), WORDS, simulated=False),
        }
    return {name: picture for name, picture in drawn.items() if picture is not None}, notes_of(
        [one], WORDS, ("Filters", "Country of origin: Gambia")
    )


def made(picture, notes, words=WORDS):
    return {file.ending: file.made() for file in picture_files(picture, words, notes)}


@needs_browser
def test_every_kind_of_picture_is_taken_away_in_four_formats(pictures):
    drawn, notes = pictures
    for name, picture in drawn.items():
        files = made(picture, notes)
        assert set(files) == {"png", "svg", "csv", "xlsx"}, name
        with Image.open(io.BytesIO(files["png"])) as image:
            assert round(image.info["dpi"][0]) == 300, name
            assert image.width == 2812, name  # 900 pixels of which 96 are an inch, at 300 dots an inch
            assert image.info["Description"] == picture.alt
        assert b"pHYs" in files["png"].partition(b"IDAT")[0]
        said = re.sub(r"\s+", " ", " ".join(ET.fromstring(files["svg"]).itertext()))  # noqa: S314 -- our own drawing
        for text in ("Country of origin: Gambia", "People asked:", "Method:", "Source:", version()):
            assert text in said, (name, text)


@needs_browser
def test_every_picture_of_every_page_has_its_files_and_can_be_drawn(example_folder, monkeypatch):
    monkeypatch.setenv("CAMPAIGN_STORE", str(example_folder))
    drawn = 0
    app = AppTest.from_file(APP, default_timeout=60).run()
    for screen in ("results", "compare", "audience", "evidence", "campaign"):
        app.switch_page(f"screens/{screen}.py").run()
        charts = app.get("plotly_chart")
        keys = {button.proto.id for button in app.get("download_button")}
        for ending in ("png", "svg", "csv", "xlsx"):
            assert sum(f"-{ending}-" in key for key in keys) >= len(charts), (screen, ending)
        for chart in charts:
            figure = go.Figure(json.loads(chart.proto.spec))
            picture = Picture(figure=figure, title="T", alt=chart.proto.alt, table=pd.DataFrame(), caption="C")
            assert b"<desc" in svg(picture, [("Source", "S")], WORDS), screen
            drawn += 1
    assert drawn >= 8


@needs_browser
def test_the_same_picture_is_drawn_alike_each_time(pictures):
    drawn, notes = pictures
    first, second = made(drawn["groups"], notes), made(drawn["groups"], notes)
    assert first["svg"] == second["svg"]
    assert first["png"] == second["png"]


@needs_browser
def test_everybody_who_asks_at_once_gets_their_own_picture(pictures):
    drawn, _ = pictures
    got = {}

    def take(name):
        figure = drawn[name].figure
        figure.update_layout(width=600)
        got[name] = draw(figure, "svg").decode()

    threads = [threading.Thread(target=take, args=(name,)) for name in ("dots", "groups", "age")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "Comparison" in got["groups"]
    assert "Comparison" not in got["dots"]
    assert "people in every 100" in got["dots"]
    assert "people in every 100" not in got["age"]


@pytest.mark.parametrize("words", [Words(language) for language in ("ar", "zh")], ids=lambda words: words.language)
@needs_browser
def test_letters_of_every_script_are_in_the_drawing(pictures, words):
    drawn, _ = pictures
    picture = replace(drawn["dots"], title=words("Campaign"))
    files = {file.ending: file for file in picture_files(picture, words, ())}
    assert words("Campaign") in files["svg"].made().decode()


def test_a_table_survives_the_round_trip_through_csv(pictures):
    drawn, notes = pictures
    for name, picture in drawn.items():
        content = made_only("csv", picture.table, notes)
        assert content.startswith(b"\xef\xbb\xbf"), name
        back = pd.read_csv(io.BytesIO(content))
        for column in picture.table.columns:
            written = picture.table[column]
            if pd.api.types.is_numeric_dtype(written):
                assert list(back[column].dropna()) == pytest.approx(list(written.dropna()), abs=0), (name, column)
        assert back["Title"].unique().tolist() == ["T"]


def made_only(ending, table, notes=(), words=WORDS):
    (file,) = [file for file in table_files(table, words, notes, title="T") if file.ending == ending]
    return file.made()


HOSTILE = pd.DataFrame({"=SUM(A1)": ["=1+1", "+CMD", "-2", "@x", "\tx", "\rx"], "n": [-1.5, 2, 3, 4, 5, 6]})


def test_no_cell_of_a_csv_begins_a_formula():
    rows = list(csv.reader(io.StringIO(made_only("csv", HOSTILE).decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULAS)] == ["-1.5"]  # a number


def workbook(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_no_cell_of_a_workbook_is_a_formula_or_begins_one():
    parts = workbook(made_only("xlsx", HOSTILE))
    assert not any("<f>" in part for name, part in parts.items() if name.startswith("xl/worksheets"))
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", parts["xl/sharedStrings.xml"])
    assert texts
    assert [text for text in texts if text.startswith(FORMULAS)] == []
    assert "<v>-1.5</v>" in parts["xl/worksheets/sheet1.xml"]


def test_a_workbook_holds_real_tables_and_says_where_it_is_from():
    parts = workbook(made_only("xlsx", pd.DataFrame({"Group": ["a", "b"], "n": [1, 2]}), [("Source", "S")]))
    assert 'ref="A3:B5"' in parts["xl/tables/table1.xml"]  # title in the first row, a blank, the header
    assert 'name="Group"' in parts["xl/tables/table1.xml"]
    assert "rightToLeft" not in parts["xl/worksheets/sheet1.xml"]
    assert "Source" in parts["xl/sharedStrings.xml"]


def test_an_arabic_workbook_opens_from_right_to_left():
    parts = workbook(made_only("xlsx", pd.DataFrame({"n": [1]}), words=Words("ar")))
    assert 'rightToLeft="1"' in parts["xl/worksheets/sheet1.xml"]
    assert 'rightToLeft="1"' in parts["xl/worksheets/sheet2.xml"]


def test_notes_bear_the_day_and_the_version():
    from views.taking_away.notes import completed

    assert dict(completed([], WORDS, today=dt.date(2026, 3, 5))) == {
        "Date": "5 Mar 2026",
        "Version": f"Campaign tracker {version()}",
    }


def test_chinese_breaks_between_characters_and_words_do_not_break():
    assert wrapped_lines("活动提高了认识", 36, 12) == ["活动提", "高了认", "识"]
    assert wrapped_lines("unbreakable", 10, 12) == ["unbreakable"]
