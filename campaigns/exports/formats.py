"""Which report of which platform a table is, recognised by its set of columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from campaigns.exports.headers import NOT_STORED, Meaning, catalogue, meaning, normalised, split_currency
from campaigns.exports.reading import TextTable
from campaigns.exports.reading.bulk import Written
from campaigns.survey_marks import is_marked, is_plain_survey
from campaigns.vocabulary import METRICS

METRIC_FIELDS = frozenset(METRICS) | {"watch_time_hours", "watch_time_minutes", "airtime_minutes", "spend_micros"}
MAPPED = "mapped"  # the report of a table whose columns a person named
BRAND_LIFT_TEMPLATE = "template_brand_lift"  # where its headers stand in the catalogue
OUTCOME_SERIES_TEMPLATE = "template_outcome_series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A report: the fields it must have, and those of which it must have one."""

    platform: str
    report: str
    level: str
    needs: frozenset[str] = frozenset()
    any_of: frozenset[str] = METRIC_FIELDS
    declined: bool = False  # recognised, and no campaign data
    required: frozenset[str] = frozenset()  # fields without which its rows mean nothing
    typed: bool = False  # filled in by hand, so that each row is checked for what cannot be true
    measures: str | None = None  # the platform that a template is filled in for, where its rows do not say


def _format(
    platform: str,
    report: str,
    level: str,
    needs: str,
    any_of: Iterable[str] = METRIC_FIELDS,
    *,
    declined: bool = False,
    required: str = "",
    typed: bool = False,
    measures: str | None = None,
) -> Format:
    return Format(
        platform=platform,
        report=report,
        level=level,
        needs=frozenset(needs.split()),
        any_of=frozenset(any_of),
        declined=declined,
        required=frozenset(required.split()),
        typed=typed,
        measures=measures,
    )


def _template(name: str, level: str, needs: str, required: str) -> Format:
    report = f"{name}_template"
    return _format(f"template_{name}", report, level, needs, required=required, typed=True, measures=name)


# Where two reports of equal size fit, the first stands.
FORMATS: tuple[Format, ...] = (
    _format(
        "template",
        "engagement_template",
        "campaign",
        "campaign_id campaign_name",
        required="date impressions",
        typed=True,
    ),
    _template("telegram", "post", "account_name", "date"),
    _template("whatsapp", "message", "account_name", "date"),
    _template("radio", "spot", "account_name", "date"),
    _template("events", "event", "entity", "date reach"),
    _format("google_ads", "search_keywords", "keyword", "search_word impressions", declined=True),
    _format("google_ads", "ads", "account", "impressions spend_micros"),
    _format("google_ads", "ads_by_ad", "ad", "ad_word", ("impressions", "spend", "currency", "known")),
    _format("google_ads", "ads_by_ad_group", "ad_set", "group_word", ("impressions", "spend", "currency")),
    _format("google_ads", "ads_by_ad_group", "ad_set", "ad_set_name", ("spend", "currency")),
    _format("google_ads", "ads_by_campaign", "campaign", "campaign_word campaign_name", ("currency", "impressions")),
    _format("google_ads", "ads_by_campaign", "campaign", "campaign_name", ("spend", "currency")),
    _format("google_ads", "overview_card", "account", "impressions", ("date", "sex", "age", "device", "region")),
    _format("google_ads", "overview_card", "account", "spend", ("date", "sex", "age", "device", "region")),
    _format("youtube", "daily_by_content", "video", "date video_id"),
    _format("youtube", "by_content", "video", "video_id"),
    _format("youtube", "daily_by_geography", "channel", "date country"),
    _format("youtube", "by_geography", "channel", "country"),
    _format("youtube", "by_traffic_source", "traffic_source", "traffic_source"),
    _format("youtube", "by_subscription", "subscription_status", "subscription"),
    _format("youtube", "by_city", "channel", "region"),
    _format("youtube", "by_device", "channel", "device"),
    _format("youtube", "by_age", "channel", "age"),
    _format("youtube", "by_gender", "channel", "sex"),
    _format("youtube", "by_language", "channel", "language"),
    _format("youtube", "by_product", "channel", "placement"),
    _format("youtube", "by_operating_system", "operating_system", "operating_system"),
    _format("youtube", "by_content_type", "content_type", "content_type"),
    _format("youtube", "by_viewer_type", "viewer_type", "viewer_type"),
    _format("youtube", "by_playlist", "playlist", "playlist"),
    _format("youtube", "by_other", "other_dimension", "other_dimension"),
    _format("youtube", "daily_series", "channel", "date", METRIC_FIELDS | {"known"}),
    _format("tiktok", "video_level", "video", "url", ("views", "likes")),
    _format("tiktok", "daily_series", "account", "date"),
    _format("tiktok", "follower_activity", "account", "date hour", ("known",)),
    _format("tiktok", "audience_shares", "account", "audience_share"),
    _format("x", "post_level", "post", "post_id"),
    _format("x", "daily_series", "account", "date", ("interactions", "saves", "shares")),
    _format("linkedin", "daily_series", "page", "date"),
    _format("linkedin", "post_level", "post", "url"),
    _format("google_search_console", "daily_series", "site", "date clicks_all impressions known"),
    _format("google_search_console", "search_queries", "search_term", "search_word clicks_all impressions known"),
    _format("google_business_profile", "business_profile", "location", "known", ("known",), declined=True),
    _format("meta_business_suite", "post_level", "post", "post_id"),
    _format(
        "meta_ads", "ads", "account", "", METRIC_FIELDS - {"views", "likes", "comments", "shares", "follows_gained"}
    ),
    # Names of interfaces for programs, such as campaign_name and clicks, are the same on many platforms.
    _format("tiktok_ads", "ads", "campaign", "impressions", ("spend", "views_2s", "views_6s")),
    _format("linkedin_ads", "ads", "campaign", "impressions", ("spend", "campaign_name")),
    _format("snapchat_ads", "ads", "campaign", "impressions link_clicks", ("spend",)),
    _format("x_ads", "ads", "campaign", "impressions spend_micros"),
    _format("x_ads", "ads", "campaign", "impressions spend interactions comments shares"),
    _format("hootsuite", "daily_series", "page", "date", ("link_clicks", "impressions", "reactions")),
    _format("sprout", "post_level", "post", "post_id impressions"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A table with the report it is and the meaning of each of its columns."""

    table: TextTable
    format: Format
    meanings: tuple[Meaning | None, ...]
    series: str | None = None  # what the whole table is about, where its title says so
    rivals: tuple[str, ...] = ()  # other platforms with a report that explains the table as well


@cache
def _figure_headers() -> dict[str, Written]:
    """What is a figure to any platform; a count to one and a decimal to another is neither."""
    kinds: dict[str, set[Written | None]] = {}
    for meanings in catalogue().values():
        for header, found in meanings.items():
            kinds.setdefault(header, set()).add(written_as(found.field))
    return {header: kind for header, (kind, *others) in kinds.items() if kind is not None and not others}


def written_as(field: str) -> Written | None:
    """How the figures of a field are written; None where it is no figure, or in other units than it is stored in."""
    metric = METRICS.get(field)
    if metric is None or metric.unit in ("share", "seconds"):
        return None
    return Written.COUNT if metric.stored and metric.scale == 1 else Written.DECIMAL


def written(header: str) -> Written | None:
    """How the figures under a header are written; None where it is no figure, or where platforms differ."""
    plain = normalised(header)
    return _figure_headers().get(plain) or _figure_headers().get(split_currency(plain)[0])


def is_survey(table: TextTable) -> bool:
    """Whether a table holds answers: form software has marked it, or its columns and no figure show it."""
    if is_marked(table.header):
        return True
    if any(written(header) for header in table.header):
        return False
    return is_plain_survey(
        {header: column.unique().to_pylist() for header, column in zip(table.header, table.columns, strict=True)}
    )


def is_brand_lift(table: TextTable) -> bool:
    """Whether the table is the template for the counts of a platform's own study."""
    fields = {found.field for header in table.header if (found := meaning(normalised(header), BRAND_LIFT_TEMPLATE))}
    return len(fields & {"question", "arm", "answers", "counting"}) >= 3


def is_outcome_series(table: TextTable) -> bool:
    """Whether the table is the template for what people know, or how often they call, week by week or by month."""
    headers = (meaning(normalised(header), OUTCOME_SERIES_TEMPLATE) for header in table.header)
    return {"date", "question", "counting"} <= {found.field for found in headers if found}


def recognise(table: TextTable) -> list[Recognised]:
    """The table as the report that explains most of its columns.

    Nothing where none explains two, or where a platform none of whose reports it is knows more of its columns.
    """
    headers = [normalised(header) for header in table.header]
    meanings = {form.platform: tuple(meaning(header, form.platform) for header in headers) for form in FORMATS}
    known = {platform: sum(found is not None for found in words) for platform, words in meanings.items()}
    fitting = [form for form in FORMATS if known[form.platform] >= 2 and _fits(form, meanings[form.platform])]
    most = max((known[form.platform] for form in FORMATS if form in fitting or not form.typed), default=0)
    fitting = [form for form in fitting if known[form.platform] == most]
    if not fitting:
        return []
    form = fitting[0]
    rivals = () if form.typed else sorted({other.platform for other in fitting if not other.typed} - {form.platform})
    return [Recognised(table=table, format=form, meanings=meanings[form.platform], rivals=tuple(rivals))]


def _fits(candidate: Format, meanings: Sequence[Meaning | None]) -> bool:
    fields = {found.field for found in meanings if found is not None}
    return candidate.needs <= fields and bool(candidate.any_of & fields)


def stored(found: Meaning | None) -> bool:
    """Whether a column goes into the stored rows."""
    return found is not None and found.field not in NOT_STORED and found.field in (METRIC_FIELDS | DIMENSIONS)


# Fields that say what a row is about; the rest of the pipeline turns them into columns of the stored rows.
DIMENSIONS = frozenset(
    {
        *("account_name", "account_id", "campaign_name", "campaign_id", "ad_set_name", "ad_set_id", "ad_name", "ad_id"),
        *("post_id", "video_id", "video_title", "traffic_source", "source_title", "subscription", "operating_system"),
        *("content_type", "viewer_type", "playlist", "other_dimension", "search_word", "page", "platform", "entity"),
        *("date", "month_range", "window_start", "window_end"),
        *("age", "sex", "country", "region", "language", "placement", "publisher", "device"),
        *("result_type", "attribution", "currency"),
    }
)
