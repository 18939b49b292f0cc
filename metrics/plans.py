"""A survey as it is planned: whom it compares, how many it asks, and which change it would let anybody see."""

import math
from dataclasses import dataclass, replace
from typing import Final

from campaigns.records import Design, Direction
from metrics.planning import Clusters, TwoMeans, TwoProportions, sample_size, smallest_detectable

POWER: Final = 0.80
# Correlation of what a person answers before and after, as repeated questions of knowledge and attitudes show it.
SAME_PERSON: Final = 0.5
ONE_GROUP: Final = frozenset({Design.BEFORE_AFTER})
TWO_WAVES: Final = frozenset({Design.DIFFERENCE_IN_DIFFERENCES, Design.BEFORE_AFTER})
PLANNED: Final = (
    Design.RANDOMISED,
    Design.CLUSTER_RANDOMISED,
    Design.DIFFERENCE_IN_DIFFERENCES,
    Design.MATCHED,
    Design.BEFORE_AFTER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSurvey:
    """What somebody means to ask.

    Attributes
    ----------
    people
        Interviews in each group and each wave.
    known
        Share of people who answer so already: 0.30 is 30 in a hundred. Not used for averages.
    desired
        Whether more or fewer should.
    places
        Villages or schools in each group, whose people are alike; 0 where people are drawn one by one.
    icc
        Correlation of two people of one place.
    same_people
        Whether the same people are asked before and after.
    lost
        Share of interviews that may be lost before the end.
    sd
        Standard deviation between people, where an average on a scale is measured; None for a share of people.
    """

    design: Design
    people: int
    known: float = 0.30
    desired: Direction = Direction.MORE
    places: int = 0
    icc: float = 0.05
    same_people: bool = False
    lost: float = 0.0
    sd: float | None = None

    def __post_init__(self) -> None:
        if self.design not in PLANNED:
            raise ValueError(f"a survey of the design {self.design!r} has no comparison to plan for")
        if not 0 <= self.lost < 1:
            raise ValueError(f"a share of {self.lost} lost must be 0 or more and below 1")
        if self.design == Design.CLUSTER_RANDOMISED and self.places < 1:
            raise ValueError("where places are drawn, there must be at least one")

    @property
    def groups(self) -> int:
        """Groups that are asked."""
        return 1 if self.design in ONE_GROUP else 2

    @property
    def waves(self) -> int:
        """Times at which they are asked."""
        return 2 if self.design in TWO_WAVES else 1

    @property
    def interviews(self) -> int:
        """Interviews in all groups and waves."""
        return self.people * self.groups * self.waves

    @property
    def kept(self) -> float:
        """Interviews in each group and wave that remain."""
        return self.people * (1 - self.lost)

    @property
    def clusters(self) -> Clusters | None:
        """The places, with the people that remain in each."""
        if not self.places:
            return None
        return Clusters(size=max(self.kept / self.places, 1.0), icc=self.icc)

    @property
    def correlation(self) -> float | None:
        """Of answers before and after, where changes of two groups are compared."""
        if self.design != Design.DIFFERENCE_IN_DIFFERENCES:
            return None
        return SAME_PERSON if self.same_people else 0.0


def detectable(survey: PlannedSurvey) -> float | None:
    """The smallest change that would be seen in 80 of 100 such surveys; None where there is none.

    In people of one (0.10 is ten in a hundred), or on the scale where an average is measured. One group asked twice is
    reckoned as two groups: what the same people answered before is not used, which is careful.

    Examples
    --------
    >>> survey = PlannedSurvey(design=Design.RANDOMISED, people=390, known=0.5)
    >>> f"{detectable(survey):.3f}"
    '0.100'
    """
    clusters = survey.clusters
    outcome = _outcome(survey, 0.0)
    try:
        return smallest_detectable(
            outcome, n=survey.places if clusters else survey.kept, power=POWER, clusters=clusters
        )
    except ValueError:
        return None


def people_needed(survey: PlannedSurvey, change: float) -> int | None:
    """Interviews in each group and wave to see a change of this size; None where no number is enough.

    With places, so many more of them, each with as many people as planned. `change` is in people of one (0.10 is ten in
    a hundred), or on the scale where an average is measured.

    Examples
    --------
    As R's power.prop.test(p1 = 0.3, p2 = 0.2, power = 0.8), 293.2 a group:

    >>> people_needed(PlannedSurvey(design=Design.RANDOMISED, people=400, known=0.3, desired=Direction.FEWER), 0.10)
    294
    """
    start = _start(survey)
    if change <= 0 or (survey.sd is None and start + change >= 1):
        return None
    clusters = survey.clusters
    try:
        n = sample_size(_outcome(survey, change), power=POWER, clusters=clusters)
    except ValueError:
        return None
    people = math.ceil(n - 1e-9) * (clusters.size if clusters else 1.0)
    return math.ceil(people / (1 - survey.lost) - 1e-9)


def places_needed(survey: PlannedSurvey, change: float) -> int | None:
    """Places in each group to see a change of this size with as many people in each as planned.

    `change` is as for `people_needed`. None where no number is enough, or where people are drawn one by one.

    Examples
    --------
    With twenty in each place and a correlation of 0.05, variances are 1 + 19 x 0.05 = 1.95 times as large; R's
    power.t.test(delta = 0.1, sd = sqrt(0.225 * 1.95 / 20), power = 0.8) says 35.4 places:

    >>> places_needed(PlannedSurvey(design=Design.CLUSTER_RANDOMISED, people=400, places=20), 0.10)
    36
    """
    people, clusters = people_needed(survey, change), survey.clusters
    if people is None or clusters is None:
        return None
    return math.ceil(people * (1 - survey.lost) / clusters.size - 1e-6)


def with_people(survey: PlannedSurvey, people: int) -> PlannedSurvey:
    """The same survey with more or fewer interviews; with as many in each place, so that places change too.

    Examples
    --------
    >>> half = with_people(PlannedSurvey(design=Design.CLUSTER_RANDOMISED, people=400, places=20), 200)
    >>> half.people, half.places
    (200, 10)
    """
    places = max(round(survey.places * people / survey.people), 1) if survey.places else 0
    return replace(survey, people=people, places=places)


def _start(survey: PlannedSurvey) -> float:
    """The share in the wished state before the campaign."""
    return survey.known if survey.desired == Direction.MORE else 1 - survey.known


def _outcome(survey: PlannedSurvey, change: float) -> TwoProportions | TwoMeans:
    if survey.sd is not None:
        return TwoMeans(difference=change, sd=survey.sd, correlation=survey.correlation)
    start = _start(survey)
    return TwoProportions(baseline=start, changed=start + change, correlation=survey.correlation)
