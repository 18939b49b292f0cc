"""The part of a campaign's form that says how it was measured: the study and its question."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from campaigns.questionnaire import Question
from campaigns.records import Design, Direction, Launch, Outcome, Period, Rung, Study
from views import page
from views.wording import Words, term

Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value", bound=str)
TWO_WAVES = frozenset({Design.DIFFERENCE_IN_DIFFERENCES, Design.BEFORE_AFTER})
OVER_TIME = frozenset({Design.INTERRUPTED_SERIES, Design.DIFFERENCE_IN_DIFFERENCES})
TWO_GROUPS = frozenset({Design.RANDOMISED, Design.CLUSTER_RANDOMISED, Design.DIFFERENCE_IN_DIFFERENCES, Design.MATCHED})


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form: those of a record that is corrected keep apart from those of a new one."""

    words: Words
    name: str

    def key(self, field: str) -> str:
        """The field's name in this form."""
        return f"{self.name} {field}" if self.name else field

    def text(self, label: str, field: str, value: str, *, longest: int, placeholder: str | None = None) -> str:
        """One line of text."""
        return st.text_input(
            label, value=value, key=self.key(field), max_chars=longest, placeholder=placeholder
        ).strip()

    def day(self, label: str, field: str, value: dt.date | None) -> dt.date | None:
        """One day."""
        chosen = st.date_input(label, value=value, key=self.key(field), format="YYYY-MM-DD")
        return chosen if isinstance(chosen, dt.date) else None

    def whole(self, label: str, field: str, value: int | None, *, most: int | None = None) -> int | None:
        """A whole number that is not negative."""
        chosen = st.number_input(label, min_value=0, max_value=most, value=value, step=1, key=self.key(field))
        return None if chosen is None else int(chosen)

    def pick(self, label: str, codes: type[Code], value: Code, field: str) -> Code:
        """One code of a list, shown as a person says it."""
        chosen = st.selectbox(
            label,
            list(codes),
            index=list(codes).index(value),
            format_func=lambda code: term(code, self.words.in_files),
            key=self.key(field),
        )
        return chosen or value

    def several(
        self,
        label: str,
        options: Sequence[Value],
        field: str,
        value: Sequence[Value],
        *,
        shown: Callable[[Value], str] = str,
    ) -> tuple[Value, ...]:
        """Any number of a list."""
        return tuple(
            st.multiselect(
                label,
                options,
                default=list(value),
                format_func=shown,
                key=self.key(field),
                placeholder=self.words("Choose"),
            )
        )


def describe_study(form: Form, words: Words, known: Study) -> Study:
    """How the effect was told apart from what would have happened anyway."""
    design = form.pick(words("How was it measured?"), Design, known.design, "measured")
    in_turn = design == Design.DIFFERENCE_IN_DIFFERENCES
    study = replace(known, design=design, launches=known.launches if in_turn else ())
    if design == Design.DELIVERY_ONLY:
        return study
    days, people = st.columns(2)
    with days:
        follow_up = form.whole(words("Days between the end and the last survey"), "follow_up", known.follow_up_days)
    with people:
        addressed = form.whole(words("People whom it was meant to reach there"), "addressed", known.people_addressed)
    study = replace(study, follow_up_days=follow_up, people_addressed=addressed or None)
    if design in TWO_WAVES:
        same = st.checkbox(
            words("The same people were asked before and after, under the same number"),
            value=known.same_people,
            key=form.key("same_people"),
        )
        study = replace(study, same_people=same)
    if design in OVER_TIME:
        label = words("Answers with the day of the interview are counted together by")
        study = replace(study, period=form.pick(label, Period, known.period, "period"))
    if in_turn:
        study = replace(study, launches=_ask_launches(form, words, known.launches))
    if design in TWO_GROUPS:
        assigned = known.assigned or (None, None)
        labels = (words("People assigned to the campaign"), words("People assigned to the comparison group"))
        counts = []
        for number, (column, label) in enumerate(zip(st.columns(2), labels, strict=True)):
            with column:
                counts.append(form.whole(label, f"assigned {number}", assigned[number]))
        study = replace(study, assigned=(counts[0], counts[1]) if counts[0] and counts[1] else None)
    independent = st.checkbox(
        words("Somebody other than the organisation collected the answers"),
        value=bool(known.independent),
        key=form.key("independent"),
    )
    return replace(study, independent=independent or (None if known.independent is None else False))


def _ask_launches(form: Form, words: Words, known: tuple[Launch, ...]) -> tuple[Launch, ...]:
    """The places that the campaign came to one after the other; those known while a line cannot be read."""
    written = st.text_area(
        words("Did it come to places one after the other? One line each: the place; the first day there"),
        value="\n".join(f"{launch.place}; {launch.day.isoformat()}" for launch in known),
        key=form.key("launches"),
        placeholder="Bakau; 2026-03-06",
        help=words("Write each place as the survey does. Places that are not listed are those without the campaign."),
    )
    found: dict[str, Launch] = {}
    for line in filter(None, map(str.strip, written.splitlines())):
        place, _, day = (part.strip() for part in line.rpartition(";"))
        try:
            launch = Launch(place=place, day=dt.date.fromisoformat(day))
        except ValueError:
            launch = None
        if launch is None or not place or place.casefold() in found:
            st.warning(
                words(
                    "The line “{line}” was not understood, and no place is changed: write a place that stands only "
                    "once, a semicolon and a day such as 2026-03-06.",
                    line=words.text(line),
                )
            )
            return known
        found[place.casefold()] = launch
    return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a plan says of an outcome already, so that the form does not ask it again."""

    desired: Direction
    smallest_important: float
    registered: dt.date | None


def describe_outcome(
    form: Form, questions: Sequence[Question], words: Words, known: Outcome | None, *, stated: Stated | None = None
) -> Outcome | None:
    """Ask which question shows whether something changed, and which answers to it count; None while that is open."""
    askable = {question.header: question for question in questions if question.personal is None and question.answers}
    if askable:
        column = st.selectbox(
            words("Which column holds the answers?"),
            list(askable),
            index=None,
            key=form.key("column"),
            placeholder=words("Choose"),
        )
        counting = form.several(
            words("Which answers count as yes?"),
            [answer for answer, _ in askable[column].answers] if column else [],
            "counting",
            (),
        )
    else:
        column = form.text(
            words("The column of the survey that holds the answers"),
            "column-name",
            known.column if known else "",
            longest=300,
        )
        written = form.text(
            words("Which answers count as yes? (separated by ;)"),
            "counting-text",
            "; ".join(known.counts) if known else "",
            longest=500,
        )
        counting = tuple(answer.strip() for answer in written.split(";") if answer.strip())
    asked = known.question if known else column or ""
    question = form.text(words("The question that was asked"), "question", asked, longest=300)
    rung = form.pick(words("What does it show?"), Rung, known.rung if known else Rung.KNOWLEDGE, "rung")
    stated = stated or _ask_stated(form, words, known)
    if not (column and counting and question):
        return None
    return Outcome(
        id=known.id if known else "primary",
        rung=rung,
        question=question,
        column=column,
        counts=counting,
        desired=stated.desired,
        smallest_important=stated.smallest_important,
        registered=stated.registered,
    )


def _ask_stated(form: Form, words: Words, known: Outcome | None) -> Stated:
    """What must be fixed before there are answers."""
    wished, smallest, fixed = st.columns(3)
    with wished:
        label = words("Wished: more or fewer such answers?")
        desired = form.pick(label, Direction, known.desired if known else Direction.MORE, "desired")
    with smallest:
        important = st.number_input(
            words("Smallest change that matters, per 100 people"),
            min_value=1,
            max_value=50,
            value=round(100 * (known or page.decided()).smallest_important),
            key=form.key("smallest"),
        )
    with fixed:
        label = words("Day on which this was fixed")
        registered = form.day(label, "registered", known.registered if known else None)
    return Stated(desired=desired, smallest_important=important / 100, registered=registered)
