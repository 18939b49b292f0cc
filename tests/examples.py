"""Small records, exports and surveys made in memory, for tests to store."""

import datetime as dt
import hashlib

import pyarrow as pa

from campaigns.receipts import Kind, Receipt, Upload
from campaigns.records import Audience, Campaign, Design, Frame, Message, Study
from campaigns.rows import ANSWER_SCHEMA, ENGAGEMENT_SCHEMA
from campaigns.surveys import Survey

FIRST = dt.date(2026, 3, 1)


def campaign(id, **fields):
    """A delivery-only campaign."""
    known = {
        "title": f"Campaign {id}",
        "organisation": "Sahel Voices",
        "start": FIRST,
        "end": dt.date(2026, 4, 30),
        "audience": Audience(description="Young people who think of leaving", countries=("SEN",), languages=("fr",)),
        "message": Message(frame=Frame.RISK),
        "study": Study(design=Design.DELIVERY_ONLY),
    }
    return Campaign(id=id, **known | fields)


def day(number):
    """The day `number` days after the first."""
    return FIRST + dt.timedelta(days=number)


def row(**fields):
    """An advertisement on one day; `day` is its number."""
    start = day(fields.pop("day", 0))
    known = {
        "platform": "meta_ads",
        "account": "A",
        "level": "ad",
        "entity_id": "1",
        "entity_name": "Boat",
        "window_start": start,
        "window_end": start,
        "currency": "EUR",
        "ordinal": 0,
        "row": 2,
    }
    return known | fields


def export(*rows, problems=(), content=None, **receipt):
    """An upload of these rows; `content` stands for the bytes of the file, which differ where the rows do."""
    rows = [fields | {"row": line} for line, fields in enumerate(rows, 2)]
    text = repr(rows) if content is None else content
    known = {
        "file_name": "export.csv",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "size": len(text),
        "kind": Kind.ENGAGEMENT,
        "platform": rows[0]["platform"] if rows else "meta_ads",
        "report": "ads",
        "rows_read": len(rows),
    }
    return Upload(
        rows=pa.Table.from_pylist(rows, schema=ENGAGEMENT_SCHEMA),
        problems=tuple(problems),
        receipt=Receipt(**known | receipt),
    )


def survey(*answers, name="survey", **receipt):
    """A survey with these answers: respondent, arm, wave, value, cluster."""
    rows = [
        {
            "survey": name,
            "respondent": str(respondent),
            "arm": arm,
            "wave": wave,
            "outcome": "knows",
            "value": value,
            "cluster": cluster,
            "row": line,
        }
        for line, (respondent, arm, wave, value, cluster) in enumerate(answers, 2)
    ]
    known = {
        "file_name": f"{name}.csv",
        "sha256": hashlib.sha256(repr(rows).encode()).hexdigest(),
        "size": 100,
        "kind": Kind.SURVEY,
        "platform": "kobotoolbox",
        "report": "survey_answers",
    }
    return Survey(
        answers=pa.Table.from_pylist(rows, schema=ANSWER_SCHEMA),
        questions=(),
        problems=(),
        receipt=Receipt(**known | receipt),
    )
