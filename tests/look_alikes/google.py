"""Reports as people download them from Google: Ads, YouTube Studio, Search Console, Trends, Analytics."""

from tests.look_alikes.report import LookAlike, text

ADS_TABBED = LookAlike(
    name="Campaign report.csv",
    data=text(
        "Campaign report",
        "1 March 2026 - 31 March 2026",
        "Campaign status\tCampaign\tCurrency code\tImpr.\tClicks\tCost\tAvg. CPC\tCurrency code\tSearch impr. share",
        'Enabled\tAsk\tEUR\t"1,286"\t40\t"1,164.09"\t29.10\tEUR\t< 10%',
        "Paused\tRoad\tEUR\t714\t10\t35.91\t3.59\tEUR\t --",
        'Total: Campaigns\t --\tEUR\t"2,000"\t50\t"1,200.00"\t24\tEUR\t --',
        'Total: Account\t --\tEUR\t"9,000"\t90\t"1,900.00"\t21.11\tEUR\t --',
        encoding="utf-16",
    ),
    platform="google_ads",
    report="ads_by_campaign",
    rows=2,
    window=("2026-03-01", "2026-03-31"),
    currency="EUR",
    totals={"impressions": "2000", "clicks_all": "50", "spend": "1200"},
    codes=frozenset({"total_row_set_aside", "duplicate_headers"}),
)
ADS_CARD = LookAlike(
    name="Time_series(2026.03.05-2026.03.06).csv",
    data=text(
        "Date,Clicks,Impressions,Avg. CPC,Cost",
        '"Thu, 5 Mar 2026",0,0,US$0.00,US$0.00',
        '"Fri, 6 Mar 2026",26,75,US$1.92,US$50.00',
    ),
    platform="google_ads",
    report="overview_card",
    rows=2,
    window=("2026-03-05", "2026-03-06"),
    currency="USD",
    totals={"clicks_all": "26", "impressions": "75", "spend": "50"},
)
YOUTUBE_TABLE = LookAlike(
    name="Table data.csv",
    data=text(
        "Con\u00adtent,Video title,Video publish time,Views,Watch time (hours),Subscribers,Unique viewers",
        "Total,,,9000,500.5,60,0",  # not the sum of the rows
        'aaaaaaaaaaa,"Ask, first","Mar 5, 2026",100,2.5,3,80',
        'bbbbbbbbbbb,Two roads,"Mar 6, 2026",50,1.25,-1,45',
    ),
    platform="youtube",
    report="by_content",
    rows=2,
    totals={"views": "150", "watch_time": "13500", "follows_net": "2", "reach": None},
    codes=frozenset({"total_row_set_aside", "no_window_in_file"}),
)
YOUTUBE_DAYS_BY_PLACE = LookAlike(
    name="Chart data.csv",
    data=text("Date,Geography,Views", "2026-03-01,SN,5", "2026-03-02,SN,0", "2026-03-01,NA,7", "2026-03-02,NA,1"),
    platform="youtube",
    report="daily_by_geography",
    rows=4,
    window=("2026-03-01", "2026-03-02"),
    totals={"views": "13"},
)
SEARCH_DAYS = LookAlike(
    name="Chart.csv",
    data=text("Date,Clicks,Impressions,CTR,Position", "2026-03-01,0,9,0%,22.8", "2026-03-02,2,18,11.1%,3.4"),
    platform="google_search_console",
    report="daily_series",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    totals={"clicks_all": "2", "impressions": "27"},
)
TRENDS_WEEKS = LookAlike(
    name="multiTimeline.csv",
    data=text(
        "类别：所有类别",
        "",
        "semaine,visa: (Sénégal),pirogue: (Dans tous les pays)",
        "2026-03-01,100,<1",
        "2026-03-08,64,3",
        end="\r\n",
    ),
    platform="google_trends",
    report="search_interest",
    rows=4,  # one a term
    window=("2026-03-01", "2026-03-14"),  # a week has seven days
    totals={"search_interest": None},
    codes=frozenset({"censored_cells"}),
)
TRENDS_MONTHS = LookAlike(
    name="multiTimeline.csv",
    data=text('Categoria: Tutte le categorie\n\nMese,"""visa"": (Italia)"', "2026-01,100", "2026-02,98"),
    platform="google_trends",
    report="search_interest",
    rows=2,
    window=("2026-01-01", "2026-02-28"),
    totals={"search_interest": None},
)
TRENDS_MAP = LookAlike(
    name="geoMap.csv",
    data=text(
        "Category: All categories\n\nCountry,visa: (1/3/26 - 31/3/26),pirogue: (1/3/26 - 31/3/26)",
        "Senegal,60%,40%",
        "Mali,,",
    ),
    platform="google_trends",
    report="search_interest_by_place",
    rows=4,
    window=("2026-03-01", "2026-03-31"),
    totals={"search_interest": None},
)
ANALYTICS_DAYS = LookAlike(
    name="data-export.csv",
    data=text(
        "# ----------------------------------------",
        "# Report CSV Export",
        "# Account: Example",
        "# Property: example.org - GA4",
        "# ----------------------------------------",
        "#",
        "# All Users",
        "# Start date: 20260301",
        "# End date: 20260303",
        "Date,Event count,Total users,Sessions,Views,New users",  # in the order of events, not of days
        "20260302,1000,300,320,900,280",
        "20260301,500,200,210,450,190",
        "20260303,20,10,10,15,9",
        end="\r\n",
    ),
    platform="ga4",
    report="site_daily",
    rows=3,
    window=("2026-03-01", "2026-03-03"),
    totals={"site_users": None, "site_visits": "540", "page_views": "1365"},
)
ANALYTICS_SPANISH = LookAlike(
    name="data-export.csv",
    data=text(
        "# ----------------------------------------",
        "# Exportar informe en formato CSV",
        "# Cuenta: Ejemplo",
        "# Propiedad: ejemplo.org",
        "# Fecha de inicio: 20260301",
        "# Fecha de finalización: 20260331",
        "País,Usuarios,Sesiones",
        "Senegal,30,45",
        "España,5,5",
    ),
    platform="ga4",
    report="site_by_group",
    rows=2,
    window=("2026-03-01", "2026-03-31"),
    totals={"site_users": None, "site_visits": "50"},
)
ANALYTICS_FREE_FORM = LookAlike(
    name="data-export.csv",
    data=text(
        "# ----------------------------------------",
        "# Free form 1",
        "# Example",
        "# 20260301-20260331",
        "# ----------------------------------------",
        "",
        "Session source / medium,Sessions,Total users,Totals",
        ",500,390,Grand total",
        "facebook / paid,400,300,",
        "(direct) / (none),90,90,",
    ),
    platform="ga4",
    report="site_by_group",
    rows=2,
    window=("2026-03-01", "2026-03-31"),
    totals={"site_users": None, "site_visits": "490"},
    codes=frozenset({"total_row_set_aside"}),
)
GOOGLE = {
    "ads_tabbed": ADS_TABBED,
    "ads_card": ADS_CARD,
    "youtube_table": YOUTUBE_TABLE,
    "youtube_days_by_place": YOUTUBE_DAYS_BY_PLACE,
    "search_days": SEARCH_DAYS,
    "trends_weeks": TRENDS_WEEKS,
    "trends_months": TRENDS_MONTHS,
    "trends_map": TRENDS_MAP,
    "analytics_days": ANALYTICS_DAYS,
    "analytics_spanish": ANALYTICS_SPANISH,
    "analytics_free_form": ANALYTICS_FREE_FORM,
}
