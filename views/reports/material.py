"""What reports are made from: the same evaluations as the pages, published studies, files, and what may be shown."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from campaigns.literature import PublishedOutcome
from campaigns.privacy import Profile
from campaigns.published import read_published
from campaigns.settings import settings
from campaigns.store import Batch, Status, Store
from metrics.evaluation import Evaluation
from views.evaluations import evaluations


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The surest campaign first, as on the pages."""

    evaluations: tuple[Evaluation, ...]
    files: dict[str, tuple[Batch, ...]]  # that count, by campaign
    published: tuple[PublishedOutcome, ...]
    organisation: str  # whose tracker it is; empty where nobody has said
    profile: Profile
    day: dt.date

    @property
    def simulated(self) -> bool:
        """Whether any of the campaigns is an example."""
        return any(evaluation.campaign.example for evaluation in self.evaluations)


def gather(store: Store, *, campaigns: Collection[str] | None = None, day: dt.date | None = None) -> Material:
    """Everything about these campaigns, or about all; `day` is the day that the report bears."""
    known = evaluations(store)
    if campaigns is not None and (unknown := set(campaigns) - {found.campaign.id for found in known}):
        raise KeyError(f"there is no campaign {sorted(unknown)[0]!r}")
    chosen = tuple(found for found in known if campaigns is None or found.campaign.id in campaigns)
    kept = settings(store)
    return Material(
        evaluations=chosen,
        files={
            found.campaign.id: tuple(
                batch for batch in store.batches(found.campaign.id) if batch.status == Status.ACTIVE
            )
            for found in chosen
        },
        published=read_published().outcomes,
        organisation=kept.organisation,
        profile=kept.protection.profile,
        day=day or dt.datetime.now(dt.UTC).date(),
    )
