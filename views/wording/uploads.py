"""What was wrong with a file, and how it was read, as sentences for the person who sent it."""

import datetime as dt
from collections.abc import Iterable, Sequence

from campaigns.messages import PROBLEMS, msgid
from campaigns.problems import Problem, Severity
from campaigns.receipts import ColumnReading, Kind, Receipt, WindowSource
from campaigns.vocabulary import COUNTS
from views.wording.language import Words
from views.wording.terms import currency_name, language_name, report_name, term

# Said of a code that is new and has no sentence yet; the tests see to it that there is none.
UNNAMED = msgid("Something is not as expected ({code}). Check this place in the file.")
MORE = PROBLEMS["more_of_these"]
_DATES = frozenset({"day_first", "month_first"})


def problem_sentence(problem: Problem, words: Words) -> str:
    """Where, what, why and how to put it right; what stood in the file is shown as text and nothing else."""
    if problem.code.removesuffix("_more") in PROBLEMS and problem.code not in PROBLEMS:
        said = words(MORE, value=_value(problem, words))
        same = words(PROBLEMS[problem.code.removesuffix("_more")], value="…")
        said = f"{said} {same}"
    elif problem.code in PROBLEMS:
        said = words(PROBLEMS[problem.code], value=_value(problem, words))
    else:
        said = words(UNNAMED, code=words.text(problem.code))
    row = None if problem.row is None else words.number(problem.row)
    column = None if problem.column is None else words.text(problem.column, longest=80)
    if row and column:
        return words("Row {row}, column “{column}”: {problem}", row=row, column=column, problem=said)
    if row:
        return words("Row {row}: {problem}", row=row, problem=said)
    if column:
        return words("Column “{column}”: {problem}", column=column, problem=said)
    return said


def _value(problem: Problem, words: Words) -> str:
    if problem.value is None:
        return words("not shown")
    if problem.value.isascii() and problem.value.isdigit() and len(problem.value) < 10:
        return words.number(int(problem.value))
    return words.text(problem.value, longest=80)


def reading_sentence(receipt: Receipt, words: Words, *, window: tuple[dt.date, dt.date] | None) -> str:
    """In one sentence, what a file is: platform and report, rows, and days where they are certain."""
    what = file_kind(receipt, words)
    rows = words.plural("{n} row", "{n} rows", receipt.rows_read)
    if window is None:
        return words("**{what}**, {rows}", what=what, rows=rows)
    return words("**{what}**, {rows}, {period}", what=what, rows=rows, period=words.period(*window))


def file_kind(receipt: Receipt, words: Words) -> str:
    """What a file is, in a few words."""
    if receipt.kind == Kind.SURVEY and receipt.platform not in COUNTS:
        return words("Answers of a survey")
    if receipt.report == "unknown":
        return words("A table we do not know")
    return _recognised(receipt, words)


def receipt_lines(
    receipt: Receipt, words: Words, *, accounts: Sequence[str] = (), problems: Iterable[Problem] = ()
) -> list[tuple[str, str]]:
    """How the file was read: label and text of each line that there is something to say of."""
    problems = tuple(problems)
    open_ = {problem.code for problem in problems if problem.severity == Severity.QUESTION}
    undecided = words("depends on your answer")
    in_doubt = undecided if "date_order_ambiguous" in open_ else ""
    lines = [
        (words("Recognised as"), _recognised(receipt, words)),
        (words("One row is about"), _about(receipt, words)),
        (words("Language of the headers"), language_name(receipt.language, words) if receipt.language else ""),
        (words("Sheets of the file"), _sheets(receipt, words)),
        (words("Period"), in_doubt or _window(receipt, words)),
        (words("Dates"), in_doubt or _reading(receipt.columns, words, dates=True)),
        (
            words("Numbers"),
            undecided if "decimal_sign_ambiguous" in open_ else _reading(receipt.columns, words, dates=False),
        ),
        (words("Currency"), _currency(receipt, words)),
        (words("Account, page or channel"), _listed((words.text(name, longest=60) for name in accounts), words)),
        (words("Split by"), _listed((term(name, words, kind="breakdown") for name in receipt.breakdowns), words)),
        (words("Rows read"), words.number(receipt.rows_read)),
        (words("Totals set aside"), _count(receipt.totals_set_aside, words)),
        (words("Other rows set aside"), _count(receipt.other_rows_set_aside, words)),
        (words("Repeated rows left out"), _count(_times("rows_repeated", problems), words)),
        (words("Numbers the platform hides"), _hidden(receipt, words)),
        (words("Columns not understood"), "" if receipt.kind == Kind.SURVEY else _not_understood(receipt, words)),
        (words("Personal data, not stored"), _listed((words.text(name) for name in receipt.dropped), words)),
    ]
    if not receipt.identified:
        again = (
            words("it replaces everything stored of this survey")
            if receipt.kind == Kind.SURVEY
            else words("it replaces everything stored of this account and period")
        )
        lines.append((words("When you add it again"), again))
    return [(label, text) for label, text in lines if text]


def _about(receipt: Receipt, words: Words) -> str:
    if receipt.kind != Kind.ENGAGEMENT or receipt.level is None:
        return ""
    return term(receipt.level, words, kind="level")


def _sheets(receipt: Receipt, words: Words) -> str:
    return _listed((words.text(name) for name in receipt.sheets), words) if len(receipt.sheets) > 1 else ""


def _hidden(receipt: Receipt, words: Words) -> str:
    if not receipt.censored:
        return ""
    return words("{n} (not known, which is not zero)", n=words.number(receipt.censored))


def _times(code: str, problems: Iterable[Problem]) -> int:
    """How many problems of a kind there are, with those that are only counted."""
    listed = [problem for problem in problems if problem.code in (code, f"{code}_more")]
    return sum(int(problem.value or 0) if problem.code != code else 1 for problem in listed)


def _recognised(receipt: Receipt, words: Words) -> str:
    return words(
        "{platform}: {report}",
        platform=term(receipt.platform, words, kind="Platform"),
        report=report_name(receipt.report, words),
    )


def _window(receipt: Receipt, words: Words) -> str:
    source = term(receipt.window_source, words)
    if receipt.window is None:
        return term(WindowSource.NONE, words)
    return words("{period} ({source})", period=words.period(*receipt.window), source=source)


def _currency(receipt: Receipt, words: Words) -> str:
    if receipt.currency is None:
        return ""
    return words("{name} ({code})", name=currency_name(receipt.currency, words), code=receipt.currency)


def _reading(columns: Iterable[ColumnReading], words: Words, *, dates: bool) -> str:
    readings = dict.fromkeys(column.reading for column in columns if (column.reading in _DATES) is dates)
    known = (reading for reading in readings if reading in _DATES or reading.startswith("decimal_"))
    return _listed((term(reading, words, kind="reading") for reading in known), words)


def _not_understood(receipt: Receipt, words: Words) -> str:
    dropped = set(receipt.dropped)
    names = (column.header for column in receipt.columns if column.field is None and column.header not in dropped)
    return _listed((words.text(name, longest=60) for name in names), words)


def _count(count: int, words: Words) -> str:
    return words.number(count) if count else ""


def _listed(items: Iterable[str], words: Words) -> str:
    return words.listed(items)
