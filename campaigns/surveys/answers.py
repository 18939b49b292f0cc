"""Rows of a survey to answers: who was asked, on which side, when, and whether the answer counts."""

import datetime as dt
import hashlib
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace

import pyarrow as pa

from campaigns.ages import MINORS, age_band
from campaigns.answer_words import agreed, not_known, same, unanswered
from campaigns.counting import Counted, count
from campaigns.privacy import folded
from campaigns.problems import Problem, Severity
from campaigns.questionnaire import ARMS, SEXES, WAVES, Codebook
from campaigns.records import Outcome, Sex, Unit, Wave
from campaigns.rows import ANSWER_SCHEMA
from campaigns.surveys.days import interview_days
from campaigns.surveys.forms import FORM_IDS
from campaigns.surveys.places import country_code, first_level, language_tag

LISTED = 200  # problems of one column that are named one by one
FEW_PLACES = 100  # no country has more first administrative levels


class Answers:
    """The rows of one file on their way to a table of answers; what is wrong with a row is noted beside it."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[str]],
        lines: Sequence[int],
        *,
        withheld: Set[str],
        key: bytes | None,
        codes: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.columns = columns
        self.withheld = withheld  # headers of columns whose cells may be repeated nowhere
        self.lines = lines
        self.key = key
        self.kept = [True] * len(lines)
        self.problems: list[Problem] = []
        self.counted: dict[str, Counted] = {}  # by the column of the outcome
        self._codes = codes or {}
        self._ordinals: dict[str, dict[str, str]] = {}

    def read(self, codebook: Codebook, survey: str) -> pa.Table:
        """The table, with the columns of `campaigns.rows.ANSWER_SCHEMA`: one row for each person and outcome."""
        self._consent(codebook)
        self._screen(codebook)
        self._told("arm", codebook.arm, codebook.only_arm)
        if codebook.start is None:
            self._told("wave", codebook.wave, codebook.only_wave)
        only = codebook.countries[0] if len(codebook.countries) == 1 else None
        periods = self._periods(codebook)
        waves = self._waves(codebook, periods)
        ages = self._read(codebook.age, age_band, named=False)
        fields: dict[str, Sequence[object]] = {
            "arm": self._coded(codebook.arm, codebook.arms, ARMS, codebook.only_arm),
            "wave": waves,
            "period": periods,
            "cluster": self._opaque(codebook.cluster, needed=codebook.cluster_needed),
            "block": self._opaque(codebook.block),
            "weight": self._weights(codebook.weight),
            "sex": self._read(codebook.sex, lambda text: SEXES.get(folded(text)), otherwise=Sex.UNKNOWN),
            "age": ages,
            "country": self._country(codebook.country, only),
            "place": self._place(codebook.place),
            "language": self._read(codebook.language, language_tag),
            "respondent": self._respondents(self._whose(codebook), list(zip(waves, periods, strict=True))),
        }
        self._minors(codebook, ages)
        answered = {  # nobody is asked how often a helpline was called
            outcome.id: self._outcome(outcome) for outcome in codebook.outcomes if outcome.unit == Unit.PEOPLE
        }
        rows = [row for row, kept in enumerate(self.kept) if kept]
        asked = [outcome for outcome, values in answered.items() if values is not None]
        arrays = {
            "survey": [survey] * len(rows) * len(asked),
            **{name: [values[row] for row in rows for _ in asked] for name, values in fields.items()},
            "outcome": asked * len(rows),
            "value": [values[row] for row in rows for values in answered.values() if values is not None],
            "row": [self.lines[row] for row in rows for _ in asked],
        }
        return pa.table({field.name: pa.array(arrays[field.name], field.type) for field in ANSWER_SCHEMA})

    def _drop(self, row: int, problem: Problem) -> None:
        self.kept[row] = False
        self.problems.append(problem)

    def _column(self, header: str | None) -> Sequence[str] | None:
        """The cells of a column; a header that the codebook names and the file lacks is an error."""
        if header is None:
            return None
        if (cells := self.columns.get(header)) is None:
            self.problems.append(Problem("column_missing", Severity.ERROR, column=header))
        return cells

    def _consent(self, codebook: Codebook) -> None:
        cells = self._column(codebook.consent)
        if cells is None:
            severity = Severity.WARNING if codebook.consent_elsewhere else Severity.ERROR
            self.problems.append(Problem("consent_not_in_file", severity, column="consent"))
            self.kept = [codebook.consent_elsewhere and codebook.consent is None] * len(self.lines)
            return
        meaning = {cell: agreed(cell) for cell in dict.fromkeys(cells)}
        without = [row for row, cell in enumerate(cells) if meaning[cell] is False]
        for row, cell in enumerate(cells):
            self.kept[row] = meaning[cell] is True
            if meaning[cell] is None:
                shown = None if codebook.consent in self.withheld else cell.strip()
                problem = Problem("answer_unknown", Severity.ERROR, row=self.lines[row], column=codebook.consent)
                self.problems.append(replace(problem, value=shown))
        if without:
            where = self.lines[without[0]]
            self.problems.append(
                Problem(
                    "without_consent", Severity.WARNING, row=where, column=codebook.consent, value=str(len(without))
                )
            )

    def _told(self, field: str, header: str | None, only: str | None) -> None:
        """Answers of which nobody says on which side, or when, they were given are no answers."""
        if header is None and only is None:
            self.problems.append(Problem("column_missing", Severity.ERROR, column=field))
        if header not in self.columns and only is None:
            self.kept = [False] * len(self.lines)

    def _coded(
        self, header: str | None, codes: Mapping[str, str], usual: Mapping[str, str], only: str | None
    ) -> list[str | None]:
        """Arms and waves: what is not known cannot be compared, so that its row is no answer."""
        cells = self._column(header)
        if cells is None:
            return [only] * len(self.lines)
        known = {same(answer): code for answer, code in codes.items()}
        meaning = {cell: known.get(same(cell)) or usual.get(folded(cell)) for cell in dict.fromkeys(cells)}
        values = [meaning[cell] for cell in cells]
        for row, value in enumerate(values):
            if value is None and self.kept[row]:
                code = "answer_unknown" if cells[row].strip() else "answer_missing"
                shown = None if header in self.withheld else cells[row].strip() or None
                self._drop(row, Problem(code, Severity.ERROR, row=self.lines[row], column=header, value=shown))
        return values

    def _periods(self, codebook: Codebook) -> Sequence[dt.date | None]:
        """The week or month of each interview, never its day; an answer of which nobody says when tells no course."""
        if codebook.start is None:
            return [None] * len(self.lines)
        cells = self._column(codebook.day)
        if cells is None:
            if codebook.day is None:
                self.problems.append(Problem("column_missing", Severity.ERROR, column="day"))
            self.kept = [False] * len(self.lines)
            return [None] * len(self.lines)
        found = interview_days(cells)
        for row, day in enumerate(found):
            if day is None and self.kept[row]:
                code = "date_not_readable" if cells[row].strip() else "answer_missing"
                shown = None if codebook.day in self.withheld else cells[row].strip() or None
                self._drop(row, Problem(code, Severity.ERROR, row=self.lines[row], column=codebook.day, value=shown))
        return [None if day is None else codebook.period.first_day(day) for day in found]

    def _waves(self, codebook: Codebook, periods: Sequence[dt.date | None]) -> Sequence[str | None]:
        """Before or after: as the file says, or by the period in which the campaign starts."""
        if codebook.start is None:
            return self._coded(codebook.wave, codebook.waves, WAVES, codebook.only_wave)
        first = codebook.period.first_day(codebook.start)
        return [None if day is None else Wave.AFTER if day >= first else Wave.BEFORE for day in periods]

    def _read(
        self,
        header: str | None,
        read: Callable[[str], str | None],
        *,
        otherwise: str | None = None,
        named: bool = True,
        no_answer: Callable[[str], bool] | None = None,
    ) -> list[str | None]:
        """What describes a person: where it cannot be read it is missing, and the answers stay."""
        cells = self._column(header)
        if cells is None:
            return [otherwise] * len(self.lines)
        blank = {cell for cell in dict.fromkeys(cells) if (no_answer or _tells_nothing)(cell)}
        meaning = {cell: None if cell in blank else read(cell.strip()) for cell in dict.fromkeys(cells)}
        hidden = not named or header in self.withheld
        for row, cell in enumerate(cells):
            if self.kept[row] and meaning[cell] is None and cell not in blank:
                shown = None if hidden else cell.strip()
                self.problems.append(
                    Problem("answer_unread", Severity.WARNING, row=self.lines[row], column=header, value=shown)
                )
        return [meaning[cell] or otherwise for cell in cells]

    def _country(self, header: str | None, otherwise: str | None) -> list[str | None]:
        """Countries of origin: among codes of two letters NA is Namibia, beside names it is no answer."""

        def nothing(text: str) -> bool:
            return same(text) != "na" and _tells_nothing(text)

        answered = {cell.strip() for cell in self.columns.get(header or "", ()) if not nothing(cell)}
        coded = all(len(cell) == 2 for cell in answered)
        return self._read(header, country_code, otherwise=otherwise, no_answer=nothing if coded else None)

    def _place(self, header: str | None) -> list[str | None]:
        """Regions: of several levels the first, and nothing where a finer one could be told."""
        cells = self._column(header)
        if cells is None or header in self.withheld:
            return [None] * len(self.lines)
        places = {cell: None if _tells_nothing(cell) else first_level(cell) for cell in dict.fromkeys(cells)}
        fine = [row for row, cell in enumerate(cells) if places[cell] is None and not _tells_nothing(cell)]
        if len({place for place in places.values() if place}) > FEW_PLACES:
            fine, places = list(range(len(cells))), dict.fromkeys(places)
        if fine:
            where = self.lines[fine[0]]
            self.problems.append(
                Problem("place_too_fine", Severity.WARNING, row=where, column=header, value=str(len(fine)))
            )
        return [places[cell] for cell in cells]

    def _weights(self, header: str | None) -> list[float | None]:
        cells = self._column(header)
        if cells is None:
            return [None] * len(self.lines)
        weights = [_weight(cell) for cell in cells]
        for row, weight in enumerate(weights):
            if weight is None and self.kept[row]:
                problem = Problem(
                    "weight_unread",
                    Severity.ERROR,
                    row=self.lines[row],
                    column=header,
                    value=cells[row].strip() or None,
                )
                self._drop(row, problem)
        return weights

    def _opaque(self, header: str | None, *, needed: bool = False) -> list[str | None]:
        """Villages, schools, strata: as written, or as a number where it could be somebody's."""
        cells = self._column(header)
        if cells is None:
            return [None] * len(self.lines)
        for row, cell in enumerate(cells):
            if needed and not cell.strip() and self.kept[row]:
                self._drop(row, Problem("answer_missing", Severity.ERROR, row=self.lines[row], column=header))
        hidden = header in self.withheld
        return [(self._token(header or "", cell) if hidden else cell.strip()) or None for cell in cells]

    def identified(self, codebook: Codebook) -> bool:
        """Whether a respondent is the same one when the survey is exported again."""
        return self.key is not None and self._whose(codebook) is not None

    def _whose(self, codebook: Codebook) -> str | None:
        """The column that tells respondents apart, or else filled-in forms."""
        return codebook.respondent or next((header for header in FORM_IDS if header in self.columns), None)

    def _respondents(self, header: str | None, times: Sequence[object]) -> list[str]:
        cells = self._column(header)
        if cells is None:
            return [str(row + 1) for row in range(len(self.lines))]
        seen: set[tuple[str, object]] = set()
        for row, cell in enumerate(cells):
            if not self.kept[row] or not cell.strip():
                continue
            if (cell.strip(), times[row]) in seen:
                self._drop(row, Problem("respondent_repeated", Severity.ERROR, row=self.lines[row], column=header))
            seen.add((cell.strip(), times[row]))
        return [self._token(header or "", cell) or f"row-{self.lines[row]}" for row, cell in enumerate(cells)]

    def _token(self, header: str, cell: str) -> str:
        """A stand-in for what was typed: a keyed hash, or without a key the order in which it first came."""
        text = cell.strip()
        if not text:
            return ""
        if self.key:
            return hashlib.blake2b(text.encode(), key=self.key, digest_size=10).hexdigest()
        ordinals = self._ordinals.setdefault(header, {})
        return ordinals.setdefault(text, str(len(ordinals) + 1))

    def _screen(self, codebook: Codebook) -> None:
        """Children whom the form asked nothing but their age are no respondents: counted, and left out."""
        ages = self.columns.get(codebook.age or "")
        if ages is None:
            return
        asked = [cells for header, cells in self.columns.items() if codebook.is_outcome(header)]
        minors = {age for age in dict.fromkeys(ages) if age_band(age) == MINORS}
        out = [
            row
            for row, age in enumerate(ages)
            if self.kept[row] and age in minors and asked and not any(cells[row].strip() for cells in asked)
        ]
        for row in out:
            self.kept[row] = False
        if out:
            where = self.lines[out[0]]
            self.problems.append(
                Problem("minors_not_asked", Severity.NOTE, row=where, column=codebook.age, value=str(len(out)))
            )

    def _minors(self, codebook: Codebook, ages: Sequence[str | None]) -> None:
        """Answers of children are stored in one age band, and a person is told: a guardian must have agreed too."""
        minors = [row for row, age in enumerate(ages) if age == MINORS and self.kept[row]]
        if minors:
            where = self.lines[minors[0]]
            self.problems.append(
                Problem("minors_answered", Severity.WARNING, row=where, column=codebook.age, value=str(len(minors)))
            )

    def _outcome(self, outcome: Outcome) -> list[int | None] | None:
        """1 where the answer counts, 0 where another was given, None where none was; None where nobody was asked."""
        codes = {same(code): label for label, code in self._codes.get(outcome.column, {}).items()}
        found = count(outcome, self.columns, self.lines, self.kept, codes=codes)
        if found is None:
            self.problems.append(Problem("column_missing", Severity.ERROR, column=outcome.column))
            return None
        hidden = outcome.column in self.withheld
        self.problems += [replace(problem, value=None) if hidden else problem for problem in found.problems]
        self.counted[outcome.column] = found
        return found.values


def listed(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems, the first of each kind and column one by one and then how many more there are."""
    seen: Counter[tuple[str, Severity, str | None]] = Counter()
    shown = []
    for problem in problems:
        kind = (problem.code, problem.severity, problem.column)
        seen[kind] += 1
        if seen[kind] <= LISTED:
            shown.append(problem)
    more = [
        Problem("more_of_these", severity, column=column, value=str(count - LISTED))
        for (_, severity, column), count in seen.items()
        if count > LISTED
    ]
    return (*shown, *more)


def _tells_nothing(text: str) -> bool:
    return unanswered(text) or not_known(text)


def _weight(cell: str) -> float | None:
    try:
        weight = float(cell.strip().replace(",", ".").replace("٫", "."))
    except ValueError:
        return None
    return weight if 0 < weight < math.inf else None
