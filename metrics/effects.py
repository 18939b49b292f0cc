"""What an outcome's answers show, by the campaign's design: groups, the effect, and what before and after alone say."""

import dataclasses
import datetime as dt
from dataclasses import dataclass

import pandas as pd

from campaigns.records import Arm, Design, Direction, Outcome, Study, Unit, Wave
from metrics.changes import StaggeredEffect, before_after
from metrics.choosing import Because, Chosen, Columns, of_changes, of_groups
from metrics.disagreement import BREAKDOWNS, Disagreement, disagreement
from metrics.estimates import Caution, Estimate, Measure, NotEstimable, Proportion, Reason
from metrics.over_time import Course, follow, placed
from metrics.trials import adjusted_difference

KEYED = "[0-9a-f]{20}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How one group answered at one time: `counted` of `answered`, who are some of the `asked`."""

    arm: Arm
    wave: Wave
    asked: int
    answered: int
    counted: int

    @property
    def proportion(self) -> Proportion | None:
        """The share whose answer counts; None where nobody answered."""
        return Proportion(self.counted, self.answered) if self.answered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one outcome shows.

    Attributes
    ----------
    outcome
        What was asked.
    groups
        How each group answered at each time.
    estimate
        By the campaign's design, in the wished direction: 0.04 is four more people in a hundred where more is wished,
        four fewer where fewer is. None where nobody was asked.
    before_after_alone
        The change in the campaign group on its own, in the wished direction: what a report without a comparison would
        have said. None where that group was not asked twice, or where that is the estimate itself.
    because
        What in the design and the data decided the method.
    beside
        The same effect by other methods, where they check the estimate: also in the wished direction.
    course, staggered
        What an outcome that was followed over time did period by period, or by group and time: in the direction of the
        question.
    disagreement
        Groups of people whom the campaign moved in opposite ways, where an adjusted test says so.
    """

    outcome: Outcome
    groups: tuple[Answers, ...]
    estimate: Estimate | NotEstimable | None
    before_after_alone: Estimate | NotEstimable | None = None
    because: tuple[Because, ...] = ()
    beside: tuple[Estimate, ...] = ()
    course: Course | None = None
    staggered: StaggeredEffect | None = None
    disagreement: Disagreement | None = None

    @property
    def harmed(self) -> bool:
        """Whether the interval lies wholly on the unwished side, and not wholly within what is too small to matter."""
        found, important = self.estimate, self.outcome.smallest_important
        return isinstance(found, Estimate) and found.conf_high < 0 and found.conf_low <= -important


def measure(
    outcome: Outcome,
    study: Study,
    answers: pd.DataFrame,
    *,
    method: str | None = None,
    start: dt.date | None = None,
) -> Effect:
    """The effect on one outcome by the study's design; see `evaluate` for the methods.

    Nothing is asked of the data before the design is known: it alone decides what is compared, so that no method is
    chosen for its result. What the data allow of that design is said in `because`; what cannot be estimated is a
    `NotEstimable` with its reason.

    Parameters
    ----------
    answers
        One row an answer, of any outcome: `outcome`, `survey`, `respondent`, `arm`, `wave`, `value` (1 where the answer
        counts, 0 where not, missing where there is none), `cluster`, `weight`; where known `block` and breakdowns; over
        time `period` and `place`.
    method
        Puts the estimate of that method, where it was computed beside the usual one, in its place.
    start
        The campaign's, which studies that go by time need.

    Examples
    --------
    Sixty in a hundred who were to see the campaign know two dangers of the journey, forty in a hundred of the others:

    >>> from campaigns.records import Rung
    >>> outcome = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Two dangers?", column="q1", counts=("yes",))
    >>> answers = pd.DataFrame({"outcome": "knows", "survey": "s", "respondent": [str(n) for n in range(200)],
    ...     "arm": ["campaign"] * 100 + ["comparison"] * 100, "wave": "after", "cluster": None, "weight": None,
    ...     "value": [1] * 60 + [0] * 40 + [1] * 40 + [0] * 60})
    >>> effect = measure(outcome, Study(design=Design.RANDOMISED), answers)
    >>> f"{effect.estimate.estimate:.2f}", [f"{group.counted} of {group.answered}" for group in effect.groups]
    ('0.20', ['60 of 100', '40 of 100'])
    """
    rows = answers[answers["outcome"] == outcome.id]
    over_time = start is not None and (study.design == Design.INTERRUPTED_SERIES or bool(study.launches))
    if over_time and start is not None and len(rows):
        rows = placed(rows, study, start)
    groups = _groups(rows) if outcome.unit == Unit.PEOPLE else ()
    if rows.empty or study.design == Design.DELIVERY_ONLY:
        return Effect(outcome=outcome, groups=groups, estimate=None)
    complete = rows.dropna(subset=["value", "arm", "wave"])
    followed = None
    if over_time and start is not None:
        followed = follow(outcome, study, complete.assign(unit=_person(complete)), start)
    if followed:
        chosen = followed.chosen
    elif outcome.unit == Unit.TIMES:
        refusal = NotEstimable(measure=Measure.RELATIVE_DIFFERENCE, reason=Reason.NOT_FOLLOWED, n=len(complete))
        return Effect(outcome=outcome, groups=(), estimate=refusal)
    else:
        chosen = _by_design(study, complete, groups)
    asked_twice = sum(group.arm == Arm.CAMPAIGN for group in groups) == len(Wave)
    alone = _change(complete, groups) if asked_twice and study.design != Design.BEFORE_AFTER else None
    estimates = [chosen.estimate, *chosen.beside]
    estimates.sort(key=lambda found: isinstance(found, Estimate) and found.method != method)
    first, *others = (_wished(found, outcome.desired) for found in estimates)
    return Effect(
        outcome=outcome,
        groups=groups,
        estimate=first,
        before_after_alone=_wished(alone, outcome.desired) if alone else None,
        because=chosen.because,
        beside=tuple(found for found in others if isinstance(found, Estimate)),
        course=followed.course if followed else None,
        staggered=followed.staggered if followed else None,
        disagreement=None if followed else _disagreement(outcome, study, complete),
    )


def _disagreement(outcome: Outcome, study: Study, rows: pd.DataFrame) -> Disagreement | None:
    """Of studies that compare two groups: whether people of different kinds were moved in opposite ways."""
    if study.design in (Design.BEFORE_AFTER, Design.AFTER_ONLY):
        return None
    known = [name for name in BREAKDOWNS if name in rows]
    coded = _coded(rows).assign(**{name: rows[name] for name in known})
    if study.design != Design.DIFFERENCE_IN_DIFFERENCES:
        coded = coded[coded["period"] == 1]
    together = None if study.design == Design.RANDOMISED and not _asked_again(coded) else _together(coded)
    sign = 1.0 if outcome.desired == Direction.MORE else -1.0
    return disagreement(coded, study.design, cluster=together, weight=_recorded(coded, "weight"), sign=sign)


def _groups(rows: pd.DataFrame) -> tuple[Answers, ...]:
    counts = rows.groupby(["arm", "wave"])["value"].agg(["size", "count", "sum"]).T.to_dict()
    return tuple(
        Answers(arm=arm, wave=wave, asked=int(cell["size"]), answered=int(cell["count"]), counted=int(cell["sum"]))
        for arm in Arm
        for wave in Wave
        if (cell := counts.get((arm, wave))) is not None
    )


def _by_design(study: Study, rows: pd.DataFrame, groups: tuple[Answers, ...]) -> Chosen:
    if study.design == Design.BEFORE_AFTER:
        weighted = (Because.WEIGHTS,) if _recorded(rows, "weight") else ()
        return Chosen(estimate=_change(rows, groups), because=(Because.ONE_ARM, *weighted))
    if study.design == Design.DIFFERENCE_IN_DIFFERENCES:
        coded = _coded(rows)
        paired = study.same_people and not _repeats(coded)
        columns = Columns(
            outcome="value",
            arm="arm",
            wave="period",
            unit="unit" if paired else None,
            cluster=_together(coded),
            weight=_recorded(coded, "weight"),
        )
        return of_changes(coded, columns)
    coded = _coded(rows[rows["wave"] == Wave.AFTER])
    cluster = None if study.design == Design.RANDOMISED and not _asked_again(coded) else _together(coded)
    if study.design == Design.CLUSTER_RANDOMISED and cluster != "cluster":  # the interval would be too narrow
        refusal = NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.CLUSTERS_NOT_RECORDED, n=len(coded))
        return Chosen(estimate=refusal, because=(Because.TWO_ARMS_ONCE,))
    drawn_in_blocks = study.design in (Design.RANDOMISED, Design.CLUSTER_RANDOMISED)
    columns = Columns(
        outcome="value",
        arm="arm",
        cluster=cluster,
        weight=_recorded(coded, "weight"),
        block=_recorded(coded, "block") if drawn_in_blocks else None,
    )
    return of_groups(coded, columns)


def _change(rows: pd.DataFrame, groups: tuple[Answers, ...]) -> Estimate | NotEstimable:
    """After minus before in the campaign group: a change, which is no effect."""
    own = rows[rows["arm"] == Arm.CAMPAIGN]
    if weights := _recorded(own, "weight"):
        change = adjusted_difference(_coded(own), outcome="value", arm="period", weights=weights)
        if isinstance(change, NotEstimable):
            return change
        return dataclasses.replace(change, cautions=(Caution.CHANGE_NOT_EFFECT, *change.cautions))
    before, after = (_find(groups, Arm.CAMPAIGN, wave) for wave in (Wave.BEFORE, Wave.AFTER))
    return before_after(before, after) if before and after else _nobody(before, after)


def _nobody(*groups: Proportion | None) -> NotEstimable:
    n = sum(group.total for group in groups if group)
    return NotEstimable(measure=Measure.RISK_DIFFERENCE, reason=Reason.NOBODY_IN_A_GROUP, n=n)


def _find(groups: tuple[Answers, ...], arm: Arm, wave: Wave) -> Proportion | None:
    return next((group.proportion for group in groups if (group.arm, group.wave) == (arm, wave)), None)


def _coded(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "value": rows["value"].astype(float),
            "arm": (rows["arm"] == Arm.CAMPAIGN).astype(int),
            "period": (rows["wave"] == Wave.AFTER).astype(int),
            "cluster": rows["cluster"],
            "block": rows.get("block"),
            "unit": _person(rows),
            "weight": rows["weight"],
        }
    )


def _person(rows: pd.DataFrame) -> "pd.Series[str]":
    """Who answered: a keyed hash is the same person in every survey, any other number only within its own."""
    respondent = rows["respondent"].astype("str")
    return respondent.where(respondent.str.fullmatch(KEYED), rows["survey"].astype("str") + "/" + respondent)


def _recorded(rows: pd.DataFrame, column: str) -> str | None:
    """The column, where anything is in it: rows with a gap in it are then left out, and a caution says so."""
    return column if rows[column].notna().any() else None


def _together(coded: pd.DataFrame) -> str | None:
    """The column of those whose answers resemble each other: of one place, or of one person who was asked again."""
    return _recorded(coded, "cluster") or ("unit" if _asked_again(coded) else None)


def _asked_again(coded: pd.DataFrame) -> bool:
    """Whether people known to be the same answered in several surveys of one wave."""
    return _repeats(coded[coded["unit"].str.fullmatch(KEYED)])


def _repeats(coded: pd.DataFrame) -> bool:
    """Whether there is somebody with several answers of one wave, or on both sides."""
    return bool(coded.duplicated(["unit", "period"]).any() or coded.groupby("unit")["arm"].nunique().gt(1).any())


def _wished(estimate: Estimate | NotEstimable, desired: Direction) -> Estimate | NotEstimable:
    """The same estimate, positive where the change is the wished one."""
    if isinstance(estimate, NotEstimable) or desired == Direction.MORE:
        return estimate
    return dataclasses.replace(
        estimate, estimate=-estimate.estimate, conf_low=-estimate.conf_high, conf_high=-estimate.conf_low
    )
