"""What may be repeated of a file: nothing that says who somebody is, wherever in the file it stood."""

from collections.abc import Iterable
from dataclasses import replace

from campaigns.privacy.texts import personal_text
from campaigns.problems import Problem

NOT_SHOWN = "(…)"


def discreet(text: str) -> str:
    """A header as it may be repeated; where a row stands in the place of headers, that row's cells are not."""
    return NOT_SHOWN if personal_text(text) else text


def discreet_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without headers and values that say who somebody is."""
    return tuple(
        replace(
            problem,
            column=None if problem.column is None else discreet(problem.column),
            value=None if problem.value is None or personal_text(problem.value) else problem.value,
        )
        for problem in problems
    )
