"""The import command: files and the tables in archives, each read, described, and stored or refused by itself."""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from campaigns import memory
from campaigns.batches import (
    Changes,
    NothingToStoreError,
    UndecidedError,
    already_stored,
    plan,
    save_batch,
    save_parts,
)
from campaigns.exports import read_archive, read_export
from campaigns.exports.parts import HELD, Parts
from campaigns.exports.settings import OF_A_LAYOUT, settings_from
from campaigns.files import File, is_archive, tables
from campaigns.messages import printable, sentence
from campaigns.problems import Severity
from campaigns.questionnaire import Codebook
from campaigns.receipts import Kind, Receipt, Upload, WindowSource
from campaigns.records import Arm, Campaign, Wave
from campaigns.refusals import RefusedRows, refused_rows, refused_workbook
from campaigns.serialising import decode, encode
from campaigns.store import Store
from campaigns.surveys import Survey, read_survey, survey_name
from campaigns.vocabulary import METRICS

DONE, FAILED, REFUSED = 0, 1, 2
OF_SURVEYS = frozenset({"arm", "wave", "codebook"})
_WINDOW_FROM = {
    WindowSource.COLUMN: "the rows",
    WindowSource.PREAMBLE: "the lines above the table",
    WindowSource.FILE_NAME: "the name of the file",
    WindowSource.ANSWER: "an answer",
}


def import_files(store: Store, options: argparse.Namespace) -> int:
    """Import what the command names; the exit code is that of the worst file."""
    records = [file for file in options.files if file.suffix == ".json"]
    for file in records:
        _import_records(store, file, options)
    if options.campaign is not None:
        store.campaign(options.campaign)
    answers = json.loads(options.answers.read_text("utf-8")) if options.answers else {}
    settings_from(_of_exports(answers), None)  # a mistake in the answers stops everything before anything is stored
    refused: dict[str, RefusedRows] = {}
    codes = [
        code
        for path in options.files
        if path not in records
        for code in _import_path(store, path, answers, options, refused)
    ]
    if options.refused and refused:
        options.refused.write_bytes(refused_workbook(refused, say=sentence, heads=("Why", "Row")))
        print(f"The refused rows, with the reason beside each, are in {options.refused}.")
    return max(codes, default=DONE)


def _import_records(store: Store, file: Path, options: argparse.Namespace) -> None:
    """Add or replace the campaigns whose records a file holds: one, or a list of them."""
    written = json.loads(file.read_text("utf-8"))
    campaigns = [decode(Campaign, record) for record in (written if isinstance(written, list) else [written])]
    for campaign in campaigns:
        store.save_campaign(campaign, person=options.person)
        print(f"Saved the record of campaign {campaign.id}.")


def _import_path(
    store: Store, path: Path, answers: Mapping[str, Any], options: argparse.Namespace, refused: dict[str, RefusedRows]
) -> Iterator[int]:
    """Import the one table of a file, or each of an archive: their figures overlap and are never added up."""
    try:
        held = path.read_bytes() if path.stat().st_size <= HELD else None
        sha256 = _sha256(path) if held is None else hashlib.sha256(held).hexdigest()
    except OSError as error:  # the other files are imported all the same
        print(error, file=sys.stderr)
        yield FAILED
        return
    if not answers and _is_stored(store, path.name, sha256, options):
        yield DONE
        return
    if held is None and not is_archive(path.name, _first_bytes(path)):
        yield _import_parts(store, Parts(path, answers=answers, sha256=sha256), options)
        return
    for file in tables([(path.name, path.read_bytes() if held is None else held)], sha256=sha256):
        yield _import_file(store, file, answers, options, refused)


def _is_stored(store: Store, name: str, sha256: str, options: argparse.Namespace) -> bool:
    """Whether this very file counts for this campaign already, known without reading its table; says so."""
    stored = already_stored(store, sha256)
    for batch in stored:
        if batch.campaign != options.campaign:
            where = f"for campaign {batch.campaign}" if batch.campaign else "without a campaign"
            print(f"{printable(name)}: the same file is stored {where} as well, as batch {batch.id}.")
    same = next((batch for batch in stored if batch.campaign == options.campaign), None)
    if same is None or options.refused:  # the refused rows of a stored file may be wanted later
        return False
    print(f"{printable(name)}: the same file was stored before, as batch {same.id}. Nothing changes.")
    return True


def _import_file(
    store: Store, file: File, answers: Mapping[str, Any], options: argparse.Namespace, refused: dict[str, RefusedRows]
) -> int:
    if file.archive and not answers and _is_stored(store, file.name, file.sha256, options):
        return DONE
    reading, codebook = _read(store, file, answers, options.campaign)
    changes = plan(store, reading, campaign=options.campaign)
    for line in (*_described(reading.receipt), *map(sentence, (*reading.problems, *changes.problems))):
        print(line)
    if options.refused and (rows := refused_rows(file.data, reading.receipt, reading.problems)).rows:
        refused[file.title] = rows
    for line in _differences(changes):
        print(line)
    if options.dry_run:
        print(f"Would store {_counted(changes)}. Nothing was stored: this was a trial.")
        return REFUSED if reading.undecided or reading.refused else DONE
    try:
        batch = save_batch(
            store,
            reading,
            campaign=options.campaign,
            person=options.person,
            keep_good_rows=options.keep_good_rows,
        )
    except UndecidedError as error:
        good = (reading.rows if isinstance(reading, Upload) else reading.answers).num_rows
        print(f"Not stored: {len(error.problems)} to decide. Good rows: {good}.")
        keep = ", or keep the good rows of a file with errors by --keep-good-rows" if good else ""
        print(f"Correct the file, answer its questions by --answers{keep}.")
        return REFUSED
    except NothingToStoreError:
        print("Not stored: the file holds no row that could be.")
        if options.campaign is None and reading.receipt.kind == Kind.SURVEY:
            print("A survey is read by the questions of its campaign: give --campaign.")
        return REFUSED
    if reading.receipt.layout and OF_A_LAYOUT & answers.keys():
        memory.remember(store, reading.receipt.layout, answers, person=options.person)
    if codebook is not None and options.campaign is not None:
        memory.keep_codebook(store, options.campaign, survey_name(file.title), codebook, person=options.person)
    print(f"Stored as batch {batch.id}{'' if batch.campaign else ', assigned to no campaign'}: {_counted(changes)}.")
    return DONE


def _differences(changes: Changes) -> Iterator[str]:
    for difference in changes.differences:
        before, after = (_amount(difference.metric, figure) for figure in (difference.before, difference.after))
        yield f"  {difference.metric} of the changed rows: {before} stored, {after} in this file"


def _amount(metric: str, figure: int) -> str:
    return f"{figure / METRICS[metric].scale:,.2f}".removesuffix(".00")


def _import_parts(store: Store, parts: Parts, options: argparse.Namespace) -> int:
    """Import a file too large to hold; what it would change among stored rows is not worked out beforehand."""
    code, said = _save_parts(store, parts, options)
    for line in (*_described(parts.receipt), *map(sentence, parts.problems), said):
        print(line)
    return code


def _save_parts(store: Store, parts: Parts, options: argparse.Namespace) -> tuple[int, str]:
    """The exit code, and what became of the rows."""
    if options.dry_run:
        rows = sum(table.num_rows for table in parts)
        undecided = any(problem.severity in (Severity.ERROR, Severity.QUESTION) for problem in parts.problems)
        return REFUSED if undecided else DONE, f"Would store {rows} rows. Nothing was stored: this was a trial."
    try:
        batch = save_parts(
            store, parts, campaign=options.campaign, person=options.person, keep_good_rows=options.keep_good_rows
        )
    except UndecidedError as error:
        return REFUSED, f"Not stored: {len(error.problems)} to decide."
    except NothingToStoreError:
        return REFUSED, "Not stored: the file holds no row that could be."
    assigned = "" if batch.campaign else ", assigned to no campaign"
    return DONE, f"Stored as batch {batch.id}{assigned}: {batch.rows} rows."


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _counted(changes: Changes) -> str:
    return (
        f"{changes.new} new rows, {changes.differing} corrected, {changes.unchanged} unchanged, "
        f"{changes.replaced} replaced"
    )


def _read(
    store: Store, file: File, answers: Mapping[str, Any], campaign: str | None
) -> tuple[Upload | Survey, Codebook | None]:
    """What a file holds, read with the answers given now or, for a layout, once before; and a survey's codebook."""
    if file.unopened:
        return read_archive(file.data, name=file.name)[file.name], None
    given = _of_exports(answers)
    if not file.survey:
        upload = read_export(file.data, name=file.name, answers=given, sha256=file.sha256)
        if known := memory.remembered(store, upload.receipt.layout):
            print(f"{printable(file.name)}: read as the last file with these columns was.")
            upload = read_export(file.data, name=file.name, answers=known | given, sha256=file.sha256)
        if upload.receipt.kind != Kind.SURVEY:
            return upload, None
    survey = read_survey(file.data, name=file.name)
    if campaign is None:
        return survey, None
    record = store.campaign(campaign)
    codebook = _codebook(store, file, record, survey, answers)
    countries = record.audience.countries
    reading = read_survey(file.data, name=file.name, codebook=codebook, key=store.respondent_key, countries=countries)
    return reading, codebook


def _of_exports(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: answer for name, answer in answers.items() if name not in OF_SURVEYS}


def _codebook(store: Store, file: File, record: Campaign, survey: Survey, answers: Mapping[str, Any]) -> Codebook:
    """Which column is which: as the answers say, then as in this survey's last export, or as its questions show."""
    known = memory.known_codebook(store, record, survey_name(file.title), survey.questions)
    codebook: Codebook = decode(Codebook, {**encode(known), **answers.get("codebook", {})})
    if codebook.arm is None and "arm" in answers:
        codebook = replace(codebook, only_arm=Arm(answers["arm"]))
    if codebook.wave is None and "wave" in answers:
        codebook = replace(codebook, only_wave=Wave(answers["wave"]))
    return codebook


def _described(receipt: Receipt) -> Iterator[str]:
    """The receipt, a line for each thing that a person may want to put right."""
    days = "days unknown" if receipt.window is None else f"{receipt.window[0]} to {receipt.window[1]}"
    yield f"{printable(receipt.file_name)}: {receipt.platform}, {receipt.report}, {receipt.rows_read} rows, {days}"
    if receipt.language:
        yield f"  language of the headers: {receipt.language}"
    if receipt.window is not None:
        yield f"  days from: {_WINDOW_FROM[receipt.window_source]}"
    if receipt.currency:
        yield f"  currency: {receipt.currency}"
    if receipt.totals_set_aside:
        yield f"  set aside: {receipt.totals_set_aside} rows of totals"
    if receipt.other_rows_set_aside:
        yield f"  set aside: {receipt.other_rows_set_aside} rows of descriptions or tags"
    if receipt.censored:
        yield f"  too small to be told: {receipt.censored} cells, stored as not known"
    for column in receipt.columns:
        stored = column.field if column.stored else "not stored"
        yield f"  column {printable(column.header)}: {stored}{f' ({column.reading})' if column.reading else ''}"
        if column.counts or column.others:
            yield f"    counts: {', '.join(map(printable, column.counts)) or 'none of its answers'}"
            yield f"    does not count: {', '.join(map(printable, column.others)) or 'no other answer'}"
    if lacking := [printable(column.header) for column in receipt.columns if column.field is None]:
        yield f"  not understood: {', '.join(lacking)}"
    if receipt.dropped:
        yield f"  personal data or free text, not stored: {', '.join(map(printable, receipt.dropped))}"
    for name, total in receipt.totals.items():
        amount = "not added up" if total is None else _amount(name, total)
        yield f"  sum of {name}: {amount}{f' {receipt.currency}' if name == 'spend' and receipt.currency else ''}"
