"""Code lists and the metric dictionary: what each word in a record or an export means."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

# ISO 3166-1, alpha-2 and alpha-3; XK and XKX are the user-assigned codes in common use for Kosovo.
COUNTRY_CODES: dict[str, str] = dict(
    pair.split(":")
    for pair in ["AD:AND", "AE:ARE", "AF:AFG", "AG:ATG", "AI:AIA", "AL:ALB", "AM:ARM", "AO:AGO", "AQ:ATA", "AR:ARG", "AS:ASM", "AT:AUT", "AU:AUS", "AW:ABW", "AX:ALA", "AZ:AZE", "BA:BIH", "BB:BRB", "BD:BGD", "BE:BEL", "BF:BFA", "BG:BGR", "BH:BHR", "BI:BDI", "BJ:BEN", "BL:BLM", "BM:BMU", "BN:BRN", "BO:BOL", "BQ:BES", "BR:BRA", "BS:BHS", "BT:BTN", "BV:BVT", "BW:BWA", "BY:BLR", "BZ:BLZ", "CA:CAN", "CC:CCK", "CD:COD", "CF:CAF", "CG:COG", "CH:CHE", "CI:CIV", "CK:COK", "CL:CHL", "CM:CMR", "CN:CHN", "CO:COL", "CR:CRI", "CU:CUB", "CV:CPV", "CW:CUW", "CX:CXR", "CY:CYP", "CZ:CZE", "DE:DEU", "DJ:DJI", "DK:DNK", "DM:DMA", "DO:DOM", "DZ:DZA", "EC:ECU", "EE:EST", "EG:EGY", "EH:ESH", "ER:ERI", "ES:ESP", "ET:ETH", "FI:FIN", "FJ:FJI", "FK:FLK", "FM:FSM", "FO:FRO", "FR:FRA", "GA:GAB", "GB:GBR", "GD:GRD", "GE:GEO", "GF:GUF", "GG:GGY", "GH:GHA", "GI:GIB", "GL:GRL", "GM:GMB", "GN:GIN", "GP:GLP", "GQ:GNQ", "GR:GRC", "GS:SGS", "GT:GTM", "GU:GUM", "GW:GNB", "GY:GUY", "HK:HKG", "HM:HMD", "HN:HND", "HR:HRV", "HT:HTI", "HU:HUN", "ID:IDN", "IE:IRL", "IL:ISR", "IM:IMN", "IN:IND", "IO:IOT", "IQ:IRQ", "IR:IRN", "IS:ISL", "IT:ITA", "JE:JEY", "JM:JAM", "JO:JOR", "JP:JPN", "KE:KEN", "KG:KGZ", "KH:KHM", "KI:KIR", "KM:COM", "KN:KNA", "KP:PRK", "KR:KOR", "KW:KWT", "KY:CYM", "KZ:KAZ", "LA:LAO", "LB:LBN", "LC:LCA", "LI:LIE", "LK:LKA", "LR:LBR", "LS:LSO", "LT:LTU", "LU:LUX", "LV:LVA", "LY:LBY", "MA:MAR", "MC:MCO", "MD:MDA", "ME:MNE", "MF:MAF", "MG:MDG", "MH:MHL", "MK:MKD", "ML:MLI", "MM:MMR", "MN:MNG", "MO:MAC", "MP:MNP", "MQ:MTQ", "MR:MRT", "MS:MSR", "MT:MLT", "MU:MUS", "MV:MDV", "MW:MWI", "MX:MEX", "MY:MYS", "MZ:MOZ", "NA:NAM", "NC:NCL", "NE:NER", "NF:NFK", "NG:NGA", "NI:NIC", "NL:NLD", "NO:NOR", "NP:NPL", "NR:NRU", "NU:NIU", "NZ:NZL", "OM:OMN", "PA:PAN", "PE:PER", "PF:PYF", "PG:PNG", "PH:PHL", "PK:PAK", "PL:POL", "PM:SPM", "PN:PCN", "PR:PRI", "PS:PSE", "PT:PRT", "PW:PLW", "PY:PRY", "QA:QAT", "RE:REU", "RO:ROU", "RS:SRB", "RU:RUS", "RW:RWA", "SA:SAU", "SB:SLB", "SC:SYC", "SD:SDN", "SE:SWE", "SG:SGP", "SH:SHN", "SI:SVN", "SJ:SJM", "SK:SVK", "SL:SLE", "SM:SMR", "SN:SEN", "SO:SOM", "SR:SUR", "SS:SSD", "ST:STP", "SV:SLV", "SX:SXM", "SY:SYR", "SZ:SWZ", "TC:TCA", "TD:TCD", "TF:ATF", "TG:TGO", "TH:THA", "TJ:TJK", "TK:TKL", "TL:TLS", "TM:TKM", "TN:TUN", "TO:TON", "TR:TUR", "TT:TTO", "TV:TUV", "TW:TWN", "TZ:TZA", "UA:UKR", "UG:UGA", "UM:UMI", "US:USA", "UY:URY", "UZ:UZB", "VA:VAT", "VC:VCT", "VE:VEN", "VG:VGB", "VI:VIR", "VN:VNM", "VU:VUT", "WF:WLF", "WS:WSM", "YE:YEM", "YT:MYT", "ZA:ZAF", "ZM:ZMB", "ZW:ZWE", "XK:XKX"]
)  # fmt: skip
COUNTRIES: frozenset[str] = frozenset(COUNTRY_CODES.values())

# ISO 4217: currencies in use, and in the last line those withdrawn since 2015, which older exports name.
CURRENCIES: frozenset[str] = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
    CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
    TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    ANG BGN BYR CUC HRK LTL MRO SLL STD VEF ZWL
    """.split()
)
_MINOR_UNITS = dict.fromkeys("BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)
_MINOR_UNITS |= dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
_MINOR_UNITS |= dict.fromkeys("CLF UYW".split(), 4)

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")


def minor_units(currency: str) -> int:
    """How many decimals the currency's minor unit has (ISO 4217)."""
    return _MINOR_UNITS.get(currency, 2)


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a BCP 47 tag of language, script and region: wo, ff-Latn, fr-SN."""
    return _LANGUAGE.fullmatch(tag) is not None


class Platform(StrEnum):
    """Where figures come from."""

    META_ADS = "meta_ads"
    META_BUSINESS_SUITE = "meta_business_suite"
    GOOGLE_ADS = "google_ads"
    YOUTUBE = "youtube"
    TIKTOK = "tiktok"
    TIKTOK_ADS = "tiktok_ads"
    X = "x"
    LINKEDIN = "linkedin"
    LINKEDIN_ADS = "linkedin_ads"
    GA4 = "ga4"
    GOOGLE_TRENDS = "google_trends"
    GOOGLE_SEARCH_CONSOLE = "google_search_console"
    GOOGLE_BUSINESS_PROFILE = "google_business_profile"
    SNAPCHAT_ADS = "snapchat_ads"
    X_ADS = "x_ads"
    HOOTSUITE = "hootsuite"
    SPROUT = "sprout"
    KOBOTOOLBOX = "kobotoolbox"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    RADIO = "radio"
    EVENTS = "events"
    OUTCOME_SERIES = "outcome_series"  # a table of shares or of calls by week or month
    BRAND_LIFT = "brand_lift"  # a platform's own study, with a group that chance kept from seeing the campaign
    UNKNOWN = "unknown"


OUTCOME_SERIES = "outcome_series:"  # begins the survey of answers that stand for figures by week or month
PLATFORM_STUDY = "brand_lift:"  # begins the survey of answers that stand for the counts of a platform's own study
# Tables of counts in the columns of a template of ours, of which nobody need be asked what is what.
COUNTS = frozenset({Platform.BRAND_LIFT, Platform.OUTCOME_SERIES})


class Additivity(StrEnum):
    """What may be done with a metric's values over days, ads or regions."""

    SUM = "sum"
    NONE = "none"  # people counted once each: the truth lies between the largest part and the sum
    RATIO = "ratio"  # never stored; recomputed from its parts
    STOCK = "stock"  # a level on a day: the last value stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure of an export. Stored as a whole number: the value times `scale`."""

    name: str
    unit: str
    additivity: Additivity
    definition: str
    scale: int = 1

    @property
    def stored(self) -> bool:
        """Whether rows hold it."""
        return self.additivity != Additivity.RATIO


MILLIONTHS = 1_000_000  # ad platforms write up to eight decimals: rounding each cell to a cent would shift sums


def _metrics() -> dict[str, Metric]:
    count, people, ratio = "times", "people", "ratio"
    rows: tuple[tuple[str, str, Additivity, str, int], ...] = (
        ("impressions", count, Additivity.SUM, "Times the content was on a screen; the same person may be counted often. YouTube counts the thumbnail, not the video.", 1),
        ("reach", people, Additivity.NONE, "Different people or accounts that saw or heard the content at least once in the window, as the platform or station estimates; of events, those who took part.", 1),
        ("views", count, Additivity.SUM, "Views as the platform counts them at that time; platforms count them differently.", 1),
        ("engaged_views", count, Additivity.SUM, "YouTube views in which the viewer chose or kept watching.", 1),
        ("views_2s", count, Additivity.SUM, "Plays of at least 2 seconds.", 1),
        ("views_3s", count, Additivity.SUM, "Plays of at least 3 seconds, or 97 % of a shorter video.", 1),
        ("views_6s", count, Additivity.SUM, "Plays of at least 6 seconds, or the whole of a shorter video.", 1),
        ("views_1m", count, Additivity.SUM, "Plays of at least one minute.", 1),
        ("thruplay", count, Additivity.SUM, "Plays to the end, or of at least 15 seconds.", 1),
        ("video_p25", count, Additivity.SUM, "Plays that reached a quarter of the video.", 1),
        ("video_p50", count, Additivity.SUM, "Plays that reached half of the video.", 1),
        ("video_p75", count, Additivity.SUM, "Plays that reached three quarters of the video.", 1),
        ("video_p95", count, Additivity.SUM, "Plays that reached 95 % of the video.", 1),
        ("video_p100", count, Additivity.SUM, "Plays that reached the end of the video.", 1),
        ("watch_time", "seconds", Additivity.SUM, "Time spent watching, all plays together.", 1),
        ("clicks_all", count, Additivity.SUM, "Clicks of every kind on the content, also likes and “see more” where the platform counts them.", 1),
        ("link_clicks", count, Additivity.SUM, "Clicks on a link in the content.", 1),
        ("landing_page_views", count, Additivity.SUM, "Times the linked page was loaded after a click.", 1),
        ("outbound_clicks", count, Additivity.SUM, "Clicks that led away from the platform.", 1),
        ("interactions", count, Additivity.SUM, "Reactions, comments, shares and the like together, as the platform adds them up.", 1),
        ("reactions", count, Additivity.SUM, "Reactions of every emotion together.", 1),
        ("likes", count, Additivity.SUM, "Likes.", 1),
        ("comments", count, Additivity.SUM, "Comments or replies.", 1),
        ("shares", count, Additivity.SUM, "Shares or reposts.", 1),
        ("saves", count, Additivity.SUM, "Saves or bookmarks.", 1),
        ("follows_gained", count, Additivity.SUM, "New followers or subscribers.", 1),
        ("follows_lost", count, Additivity.SUM, "Followers or subscribers who left.", 1),
        ("follows_net", count, Additivity.SUM, "New followers less those who left.", 1),
        ("profile_visits", count, Additivity.SUM, "Visits to the profile or page.", 1),
        ("results", count, Additivity.SUM, "What the advertiser chose to count; only results of one type may be added up.", MILLIONTHS),
        ("spend", "money", Additivity.SUM, "Money paid to the platform.", MILLIONTHS),
        ("followers", people, Additivity.STOCK, "Followers on that day.", 1),
        ("audience_share", "share", Additivity.NONE, "Share of an audience in this group.", MILLIONTHS),
        ("sent", count, Additivity.SUM, "Messages sent, one for each person it went to.", 1),
        ("delivered", count, Additivity.SUM, "Messages that arrived.", 1),
        ("spots_aired", count, Additivity.SUM, "Times a spot or programme was on air.", 1),
        ("airtime", "seconds", Additivity.SUM, "Time on air.", 1),
        ("sessions", count, Additivity.SUM, "Meetings, screenings or other sessions held.", 1),
        ("site_visits", count, Additivity.SUM, "Visits to a website, as its statistics count them; one person may visit often.", 1),
        ("site_users", people, Additivity.NONE, "Different users of a website in the window, as its statistics tell them apart.", 1),
        ("page_views", count, Additivity.SUM, "Times a page of a website was loaded.", 1),
        ("search_interest", "index", Additivity.NONE, "How often a term was searched for, from 0 to 100 of the most in the same file; figures of two files cannot be compared.", 1),
        ("frequency", ratio, Additivity.RATIO, "Impressions for each person reached.", 1),
        ("avg_watch", ratio, Additivity.RATIO, "Watch time for each view.", 1),
        ("cpm", ratio, Additivity.RATIO, "Spend for a thousand impressions.", 1),
        ("cpc", ratio, Additivity.RATIO, "Spend for a click.", 1),
        ("cpc_all", ratio, Additivity.RATIO, "Spend for a click of any kind.", 1),
        ("cpc_link", ratio, Additivity.RATIO, "Spend for a click on a link.", 1),
        ("ctr", ratio, Additivity.RATIO, "Clicks for each impression.", 1),
        ("ctr_all", ratio, Additivity.RATIO, "Clicks of any kind for each impression.", 1),
        ("ctr_link", ratio, Additivity.RATIO, "Clicks on a link for each impression.", 1),
        ("thumb_ctr", ratio, Additivity.RATIO, "Views for each thumbnail shown on YouTube.", 1),
        ("cost_per_result", ratio, Additivity.RATIO, "Spend for a result.", 1),
        ("view_rate", ratio, Additivity.RATIO, "Views for each impression.", 1),
    )  # fmt: skip
    return {
        name: Metric(name=name, unit=unit, additivity=additivity, definition=definition, scale=scale)
        for name, unit, additivity, definition, scale in rows
    }


METRICS: dict[str, Metric] = _metrics()


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionChange:
    """A day from which a platform counts a metric in another way: series are cut there."""

    platform: Platform
    metric: str
    since: dt.date
    now: str  # what is counted from then on


# Sources: YouTube Help, "Shorts views" (March 2025); Meta, "Views become the primary metric" (November 2024).
DEFINITION_CHANGES: tuple[DefinitionChange, ...] = (
    DefinitionChange(
        platform=Platform.YOUTUBE,
        metric="views",
        since=dt.date(2025, 3, 31),
        now="Any start or replay of a Short counts as a view; the former count lives on as engaged views.",
    ),
    DefinitionChange(
        platform=Platform.META_BUSINESS_SUITE,
        metric="views",
        since=dt.date(2024, 11, 1),
        now="Every play, and every time a photo or text post is on a screen, counts as a view.",
    ),
)


def definition_changes(platform: str, metric: str, start: dt.date, end: dt.date) -> tuple[DefinitionChange, ...]:
    """The changes of definition that fall inside a window, its first day apart."""
    return tuple(
        change
        for change in DEFINITION_CHANGES
        if change.platform == platform and change.metric == metric and start < change.since <= end
    )
