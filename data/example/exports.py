"""Exports as the platforms write them, quirks and all: blank zeros, unlabelled totals, UTF-16, preambles, no years."""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

from plan import Delivery, Scenario

AGES = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
MONTHS = "January February March April May June July August September October November December".split()

META = {
    "en": ("Campaign name", "Day", "Age", "Gender", "Reach", "Impressions", "Frequency", "Result type", "Results",
           "Cost per result", "Amount spent ({})", "Link clicks", "Clicks (all)", "CPM (cost per 1,000 impressions)",
           "Reporting starts", "Reporting ends"),
    "fr": ("Nom de la campagne", "Jour", "Âge", "Genre", "Couverture", "Impressions", "Répétition", "Type de résultat",
           "Résultats", "Coût par résultat", "Montant dépensé ({})", "Clics sur un lien", "Clics (tous)",
           "CPM (Coût pour 1 000 impressions) ({})", "Début des rapports", "Fin des rapports"),
    "pt": ("Nome da campanha", "Dia", "Idade", "Gênero", "Alcance", "Impressões", "Frequência", "Tipo de resultado",
           "Resultados", "Custo por resultado", "Valor usado ({})", "Cliques no link", "Cliques (todos)",
           "CPM (custo por 1.000 impressões)", "Início dos relatórios", "Término dos relatórios"),
}  # fmt: skip
RESULT = {"en": "Link clicks", "fr": "Clics sur un lien", "pt": "Cliques no link"}


class Export:
    """A file and what is truly in it."""

    def __init__(self, name: str, data: bytes, rows: int, **sums: int | Decimal) -> None:
        self.name = name
        self.data = data
        self.truth = {"rows": rows, **{metric: str(value) for metric, value in sums.items()}}


def write_export(scenario: Scenario, delivery: Delivery) -> Export:
    """One export of a scenario."""
    rng = random.Random(f"{scenario.campaign.id} {delivery.kind}")
    return WRITERS[delivery.kind](scenario, delivery, rng)


def _days(scenario: Scenario, delivery: Delivery) -> list[dt.date]:
    return [scenario.campaign.start + dt.timedelta(days=n) for n in range(delivery.days)]


def _split(rng: random.Random, total: int, weights: Iterable[float]) -> list[int]:
    """A total in uneven whole parts that add up to it."""
    noisy = [weight * rng.uniform(0.75, 1.25) for weight in weights]
    scale, given, parts = total / sum(noisy), 0.0, []
    for weight in noisy:
        before, given = round(given), given + weight * scale
        parts.append(round(given) - before)
    return parts


def _ratio(top: Decimal | int, bottom: int, places: str = "0.00000001") -> str:
    if not bottom:
        return ""
    return format((Decimal(top) / bottom).quantize(Decimal(places), ROUND_HALF_UP).normalize(), "f")


def _csv(rows: Iterable[Iterable[object]], *, quote_all: bool = False, delimiter: str = ",") -> str:
    def cell(value: object) -> str:
        text = str(value)
        quoted = quote_all or any(c in text for c in (delimiter, '"', "\n")) or (" " in text and not quote_all)
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "".join(delimiter.join(cell(value) for value in row) + "\n" for row in rows)


def _meta(scenario: Scenario, delivery: Delivery, rng: random.Random) -> Export:
    """Meta Ads Manager: a byte order mark, ISO days, blank where nothing happened, up to eight decimals."""
    groups = [("", "", 1.0)]
    if delivery.kind == "meta_age_gender":
        groups = [
            (age, sex, share * part)
            for age, share in zip(AGES, delivery.ages, strict=True)
            for sex, part in (("female", delivery.women), ("male", 0.985 - delivery.women), ("unknown", 0.015))
            if share * part > 0.002
        ]
    header = [title.format(delivery.currency) for title in META[delivery.language]]
    shown = [at for at in range(len(header)) if len(groups) > 1 or at not in (2, 3)]
    cents = Decimal(1) if delivery.currency == "XOF" else Decimal("0.01")
    rows, sums = [], {"impressions": 0, "link_clicks": 0, "clicks_all": 0, "spend": Decimal(0)}
    days = _days(scenario, delivery)
    for day, of_day in zip(days, _split(rng, delivery.impressions, [1] * len(days)), strict=True):
        for (age, sex, _), seen in zip(groups, _split(rng, of_day, [g[2] for g in groups]), strict=True):
            clicks = (
                sum(rng.random() < delivery.click_rate for _ in range(seen))
                if seen < 400
                else round(seen * delivery.click_rate * rng.uniform(0.7, 1.3))
            )
            every = clicks + round(seen * 0.006 * rng.random())
            reach = max(1, round(seen / rng.uniform(1.1, 1.5))) if seen else 0
            spend = (
                Decimal(str(delivery.cost_per_thousand)) * seen / 1000 * Decimal(str(round(rng.uniform(0.9, 1.1), 3)))
            ).quantize(cents, ROUND_HALF_UP)
            values = [
                scenario.campaign.title.split(",")[0], day, age, sex, reach or "", seen or "", _ratio(seen, reach),
                RESULT[delivery.language] if clicks else "", clicks or "", _ratio(spend, clicks), spend or "",
                clicks or "", every or "", _ratio(spend * 1000, seen), day, day,
            ]  # fmt: skip
            rows.append([values[at] for at in shown])
            for metric, value in zip(sums, (seen, clicks, every, spend), strict=True):
                sums[metric] += value
    if delivery.total_row:
        seen, clicks, every, spend = sums.values()
        reach = round(seen / 3.4)
        total = ["", "", "", "", reach, seen, _ratio(seen, reach), "mixed", "", "", spend, clicks, every,
                 _ratio(spend * 1000, seen), days[0], days[-1]]  # fmt: skip
        rows.insert(0, [total[at] for at in shown])
    name = f"{scenario.campaign.id}-{delivery.kind.removeprefix('meta_').replace('_', '-')}-{days[0]}-{days[-1]}.csv"
    text = _csv([[header[at] for at in shown], *rows])
    return Export(name, text.encode("utf-8-sig"), len(rows) - delivery.total_row, **sums)


def _suite(scenario: Scenario, delivery: Delivery, rng: random.Random) -> Export:
    """Meta Business Suite: UTF-16, a line `sep=,`, a title, and midnights that a clock change moves to one o'clock."""
    metric, title, name = {
        "suite_reach": ("reach", "Facebook reach", "Reach.csv"),
        "suite_views": ("views", "Views", "Views.csv"),
    }[delivery.kind]
    days = _days(scenario, delivery)
    amounts = _split(rng, delivery.impressions, [1 + 0.5 * (day.weekday() > 4) for day in days])
    lines = ["sep=,", f'"{title}"', '"Date","Primary"']
    lines += [
        f'"{day}T0{int(n >= 24)}:00:00","{amount}"' for n, (day, amount) in enumerate(zip(days, amounts, strict=True))
    ]
    data = ("\ufeff" + "\n".join(lines) + "\n").encode("utf-16-le")
    return Export(name, data, len(days), **({metric: sum(amounts)} if metric != "reach" else {}))


def _google(scenario: Scenario, delivery: Delivery, rng: random.Random) -> Export:
    """Google Ads: two lines before the header, ` --` for nothing, thousands in commas, and rows of totals below."""
    days = _days(scenario, delivery)
    header = (
        "Campaign status,Campaign,Budget,Budget type,Campaign type,Impr.,Interactions,Interaction rate,Currency code,"
        "Cost,Clicks,Conversions"
    )
    titles = [f"{scenario.campaign.title.split(',')[0]} - {part}" for part in ("search", "display", "video")]
    rows, sums = [header.split(",")], [0, 0, Decimal(0)]
    for title, kind, seen in zip(
        titles, ("Search", "Display", "Video"), _split(rng, delivery.impressions, (0.15, 0.5, 0.35)), strict=True
    ):
        clicks = round(seen * delivery.click_rate * rng.uniform(0.7, 1.3))
        cost = (Decimal(str(delivery.cost_per_thousand)) * seen / 1000).quantize(Decimal("0.01"), ROUND_HALF_UP)
        rows.append(["Enabled", title, "20.00", "Daily", kind, *_figures(seen, clicks, cost)])
        for at, value in enumerate((seen, clicks, cost)):
            sums[at] += value
    totals = _figures(*sums)
    rows.append(["Total: Campaigns", " --", " --", " --", " --", *totals])
    rows.append(["Total: Account", "", "", "", "", *totals])
    rows += [[f"Total: {row[4]}", "", "", "", row[4], *row[5:]] for row in rows[1:4]]
    span = " - ".join(f"{MONTHS[day.month - 1]} {day.day}, {day.year}" for day in (days[0], days[-1]))
    text = f'Campaign report\n"{span}"\n' + _csv(rows)
    seen, clicks, cost = sums
    return Export("Campaign report.csv", text.encode(), 3, impressions=seen, clicks_all=clicks, spend=cost)


def _figures(seen: int, clicks: int, cost: Decimal) -> list[str]:
    return [f"{seen:,}", f"{clicks:,}", f"{100 * clicks / seen:.2f}%", "USD", f"{cost}", f"{clicks:,}", "0.00"]


def _youtube(scenario: Scenario, delivery: Delivery, rng: random.Random) -> Export:
    """YouTube Studio: the first row is a total, publish dates in English, impressions of thumbnails, hours."""
    header = (
        "Content,Video title,Video publish time,Impressions,Impressions click-through rate (%),Views,"
        "Average view duration,Watch time (hours)"
    )
    titles = ("The promise", "The price", "The desert", "The penalty", "The phone call", "The way back")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    rows, sums = [], [0, 0, Decimal(0)]
    for n, (title, views) in enumerate(zip(titles, _split(rng, delivery.impressions, (5, 3, 2, 2, 1, 1)), strict=True)):
        shown, seconds = round(views * rng.uniform(1.2, 1.9)), rng.randint(24, 52)
        hours = (Decimal(views) * seconds / 3600).quantize(Decimal("0.0001"))
        day = scenario.campaign.start + dt.timedelta(days=4 * n)
        published = f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}"
        identity = "".join(rng.choices(letters, k=11))
        rate = f"{100 * views / shown / 9:.2f}"
        rows.append([identity, f"{title} (simulated)", published, shown, rate, views, f"0:00:{seconds}", hours])
        for at, value in enumerate((shown, views, hours)):
            sums[at] += value
    shown, views, hours = sums
    total = ["Total", "", "", shown, "6.91", views, f"0:00:{round(hours * 3600 / views)}", hours]
    text = _csv([header.split(","), total, *rows])
    return Export("Table data.csv", text.encode(), len(rows), impressions=shown, views=views, watch_hours=hours)


def _geography(scenario: Scenario, delivery: Delivery, rng: random.Random) -> Export:
    """YouTube Studio by country: two letters, of which NA is Namibia and not a missing value."""
    header = "Geography,Views,Average view duration,Watch time (hours)"
    places = {"BR": 46, "PT": 29, "GW": 13, "AO": 5, "CV": 3, "FR": 2, "NA": 1, "US": 1}
    rows = []
    for place, views in zip(places, _split(rng, delivery.impressions, places.values()), strict=True):
        seconds = rng.randint(15, 45)
        rows.append([place, views, f"0:00:{seconds}", (Decimal(views) * seconds / 3600).quantize(Decimal("0.0001"))])
    views, hours = sum(row[1] for row in rows), sum(row[3] for row in rows)
    total = ["Total", views, f"0:00:{round(hours * 3600 / views)}", hours]
    text = _csv([header.split(","), total, *rows])
    return Export("Table data.csv", text.encode(), len(rows), views=views, watch_hours=hours)


def _tiktok(scenario: Scenario, delivery: Delivery, rng: random.Random) -> Export:
    """TikTok Studio: days without a year. TikTok for business: days with slashes and two words for nothing."""
    business = delivery.kind == "tiktok_business"
    header = ["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"]
    days, names = _days(scenario, delivery), ("views", "profile_visits", "likes", "comments", "shares")
    rows, sums = [], dict.fromkeys(names, 0)
    for day, views in zip(days, _split(rng, delivery.impressions, [1] * len(days)), strict=True):
        values = [views, *(round(views * share * rng.uniform(0.6, 1.4)) for share in (0.011, 0.03, 0.0011, 0.004))]
        date = day.strftime("%Y/%m/%d") if business else f"{MONTHS[day.month - 1]} {day.day}"
        rows.append([date, *values])
        for name, value in zip(names, values, strict=True):
            sums[name] += value
    if business:
        header.append("Phone number clicks ")
        rows = [[*row, "--" if n % 2 else "NAN"] for n, row in enumerate(rows)]
    return Export("Overview.csv", _csv([header, *rows], quote_all=True).encode("utf-8-sig"), len(rows), **sums)


def _x(scenario: Scenario, delivery: Delivery, rng: random.Random) -> Export:
    """X: the newest day first, days with their weekday."""
    header = (
        "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,"
        "Create Post,Video views,Media views"
    )
    shares = (0.006, 0.021, 0.0012, 0.0008, 0.0004, 0.0002, 0.0009, 0.0017, 0.004)
    days = _days(scenario, delivery)
    rows, sums = [], {"impressions": 0, "likes": 0, "interactions": 0, "views": 0}
    for day, seen in zip(days, _split(rng, delivery.impressions, [1] * len(days)), strict=True):
        counts = [round(seen * share * rng.uniform(0.6, 1.4)) for share in shares]
        watched = round(seen * rng.uniform(0.1, 0.2))
        rows.append(
            [
                f"{day:%a}, {MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
                seen,
                *counts,
                rng.randint(0, 2),
                watched,
                watched,
            ]
        )
        for metric, value in zip(sums, (seen, counts[0], counts[1], watched), strict=True):
            sums[metric] += value
    return Export(
        "account_overview_analytics.csv", _csv([header.split(","), *reversed(rows)]).encode(), len(rows), **sums
    )


WRITERS: dict[str, Callable[[Scenario, Delivery, random.Random], Export]] = {
    "meta_age_gender": _meta,
    "meta_daily": _meta,
    "suite_reach": _suite,
    "suite_views": _suite,
    "google_campaigns": _google,
    "youtube_content": _youtube,
    "youtube_geography": _geography,
    "tiktok_overview": _tiktok,
    "tiktok_business": _tiktok,
    "x_overview": _x,
}
