"""What people have said of files before, so that nobody is asked twice: columns of a layout, questions of a survey."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from campaigns.exports.settings import OF_A_LAYOUT
from campaigns.questionnaire import Codebook, Question, codebook_for
from campaigns.records import Campaign
from campaigns.serialising import decode, encode
from campaigns.store import Store


def remembered(store: Store, layout: str) -> dict[str, Any]:
    """The answers that hold for every file of a layout; none where nobody has said anything."""
    for (answers,) in store.ledger.execute("SELECT answers FROM column_mappings WHERE layout = ?", [layout]):
        found: dict[str, Any] = json.loads(answers)
        return found
    return {}


def remember(store: Store, layout: str, answers: Mapping[str, Any], *, person: str) -> None:
    """Keep what holds for every file of a layout; its year, currency, account and days belong to one file."""
    after = {name: answer for name, answer in answers.items() if name in OF_A_LAYOUT and answer}
    before = remembered(store, layout)
    if after == before or not after:
        return
    with store.writing() as ledger:
        ledger.execute(
            "INSERT INTO column_mappings VALUES (?, ?, ?, ?) ON CONFLICT (layout) DO UPDATE SET"
            " answers = excluded.answers, saved_at = excluded.saved_at, saved_by = excluded.saved_by",
            [layout, json.dumps(after, ensure_ascii=False), _now(), person],
        )
        store.record(person=person, action="remember_layout", subject=layout, before=before or None, after=after)


def codebook_of(store: Store, campaign: str, survey: str) -> Codebook | None:
    """Which column of a survey was which when it was last saved to a campaign."""
    for (codebook,) in store.ledger.execute(
        "SELECT codebook FROM surveys WHERE campaign = ? AND survey = ?", [campaign, survey]
    ):
        found: Codebook = decode(Codebook, json.loads(codebook))
        return found
    return None


def known_codebook(store: Store, record: Campaign, survey: str, questions: Sequence[Question]) -> Codebook:
    """Which column is which: as when this survey was last saved, if it still has those columns, else as it shows."""
    headers = {question.header for question in questions}
    kept = codebook_of(store, record.id, survey)
    if kept is not None and {outcome.column for outcome in kept.outcomes} <= headers:
        return kept
    return codebook_for(record, questions)


def keep_codebook(store: Store, campaign: str, survey: str, codebook: Codebook, *, person: str) -> None:
    """Keep which column of a survey is which, for its next export."""
    before, after = codebook_of(store, campaign, survey), encode(codebook)
    if before == codebook:
        return
    with store.writing() as ledger:
        ledger.execute(
            "INSERT INTO surveys VALUES (?, ?, ?, ?, ?) ON CONFLICT (campaign, survey) DO UPDATE SET"
            " codebook = excluded.codebook, saved_at = excluded.saved_at, saved_by = excluded.saved_by",
            [campaign, survey, json.dumps(after, ensure_ascii=False), _now(), person],
        )
        store.record(
            person=person,
            action="keep_codebook",
            subject=f"{campaign} {survey}",
            before=before and encode(before),
            after=after,
        )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
