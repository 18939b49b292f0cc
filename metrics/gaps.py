"""Where studies are and where none is: by way, message or messenger of a campaign, and by what was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from campaigns.literature import PublishedOutcome
from campaigns.records import Campaign, Design, Frame, Messenger
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


Row = Way | Frame | Messenger
# Rows that are shown even where no study stands in them.
ALWAYS = (Way.SOCIAL_MEDIA, Way.MESSAGING, Way.BROADCAST, Way.SCREENINGS, Way.SCHOOLS, Way.IN_PERSON, Way.SEVERAL)
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

    row: Row
    measured: Measured
    design: Design
    origin: Origin
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapMap:
    """Studies by way, message or messenger, and by what they measured.

    Attributes
    ----------
    rows
        Those of `always`, and others that hold a study.
    always
        The rows that count as gaps where they are empty.
    entries
        One for each study and cell. A publication with several outcomes of one cell stands there once.
    delivery_only
        Publications and campaigns outside the map, because only views, clicks or sales were counted.
    unplaced
        Those outside it because what they measured has no column.
    """

    rows: tuple[Row, ...]
    always: tuple[Row, ...]
    entries: tuple[Entry, ...]
    delivery_only: int
    unplaced: int

    def cell(self, row: Row, measured: Measured) -> tuple[Entry, ...]:
        """The studies of one cell."""
        return tuple(entry for entry in self.entries if (entry.row, entry.measured) == (row, measured))

    @property
    def cells(self) -> int:
        """Cells that could hold a study."""
        return len(self.always) * len(Measured)

    @property
    def empty(self) -> int:
        """Cells of those without a study."""
        filled = {(entry.row, entry.measured) for entry in self.entries}
        return sum((row, measured) not in filled for row in self.always for measured in Measured)


def gap_map(studies: Sequence[PublishedOutcome], evaluations: Sequence[Evaluation] = ()) -> GapMap:
    """Place each publication (its source names it) and each own campaign that asked people.

    Own campaigns stand where their primary outcome does. A study that only counted delivery measured nobody's
    awareness and has no place in the map.

    Examples
    --------
    Of the publications kept with the tracker, counted by hand:

    >>> from campaigns.published import read_published
    >>> found = gap_map(read_published().outcomes)
    >>> len(found.cell(Way.SCREENINGS, Measured.INTENTION)), len(found.cell(Way.MESSAGING, Measured.INTENTION))
    (3, 0)
    >>> found.cells, found.empty  # six things to measure for each of seven ways
    (42, 29)
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
                row=CHANNELS.get(study.channel.lower(), Way.OTHER),
                measured=measured,
                design=study.design,
                origin=Origin.ANOTHER_SUBJECT if study.another_subject else Origin.PUBLISHED,
                name=study.campaign,
            )
            entries.setdefault((study.source, entry.row, measured), entry)
    own, own_delivery, own_unplaced = _own(evaluations, {one.campaign.id: _way_of(one.campaign) for one in evaluations})
    found = (*entries.values(), *own)
    rows = {entry.row for entry in found}
    return GapMap(
        rows=tuple(way for way in Way if way in ALWAYS or way in rows),
        always=ALWAYS,
        entries=found,
        delivery_only=len(delivery - placed) + own_delivery,
        unplaced=len(unplaced - placed - delivery) + own_unplaced,
    )


def message_map(evaluations: Sequence[Evaluation], by: type[Frame] | type[Messenger]) -> GapMap:
    """Place own campaigns by the frame of their message or by who speaks; publications seldom say either.

    Examples
    --------
    >>> from tests.evaluations import evaluation
    >>> found = message_map([evaluation()], Frame)
    >>> [entry.name for entry in found.cell(Frame.TESTIMONY, Measured.KNOWLEDGE)], found.cells - found.empty
    (['Peer video'], 1)
    """
    rows: dict[str, Row] = {
        one.campaign.id: one.campaign.message.frame if by is Frame else one.campaign.message.messenger
        for one in evaluations
    }
    own, delivery, unplaced = _own(evaluations, rows)
    return GapMap(rows=tuple(by), always=tuple(by), entries=own, delivery_only=delivery, unplaced=unplaced)


def _own(evaluations: Sequence[Evaluation], rows: Mapping[str, Row]) -> tuple[tuple[Entry, ...], int, int]:
    """Own campaigns in the rows given, how many asked nobody, and how many measured what has no column."""
    entries, delivery, unplaced = [], 0, 0
    for evaluation in evaluations:
        campaign = evaluation.campaign
        asked = campaign.study.design != Design.DELIVERY_ONLY and evaluation.verdict.finding != Finding.NOT_MEASURED
        if campaign.outcome is None or not asked:
            delivery += 1
        elif (measured := _CLASSES.get(campaign.outcome.rung)) is None:
            unplaced += 1
        else:
            entry = Entry(
                row=rows[campaign.id],
                measured=measured,
                design=campaign.study.design,
                origin=Origin.OWN,
                name=campaign.title,
            )
            entries.append(entry)
    return tuple(entries), delivery, unplaced


def _way_of(campaign: Campaign) -> Way:
    """The way of a campaign's platforms; several where they differ."""
    ways = {_PLATFORMS[platform] for platform in campaign.platforms if platform in _PLATFORMS}
    if len(ways) > 1:
        return Way.SEVERAL
    return ways.pop() if ways else Way.NOT_STATED
