"""The map of studies: counted by hand from the published table, own campaigns beside it, gaps left visible."""

import dataclasses

import pytest

from campaigns.published import read_published
from campaigns.records import Design, Frame, Message, Messenger, Rung
from metrics.gaps import ALWAYS, Measured, Origin, Way, gap_map, message_map
from metrics.verdicts import Certainty, Finding
from tests.evaluations import INTENDS, evaluation

PUBLISHED = read_published().outcomes
STUDIES = {study.id: study for study in PUBLISHED}


def own(*, platforms: tuple[str, ...] = ("tiktok",), finding: Finding = Finding.RAISED, **changes: object):
    made = evaluation(finding, Certainty.LOW)
    return dataclasses.replace(made, campaign=dataclasses.replace(made.campaign, platforms=platforms, **changes))


def test_each_cell_counts_the_publications_that_measured_it() -> None:
    """Counted by hand: sources, not rows. Migrants as Messengers is one source with four rows in three columns."""
    found = gap_map(PUBLISHED)
    counts = {
        (way, measured): len(found.cell(way, measured))
        for way in found.rows
        for measured in Measured
        if found.cell(way, measured)
    }
    assert counts == {
        (Way.SOCIAL_MEDIA, Measured.KNOWLEDGE): 1,  # Blue Campaign
        (Way.SOCIAL_MEDIA, Measured.ATTITUDES): 1,  # 819 Facebook campaigns
        (Way.SOCIAL_MEDIA, Measured.BEHAVIOUR): 2,  # holiday messages, Larsen
        (Way.SCREENINGS, Measured.KNOWLEDGE): 2,  # Migrants as Messengers 1, I am Fatima
        (Way.SCREENINGS, Measured.BELIEFS): 1,  # Migrants as Messengers 1
        (Way.SCREENINGS, Measured.ATTITUDES): 1,  # I am Fatima
        (Way.SCREENINGS, Measured.INTENTION): 3,  # Migrants as Messengers 1, CinemArena, I am Fatima
        (Way.SCHOOLS, Measured.KNOWLEDGE): 1,  # Edo
        (Way.SCHOOLS, Measured.BEHAVIOUR): 1,  # Guinea
        (Way.IN_PERSON, Measured.KNOWLEDGE): 1,  # Migrants as Messengers 2
        (Way.IN_PERSON, Measured.BELIEFS): 1,
        (Way.IN_PERSON, Measured.INTENTION): 2,  # Migrants as Messengers 2, backway
        (Way.SEVERAL, Measured.KNOWLEDGE): 1,  # Nepal
        (Way.NOT_STATED, Measured.INTENTION): 1,  # Bah and Batista, two rows
    }
    assert found.empty == 7 * 6 - 13  # the studies whose way is not stated fill no cell of a known one


def test_studies_of_views_and_clicks_alone_have_no_place() -> None:
    """The pilot, ads in Germany, Norway, Telling the Real Story, Brazil, Matz."""
    assert gap_map(PUBLISHED).delivery_only == 6
    assert gap_map([], [own(finding=Finding.NOT_MEASURED)]).delivery_only == 1


def test_what_nobody_has_studied_is_there_to_be_seen() -> None:
    found = gap_map([])
    assert found.rows == ALWAYS
    assert found.empty == 42
    assert not gap_map(PUBLISHED).cell(Way.BROADCAST, Measured.KNOWLEDGE)


def test_studies_of_another_subject_are_told_apart() -> None:
    found = gap_map(PUBLISHED)
    assert {entry.name for entry in found.entries if entry.origin == Origin.ANOTHER_SUBJECT} == {
        STUDIES[name].campaign for name in ("facebook-819", "holiday-messages-travel", "larsen-counties")
    }


@pytest.mark.parametrize(
    ("platforms", "way"),
    [
        (("tiktok", "meta_ads"), Way.SOCIAL_MEDIA),
        (("radio", "meta_ads"), Way.SEVERAL),
        (("whatsapp",), Way.MESSAGING),
        (("template",), Way.NOT_STATED),
        ((), Way.NOT_STATED),
    ],
)
def test_an_own_campaign_stands_where_its_platforms_and_its_outcome_do(platforms: tuple[str, ...], way: Way) -> None:
    (entry,) = gap_map([], [own(platforms=platforms, outcome=INTENDS)]).entries
    assert (entry.row, entry.measured, entry.origin) == (way, Measured.INTENTION, Origin.OWN)
    assert (entry.name, entry.design) == ("Peer video", Design.RANDOMISED)


def test_an_unknown_channel_has_a_row_and_an_unknown_class_is_counted() -> None:
    study = STUDIES["mam1-senegal-risk"]
    other = dataclasses.replace(study, channel="Puppets", design=Design.MATCHED)
    odd = dataclasses.replace(study, source="another", outcome_class="happiness")
    found = gap_map([other, odd])
    assert [entry.row for entry in found.entries] == [Way.OTHER]
    assert found.unplaced == 1


def test_own_campaigns_stand_by_their_message_and_messenger_and_gaps_stay_visible() -> None:
    seen_only = own(finding=Finding.NOT_MEASURED)
    spoken = own(message=Message(frame=Frame.RISK, messenger=Messenger.FAMILY), outcome=INTENDS)
    found = message_map([seen_only, spoken], Frame)
    (entry,) = found.entries
    assert (entry.row, entry.measured, entry.origin) == (Frame.RISK, Measured.INTENTION, Origin.OWN)
    assert found.rows == found.always == tuple(Frame)
    assert (found.cells, found.empty, found.delivery_only) == (7 * 6, 41, 1)
    assert found.cell(Frame.RISK, Measured.INTENTION) == (entry,)
    by_messenger = message_map([spoken], Messenger)
    assert [entry.row for entry in by_messenger.entries] == [Messenger.FAMILY]


def test_an_own_campaign_of_what_has_no_column_is_counted() -> None:
    odd = [own(outcome=dataclasses.replace(INTENDS, rung=rung)) for rung in (Rung.DISTRESS, Rung.SMUGGLER_BRAND)]
    assert (gap_map([], odd).unplaced, message_map(odd, Frame).unplaced) == (2, 2)
    assert message_map([own(finding=Finding.NOT_MEASURED)] * 2, Frame).delivery_only == 2
    assert message_map([own(outcome=INTENDS)], Frame).unplaced == 0


def test_a_study_keeps_its_design() -> None:
    study = dataclasses.replace(STUDIES["mam1-senegal-risk"], design=Design.MATCHED)
    assert [entry.design for entry in gap_map([study]).entries] == [Design.MATCHED]
