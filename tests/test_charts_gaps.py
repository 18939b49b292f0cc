"""The map of studies: one mark a study, shape for design, filling for whose it is, and empty cells that are seen."""

import re

import pytest

from campaigns.published import read_published
from campaigns.records import Design, Frame
from metrics.gaps import Entry, GapMap, Measured, Origin, Way, gap_map, message_map
from metrics.verdicts import Certainty, Finding
from tests.evaluations import SENTENCE_ENDS, evaluation
from views import palette
from views.charts import gaps_chart
from views.charts.gaps import SHAPES
from views.wording import LANGUAGES, Words

EN = Words("en")
PUBLISHED = read_published().outcomes
FOUND = gap_map(PUBLISHED, [evaluation(Finding.RAISED, Certainty.LOW)])


def marks(found: GapMap) -> list[str]:
    return [trace.marker.symbol for trace in gaps_chart(found, EN).figure.data]


def texts(found: GapMap) -> list[str]:
    return [annotation.text for annotation in gaps_chart(found, EN).figure.layout.annotations]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_has_a_title_an_alternative_a_caption_and_its_figures(language):
    picture = gaps_chart(FOUND, Words(language))
    assert len(picture.alt) > 40
    assert picture.alt != picture.title
    assert picture.caption.endswith(SENTENCE_ENDS)
    assert not picture.figure.layout.showlegend


def test_the_title_says_what_is_shown_in_ten_words_at_most():
    assert len(gaps_chart(FOUND, EN).title.split()) <= 10


def test_each_study_is_one_mark():
    assert len(marks(FOUND)) == len(FOUND.entries)


def test_the_counts_of_the_picture_and_of_its_table_are_the_same():
    table = gaps_chart(FOUND, EN).table
    drawn = sum(int(text) for text in texts(FOUND) if text.isdigit())
    assert drawn == int(table.iloc[:, 2:].to_numpy().sum()) == len(FOUND.entries)


def test_empty_cells_are_drawn_and_say_none():
    found = gap_map([])
    cells = gaps_chart(found, EN).figure.layout.shapes
    assert len(cells) == 42
    assert {(cell.fillcolor, cell.line.dash) for cell in cells} == {(palette.PAPER, "dot")}
    assert [text for text in texts(found) if text.isdigit()] == ["0"] * 42


def test_each_design_has_a_shape_of_its_own_that_the_caption_explains():
    assert set(SHAPES) == set(Design) - {Design.DELIVERY_ONLY}
    assert len({symbol for symbol, _ in SHAPES.values()}) == len({sign for _, sign in SHAPES.values()}) == 7
    caption = gaps_chart(FOUND, EN).caption
    for entry in FOUND.entries:
        assert SHAPES[entry.design][1] in caption


def test_whose_a_study_is_hangs_on_its_filling_and_not_on_colour_alone():
    looks = {}
    for origin in Origin:
        entry = Entry(
            row=Way.SCHOOLS, measured=Measured.RECALL, design=Design.MATCHED, origin=origin, name="<b>A study</b>"
        )
        found = GapMap(rows=(Way.SCHOOLS,), always=(Way.SCHOOLS,), entries=(entry,), delivery_only=0, unplaced=0)
        (trace,) = gaps_chart(found, EN).figure.data
        looks[origin] = (trace.marker.symbol, trace.marker.color == palette.PAPER)
        assert "<b>" not in trace.text[0]
    assert len(set(looks.values())) == 3


def test_a_crowded_cell_shows_its_count_and_that_there_are_more():
    entry = Entry(
        row=Way.SCHOOLS, measured=Measured.RECALL, design=Design.MATCHED, origin=Origin.PUBLISHED, name="A study"
    )
    found = GapMap(rows=(Way.SCHOOLS,), always=(Way.SCHOOLS,), entries=(entry,) * 30, delivery_only=0, unplaced=0)
    assert "30" in texts(found)
    assert "…" in texts(found)
    assert len(marks(found)) == 11


def test_the_map_uses_our_colours_and_no_other():
    known = {value for value in vars(palette).values() if isinstance(value, str) and value.startswith("#")}
    drawn = gaps_chart(FOUND, EN).figure.to_plotly_json()
    used = set(re.findall(r"#[0-9A-Fa-f]{6}\b", str(drawn["data"]) + str(drawn["layout"])))
    assert {colour.upper() for colour in used} <= known | set(palette.CATEGORIES)


def test_simulated_campaigns_are_said_to_be_simulated():
    assert "simulated" in gaps_chart(FOUND, EN, simulated=True).caption
    assert "simulated" not in gaps_chart(FOUND, EN).caption


def test_a_map_by_message_names_messages_and_counts_own_campaigns_alone():
    picture = gaps_chart(message_map([evaluation(Finding.RAISED, Certainty.LOW)], Frame), EN)
    rows = [annotation.text for annotation in picture.figure.layout.annotations]
    assert "<b>Testimony</b>" in rows
    assert "<b>Law and penalties</b>" in rows
    assert picture.alt.startswith(
        "Of 42 combinations of what was said or who said it and an outcome, 41 have no campaign"
    )
    assert set(picture.table["Whose"]) == {"own campaign"}
    assert len(picture.table) == 7
