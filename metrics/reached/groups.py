"""The groups that delivery, answers and populations are held against each other by, whatever each writes."""

import pandas as pd

from metrics.audience import OLDEST, age_band

ADULT = 18
UNKNOWN = ("", "U", "unknown")
BREAKDOWNS = ("sex", "age", "country", "language")


def group_of(value: object, breakdown: str) -> str | None:
    """The one code of a group that platforms and surveys write in several ways; None where it is not known.

    Ages are bands such as 18-24 and 65+; everybody under 18 is one band, as in surveys. Languages are told apart by
    their main tag: fr-SN is French.

    >>> group_of("Y18T24", "age"), group_of("13-17", "age"), group_of("Y_GE65", "age")
    ('18-24', '0-17', '65+')
    >>> group_of("fr-SN", "language"), group_of("U", "sex")
    ('fr', None)
    """
    if not isinstance(value, str) or value in UNKNOWN:
        return None
    if breakdown == "language":
        return value.split("-")[0].lower()
    if breakdown != "age":
        return value
    band = age_band(value)
    if band is None:
        return None
    low, high = band
    if high < ADULT:
        return "0-17"
    return f"{low}+" if high == OLDEST else f"{low}-{high}"


def groups_of(values: "pd.Series[str]", breakdown: str) -> "pd.Series[str]":
    """`group_of` for each value of a column.

    >>> list(groups_of(pd.Series(["13-17", "18-24"]), "age"))
    ['0-17', '18-24']
    """
    return values.map(lambda value: group_of(value, breakdown)).astype(object)
