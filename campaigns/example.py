"""The simulated campaigns of data/example, loaded the way everybody's files are, and taken away again."""

import json
from collections.abc import Callable
from pathlib import Path

from campaigns.batches import save_batch
from campaigns.exports import read_export
from campaigns.questionnaire import codebook_for
from campaigns.receipts import Upload
from campaigns.records import Campaign
from campaigns.serialising import decode
from campaigns.store import Store
from campaigns.surveys import Survey, read_survey

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
PERSON = "example"  # who did it, in the history


def load_example(
    store: Store, *, folder: Path = EXAMPLE, progress: Callable[[int, int, str], None] | None = None
) -> int:
    """Store the simulated campaigns and say how many there are; again changes nothing.

    `progress` is called before each file with the number done, the number of all, and the file's name.
    """
    entries = json.loads((folder / "campaigns.json").read_text(encoding="utf-8"))
    total, done = sum(len(entry["files"]) for entry in entries), 0
    for entry in entries:
        campaign = decode(Campaign, entry["record"])
        store.save_campaign(campaign, person=PERSON)
        for file in entry["files"]:
            if progress:
                progress(done, total, file["file"])
            path = folder / file["file"]
            reading = _survey(path, campaign, store.respondent_key) if file["kind"] == "survey" else _export(path, file)
            save_batch(store, reading, campaign=campaign.id, person=PERSON)
            done += 1
    if progress:
        progress(total, total, "")
    return len(entries)


def remove_example(store: Store) -> int:
    """Take every simulated campaign out of every figure, and say how many there were."""
    examples = [campaign.id for campaign in store.campaigns() if campaign.example]
    for campaign in examples:
        store.remove_campaign(campaign, person=PERSON)
    return len(examples)


def _survey(path: Path, campaign: Campaign, key: bytes) -> Survey:
    codebook = codebook_for(campaign, read_survey(path).questions)
    return read_survey(path, codebook=codebook, key=key, countries=campaign.audience.countries)


def _export(path: Path, file: dict[str, dict[str, str]]) -> Upload:
    return read_export(path, answers=file["answers"])
