"""Records as JSON and back: nothing is lost, and what is wrong is named."""

import datetime as dt
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.receipts import Receipt
from campaigns.records import (
    Audience,
    Campaign,
    Design,
    Direction,
    Ethics,
    Event,
    Frame,
    Message,
    Messenger,
    Money,
    Outcome,
    Rung,
    Sex,
    Spending,
    Study,
    Tone,
)
from campaigns.serialising import decode, encode
from campaigns.vocabulary import COUNTRIES, CURRENCIES

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip)
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31))
COUNTRY_TUPLES = st.lists(st.sampled_from(sorted(COUNTRIES)), max_size=3).map(tuple)


def optional(strategy):
    return st.none() | strategy


def spendings():
    amounts = optional(st.integers(0, 10**12))
    return st.tuples(st.sampled_from(sorted(CURRENCIES)), amounts, amounts, amounts, amounts).map(
        lambda drawn: Spending(
            **{
                part: None if amount is None else Money(amount=amount, currency=drawn[0])
                for part, amount in zip(("media", "production", "staff", "evaluation"), drawn[1:], strict=True)
            }
        )
    )


OUTCOMES = st.builds(
    Outcome,
    id=WORDS,
    rung=st.sampled_from(Rung),
    question=WORDS,
    column=WORDS,
    counts=st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    desired=st.sampled_from(Direction),
    smallest_important=st.floats(0.001, 0.999),
    registered=optional(DAYS),
)
CAMPAIGNS = st.builds(
    Campaign,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
    title=WORDS,
    organisation=WORDS,
    start=st.just(dt.date(2014, 1, 1)),
    end=DAYS,
    audience=st.builds(
        Audience,
        description=WORDS,
        countries=st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, max_size=3).map(tuple),
        languages=st.lists(st.sampled_from(["wo", "fr-SN", "ff-Latn"]), max_size=2).map(tuple),
        age_low=optional(st.integers(10, 30)),
        age_high=optional(st.integers(30, 90)),
        sexes=st.lists(st.sampled_from(Sex), max_size=2).map(tuple),
        transit=COUNTRY_TUPLES,
        destinations=COUNTRY_TUPLES,
        size=optional(st.integers(1, 10**7)),
    ),
    message=st.builds(
        Message,
        frame=st.sampled_from(Frame),
        tone=st.sampled_from(Tone),
        messenger=st.sampled_from(Messenger),
        call_to_action=optional(WORDS),
        claims=st.lists(WORDS, max_size=2).map(tuple),
    ),
    study=st.builds(
        Study,
        design=st.sampled_from(Design),
        independent=optional(st.booleans()),
        follow_up_days=optional(st.integers(0, 900)),
        people_addressed=optional(st.integers(1, 10**7)),
        assigned=optional(st.tuples(st.integers(1, 9_999), st.integers(1, 9_999))),
        planned_share=st.floats(0.01, 0.99),
    ),
    outcome=OUTCOMES,
    spending=spendings(),
    ethics=st.builds(Ethics, consent=optional(st.booleans()), incidents=st.lists(WORDS, max_size=2).map(tuple)),
    events=st.lists(st.builds(Event, day=DAYS, what=WORDS), max_size=2).map(tuple),
    platforms=st.lists(WORDS, max_size=2).map(tuple),
    example=st.booleans(),
)


@given(CAMPAIGNS)
def test_a_campaign_survives_the_way_to_json_and_back(campaign):
    assert decode(Campaign, json.loads(json.dumps(encode(campaign)))) == campaign


@given(CAMPAIGNS)
def test_what_is_at_its_default_is_left_out(campaign):
    encoded = encode(campaign)
    assert ("funder" in encoded) == (campaign.funder is not None)
    assert ("example" in encoded) == campaign.example
    assert {"id", "title", "organisation", "start", "end", "audience", "message", "study"} <= set(encoded)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (Money, {"amount": 1, "currency": "EUR", "cents": 2}, "Money has no field 'cents'"),
        (Money, {}, "Money needs amount, currency"),
        (Money, [1, "EUR"], "Money must be an object, not [1, 'EUR']"),
        (Money, {"amount": "1", "currency": "EUR"}, "'1' is not of type int"),
        (Money, {"amount": 1.5, "currency": "EUR"}, "1.5 is not of type int"),
        (Money, {"amount": True, "currency": "EUR"}, "True is not of type int"),
        (Money, {"amount": 1, "currency": "FRF"}, "'FRF' is not an ISO 4217 currency"),
        (Event, {"day": "2026-02-30", "what": "x"}, "day is out of range for month"),
        (Message, {"frame": "poetry"}, "'poetry' is not a valid Frame"),
        (Study, {"design": "randomised", "planned_share": "half"}, "'half' is not of type float"),
        (Study, {"design": "randomised", "independent": 1}, "1 is not of type bool"),
    ],
)
def test_what_is_wrong_is_named(kind, value, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        decode(kind, value)


def test_a_whole_number_may_stand_for_a_share():
    study = decode(Study, {"design": "randomised", "planned_share": 0.5})
    assert study == decode(Study, encode(study))
    assert decode(float, 1) == 1.0


def test_a_receipt_keeps_its_totals():
    receipt = Receipt(
        file_name="a.csv",
        sha256="0",
        size=1,
        kind="engagement",
        platform="x",
        report="daily_series",
        window=(dt.date(2026, 1, 1), dt.date(2026, 1, 31)),
        totals={"impressions": 12, "reach": None},
    )
    assert decode(Receipt, json.loads(json.dumps(encode(receipt)))) == receipt
