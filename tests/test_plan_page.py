"""The page that plans a survey: every design has its answer, and the plan becomes the campaign's record."""

import datetime as dt

from campaigns.plans import Safeguard
from campaigns.records import Design, Direction
from campaigns.store import open_store
from metrics.plans import PLANNED
from tests.test_dashboard import HOME, empty, said, visit  # noqa: F401 -- fixtures


def test_every_comparison_has_its_answer_and_stays_in_the_address(empty):  # noqa: F811
    app = visit("plan", design="difference_in_differences", people="500", known="40")
    assert "With 500 interviews on each side, before and again after" in said(app)
    assert "2,000 interviews in all." in said(app)
    for design in PLANNED:
        app.selectbox(key="plan-design").set_value(design).run()
        assert not app.exception, design
        assert app.query_params["design"] == design
    app.radio(key="plan-measure").set_value("average").run()
    assert not app.exception
    assert "points on the scale or more" in said(app)
    assert not [button for button in app.button if button.key == "plan-keep"]


def test_a_plan_becomes_the_record_of_a_campaign_with_the_day_on_which_it_was_stated(empty):  # noqa: F811
    app = visit("plan", design="cluster_randomised", people="600", important="8")
    assert app.button(key="plan-keep").disabled
    app.number_input(key="plan-cost").set_value(4.0)
    app.checkbox(key="plan-safeguard-consent").check()
    app.checkbox(key="plan-safeguard-rights").check()
    app.text_input(key="plan title").set_value("Ask before you go")
    app.text_input(key="plan organisation").set_value("Us")
    today = dt.datetime.now(dt.UTC).date()
    app.date_input(key="plan start").set_value(today + dt.timedelta(days=30))
    app.date_input(key="plan end").set_value(today + dt.timedelta(days=60))
    app.multiselect(key="plan countries").set_value(["SEN"])
    app.text_input(key="plan audience").set_value("Young people")
    app.text_input(key="plan basis").set_value("consent")
    app.selectbox(key="plan standard").set_value("dangers_known").run()
    assert not app.exception
    app.button(key="plan-keep").click().run()
    assert not app.exception
    assert "Kept. Its page says what was planned" in said(app)
    with open_store() as store:
        (record,) = store.campaigns()
        entry = store.history()[-1]
    assert (entry.action, entry.subject, entry.before) == ("save_campaign", record.id, None)
    assert (record.title, record.study.design, record.plan.places) == (
        "Ask before you go",
        Design.CLUSTER_RANDOMISED,
        20,
    )
    assert (record.outcome.id, record.outcome.desired) == ("dangers_known", Direction.MORE)
    assert (record.outcome.smallest_important, record.outcome.registered) == (0.08, today)
    assert {outcome.registered for outcome in record.guardrails} == {today}
    assert {"trusts_advice", "very_afraid", "blames_migrants"} <= {outcome.id for outcome in record.guardrails}
    assert (record.plan.stated, record.plan.people) == (today, 600)
    assert record.plan.settled == (Safeguard.CONSENT, Safeguard.RIGHTS)
    assert (record.ethics.consent, record.ethics.data_protection) == (True, "consent")
    assert record.spending.evaluation.major == 4800  # 1,200 interviews of 4
    assert record.lacking == ("spending",)  # what delivering it costs is not known yet
    page = said(visit("campaign", campaign=record.id))
    assert "What was planned?" in page
    assert "600 interviews in each group and each wave" in page
    home = said(visit(HOME, role="ngo"))
    assert "600 interviews are planned in each group; no answer has come in yet." in home
