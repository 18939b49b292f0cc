"""A table of the population says how the people meant are made up, or is refused with its line."""

import pytest
from streamlit.testing.v1 import AppTest

from campaigns.batches import save_batch
from campaigns.population_table import population_table, read_population_table, replace_population_table
from campaigns.records import Audience
from metrics.reached import population_shares
from tests.examples import campaign, export, row
from tests.test_dashboard import APP
from views.reaching.population import form

TABLE = b"""country,sex,age,people,source
SEN,F,18-24,300,Census 2023
SEN,M,18-24,200,Census 2023
SEN,F,25-34,150,Census 2023
SEN,M,25-34,350,Census 2023
SEN,F,65+,900,Census 2023
"""
YOUNG = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)


def test_the_people_meant_are_counted_and_no_others():
    table = read_population_table(TABLE)
    shares = {share.group: share.value for share in population_shares(table, YOUNG, "sex")}
    assert shares == {"F": 0.45, "M": 0.55}
    ages = {share.group: share.value for share in population_shares(table, YOUNG, "age")}
    assert ages == {"18-24": 0.5, "25-34": 0.5}
    assert [share.amount for share in population_shares(table, YOUNG, "sex")] == [450, 550]


def test_a_group_of_nobody_has_no_share():
    table = read_population_table(TABLE.replace(b"200", b"0").replace(b"350", b"0"))
    assert [(share.group, share.value) for share in population_shares(table, YOUNG, "sex")] == [("F", 1)]
    nobody = table.assign(people=0)
    assert population_shares(nobody, YOUNG, "sex") == ()


def test_a_table_that_cannot_tell_is_not_used():
    table = read_population_table(TABLE)
    older = Audience(description="some", countries=("SEN",), languages=("wo",), age_low=20)
    assert population_shares(table, older, "sex") == ()  # some of 18 to 24 are meant, and nobody knows how many
    both = Audience(description="some", countries=("SEN", "GMB"), languages=("wo",))
    assert population_shares(table, both, "country") == ()
    assert population_shares(table, YOUNG, "language") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"SEN,M,18-24", b"XXX,M,18-24", "line 3: 'XXX' is no country"),
        (b"SEN,M,18-24", b"SEN,men,18-24", "line 3: 'men' is no sex"),
        (b"SEN,M,18-24", b"SEN,M,young", "line 3: 'young' is no band of ages"),
        (b",200,", b",many,", "line 3: 'many' is no number of people"),
        (b",200,", b",,", "line 3: '' is no number of people"),
        (b"SEN,M,18-24", b"SEN,F,18-24", "line 3: the same country, sex and age stand above"),
        (b"people", b"persons", "the table has no column people"),
    ],
)
def test_a_line_that_cannot_be_is_named(old, new, said):
    with pytest.raises(ValueError, match=said):
        read_population_table(TABLE.replace(old, new, 1))


def test_the_form_asks_for_each_country_sex_and_age_once():
    asked = form(Audience(description="some", countries=("SEN", "GMB"), languages=()))
    assert len(asked) == 2 * 2 * 7
    filled = asked.assign(people="5", source="ours").to_csv(index=False).encode()
    assert len(read_population_table(filled)) == 28


def test_the_page_holds_what_was_shown_against_the_population(monkeypatch, store):
    store.save_campaign(campaign("ours", audience=YOUNG), person="Amina")
    days = [
        row(day=day, sex=sex, age=None, impressions=shown + day)
        for day in range(5)
        for sex, shown in (("F", 100), ("M", 900))
    ]
    save_batch(store, export(*days), campaign="ours", person="Amina")
    assert population_table(store) is None
    replace_population_table(store, TABLE, person="Amina")
    assert store.history()[-1].action == "replace_population_table"
    monkeypatch.setenv("CAMPAIGN_STORE", str(store.folder))
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update({"lang": "en", "campaign": "ours"})
    found = app.run().switch_page("screens/audience.py").run()
    assert not found.exception
    said = " ".join(part.value for part in [*found.markdown, *found.caption])
    assert "Women: 10% of what was shown; they are 45% of those meant (index 0.23)." in said
    assert "Census 2023" in said


def test_people_of_a_table_are_known_without_a_range():
    shares = population_shares(read_population_table(TABLE), YOUNG, "sex")
    assert [share.estimate for share in shares] == [None, None]
