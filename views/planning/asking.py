"""The questions by which a survey is planned, each kept in the address."""

from dataclasses import dataclass

import streamlit as st

from campaigns.records import Design, Direction, Money
from campaigns.vocabulary import CURRENCIES
from metrics.plans import PLANNED, TWO_WAVES, PlannedSurvey
from views.describing import in_minor_units
from views.wording import Words
from views.wording.language import msgid
from views.wording.plans import COMPARISONS, PROMISES

FEWEST, MOST = 20, 100_000
# Correlation of two people of one place, as knowledge and attitudes show it.
ALIKE = {0.02: msgid("A little (0.02)"), 0.05: msgid("As usual (0.05)"), 0.10: msgid("Much (0.10)")}
SHARE, AVERAGE = "share", "average"
WISHES = {Direction.MORE: msgid("More people"), Direction.FEWER: msgid("Fewer people")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person wants of a survey.

    `important` is the smallest change that matters: of people of one, or on the scale.
    """

    survey: PlannedSurvey
    important: float
    cost: Money | None


def ask_plan(words: Words, *, important: float) -> Asked:
    """Whom the survey compares, how many it asks, what they know already and what an interview costs."""
    design = _ask_design(words)
    st.caption(words(PROMISES[design]))
    left, middle, right = st.columns(3)
    with left:
        people = _number(words("People you can ask in each group"), "people", 400, low=FEWEST, high=MOST, step=10)
    with middle:
        if design == Design.CLUSTER_RANDOMISED:
            places = _number(words("Villages or schools in each group"), "drawn", 20, low=1, high=1_000)
        else:
            label = words("Villages or schools in each group (0: people are drawn one by one)")
            places = _number(label, "places", 0, high=1_000)
    with right:
        lost = _number(words("Of 100, how many may be lost before the end?"), "lost", 0, high=90)
    measure = st.radio(
        words("What is measured?"),
        (SHARE, AVERAGE),
        format_func=lambda name: (
            words("How many of 100 people know, believe or intend something")
            if name == SHARE
            else words("An average on a scale, such as points in a test")
        ),
        horizontal=True,
        key="plan-measure",
    )
    known, desired, sd, smallest = _ask_outcome(words, average=measure == AVERAGE, important=important)
    icc, same = 0.05, False
    if places or design in TWO_WAVES:
        left, right = st.columns(2)
        if places:
            with left:
                icc = _ask_alike(words)
        if design == Design.DIFFERENCE_IN_DIFFERENCES:
            with right:
                same = st.checkbox(words("The same people are asked before and after"), key="plan-same")
    survey = PlannedSurvey(
        design=design,
        people=people,
        known=known,
        desired=desired,
        places=places,
        icc=icc,
        same_people=same,
        lost=lost / 100,
        sd=sd,
    )
    return Asked(survey=survey, important=smallest, cost=_ask_cost(survey, words))


def _ask_design(words: Words) -> Design:
    named = st.query_params.get("design", "")
    design = st.selectbox(
        words("Who is compared with whom?"),
        PLANNED,
        index=PLANNED.index(Design(named)) if named in list(PLANNED) else 0,
        format_func=lambda code: words.in_files(COMPARISONS[code]),
        key="plan-design",
    )
    st.query_params["design"] = design
    return Design(design)


def _ask_outcome(words: Words, *, average: bool, important: float) -> tuple[float, Direction, float | None, float]:
    """What people answer already, the wished direction, the spread of an average, and what matters."""
    left, middle, right = st.columns(3)
    if average:
        with left:
            sd = st.number_input(
                words("How far do people differ? (standard deviation, in points)"), 0.1, 1e6, 2.0, key="plan-sd"
            )
        with middle:
            smallest = st.number_input(
                words("Smallest change that matters, in points"), 0.01, 1e6, 0.5, key="plan-points"
            )
        return 0.5, Direction.MORE, float(sd), float(smallest)
    with left:
        known = _number(words("Of 100 people, how many know (or do) it already?"), "known", 30, low=1, high=99)
    with middle:
        desired = st.selectbox(
            words("Should it become more or fewer?"),
            list(WISHES),
            format_func=lambda wish: words.in_files(WISHES[wish]),
            key="plan-wish",
        )
    with right:
        matters = _number(
            words("Smallest change that matters, of 100 people"), "important", round(100 * important), low=1, high=50
        )
    return known / 100, Direction(desired), None, matters / 100


def _ask_alike(words: Words) -> float:
    alike = st.selectbox(
        words("How alike are people of one place?"),
        list(ALIKE),
        index=1,
        format_func=lambda icc: words.in_files(ALIKE[icc]),
        key="plan-alike",
    )
    return alike or 0.05


def _ask_cost(survey: PlannedSurvey, words: Words) -> Money | None:
    """What all interviews cost; None where nobody said what one costs."""
    left, right, _ = st.columns(3)
    with left:
        each = st.number_input(
            words("What does one interview cost?"), min_value=0.0, value=None, step=1.0, key="plan-cost"
        )
    with right:
        currency = st.selectbox(
            words("Currency"), sorted(CURRENCIES), index=sorted(CURRENCIES).index("USD"), key="plan-currency"
        )
    return in_minor_units(each * survey.interviews, currency) if each else None


def _number(label: str, field: str, usual: int, *, low: int = 0, high: int, step: int = 1) -> int:
    """A whole number, taken from the address when the page is opened and written there."""
    written = st.query_params.get(field, "")
    value = int(written) if written.isdecimal() and low <= int(written) <= high else usual
    found = int(st.number_input(label, low, high, value=value, step=step, key=f"plan-{field}"))
    if found == usual:
        st.query_params.pop(field, None)
    else:
        st.query_params[field] = str(found)
    return found
