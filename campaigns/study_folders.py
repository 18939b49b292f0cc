"""A campaign and its evaluation in a folder: record.json, survey.csv, exports/, and answers.json where files ask.

It is read through a store of its own, so that every check of an import holds here too.
"""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaigns.batches import save_batch
from campaigns.evidence import Evidence, evidence
from campaigns.exports import read_export
from campaigns.messages import sentence
from campaigns.problems import Problem
from campaigns.questionnaire import codebook_for
from campaigns.receipts import Upload
from campaigns.records import Campaign
from campaigns.serialising import decode
from campaigns.store import Store, open_store
from campaigns.surveys import Survey, read_survey

SURVEYS = (".csv", ".xlsx", ".sav", ".dta")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFolder:
    """What a folder holds: the record, the tables, and by file what was said of it."""

    campaign: Campaign
    evidence: Evidence
    problems: dict[str, tuple[Problem, ...]]


def read_study(folder: Path) -> StudyFolder:
    """Read a folder. A file that cannot be stored as it is stops with a sentence on what is wrong with it.

    Raises
    ------
    ValueError
        Where the record, or a file, cannot be read or leaves a question open.
    """
    record = folder / "record.json"
    if not record.is_file():
        raise ValueError(f"{folder} has no record.json")
    campaign: Campaign = decode(Campaign, json.loads(record.read_text("utf-8")))
    written = folder / "answers.json"
    answers: dict[str, dict[str, Any]] = json.loads(written.read_text("utf-8")) if written.is_file() else {}
    problems: dict[str, tuple[Problem, ...]] = {}
    with tempfile.TemporaryDirectory() as place, open_store(place) as store:
        store.save_campaign(campaign, person="reader")
        for path, reading in _readings(folder, campaign, answers, store):
            name = path.relative_to(folder).as_posix()
            undecided = reading.undecided
            if undecided:
                raise ValueError(f"{name}: {sentence(undecided[0])}")
            save_batch(store, reading, campaign=campaign.id, person="reader")
            problems[name] = reading.problems
        return StudyFolder(campaign=campaign, evidence=evidence(store, [campaign.id])[campaign.id], problems=problems)


def _readings(
    folder: Path, campaign: Campaign, answers: dict[str, dict[str, Any]], store: Store
) -> list[tuple[Path, Upload | Survey]]:
    exports = sorted(path for path in (folder / "exports").glob("*") if path.is_file())
    found: list[tuple[Path, Upload | Survey]] = [
        (path, read_export(path, answers=answers.get(f"exports/{path.name}"))) for path in exports
    ]
    for path in (path for suffix in SURVEYS for path in sorted(folder.glob(f"survey*{suffix}"))):
        codebook = codebook_for(campaign, read_survey(path).questions)
        countries = campaign.audience.countries
        found.append((path, read_survey(path, codebook=codebook, key=store.respondent_key, countries=countries)))
    return found
