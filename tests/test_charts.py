"""Pictures say what was found, show how sure it is, and let no difference hang on colour alone."""

import dataclasses
import datetime as dt
import itertools
import re
from xml.etree import ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest

from campaigns.records import Arm, Event, Sex, Wave
from metrics.verdicts import Certainty, Finding, Reason, ReasonCode
from tests.evaluations import SENTENCE_ENDS, TWICE, campaign, estimate, evaluation, groups
from views import palette
from views.charts import (
    Picture,
    audience_chart,
    axis_limit,
    dots_chart,
    groups_chart,
    interval_chart,
    interval_svg,
    over_time_chart,
    plot_config,
)
from views.charts.marks import Mark, mark_of
from views.charts.picture import as_read, label, wrapped
from views.palette import contrast
from views.wording import LANGUAGES, Words

EN, FR = Words("en"), Words("fr")
ATTACK = "<b>Peer</b> video <a href='http://evil.example'>x</a>"
ALL = tuple(
    evaluation(finding, certainty, title=f"{finding} {certainty}")
    for finding, certainty in itertools.product(Finding, Certainty)
)
DAYS = pd.DataFrame(
    {
        "day": pd.date_range("2025-03-25", "2025-04-05").date,
        "platform": "youtube",
        "views": range(100, 1300, 100),
        "impressions": range(1000, 13000, 1000),
    }
).drop(index=3)  # a day without a row
CELLS = pd.DataFrame({"value": ["13-17", "18-24", "25-34", "30-39", None], "impressions": [50, 600, 200, 100, 50]})
RUN = dataclasses.replace(
    campaign(),
    start=dt.date(2025, 3, 26),
    end=dt.date(2025, 4, 3),
    events=(Event(day=dt.date(2025, 3, 30), what=ATTACK), Event(day=dt.date(2024, 1, 1), what="long before")),
)


def pictures(words: Words = EN) -> dict[str, Picture]:
    made = {
        "intervals": interval_chart(ALL, words),
        "dots": dots_chart(evaluation(), words),
        "groups": groups_chart(evaluation(groups=TWICE, alone=estimate(0.165, 0.09, 0.24)), words),
        "over time": over_time_chart(DAYS, RUN, words, metric="views"),
        "audience": audience_chart(CELLS, campaign().audience, "age", words),
    }
    assert all(made.values())
    return {name: picture for name, picture in made.items() if picture}


def texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


# ---- What all pictures keep -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_has_a_title_an_alternative_a_caption_and_its_figures(language):
    for name, picture in pictures(Words(language)).items():
        assert picture.title, name
        assert len(picture.alt) > (20 if language == "zh" else 40), name
        assert picture.alt != picture.title, name
        assert picture.caption.endswith(SENTENCE_ENDS), name
        assert len(picture.table), name
        assert not picture.figure.layout.showlegend, name


def test_titles_say_what_is_shown_in_ten_words_at_most():
    assert [picture.title for picture in pictures().values() if len(picture.title.split()) > 10] == []


def test_pictures_use_our_colours_and_no_other():
    known = {value for value in vars(palette).values() if isinstance(value, str) and value.startswith("#")}
    known |= set(palette.CATEGORIES)
    for name, picture in pictures().items():
        drawn = picture.figure.to_plotly_json()
        used = set(re.findall(r"#[0-9A-Fa-f]{6}\b", str(drawn["data"]) + str(drawn["layout"])))
        assert {colour.upper() for colour in used} <= known, name


def test_marks_and_text_stand_out_from_the_paper():
    for colour in (palette.BETTER, palette.WORSE, palette.OUTLINE, *palette.CATEGORIES):
        assert contrast(colour, palette.PAPER) >= 3  # WCAG 2.2, 1.4.11
    for colour in (palette.BETTER, palette.OUTLINE):
        assert contrast(colour, palette.BAND) >= 3
    for colour in (palette.INK, palette.SOFT_INK):
        assert contrast(colour, palette.PAPER) >= 4.5  # 1.4.3
        assert contrast(colour, palette.BAND) >= 4.5
    assert contrast(palette.BETTER, palette.WORSE) >= 3
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)  # the grey that just passes 1.4.3


def test_text_of_people_makes_no_markup_in_a_picture():
    shown = interval_chart([evaluation(title=ATTACK)], EN)
    assert "<a " not in str(shown.figure.to_plotly_json())
    assert any("&lt;b&gt;Peer" in text for text in texts(shown.figure))
    assert any("&lt;b&gt;" in text for text in texts(over_time_chart(DAYS, RUN, EN).figure))
    assert label("a<b>&") == "a&lt;b&gt;&amp;"


def test_long_titles_are_wrapped_and_then_cut():
    assert wrapped("one two three four five", width=9, lines=2) == "one two<br>three…"
    assert wrapped("one two", width=9) == "one two"
    assert wrapped("a" * 30, width=10, lines=1) == "a" * 9 + "…"


def test_the_viewer_can_save_the_picture_and_reads_months_in_their_language():
    config = plot_config(FR, file_name="résultats", image="svg")
    assert config["displaylogo"] is False
    assert config["toImageButtonOptions"] == {"format": "svg", "scale": 1, "filename": "résultats"}
    french = config["locales"]["fr"]["format"]
    assert french["months"][0] == "janvier"
    assert french["days"][0] == "dimanche"
    assert french["decimal"] == ","
    assert plot_config(EN, file_name="x")["toImageButtonOptions"]["scale"] == 3
    with pytest.raises(ValueError, match="'gif'"):
        plot_config(EN, file_name="x", image="gif")


# ---- The change -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.06, 0.12, Mark.BETTER),
        (-0.12, -0.06, Mark.WORSE),
        (-0.03, 0.08, Mark.NEITHER),
        (0.01, 0.04, Mark.NEITHER),  # above zero, and too small to matter
        (-0.04, -0.01, Mark.NEITHER),
        (0.01, 0.06, Mark.BETTER),
    ],
)
def test_shape_and_colour_say_better_worse_or_neither(low, high, expected):
    assert mark_of(estimate((low + high) / 2, low, high), 0.05) == expected


def test_the_three_marks_differ_in_more_than_colour():
    looks = {(mark.symbol, mark.fill == mark.line) for mark in Mark}
    assert len(looks) == 3


def test_a_campaign_that_asked_nobody_is_not_among_those_compared():
    shown = interval_chart([evaluation(), evaluation(Finding.NOT_MEASURED, None, title="Views only")], EN)
    assert not any("Views only" in text for text in texts(shown.figure))
    assert "Views only" not in shown.alt


def test_every_campaign_that_asked_has_a_row_even_without_figures():
    shown = interval_chart(ALL, EN)
    measured = [each for each in ALL if each.verdict.finding != Finding.NOT_MEASURED]
    for each in measured:
        assert any(f"<b>{each.campaign.title}</b>" in text for text in texts(shown.figure))
    assert len(shown.table) == len(measured)


def test_a_result_that_must_not_be_used_is_not_drawn():
    assert not interval_chart([evaluation(Finding.DO_NOT_TRUST, Certainty.VERY_LOW)], EN).figure.data


def test_a_viewer_sees_no_interval_of_few_people():
    few = evaluation(n=7)
    assert not interval_chart([few], EN).figure.data
    assert interval_chart([few], EN, profile=None).figure.data
    assert dots_chart(few, EN) is None


def test_the_axis_is_shared_and_does_not_follow_the_data():
    narrow, wide = evaluation(interval=(0.01, -0.01, 0.03)), evaluation(interval=(0.12, 0.08, 0.16))
    assert axis_limit([narrow]) == 10
    assert axis_limit([narrow, wide]) == 20
    assert list(interval_chart([narrow], EN, limit=20).figure.layout.xaxis.range) == pytest.approx([-21.2, 21.2])
    assert list(interval_chart([narrow], EN).figure.layout.xaxis.ticktext) == ["−10", "−5", "0", "+5", "+10"]


def test_a_line_that_goes_on_beyond_the_axis_ends_in_an_open_arrow():
    symbols = [
        trace.marker.symbol
        for trace in interval_chart([evaluation(interval=(0.0, -0.3, 0.3))], EN, limit=20).figure.data
    ]
    assert symbols.count("triangle-left") == 1
    assert symbols.count("triangle-right") == 1
    inside = [trace.marker.symbol for trace in interval_chart([evaluation()], EN).figure.data]
    assert not {"triangle-left", "triangle-right"} & set(inside)


def test_harm_elsewhere_is_explained_under_the_picture():
    harm = Reason(code=ReasonCode.GUARDRAIL_HARMED, detail="helpline")
    shown = interval_chart(
        [evaluation(Finding.BACKFIRED, Certainty.LOW, interval=(0.09, 0.06, 0.12), reasons=(harm,))], EN
    )
    assert "something that must not get worse did" in shown.caption
    assert any("◆" in text and "May have done harm" in text for text in texts(shown.figure))


def test_the_alternative_text_says_the_finding():
    shown = interval_chart([evaluation(interval=(0.04, 0.02, 0.06), title="Radio")], EN)
    assert shown.alt == (
        "1 of 1 campaigns raised awareness, or probably or may have done so. "
        "Radio: Probably raised, perhaps a little, +4 (+2 to +6)."
    )


def test_twenty_dots_are_drawn_and_counted():
    # Normal distribution with estimate 4 and standard error 2 (in a hundred): the limit of the change that matters, 5,
    # is half a standard error above the estimate, which 30.9 % exceed; zero is two below, which 97.7 % exceed.
    shown = dots_chart(evaluation(interval=(0.04, 0.04 - 0.0392, 0.04 + 0.0392)), EN)
    dots = [trace for trace in shown.figure.data if trace.mode == "markers" and trace.marker.size == 12]
    assert sum(len(trace.x) for trace in dots) == 20
    assert "Of 20 dots, 20 show a better state than without the campaign, and 6 a change" in shown.alt
    assert len(shown.table) == 20
    assert sum(size > 5 for size in shown.table["Change per 100 people"]) == 6


@pytest.mark.parametrize("half_width", [0.01, 0.1, 0.4])
def test_no_two_dots_lie_on_each_other_and_all_are_on_the_axis(half_width):
    shown = dots_chart(evaluation(interval=(0.04, 0.04 - half_width, 0.04 + half_width)), EN)
    places = [
        place
        for trace in shown.figure.data
        if trace.mode == "markers" and trace.marker.size == 12
        for place in zip(trace.x, trace.y, strict=True)
    ]
    assert len(set(places)) == 20
    assert max(y for _, y in places) < shown.figure.layout.yaxis.range[1]
    assert max(abs(x) for x, _ in places) < shown.figure.layout.xaxis.range[1]


def test_a_campaign_without_figures_has_no_dots():
    assert dots_chart(evaluation(Finding.RECORD_INCOMPLETE, None), EN) is None


# ---- Groups, days and audiences ---------------------------------------------------------------------------------


def test_groups_are_points_and_lines_with_the_score_interval():
    shown = groups_chart(evaluation(groups=TWICE), EN, profile=None)
    assert {trace.type for trace in shown.figure.data} == {"scatter"}
    # Wilson interval of 206 of 375: (206 + 1.9207 -/+ 1.96 sqrt(206 * 169 / 375 + 0.9604)) / (375 + 3.8415).
    after = shown.table.iloc[1]
    assert (after["Of every 100"], after["Range from"], after["Range to"]) == (54.9, 49.9, 59.9)
    assert list(shown.table["Group"]) == ["Campaign group"] * 2 + ["Comparison group"] * 2


def test_a_viewer_sees_shares_of_rounded_counts():
    shown = groups_chart(evaluation(groups=groups((Arm.CAMPAIGN, Wave.AFTER, 206, 374))), EN)
    assert shown.table.iloc[0]["Answered"] == "375"
    assert shown.table.iloc[0]["Of every 100"] == 54.7  # 205 of 375


@pytest.mark.parametrize("counted", [100, 170, 244, 290, 392])
def test_no_range_of_a_group_is_cut_off(counted):
    shown = groups_chart(evaluation(groups=groups((Arm.CAMPAIGN, Wave.AFTER, counted, 400))), EN)
    assert shown.figure.layout.yaxis.range[1] > shown.table.iloc[0]["Range to"] / 100


def test_groups_that_are_hidden_are_not_drawn():
    few = groups((Arm.CAMPAIGN, Wave.AFTER, 3, 20), (Arm.COMPARISON, Wave.AFTER, 30, 60))
    shown = groups_chart(evaluation(groups=few), EN)
    assert pd.isna(shown.table.iloc[0]["Of every 100"])
    assert not any("Campaign group" in text for text in texts(shown.figure))
    assert groups_chart(evaluation(groups=few[:1]), EN) is None
    assert groups_chart(evaluation(Finding.NOT_MEASURED, None), EN) is None


def test_labels_of_groups_that_end_alike_do_not_cover_each_other():
    alike = groups((Arm.CAMPAIGN, Wave.AFTER, 200, 400), (Arm.COMPARISON, Wave.AFTER, 196, 400))
    shifts = [note.yshift for note in groups_chart(evaluation(groups=alike), EN).figure.layout.annotations]
    assert shifts == [24, -24]


def test_a_series_is_cut_where_the_platform_counts_differently():
    shown = over_time_chart(DAYS, RUN, EN, metric="views")
    last_before, first_after = shown.figure.data[0].x[-1], shown.figure.data[1].x[0]
    assert (last_before, first_after) == (pd.Timestamp("2025-03-30"), pd.Timestamp("2025-03-31"))
    assert "From 31 Mar 2025, YouTube counts in another way: Any start or replay" in shown.caption
    assert len(over_time_chart(DAYS, RUN, EN, metric="impressions").figure.data) == 1


def test_a_day_without_a_figure_is_a_gap_and_not_zero():
    first = over_time_chart(DAYS, RUN, EN, metric="impressions").figure.data[0]
    assert first.y[3] is None
    assert not first.connectgaps


def test_start_end_and_events_of_the_time_shown_are_labelled():
    labels = texts(over_time_chart(DAYS, RUN, EN).figure)
    assert {"start", "end"} <= set(labels)
    assert not any("long before" in text for text in labels)


def test_each_platform_has_its_own_scale():
    both = pd.concat([DAYS, DAYS.assign(platform="tiktok", views=DAYS["views"] * 1000)])
    shown = over_time_chart(both, RUN, EN, metric="views")
    assert shown.figure.layout.yaxis2.anchor == "x2"
    assert {"<b>TikTok</b>", "<b>YouTube</b>"} <= set(texts(shown.figure))


def test_figures_that_nobody_reported_by_day_have_no_picture():
    assert over_time_chart(DAYS, RUN, EN, metric="spend") is None
    assert over_time_chart(DAYS.assign(views=None), RUN, EN, metric="views") is None


def test_intended_cells_are_solid_others_hatched_and_unknown_outlined():
    shown = audience_chart(CELLS, campaign().audience, "age", EN)
    looks = {row: (bar.marker.color, bar.marker.pattern.shape) for row, bar in enumerate(shown.figure.data)}
    assert [looks[row] for row in range(5)] == [
        (palette.PAPER, "/"),  # 13-17
        (palette.BETTER, None),  # 18-24
        (palette.BETTER, None),  # 25-34
        (palette.PAPER, None),  # 30-39 is only partly meant
        (palette.PAPER, None),  # not known
    ]
    assert list(shown.table["Meant for them"]) == ["no", "yes", "yes", "not known", "not known"]
    assert shown.alt == "80% to 95% of the delivery went to whom it was meant for (counted: times shown)."


def test_an_audience_without_a_limit_has_no_picture():
    assert audience_chart(CELLS.assign(value="M"), campaign().audience, "sex", EN) is None
    assert audience_chart(CELLS.iloc[:0], campaign().audience, "age", EN) is None


def test_countries_are_named_and_many_small_ones_are_one_bar():
    countries = [
        "FRA",
        "ESP",
        "ITA",
        "DEU",
        "MAR",
        "DZA",
        "TUN",
        "LBY",
        "EGY",
        "MLI",
        "NER",
        "TCD",
        "SDN",
        "GIN",
        "SLE",
    ]
    cells = pd.DataFrame({"value": [*countries, "USA", "GMB"], "reach_high": [*range(200, 50, -10), 5, 3]})
    shown = audience_chart(cells, campaign().audience, "country", EN)
    assert shown.table.iloc[-1]["Group"] == "others"
    assert "Gambia" in set(shown.table["Group"])  # meant, so shown however small
    assert shown.alt.endswith("Nothing was delivered to: Senegal.")


def test_sexes_are_named():
    audience = dataclasses.replace(campaign().audience, sexes=(Sex.FEMALE,))
    cells = pd.DataFrame({"value": ["M", "F", "U"], "views": [300, 600, 100]})
    shown = audience_chart(cells, audience, "sex", FR)
    assert set(shown.table["Groupe"]) == {"Femmes", "Hommes", "Sexe inconnu"}


# ---- The drawing in a row of a table ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_is_self_contained_and_says_what_it_shows(language):
    drawing = interval_svg(estimate(), 0.05, Words(language))
    root = ElementTree.fromstring(drawing)  # noqa: S314 our own drawing
    assert root.find("{http://www.w3.org/2000/svg}title").text == root.get("aria-label")
    assert "+4" in root.get("aria-label")
    assert root.get("role") == "img"
    assert not re.search(r"<script|href|url\(|http(?!://www\.w3\.org/2000/svg)|\son\w+=", drawing)
    assert len(drawing) < 1_200


def test_the_drawing_shows_the_interval_where_the_axis_has_it():
    drawing = ElementTree.fromstring(interval_svg(estimate(0.10, 0.0, 0.20), 0.05, EN, limit=20))  # noqa: S314
    lines = drawing.findall("{http://www.w3.org/2000/svg}line")
    thin = lines[1]
    assert (thin.get("x1"), thin.get("x2")) == ("110.0", "210.0")  # zero in the middle of 220, +20 at the rim of 10
    assert drawing.find("{http://www.w3.org/2000/svg}circle").get("cx") == "160.0"


def test_the_drawing_marks_worse_by_its_shape_and_beyond_by_an_arrow():
    worse = interval_svg(estimate(-0.10, -0.30, -0.06), 0.05, EN, limit=20)
    assert "<circle" not in worse
    assert worse.count("<path") == 2  # the diamond and the arrow
    assert interval_svg(estimate(0.1, 0.06, 0.3), 0.05, EN, limit=20).count("<path") == 1


def test_without_an_estimate_the_drawing_says_so():
    assert "no figures" in interval_svg(None, 0.05, EN)


# ---- From right to left -----------------------------------------------------------------------------------------


def test_arabic_lines_of_a_picture_run_from_the_right_and_the_axis_as_in_every_language():
    words = Words("ar")
    drawn = as_read(pictures(words)["intervals"].figure, words)
    lines = [line for note in drawn.layout.annotations for line in note.text.split("<br>")]
    arabic = [line for line in lines if re.search("[\u0620-\u06ff]", line)]
    assert arabic
    assert all(line.startswith("\u2067") and line.endswith("\u2069") for line in arabic)
    assert drawn.layout.xaxis.range[0] < 0 < drawn.layout.xaxis.range[1]
    french = pictures(FR)["intervals"].figure
    assert as_read(french, FR) is french
