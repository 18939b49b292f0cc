"""The rows of a file that are not stored, as a spreadsheet with the reason beside each."""

from campaigns.files import File
from campaigns.receipts import Upload
from campaigns.refusals import refused_rows, refused_workbook
from campaigns.surveys import Survey
from views.wording import Words, problem_sentence


def workbook_of_refused(file: File, reading: Upload | Survey, words: Words) -> bytes:
    """A row for each row that is left out: why, its line in the file, and its cells but for personal ones."""
    return refused_workbook(
        {words("Rows left out"): refused_rows(file.data, reading.receipt, reading.problems)},
        say=lambda problem: problem_sentence(problem, words),
        heads=(words("Why"), words("Row")),
        right_to_left=words.right_to_left,
    )
