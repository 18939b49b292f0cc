"""The page of published studies: every figure as in the file, own campaigns apart, and rows that people add checked."""

import csv
import dataclasses
import io
import re

import pytest

from campaigns.kept_studies import kept_studies
from campaigns.published import COLUMNS, PUBLISHED, read_published
from campaigns.store import open_store
from metrics.published import pooled_by_outcome
from tests.test_dashboard import empty, example, said, shown, visit  # noqa: F401 -- fixtures
from tests.test_published import ROW
from views.studies import TAKES, columns_table, published_figures, published_table
from views.tables import csv_bytes
from views.wording import LANGUAGES, Words
from views.wording.studies import CLASSES, pooled_sentences, printed, size_label

EN = Words("en")
STUDIES = read_published().outcomes
FIGURES = ("year", "people", "clusters", "effect", "conf_low", "conf_high")


def written() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(text: str) -> list[float]:
    plain = text.replace("\u2212", "-").replace(",", "")
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", plain)]


def table(*rows: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def upload(content: bytes):
    app = visit("evidence")
    return app.file_uploader(key="studies-file").upload("studies.csv", content, "text/csv").run()


# ---- Figures are those of the file -------------------------------------------------------------------------------


def test_the_table_to_take_away_holds_each_cell_of_the_file():
    frame = published_figures(STUDIES)
    for (_, shown_row), row in zip(frame.iterrows(), written(), strict=True):
        for name in COLUMNS:
            cell = "" if shown_row[name] != shown_row[name] or shown_row[name] is None else shown_row[name]
            if name in FIGURES and row[name] and " to " not in row[name]:
                assert float(cell) == float(row[name]), (row["id"], name)
            else:
                assert str(cell) == row[name], (row["id"], name)


def test_the_table_to_take_away_can_be_read_again():
    again = read_published(csv_bytes(published_figures(STUDIES)))
    assert again.problems == ()
    same = [dataclasses.replace(study, as_published="") for study in STUDIES]
    assert [dataclasses.replace(study, as_published="") for study in again.outcomes] == same


def test_every_size_that_is_shown_is_the_one_of_the_file():
    for study, row in zip(STUDIES, written(), strict=True):
        wanted = [float(part) for name in FIGURES[3:] for part in row[name].split(" to ") if part]
        assert numbers(size_label(study, EN)) == wanted, row["id"]


def test_every_outcome_of_the_file_is_on_the_page_with_source_and_caution(shown):  # noqa: F811
    page = said(visit("evidence")).replace("\\", "").replace("\u200b", "")
    for row in written():
        for name in ("campaign", "outcome", "as_published", "source", "caution"):
            assert row[name] in page, (row["id"], name)
        for name in ("people", "clusters"):
            assert not row[name] or f"{int(row[name]):,}" in page, (row["id"], name)


def test_every_outcome_of_the_file_is_in_the_table_in_words():
    frame = published_table(STUDIES, EN)
    assert list(frame["Source"]) == [row["source"] for row in written()]
    assert list(frame["Caution"]) == [row["caution"] for row in written()]
    assert list(frame["Size, as printed"] == "") == [row["effect"] == "" for row in written()]


@pytest.mark.parametrize(
    ("figure", "shown_as"), [(-0.993, "−0.993"), (14.0, "14"), (1.25, "1.25"), (2.29, "2.29"), (11954109, "11,954,109")]
)
def test_a_figure_keeps_its_decimals(figure, shown_as):
    assert printed(figure, EN) == shown_as


def test_every_class_of_the_file_has_a_name():
    assert {row["outcome_class"] for row in written()} <= set(CLASSES)


# ---- The page ----------------------------------------------------------------------------------------------------


def test_the_page_asks_what_others_have_found_and_says_they_are_others(shown):  # noqa: F811
    app = visit("evidence")
    assert app.title[0].value == "What have others found?"
    assert "19 published studies are listed here; 10 of them let chance decide" in said(app)  # sources, by hand
    assert "They say nothing of your own campaigns." in said(app)


def test_the_two_reviews_are_told_with_their_sources(shown):  # noqa: F811
    page = said(visit("evidence"))
    assert "60 evaluations" in page
    assert "105 impact evaluations, 16 of them" in page
    assert page.count("Source: IOM, ") == page.count("Source: 3ie, ") == 1


def test_the_map_stands_on_the_page_with_its_table(shown):  # noqa: F811
    (picture,) = visit("evidence").get("plotly_chart")
    assert "have no study at all" in picture.proto.alt


def test_without_own_campaigns_only_published_studies_are_in_the_map(empty):  # noqa: F811
    app = visit("evidence")
    (picture,) = app.get("plotly_chart")
    assert "-open-dot" not in picture.proto.spec
    assert "simulated" not in said(app)


def test_why_nothing_is_pooled_is_said(shown):  # noqa: F811
    """Of the file, two outcomes have a comparison and an interval; both are of Breza and others."""
    assert "Of 30 outcomes, 2 have a comparison and a range; they come from 1 publication." in said(visit("evidence"))


def test_what_is_pooled_is_told_in_its_unit_with_its_range():
    there = ROW | {"id": "b", "source": "another", "effect": "2", "conf_low": "-1", "conf_high": "5"}
    studies = read_published(table(ROW, there)).outcomes
    (sentence,) = pooled_sentences(pooled_by_outcome(studies), studies, EN)
    assert sentence.startswith("Knowledge: 2 published studies together show 3.00 percentage points (95 % range from −")


# ---- Adding studies ----------------------------------------------------------------------------------------------


def test_the_empty_table_has_the_columns_that_are_read_and_each_is_explained():
    frame = published_figures(())
    assert tuple(csv_bytes(frame).decode("utf-8-sig").strip().split(",")) == COLUMNS
    assert set(TAKES) == set(COLUMNS)
    for language in LANGUAGES:
        assert list(columns_table(Words(language)).iloc[:, 0]) == list(COLUMNS)


def test_a_filled_table_is_checked_and_kept_only_when_somebody_says_so(empty):  # noqa: F811
    app = upload(table(ROW))
    assert "1 outcome could be read." in said(app)
    assert "1 is new." in said(app)
    assert "four more in a hundred" in said(app)
    with open_store() as store:
        assert kept_studies(store) == ()
    app.button(key="studies-save").click().run()
    assert not app.exception
    assert "1 outcome was kept." in said(app)
    with open_store() as store:
        assert [kept.study.id for kept in kept_studies(store)] == [ROW["id"]]
    page = said(visit("evidence"))
    assert "20 published studies are listed here" in page
    assert "Added or last corrected here by" in page
    again = upload(table(ROW | {"effect": "5"}))
    assert "1 takes the place of one kept before." in said(again)


def test_a_study_of_the_project_is_not_overwritten_by_a_table(shown):  # noqa: F811
    app = upload(table(ROW | {"id": STUDIES[0].id}))
    assert "0 outcomes could be read." in said(app)
    assert "belongs to a study that comes with the project" in said(app)


def fill(app, **cells: str):
    """Write into the form for a new study."""
    for name, value in cells.items():
        places = [field for field in (*app.text_input, *app.selectbox) if field.key == f"study-{name}-"]
        if places:
            places[0].set_value(value)
        else:
            app.multiselect(key=f"study-{name}-").set_value(value.split())
    return app


def test_a_study_is_added_by_the_form_corrected_and_withdrawn(empty):  # noqa: F811
    app = visit("evidence")
    app.button(key="study-save-").click().run()
    assert "Campaign: The cell is empty" in said(app)
    assert "What you read of it: The cell is empty" in said(app)
    fill(app, **{name: value for name, value in ROW.items() if name != "id" and value})
    app.button(key="study-save-").click().run()
    assert not app.exception
    assert "Kept. It stands in the list" in said(app)
    with open_store() as store:
        (kept,) = kept_studies(store)
    name = kept.study.id
    assert dataclasses.replace(kept.study, id=ROW["id"]) == read_published(table(ROW)).outcomes[0]

    app.selectbox(key="study-which").set_value(name).run()
    assert app.text_input(key=f"study-source-{name}").value == ROW["source"]
    app.text_input(key=f"study-conf_high-{name}").set_value("3")
    app.button(key=f"study-save-{name}").click().run()
    assert "does not lie in its interval" in said(app)
    app.text_input(key=f"study-effect-{name}").set_value("2.5")
    app.button(key=f"study-save-{name}").click().run()
    with open_store() as store:
        assert [(kept.study.effect, kept.study.conf_high) for kept in kept_studies(store)] == [((2.5,), 3.0)]

    app.selectbox(key="study-which").set_value(name).run()
    app.text_input(key=f"study-why-{name}").set_value("retracted").run()
    app.button(key=f"study-withdraw-{name}").click().run()
    assert not app.exception
    with open_store() as store:
        assert kept_studies(store) == ()
    assert "19 published studies are listed here" in said(app)
    app.button(key=f"study-back-{name}").click().run()
    with open_store() as store:
        assert [kept.study.id for kept in kept_studies(store)] == [name]


def test_a_row_that_cannot_be_right_is_said_and_the_others_are_shown(shown):  # noqa: F811
    app = upload(table(ROW | {"design": "rct"}, ROW | {"id": "invented-2"}))
    assert not app.exception
    assert "1 outcome could be read." in said(app)
    assert "Row 2, column “design”" in said(app)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"%PDF-1.7", b"id;campaign\n1;x\n"])
def test_a_file_that_is_no_table_of_studies_is_refused_in_words(shown, content):  # noqa: F811
    app = upload(content)
    assert not app.exception
    assert "0 outcomes could be read." in said(app)
    assert "To put right" in said(app)


def test_what_people_write_makes_no_link_or_picture(shown):  # noqa: F811
    attack = "![x](http://smuggler.example/seen.png)"
    app = upload(table(ROW | dict.fromkeys(("campaign", "implementer", "source", "caution", "outcome"), attack)))
    assert "](http://smuggler" not in said(app)
