"""Published studies as tables: words for the screen, plain figures for files, and what a row may hold."""

from collections.abc import Sequence

import pandas as pd

from campaigns.literature import PublishedOutcome, Read, Unit
from campaigns.published import COLUMNS, REQUIRED, cells_of
from campaigns.records import Design
from views.wording.language import Words, msgid
from views.wording.studies import READ, size_label
from views.wording.terms import term

# What each column takes. Codes stand as they are to be written, in every language.
TAKES: dict[str, str] = {
    "id": msgid("A name for this row, different in every row."),
    "campaign": msgid("The campaign's title."),
    "implementer": msgid("Who ran it."),
    "countries": msgid("Codes of three letters (ISO 3166-1), with spaces between: SEN GMB."),
    "year": msgid("The year of the publication or of the study, in four digits."),
    "channel": msgid("How it went to people: facebook, youtube, radio, video screening, school sessions, in person …"),
    "audience": msgid("Whom it was for, in a few words."),
    "design": msgid("One of: {codes}."),
    "people": msgid("How many people were asked, in digits."),
    "clusters": msgid("How many villages, schools or districts, in digits."),
    "follow_up": msgid("How long after the campaign people were asked."),
    "outcome": msgid("What was measured, in a few words."),
    "outcome_class": msgid("recall, knowledge, risk_awareness, attitude, intention_irregular, behaviour_migration …"),
    "desired": msgid("up or down: which change is the wished one."),
    "effect": msgid("The size as printed, with a decimal point; two figures as 8 to 14."),
    "effect_unit": msgid("One of: {codes}."),
    "conf_low": msgid("The lower end of the printed 95 % interval. Leave it empty where none is printed."),
    "conf_high": msgid("The upper end of that interval."),
    "compared_with": msgid("Who the comparison group was."),
    "as_published": msgid("The finding in short, as the publication says it."),
    "source": msgid("Where it is published; the same text in every row of one publication."),
    "read": msgid("What you read of it. One of: {codes}."),
    "caution": msgid("Why not to lean on it. Begin with “another subject” where it is not about migration."),
}
_CODES = {"design": tuple(Design), "effect_unit": tuple(Unit), "read": tuple(Read)}


def published_table(studies: Sequence[PublishedOutcome], words: Words) -> pd.DataFrame:
    """Each outcome in words. Every cell is text, so that a figure stays as it was printed."""
    words = words.in_files
    return pd.DataFrame(
        [
            {
                words("Campaign"): study.campaign,
                words("Outcome"): study.outcome,
                words("Design"): term(study.design, words),
                words("Size, as printed"): size_label(study, words),
                words("What we read"): words(READ[study.read]),
                words("Source"): study.source,
                words("Caution"): study.caution,
            }
            for study in studies
        ]
    )


def published_figures(studies: Sequence[PublishedOutcome]) -> pd.DataFrame:
    """Each outcome under the file's own column names, for a file that can be read again."""
    return pd.DataFrame(
        [[_cell(study, name) for name in COLUMNS] for study in studies], columns=list(COLUMNS), dtype=object
    )


def _cell(study: PublishedOutcome, name: str) -> object:
    """A figure as a number, so that a spreadsheet can reckon with it; all else as the table writes it."""
    if name == "effect" and len(study.effect) == 1:
        return study.effect[0]
    if name in ("year", "people", "clusters", "conf_low", "conf_high"):
        figure: float | None = getattr(study, name)
        return figure
    return cells_of(study)[name] or None


def columns_table(words: Words) -> pd.DataFrame:
    """What each column of the table of studies takes."""
    words = words.in_files
    return pd.DataFrame(
        [
            {
                words("Column"): name,
                words("What it takes"): words(TAKES[name], codes="; ".join(_CODES[name]))
                if name in _CODES
                else words(TAKES[name]),
                words("Needed"): words("yes") if name in REQUIRED else words("no"),
            }
            for name in COLUMNS
        ]
    )
