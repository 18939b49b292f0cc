"""Tables that are not one row a thing: series with a title, shares of an audience, pairs of name and figure.

Each becomes an ordinary table of one row a value.
"""

from campaigns.exports.formats import Recognised
from campaigns.exports.layouts import google, hootsuite, linkedin, meta, micros
from campaigns.exports.reading import TextTable

LAYOUTS = (
    meta.series,
    meta.audience,
    linkedin.summary,
    google.trends,
    google.analytics,
    hootsuite.series,
    micros.snapchat,
)


def special(table: TextTable) -> list[Recognised] | None:
    """A table of one of these layouts turned into ordinary ones; None where it is ordinary already."""
    return next((found for layout in LAYOUTS if (found := layout(table))), None)
