"""Who was reached by platform and message, and two messages with one audience, on the page of who was reached."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from campaigns.batches import save_batch
from campaigns.records import Audience
from metrics.reached import standardised_difference
from tests.evaluations import estimate
from tests.examples import campaign, export, row
from tests.test_dashboard import APP
from tests.test_reached import days_of
from views.reaching.sources import difference_sentence, messages_table, sources_table
from views.wording import Words

ENGLISH = Words("en")
YOUNG = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=24)


def shown(message, *cells):
    rows = [
        {"platform": "meta_ads", "message": message, "day": day, "age": age, "sex": "F", "impressions": n}
        for day, age, n in cells
    ]
    return pd.DataFrame(rows)


def test_each_message_has_its_own_share_of_those_meant():
    both = pd.concat(
        [
            shown("Boat", (1, "18-24", 300), (1, "25-34", 100)),
            shown("Road", (1, "18-24", 100), (1, "25-34", 100)),
        ]
    )
    table = sources_table((), both, YOUNG, ENGLISH)
    assert table.to_dict("records") == [
        {"Platform": "Meta ads (Facebook, Instagram)", "Message": "Boat", "Age": "75%", "Times shown": "400"},
        {"Platform": "Meta ads (Facebook, Instagram)", "Message": "Road", "Age": "50%", "Times shown": "200"},
    ]
    alone = both[both["message"] == "Boat"]
    assert sources_table((), alone, YOUNG, ENGLISH).empty  # one message is all messages


def test_two_messages_stand_beside_each_other_before_and_after_standardising():
    table = messages_table(standardised_difference(days_of("a"), days_of("b")), ENGLISH)
    assert list(table["Difference"]) == ["8.08", "2.51 (1.31 to 3.71)"]  # R: see tests/test_reached.py
    assert list(table["For every 1,000 times shown"]) == ["As they were", "With the audience of both"]


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        (
            (0.002, 0.001, 0.003),
            "the first had 2.00 more for every 1,000 times shown (Views; between 1.00 and 3.00 more)",
        ),
        (
            (-0.002, -0.003, -0.001),
            "the first had 2.00 fewer for every 1,000 times shown (Views; between 1.00 and 3.00",
        ),
        (
            (0.001, -0.001, 0.003),
            "told apart: for every 1,000 times shown the first had between 1.00 fewer and 3.00 more",
        ),
    ],
)
def test_a_difference_is_said_in_the_direction_of_the_first_message(sizes, said):
    assert said in difference_sentence(estimate(*sizes), "views", ENGLISH)


def page(monkeypatch, store, *rows):
    store.save_campaign(campaign("ads", title="Two films", audience=YOUNG), person="Amina")
    save_batch(store, export(*rows), campaign="ads", person="Amina")
    monkeypatch.setenv("CAMPAIGN_STORE", str(store.folder))
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update({"lang": "en", "campaign": "ads"})
    found = app.run().switch_page("screens/audience.py").run()
    assert not found.exception
    return " ".join(part.value for part in [*found.markdown, *found.warning])


def test_messages_are_compared_as_delivery_performance(monkeypatch, store):
    rows = [
        row(day=day, entity_id=message, entity_name=message, age=age, sex=sex, impressions=shown, link_clicks=clicked)
        for message, table in (("Boat", days_of("a")), ("Road", days_of("b")))
        for day, age, sex, shown, clicked in table.itertuples(index=False)
    ]
    said = page(monkeypatch, store, *rows)
    assert "Delivery performance, not the effect of a message." in said
    assert "Their audiences differ noticeably." in said
    assert "With one audience the first had 2.51 more for every 1,000 times shown (Clicks on a link" in said


def test_messages_for_different_people_are_not_compared(monkeypatch, store):
    rows = [
        row(day=day, entity_id=name, entity_name=name, age=age, sex="F", impressions=100, link_clicks=5)
        for day in range(5)
        for name, age in (("Boat", "18-24"), ("Road", "25-34"))
    ]
    assert "too few of them to both: they cannot be compared" in page(monkeypatch, store, *rows)
