"""What holds for every file whatever: an answer or a refusal, the same twice, no row lost, and no secret said."""

from dataclasses import replace

from campaigns.exports import read_archive, read_export
from campaigns.exports.reading import read_tables
from campaigns.messages import sentence
from campaigns.problems import Problem, Severity
from campaigns.questionnaire import codebook_for
from campaigns.receipts import Kind, Receipt, Upload
from campaigns.surveys import read_survey
from campaigns.vocabulary import Platform
from tests.examples import campaign
from tests.fuzzing.mutations import SECRETS

SHARES = frozenset({"audience_blocks", "audience_shares"})
WHOLE = frozenset({"column_missing", "column_empty"})  # what keeps a whole table from being stored
MISFITS = frozenset({"cells_missing", "cells_surplus", "cell_too_long", "rows_swallowed"})


def check(data: bytes, name: str) -> None:
    """Read a file in every way there is; raises where one falls over, or an answer cannot be right."""
    upload = read_export(data, name=name)
    _check_upload(upload)
    again = read_export(data, name=name)
    assert again.problems == upload.problems, "the same file was read in two ways"
    assert again.rows.equals(upload.rows), "the same file was read in two ways"
    for member in read_archive(data, name=name).values():
        _check_upload(member)
    survey = read_survey(data, name=name)
    _check_said(survey.problems)
    codebook = codebook_for(campaign("C1"), survey.questions)
    answered, once_more = (read_survey(data, name=name, codebook=codebook) for _ in range(2))
    _check_said(answered.problems)
    _keeps_secrets(answered.answers.to_pylist(), "an answer")
    assert answered.answers.equals(once_more.answers), "the same answers were read in two ways"


def check_rows(data: bytes, name: str, rows: int) -> None:
    """Every row of one plain table with its header on the first line is read, refused or set aside."""
    upload, tables = read_export(data, name=name), read_tables(data, name).tables
    receipt = upload.receipt
    if receipt.kind != Kind.ENGAGEMENT or len(tables) != 1 or tables[0].header_line != 1:
        return
    misfits = {problem.row for problem in upload.problems if problem.code in MISFITS}
    below = sum(int(problem.value or 0) for problem in upload.problems if problem.code == "header_changes")
    found = receipt.rows_read + receipt.totals_set_aside + receipt.other_rows_set_aside + len(misfits) + below
    if not _several_a_line(receipt):
        assert found == rows, f"{found} rows of {rows}"


def _check_upload(upload: Upload) -> None:
    receipt, rows = upload.receipt, upload.rows.num_rows
    assert receipt.kind == Kind.ENGAGEMENT or rows == 0, "rows of a file that holds none"
    assert rows or upload.problems or receipt.kind == Kind.SURVEY, "nothing was stored, and nobody was told why"
    if receipt.kind == Kind.ENGAGEMENT and not _several_a_line(receipt):
        assert len(set(upload.rows["row"].to_pylist())) == rows, "a row was stored twice"
        assert 0 <= receipt.rows_read - rows <= _refused(upload), f"{rows} rows of {receipt.rows_read}, without a word"
    _check_said(upload.problems)
    _keeps_secrets(upload.rows.to_pylist(), "a stored row")
    _keeps_secrets(replace(receipt, file_name="", sheets=()), "the receipt")


def _several_a_line(receipt: Receipt) -> bool:
    """Whether a line holds more than one row: the shares of several groups, or LinkedIn's lists beside each other."""
    return receipt.report in SHARES or receipt.platform == Platform.LINKEDIN


def _refused(upload: Upload) -> int:
    """How many rows the problems say are not stored, at most."""
    lines = {p.row for p in upload.problems if p.severity == Severity.ERROR or p.code == "rows_repeated"}
    more = [int(p.value or 0) for p in upload.problems if p.code.endswith("_more")]
    whole = any(p.code in WHOLE for p in upload.problems)
    return upload.receipt.rows_read if whole else len(lines - {None}) + sum(more)


def _check_said(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        _keeps_secrets(f"{sentence(problem)} {problem.column} {problem.value}", problem.code)


def _keeps_secrets(said: object, where: str) -> None:
    text = str(said)
    assert not any(secret in text for secret in SECRETS), f"{where} says who somebody is"
