"""The command line of what is taken away: reports and frozen editions, without the dashboard."""

import argparse
import datetime as dt
import logging
import sys
from pathlib import Path

from campaigns.store import open_store

FORMATS = (".pdf", ".docx")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 where it did what was asked, 1 where it could not."""
    options = _parser().parse_args(arguments)
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # nobody runs a server here
    try:
        message: str = options.run(options)
    except (ValueError, KeyError, RuntimeError, OSError) as error:
        print(error.args[0] if error.args else error, file=sys.stderr)
        return 1
    print(message)
    return 0


def _parser() -> argparse.ArgumentParser:
    from views.wording.language import LANGUAGES

    parser = argparse.ArgumentParser(prog="python -m views", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="report|edition")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--language", choices=LANGUAGES, default="en")
    shared.add_argument("--campaign", action="append", metavar="ID", help="one or more; all campaigns without it")
    shared.add_argument("--date", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="the day it bears; else today")
    shared.add_argument("--store", type=Path, metavar="FOLDER", help="else CAMPAIGN_STORE, else data/store")

    report = commands.add_parser("report", parents=[shared], help="a report as PDF/UA or DOCX")
    report.add_argument("--audience", choices=("minister", "donor", "evaluator"), default="minister")
    report.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.pdf or FILE.docx")
    report.set_defaults(run=_report)

    edition = commands.add_parser("edition", parents=[shared], help="a frozen edition (zip), or a check of one")
    edition.add_argument("--out", type=Path, metavar="FILE", help="FILE.zip")
    edition.set_defaults(run=_edition)
    verify = edition.add_subparsers(metavar="verify")
    check = verify.add_parser("verify", help="check that nothing in an edition was changed")
    check.add_argument("file", type=Path)
    check.set_defaults(run=_verify)
    return parser


def _report(options: argparse.Namespace) -> str:
    from views.reports import Audience, compose, docx, gather, pdf
    from views.wording import Words

    if options.out.suffix.lower() not in FORMATS:
        raise ValueError(f"{options.out} must end in {' or '.join(FORMATS)}")
    with open_store(options.store) as store:
        material = gather(store, campaigns=options.campaign, day=options.date)
    report = compose(Audience(options.audience), material, Words(options.language))
    options.out.write_bytes(pdf(report) if options.out.suffix.lower() == ".pdf" else docx(report))
    return f"{options.out} is written"


def _edition(options: argparse.Namespace) -> str:
    from views.editions import edition
    from views.reports import gather
    from views.wording import Words

    if options.out is None:
        raise ValueError("edition needs --out FILE, or verify FILE")
    with open_store(options.store) as store:
        material = gather(store, campaigns=options.campaign, day=options.date)
    options.out.write_bytes(edition(material, Words(options.language)))
    return f"{options.out} is written"


def _verify(options: argparse.Namespace) -> str:
    from views.editions import read_edition

    found = read_edition(options.file.read_bytes())
    return f"{options.file} is as it was frozen: {len(found.files)} files, {found.numbers} numbers"


if __name__ == "__main__":
    sys.exit(main())
