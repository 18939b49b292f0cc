"""Code lists against CLDR, which keeps copies of ISO 3166 and 4217, and the promises of the metric dictionary."""

import datetime as dt

import pytest
from babel import UnknownLocaleError
from babel.core import Locale, get_global
from babel.numbers import get_currency_precision, get_territory_currencies
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rows import BREAKDOWNS, ENGAGEMENT_KEY, ENGAGEMENT_SCHEMA, STORED_METRICS
from campaigns.vocabulary import (
    COUNTRIES,
    COUNTRY_CODES,
    CURRENCIES,
    DEFINITION_CHANGES,
    METRICS,
    MILLIONTHS,
    Additivity,
    Platform,
    definition_changes,
    is_language,
    minor_units,
)

# CLDR counts no decimals for currencies whose coins nobody uses; ISO 4217 still gives them two or three.
COINS_OUT_OF_USE = frozenset("AFN ALL IQD IRR KPW LAK LBP MGA MMK MRO RSD SLL SOS STD SYP YER".split())


def test_there_are_as_many_countries_as_the_standard_lists():
    # ISO 3166-1 has 249 officially assigned codes; XKX is user-assigned.
    assert len(COUNTRIES) == len(COUNTRY_CODES) == 249 + 1


@pytest.mark.parametrize("alpha2", sorted(set(COUNTRY_CODES) - {"XK"}))
def test_the_two_codes_of_a_country_are_those_of_cldr(alpha2):
    assert get_global("territory_aliases")[COUNTRY_CODES[alpha2]] == [alpha2]


def test_every_currency_that_people_pay_in_is_known():
    in_use = {
        currency for alpha2 in COUNTRY_CODES for currency in get_territory_currencies(alpha2, dt.date(2026, 1, 1))
    }
    assert in_use <= CURRENCIES


@pytest.mark.parametrize("currency", sorted(CURRENCIES - COINS_OUT_OF_USE))
def test_minor_units_are_those_of_cldr(currency):
    assert minor_units(currency) == get_currency_precision(currency)


@pytest.mark.parametrize("tag", ["wo", "ff", "ff-Latn", "fr-SN", "fa-AF", "zh-Hant-TW", "es-419", "ckb"])
def test_language_tags_are_recognised(tag):
    assert is_language(tag)


@pytest.mark.parametrize("text", ["", "English", "FR", "fr_SN", "fr-", "fr-sn", "francais", "e", "en-US-"])
def test_what_is_no_language_tag_is_refused(text):
    assert not is_language(text)


@given(st.sampled_from(sorted(get_global("likely_subtags"))))
def test_the_languages_of_cldr_are_language_tags(identifier):
    try:
        locale = Locale.parse(identifier)
    except (ValueError, UnknownLocaleError):
        return
    assert is_language(locale.language)


def test_only_ratios_are_not_stored():
    assert {name for name, metric in METRICS.items() if not metric.stored} == {
        name for name, metric in METRICS.items() if metric.additivity == Additivity.RATIO
    }
    assert not [name for name in STORED_METRICS if METRICS[name].additivity == Additivity.RATIO]


def test_people_counted_once_each_are_not_added_up():
    assert METRICS["reach"].additivity == Additivity.NONE
    assert METRICS["followers"].additivity == Additivity.STOCK


def test_money_and_fractional_results_keep_six_decimals():
    assert {name for name, metric in METRICS.items() if metric.scale == MILLIONTHS} == {
        "spend",
        "results",
        "audience_share",
    }


def test_every_metric_is_defined_in_a_sentence():
    assert all(metric.name == name and metric.definition.endswith(".") for name, metric in METRICS.items())


def test_what_tells_rows_apart_is_stored():
    assert set(ENGAGEMENT_KEY) <= set(ENGAGEMENT_SCHEMA.names)
    assert set(BREAKDOWNS) <= set(ENGAGEMENT_KEY)
    assert len(set(ENGAGEMENT_SCHEMA.names)) == len(ENGAGEMENT_SCHEMA.names)


@pytest.mark.parametrize("change", DEFINITION_CHANGES, ids=lambda change: f"{change.platform}-{change.since}")
def test_a_series_is_cut_where_the_definition_changes(change):
    day, metric = dt.timedelta(days=1), change.metric
    assert change in definition_changes(change.platform, metric, change.since - day, change.since)
    assert not definition_changes(change.platform, metric, change.since, change.since + 30 * day)
    assert not definition_changes(change.platform, metric, change.since - 30 * day, change.since - day)
    assert not definition_changes(Platform.X, metric, change.since - day, change.since + day)
    assert change.metric in METRICS
