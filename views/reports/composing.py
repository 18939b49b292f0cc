"""Which report for whom, made to fit its number of pages."""

from enum import StrEnum

from metrics.evaluation import Evaluation
from views.charts import Picture, dots_chart, groups_chart
from views.reports.annex import annex
from views.reports.blocks import Image, Report
from views.reports.donor import donor
from views.reports.material import Material
from views.reports.minister import minister
from views.reports.parts import Pictures
from views.reports.pdf import page_count
from views.taking_away.browser import browser, draw
from views.wording.language import Words, msgid


class Audience(StrEnum):
    """Who reads a report."""

    MINISTER = "minister"
    DONOR = "donor"
    EVALUATOR = "evaluator"


AUDIENCES: dict[Audience, str] = {
    Audience.MINISTER: msgid("One page for a minister"),
    Audience.DONOR: msgid("Four pages for a donor"),
    Audience.EVALUATOR: msgid("Annex for an evaluator"),
}
PAGES = {Audience.MINISTER: 1, Audience.DONOR: 4}
ROWS = (None, 24, 20, 17, *range(15, 2, -1))  # of a table, until the report fits
DOTS_PER_INCH, WIDTH = 200, 760  # of pictures in an annex


def compose(audience: Audience, material: Material, words: Words) -> Report:
    """The report for an audience. Where it would take more pages than it may, its tables end earlier, and say so."""
    words = words.in_files

    def pictures(found: Evaluation) -> tuple[Image, ...]:
        if found.campaign.id not in drawn:
            drawn[found.campaign.id] = _pictures(found, material, words)
        return drawn[found.campaign.id]

    drawn: dict[str, tuple[Image, ...]] = {}
    if audience == Audience.EVALUATOR:
        return annex(material, words, pictures=pictures)
    report = _built(audience, material, words, None, pictures)
    for rows in ROWS[1:]:
        if page_count(report) <= PAGES[audience]:
            break
        report = _built(audience, material, words, rows, pictures)
    return report


def _built(audience: Audience, material: Material, words: Words, rows: int | None, pictures: Pictures) -> Report:
    if audience == Audience.MINISTER:
        return minister(material, words, rows=rows, pictures=pictures)
    return donor(material, words, rows=rows)


def _pictures(evaluation: Evaluation, material: Material, words: Words) -> tuple[Image, ...]:
    """The pictures of one campaign, where this machine can draw them; their figures stand in the tables too."""
    if browser() is None:
        return ()
    drawn = (chart(evaluation, words, profile=material.profile) for chart in (dots_chart, groups_chart))
    return tuple(_image(picture) for picture in drawn if picture is not None)


def _image(picture: Picture) -> Image:
    figure = picture.figure
    figure.update_layout(width=WIDTH)
    return Image(png=draw(figure, "png", dots_per_inch=DOTS_PER_INCH), alt=picture.alt, caption=picture.caption)
