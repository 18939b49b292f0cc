"""Whether the intended people were reached, told as a range where the platform does not say who they were."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.records import Audience, Sex
from metrics.audience import Basis, age_band, intended_share, intended_shares

YOUNG_WOMEN = Audience(
    description="young women who consider leaving",
    countries=("SEN", "GMB"),
    languages=("wo",),
    age_low=18,
    age_high=34,
    sexes=(Sex.FEMALE,),
)


def cells(**columns):
    return pd.DataFrame(columns)


def test_bands_within_the_intended_ages_count_and_others_do_not():
    table = cells(value=["13-17", "18-24", "25-34", "35-44"], impressions=[100, 500, 300, 100])
    share = intended_share(YOUNG_WOMEN, "age", table)
    assert (share.low, share.high, share.total) == (0.8, 0.8, 1000)
    assert share.breakdown == "age"
    assert share.basis == Basis.IMPRESSIONS


def test_a_band_that_is_partly_intended_widens_the_range():
    audience = Audience(description="adults", countries=("SEN",), languages=(), age_low=20, age_high=34)
    share = intended_share(audience, "age", cells(value=["18-24", "25-34", "65+"], impressions=[200, 300, 500]))
    assert (share.low, share.high) == (0.3, 0.5)


@pytest.mark.parametrize(
    ("youngest", "oldest", "low", "high"),
    [
        (20, None, 0.6, 0.9),  # some of those who are 15 to 20 are 20
        (None, 20, 0.4, 0.7),
        (20, 20, 0.0, 0.6),
        (15, 24, 0.6, 0.6),
        (14, 40, 0.6, 1.0),
        (21, 24, 0.0, 0.3),
        (25, 39, 0.0, 0.0),
    ],
)
def test_the_ages_at_the_limits_are_intended_and_a_limit_may_be_left_open(youngest, oldest, low, high):
    audience = Audience(description="some", countries=("SEN",), languages=(), age_low=youngest, age_high=oldest)
    table = cells(value=["Y_LT15", "15-20", "20-24", "40-64"], impressions=[100, 300, 300, 300])
    share = intended_share(audience, "age", table)
    assert (share.low, share.high) == (low, high)
    assert share.missed == ()


def test_a_language_that_was_reached_in_any_country_is_not_missed():
    audience = Audience(description="some", countries=("SEN",), languages=("fr-SN", "wo"))
    share = intended_share(audience, "language", cells(value=["fr-FR", "en"], impressions=[30, 70]))
    assert (share.low, share.high, share.missed) == (0.3, 0.3, ("wo",))


def test_unknown_sex_is_neither_in_nor_out():
    table = cells(value=["F", "M", "U", None], reach_high=[300, 500, 100, 100], impressions=[9, 1, 1, 1])
    share = intended_share(YOUNG_WOMEN, "sex", table)
    assert (share.low, share.high, share.basis) == (0.3, 0.5, Basis.REACH)


@pytest.mark.parametrize("kind", ["float64", "Int64"])
def test_people_of_one_platform_do_not_stand_for_all_platforms(kind):
    seen = {"value": ["F", "M"] * 2, "platform": ["meta_ads"] * 2 + ["x"] * 2, "impressions": [90, 10, 200, 700]}
    share = intended_share(YOUNG_WOMEN, "sex", cells(**seen, reach_high=pd.array([45, 5, None, None], dtype=kind)))
    assert (share.low, share.basis, share.total) == (0.29, Basis.IMPRESSIONS, 1000)
    apart = {**seen, "impressions": [90, 10, None, None], "views": [None, None, 20, 80]}
    share = intended_share(YOUNG_WOMEN, "sex", cells(**apart).astype({"impressions": kind, "views": kind}))
    assert share.basis == Basis.IMPRESSIONS  # no figure is everybody's
    assert (share.low, share.high, share.total) == (0.9, 0.9, 100)  # what is missing is nobody


def test_a_country_that_received_nothing_is_named():
    share = intended_share(YOUNG_WOMEN, "country", cells(value=["SEN", "FRA", "GMB"], impressions=[700, 300, 0]))
    assert (share.low, share.missed) == (0.7, ("GMB",))


def test_one_view_is_enough_to_have_been_reached():
    share = intended_share(YOUNG_WOMEN, "country", cells(value=["SEN", "GMB"], impressions=[0, 1]))
    assert (share.low, share.total, share.missed) == (1.0, 1, ("SEN",))


def test_no_limit_or_no_delivery_means_no_share():
    anybody = Audience(description="families", countries=("SEN",), languages=())
    assert intended_share(anybody, "age", cells(value=["18-24"], impressions=[5])) is None
    assert intended_share(anybody, "sex", cells(value=["F"], impressions=[5])) is None
    assert intended_share(YOUNG_WOMEN, "sex", cells(value=["F"], impressions=[0])) is None
    assert intended_shares(YOUNG_WOMEN, {"age": cells(value=[], impressions=[])}) == ()


def test_an_unknown_breakdown_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="breakdown is 'shoe size', must be age, sex, country or language"):
        intended_share(YOUNG_WOMEN, "shoe size", cells(value=["42"], impressions=[5]))


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4).filter(any))
def test_the_range_is_ordered_and_within_zero_and_one(amounts):
    share = intended_share(YOUNG_WOMEN, "age", cells(value=["18-24", "30-40", "65+", None], impressions=amounts))
    assert 0 <= share.low <= share.high <= 1
    assert share.total == sum(amounts)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("18-24", (18, 24)),
        ("18–24", (18, 24)),
        ("18 a 24 anos", (18, 24)),
        ("Y18T24", (18, 24)),
        ("Y_LT18", (0, 17)),
        ("Y_GE65", (65, 150)),
        ("65+", (65, 150)),
        ("unknown", None),
    ],
)
def test_bands_are_read_as_platforms_write_them(text, band):
    assert age_band(text) == band


def test_languages_are_intended_by_their_main_tag():
    table = cells(value=["wo", "wo-SN", "fr-SN", None], impressions=[50, 10, 30, 10])
    share = intended_share(YOUNG_WOMEN, "language", table)
    assert (share.low, share.high, share.missed) == (0.6, 0.7, ())
    none = intended_share(YOUNG_WOMEN, "language", cells(value=["fr"], impressions=[5]))
    assert (none.high, none.missed) == (0.0, ("wo",))
