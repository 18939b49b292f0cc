"""What holds for every file whatever: an answer or a refusal, the same twice, and no secret said."""

from campaigns.exports import read_archive, read_export
from campaigns.messages import sentence
from campaigns.problems import Problem
from campaigns.receipts import Kind, Upload
from campaigns.surveys import read_survey
from tests.fuzzing.mutations import SECRETS

SEVERAL_A_ROW = frozenset({"audience_blocks", "audience_shares"})  # a line of these holds more than one figure


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


def _check_upload(upload: Upload) -> None:
    receipt, rows = upload.receipt, upload.rows.num_rows
    if receipt.report not in SEVERAL_A_ROW:
        assert rows <= receipt.rows_read, f"{rows} rows of {receipt.rows_read}"
    assert receipt.kind == Kind.ENGAGEMENT or rows == 0, "rows of a file that holds none"
    assert rows or upload.problems or receipt.kind == Kind.SURVEY, "nothing was stored, and nobody was told why"
    _check_said(upload.problems)


def _check_said(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        said = f"{sentence(problem)} {problem.value}"
        assert not any(secret in said for secret in SECRETS), f"{problem.code} says who somebody is"
