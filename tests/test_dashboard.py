"""The pages, used as a person uses them: each opens in each language, and a file goes in, and out again."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from campaigns.example import EXAMPLE, load_example
from campaigns.records import Audience, Campaign, Design, Frame, Message, Period, Study
from campaigns.settings import Protection, Settings, save_settings, settings
from campaigns.store import Status, open_store
from views.home.roles import ROLES
from views.navigation import HOME, PAGES
from views.opening import open_for_page
from views.wording import LANGUAGES

APP = Path(__file__).parents[1] / "views" / "app.py"
PERSON = "tester"
GOOD = next(EXAMPLE.glob("gm-2025-peer-videos/*age-gender*.csv"))

YEARLESS = b"Date,Video Views,Profile Views,Likes,Comments,Shares\nMarch 8,10,0,1,0,0\nMarch 9,20,1,2,0,0\n"

CAMPAIGN = Campaign(
    id="ours",
    title="Ours ![x](http://smuggler.example/seen.png)",
    organisation="Us",
    start=dt.date(2025, 3, 3),
    end=dt.date(2025, 3, 30),
    audience=Audience(description="Young people", countries=("GMB",), languages=("wo",), age_low=18, age_high=34),
    message=Message(frame=Frame.RISK),
    study=Study(design=Design.DELIVERY_ONLY),
)


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example")
    with open_store(folder) as store:
        load_example(store)
    return folder


@pytest.fixture
def shown(example, monkeypatch):
    """The example data, to be looked at only."""
    monkeypatch.setenv("CAMPAIGN_STORE", str(example))


@pytest.fixture
def full(example, tmp_path, monkeypatch):
    shutil.copytree(example, tmp_path / "store")
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """A store in which somebody has been before, so that nothing is loaded into it."""
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path))
    with open_store() as store:
        store.save_campaign(CAMPAIGN, person=PERSON)
        store.remove_campaign(CAMPAIGN.id, person=PERSON)
    return tmp_path


@pytest.fixture
def ours(empty):
    with open_store() as store:
        store.save_campaign(CAMPAIGN, person=PERSON)
    return empty


def visit(screen, *, lang="en", **query):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = lang
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return app if screen == HOME else app.switch_page(f"screens/{screen}.py").run()


def said(app):
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.error, app.success, app.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def upload(name, content):
    app = visit("add_data")
    app.file_uploader(key="file").upload(name, content, "text/csv").run()
    return app


def active_batches():
    with open_store() as store:
        return [batch for batch in store.batches() if batch.status == Status.ACTIVE]


def open_all(lang):
    """Every page one after the other, as one visitor: what each shows is asserted by name."""
    app = visit(HOME, lang=lang)
    for screen in PAGES:
        if screen != HOME:
            app.switch_page(f"screens/{screen}.py").run()
        assert not app.exception, screen
        assert len(app.title) == 1, screen
        assert not app.error, screen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_opens_on_the_example_data(shown, lang):
    open_all(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_opens_on_an_empty_store(empty, lang):
    open_all(lang)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_first_screen_in_every_language(shown, role):
    for lang in LANGUAGES:
        app = visit(HOME, lang=lang, role=role)
        assert not app.exception, lang
        assert len(app.title) == 1, lang


@pytest.mark.parametrize("role", ROLES)
def test_a_first_screen_without_campaigns_leads_to_the_next_step(empty, role):
    app = visit(HOME, role=role)
    assert not app.exception
    assert app.button(key="add-example")


def test_whoever_comes_first_chooses_a_role_which_stays_in_the_address(shown):
    app = visit(HOME)
    assert "Choose what you come for" in said(app)
    assert app.query_params.get("role") is None
    app.query_params["role"] = "ngo"
    app.run()
    assert "What needs you today?" in said(app)
    app.switch_page("screens/help.py").run()
    app.switch_page("screens/home.py").run()
    assert app.query_params["role"] == "ngo"
    assert "What needs you today?" in said(app)


def test_what_needs_the_staff_is_what_the_campaigns_lack(shown):
    """Of the example one result must not be used, two may have backfired, four cannot be told, two were only seen."""
    app = visit(HOME, role="ngo")
    assert "9 things need you." in said(app)
    assert said(app).index("Campus days") < said(app).index("Hard pictures")


def test_every_campaign_of_the_example_opens(shown):
    app = visit("campaign")
    for index in range(len(app.selectbox(key="campaign").options)):
        app.selectbox(key="campaign").select_index(index).run()
        assert not app.exception
        assert app.title[0].value


def test_a_picture_has_an_alternative_text_and_a_table(shown):
    app = visit("campaign")
    pictures = app.get("plotly_chart")
    assert pictures
    assert [picture.proto.alt for picture in pictures if len(picture.proto.alt) < 30] == []
    assert len(app.table) >= len(pictures)


def test_a_new_store_is_filled_with_the_example_data_for_whoever_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPAIGN_STORE", str(tmp_path))
    shown = []
    with open_for_page(lambda done, total, what: shown.append((done, total))) as store:
        assert all(campaign.example for campaign in store.campaigns())
        assert store.campaigns()
    assert shown
    assert all(done <= total for done, total in shown)
    done, total = shown[-1]
    assert done == total  # which takes the bar away


def test_the_example_data_can_be_removed_and_added_again(full):
    app = visit("results")
    app.button(key="remove-example").click().run()
    assert not app.exception
    with open_store() as store:
        assert store.campaigns() == ()
    app.button(key="add-example").click().run()
    assert not app.exception
    with open_store() as store:
        assert store.campaigns()


def test_a_filter_in_the_address_leaves_the_campaigns_it_names(shown):
    everything, some = visit("results"), visit("results", country="GMB")
    assert some.selectbox(key="country").value == "GMB"
    links = [len(app.get("page_link")) for app in (everything, some)]
    assert 0 < links[1] < links[0]


@pytest.mark.parametrize(
    ("name", "value", "rows"),
    [  # counted in data/example/campaigns.json
        ("audience", "women", 1),
        ("audience", "men", 3),
        ("platform", "youtube", 2),
        ("year", "2025", 10),
        ("message", "testimony", 3),
        ("organisation", "Radio des Collines (simulated)", 1),
        ("design", "matched", 1),
    ],
)
def test_each_filter_leaves_the_campaigns_that_have_it(shown, name, value, rows):
    app = visit("results", **{name: value})
    assert app.selectbox(key=name).value == value
    titles = {link.proto.label for link in app.get("page_link") if "campaign=" in link.proto.query_string}
    assert len(titles) == rows


def test_a_link_to_a_campaign_that_is_not_here_says_so(shown):
    app = visit("campaign", campaign="gone-2020")
    assert len(app.warning) == 1


def test_what_people_wrote_never_becomes_markup(ours):
    for screen in ("results", "campaign"):
        assert "![x](" not in said(visit(screen))


def test_an_export_is_checked_saved_and_undone(ours):
    app = upload("march.csv", GOOD.read_bytes())
    assert not app.exception
    assert not app.error
    assert active_batches() == []
    app.selectbox(key="into").select_index(1).run()
    app.button(key="save").click().run()
    assert not app.exception
    assert [batch.file_name for batch in active_batches()] == ["march.csv"]
    assert len(app.success) == 1
    app.button(key="undo").click().run()
    assert active_batches() == []


def test_saving_the_same_file_again_changes_nothing(ours):
    app = upload("march.csv", GOOD.read_bytes())
    app.selectbox(key="into").select_index(1).run()
    app.button(key="save").click().run()
    again = upload("march-copy.csv", GOOD.read_bytes())
    assert len(again.success) == 1
    assert len(active_batches()) == 1


def test_a_stored_file_asks_nothing_again(ours):
    app = upload("Overview.csv", YEARLESS)
    app.number_input[0].set_value(2025).run()
    app.selectbox(key="into").select_index(1).run()
    app.button(key="save").click().run()
    again = upload("Overview.csv", YEARLESS)
    assert len(again.success) == 1
    assert not again.number_input
    assert "8–9 Mar 2025" in again.table[0].value.to_string()


def test_a_new_campaign_has_the_days_of_the_file_until_somebody_says_others(empty):
    app = upload("march.csv", GOOD.read_bytes())
    app.selectbox(key="into").select_index(0).run()
    days = (app.date_input(key="start").value, app.date_input(key="end").value)
    assert days == (dt.date(2025, 3, 3), dt.date(2025, 3, 30))


def test_good_rows_are_saved_where_one_row_is_wrong(ours):
    lines = GOOD.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(",")
    row = lines[3].split(",")
    row[header.index("Impressions")] = "many"
    content = "\n".join([*lines[:3], ",".join(row), *lines[4:]]).encode()
    app = upload("march.csv", content)
    assert "Row 4" in said(app)
    app.selectbox(key="into").select_index(1).run()
    assert "good rows" in app.button(key="save").label
    app.button(key="save").click().run()
    assert not app.exception
    assert len(active_batches()) == 1


UNREADABLE = {
    "empty.csv": b"",
    "report.csv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "header.csv": GOOD.read_bytes().splitlines(keepends=True)[0],
    "cut.csv": b"\xff\xfe" + "Campaign name\tImpressions\nA\t1".encode("utf-16-le")[:-1],
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_in_a_sentence_and_not_stored(ours, name):
    app = upload(name, UNREADABLE[name])
    assert not app.exception
    assert len(app.error) == 1
    assert len(said(app)) > 40
    assert active_batches() == []
    assert not [button for button in app.button if button.key == "save"]


def test_a_table_that_no_platform_writes_is_asked_about(ours):
    app = upload("shopping.csv", b"fruit,colour\napple,green\npear,yellow\n")
    assert not app.exception
    assert [radio.label for radio in app.radio] == ["What does this file hold?"]
    assert active_batches() == []


def test_a_campaign_is_described_and_takes_the_file(empty):
    app = upload("march.csv", GOOD.read_bytes())
    app.selectbox(key="into").select_index(0).run()
    assert app.button(key="add-campaign").disabled
    app.text_input(key="title").input("Voices").run()
    app.text_input(key="organisation").input("Us").run()
    app.date_input(key="start").set_value(dt.date(2025, 3, 3)).run()
    app.date_input(key="end").set_value(dt.date(2025, 3, 30)).run()
    app.multiselect(key="countries").select("GMB").run()
    app.text_input(key="audience").input("Young people").run()
    app.button(key="add-campaign").click().run()
    assert not app.exception
    app.button(key="save").click().run()
    assert not app.exception
    with open_store() as store:
        assert [campaign.id for campaign in store.campaigns()] == ["2025-voices"]
    assert [batch.campaign for batch in active_batches()] == ["2025-voices"]


def test_a_survey_is_read_by_the_columns_a_person_confirms(full):
    survey = (EXAMPLE / "gm-2025-peer-videos" / "survey.csv").read_bytes() + b"\n"
    with open_store() as store:
        before = len(store.batches("gm-2025-peer-videos"))
    app = upload("endline.csv", survey)
    app.selectbox(key="into").select("Peers tell it: short videos, The Gambia").run()
    assert not app.exception
    asked = [box for box in app.selectbox if box.key and box.key.startswith(("column ", "means "))]
    assert len(asked) >= 8
    assert [box.key for box in asked if box.value is None and box.key != "column cluster"] == []
    app.button(key="save").click().run()
    assert not app.exception
    with open_store() as store:
        assert len(store.batches("gm-2025-peer-videos")) == before + 1


def test_an_incomplete_record_is_completed_and_only_what_was_said_changes(full):
    name = "gm-2025-peer-videos"
    with open_store() as store:
        before = store.campaign(name)
        store.save_campaign(replace(before, ethics=replace(before.ethics, consent=None)), person=PERSON)
    app = visit("campaign", campaign=name)
    assert "record is incomplete" in said(app)
    app.checkbox(key=f"{name} consent").check().run()
    app.button(key=f"{name} add-campaign").click().run()
    assert not app.exception
    assert "record is incomplete" not in said(app)
    with open_store() as store:
        assert store.campaign(name) == before


def test_a_corrected_study_is_kept(full):
    name = "gm-2025-peer-videos"
    app = visit("campaign", campaign=name)
    app.number_input(key=f"{name} follow_up").set_value(90).run()
    app.number_input(key=f"{name} assigned 0").set_value(650).run()
    app.number_input(key=f"{name} assigned 1").set_value(640).run()
    app.button(key=f"{name} add-campaign").click().run()
    assert not app.exception
    with open_store() as store:
        study = store.campaign(name).study
    assert (study.follow_up_days, study.assigned) == (90, (650, 640))


def test_places_that_began_one_after_the_other_are_kept_and_a_wrong_line_changes_none(full):
    name = "gm-2025-peer-videos"
    app = visit("campaign", campaign=name)
    app.selectbox(key=f"{name} measured").select(Design.DIFFERENCE_IN_DIFFERENCES).run()
    app.selectbox(key=f"{name} period").select(Period.WEEK).run()
    app.text_area(key=f"{name} launches").input("Bakau; 2025-03-06\nGunjur; sometime").run()
    assert "was not understood, and no place is changed" in said(app)
    app.text_area(key=f"{name} launches").input("Bakau; 2025-03-06\n\nGunjur ; 2025-04-07").run()
    assert "was not understood" not in said(app)
    app.button(key=f"{name} add-campaign").click().run()
    assert not app.exception
    with open_store() as store:
        study = store.campaign(name).study
    assert study.period == Period.WEEK
    assert [(launch.place, launch.day) for launch in study.launches] == [
        ("Bakau", dt.date(2025, 3, 6)),
        ("Gunjur", dt.date(2025, 4, 7)),
    ]
    app = visit("campaign", campaign=name)  # and another design has no such places
    app.selectbox(key=f"{name} measured").select(Design.BEFORE_AFTER).run()
    assert not app.exception


def test_campaigns_are_put_together_and_one_is_left_out(shown):
    app = visit("compare", campaigns="sn-2025-village-screenings,gn-2025-mobile-cinema,hn-2026-which-way")
    assert "Together these" in said(app)
    assert [len(table.value) for table in app.table][-1] == 3
    app.multiselect(key="campaigns").unselect("hn-2026-which-way").run()
    assert "There are too few campaigns to say what a similar one elsewhere could expect." in said(app)
    app.multiselect(key="campaigns").set_value([]).run()
    assert "Choose two or more campaigns" in said(app)


def test_a_plan_says_which_change_the_interviews_would_show(shown):
    """390 on each side, half of whom know: 10 in 100, by the formula of Fleiss for two shares (80 of 100, 5 %)."""
    app = visit("plan")
    app.number_input(key="plan-people").set_value(390).run()
    app.number_input(key="plan-known").set_value(50).run()
    assert "a change of" in said(app)
    assert "10" in said(app).split("a change of")[1][:12]
    app.number_input(key="plan-places").set_value(10).run()
    assert not app.exception
    app.number_input(key="plan-places").set_value(1).run()
    assert not app.exception


def test_an_evaluator_decides_otherwise_with_a_reason_and_it_is_kept(shown):
    app = visit("campaign", campaign="gm-2025-peer-videos")
    app.button(key="override-keep").click().run()
    assert "give your name and the reason" in said(app)
    app.selectbox(key="override-what").select_index(1)
    app.text_input(key="override-person").input("Amina")
    app.text_area(key="override-why").input("one site only")
    app.button(key="override-keep").click().run()
    assert not app.exception
    assert "one site only" in said(app)
    with open_store() as store:
        entry = store.history()[-1]
        assert (entry.person, entry.after["overrides"][-1]["why"]) == ("Amina", "one site only")
        record = store.campaign("gm-2025-peer-videos")
        store.save_campaign(replace(record, overrides=()), person=PERSON)


def test_settings_are_kept_used_and_taken_back(full):
    app = visit("admin")
    app.text_input(key="settings-organisation").set_value("Réseau Akwaba")
    app.number_input(key="settings-matters").set_value(8)
    app.radio(key="settings-protection").set_value("strict")
    app.button(key="settings-save").click().run()
    assert not app.exception
    with open_store() as store:
        decided = settings(store)
        entry = store.history()[-1]
    assert decided == Settings(organisation="Réseau Akwaba", smallest_important=0.08, protection=Protection.STRICT)
    assert "Changed the settings" in said(app)
    app.button(key=f"history-undo-{entry.id}").click().run()
    assert not app.exception
    with open_store() as store:
        assert settings(store) == Settings()


def test_a_new_campaign_begins_with_what_the_organisation_decided(empty):
    with open_store() as store:
        save_settings(store, Settings(organisation="Réseau Akwaba"), person=PERSON)
    app = upload("march.csv", GOOD.read_bytes())
    app.selectbox(key="into").select_index(0).run()
    assert app.text_input(key="organisation").value == "Réseau Akwaba"


def test_the_history_says_who_did_what_and_undoes_a_correction(full):
    name = "gm-2025-peer-videos"
    with open_store() as store:
        before = store.campaign(name)
        store.save_campaign(replace(before, title="Other title"), person="Amina")
        entry = store.history()[-1]
    app = visit("admin")
    assert not app.exception
    assert "Corrected the campaign" in said(app)
    assert "Amina" in said(app)
    assert "Other title" in said(app)
    app.button(key=f"history-undo-{entry.id}").click().run()
    with open_store() as store:
        assert store.campaign(name) == before


@pytest.mark.parametrize("part", ["pictures", "words", "methods", "data", "privacy", "about"])
def test_each_part_of_the_help_opens_by_its_link_in_every_language(shown, part):
    for lang in LANGUAGES:
        app = visit("help", lang=lang, part=part)
        assert not app.exception, lang
        assert len(app.title) == 1
