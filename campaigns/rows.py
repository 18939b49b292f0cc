"""The columns of stored rows, and which of them say that two rows speak of the same thing.

Each metric is a whole number (its value times the scale in the metric dictionary); an unknown cell is missing.
"""

import pyarrow as pa

from campaigns.vocabulary import METRICS

BREAKDOWNS: tuple[str, ...] = ("age", "sex", "country", "region", "language", "placement", "device")

# What tells engagement rows apart. Identifiers are text: a spreadsheet turns long numbers into other numbers.
ENGAGEMENT_KEY: tuple[str, ...] = (
    "platform",
    "account",
    "level",  # what a row is about: account, campaign, ad_set, ad, post, video, traffic_source …
    "entity_id",
    "entity_name",
    "window_start",
    "window_end",
    *BREAKDOWNS,
    "result_type",
    "ordinal",  # 0, or the count of rows before it that nothing tells apart
)
STORED_METRICS: tuple[str, ...] = tuple(name for name, metric in METRICS.items() if metric.stored)

ENGAGEMENT_SCHEMA = pa.schema(
    [
        ("platform", pa.string()),
        ("account", pa.string()),
        ("level", pa.string()),
        ("entity_id", pa.string()),
        ("entity_name", pa.string()),
        ("campaign_name", pa.string()),  # the campaign's name on the platform
        ("window_start", pa.date32()),
        ("window_end", pa.date32()),
        *((name, pa.string()) for name in BREAKDOWNS),
        ("result_type", pa.string()),
        ("attribution", pa.string()),
        ("currency", pa.string()),
        ("ordinal", pa.int32()),
        ("row", pa.int64()),  # the line in the file
        *((name, pa.int64()) for name in STORED_METRICS),
    ]
)

# One row an answer: a respondent asked about an outcome. `value` 1 counts, 0 does not, missing was not answered.
ANSWER_KEY: tuple[str, ...] = ("survey", "respondent", "wave", "period", "outcome")
ANSWER_SCHEMA = pa.schema(
    [
        ("survey", pa.string()),
        ("respondent", pa.string()),  # a number within the file, or a keyed hash; never what the person typed
        ("arm", pa.string()),  # campaign | comparison
        ("wave", pa.string()),  # before | after
        ("period", pa.date32()),  # first day of the week or month asked in, where a study goes by time; never the day
        ("cluster", pa.string()),
        ("block", pa.string()),
        ("weight", pa.float64()),
        ("sex", pa.string()),
        ("age", pa.string()),  # a band, never a birth date
        ("country", pa.string()),
        ("place", pa.string()),  # first administrative level at most
        ("language", pa.string()),
        ("outcome", pa.string()),
        ("value", pa.int64()),
        ("row", pa.int64()),
    ]
)
