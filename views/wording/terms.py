"""Names of codes: metrics, platforms, designs, levels, countries, languages and currencies."""

from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name

from campaigns.vocabulary import COUNTRY_CODES, METRICS
from views.wording.language import Words, msgid

_ALPHA_2 = {alpha_3: alpha_2 for alpha_2, alpha_3 in COUNTRY_CODES.items()}

METRIC_NAMES: dict[str, str] = {
    "impressions": msgid("Times shown"),
    "reach": msgid("People reached"),
    "views": msgid("Views"),
    "engaged_views": msgid("Engaged views"),
    "views_2s": msgid("Plays of 2 seconds"),
    "views_3s": msgid("Plays of 3 seconds"),
    "views_6s": msgid("Plays of 6 seconds"),
    "views_1m": msgid("Plays of one minute"),
    "thruplay": msgid("Plays to the end or 15 seconds"),
    "video_p25": msgid("Plays of a quarter"),
    "video_p50": msgid("Plays of half"),
    "video_p75": msgid("Plays of three quarters"),
    "video_p95": msgid("Plays of 95 %"),
    "video_p100": msgid("Plays to the end"),
    "watch_time": msgid("Watch time"),
    "clicks_all": msgid("Clicks of every kind"),
    "link_clicks": msgid("Clicks on a link"),
    "landing_page_views": msgid("Linked page loaded"),
    "outbound_clicks": msgid("Clicks that led away"),
    "interactions": msgid("Interactions"),
    "reactions": msgid("Reactions"),
    "likes": msgid("Likes"),
    "comments": msgid("Comments"),
    "shares": msgid("Shares"),
    "saves": msgid("Saves"),
    "follows_gained": msgid("New followers"),
    "follows_lost": msgid("Followers lost"),
    "follows_net": msgid("New followers less those lost"),
    "profile_visits": msgid("Profile visits"),
    "results": msgid("Results"),
    "spend": msgid("Spend"),
    "followers": msgid("Followers"),
    "audience_share": msgid("Share of the audience"),
    "sent": msgid("Messages sent"),
    "delivered": msgid("Messages that arrived"),
    "spots_aired": msgid("Times on air"),
    "airtime": msgid("Time on air"),
    "sessions": msgid("Sessions held"),
    "site_visits": msgid("Visits to the website"),
    "site_users": msgid("Users of the website"),
    "page_views": msgid("Pages of the website loaded"),
    "search_interest": msgid("Searches, of 100"),
    "frequency": msgid("Times shown to each person"),
    "avg_watch": msgid("Average watch time"),
    "cpm": msgid("Cost of a thousand times shown"),
    "cpc": msgid("Cost of a click"),
    "cpc_all": msgid("Cost of a click of any kind"),
    "cpc_link": msgid("Cost of a click on a link"),
    "ctr": msgid("Clicks for each time shown"),
    "ctr_all": msgid("Clicks of any kind for each time shown"),
    "ctr_link": msgid("Clicks on a link for each time shown"),
    "thumb_ctr": msgid("Views for each thumbnail shown"),
    "cost_per_result": msgid("Cost of a result"),
    "view_rate": msgid("Views for each time shown"),
}

# By kind of code: the name of the enumeration in the records, or of the column that holds it.
TERMS: dict[str, dict[str, str]] = {
    "Platform": {
        "meta_ads": msgid("Meta ads (Facebook, Instagram)"),
        "meta_business_suite": msgid("Meta Business Suite"),
        "google_ads": msgid("Google Ads"),
        "youtube": msgid("YouTube"),
        "tiktok": msgid("TikTok"),
        "tiktok_ads": msgid("TikTok ads"),
        "x": msgid("X"),
        "linkedin": msgid("LinkedIn"),
        "linkedin_ads": msgid("LinkedIn ads"),
        "ga4": msgid("Google Analytics"),
        "google_trends": msgid("Google Trends"),
        "google_search_console": msgid("Google Search Console"),
        "google_business_profile": msgid("Google Business Profile"),
        "snapchat_ads": msgid("Snapchat ads"),
        "x_ads": msgid("X ads"),
        "hootsuite": msgid("Hootsuite"),
        "sprout": msgid("Sprout Social"),
        "kobotoolbox": msgid("KoboToolbox"),
        "telegram": msgid("Telegram"),
        "whatsapp": msgid("WhatsApp"),
        "radio": msgid("Radio"),
        "events": msgid("Events and meetings"),
        "brand_lift": msgid("Brand-lift study of a platform"),
        "outcome_series": msgid("Outcome by week or month"),
        "template": msgid("Our template"),
        "unknown": msgid("Unknown platform"),
    },
    "Period": {"week": msgid("week"), "month": msgid("month")},
    "Design": {
        "randomised": msgid("People assigned at random"),
        "cluster_randomised": msgid("Places or groups assigned at random"),
        "difference_in_differences": msgid("Before and after, with a comparison group"),
        "interrupted_series": msgid("Many measurements before and after"),
        "matched": msgid("Matched comparison group, asked once"),
        "before_after": msgid("Before and after, without a comparison group"),
        "after_only": msgid("Asked once, afterwards"),
        "delivery_only": msgid("Delivery figures only"),
    },
    "Arm": {"campaign": msgid("Campaign group"), "comparison": msgid("Comparison group")},
    "Wave": {"before": msgid("Before"), "after": msgid("After")},
    "Direction": {"more": msgid("More people"), "fewer": msgid("Fewer people")},
    "Sex": {"F": msgid("Women"), "M": msgid("Men"), "O": msgid("Another sex"), "U": msgid("Sex not known")},
    "Rung": {
        "recall": msgid("Recall of the campaign"),
        "knowledge": msgid("Knowledge of the dangers"),
        "belief_accuracy": msgid("Accurate beliefs"),
        "attitude": msgid("Attitude"),
        "intention_irregular": msgid("Intention to migrate irregularly"),
        "intention_regular": msgid("Intention to migrate regularly"),
        "protection_awareness": msgid("Awareness of asylum and protection"),
        "smuggler_brand": msgid("Knowing a smuggler's name or page"),
        "trust": msgid("Trust"),
        "distress": msgid("Distress"),
        "stigma": msgid("Stigma"),
        "behaviour": msgid("Behaviour"),
    },
    "Frame": {
        "risk": msgid("Risks of the journey"),
        "rights_and_protection": msgid("Rights and protection"),
        "legal_alternatives": msgid("Legal alternatives"),
        "local_opportunity": msgid("Opportunities at home"),
        "law_and_penalty": msgid("Law and penalties"),
        "testimony": msgid("Testimony"),
        "smuggler_tactics": msgid("How smugglers deceive"),
    },
    "Tone": {"fear": msgid("Fear"), "hope": msgid("Hope"), "neutral": msgid("Neutral")},
    "Messenger": {
        "returnee": msgid("A returned migrant"),
        "family": msgid("Family"),
        "official": msgid("An official"),
        "religious_leader": msgid("A religious leader"),
        "doctor": msgid("A doctor"),
        "journalist": msgid("A journalist"),
        "celebrity": msgid("A well-known person"),
        "none": msgid("Nobody in person"),
    },
    "Basis": {"reach": msgid("people reached"), "impressions": msgid("times shown"), "views": msgid("views")},
    "Severity": {
        "error": msgid("Cannot be read"),
        "question": msgid("Needs your answer"),
        "warning": msgid("Please check"),
        "note": msgid("Good to know"),
    },
    "Kind": {
        "engagement": msgid("Delivery figures"),
        "survey": msgid("Survey answers"),
        "nothing": msgid("Nothing that can be stored"),
    },
    "WindowSource": {
        "column": msgid("from the dates in its rows"),
        "preamble": msgid("from the lines above the table"),
        "file_name": msgid("from the name of the file"),
        "answer": msgid("as you said"),
        "none": msgid("not stated"),
    },
    "level": {
        "account": msgid("Account"),
        "campaign": msgid("Campaign"),
        "ad_set": msgid("Ad set"),
        "ad_group": msgid("Ad group"),
        "ad": msgid("Ad"),
        "post": msgid("Post"),
        "story": msgid("Story"),
        "video": msgid("Video"),
        "page": msgid("Page"),
        "channel": msgid("Channel"),
        "keyword": msgid("Keyword"),
        "traffic_source": msgid("Traffic source"),
        "country": msgid("Country"),
        "message": msgid("Message"),
        "spot": msgid("Spot or programme"),
        "event": msgid("Event"),
    },
    "breakdown": {
        "age": msgid("Age"),
        "sex": msgid("Sex"),
        "country": msgid("Country"),
        "region": msgid("Region"),
        "language": msgid("Language"),
        "placement": msgid("Placement"),
        "device": msgid("Device"),
    },
    "grain": {
        "day": msgid("One row a day"),
        "week": msgid("One row a week"),
        "month": msgid("One row a month"),
        "window": msgid("One row for the whole period"),
        "lifetime": msgid("Totals since publication"),
    },
    "reading": {
        "decimal_point": msgid("The point separates decimals (1,234.5)"),
        "decimal_comma": msgid("The comma separates decimals (1 234,5)"),
        "day_first": msgid("The day comes first (31/12/2026)"),
        "month_first": msgid("The month comes first (12/31/2026)"),
    },
    "field": {
        "outcome": msgid("the primary outcome"),
        "outcome.registered": msgid("the day on which the outcome was fixed"),
        "spending": msgid("what the campaign cost"),
        "ethics.consent": msgid("whether people consented"),
        "ethics.data_protection": msgid("the basis on which data are held"),
    },
}


def metric_name(metric: str, words: Words) -> str:
    """A metric of the dictionary as a header; bounds of reach by the name of reach."""
    return words(METRIC_NAMES[metric.removesuffix("_low").removesuffix("_high")])


def metric_definition(metric: str, words: Words) -> str:
    """What a metric counts."""
    return words(METRICS[metric].definition)


def term(code: str, words: Words, *, kind: str | None = None) -> str:
    """A code as a person says it: any member of an enumeration of the records, or a text code with its `kind`.

    Kinds of text codes are level, breakdown, grain, reading and field. A code that has no name here is shown as it is.
    """
    names = TERMS.get(kind or type(code).__name__, {})
    return words(names[str(code)]) if str(code) in names else words.text(str(code).replace("_", " "))


def report_name(report: str, words: Words) -> str:
    """The kind of report that a file is."""
    known = REPORTS.get(report) or (REPORTS["ads"] if report.startswith("ads_") else None)
    return words(known) if known else words.text(report.replace("_", " "))


REPORTS: dict[str, str] = {
    "account_overview": msgid("overview of the account"),
    "ads": msgid("ads"),
    "ads_by_ad": msgid("ads, one row an ad"),
    "ads_by_ad_group": msgid("ads, one row an ad group"),
    "ads_by_campaign": msgid("ads, one row a campaign"),
    "audience_blocks": msgid("shares of the audience"),
    "audience_shares": msgid("shares of the audience"),
    "business_profile": msgid("business profile"),
    "by_age": msgid("by age"),
    "by_city": msgid("by city"),
    "by_content": msgid("by video"),
    "by_content_type": msgid("by kind of content"),
    "by_device": msgid("by device"),
    "by_gender": msgid("by sex"),
    "by_geography": msgid("by country"),
    "by_language": msgid("by language"),
    "by_operating_system": msgid("by operating system"),
    "by_other": msgid("by another division"),
    "by_playlist": msgid("by playlist"),
    "by_product": msgid("by part of the platform"),
    "by_subscription": msgid("by subscription"),
    "by_traffic_source": msgid("by traffic source"),
    "by_viewer_type": msgid("by kind of viewer"),
    "daily_by_content": msgid("by day and video"),
    "daily_by_geography": msgid("by day and country"),
    "daily_series": msgid("by day"),
    "brand_lift": msgid("counts of a brand-lift study"),
    "outcome_series": msgid("counts by week or month"),
    "engagement_template": msgid("our template for delivery figures"),
    "events_template": msgid("our template for events"),
    "radio_template": msgid("our template for radio"),
    "telegram_template": msgid("our template for Telegram"),
    "whatsapp_template": msgid("our template for WhatsApp"),
    "mapped": msgid("columns as you named them"),
    "overview_card": msgid("overview"),
    "post_level": msgid("posts"),
    "search_keywords": msgid("search words of ads"),
    "search_queries": msgid("search words"),
    "survey_answers": msgid("answers to a survey"),
    "video_level": msgid("videos"),
    "unknown": msgid("unknown report"),
}


def country_name(code: str, words: Words) -> str:
    """A country by its ISO 3166-1 alpha-3 code."""
    return str(words.locale.territories.get(_ALPHA_2.get(code, ""), code))


def language_name(tag: str, words: Words) -> str:
    """A language by its BCP 47 tag; the tag itself where nobody has named it yet."""
    return _language_name(tag, words.locale)


@lru_cache(maxsize=2048)  # a form lists some hundred
def _language_name(tag: str, locale: Locale) -> str:
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale) or tag
    except (UnknownLocaleError, ValueError):
        return str(locale.languages.get(tag.split("-")[0], tag))


def currency_name(code: str, words: Words) -> str:
    """A currency by its ISO 4217 code."""
    return get_currency_name(code, locale=words.locale)


@cache
def own_name(language: str) -> str:
    """A language in its own words, for the choice of language."""
    name = Locale.parse(language, sep="-").get_display_name() or language
    return name[:1].upper() + name[1:]
