"""What was wrong with a file, and how it was read, as sentences for the person who sent it."""

from campaigns.problems import Problem
from campaigns.receipts import Receipt
from views.wording.language import Words


def problem_sentence(problem: Problem, words: Words) -> str:
    """Where, what, why and how to put it right."""
    raise NotImplementedError


def receipt_lines(receipt: Receipt, words: Words) -> list[tuple[str, str]]:
    """How the file was read: label and text of each line."""
    raise NotImplementedError
