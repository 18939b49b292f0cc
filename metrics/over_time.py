"""Effects of campaigns that were followed over time: one course before and after, or places reached one by one."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from campaigns.records import Arm, Outcome, Period, Study, Unit, Wave
from metrics.changes import StaggeredEffect, staggered_effect
from metrics.choosing import Because, Chosen
from metrics.estimates import Estimate, Measure, Method, NotEstimable, Reason
from metrics.least_squares import FEW_CLUSTERS, Array
from metrics.series import SeriesEffect, forecast_effect, interrupted_series
from metrics.series.interrupted import ENOUGH_PERIODS
from metrics.series.reading import LEAST_SIDE

TURNS = {Period.WEEK: 52, Period.MONTH: 12}  # periods of a year
SEEN_TURNS = 2  # years without which a season cannot be told from the campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one group answered, a period each: how many were asked, how many count, and the share or the number."""

    asked: Array
    counted: Array
    level: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An outcome period by period, and where it would have gone.

    Attributes
    ----------
    start
        First day of the first period with the campaign.
    periods
        First days, ascending.
    own, comparison
        The campaign's people, and those it could not move, where they were followed too.
    expected, expected_low, expected_high
        The old course carried on, one element a period; shares or numbers, in the direction of the question.
    """

    start: dt.date
    periods: tuple[dt.date, ...]
    own: Side
    comparison: Side | None
    expected: Array
    expected_low: Array
    expected_high: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What following over time shows: the effect and why its method, and what is drawn of it."""

    chosen: Chosen
    course: Course | None = None
    staggered: StaggeredEffect | None = None


def placed(rows: pd.DataFrame, study: Study, start: dt.date) -> pd.DataFrame:
    """The answers with arm and wave as the record has them now: by the place's launch, or by the campaign's start.

    Parameters
    ----------
    rows
        One row an answer: `period` (first day of a week or month, or missing), `arm`, and with launches `cluster` and
        `place`. Launches speak of clusters where a cluster has the name of one, else of places, however written.
    start
        The campaign's, which counts where the record names no launches.

    Returns
    -------
    pandas.DataFrame
        With `period` as a day, and `wave` missing where the day or the launch is not known. With launches `arm` is
        `campaign` where the campaign ever came to; elsewhere it is what `rows` has.

    Examples
    --------
    >>> from campaigns.records import Design, Launch
    >>> came = (Launch(place="Kolda", day=dt.date(2026, 3, 9)),)
    >>> study = Study(design=Design.DIFFERENCE_IN_DIFFERENCES, launches=came)
    >>> rows = pd.DataFrame({"place": ["Kolda", "kolda ", "Thies"], "cluster": None,
    ...     "period": ["2026-02-01", "2026-03-01", "2026-03-01"]})
    >>> [f"{row.arm} {row.wave}" for row in placed(rows, study, dt.date(2026, 3, 9)).itertuples()]
    ['campaign before', 'campaign after', 'comparison after']
    """
    day = pd.to_datetime(rows["period"])
    if not study.launches:
        first = pd.Series(pd.Timestamp(study.period.first_day(start)), index=rows.index)
        arm = rows["arm"]
    else:
        first = _launched(rows, study)
        arm = first.isna().map({True: str(Arm.COMPARISON), False: str(Arm.CAMPAIGN)})
        first = first.fillna(first.min())
    wave = (day >= first).map({True: str(Wave.AFTER), False: str(Wave.BEFORE)})
    return rows.assign(period=day, arm=arm, wave=wave.where(day.notna() & first.notna()))


def follow(outcome: Outcome, study: Study, rows: pd.DataFrame, start: dt.date) -> Followed:
    """The effect on one outcome of answers that `placed` has placed, none of which lacks its value or its period.

    With launches by place: effects by group and time (Callaway and Sant'Anna), averaged; compared with places that the
    campaign never reached, and where those are few also with those it had not reached yet. Else an interrupted series
    of shares, or of counts; with a comparison group, of the difference between both shares, or of counts beside the
    logarithm of the other counts.

    Parameters
    ----------
    rows
        As `placed` gives them, with `value` (1 counts, 0 does not; of times how often), `unit` (who answered) and
        `weight`.
    start
        The campaign's, which counts where the record names no launches.

    Returns
    -------
    Followed
        A difference of shares (0.20 is twenty in a hundred) or, of times, a relative one (0.20 is a fifth more), in the
        direction of the question; or a `NotEstimable`: counts of places reached one by one (`not_followed`), launches
        whose places no answer names (`places_not_matched`), what `staggered_effect` and `interrupted_series` refuse.

    References
    ----------
    Callaway and Sant'Anna (2021), Journal of Econometrics 225:200-230. Turner et al. (2021), BMC Medical Research
    Methodology 21:181.

    Examples
    --------
    Of ten people a place and month: up by four and two where the campaign came, by none and two where it did not:

    >>> from campaigns.records import Design, Launch, Rung
    >>> outcome = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Two dangers?", column="q1", counts=("yes",))
    >>> came = tuple(Launch(place=place, day=dt.date(2026, 3, 9)) for place in ("Kolda", "Louga"))
    >>> study = Study(design=Design.DIFFERENCE_IN_DIFFERENCES, launches=came)
    >>> said = {"Kolda": (4, 8), "Louga": (5, 7), "Thies": (4, 4), "Matam": (5, 7)}
    >>> rows = pd.DataFrame([(place, f"2026-0{month}-01", int(person < yes)) for place, both in said.items()
    ...     for month, yes in zip((2, 3), both) for person in range(10)], columns=["place", "period", "value"])
    >>> rows = placed(rows.assign(cluster=None, unit=None, weight=None), study, dt.date(2026, 3, 9))
    >>> chosen = follow(outcome, study, rows, dt.date(2026, 3, 9)).chosen
    >>> f"{chosen.estimate.estimate:.2f}", [reason.value for reason in chosen.because]
    ('0.20', ['places_one_by_one', 'clusters', 'not_yet_reached'])
    """
    if not study.launches:
        return _series(outcome, study, rows, start)
    if outcome.unit == Unit.TIMES:
        refusal = NotEstimable(measure=Measure.RELATIVE_DIFFERENCE, reason=Reason.NOT_FOLLOWED, n=len(rows))
        return Followed(chosen=Chosen(estimate=refusal, because=(Because.PLACES_ONE_BY_ONE,)))
    return _staggered(study, rows)


def _launched(rows: pd.DataFrame, study: Study) -> "pd.Series[pd.Timestamp]":
    """First day of the period in which the campaign came to each row's place; missing where it never did."""
    days = {
        launch.place.strip().casefold(): pd.Timestamp(study.period.first_day(launch.day)) for launch in study.launches
    }
    return _place(rows, frozenset(days)).str.strip().str.casefold().map(days).astype("datetime64[ns]")


def _place(rows: pd.DataFrame, named: frozenset[str]) -> "pd.Series[str]":
    """The column that launches speak of: villages and schools, or else regions."""
    clusters = rows["cluster"].astype("string")
    return clusters if set(clusters.str.strip().str.casefold().dropna()) & named else rows["place"].astype("string")


def _staggered(study: Study, rows: pd.DataFrame) -> Followed:
    names = frozenset(launch.place.strip().casefold() for launch in study.launches)
    data = pd.DataFrame(
        {
            "value": rows["value"].astype(float),
            "time": _positions(rows["period"], study.period),
            "first": _positions(_launched(rows, study), study.period),
            "place": _place(rows, names),
            "unit": rows["unit"],
            "weight": rows["weight"],
        }
    ).dropna(subset=["place"])
    never = data.loc[data["first"].isna(), "place"].nunique()
    people = study.same_people and not data.duplicated(["unit", "time"]).any()
    because = (
        Because.PLACES_ONE_BY_ONE,
        *((Because.SAME_PEOPLE,) if people else ()),
        Because.CLUSTERS,
        Because.NEVER_REACHED if never >= FEW_CLUSTERS else Because.NOT_YET_REACHED,
        *((Because.WEIGHTS,) if data["weight"].notna().any() else ()),
    )
    if data["first"].notna().sum() == 0:  # what the record calls the places is not what the survey does
        refusal = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.PLACES_NOT_MATCHED, n=len(data))
        return Followed(chosen=Chosen(estimate=refusal, because=because))
    found = staggered_effect(
        data,
        outcome="value",
        first="first",
        time="time",
        cluster="place",
        weights="weight" if data["weight"].notna().any() else None,
        comparison="never" if never >= FEW_CLUSTERS else "not_yet",
    )
    if isinstance(found, NotEstimable):
        return Followed(chosen=Chosen(estimate=found, because=because))
    return Followed(chosen=Chosen(estimate=found.simple, because=because), staggered=found)


def _positions(days: "pd.Series[pd.Timestamp]", period: Period) -> "pd.Series[float]":
    """Periods as numbers one apart; missing where there is no day."""
    if period == Period.MONTH:
        return (days.dt.year * 12 + days.dt.month).astype(float)
    return (days - pd.Timestamp("1970-01-05")).dt.days.astype(float) / 7


def _series(outcome: Outcome, study: Study, rows: pd.DataFrame, start: dt.date) -> Followed:
    first = pd.Timestamp(study.period.first_day(start))
    own = _by_period(rows[rows["arm"] == Arm.CAMPAIGN], outcome)
    other = _by_period(rows[rows["arm"] == Arm.COMPARISON], outcome)
    shared = own.index.intersection(other.index)
    compared = min((shared < first).sum(), (shared >= first).sum()) >= LEAST_SIDE
    if compared:
        own, other = own.loc[shared], other.loc[shared]
    people = outcome.unit == Unit.PEOPLE
    because = (
        Because.MANY_TIMES if people else Because.HOW_OFTEN,
        *((Because.COMPARISON_SERIES,) if compared else ()),
        *((Because.WEIGHTS,) if people and rows["weight"].notna().any() else ()),
        *((Because.FEW_POINTS,) if len(own) < ENOUGH_PERIODS else ()),
    )
    data = pd.DataFrame({"period": own.index, "own": own["level"].to_numpy()})
    if compared and people:
        data["own"] -= other["level"].to_numpy()  # measured with chance, so it is taken off and no regressor
    elif compared:
        data["other"] = np.log(other["level"].to_numpy() + 0.5)
    controls = ["other"] if "other" in data else []

    def fitted(season: int | None = None) -> SeriesEffect | NotEstimable:
        return interrupted_series(data, outcome="own", start=first, counts=not people, controls=controls, season=season)

    asked = int(own["asked"].sum() + (other["asked"].sum() if compared else 0))
    found = fitted()
    if isinstance(found, NotEstimable):
        measure = Measure.RISK_DIFFERENCE if people else Measure.RELATIVE_DIFFERENCE
        return Followed(chosen=Chosen(estimate=replace(found, measure=measure), because=because))
    beside: list[Estimate] = []
    turn = TURNS[study.period]
    if len(own) >= SEEN_TURNS * turn and isinstance(seasonal := fitted(turn), SeriesEffect):
        beside.append(_as_share(replace(seasonal.average, method=Method.WITH_SEASON), asked, people=people))
    if people and not isinstance(
        foretold := forecast_effect(data, outcome="own", controls=[], start=first), NotEstimable
    ):
        beside.append(_as_share(foretold.average, asked, people=people))
    chosen = Chosen(estimate=_as_share(found.average, asked, people=people), because=because, beside=tuple(beside))
    return Followed(chosen=chosen, course=_course(own, other if compared else None, found, first, people=people))


def _by_period(rows: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """How many were asked and count in each period, and the share (weighted, where people are) or the number."""
    weights = rows["weight"].astype(float).fillna(1.0) if outcome.unit == Unit.PEOPLE else 1.0
    values = rows["value"].astype(float)
    sums = (
        pd.DataFrame({"period": rows["period"], "asked": 1, "counted": values, "w": weights, "wv": weights * values})
        .groupby("period")
        .sum()
    )
    share = sums["wv"] / sums["w"]
    return sums.assign(level=share if outcome.unit == Unit.PEOPLE else sums["counted"])


def _as_share(found: Estimate, asked: int, *, people: bool) -> Estimate:
    """A difference of shares, or how many more for each one that there would have been; 0.05 is five in a hundred."""
    if people:
        low, high = max(found.conf_low, -1.0), min(found.conf_high, 1.0)
        return replace(found, measure=Measure.RISK_DIFFERENCE, conf_low=low, conf_high=high, n=asked)
    return replace(
        found,
        measure=Measure.RELATIVE_DIFFERENCE,
        estimate=found.estimate - 1,
        conf_low=found.conf_low - 1,
        conf_high=found.conf_high - 1,
        se=None,
    )


def _course(
    own: pd.DataFrame, other: pd.DataFrame | None, found: SeriesEffect, first: pd.Timestamp, *, people: bool
) -> Course:
    def side(table: pd.DataFrame) -> Side:
        return Side(**{name: table[name].to_numpy(dtype=float) for name in ("asked", "counted", "level")})

    taken_off = other["level"].to_numpy(dtype=float) if other is not None and people else 0.0
    lines = [line + taken_off for line in (found.counterfactual, found.counterfactual_low, found.counterfactual_high)]
    if people:
        lines = [np.clip(line, 0.0, 1.0) for line in lines]
    return Course(
        start=first.date(),
        periods=tuple(day.date() for day in own.index),
        own=side(own),
        comparison=None if other is None else side(other),
        expected=lines[0],
        expected_low=lines[1],
        expected_high=lines[2],
    )
