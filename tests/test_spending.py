"""What a campaign cost, on its page: in its own money, in another, and where no figure can be given."""

from dataclasses import replace

import pandas as pd
from streamlit.testing.v1 import AppTest

from campaigns.batches import save_batch
from campaigns.price_table import replace_price_table
from campaigns.records import Money, Spending
from metrics.costs import Converted, Cost
from metrics.verdicts import Finding
from tests.evaluations import evaluation
from tests.examples import campaign, export, row
from tests.test_dashboard import APP
from views.reaching.spending import results_table
from views.wording import Words

ENGLISH = Words("en")
DAYS = pd.DataFrame(
    {
        "platform": ["meta_ads"] * 4,
        "day": pd.date_range("2026-03-01", periods=4),
        "currency": ["USD"] * 4,
        "spend": [30_000_000, 21_000_000, 18_000_000, 25_000_000],
        "link_clicks": [22, 20, 12, 21],
    }
)
ADDITIONAL = Cost(estimate=2.0, conf_low=1.0, conf_high=4.0, conf_level=0.95, currency="USD", people=100.0)


def table(shown, into=None, days=DAYS):
    return results_table(shown, days, None, into, ENGLISH).set_index("Cost of one")


def test_every_result_has_a_cost_or_the_reason_why_not():
    found = table(evaluation(cost=ADDITIONAL))
    # 4,000 dollars over 420,000 to 300,000 people, of a thousand
    assert found.loc["Person reached", "Paid to platforms only"] == "between US$9.52 and US$13.33 for every 1,000"
    assert found.loc["Completed view", "Counted"] == "No export counts them."
    assert found.loc["Click", "Paid to platforms only"] == "US$1.25 (US$1.00 to US$1.62)"
    assert found.loc["Click", "With production and staff"] == "not known"  # the record tells neither
    assert found.loc["Additional person", "With production and staff"] == "US$2.00 (US$1.00 to US$4.00)"


def test_a_cost_that_is_not_defined_says_why():
    found = table(evaluation(Finding.CANNOT_TELL))
    assert found.loc["Additional person", "With production and staff"] == "not shown"
    assert "no upper limit" in found.loc["Additional person", "Counted"]


def test_production_and_staff_are_added_where_the_record_tells_them():
    known = evaluation()
    spending = Spending(
        media=Money(amount=9400, currency="USD"),
        production=Money(amount=20_000, currency="USD"),
        staff=Money(amount=10_000, currency="USD"),
    )
    found = table(replace(known, campaign=replace(known.campaign, spending=spending)))
    assert found.loc["Click", "With production and staff"].startswith("US$5.25 (")  # 394 over 75


def test_all_costs_are_restated_together():
    into = Converted(amount=0.0, currency="EUR", year=2025, exchange=0.5, inflation=1.0)
    found = table(evaluation(cost=ADDITIONAL), into)
    assert found.loc["Click", "Paid to platforms only"] == "€0.63 (€0.50 to €0.81)"
    assert found.loc["Additional person", "With production and staff"] == "€1.00 (€0.50 to €2.00)"


def campaign_page(monkeypatch, store, **chosen):
    monkeypatch.setenv("CAMPAIGN_STORE", str(store.folder))
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update({"lang": "en"} | chosen)
    found = app.run().switch_page("screens/campaign.py").run()
    assert not found.exception
    return " ".join(part.value for part in [*found.caption, *found.markdown, *found.warning])


def test_a_year_that_the_table_lacks_is_refused_and_an_own_table_may_hold_it(monkeypatch, store):
    spent = Spending(production=Money(amount=250_000, currency="USD"))
    store.save_campaign(campaign("ours", spending=spent), person="Amina")
    save_batch(store, export(row(impressions=900, currency="USD")), campaign="ours", person="Amina")
    assert "Costs stay in USD." in campaign_page(monkeypatch, store, campaign="ours", currency="EUR")
    table = b"kind,code,year,value,source\nexchange,USD,2026,1.25,our bank\n"
    replace_price_table(store, table, person="Amina")
    assert "€2,000 at prices of 2026" in campaign_page(monkeypatch, store, campaign="ours", currency="EUR")
