"""Where studies are and where none is: published and own ones by the way a campaign went and by what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaigns.literature import PublishedOutcome
from campaigns.records import Campaign, Design
from metrics.evaluation import Evaluation
from metrics.verdicts import Finding


class Way(StrEnum):
    """How a campaign went to people."""

    SOCIAL_MEDIA = "social_media"
    MESSAGING = "messaging"
    BROADCAST = "broadcast"
    SCREENINGS = "screenings"
    SCHOOLS = "schools"
    IN_PERSON = "in_person"
    SEVERAL = "several"
    OTHER = "other"
    NOT_STATED = "not_stated"


class Measured(StrEnum):
    """What a study measured, from remembering a campaign to acting."""

    RECALL = "recall"
    KNOWLEDGE = "knowledge"
    BELIEFS = "beliefs"
    ATTITUDES = "attitudes"
    INTENTION = "intention"
    BEHAVIOUR = "behaviour"


class Origin(StrEnum):
    """Whose study it is."""

    PUBLISHED = "published"
    ANOTHER_SUBJECT = "another_subject"
    OWN = "own"


# Rows that are shown even where no study stands in them.
ALWAYS = (Way.SOCIAL_MEDIA, Way.MESSAGING, Way.BROADCAST, Way.SCREENINGS, Way.SCHOOLS, Way.IN_PERSON, Way.SEVERAL)
CELLS = frozenset((way, measured) for way in ALWAYS for measured in Measured)
CHANNELS: dict[str, Way] = {
    "": Way.NOT_STATED,
    "mixed": Way.SEVERAL,
    **dict.fromkeys(
        ("facebook", "instagram", "meta", "youtube", "tiktok", "x", "twitter", "linkedin", "snapchat"),
        Way.SOCIAL_MEDIA,
    ),
    **dict.fromkeys(("online video", "social media", "google ads"), Way.SOCIAL_MEDIA),
    **dict.fromkeys(("whatsapp", "telegram", "sms", "messaging"), Way.MESSAGING),
    **dict.fromkeys(("radio", "television", "tv", "newspaper"), Way.BROADCAST),
    **dict.fromkeys(("video screening", "mobile cinema", "cinema", "film"), Way.SCREENINGS),
    **dict.fromkeys(("school sessions", "schools", "school"), Way.SCHOOLS),
    **dict.fromkeys(("in person", "community events", "events", "theatre", "workshops"), Way.IN_PERSON),
}
_PLATFORMS: dict[str, Way] = {
    "radio": Way.BROADCAST,
    "events": Way.IN_PERSON,
    **dict.fromkeys(("whatsapp", "telegram"), Way.MESSAGING),
    **dict.fromkeys(
        ("meta_ads", "meta_business_suite", "google_ads", "youtube", "tiktok", "tiktok_ads", "x", "x_ads"),
        Way.SOCIAL_MEDIA,
    ),
    **dict.fromkeys(("linkedin", "linkedin_ads", "snapchat_ads", "hootsuite", "sprout"), Way.SOCIAL_MEDIA),
}
# What people say they do stands with what they mean to do: it was said, not seen.
_CLASSES: dict[str, Measured] = {
    "recall": Measured.RECALL,
    **dict.fromkeys(("knowledge", "protection_awareness"), Measured.KNOWLEDGE),
    **dict.fromkeys(("risk_awareness", "self_reported_informedness", "belief_accuracy", "beliefs"), Measured.BELIEFS),
    **dict.fromkeys(("attitude", "trust", "stigma"), Measured.ATTITUDES),
    **dict.fromkeys(("intention", "intention_irregular", "intention_regular", "practice"), Measured.INTENTION),
    **dict.fromkeys(("behaviour", "behaviour_migration", "behaviour_health"), Measured.BEHAVIOUR),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One study in one cell of the map."""

    way: Way
    measured: Measured
    design: Design
    origin: Origin
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapMap:
    """Studies by way and by what they measured.

    Attributes
    ----------
    ways
        The rows: those of `ALWAYS`, and others that hold a study.
    entries
        One for each study and cell. A publication with several outcomes of one cell stands there once.
    delivery_only
        Publications and campaigns outside the map, because only views, clicks or sales were counted.
    unplaced
        Those outside it because what they measured has no column.
    """

    ways: tuple[Way, ...]
    entries: tuple[Entry, ...]
    delivery_only: int
    unplaced: int

    def cell(self, way: Way, measured: Measured) -> tuple[Entry, ...]:
        """The studies of one cell."""
        return tuple(entry for entry in self.entries if (entry.way, entry.measured) == (way, measured))

    @property
    def empty(self) -> int:
        """Cells without a study, of those of a known way."""
        return len(CELLS - {(entry.way, entry.measured) for entry in self.entries})


def gap_map(studies: Sequence[PublishedOutcome], evaluations: Sequence[Evaluation] = ()) -> GapMap:
    """Place each publication (its source names it) and each own campaign that asked people.

    Own campaigns stand where their primary outcome does. A study that only counted delivery measured nobody's
    awareness and has no place in the map.
    """
    entries: dict[tuple[object, ...], Entry] = {}
    delivery, unplaced, placed = set[str](), set[str](), set[str]()
    for study in studies:
        measured = _CLASSES.get(study.outcome_class)
        if study.design == Design.DELIVERY_ONLY:
            delivery.add(study.source)
        elif measured is None:
            unplaced.add(study.source)
        else:
            placed.add(study.source)
            entry = Entry(
                way=CHANNELS.get(study.channel.lower(), Way.OTHER),
                measured=measured,
                design=study.design,
                origin=Origin.ANOTHER_SUBJECT if study.another_subject else Origin.PUBLISHED,
                name=study.campaign,
            )
            entries.setdefault((study.source, entry.way, measured), entry)
    own_delivery, own_unplaced = 0, 0
    for evaluation in evaluations:
        campaign = evaluation.campaign
        asked = campaign.study.design != Design.DELIVERY_ONLY and evaluation.verdict.finding != Finding.NOT_MEASURED
        if campaign.outcome is None or not asked:
            own_delivery += 1
        elif (measured := _CLASSES.get(campaign.outcome.rung)) is None:
            own_unplaced += 1
        else:
            entries[campaign.id, Origin.OWN] = Entry(
                way=_way_of(campaign),
                measured=measured,
                design=campaign.study.design,
                origin=Origin.OWN,
                name=campaign.title,
            )
    found = {entry.way for entry in entries.values()}
    return GapMap(
        ways=tuple(way for way in Way if way in ALWAYS or way in found),
        entries=tuple(entries.values()),
        delivery_only=len(delivery - placed) + own_delivery,
        unplaced=len(unplaced - placed - delivery) + own_unplaced,
    )


def _way_of(campaign: Campaign) -> Way:
    """The way of a campaign's platforms; several where they differ."""
    ways = {_PLATFORMS[platform] for platform in campaign.platforms if platform in _PLATFORMS}
    if len(ways) > 1:
        return Way.SEVERAL
    return ways.pop() if ways else Way.NOT_STATED
