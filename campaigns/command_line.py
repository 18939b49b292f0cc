"""Command line: import exports and surveys, list, undo and redo batches, write templates, check, back up.

Exit codes: 0 done; 1 wrong use, or something else went wrong; 2 a file was refused because of errors or questions.
"""

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from campaigns.batches import assign, backup, check, redo, sweep, undo
from campaigns.imports import DONE, FAILED, import_files
from campaigns.messages import printable
from campaigns.store import Batch, Store, open_store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:  # argparse says 2 for wrong use, which here means a refused file
        return FAILED if stop.code else DONE
    try:
        if options.run is None:  # needs no store, and leaves none behind
            return _templates(options.folder)
        with open_store(options.store) as store:
            code: int = options.run(store, options)
            return code
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        print(error.args[0] if isinstance(error, KeyError) else error, file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--store", type=Path, help="folder of the store (default: CAMPAIGN_STORE, or data/store)")
    shared.add_argument(
        "--person", default=getpass.getuser(), help="who does it, for the audit trail (default: who is logged in)"
    )
    parser = argparse.ArgumentParser(prog="python -m campaigns", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, parents=[shared])
        added.set_defaults(run=run)
        return added

    text = "Store exports of platforms, survey answers, archives of them, and campaign records (.json)."
    importing = command("import", import_files, text)
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importing.add_argument("--campaign", metavar="ID", help="what the figures belong to; without it they count nowhere")
    importing.add_argument(
        "--answers",
        type=Path,
        metavar="FILE.json",
        help='answers to questions, such as {"year": "2026"} or {"wave": "before"}',
    )
    importing.add_argument("--keep-good-rows", action="store_true", help="store a file with errors, without those rows")
    importing.add_argument("--dry-run", action="store_true", help="say what would be stored, and store nothing")
    importing.add_argument(
        "--refused", type=Path, metavar="FILE.xlsx", help="write the refused rows there, with the reason beside each"
    )
    command("list", _list, "List all batches, oldest first.")
    command("undo", _undo, "Let a batch count no longer.").add_argument("batch", metavar="ID")
    command("redo", _redo, "Let an undone batch count again.").add_argument("batch", metavar="ID")
    assigning = command("assign", _assign, "Move a batch to another campaign.")
    assigning.add_argument("batch", metavar="ID")
    assigning.add_argument("--campaign", metavar="ID", required=True)
    text = "Write the tables to fill in where there is no export, in six languages, as CSV and XLSX."
    writing = commands.add_parser("templates", help=text, description=text)
    writing.add_argument("folder", type=Path, metavar="FOLDER")
    writing.set_defaults(run=None)
    command("check", _check, "Check that every stored row is there and unchanged.")
    command("backup", _backup, "Copy the store into a new folder.").add_argument("target", type=Path, metavar="TARGET")
    return parser


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
    print(_line(undo(store, options.batch, person=options.person)))
    return DONE


def _redo(store: Store, options: argparse.Namespace) -> int:
    print(_line(redo(store, options.batch, person=options.person)))
    return DONE


def _assign(store: Store, options: argparse.Namespace) -> int:
    print(_line(assign(store, options.batch, campaign=options.campaign, person=options.person)))
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


def _templates(folder: Path) -> int:
    from campaigns.exports.templates import write_templates  # what writes workbooks is read only here

    for path in write_templates(folder):
        print(f"Wrote {path}")
    return DONE
