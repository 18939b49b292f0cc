"""Reports recognised by their set of columns, in the languages of the platforms' screens."""

import csv

import pytest

from campaigns.exports.formats import METRIC_FIELDS, is_survey, recognise, written
from campaigns.exports.headers import CATALOGUE, looks_like, meaning, misleading, normalised
from campaigns.exports.layouts import special
from campaigns.exports.reading import TextTable, read_tables
from campaigns.exports.reading.bulk import Written
from campaigns.vocabulary import METRICS


def table(header: str, *rows: str, title: str = "") -> TextTable:
    text = "\n".join([*([title] if title else []), header, *rows]) + "\n"
    return read_tables(text.encode(), "report.csv").tables[0]


@pytest.mark.parametrize(
    ("header", "platform", "report", "language"),
    [
        ("Campaign name,Reach,Impressions,Amount spent (USD),Reporting starts,Reporting ends", "meta_ads", "ads", "en"),
        ("Nom de la campagne,Couverture,Impressions,Montant dépensé (XOF),Début des rapports", "meta_ads", "ads", "fr"),
        ("Nome da campanha,Alcance,Impressões,Valor usado (BRL),Início dos relatórios", "meta_ads", "ads", "pt"),
        ("Nombre de la campaña,Alcance,Impresiones,Importe gastado (MXN)", "meta_ads", "ads", "es"),
        ("اسم الحملة,الوصول,مرات الظهور,المبلغ الذي تم إنفاقه (EGP),بداية التقارير", "meta_ads", "ads", "ar"),
        ("Название кампании,Охват,Показы,Потраченная сумма (KZT)", "meta_ads", "ads", "ru"),
        ("Nama kampanye,Jangkauan,Impresi,Jumlah yang dibelanjakan (IDR)", "meta_ads", "ads", "id"),
        ("ad_id,date,account_id,impressions,inline_link_clicks,spend", "meta_ads", "ads", "en"),
        ("Campaign status,Campaign,Currency code,Impr.,Cost,Clicks", "google_ads", "ads_by_campaign", "en"),
        ("Ad group status,Ad group,Campaign,Currency code,Impr.,Cost", "google_ads", "ads_by_ad_group", "en"),
        ("Ad status,Final URL,Headline 1,Ad group,Campaign,Impr.,Currency code,Cost", "google_ads", "ads_by_ad", "en"),
        ("Device,Cost,Impressions,Clicks", "google_ads", "overview_card", "en"),
        ("Content,Video title,Video publish time,Views,Watch time (hours)", "youtube", "by_content", "en"),
        ("Conteúdo,Título do vídeo,Visualizações,Tempo de exibição (horas)", "youtube", "by_content", "pt"),
        ("Vi­deo,Vi­deo­ti­tel,Auf­ru­fe,Wie­der­ga­be­zeit (Stun­den)", "youtube", "by_content", "de"),
        ("Contenu,Titre de la vidéo,Vues,Durée de visionnage (heures)", "youtube", "by_content", "fr"),
        ("Date,Geography,Views", "youtube", "daily_by_geography", "en"),
        ("Date,Views", "youtube", "daily_series", "en"),
        ("Traffic source,Views,Watch time (hours)", "youtube", "by_traffic_source", "en"),
        ("Date,Video Views,Profile Views,Likes,Comments,Shares", "tiktok", "daily_series", "en"),
        ("Time,Video title,Video link,Post time,Total likes,Total views", "tiktok", "video_level", "en"),
        ("Top territories,Distribution", "tiktok", "audience_shares", "en"),
        ("Campaign name,Cost,Impressions,2-second video views,Reach", "tiktok_ads", "ads", "en"),
        ("Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Reposts", "x", "post_level", "en"),
        ("Tweet id,Tweet text,time,impressions,engagements,retweets,favorites", "x", "post_level", "en"),
        ("Date,Impressions,Likes,Engagements,Bookmarks,New follows,Replies", "x", "daily_series", "en"),
        (
            "Post ID,Page ID,Page name,Publish time,Permalink,Date,Reach,Views",
            "meta_business_suite",
            "post_level",
            "en",
        ),
        ("Identificação da publicação,Nome da conta,Data,Alcance,Curtidas", "meta_business_suite", "post_level", "pt"),
        ("campaign_id,campaign_name,platform,date,impressions,clicks,spend", "template", "engagement_template", "en"),
    ],
)
def test_a_report_is_known_by_its_columns(header: str, platform: str, report: str, language: str) -> None:
    (found,) = recognise(table(header))
    assert (found.format.platform, found.format.report) == (platform, report)
    assert {word.language for word in found.meanings if word} >= {language}
    assert all(found.meanings)


def test_columns_may_stand_in_any_order_beside_strange_ones() -> None:
    (found,) = recognise(table("* OC→WA ratio,Amount spent (KES),Impressions,Campaign name"))
    assert found.format.platform == "meta_ads"
    assert found.meanings[0] is None


def test_a_table_of_other_things_is_not_known() -> None:
    assert recognise(table("Fruit,Colour,Weight", "apple,red,100")) == []
    assert recognise(table("Views,Colour", "1,red")) == []


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Показы", "impressions"),
        ("Показ кампании", "known"),
        ("Цена за результаты", "cost_per_result"),
        ("Impressions today", None),
        ("My impressions", None),
    ],
)
def test_whole_headers_are_compared_never_parts_of_them(header: str, field: str | None) -> None:
    found = meaning(normalised(header), "meta_ads")
    assert (found.field if found else None) == field


@pytest.mark.parametrize("currency", ["XOF", "NGN", "UAH", "IDR"])
def test_the_currency_in_a_header_is_read(currency: str) -> None:
    found = meaning(normalised(f"Amount Spent ({currency})"), "meta_ads")
    assert found is not None
    assert (found.field, found.currency) == ("spend", currency)


def test_a_word_in_brackets_that_is_no_currency_is_none() -> None:
    assert meaning(normalised("Amount spent (old)"), "meta_ads") is None


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Auf\xadru\xadfe", "aufrufe"),
        ("Phone number clicks ", "phone number clicks"),
        ("Día\xa0N", "día n"),
        ("\ufeffReach", "reach"),
        ("Nom de l’ensemble de publicités", "nom de l'ensemble de publicités"),
        ("Montant dÃ©pensÃ© (EUR)", "montant dépensé (eur)"),
        ("\u200fالوصول", "الوصول"),
    ],
)
def test_a_header_is_compared_without_what_nobody_sees(written: str, plain: str) -> None:
    assert normalised(written) == plain


def test_a_header_that_reads_otherwise_than_it_is_spelt_is_told() -> None:
    assert misleading("сlicks")  # the first letter is Cyrillic
    assert misleading("\u202eskcilc")
    assert looks_like("сlicks") == looks_like("\u202eskcilc") == "clicks"
    assert not misleading("Показы (CTR)")
    assert not misleading("clicks")


@pytest.mark.parametrize(
    "header",
    ['"start";"end";"q1";"_id";"_uuid";"_submission_time";"_index"', "SubmissionDate,q1,KEY", "q1,meta/instanceID"],
)
def test_answers_to_a_survey_are_told_apart(header: str) -> None:
    assert is_survey(table(header))
    assert not is_survey(table("Date,Views"))


@pytest.mark.parametrize(
    ("title", "header", "metric"),
    [
        ("Facebook reach", "Date,Primary", "reach"),
        ("Alcance do Instagram", "Data,Primary", "reach"),
        ("Facebook Page reach", "Date,Facebook Page reach", "reach"),
        ("Content interactions", "Date,Primary", "interactions"),
        ("Cliques no link do Instagram", "Data,Primary", "link_clicks"),
        ("Couverture", "Date,Primary", "reach"),
        ("Seguidores no Instagram", "Data,Primary", "follows_gained"),
    ],
)
def test_a_series_takes_its_metric_from_its_title(title: str, header: str, metric: str) -> None:
    found = special(table(header, "2026-03-01T00:00:00,5", title=title))
    assert found is not None
    assert [meaning.field for meaning in found[0].meanings if meaning] == ["date", metric]
    assert found[0].series == title


def test_shares_by_age_and_sex_become_one_row_a_value() -> None:
    found = special(table('"",Women,Men', "18-24,10.6,6.5", "65+,3,2", title="Age & gender"))
    assert found is not None
    assert [column.to_pylist() for column in found[0].table.columns] == [
        ["18-24", "18-24", "65+", "65+"],
        ["F", "M", "F", "M"],
        ["10.6", "6.5", "3", "2"],
    ]


def test_a_table_on_its_side_is_turned() -> None:
    found = special(table("Senegal,Mali,Gambia", "75.1,5.9,2.1", title="Top countries"))
    assert found is not None
    assert [column.to_pylist() for column in found[0].table.columns] == [
        ["Senegal", "Mali", "Gambia"],
        ["75.1", "5.9", "2.1"],
    ]


def test_two_lists_side_by_side_are_two_tables() -> None:
    header = "URL del post,Interazioni,,URL del post,Impressioni"
    found = special(table(header, "https://a,16,,https://b,404", ",,,https://c,150"))
    assert found is not None
    assert [part.table.num_rows for part in found] == [1, 2]


def test_the_catalogue_names_known_fields_once_a_platform() -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    seen = [(row["platform"], normalised(row["header"])) for row in rows]
    assert len(set(seen)) == len(seen)
    assert {row["field"] for row in rows} >= METRIC_FIELDS - set(METRICS) | {"impressions", "spend", "date"}


def test_a_header_may_tell_how_its_figures_are_written() -> None:
    assert written("Impressions") == Written.COUNT
    assert written("video_views") == Written.COUNT
    assert written("Amount spent (XOF)") == Written.DECIMAL
    assert written("campaign_id") is None
    assert written("Watch time (hours)") is None
