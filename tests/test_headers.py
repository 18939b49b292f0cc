"""What platforms call their columns, in each language of their screens."""

import csv
from collections import Counter, defaultdict

import pytest

from campaigns.exports import read_export
from campaigns.exports.formats import DIMENSIONS, METRIC_FIELDS
from campaigns.exports.headers import CATALOGUE, NOT_STORED, meaning, normalised
from campaigns.vocabulary import Platform

with CATALOGUE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
REPORTS = {str(platform) for platform in Platform}
# Fields that decide what a report is, or that a layout of its own turns into others.
DECIDING = {"ad_word", "campaign_word", "group_word", "export_day", "hour", "reactions_of_a_kind", "worldwide"}
NEEDED = {
    "meta_ads": ("campaign_name", "impressions", "reach", "spend", "window_start", "window_end"),
    "google_ads": ("campaign_word", "campaign_name", "currency", "impressions", "clicks_all", "spend"),
    "youtube": ("video_id", "video_title", "views", "watch_time_hours"),
}
CELLS = {
    "campaign_word": "on",
    "campaign_name": "Ask",
    "video_title": "Ask",
    "video_id": "aaaaaaaaaaa",
    "currency": "KZT",
    "window_start": "2026-03-01",
    "window_end": "2026-03-31",
}


def headers(platform: str, language: str) -> dict[str, str]:
    """The first header of each field."""
    found: dict[str, str] = {}
    for row in ROWS:
        if (row["platform"], row["language"]) == (platform, language):
            found.setdefault(row["field"], row["header"])
    return found


def written(platform: str, language: str) -> dict[str, str]:
    """The headers of a language; a header that two languages spell alike stands in the catalogue under one of them."""
    alike = {"fr": "en", "it": "en", "pt": "es"}.get(language, language)
    return headers(platform, alike) | headers(platform, language)


def complete(platform: str) -> list[str]:
    """The languages in which a whole report of the platform can be written."""
    languages = sorted({row["language"] for row in ROWS if row["platform"] == platform})
    return [language for language in languages if written(platform, language).keys() >= set(NEEDED[platform])]


def test_every_header_means_its_field_on_its_platform() -> None:
    for row in ROWS:
        platform = row["platform"]
        if platform == "template_shared":
            continue
        found = meaning(normalised(row["header"]), platform)
        assert found is not None
        assert found.field == row["field"], (platform, row["header"])


def test_no_header_means_two_things_on_a_platform_in_whatever_languages() -> None:
    fields = defaultdict(set)
    for row in ROWS:
        fields[row["platform"], normalised(row["header"])].add(row["field"])
    assert {header: found for header, found in fields.items() if len(found) > 1} == {}
    assert Counter((row["platform"], normalised(row["header"])) for row in ROWS).most_common(1)[0][1] == 1


def test_every_field_of_a_report_is_one_that_is_read() -> None:
    fields = {row["field"] for row in ROWS if row["platform"] in REPORTS}
    assert fields <= METRIC_FIELDS | DIMENSIONS | NOT_STORED | DECIDING


@pytest.mark.parametrize(
    ("platform", "language"), [(platform, language) for platform in NEEDED for language in complete(platform)]
)
def test_a_report_is_known_in_each_language(platform: str, language: str) -> None:
    words = written(platform, language)
    names = [words[field] for field in NEEDED[platform]]
    if platform == "meta_ads":
        names = [f"{name} (KZT)" if name == words["spend"] else name for name in names]
    lines = [names, *([CELLS.get(field, number) for field in NEEDED[platform]] for number in ("40", "2"))]
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\n"
    upload = read_export(text.replace('"Ask"', '"Road"', 1).encode(), name="report.csv")
    receipt = upload.receipt
    assert receipt.platform == platform
    figure = "views" if platform == "youtube" else "impressions"
    assert receipt.totals[figure] == 42
    if platform != "youtube":
        assert receipt.currency == "KZT"
        assert receipt.totals["spend"] == 42_000_000
    if platform == "meta_ads":
        assert tuple(map(str, receipt.window or ())) == ("2026-03-01", "2026-03-31")


def test_the_languages_of_people_on_the_routes_are_among_them() -> None:
    assert set(complete("meta_ads")) >= set("ar de en es fr id it pt ru tr uk vi zh".split())
    assert set(complete("youtube")) >= set("ar de en es fr id it pt ru tr uk vi zh".split())
    assert set(complete("google_ads")) >= set("ar en es fr id it pt ru tr zh".split())


@pytest.mark.parametrize(
    ("header", "field", "currency"),
    [
        ("Reach / Couverture", "reach", None),
        ("Couverture | Reach", "reach", None),
        ("مرات الظهور (Impressions)", "impressions", None),
        ("Amount spent (EUR) / Montant dépensé (EUR)", "spend", "EUR"),
        ("Montant dépensé / Amount spent (XOF)", "spend", "XOF"),
    ],
)
def test_a_header_in_two_languages_is_read_where_both_say_the_same(
    header: str, field: str, currency: str | None
) -> None:
    found = meaning(normalised(header), "meta_ads")
    assert found is not None
    assert (found.field, found.currency) == (field, currency)


@pytest.mark.parametrize("header", ["Reach / Impressions", "Reach (men)", "Reach / ", "Impressions / day", "(Reach)"])
def test_a_header_of_two_different_things_is_not_understood(header: str) -> None:
    assert meaning(normalised(header), "meta_ads") is None


@pytest.mark.parametrize(
    "line",
    [
        "Häufigste Suchanfragen;Klicks;Impressionen;Klickrate;Durchschnittliche Position",
        "Requêtes les plus fréquentes,Clics,Impressions,CTR,Position moyenne",
        "Consultas principales,Clics,Impresiones,CTR,Posición media",
        "Query principali,Clic,Impressioni,CTR,Posizione media",
        "En popüler sorgular,Tıklama,Görüntüleme,CTR,Ortalama konum",
        "热门查询,点击次数,展示次数,点击率,平均排名",
        "Поисковый запрос,Клики,Показы,CTR,Позиция",
    ],
)
def test_words_that_people_searched_for_are_known_in_each_language(line: str) -> None:
    mark = ";" if ";" in line else ","
    upload = read_export(f"{line}\n{mark.join(['visa', '3', '40', '7.5%', '12.5'])}\n".encode(), name="Queries.csv")
    assert (upload.receipt.platform, upload.receipt.report) == ("google_search_console", "search_queries")
    assert upload.receipt.totals == {"clicks_all": 3, "impressions": 40}


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Fecha,Impresiones (totales),Clics (totales),Reacciones (total),Comentarios (totales)", "es"),
        ("Data,Impressões (total),Cliques (total),Reações (total),Comentários (total)", "pt"),
        ("Date,Impressions (total),Clicks (total),Reactions (total),Comments (total)", "en"),
    ],
)
def test_days_of_a_page_on_linkedin_are_known_in_each_language(line: str, language: str) -> None:
    upload = read_export(f"{line}\n03/25/2026,400,9,7,1\n03/26/2026,100,1,0,0\n".encode(), name="content.csv")
    receipt = upload.receipt
    assert (receipt.platform, receipt.report, receipt.language) == ("linkedin", "daily_series", language)
    assert receipt.totals == {"impressions": 500, "clicks_all": 10, "reactions": 7, "comments": 1}
    assert tuple(map(str, receipt.window or ())) == ("2026-03-25", "2026-03-26")


@pytest.mark.parametrize(
    ("header", "currency"),
    [("Amount spent (€)", "EUR"), ("Montant dépensé (US$)", "USD"), ("Valor usado (R$)", "BRL"), ("Spend ($)", None)],
)
def test_a_sign_in_a_header_is_its_currency_unless_several_share_it(header: str, currency: str | None) -> None:
    found = meaning(normalised(header), "meta_ads")
    assert found is not None
    assert (found.field, found.currency) == ("spend", currency)


def test_only_money_has_a_currency() -> None:
    assert meaning(normalised("Reach (ALL)"), "meta_ads") is None  # also the code of the Albanian lek
    assert meaning(normalised("CPM (ALL)"), "meta_ads") is not None
