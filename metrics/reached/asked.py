"""Who was asked, and which of them say that they saw the campaign: the audience by people's own words."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from campaigns.records import Arm, Audience
from metrics.audience import inside_audience
from metrics.estimates import Estimate
from metrics.least_squares import Array
from metrics.reached.groups import groups_of
from metrics.reached.shares import Share
from metrics.samples import Sample, share

LEAST_PLACES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How many of a group say that they saw the campaign.

    Attributes
    ----------
    group
        Its code.
    asked, saw
        People of the campaign's side who answered the question, and those of them who saw it.
    share
        `saw` of `asked` by the sample's weights, with its interval where it varies.
    index
        The group's share of those who saw it over its share of those asked: 1 as many as their part, 0.5 half.
    conf_low, conf_high
        The index's interval; None where there is none.
    """

    group: str
    asked: int
    saw: int
    share: float
    estimate: Estimate | None
    index: float | None
    conf_low: float | None
    conf_high: float | None


def asked_shares(answers: pd.DataFrame, breakdown: str, *, conf_level: float = 0.95) -> tuple[Share, ...]:
    """The make-up of those asked, each person once: what a survey says of the population that it was drawn from.

    Parameters
    ----------
    answers
        One row an answer: `survey`, `respondent`, `weight`, `cluster` and the breakdown's column.

    Examples
    --------
    >>> asked = pd.DataFrame({"survey": "s", "respondent": list("abcd"), "weight": 1.0, "cluster": None})
    >>> [(share.group, share.value) for share in asked_shares(asked.assign(sex=["F", "F", "F", "M"]), "sex")]
    [('F', 0.75), ('M', 0.25)]
    """
    people = _people(answers, breakdown)
    if people.empty:
        return ()
    sample = _sample(people)
    found = []
    for group, count in people["group"].value_counts().items():
        among = np.asarray(people["group"] == group, dtype=np.float64)
        value = float(sample.weights @ among / sample.weights.sum())
        estimate = _estimate(sample, among, conf_level)
        found.append(Share(group=str(group), value=value, amount=float(count), estimate=estimate))
    return tuple(found)


def intended_among_asked(
    answers: pd.DataFrame, audience: Audience, breakdown: str, *, conf_level: float = 0.95
) -> tuple[Share, int] | None:
    """Of those asked whose group is known, the share that the campaign was meant for; and how many those are.

    None where the audience sets no limit on the breakdown, or nobody said. Columns of `answers` as for `asked_shares`.

    Examples
    --------
    >>> young = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    >>> asked = pd.DataFrame({"survey": "s", "respondent": list("abcde"), "weight": None, "cluster": None})
    >>> asked["age"] = ["18-24", "25-34", "25-34", "35-44", None]
    >>> share, people = intended_among_asked(asked, young, "age")
    >>> share.value, people
    (0.75, 4)
    """
    people = _people(answers, breakdown)
    verdicts = [inside_audience(group, breakdown, audience) for group in people["group"]]
    known = people[[verdict is not None for verdict in verdicts]]
    inside = np.array([verdict for verdict in verdicts if verdict is not None], dtype=np.float64)
    if not len(known):
        return None
    sample = _sample(known)
    value = float(sample.weights @ inside / sample.weights.sum())
    estimate = _estimate(sample, inside, conf_level)
    return Share(group="intended", value=value, amount=float(inside.sum()), estimate=estimate), len(known)


def exposure(answers: pd.DataFrame, outcome: str, breakdown: str, *, conf_level: float = 0.95) -> tuple[Exposure, ...]:
    """By group, who says that they saw the campaign, among the people of its side.

    The index compares people with people: those who saw it with those asked. Its interval is that of the ratio's
    logarithm, linearised, with the sample's weights and places.

    Parameters
    ----------
    outcome
        The question whether they saw it; `value` 1 where they did.

    References
    ----------
    Woodruff (1971), Journal of the American Statistical Association 66:411-414.

    Examples
    --------
    Three of four women and one of two men saw it: women are two thirds of those asked, and three quarters of those who
    saw it.

    >>> said = pd.DataFrame({"survey": "s", "respondent": list("abcdef"), "weight": 1.0, "cluster": None,
    ...     "arm": "campaign", "wave": "after", "outcome": "saw", "sex": list("FFFFMM"), "value": [1, 1, 1, 0, 1, 0]})
    >>> [(one.group, one.saw, one.asked, round(one.index, 3)) for one in exposure(said, "saw", "sex")]
    [('F', 3, 4, 1.125), ('M', 1, 2, 0.75)]
    """
    rows = answers[(answers["outcome"] == outcome) & (answers["arm"] == Arm.CAMPAIGN)].dropna(subset=["value"])
    people = _people(rows, breakdown)
    if people.empty:
        return ()
    sample, saw = _sample(people), people["value"].to_numpy(dtype=np.float64)
    found = []
    for group in sorted(people["group"].unique()):
        among = np.asarray(people["group"] == group, dtype=np.float64)
        index, low, high = _index(sample, saw, among, conf_level)
        found.append(
            Exposure(
                group=str(group),
                asked=int(among.sum()),
                saw=int((among * saw).sum()),
                share=float((sample.weights * among) @ saw / ((sample.weights * among).sum())),
                estimate=_estimate(sample, saw, conf_level, among=among),
                index=index,
                conf_low=low,
                conf_high=high,
            )
        )
    return tuple(found)


def _estimate(sample: Sample, yes: Array, conf_level: float, *, among: Array | None = None) -> Estimate | None:
    """The share with its interval; None where one person was asked, or where all said the same."""
    found = share(sample, yes, among=among, conf_level=conf_level) if sample.df else None
    return found if isinstance(found, Estimate) else None


def _index(
    sample: Sample, saw: Array, among: Array, conf_level: float
) -> tuple[float | None, float | None, float | None]:
    """A group's share of those who saw over its share of those asked, and its limits where it varies."""
    w = sample.weights
    both, group, seen, everybody = (float(w @ part) for part in (saw * among, among, saw, np.ones(len(w))))
    if not seen:
        return None, None, None
    index = (both / seen) / (group / everybody)
    if not both or not sample.df:
        return index, None, None
    influence = w * (saw * among / both - among / group - saw / seen + 1 / everybody)
    se = math.sqrt(float(sample.covariance(influence[:, None])[0, 0]))
    if not se:
        return index, None, None
    factor = math.exp(float(stdtrit(sample.df, (1 + conf_level) / 2)) * se)
    return index, index / factor, index * factor


def _people(answers: pd.DataFrame, breakdown: str) -> pd.DataFrame:
    """One row a person whose group is known."""
    if breakdown not in answers:
        return answers.iloc[:0].assign(group=[])
    people = answers.drop_duplicates(["survey", "respondent"])
    return people.assign(group=groups_of(people[breakdown], breakdown)).dropna(subset=["group"])


def _sample(people: pd.DataFrame) -> Sample:
    """How they were drawn, as far as the answers say: weights and places."""
    weighted = "weight" in people and people["weight"].notna().all()
    placed = "cluster" in people and people["cluster"].notna().all() and people["cluster"].nunique() >= LEAST_PLACES
    return Sample.of(people, weights="weight" if weighted else None, place="cluster" if placed else None)
