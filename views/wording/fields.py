"""What a column of a file may hold, as a person says it, in the groups by which a person looks for it."""

from campaigns.exports.formats import DIMENSIONS, METRIC_FIELDS
from campaigns.vocabulary import METRICS
from views.wording.language import Words, msgid
from views.wording.terms import METRIC_NAMES, metric_name

DAYS, WHO, FIGURES, MONEY = msgid("Days"), msgid("Who or what"), msgid("Figures"), msgid("Money")
NOT_STORED = msgid("Do not store")

_NAMES: dict[str, tuple[str, str]] = {
    "date": (DAYS, msgid("Day")),
    "window_start": (DAYS, msgid("First day")),
    "window_end": (DAYS, msgid("Last day")),
    "month_range": (DAYS, msgid("Month or span of days")),
    "account_name": (WHO, msgid("Name of the account, page or channel")),
    "account_id": (WHO, msgid("Number of the account, page or channel")),
    "campaign_name": (WHO, msgid("Name of the campaign")),
    "campaign_id": (WHO, msgid("Number of the campaign")),
    "ad_set_name": (WHO, msgid("Name of the ad set")),
    "ad_set_id": (WHO, msgid("Number of the ad set")),
    "ad_name": (WHO, msgid("Name of the ad")),
    "ad_id": (WHO, msgid("Number of the ad")),
    "post_id": (WHO, msgid("Number of the post")),
    "video_id": (WHO, msgid("Number of the video")),
    "video_title": (WHO, msgid("Title of the video")),
    "platform": (WHO, msgid("Platform")),
    "age": (WHO, msgid("Age group")),
    "sex": (WHO, msgid("Sex")),
    "country": (WHO, msgid("Country")),
    "region": (WHO, msgid("Region or city")),
    "language": (WHO, msgid("Language")),
    "placement": (WHO, msgid("Placement")),
    "device": (WHO, msgid("Device")),
    "result_type": (WHO, msgid("Kind of result")),
    "spend": (MONEY, msgid("Money spent")),
    "currency": (MONEY, msgid("Currency")),
    "watch_time": (FIGURES, msgid("Watch time in seconds")),
    "watch_time_hours": (FIGURES, msgid("Watch time in hours")),
}
_NEVER_ASKED = frozenset({"audience_share", "search_interest"})

# Every field that a person may choose, in the order in which it is offered.
OFFERED: tuple[str, ...] = tuple(
    sorted(
        {
            *(name for name in _NAMES if name in DIMENSIONS | METRIC_FIELDS),
            *(name for name, metric in METRICS.items() if metric.stored and name not in _NEVER_ASKED),
        },
        key=lambda name: (
            (DAYS, FIGURES, MONEY, WHO).index(_NAMES[name][0] if name in _NAMES else FIGURES),
            (*_NAMES, *METRICS).index(name),
        ),
    )
)


def field_name(field: str, words: Words) -> str:
    """A field as a person says it; a ratio and other fields that nobody chooses by the nearest plain word."""
    if field in _NAMES:
        return words(_NAMES[field][1])
    if field in METRIC_NAMES:
        return metric_name(field, words)
    return words.text(field.replace("_", " "))


def grouped_field_name(field: str, words: Words) -> str:
    """A field with its group before it, for a list to choose from."""
    if not field:
        return words(NOT_STORED)
    group = _NAMES[field][0] if field in _NAMES else FIGURES
    return words("{group}: {name}", group=words(group), name=field_name(field, words))
