"""Tables under the names that platforms give to programs: no blanks in names, money in millionths, lists in cells."""

from tests.look_alikes.report import LookAlike, text

META = LookAlike(
    name="insights.csv",
    data=text(
        "date_start,date_stop,account_id,account_name,account_currency,campaign_id,campaign_name,adset_name,ad_id,ad_name,"
        "impressions,reach,frequency,spend,clicks,inline_link_clicks,cpm,ctr,actions,publisher_platform",
        '2026-03-01,2026-03-01,11,NGO,XOF,21,Ask,Dakar,31,Boat,1000,800,1.25,500.5,30,20,500,3,"[{""a"":1}]",facebook',
        "2026-03-02,2026-03-02,11,NGO,XOF,21,Ask,Dakar,31,Boat,1500,900,1.67,700.25,41,22,466.8,2.7,,facebook",
        "2026-03-02,2026-03-02,11,NGO,XOF,21,Ask,Dakar,32,Road,500,450,1.11,99.25,9,8,198.5,1.8,,instagram",
    ),
    platform="meta_ads",
    report="ads_by_publisher",
    level="ad",
    rows=3,
    window=("2026-03-01", "2026-03-02"),
    currency="XOF",
    totals={"impressions": "3000", "reach": None, "spend": "1300", "clicks_all": "80", "link_clicks": "50"},
    codes=frozenset({"reach_not_additive"}),
)
GOOGLE_ADS = LookAlike(
    name="campaigns.csv",
    data=text(
        "segments.date,customer.descriptive_name,customer.currency_code,campaign.id,campaign.name,metrics.impressions,"
        "metrics.clicks,metrics.cost_micros,metrics.conversions,metrics.video_views,metrics.average_cpc,segments.device",
        "2026-03-01,Example,EUR,71,Ask,2000,40,12340000,1.5,300,308500.0,MOBILE",
        "2026-03-02,Example,EUR,71,Ask,3000,60,7660000,0,200,127666.7,MOBILE",
    ),
    platform="google_ads",
    report="ads_daily",
    level="campaign",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    currency="EUR",
    totals={"impressions": "5000", "clicks_all": "100", "spend": "20", "results": "1.5", "views": "500"},
)
GOOGLE_WAREHOUSE = LookAlike(
    name="p_ads_CampaignBasicStats.csv",
    data=text(
        "segments_date,customer_id,campaign_id,metrics_clicks,metrics_cost_micros,metrics_impressions",
        "2026-03-01,5,71,4,1250000,90",
        "2026-03-02,5,71,6,0,10",
    ),
    platform="google_ads",
    report="ads_daily",
    level="campaign",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    totals={"impressions": "100", "clicks_all": "10", "spend": "1.25"},
    codes=frozenset({"currency_unknown"}),
)
TIKTOK = LookAlike(
    name="report.csv",
    data=text(
        "stat_time_day,advertiser_id,campaign_id,campaign_name,adgroup_name,spend,currency,impressions,reach,clicks,"
        "video_play_actions,video_watched_2s,video_watched_6s,video_views_p25,video_views_p100,likes,comments,shares,follows",
        "2026-03-01 00:00:00,8,81,Ask,Mali,10.5,USD,4000,3000,50,3900,900,300,800,100,20,3,2,1",
        "2026-03-02 00:00:00,8,81,Ask,Mali,9.5,USD,6000,4100,70,5800,1100,400,900,150,30,4,3,0",
    ),
    platform="tiktok_ads",
    report="ads_daily",
    level="ad_set",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    currency="USD",
    totals={
        "impressions": "10000",
        "reach": None,
        "spend": "20",
        "clicks_all": "120",
        "views": "9700",
        "views_2s": "2000",
        "views_6s": "700",
        "video_p25": "1700",
        "video_p100": "250",
        "likes": "50",
        "comments": "7",
        "shares": "5",
        "follows_gained": "1",
    },
)
YOUTUBE = LookAlike(
    name="analytics.csv",
    data=text(
        "day,views,estimatedMinutesWatched,averageViewDuration,subscribersGained,subscribersLost,likes,comments,shares",
        "2026-03-01,120,240,120,5,1,9,2,3",
        "2026-03-02,80,100,75,0,2,4,0,1",
    ),
    platform="youtube",
    report="daily_series",
    level="channel",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    totals={
        "views": "200",
        "watch_time": "20400",  # 340 minutes
        "follows_gained": "5",
        "follows_lost": "3",
        "likes": "13",
        "comments": "2",
        "shares": "4",
    },
    codes=frozenset({"account_unknown"}),
)
YOUTUBE_BULK = LookAlike(
    name="channel_basic_a2.csv",
    data=text(
        "date,channel_id,video_id,country_code,views,watch_time_minutes,likes,comments,shares,subscribers_gained,dislikes",
        "20260301,UC1,aaaaaaaaaaa,SN,10,20.5,1,0,0,1,0",
        "20260301,UC1,aaaaaaaaaaa,NA,5,9.5,0,1,0,0,0",
    ),
    platform="youtube",
    report="daily_by_content",
    level="video",
    rows=2,
    window=("2026-03-01", "2026-03-01"),
    totals={"views": "15", "watch_time": "1800", "likes": "1", "comments": "1", "shares": "0", "follows_gained": "1"},
)
X = LookAlike(
    name="stats.csv",
    data=text(
        "date,account_id,campaign_id,campaign_name,impressions,clicks,url_clicks,engagements,billed_charge_local_micro,"
        "currency,retweets,replies,likes,follows,video_total_views,video_views_25,video_views_100,placement",
        "2026-03-01T00:00:00Z,a1,c1,Ask,5000,70,40,90,25500000,USD,3,2,8,1,400,300,50,ALL_ON_TWITTER",
        "2026-03-02T00:00:00Z,a1,c1,Ask,1000,10,5,12,4500000,USD,0,0,2,0,100,60,10,ALL_ON_TWITTER",
    ),
    platform="x_ads",
    report="ads_daily",
    level="campaign",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    currency="USD",
    totals={
        "impressions": "6000",
        "clicks_all": "80",
        "link_clicks": "45",
        "interactions": "102",
        "spend": "30",
        "shares": "3",
        "comments": "2",
        "likes": "10",
        "follows_gained": "1",
        "views": "500",
        "video_p25": "360",
        "video_p100": "60",
    },
)
LINKEDIN = LookAlike(
    name="adAnalytics.csv",
    data=text(
        "dateRange.start,dateRange.end,pivotValue,impressions,clicks,landingPageClicks,costInLocalCurrency,costInUsd,likes,"
        "shares,comments,follows,totalEngagements,approximateUniqueImpressions,videoViews,videoCompletions",
        "2026-03-01,2026-03-01,urn:li:sponsoredCampaign:61,900,12,9,30.50,33.10,4,1,0,0,17,700,100,20",
        "2026-03-02,2026-03-02,urn:li:sponsoredCampaign:61,1100,8,6,19.50,21.20,1,0,1,2,12,800,60,10",
    ),
    platform="linkedin_ads",
    report="ads_by_campaign",
    level="campaign",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    totals={
        "impressions": "2000",
        "clicks_all": "20",
        "link_clicks": "15",
        "spend": "50",
        "likes": "5",
        "shares": "1",
        "comments": "1",
        "follows_gained": "2",
        "interactions": "29",
        "reach": None,
        "views": "160",
        "video_p100": "30",
    },
    codes=frozenset({"currency_unknown"}),  # dollars stand beside, and are not those that were paid
)
SNAPCHAT = LookAlike(
    name="snapchat.csv",
    data=text(
        "start_time,end_time,campaign_id,campaign_name,impressions,swipes,spend,video_views,quartile_1,view_completion,uniques,"
        "screen_time_millis",
        "2026-03-01T00:00:00.000+03:00,2026-03-01T23:59:59.000+03:00,s1,Ask,8000,120,14160000,3000,2000,500,6000,990000",
        "2026-03-02T00:00:00.000+03:00,2026-03-02T23:59:59.000+03:00,s1,Ask,2000,30,5840000,1000,700,100,1700,150000",
    ),
    platform="snapchat_ads",
    report="ads_by_campaign",
    level="campaign",
    rows=2,
    window=("2026-03-01", "2026-03-02"),
    totals={
        "impressions": "10000",
        "link_clicks": "150",
        "spend": "20",
        "views": "4000",
        "video_p25": "2700",
        "video_p100": "600",
        "reach": None,
    },
    codes=frozenset({"currency_unknown"}),
)
INTERFACES = {
    "meta": META,
    "google_ads": GOOGLE_ADS,
    "google_warehouse": GOOGLE_WAREHOUSE,
    "tiktok": TIKTOK,
    "youtube": YOUTUBE,
    "youtube_bulk": YOUTUBE_BULK,
    "x": X,
    "linkedin": LINKEDIN,
    "snapchat": SNAPCHAT,
}
