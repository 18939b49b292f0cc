"""The record of a campaign: what it accepts, what it refuses, and in which words."""

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.records import (
    Audience,
    Campaign,
    Design,
    Ethics,
    Frame,
    Message,
    Money,
    Outcome,
    Rung,
    Spending,
    Study,
)

AUDIENCE = Audience(description="young people in two towns", countries=("GMB",), languages=("wo", "en"))
AWARE = Outcome(id="aware", rung=Rung.KNOWLEDGE, question="Which dangers?", column="dangers", counts=("two or more",))


def campaign(**changes: Any) -> Campaign:
    fields: dict[str, Any] = {
        "id": "NGO-7",
        "title": "Peers tell it",
        "organisation": "An organisation",
        "start": dt.date(2026, 2, 1),
        "end": dt.date(2026, 3, 1),
        "audience": AUDIENCE,
        "message": Message(frame=Frame.RISK),
        "study": Study(design=Design.RANDOMISED),
        "outcome": AWARE,
    }
    return Campaign(**fields | changes)


def outcome(**changes: Any) -> Outcome:
    return Outcome(
        **{"id": "aware", "rung": Rung.KNOWLEDGE, "question": "", "column": "dangers", "counts": ("two",)} | changes
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Money(amount=1, currency="FRF"), "'FRF' is not an ISO 4217 currency"),
        (
            lambda: Spending(media=Money(amount=1, currency="EUR"), staff=Money(amount=1, currency="USD")),
            "one campaign's costs are given in EUR and USD; convert them to one",
        ),
        (
            lambda: Audience(description=" ", countries=("GMB",), languages=()),
            "an audience needs a description of the group at risk",
        ),
        (
            lambda: Audience(description="x", countries=(), languages=()),
            "an audience needs at least one country of origin",
        ),
        (
            lambda: Audience(description="x", countries=("GM",), languages=()),
            "countries holds 'GM', which is not an ISO 3166-1 alpha-3 code",
        ),
        (
            lambda: Audience(description="x", countries=("GMB",), languages=("English",)),
            "'English' is not a BCP 47 language tag",
        ),
        (
            lambda: Audience(description="x", countries=("GMB",), languages=(), age_low=30, age_high=18),
            "the audience's ages run from 30 down to 18",
        ),
        (
            lambda: Audience(description="x", countries=("GMB",), languages=(), size=0),
            "an audience of 0 people cannot be reached",
        ),
        (lambda: outcome(counts=()), "outcome 'aware' does not say which answers count"),
        (lambda: outcome(smallest_important=5), "smallest_important is 5, must be between 0 and 1"),
        (
            lambda: Study(design=Design.RANDOMISED, assigned=(0, 5)),
            "assigned is (0, 5), must be the people in campaign and comparison",
        ),
        (
            lambda: Study(design=Design.RANDOMISED, planned_share=1.0),
            "planned_share is 1.0, must be between 0 and 1",
        ),
        (
            lambda: campaign(id="../NGO"),
            "campaign id '../NGO' must be 1 to 64 letters, digits, dots, dashes or underscores",
        ),
        (lambda: campaign(title="  "), "campaign 'NGO-7' has no title"),
        (
            lambda: campaign(start=dt.date(2026, 3, 1), end=dt.date(2026, 2, 1)),
            "campaign 'NGO-7' ends (2026-02-01) before it starts (2026-03-01)",
        ),
        (lambda: campaign(outcome=None), "campaign 'NGO-7' is randomised but names no primary outcome"),
        (lambda: campaign(guardrails=(AWARE,)), "campaign 'NGO-7' names an outcome twice: aware, aware"),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_value(make, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()


def test_a_campaign_that_only_delivered_needs_no_outcome():
    assert campaign(study=Study(design=Design.DELIVERY_ONLY), outcome=None).outcomes == ()


@pytest.mark.parametrize(
    ("currency", "amount", "major"), [("EUR", 4_200, 42.0), ("XOF", 4_200, 4_200.0), ("TND", 4_200, 4.2)]
)
def test_money_is_in_the_minor_units_of_its_currency(currency, amount, major):
    assert Money(amount=amount, currency=currency).major == major


@given(st.lists(st.integers(0, 10**12), min_size=4, max_size=4))
def test_what_delivery_cost_leaves_the_evaluation_out(amounts):
    media, production, staff, evaluation = (Money(amount=amount, currency="EUR") for amount in amounts)
    spending = Spending(media=media, production=production, staff=staff, evaluation=evaluation)
    assert spending.total == Money(amount=sum(amounts[:3]), currency="EUR")


def test_unknown_costs_are_not_zero():
    assert Spending(evaluation=Money(amount=5, currency="EUR")).total is None
    assert Spending(staff=Money(amount=5, currency="EUR")).total == Money(amount=5, currency="EUR")


def test_a_cost_below_zero_is_no_cost():
    with pytest.raises(ValueError, match=r"-1\.5 EUR is not a cost"):
        Spending(media=Money(amount=-150, currency="EUR"))


def test_an_effect_holds_for_somebody():
    with pytest.raises(ValueError, match="people_addressed is 0, must be the people the effect holds for"):
        Study(design=Design.RANDOMISED, people_addressed=0)


def test_the_primary_outcome_comes_before_the_guardrails():
    trust = outcome(id="trust", rung=Rung.TRUST)
    assert campaign(guardrails=(trust,)).outcomes == (AWARE, trust)


def test_what_a_verdict_needs_is_named_while_it_is_open():
    assert campaign().lacking == ("outcome.registered", "spending", "ethics.consent", "ethics.data_protection")
    complete = campaign(
        outcome=outcome(registered=dt.date(2026, 1, 1)),
        spending=Spending(media=Money(amount=100, currency="EUR")),
        ethics=Ethics(consent=True, data_protection="consent"),
    )
    assert complete.lacking == ()


def test_a_refused_consent_is_lacking_too():
    assert "ethics.consent" in campaign(ethics=Ethics(consent=False, data_protection="consent")).lacking
