"""Command line: import exports and surveys, list, undo and redo batches, check the store and back it up.

Exit codes: 0 done; 1 wrong use, or something else went wrong; 2 a file was refused because of errors or questions.
"""

import argparse
import getpass
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from campaigns.batches import NothingToStoreError, UndecidedError, backup, check, plan, redo, save_batch, sweep, undo
from campaigns.exports import read_export
from campaigns.messages import printable, sentence
from campaigns.questionnaire import codebook_for
from campaigns.receipts import Kind, Receipt, Upload
from campaigns.records import Arm, Campaign, Wave
from campaigns.serialising import decode
from campaigns.store import Batch, Store, open_store
from campaigns.surveys import Survey, read_survey
from campaigns.vocabulary import METRICS

DONE, FAILED, REFUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:  # argparse says 2 for wrong use, which here means a refused file
        return FAILED if stop.code else DONE
    try:
        with open_store(options.store) as store:
            code: int = options.run(store, options)
            return code
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        print(error.args[0] if isinstance(error, KeyError) else error, file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--store", type=Path, help="folder of the store (default: CAMPAIGN_STORE, or data/store)")
    shared.add_argument("--person", help="who does it, for the audit trail (default: who is logged in)")
    parser = argparse.ArgumentParser(prog="python -m campaigns", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, parents=[shared])
        added.set_defaults(run=run)
        return added

    importing = command("import", _import, "Store exports of platforms, survey answers, and campaign records (.json).")
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importing.add_argument("--campaign", metavar="ID", help="what the figures belong to; without it they count nowhere")
    importing.add_argument(
        "--answers",
        type=Path,
        metavar="FILE.json",
        help='answers to questions, such as {"year": "2026"} or {"wave": "before"}',
    )
    importing.add_argument("--keep-good-rows", action="store_true", help="store a file with errors, without those rows")
    command("list", _list, "List all batches, oldest first.")
    command("undo", _undo, "Let a batch count no longer.").add_argument("batch", metavar="ID")
    command("redo", _redo, "Let an undone batch count again.").add_argument("batch", metavar="ID")
    command("check", _check, "Check that every stored row is there and unchanged.")
    command("backup", _backup, "Copy the store into a new folder.").add_argument("target", type=Path, metavar="TARGET")
    return parser


def _import(store: Store, options: argparse.Namespace) -> int:
    records = [file for file in options.files if file.suffix == ".json"]
    for file in records:
        _import_records(store, file, options)
    if options.campaign is not None:
        store.campaign(options.campaign)
    answers = json.loads(options.answers.read_text("utf-8")) if options.answers else {}
    files = (file for file in options.files if file not in records)
    return max((_import_file(store, file, answers, options) for file in files), default=DONE)


def _import_records(store: Store, file: Path, options: argparse.Namespace) -> None:
    """Add or replace the campaigns whose records a file holds: one, or a list of them."""
    written = json.loads(file.read_text("utf-8"))
    campaigns = [decode(Campaign, record) for record in (written if isinstance(written, list) else [written])]
    for campaign in campaigns:
        store.save_campaign(campaign, person=_person(options))
        print(f"Saved the record of campaign {campaign.id}.")


def _import_file(store: Store, file: Path, answers: Mapping[str, str], options: argparse.Namespace) -> int:
    reading = _read(store, file, answers, options.campaign)
    for line in (*_described(reading.receipt), *map(sentence, reading.problems)):
        print(line)
    try:
        changes = plan(store, reading, campaign=options.campaign)
        batch = save_batch(
            store,
            reading,
            campaign=options.campaign,
            person=_person(options),
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
    print(
        f"Stored as batch {batch.id}{'' if batch.campaign else ', assigned to no campaign'}: {changes.new} new rows, "
        f"{changes.differing} corrected, {changes.unchanged} unchanged, {changes.replaced} replaced."
    )
    return DONE


def _read(store: Store, file: Path, answers: Mapping[str, str], campaign: str | None) -> Upload | Survey:
    of_surveys = {name: answers[name] for name in answers.keys() & {"arm", "wave"}}
    upload = read_export(file, answers={name: answers[name] for name in answers if name not in of_surveys})
    if upload.receipt.kind != Kind.SURVEY:
        return upload
    survey = read_survey(file)
    if campaign is None:
        return survey
    record = store.campaign(campaign)
    codebook = codebook_for(record, survey.questions)
    if codebook.arm is None and "arm" in of_surveys:
        codebook = replace(codebook, only_arm=Arm(of_surveys["arm"]))
    if codebook.wave is None and "wave" in of_surveys:
        codebook = replace(codebook, only_wave=Wave(of_surveys["wave"]))
    return read_survey(file, codebook=codebook, key=store.respondent_key, countries=record.audience.countries)


def _described(receipt: Receipt) -> Iterator[str]:
    days = "days unknown" if receipt.window is None else f"{receipt.window[0]} to {receipt.window[1]}"
    yield f"{printable(receipt.file_name)}: {receipt.platform}, {receipt.report}, {receipt.rows_read} rows, {days}"
    if aside := receipt.totals_set_aside + receipt.other_rows_set_aside:
        yield f"  set aside: {aside} rows of totals, descriptions or tags"
    for column in receipt.columns:
        stored = column.field if column.stored else "not stored"
        yield f"  column {printable(column.header)}: {stored}{f' ({column.reading})' if column.reading else ''}"
    for name, total in receipt.totals.items():
        amount = "not added up" if total is None else f"{total / METRICS[name].scale:,.2f}".removesuffix(".00")
        yield f"  sum of {name}: {amount}{f' {receipt.currency}' if name == 'spend' and receipt.currency else ''}"


def _list(store: Store, options: argparse.Namespace) -> int:
    for batch in store.batches():
        print(_line(batch))
    return DONE


def _line(batch: Batch) -> str:
    days = "days unknown" if batch.window is None else f"{batch.window[0]} to {batch.window[1]}"
    return (
        f"{batch.id}  {batch.status:6}  {batch.campaign or '(no campaign)'}  {batch.platform} {batch.report}  "
        f"{batch.rows} rows  {days}  {printable(batch.file_name)}  "
        f"{batch.saved_at:%Y-%m-%d %H:%M} UTC by {batch.saved_by}"
    )


def _undo(store: Store, options: argparse.Namespace) -> int:
    print(_line(undo(store, options.batch, person=_person(options))))
    return DONE


def _redo(store: Store, options: argparse.Namespace) -> int:
    print(_line(redo(store, options.batch, person=_person(options))))
    return DONE


def _check(store: Store, options: argparse.Namespace) -> int:
    for name in sweep(store):
        print(f"Swept {name}, left by an import that never ended.")
    damage = check(store)
    for item in damage:
        print(f"{item.code.replace('_', ' ')}: {item.batch or ''} {printable(item.found)}")
    print(f"{len(store.batches())} batches, {len(damage)} problems.")
    return FAILED if damage else DONE


def _backup(store: Store, options: argparse.Namespace) -> int:
    print(f"Copied to {backup(store, options.target)}, and checked.")
    return DONE


def _person(options: argparse.Namespace) -> str:
    return options.person or getpass.getuser()
