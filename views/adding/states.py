"""What is known of a file before it is saved, and whether it may be saved as it is."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import pyarrow.compute as pc

from campaigns.problems import Problem, Severity
from campaigns.receipts import Kind, Receipt, Upload
from campaigns.surveys import Survey

# What is asked though it may stay unknown: figures without days or currency are worth less, and a person often knows.
WORTH_ASKING = frozenset({"no_window_in_file", "currency_unknown"})
NAMED = 5  # accounts of a file that are named


class State(StrEnum):
    """How far a file is."""

    READY = "ready"
    QUESTION = "question"  # a person has something to say first
    UNREADABLE = "unreadable"
    SAVED = "saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A file at a glance."""

    receipt: Receipt
    state: State
    rows: int  # that can be stored
    bad_rows: int  # that cannot be read
    asks: frozenset[str]  # codes of what a person may answer
    accounts: tuple[str, ...] = ()
    reason: Problem | None = None  # the first thing that cannot be read

    @property
    def window(self) -> tuple[dt.date, dt.date] | None:
        """Which days it covers, unless that depends on an answer."""
        return None if "date_order_ambiguous" in self.asks else self.receipt.window

    @property
    def unknown(self) -> bool:
        """Whether nobody has said yet what its columns hold."""
        return "layout_unknown" in self.asks


def look_at(reading: Upload | Survey) -> Look:
    """What a reading is, and whether it may be saved as it is."""
    problems = reading.problems
    errors = [problem for problem in problems if problem.severity == Severity.ERROR]
    asks = frozenset(
        problem.code
        for problem in problems
        if problem.severity == Severity.QUESTION or problem.code in WORTH_ASKING | {"account_unknown", "layout_unknown"}
    )
    survey = reading.receipt.kind == Kind.SURVEY
    if "layout_unknown" in asks or survey:
        state = State.QUESTION
    elif reading.refused:
        state = State.UNREADABLE
    elif errors or asks - {"account_unknown"}:
        state = State.QUESTION
    else:
        state = State.READY
    return Look(
        receipt=reading.receipt,
        state=state,
        rows=reading.rows.num_rows if isinstance(reading, Upload) and not survey else reading.receipt.rows_read,
        bad_rows=len({problem.row for problem in errors if problem.row is not None}),
        asks=asks,
        accounts=accounts_of(reading),
        reason=errors[0] if errors else None,
    )


def accounts_of(reading: Upload | Survey) -> tuple[str, ...]:
    """Which accounts, pages or channels figures are of, as far as the file says."""
    if not isinstance(reading, Upload):
        return ()
    return tuple(sorted(name for name in pc.unique(reading.rows["account"]).to_pylist() if name))[:NAMED]
