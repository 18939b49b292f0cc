"""What was wrong with a file, and how it was read, as sentences for the person who sent it."""

from collections.abc import Iterable

from campaigns.messages import PROBLEMS, msgid
from campaigns.problems import Problem
from campaigns.receipts import ColumnReading, Receipt, WindowSource
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


def receipt_lines(receipt: Receipt, words: Words) -> list[tuple[str, str]]:
    """How the file was read: label and text of each line that there is something to say of."""
    lines = [
        (words("Recognised as"), _recognised(receipt, words)),
        (words("Language of the headers"), language_name(receipt.language, words) if receipt.language else ""),
        (words("Period"), _window(receipt, words)),
        (words("Dates"), _reading(receipt.columns, words, dates=True)),
        (words("Numbers"), _reading(receipt.columns, words, dates=False)),
        (words("Currency"), _currency(receipt, words)),
        (words("Split by"), _listed((term(name, words, kind="breakdown") for name in receipt.breakdowns), words)),
        (words("Rows read"), words.number(receipt.rows_read)),
        (words("Totals set aside"), _count(receipt.totals_set_aside, words)),
        (words("Other rows set aside"), _count(receipt.other_rows_set_aside, words)),
        (words("Columns not understood"), _not_understood(receipt, words)),
        (words("Personal data, not stored"), _listed((words.text(name) for name in receipt.dropped), words)),
    ]
    if not receipt.identified:
        lines.append(
            (words("When you add it again"), words("it replaces everything stored of this account and period"))
        )
    return [(label, text) for label, text in lines if text]


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
