"""Evaluations become reports that people hand on: a page for a minister, four for a donor, an annex for evaluators."""

from views.reports.composing import AUDIENCES, Audience, compose
from views.reports.material import Material, gather
from views.reports.pdf import MissingFontError, pages_as_images, pdf
from views.reports.word import docx

__all__ = [
    "AUDIENCES",
    "Audience",
    "Material",
    "MissingFontError",
    "compose",
    "docx",
    "gather",
    "pages_as_images",
    "pdf",
]
