"""A small survey of four interviews, and what a test does with it; the people are invented."""

import datetime as dt
from dataclasses import replace

from campaigns.questionnaire import codebook_for
from campaigns.records import Audience, Campaign, Design, Frame, Message, Outcome, Rung, Study
from campaigns.surveys import Survey, read_survey

HEADER = (
    "today",
    "consent",
    "respondent_id",
    "arm",
    "wave",
    "village",
    "sex",
    "age",
    "region",
    "dangers",
    "phone",
    "_uuid",
)
ROWS = [
    ("2026-03-01", "yes", "R1", "campaign", "before", "V1", "female", "19", "North", "one", "+220 000 0001", "u-1"),
    ("2026-03-02", "yes", "R2", "comparison", "before", "V2", "male", "27", "South", "two", "+220 000 0002", "u-2"),
    ("2026-04-07", "yes", "R1", "campaign", "after", "V1", "female", "19", "North", "two", "+220 000 0001", "u-3"),
    ("2026-04-08", "yes", "R2", "comparison", "after", "V2", "male", "27", "South", "", "+220 000 0002", "u-4"),
]
AWARE = Outcome(id="aware", rung=Rung.KNOWLEDGE, question="Which dangers?", column="dangers", counts=("two", "three"))


def campaign(**changes) -> Campaign:
    fields = {
        "id": "c-1",
        "title": "A campaign",
        "organisation": "An organisation",
        "start": dt.date(2026, 3, 1),
        "end": dt.date(2026, 4, 1),
        "audience": Audience(description="young people", countries=("GMB",), languages=("wo",)),
        "message": Message(frame=Frame.RISK),
        "study": Study(design=Design.DIFFERENCE_IN_DIFFERENCES),
        "outcome": AWARE,
    }
    return Campaign(**fields | changes)


def kobo(rows, header=HEADER, delimiter=";") -> bytes:
    """A file as KoboToolbox writes it."""
    lines = (delimiter.join(f'"{cell}"' for cell in row) for row in (header, *rows))
    return "".join(f"{line}\r\n" for line in lines).encode()


def changed(rows, line: int, **cells) -> list[tuple[str, ...]]:
    """The rows with some cells of one line of the file changed."""
    return [
        tuple(cells.get(name, cell) for name, cell in zip(HEADER, row, strict=True)) if at == line else row
        for at, row in enumerate(rows, 2)
    ]


def read(rows=ROWS, header=HEADER, of: Campaign | None = None, **changes) -> Survey:
    data = kobo(rows, header)
    codebook = codebook_for(of or campaign(), read_survey(data).questions)
    return read_survey(data, name="survey.csv", codebook=replace(codebook, **changes) if changes else codebook)


def said(survey: Survey) -> list[tuple[str, str, int | None, str | None, str | None]]:
    return [(p.code, str(p.severity), p.row, p.column, p.value) for p in survey.problems if p.column != "phone"]


def column(survey: Survey, name: str) -> list:
    return survey.answers[name].to_pylist()
