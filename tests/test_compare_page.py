"""The page that puts campaigns together: few people stay hidden, and every choice is in the address."""

from dataclasses import replace

import pytest

from campaigns.batches import save_batch, undo
from campaigns.records import Arm, Wave
from campaigns.store import open_store
from metrics.bodies import body_of_evidence, may_be_pooled
from metrics.pooling import Estimator
from tests.examples import survey
from tests.test_bodies import SEVEN
from tests.test_bodies import known as campaign_of
from tests.test_dashboard import example, full, said, shown, visit  # noqa: F401 -- fixtures
from views.charts import interval_chart
from views.charts.funnel import funnel_chart
from views.comparing.together import left_out_table
from views.evaluations import evaluations
from views.wording import Words
from views.wording.bodies import asymmetry_sentence, heterogeneity_sentences, p_label, prediction_caution

EN = Words("en")
TEN = (*SEVEN, (0.08, 0.04), (0.12, 0.03), (0.03, 0.05))


FEW = "ma-2025-letters-home"


def test_an_effect_of_fewer_than_eight_people_is_not_in_the_comparison(full):  # noqa: F811
    """Of a survey seven answers are left: the campaign's title, effect and weight are nowhere on the page."""
    with open_store() as store:
        record = store.campaign(FEW)
        for batch in store.batches(FEW):
            undo(store, batch.id, person="tester")
        store.save_campaign(replace(record, outcome=replace(record.outcome, id="knows")), person="tester")
        seven = [
            (f"{arm} {number}", arm, Wave.AFTER, int(number < 2 or arm == Arm.CAMPAIGN), None)
            for arm, people in ((Arm.CAMPAIGN, 4), (Arm.COMPARISON, 3))
            for number in range(people)
        ]
        save_batch(store, survey(*seven), campaign=FEW, person="tester")
        (found,) = [one for one in evaluations(store) if one.campaign.id == FEW]
    assert found.verdict.estimate.n == 7
    assert may_be_pooled(found)
    app = visit("compare")
    assert not app.exception
    assert "Together these 10 campaigns" in said(app)
    assert record.title not in app.multiselect(key="campaigns").options
    assert record.title not in said(app)
    assert all(record.title not in table.value.to_string() for table in app.table)


def test_what_is_chosen_on_the_page_is_in_its_address(shown):  # noqa: F811
    app = visit("compare", by="tone,rung", model="DL", among="all")
    assert not app.exception
    assert app.multiselect(key="by").value == ["tone", "rung"]
    assert app.selectbox(key="model").value == Estimator.DL
    assert "You chose another model than the usual one" in said(app)
    app.multiselect(key="by").set_value(["country"]).run()
    assert app.query_params["by"] == "country"
    assert "No two values of this have two campaigns each: Country of origin." in said(app)


# ---- Pictures and tables -----------------------------------------------------------------------------------------


def body(*figures):
    return body_of_evidence([campaign_of(*one) for one in figures])


def test_the_average_and_the_range_of_a_similar_campaign_stand_below_the_campaigns():
    together = body(*SEVEN)
    alone, picture = interval_chart(together.members, EN), interval_chart(together.members, EN, body=together)
    assert picture.figure.layout.height > alone.figure.layout.height
    diamond, line = picture.figure.data[-2:]
    pooled = together.pooled
    assert [min(diamond.x), max(diamond.x)] == pytest.approx([100 * pooled.conf_low, 100 * pooled.conf_high])
    assert list(line.x) == pytest.approx([100 * pooled.prediction_low, 100 * pooled.prediction_high])
    rows = [annotation.text for annotation in picture.figure.layout.annotations]
    assert "<b>All together: their average</b>" in rows
    assert "<b>What a similar campaign could expect</b>" in rows
    assert "Black diamond" in picture.caption
    assert "Black diamond" not in alone.caption


def test_two_campaigns_have_an_average_and_no_range_of_a_similar_one():
    together = body(*SEVEN[:2])
    rows = [text.text for text in interval_chart(together.members, EN, body=together).figure.layout.annotations]
    assert "<b>What a similar campaign could expect</b>" not in rows


def test_the_funnel_is_drawn_from_ten_campaigns_on():
    assert funnel_chart(body(*TEN[1:]), EN) is None
    picture = funnel_chart(body(*TEN), EN)
    dots = picture.figure.data[-1]
    assert list(dots.x) == pytest.approx([100 * effect for effect, _ in TEN])
    assert list(dots.y) == pytest.approx([100 * se for _, se in TEN])
    assert picture.alt == asymmetry_sentence(body(*TEN), EN)
    assert "t = 2.33 with 8 degrees of freedom, p = 0.048" in picture.alt
    assert "misses most of what there is to find" in asymmetry_sentence(body(*TEN[1:]), EN)


def test_how_much_campaigns_differ_is_said_with_its_figures():
    tau, i2, q = heterogeneity_sentences(body(*SEVEN), EN)
    assert tau.startswith("τ = ")
    assert "in 100 (from τ²)" in i2
    assert "with 6 degrees of freedom, p" in q
    equal = body_of_evidence(body(*SEVEN).members, method=Estimator.EE)
    assert heterogeneity_sentences(equal, EN)[1] == (
        "This model says that all campaigns change the same: it has no spread between them."
    )
    assert "from 7 campaigns" in prediction_caution(body(*SEVEN), EN)
    assert prediction_caution(body(*TEN), EN) == ""
    assert [p_label(p, EN) for p in (0.0004, 0.001, 0.04)] == ["< 0.001", "0.001", "0.040"]


def test_each_average_without_one_campaign_has_its_range():
    table = left_out_table(body(*SEVEN), EN)
    assert list(table.columns) == ["Without", "Change per 100 people", "From", "To", "I², in 100"]
    assert len(table) == 7
