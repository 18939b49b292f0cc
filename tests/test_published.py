"""Published evaluations: the table that comes with the project, and rows that people add."""

import csv
import dataclasses
import io
import math
from collections.abc import Mapping

import pytest

from campaigns.messages import PROBLEMS
from campaigns.published import COLUMNS, PUBLISHED, PublishedEvidence, read_published
from campaigns.records import Design, Direction
from metrics.published import poolable, pooled_by_outcome

ROW = dict.fromkeys(COLUMNS, "") | {
    "id": "invented-1",
    "campaign": "Ask first",
    "countries": "SEN GMB",
    "year": "2025",
    "design": "cluster_randomised",
    "people": "800",
    "clusters": "40",
    "outcome": "knows two dangers",
    "outcome_class": "knowledge",
    "desired": "up",
    "effect": "4",
    "effect_unit": "percentage points",
    "conf_low": "1",
    "conf_high": "7",
    "as_published": "four more in a hundred",
    "source": "an invented journal",
    "read": "table",
}


def read(*rows: Mapping[str, str]) -> PublishedEvidence:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return read_published(text.getvalue().encode())


def test_every_published_row_is_read_and_has_a_source() -> None:
    evidence = read_published()
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert evidence.problems == ()
    assert [study.id for study in evidence.outcomes] == [row["id"] for row in written]
    assert all(study.source and study.as_published for study in evidence.outcomes)


def test_what_was_not_read_of_a_publication_stays_empty() -> None:
    studies = {study.id: study for study in read_published().outcomes}
    assert (studies["cinemarena-guinea"].effect, studies["cinemarena-guinea"].unit) == ((), None)
    assert studies["mam1-senegal-risk"].conf_low is None
    assert studies["mam2-gambia"].effect == (8, 14)


def test_a_row_is_read_as_printed() -> None:
    (study,) = read(ROW).outcomes
    assert (study.countries, study.design, study.wished) == (
        ("SEN", "GMB"),
        Design.CLUSTER_RANDOMISED,
        Direction.MORE,
    )
    assert (study.effect, study.conf_low, study.conf_high) == ((4.0,), 1.0, 7.0)


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"source": " "}, "value_missing", "source"),
        ({"design": "rct"}, "study_cell_unread", "design"),
        ({"countries": "SEN XXX"}, "study_cell_unread", "countries"),
        ({"people": "about 800"}, "study_cell_unread", "people"),
        ({"effect": "four"}, "study_cell_unread", "effect"),
        ({"conf_high": ""}, "interval_incomplete", "conf_low"),
        ({"effect": "8"}, "interval_without_effect", "effect"),
        ({"effect": ""}, "interval_without_effect", "effect"),
    ],
)
def test_a_row_that_cannot_be_right_is_left_out_and_said(cells: dict[str, str], code: str, column: str) -> None:
    evidence = read(ROW | cells, ROW | {"id": "invented-2"})
    assert [study.id for study in evidence.outcomes] == ["invented-2"]
    assert [(p.code, p.row, p.column) for p in evidence.problems] == [(code, 2, column)]
    assert code in PROBLEMS


def test_two_rows_of_one_identifier_are_not_two_studies() -> None:
    evidence = read(ROW, ROW)
    assert len(evidence.outcomes) == 1
    assert [(p.code, p.row, p.value) for p in evidence.problems] == [("study_repeated", 3, "invented-1")]


def test_a_table_without_a_needed_column_is_refused() -> None:
    evidence = read_published(b"id,campaign\n1,Ask first\n")
    assert evidence.outcomes == ()
    assert {p.column for p in evidence.problems} == set(COLUMNS) - {"id", "campaign"}


def test_an_effect_is_pooled_in_the_wished_direction_with_the_error_of_its_interval() -> None:
    """Breza and others print -0.993 (-1.616 to -0.371) points, p = 0.002; that width is a standard error of 0.318."""
    studies = {study.id: study for study in read_published().outcomes}
    travel = poolable(studies["holiday-messages-travel"])
    assert travel is not None
    assert travel.effect == pytest.approx(0.00993)
    assert math.sqrt(travel.variance) == pytest.approx(0.003176, abs=1e-6)
    infections = poolable(studies["holiday-messages-infection"])
    assert infections is not None
    assert infections.effect == pytest.approx(-math.log(0.965))


@pytest.mark.parametrize("study", ["mam1-senegal-risk", "matz-extraversion", "iomx-fatima-knowledge", "facebook-819"])
def test_what_was_compared_with_nothing_or_has_no_interval_is_not_pooled(study: str) -> None:
    studies = {study.id: study for study in read_published().outcomes}
    assert poolable(studies[study]) is None


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"effect": "nan", "conf_low": "", "conf_high": ""}, "effect"),
        ({"effect_unit": "ratio", "effect": "1.2", "conf_low": "0", "conf_high": "2"}, "conf_low"),
        ({"effect_unit": "percent, relative", "effect": "-120", "conf_low": "", "conf_high": ""}, "effect"),
    ],
)
def test_a_figure_that_its_unit_cannot_have_is_refused(cells: dict[str, str], column: str) -> None:
    evidence = read(ROW | cells)
    assert evidence.outcomes == ()
    assert ("study_cell_unread", 2, column) in [(p.code, p.row, p.column) for p in evidence.problems]


def test_a_table_saved_with_semicolons_and_accents_of_windows_is_read() -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerow(ROW | {"campaign": "Demande d'abord, été"})
    evidence = read_published(text.getvalue().encode("cp1252"))
    assert [study.campaign for study in evidence.outcomes] == ["Demande d'abord, été"]


@pytest.mark.parametrize(
    ("tail", "code"), [(b"invented-3,Ask first\n", "cells_missing"), (b"x," * 40, "cells_surplus")]
)
def test_a_row_whose_cells_do_not_fit_the_header_is_said_and_the_others_are_kept(tail: bytes, code: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerow(ROW)
    evidence = read_published(text.getvalue().encode() + tail)
    assert [study.id for study in evidence.outcomes] == ["invented-1"]
    assert [(p.code, p.row) for p in evidence.problems] == [(code, 3)]
    assert code in PROBLEMS


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"id,campaign", b"\xff\xfe\x00"])
def test_a_file_that_is_no_such_table_is_refused_and_said(data: bytes) -> None:
    evidence = read_published(data)
    assert evidence.outcomes == ()
    assert evidence.problems


def test_studies_are_pooled_where_they_count_the_same_thing() -> None:
    """4 and 2 points, both with standard errors of 1.53 points: weights are equal, so that the average is 3."""
    here = ROW | {"id": "a", "source": "one journal"}
    there = ROW | {"id": "b", "source": "another", "effect": "2", "conf_low": "-1", "conf_high": "5"}
    (body,) = pooled_by_outcome(read(here, there).outcomes)
    assert (len(body.members), body.pooled.k, body.outcome_class) == (2, 2, "knowledge")
    assert body.estimate == pytest.approx(3)
    assert body.conf_low < 0 < 3 < body.conf_high  # two studies say little: t with one degree of freedom
    assert body.conf_high - body.estimate == pytest.approx(12.706 * 3 / 1.96 / math.sqrt(2), rel=1e-3)


def test_a_fall_that_is_wished_is_pooled_and_told_as_a_fall() -> None:
    falls = ROW | {"desired": "down", "effect_unit": "ratio", "effect": "0.5", "conf_low": "0.25", "conf_high": "1"}
    (body,) = pooled_by_outcome(read(falls, falls | {"id": "b", "source": "another"}).outcomes)
    assert body.estimate == pytest.approx(0.5)
    assert body.conf_low < 0.5 < body.conf_high
    assert body.pooled.estimate == pytest.approx(math.log(2))  # in the wished direction


@pytest.mark.parametrize(
    "other",
    [
        {"source": "an invented journal"},
        {"outcome_class": "attitude"},
        {"effect_unit": "ratio"},
        {"desired": "down"},
        {"caution": "another subject"},
        {"design": "before_after"},
        {"conf_low": "4", "conf_high": "4"},
    ],
)
def test_outcomes_of_one_publication_or_of_different_things_are_not_pooled(other: dict[str, str]) -> None:
    evidence = read(ROW, ROW | {"id": "b", "source": "another"} | other)
    assert len(evidence.outcomes) == 2
    assert pooled_by_outcome(evidence.outcomes) == ()


def test_of_the_published_studies_that_come_with_the_project_no_two_can_be_pooled() -> None:
    """Two rows have a comparison and an interval; they are of one publication and in two units."""
    assert pooled_by_outcome(read_published().outcomes) == ()


def test_a_study_that_printed_one_limit_only_is_not_pooled() -> None:
    (whole,) = read(ROW).outcomes
    for gap in ({"conf_low": None}, {"conf_high": None}):
        assert poolable(dataclasses.replace(whole, **gap)) is None


def test_relative_changes_are_pooled_as_ratios_and_told_in_hundreds() -> None:
    """A quarter more and a fifth less are 5/4 and 4/5: no change on average."""
    rise = ROW | {"effect_unit": "percent, relative", "effect": "25", "conf_low": "0", "conf_high": "56.25"}
    fall = rise | {"id": "b", "source": "another", "effect": "-20", "conf_low": "-36", "conf_high": "0"}
    (body,) = pooled_by_outcome(read(rise, fall).outcomes)
    assert body.estimate == pytest.approx(0, abs=1e-9)
    two = pooled_by_outcome(read(rise, rise | {"id": "b", "source": "another"}).outcomes)
    assert two[0].estimate == pytest.approx(25)


def test_two_outcomes_of_one_publication_are_averaged_before_it_is_pooled_with_another() -> None:
    """2 and 6 points, with intervals of 2 and of 6, stand beside 4 points as one study of 4."""
    one = ROW | {"id": "a", "effect": "2", "conf_low": "1", "conf_high": "3"}
    two = ROW | {"id": "b", "effect": "6", "conf_low": "3", "conf_high": "9"}
    other = ROW | {"id": "c", "source": "another", "effect": "4", "conf_low": "2", "conf_high": "6"}
    (body,) = pooled_by_outcome(read(one, two, other).outcomes)
    assert (body.pooled.k, len(body.members)) == (2, 3)
    assert body.estimate == pytest.approx(4)
    error = 0.04 / (2 * 1.959964)  # of both publications
    assert body.pooled.se == pytest.approx(error / math.sqrt(2), rel=1e-5)
