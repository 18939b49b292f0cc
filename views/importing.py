"""From the bytes of a file to stored rows: each step is one call that no click on the page can stop halfway."""

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from campaigns.batches import Changes, plan, save_batch
from campaigns.exports import read_export
from campaigns.questionnaire import Codebook
from campaigns.receipts import Upload
from campaigns.store import Batch, open_store
from campaigns.surveys import Survey, read_survey

Reading = Upload | Survey
Answers = Mapping[str, str]


def read(
    data: bytes,
    name: str,
    *,
    answers: Answers,
    survey: bool = False,
    codebook: Codebook | None = None,
    countries: tuple[str, ...] = (),
) -> Reading:
    """What a file holds, as figures of a platform or as answers of a survey in a campaign's `countries`."""
    if not survey:
        return read_export(data, name=name, answers=answers)
    with open_store() as store:
        return read_survey(data, name=name, codebook=codebook, key=store.respondent_key, countries=countries)


def what_would_change(reading: Reading, campaign_id: str) -> Changes:
    """What storing a reading would change."""
    with open_store() as store:
        return plan(store, reading, campaign=campaign_id)


def store_file(reading: Reading, campaign_id: str, *, keep_good_rows: bool, person: str) -> Batch:
    """Store a reading: all of its good rows, or nothing."""
    with open_store() as store:
        return save_batch(store, reading, campaign=campaign_id, keep_good_rows=keep_good_rows, person=person)


def reading_of(
    data: bytes,
    name: str,
    *,
    answers: Answers = MappingProxyType({}),
    survey: bool = False,
    codebook: Codebook | None = None,
    countries: tuple[str, ...] = (),
) -> Reading:
    """`read`, once for each file and each set of answers of a person's visit."""
    key = (hashlib.sha256(data).hexdigest(), name, tuple(sorted(answers.items())), survey, repr(codebook), countries)
    return _reading(
        key, lambda: read(data, name, answers=answers, survey=survey, codebook=codebook, countries=countries)
    )


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _reading(key: tuple[object, ...], _read: Callable[[], Reading]) -> Reading:
    return _read()
