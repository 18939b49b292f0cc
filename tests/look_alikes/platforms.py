"""Reports as people download them from the screens of Meta, TikTok, X, LinkedIn and of tools that manage several."""

from tests.look_alikes import business_suite, series, workbook
from tests.look_alikes.report import LookAlike, text

META_BY_AD = LookAlike(
    name="ads.csv",
    data=text(
        'Ads,"Ad ID",Reach,Impressions,"Link clicks","Clicks (all)",Results,"Result indicator","Amount spent (TND)",'
        '"Reporting starts","Reporting ends","* LC to LPV"',
        ",,1900,3000,60,90,,mixed,42.5,2026-03-01,2026-03-31,",  # the total, without a label and first
        "Boat,120210000000000011,1200,2000,40,60,15,actions:link_click,30.25,2026-03-01,2026-03-31,0.5",
        "Road,120210000000000012,900,1000,20,30,7,video_thruplay_watched_actions,12.25,2026-03-01,2026-03-31,",
        encoding="utf-8-sig",
    ),
    platform="meta_ads",
    report="ads_by_ad",
    rows=2,
    window=("2026-03-01", "2026-03-31"),
    currency="TND",
    totals={
        "reach": None,
        "impressions": "3000",
        "link_clicks": "60",
        "clicks_all": "90",
        "results": None,
        "spend": "42.5",
    },
    codes=frozenset({"total_row_set_aside", "mixed_result_types", "unknown_columns", "reach_not_additive"}),
)
META_BY_REGION_RESAVED = LookAlike(
    name="regions.csv",
    data=text(
        "Région;Couverture;Impressions;Montant dépensé (XOF);Début des rapports;Fin des rapports",
        "Dakar;1 200;2 000;1 250,5;01/03/2026;31/03/2026",
        "Thiès;300;500;249,5;01/03/2026;31/03/2026",
    ),
    platform="meta_ads",
    report="ads_by_region",
    rows=2,
    window=("2026-03-01", "2026-03-31"),
    currency="XOF",
    totals={"reach": None, "impressions": "2500", "spend": "1500"},
)
META_WORKBOOK = LookAlike(
    name="report.xlsx",
    data=workbook(
        {
            "Formatted Report": [
                ["Month", "Age", "Impressions", "Amount spent (USD)"],
                ["March", "18-24", "1,000", "$5"],
            ],
            "Raw Data Report": [
                ["Month", "Age", "Impressions", "Amount spent (USD)"],
                ["2026-03-01 - 2026-03-31", "18-24", 1000, 5.5],
                ["2026-03-01 - 2026-03-31", "25-34", 500, 4.5],
            ],
        }
    ),
    platform="meta_ads",
    report="ads_by_age_month",
    rows=2,
    window=("2026-03-01", "2026-03-31"),
    currency="USD",
    totals={"impressions": "1500", "spend": "10"},
)
SERIES = LookAlike(
    name="Reach.csv",
    data=business_suite(series("Facebook reach", "5", "7"), series("Instagram reach", "1", "2")),
    platform="meta_business_suite",
    report="daily_series",
    rows=4,
    window=("2026-03-01", "2026-03-02"),
    totals={"reach": None},
    codes=frozenset({"stacked_tables", "account_unknown"}),
)
SERIES_TURKISH = LookAlike(
    name="goruntulemeler.csv",
    data=business_suite(series("Görüntülemeler", "5", "7", header=("Tarih", "Primary"))),
    platform="meta_business_suite",
    report="daily_series",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    totals={"views": "12"},
)
AUDIENCE = LookAlike(
    name="Audience.csv",
    data=business_suite(
        '"Age & gender"\n"","Women","Men"\n"18-24","10.6","6.5"\n"65+","3","2"\n',
        '"Top countries"\n"Senegal","Mali"\n"75.1","5.9"\n',
    ),
    platform="meta_business_suite",
    report="audience_blocks",
    rows=6,
    totals={"audience_share": None},
    codes=frozenset({"stacked_tables"}),
)
POSTS = LookAlike(
    name="Mar-01-2026_Mar-31-2026_900.csv",
    data=text(
        '"Post ID","Page ID","Page name","Title","Publish time","Permalink",Date,Views,Reach,"Reactions","Comments",'
        '"Seconds viewed"',
        '1,9,Example,"Two\nlines","03/05/2026 10:15",https://x,Lifetime,100,80,7,1,350',
        '2,9,Example,"One, line","03/25/2026 18:00",https://y,Lifetime,50,45,3,0,',
        encoding="utf-8-sig",
    ),
    platform="meta_business_suite",
    report="post_level",
    rows=2,
    window=("2026-03-01", "2026-03-31"),
    totals={"views": "150", "reach": None, "reactions": "10", "comments": "1", "watch_time": "350"},
    codes=frozenset({"reach_not_additive"}),
)
TIKTOK_OVERVIEW = LookAlike(
    name="Overview.csv",
    data=text(
        '"Date","Video Views","Profile Views","Likes","Comments","Shares"',
        '"February 28","10","1","2","0","0"',
        '"March 1","20","undefined","3","1","0"',
        encoding="utf-8-sig",
    ),
    platform="tiktok",
    report="daily_series",
    rows=2,
    totals={"views": "30", "profile_visits": "1", "likes": "5", "comments": "1", "shares": "0"},
    codes=frozenset({"no_year_in_dates"}),
)
TIKTOK_BUSINESS = LookAlike(
    name="TIKTOK.csv",
    data=text(
        "Date,Video views,Reached audience,Profile views,Phone number clicks ,Net growth,New followers,Lost followers",
        "2026/03/01,715,NAN,25,--,10,10,0",
        "2026/03/02,85,80,5,0,-2,1,3",
    ),
    platform="tiktok",
    report="daily_series",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    totals={
        "views": "800",
        "reach": None,
        "profile_visits": "30",
        "follows_net": "8",
        "follows_gained": "11",
        "follows_lost": "3",
    },
)
TIKTOK_TERRITORIES = LookAlike(
    name="FollowerTopTerritories.csv",
    data=text('"Top territories","Distribution"', '"SN","0.462"', '"NA","0.219"', encoding="utf-8-sig"),
    platform="tiktok",
    report="audience_shares",
    rows=2,
    totals={"audience_share": None},
)
X_OVERVIEW = LookAlike(
    name="account_overview_analytics.csv",
    data=text(
        "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits",
        '"Tue, Mar 3, 2026",444,4,29,0,0,1,0,6,0,4',
        '"Mon, Mar 2, 2026",56,1,1,1,0,0,2,0,2,0',
    ),
    platform="x",
    report="daily_series",
    rows=2,
    window=("2026-03-02", "2026-03-03"),
    totals={
        "impressions": "500",
        "likes": "5",
        "interactions": "30",
        "saves": "1",
        "follows_gained": "1",
        "follows_lost": "2",
        "comments": "6",
        "shares": "2",
        "profile_visits": "4",
    },
)
LINKEDIN_POSTS = LookAlike(
    name="POST PRINCIPALI.csv",
    data=text(
        "Questo elenco può includere al massimo 50 post,,,,,,",
        ",,,,,,",
        "URL del post,Data di pubblicazione del post,Interazioni,"
        ",URL del post,Data di pubblicazione del post,Impressioni",
        "https://www.linkedin.com/feed/a,18/3/2026,16,,https://www.linkedin.com/feed/a,18/3/2026,404",
        ",,,,https://www.linkedin.com/feed/b,16/3/2026,105",
    ),
    platform="linkedin",
    report="post_level",
    rows=3,
    totals={"interactions": "16", "impressions": "509"},
    codes=frozenset({"no_window_in_file"}),
)
_PAGES = "(Daily aggregated values for Facebook pages: " + ", ".join(f"Police of place {at}" for at in range(40)) + ")"
HOOTSUITE = LookAlike(
    name="facebook_2026-03-01_to_2026-03-02_account_metrics.csv",
    data=text(
        f'Date (GMT),"Page Reactions by Type - Wow {_PAGES}","Page Reactions by Type - Like {_PAGES}",'
        f'"Page Fans (Overall aggregated value for Facebook pages: A, B)"',
        "2026-03-01,82.0,514.0,9000",
        "2026-03-02,18.0,86.0,9001",
    ),
    platform="hootsuite",
    report="daily_series",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    totals={"reactions": "700"},
)
SPROUT = LookAlike(
    name="Post Performance.csv",
    data=text(
        "Date,Post ID,Network,Post Type,Profile,Sent by,Link,Post,Impressions,Organic Impressions,"
        "Reach,Reactions,Comments,Shares",
        '3/5/2026 9:00 am,1_2,Facebook,Post,Example,A B,https://x,"Ask, first",100,90,80,7,1,0',
        "3/6/2026 9:00 am,1_3,Instagram,Reel,Example,A B,https://y,Two roads,50,50,40,3,0,2",
    ),
    platform="sprout",
    report="post_level",
    rows=2,
    totals={"impressions": "150", "reach": None, "reactions": "10", "comments": "1", "shares": "2"},
    codes=frozenset({"no_window_in_file"}),
)
SNAPCHAT = LookAlike(
    name="snap.csv",
    data=text(
        "Start Time,End Time,Campaign Name,Paid Impressions,Swipe Ups,Amount Spent,Paid Reach,Paid Frequency,Currency",
        "2026-03-01 00:00:00,2026-03-31 23:59:59,Ask,5000,40,300.75,2500,2,EUR",
        "2026-03-01 00:00:00,2026-03-31 23:59:59,Road,1000,10,99.25,700,1.43,EUR",
    ),
    platform="snapchat_ads",
    report="ads_by_campaign",
    rows=2,
    window=("2026-03-01", "2026-03-31"),
    currency="EUR",
    totals={"impressions": "6000", "link_clicks": "50", "spend": "400", "reach": None},
)
PLATFORMS = {
    "meta_by_ad": META_BY_AD,
    "meta_by_region_resaved": META_BY_REGION_RESAVED,
    "meta_workbook": META_WORKBOOK,
    "business_suite_series": SERIES,
    "business_suite_turkish": SERIES_TURKISH,
    "business_suite_audience": AUDIENCE,
    "business_suite_posts": POSTS,
    "tiktok_overview": TIKTOK_OVERVIEW,
    "tiktok_business": TIKTOK_BUSINESS,
    "tiktok_territories": TIKTOK_TERRITORIES,
    "x_overview": X_OVERVIEW,
    "linkedin_posts": LINKEDIN_POSTS,
    "hootsuite": HOOTSUITE,
    "sprout": SPROUT,
    "snapchat_manager": SNAPCHAT,
}
