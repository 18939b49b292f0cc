"""What the campaign changed in each group, and whether groups differ by more than chance."""

from dataclasses import dataclass

import pandas as pd

from campaigns.records import Campaign, Design
from metrics.effects import Effect, measure
from metrics.estimates import Estimate
from metrics.pooling import pool
from metrics.reached.groups import groups_of

COMPARED = (Design.RANDOMISED, Design.CLUSTER_RANDOMISED, Design.DIFFERENCE_IN_DIFFERENCES, Design.MATCHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffects:
    """The primary outcome in each group of one breakdown.

    Attributes
    ----------
    effects
        By group.
    """

    effects: dict[str, Effect]

    @property
    def difference(self) -> float | None:
        """P-value of no difference between the groups; None with fewer than two.

        Cochran's Q of the groups' effects. Asked first, before any group is looked at: that one group's interval
        excludes zero and another's does not is no sign that they differ.
        """
        found = [
            (effect.estimate.estimate, effect.estimate.se**2)
            for effect in self.effects.values()
            if isinstance(effect.estimate, Estimate) and effect.estimate.se
        ]
        if len(found) < 2:
            return None
        effects, variances = zip(*found, strict=True)
        return pool(effects, variances, method="DL").heterogeneity.q_p_value


def group_effects(campaign: Campaign, answers: pd.DataFrame, breakdown: str) -> GroupEffects | None:
    """The effect of a campaign in each group, by the method of its design; None where there are not two to compare.

    Each group's effect is estimated from its own people alone, as if they were the whole study; what they differ by is
    judged by `GroupEffects.difference`. Nothing is said of studies without a comparison, where groups change apart for
    a hundred reasons. Columns of `answers` as for `effects.measure`, and the breakdown's own.

    References
    ----------
    Brookes et al. (2004), Journal of Clinical Epidemiology 57:229-236 (interaction before subgroups). Cochran (1954),
    Biometrics 10:101-129 (Q).

    Examples
    --------
    The campaign moved twenty women in a hundred and no man:

    >>> import datetime as dt
    >>> from campaigns.records import Audience, Frame, Message, Outcome, Rung, Study
    >>> campaign = Campaign(
    ...     id="C1", title="Know the way", organisation="NGO", start=dt.date(2026, 1, 1), end=dt.date(2026, 2, 1),
    ...     audience=Audience(description="the young", countries=("SEN",), languages=("wo",)),
    ...     message=Message(frame=Frame.RISK), study=Study(design=Design.RANDOMISED),
    ...     outcome=Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Two dangers?", column="q1", counts=("yes",)))
    >>> people = [(arm, sex, int(number < yes)) for arm, sex, yes in (("campaign", "F", 60), ("comparison", "F", 40),
    ...     ("campaign", "M", 50), ("comparison", "M", 50)) for number in range(100)]
    >>> answers = pd.DataFrame(people, columns=["arm", "sex", "value"])
    >>> answers[["outcome", "survey", "wave"]], answers[["cluster", "weight"]] = ["knows", "s", "after"], None
    >>> found = group_effects(campaign, answers.assign(respondent=answers.index.astype(str)), "sex")
    >>> {sex: f"{effect.estimate.estimate:.2f}" for sex, effect in found.effects.items()}, found.difference < 0.05
    ({'F': '0.20', 'M': '0.00'}, True)
    """
    outcome, study = campaign.outcome, campaign.study
    if outcome is None or study.design not in COMPARED or study.launches or breakdown not in answers:
        return None
    told = answers.assign(group=groups_of(answers[breakdown], breakdown)).dropna(subset=["group"])
    if told["group"].nunique() < 2:
        return None
    groups = ((str(group), rows.drop(columns="group")) for group, rows in told.groupby("group"))
    return GroupEffects(effects={group: measure(outcome, study, rows) for group, rows in groups})
