"""From the bytes of files to stored rows: each step is one call that no click on the page can stop halfway."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import streamlit as st

from campaigns import batches, memory
from campaigns.accounts import accounts
from campaigns.batches import Changes, NothingToStoreError, UndecidedError, plan, save_batch
from campaigns.exports import read_archive, read_export
from campaigns.exports.settings import OF_A_LAYOUT
from campaigns.files import File, tables
from campaigns.questionnaire import Codebook, Question
from campaigns.receipts import Kind, Upload
from campaigns.records import Campaign
from campaigns.store import Batch, Store, open_store
from campaigns.surveys import Survey, read_survey, survey_name
from views.adding.states import Look, look_at

Reading = Upload | Survey
Answers = Mapping[str, Any]
NO_ANSWERS: Answers = MappingProxyType({})
TELLING = frozenset({"columns", "platform", "level"})  # answers after which a layout is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a file that was to be saved."""

    file: str
    batch: Batch | None  # None: nothing was saved
    changes: Changes | None = None


def read(
    file: File,
    *,
    answers: Answers,
    survey: bool = False,
    codebook: Codebook | None = None,
    countries: tuple[str, ...] = (),
) -> Reading:
    """What a file holds, as figures of a platform or as answers of a survey in a campaign's `countries`."""
    if file.unopened:
        return read_archive(file.data, name=file.name)[file.name]
    if not (survey or file.survey):
        upload = read_export(file.data, name=file.name, answers=answers, sha256=file.sha256)
        if upload.receipt.kind != Kind.SURVEY:
            return upload
    with open_store() as store:
        return read_survey(file.data, name=file.name, codebook=codebook, key=store.respondent_key, countries=countries)


def what_would_change(reading: Reading, campaign_id: str) -> Changes:
    """What storing a reading would change."""
    with open_store() as store:
        return plan(store, reading, campaign=campaign_id)


def codebook_found(file: File, campaign: Campaign, questions: Sequence[Question]) -> Codebook:
    """Which column is which, as far as this survey was saved before or its questions show."""
    with open_store() as store:
        return memory.known_codebook(store, campaign, survey_name(file.title), questions)


def store_file(
    file: File, reading: Reading, answers: Answers, *, campaign: str, person: str, codebook: Codebook | None = None
) -> Saved:
    """Store the good rows of a reading, or nothing; and remember what a person said of a layout or a survey."""
    with open_store() as store:
        changes = plan(store, reading, campaign=campaign)
        batch = save_batch(store, reading, campaign=campaign, keep_good_rows=True, person=person)
        remember(store, reading, answers, person=person)
        if codebook is not None:
            memory.keep_codebook(store, campaign, survey_name(file.title), codebook, person=person)
        return Saved(file=file.sha256, batch=batch, changes=changes)


def store_files(files: Sequence[tuple[File, Answers]], *, campaign: str, person: str) -> tuple[Saved, ...]:
    """Store files that leave nothing open; one that does after all is left out, and the others are stored."""
    outcomes = []
    for file, answers in files:
        reading = read(file, answers=answers)
        with open_store() as store:
            changes = plan(store, reading, campaign=campaign)
            try:
                batch = save_batch(store, reading, campaign=campaign, person=person)
            except (UndecidedError, NothingToStoreError):
                outcomes.append(Saved(file=file.sha256, batch=None))
                continue
            remember(store, reading, answers, person=person)
        outcomes.append(Saved(file=file.sha256, batch=batch, changes=changes))
    return tuple(outcomes)


def undo(batch_id: str, *, person: str) -> None:
    """Let what was saved count no longer."""
    with open_store() as store:
        batches.undo(store, batch_id, person=person)


def of_layout(answers: Answers) -> dict[str, Any]:
    """The answers that hold for every file with the same columns."""
    return {name: answer for name, answer in answers.items() if name in OF_A_LAYOUT}


def remember(store: Store, reading: Reading, answers: Answers, *, person: str) -> None:
    """Keep what a person said of the columns, so that the next file like this is read without a question."""
    if isinstance(reading, Upload) and reading.receipt.layout and TELLING & answers.keys():
        memory.remember(store, reading.receipt.layout, answers, person=person)


def chosen_tables(chosen: Sequence[tuple[str, bytes]]) -> tuple[File, ...]:
    """`tables`, opened once for each choice of files."""
    key = tuple((name, hashlib.sha256(data).hexdigest()) for name, data in chosen)
    return _tables(key, lambda: tables(chosen))


def reading_of(
    file: File,
    *,
    answers: Answers = NO_ANSWERS,
    survey: bool = False,
    codebook: Codebook | None = None,
    countries: tuple[str, ...] = (),
) -> Reading:
    """`read`, once for each file and each set of answers of a person's visit."""
    key = (*_key(file, answers), survey, repr(codebook), countries)
    return _reading(key, lambda: read(file, answers=answers, survey=survey, codebook=codebook, countries=countries))


def look_of(file: File, answers: Answers = NO_ANSWERS) -> Look:
    """A file at a glance; its rows are read again when it is looked at closely or saved."""
    return _look(_key(file, answers), lambda: look_at(reading_of(file, answers=answers)))


def _key(file: File, answers: Answers) -> tuple[str, ...]:
    return file.sha256, file.name, json.dumps(dict(answers), sort_keys=True)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _tables(key: tuple[tuple[str, str], ...], _open: Callable[[], tuple[File, ...]]) -> tuple[File, ...]:
    return _open()


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _reading(key: tuple[object, ...], _read: Callable[[], Reading]) -> Reading:
    return _read()


@st.cache_resource(scope="session", max_entries=1000, show_spinner=False)
def _look(key: tuple[str, ...], _see: Callable[[], Look]) -> Look:
    return _see()


def accounts_used() -> tuple[str, ...]:
    """The accounts that stored figures are of, looked for once in each state of the store."""
    with open_store() as store:
        return _accounts((str(store.folder), store.version), store)


@st.cache_resource(max_entries=8, show_spinner=False)
def _accounts(key: tuple[str, str], _store: Store) -> tuple[str, ...]:
    return accounts(_store)


def command_line_answers(answers: Answers) -> str:
    """What `--answers` takes, so that the same layout is read the same way there."""
    return json.dumps(of_layout(answers), ensure_ascii=False, indent=2)
