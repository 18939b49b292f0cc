"""What must be known of a picture or a table that leaves the page: of whom, how, when, from where, by which version."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from views.wording.disclosing import STANDARD, Profile, shown_estimate, written_count
from views.wording.language import Words
from views.wording.methods import method_name

Notes = Sequence[tuple[str, str]]

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


@cache
def version() -> str:
    """The version of the tracker, as `pyproject.toml` says it."""
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def notes_of(
    evaluations: Sequence[Evaluation],
    words: Words,
    *more: tuple[str, str],
    profile: Profile | None = STANDARD,
) -> Notes:
    """Notes on figures of these campaigns: what a page adds (filters, campaign, design), people, methods, source."""
    words = words.in_files
    given = {label for label, _ in more}
    return (
        *more,
        *(note for note in _measured(evaluations, words, profile) if note[0] not in given),
        (words("Source"), words("Campaign tracker, from the files and records of the organisations named")),
        *(((words("Note"), words("Example data: simulated")),) if _simulated(evaluations) else ()),
    )


def completed(notes: Notes, words: Words, *, today: dt.date | None = None) -> Notes:
    """Notes with the day of the file and the version that made it."""
    words = words.in_files
    day = today or dt.datetime.now(dt.UTC).date()
    return (*notes, (words("Date"), words.date(day)), (words("Version"), f"Campaign tracker {version()}"))


def _measured(evaluations: Sequence[Evaluation], words: Words, profile: Profile | None) -> list[tuple[str, str]]:
    """How many people were asked and how the effects were worked out, where any is shown."""
    shown = [found for found in (shown_estimate(evaluation, profile) for evaluation in evaluations) if found]
    if not shown:
        return []
    people = written_count(sum(estimate.n for estimate in shown), words, profile)
    return [(words("People asked"), people), (words("Method"), methods_of(shown, words))]


def methods_of(estimates: Sequence[Estimate], words: Words) -> str:
    """The methods of these estimates, each once."""
    return words.listed(dict.fromkeys(method_name(estimate.method, words) for estimate in estimates))


def _simulated(evaluations: Sequence[Evaluation]) -> bool:
    return any(evaluation.campaign.example for evaluation in evaluations)
