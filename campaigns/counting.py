"""Which answers of a question count, in whatever arrangement of columns they were written."""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from campaigns.answer_words import BITS, BLANK, general, not_known, of_question, same, standard_question, unanswered
from campaigns.problems import Problem, Severity
from campaigns.questionnaire_form import QUESTIONS, choices
from campaigns.records import Outcome

_POINT = re.compile(r"(\d{1,2})\s*[-–—.):=]\s*([^\W\d].*)")  # "5 - Strongly agree"
_POINT_AFTER = re.compile(r"(.*\w)\s*\((\d{1,2})\)")
_WORDS = re.compile(r"\w+")
_BETWEEN = re.compile(r"\s*[,;|\n]\s*")
_STAND_INS = frozenset({-66, -77, -88, -95, -96, -97, -98, -99, -666, -777, -888, -998, -999, -9999})
_LARGE_STAND_INS = frozenset({77, 88, 97, 98, 99, 777, 888, 997, 998, 999, 9998, 9999})
_JOINTS = "/.-_"  # what stands between a question and its option


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Of one outcome: 1 where the answer counts, 0 where another was given, None where none was; and which count."""

    values: list[int | None]
    counts: tuple[str, ...] = ()  # as the file writes them, or the range of numbers
    others: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Reader:
    """One outcome against the columns of one file. `codes` are the labels of answers that were saved as numbers."""

    outcome: Outcome
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    kept: Sequence[bool]
    codes: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        name = standard_question(self.outcome.column) or standard_question(self.outcome.id)
        self.table = of_question(name) if name else general()
        self.bits = False

    table: dict[str, str] = field(init=False)
    bits: bool = field(init=False)

    def meaning(self, text: str) -> str:
        """What an answer stands for, else the answer itself."""
        plain = same(text)
        if self.bits and plain in BITS:
            return BITS[plain]
        return self.table.get(plain, plain)

    def wanted(self, answers: Iterable[str]) -> set[str]:
        """What the counting answers mean; a code is its label where none of the answers is written like it."""
        written = {same(answer) for answer in answers}
        found = set()
        for count in self.outcome.counts:
            plain = same(count)
            label = self.codes.get(plain)
            found.add(self.meaning(label if label is not None and plain not in written else count))
        return found

    def single(self, cells: Sequence[str]) -> Counted:
        answers = [cell for cell in dict.fromkeys(cells) if not unanswered(cell)]
        self.bits = bool(answers) and {same(answer) for answer in answers} <= BITS.keys()
        wanted = self.wanted(answers)
        counting = {answer for answer in answers if _readings(answer, self.meaning) & wanted}
        values = [None if unanswered(cell) else int(cell in counting) for cell in cells]
        self._beside_others(cells, counting)
        shown = [answer for answer, _ in Counter(cells).most_common() if not unanswered(answer)]
        understood = all(self.meaning(answer) in self.table.values() for answer in answers)
        self._somebody(values, plausible=understood and bool(answers) and wanted <= set(self.table.values()))
        return Counted(
            values=values,
            counts=tuple(answer.strip() for answer in shown if answer in counting),
            others=tuple(answer.strip() for answer in shown if answer not in counting),
            problems=tuple(self.problems),
        )

    def _beside_others(self, cells: Sequence[str], counting: Container[str]) -> None:
        """A word that counts among others may be one of several answers, or part of one that does not count."""
        counts, known = {same(answer) for answer in self.outcome.counts}, set(self.table.values())
        doubtful = {
            cell
            for cell in dict.fromkeys(cells)
            if cell not in counting and self.meaning(cell) not in known and counts & set(_WORDS.findall(same(cell)))
        }
        rows = [row for row, cell in enumerate(cells) if cell in doubtful and self.kept[row]]
        if rows:
            where, column = self.lines[rows[0]], self.outcome.column
            self.problems.append(
                Problem("counted_among_others", Severity.WARNING, row=where, column=column, value=str(len(rows)))
            )

    def several(self, chosen: Sequence[frozenset[str] | None], given: Iterable[str]) -> Counted:
        """Of answers of which several may be given: whether enough of those that count were."""
        wanted = self.wanted(given)
        values = [
            None if answers is None or answers == {"refused"} else int(len(answers & wanted) >= self.outcome.chosen)
            for answers in chosen
        ]
        given = list(dict.fromkeys(given))
        meanings = {self.meaning(answer) for answer in given}
        understood = bool(meanings) and meanings | wanted <= set(self.table.values())
        self._somebody(values, plausible=understood or bool(meanings & wanted))
        return Counted(
            values=values,
            counts=tuple(answer for answer in given if self.meaning(answer) in wanted),
            others=tuple(answer for answer in given if self.meaning(answer) not in wanted),
            problems=tuple(self.problems),
        )

    def numbers(self, cells: Sequence[str]) -> Counted:
        low, high = self.outcome.number_from, self.outcome.number_to
        read = {cell: _number(cell) for cell in dict.fromkeys(cells)}
        known = [number for number in read.values() if number is not None and number not in _LARGE_STAND_INS]
        most = max(map(abs, known), default=0.0)
        values: list[int | None] = []
        for row, cell in enumerate(cells):
            number = read[cell]
            if unanswered(cell):
                values.append(None)
            elif number is None and not_known(cell):
                values.append(0)
            elif number is None or number in _STAND_INS or (number in _LARGE_STAND_INS and number > 2 * most):
                values.append(None)
                if self.kept[row]:
                    severity = Severity.WARNING if number is None else Severity.ERROR
                    code = "answer_unread" if number is None else "answer_stands_in"
                    shown = None if number is None else cell.strip()
                    self.problems.append(
                        Problem(code, severity, row=self.lines[row], column=self.outcome.column, value=shown)
                    )
            else:
                values.append(int((low is None or number >= low) and (high is None or number <= high)))
        self._somebody(values, plausible=any(value is not None for value in values))
        return Counted(values=values, counts=(range_of(self.outcome),), problems=tuple(self.problems))

    def _somebody(self, values: Sequence[int | None], *, plausible: bool) -> None:
        """Misspelt answers would look like a campaign that changed nobody."""
        if any(self.kept) and not any(values[row] for row, kept in enumerate(self.kept) if kept):
            code, severity = ("nobody_counts", Severity.WARNING) if plausible else ("no_answer_counts", Severity.ERROR)
            self.problems.append(Problem(code, severity, column=self.outcome.column))


def count(
    outcome: Outcome,
    columns: Mapping[str, Sequence[str]],
    lines: Sequence[int],
    kept: Sequence[bool],
    *,
    codes: Mapping[str, str] | None = None,
) -> Counted | None:
    """What the rows of a file say of an outcome; None where it was not asked."""
    reader = _Reader(outcome, columns, lines, kept, codes or {})
    cells = columns.get(outcome.column)
    if outcome.is_number:
        return None if cells is None else reader.numbers(cells)
    options = _options(outcome, columns, reader)
    if options:
        lacking = reader.wanted(options) - {reader.meaning(option) for option in options}
        if lacking and cells is not None and not (reader.wanted(options) - lacking):
            options = {}  # columns of another kind, such as `dangers/other`
        elif lacking:
            for answer in outcome.counts:
                if reader.meaning(answer) in lacking:
                    reader.problems.append(
                        Problem("option_missing", Severity.ERROR, column=outcome.column, value=answer)
                    )
    if options:
        return reader.several([_ticked(options, row, cells, reader) for row in range(len(lines))], list(options))
    if cells is None:
        return None
    if outcome.chosen > 1 or _holds_several(outcome, cells, reader):
        split = {cell: _apart(cell, reader) for cell in dict.fromkeys(cells)}
        given = dict.fromkeys(answer for answers in split.values() for answer in answers)
        chosen = {
            cell: None if unanswered(cell) else frozenset(map(reader.meaning, answers))
            for cell, answers in split.items()
        }
        return reader.several([chosen[cell] for cell in cells], given)
    return reader.single(cells)


def is_option(outcome: Outcome, header: str) -> bool:
    """Whether a column is one of the answers of an outcome of which several may be given."""
    rest = header.removeprefix(outcome.column)
    if rest == header or rest[:1] not in tuple(_JOINTS):
        return False
    return rest[0] == "/" or same(rest[1:]) in _spelt(outcome)


def range_of(outcome: Outcome) -> str:
    """The numbers that count, as signs: ≥ 3, ≤ 4, 3–7."""
    low, high = outcome.number_from, outcome.number_to
    if low is None or high is None:
        return f"≥ {low:g}" if low is not None else f"≤ {high:g}"
    return f"{low:g}–{high:g}"


def _spelt(outcome: Outcome) -> frozenset[str]:
    """Every way in which the answers of an outcome are known to be written."""
    name = standard_question(outcome.column) or standard_question(outcome.id)
    asked = QUESTIONS[name] if name else None
    own = choices(asked.choices) if asked and asked.choices else {}
    return frozenset(map(same, (*outcome.counts, *(spelling for known in own.values() for spelling in known))))


def _options(outcome: Outcome, columns: Mapping[str, Sequence[str]], reader: _Reader) -> dict[str, Sequence[str]]:
    """The columns of an outcome's answers, by the answer."""
    for joint in _JOINTS:
        start = outcome.column + joint
        found = {
            header.removeprefix(start): column
            for header, column in columns.items()
            if header.startswith(start) and is_option(outcome, header)
        }
        if found and (joint == "/" or len(found) >= min(2, len(reader.wanted(found)))):
            return found
    return {}


def _ticked(
    options: Mapping[str, Sequence[str]], row: int, cells: Sequence[str] | None, reader: _Reader
) -> frozenset[str] | None:
    marks = {option: same(column[row]) for option, column in options.items()}
    if all(mark in BLANK for mark in marks.values()) or (cells is not None and unanswered(cells[row])):
        return None
    return frozenset(
        reader.meaning(option)
        for option, mark in marks.items()
        if mark in ("1", "1.0", "x", same(option)) or general().get(mark) == "yes"
    )


def _readings(answer: str, meaning: Callable[[str], str]) -> set[str]:
    """An answer, and the number and the words of one such as "5 - Strongly agree"."""
    plain = same(answer)
    found = {meaning(plain)}
    if match := _POINT.fullmatch(plain) or _POINT_AFTER.fullmatch(plain):
        found |= {meaning(match[1]), meaning(match[2])}
    return found


def _holds_several(outcome: Outcome, cells: Sequence[str], reader: _Reader) -> bool:
    """Whether several answers stand in one cell: its words are all answers that stand alone elsewhere, or count."""
    name = standard_question(outcome.column)
    if name is not None:
        return QUESTIONS[name].kind.startswith("select_multiple")
    alone = {same(cell) for cell in cells} | {same(answer) for answer in outcome.counts}
    counts = {same(answer) for answer in outcome.counts}
    for cell in dict.fromkeys(cells):
        if same(cell) in counts or reader.meaning(cell) in reader.table.values():
            continue
        for parts in (_BETWEEN.split(same(cell)), same(cell).split()):
            if len(parts) > 1 and counts & set(parts) and set(parts) <= alone:
                return True
    return False


def _apart(cell: str, reader: _Reader) -> list[str]:
    """The answers in one cell, set apart by commas or the like or, as form software does it, by blanks."""
    plain = same(cell)
    known = {*reader.table, *(same(answer) for answer in reader.outcome.counts)}
    if plain in known:
        return [plain]
    if len(parts := [part for part in _BETWEEN.split(plain) if part]) > 1:
        return parts
    words, found, at = plain.split(), [], 0
    longest = max((len(text.split()) for text in known), default=1)
    while at < len(words):
        phrases = ((size, " ".join(words[at : at + size])) for size in range(min(longest, len(words) - at), 0, -1))
        size, phrase = next((pair for pair in phrases if pair[1] in known), (1, words[at]))
        found.append(phrase)
        at += size
    return found


def _number(cell: str) -> float | None:
    plain = same(cell).replace(" ", "")
    if not re.fullmatch(r"[-+−]?\d+([.,]\d+)?", plain) or re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):
        return None
    return float(plain.replace(",", ".").replace("−", "-"))
