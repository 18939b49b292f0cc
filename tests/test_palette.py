"""Colours: told from their ground and from one another, also by people who see two of the three primary colours."""

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert

from views.palette import (
    ANYWAY,
    BAND,
    BETTER,
    CATEGORIES,
    DARK,
    INK,
    OUTLINE,
    PAPER,
    SOFT_INK,
    WORSE,
    contrast,
    in_dark,
)

NORMAL = None
BLINDNESS = ("deuteranomaly", "protanomaly", "tritanomaly")  # at severity 100: deuteranopia, protanopia, tritanopia
VISIONS = (NORMAL, *BLINDNESS)
MARKS = {"better": BETTER, "worse": WORSE, "neither": OUTLINE}
GROUNDS = ("light", "dark")


def shown(colour, ground):
    return colour if ground == "light" else DARK[colour]


def seen(colour, vision):
    """The colour in CAM02-UCS, as somebody of that vision sees it (Machado, Oliveira and Fernandes 2009)."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    if vision is not NORMAL:
        space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        rgb = np.clip(cspace_convert(rgb, space, "sRGB1"), 0, 1)
    return cspace_convert(rgb, "sRGB1", "CAM02-UCS")


def distance(first, second, vision):
    return float(np.linalg.norm(seen(first, vision) - seen(second, vision)))


def closest(colours, vision):
    return min(distance(first, second, vision) for first, second in combinations(colours, 2))


def test_distances_are_those_measured_for_the_palette_of_the_british_analysis_function():
    # measured once for #12436D #F46A25 by another program: 67, 64, 51 and 65
    assert [round(distance(BETTER, WORSE, vision)) for vision in VISIONS] == [67, 64, 51, 65]
    # and for its four categories, the closest pair: 38.7, 19.3, 7.7 and 32.3
    assert [closest(CATEGORIES, vision) for vision in VISIONS] == pytest.approx([38.7, 19.3, 7.7, 32.3], abs=0.05)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", MARKS)
def test_a_mark_stands_out_from_its_ground(name, ground):
    assert contrast(shown(MARKS[name], ground), shown(PAPER, ground)) >= 3  # WCAG 2.2, 1.4.11
    assert contrast(shown(MARKS[name], ground), shown(BAND, ground)) >= 2.5  # where it lies on the band as well


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("vision", VISIONS)
def test_people_who_know_anyway_are_told_from_those_who_know_because_of_the_campaign(vision, ground):
    assert contrast(shown(ANYWAY, ground), shown(PAPER, ground)) >= 3
    assert min(distance(shown(ANYWAY, ground), shown(colour, ground), vision) for colour in (BETTER, WORSE)) >= 20


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("vision", VISIONS)
def test_the_marks_of_verdicts_are_apart_for_every_vision(vision, ground):
    assert closest([shown(colour, ground) for colour in MARKS.values()], vision) >= 20


@pytest.mark.parametrize("ground", GROUNDS)
def test_categories_stand_out_and_are_no_closer_than_the_palette_they_are_from(ground):
    colours = [shown(colour, ground) for colour in CATEGORIES]
    assert min(contrast(colour, shown(PAPER, ground)) for colour in colours) >= 3
    assert min(closest(colours, vision) for vision in VISIONS) >= 7.7


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", [INK, SOFT_INK])
def test_letters_can_be_read(ink, ground):
    assert contrast(shown(ink, ground), shown(PAPER, ground)) >= 4.5  # WCAG 2.2, 1.4.3


def test_better_and_worse_differ_in_grey_too():
    """Printed on white paper without colour: one is clearly darker, beside their shapes."""
    assert contrast(BETTER, WORSE) >= 3


def test_a_drawing_in_the_dark_has_every_colour_exchanged_once():
    drawn = f"{BETTER} {PAPER} {INK}"
    assert in_dark(drawn) == f"{DARK[BETTER]} {DARK[PAPER]} {DARK[INK]}"
