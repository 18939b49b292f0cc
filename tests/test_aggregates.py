"""Figures added up: never the same delivery twice, and never what is not additive."""

import itertools
import threading

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.aggregates import (
    FIGURES,
    SUMMED,
    answer_counts,
    answers,
    audience,
    audience_by_day,
    daily,
    daily_rates,
    delivery,
    messages,
)
from campaigns.batch_files import read_rows
from campaigns.batches import save_batch, undo
from campaigns.current import batch_path
from campaigns.receipts import Kind
from campaigns.rows import ANSWER_SCHEMA
from campaigns.slices import NO_DAY, disjoint
from campaigns.store import open_store
from tests.examples import campaign, day, export, row, survey


def save(store, reading, campaign="C1"):
    return save_batch(store, reading, campaign=campaign, person="Amina")


def only(frame):
    """The one row of a table."""
    assert len(frame) == 1
    return frame.iloc[0]


def test_an_empty_store_gives_empty_tables_with_their_columns(store):
    assert list(delivery(store).columns) == [
        "campaign", "platform", "currency", "accounts", "level", "breakdowns", "window_start", "window_end", "rows",
        *FIGURES, "followers",
    ]  # fmt: skip
    for frame in (
        delivery(store),
        daily(store, "C1"),
        audience(store, "C1", "age"),
        daily_rates(store, "C1", "link_clicks", "impressions"),
        answer_counts(store),
        answers(store, "C1"),
    ):
        assert frame.empty
        assert len(frame.columns) > 4


def test_delivery_is_added_up_by_campaign_platform_and_currency(store):
    store.save_campaign(campaign("C2"), person="Amina")
    save(
        store,
        export(
            row(impressions=100, link_clicks=3, reach=80, spend=1_500_000),
            row(day=2, entity_id="2", impressions=50, link_clicks=None, reach=40, spend=500_000),
        ),
    )
    save(store, export(row(platform="tiktok_ads", impressions=7, currency=None)), "C2")
    first, second = (delivery(store).iloc[place] for place in range(2))
    assert (first["campaign"], first["platform"], first["currency"], first["accounts"]) == ("C1", "meta_ads", "EUR", 1)
    assert (first["level"], first["breakdowns"], first["rows"]) == ("ad", "", 2)
    assert (first["window_start"], first["window_end"]) == (pd.Timestamp(day(0)), pd.Timestamp(day(2)))
    assert (first["impressions"], first["link_clicks"], first["spend"]) == (150, 3, 2_000_000)
    assert (first["reach_low"], first["reach_high"]) == (80, 120)
    assert pd.isna(first["views"])  # unknown, not none
    assert (second["campaign"], second["platform"], second["impressions"]) == ("C2", "tiktok_ads", 7)
    assert second["currency"] is None or pd.isna(second["currency"])
    assert list(delivery(store, campaigns=["C2"])["campaign"]) == ["C2"]
    assert delivery(store, campaigns=[]).empty


def test_figures_keep_their_scale_and_are_nullable_whole_numbers(store):
    save(store, export(row(impressions=1, spend=10**15)))
    kinds = delivery(store)[[*FIGURES, "followers", "rows"]].dtypes
    assert set(kinds.astype(str)) == {"Int64"}
    assert only(delivery(store))["spend"] == 10**15


def test_the_same_delivery_by_ad_and_by_campaign_counts_once(store):
    save(store, export(row(impressions=60), row(entity_id="2", impressions=40)))
    save(store, export(row(level="campaign", entity_id="9", impressions=100)))
    assert only(delivery(store))["impressions"] == 100


def test_the_same_delivery_by_age_and_by_country_counts_once(store):
    save(store, export(row(age="18-24", impressions=60), row(age="25-34", impressions=40)))
    save(store, export(row(country="SEN", impressions=100)))
    found = only(delivery(store))
    assert (found["impressions"], found["breakdowns"]) == (100, "country")  # the one in fewer rows
    assert list(audience(store, "C1", "age")["impressions"]) == [60, 40]


def test_the_slice_that_covers_most_days_is_the_one_that_counts(store):
    save(store, export(*(row(day=number, impressions=10) for number in range(5))))
    save(store, export(row(level="campaign", day=0, impressions=10), row(level="campaign", day=1, impressions=10)))
    found = only(delivery(store))
    assert (found["level"], found["impressions"]) == ("ad", 50)


def test_a_slice_without_breakdowns_counts_before_one_with(store):
    save(store, export(row(age="18-24", impressions=60), row(age="25-34", impressions=30)))
    save(store, export(row(impressions=60), row(entity_id="2", impressions=39), row(entity_id="3", impressions=1)))
    found = only(delivery(store))
    assert (found["breakdowns"], found["impressions"]) == ("", 100)  # by age some people are unknown


def test_a_longer_series_of_followers_does_not_stand_for_delivery(store):
    save(store, export(*(row(level="account", day=number, followers=100 + number) for number in range(9))))
    save(store, export(row(level="post", impressions=30)))
    found = only(delivery(store))
    assert (found["impressions"], found["level"], found["followers"]) == (30, "post", 108)


def test_different_accounts_are_added_up(store):
    save(store, export(row(impressions=10, followers=5), row(account="B", impressions=20, followers=7)))
    found = only(delivery(store))
    assert (found["impressions"], found["accounts"]) == (30, 2)
    assert pd.isna(found["followers"])  # somebody may follow both


def test_rows_of_an_unknown_account_are_not_added_to_those_of_a_known_one(store):
    save(store, export(row(impressions=10)))
    save(store, export(row(account=None, level="campaign", impressions=10)))
    assert only(delivery(store))["impressions"] == 10
    wider = save(store, export(*(row(account=None, level="ad_set", day=number, impressions=9) for number in range(3))))
    assert only(delivery(store))["impressions"] == 27
    undo(store, wider.id, person="Amina")
    assert only(delivery(store))["impressions"] == 10


def test_a_month_and_its_days_count_once(store):
    save(store, export(*(row(day=number, impressions=10) for number in range(3)), row(day=9, impressions=1)))
    save(store, export(row(day=0, window_end=day(6), impressions=70)))
    assert only(delivery(store))["impressions"] == 71  # the week covers more days than the three in it
    assert list(daily(store, "C1")["impressions"]) == [10, 10, 10, 1]


def test_a_longer_window_exported_later_counts_instead_of_the_shorter(store):
    save(store, export(row(window_end=day(9), impressions=100)))
    save(store, export(row(window_end=day(19), impressions=180)))
    assert only(delivery(store))["impressions"] == 180


def test_windows_of_different_ads_may_overlap(store):
    save(store, export(row(window_end=day(9), impressions=100)))
    save(store, export(row(entity_id="2", day=5, window_end=day(14), impressions=50)))
    assert only(delivery(store))["impressions"] == 150


def test_rows_without_a_window_count_where_nothing_else_does(store):
    undated = {"window_start": None, "window_end": None}
    save(store, export(row(impressions=100) | undated, row(entity_id="2", impressions=50) | undated))
    found = only(delivery(store))
    assert found["impressions"] == 150
    assert pd.isna(found["window_start"])
    save(store, export(row(impressions=30), content="dated"))
    assert only(delivery(store))["impressions"] == 80  # the first ad now has a day


def test_results_of_different_types_are_not_added_up(store):
    save(
        store, export(row(impressions=1, results=3, result_type="clicks"), row(day=1, results=4, result_type="clicks"))
    )
    assert only(delivery(store))["results"] == 7
    save(store, export(row(day=2, impressions=1, results=9, result_type="video plays")))
    assert pd.isna(only(delivery(store))["results"])
    assert list(daily(store, "C1")["results"]) == [3, 4, 9]


def test_what_is_not_additive_is_never_added_up(store):
    assert not {"reach", "followers", "audience_share"} & set(SUMMED)
    for metric in ("reach", "followers", "ctr", "nonsense"):
        with pytest.raises(ValueError, match=f"'{metric}' cannot be added up"):
            daily_rates(store, "C1", metric, "impressions")


def test_each_figure_may_come_from_a_file_of_its_own(store):
    save(store, export(row(level="account", impressions=10)))
    save(store, export(row(level="account", views=4)))
    save(store, export(row(level="account", link_clicks=2)))
    found = only(delivery(store))
    assert (found["impressions"], found["views"], found["link_clicks"]) == (10, 4, 2)


def test_undone_batches_do_not_count(store):
    batch = save(store, export(row(impressions=10)))
    undo(store, batch.id, person="Amina")
    assert delivery(store).empty


def test_days_are_told_by_platform(store):
    save(
        store,
        export(
            row(impressions=10, spend=1_000_000, reach=9),
            row(entity_id="2", impressions=5, spend=2_000_000, reach=4),
            row(day=1, impressions=7, spend=3_000_000, reach=6),
            row(day=1, entity_id="2", currency="USD", impressions=1, spend=4_000_000),
        ),
    )
    save(store, export(row(platform="tiktok_ads", impressions=3)))
    found = daily(store, "C1")
    assert list(found["platform"]) == ["meta_ads", "meta_ads", "tiktok_ads"]
    assert list(found["day"]) == [pd.Timestamp(day(number)) for number in (0, 1, 0)]
    assert list(found["impressions"]) == [15, 8, 3]
    assert (found["reach_low"][0], found["reach_high"][0]) == (9, 13)
    assert found["spend"][0] == 3_000_000
    assert pd.isna(found["spend"][1])  # euros and dollars


def test_the_audience_is_told_by_the_values_of_a_breakdown(store):
    save(
        store,
        export(
            row(age="18-24", sex="F", impressions=10, reach=8, views=1, link_clicks=2),
            row(age="18-24", sex="M", impressions=20, reach=9, views=1, link_clicks=3),
            row(age="25-34", sex="F", impressions=5, reach=4),
        ),
    )
    found = audience(store, "C1", "age")
    assert found.to_dict("list") == {
        "platform": ["meta_ads", "meta_ads"],
        "value": ["18-24", "25-34"],
        "impressions": [30, 5],
        "reach_low": [9, 4],
        "reach_high": [17, 4],
        "views": [2, None],
        "link_clicks": [5, None],
    }
    assert audience(store, "C1", "country").empty
    with pytest.raises(ValueError, match="breakdown is 'shoe size', must be one of age, sex"):
        audience(store, "C1", "shoe size")


def test_rates_come_with_their_sums_of_squares_by_ad_and_day(store):
    save(
        store,
        export(
            row(age="18-24", impressions=10, link_clicks=1),
            row(age="25-34", impressions=20, link_clicks=3),
            row(age="18-24", entity_id="2", impressions=5, link_clicks=2),
            row(age="18-24", entity_id="3", impressions=99),
            row(age="18-24", day=1, impressions=7, link_clicks=0),
        ),
    )
    first, second = daily_rates(store, "C1", "link_clicks", "impressions").to_dict("records")
    assert first == {
        "platform": "meta_ads", "day": pd.Timestamp(day(0)), "n": 2, "sum_x": 4 + 2, "sum_y": 30 + 5,
        "sum_xx": 16 + 4, "sum_yy": 900 + 25, "sum_xy": 120 + 10,
    }  # fmt: skip
    assert (second["n"], second["sum_x"], second["sum_y"]) == (1, 0, 7)
    assert daily_rates(store, "C1", "saves", "impressions").empty


def test_rates_may_come_from_two_files(store):
    save(store, export(row(link_clicks=2)))
    save(store, export(row(impressions=10)))
    assert only(daily_rates(store, "C1", "link_clicks", "impressions"))[["n", "sum_xy"]].tolist() == [1, 20]


def test_several_threads_may_ask_at_once(store):
    save(store, export(*(row(day=number, impressions=10) for number in range(50))))
    answers_found = []

    def ask():
        with open_store(store.folder) as opened:
            answers_found.extend(only(delivery(opened))["impressions"] + len(answers(opened, "C1")) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers_found == [500] * 30


def test_answers_are_counted_by_outcome_wave_and_arm(store):
    save(
        store,
        survey(
            (1, "campaign", "after", 1, "a"),
            (2, "campaign", "after", 0, "a"),
            (3, "campaign", "after", None, "b"),
            (4, "comparison", "after", 1, None),
        ),
    )
    reached, compared = answer_counts(store).to_dict("records")
    assert reached == {
        "campaign": "C1", "outcome": "knows", "wave": "after", "arm": "campaign",
        "asked": 3, "answered": 2, "counted": 1, "clusters": 2,
    }  # fmt: skip
    assert (compared["arm"], compared["asked"], compared["clusters"]) == ("comparison", 1, 0)
    assert answer_counts(store, campaigns=["C2"]).empty


def test_answers_come_one_row_a_respondent(store):
    save(store, survey((1, "campaign", "after", 1, "a"), (2, "comparison", "after", None, "b")))
    found = answers(store, "C1")
    assert list(found.columns) == ["campaign", *ANSWER_SCHEMA.names]
    assert list(found["respondent"]) == ["1", "2"]
    assert list(found["value"].isna()) == [False, True]
    assert answers(store, "C2").empty


windows = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), min_size=1, max_size=6, unique=True)


@given(windows=windows)
def test_the_windows_that_count_never_overlap_and_cover_as_many_days_as_any_that_do_not(windows):
    spans = [(day(start), day(start + length)) for start, length in windows]
    frame = pd.DataFrame([("1", 0, *span) for span in spans], columns=["entity", "broken_down", *NAMES])
    chosen = {tuple(span) for span in disjoint(frame, ["entity", "broken_down"])[NAMES].itertuples(index=False)}
    assert chosen <= set(spans)
    assert not overlap(chosen)
    subsets = [[span for place, span in enumerate(spans) if mask >> place & 1] for mask in range(2 ** len(spans))]
    assert length(chosen) == max(length(subset) for subset in subsets if not overlap(subset))


NAMES = ["window_start", "window_end"]


def overlap(spans):
    ordered = sorted(spans)
    return any(later[0] <= earlier[1] for earlier, later in itertools.pairwise(ordered))


def length(spans):
    return sum((end - start).days + 1 for start, end in spans)


def test_a_window_that_is_missing_gives_way_to_any_that_is_known():
    frame = pd.DataFrame(
        [("1", 0, NO_DAY, NO_DAY), ("1", 0, day(3), day(3))], columns=["entity", "broken_down", *NAMES]
    )
    assert disjoint(frame, ["entity", "broken_down"])["window_start"].tolist() == [day(3)]


def test_large_sums_are_exact(store):
    numbers = [10**17 + 1, 3, 10**17 + 7, 9, 2]
    rows = [row(entity_id=str(place), impressions=number) for place, number in enumerate(numbers)]
    save(store, export(*rows))
    assert only(delivery(store))["impressions"] == 2 * 10**17 + 22


@pytest.mark.parametrize("days", [(0, 1), (0, 0)], ids=["apart", "overlapping"])
def test_what_an_older_release_saved_is_added_up_beside_figures_it_did_not_know(store, days):
    older = save(store, export(row(day=days[0], impressions=5)))
    path = batch_path(store, older.id)
    rows = read_rows(path, Kind.ENGAGEMENT).drop_columns(["sent", "airtime"])  # it wrote all figures that it knew
    pq.write_table(rows.append_column("campaign", pa.array(["C1"])), path)
    assert only(delivery(store))["impressions"] == 5
    save(store, export(row(day=days[1], entity_id="2", impressions=7, sent=20)))
    found = only(delivery(store))
    assert (found["impressions"], found["sent"]) == (12, 20)


def test_who_was_shown_a_campaign_is_told_by_day_from_rows_of_one_day(store):
    save(
        store,
        export(
            row(sex="F", age="18-24", impressions=30, reach=20),
            row(sex="F", age="25-34", impressions=10, reach=9),
            row(sex="M", age="18-24", impressions=60),
            row(sex="F", age="18-24", day=1, impressions=5),
            row(sex="F", age="18-24", day=2, window_end=day(9), impressions=999),
        ),
    )
    found = audience_by_day(store, "C1", "sex")
    assert found[["value", "impressions"]].values.tolist() == [["F", 40], ["M", 60], ["F", 5]]
    assert list(found["day"]) == [pd.Timestamp(day(0)), pd.Timestamp(day(0)), pd.Timestamp(day(1))]
    assert "reach_high" not in found  # nobody knows how many came again
    with pytest.raises(ValueError, match="breakdown is 'shoe size'"):
        audience_by_day(store, "C1", "shoe size")


def test_each_message_is_told_apart_with_whom_it_was_shown(store):
    save(
        store,
        export(
            row(sex="F", age="18-24", impressions=30, link_clicks=3),
            row(sex="F", age="18-24", impressions=20, link_clicks=1, placement="feed"),
            row(sex="M", age="18-24", impressions=60, entity_id="2", entity_name="Road", link_clicks=None),
            row(sex="F", age=None, impressions=7),
        ),
    )
    found = messages(store, "C1")
    assert found[["message", "sex", "impressions"]].values.tolist() == [["Boat", "F", 30], ["Road", "M", 60]]
    assert pd.isna(found["link_clicks"].iloc[1])
    assert messages(store, "C2").empty


def test_the_same_delivery_by_campaign_hides_no_message_and_counts_once(store):
    by_ad = [row(sex="F", age="18-24", impressions=30), row(sex="F", age="18-24", entity_id="2", impressions=20)]
    whole = row(sex="F", age="18-24", level="campaign", entity_id="9", entity_name="Both", impressions=50)
    save(store, export(*by_ad))
    save(store, export(whole))
    assert list(messages(store, "C1")["impressions"].sort_values()) == [50]
    assert delivery(store)["impressions"].tolist() == [50]
