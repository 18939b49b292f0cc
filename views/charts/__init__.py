"""Results become pictures: each with its finding in words, a table of its figures and a caption on how to read it."""

from collections.abc import Sequence

import pandas as pd

from campaigns.records import Audience, Campaign
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from views.charts.picture import Picture, plot_config
from views.disclosing import STANDARD, Profile
from views.wording.language import Words

__all__ = ["Picture", "plot_config"]


def interval_chart(
    evaluations: Sequence[Evaluation], words: Words, *, profile: Profile | None = STANDARD, limit: int | None = None
) -> Picture:
    """One row a campaign: the change for every hundred people, how sure, and what is too small to matter."""
    raise NotImplementedError


def dots_chart(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> Picture:
    """Twenty equally likely sizes of the true change."""
    raise NotImplementedError


def groups_chart(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> Picture:
    """The share whose answer counts, by group and time, with intervals."""
    raise NotImplementedError


def over_time_chart(daily: pd.DataFrame, campaign: Campaign, words: Words, *, metric: str = "impressions") -> Picture:
    """A metric by day and platform; `daily` has columns `day`, `platform` and the metric in its own unit."""
    raise NotImplementedError


def audience_chart(cells: pd.DataFrame, audience: Audience, breakdown: str, words: Words) -> Picture:
    """Delivery by age, sex or country; `cells` as `metrics.audience.intended_share` takes them."""
    raise NotImplementedError


def interval_svg(estimate: Estimate | None, smallest_important: float, words: Words, *, limit: int = 20) -> str:
    """The interval of one campaign as a small drawing for a row of a table: self-contained SVG."""
    raise NotImplementedError


def axis_limit(evaluations: Sequence[Evaluation]) -> int:
    """People in every hundred to each side of zero that a shared axis must show."""
    raise NotImplementedError
